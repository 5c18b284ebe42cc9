"""A whole family admitted on one page: arrival, persons, beds together, needs and agreement; everybody in one act."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import NOT_ASKED
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import is_request
from shelter_desk.operations.beds import beds, family_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import duplicates, residents
from shelter_desk.operations.residents.duplicates import Likeness
from shelter_desk.operations.stays import family_admissions
from shelter_desk.operations.stays.family_admissions import FamilyAdmitted
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.next_turn import in_steps
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.admission.admission_frame import AdmissionFrame
from shelter_desk.ui.residents.admission.duplicates_card import DuplicatesCard
from shelter_desk.ui.residents.admission.family.beds_card import FamilyBedsCard
from shelter_desk.ui.residents.admission.family.member_row import LATER, WITH_FAMILY, MemberRow
from shelter_desk.ui.residents.admission.family.people_card import PeopleCard
from shelter_desk.ui.residents.admission.kinds import KindSwitch
from shelter_desk.ui.residents.admission.welcome_cards import ArrivalCard, WelcomeCards
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.beds import room_rules

NAME = "residents/family-admission"


class FamilyFace(AdmissionFrame):
    """The persons of a family, row by row, and a room that takes them together. Ctrl++ adds one."""

    side = 400

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._about: MemberRow | None = None  # whose duplicates are shown
        self.kinds = KindSwitch("family")
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        desk = self.desk
        self.arrival = ArrivalCard(desk)
        self.people = PeopleCard(desk)
        self.duplicates = DuplicatesCard(desk.today())
        self.welcome = WelcomeCards(desk)
        self.beds = FamilyBedsCard(desk)
        self.adults = Label(words.text("Other adults are asked alone, on their own file."), size="small", ink="ink2")
        self.welcome.agreed.body.addWidget(self.adults)
        left, right = (self.arrival, self.people, self.welcome), (self.duplicates, self.beds)
        told = Label(words.text("Each has a code, a file and nights of their own."), ink="ink2")
        head = (words.text("Admit a family"), None, self.kinds)
        yield from self.stand_around(head, (left, right), ("two-people", told))
        self._connect()
        self.keep_drafts(NAME)
        self.beds.changed.connect(self.drafting.touch)
        self.people.languages.changed.connect(self.drafting.touch)
        self.people.added.connect(self.drafting.listen)

    def _connect(self) -> None:
        self.arrival.day_changed.connect(self._changed)
        self.people.changed.connect(self._changed)
        self.people.named.connect(self._look_for_alike)
        self.beds.changed.connect(self._mark_typed)
        for field in (self.arrival.source, self.people.country, self.people.situation):
            field.chosen.connect(self._mark_typed)
        self.welcome.changed.connect(self._mark_typed)
        self.welcome.given_chosen.connect(self.people.languages.set_required)
        self.duplicates.same.connect(self._same)
        self.duplicates.other.connect(self._other)
        self.on_keys("Ctrl++", self.people.add_person)

    # Opening ---------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show what was typed, or begin."""
        if not self._typed:
            self.begin()
            self.drafting.begin()
        else:
            self.refresh()
        self.kinds.show_kind("family")
        first = self.people.rows[0]
        (first.last if first.last.isVisibleTo(first) else first.sex_field).setFocus()

    @Slot()
    def begin(self) -> None:
        """Forget what was typed."""
        self.clear_errors()
        self.arrival.begin()
        self.people.begin()
        self.beds.begin()
        self.welcome.begin()
        self.duplicates.show_those([], Birth(), female=True)
        self.late_reason.forget()
        self._listen()
        self._typed = False
        self.refresh()

    def _listen(self) -> None:
        """The rows are made anew: what is typed into them is kept."""
        if hasattr(self, "drafting"):
            self.drafting.listen(self.people)

    def values(self) -> dict[str, Value]:
        """What a draft keeps: everything typed or chosen, and who was known already."""
        return super().values() | {"known": ["" if row.known is None else row.known.code for row in self.people.rows]}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show what was kept; who is in the file no more is asked anew."""
        self.begin()
        known = [*values.get("known", ())]
        self.people.be_many(max(2, len(known)))
        self._listen()
        drafting.put(self.arrival.day, values.get("arrival/day", ""))
        self.refresh()
        for key, editor in self.drafted.items():
            if key in values and key not in ("arrival/day", "beds"):
                drafting.put(editor, values[key])
        for row, code in zip(self.people.rows, known, strict=False):
            found = residents.coded(self.desk, code) if code else None
            if found is not None:
                row.use(found)
        self.refresh()
        self.welcome.show_again()
        drafting.put(self.beds, values.get("beds", ["", ""]))
        self._typed = True
        self.draft.show()

    def clear_errors(self) -> None:
        """Take what was refused away."""
        super().clear_errors()
        for field in self.fields.values():
            field.clear()
        for row in self.people.rows:
            row.clear_errors()

    # While typing ----------------------------------------------------------------------------------------------------

    @Slot()
    def _mark_typed(self, _code: object = None) -> None:
        self._typed = True
        self.draft.show()

    @Slot()
    def _changed(self) -> None:
        self._mark_typed()
        self.refresh()

    def refresh(self) -> None:
        """Ask again which beds there are on the night typed, for all and for each."""
        rows, night = self.people.rows, self.arrival.night()
        self.draft.setVisible(self._typed)
        n = len(rows)
        self.admit_button.setText(words.count("Admit {n} person", "Admit {n} persons", n))
        self.adults.setVisible(any(self._is_other_adult(row) for row in rows))
        self.welcome.be_about(any(row.is_minor() and not row.is_own_child() for row in rows))
        for row in rows:
            row.set_night(night)
        if night > self.desk.today():
            return
        with refusals_told(self.told):
            for row in rows:
                who = row.arriving()
                row.propose(beds.beds_for(self.desk, who.sex, who.birth, night, person=who.person) if who.sex else ())
            family = [row.arriving() for row in rows]
            found = family_beds.rooms_for(self.desk, family, night) if family[0].sex else []
            self.beds.show_rooms(found, any(row.needs_reason() for row in rows))

    def _is_other_adult(self, row: MemberRow) -> bool:
        return not row.is_head and not row.is_minor()

    @Slot(object)
    def _look_for_alike(self, row: MemberRow) -> None:
        self._mark_typed()
        who, names = row.arriving(), row.names()
        if row.known is not None or not self.desk.may(Permission.SEE_NAMES) or not who.sex or not names.known:
            return
        country = self.people.country.value() or ""
        found = duplicates.alike(self.desk, names, who.sex, who.birth, country)
        taken = {one.known.id for one in self.people.rows if one.known is not None}
        self._about = row
        unlike = row.others | taken
        self.duplicates.show_those([one for one in found if one.person.id not in unlike], who.birth, who.sex == "f")

    @Slot(object)
    def _same(self, one: Likeness) -> None:
        self.duplicates.show_those([], Birth(), female=True)
        if self._about is not None:
            self._about.use(one.person)

    @Slot(object)
    def _other(self, one: Likeness) -> None:
        if self._about is not None:
            self._about.others.add(one.person.id)
            self._look_for_alike(self._about)

    # Admitting -------------------------------------------------------------------------------------------------------

    def asked(self) -> list[Admission]:
        """What is typed, the head first. Raises Missing of the arrival."""
        places = self.beds.spots(len(self.people.rows))
        reason = self.beds.reason.text()
        made = []
        for row, together in zip(self.people.rows, places, strict=True):
            alone = row.own_spot(reason)
            spot = together if row.bed.code() == WITH_FAMILY else None if row.bed.code() == LATER else alone
            made.append(self._of(row, spot))
        return made

    def _of(self, row: MemberRow, spot: Spot | None) -> Admission:
        who = row.arriving()
        one = Admission(
            self.arrival.moment(),
            "readmission" if row.known is not None else self.arrival.kind.value() or "",
            self.people.situation.value() or "",
            person=who.person,
            referral_source=self.arrival.source.value() or "",
            child_status=(row.child.value() or "") if row.is_minor() else "",
            spot=spot,
            not_the_same=tuple(sorted(row.others)),
            family_link="" if row.is_head else row.link.code(),
            link_basis="" if row.is_head else row.basis.code(),
        )
        languages = self.people.languages.values()
        if row.known is None:
            country = self.people.country.value() or ""
            names = row.names() if self.desk.may(Permission.SEE_NAMES_TONIGHT) else one.names
            one = replace(one, sex=who.sex, birth=who.birth, nationality=country, names=names, languages=languages)
        whole = self.welcome.complete(one, languages)
        if self._is_other_adult(row):
            return replace(whole, asked=NOT_ASKED, kit="")
        if row.is_own_child():
            agreed = words.text("The parent is here and agrees for the child.")
            whole = replace(whole, asked=replace(whole.asked, reason=agreed))
        return whole if row.is_head else replace(whole, kit="")

    def is_complete(self) -> bool:
        """Say what is missing beside the first field of the first row, or beside the reason."""
        for row in self.people.rows:
            field = row.missing()
            if field is not None:
                field.set_error(words.text("Fill this in."))
                field.setFocus()
                return False
        if self.beds.asks_reason and not self.beds.reason.text():
            self.beds.reason.set_error(words.text("Write why the rule is set aside."))
            self.beds.reason.setFocus()
            return False
        return True

    def admit(self) -> tuple[Told, PersonId]:
        """Admit everybody; the file of the head opens."""
        made = self.drafting.saved_by(partial(family_admissions.admit_family, self.desk, self.asked()))
        return told_of(made), made.head


def told_of(made: FamilyAdmitted) -> Told:
    """That they are admitted, and what only warns."""
    said = [words.count("{n} person admitted.", "{n} persons admitted.", len(made.codes))]
    said.append(words.text("Codes: {codes}.").format(codes=", ".join(made.codes)))
    for paper in made.papers:
        text = words.text("Slip {number}: the kit is given out.")
        if is_request(paper):
            text = words.text("Request {number} for the kit waits at the store.")
        said.append(text.format(number=paper))
    warned = list(dict.fromkeys(room_rules.warning(finding.rule) for finding in made.warnings))
    return Told("attention" if warned else "ok", " ".join([*said, *warned]), made.done)
