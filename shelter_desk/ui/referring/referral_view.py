"""One referral: where it stands, what was agreed, and what can be done next."""

from PySide6.QtCore import Signal

from shelter_desk import words
from shelter_desk.domain.assistance.referrals import NEXT
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import referral_sheets
from shelter_desk.operations.assistance.referrals import ReferralLine
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import referral_print
from shelter_desk.ui.referring.step_form import FOLLOW_UP, StepForm
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words import referrals as referral_words

STEP = "assistance/referrals/step/"  # before the number of the referral and the step, in the name of a draft
_STATES: dict[str, State] = {
    "brouillon": "neutral",
    "emise": "accent",
    "acceptee": "accent",
    "service_recu": "ok",
    "cloturee": "ok",
    "annulee": "neutral",
}


def state_badge(line: ReferralLine) -> Badge:
    """The state in a word."""
    state = line.referral.state
    return Badge(words.label("referral_status", state), _STATES.get(state, "held"))


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
        self.summary = Label(wrap=True)
        self.summary.hide()
        self.body.setSpacing(tokens.SPACE)
        marks = Flow(tokens.SPACE, tokens.SPACE_HALF)
        marks.add(state_badge(line))
        if late(line):
            marks.add(Badge(late(line), "attention"))
        self.body.addLayout(marks)
        if line.why_not is not None:
            self.body.addWidget(Alert(self._in_the_way(), "attention"))
        facts = FactList(self._facts())
        self.aside = [facts]
        for widget in (facts, self.summary, self.acts):
            self.body.addWidget(widget)
        if desk.may(Permission.ASSIST):
            self._make_buttons()

    def _in_the_way(self) -> str:
        """Why nothing is sent now, and that care goes on."""
        why = referral_words.why_not(self.line.why_not or "")
        return words.text("{why}: nothing is sent. Care goes on here all the same.").format(why=why)

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
        """The sheet on paper, or as a PDF; refused once the consent is gone."""
        with refusals_told(self.told, referral_words.sentence):
            made = referral_sheets.sheet(self._desk, self.line.referral.id, with_name)
            told = referral_print.print_sheet(self, made, self._desk.is_training)
            if told:
                self.told.emit(Told("ok", told))
