"""A fast line of what happened: fields, what came of it beside them, and the one line it becomes once kept."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.operations.today import today
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import beside
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.today.catch_up import choices
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import Stretch, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.beds import room_rules
from shelter_desk.words.refusals.errors import sentence

Period = tuple[datetime, datetime]


class CatchUpLine(QFrame):
    """One act, typed after it happened. Enter keeps it; refused, it stays as it was typed, with why.

    `flow` takes the fields, `fields` names by machine key the one a refusal is said beside, `when` is the key of
    refusals about dates. Each kind has its `act`.
    """

    kept = Signal(object)  # Told
    told = Signal(object)  # Told: trouble
    dropped = Signal()
    grown = Signal(object)  # a widget whose editors were made later than the line

    when = ""
    at: "MomentFields | None" = None  # when it happened, of a line that asks for an hour too

    def __init__(self, desk: Desk, period: Period, title: str, icon: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.period, self.title = desk, period, title
        self.fields: dict[str, Field] = {}
        self.present: dict[str, ListedResident] = {}
        self.done: Done | None = None
        self.summary = ""  # the line it becomes once kept
        self.from_list = False
        self.kind = ""
        self.name = Label(title, bold=True)
        self.summary_line = Label("", wrap=True)
        self.badge = Badge("")
        self.late = Badge(words.text("late entry"), "attention", "clock")
        self.keep_button = Button(words.text("Keep"), icon="check", shortcut_text=words.text("Enter"), on_click=self.go)
        self.drop_button = IconButton("close", words.text("Take this line away"), bare=True, on_click=self.dropped)
        self.reason = LineField(words.text("Reason for setting the rule aside"), required=True, open_words=True)
        watch(desk, self.reason)
        self.refusal = Alert("", "blocked")
        self.late_reason = LateReason(desk)
        self._in_order: list[QWidget] = []
        self.flow = Flow(tokens.SPACE_PANEL, tokens.SPACE)
        self._lay_out(icon)
        self._show_open()

    def _lay_out(self, icon: str) -> None:
        head = in_row(
            IconLabel(icon, "ink2"),
            self.name,
            (self.summary_line, 1),
            Stretch(0),
            self.late,
            self.badge,
            self.keep_button,
            self.drop_button,
            spacing=tokens.SPACE,
        )
        self._open = QWidget()
        self.below = in_column(
            self.flow, self.reason, self.refusal, self.late_reason, within=self._open, spacing=tokens.SPACE
        )
        in_column(head, self._open, within=self, spacing=tokens.SPACE_HALF, margins=(tokens.SPACE_PANEL, tokens.SPACE))

    def add_fields(self, *fields: tuple[QWidget, int]) -> None:
        """These fields in a row, each of that reference width; 0 for its own."""
        for field, width in fields:
            if width:
                field.setFixedWidth(tokens.wide(width))
            self.flow.add(field)
            self._in_order.append(field)

    def order_tabs(self) -> None:
        """Tab goes through the fields to the button that keeps them; asked for once the line stands in its window.

        Before, the line is a circle of its own, in which Qt finds every order right.
        """
        last = self._in_order[-1]
        ends_with = last.line if isinstance(last, DayField) else last.focusProxy() or last
        stops = [ends_with, *self.asked_below(), self.reason.line, self.keep_button, self.drop_button]
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    def asked_below(self) -> list[QWidget]:
        """What Tab reaches between the fields in the row and the reason."""
        return []

    def set_present(self, present: Sequence[ListedResident]) -> None:
        """Who has a stay under way; what was chosen stays chosen."""
        self.present = {str(one.stay.id): one for one in present if one.stay is not None}

    def take(self, stay: StayId, day: date) -> None:
        """Fill in who and when; a line that asks for neither has nothing to fill."""

    def set_period(self, period: Period) -> None:
        """Another period to be in; days already typed stay."""
        self.period = period
        if self.at is not None:
            self.at.refresh()

    def retyped(self) -> None:
        """A draft filled the line: what depends on what is typed follows."""

    def first(self) -> QWidget:
        """Where typing begins."""
        return next(iter(self.fields.values()), self.keep_button)

    def act(self, desk: Desk) -> Told:
        """Do it, set `summary` and say so. desk: marks what it writes as typed afterwards. Raises RuleBroken."""
        raise NotImplementedError

    def why_set_aside(self) -> str:
        """The reason for which a rule is set aside, "" where none was asked for."""
        return "" if self.reason.isHidden() else self.reason.text()

    # Keeping ---------------------------------------------------------------------------------------------------------

    @Slot()
    def go(self) -> None:
        """Keep the line, or say why not."""
        if self.done is not None:
            return
        self.refusal.hide()
        for field in (self.reason, *self.fields.values()):
            field.clear()
        try:
            with self.late_reason.given():
                told = self.act(today.afterwards(self.desk))
        except NeedsLateReason as error:
            self._mark(words.text("Refused"), "blocked")
            self.late_reason.ask(error)
        except errors.NeedsReason as error:
            self._ask_reason(error)
        except errors.RuleBroken as error:
            self._refuse(error)
        except errors.ShelterDeskError as error:
            self._mark(words.text("Not kept"), "blocked")
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.done = told.done
            self._show_done()
            self.kept.emit(told)

    def _refuse(self, error: errors.RuleBroken) -> None:
        self._mark(words.text("Refused"), "blocked")
        field = self.beside(error)
        if field is not None and not field.isHidden():
            refuse(field, sentence(error))
            return
        self.refusal.sentence.setText(sentence(error))
        self.refusal.show()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_reason(self, error: errors.NeedsReason) -> None:
        """Say which rules speak against it; a manager may write why they are set aside."""
        self._mark(words.text("Refused"), "blocked")
        told = [room_rules.warning(rule) for rule in error.rules]
        may = self.desk.may(Permission.OVERRIDE_RULE)
        if not may:
            told.append(words.text("A manager may set this rule aside."))
        self.refusal.sentence.setText(" ".join(told))
        self.refusal.show()
        self.reason.setVisible(may)
        (self.reason if may else self.keep_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def beside(self, error: errors.RuleBroken) -> Field | None:
        """The field a refusal is about, None where it is about none of them."""
        if isinstance(error, errors.UnknownDay):
            return self.fields.get(self.when)
        if isinstance(error, errors.BadCode | errors.NoSuch):
            return self.fields.get("person_code")
        return beside(error, self.fields, self.when)

    def _mark(self, text: str, state: State, icon: str | None = None) -> None:
        self.badge.say(text, state, icon)
        self.badge.show()

    def _show_done(self) -> None:
        self.summary_line.setText(self.summary)
        self.setAccessibleName(f"{self.title}. {self.summary}")
        for widget in (self._open, self.keep_button, self.drop_button):
            widget.hide()
        self.summary_line.show()
        self.late.show()
        self._mark(words.text("Kept"), "ok")

    def _show_open(self) -> None:
        for hidden in (self.summary_line, self.late, self.badge, self.reason, self.refusal):
            hidden.hide()
        for shown in (self._open, self.keep_button, self.drop_button):
            shown.show()
        self.setAccessibleName(self.title)

    def look_again(self) -> None:
        """A line that was taken back can be corrected and kept again."""
        if self.done is not None and today.was_undone(self.desk, self.done):
            self.done = None
            self._show_open()
            self._mark(words.text("Undone"), "attention", "undo")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in any field keeps the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.done is None:
            self.go()
            return
        super().keyPressEvent(event)


class PersonLine(CatchUpLine):
    """An act of somebody who is here, chosen in its first field."""

    def __init__(self, desk: Desk, period: Period, title: str, icon: str, label: str) -> None:
        super().__init__(desk, period, title, icon)
        self.person = ChoiceField(label, required=True)

    def offered(self) -> Sequence[ListedResident]:
        """Those to choose from."""
        return list(self.present.values())

    def set_present(self, present: Sequence[ListedResident]) -> None:
        super().set_present(present)
        self.person.set_choices(choices.persons(self.offered(), self.desk.today()))

    def chosen(self) -> tuple[str, Stay]:
        """The code and the stay of who is chosen. Raises Missing."""
        one = self.present.get(self.person.value() or "")
        if one is None or one.stay is None:
            raise errors.Missing("person_code")
        return one.person.code, one.stay


class MomentFields:
    """A day and an hour that may stay unknown; a moment outside the period is pointed out, not refused."""

    def __init__(self, line: CatchUpLine, day_label: str) -> None:
        self._line = line
        self.day = DayField(day_label, line.desk.today(), required=True, value=line.period[0].date())
        self.hour = ClockField(words.text("Hour"))

    def moment(self, key: str) -> datetime:
        """When it happened. Raises Missing with that key."""
        day = self.day.day()
        if day is None or self.hour.is_wrong():
            raise errors.Missing(key)
        return datetime.combine(day, self.hour.clock() or time.min)

    def refresh(self) -> None:
        """Say that the moment lies outside the period, or take that back."""
        day = self.day.day()
        if day is None or self.day.state() == "blocked":
            return
        since, until = self._line.period
        at = datetime.combine(day, self.hour.clock() or time.min)
        known = self.hour.clock() is not None
        if since <= at <= until if known else since.date() <= day <= until.date():
            self.day.clear()
        else:
            self.day.set_warning(words.text("Outside the period above."))


def at_text(moment: datetime) -> str:
    """`24/11 22:15`, or the day alone where the hour is not known."""
    day = formats.short_day(moment.date())
    return day if moment.time() == time.min else f"{day} {formats.clock(moment)}"
