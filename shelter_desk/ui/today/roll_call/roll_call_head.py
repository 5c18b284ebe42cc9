"""The head of the roll call: which night, how far it is, and the keys.

What the roll call of a night leaves to settle, one line a difference.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BedId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.roll_call.roll_call_difference import DifferenceLine
from shelter_desk.ui.today.roll_call.roll_call_rows import RollCallCounts, reason_said, reasons
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.help_mark import HelpMark
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.ui.widgets.marks import KeyMark
from shelter_desk.words import formats

EXTRA_KEY, SHARED_KEY = "+", "="
_CODE = 100


class PlaceAsk(QWidget):
    """The code of a bed and Enter, + for an extra place, = for the bed of a parent; Escape asks no more."""

    said = Signal(str, object)  # place, BedId or None
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._beds: Mapping[BedId, str] = {}
        self.line = QLineEdit()
        self.line.setFixedWidth(tokens.wide(_CODE))
        self.line.setAccessibleName(words.text("Code of the bed in which this person was seen"))
        self.line.setPlaceholderText(words.text("Bed code"))
        self.extra = Button(words.text("Extra place"), shortcut_text=EXTRA_KEY, on_click=self._extra_said)
        self.shared = Button(words.text("With a parent"), shortcut_text=SHARED_KEY, on_click=self._shared_said)
        self.wrong = Label("", size="small", ink="blocked")
        in_row(
            Label(words.text("Seen in bed"), bold=True),
            self.line,
            self.extra,
            self.shared,
            self.wrong,
            within=self,
            spacing=tokens.SPACE,
        )
        for button in (self.extra, self.shared):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._entered)
        self.hide()

    def ask(self, beds: Mapping[BedId, str]) -> None:
        """Ask for one of these beds, or for a place without one."""
        self._beds = beds
        self.line.clear()
        self.wrong.setText("")
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _edited(self, typed: str) -> None:
        self.wrong.setText("")
        if typed == EXTRA_KEY:
            self._extra_said()
        elif typed == SHARED_KEY:
            self._shared_said()

    @Slot()
    def _entered(self) -> None:
        typed = self.line.text().strip().casefold()
        if not typed:
            self.left.emit()
            return
        found = next((key for key, code in self._beds.items() if code.casefold() == typed), None)
        if found is None:
            self.wrong.setText(words.text("No bed has this code."))
            self.line.selectAll()
        else:
            self.said.emit("lit", found)

    @Slot()
    def _extra_said(self) -> None:
        self.said.emit("appoint", None)

    @Slot()
    def _shared_said(self) -> None:
        self.said.emit("partage", None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class Settle(QWidget):
    """The differences of one night, each with its buttons."""

    told = Signal(object)  # Told
    record_wanted = Signal(int)
    admission_wanted = Signal()
    call_wanted = Signal(object)  # StayId, or None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._night = desk, date.min
        self.lines: list[DifferenceLine] = []
        self.title = Label("", bold=True)
        self.nothing = Alert(words.text("Nothing to settle: the roll call and the register agree."), "ok", small=False)
        self._column = in_column(
            self.title,
            self.nothing,
            STRETCH,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE_2),
        )
        in_column(scrolling(self._column, only_down=True), within=self)

    def look_again(self, night: date) -> None:
        """Ask again; nothing is made anew where nothing changed."""
        with refusals_told(self.told):
            found = roll_call.differences(self._desk, night)
            if night == self._night and [line.one for line in self.lines] == found:
                return
            self._night = night
            for line in self.lines:
                self._column.removeWidget(line)
                take_away(line)
            self.lines = [self._line(one) for one in found]
            for place, line in enumerate(self.lines):
                self._column.insertWidget(2 + place, line)
            self.nothing.setVisible(not found)
            self.title.setVisible(bool(found))
            count = words.count("{n} difference to settle", "{n} differences to settle", len(found))
            self.title.setText(count if found else "")

    def _line(self, one: roll_call.Differing) -> DifferenceLine:
        line = DifferenceLine(self._desk, one)
        line.settled.connect(self._settled)
        line.told.connect(self.told)
        line.record_wanted.connect(self.record_wanted)
        line.admission_wanted.connect(self.admission_wanted)
        line.call_wanted.connect(self.call_wanted)
        return line

    def first(self) -> QWidget | None:
        """What takes the focus: the first difference that can be settled here."""
        return next((found for line in self.lines if (found := line.first()) is not None), None)

    @Slot(object)
    def _settled(self, told: Told) -> None:
        self.look_again(self._night)
        self.told.emit(told)
        found = self.first()
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)


_BAR = 120


class RollCallHead(QWidget):
    """Back, the night with the ones before and after it, and one button at right."""

    turned = Signal(int)  # one night back or on

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = IconButton("previous", words.text("Back to today"), shortcut_text=words.text("Esc"))
        self.before = IconButton("up", words.text("Night before"), on_click=self._back)
        self.after = IconButton("down", words.text("Night after"), on_click=self._on)
        self.night = Label("", ink="ink2")
        self.state = Label("", size="small", ink="ink2", wrap=True)
        self.again = Button(words.text("Correct the roll call"), icon="pencil")
        names = in_column(spacing=0)
        self.mark = HelpMark("appel_du_soir", names)
        title = Label(words.text("Evening roll call"), size="title", bold=True)
        fill(names, in_row(title, self.mark, STRETCH, spacing=tokens.SPACE), self.state)
        in_row(
            self.back_button,
            (names, 1),
            self.again,
            self.night,
            self.before,
            self.after,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE),
        )

    def show_night(self, night: date, first: bool, last: bool) -> None:
        """Say the night. first, last: there is none before, or none after."""
        after = night + timedelta(days=1)
        told = words.text("Night of {day} to {next}")
        self.night.setText(told.format(day=formats.weekday_day(night), next=formats.short_day(after)))
        self.before.setEnabled(not first)
        self.after.setEnabled(not last)

    @Slot()
    def _back(self) -> None:
        self.turned.emit(-1)

    @Slot()
    def _on(self) -> None:
        self.turned.emit(1)


class RollCallStrip(QWidget):
    """How far the call is; the keys, or the reasons while one is asked for, or the place."""

    reason_chosen = Signal(str)  # absence_type

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(tokens.wide(_BAR), 8)
        self.bar.setAccessibleName(words.text("Evening roll call"))
        self.counted = Label("", bold=True)
        self.sorted = Label("", ink="ink2")
        self.room_button = Button(words.text("All here in this room"), icon="two-people", shortcut_text="T")
        self.place_button = Button(words.text("Other bed…"), shortcut_text="L")
        self.place = PlaceAsk()
        self.reasons: dict[str, Button] = {}
        self._keys: list[QWidget] = []
        for key, told in (
            ("P", words.text("here (key)")),
            ("A", words.text("away (key)")),
            (words.text("Enter"), words.text("next (key)")),
            (words.text("Backspace"), words.text("correct (key)")),
        ):
            pair = QWidget()
            in_row(KeyMark(key), Label(told, size="small", ink="ink2"), within=pair, spacing=tokens.SPACE_HALF)
            self._keys.append(pair)
        for place, code in enumerate(reasons(), start=1):
            button = Button(reason_said(code), shortcut_text=str(place), on_click=self._clicked)
            self.reasons[code] = button
        flow = Flow(tokens.SPACE_PANEL, tokens.SPACE_HALF, middle=True)
        flow.add(self.bar, self.counted, self.sorted, self.room_button, self.place_button, *self._keys)
        flow.add(*self.reasons.values(), self.place)
        in_column(flow, within=self, margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE))
        for widget in (self.room_button, self.place_button, *self.reasons.values()):  # the list keeps the keys
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ask_reason(False)

    def show_counts(self, counts: RollCallCounts) -> None:
        """Say how far the call is."""
        self.bar.setRange(0, max(1, counts.all))
        self.bar.setValue(counts.all - counts.open)
        self.counted.setText(words.text("{n} of {all}").format(n=counts.all - counts.open, all=counts.all))
        self.sorted.setText(" · ".join(counts.said()))

    def ask_reason(self, asked: bool) -> None:
        """Show the reasons in place of the keys."""
        self._show_only(list(self.reasons.values()) if asked else [*self._keys, self.room_button, self.place_button])

    def ask_place(self, beds: Mapping[BedId, str]) -> None:
        """Ask where somebody was seen, in place of the keys."""
        self._show_only([])
        self.place.ask(beds)

    def _show_only(self, shown: list[QWidget]) -> None:
        if self.isVisible():  # as high with the reasons as with the keys: the list below stays where it is
            self.setMinimumHeight(max(self.minimumHeight(), self.height()))
        self.place.hide()
        for widget in (*self._keys, self.room_button, self.place_button, *self.reasons.values()):
            widget.setVisible(widget in shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setMinimumHeight(0)

    @Slot()
    def _clicked(self) -> None:
        code = next((code for code, button in self.reasons.items() if button is self.sender()), None)
        if code is not None:
            self.reason_chosen.emit(code)
