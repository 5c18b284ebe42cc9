"""A large button: an icon, what it does in one or two lines, and the digit that does the same."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.buttons import Button

_HIGH, _ICON, _EDGE, _BOX = 76, 28, 16, 20


class NightButton(Button):
    """lines: the verb, a second line under it. digit: printed in the corner; it is bound by the page."""

    def __init__(self, lines: str, icon: str, digit: str, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(lines.replace("\n", " "), "primary" if primary else "plain", icon, digit, parent=parent)
        self.setProperty("tall", "night")  # as high as it says itself
        self.lines = lines
        self.detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(lines.replace("\n", " "))

    def say(self, detail: str) -> None:
        """A small line below what it does."""
        self.detail = detail
        self.setAccessibleDescription(detail)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(150), tokens.high(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPushButton.paintEvent(self, event)  # the box alone
        painter = QPainter(self)
        ink = self._ink()
        side = tokens.wide(_ICON)
        painter.drawPixmap(
            QPoint(tokens.wide(_EDGE), (self.height() - side) // 2), icons.pixmap(str(self.icon_name), ink, _ICON)
        )
        left = tokens.wide(_EDGE) + side + tokens.SPACE_PANEL
        strong, small = tokens.metrics(bold=True), tokens.metrics("small")
        wanted = strong.lineSpacing() * (self.lines.count("\n") + 1) + (small.lineSpacing() if self.detail else 0)
        room = QRect(left, (self.height() - wanted) // 2, self.width() - left - tokens.SPACE, wanted)
        painter.setFont(tokens.font(bold=True))
        painter.setPen(tokens.color(ink))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignTop), self.lines)
        if self.detail:
            painter.setFont(tokens.font("small"))
            told = small.elidedText(self.detail, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignBottom), told)
        self._write_digit(painter, ink)

    def _write_digit(self, painter: QPainter, ink: str) -> None:
        side = tokens.high(_BOX)
        box = QRectF(self.width() - side - tokens.SPACE + 0.5, tokens.SPACE + 0.5, side - 1, side - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color(ink if self.kind == "primary" else "line2"))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        painter.setFont(tokens.font("small"))
        painter.setPen(tokens.color(ink))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.shortcut_text or "")
