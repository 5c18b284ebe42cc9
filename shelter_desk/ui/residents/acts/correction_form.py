"""Correct what is known of a person and of the stay; the old values stay in the journal.

What a resident must not or cannot eat: the kitchen sees it by number of plates and bed, never by name.
"""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.minors import ADULT, ALONE, SituationRefused
from shelter_desk.domain.residents.residents import Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.specific_needs import NeedDays
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.reports import corrections
from shelter_desk.operations.residents import diets, residents
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import away_warning, code_lists
from shelter_desk.ui.forms.case_form import CaseForm, KeepingForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.several_field import SeveralField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.admission.birth_field import BirthField
from shelter_desk.ui.residents.admission.known_fields import KnownFields
from shelter_desk.ui.residents.admission.other_names import OtherNames
from shelter_desk.ui.residents.admission.person_card import RegionField
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.words import corrections as words_of
from shelter_desk.words.refusals.errors import sentence


class DietForm(CaseForm):
    """Several of a list, none a diagnosis."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Diet and allergies of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Keep it"), "check")
        self._code, self._stay = record.person.code, stay.stay.id
        self.diets = SeveralField(words.text("Diet and allergies"), code_lists.of(diets.LIST), diets.LIST)
        self.diets.choose(diets.of(desk, [self._stay]).get(self._stay, ()))
        self.diets.setFixedWidth(tokens.wide(420))
        self.add(self.diets)
        self.away = Alert(away_warning.of_stay(desk, self._stay, desk.today()))
        self.away.setVisible(bool(self.away.sentence.text()))
        self.add(self.away)
        self.explain(words.text("The kitchen sees how many plates and which beds. No diagnosis, no religion."))
        self.first = self.diets

    def act(self) -> Told:
        done = diets.keep(self.desk, self._stay, self.diets.values())
        return Told("ok", words.text("Diet of {code} kept.").format(code=self._code), done)


class CorrectionForm(KeepingForm):
    """Names (seen while the form is open, so written to the journal), person, stay.

    at: the machine key of the field to begin with.
    """

    when = "birth_date"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord | None, at: str = "") -> None:
        title = words.text("Correct {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Save"), "check")
        self._person, self._stay = record.person, stay.stay if stay else None
        self._needs = stay.needs if stay else ()
        self._sealed = not (desk.may(Permission.SEE_NAMES) and desk.sealer is not None)
        self._names = Names() if self._sealed or not record.has_name else residents.name(desk, record.person.id)
        self.changes = Alert("")
        self._make()
        self._fill()
        self._show()
        self._as_loaded = super().values()
        first: dict[str, QWidget] = {
            **self.fields,
            "birth_date": self.birth,
            "region_origin": self.region,
            "languages": self.languages,
            "interpreter_needed": self.known.interpreter,
            "house_rules_explained": self.known.rules,
        }
        self.first = first.get(at, self.last if not self._sealed else self.sex)
        whole = self.layout()  # what changes in reports stands above the verb, wherever the form is scrolled to
        if isinstance(whole, QBoxLayout):
            whole.insertWidget(1, self.changes)
        for field in (self.sex, self.country, self.situation, self.child):
            field.chosen.connect(self._say_changes)
        self.birth.changed.connect(self._say_changes)
        self._say_changes()

    def _make(self) -> None:
        person = self._person
        self.last = NameField(words.text("Last name"), key="last_name")
        self.given = NameField(words.text("First name"))
        self.alias = NameField(words.text("Alias or other spelling"))
        self.others = OtherNames()
        self.sex = CodeField(words.text("Sex"), "sex", person.sex, required=True)
        self.birth = BirthField(self.desk.today())
        self.country = ChoiceField(
            words.text("Nationality"),
            choices.countries(person.sex),
            person.nationality,
            required=True,
            key="nationality",
        )
        self.region = RegionField()
        self.languages = SeveralField(words.text("Languages"), code_lists.of("language"))
        self.situation = CodeField(words.text("Migration situation"), "migration_situation", required=True)
        said = self._stay.child_status if self._stay is not None else ""
        is_minor = person.birth.is_minor(self.desk.today())
        # a minor is not written as an adult; what stands so already can be seen
        self.child = ChoiceField(
            words.text("Situation of the child"),
            code_lists.of("child_status", without=(ADULT,) if is_minor and said != ADULT else ()),
            key="child_status",
        )
        self.child.explain("separe_non_accompagne")
        self.reason = LineField(words.text("Why the child is alone no more"), open_words=True, key="reason")
        self.source = CodeField(words.text("Referred by"), "referral_source")
        self.destination = CodeField(words.text("Destination"), "exit_destination")
        self.known = KnownFields(self.desk.today(), is_minor)
        self.country.chosen.connect(self.region.set_country)
        self.known.specific.day_typed.connect(self.touched)

    def _fill(self) -> None:
        self.section(words.text("Names"))
        self.row((self.last, 190), (self.given, 190), (self.alias, 190))
        self.add(self.others)
        self.section(words.text("Person"))
        self.row((self.sex, 160), (self.country, 260), (self.region, 220), (self.languages, 240))
        self.add(self.birth, self.birth.hint_row, self.known.of_person)
        of_stay = ((self.situation, 300), (self.child, 260), (self.source, 260), (self.destination, 220))
        self.section(words.text("Stay"))
        self.row(*of_stay)
        self.reason.setMaximumWidth(tokens.wide(576))
        self.add(self.reason, self.known.of_stay)
        self.reason.setVisible(self._may_release())
        self.known.of_stay.setVisible(self._stay is not None)
        for line in (self.last, self.given, self.alias, self.others):
            line.setDisabled(self._sealed)
        for field, _width in of_stay:
            field.setVisible(self._stay is not None)
        self.destination.setVisible(self._stay is not None and self._stay.exited_at is not None)

    @Slot()
    def _say_changes(self) -> None:
        told = words_of.describe(corrections.shifts(self.desk, self._corrected_person(), self._corrected_stay()))
        self.changes.sentence.setText(told)
        self.changes.setVisible(bool(told))

    def _may_release(self) -> bool:
        """The manager says why a child alone is one no more (R-10)."""
        is_alone = self._stay is not None and self._stay.child_status in ALONE
        return is_alone and self.desk.may(Permission.OVERRIDE_RULE)

    def _show(self) -> None:
        person, names, stay = self._person, self._names, self._stay
        self.last.set_text(names.last_name)
        self.given.set_text(names.first_name)
        self.alias.set_text(names.alias)
        self.others.show_names(names)
        self.birth.show_birth(person.birth)
        self.region.set_country(person.nationality)
        self.region.show_region(person.region_origin)
        self.languages.choose(person.languages)
        self.known.show_known(person, stay, self._needs)
        if stay is not None:
            self.situation.choose(stay.migration_situation)
            self.child.choose(stay.child_status or None)
            self.source.choose(stay.referral_source or None)
            self.destination.choose(stay.exit_destination or None)

    @property
    def drafted(self) -> dict[str, QWidget]:
        names = ("last", "given", "alias", "others") if self._sealed else ()
        return {name: one for name, one in super().drafted.items() if name.partition("/")[0] not in names}

    def values(self) -> dict[str, Value]:
        """Only what is typed over what the file holds, which may change meanwhile."""
        loaded = getattr(self, "_as_loaded", {})
        return {key: value for key, value in super().values().items() if value != loaded.get(key)}

    def refresh(self) -> None:
        self.region.set_country(self.country.code())
        self._say_changes()

    def refuse(self, error: errors.RuleBroken) -> None:
        """Days of needs are said below the needs, the situation of a child beside it or beside its reason."""
        super().refuse(error)
        if isinstance(error, NeedDays):
            self._refusal.hide()
            self.known.specific.set_error(sentence(error))
            self.known.specific.days.get(error.need, self.known.specific).setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, SituationRefused) and self._stay is not None:
            self._refusal.hide()
            asked = self.reason if error.why == "alone" and self._may_release() else self.child
            asked.set_error(self.sentence(error))
            asked.setFocus(Qt.FocusReason.OtherFocusReason)
            for scrolled in self.findChildren(QScrollArea):  # the form is longer than the screen
                scrolled.ensureWidgetVisible(asked, 0, tokens.high(48))

    def _corrected_person(self) -> Person:
        return replace(
            self.known.person(self._person),
            sex=self.sex.code(),
            birth=replace(self.birth.birth(), former=self._person.birth.former),
            nationality=self.country.code(),
            region_origin=self.region.region(),
            languages=self.languages.values(),
        )

    def act(self) -> Told:
        person = self._corrected_person()
        names = Names(self.last.text(), self.given.text(), self.alias.text(), **self.others.values())
        told = Told("ok", words.text("Correction of {code} saved.").format(code=person.code))
        stay = self._corrected_stay()
        changed = None if stay == self._stay else stay
        field = self.known.specific
        needing = {stay.id: field.needs(stay.id)} if stay is not None and field.is_changed(stay.id) else {}
        if person == self._person and names == self._names and changed is None and not needing:
            return told
        kept = None if names == self._names else names
        done = residents.correct(self.desk, person, kept, changed, self.reason.text(), needing)
        return replace(told, done=done)

    def _corrected_stay(self) -> Stay | None:
        if self._stay is None:
            return None
        return replace(
            self.known.stay(self._stay),
            migration_situation=self.situation.value() or self._stay.migration_situation,
            child_status=self.child.code(),
            referral_source=self.source.code(),
            exit_destination=self.destination.code(),
        )
