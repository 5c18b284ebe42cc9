"""Tonight for the guard: six large buttons with a digit each, what to know, and who is here, bed by bed."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.stays.roll_call import night_in_progress
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.operations.today import handovers, today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui import tokens
from shelter_desk.ui.today.handover import sheet
from shelter_desk.ui.today.night.absence_card import NightAbsenceCard
from shelter_desk.ui.today.night.night_board import NightBoard
from shelter_desk.ui.today.night.night_button import NightButton
from shelter_desk.ui.today.tasks import task_texts
from shelter_desk.ui.today.tasks.task_row import sentence_of
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import IconLabel, Label, empty, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling, stand_beside
from shelter_desk.words import formats

_SIDE, _BESIDE_FROM = 366, 900


class ToKnowRow(QWidget):
    """One thing to know tonight, whole, and the button that leads there."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task
        told = task_texts.sentence(task)
        self.sentence = sentence_of(task, partial(Label, wrap=True))
        self.button = IconButton("next", f"{task_texts.verb(task)}. {told}", bare=True)
        urgent = any(one.level != "I" for one in task.flags) or bool(task.overdue)
        in_row(
            IconLabel(task_texts.icon(task), "attention" if urgent else "ink2"),
            (self.sentence, 1),
            self.button,
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE_HALF, tokens.SPACE_HALF, tokens.SPACE_HALF),
        )


class ToKnowCard(Card):
    """What the guard is told tonight, the most urgent first."""

    wanted = Signal(object)  # Task

    def __init__(self, parent: QWidget | None = None) -> None:
        self.badge = Badge("0", "attention")
        super().__init__(words.text("To know tonight"), parent=parent)
        self.rows: list[ToKnowRow] = []
        self._found: list[Task] = []
        self.nothing = Label(words.text("Nothing special tonight."), ink="ink2")
        self.nothing.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        for unknown in (self.badge, self.nothing):
            unknown.hide()
        self.head.insertWidget(1, self.badge)
        self._column = in_column(self.nothing, STRETCH, spacing=0)
        self.reach_edges()
        self.body.addWidget(scrolling(self._column, only_down=True), 1)

    def show_tasks(self, found: Sequence[Task]) -> None:
        """Show these."""
        if list(found) == self._found and self.rows:
            return
        self._found = list(found)
        for row in self.rows:
            self._column.removeWidget(row)
            take_away(row)
        self.rows = [ToKnowRow(one) for one in found]
        for row in self.rows:
            row.button.clicked.connect(self._clicked)
            self._column.insertWidget(self._column.count() - 1, row)
        self.badge.say(str(len(self.rows)), "attention" if self.rows else "neutral", "")
        self.badge.show()
        self.nothing.setVisible(not self.rows)

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.wanted.emit(row.task)


class NightView(QWidget):
    """The first view of the page for a role that sees beds and opens no file."""

    told = Signal(object)  # Told
    roll_call_wanted = Signal()
    admission_wanted = Signal()
    handover_wanted = Signal()
    page_wanted = Signal(str)
    task_wanted = Signal(object)  # Task

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.board_shown: Board | None = None
        self.title = Label(words.text("This night"), size="title", bold=True)
        self.night = Label("", ink="ink2")
        self.roll_call_button = NightButton(words.text("Call the roll"), "moon", "1", primary=True)
        self.admit_button = NightButton(words.text("Provisional\nadmission"), "arrive", "2")
        self.absence_button = NightButton(words.text("Absence\nor return"), "absence", "3")
        self.alert_button = NightButton(words.text("Report\nan incident"), "triangle", "4")
        self.list_button = NightButton(words.text("List\nof the night"), "print", "5")
        self.handover_button = NightButton(words.text("Handover"), "swap", "6")
        self.know = ToKnowCard()
        self.absence = NightAbsenceCard(desk)
        self.board = NightBoard()
        self._lay_out()
        self._connect()

    @property
    def buttons(self) -> tuple[NightButton, ...]:
        """In the order of their digits."""
        return (
            self.roll_call_button,
            self.admit_button,
            self.absence_button,
            self.alert_button,
            self.list_button,
            self.handover_button,
        )

    def _lay_out(self) -> None:
        self._numbers = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        around = (tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_2)
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL, margins=around)
        self.mark = HelpMark("accueil_de_nuit", whole, 1)
        head = in_row(self.title, self.mark, (self.night, 1), self._numbers, spacing=tokens.SPACE_2)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.SPACE)
        grid.addWidget(self.roll_call_button, 0, 0, 1, 2)
        for place, button in enumerate(self.buttons[1:5]):
            grid.addWidget(button, 1 + place // 2, place % 2)
        grid.addWidget(self.handover_button, 3, 0, 1, 2)
        self._below = QStackedWidget()
        self._below.addWidget(self.know)
        self._below.addWidget(self.absence)
        self._side = QWidget()
        in_column(grid, (self._below, 1), within=self._side, spacing=tokens.SPACE)
        both = QWidget()
        self._columns = in_row(self._side, (self.board, 1), within=both, spacing=tokens.SPACE_2)
        fill(whole, head, (scrolling(both, only_down=True), 1))

    def _connect(self) -> None:
        self.roll_call_button.clicked.connect(self.roll_call_wanted)
        self.admit_button.clicked.connect(self.admission_wanted)
        self.absence_button.clicked.connect(self.ask_absence)
        self.alert_button.clicked.connect(self._report)
        self.list_button.clicked.connect(self._print)
        self.handover_button.clicked.connect(self.handover_wanted)
        self.know.wanted.connect(self.task_wanted)
        self.board.wanted.connect(self.page_wanted)
        self.absence.told.connect(self.told)
        self.absence.closed.connect(self.end_absence)
        for place, button in enumerate(self.buttons, 1):
            self._bind(str(place), button.click)

    def _bind(self, key: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def look_again(self) -> None:
        """Ask for the night in progress. Raises NotAllowed."""
        night = night_in_progress(self._desk.now())
        board = self.board_shown = bed_board.board(self._desk, night)
        after = night + timedelta(days=1)
        told = words.text("from {day} to {next}")
        self.night.setText(told.format(day=formats.weekday_day(night), next=formats.weekday_day(after)))
        empty(self._numbers)
        self._numbers.add(*(Badge(one, "neutral") for one in sheet.numbers(today.counted(board))))
        newer = self._came_since(night)
        if newer:
            told = words.count("{n} came after midnight", "{n} came after midnight", len(newer))
            self._numbers.add(Badge(told, "attention"))
        self.board.show_board(board, newer)
        self.roll_call_button.say(self._of_roll_call(board))
        given = handovers.waiting(self._desk)
        self.handover_button.say(words.text("of {who}, to take over").format(who=given.by) if given else "")
        self.absence.follow(board.everyone, self._places(board))

    def _of_roll_call(self, board: Board) -> str:
        at = roll_call.called_at(self._desk, board.night)
        if at is None:
            return words.count("{n} person to call", "{n} persons to call", len(board.everyone))
        return words.text("done at {time}; it can be corrected here").format(time=formats.clock(at))

    def _came_since(self, night: date) -> list[Present]:
        """Who came after midnight: of the next night by the count, in the house by now."""
        day = self._desk.today()
        if day <= night:
            return []
        return [one for one in bed_board.board(self._desk, day).everyone if one.stay.admitted_at.date() > night]

    def show_tasks(self, found: Sequence[Task]) -> None:
        """What is to be done, as far as the role is told it; the roll call and the handover have their buttons."""
        self.know.show_tasks([one for one in found if one.matter not in ("roll_call_due", "handover_waiting")])

    def first(self) -> QWidget:
        """What takes the focus."""
        return self.absence.who if self._below.currentWidget() is self.absence else self.roll_call_button

    @Slot()
    def ask_absence(self) -> None:
        """Ask who is away, or back."""
        if self.board_shown is not None:
            self._below.setCurrentWidget(self.absence)
            self._set_keys(False)
            self.absence.begin(self.board_shown.everyone, self.board_shown.night, self._places(self.board_shown))

    @Slot()
    def end_absence(self) -> None:
        """What to know, in its place again."""
        self._below.setCurrentWidget(self.know)
        self._set_keys(True)
        self.absence_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_keys(self, on: bool) -> None:
        """The digits are letters of a field while one is there."""
        for shortcut in self.findChildren(QShortcut):
            shortcut.setEnabled(on)

    @staticmethod
    def _places(board: Board) -> dict[str, str]:
        beds = {look.bed.id: look.bed.code for room in board.rooms for look in room.beds}
        return {
            str(one.stay.id): beds.get(one.placement.bed, "")
            for one in board.everyone
            if one.placement is not None and one.placement.bed is not None
        }

    @Slot()
    def _report(self) -> None:
        self.page_wanted.emit("assistance/incidents/new")

    @Slot()
    def _print(self) -> None:
        self.page_wanted.emit("beds/print")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= tokens.wide(_BESIDE_FROM)
        stand_beside(self._columns, self._side, beside, tokens.wide(_SIDE))
        for card in (self._below, self.board):
            card.setMinimumHeight(0 if beside else tokens.high(320))
