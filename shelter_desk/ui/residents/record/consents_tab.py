"""Consents of a resident: how each purpose stands, at a glance; decisions are recorded and taken back."""

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import WithoutConsent
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consents
from shelter_desk.operations.consent.consents import ConsentStanding
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words import referrals as referral_words


class ConsentsTab(RecordTab):
    """One line for each purpose and recipient. asked: a form of the record to open, and where it begins."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        may = desk.may(Permission.ASSIST)
        self.lines: dict[tuple[str, str], ConsentLine] = {}
        found = consents.of(desk, record.person.id)
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        if found.is_minimal:
            told = words.text("Minimal file: code, sex, age, dates and bed only. Care is the same.")
            whole.addWidget(Alert(told, "held"))
        self.card, head = Card(), Flow(tokens.SPACE, tokens.SPACE, middle=True)
        self.card.setAccessibleName(words.text("Consents"))
        told = words.text("Refusing takes nothing away: bed, meals, protection and care stay the same.")
        self.record_button = Button(
            words.text("Record a decision…"), "primary", "plus", on_click=partial(self.asked.emit, "consent", "")
        )
        head.add(Label(words.text("Consents"), bold=True))
        head.add_right(self.record_button)
        fill(self.card.body, head, Label(told, ink="ink2", wrap=True))
        self.record_button.setVisible(may)
        for standing in found.standings:
            line = ConsentLine(standing, may)
            line.ask_wanted.connect(self._ask)
            line.withdrawal_wanted.connect(self._withdraw)
            line.telling_wanted.connect(self._tell)
            self.lines[standing.purpose, standing.recipient] = line
            fill(self.card.body, RuleLine(), line)
        whole.addWidget(self.card)
        if found.exceptions:
            self.excepted = Card(words.text("Done without consent"))
            for one in found.exceptions:
                self.excepted.body.addWidget(Label(excepted(one), wrap=True))
            whole.addWidget(self.excepted)
        whole.addStretch(1)

    @Slot(object)
    def _ask(self, standing: ConsentStanding) -> None:
        self.asked.emit("consent", f"{standing.purpose}|{standing.recipient}")

    @Slot(object)
    def _withdraw(self, standing: ConsentStanding) -> None:
        if standing.consent is None:
            return
        question = words.text("Take back the consent “{purpose}”?")
        effect = words.text("From today on nothing more is shared under it. What was shared stays on record.")
        label = words.text("What was done about it")
        asked = question.format(purpose=words.label("consent_purpose", standing.purpose))
        answer = ask_words(self, self.desk, asked, effect, words.text("Take it back"), label, required=False)
        if answer is None:
            return
        with refusals_told(self.told, referral_words.sentence):
            made = consents.withdraw(self.desk, standing.consent.id, self.desk.today(), answer)
            told = words.text("Consent taken back. Care is the same.")
            if made.to_tell:
                told = words.text("Consent taken back. Tell {recipients} so.")
                told = told.format(recipients=", ".join(made.to_tell))
            self.told.emit(Told("attention" if made.to_tell else "ok", told, made.done))
            self.acted.emit()

    @Slot(object)
    def _tell(self, standing: ConsentStanding) -> None:
        if standing.consent is None:
            return
        question = words.text("Was {recipients} told?").format(recipients=", ".join(standing.to_tell))
        effect = words.text("Write who told them and when; the reminder ends then.")
        label = words.text("What was done about it")
        answer = ask_words(self, self.desk, question, effect, words.text("Record"), label)
        if answer is None:
            return
        with refusals_told(self.told, referral_words.sentence):
            done = consents.told_recipients(self.desk, standing.consent.id, answer)
            self.told.emit(Told("ok", words.text("Recipients told."), done))
            self.acted.emit()


class ConsentLine(QWidget):
    """Purpose, recipient, state, how it was given, and what can be done."""

    ask_wanted = Signal(object)  # Standing
    withdrawal_wanted = Signal(object)  # Standing
    telling_wanted = Signal(object)  # Standing

    def __init__(self, standing: ConsentStanding, may: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing = standing
        self.badge = Badge(*state_of(standing))
        self.buttons: dict[str, Button] = {}
        names = in_column(Label(_title(standing), bold=standing.consent is not None, wrap=True), spacing=0)
        told = details(standing)
        if told:
            names.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        row = in_row((names, 1), self.badge, spacing=tokens.SPACE)
        if may:
            row.addWidget(self._act())
        whole = in_column(row, within=self, spacing=tokens.SPACE_HALF)
        if standing.to_tell:
            told = words.text("To be told: {recipients}.").format(recipients=", ".join(standing.to_tell))
            telling = in_row((Alert(told, "attention"), 1))
            if may:
                tell = Button(words.text("Told…"), on_click=partial(self.telling_wanted.emit, standing))
                self.buttons["tell"] = tell
                telling.addWidget(tell)
            whole.addLayout(telling)

    def _act(self) -> Button:
        """A consent in force is taken back; else it is asked for."""
        in_force = self.standing.why_not is None
        text = words.text("Take back…") if in_force else words.text("Ask…")
        wanted = self.withdrawal_wanted if in_force else self.ask_wanted
        button = Button(text, "quiet", on_click=partial(wanted.emit, self.standing))
        button.setMinimumWidth(tokens.wide(112))
        button.setAccessibleName(words.text("{act} {purpose}").format(act=text, purpose=_title(self.standing)))
        self.buttons["withdraw" if in_force else "ask"] = button
        return button


def _title(standing: ConsentStanding) -> str:
    purpose = words.label("consent_purpose", standing.purpose)
    if not standing.recipient:
        return purpose
    return words.text("{purpose}: {recipient}").format(purpose=purpose, recipient=standing.recipient)


def excepted(one: WithoutConsent) -> str:
    """`12/11/2026 · Contact avec la famille · Intérêt vital… · why`."""
    purpose, exception = words.label("consent_purpose", one.purpose), referral_words.exception(one.exception)
    return " · ".join(part for part in (formats.day(one.done_on), purpose, exception, one.reason) if part)


def state_of(standing: ConsentStanding) -> tuple[str, State, str | None]:
    """The word, the colour and the icon of where it stands. A refusal is no fault: it has no colour of one."""
    if standing.why_not is None:
        return words.text("Given"), "ok", None
    if standing.why_not == "refuse":
        return words.text("Refused"), "neutral", "hand"
    if standing.why_not == "retire":
        return words.text("Taken back"), "attention" if standing.to_tell else "neutral", "undo"
    if standing.why_not == "expire":
        return words.text("Run out"), "attention", "clock"
    return words.text("Not asked"), "neutral", ""


def details(standing: ConsentStanding) -> str:
    """How and when: `le 12/11/2026 · Signature · La personne · jusqu’au …`."""
    one = standing.consent
    if one is None or one.status == "non_demande":
        return ""
    parts = [words.text("on {day}").format(day=formats.day(one.given_on))]
    if one.status in ("donne", "retire"):
        parts += [words.label("consent_mode", one.mode), words.label("consent_given_by", one.given_by)]
    if one.valid_until is not None:
        parts.append(words.text("until {day}").format(day=formats.day(one.valid_until)))
    if one.withdrawn_on is not None:
        parts.append(words.text("taken back on {day}").format(day=formats.day(one.withdrawn_on)))
    if one.withdrawn_effect:
        parts.append(one.withdrawn_effect)
    if one.scope:
        parts.append(code_lists.labels("data_shared", one.scope))
    if standing.reason:
        parts.append(words.text("without a guardian: {reason}").format(reason=standing.reason))
    return " · ".join(part for part in parts if part)
