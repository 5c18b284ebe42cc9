"""One referral: where it stands, what was agreed, and what can be done next, each step with its day."""

from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance import referrals as referral_rules
from shelter_desk.domain.assistance.referrals import NEXT, OUTCOMES
from shelter_desk.domain.consent.consents import EXCEPTIONS
from shelter_desk.domain.plausible_dates import TooLongAgo
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.assistance import referral_sheets, referrals
from shelter_desk.operations.assistance.referral_sheets import ReferralSheet
from shelter_desk.operations.assistance.referrals import ReferralLine
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.sending import closed_files
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.lists.detail_view import DetailStep, DetailView
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import referral_print
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.sending import gate, password_shown
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.sending.password_shown import PasswordShown
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats
from shelter_desk.words import referrals as referral_words

FOLLOW_UP = "follow_up"


class StepForm(DetailStep):
    """The day of the step, its result and feedback where there is a choice. Enter does it, Escape leaves it.

    step: a state to go to, or FOLLOW_UP for another day to ask again. Without a consent, the manager alone sees why it
    may go all the same, with the reason (R-16).
    """

    def __init__(self, desk: Desk, line: ReferralLine, step: str) -> None:
        super().__init__(desk)
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
        another = words.text("Follow up on another day")
        title = another if self._step == FOLLOW_UP else referral_words.step(self._step, one.direction)
        self.body.addWidget(Label(title, bold=True, wrap=True))
        if self._step == FOLLOW_UP:
            label = words.text("Follow up on")
            self.day = DayField(label, today, True, one.follow_up_on, kind="ahead", key="day")
        else:
            self.day = DayField(words.text("On"), today, True, today, key="day")
        self._add("day", self.day)
        self.feedback: ChoiceField | None = None
        self.outcome: ChoiceField | None = None
        self.exception: ChoiceField | None = None
        self.reason: LineField | None = None
        if self._step == "cloturee":
            self.feedback = CodeField(words.text("Feedback"), "feedback_kind", required=True)
            self._add("feedback_kind", self.feedback)
        possible = next((found for state, found in OUTCOMES.items() if state == self._step), ())
        if len(possible) > 1:
            usual = {"sans_suite": "sans_reponse", "service_recu": "service_complet"}.get(self._step)
            self.outcome = CodeField(words.text("Result"), "referral_outcome", one.outcome or usual, only=possible)
            self._add("outcome", self.outcome)
        if self._step == "emise" and self._line.why_not is not None:
            self._make_exception()

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
        day, one = self.day.asked(), self._line.referral
        if self._step == FOLLOW_UP:
            told = words.text("Referral {number}: another day of follow-up.").format(number=one.referral_no)
            return told, referrals.ask_again_on(self._desk, one.id, day)
        told = referral_words.done(self._step, one.referral_no)
        if self._step == "emise":
            exception = self.exception.code() if self.exception is not None else ""
            reason = self.reason.text() if self.reason is not None else ""
            return told, referrals.issue(self._desk, one.id, day, exception, reason)
        outcome = self.outcome.code() if self.outcome is not None else ""
        feedback = self.feedback.code() if self.feedback is not None else ""
        step = cast("referral_rules.State", self._step)
        return told, referrals.advance(self._desk, one.id, step, day, outcome, feedback)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return referral_words.sentence(error)

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


STEP = "assistance/referrals/step/"  # before the number of the referral and the step, in the name of a draft
_STATES: dict[str, State] = {
    "brouillon": "neutral",
    "emise": "accent",
    "acceptee": "accent",
    "service_recu": "ok",
    "cloturee": "ok",
    "annulee": "neutral",
}


def state_of(line: ReferralLine) -> State:
    """The colour of how far it is."""
    return _STATES.get(line.referral.state, "held")


def state_badge(line: ReferralLine) -> Badge:
    """How far it is, in a word."""
    return Badge(words.label("referral_status", line.referral.state), state_of(line))


def late(line: ReferralLine) -> str:
    """`en retard de 3 jours`, "" while nothing is due."""
    if line.days_late is None:
        return ""
    if line.days_late == 0:
        return words.text("follow up today")
    return words.count("{n} day late", "{n} days late", line.days_late)


class ReferralView(DetailView):
    """Facts, what stands in the way, the next steps as buttons; a step opens its form in their place."""

    change_wanted = Signal(int)  # ReferralId of a draft to be written anew

    form: StepForm | None

    def __init__(self, desk: Desk, line: ReferralLine) -> None:
        super().__init__(desk)
        self.line = line
        self.gate: GateDialog | None = None
        self.password: PasswordShown | None = None
        self.summary = Label(wrap=True)
        self.summary.hide()
        self.body.setSpacing(tokens.SPACE)
        marks = Flow(tokens.SPACE, tokens.SPACE_HALF)
        marks.add(state_badge(line))
        if late(line):
            marks.add(Badge(late(line), "attention"))
        self.body.addLayout(marks)
        if line.why_not is not None:
            told = words.text("{why}: nothing is sent. Care goes on here all the same.")
            self.body.addWidget(Alert(told.format(why=referral_words.why_not(line.why_not)), "attention"))
        facts = FactList(self._facts())
        self.aside = [facts]
        self.add(facts, self.summary, self.acts)
        if desk.may(Permission.ASSIST):
            self._make_buttons()

    def _facts(self) -> list[tuple[str, str]]:
        one = self.line.referral
        days = [
            (words.text("Issued on"), one.issued_on if one.counts else None),
            (words.text("Accepted on"), one.accepted_on),
            (words.text("Service on"), one.served_on),
            (words.text("Closed on"), one.closed_on),
            (words.text("Follow up on"), one.follow_up_on if one.is_open or one.state == "brouillon" else None),
        ]
        found = [
            (words.text("Provider"), self._provider()),
            (words.text("Direction"), words.label("referral_direction", one.direction)),
            (words.text("Service wanted"), code_lists.labels("service_type", one.service_wanted)),
            (words.text("Reason"), words.label("referral_reason", one.reason_code) if one.reason_code else ""),
            (words.text("Urgency"), words.label("referral_urgency", one.urgency) if one.urgency else ""),
            (words.text("Appointment"), formats.moment(one.appointment_at) if one.appointment_at else ""),
            *((name, formats.day(day) if day else "") for name, day in days),
            (words.text("Data shared"), code_lists.labels("data_shared", one.data_shared)),
            (words.text("Without consent"), self._exception()),
            (words.text("Feedback"), words.label("feedback_kind", one.feedback_kind) if one.feedback_kind else ""),
            (words.text("Result"), words.label("referral_outcome", one.outcome) if one.outcome else ""),
        ]
        return [(name, value) for name, value in found if value]

    def _provider(self) -> str:
        one = self.line.referral
        if not one.partner_contact:
            return one.partner
        return words.text("{provider} ({contact})").format(provider=one.partner, contact=one.partner_contact)

    def _exception(self) -> str:
        one = self.line.referral
        if not one.exception:
            return ""
        told = words.text("{exception}. {reason}")
        return told.format(exception=referral_words.exception(one.exception), reason=one.exception_reason)

    def _make_buttons(self) -> None:
        one = self.line.referral
        for place, state in enumerate(state for state in NEXT if state in NEXT[one.state] and state != "annulee"):
            self.button(state, referral_words.step(state, one.direction), primary=place == 0)
        if one.is_open:
            self.button(FOLLOW_UP, words.text("Follow up later…"), "clock")
        if self.line.has_summary:
            self.button("summary", words.text("Show the summary"), "eye")
        if one.state == "brouillon":
            self.button("change", words.text("Correct…"), "pencil")
        if one.counts and one.direction == "sortante" and self.line.why_not is None:
            self.button("print", words.text("Print the sheet…"), "print")
            if "nom" in one.data_shared and self._desk.may(Permission.SEE_NAMES):
                self.button("print_name", words.text("Print with the name…"), "print")
        if "annulee" in NEXT[one.state]:
            self.button("annulee", referral_words.step("annulee", one.direction), quiet=True)

    def do(self, act: str) -> None:
        if act == "summary":
            self.show_summary()
        elif act in ("print", "print_name"):
            self.print_sheet(with_name=act == "print_name")
        elif act == "change":
            self.change_wanted.emit(self.line.referral.id)
        else:
            self.open_step(act)

    def open_step(self, act: str) -> None:
        """The form of that step."""
        self.summary.hide()
        self.show_step(StepForm(self._desk, self.line, act), f"{STEP}{self.line.referral.id}/{act}")

    def show_summary(self) -> None:
        """The summary in clear; the journal keeps that it was read."""
        with refusals_told(self.told, referral_words.sentence):
            text = referral_sheets.summary(self._desk, self.line.referral.id)
            self.summary.setText(text or words.text("The summary was erased with the identity."))
            self.summary.show()

    def print_sheet(self, with_name: bool = False) -> None:
        """The sheet on paper, or as a closed PDF; refused once the consent is gone."""
        with refusals_told(self.told, referral_words.sentence):
            made = referral_sheets.sheet(self._desk, self.line.referral.id, with_name)
            title = words.text("Referral sheet {number}").format(number=made.referral.referral_no)
            then = partial(self._leave, made)
            self.gate = gate.ask(
                self,
                self._desk,
                title,
                then,
                level=NOMINAL,
                purpose=referral_sheets.PURPOSE,
                to=made.partner.name,
                on_paper=printing.has_printer(),
            )

    def _leave(self, made: ReferralSheet, answers: GateAnswers) -> None:
        with refusals_told(self.told, referral_words.sentence):
            referral_sheets.check(self._desk, answers)
            if answers.channel == "papier":
                with referral_sheets.recorded(self._desk, made, answers) as departure:
                    told = referral_print.print_sheet(self, made, self._desk.is_training)
                    departure.is_given_up = not told
                if told:
                    self.told.emit(Told("ok", told))
            else:
                self._save_closed(made, answers)

    def _save_closed(self, made: ReferralSheet, answers: GateAnswers) -> None:
        password = closed_files.new_password()
        path = referral_print.choose(self, made)
        if path is None:
            return
        with referral_sheets.recorded(self._desk, made, answers, path, password=password):
            referral_print.save_closed(path, made, password, self._desk.is_training)
        told = words.text("The referral sheet is in {file}, which opens with its password alone.")
        self.told.emit(Told("ok", told.format(file=path.name)))
        self.password = password_shown.show(self, self._desk, password)
