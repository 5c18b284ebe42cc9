"""The first view of the page: numbers, what is to be done, occupancy.

Tonight in five numbers.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today.first_steps import FirstStep
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.operations.today.today import MonthRate, Tonight
from shelter_desk.ui import tokens
from shelter_desk.ui.today.coming_card import ComingCard
from shelter_desk.ui.today.steps.first_steps_card import FirstStepsCard
from shelter_desk.ui.today.tasks.to_do_card import ToDoCard
from shelter_desk.ui.today.year_chart import YearChart
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_column, in_row, scrolling, stand_beside
from shelter_desk.words import formats
from shelter_desk.words.beds import room_rules

_IN_ONE_ROW_FROM = 1000
_STRETCHES = (4, 4, 5, 4, 4)

if TYPE_CHECKING:
    from shelter_desk.ui.today.steps.practice_card import PracticeCard


class NumberTile(QFrame):
    """A name with its icon, one number, and what it is made of."""

    def __init__(self, icon: str, ink: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.title = title
        self.number = Label("", size="title", bold=True)
        self.detail = Label("", size="small", ink="ink2", wrap=True)
        head = in_row(IconLabel(icon, ink), (Label(title, bold=True, ink="ink2"), 1), spacing=tokens.SPACE)
        in_column(
            head,
            (in_row(self.number, (self.detail, 1), spacing=tokens.SPACE_PANEL), 1),
            within=self,
            spacing=tokens.SPACE_HALF,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_PANEL, tokens.SPACE_PANEL),
        )
        self.detail.setMinimumHeight(tokens.metrics("small").lineSpacing() * 2)

    def say(self, number: int, detail: str) -> None:
        """Another number from now on."""
        self.number.setText(str(number))
        self.detail.setText(detail)
        self.setAccessibleName(f"{self.title} {number}")
        self.setAccessibleDescription(detail)


class Numbers(QWidget):
    """Capacity, present, free, kept and out of use; in one row, or three and two where the page is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.capacity = NumberTile("bed", "ink2", words.text("Capacity tonight"))
        self.present = NumberTile("residents", "ink2", words.text("Persons present"))
        self.free = NumberTile("circle-check", "ok", words.text("Free beds"))
        self.held = NumberTile("bookmark", "held", words.text("Beds kept or held"))
        self.out = NumberTile("minus", "ink2", words.text("Beds out of use"))
        self._tiles = (self.capacity, self.present, self.free, self.held, self.out)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.SPACE_PANEL)
        self._across = 0
        self._arrange(len(self._tiles))

    def show_night(self, night: Tonight) -> None:
        """Show the counts of that night."""
        here = (
            (night.in_bed, words.count("{n} in a bed", "{n} in beds", night.in_bed)),
            (night.extra, words.count("{n} on a mat", "{n} on mats", night.extra)),
            (night.sharing, words.count("{n} sharing a bed", "{n} sharing beds", night.sharing)),
            (night.unplaced, words.count("{n} without a place", "{n} without a place", night.unplaced)),
            (night.over, words.count("{n} too many", "{n} too many", night.over)),
        )
        free = [f"{room_rules.profile_name(group)} {n}" for group, n in night.free_for.items() if n]
        free += [f"{words.text('for a family here')} {night.kept}"] if night.kept else []
        self.capacity.say(night.usable, words.text("usable of {all} beds").format(all=night.installed))
        self.present.say(night.present, " · ".join(told for n, told in here if n))
        self.free.say(night.free, " · ".join(free))
        kept = (
            (night.expected, words.count("{n} arrival expected", "{n} arrivals expected", night.expected)),
            (night.away, words.count("{n} person away", "{n} persons away", night.away)),
        )
        self.held.say(night.held + night.expected, " · ".join(told for n, told in kept if n))
        out = [f"{words.label('bed_state', state)} {n}" for state, n in night.out_of_use.items()]
        self.out.say(sum(night.out_of_use.values()), " · ".join(out))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(len(self._tiles) if self.width() >= tokens.wide(_IN_ONE_ROW_FROM) else 3)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // across, place % across)
        for column, stretch in enumerate(_STRETCHES):
            self._grid.setColumnStretch(column, stretch if column < across else 0)


_SIDE, _BESIDE_FROM = 366, 1000
CATCHING_UP = (Permission.ADMIT, Permission.MOVE, Permission.DISCHARGE)


class Overview(QWidget):
    """Counts for every role; tasks with codes for those who may see beds, those of the store for who keeps it.

    It is whole once it is laid out, which its page does in a turn of its own.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks: list[Task] = []
        self._slow: tuple[Task, ...] = ()
        self.day = Label(ink="ink2")
        self.catch_up_button = Button(words.text("Catch up after a cut"), icon="bolt")
        self.roll_call_button = Button(words.text("Evening roll call"), icon="moon")
        self.handover_button = Button(words.text("Handover"), icon="swap")
        self.admit_button = Button(words.text("Admit a person"), "primary", "arrive")
        self.numbers = Numbers()
        self.first_steps = FirstStepsCard(desk, self)
        self.practice = self._made_practice() if desk.is_training else None
        self.to_do = ToDoCard(desk)
        self.tonight_rate = Label(size="small", ink="ink2")
        self.year = YearChart()
        self._year_card = Card(words.text("Occupancy, 12 months (%)"), badge=self.tonight_rate)
        self._year_card.body.addWidget(self.year, 1)
        self.coming = ComingCard()

    def lay_out(self) -> None:
        """Put its parts in their places, once."""
        head = Flow(tokens.SPACE_2, tokens.SPACE, middle=True)
        head.add(Label(words.text("Today"), size="title", bold=True), self.day)
        head.add_right(self.catch_up_button, self.handover_button, self.roll_call_button, self.admit_button)
        self._year_card.setMaximumHeight(tokens.high(240))
        self._side = QWidget()
        in_column(self._year_card, (self.coming, 1), within=self._side, spacing=tokens.SPACE_PANEL)
        self._columns = in_row((self.to_do, 1), self._side, spacing=tokens.SPACE_2)
        inside = in_column(
            head,
            self.numbers,
            self.first_steps,
            *(() if self.practice is None else (self.practice,)),
            (self._columns, 1),
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_2),
        )
        self._scrolled = scrolling(inside)
        in_column(self._scrolled, within=self)
        may = self._desk.may
        self.catch_up_button.setVisible(all(may(permission) for permission in CATCHING_UP))
        self.roll_call_button.setVisible(may(Permission.CALL_ROLL))
        self.handover_button.setVisible(may(Permission.SEE_BEDS))
        self.admit_button.setVisible(may(Permission.ADMIT_PROVISIONAL))
        self.coming.setVisible(may(Permission.SEE_BEDS))
        self.to_do.setVisible(may(Permission.SEE_BEDS) or may(Permission.STOCK_EDIT))

    def _made_practice(self) -> "PracticeCard":
        from shelter_desk.ui.today.steps.practice_card import PracticeCard  # the real shelter has none

        return PracticeCard(self._desk, self)

    def show_steps(self, found: Sequence[FirstStep]) -> None:
        """The first steps, and the tasks of who practises as they stand now."""
        self.first_steps.show_first_steps(found)
        if self.practice is not None:
            self.practice.look_again()

    def show_night(self, night: Tonight) -> None:
        """The numbers of tonight."""
        told = words.text("{weekday} {day}").format(weekday=formats.weekday(night.night), day=formats.day(night.night))
        self.day.setText(told[:1].upper() + told[1:])
        self.numbers.show_night(night)
        rate = words.text("tonight {rate} %").format(rate=formats.rate(night.rate))
        self.tonight_rate.setText(rate if night.rate is not None else "")

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """What is to be done today; those that take a while stay as they were said last."""
        self._tasks = list(tasks)
        self._show_tasks()

    def show_year(self, months: Sequence[MonthRate], slow: tuple[Task, ...], *, with_tasks: bool = True) -> None:
        """What takes a while to compute: the year, and tasks that ask for a whole month or for everybody who left.

        with_tasks: False where the other tasks are being read again, and these come with them.
        """
        self.year.show_months(months)
        self._slow = slow
        if with_tasks:
            self._show_tasks()

    def _show_tasks(self) -> None:
        self.to_do.show_tasks([*self._tasks, *self._slow], self._desk.today())

    def first(self) -> QWidget:
        """What takes the focus: the first task, else the first button there is."""
        row = self.to_do.first_row()
        if row is not None:
            return row.button
        shown = (one for one in (self.catch_up_button, self.roll_call_button) if not one.isHidden())
        return next(shown, self.year)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= tokens.wide(_BESIDE_FROM)
        stand_beside(self._columns, self._side, beside, tokens.wide(_SIDE), is_fixed=not self.to_do.isHidden())
