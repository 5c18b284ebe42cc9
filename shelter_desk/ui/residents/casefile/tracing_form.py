"""The search for the family of a child: opened with the child's yes or no, then step by step."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.casefile.minors import SEARCHING, Relative, Tracing
from shelter_desk.domain.consent.consents import FAMILY_CONTACT
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import TracingId
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.casefile import minors, tracing
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
from shelter_desk.ui.residents.acts.without_consent import WithoutConsentFields
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.name_on_demand import NameField


class TracingForm(CaseForm):
    """What the child wants comes first; without a yes nobody is looked for."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Family tracing of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Open the search"), "search")
        self._stay, self._contact = stay.stay.id, minors.of(desk, record.person.id).contact
        self._make()
        self.row((self.wanted, 300), (self.day, 150), (self.partner, 300))
        self.add(self.consent)
        self.row((self.separated, 170), (self.place, 260), (self.care, 300))
        self.add(self.causes, self.relatives, self.service)
        self.wanted.chosen.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        today = self.desk.today()
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

    @Slot(str)
    def refresh(self, _answer: str = "") -> None:
        yes = self.wanted.value() == "oui"
        for field in (self.day, self.partner, self.relatives, self.service):
            field.setVisible(yes)
        self.consent.show_why(FAMILY_CONTACT, self._contact if yes else None)
        self.verb.setText(
            words.text("Open the search") if self.wanted.value() != "non" else words.text("Record the no")
        )

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


def step(desk: Desk, record: Record, _stay: StayRecord, at: str) -> TracingStepForm | None:
    """The form about that search, else about the last one that goes on; None where none does."""
    going = [one for one in minors.of(desk, record.person.id).tracings if one.status in SEARCHING]
    found = next((one for one in going if str(one.id) == at), going[0] if going else None)
    return None if found is None else TracingStepForm(desk, found)
