"""The family of somebody from a day on: whom they join, who goes along, and with whom the others stay."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.families import BASIS, DOUBTED, LINK, OWN_CHILD
from shelter_desk.domain.stays.regrouping import Regrouping
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import families
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import empty
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats

NOBODY = ""


class RelationFields(QWidget, FieldGroup):
    """What somebody is to the head, and how that is known."""

    def __init__(self, stay: Stay) -> None:
        super().__init__()
        self.link = CodeField(words.text("Relation to the responsible adult"), LINK, stay.family_link or None)
        self.basis = CodeField(words.text("How the relation is known"), BASIS, stay.link_basis or None)
        row = row_of((self.link, 260), (self.basis, 200))
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)

    def said(self) -> tuple[str, str]:
        """Both codes."""
        return self.link.code(), self.basis.code()


class _Other(QWidget):
    """One of the family, or who was once: the box to tick, and below it what they are to the head."""

    def __init__(self, stay: Stay, person: Person, day: date, text: str, on: bool) -> None:
        super().__init__()
        self.stay, self.person = stay, person
        self.box = QCheckBox(text.format(person=choices.person_line(person, day)))
        self.box.setChecked(on)
        self.relation = RelationFields(stay)
        in_column(self.box, self.relation, within=self, spacing=tokens.SPACE_HALF)


class FamilyForm(CaseForm):
    """The days before stay as they were. A head may hand the family over to one of it, and leave it or stay in it."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Family of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the family"), "check")
        self._person, self._stay = record.person, stay.stay
        today = desk.today()
        self.day = DayField(words.text("From this day on"), today, required=True, value=today, key="family_since")
        self.head = ChoiceField(words.text("Responsible adult"), key="head_stay_no")
        self.head.explain("familles")
        self.relation = RelationFields(self._stay)
        self.carer = ChoiceField(words.text("Those who stay are with"), key="carer")
        self.carer.setMaximumWidth(tokens.wide(380))
        self.hint = Alert("", "attention")
        self.others: list[_Other] = []
        self._around = families.Around((), (), ())
        self._rows = QVBoxLayout()
        self.explain(words.text("The days before stay as they were: no month before is rewritten."))
        self.row((self.day, 150), (self.head, 380))
        self.add(self.relation)
        self.body.addLayout(self._rows)
        self.add(self.carer, self.hint)
        self.first = self.head
        self.day.changed.connect(self._look)
        self.head.chosen.connect(self._head_chosen)
        self.relation.link.chosen.connect(self._tell)
        self._look()
        self.head.choose(NOBODY if self._stay.head is None else str(self._stay.head))
        self._tell()

    @property
    def drafted(self) -> dict[str, QWidget]:
        found: dict[str, QWidget] = {}
        for one in self.others:
            key = f"along/{one.person.code}"
            found |= {key: one.box, f"{key}/link": one.relation.link, f"{key}/basis": one.relation.basis}
        return super().drafted | found

    @Slot()
    def _look(self) -> None:
        """Who is here on the day typed."""
        day = self.day.day()
        if day is None or day > self.desk.today():
            return
        with refusals_told(self.told):
            self._around = families.around(self.desk, self._stay.id, day)
        on = {one.stay.id: one.box.isChecked() for one in self.others}
        is_head = self._stay.head_on(day) is None
        empty(self._rows)
        self.others = [
            *self._ticks(self._around.family, words.text("{person} goes along"), day, on, default=is_head),
            *self._ticks(self._around.before, words.text("{person} joins again"), day, on, default=False),
        ]
        for one in self.others:
            self._rows.addWidget(one)
        lines = [(str(one.id), choices.person_line(person, day)) for one, person in self._around.heads]
        self.head.set_choices([(NOBODY, words.text("No other: a family of their own, or none")), *lines])
        self._tell()

    def _ticks(
        self, pairs: tuple[tuple[Stay, Person], ...], text: str, day: date, on: Mapping[StayId, bool], default: bool
    ) -> list[_Other]:
        made = [_Other(stay, person, day, text, on.get(stay.id, default)) for stay, person in pairs]
        for one in made:
            one.box.toggled.connect(self._tell)
        return made

    def _head(self) -> StayId | None:
        return self.head.chosen_id(StayId)

    @Slot()
    def _head_chosen(self) -> None:
        """What somebody was to another head says nothing of this one."""
        head = self._head() or self._stay.id
        for stay, relation in [(self._stay, self.relation), *((one.stay, one.relation) for one in self.others)]:
            is_same = stay.head == head
            relation.link.choose(stay.family_link if is_same and stay.family_link else None)
            relation.basis.choose(stay.link_basis if is_same and stay.link_basis else None)
        self._tell()

    def _along(self) -> list[_Other]:
        head = self._head()
        return [one for one in self.others if one.box.isChecked() and one.stay.id != head]

    @Slot()
    def _tell(self, _choice: object = None) -> None:
        """What hangs on the head: the relations, who is left, and what a relation says of a child."""
        day, head = self.day.day() or self.desk.today(), self._head()
        self.relation.setVisible(head is not None)
        for one in self.others:
            one.setVisible(one.stay.id != head)
            one.relation.setVisible(one.box.isChecked())
        staying = [one for one in self.others if one.stay.id != head and not one.box.isChecked()]
        left = [one for one in staying if one.stay.head_on(day) == self._stay.id]
        self.carer.setVisible(bool(left))
        mine = {one.stay.id for one in staying}
        lines = [
            (str(stay.id), choices.person_line(person, day))
            for stay, person in self._around.heads
            if stay.id in mine or stay.head_on(day) is None
        ]
        self.carer.set_choices([(NOBODY, words.text("Nobody: each is alone")), *lines])
        for field in (self.head, self.carer):
            if field.value() is None:
                field.choose(NOBODY)
        self._hint(day)

    def _hint(self, day: date) -> None:
        link, basis = self.relation.said()
        told = ""
        if self._head() is not None and self._person.birth.protected_as_minor(day) and link not in ("", OWN_CHILD):
            told = words.text("Separated, not accompanied: correct the situation of the child, and tell the service.")
        elif self._head() is not None and basis == DOUBTED:
            told = words.text("See the child alone for a moment, without pressing.")
        self.hint.sentence.setText(told)
        self.hint.setVisible(bool(told))

    def fill(self, values: Mapping[str, Value]) -> None:
        drafting.put(self.day, values.get("day", ""))
        self._look()
        super().fill(values)
        drafting.put(self.carer, values.get("carer", ""))  # with whom they may stay hangs on who goes along

    def refresh(self) -> None:
        self._tell()

    def act(self) -> Told:
        day, head, along = self.day.asked(), self._head(), self._along()
        links = {one.stay.id: one.relation.said() for one in along}
        if head is not None:
            links[self._stay.id] = self.relation.said()
        carer = self.carer.chosen_id(StayId) if self.carer.isVisibleTo(self) else None
        asked = Regrouping(self._stay.id, head, frozenset(one.stay.id for one in along), carer, links)
        done = families.change(self.desk, day, asked)
        told = words.text("Family of {code} recorded, from {day} on.")
        return Told("ok", told.format(code=self._person.code, day=formats.day(day)), done)
