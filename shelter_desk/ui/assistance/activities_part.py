"""The activities of a month, and the form of one."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Activity
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import activities
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.activity_form import ActivityForm
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table import TableColumn
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

NEW_FORM = "assistance/activity/new"


class ActivitiesPart(ListRoom[Activity, DetailView, ActivityForm]):
    """A table a month, the latest first; Enter opens one, the button begins another."""

    opens_beside = False

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.ASSIST)
        self._catalogue = service_catalogue.all_kinds(desk)
        empty = Empty(
            "two-people",
            words.text("No activity this month"),
            words.text("Here are support groups, awareness sessions and trainings, with who was there."),
            words.text("New activity…") if self._may else None,
        )
        super().__init__(desk, self._columns(), words.text("Activities of the month"), empty)
        self._month = desk.today().replace(day=1)
        self._found: list[Activity] = []
        self.before, self.after = (
            IconButton("previous", words.text("Month before")),
            IconButton("next", words.text("Month after")),
        )
        self.month = Label("", bold=True)
        self.counted = ElidedLabel("", size="small", ink="ink2")
        self.new_button = Button(words.text("New activity…"), "primary", "plus")
        if not self._may:
            self.new_button.hide()
        self.lay_out(self._head())
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)
        self.new_button.clicked.connect(self.begin)

    def _columns(self) -> list[TableColumn[Activity]]:
        return [
            TableColumn(words.text("Day"), lambda one: formats.day(one.held_on), lambda one: (one.held_on, one.id)),
            TableColumn(words.text("No."), lambda one: one.activity_no, lambda one: one.activity_no),
            TableColumn(words.text("Activity"), self._named, self._named, bold=True),
            TableColumn(words.text("State"), _state, _state, ink=lambda one: "ink2" if one.counts else "held"),
            TableColumn(words.text("Hours"), _hours, lambda one: one.hours or 0, "right"),
            TableColumn(
                words.text("Residents"), lambda one: str(len(one.residents)), lambda one: len(one.residents), "right"
            ),
            TableColumn(words.text("Staff"), lambda one: str(len(one.staff)), lambda one: len(one.staff), "right"),
            TableColumn(
                words.text("Outside"), lambda one: str(sum(one.outside)), lambda one: sum(one.outside), "right"
            ),
            TableColumn(words.text("Theme or title"), _theme, _theme),
        ]

    def _named(self, one: Activity) -> str:
        kind = self._catalogue.get(one.service_type)
        return words.label("group_activity_type", one.service_type) if kind is None else choices.named(kind, kind.code)

    def _head(self) -> QWidget:
        made = QWidget()
        head = QHBoxLayout(made)
        head.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        head.setSpacing(tokens.SPACE)
        for widget in (self.before, self.month, self.after):
            head.addWidget(widget)
        head.addSpacing(tokens.SPACE)
        head.addWidget(self.counted, 1)
        head.addWidget(self.new_button)
        return made

    def ask(self) -> None:
        first = self._month
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self._catalogue = service_catalogue.all_kinds(self.desk)
        self._found = list(reversed(activities.within(self.desk, Period(first, last))))
        self.month.setText(formats.month_title(first))
        held = [one for one in self._found if one.counts]
        told = words.text("{sessions}, {presences}")
        sessions = words.count("{n} session held", "{n} sessions held", len(held))
        presences = words.count(
            "{n} presence of a resident", "{n} presences of residents", sum(len(one.residents) for one in held)
        )
        self.counted.setText(told.format(sessions=sessions, presences=presences))

    def listed(self) -> Sequence[Activity]:
        return self._found

    def key_of(self, line: Activity) -> int:
        return line.id

    def sentence(self, error: ShelterDeskError) -> str:
        return sentence(error)

    def first_of_head(self) -> QWidget:
        return self.before

    def _turn(self, day: date) -> None:
        self._month = day.replace(day=1)
        self.look_again()

    @Slot()
    def _back(self) -> None:
        self._turn(self._month - timedelta(days=1))

    @Slot()
    def _on(self) -> None:
        self._turn(self._month + timedelta(days=31))

    def form_of(self, _line: Activity | None) -> tuple[ActivityForm, str] | None:
        name = NEW_FORM if _line is None else f"assistance/activity/{_line.activity_no}"
        return (ActivityForm(self.desk, _line), name) if self._may else None

    def listen(self, form: ActivityForm, drafting: Drafting) -> None:
        form.list.turned.connect(drafting.touch)
        form.staff.changed.connect(drafting.touch)

    def resume(self, draft: Draft) -> None:
        """Open the form as it was left; one of an activity that is not there any more begins a new one."""
        number = draft.form.rpartition("/")[2]
        found = next((one for one in self.rows.rows() if one.activity_no == number), None)
        self.close_form()
        self.open_form(found)
        if self.drafting is not None:
            self.drafting.resume(draft)


def _state(one: Activity) -> str:
    return {
        "fait": words.text("Held"),
        "prevu": words.text("Planned"),
        "non_tenu": words.text("Did not take place"),
        "refuse": words.text("Did not take place"),
    }[one.status]


def _hours(one: Activity) -> str:
    return formats.NONE if one.hours is None else formats.number(one.hours, 1)


def _theme(one: Activity) -> str:
    theme = words.label("training_theme", one.theme) if one.theme else ""
    return " · ".join(part for part in (theme, one.title) if part)
