"""The activities of a month, and the form of one held for many, or of a training: what, when, who was there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.assistance import MEAL, Activity, ServiceStatus
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import activities, assistance
from shelter_desk.operations.assistance.activities import NEW
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.attendance import AttendanceList, AttendanceRows
from shelter_desk.ui.assistance.staff_field import StaffField
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.lists.turning_bars import MonthBar
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats

OUTSIDE = 4
LIST_HIGH = 232
STATUS: dict[str, ServiceStatus] = {"fait": "fait", "prevu": "prevu", "non_tenu": "non_tenu"}


class ActivityForm(ActForm):
    """Nobody is ticked at first: those who were there are."""

    def __init__(self, desk: Desk, activity: Activity | None, audience: str = "residents") -> None:
        self.activity = activity or Activity(NEW, "", "", desk.today(), audience)
        title = words.text("New activity")
        if self.activity.id != NEW:
            title = words.text("Activity {number}").format(number=self.activity.activity_no)
        super().__init__(desk, title, words.text("Keep the activity"), "check")
        self.list.turned.connect(self._say)
        self.day.changed.connect(self._look_for_people)
        self._show(self.activity)

    def _make(self) -> None:
        today = self.desk.today()
        statuses = [
            ("fait", words.text("Held")),
            ("prevu", words.text("Planned")),
            ("non_tenu", words.text("Did not take place")),
        ]
        self.status = Segments(statuses, "fait", words.text("State"))
        self.kind = ChoiceField(words.text("Activity"), self._kinds(), required=True, key="service_type")
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="held_on")
        self.audience = CodeField(words.text("For whom"), "audience", required=True)
        self.hours = LineField(words.text("Hours"), placeholder="1,5", key="hours")
        self.theme = CodeField(words.text("Theme of training"), "training_theme")
        self.subject = LineField(words.text("Title"), open_words=True)
        self.place = LineField(words.text("Where"), open_words=True)
        self.facilitators = LineField(words.text("Led by"))
        self.partner = LineField(words.text("Provider"))
        self.donor = CodeField(words.text("Funding"), "donor")
        self.outside = choices.counted_only()
        self.rows = AttendanceRows(self)
        self.list = AttendanceList(self.rows)
        self.list.setAccessibleName(words.text("Residents who were there"))
        self.staff = StaffField()
        self.observations = TextField(words.text("Observations, nothing said by one person"), lines=2)
        self.counted = Label("", size="small", ink="ink2")

    def _kinds(self) -> list[Choice]:
        listed = code_lists.of("group_activity_type", without=(MEAL,))
        found = service_catalogue.kinds(self.desk)
        own = [(one.code, choices.named(one, one.code)) for one in found if one.is_local and one.is_group]
        return [*listed, *own]

    def _frame(self) -> None:
        self._make()
        what = ((self.kind, 300), (self.day, 140), (self.hours, 80), (self.audience, 160), (self.theme, 300))
        by_whom = ((self.facilitators, 228), (self.partner, 200), (self.donor, 200))
        where = row_of((self.subject, 300), (self.place, 228), *by_whom)
        card = Card()
        fill(card.body, in_row((self.title, 1), self.status), self._refusal, row_of(*what), where)
        residents = Card(words.text("Residents who were there"), badge=self.counted)
        fill(residents.head, self.list.every, self.list.nobody)
        self.list.setFixedHeight(tokens.high(LIST_HIGH))
        residents.body.addWidget(self.list)
        staff = Card(words.text("Staff who were there"), words.text("Scores from 0 to 100"))
        staff.body.addWidget(self.staff)
        outside = Card(words.text("People from outside"), words.text("Counted only, no names"))
        fill(outside.body, row_of(*((field, 96) for field in self.outside)), self.observations)
        inner, margins = QWidget(), (tokens.SPACE_2, tokens.SPACE_PANEL)
        in_column(
            card,
            residents,
            staff,
            outside,
            self.late_reason,
            STRETCH,
            within=inner,
            spacing=tokens.SPACE_PANEL,
            margins=margins,
        )
        self._stand(inner)

    @property
    def drafted(self) -> dict[str, QWidget]:
        return super().drafted | {f"outside_{place}": field for place, field in enumerate(self.outside)}

    def _show(self, activity: Activity) -> None:
        self.status.choose(activity.status)
        self.kind.choose(activity.service_type)
        self.day.set_day(activity.held_on)
        self.audience.choose(activity.audience)
        self.hours.set_text("" if activity.hours is None else f"{activity.hours:g}".replace(".", ","))
        self.theme.choose(activity.theme or None)
        self.donor.choose(activity.donor or None)
        for field, text in (
            (self.subject, activity.title),
            (self.place, activity.place),
            (self.facilitators, activity.facilitators),
            (self.partner, activity.partner),
        ):
            field.set_text(text)
        self.observations.set_text(activity.observations)
        self.staff.show_staff(activity.staff)
        for number, n in zip(self.outside, activity.outside, strict=True):
            number.set_number(n or None)
        self._show_people(activity.held_on, frozenset(activity.residents))

    def _show_people(self, day: date, ticked: frozenset[StayId]) -> None:
        lines = [one for one in assistance.sheet(self.desk, day) if one.standing != "door" or one.stay.id in ticked]
        self.rows.show(day, [one for one in lines if one.standing != "apart" or one.stay.id in ticked], ticked)
        self._say()

    @Slot()
    def _look_for_people(self) -> None:
        """Another day, other people; those ticked who were there stay so."""
        day = self.day.day()
        if day is not None:
            self._show_people(day, frozenset(self.rows.ticked))

    @Slot()
    def _say(self) -> None:
        self.counted.setText(words.count("{n} resident ticked", "{n} residents ticked", len(self.rows.ticked)))

    def said(self) -> Activity:
        """What the form says. Raises Missing, BadNumber."""
        day = self.day.asked()
        if not self.kind.value():
            raise errors.Missing("service_type")
        women, men, girls, boys = (field.number() or 0 for field in self.outside)
        return replace(
            self.activity,
            service_type=self.kind.code(),
            held_on=day,
            audience=self.audience.code(),
            theme=self.theme.code(),
            title=self.subject.text(),
            hours=self._hours(),
            place=self.place.text(),
            facilitators=self.facilitators.text(),
            partner=self.partner.text(),
            donor=self.donor.code(),
            status=STATUS[self.status.value() or "fait"],
            outside=(women, men, girls, boys),
            observations=self.observations.text(),
            staff=self.staff.staff(),
        )

    def _hours(self) -> float | None:
        typed = self.hours.text().replace(",", ".")
        if not typed:
            return None
        try:
            return float(typed)
        except ValueError:
            raise errors.BadNumber("hours", self.hours.text()) from None

    def act(self) -> Told:
        made, present = self.said(), set(self.rows.ticked)
        keep = activities.hold_activity if made.id == NEW else activities.change_activity
        done = keep(self.desk, made, present)
        return Told("ok", words.text("Activity {number} kept.").format(number=done.subject), done)


class ActivitiesPart(ListRoom[Activity]):
    """A table a month, the latest first; Enter opens one, the button begins another."""

    of_persons = False
    opens_beside = False
    form: ActivityForm | None

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.ASSIST)
        self._catalogue = service_catalogue.all_kinds(desk)
        empty = Empty(
            "two-people",
            words.text("No activity this month"),
            words.text("Support groups, awareness sessions and trainings, and who attended."),
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
            TableColumn(words.text("State"), _state, BY_TEXT, badge=lambda one: "neutral" if one.counts else "held"),
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
