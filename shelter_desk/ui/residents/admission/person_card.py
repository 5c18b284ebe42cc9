"""Second card of an admission: who came, and from which region: one of Mali's, or free text for another country."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BedId
from shelter_desk.domain.residents.residents import Birth, Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.families import BASIS, LINK
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.several_field import SeveralField
from shelter_desk.ui.next_turn import in_steps
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.admission.birth_field import BirthField
from shelter_desk.ui.residents.admission.other_names import OtherNames
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats


class RegionField(QWidget):
    """The region, never the village."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._country = ""
        self.of_mali = CodeField(words.text("Region of origin"), "region_ml")
        self.elsewhere = LineField(words.text("Region of origin"), placeholder=words.text("Region, not the village"))
        in_column(self.of_mali, self.elsewhere, within=self)
        self.set_country("ML")

    @Slot(str)
    def set_country(self, country: str) -> None:
        """Ask as fits that nationality."""
        self._country = country
        self.of_mali.setVisible(country in ("ML", ""))
        self.elsewhere.setVisible(country not in ("ML", ""))
        self.setFocusProxy(self.of_mali if country in ("ML", "") else self.elsewhere)

    def region(self) -> str:
        """The code or the text, "" where nothing is said."""
        return self.of_mali.code() if self._country in ("ML", "") else self.elsewhere.text()

    def draft_value(self) -> list[str]:
        """What a draft keeps of it."""
        return [self.of_mali.code(), self.elsewhere.line.text()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept; the form says the country."""
        of_mali, elsewhere = list(value)
        self.of_mali.choose(of_mali or None)
        self.elsewhere.set_text(elsewhere)

    def show_region(self, region: str) -> None:
        """Show what is stored."""
        self.of_mali.choose(region or None)
        self.elsewhere.set_text("" if self.of_mali.value() else region)


NOBODY = "0"
NO_BEDS: Mapping[BedId, str] = MappingProxyType({})
YOUNGEST_MOTHER = 12
MOST_NAMED = 20


class PersonCard(Card, FieldGroup):
    """Names, sex, birth, origin, situation, family; or somebody known already, whose facts are not asked again."""

    who_changed = Signal()  # what duplicates are searched by
    body_changed = Signal()  # sex, birth, family: what beds depend on
    forgotten = Signal()  # it is not the known person after all

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("2. Person"), words.text("A usual name is enough. No paper is asked for."))
        self._desk = desk
        self.known: Person | None = None
        self.present: dict[str, Present] = {}
        self._here: list[Present] = []
        self._beds: Mapping[BedId, str] = NO_BEDS
        self._is_birth = False
        in_steps(self, self._make())

    def _make(self) -> Iterator[None]:
        yield from self._fields_made()
        self._lay_out()
        for line in (self.last, self.given, self.alias):
            line.changed.connect(self.who_changed)
        self.sex.chosen.connect(self._sex_chosen)
        self.birth.changed.connect(self._body)
        self.country.chosen.connect(self._country_chosen)
        self.head_field.chosen.connect(self._head_chosen)
        self.begin()

    def _fields_made(self) -> Iterator[None]:
        self.last = NameField(words.text("Last name"), key="last_name")
        self.given = NameField(words.text("First name"))
        self.alias = NameField(words.text("Alias or other spelling"))
        self.others = OtherNames(folded=True)
        segments = [("f", words.text("Female")), ("m", words.text("Male"))]
        self.sex = Segments(segments, accessible_name=words.text("Sex"))
        self.sex_field = Field(words.text("Sex"), self.sex, required=True, key="sex")
        self.birth = BirthField(self._desk.today())
        yield
        self.country = ChoiceField(words.text("Nationality"), choices.countries("f"), required=True, key="nationality")
        self.languages = SeveralField(words.text("Languages"), code_lists.of("language"), "language")
        self.region = RegionField()
        yield
        self.situation = CodeField(words.text("Migration situation"), "migration_situation", required=True)
        self.child = ChoiceField(
            words.text("Situation of the child"),
            code_lists.of("child_status", without=("sans_objet",)),
            required=True,
            key="child_status",
        )
        self.child.explain("separe_non_accompagne")
        self.head_field = ChoiceField(words.text("Accompanies"), key="head_stay_no")
        self.head_field.combo.known_as = self._named
        self.head_field.combo.setToolTip(words.text("By bed, by code, or by name."))
        self.link = CodeField(words.text("Relation to the responsible adult"), LINK)
        self.basis = CodeField(words.text("How the relation is known"), BASIS)
        self.known_line = Label(bold=True, wrap=True)
        self.forget_button = Button(words.text("Another person"), icon="close", on_click=self.forget)
        yield

    def _lay_out(self) -> None:
        self._known_row = QWidget()
        in_row((self.known_line, 1), self.forget_button, within=self._known_row)
        self._asked = [QWidget() for _ in range(3)]
        names, body, origin = self._asked
        called = row_of((self.last, 200), (self.given, 200), (self.alias, 204))
        in_column(called, self.others, within=names, spacing=tokens.SPACE)
        body.setLayout(row_of((self.sex_field, 0), (self.birth, 0)))
        origin.setLayout(row_of((self.country, 220), (self.languages, 208), (self.region, 200)))
        family = ((self.head_field, 290), (self.link, 250), (self.basis, 180))
        of_stay = row_of((self.situation, 290), (self.child, 300), *family)
        fill(self.body, self._known_row, names, body, self.birth.hint_row, origin, of_stay)

    def begin(self) -> None:
        """Nobody yet."""
        self.known = None
        for line in (self.last, self.given, self.alias):
            line.set_text("")
        self.others.begin()
        self.sex.choose(None)
        self.birth.show_birth(None)
        for field in (self.country, self.situation, self.child, self.head_field, self.link, self.basis):
            field.choose(None)
        self.languages.choose(())
        self.region.show_region("")
        self.region.elsewhere.set_text("")
        self.region.set_country("")
        self._show_known()

    def set_present(self, present: Iterable[Present], night: date, beds: Mapping[BedId, str] = NO_BEDS) -> None:
        """Who is here on that night and may be accompanied, by bed. beds: their codes."""
        self._here, self._beds = [one for one in present if one.absence is None], beds
        self.birth.set_on(night)
        self._offer_heads()
        self._child_again()

    def be_birth(self, is_birth: bool) -> None:
        """Of a child born here the mother is asked, who may be a minor herself; else an adult."""
        self._is_birth = is_birth
        self.head_field.set_label(words.text("Mother") if is_birth else words.text("Accompanies"))
        self._offer_heads()

    def _offer_heads(self) -> None:
        night = self.birth.on()
        may = [one for one in self._here if self._may_be_head(one.person, night)]
        beds = {one.stay.id: None if one.placement is None else one.placement.bed for one in may}
        places = {stay: "" if bed is None else self._beds.get(bed, "") for stay, bed in beds.items()}
        may.sort(key=lambda one: (not places[one.stay.id], places[one.stay.id], one.person.code))
        self.present = {str(one.stay.id): one for one in may}
        lines = [(key, choices.person_at(places[one.stay.id], one.person, night)) for key, one in self.present.items()]
        nobody = [] if self._is_birth else [(NOBODY, words.text("No adult of the house"))]
        self.head_field.set_choices([*nobody, *lines])

    def _may_be_head(self, person: Person, night: date) -> bool:
        if not self._is_birth:
            return not person.birth.is_minor(night)
        age = person.birth.age(night)
        return person.sex == "f" and (age is None or age >= YOUNGEST_MOTHER)

    def _named(self, typed: str) -> list[str]:
        """Whom a name means that is typed: the list itself shows none."""
        found = residents.search(self._desk, typed, MOST_NAMED)
        return [key for key, one in self.present.items() if one.person.id in found]

    def use(self, person: Person) -> None:
        """It is somebody known: their facts are not asked again."""
        self.known = person
        self._show_known()
        self.body_changed.emit()

    @Slot()
    def forget(self) -> None:
        """It is not the known person after all; what was typed before is still there."""
        self.known = None
        self._show_known()
        self.forgotten.emit()
        self.body_changed.emit()

    def names(self) -> Names:
        """The names typed."""
        return Names(self.last.text(), self.given.text(), self.alias.text(), **self.others.values())

    def sex_code(self) -> str:
        """Of the known person, or as chosen."""
        return self.known.sex if self.known else (self.sex.value() or "")

    def birth_known(self) -> Birth:
        """Of the known person, or as typed."""
        return self.known.birth if self.known else self.birth.birth()

    def accompanied(self) -> Present | None:
        """Whom the person accompanies."""
        return self.present.get(self.head_field.code())

    def is_minor(self, night: date) -> bool:
        """Protected as a minor, once something is said of the birth."""
        if self.known is not None:
            return self.known.birth.protected_as_minor(night)
        return self.birth.is_answered() and self.birth.birth().protected_as_minor(night)

    def left_for_later(self) -> int:
        """How many optional answers are not given."""
        if self.known is not None:
            return 0
        may_name = self._desk.may(Permission.SEE_NAMES_TONIGHT)
        empty = [may_name and not self.names().called, self.birth.birth() == Birth()]
        empty += [not self.languages.values(), not self.region.region()]
        return sum(empty)

    @Slot(bool)
    def be_minimal(self, is_minimal: bool) -> None:
        """Of somebody who refuses the recording neither name nor origin is written; what was typed waits."""
        for field in (self.last, self.given, self.alias, self.others, self.region):
            field.setDisabled(is_minimal)

    def clear_errors(self) -> None:
        """Take what was refused away."""
        for field in self.fields.values():
            field.clear()
        self.birth.clear_errors()

    def _show_known(self) -> None:
        person, today = self.known, self._desk.today()
        self._known_row.setVisible(person is not None)
        for holder in self._asked:
            holder.setVisible(person is None)
        self._asked[0].setVisible(person is None and self._desk.may(Permission.SEE_NAMES_TONIGHT))
        if person is not None:
            self.birth.hint_row.hide()
            told = words.text("Readmission of {code}. {who}, {country}")
            country = formats.nationality(person.nationality, person.sex)
            who = choices.who(person.sex, person.birth, today)
            self.known_line.setText(told.format(code=person.code, who=who, country=country))
        self._child_again()

    def _child_again(self) -> None:
        self.child.setVisible(self.is_minor(self.birth.on()))
        for field in (self.link, self.basis):
            field.setVisible(self.accompanied() is not None)

    @Slot()
    def _body(self) -> None:
        self._child_again()
        self.body_changed.emit()
        self.who_changed.emit()

    @Slot(str)
    def _sex_chosen(self, sex: str) -> None:
        self.sex_field.clear()
        self.country.set_choices(choices.countries(sex))
        self._body()

    @Slot(str)
    def _country_chosen(self, country: str) -> None:
        self.region.set_country(country)
        self.who_changed.emit()

    @Slot(str)
    def _head_chosen(self, key: str) -> None:
        if key in self.present and self.child.value() is None:
            self.child.choose("enfant_residente")
        self._child_again()
        self.body_changed.emit()
