"""Where somebody is in a work of several steps."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.ui import icons, tokens


class Steps(QWidget):
    """Numbered discs with the names of the steps, by code; they are looked at, not clicked."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self._codes, self._names = tuple(names), tuple(names.values())
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_step(self._codes[0])

    def show_step(self, code: str) -> None:
        """Which one is now."""
        self._at = self._codes.index(code)
        told = words.text("Step {n} of {total}: {name}")
        self.setAccessibleName(told.format(n=self._at + 1, total=len(self._codes), name=self._names[self._at]))
        self.update()

    def step(self) -> str:
        """The one shown as now."""
        return self._codes[self._at]

    def sizeHint(self) -> QSize:
        wide = sum(self._widths()) + (len(self._names) - 1) * tokens.wide(24)
        return QSize(wide, tokens.high(28))

    def _widths(self) -> list[int]:
        metrics = tokens.metrics(bold=True)
        return [tokens.wide(24) + 8 + metrics.horizontalAdvance(name) + 8 for name in self._names]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, side = 0, tokens.wide(24)
        top = (self.height() - side) / 2
        for place, (name, wide) in enumerate(zip(self._names, self._widths(), strict=True)):
            if place:
                painter.setPen(tokens.color("line2"))
                line = tokens.wide(24)
                painter.drawLine(left, self.height() // 2, left + line - 8, self.height() // 2)
                left += line
            now, done = place == self._at, place < self._at
            painter.setPen(tokens.color("accent" if now else "ok_soft" if done else "line2"))
            painter.setBrush(tokens.color("accent" if now else "ok_soft" if done else "surface"))
            disc = QRectF(left, top, side, side)
            painter.drawEllipse(disc)
            if done:
                mark = icons.pixmap("check", "ok", 16)
                at = icons.extent(16)
                painter.drawPixmap(
                    int(disc.center().x() - at.width() / 2), int(disc.center().y() - at.height() / 2), mark
                )
            else:
                painter.setFont(tokens.font("small", bold=True))
                painter.setPen(tokens.color("on_accent" if now else "ink2"))
                painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
            painter.setFont(tokens.font(bold=now))
            painter.setPen(tokens.color("ink" if now else "ink2"))
            room = QRectF(left + side + 8, 0, wide, self.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)
            left += wide
