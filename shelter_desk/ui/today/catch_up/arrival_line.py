"""A fast line for somebody who came: what an admission cannot do without."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import BedId
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Birth, Names, Person, read_code
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import duplicates, residents
from shelter_desk.operations.stays import place_requests, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.catch_up import choices
from shelter_desk.ui.today.catch_up.fast_line import CatchUpLine, MomentFields, Period, at_text
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.beds import held_beds as held_words
from shelter_desk.words.beds import room_rules

OLDEST = 110
LATER = choices.LATER
NOBODY = ""  # who came was not expected
# rooms kept for a family, a mother, the sick or a sensitive case are never proposed by themselves
_ORDINARY = frozenset({"dortoir_f", "dortoir_h", "dortoir_filles", "dortoir_garcons", "transit"})


class ArrivalLine(CatchUpLine):
    """When, who, from where, in which bed; somebody known already is named by code alone.

    What was held for an arrival of that day can be chosen, and ends as taken.
    """

    when = "admitted_at"
    at: MomentFields

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Arrival"), "arrive")
        self._bed_by_hand = False
        self.known: Person | None = None
        self.at = MomentFields(self, words.text("Date"))
        self.code = LineField(words.text("Code, if known here"))
        self.sex = Segments([("f", words.text("Female")), ("m", words.text("Male"))], None, words.text("Sex"))
        self.sex_field = Field(words.text("Sex"), self.sex, required=True)
        self.age = NumberField(words.text("Estimated age"), 0, OLDEST, unit=words.text("years"))
        self.unknown = QCheckBox(words.text("unknown age"))
        self.age_unknown = Field("", self.unknown)
        self.country = ChoiceField(words.text("Nationality"), choices.countries(""), required=True)
        self.situation = CodeField(words.text("Migration situation"), "migration_situation", required=True)
        of_child = code_lists.of("child_status", without=("sans_objet",))
        self.child = ChoiceField(words.text("Situation of the child"), of_child, required=True)
        self.bed = ChoiceField(words.text("Bed for this night"))
        self.last = NameField(words.text("Last name"))
        self.given = NameField(words.text("First name"))
        self.expected = ChoiceField(words.text("Arrival expected"), key="held_no")
        self._awaited: dict[str, HeldLine] = {}
        self.fields = {
            "admitted_at": self.at.day,
            "held_no": self.expected,
            "person_code": self.code,
            "sex": self.sex_field,
            "birth_date": self.age,
            "nationality": self.country,
            "migration_situation": self.situation,
            "child_status": self.child,
            "bed_code": self.bed,
        }
        self.add_fields((self.at.day, 132), (self.at.hour, 76), (self.expected, 330), (self.code, 130))
        self.add_fields((self.sex_field, 0), (self.age, 96))
        self.add_fields((self.age_unknown, 0), (self.country, 190), (self.situation, 240), (self.child, 220))
        self.add_fields((self.bed, 220))
        if desk.may(Permission.SEE_NAMES):
            self.add_fields((self.last, 150), (self.given, 150))
        self._connect()
        self._look_for_awaited()
        self._propose()

    def _connect(self) -> None:
        for changed in (self.at.day.changed, self.at.hour.changed):
            changed.connect(self._moment_changed)
        self.expected.chosen.connect(self._expected_chosen)
        self.code.finished.connect(self._look_up)
        self.sex.chosen.connect(self._sex_chosen)
        self.age.changed.connect(self._propose)
        self.unknown.toggled.connect(self._propose)
        self.bed.chosen.connect(self._bed_chosen)
        for line in (self.last, self.given):
            line.finished.connect(self._compare)

    # While typing ----------------------------------------------------------------------------------------------------

    def _night(self) -> date:
        return self.at.day.day() or self.desk.today()

    def _birth(self) -> Birth:
        if self.known is not None:
            return self.known.birth
        age = self.age.number()
        if age is None or self.unknown.isChecked():
            return UNKNOWN_BIRTH
        return Birth(precision="estimated", age_estimated=age, age_estimated_on=self._night())

    def _sex(self) -> str:
        return self.known.sex if self.known is not None else self.sex.value() or ""

    @Slot()
    def _moment_changed(self) -> None:
        self.at.refresh()
        self._look_for_awaited()
        self._propose()

    def _look_for_awaited(self) -> None:
        """What may be taken on the day typed; nothing is asked where nobody was expected."""
        self._awaited = {str(one.held.id): one for one in held_beds.awaited_on(self.desk, self._night())}
        told = words.text("{place}, {who} ({number})")
        offered = [
            (
                key,
                told.format(
                    place=held_words.place(one.place, one.held),
                    who=held_words.who(one.held.groups),
                    number=one.held.held_no,
                ),
            )
            for key, one in self._awaited.items()
        ]
        self.expected.set_choices([(NOBODY, words.text("somebody not expected")), *offered])
        if self.expected.value() is None:
            self.expected.choose(NOBODY)
        self.expected.setVisible(bool(offered))

    def _held(self) -> HeldLine | None:
        return self._awaited.get(self.expected.code())

    @Slot(str)
    def _expected_chosen(self, _held: str) -> None:
        """The sex, where it is said of whoever was expected, and the bed."""
        line, self._bed_by_hand = self._held(), False
        sexes = {one.sex for one in line.held.groups} if line is not None else set()
        if len(sexes) == 1 and self.known is None and not self.sex.value():
            self.sex.choose(sexes.pop())
            self._sex_chosen(self._sex())
        else:
            self._propose()

    @Slot(str)
    def _sex_chosen(self, sex: str) -> None:
        self.country.set_choices(choices.countries(sex))
        self._propose()

    @Slot(str)
    def _bed_chosen(self, _bed: str) -> None:
        self._bed_by_hand = True

    @Slot()
    def _look_up(self) -> None:
        """Somebody known already: what the file knows is not asked again."""
        typed = self.code.text()
        try:
            self.known = self._person_of(typed) if typed else None
        except errors.RuleBroken:
            self.known = None  # said when the line is kept
        names = [self.last, self.given] if self.desk.may(Permission.SEE_NAMES) else []
        for field in (self.sex_field, self.age, self.age_unknown, self.country, *names):
            field.setVisible(self.known is None)
        self._propose()

    def _person_of(self, typed: str) -> Person:
        code = read_code(typed)
        for line in residents.lines_of(self.desk, residents.search(self.desk, code, 5)):
            if line.person.code == code:
                return line.person
        raise errors.NoSuch("person", code)

    @Slot()
    def _propose(self) -> None:
        """Beds for who is typed so far; the best one is chosen until a person chooses."""
        birth, night, sex = self._birth(), self._night(), self._sex()
        self.child.setVisible(birth.is_minor(night))
        if not sex:
            self.bed.set_choices([(LATER, words.text("Later"))])
            return
        line = self._held()
        found = beds.beds_for(self.desk, sex, birth, night, own=None if line is None else line.held.id)
        self.bed.set_choices(choices.beds(found, later=True))
        choices.say_not_yet(self.bed, found)
        if not self._bed_by_hand or self.bed.value() is None:
            own = (one for one in found if one.is_possible and line is not None and _is_for(line, one))
            fit = (one for one in found if not one.against and one.is_possible and one.room.room_type in _ORDINARY)
            self.bed.choose(next((str(one.bed.id) for one in (*own, *fit)), LATER))

    @Slot()
    def _compare(self) -> None:
        """R-02: somebody of a like name may be known already."""
        names, sex = self._names(), self._sex()
        if not names.known or not sex or self.done is not None:
            return
        found = duplicates.alike(self.desk, names, sex, self._birth(), self.country.value() or "")
        if found:
            told = ", ".join(one.person.code for one in found)
            self.last.set_warning(f"{room_rules.warning('R-02')} {told}")
        else:
            self.last.clear()

    def _names(self) -> Names:
        return Names(self.last.text(), self.given.text()) if self.desk.may(Permission.SEE_NAMES) else Names()

    def retyped(self) -> None:
        self._bed_by_hand = True
        self._sex_chosen(self._sex())
        self._look_up()

    # Keeping ---------------------------------------------------------------------------------------------------------

    def act(self, desk: Desk) -> Told:
        self.known = self._person_of(self.code.text()) if self.code.text() else None
        admission = self._admission()
        made = stays.admit(desk, admission)
        bed = self.bed.combo.currentText() if admission.spot is not None else words.text("no bed yet")
        told = words.text("{code}, {at} · {bed}")
        self.summary = told.format(code=made.code, at=at_text(admission.admitted_at), bed=bed)
        said = [words.text("{code} is admitted.").format(code=made.code)]
        said += [room_rules.warning(finding.rule) for finding in made.warnings]
        return Told("attention" if made.warnings else "ok", " ".join(said), made.done)

    def _admission(self) -> Admission:
        at, birth = self.at.moment("admitted_at"), self._birth()
        if self.known is None and birth == UNKNOWN_BIRTH and not self.unknown.isChecked():
            if not self._sex():
                raise errors.Missing("sex")
            raise errors.Missing("birth_date")
        minor = birth.is_minor(at.date())
        if minor and not self.child.value():
            raise errors.Missing("child_status")
        bed, line = self.bed.value(), self._held()
        waits = None if line is None else place_requests.waiting_one(self.desk, line.held.request)
        admission = Admission(
            at,
            "premiere",  # of somebody who was here before the operation makes a readmission
            self.situation.value() or "",
            referral_source=waits.source if waits is not None else "" if line is None else line.held.source,
            child_status=(self.child.value() or "") if minor else "",
            request=None if waits is None else waits.id,
            held=None if line is None else line.held.id,
            spot=None if bed in (None, LATER) else Spot("lit", BedId(int(str(bed))), reason=self.why_set_aside()),
        )
        if self.known is not None:
            return replace(admission, person=self.known.id)
        country = self.country.value() or ""
        return replace(admission, sex=self._sex(), birth=birth, nationality=country, names=self._names())


def _is_for(line: HeldLine, one: Proposal) -> bool:
    """Whether that bed is the one held, or of the room where places are."""
    return one.bed.id == line.held.bed if line.held.bed is not None else one.room.id == line.held.room
