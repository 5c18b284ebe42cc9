"""Why the other free beds were not proposed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.emptying import empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import first_days, formats, room_rules


class WhyNot(QWidget):
    """A line that opens: each bed with its reason. Beds that somebody has are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[Proposal] = []
        self.button = Button(words.text("Why not the other free beds"), "quiet", "down")
        self.button.clicked.connect(self._turn)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(tokens.SPACE_2, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setColumnStretch(1, 1)
        self._list.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.button)
        whole.addWidget(self._list)

    def show_those(self, found: Sequence[Proposal]) -> None:
        """The beds to speak of."""
        self._found = [one for one in found if not one.taken_by]
        self.setVisible(bool(self._found))
        if not self._list.isHidden():
            self._fill()

    def reasons(self) -> list[tuple[str, str]]:
        """Each bed by its code and why it was not proposed."""
        return [(one.bed.code, _why(one)) for one in self._found]

    @Slot()
    def _turn(self) -> None:
        opening = self._list.isHidden()
        self.button.set_icon("up" if opening else "down")
        if opening:
            self._fill()
        self._list.setVisible(opening)

    def _fill(self) -> None:
        empty(self._grid)
        for row, (code, why) in enumerate(self.reasons()):
            self._grid.addWidget(Label(code, size="small", bold=True), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(why, size="small", ink="ink2", wrap=True), row, 1)


def _why(one: Proposal) -> str:
    if one.since is not None:
        return first_days.one_not_yet(one.since)
    state = one.state
    if state is not None:
        name = words.label("bed_state", state.state)
        if state.end is not None:
            told = words.text("{state} until {day}. {reason}")
            return told.format(state=name, day=formats.day(state.end.date()), reason=state.reason).strip()
        return words.text("{state}. {reason}").format(state=name, reason=state.reason).strip()
    return room_rules.warning(one.against[0].rule)
