"""The handover of the shift: what was done, what is left, handing over and taking over, and those before read back."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import HandoverId, PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.today.handovers import HandoverGone, HandoverPoint
from shelter_desk.domain.today.shift_events import ShiftEvent
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.today import handovers, shifts
from shelter_desk.operations.today.handovers import Taker, WrittenLine
from shelter_desk.operations.today.shifts import ShiftAsRead
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told, refuse
from shelter_desk.ui.today.handover import sheet
from shelter_desk.ui.today.handover.earlier_list import EarlierList, state
from shelter_desk.ui.today.handover.points_card import LeftPoint, LeftPointsCard, points
from shelter_desk.ui.today.handover.shift_card import ShiftCard
from shelter_desk.ui.today.handover.take_over_card import TakeOverCard
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.help_mark import explains
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import in_column, in_row, scrolling
from shelter_desk.words import formats
from shelter_desk.words import handovers as handover_words
from shelter_desk.words.refusals.errors import sentence

DRAFT = "today/handover"
_BESIDE_FROM, _LEAST_HIGH = 1000, 300


class HandoverView(QWidget):
    """The handover that waits, else the shift that goes on; those before are read back."""

    told = Signal(object)  # Told
    closed = Signal()
    record_wanted = Signal(int)  # PersonId
    page_wanted = Signal(str)
    task_wanted = Signal(object)  # Task

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._key: HandoverId | None = None
        self._begun = False
        self.shift: ShiftAsRead | None = None
        self.points: list[LeftPoint] = []
        self.title = Label(words.text("Handover"), size="title", bold=True)
        self.span = Label("", ink="ink2")
        self.badge = Badge("", "neutral")
        self.written = Label("", size="small", ink="ink2")
        self.back_button = IconButton("previous", words.text("Back to today"), shortcut_text=words.text("Esc"))
        self.now_button = Button(words.text("Present shift"), icon="clock", on_click=self.show_present)
        self.before_button = Button(words.text("Handovers before"), icon="list", on_click=self.show_earlier)
        self.print_button = Button(words.text("Print"), icon="print", on_click=self.print_sheet)
        self.verb = Button("", "primary", "check", words.text("Ctrl+Enter"), "footer", on_click=self.go)
        self.told_below = Label("", size="small", ink="ink2", wrap=True)
        self.events = ShiftCard()
        self.points_card = LeftPointsCard()
        self.line = LineField(words.text("Line for the next shift"), open_words=True)
        self.add_button = Button(words.text("Add the line"), icon="plus", on_click=self.add_line)
        self.take_over = TakeOverCard(desk, self.verb)
        self.hidden = Alert("", "info")
        self.earlier = EarlierList()
        watch(desk, self.line)
        self._lay_out()
        self._connect()
        self._drafting = Drafting(desk, self.line, DRAFT, self)
        self._drafting.found.connect(self._drafting.resume)

    def _lay_out(self) -> None:
        head = Flow(tokens.SPACE_2, tokens.SPACE, middle=True)
        head.add(self.back_button, self.title, self.span, self.badge)
        head.add_right(self.now_button, self.before_button, self.print_button)
        self._numbers = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        strip = in_row((self._numbers, 1), self.written, spacing=tokens.SPACE_2)
        self.writing = QWidget()
        bottom = Qt.AlignmentFlag.AlignBottom
        in_row((self.line, 1), (self.add_button, 0, bottom), within=self.writing, spacing=tokens.SPACE)
        right = QWidget()
        in_column(
            (self.points_card, 1),
            self.writing,
            self.take_over,
            self.hidden,
            within=right,
            spacing=tokens.SPACE_PANEL,
        )
        both = QWidget()
        ring = (0, 0, 0, tokens.SPACE_HALF)  # of the line that takes the focus, which stands lowest
        self._columns = in_row((self.events, 1), (right, 1), within=both, spacing=tokens.SPACE_2, margins=ring)
        self._stack = QStackedWidget()
        self._both = scrolling(both, only_down=True)
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.earlier)
        foot = self._foot = QFrame()
        foot.setProperty("role", "footer")
        edges = (tokens.SPACE_2, tokens.SPACE)
        in_row((self.told_below, 1), self.verb, within=foot, spacing=tokens.SPACE_2, margins=edges)
        inside = in_column(
            head,
            strip,
            (self._stack, 1),
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        in_column((inside, 1), foot, within=self, spacing=0)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.leave)
        self.events.wanted.connect(self._open_event)
        self.points_card.wanted.connect(self.task_wanted)
        self.points_card.taken_out.connect(self._take_out)
        self.points_card.ticked.connect(self._tell_below)
        self.line.line.returnPressed.connect(self.add_line)
        self.take_over.entered.connect(self.go)
        self.earlier.wanted.connect(self.show_one)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Print, self, context=within).activated.connect(self.print_sheet)

    # Draft -----------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """What a draft keeps: the line that is not added yet."""
        return {"line": self.line.line.text()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again."""
        self.line.set_text(str(values.get("line", "")))

    # Showing ---------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show the handover that waits, else the shift that goes on. Raises NotAllowed."""
        found = handovers.waiting(self._desk)
        self._show(None if found is None else found.handover.id)
        if not self._begun:
            self._begun = True
            self._drafting.begin()
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """What takes the focus."""
        if self._stack.currentWidget() is self.earlier:
            return self.earlier.rows[0].button if self.earlier.rows else self.back_button
        if self.is_open:
            return self.line
        return self.take_over.who if self.waits else self.print_button

    @property
    def is_open(self) -> bool:
        """Whether the shift that goes on is shown."""
        return self._key is None

    @property
    def waits(self) -> bool:
        """Whether somebody may take over what is shown."""
        return self.shift is not None and self.shift.handed is not None and self.shift.handed.handover.waits

    def look_again(self) -> None:
        """Ask again; what is typed and ticked stays."""
        with refusals_told(self.told):
            if self._stack.currentWidget() is self.earlier:
                self.earlier.show_handovers(handovers.earlier(self._desk))
                return
            try:
                self._show(self._key)
            except HandoverGone:  # its handing over was taken back
                self.begin()

    def _show(self, key: HandoverId | None) -> None:
        shift = shifts.shift(self._desk, key)
        self._key, self.shift = key, shift
        tasks_left = shifts.points(self._desk) if self.is_open or self.waits else []
        self.points = points(shift.lines, tasks_left)
        self._stack.setCurrentWidget(self._both)
        self.events.show_events(shift.events, self._desk.may(Permission.CASE_SEE))
        self.points_card.show_points(
            self.points,
            ticks=self.waits,
            is_open=self.is_open,
            may_take_out_all=self._desk.may(Permission.OVERRIDE_RULE),
        )
        if self.waits and key is not None and shift.handed is not None:
            names = {str(one.id): one.name for one in handovers.takers(self._desk, key)}
            told = words.text("{who} handed over at {hour}")
            self.take_over.show_takers(
                names, told.format(who=shift.handed.by, hour=formats.clock(shift.handed.handover.handed_at))
            )
        self._tell()

    def _tell(self) -> None:
        shift = self.shift
        if shift is None:
            return
        self.span.setText(handover_words.span(shift.began_at, shift.ended_at))
        self.badge.show()
        if shift.handed is None:
            self.badge.say(words.text("This shift"), "accent", "")
        else:
            self.badge.say(state(shift.handed), "ok" if shift.handed.taken_by else "attention")
        empty(self._numbers)
        self._numbers.add(*(Badge(one, "neutral") for one in sheet.numbers(shift.night)))
        n = len(shift.events)
        written = words.count(
            "Written by itself from {n} act. A click opens it.",
            "Written by itself from {n} acts. A click opens one.",
            n,
        )
        self.written.setText(written if n else "")
        self.hidden.sentence.setText(sheet.hidden(shift.hidden))
        self.hidden.setVisible(shift.hidden > 0)
        self.writing.setVisible(self.is_open)
        self.take_over.setVisible(self.waits)
        self.now_button.setVisible(not self.is_open)
        self.before_button.show()
        self.print_button.show()
        self._foot.setVisible(self.is_open or self.waits)
        self.verb.setText(words.text("Take over") if self.waits else words.text("Hand over"))
        self.verb.set_icon("check" if self.waits else "swap")
        self.verb.updateGeometry()
        self._tell_below()

    @Slot()
    def _tell_below(self) -> None:
        if not self.waits:
            then = words.text("Who comes next reads this page and takes it over by name.")
            self.told_below.setText(f"{words.text('No handover waits.')} {then}")
            return
        taken, left = self.points_card.counts()
        told = [words.count("{n} point taken", "{n} points taken", taken)]
        told += [words.count("{n} left to the team", "{n} left to the team", left)] if left else []
        self.told_below.setText(", ".join(told))

    @Slot()
    def show_present(self) -> None:
        """The shift that goes on."""
        with refusals_told(self.told):
            self._show(None)
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_earlier(self) -> None:
        """The list of those before."""
        with refusals_told(self.told):
            self.earlier.show_handovers(handovers.earlier(self._desk))
            self._stack.setCurrentWidget(self.earlier)
            empty(self._numbers)
            self.written.setText("")
            for widget in (self._foot, self.before_button, self.print_button):
                widget.hide()
            self.now_button.show()
            self.span.setText("")
            self.badge.hide()
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def show_one(self, key: HandoverId) -> None:
        """One of those before."""
        with refusals_told(self.told):
            self._show(key)
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    # Acts ------------------------------------------------------------------------------------------------------------

    @Slot()
    def add_line(self) -> None:
        """Add what is typed to the shift."""
        if not self.line.text():
            refuse(self.line, words.text("Type what the next shift must know."))
            return
        with refusals_told(self.told):
            done = handovers.add_line(self._desk, self.line.text())
            self.line.clear()
            self.line.set_text("")
            self._drafting.forget()
            self.told.emit(Told("ok", words.text("Line added to the handover."), done))
            self._show(None)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _take_out(self, one: WrittenLine) -> None:
        with refusals_told(self.told):
            done = handovers.take_out_line(self._desk, one.line.id)
            self.told.emit(Told("ok", words.text("Line taken out of the handover."), done))
            self._show(self._key)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Hand over the shift that goes on, or take over what waits."""
        if not self.verb.isEnabled() or self._foot.isHidden():
            return
        if self.is_open:
            self._hand_over()
        elif self.waits and self.take_over.is_whole():
            self._take_over()

    def _hand_over(self) -> None:
        with refusals_told(self.told):
            if self.line.text():  # typed and not added: it is of this shift
                handovers.add_line(self._desk, self.line.text())
                self.line.set_text("")
                self._drafting.forget()
            done = handovers.hand_over(self._desk)
            self.told.emit(Told("ok", words.text("Shift handed over: it waits for who takes it over."), done))
            self.begin()

    def _take_over(self) -> None:
        if self._key is None:
            return
        self.verb.setEnabled(False)
        name, password = self.take_over.name(), self.take_over.taken_password()
        tasks.run(partial(handovers.taker, self._desk, self._key, name, password), self._agreed, self._not_agreed)

    def _agreed(self, by: Taker) -> None:
        """The password was right: what is ticked is theirs."""
        self.verb.setEnabled(True)
        rows = self.points_card.rows
        made = [
            HandoverPoint(row.point.text, shifts.read_with(row.point.task), row.box.isChecked())
            for row in rows
            if row.point.task is not None
        ]
        notes = {row.point.line.line.id for row in rows if row.point.line is not None and row.box.isChecked()}
        name = self.take_over.name()
        with refusals_told(self.told):
            handovers.take_over(self._desk, by, made, notes)
            self.told.emit(Told("ok", words.text("Shift taken over by {who}.").format(who=name)))
        self.begin_after()

    def begin_after(self) -> None:
        """What waits next, else the shift that begins."""
        with refusals_told(self.told):
            self.begin()

    def _not_agreed(self, error: ShelterDeskError) -> None:
        self.verb.setEnabled(not self.take_over.wait.is_on)
        if not self.take_over.refuse(error):
            self.told.emit(Told("blocked", sentence(error)))
            self.begin_after()

    @Slot()
    def print_sheet(self) -> None:
        """The page on paper, or in a PDF."""
        if self.shift is None or self._stack.currentWidget() is self.earlier:
            return
        with refusals_told(self.told):
            sigle = settings.read(self._desk).sigle
            html = sheet.handover_html(self.shift, self.points, self._desk.is_training, sigle)
            told = sheet.print_handover(self, html)
            if printed(self._desk, "handover", told):
                self.told.emit(Told("ok", told))

    @Slot(object)
    def _open_event(self, event: ShiftEvent) -> None:
        if event.action == "call_roll" and event.day is not None:
            self.page_wanted.emit(f"today/roll_call/{event.day.isoformat()}")
        elif event.persons and self._desk.may(Permission.CASE_SEE):
            self.record_wanted.emit(PersonId(event.persons[0]))
        elif event.bed_id is not None:
            self.page_wanted.emit(f"beds/{event.bed_id}")

    # Window ----------------------------------------------------------------------------------------------------------

    @Slot()
    def leave(self) -> None:
        """Back; what is typed is kept."""
        told = unsaved.kept(self._drafting)
        self.closed.emit()
        if told is not None:
            self.told.emit(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mark = self.points_card.mark
        if mark is not None and self._stack.currentWidget() is self._both and explains(event, mark):
            return
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._stack.currentWidget() is self.earlier:
            self.begin_after()
        else:
            self.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= tokens.wide(_BESIDE_FROM)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        for card in (self.events, self.points_card):
            card.setMinimumHeight(tokens.high(160) if beside else tokens.high(_LEAST_HIGH))
