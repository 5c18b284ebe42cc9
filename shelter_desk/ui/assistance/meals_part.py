"""The meals of a day: everybody present is ticked, the absent are unticked, one button a meal.

What the kitchen needs of a meal, on paper: how many plates, and those cooked apart; no name.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import activities
from shelter_desk.operations.assistance.activities import NO_GUESTS, MealTable, Outside
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import diets
from shelter_desk.operations.residents.diets import LIST, Plates
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.attendance import AttendanceList, AttendanceRows
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.lists.turning_bars import DayBar
from shelter_desk.ui.page import Told
from shelter_desk.ui.tabbed_page import PartFace
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.ui.widgets.print import printing
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats


def said(plates: Sequence[Plates]) -> str:
    """`2 × Sans viande (1A, 2B) · 1 × …`, in one line."""
    told = words.text("{n} × {diet} ({whom})")
    return " · ".join(
        told.format(n=one.n, diet=words.label(LIST, one.diet).lower(), whom=", ".join(one.whom)) for one in plates
    )


def html(day: date, meal: str, eating: int, minors: int, plates: Sequence[Plates], training: bool) -> str:
    """The sheet as a document."""
    title = words.text("Kitchen, {meal} of {day}").format(meal=meal.lower(), day=formats.weekday_day(day))
    told = words.text("{plates}, {minors} of them for minors.").format(
        plates=words.count("{n} meal", "{n} meals", eating), minors=minors
    )
    heads = (words.text("Cooked apart"), words.text("Plates"), words.text("Bed or code"))
    head = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    rows = "".join(
        f"<tr><td>{escape(words.label(LIST, one.diet))}</td><td>{one.n}</td><td>{escape(', '.join(one.whom))}</td></tr>"
        for one in plates
    )
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    none = "" if rows else f"<p>{escape(words.text('Nothing is cooked apart.'))}</p>"
    table = (
        "<table width='100%' border='1' cellspacing='0' cellpadding='4' style='border-collapse:collapse'>"
        f"<thead><tr>{head}</tr></thead>{rows}</table>"
    )
    return f"{mark}<h2>{escape(title)}</h2><p>{escape(told)}</p>{table if rows else none}"


def print_list(parent: QWidget, made: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    done = words.text("The list of the kitchen is printed."), words.text("The list of the kitchen is saved.")
    return printing.send(parent, printing.sheets(made), words.text("Print the list of the kitchen"), *done)


class MealsPart(PartFace):
    """A day, a meal, and who ate; Ctrl+Enter writes the meal. What is written already is shown as it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._table: MealTable | None = None
        self._start: frozenset[StayId] = frozenset()
        self._start_guests: Outside = NO_GUESTS
        self.days = DayBar(desk.today())
        meals = [(one.code, words.label("meal", one.code)) for one in codes.codes("meal") if one.active]
        self.meals = Segments(meals, "dejeuner", words.text("Meal"))
        self.state = Badge("", "neutral")
        self.rows = AttendanceRows(self)
        self.list = AttendanceList(self.rows)
        self.list.setAccessibleName(words.text("Who ate"))
        self.list.setMinimumHeight(tokens.high(40))  # it scrolls; what is below it does not
        self.counted = Label("", size="small", ink="ink2")
        self.kitchen = Label("", wrap=True)
        self.away = Alert("", "attention")
        self.away.hide()
        self.kitchen_button = Button(words.text("Kitchen list…"), "quiet", "print", on_click=self.print_kitchen)
        self.guests = choices.counted_only()
        self.button = Button("", "primary", "check", words.text("Ctrl+Enter"), tall="footer", on_click=self.go)
        self.empty = Empty(
            "residents",
            words.text("Nobody was here that day"),
            words.text("A meal for everybody at once, except those who are away."),
        )
        self.late_reason = LateReason(desk)
        self._faces = QStackedWidget()
        above = Flow(tokens.SPACE_3, tokens.SPACE)
        named = QWidget()
        meal = Label(words.text("Meal"), size="small", bold=True, ink="ink2")
        in_column(meal, self.meals, within=named, spacing=tokens.SPACE_HALF)
        above.add(self.days, named)
        card = Card(words.text("Who ate"), badge=self.state)
        self.kitchen_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        hints = in_row((self.counted, 1), self.list.every, self.list.nobody, self.kitchen_button)
        fill(card.body, hints, self.kitchen, (self.list, 1), self.away, self.late_reason, self._foot())
        self._card = card
        self._faces.addWidget(card)
        self._faces.addWidget(self.empty)
        margins = tokens.SPACE_2, tokens.SPACE_PANEL
        in_column(above, (self._faces, 1), within=self, spacing=tokens.SPACE_PANEL, margins=margins)
        self._connect()

    def _foot(self) -> Flow:
        """Guests at the left, the button at the right."""
        foot = Flow(tokens.SPACE, tokens.SPACE, bottom=True)
        named = QWidget()
        told = Label(words.text("Counted only, no names"), size="small", ink="ink2")
        in_column(Label(words.text("Guests"), size="small", bold=True), told, within=named)
        for field in self.guests:
            field.setFixedWidth(tokens.wide(72))
        foot.add(named, *self.guests)
        foot.add_right(self.button)
        return foot

    def _connect(self) -> None:
        for field in self.guests:
            field.changed.connect(self._say)
        self.days.changed.connect(self.look_again)
        self.meals.chosen.connect(self._fill)
        self.list.turned.connect(self._say)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go)

    @property
    def meal(self) -> str:
        """The meal shown."""
        return self.meals.value() or "dejeuner"

    def refresh(self) -> None:
        self._table = activities.meals(self.desk, self.days.day())
        self._fill()

    @Slot()
    def _fill(self) -> None:
        if self._table is None:
            return
        served = self._served().get(self.meal)
        here = {line.stay.id for line in self._table.lines if line.standing in ("here", "leaves")}
        self._start = frozenset(here if served is None else served)
        self._start_guests = next((one.guests for one in self._table.meals if one.meal == self.meal), NO_GUESTS)
        for field, n in zip(self.guests, self._start_guests, strict=True):
            field.set_number(n or None)
        at = self.list.currentIndex().row()
        self.rows.show(self._table.day, self._table.lines, self._start)
        self._faces.setCurrentWidget(self._card if self._table.lines else self.empty)
        self.list.setCurrentIndex(self.rows.index(max(0, at), 0))
        for one in self._table.meals:
            done = one.served is not None
            label = words.text("{meal}, {n} served") if done else words.text("{meal}, not written")
            told = label.format(meal=words.label("meal", one.meal), n=len(one.served or ()))
            self.meals.segment(one.meal).setToolTip(told)
        self._say()

    def _served(self) -> Mapping[str, frozenset[StayId] | None]:
        return {} if self._table is None else {one.meal: one.served for one in self._table.meals}

    @Slot()
    def _say(self) -> None:
        name, n = words.label("meal", self.meal).lower(), len(self.rows.ticked)
        written = self._served().get(self.meal)
        if written is None:
            self.state.say(words.text("not written yet"), "neutral")
        else:
            self.state.say(words.count("{n} meal written", "{n} meals written", len(written)), "ok")
        apart = said(diets.plates(self.desk, self._eating()))
        self.kitchen.setText(words.text("Cooked apart: {plates}").format(plates=apart) if apart else "")
        self.kitchen.setVisible(bool(apart))
        eating = [(one.stay.id, choices.place(one)) for one in self._eating()]
        away = away_warning.among(self.desk, eating, self.rows.day)
        self.away.sentence.setText(away)
        self.away.setVisible(bool(away))
        absent = len(self.rows.lines) - n
        self.counted.setText(words.text("{n} ticked, {absent} without").format(n=n, absent=absent))
        plates = words.count("{n} meal", "{n} meals", n)
        self.button.setText(words.text("Write the {meal}: {plates}").format(meal=name, plates=plates))
        is_new = written is None or written != self.rows.ticked or self._their_guests() != self._start_guests
        self.button.setEnabled(self.desk.may(Permission.ASSIST) and bool(self.rows.lines) and is_new)
        self.button.updateGeometry()

    def _eating(self) -> list[ServiceLine]:
        return [one for one in self.rows.lines if one.stay.id in self.rows.ticked]

    def kitchen_sheet(self) -> str:
        """What the kitchen is told of those ticked."""
        eating, day = self._eating(), self.rows.day
        women, men, girls, boys = self._their_guests()
        n = len(eating) + women + men + girls + boys
        minors = sum(one.person.birth.is_minor(day) for one in eating) + girls + boys
        plates = diets.plates(self.desk, eating)
        return html(day, words.label("meal", self.meal), n, minors, plates, self.desk.is_training)

    @Slot()
    def print_kitchen(self) -> None:
        """Ask where to print the list of the kitchen."""
        self.tell(self.attempt(lambda: printed(self.desk, "kitchen_list", print_list(self, self.kitchen_sheet()))))

    def is_editing(self) -> bool:
        if self._table is None:
            return False
        return self.rows.ticked != self._start or self._their_guests() != self._start_guests

    def _their_guests(self) -> Outside:
        women, men, girls, boys = (field.number() or 0 for field in self.guests)
        return women, men, girls, boys

    def set_first(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Write the meal for those ticked."""
        if self._table is None or not self.button.isEnabled():
            return
        absent = {line.stay.id for line in self.rows.lines} - self.rows.ticked
        try:
            with self.late_reason.given():
                done = activities.serve_meals(
                    self.desk, self._table.day, self.meal, absent, self.rows.ticked, self._their_guests()
                )
        except NeedsLateReason as error:
            self.late_reason.ask(error)
            return
        except ShelterDeskError as error:
            self.fail(error)
            return
        self._start, self._start_guests = frozenset(self.rows.ticked), self._their_guests()
        told = words.text("{meal}: {plates} written.")
        plates = words.count("{n} meal", "{n} meals", len(self.rows.ticked))
        self.told.emit(Told("ok", told.format(meal=words.label("meal", self.meal), plates=plates), done))
        self.refresh()
