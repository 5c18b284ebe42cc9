"""The evening roll call: the grid, then what it leaves to settle."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.stays import roll_call
from shelter_desk.operations.stays.roll_call import RollCallSheet
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.roll_call.roll_call_head import RollCallHead, RollCallStrip, Settle
from shelter_desk.ui.today.roll_call.roll_call_rows import UNSAID, Mark, RollList, RollRows, mark_of
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.help_mark import explains
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

DRAFT = "today/roll_call/"
_MOST = 999


class RollCallView(QWidget):
    """One night: called in the grid, then settled; what is typed is kept as a draft until it is stored."""

    told = Signal(object)  # Told
    closed = Signal()
    record_wanted = Signal(int)  # PersonId
    admission_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._nights: list[date] = []
        self._sheet: RollCallSheet | None = None
        self._drafting: Drafting | None = None
        self.night = date.min
        self.head = RollCallHead()
        self.strip = RollCallStrip()
        self.rows = RollRows(self)
        self.list = RollList(self.rows)
        self.unregistered = NumberField(words.text("Unregistered persons"), 0, _MOST)
        self.note = LineField(words.text("Note"), open_words=True)
        watch(desk, self.note)
        self.left = Label("", size="small", ink="ink2", wrap=True)
        self.keep_button = Button(
            words.text("Record the roll call"), "primary", "check", words.text("Ctrl+Enter"), "footer"
        )
        self.refusal = Alert("", "blocked")
        self.late_reason = LateReason(desk)
        self.settle = Settle(desk)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        foot, middle = QFrame(), Qt.AlignmentFlag.AlignVCenter
        foot.setProperty("role", "footer")
        self.unregistered.setFixedWidth(tokens.wide(190))
        self.left.setFixedWidth(tokens.wide(190))
        in_row(
            self.unregistered,
            (self.note, 1),
            (self.left, 0, middle),
            (self.keep_button, 0, middle),
            within=foot,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE),
        )
        self.grid = QWidget()
        inside = in_column(
            self.refusal,
            (self.list, 1),
            self.late_reason,
            margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        in_column(self.strip, (inside, 1), foot, within=self.grid, spacing=0)
        self.refusal.hide()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.settle)
        in_column(self.head, (self._stack, 1), within=self, spacing=0)

    def _connect(self) -> None:
        self.head.back_button.clicked.connect(self.closed)
        self.head.turned.connect(self.turn)
        self.head.again.clicked.connect(self.call_again)
        self.strip.room_button.clicked.connect(self.list.see_room)
        self.strip.reason_chosen.connect(self.list.say_reason)
        self.strip.place_button.clicked.connect(self._ask_place)
        self.strip.place.said.connect(self._place_said)
        self.strip.place.left.connect(self._place_left)
        self.list.place_wanted.connect(self._ask_place)
        self.rows.marked.connect(self._marked)
        self.list.moved.connect(self._moved)
        self.list.went_on.connect(self.keep_button.setFocus)
        self.keep_button.clicked.connect(self.keep)
        self.settle.told.connect(self.told)
        self.settle.record_wanted.connect(self.record_wanted)
        self.settle.admission_wanted.connect(self.admission_wanted)
        self.settle.call_wanted.connect(self._call_again_of)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.keep)

    # Opening ---------------------------------------------------------------------------------------------------------

    def begin(self, night: date | None = None, again: bool = False) -> None:
        """Show that night, else the one in progress: the grid, or what is to be settled once it was called.

        again: the grid in any case. What was typed of the night stays.
        """
        self._nights = roll_call.nights_to_call(self._desk)
        wanted = night or self._nights[-1]
        if wanted not in self._nights:
            self._nights = sorted([*self._nights, wanted])
        if wanted != self.night or self._drafting is None:
            self.night = wanted
            self._open_sheet()
        else:
            self.look_again()
        typed = self._drafting is not None and self._is_typed()
        called = self._sheet is not None and self._sheet.before is not None
        self._show(self.grid if again or typed or not called else self.settle)
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """What takes the focus."""
        if self._stack.currentWidget() is self.settle:
            return self.settle.first() or self.head.again
        return self.list if self.rows.rowCount() else self.unregistered

    def _open_sheet(self) -> None:
        """A sheet of another night, with the draft that was kept of it."""
        if self._drafting is not None:
            self._drafting.keep_now()
            self._drafting.setParent(None)
            self._drafting.deleteLater()
        sheet = self._sheet = roll_call.sheet(self._desk, self.night)
        marks = {line.called.stay: mark_of(line.called) for line in sheet.lines if line.called}
        self.rows.beds = sheet.beds
        self.rows.show(sheet.lines, self.night, marks)
        before = sheet.before
        self.unregistered.set_number(before.unregistered if before is not None else 0)
        self.note.set_text(before.note if before is not None else "")
        self._drafting = Drafting(self._desk, self.grid, f"{DRAFT}{self.night.isoformat()}", self)
        self._drafting.found.connect(self._drafting.resume)
        self._drafting.begin()
        self._start_list()
        self._tell()

    def _start_list(self) -> None:
        if self.rows.rowCount():
            after = self.rows.next_open(-1)
            self.list.go_to(0 if after is None else after)
        self._marked()

    def look_again(self) -> None:
        """Other stays or places: the sheet follows, what is marked stays."""
        if self._sheet is None:
            return
        at = max(0, self.list.place())
        with refusals_told(self.told):
            sheet = self._sheet = roll_call.sheet(self._desk, self.night)
            self.rows.beds = sheet.beds
            if list(sheet.lines) != self.rows.lines():
                self.rows.show(sheet.lines, self.night, self.rows.marks)
                if self.rows.rowCount():
                    self.list.go_to(min(at, self.rows.rowCount() - 1))
            self._marked()
            self._tell()
            if self._stack.currentWidget() is self.settle:
                self.settle.look_again(self.night)

    @Slot(int)
    def turn(self, step: int) -> None:
        """Go a night back or on."""
        at = self._nights.index(self.night) + step
        if 0 <= at < len(self._nights):
            self.begin(self._nights[at])

    @Slot()
    def call_again(self) -> None:
        """Back to the grid, with what was called."""
        self._show(self.grid)
        self._start_list()
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _call_again_of(self, stay: StayId | None) -> None:
        """The same, at the line of somebody: a key there would mark whoever stands first."""
        self.call_again()
        at = next((place for place, line in enumerate(self.rows.lines()) if line.one.stay.id == stay), None)
        if at is not None:
            self.list.go_to(at)

    def _show(self, part: QWidget) -> None:
        if part is self.settle:  # filled before it is seen: what is put in later shows only at the next event
            self.settle.look_again(self.night)
        self._stack.setCurrentWidget(part)
        self.head.again.setVisible(part is self.settle)
        self._tell()

    def _tell(self) -> None:
        self.head.show_night(self.night, self.night == self._nights[0], self.night == self._nights[-1])
        if self._sheet is None or self._sheet.before is None:
            self.head.state.setText(words.text("Not called yet."))
            return
        moment, told = formats.moment(self._sheet.before.checked_at), words.text("Called on {moment} by {who}.")
        self.head.state.setText(told.format(moment=moment, who=self._sheet.by))

    # Draft -----------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """What a draft keeps."""
        marks = [f"{stay}={mark}" for stay, mark in sorted(self.rows.marks.items())]
        return {"marks": marks, "unregistered": self.unregistered.line.text(), "note": self.note.line.text()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again."""
        marks: dict[StayId, Mark] = {}
        for one in values.get("marks", ()):
            stay, _, mark = one.partition("=")
            marks[StayId(int(stay))] = mark
        self.rows.show(self.rows.lines(), self.night, marks)
        self.unregistered.line.setText(str(values.get("unregistered", "")))
        self.note.line.setText(str(values.get("note", "")))

    def _is_typed(self) -> bool:
        before = self._sheet.before if self._sheet is not None else None
        if before is None:
            return bool(self.rows.marks)
        return [before.of(one.stay) for one in self.rows.called()] != self.rows.called()

    # Calling ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _marked(self) -> None:
        counts = self.rows.counts()
        self.strip.show_counts(counts)
        self.keep_button.setEnabled(not counts.open)
        if counts.open:
            left = words.count("{n} person is still to call.", "{n} persons are still to call.", counts.open)
            self.left.setText(left + "\n" + words.text("The roll call is kept as you go."))
        else:
            self.left.setText(words.text("The roll call is complete."))
        self._moved()
        if self._drafting is not None:
            self._drafting.touch()

    @Slot()
    def _moved(self) -> None:
        place = self.list.place()
        self.strip.ask_reason(place >= 0 and self.rows.mark_at(place) == UNSAID)

    @Slot()
    def _ask_place(self) -> None:
        if self.list.place() >= 0:
            self.strip.ask_place(self.rows.beds)

    @Slot(str, object)
    def _place_said(self, place: str, bed: BedId | None) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.see_in(place, bed)
        self._moved()

    @Slot()
    def _place_left(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._moved()

    @Slot()
    def keep(self) -> None:
        """Store the roll call, then show what it leaves to settle."""
        if self._stack.currentWidget() is not self.grid or not self.keep_button.isEnabled():
            return
        self.refusal.hide()
        self.unregistered.clear()
        number = self.unregistered.number()
        if number is None and self.unregistered.line.text().strip():
            self.unregistered.set_error(words.text("Type a number from 0 to {n}.").format(n=_MOST))
            self.unregistered.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            with self.late_reason.given():
                done = roll_call.call(self._desk, self.night, self.rows.called(), number or 0, self.note.text())
        except NeedsLateReason as error:
            self.late_reason.ask(error)
        except errors.RuleBroken as error:
            self.refusal.sentence.setText(sentence(error))
            self.refusal.show()
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            if self._drafting is not None:
                self._drafting.forget()
            self.late_reason.forget()
            self.look_again()
            self._show(self.settle)
            here, gone, _ = self.rows.counts().said()
            told = words.text("Roll call recorded: {here}, {away}.").format(here=here, away=gone)
            self.told.emit(Told("ok", told, done))
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            told = unsaved.kept(self._drafting)
            self.closed.emit()
            if told is not None:
                self.told.emit(told)
            return
        if not explains(event, self.head.mark):
            super().keyPressEvent(event)
