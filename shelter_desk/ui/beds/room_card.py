"""The card of a room: who it is for, how full it is, its tiles."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.beds.tiles import CardLook, PlanTile
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.bed_tile import tile_size
from shelter_desk.ui.widgets.tips import plain

_SIDE = tokens.SPACE_2
_GAP = tokens.SPACE
_TOP = tokens.SPACE_PANEL


class RoomCard(QFrame):
    """One room. The plan gives it its width; `fit` places the tiles and says how high it is."""

    def __init__(self, look: CardLook, tiles: Mapping[str, PlanTile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.badge = Badge("", "neutral", parent=self)
        self.tiles = [tiles[tile.key] for tile in look.tiles]
        for tile in self.tiles:
            tile.setParent(self)
            tile.show()
        self._veil = _Veil(self)
        self.look = look
        self.show_look(look)

    def show_look(self, look: CardLook) -> None:
        """Say something else; the tiles stay the same ones."""
        self.look = look
        parts = (look.title, look.for_whom, look.slept, look.badge)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.badge.say(look.badge, look.badge_state, look.badge_icon)
        for tile, said in zip(self.tiles, look.tiles, strict=True):
            tile.draggable = said.draggable
            if tile.look != said.look:
                tile.show_look(said.look)
        self._veil.setVisible(look.dimmed)
        self._place_badge()
        self.update()

    def is_single(self) -> bool:
        """One tile: two such cards can stand side by side."""
        return len(self.tiles) == 1

    def fits_in(self, width: int) -> bool:
        """True when its name is whole in that width."""
        name = tokens.metrics(bold=True).horizontalAdvance(self.look.title)
        return name + self.badge.sizeHint().width() + 2 * _SIDE + 2 * _GAP <= width

    def fit(self, width: int) -> int:
        """Place the tiles for that width; the height of the card."""
        size, head = tile_size(), tokens.high(20)
        in_row = max(1, (width - 2 * _SIDE + _GAP) // (size.width() + _GAP))
        top = _TOP + head + _GAP
        for place, tile in enumerate(self.tiles):
            row, column = divmod(place, in_row)
            left = _SIDE + column * (size.width() + _GAP)
            tile.setGeometry(left, top + row * (size.height() + _GAP), size.width(), size.height())
        rows = -(-len(self.tiles) // in_row) if self.tiles else 0
        height = top + rows * (size.height() + _GAP) - (_GAP if rows else 0) + _GAP
        self.resize(width, height)
        self._veil.resize(width, height)
        self._veil.raise_()
        self._place_badge()
        return height

    def _place_badge(self) -> None:
        hint = self.badge.sizeHint()
        self.badge.setGeometry(self.width() - _SIDE - hint.width(), _TOP, hint.width(), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        small, strong = tokens.metrics("small"), tokens.metrics(bold=True)
        right = self.badge.x() - _GAP
        line = QRect(_SIDE, _TOP, 0, tokens.high(20))
        painter.setFont(tokens.font("small"))
        painter.setPen(tokens.color("ink2"))
        if self.look.slept:
            right -= small.horizontalAdvance(self.look.slept)
            painter.drawText(QRect(right, line.y(), 200, line.height()), middle, self.look.slept)
            right -= _GAP
        name = strong.elidedText(self.look.title, Qt.TextElideMode.ElideRight, right - line.x())
        left, told = line.x() + strong.horizontalAdvance(name) + _GAP, ""
        if right - left > small.horizontalAdvance("0000"):
            told = small.elidedText(self.look.for_whom, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QRect(left, line.y(), right - left, line.height()), middle, told)
        whole = name == self.look.title and told == self.look.for_whom
        tip = "" if whole else f"{self.look.title}\n{self.look.for_whom}"
        if tip != self.toolTip():
            self.setToolTip(plain(tip))
        painter.setFont(tokens.font(bold=True))
        painter.setPen(tokens.color("ink"))
        painter.drawText(QRect(line.x(), line.y(), right - line.x(), line.height()), middle, name)
        self._write_note(painter)

    def _write_note(self, painter: QPainter) -> None:
        if not self.look.note or not self.is_single():
            return
        tile = self.tiles[0].geometry()
        room = QRect(tile.topRight() + QPoint(_GAP + 1, 2), self.rect().bottomRight() - QPoint(_SIDE, _SIDE))
        painter.setFont(tokens.font("small"))
        painter.setPen(tokens.color("ink2"))
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self.look.note)


class _Veil(QWidget):
    """Covers a room that does not match the chip; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        shade = QColor(tokens.color("page"))
        shade.setAlphaF(0.62)
        QPainter(self).fillRect(self.rect(), shade)
