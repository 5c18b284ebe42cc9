"""Which nights the calendar shows: how many, the ones before and after, back to tonight. What its signs mean."""

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.beds.calendar import SPANS, Span
from shelter_desk.domain.moments import Period
from shelter_desk.ui import tokens
from shelter_desk.ui.beds.calendar.looks import BarLook, CalendarLook, Shape
from shelter_desk.ui.beds.calendar.painting import CalendarPainter, Places
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.ui.widgets.segments import Segments


class SpanControls(QWidget):
    """Week, three weeks or month; before, tonight, after."""

    chosen = Signal(str)  # a Span
    turned = Signal(int)
    tonight = Signal()

    def __init__(self, span: Span, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = {"week": words.text("Week"), "weeks": words.text("3 weeks"), "month": words.text("Month")}
        spans = [(one, names[one]) for one in SPANS]
        self.spans = Segments(spans, span, words.text("Nights shown"), signed=False)
        self.before = IconButton(
            "previous", words.text("Nights before"), shortcut_text=words.text("PgUp"), on_click=self._before
        )
        self.today = Button(words.text("Tonight"), on_click=self.tonight)
        self.after = IconButton(
            "next", words.text("Nights after"), shortcut_text=words.text("PgDn"), on_click=self._after
        )
        self.spans.chosen.connect(self.chosen)
        self._row = in_row(self.spans, self.before, self.today, self.after, within=self, spacing=tokens.SPACE_HALF)

    def add(self, more: QWidget) -> None:
        """That at the end."""
        self._row.addWidget(more)

    @Slot()
    def _before(self) -> None:
        self.turned.emit(-1)

    @Slot()
    def _after(self) -> None:
        self.turned.emit(1)


class CalendarLegend(QWidget):
    """One line of little bars, each with its word."""

    def __init__(self, nights: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = Flow(tokens.SPACE_2, tokens.SPACE_HALF, middle=True)
        row.setContentsMargins(0, tokens.SPACE_HALF, 0, tokens.SPACE_HALF)
        self.setLayout(row)
        signs: tuple[tuple[Shape, str], ...] = (
            ("stay", words.text("Stay")),
            ("planned", words.text("Planned exit")),
            ("open", words.text("No planned exit")),
            ("away", words.text("Absence, bed kept")),
            ("out", words.text("Out of use")),
            ("held", words.text("Bed held")),
        )
        for shape, word in signs:
            row.addWidget(_pair(_Sign(shape, nights), word))
        row.addWidget(_pair(IconLabel("next", "accent", 16), words.text("Change of bed")))


def _pair(sign: QWidget, word: str) -> QWidget:
    pair = QWidget()
    in_row(sign, Label(word, size="small", ink="ink2"), within=pair, spacing=tokens.SPACE_HALF)
    return pair


class _Sign(QWidget):
    """A little bar of that shape."""

    def __init__(self, shape: Shape, nights: Period) -> None:
        super().__init__()
        self._bar, self._nights = BarLook(shape, 0, 1), nights
        self.setFixedSize(tokens.wide(28), tokens.high(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        at = Places(0, 0, self.height(), (0, self.width()))
        painter = QPainter(self)
        painter.setClipRect(QRectF(self.rect()))
        CalendarPainter(CalendarLook(self._nights, -1), tokens.color).bar(painter, at, self._bar, 0)
