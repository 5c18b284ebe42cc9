"""How likely and how grave a danger is: nine cells, each with the level of risk that it suggests in a word.

A cell, or one answer of a row of factors, is a radio button painted as a box with a word and a sign.
"""

from collections.abc import Collection, Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.assessments import DEGREES, RiskLevel, suggested_level
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.badge import State
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import bring_into_sight
from shelter_desk.ui.widgets.tips import plain

_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class AnswerCell(QRadioButton):
    """A word, and a sign once it is chosen. stepped: arrows, as rows down and columns right; Delete says `cleared`.

    state: the colours of a badge that it has once chosen. tinted: it has its ground before, too.
    """

    stepped = Signal(int, int)
    cleared = Signal()
    typed = Signal(str)  # any other sign, in small letters

    def __init__(
        self, word: str, state: str, sign: str, name: str, tinted: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(word, parent)
        self._state, self._sign, self._tinted = state, sign, tinted
        self.setAccessibleName(name)
        self.setToolTip(plain(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        label = tokens.metrics(bold=True).horizontalAdvance(self.text())
        return QSize(label + tokens.wide(16) + 26, tokens.high(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = event.key(), event.text().casefold()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        step = next((step for arrow, step in _STEPS.items() if arrow == key), None)
        if step is not None and plain:
            self.stepped.emit(*step)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.typed.emit("\n")
        elif typed.strip() and typed.isprintable() and plain:  # Escape and Backspace have a text too
            self.typed.emit(typed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        bring_into_sight(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, neutral = self.isChecked(), self._state == "neutral"
        ground = ("sunken" if neutral else f"{self._state}_soft") if on or self._tinted else "surface"
        edge = "accent" if on else ("line2" if self.isEnabled() else "line")
        width = 2 if on else 1
        painter.setPen(QPen(tokens.color(edge), width))
        painter.setBrush(tokens.color(ground))
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), tokens.RADIUS, tokens.RADIUS
        )
        self._write(painter, ("ink" if neutral else self._state) if on else "ink2")

    def _write(self, painter: QPainter, ink: str) -> None:
        on, side = self.isChecked(), tokens.wide(16)
        drawn = side + 4 if on else 0
        label = tokens.metrics(bold=on).horizontalAdvance(self.text())
        left = max(4, (self.width() - label - drawn) // 2)
        if on:
            place = QPoint(left, (self.height() - side) // 2)
            painter.drawPixmap(place, icons.pixmap(self._sign, ink, 16))
        painter.setPen(tokens.color(ink))
        painter.setFont(tokens.font(bold=on))
        room = QRect(left + drawn, 0, self.width() - left - drawn, self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())


def stop_at(cells: Iterable[AnswerCell], here: AnswerCell) -> None:
    """Let Tab stop at that cell alone of these."""
    for cell in cells:
        cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if cell is here else Qt.FocusPolicy.ClickFocus)


def check_only(cells: Collection[AnswerCell], chosen: AnswerCell | None) -> None:
    """Show that cell chosen, or none of them."""
    for cell in cells:
        cell.setAutoExclusive(False)
    for cell in cells:
        cell.setChecked(cell is chosen)
    for cell in cells:
        cell.setAutoExclusive(True)


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
        side = Qt.AlignmentFlag.AlignRight if column == 0 else Qt.AlignmentFlag.AlignHCenter
        self._grid.addWidget(Label(text, size="small", ink="ink2"), row, column, Qt.AlignmentFlag.AlignVCenter | side)

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
        check_only(self.cells.values(), None if degrees is None else self.cells.get(degrees))
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
        stop_at(self.cells.values(), here)
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
