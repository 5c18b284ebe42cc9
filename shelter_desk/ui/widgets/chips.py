"""Chips: filters of a list, each with how many it would leave."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.layouts import in_row


class Chip(QAbstractButton):
    """A filter with a count; on = accent. kept: a value kept in the filter, with a cross that removes it on click."""

    def __init__(
        self, text: str, count: int | None = None, on: bool = False, kept: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kept, self._count = kept, count
        self.setText(text)
        self.setCheckable(not kept)
        self.setChecked(on and not kept)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "round")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name_it()

    def count(self) -> int | None:
        """How many the filter would leave."""
        return self._count

    def set_count(self, count: int | None) -> None:
        """Another count from now on."""
        if count != self._count:
            self._count = count
            self._name_it()
            self.updateGeometry()
            self.update()

    def _name_it(self) -> None:
        self.setAccessibleName(self.text() if self._count is None else f"{self.text()} {self._count}")

    def sizeHint(self) -> QSize:
        metrics = tokens.metrics("small", bold=True)
        width = metrics.horizontalAdvance(self.text()) + 20
        if self._count is not None:
            width += metrics.horizontalAdvance(str(self._count)) + 6
        if self._kept:
            width += tokens.wide(16) + 4
        return QSize(width, tokens.high(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _inks(self) -> tuple[str, str, str]:
        """Text, ground and edge."""
        if not self.isEnabled():
            return "ink3", "sunken", "line"
        if self.isChecked():
            return "on_accent", "accent", "accent"
        if self._kept:
            return "accent", "accent_soft", "accent"
        if self._count == 0:
            return "ink3", "surface", "line2"
        return "ink", "page" if self.underMouse() else "surface", "line2"

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, ground, edge = self._inks()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color(edge))
        painter.setBrush(tokens.color(ground))
        round_off = (self.height() - 1) / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), round_off, round_off)
        painter.setPen(tokens.color(ink))
        middle, left = int(Qt.AlignmentFlag.AlignVCenter), 10
        strong = self.isChecked()
        painter.setFont(tokens.font("small", strong))
        painter.drawText(QRect(left, 0, self.width(), self.height()), middle, self.text())
        left += tokens.metrics("small", strong).horizontalAdvance(self.text()) + 6
        if self._count is not None:
            painter.setFont(tokens.font("small", bold=True))
            painter.drawText(QRect(left, 0, self.width(), self.height()), middle, str(self._count))
        if self._kept:
            side = tokens.wide(16)
            painter.drawPixmap(
                QPoint(self.width() - side - 8, (self.height() - side) // 2), icons.pixmap("close", ink, 16)
            )


class ChipBar(QWidget):
    """Filter chips in a row, by code. one: exactly one is on; else any number. wraps: go on in the next line."""

    chosen = Signal(str)  # the code that was switched

    def __init__(
        self,
        chips: Sequence[tuple[str, str, int | None]] = (),
        one: bool = True,
        parent: QWidget | None = None,
        wraps: bool = False,
    ) -> None:
        super().__init__(parent)
        self._row = Flow(tokens.SPACE, tokens.SPACE) if wraps else in_row(spacing=tokens.SPACE)
        self.setLayout(self._row)
        self._after = 0 if wraps else 1  # what stands after the chips: nothing, or a stretch
        if not wraps:
            self._row.addStretch(1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(one)
        self._group.buttonClicked.connect(self._clicked)
        self._chips: dict[str, Chip] = {}
        for code, text, count in chips:
            self.add(code, text, count)

    def add(self, code: str, text: str, count: int | None = None, on: bool = False) -> Chip:
        """One more chip at the right end; the first of a one-only bar is on."""
        chip = Chip(text, count, on or (self._group.exclusive() and not self._chips))
        self._chips[code] = chip
        self._group.addButton(chip)
        self._row.insertWidget(self._row.count() - self._after, chip)
        return chip

    def chip(self, code: str) -> Chip:
        """The chip of that code."""
        return self._chips[code]

    def on(self) -> list[str]:
        """The codes that are on, in display order."""
        return [code for code, chip in self._chips.items() if chip.isChecked()]

    def switch(self, code: str, on: bool = True) -> None:
        """Switch that chip without a signal."""
        self._chips[code].setChecked(on)

    def set_counts(self, counts: dict[str, int]) -> None:
        """New counts for the codes named."""
        for code, n in counts.items():
            self._chips[code].set_count(n)

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        code = next(code for code, chip in self._chips.items() if chip is button)
        self.chosen.emit(code)
