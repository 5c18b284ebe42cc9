"""Buttons: a verb, with an icon and the key that does the same."""

from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyleOptionButton, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.tips import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

Kind = Literal["plain", "primary", "quiet", "danger", "action"]
Tall = Literal["row", "footer", "guard"]
_GAP, _HINT_GAP = 8, 8
# Qt.AlignVCenter, Qt.TextShowMnemonic and Qt.AlignCenter: the class `Qt` takes 12 ms to make, too long for the start
_MIDDLE, _MNEMONIC, _CENTRE = 0x80, 0x800, 0x84


class Button(QPushButton):
    """A verb.

    kind: `primary` once per page; `quiet` has no edge; `action` is a full-width row of a side panel, its key at right.
    tall: `row` 32, `footer` 40, `guard` 48 pixels. shortcut_text: the key as printed, it does not bind it.
    on_click: what it does, a method or a signal; Space and Enter do it too. takes_up_and_down: as Qt has it, these keys
    go to the button before or after; else to what it stands in.
    """

    takes_up_and_down = True

    def __init__(
        self,
        text: str,
        kind: Kind = "plain",
        icon: str | None = None,
        shortcut_text: str | None = None,
        tall: Tall = "row",
        on_click: "Callable[..., object] | SignalInstance | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if on_click is not None:
            self.clicked.connect(on_click)
        self.setText(text)  # given above, it would make the class QIcon to see that it is none, 2 ms
        self.kind, self.icon_name, self.shortcut_text = kind, icon, shortcut_text
        self.icon_size = 20
        self.setProperty("kind", kind)
        self.setProperty("tall", tall)
        self.setAutoDefault(False)

    def set_kind(self, kind: Kind) -> None:
        """Another weight from now on."""
        self.kind = kind
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()

    def set_icon(self, name: str | None) -> None:
        """Another icon from now on."""
        self.icon_name = name
        self.updateGeometry()
        self.update()

    def set_key(self, shortcut_text: str | None) -> None:
        """Print another key, or none, from now on."""
        if shortcut_text != self.shortcut_text:
            self.shortcut_text = shortcut_text
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        height = super().sizeHint().height()
        return QSize(self._wide() + 2 * (16 if self.property("tall") != "row" else 13), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """The style draws the box alone."""
        super().initStyleOption(option)
        option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._write(QPainter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
            self.click()
        elif not self.takes_up_and_down and event.key() in (QtCore.Qt.Key.Key_Up, QtCore.Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "ink3"
        if self.isChecked():
            return "accent"
        return {"primary": "on_accent", "quiet": "accent", "danger": "blocked"}.get(self.kind, "ink")

    def _parts(self) -> tuple[int, int, int]:
        """The widths of icon, text and key, their gaps included."""
        label = tokens.metrics("text", self.kind in ("primary", "quiet") or self.isCheckable())
        drawn = tokens.wide(self.icon_size) + (_GAP if self.text() else 0) if self.icon_name else 0
        key = tokens.metrics("small").horizontalAdvance(self.shortcut_text) + _HINT_GAP if self.shortcut_text else 0
        return drawn, label.horizontalAdvance(self.text()), key

    def _wide(self) -> int:
        drawn, label, key = self._parts()
        return drawn + label + key + (24 if self.kind == "action" else 0)

    def _write(self, painter: QPainter) -> None:
        drawn, label, key = self._parts()
        left = 16 if self.kind == "action" else max(0, (self.width() - drawn - label - key) // 2)
        if self.icon_name:
            side = tokens.wide(self.icon_size)
            place = QPoint(left, (self.height() - side) // 2)
            painter.drawPixmap(place, icons.pixmap(self.icon_name, self._ink(), self.icon_size))
        if self.isChecked():  # else the painter begins with the ink of the style sheet
            painter.setPen(tokens.color(self._ink()))
        is_strong = self.kind in ("primary", "quiet") and self.isEnabled()
        painter.setFont(tokens.font("text", is_strong or self.isChecked()))
        room = QRect(left + drawn, 0, self.width() - left - drawn, self.height())
        painter.drawText(room, _MIDDLE | _MNEMONIC, self.text())
        if self.shortcut_text:
            self._write_key(painter, left + drawn + label + _HINT_GAP)

    def _write_key(self, painter: QPainter, left: int) -> None:
        painter.setFont(tokens.font("small"))
        text = self.shortcut_text or ""
        if self.kind != "action":
            painter.drawText(QRect(left, 0, self.width() - left, self.height()), _MIDDLE, text)
            return
        metrics = tokens.metrics("small")
        wide, high = max(18, metrics.horizontalAdvance(text) + 10), metrics.height() + 2
        box = QRectF(self.width() - 16 - wide + 0.5, (self.height() - high) // 2 + 0.5, wide - 1, high - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.color("line3"))
        painter.setBrush(tokens.color("page"))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        painter.setPen(tokens.color("ink2"))
        painter.drawText(box, _CENTRE, text)


class IconButton(Button):
    """An icon alone, its meaning as tool tip and accessible name.

    bare: no edge until the mouse is over it. little: 22 pixels, inside a field or beside a label.
    """

    def __init__(
        self,
        icon: str,
        accessible_name: str,
        bare: bool = False,
        shortcut_text: str | None = None,
        little: bool = False,
        on_click: "Callable[..., object] | SignalInstance | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "plain", icon, on_click=on_click, parent=parent)
        self.icon_size = 16 if little else 20
        self.setProperty("little" if little else "square", True)
        self.setProperty("bare", bare)
        self.say(accessible_name, shortcut_text)

    def say(self, accessible_name: str, shortcut_text: str | None = None) -> None:
        """Mean that from now on."""
        self.setAccessibleName(accessible_name)
        self.setToolTip(plain(f"{accessible_name} ({shortcut_text})" if shortcut_text else accessible_name))

    def sizeHint(self) -> QSize:
        side = tokens.high(32) if self.property("square") else tokens.high(20) + 2
        return QSize(side, side)
