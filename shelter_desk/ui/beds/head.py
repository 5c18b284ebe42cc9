"""The head of the page with its night, and the strip below it: for whom beds are free, or what is being done.

The list of the night on paper: room, bed, code, a box to tick and blank lines; never a name.
"""

from datetime import date, timedelta
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.errors import UnknownDay
from shelter_desk.operations.beds import profiles
from shelter_desk.operations.beds.bed_board import Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.chips import Chip
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.widgets.marks import MINOR
from shelter_desk.ui.widgets.print import printing
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import away, formats
from shelter_desk.words.beds import held_beds as held_words
from shelter_desk.words.beds import room_rules


class NightField(QWidget):
    """The night before, a field that says `Ce soir, mardi 25/11`, the night after; never a night to come."""

    changed = Signal(object)  # date

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = self._night = today
        self._first: date | None = None
        self.before = IconButton("previous", words.text("Night before"), on_click=self.go_before)
        self.after = IconButton("next", words.text("Night after"), on_click=self.go_after)
        self.line = QLineEdit()
        self.line.setAccessibleName(words.text("Night"))
        self.line.installEventFilter(self)
        self.line.editingFinished.connect(self._finished)
        self._picker = DayField("", today, parent=self.line)
        self._picker.hide()
        self._picker.changed.connect(self._picked)
        told = words.text("Open the calendar")
        self.calendar = IconButton("calendar", told, bare=True, shortcut_text="F4", little=True, on_click=self._pick)
        in_row(self.calendar, STRETCH, within=self.line, margins=(5, 0, 0, 0))
        in_row(self.before, self.line, self.after, within=self, spacing=tokens.SPACE)
        wide = self.calendar.sizeHint().width()
        self.line.setTextMargins(wide + 4, 0, 0, 0)
        nights = [self._words(today + timedelta(days=day)) for day in range(-7, 1)]
        self.line.setFixedWidth(max(map(tokens.metrics().horizontalAdvance, nights)) + wide + 34)
        self._say()

    def night(self) -> date:
        """The night shown."""
        return self._night

    def _words(self, night: date) -> str:
        if night >= self._today:
            return words.text("Tonight, {day}").format(day=formats.weekday_day(night))
        if night.year == self._today.year:
            return words.text("Night of {day}").format(day=formats.weekday_day(night))
        return words.text("Night of {day}").format(day=formats.day(night))

    def _say(self) -> None:
        self.line.setText(formats.day(self._night) if self.line.hasFocus() else self._words(self._night))
        self.line.setCursorPosition(0)
        self.before.setEnabled(self._first is None or self._night > self._first)
        self.after.setEnabled(self._night < self._today)

    def begin_with(self, first: date) -> None:
        """No earlier night may be seen."""
        self._first = first
        self.go_to(self._night)
        self._say()

    def show_today(self, today: date) -> None:
        """Another day has begun: tonight stays tonight."""
        if today != self._today:
            was_tonight, self._today = self._night == self._today, today
            self._night = today if was_tonight else self._night
        self._say()

    def go_to(self, night: date) -> None:
        """Show that night, tonight at the latest, the first that may be seen at the earliest."""
        former, self._night = self._night, min(night, self._today)
        if self._first is not None:
            self._night = max(self._night, self._first)
        self._say()
        if former != self._night:
            self.changed.emit(self._night)

    @Slot()
    def go_before(self) -> None:
        """The night before."""
        self.go_to(self._night - timedelta(days=1))

    @Slot()
    def go_after(self) -> None:
        """The night after."""
        self.go_to(self._night + timedelta(days=1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line:
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
                self.line.setText(formats.day(self._night))
                self.line.selectAll()
            elif isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                self._finished()
                self.line.setText(self._words(self._night))
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_F4:
            self._pick()
        elif event.key() == Qt.Key.Key_PageUp:
            self.go_before()
        elif event.key() == Qt.Key.Key_PageDown:
            self.go_after()
        else:
            return False
        return True

    @Slot()
    def _finished(self) -> None:
        try:
            night = formats.read_day(self.line.text(), self._today)
        except UnknownDay:
            night = self._night
        self.go_to(night)

    @Slot()
    def _pick(self) -> None:
        self._picker.blockSignals(True)
        self._picker.set_day(self._night)
        self._picker.blockSignals(False)
        self._picker.resize(self.line.size())
        self._picker.line.setGeometry(self.line.rect())
        self._picker.open_calendar()

    @Slot()
    def _picked(self) -> None:
        day = self._picker.day()
        if day is not None:
            self.go_to(day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picker.resize(self.line.size())


BLANK_LINES = 4
_BOX = "☐"


def night_list_html(board: Board, training: bool, sigle: str) -> str:
    """The sheet as a document. sigle: at its head where the shelter has one."""
    title = words.text("List of the night of {day}").format(day=formats.weekday_day(board.night))
    heads = (
        words.text("Room"),
        words.text("Bed"),
        words.text("Code"),
        words.text("Sex"),
        words.text("Present"),
        words.text("Notes"),
    )
    rows = [cells for look in board.rooms for cells in _room(look, board)]
    rows += [_row("", "—", one, board) for one in board.unplaced]
    rows += [("", "", "", "", _BOX, "")] * BLANK_LINES
    counts = words.text("{present} present, {free} beds free of {usable} usable.")
    told = counts.format(present=board.present, free=board.free, usable=board.usable)
    if board.expected:
        told = f"{told} {words.count('{n} held for an arrival.', '{n} held for arrivals.', board.expected)}"
    if board.over:
        told = f"{told} {words.count('{n} person too many.', '{n} persons too many.', board.over)}"
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    table = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows)
    head = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    return (
        f"{mark}{printing.signed(sigle)}<h2>{escape(title)}</h2><p>{escape(told)}</p>"
        f"<table width='100%' border='1' cellspacing='0' cellpadding='2' style='border-collapse:collapse'>"
        f"<thead><tr>{head}</tr></thead>{table}</table>"
    )


def _room(look: RoomLook, board: Board) -> list[tuple[str, ...]]:
    title, rows = phrases.room_title(look.room), []
    for one in look.beds:
        people = [who for who in (one.sleeper, *one.sharing) if who]
        if people:
            rows += [_row(title, one.bed.code, who, board) for who in people]
        elif one.held is not None and one.is_held and one.state is None:
            rows.append(_held(title, one.bed.code, one.held))
        else:
            state = words.label("bed_state", one.state.state) if one.state else words.text("Free")
            rows.append((title, one.bed.code, state, "", "", one.state.reason if one.state else ""))
    rows += [_held(title, words.count("{n} place", "{n} places", one.left), one) for one in look.held]
    rows += [_row(title, words.text("Mat"), who, board) for who in look.extra]
    return rows


def _held(room: str, place: str, held: HeldBed) -> tuple[str, ...]:
    told = words.text("{who}, {until}").format(who=held_words.who(held.groups), until=held_words.until(held))
    return (room, place, words.text("Bed held"), "", "", told)


def _row(room: str, bed: str, who: Present, board: Board) -> tuple[str, ...]:
    minor = f" {MINOR}" if who.person.birth.protected_as_minor(board.night) else ""
    why = away.short(who.absence.absence_type) if who.absence else ""
    return (room, bed, who.person.code, phrases.letter(who.person.sex) + minor, "" if who.absence else _BOX, why)


def print_list(parent: QWidget, board: Board, training: bool, sigle: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    title = words.text("Print the list of the night")
    done = words.text("The list of the night is printed."), words.text("The list of the night is saved.")
    return printing.send(parent, printing.sheets(night_list_html(board, training, sigle)), title, *done)


class PageHead(QWidget):
    """Title, plan or calendar, which nights, print, the main verb; on further lines where there is no room for all.

    controls: of the calendar, in place of the night; empty until it is shown.
    """

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.night = NightField(today)
        options = [("plan", words.text("Plan"), "plan"), ("calendar", words.text("Calendar"), "calendar-bars")]
        self.views = Segments(options, "plan", words.text("View"))
        self.controls = QWidget()
        self.controls.hide()
        self.print_button = IconButton("print", words.text("Print the list of the night"), shortcut_text="Ctrl+P")
        self.find_button = Button(words.text("Find a bed for…"), "primary", "search")
        self.find_button.setToolTip(words.text("Ctrl+Enter"))
        row = Flow(tokens.SPACE_PANEL, tokens.SPACE, middle=True)
        row.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        self.setLayout(row)
        row.add(Label(words.text("Beds"), size="title", bold=True), self.views, self.night, self.controls)
        row.add_right(self.print_button, self.find_button)

    def take_controls(self, controls: QWidget) -> None:
        """Those of the calendar."""
        in_row(controls, within=self.controls)

    def show_view(self, view: str) -> None:
        """What stands there for the plan, or for the calendar."""
        is_plan = view == "plan"
        self.night.setVisible(is_plan)
        self.controls.setVisible(not is_plan)
        told = words.text("Print the list of the night") if is_plan else words.text("Print the calendar")
        self.print_button.say(told, "Ctrl+P")


class GroupChips(QWidget):
    """One chip per profile with its free beds; at right how many beds can be used."""

    chosen = Signal(str)
    held_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: dict[str, Chip] = {}
        self.group = "all"
        flow = Flow(tokens.SPACE, tokens.SPACE, middle=True)
        flow.setContentsMargins(tokens.SPACE_2, tokens.SPACE_HALF, tokens.SPACE_2, tokens.SPACE)
        self.setLayout(flow)
        for code in ("all", *profiles.GROUPS):
            chip = Chip(room_rules.profile_name(code), 0, on=code == "all")
            chip.setProperty("group", code)
            chip.clicked.connect(self._clicked)
            self.chips[code] = chip
            flow.addWidget(chip)
            if code == "all":
                flow.addWidget(Label(words.text("Free for"), size="small", bold=True, ink="ink2"))
        self.over = Badge("", "attention")
        self.usable = Label(size="small", ink="ink2")
        self.held = Button("", "quiet", "bookmark", "L", on_click=self.held_wanted)
        flow.add_right(self.over, self.held, self.usable)

    def show_board(self, board: Board) -> None:
        """The counts of that night."""
        for code, n in {"all": board.installed, **profiles.free_for(board)}.items():
            self.chips[code].set_count(n)
        n = board.expected
        self.held.setText(words.count("{n} held", "{n} held", n) if n else words.text("Held beds"))
        sentence = words.text("{usable} usable of {all}")
        self.usable.setText(sentence.format(usable=board.usable, all=board.installed))
        self.over.setVisible(board.over > 0)
        self.over.say(words.count("{n} person too many", "{n} persons too many", board.over), "attention")

    def switch(self, group: str) -> None:
        """That profile is on, without a signal."""
        self.group = group
        for code, chip in self.chips.items():
            chip.setChecked(code == group)

    @Slot()
    def _clicked(self) -> None:
        code = str(self.sender().property("group"))
        self.switch("all" if code == self.group else code)
        self.chosen.emit(self.group)


class Strip(QStackedWidget):
    """The chips; or a sentence on what is being done, with the way out; or that a past night is shown."""

    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = GroupChips()
        self.sentence = Label(wrap=True)
        self.icon = IconLabel("move", "accent")
        self.way_out = Button(words.text("Give up"), "quiet", shortcut_text=words.text("Esc"), on_click=self.given_up)
        said, holder = QFrame(), QWidget()
        said.setProperty("role", "alert")
        margins = (tokens.SPACE_PANEL, 0, tokens.SPACE_HALF, 0)
        in_row(self.icon, (self.sentence, 1), self.way_out, within=said, margins=margins)
        in_column(said, within=holder, margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE))
        self.addWidget(self.chips)
        self.addWidget(holder)

    def say(self, sentence: str, icon: str, way_out: str | None) -> None:
        """Say what is going on instead of the chips."""
        self.sentence.setText(sentence)
        self.icon.show_icon(icon, "accent")
        self.way_out.setVisible(way_out is not None)
        self.way_out.setText(way_out or "")
        self.setCurrentIndex(1)

    def show_chips(self) -> None:
        """Back to the chips."""
        self.setCurrentIndex(0)
