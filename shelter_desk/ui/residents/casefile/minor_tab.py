"""What is done for a minor: guardian, best interests, search for the family, the service told, the 18th birthday.

Each card of the tab says what is there, what is due by when, and what can be done.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.minors import (
    SEARCHING,
    BestInterests,
    Birthday,
    Guardian,
    MinorDue,
    Need,
    Tracing,
    was_minor,
)
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import best_interests, minors, tracing
from shelter_desk.operations.casefile.minors import MinorFile
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.casefile.minor_forms import waits_for_determination
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.residents.record.sealed_part import Read, SealedPart
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, Kind
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.beds import room_rules


class MinorCard(Card):
    """A card with its lines of what is due and its button. asked: a form by its name, and what it opens at."""

    asked = Signal(str, str)
    told = Signal(object)  # Told

    def __init__(self, title: str, form: str, verb: str, may: bool, primary: bool = False) -> None:
        super().__init__(title, folds=True)
        kind: Kind = "primary" if primary else "plain"
        self.button = Button(verb, kind, "plus", on_click=partial(self.asked.emit, form, ""))
        self.button.setAccessibleName(words.text("{act} {purpose}").format(act=verb, purpose=title))
        if not may:
            self.button.hide()
        self.head.addWidget(self.button)

    def due(self, dues: Sequence[MinorDue], today: date, *needs: Need) -> None:
        """What is due of these needs, each with its badge."""
        for one in dues:
            if one.need in needs:
                self.body.addLayout(line(need_told(one.need), "", Badge(*due_state(one, today))))

    def entry(self, title: str, told: str, badge: Badge | None, *acts: QWidget) -> None:
        """One thing that is written, with what can be done about it."""
        fill(self.body, RuleLine(), line(title, told, badge, *acts))

    def sealed(self, text: str, about: str, read: Read) -> SealedPart:
        """Something sealed that can be opened."""
        part = SealedPart(text, about, read)
        part.told.connect(self.told)
        self.body.addWidget(part)
        return part

    def act_button(self, text: str, about: str, act: Callable[[], None]) -> Button:
        """A quiet button of a line."""
        button = Button(text, "quiet", on_click=act)
        button.setAccessibleName(words.text("{act} {purpose}").format(act=text, purpose=about))
        return button


def line(title: str, told: str, badge: Badge | None, *acts: QWidget) -> QHBoxLayout:
    """A name, what is said of it below, its state and its acts at right; several acts stand below large letters."""
    names = in_column(Label(title, wrap=True), spacing=0)
    if told:
        names.addWidget(Label(told, size="small", ink="ink2", wrap=True))
    state = [] if badge is None else [badge]
    if len(acts) > 1 and tokens.is_large():
        at_right = in_column(in_row(STRETCH, *state), in_row(STRETCH, *acts, spacing=tokens.SPACE), spacing=0)
        return in_row((names, 1), at_right, spacing=tokens.SPACE)
    return in_row((names, 1), *state, *acts, spacing=tokens.SPACE)


def need_told(need: Need) -> str:
    """What a child alone needs, in words."""
    return {
        "service": words.text("Tell the social service or the children’s judge"),
        "guardian_asked": words.text("Ask for a guardian"),
        "guardian": words.text("Have a guardian named"),
        "bia_short": words.text("Short assessment"),
        "bia_full": words.text("Whole assessment"),
    }[need]


def due_state(one: MinorDue, today: date) -> tuple[str, State]:
    """When it was done, until when it can be, or for how long it is late."""
    if one.done_on is not None:
        return words.text("done on {day}").format(day=formats.short_day(one.done_on)), "ok"
    if one.is_overdue(today):
        n = (today - one.by).days
        return words.count("{n} day late", "{n} days late", n), "blocked"
    return words.text("until {day}").format(day=formats.short_day(one.by)), "attention"


class GuardianCard(MinorCard):
    """Who stands for the child, and who did before."""

    def __init__(self, desk: Desk, file: MinorFile, may: bool) -> None:
        super().__init__(words.text("Guardian"), "guardian", words.text("Record…"), may)
        self.explain("tuteur")
        self.due(file.dues, desk.today(), "guardian_asked", "guardian")
        self.named: list[SealedPart] = []
        if not file.guardians:
            self.body.addWidget(Label(words.text("Nothing is written yet."), ink="ink2"))
        for one in file.guardians:
            self.entry(words.label("guardian_status", one.status), _guardian_told(one), None)
            if one.status in ("provisoire", "designe"):
                about = words.text("Show the name of the guardian")
                self.named.append(self.sealed(words.text("Show the name"), about, partial(_guardian, desk, one)))


def _guardian_told(one: Guardian) -> str:
    parts = []
    if one.requested_on is not None:
        parts.append(words.text("asked for on {day}").format(day=formats.day(one.requested_on)))
    if one.started_on is not None:
        parts.append(words.text("in force from {day}").format(day=formats.day(one.started_on)))
    if one.ended_on is not None:
        parts.append(words.text("until {day}").format(day=formats.day(one.ended_on)))
    parts += [words.label("partner_type", one.authority)] if one.authority else []
    parts += [words.label("guardian_kind", one.kind)] if one.kind else []
    return " · ".join([*parts, *([one.decision_ref] if one.decision_ref else [])])


def _guardian(desk: Desk, one: Guardian) -> list[tuple[str, str]]:
    name, contact = minors.guardian_named(desk, one.id)
    return [(words.text("Name"), name), (words.text("Contact"), contact)]


class InterestsCard(MinorCard):
    """The assessments of best interests. validation_wanted: the one that the direction is asked to stand by."""

    validation_wanted = Signal(object)  # BestInterests

    def __init__(self, desk: Desk, file: MinorFile, may: bool, may_decide: bool) -> None:
        super().__init__(words.text("Best interests"), "bia", words.text("Assess…"), may, primary=file.is_alone)
        self.explain("eis_dis")
        self._staff = file.staff
        self.validate: list[Button] = []
        self.read: list[SealedPart] = []
        self.due(file.dues, desk.today(), "bia_short", "bia_full")
        if not file.assessments:
            self.body.addWidget(Label(words.text("No assessment yet."), ink="ink2"))
        for one in file.assessments:
            self._show(desk, one, may, may_decide)

    def _show(self, desk: Desk, one: BestInterests, may: bool, may_decide: bool) -> None:
        acts: list[QWidget] = []
        if may_decide and one.validated_by is None:
            button = self.act_button(words.text("Validate…"), one.bia_no, partial(self.validation_wanted.emit, one))
            self.validate.append(button)
            acts.append(button)
        if may and waits_for_determination(one):
            wanted = partial(self.asked.emit, "bid", str(one.id))
            acts.append(self.act_button(words.text("Determination…"), one.bia_no, wanted))
        kind = words.text("whole assessment") if one.form == "complete" else words.text("short assessment")
        title = words.text("{number}, {kind}").format(number=one.bia_no, kind=kind)
        self.entry(title, self._about(one), Badge(*interests_state(one)), *acts)
        about = words.text("Read the assessment {number}").format(number=one.bia_no)
        self.read.append(self.sealed(words.text("Read"), about, partial(_assessment, desk, one)))

    def _about(self, one: BestInterests) -> str:
        parts = [
            words.text("on {day}").format(day=formats.day(one.assessed_on)),
            words.label("bia_trigger", one.trigger),
        ]
        if one.assessor is not None:
            parts.append(words.text("by {name}").format(name=self._staff.get(one.assessor, formats.NONE)))
        if one.recommended_exits:
            told = words.text("allows: {exits}")
            parts.append(told.format(exits=code_lists.labels("exit_reason", one.recommended_exits)))
        if one.next_review is not None:
            parts.append(words.text("review on {day}").format(day=formats.day(one.next_review)))
        if one.bid_ref:
            parts.append(words.text("BID: {reference}").format(reference=one.bid_ref))
        return " · ".join(parts)


def interests_state(one: BestInterests) -> tuple[str, State]:
    """Whether the direction stands by it, and whether an authority still decides."""
    if waits_for_determination(one):
        return words.text("BID awaited"), "held"
    if one.validated_on is None:
        return words.text("to be validated"), "attention"
    return words.text("validated on {day}").format(day=formats.short_day(one.validated_on)), "ok"


def _assessment(desk: Desk, one: BestInterests) -> list[tuple[str, str]]:
    said = best_interests.assessment_words(desk, one.id)
    found = [
        (words.text("The child"), said.child_view),
        (words.text("The family"), said.family_view),
        (words.text("Safety"), said.safety),
        (words.text("Care today"), said.care_now),
        (words.text("Health and schooling"), said.health_education),
    ]
    told = words.text("For: {pros}. Against: {cons}.")
    for option in said.options:
        weighed = told.format(pros=option.pros or formats.NONE, cons=option.cons or formats.NONE)
        found.append((option.what, weighed))
    return [pair for pair in [*found, (words.text("Recommendation"), said.recommendation)] if pair[1]]


class TracingCard(MinorCard):
    """The search for the family."""

    def __init__(self, desk: Desk, file: MinorFile, may: bool) -> None:
        going = any(one.status in SEARCHING for one in file.tracings)
        super().__init__(words.text("Family tracing"), "tracing", words.text("Open a search…"), may and not going)
        self.explain("rrf")
        self.read: list[SealedPart] = []
        if not file.tracings:
            told = words.text("No search. It begins with the child’s own yes.")
            self.body.addWidget(Label(told, ink="ink2", wrap=True))
        for one in file.tracings:
            self._show(desk, file, one, may)

    def _show(self, desk: Desk, file: MinorFile, one: Tracing, may: bool) -> None:
        acts = []
        if may and one.status in SEARCHING:
            wanted = partial(self.asked.emit, "tracing_step", str(one.id))
            acts.append(self.act_button(words.text("Step…"), one.tracing_no, wanted))
        state: State = "accent" if one.status in SEARCHING else "ok" if one.status == "reunifie" else "neutral"
        badge = Badge(words.label("tracing_status", one.status), state)
        self.entry(one.tracing_no, _search_told(one, file.steps.get(one.id, ())), badge, *acts)
        if one.child_consents or file.steps.get(one.id):
            about = words.text("Read the search {number}").format(number=one.tracing_no)
            self.read.append(self.sealed(words.text("Read relatives and steps"), about, partial(_search, desk, one)))


def _search_told(one: Tracing, steps: Sequence[date]) -> str:
    parts = []
    if one.requested_on is not None:
        parts.append(words.text("asked for on {day}").format(day=formats.day(one.requested_on)))
    parts += [one.partner] if one.partner else []
    if steps:
        n = words.count("{n} step", "{n} steps", len(steps))
        parts.append(words.text("{steps}, the last on {day}").format(steps=n, day=formats.day(steps[-1])))
    if one.separation_causes:
        parts.append(code_lists.labels("separation_cause", one.separation_causes))
    return " · ".join(parts)


def _search(desk: Desk, one: Tracing) -> list[tuple[str, str]]:
    relatives, steps = tracing.tracing_words(desk, one.id)
    found = []
    for relative in relatives:
        known = (relative.name, words.label("kin_relation", relative.relation) if relative.relation else "")
        told = " · ".join(part for part in (*known, relative.place, relative.contact) if part)
        found.append((words.text("Relative"), told))
    return found + [(formats.day(step.done_on), step.text) for step in steps]


class NotificationCard(MinorCard):
    """Which service was told of the child."""

    def __init__(self, desk: Desk, file: MinorFile, may: bool) -> None:
        super().__init__(words.text("Service told"), "notify", words.text("Record…"), may)
        self.due(file.dues, desk.today(), "service")
        if not file.notifications:
            self.body.addWidget(Label(words.text("Nobody was told yet."), ink="ink2"))
        for one in file.notifications:
            told = words.text("told on {day}").format(day=formats.day(one.notified_on))
            told = " · ".join([told, one.reference]) if one.reference else told
            self.entry(words.label("partner_type", one.service), told, None)


class BirthdayCard(Card):
    """The 18th birthday that comes near: when, in which room, which papers are missing (R-07)."""

    def __init__(self, near: Birthday, papers_missing: Sequence[str], room: str) -> None:
        since = words.text("since {day}").format(day=formats.day(near.on))
        text = words.count("in {n} day", "in {n} days", near.days) if near.days > 0 else since
        state: State = "blocked" if near.days <= 7 else "attention"
        super().__init__(words.text("18 years old"), formats.day(near.on), Badge(text, state))
        self.set_state("attention")
        told = words.text("Room today: {room}. Review the room before the birthday.").format(room=room)
        self.body.addWidget(Label(told, wrap=True))
        papers = {"birth": words.text("proof of birth"), "identity": words.text("proof of identity")}
        if papers_missing:
            missing = words.text("Papers missing: {papers}.")
            lacking = ", ".join(papers[one] for one in papers_missing)
            self.body.addWidget(Label(missing.format(papers=lacking), ink="attention", wrap=True))
        else:
            self.body.addWidget(Label(words.text("Proof of birth and of identity are in the file."), wrap=True))
        if near.days <= 0:
            self.body.addWidget(Alert(room_rules.warning("R-07")))


def concerns(record: Record) -> bool:
    """True for whoever was protected as a minor during a stay."""
    return any(was_minor(record.person.birth, one.stay) for one in record.stays)


class MinorTab(RecordTab):
    """One card for each part of the file of a minor."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.file = minors.of(desk, record.person.id)
        may = desk.may(Permission.CASE_EDIT) and self.file.stay is not None
        self.notification = NotificationCard(desk, self.file, may)
        self.guardian = GuardianCard(desk, self.file, may)
        self.interests = InterestsCard(desk, self.file, may, desk.may(Permission.CHILD_DECIDE))
        self.tracing = TracingCard(desk, self.file, may)
        self.interests.validation_wanted.connect(self._validate)
        whole = in_column(Label(self._about(), ink="ink2", wrap=True), within=self, spacing=tokens.SPACE_PANEL)
        if self.file.heads_a_family:
            whole.addWidget(Alert(room_rules.warning("R-22 parent")))
        self.birthday: BirthdayCard | None = None
        if self.file.birthday is not None:
            stay, today = choices.last_stay(record), desk.today()
            room = formats.NONE if stay is None else choices.place_of(record, stay, today)
            self.birthday = BirthdayCard(self.file.birthday, self.file.papers_missing, room)
            whole.addWidget(self.birthday)
        for card in (self.notification, self.guardian, self.interests, self.tracing):
            card.asked.connect(self.asked)
            card.told.connect(self.told)
            whole.addWidget(card)
        whole.addStretch(1)

    def _about(self) -> str:
        """Why this tab is there, in one sentence."""
        today, stay = self.desk.today(), self.file.stay
        if not self.record.person.birth.protected_as_minor(today):
            return words.text("Adult by now; what was done for the minor stays on record.")
        if stay is None or not stay.child_status:
            return words.text("The situation of the child is not written: treated as a minor alone until it is.")
        status = words.label("child_status", stay.child_status)
        if self.file.is_alone:
            told = words.text("{status}, here since {day}. The days below count from there.")
            return told.format(status=status, day=formats.day(stay.admitted_at.date()))
        return words.text("{status}: no term runs; write here what is done all the same.").format(status=status)

    @Slot(object)
    def _validate(self, bia: BestInterests) -> None:
        reason: str | None = ""
        if bia.assessor == self.desk.user and best_interests.may_validate_alone(self.desk):
            question = words.text("Validate your own assessment {number}?").format(number=bia.bia_no)
            effect = words.text("There is no second manager to ask. Your reason is kept in the journal.")
            label = words.text("Why nobody else validates")
            reason = ask_words(self, self.desk, question, effect, words.text("Validate"), label)
        if reason is None:
            return
        with refusals_told(self.told):
            done = best_interests.validate(self.desk, bia.id, reason)
            self.told.emit(Told("ok", words.text("Assessment {number} validated.").format(number=bia.bia_no), done))
            self.acted.emit()
