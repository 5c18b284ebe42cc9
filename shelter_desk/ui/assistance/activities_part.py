"""The activities of a month, and the form of one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Activity
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import activities
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.activity_form import ActivityForm
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.month_bar import MonthBar
from shelter_desk.ui.lists.table import BY_TEXT, TableColumn
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.words import formats


class ActivitiesPart(ListRoom[Activity]):
    """A table a month, the latest first; Enter opens one, the button begins another."""

    opens_beside = False
    form: ActivityForm | None

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
        self.month = MonthBar(desk.today())
        self.month.changed.connect(self.look_again)
        self.counted = ElidedLabel("", size="small", ink="ink2")
        self.new_button = self.begin_button(words.text("New activity…"), may=self._may)
        self.lay_out(head_row(self.month, wide=self.counted, right=[self.new_button]), tokens.SPACE_PANEL)

    def _columns(self) -> list[TableColumn[Activity]]:
        return [
            TableColumn(words.text("Day"), lambda one: formats.day(one.held_on), lambda one: (one.held_on, one.id)),
            TableColumn(words.text("No."), lambda one: one.activity_no, BY_TEXT),
            TableColumn(words.text("Activity"), self._named, BY_TEXT, bold=True),
            TableColumn(words.text("State"), _state, BY_TEXT, ink=lambda one: "ink2" if one.counts else "held"),
            TableColumn(words.text("Hours"), _hours, lambda one: one.hours or 0, "right"),
            TableColumn(
                words.text("Residents"), lambda one: str(len(one.residents)), lambda one: len(one.residents), "right"
            ),
            TableColumn(words.text("Staff"), lambda one: str(len(one.staff)), lambda one: len(one.staff), "right"),
            TableColumn(
                words.text("Outside"), lambda one: str(sum(one.outside)), lambda one: sum(one.outside), "right"
            ),
            TableColumn(words.text("Theme or title"), _theme, BY_TEXT),
        ]

    def _named(self, one: Activity) -> str:
        kind = self._catalogue.get(one.service_type)
        return words.label("group_activity_type", one.service_type) if kind is None else choices.named(kind, kind.code)

    def ask(self) -> Sequence[Activity]:
        self._catalogue = service_catalogue.all_kinds(self.desk)
        found = list(reversed(activities.within(self.desk, self.month.period())))
        held = [one for one in found if one.counts]
        told = words.text("{sessions}, {presences}")
        sessions = words.count("{n} session held", "{n} sessions held", len(held))
        presences = words.count(
            "{n} presence of a resident", "{n} presences of residents", sum(len(one.residents) for one in held)
        )
        self.counted.setText(told.format(sessions=sessions, presences=presences))
        return found

    def key_of(self, line: Activity) -> int:
        return line.id

    def first_of_head(self) -> QWidget:
        return self.month.before

    def form_of(self, line: Activity | None) -> tuple[ActivityForm, str] | None:
        return (ActivityForm(self.desk, line), "new" if line is None else line.activity_no) if self._may else None

    def resume(self, draft: Draft) -> None:
        """Open the form as it was left; one of an activity that is not there any more begins a new one."""
        number = draft.form.rpartition("/")[2]
        found = next((one for one in self.lines if one.activity_no == number), None)
        self.close_form()
        self.edit(found)
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
