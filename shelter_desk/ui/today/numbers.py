"""Tonight in five numbers."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.today.today import Tonight
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.words import bed_profiles

_IN_ONE_ROW_FROM = 1000
_STRETCHES = (4, 4, 5, 4, 4)


class NumberTile(QFrame):
    """A name with its icon, one number, and what it is made of."""

    def __init__(self, icon: str, ink: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.title = title
        self.number = Label("", size="title", bold=True)
        self.detail = Label("", size="small", ink="ink2", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE)
        head.addWidget(IconLabel(icon, ink))
        head.addWidget(Label(title, bold=True, ink="ink2"), 1)
        below = QHBoxLayout()
        below.setSpacing(tokens.SPACE_PANEL)
        below.addWidget(self.number)
        below.addWidget(self.detail, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_PANEL, tokens.SPACE_PANEL)
        whole.setSpacing(tokens.SPACE_HALF)
        whole.addLayout(head)
        whole.addLayout(below, 1)
        self.detail.setMinimumHeight(tokens.metrics("small").lineSpacing() * 2)

    def say(self, number: int, detail: str) -> None:
        """Another number from now on."""
        self.number.setText(str(number))
        self.detail.setText(detail)
        self.setAccessibleName(f"{self.title} {number}")
        self.setAccessibleDescription(detail)


class Numbers(QWidget):
    """Capacity, present, free, kept and out of use; in one row, or three and two where the page is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.capacity = NumberTile("bed", "ink2", words.text("Capacity tonight"))
        self.present = NumberTile("residents", "ink2", words.text("Persons present"))
        self.free = NumberTile("circle-check", "ok", words.text("Free beds"))
        self.held = NumberTile("bookmark", "held", words.text("Beds kept"))
        self.out = NumberTile("minus", "ink2", words.text("Beds out of use"))
        self._tiles = (self.capacity, self.present, self.free, self.held, self.out)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.SPACE_PANEL)
        self._across = 0
        self._arrange(len(self._tiles))

    def show_night(self, night: Tonight) -> None:
        """Show the counts of that night."""
        self.capacity.say(night.usable, words.text("usable of {all} beds").format(all=night.installed))
        self.present.say(night.present, _joined(_present(night)))
        self.free.say(night.free, _joined(_free(night)))
        self.held.say(night.held, words.count("{n} person away", "{n} persons away", night.away) if night.away else "")
        out = [_named(words.label("bed_state", state), n) for state, n in night.out_of_use.items()]
        self.out.say(sum(night.out_of_use.values()), _joined(out))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(self._tiles) if self.width() >= tokens.wide(_IN_ONE_ROW_FROM) else 3)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // across, place % across)
        for column, stretch in enumerate(_STRETCHES):
            self._grid.setColumnStretch(column, stretch if column < across else 0)


def _joined(parts: list[str]) -> str:
    return " · ".join(parts)


def _named(name: str, n: int) -> str:
    return f"{name} {n}"


def _present(night: Tonight) -> list[str]:
    parts = [words.count("{n} in a bed", "{n} in beds", night.in_bed)] if night.in_bed else []
    if night.extra:
        parts.append(words.count("{n} on a mat", "{n} on mats", night.extra))
    if night.sharing:
        parts.append(words.count("{n} sharing a bed", "{n} sharing beds", night.sharing))
    if night.unplaced:
        parts.append(words.count("{n} without a place", "{n} without a place", night.unplaced))
    if night.over:
        parts.append(words.count("{n} too many", "{n} too many", night.over))
    return parts


def _free(night: Tonight) -> list[str]:
    parts = [_named(bed_profiles.name(group), n) for group, n in night.free_for.items() if n]
    if night.kept:
        parts.append(_named(words.text("for a family here"), night.kept))
    return parts
