"""The activities of a month, and the form of one."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance import Activity
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import activities, kinds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.activity_form import ActivityForm
from shelter_desk.ui.assistance.part import PartFace
from shelter_desk.ui.drafting import Drafting
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.table import Column, Rows, Table
from shelter_desk.words import shown

NEW_FORM = "assistance/activity/new"


class ActivitiesPart(PartFace):
    """A table a month, the latest first; Enter opens one, the button begins another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._month = desk.today().replace(day=1)
        self.form: ActivityForm | None = None
        self.drafting: Drafting | None = None
        self._may = desk.may(Permission.ASSIST)
        self._catalogue = kinds.all_kinds(desk)
        self.before, self.after = (
            IconButton("previous", words.text("Month before")),
            IconButton("next", words.text("Month after")),
        )
        self.month = Label("", bold=True)
        self.counted = Label("", size="small", ink="ink2")
        self.new_button = Button(words.text("New activity…"), "primary", "plus")
        self.rows = Rows(self._columns())
        self.rows.setParent(self)
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Activities of the month"))
        self.empty = Empty(
            "two-people",
            words.text("No activity this month"),
            words.text("Here are support groups, awareness sessions and trainings, with who was there."),
            words.text("New activity…") if self._may else None,
        )
        self._faces = QStackedWidget()
        self._lay_out()
        self.new_button.setVisible(self._may)
        self.before.clicked.connect(self._back)
        self.after.clicked.connect(self._on)
        self.new_button.clicked.connect(self.begin)
        self.empty.started.connect(self.begin)
        self.table.opened.connect(self.open_form)

    def _columns(self) -> list[Column[Activity]]:
        return [
            Column(words.text("Day"), lambda one: shown.day(one.held_on), lambda one: (one.held_on, one.id)),
            Column(words.text("No."), lambda one: one.activity_no, lambda one: one.activity_no),
            Column(words.text("Activity"), self._named, self._named, bold=True),
            Column(words.text("State"), _state, _state, ink=lambda one: "ink2" if one.counts else "held"),
            Column(words.text("Hours"), _hours, lambda one: one.hours or 0, "right"),
            Column(
                words.text("Residents"), lambda one: str(len(one.residents)), lambda one: len(one.residents), "right"
            ),
            Column(words.text("Staff"), lambda one: str(len(one.staff)), lambda one: len(one.staff), "right"),
            Column(words.text("Outside"), lambda one: str(sum(one.outside)), lambda one: sum(one.outside), "right"),
            Column(words.text("Theme or title"), _theme, _theme),
        ]

    def _named(self, one: Activity) -> str:
        kind = self._catalogue.get(one.service_type)
        return words.label("group_activity_type", one.service_type) if kind is None else choices.named(kind, kind.code)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE)
        for widget in (self.before, self.month, self.after):
            head.addWidget(widget)
        head.addSpacing(tokens.SPACE)
        head.addWidget(self.counted, 1)
        head.addWidget(self.new_button)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        column.setSpacing(tokens.SPACE_PANEL)
        column.addLayout(head)
        self.new_button.setVisible(self._may)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self.empty)
        column.addWidget(self._body, 1)
        self._listed = listed
        self._faces.addWidget(listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    def look(self) -> None:
        first = self._month
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self._catalogue = kinds.all_kinds(self.desk)
        found = list(reversed(activities.within(self.desk, Period(first, last))))
        self.month.setText(shown.month_title(first))
        self.rows.show(found)
        self._body.setCurrentWidget(self.table if found else self.empty)
        held = [one for one in found if one.counts]
        told = words.text("{sessions}, {presences}")
        sessions = words.count("{n} session held", "{n} sessions held", len(held))
        presences = words.count(
            "{n} presence of a resident", "{n} presences of residents", sum(len(one.residents) for one in held)
        )
        self.counted.setText(told.format(sessions=sessions, presences=presences))

    def is_editing(self) -> bool:
        return self.form is not None

    def set_first(self) -> None:
        if self.form is not None:
            self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            (self.empty.button or self.before).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, day: date) -> None:
        self._month = day.replace(day=1)
        try:
            self.look()
        except ShelterDeskError as error:
            self.fail(error)

    @Slot()
    def _back(self) -> None:
        self._turn(self._month - timedelta(days=1))

    @Slot()
    def _on(self) -> None:
        self._turn(self._month + timedelta(days=31))

    # The form --------------------------------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """A new activity."""
        self.open_form(None)

    @Slot(object)
    def open_form(self, activity: Activity | None) -> None:
        """The form of one activity, or of a new one."""
        if not self._may or self.form is not None:
            return
        try:
            self.form = ActivityForm(self.desk, activity)
        except ShelterDeskError as error:
            self.fail(error)
            return
        name = NEW_FORM if activity is None else f"assistance/activity/{activity.activity_no}"
        self.drafting = Drafting(self.desk, self.form, name)
        self.drafting.found.connect(self.draft_found)
        self.form.list.turned.connect(self.drafting.touch)
        self.form.staff.changed.connect(self.drafting.touch)
        self.form.told.connect(self.told)
        self.form.kept.connect(self.close_form)
        self.form.closed.connect(self.close_form)
        self._faces.addWidget(self.form)
        self._faces.setCurrentWidget(self.form)
        self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafting.begin()

    def resume(self, draft: Draft) -> None:
        """Open the form as it was left; one of an activity that is not there any more begins a new one."""
        number = draft.form.rpartition("/")[2]
        found = next((one for one in self.rows.rows() if one.activity_no == number), None)
        self.close_form()
        self.open_form(found)
        if self.drafting is not None:
            self.drafting.resume(draft)

    @Slot()
    def close_form(self) -> None:
        """Back to the list; the draft goes with the form."""
        form, self.form = self.form, None
        drafting, self.drafting = self.drafting, None
        if drafting is not None:
            drafting.forget()
        if form is not None:
            self._faces.setCurrentWidget(self._listed)
            self._faces.removeWidget(form)
            form.deleteLater()
            self._turn(self._month)
            self.set_first()


def _state(one: Activity) -> str:
    return {
        "fait": words.text("Held"),
        "prevu": words.text("Planned"),
        "non_tenu": words.text("Not held"),
        "refuse": words.text("Not held"),
    }[one.status]


def _hours(one: Activity) -> str:
    return shown.NONE if one.hours is None else shown.number(one.hours, 1)


def _theme(one: Activity) -> str:
    theme = words.label("training_theme", one.theme) if one.theme else ""
    return " · ".join(part for part in (theme, one.title) if part)
