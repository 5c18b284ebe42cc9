"""The steps at the left: done, here, to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.unlock.first_run.step import FirstRunStep
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row

_HIGH, _ROUND, _WIDEST = 56, 24, 330


class StepsRail(QFrame):
    """The name of the program, then each step with what was chosen in it."""

    def __init__(self, steps: Sequence[FirstRunStep], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(min(tokens.wide(288), _WIDEST))
        self._rows = [_StepRow(place, step) for place, step in enumerate(steps)]
        head = in_row(
            IconLabel("home", "#FFFFFF", 28),
            (Label(words.text("Shelter Desk"), size="title", bold=True, ink="rail_text"), 1),
            spacing=tokens.SPACE_2,
            margins=(24, 24, 16, 16),
        )
        foot = Label(
            words.text("Five minutes. What you type is kept while you go back."), "small", ink="rail_text", wrap=True
        )
        foot.setContentsMargins(24, 0, 24, 24)
        in_column(head, *self._rows, STRETCH, foot, within=self, spacing=0)

    def refresh(self, here: int) -> None:
        """Show which step is open."""
        for place, row in enumerate(self._rows):
            row.show_state("done" if place < here else "here" if place == here else "to_come")


class _StepRow(QWidget):
    """Number or tick, name, and what was chosen."""

    def __init__(self, place: int, step: FirstRunStep) -> None:
        super().__init__()
        self._place, self._step, self._state = place, step, "to_come"
        self.setFixedHeight(tokens.high(_HIGH))

    def show_state(self, state: str) -> None:
        """`done`, `here` or `to_come`."""
        self._state = state
        summary = self._step.summary() if state == "done" else ""
        self.setAccessibleName(", ".join(part for part in (self._step.name, summary) if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here, done = self._state == "here", self._state == "done"
        if here:
            painter.fillRect(self.rect(), tokens.color("rail_selected"))
        ring = QRectF(24, (self.height() - _ROUND) / 2, _ROUND, _ROUND)
        painter.setPen(tokens.color("#FFFFFF" if here else "rail_text" if not done else "rail_selected"))
        painter.setBrush(tokens.color("#FFFFFF" if here else "rail_selected" if done else "rail"))
        painter.drawEllipse(ring)
        if done:
            half = tokens.wide(16) // 2
            painter.drawPixmap(ring.center().toPoint() - QPoint(half, half), icons.pixmap("check", "#FFFFFF", 16))
        else:
            painter.setFont(tokens.font("small", bold=True))
            painter.setPen(tokens.color("rail" if here else "rail_text"))
            painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), str(self._place + 1))
        self._write(painter, here, done)

    def _write(self, painter: QPainter, here: bool, done: bool) -> None:
        summary = self._step.summary() if done else ""
        left, wide = 60, self.width() - 72
        painter.setPen(tokens.color("#FFFFFF" if here else "rail_text"))
        painter.setFont(tokens.font("text", bold=here))
        line = tokens.metrics().height()
        top = (self.height() - line - (tokens.metrics("small").height() if summary else 0)) / 2
        painter.drawText(QRectF(left, top, wide, line), int(Qt.AlignmentFlag.AlignVCenter), self._step.name)
        if summary:
            small = tokens.metrics("small")
            painter.setFont(tokens.font("small"))
            shown = small.elidedText(summary, Qt.TextElideMode.ElideRight, wide)
            room = QRectF(left, top + line, wide, small.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
