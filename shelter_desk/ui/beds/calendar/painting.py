"""The calendar painted: nights above, rooms and beds at the left, bars between; the same on a screen and on paper."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap, QStaticText

from shelter_desk import words
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.beds.calendar.looks import FADES, BarLook, CalendarLook, RowLook, Shape
from shelter_desk.ui.widgets.marks import MINOR, minor_width
from shelter_desk.words import formats

Ink = Callable[[str], QColor]  # the colour of a token
PAD, SIDE = 6, 16  # pixels before the words of a bar, and of an icon
_SATURDAY = 5
_LEAST = 40  # pixels of a note that is cut
_BEHIND: frozenset[Shape] = frozenset({"planned", "open"})  # the words of the stay before may go on into these
_CUT: frozenset[Shape] = frozenset({"away", "out", "held", "fits", "reason", "unfit"})


@dataclass(frozen=True, slots=True)
class BarPaint:
    """How a shape is painted: tokens of words, ground and edge, of the hatching where it is hatched."""

    ink: str
    ground: str
    edge: str
    hatch: str = ""
    dashed: bool = False
    thick: bool = False


PAINTS: Mapping[Shape, BarPaint] = {
    "stay": BarPaint("ink", "accent_soft", "accent_line"),
    "planned": BarPaint("ink2", "surface", "line2", dashed=True),
    "open": BarPaint("ink2", "accent_soft", ""),
    "away": BarPaint("held", "surface", "held", hatch="held"),
    "out": BarPaint("ink2", "page", "line2", hatch="line3"),
    "held": BarPaint("held", "held_soft", "held"),
    "fits": BarPaint("ok", "ok_soft", "ok", dashed=True),
    "reason": BarPaint("attention", "attention_soft", "attention", dashed=True),
    "unfit": BarPaint("ink2", "sunken", "line2", dashed=True),
    "ghost": BarPaint("accent", "surface", "accent", dashed=True, thick=True),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where nights and rows stand, in pixels. edges: the left of each column and, last, the right of all."""

    label: int
    head: int
    row: int
    edges: tuple[int, ...]

    def box(self, first: int, after: int, top: int) -> QRect:
        """The room of a bar over these columns in the row at that height."""
        left, right = self.edges[first], self.edges[after]
        return QRect(left + 1, top + 2, right - left - 2, self.row - 4)

    def column(self, x: int) -> int:
        """The column at that place; before the first or after the last where it is beside them."""
        return next((n for n, edge in enumerate(self.edges[1:]) if x < edge), len(self.edges) - 1)


def least_column() -> int:
    """The width of a column in which its day is whole."""
    return _width("M 30", True) + 6


def places(left: int, width: int, columns: int) -> Places:
    """Where all stands in that width. left: by how much the nights are scrolled."""
    label = label_width()
    room = max(width - label, columns * least_column())
    edges = tuple(label + n * room // columns - left for n in range(columns + 1))
    return Places(label, 2 * tokens.high(22), tokens.high(24), edges)


def label_width() -> int:
    """The column of the beds."""
    return tokens.wide(112)


class CalendarPainter:
    """Paints rows, bars and the head in those colours and in the text worn when it is made; texts are laid once."""

    def __init__(self, look: CalendarLook, ink: Ink) -> None:
        self.look, self._ink = look, cache(ink)
        self._text, self._wide = cache(_laid), cache(_width)
        self._pen, self._grounds = cache(self._pen_of), cache(self._grounds_of)
        self._fonts = {bold: tokens.font("small", bold) for bold in (False, True)}
        self._high = {bold: tokens.metrics("small", bold).height() for bold in (False, True)}

    def body(self, painter: QPainter, at: Places, rows: Sequence[tuple[int, RowLook]], room: QRect) -> None:
        """The rows with the height each stands at; room: the nights without the head and the labels."""
        painter.setClipRect(room)
        painter.fillRect(room, self._ink("surface"))
        self._columns(painter, at, room)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for top, row in rows:
            for bar in row.bars:
                self._shape(painter, at, bar, top)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if 0 <= self.look.now < self.look.columns:
            painter.fillRect(QRect(at.edges[self.look.now] - 1, room.top(), 2, room.height()), self._ink("accent"))
        for top, row in rows:
            end = 0
            for bar in row.bars:
                end = self._words(painter, at, bar, top, end if bar.shape in _BEHIND else 0)
        whole = room.adjusted(-room.left(), 0, 0, 0)
        painter.setClipRect(whole)
        self._labels(painter, at, rows, whole)
        painter.setClipping(False)

    def _columns(self, painter: QPainter, at: Places, room: QRect) -> None:
        """The ground of weekends and the line before each night."""
        for n in range(self.look.columns):
            if self.look.night(n).weekday() >= _SATURDAY:
                column = QRect(at.edges[n], room.top(), at.edges[n + 1] - at.edges[n], room.height())
                painter.fillRect(column, self._ink("page"))
        painter.setPen(self._ink("grid"))
        painter.drawLines([QLineF(x + 0.5, room.top(), x + 0.5, room.bottom() + 1) for x in at.edges])

    def _labels(self, painter: QPainter, at: Places, rows: Sequence[tuple[int, RowLook]], whole: QRect) -> None:
        """The beds at the left, the line below each, the rooms as bands from edge to edge."""
        painter.fillRect(QRect(0, whole.top(), at.label, whole.height()), self._ink("surface"))
        ends = [top + at.row - 0.5 for top, row in rows if not row.is_band]
        painter.setPen(self._ink("grid"))
        painter.drawLines([QLineF(0, y, whole.width(), y) for y in ends])
        painter.setPen(self._ink("line"))
        painter.drawLine(QLineF(at.label - 0.5, whole.top(), at.label - 0.5, whole.bottom() + 1))
        for top, row in rows:
            if row.is_band:
                painter.fillRect(QRect(0, top, whole.width(), at.row), self._ink("sunken"))
                wide = self.write(painter, row.title, PAD, top, at.row, "ink", bold=True)
                self.write(painter, row.note, PAD + wide + PAD, top, at.row, "ink2")
            else:
                wide = self._wide(row.title, True)
                self.write(painter, row.title, max(PAD, (at.label - wide) // 2), top, at.row, "ink", bold=True)

    # bars

    def bar(self, painter: QPainter, at: Places, bar: BarLook, top: int) -> None:
        """One bar in the row at that height, with its words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._shape(painter, at, bar, top)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._words(painter, at, bar, top)

    def _shape(self, painter: QPainter, at: Places, bar: BarLook, top: int) -> None:
        if bar.shape == "open":
            self._fade(painter, at, bar, top)
            return
        left, right = 0.5 if bar.begins else -1, -0.5 if bar.ends else 1
        box = QRectF(at.box(bar.first, bar.after, top)).adjusted(left, 0.5, right, -0.5)
        outline = _outline(box, begins=bar.begins, ends=bar.ends)
        for ground in self._grounds(bar.shape):
            if bar.begins or bar.ends:
                painter.fillPath(outline, ground)
            else:
                painter.fillRect(box, ground)
        painter.strokePath(outline, self._pen(bar.shape))

    def _grounds_of(self, shape: Shape) -> tuple[QBrush, ...]:
        paint = PAINTS[shape]
        plain = QBrush(self._ink(paint.ground))
        return (plain, QBrush(self._ink(paint.hatch), Qt.BrushStyle.BDiagPattern)) if paint.hatch else (plain,)

    def _pen_of(self, shape: Shape) -> QPen:
        paint = PAINTS[shape]
        pen = QPen(self._ink(paint.edge), 2 if paint.thick else 1)
        if paint.dashed:
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _fade(self, painter: QPainter, at: Places, bar: BarLook, top: int) -> None:
        """Ever fainter from the night after tonight on, as faint as it gets from then on."""
        box = at.box(bar.first, bar.after, top).adjusted(-1, 0, 1, 0)
        night = at.edges[1] - at.edges[0]
        begun = at.edges[0] + (self.look.now + 1) * night
        shade = QLinearGradient(begun, 0, begun + FADES * night, 0)
        full, faint = self._ink("accent_soft"), QColor(self._ink("accent_soft"))
        faint.setAlphaF(0.35)
        shade.setColorAt(0, full)
        shade.setColorAt(1, faint)
        painter.fillRect(box, shade)

    def _words(self, painter: QPainter, at: Places, bar: BarLook, top: int, end: int = 0) -> int:
        """Its words from the left of what is seen of it, or from where the words before it end; where these end.

        A code that is not whole is left out with what comes after it; why a bed is not free is cut.
        """
        paint = PAINTS[bar.shape]
        first, after = bar.said or (bar.first, bar.after)
        left, right = max(at.edges[first], at.label, end) + PAD, at.edges[after] - PAD
        if bar.goes_to is not None:
            right = min(right, at.edges[bar.after] - PAD)
            right -= self._move(painter, bar.goes_to, right, top, at.row, at_end=True, least=left)
        if bar.came_from is not None:
            left += self._move(painter, bar.came_from, left, top, at.row, at_end=False, least=right)
        if bar.icon and left + tokens.wide(SIDE) <= right:
            self._patch(painter, at, paint, left - 2, tokens.wide(SIDE) + 4, top)
            painter.drawPixmap(left, top + (at.row - tokens.wide(SIDE)) // 2, self._icon(bar.icon, paint.ink))
            left += tokens.wide(SIDE) + 4
        begun = left
        for text, bold in ((bar.strong, True), (bar.mark, False)):
            wide = self._wide(text, bold)
            if left + wide > right:
                return max(end, left) if left > begun else end
            left = self._word(painter, at, text, left, top, paint, bold=bold)
        if bar.minor and left + minor_width() <= right:
            self._minor(painter, left, top, at.row)
            left += minor_width() + 4
        if left + self._wide(bar.note, False) <= right:
            left = self._word(painter, at, bar.note, left, top, paint)
        elif bar.shape in _CUT and right - left >= tokens.wide(_LEAST):
            cut = tokens.metrics("small").elidedText(bar.note, Qt.TextElideMode.ElideRight, right - left)
            left = self._word(painter, at, cut, left, top, paint)
        return max(end, left - PAD) if left > begun else end

    def _word(
        self, painter: QPainter, at: Places, text: str, left: int, top: int, paint: BarPaint, *, bold: bool = False
    ) -> int:
        """Where the next one begins."""
        if not text:
            return left
        wide = self._wide(text, bold)
        self._patch(painter, at, paint, left - 2, wide + 4, top)
        self.write(painter, text, left, top, at.row, paint.ink, bold=bold)
        return left + wide + 4

    def _move(self, painter: QPainter, bed: str, x: int, top: int, row: int, *, at_end: bool, least: int) -> int:
        """The other bed of a move with its arrow, from x on or, at the end of the bar, up to it; the room it takes.

        least: what it must not reach; 0 is returned where there is no room.
        """
        bed = bed or words.text("mat")
        wide = self._wide(bed, True)
        whole = wide + 10
        if (x - whole < least) if at_end else (x + whole > least):
            return 0
        left = x - whole if at_end else x
        self.write(painter, bed, left + 10 if at_end else left, top, row, "accent", bold=True)
        middle, tip = top + row / 2, left + 5 if at_end else left + wide + 7
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._ink("accent"), 1.5))
        painter.drawPolyline([QPointF(tip - 3, middle - 4), QPointF(tip + 1, middle), QPointF(tip - 3, middle + 4)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        return whole + 4

    def _patch(self, painter: QPainter, at: Places, paint: BarPaint, left: int, width: int, top: int) -> None:
        """A plain ground below words that stand on hatching, or across the line of tonight."""
        now = self.look.now
        crosses = 0 <= now < self.look.columns and left < at.edges[now] + 1 and at.edges[now] - 1 < left + width
        if paint.hatch or crosses:
            painter.fillRect(QRect(left, top + 4, width, at.row - 8), self._ink(paint.ground))

    def _minor(self, painter: QPainter, left: int, top: int, row: int) -> None:
        high = tokens.high(16)
        box = QRectF(left + 0.5, top + (row - high) // 2 + 0.5, minor_width() - 1, high - 1)
        painter.setPen(self._ink("ink"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        inside = self._wide(MINOR, True)
        self.write(painter, MINOR, left + (minor_width() - inside) // 2, top, row, "ink", bold=True)

    def _icon(self, name: str, ink: str) -> QPixmap:
        return icons.pixmap(name, self._ink(ink).name(), SIDE)

    def write(
        self, painter: QPainter, text: str, left: int, top: int, row: int, ink: str, *, bold: bool = False
    ) -> int:
        """A text in the middle of the row's height; its width."""
        if not text:
            return 0
        painter.setFont(self._fonts[bold])
        painter.setPen(self._ink(ink))
        painter.drawStaticText(QPointF(left, top + (row - self._high[bold]) / 2), self._text(text, bold))
        return self._wide(text, bold)

    # the head

    def head(self, painter: QPainter, at: Places, width: int) -> None:
        """The months, the nights below them, tonight with its flag."""
        half = at.head // 2
        painter.setClipping(False)
        painter.fillRect(QRect(0, 0, width, at.head), self._ink("surface"))
        painter.setClipRect(QRect(at.label, 0, width - at.label, at.head))
        for n in range(self.look.columns):
            self._night(painter, at, n, half)
        self._months(painter, at, half)
        painter.setClipping(False)
        self.write(painter, words.text("Night of…"), PAD, half, half, "ink2")
        painter.setPen(self._ink("line"))
        painter.drawLine(QLineF(at.label - 0.5, 0, at.label - 0.5, at.head))
        painter.drawLine(QLineF(0, at.head - 0.5, width, at.head - 0.5))

    def _night(self, painter: QPainter, at: Places, n: int, half: int) -> None:
        night, left, right = self.look.night(n), at.edges[n], at.edges[n + 1]
        now = n == self.look.now
        if now:
            painter.fillRect(QRect(left, half, right - left, half), self._ink("accent"))
        elif night.weekday() >= _SATURDAY:
            painter.fillRect(QRect(left, half, right - left, half), self._ink("page"))
        letter, day = formats.weekday(night)[:1].upper(), str(night.day)
        before = self._wide(letter, False) + self._wide(" ", False)
        wide = before + self._wide(day, True)
        start = left + (right - left - wide) // 2
        self.write(painter, letter, start, half, half, "on_accent" if now else "ink2")
        self.write(painter, day, start + before, half, half, "on_accent" if now else "ink", bold=True)

    def _months(self, painter: QPainter, at: Places, half: int) -> None:
        flag = self._flag(painter, at, half)
        end = at.label + PAD
        for n in range(self.look.columns):
            if n and self.look.night(n).day != 1:
                continue
            text = formats.month_title(self.look.night(n))
            wide = self._wide(text, True)
            left = max(at.edges[n] + PAD, end)
            if flag is not None and left < flag.right() and left + wide > flag.left():
                before = flag.left() - wide - PAD
                left = before if before >= end else flag.right() + PAD
            self.write(painter, text, left, 0, half, "ink", bold=True)
            end = left + wide + 2 * PAD

    def _flag(self, painter: QPainter, at: Places, half: int) -> QRect | None:
        """`Ce soir` above its night."""
        if not 0 <= self.look.now < self.look.columns:
            return None
        text = words.text("Tonight")
        wide = self._wide(text, True)
        left, right = at.edges[self.look.now], at.edges[self.look.now + 1]
        box = QRect(left - 1, 0, max(right - left + 1, wide + 2 * PAD), half)
        if box.right() > at.edges[-1]:
            box.moveRight(at.edges[-1])
        painter.fillRect(box, self._ink("accent"))
        self.write(painter, text, box.left() + (box.width() - wide) // 2, 0, half, "on_accent", bold=True)
        return box


def _laid(text: str, bold: bool) -> QStaticText:
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=tokens.font("small", bold))
    return made


def _width(text: str, bold: bool) -> int:
    return tokens.metrics("small", bold).horizontalAdvance(text)


def _outline(box: QRectF, *, begins: bool, ends: bool) -> QPainterPath:
    """Rounded where it begins and ends, open where it goes on."""
    path, round_ = QPainterPath(), float(tokens.RADIUS)
    if begins and ends:
        path.addRoundedRect(box, round_, round_)
    elif begins:
        path.moveTo(box.topRight())
        path.lineTo(box.left() + round_, box.top())
        path.quadTo(box.topLeft(), QPointF(box.left(), box.top() + round_))
        path.lineTo(box.left(), box.bottom() - round_)
        path.quadTo(box.bottomLeft(), QPointF(box.left() + round_, box.bottom()))
        path.lineTo(box.bottomRight())
    elif ends:
        path.moveTo(box.topLeft())
        path.lineTo(box.right() - round_, box.top())
        path.quadTo(box.topRight(), QPointF(box.right(), box.top() + round_))
        path.lineTo(box.right(), box.bottom() - round_)
        path.quadTo(box.bottomRight(), QPointF(box.right() - round_, box.bottom()))
        path.lineTo(box.bottomLeft())
    else:
        path.moveTo(box.topLeft())
        path.lineTo(box.topRight())
        path.moveTo(box.bottomLeft())
        path.lineTo(box.bottomRight())
    return path
