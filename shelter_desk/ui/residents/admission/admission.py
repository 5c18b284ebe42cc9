"""The admission on one page: arrival, person, bed, and who may be known already."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Birth, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.domain.stock.refusals import StockRefused
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import duplicates, residents
from shelter_desk.operations.residents.duplicates import Likeness
from shelter_desk.operations.stays import families, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import opening_names
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.next_turn import in_steps
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.admission.admission_frame import AdmissionFrame
from shelter_desk.ui.residents.admission.admission_queries import (
    asked,
    is_held_for,
    left_for_later,
    met_again,
    told_of,
)
from shelter_desk.ui.residents.admission.bed_choice import BedChoice, bed_of
from shelter_desk.ui.residents.admission.duplicates_card import DuplicatesCard
from shelter_desk.ui.residents.admission.kinds import KindSwitch
from shelter_desk.ui.residents.admission.person_card import PersonCard
from shelter_desk.ui.residents.admission.rejoin_card import RejoinCard
from shelter_desk.ui.residents.admission.welcome_cards import ArrivalCard, WelcomeCards
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel


class AdmissionFace(AdmissionFrame):
    """Arrival, person, bed, and who may be known already."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, person: PersonCard | None = None) -> None:
        """person: the card, made before since it takes as long as all the others."""
        super().__init__(desk, parent)
        self.others: set[PersonId] = set()  # said to be other persons
        self._as_met: dict[str, Value] | None = None  # what was filled in for an arrival that is expected
        self.kinds = KindSwitch("person")
        in_steps(self, self._make(person))

    def _make(self, person: PersonCard | None) -> Iterator[None]:
        desk = self.desk
        self.arrival = ArrivalCard(desk)
        self.person = person or PersonCard(desk)
        self.duplicates = DuplicatesCard(desk.today())
        yield
        self.welcome = WelcomeCards(desk)
        yield
        self.bed_card = Card(words.text("Bed for this night"), "")
        self.choice = BedChoice(desk)
        self.bed_card.body.addWidget(self.choice)
        self.rejoining = RejoinCard()
        self.later = ElidedLabel(ink="ink2")
        yield
        yield from self._lay_out()
        self._connect()
        self.keep_drafts("residents/admission")
        self.choice.changed.connect(self.drafting.touch)
        self.person.languages.changed.connect(self.drafting.touch)

    def _lay_out(self) -> Iterator[None]:
        is_whole = self.desk.may(Permission.ADMIT)
        mark = None if is_whole else Badge(words.text("Provisional admission"), "attention")
        left = (self.arrival, self.person, self.rejoining, self.welcome)
        right = (self.duplicates, self.bed_card)
        head = (words.text("Admit a person"), mark, self.kinds)
        yield from self.stand_around(head, (left, right), ("pencil", self.later))
        if not is_whole:
            self.kinds.hide()

    def _connect(self) -> None:
        self.arrival.day_changed.connect(self._day_changed)
        self.arrival.kind_chosen.connect(self._kind_chosen)
        self.person.who_changed.connect(self._who_changed)
        self.person.body_changed.connect(self._propose)
        self.person.forgotten.connect(self._forgotten)
        for field in (self.arrival.source, self.person.region.of_mali):
            field.chosen.connect(self._count)
        for one in (self.person.languages, self.person.region.elsewhere, self.choice):
            one.changed.connect(self._count)
        self.welcome.changed.connect(self._who_changed)
        self.welcome.recording_chosen.connect(self.person.be_minimal)
        self.welcome.given_chosen.connect(self.person.languages.set_required)
        self.duplicates.same.connect(self._same)
        self.duplicates.other.connect(self._other)

    # Opening ---------------------------------------------------------------------------------------------------------

    def open(self, spot: Spot | None = None, person: Person | None = None) -> None:
        """Show the draft, or begin; what was only filled in for an arrival that is expected is no draft.

        spot: already chosen on the plan, what is held elsewhere is not taken then. person: to be readmitted.
        """
        for _ in self.opening(spot, person):
            pass

    def opening(self, spot: Spot | None = None, person: Person | None = None) -> Iterator[None]:
        """The steps of `open`, of which none takes long."""
        if person is not None:
            self.drafting.keep_now()
            self.begin()
            self.person.use(person)
            self.arrival.kind.choose("readmission")
            self._typed = True
        elif self._typed and self.values() != self._as_met:
            self.arrival.meet(*met_again(self.desk, self.values()["meets"]))
        else:
            if self._typed:
                self.give_up()
            self.begin()
            self.drafting.begin()
        if spot is not None:
            if self.arrival.held is not None and not is_held_for(self.desk, self.arrival.held, spot):
                self.arrival.meet_nobody()
            self.choice.choose(spot)
        yield
        self.refresh()
        first = self.person.situation if person else self.person.last
        (first if first.isVisibleTo(self) else self.person.sex_field).setFocus(Qt.FocusReason.OtherFocusReason)

    def describe(self, sex: str, birth: Birth) -> None:
        """What was said of who comes while a bed was looked for, where nothing is typed of it yet."""
        if self.person.known is not None or self.person.sex_code() or self.person.birth.is_answered():
            return
        was_typed = self._typed
        self.person.sex.choose(sex)
        if birth.age(self.desk.today()) is not None:
            self.person.birth.show_birth(birth)
        self._typed = True
        self.refresh()
        self._as_met = None if was_typed else self.values()

    def meet(self, request: PlaceRequest | None, held: HeldLine | None = None) -> None:
        """The admission meets that request, takes what is held, or both: the sex where there is one, the bed."""
        was_typed = self._typed
        self.arrival.meet(request, held)
        groups = held.held.groups if held is not None else () if request is None else request.groups
        sexes = {one.sex for one in groups}
        if len(sexes) == 1 and self.person.known is None and not self.person.sex_code():
            self.person.sex.choose(sexes.pop())
            self._typed = True
        if held is not None:
            place = Spot("lit", held.held.bed) if held.held.bed is not None else self._in_room(held)
            self.choice.choose(place)
            self._typed = True
        self.refresh()
        self._as_met = None if was_typed else self.values()
        self.drafting.touch()

    def _in_room(self, held: HeldLine) -> Spot | None:
        """The first bed of the room that is held, of those that can be given."""
        sex, night = self.person.sex_code() or held.held.groups[0].sex, self.arrival.night()
        found = beds.beds_for(self.desk, sex, self.person.birth_known(), night, own=held.held.id)
        mine = next((one for one in found if one.room.id == held.held.room and one.is_possible), None)
        return None if mine is None else Spot("lit", mine.bed.id)

    @Slot()
    def begin(self) -> None:
        """Forget what was typed."""
        opening_names.begin(self.desk)  # whom the new one is compared with
        self.others = set()
        self.clear_errors()
        self.arrival.begin()
        with QSignalBlocker(self.person):  # nobody is looked for among those known while what was typed goes
            self.person.begin()
        self.choice.forget()
        self.welcome.begin()
        self.duplicates.show_those([], Birth(), female=True)
        self.late_reason.forget()
        self._typed, self._as_met = False, None
        if self.isVisible():  # else as it is opened
            self.refresh()

    def again(self) -> Callable[[], None]:
        """Who was said to be another person too, which no draft keeps."""
        show, others = super().again(), self.others

        def show_again() -> None:
            show()
            self.others = others
            self._who_changed()

        return show_again

    def values(self) -> dict[str, Value]:
        """What a draft keeps: everything typed or chosen, and who it is about."""
        known, request, held = self.person.known, self.arrival.request, self.arrival.held
        meets = ["" if request is None else str(request.id), "" if held is None else str(held.held.id)]
        return super().values() | {"known": "" if known is None else known.code, "meets": meets}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show what was kept; whom it cannot be about any more (somebody undone meanwhile) is left out."""
        self.begin()
        drafting.put(self.arrival.day, values.get("arrival/day", ""))
        self.arrival.meet(*met_again(self.desk, values.get("meets", ["", ""])))
        self.refresh()
        for key, editor in self.drafted.items():
            if key in values and key not in ("arrival/day", "choice"):
                drafting.put(editor, values[key])
            if key == "person/country":  # the nationality asks for a region
                self.person.region.set_country(self.person.country.value() or "")
        known = str(values.get("known", ""))
        person = person_of(self.desk, known) if known else None
        if person is not None:
            self.person.use(person)
        self.refresh()
        self.welcome.show_again()
        drafting.put(self.choice, values.get("choice", ["", ""]))
        self._typed = True
        self._count()

    def clear_errors(self) -> None:
        """Take what was refused away."""
        super().clear_errors()
        for field in (self.arrival.day, self.arrival.kind, self.welcome.kit):
            field.clear()
        self.person.clear_errors()

    # While typing ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again who and which beds there are on the night typed."""
        with refusals_told(self.told):  # of a night that the role may not see
            board = bed_board.board(self.desk, self.arrival.night())
            codes = {look.bed.id: look.bed.code for room in board.rooms for look in room.beds}
            self.person.be_birth(self.arrival.kind.value() == "naissance")
            self.person.set_present(board.everyone, self.arrival.night(), codes)
            self._propose(board)

    @Slot()
    def _day_changed(self) -> None:
        self._typed = True
        self.refresh()

    @Slot(str)
    def _kind_chosen(self, kind: str) -> None:
        self._typed = True
        if kind == "naissance":
            self.person.birth.show_birth(Birth(self.arrival.night()))
            self.person.child.choose("enfant_residente")
            self.arrival.source.choose("ne_au_centre")
        elif kind == "transfert" and self.arrival.source.value() is None:
            self.arrival.source.choose("autre_centre")
        self.person.be_birth(kind == "naissance")
        self._propose()

    @Slot()
    def _who_changed(self) -> None:
        self._typed = True
        self._count()
        if self.person.known is not None or not self.desk.may(Permission.SEE_NAMES):
            return
        sex, birth, names = self.person.sex_code(), self.person.birth_known(), self.person.names()
        found = duplicates.alike(self.desk, names, sex, birth, self.person.country.value() or "") if sex else []
        found = [one for one in found if one.person.id not in self.others]
        self.duplicates.show_those(found, birth, female=sex == "f")

    @Slot()
    def _propose(self, board: Board | None = None) -> None:
        """Beds for who is typed so far; a person of whom no sex is said yet is offered nothing."""
        sex, birth, night = self.person.sex_code(), self.person.birth_known(), self.arrival.night()
        head = self.person.accompanied()
        self.welcome.be_about(self.person.is_minor(night))
        if self.arrival.kind.value() == "naissance":
            sex = sex or "f"
            if head is not None:  # a child born here takes after the mother until something else is chosen
                self._take_after(head)
        self.bed_card.secondary.setText(choices.who(sex, birth, night) if sex else words.text("Choose the sex first."))
        self.choice.setVisible(bool(sex))
        with refusals_told(self.told):
            self._propose_beds(sex, birth, night, board)
        self._offer_family(night)
        self._count()

    def _offer_family(self, night: date) -> None:
        """Of somebody who was here before: those in their care then."""
        known = self.person.known
        may = known is not None and self.desk.may(Permission.ADMIT) and night <= self.desk.today()
        found = families.once_in_care(self.desk, known.id, night) if known is not None and may else ()
        self.rejoining.show_those(found, night)

    def _propose_beds(self, sex: str, birth: Birth, night: date, board: Board | None) -> None:
        """Raises NotAllowed of a night that the role may not see."""
        head, known = self.person.accompanied(), self.person.known
        if sex:
            family = None if head is None else head.stay.family
            bed = None if head is None else bed_of(board or bed_board.board(self.desk, night), head.placement)
            held = self.arrival.held
            own = None if held is None else held.held.id
            self.choice.propose(sex, birth, night, family, bed, None, None, None if known is None else known.id, own)

    def _take_after(self, mother: Present) -> None:
        if self.person.country.value() is None:
            self.person.country.choose(mother.person.nationality)
            self.person.region.set_country(mother.person.nationality)
        if self.person.situation.value() is None:
            self.person.situation.choose(mother.stay.migration_situation)

    @Slot(object)
    def _same(self, one: Likeness) -> None:
        self.duplicates.show_those([], Birth(), female=True)
        self.arrival.kind.choose("readmission")
        self.person.use(one.person)

    @Slot(object)
    def _other(self, one: Likeness) -> None:
        self.others.add(one.person.id)
        self._who_changed()

    @Slot()
    def _forgotten(self) -> None:
        self.arrival.kind.choose("premiere")
        self._who_changed()

    @Slot()
    def _count(self) -> None:
        self.draft.setVisible(self._typed)
        n = self.person.left_for_later() + (self.arrival.source.value() is None)
        chosen = self.choice.chosen()
        n += chosen is None or chosen.spot is None
        self.later.setText(left_for_later(n))

    # Admitting -------------------------------------------------------------------------------------------------------

    def admit(self) -> tuple[Told, PersonId]:
        """Admit who is typed."""
        made = self.drafting.saved_by(partial(stays.admit, self.desk, asked(self)))
        return told_of(made), made.person

    def refuse(self, error: errors.RuleBroken) -> None:
        """A missing reason is said beside its own field already; of a birth what may be said."""
        if isinstance(error, errors.Missing) and error.field == "reason":
            return
        if isinstance(error, errors.Missing) and error.field == "birth_date":
            self.person.birth.refuse(words.text("Say what is known, or that it is unknown."))
            self.person.birth.editor().setFocus()
            return
        super().refuse(error)

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """What the store refuses is said beside the kit."""
        return self.welcome.kit if isinstance(error, StockRefused) else super().field_of(error)


def person_of(desk: Desk, code: str) -> Person | None:
    """Who has this code, or had it before two files became one; None where the admission was undone meanwhile."""
    return residents.coded(desk, code)
