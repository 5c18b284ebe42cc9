"""One step of a referral: the day, and what that step has to say."""

from typing import cast

from PySide6.QtCore import Qt, Slot

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.referrals import OUTCOMES, State
from shelter_desk.domain.consent.consents import EXCEPTIONS
from shelter_desk.domain.plausible_dates import TooLongAgo
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.assistance.referrals import ReferralLine
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.lists.detail_view import DetailStep
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import referrals as referral_words

FOLLOW_UP = "follow_up"


class StepForm(DetailStep):
    """The day of the step, its result and feedback where there is a choice. Enter does it, Escape leaves it.

    step: a state to go to, or FOLLOW_UP for another day to ask again. Without a consent, the manager alone sees why it
    may go all the same, with the reason (R-16).
    """

    def __init__(self, desk: Desk, line: ReferralLine, step: State | str) -> None:
        super().__init__()
        self._desk, self._line, self._step = desk, line, step
        self._refusal = Alert("", "blocked")
        self._refusal.hide()
        self.body.setContentsMargins(0, tokens.SPACE, 0, 0)
        self._make()
        self.first = self.exception or self.feedback or self.day
        self.body.addWidget(self._refusal)
        self.add_foot()

    def _make(self) -> None:
        today, one = self._desk.today(), self._line.referral
        title = words.text("Follow up on another day")
        if self._step != FOLLOW_UP:
            title = referral_words.step(self._step, one.direction)
        self.body.addWidget(Label(title, bold=True, wrap=True))
        label = words.text("Follow up on") if self._step == FOLLOW_UP else words.text("On")
        shown = one.follow_up_on if self._step == FOLLOW_UP else today
        self.day = DayField(label, today, True, shown, kind="ahead" if self._step == FOLLOW_UP else "event")
        self._add("day", self.day)
        self.feedback: ChoiceField | None = None
        self.outcome: ChoiceField | None = None
        self.exception: ChoiceField | None = None
        self.reason: LineField | None = None
        if self._step == "cloturee":
            self.feedback = CodeField(words.text("Feedback"), "feedback_kind", required=True)
            self._add("feedback_kind", self.feedback)
        self._make_outcome()
        if self._step == "emise" and self._line.why_not is not None:
            self._make_exception()

    def _make_outcome(self) -> None:
        possible = next((found for state, found in OUTCOMES.items() if state == self._step), ())
        if len(possible) < 2:
            return
        usual = {"sans_suite": "sans_reponse", "service_recu": "service_complet"}.get(self._step)
        value = self._line.referral.outcome or usual
        self.outcome = CodeField(words.text("Result"), "referral_outcome", value, only=possible)
        self._add("outcome", self.outcome)

    def _make_exception(self) -> None:
        told = words.text("Nothing is sent without consent. Record it first in the record, tab Consents.")
        self.body.addWidget(Alert(told, "attention"))
        if not self._desk.may(Permission.OVERRIDE_RULE):
            return
        is_minor = self._line.person.birth.protected_as_minor(self._desk.today())
        offered = [(code, referral_words.exception(code)) for code in EXCEPTIONS if is_minor or code == EXCEPTIONS[0]]
        self.exception = ChoiceField(words.text("Send without consent because"), offered)
        self.reason = LineField(words.text("Reason of the exception"), open_words=True)
        watch(self._desk, self.reason)
        self._add("exception_code", self.exception)
        self._add("exception_reason", self.reason)

    def _add(self, key: str, field: Field) -> None:
        self.fields[key] = field
        field.setMaximumWidth(tokens.wide(360))
        self.body.addWidget(field)

    @Slot()
    def go(self) -> None:
        """Do it, or say what is wrong."""
        self._refusal.hide()
        super().go()

    def act(self) -> tuple[str, Done]:
        return self._said(), self._do()

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return referral_words.sentence(error)

    def _do(self) -> Done:
        day, key = self.day.day(), self._line.referral.id
        if day is None:
            raise errors.Missing("day")
        if self._step == FOLLOW_UP:
            return referrals.ask_again_on(self._desk, key, day)
        outcome = self.outcome.code() if self.outcome is not None else ""
        if self._step == "emise":
            exception = self.exception.code() if self.exception is not None else ""
            return referrals.issue(self._desk, key, day, exception, self.reason.text() if self.reason else "")
        feedback = self.feedback.code() if self.feedback is not None else ""
        return referrals.advance(self._desk, key, cast(State, self._step), day, outcome, feedback)

    def _said(self) -> str:
        number = self._line.referral.referral_no
        if self._step == FOLLOW_UP:
            return words.text("Referral {number}: another day of follow-up.").format(number=number)
        return referral_words.done(self._step, number)

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about, else below the fields."""
        if isinstance(error, errors.Missing | errors.NotInList):
            field = self.fields.get(error.field)
        else:
            field = self.day if isinstance(error, errors.BadDates | errors.InTheFuture | TooLongAgo) else None
        if field is not None:
            field.set_error(self.sentence(error))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._refusal.sentence.setText(self.sentence(error))
        self._refusal.show()
