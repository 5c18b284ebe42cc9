"""How likely and how grave a danger is: nine cells, each with the level of risk that it suggests in a word."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.assessments import DEGREES, RiskLevel, suggested_level
from shelter_desk.ui import tokens
from shelter_desk.ui.assessing.answer_cell import AnswerCell, stop_at
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.label import Label

LEVELS: dict[str, State] = {"faible": "ok", "moyen": "attention", "eleve": "blocked", "": "neutral"}
Degrees = tuple[int, int]  # likelihood, impact


class DangerMatrix(QWidget):
    """Likelihood upwards, gravity to the right. Tab leads in, arrows move and choose, Delete takes it back.

    reads: it is only shown.
    """

    chosen = Signal()

    def __init__(self, reads: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: dict[Degrees, AnswerCell] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.SPACE_HALF)
        self._wide = tokens.wide(76 if reads else 92)
        self._grid.addWidget(Label(words.text("Likelihood"), size="small", bold=True, ink="ink2"), 0, 0)
        for row, likelihood in enumerate(reversed(DEGREES), 1):
            self._head(words.label("level3", str(likelihood)), row, 0)
            for impact in DEGREES:
                self._cell(likelihood, impact, row)
        below = len(DEGREES) + 1
        for impact in DEGREES:
            self._head(words.label("level3", str(impact)), below, impact)
        self._grid.addWidget(Label(words.text("Gravity"), size="small", bold=True, ink="ink2"), below, 0)
        self._grid.setColumnStretch(below, 1)
        self.setEnabled(not reads)
        self._stop()

    def _head(self, text: str, row: int, column: int) -> None:
        label = Label(text, size="small", ink="ink2")
        middle = Qt.AlignmentFlag.AlignVCenter
        side = Qt.AlignmentFlag.AlignRight if column == 0 else Qt.AlignmentFlag.AlignHCenter
        self._grid.addWidget(label, row, column, middle | side)

    def _cell(self, likelihood: int, impact: int, row: int) -> None:
        level: RiskLevel = suggested_level(likelihood, impact)
        told = words.text("Likelihood {likelihood}, gravity {impact}: {level}")
        name = told.format(
            likelihood=words.label("level3", str(likelihood)).casefold(),
            impact=words.label("level3", str(impact)).casefold(),
            level=words.label("risk_level", level),
        )
        cell = AnswerCell(words.label("risk_level", level), LEVELS[level], "check", name, tinted=True)
        cell.setFixedWidth(self._wide)
        cell.toggled.connect(self._toggled)
        cell.stepped.connect(self._stepped)
        cell.cleared.connect(self._cleared)
        self.cells[likelihood, impact] = cell
        self._grid.addWidget(cell, row, impact)

    def value(self) -> Degrees | None:
        """Likelihood and impact, None while nothing is chosen."""
        return next((degrees for degrees, cell in self.cells.items() if cell.isChecked()), None)

    def choose(self, degrees: Degrees | None) -> None:
        """Show that cell, or none."""
        for cell in self.cells.values():
            cell.setAutoExclusive(False)
        for place, cell in self.cells.items():
            cell.setChecked(place == degrees)
        for cell in self.cells.values():
            cell.setAutoExclusive(True)
        self._stop()

    def draft_value(self) -> list[str]:
        """What a draft keeps of it."""
        value = self.value()
        return [] if value is None else [str(one) for one in value]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        degrees = [int(one) for one in value if one.isdecimal()]
        self.choose((degrees[0], degrees[1]) if len(degrees) == 2 else None)

    def _stop(self) -> AnswerCell:
        here = self.cells[self.value() or (1, 1)]
        stop_at(list(self.cells.values()), here)
        self.setFocusProxy(here)
        return here

    @Slot(bool)
    def _toggled(self, _on: bool) -> None:
        self._stop()
        self.chosen.emit()

    @Slot(int, int)
    def _stepped(self, down: int, right: int) -> None:
        value = self.value()
        moved = (1, 1) if value is None else (value[0] - down, value[1] + right)
        if moved in self.cells:
            self.choose(moved)
            self._stop().setFocus(Qt.FocusReason.OtherFocusReason)
            self.chosen.emit()

    @Slot()
    def _cleared(self) -> None:
        self.choose(None)
        self._stop().setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()
