"""What is written of a minor: guardian, best interests and their formal determination, the search for the family, the
service told of a child alone (R-11).
"""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.casefile.minors import (
    APPOINTED,
    SEARCHING,
    SERVICES,
    BestInterests,
    BestInterestsWords,
    Guardian,
    Notification,
    Option,
    Relative,
    Tracing,
)
from shelter_desk.domain.consent.consents import FAMILY_CONTACT
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import BestInterestsId, GuardianId, NotificationId, TracingId
from shelter_desk.domain.settings import is_on
from shelter_desk.domain.stays.exits import DECIDED_EXITS
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.casefile import best_interests, minors, tracing
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.case_form import CaseForm, TickField, yes_no
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.rows_field import RowsField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.consent_form import WithoutConsentFields
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.name_on_demand import NameField


class TracingForm(CaseForm):
    """What the child wants comes first; without a yes nobody is looked for."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Family tracing of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Open the search"), "search")
        self._stay, self._contact = stay.stay.id, minors.of(desk, record.person.id).contact
        today = desk.today()
        known = [(one.name, one.name) for one in partners.partners(self.desk) if one.is_active]
        self.wanted = ChoiceField(
            words.text("The child wants the search"), yes_no(), required=True, key="child_consents"
        )
        self.day = DayField(words.text("Asked for on"), today, required=True, value=today, key="requested_on")
        self.partner = ChoiceField(words.text("Partner who searches"), known)
        self.consent = WithoutConsentFields(self.desk, self._stay)
        self.separated = DayField(words.text("Separated on"), today, key="separation_on")
        place = words.text("Region or country, not the village")
        self.place = LineField(words.text("Where they were separated"), placeholder=place, open_words=True)
        self.care = CodeField(words.text("Care before the separation"), "care_arrangement")
        self.causes = Ticks(words.text("Causes of the separation"), code_lists.of("separation_cause"))
        self.relatives = RowsField(
            words.text("Relatives (sealed)"), words.text("Add a relative"), _relative, key="relatives"
        )
        self.service = TickField(words.text("Service"), words.text("Write the service “Family tracing” too"), True)
        self.row((self.wanted, 300), (self.day, 150), (self.partner, 300))
        self.add(self.consent)
        self.row((self.separated, 170), (self.place, 260), (self.care, 300))
        self.add(self.causes, self.relatives, self.service)
        self.wanted.chosen.connect(self.refresh)
        self.refresh()

    @Slot(str)
    def refresh(self, _answer: str = "") -> None:
        yes = self.wanted.value() == "oui"
        for field in (self.day, self.partner, self.relatives, self.service):
            field.setVisible(yes)
        self.consent.show_why(FAMILY_CONTACT, self._contact if yes else None)
        no = self.wanted.value() == "non"
        self.verb.setText(words.text("Record the no") if no else words.text("Open the search"))

    def act(self) -> Told:
        if self.wanted.value() is None:
            raise Missing("child_consents")
        yes = self.wanted.value() == "oui"
        wanted = Tracing(
            TracingId(0),
            "",
            self._stay,
            "",
            yes,
            self.day.asked() if yes else None,
            self.separated.known(),
            self.place.text(),
            self.causes.values(),
            self.care.code(),
            self.partner.code() if yes else "",
        )
        relatives = [Relative(*line) for line in self.relatives.values()] if yes else []
        made = tracing.trace(self.desk, wanted, relatives, self.service.is_ticked(), self.consent.said())
        told = words.text("Search {number} opened.") if yes else words.text("The child’s no is recorded ({number}).")
        return Told("ok", told.format(number=made.number), made.done)


def _relative() -> Sequence[tuple[Field, int]]:
    return [
        (NameField(words.text("Name of the relative")), 220),
        (ChoiceField(words.text("Relation to the child"), code_lists.of("kin_relation")), 200),
        (LineField(words.text("Region"), placeholder=words.text("Region, not the village"), open_words=True), 180),
        (NameField(words.text("Contact")), 160),
    ]


class TracingStepForm(CaseForm):
    """One step of a search, and where it stands after it."""

    def __init__(self, desk: Desk, search: Tracing) -> None:
        title = words.text("Step of the search {number}").format(number=search.tracing_no)
        super().__init__(desk, title, words.text("Record the step"), "check")
        self._search = search
        today = desk.today()
        self.day = DayField(words.text("Done on"), today, required=True, value=today, key="done_on")
        later = ("famille_localisee", "famille_verifiee", "reunifie", "echec", "refus_enfant")
        states = code_lists.of("tracing_status", only=(search.status, *later))
        self.status = ChoiceField(
            words.text("Where the search stands"), states, search.status, required=True, key="tracing_status"
        )
        self.step = TextField(words.text("What was done (sealed)"), required=True, lines=3, key="step")
        self.service = TickField(words.text("Service"), words.text("Write the service “Family tracing” too"))
        self.consent = WithoutConsentFields(desk, search.stay)
        self.stops = Alert(words.text("The search ends here: the child’s no stops it."), "attention")
        self.row((self.day, 150), (self.status, 260))
        self.add(self.stops, self.consent, self.step, self.service)
        self.first = self.step
        self.status.chosen.connect(self.refresh)
        self.day.line.editingFinished.connect(self.refresh)
        self.refresh()

    @Slot()
    @Slot(str)
    def refresh(self, _status: str = "") -> None:
        self.stops.setVisible(self.status.value() == "refus_enfant")
        goes_on = self.status.value() in SEARCHING
        day = self.day.day() or self.desk.today()
        self.consent.show_why(FAMILY_CONTACT, tracing.why_stopped(self.desk, self._search.id, day) if goes_on else None)

    def act(self) -> Told:
        day = self.day.asked()
        status = self.status.code()
        with_service, exempt = self.service.is_ticked(), self.consent.said()
        done = tracing.step(self.desk, self._search.id, day, self.step.text(), status, with_service, exempt)
        told = words.text("Step of the search {number} recorded.").format(number=self._search.tracing_no)
        return Told("ok", told, done)


def tracing_step(desk: Desk, record: Record, _stay: StayRecord, at: str) -> TracingStepForm | None:
    """The form about that search, else about the last one that goes on; None where none does."""
    going = [one for one in minors.of(desk, record.person.id).tracings if one.status in SEARCHING]
    found = next((one for one in going if str(one.id) == at), going[0] if going else None)
    return None if found is None else TracingStepForm(desk, found)


class NotificationForm(CaseForm):
    """Whom, when, under which reference."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Service told of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record it"), "send")
        self._code, self._stay = record.person.code, stay.stay.id
        today = desk.today()
        self.service = CodeField(words.text("Service told"), "partner_type", required=True, only=SERVICES)
        self.day = DayField(words.text("Told on"), today, required=True, value=today, key="notified_on")
        self.reference = LineField(words.text("Reference of the letter"))
        self.row((self.service, 260), (self.day, 150), (self.reference, 240))
        self.explain(words.text("The children’s judge or the social service is told within two days of the admission."))

    def act(self) -> Told:
        told = Notification(NotificationId(0), self._stay, self.day.asked(), self.service.code(), self.reference.text())
        done = minors.notify(self.desk, told)
        return Told("ok", words.text("Service told of {code}: recorded.").format(code=self._code), done)


class GuardianForm(CaseForm):
    """State, days, authority, and who it is; the name and the contact are sealed."""

    when = "started_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Guardianship of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the guardianship"), "check")
        self._person, self._code, self._stay = record.person.id, record.person.code, stay.stay.id
        today = desk.today()
        self.status = CodeField(words.text("State of the guardianship"), "guardian_status", required=True)
        self.requested = DayField(words.text("Asked for on"), today, key="requested_on")
        self.authority = CodeField(words.text("Authority"), "partner_type", only=SERVICES)
        self.kind = CodeField(words.text("Kind of guardian"), "guardian_kind")
        self.name = NameField(words.text("Name of the guardian (sealed)"), required=True, key="guardian_name")
        self.contact = NameField(words.text("Contact (sealed)"))
        self.start = DayField(words.text("In force from"), today, required=True, key="started_on")
        self.end = DayField(words.text("Until"), today, kind="ahead", key="ended_on")
        self.reference = LineField(words.text("Reference of the decision"))
        self.service = TickField(words.text("Service"), words.text("Write the service “Guardianship procedure” too"))
        self.row((self.status, 220), (self.requested, 150), (self.authority, 220))
        self.row((self.kind, 180), (self.name, 260), (self.contact, 220))
        self.row((self.start, 150), (self.end, 150), (self.reference, 260))
        self.add(self.service)
        self.explain(words.text("What was written before stays: this is a new line of the history."))
        self.status.chosen.connect(self.refresh)
        self.refresh()

    @Slot(str)
    def refresh(self, _status: str = "") -> None:
        named = self.status.value() in APPOINTED
        for field in (self.kind, self.name, self.contact, self.start, self.end, self.reference):
            field.setVisible(named)
        self.requested.setVisible(self.status.value() not in (None, "non_requis", "a_designer"))
        self.authority.setVisible(self.status.value() not in (None, "non_requis"))

    def act(self) -> Told:
        named = self.status.value() in APPOINTED
        guardian = Guardian(
            GuardianId(0),
            self._person,
            self.status.code(),
            self.requested.known() if not self.requested.isHidden() else None,
            self.authority.code(),
            self.kind.code() if named else "",
            self.reference.text() if named else "",
            self.start.asked() if named else None,
            self.end.known() if named else None,
        )
        done = minors.keep_guardian(
            self.desk,
            guardian,
            self.name.text() if named else "",
            self.contact.text() if named else "",
            self._stay if self.service.is_ticked() else None,
        )
        return Told("ok", words.text("Guardianship of {code} recorded.").format(code=self._code), done)


class BestInterestsForm(CaseForm):
    """Short or whole; what the child says comes first. What is typed in lines of text is sealed."""

    when = "next_review"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Best interests of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the assessment"), "check")
        self._stay = stay.stay.id
        self._make()
        self.row((self.length, 230), (self.trigger, 220), (self.day, 150), (self.trained, 420))
        self.add(self.child_view, self.family_view, self.safety, self.care_now, self.health)
        self.add(self.options, self.recommendation, self.exits)
        self.row((self.review, 150), (self.bid, 460), (self.service, 460))
        self.bid.setVisible(is_on(settings.kept(self.desk), "bid_module"))
        self.explain(
            words.text("What is typed here is sealed. The manager validates it; until then no exit rests on it.")
        )
        self.first = self.trigger
        self.length.chosen.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        today = self.desk.today()
        forms = [("courte", words.text("Short (within 3 days)")), ("complete", words.text("Whole (within 14 days)"))]
        self.length = ChoiceField(words.text("Kind"), forms, "courte", required=True)
        self.trigger = CodeField(words.text("Why now"), "bia_trigger", required=True)
        self.day = DayField(words.text("Assessed on"), today, required=True, value=today, key="assessed_on")
        trained = words.text("I am trained in assessing best interests")
        self.trained = TickField(words.text("Trained assessor"), trained, required=True, key="assessor_trained")
        self.child_view = TextField(
            words.text("What the child says, in their words"), required=True, lines=3, key="child_view"
        )
        self.family_view = TextField(words.text("What the family says"), lines=2)
        self.safety = TextField(words.text("Safety"), lines=2)
        self.care_now = TextField(words.text("Care today"), lines=2)
        self.health = TextField(words.text("Health and schooling"), lines=2)
        self.options = RowsField(words.text("Options"), words.text("Add an option"), _option, key="options")
        self.recommendation = TextField(words.text("Recommendation"), required=True, lines=2, key="recommendation")
        off = settings.left_out(self.desk, "exit_reason")
        self.exits = Ticks(
            words.text("Exits that it allows"), code_lists.of("exit_reason", only=DECIDED_EXITS - set(off))
        )
        self.review = DayField(words.text("Next review"), today, required=True, kind="ahead", key="next_review")
        self.bid = TickField(
            words.text("Formal determination"), words.text("A formal determination (BID) is asked of the authority")
        )
        self.service = TickField(
            words.text("Service"), words.text("Write the service “Best interests assessment” too"), True
        )

    @Slot(str)
    def refresh(self, _form: str = "") -> None:
        whole = self.length.value() == "complete"
        for field in (self.family_view, self.care_now, self.health):
            field.setVisible(whole)

    def act(self) -> Told:
        whole = self.length.value() == "complete"
        bia = BestInterests(
            BestInterestsId(0),
            "",
            self._stay,
            self.trigger.code(),
            "complete" if whole else "courte",
            self.day.asked(),
            "",
            assessor_trained=self.trained.is_ticked(),
            recommended_exits=self.exits.values(),
            next_review=self.review.known(),
            needs_bid=self.bid.is_ticked() and not self.bid.isHidden(),
        )
        said = BestInterestsWords(
            self.child_view.text(),
            self.recommendation.text(),
            tuple(Option(*line) for line in self.options.values()),
            self.family_view.text() if whole else "",
            self.safety.text(),
            self.care_now.text() if whole else "",
            self.health.text() if whole else "",
        )
        made = best_interests.assess(self.desk, bia, said, self.service.is_ticked())
        told = words.text("Assessment {number} recorded. It waits for the manager.").format(number=made.number)
        return Told("ok", told, made.done)


def _option() -> Sequence[tuple[Field, int]]:
    return [
        (LineField(words.text("Option"), open_words=True), 240),
        (LineField(words.text("Speaks for it"), open_words=True), 240),
        (LineField(words.text("Speaks against it"), open_words=True), 240),
    ]


class DeterminationForm(CaseForm):
    """The decision of the authority on a determination that was asked for. at: the assessment, else the last one."""

    def __init__(self, desk: Desk, record: Record, bia: BestInterests) -> None:
        title = words.text("Formal determination of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the decision"), "check")
        self._bia = bia
        today = desk.today()
        self.day = DayField(words.text("Decided on"), today, required=True, value=today, key="bid_decided_on")
        self.reference = LineField(words.text("Reference of the decision"), required=True, key="bid_ref")
        self.first = self.reference
        self.row((self.day, 150), (self.reference, 300))
        self.explain(words.text("It belongs to the assessment {number}.").format(number=bia.bia_no))

    def act(self) -> Told:
        done = best_interests.keep_determination(self.desk, self._bia.id, self.day.asked(), self.reference.text())
        told = words.text("Decision on {number} recorded.").format(number=self._bia.bia_no)
        return Told("ok", told, done)


def determination(desk: Desk, record: Record, _stay: StayRecord, at: str) -> DeterminationForm | None:
    """The form about that assessment, else about the last one that waits; None where none does."""
    waiting = [one for one in minors.of(desk, record.person.id).assessments if waits_for_determination(one)]
    found = next((one for one in waiting if str(one.id) == at), waiting[0] if waiting else None)
    return None if found is None else DeterminationForm(desk, record, found)


def waits_for_determination(bia: BestInterests) -> bool:
    """True while the authority has not decided what was asked of it."""
    return bia.needs_bid and bia.bid_decided_on is None
