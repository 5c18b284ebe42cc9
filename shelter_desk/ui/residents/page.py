"""Residents: the list and the record side by side, or the admission."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import place_requests
from shelter_desk.operations.stays.placing import FoundBed, Spot
from shelter_desk.ui import tasks
from shelter_desk.ui.next_turn import NextTurn, in_steps, over_turns, turn_by_turn
from shelter_desk.ui.page import Page
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.admission.admission import AdmissionFace, person_of
from shelter_desk.ui.residents.admission.admission_queries import taken_line
from shelter_desk.ui.residents.admission.family.face import FamilyFace
from shelter_desk.ui.residents.admission.person_card import PersonCard
from shelter_desk.ui.residents.record.record import RecordView
from shelter_desk.ui.residents.residents_list import ResidentsList
from shelter_desk.ui.widgets.layouts import in_column, in_row

PLACES = "assistance/places"  # the requests for a place


class ResidentsPage(Page):
    """Who is here and who was; one record; an admission."""

    concerns = Changes(stays=True, rooms=True, services=True, cases=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._admission: AdmissionFace | None = None
        self._family: FamilyFace | None = None
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        self.people = ResidentsList(self.desk)
        yield
        self.record = RecordView(self.desk)
        yield
        self._files = QWidget()
        in_row(self.people, (self.record, 1), within=self._files, spacing=0)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._files)
        in_column(self._faces, within=self)
        self.people.opened.connect(self._open)
        self.people.admission_wanted.connect(self._admit)
        if self.people.intake is not None:
            self.people.intake.wanted.connect(self.import_wanted)
            self.people.intake.told.connect(self.told)
        self.people.told.connect(self.told)
        self.record.opened.connect(self._open)
        self.record.told.connect(self.told)
        self.record.bed_wanted.connect(self.bed_wanted)
        self.record.readmission_wanted.connect(self._readmit)
        self.record.page_wanted.connect(self.page_wanted)
        self.record.alone_changed.connect(self.people.setHidden)
        self.record.acted.connect(self._acted)
        self.record.draft_found.connect(self.draft_found)
        self.people.places_wanted.connect(partial(self.page_wanted.emit, PLACES))

    @property
    def admission(self) -> AdmissionFace:
        """The form of an admission, made when it is first asked for: it takes as long as all the rest of the page."""
        return self._admission or self._take_in(AdmissionFace(self.desk, self._faces))

    def _take_in(self, made: AdmissionFace) -> AdmissionFace:
        self._admission = made
        made.told.connect(self.told)
        made.admitted.connect(self._admitted)
        made.closed.connect(self._to_files)
        made.draft_found.connect(self.draft_found)
        made.choice.request_wanted.connect(partial(self.page_wanted.emit, f"{PLACES}/new"))
        made.kinds.wanted.connect(self.admit_family)
        self._faces.addWidget(made)
        if self.names_masked:
            self.mask_names(True)
        return made

    @property
    def family(self) -> FamilyFace:
        """The form of the admission of a family, made when it is first asked for."""
        if self._family is None:
            self._family = made = FamilyFace(self.desk, self._faces)
            made.told.connect(self.told)
            made.admitted.connect(self._admitted)
            made.closed.connect(self._to_files)
            made.draft_found.connect(self.draft_found)
            made.kinds.wanted.connect(self._admit)
            self._faces.addWidget(made)
            if self.names_masked:
                self.mask_names(True)
        return self._family

    @Slot()
    def admit_family(self) -> None:
        """Show the admission of a family, with what was typed before."""
        self.family.open()
        self._faces.setCurrentWidget(self.family)

    def refresh(self) -> None:
        """Ask for the list and the record shown again."""
        with refusals_told(self.told):
            self.people.refresh()
            self.record.refresh()

    def is_editing(self) -> bool:
        """True while something of the record is typed or a begun admission is shown."""
        form = self._faces.currentWidget()
        begins_one = isinstance(form, AdmissionFace | FamilyFace) and form.is_editing()
        return self.record.is_editing() or begins_one

    def open_record(self, person: PersonId) -> None:
        """Show the record of that person."""
        self._faces.setCurrentWidget(self._files)
        self.record.open(person)
        self.people.choose(person)

    def show_record(self, person: PersonId) -> None:
        """Show the record of that person over turns of the window."""
        self._faces.setCurrentWidget(self._files)
        self.record.open_over_turns(person)
        self.people.choose(person)

    def open(self, part: str) -> None:
        """Show one part: `7K3-QMX-E/consents`, `7K3-QMX-E/form/merge/8DD-QVZ-Q`, or `alerts/R-24/screening`."""
        first, _, rest = part.partition("/")
        if first == "alerts":
            rule, _, kind = rest.partition("/")
            self._faces.setCurrentWidget(self._files)
            self.people.keep_alerts(rule, kind)
            return
        person = person_of(self.desk, first)
        if person is not None:
            self.open_record(person.id)
            if rest.startswith("form/"):
                self.record.settle_at(rest)
            else:
                self.record.show_tab(rest)

    def admit(self, spot: Spot | FoundBed | PlaceRequest | HeldBed | None = None) -> None:
        """Show the admission, with what was typed before.

        spot: a place already chosen, one that was looked for somebody, the request to meet, with what is held for it,
        or the held bed to take.
        """
        found = spot if isinstance(spot, FoundBed) else None
        self.admission.open(spot if isinstance(spot, Spot) else None if found is None else found.spot)
        if found is not None:
            self.admission.describe(found.sex, found.birth)
        if isinstance(spot, PlaceRequest):
            held = held_beds.of_requests(self.desk, [spot.id]).get(spot.id, ())
            self.admission.meet(spot, next((one for one in held if one.held.holds(self.desk.today())), None))
        elif isinstance(spot, HeldBed):
            self.admission.meet(place_requests.waiting_one(self.desk, spot.request), taken_line(self.desk, spot.id))
        self._faces.setCurrentWidget(self.admission)

    def resume(self, draft: Draft) -> None:
        """Open the form that this draft fills; nothing happens where the person is not in the file any more."""
        kind, _, code = draft.form.removeprefix("residents/").partition("/")
        if kind == "admission":
            self.admit(None)
            self.admission.drafting.resume(draft)
            return
        if kind == "family-admission":
            self.admit_family()
            self.family.drafting.resume(draft)
            return
        person = person_of(self.desk, code)
        if person is not None:
            self.open_record(person.id)
            self.record.resume(kind, draft)

    @Slot(int)
    def _open(self, person: int) -> None:
        self.show_record(PersonId(person))

    @Slot()
    def _admit(self) -> None:
        if self._admission is None:  # each of these takes long
            over_turns(self, self._make_admission, PersonCard, self.desk)
        else:
            self._begin_admission()

    def _make_admission(self, person: PersonCard) -> None:
        over_turns(self, self._open_admission, AdmissionFace, self.desk, self._faces, person)

    def _open_admission(self, made: AdmissionFace) -> None:
        if self._admission is None:
            self._take_in(made)
        else:  # asked for otherwise meanwhile
            made.deleteLater()
        NextTurn(self, self._begin_admission)

    def _begin_admission(self) -> None:
        turn_by_turn(self, self.admission.opening(), partial(self._faces.setCurrentWidget, self.admission))

    @Slot(int)
    def _readmit(self, person: int) -> None:
        known = residents.record(self.desk, PersonId(person)).person
        self.admission.open(None, known)
        self._faces.setCurrentWidget(self.admission)

    @Slot(int)
    def _admitted(self, person: int) -> None:
        """The record of that person, once the red flags of the house are worked out beside the window."""
        self._faces.setCurrentWidget(self._files)
        self.record.show_nobody()
        opened = partial(self._open_admitted, PersonId(person))
        tasks.run(partial(flags.of_house, self.desk), opened, opened)  # a record tells itself what cannot be read

    def _open_admitted(self, person: PersonId, _flags: object) -> None:
        if not residents.is_in_file(self.desk, person):
            return
        reveal = partial(self._reveal, person)
        if self.record.is_empty():  # nobody was chosen meanwhile
            self.record.open_over_turns(person, reveal)
        else:
            reveal()

    def _reveal(self, person: PersonId) -> None:
        with refusals_told(self.told):
            self.people.reveal(person)
            self._is_stale = False

    @Slot()
    def _acted(self) -> None:
        self._look_again()

    @Slot()
    def _to_files(self) -> None:
        self._faces.setCurrentWidget(self._files)
        if self._is_stale:
            self._look_again()
        self.people.list.setFocus()
