"""The plan: rooms in columns, one current bed that the arrows move, the legend below.

What the colours and signs of the tiles mean.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.beds.room_card import RoomCard
from shelter_desk.ui.beds.tiles import CardLook, PlanTile
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import ScrollArea, in_row
from shelter_desk.ui.widgets.marks import MinorMark


class Legend(QWidget):
    """One line of signs, each with its word; it goes on below where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row = Flow(tokens.SPACE_PANEL, tokens.SPACE_PANEL, middle=True)
        self.setLayout(row)
        for sign, word in (
            (_Swatch("circle-check", "ok", "ok_soft", dashed=True), words.text("Free")),
            (_Swatch("absence", "held", "held_soft"), words.text("Bed kept")),
            (_Swatch("bookmark", "held", "held_soft"), words.text("Arrival expected")),
            (_Swatch("octagon", "ink2", "page"), words.text("Out of use")),
            (IconLabel("triangle", "attention", 16), words.text("Alert")),
            (MinorMark(), words.text("Minor")),
            (IconLabel("baby", "ink2", 16), words.text("Baby")),
        ):
            pair = QWidget()
            in_row(sign, Label(word, size="small", ink="ink2"), within=pair, spacing=tokens.SPACE_HALF)
            row.addWidget(pair)

    def heightForWidth(self, width: int) -> int:
        return max(self._row.heightForWidth(width), tokens.high(20))


class _Swatch(QWidget):
    """A little tile with the shape of its state."""

    def __init__(self, shape: str, ink: str, ground: str, dashed: bool = False) -> None:
        super().__init__()
        self._shape, self._ink, self._ground, self._dashed = shape, ink, ground, dashed
        self.setFixedSize(tokens.wide(20), tokens.wide(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(tokens.color(self._ink), 1)
        if self._dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(tokens.color(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        side = tokens.wide(16)
        place = (self.width() - side) // 2
        painter.drawPixmap(place, place, icons.pixmap(self._shape, self._ink, 16))


_GUTTER = tokens.SPACE_2
_MOST_COLUMNS = 3
_SKIPPED = frozenset({"unfit"})
_WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class BedPlan(ScrollArea):
    """Cards of rooms in one to three columns. Tab enters at the current bed, arrows go to its neighbours."""

    chosen = Signal(str)  # key of the tile
    dropped = Signal(str, str)  # key dragged, key it was dropped on
    drag_begun = Signal(str)
    drag_over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[RoomCard] = []
        self.tiles: dict[str, PlanTile] = {}
        self.current = ""
        self.only_targets = False
        self._shape: list[tuple[str, tuple[str, ...]]] = []
        self.legend = Legend()
        self._inner = QWidget()
        self._inner.setProperty("role", "scrolled")
        self.legend.setParent(self._inner)
        self.setWidget(self._inner)
        self.setFrameShape(ScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_cards(self, looks: Sequence[CardLook]) -> None:
        """Show these rooms; tiles that stay keep their place and their focus."""
        shape = [(look.key, tuple(tile.key for tile in look.tiles)) for look in looks]
        if shape != self._shape:
            self._rebuild(looks)
            self._shape = shape
        else:
            for card, look in zip(self.cards, looks, strict=True):
                card.show_look(look)
        order, current = self.order(), self.current
        if current not in self.tiles or not self.reachable(current):
            current = next((key for key in order if self.reachable(key)), next(iter(order), ""))
        self.make_current(current)

    def _rebuild(self, looks: Sequence[CardLook]) -> None:
        had_focus = self.tiles.get(self.current) is not None and self.tiles[self.current].hasFocus()
        wanted = {tile.key: tile for look in looks for tile in look.tiles}
        former, self.tiles = self.tiles, {}
        for key, said in wanted.items():
            self.tiles[key] = former.pop(key, None) or self._made(key, said.look)  # type: ignore[arg-type]
        cards, self.cards = self.cards, []
        for look in looks:
            card = RoomCard(look, self.tiles, self._inner)
            card.show()
            self.cards.append(card)
        for gone in (*former.values(), *cards):
            gone.hide()
            gone.deleteLater()
        self._arrange()
        if had_focus and self.current in self.tiles:
            self.tiles[self.current].setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, key: str, look: object) -> PlanTile:
        tile = PlanTile(look, key)  # type: ignore[arg-type]
        tile.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        tile.focused.connect(self._focused)
        tile.left_by.connect(self._left)
        tile.chosen.connect(self._chosen)
        tile.dropped.connect(self.dropped)
        tile.drag_begun.connect(self.drag_begun)
        tile.drag_over.connect(self.drag_over)
        return tile

    def order(self) -> list[str]:
        """The keys as they are read: room by room."""
        return [tile.key for card in self.cards for tile in card.tiles]

    def reachable(self, key: str) -> bool:
        """False for beds that the arrows pass over."""
        tile = self.tiles[key]
        return tile.look.state == "target" if self.only_targets else tile.look.state not in _SKIPPED

    def make_current(self, key: str) -> None:
        """That bed is where Tab enters the plan; it does not take the focus."""
        former = self.tiles.get(self.current)
        if former is not None and key != self.current:
            former.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.current = key
        tile = self.tiles.get(key)
        if tile is not None:
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocusProxy(tile)
            self.setAccessibleName(tile.accessibleName())

    def go_to(self, key: str) -> None:
        """Make that bed the current one, bring it into sight and give it the focus."""
        if key not in self.tiles:
            return
        self.make_current(key)
        self.tiles[key].setFocus(Qt.FocusReason.OtherFocusReason)
        self.see(key)

    def see(self, key: str) -> None:
        """Bring that bed into sight."""
        tile = self.tiles.get(key)
        if tile is not None:
            self.ensureWidgetVisible(tile, _GUTTER, tokens.SPACE_4)

    @Slot(str)
    def _chosen(self, key: str) -> None:
        self.make_current(key)
        self.chosen.emit(key)

    @Slot(str)
    def _focused(self, key: str) -> None:
        if key in self.tiles:
            self.make_current(key)

    @Slot(str, int)
    def _left(self, tile: str, pressed: int) -> None:
        key = Qt.Key(pressed)
        if key in _WAYS:
            self.go_to(self.neighbour(tile, *_WAYS[key]))
            return
        keys = [one for one in self.order() if self.reachable(one)]
        if keys:
            self.go_to(keys[0 if key == Qt.Key.Key_Home else -1])

    def neighbour(self, key: str, across: int, down: int) -> str:
        """The bed that lies next in that direction; the same one where there is none."""
        here = self._centre(key)
        best, least = key, float("inf")
        for other in self.order():
            if other == key or not self.reachable(other):
                continue
            way = self._centre(other) - here
            ahead = way.x() * across + way.y() * down
            aside = abs(way.x() * down) + abs(way.y() * across)
            if ahead <= 0 or aside > 2 * ahead + self.tiles[key].height():
                continue
            if ahead + 3 * aside < least:
                best, least = other, ahead + 3 * aside
        return best

    def _centre(self, key: str) -> QPoint:
        tile = self.tiles[key]
        return tile.mapTo(self._inner, tile.rect().center())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self._arrange()

    def columns(self) -> int:
        """How many columns of cards there is room for."""
        card = tokens.wide(456) + _GUTTER
        return max(1, min(_MOST_COLUMNS, (self.width() - _GUTTER) // card))

    def _arrange(self) -> None:
        """Fill the columns in reading order so that the longest is as short as it can be."""
        columns = self.columns()
        width = (self.width() - _GUTTER * (columns + 1)) // columns  # the scroll bar stands in the last gutter
        rows = self._rows(width)
        heights = [max(card.fit(wide) for card, wide in row) for row in rows]
        bottoms = []
        for column, (start, end) in enumerate(_shared_out(heights, columns)):
            top = 0
            for row, height in zip(rows[start:end], heights[start:end], strict=True):
                left = _GUTTER + column * (width + _GUTTER)
                for card, wide in row:
                    card.move(left, top)
                    card.resize(wide, height)
                    left += wide + _GUTTER
                top += height + _GUTTER
            bottoms.append(top)
        column = bottoms.index(min(bottoms))  # the legend lies under the shortest
        high = self.legend.heightForWidth(width)
        self.legend.setGeometry(_GUTTER + column * (width + _GUTTER), bottoms[column], width, high)
        bottoms[column] += high + _GUTTER
        self._inner.resize(QSize(self.viewport().width(), max(bottoms)))

    def _rows(self, width: int) -> list[list[tuple[RoomCard, int]]]:
        """Cards one below the other; two rooms of one bed stand side by side."""
        rows: list[list[tuple[RoomCard, int]]] = []
        half = (width - _GUTTER) // 2
        place = 0
        while place < len(self.cards):
            pair = self.cards[place : place + 2]
            if len(pair) == 2 and all(card.is_single() and card.fits_in(half) for card in pair):
                rows.append([(card, half) for card in pair])
                place += 2
            else:
                rows.append([(pair[0], width)])
                place += 1
        return rows


def _shared_out(heights: Sequence[int], columns: int) -> list[tuple[int, int]]:
    """Where each column begins and ends, in order, the longest as short as possible."""
    least = max(heights, default=0)
    for limit in sorted(
        {sum(heights[a:b]) + (b - a) for a in range(len(heights)) for b in range(a + 1, len(heights) + 1)}
    ):
        if limit >= least and (cut := _cut(heights, limit, columns)) is not None:
            return cut
    return [(0, len(heights))] + [(len(heights), len(heights))] * (columns - 1)


def _cut(heights: Sequence[int], limit: int, columns: int) -> list[tuple[int, int]] | None:
    cut, start = [], 0
    for _ in range(columns):
        end, taken = start, 0
        while end < len(heights) and taken + heights[end] + 1 <= limit:
            taken += heights[end] + 1
            end += 1
        cut.append((start, end))
        start = end
    return cut if start == len(heights) else None
