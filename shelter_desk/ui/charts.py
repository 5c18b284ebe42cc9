"""Charts painted from figures that exist elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.words import formats

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class Night:
    """One night: who slept here and how many beds could be used, None where that is not known."""

    day: date
    present: int
    usable: int | None = None


class WalkedChart(QWidget):
    """A chart of things in a row: arrows walk through them and say each; the mouse says the one it is on."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = accessible_name
        self._at: int | None = None  # where the keys are
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(accessible_name)

    def count(self) -> int:
        """How many things are shown."""
        raise NotImplementedError

    def sentence(self, place: int) -> str:
        """What a thing says."""
        raise NotImplementedError

    def _plot(self) -> QRectF:
        """The room inside the scale."""
        raise NotImplementedError

    def _spot(self, place: int) -> QPointF:
        """Where a thing is painted; what it says is shown above."""
        raise NotImplementedError

    def _place_at(self, x: float) -> int | None:
        """The thing under the mouse."""
        raise NotImplementedError

    def _began_anew(self) -> None:
        """Other things are shown."""
        self._at = None
        self.setAccessibleName(self._title)
        self.setAccessibleDescription("\n".join(self.sentence(place) for place in range(self.count())))
        self.update()

    def _paint_scale(self, painter: QPainter, heights: Mapping[int, float]) -> None:
        """A line and its number at each height, the lowest darker."""
        plot = self._plot()
        for value, height in heights.items():
            y = round(height) + 0.5
            painter.setPen(tokens.color("line" if value == 0 else "grid"))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(tokens.color("ink2"))
            room = QRectF(0, y - 10, plot.left() - 8, 20)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.count() - 1
        at = -1 if self._at is None else self._at
        moves = {Qt.Key.Key_Right: at + 1, Qt.Key.Key_Left: at - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() in moves and last >= 0:
            self._walk(max(0, min(last, moves[Qt.Key(event.key())])))
        else:
            super().keyPressEvent(event)

    def _walk(self, place: int) -> None:
        self._at = place
        self.setAccessibleName(f"{self._title}, {self.sentence(place)}")
        self.update()
        spot = self._spot(place).toPoint() - QPoint(0, 40)
        QToolTip.showText(self.mapToGlobal(spot), self.sentence(place), self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._place_at(event.pos().x())
            if place is not None:
                QToolTip.showText(event.globalPos(), self.sentence(place), self)
                return True
        return super().event(event)


class OpenedChart(WalkedChart):
    """A chart of days or months, each as wide as the others; Enter or a click opens one."""

    opened = Signal(object)  # its first day

    def day(self, place: int) -> date:
        """The first day of a thing."""
        raise NotImplementedError

    def _place_at(self, x: float) -> int | None:
        plot, count = self._plot(), self.count()
        if not count or not plot.left() <= x <= plot.right():
            return None
        return min(count - 1, int((x - plot.left()) / (plot.width() / count)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.opened.emit(self.day(self._at))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().x())
        if place is not None:
            self._at = place
            self.update()
            self.opened.emit(self.day(place))


@dataclass(frozen=True, slots=True)
class MonthColumns:
    """A calendar month: its first day, and the number of each column, None where nobody counted."""

    first: date
    numbers: tuple[int | None, ...]


class MonthsChart(OpenedChart):
    """Twelve months, each with a column for every name; the second name is hatched, so that colours are not needed.

    names: what the columns count.
    """

    def __init__(self, accessible_name: str, names: Sequence[str]) -> None:
        super().__init__(accessible_name)
        self._names = tuple(names)
        self._months: list[MonthColumns] = []

    def count(self) -> int:
        return len(self._months)

    def show_months(self, months: Sequence[MonthColumns]) -> None:
        """Show these months, the oldest first."""
        self._months = list(months)
        self._began_anew()

    def sentence(self, place: int) -> str:
        month = self._months[place]
        told = words.text("{figure}: {n}")
        numbers = [formats.NONE if one is None else formats.number(one) for one in month.numbers]
        named = zip(self._names, numbers, strict=True)
        return " · ".join((formats.month_title(month.first), *(told.format(figure=name, n=n) for name, n in named)))

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(400), tokens.high(140))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.wide(200), tokens.high(80))

    def _highest(self) -> int:
        """The end of the scale: the highest number up to one that halves well."""
        highest = max([1, *(one or 0 for month in self._months for one in month.numbers)])
        step: int = 2 * 10 ** max(0, len(str(highest)) - 2)
        return -(-highest // step) * step

    def _plot(self) -> QRectF:
        """Its right edge leaves room for a number above the last column."""
        small = tokens.metrics("small")
        number = small.horizontalAdvance(str(self._highest())) + 2
        left = number + 10
        slot = (self.width() - left) / max(1, len(self._months))
        beyond = number - slot / 2 if len(self._names) > 1 else (number - slot) / 2
        right = max(4, beyond + 2)
        return QRectF(left, small.height(), self.width() - left - right, self.height() - small.height() * 2 - 6)

    def _box(self, place: int, column: int) -> QRectF:
        plot, number = self._plot(), self._months[place].numbers[column] or 0
        slot = plot.width() / max(1, len(self._months))
        wide = slot * 0.7 / len(self._names)
        high = plot.height() * number / self._highest()
        return QRectF(plot.left() + slot * (place + 0.15) + wide * column, plot.bottom() - high, wide - 1, high)

    def _spot(self, place: int) -> QPointF:
        return self._box(place, 0).topLeft()

    def day(self, place: int) -> date:
        return self._months[place].first

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(tokens.font("small"))
        plot, top = self._plot(), self._highest()
        self._paint_scale(painter, {n: plot.bottom() - plot.height() * n / top for n in (0, top // 2, top)})
        for place in range(len(self._months)):
            self._paint_month(painter, place)

    def _paint_month(self, painter: QPainter, place: int) -> None:
        month, plot, high = self._months[place], self._plot(), tokens.metrics("small").height()
        walked, last = self._at == place and self.hasFocus(), place == len(self._months) - 1
        slot = plot.width() / len(self._months)
        for column, number in enumerate(month.numbers):
            box = self._box(place, column)
            painter.fillRect(box, tokens.color("surface" if column else "accent" if walked or last else "accent_line"))
            if column:
                painter.fillRect(box, QBrush(tokens.color("accent"), Qt.BrushStyle.BDiagPattern))
                painter.setPen(tokens.color("accent"))
                painter.drawRect(box)
            if number is not None and (walked or last):
                painter.setPen(tokens.color("ink"))
                painter.drawText(self._number_box(box, column, str(number)), _CENTRE, str(number))
        painter.setPen(tokens.color("ink" if walked else "ink2"))
        room = QRectF(plot.left() + slot * place, self.height() - high, slot, high)
        is_narrow = tokens.metrics("small").horizontalAdvance("00/00 ") > slot
        painter.drawText(room, _CENTRE, f"{month.first:%m}" if is_narrow else f"{month.first:%m/%y}")

    def _number_box(self, box: QRectF, column: int, number: str) -> QRectF:
        """Above its column, to the sides where two stand beside each other."""
        wide, high = tokens.metrics("small").horizontalAdvance(number) + 2, tokens.metrics("small").height()
        left = box.center().x() - wide / 2
        if len(self._names) > 1:
            left = box.left() + 1 if column else box.right() - wide - 1
        return QRectF(left, box.top() - high, wide, high)


class NightsChart(OpenedChart):
    """A bar per night and a dashed line of the usable beds; the first and the fullest night are marked."""

    def __init__(self) -> None:
        super().__init__(words.text("Persons present per night"))
        self._nights: list[Night] = []
        self.setMouseTracking(True)

    def count(self) -> int:
        return len(self._nights)

    def show_nights(self, nights: Sequence[Night]) -> None:
        """Show these nights, in order of day."""
        self._nights = list(nights)
        self._began_anew()

    def sentence(self, place: int) -> str:
        """What a night says: its day, who was present, how many beds could be used."""
        night = self._nights[place]
        if night.usable is None:
            return words.text("Night of {day}: {n} present").format(day=formats.day(night.day), n=night.present)
        return words.text("Night of {day}: {n} present, {beds} usable beds").format(
            day=formats.day(night.day), n=night.present, beds=night.usable
        )

    def night(self) -> Night | None:
        """The night the keys are on."""
        return self._nights[self._at] if self._at is not None else None

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(480), tokens.high(96))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.wide(200), tokens.high(80))

    def _plot(self) -> QRectF:
        small = tokens.metrics("small")
        left = small.horizontalAdvance(str(self._top())) + 10
        return QRectF(left, small.height(), self.width() - left - 4, self.height() - small.height() * 2 - 6)

    def _top(self) -> int:
        """The end of the scale: the highest value up to an even number that halves well."""
        highest = max([1, *(n.present for n in self._nights), *(n.usable or 0 for n in self._nights)])
        step = 2 if highest <= 40 else 10 if highest <= 200 else 100
        return -(-highest // step) * step

    def _bar(self, place: int) -> QRectF:
        plot = self._plot()
        slot = plot.width() / max(1, len(self._nights))
        high = plot.height() * self._nights[place].present / self._top()
        air = max(1.0, slot * 0.15)
        return QRectF(plot.left() + slot * place + air, plot.bottom() - high, slot - 2 * air, high)

    def _spot(self, place: int) -> QPointF:
        return self._bar(place).topLeft()

    def day(self, place: int) -> date:
        return self._nights[place].day

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(tokens.font("small"))
        plot, top = self._plot(), self._top()
        self._paint_scale(painter, {n: plot.bottom() - plot.height() * n / top for n in (0, top // 2, top)})
        self._paint_days(painter)
        for place in range(len(self._nights)):
            self._paint_bar(painter, place)
        self._paint_usable(painter)
        for place in sorted(self._marked() | ({self._at} if self._at is not None and self.hasFocus() else set())):
            self._paint_number(painter, place)

    def _paint_days(self, painter: QPainter) -> None:
        painter.setPen(tokens.color("ink2"))
        high = tokens.metrics("small").height()
        for place, night in enumerate(self._nights):
            first_last = place == 0 or place == len(self._nights) - 1
            if not first_last and (night.day.day % 5 or len(self._nights) - 1 - place < 2):
                continue
            middle = self._bar(place).center().x()
            room = QRectF(middle - 20, self.height() - high, 40, high)
            painter.drawText(room, _CENTRE, str(night.day.day))

    def _marked(self) -> set[int]:
        """The first night and the first of the fullest ones."""
        if not self._nights:
            return set()
        fullest = max(range(len(self._nights)), key=lambda place: self._nights[place].present)
        return {0, fullest}

    def _paint_bar(self, painter: QPainter, place: int) -> None:
        bar, marked = self._bar(place), place in self._marked()
        walked = self._at == place and self.hasFocus()
        painter.fillRect(bar, tokens.color("accent" if marked or walked else "accent_line"))
        if walked and marked:
            painter.setPen(QPen(tokens.color("on_accent"), 2))
            painter.drawRect(bar.adjusted(3, 3, -3, -3))

    def _paint_number(self, painter: QPainter, place: int) -> None:
        """The number of a marked night, inside its bar where it fits, else above it on a ground of its own."""
        bar, number = self._bar(place), str(self._nights[place].present)
        painter.setFont(tokens.font("small", bold=True))
        metrics = tokens.metrics("small", True)
        wide, high = metrics.horizontalAdvance(number), metrics.height()
        fits = bar.height() > high and bar.width() > wide
        box = QRectF(bar.center().x() - wide / 2 - 2, bar.top() + 2 if fits else bar.top() - high, wide + 4, high)
        if not fits:
            painter.fillRect(box, tokens.color("surface"))
        painter.setPen(tokens.color("on_accent" if fits else "ink"))
        painter.drawText(box, _CENTRE, number)

    def _paint_usable(self, painter: QPainter) -> None:
        plot, top = self._plot(), self._top()
        slot = plot.width() / max(1, len(self._nights))
        pen = QPen(tokens.color("ink2"), 1.5)
        pen.setDashPattern([3, 2])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        line = QPolygonF()
        for place, night in enumerate(self._nights):
            if night.usable is None:
                painter.drawPolyline(line)
                line = QPolygonF()
                continue
            y = round(plot.bottom() - plot.height() * night.usable / top) + 0.5
            line.append(QPointF(plot.left() + slot * place, y))
            line.append(QPointF(plot.left() + slot * (place + 1), y))
        painter.drawPolyline(line)
