"""One person of a family that is admitted: names, sex, birth, what they are to the head, where they sleep."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import BedId, PersonId
from shelter_desk.domain.residents.residents import Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.families import BASIS, DOUBTED, LINK, OWN_CHILD
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.beds.family_beds import Arriving
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.admission.birth_field import BirthField
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.ui.widgets.segments import Segments

WITH_FAMILY, LATER = "family", "later"
HOSTED, SEPARATED = "enfant_residente", "separe"  # `child_status` of a child of the head, and of any other


class MemberRow(QWidget, FieldGroup):
    """The head, or one of the others; somebody who was here before is not asked again."""

    changed = Signal()
    named = Signal()  # what duplicates are searched by
    gone = Signal()  # it is to be taken out

    def __init__(self, desk: Desk, is_head: bool) -> None:
        super().__init__()
        self._desk, self.is_head = desk, is_head
        self.known: Person | None = None
        self.others: set[PersonId] = set()  # said to be other persons
        self.title = Label("", bold=True)
        self.line = RuleLine()
        self.known_line = Label(ink="ink2")
        self.forget_button = Button(words.text("Another person"), icon="close", on_click=self.forget)
        self.remove_button = IconButton("close", words.text("Take out"), bare=True, little=True, on_click=self.gone)
        self._make()
        self._lay_out()
        for line in (self.last, self.given):
            line.changed.connect(self.named)
        self.sex.chosen.connect(self._body)
        self.birth.changed.connect(self._body)
        self.link.chosen.connect(self._link_chosen)
        self.basis.chosen.connect(self._body)
        self.bed.chosen.connect(self.changed)
        self._show()

    def _make(self) -> None:
        self.last = NameField(words.text("Last name"), key="last_name")
        self.given = NameField(words.text("First name"))
        segments = [("f", words.text("F")), ("m", words.text("M"))]
        self.sex = Segments(segments, accessible_name=words.text("Sex"))
        self.sex_field = Field(words.text("Sex"), self.sex, required=True, key="sex")
        self.birth = BirthField(self._desk.today())
        self.link = CodeField(words.text("Relation to the responsible adult"), LINK, required=True)
        self.basis = CodeField(words.text("How the relation is known"), BASIS)
        self.child = ChoiceField(
            words.text("Situation of the child"),
            code_lists.of("child_status", without=("sans_objet",)),
            required=True,
            key="child_status",
        )
        self.bed = ChoiceField(words.text("Bed"), key="bed_code")
        self.hint = Label(size="small", ink="attention", wrap=True)
        self.propose(())

    def _lay_out(self) -> None:
        head = in_row(self.title, (self.known_line, 1), self.forget_button, self.remove_button, spacing=tokens.SPACE)
        named, body, self._more = (QWidget() for _ in range(3))
        named.setLayout(row_of((self.last, 150), (self.given, 150), (self.sex_field, 0), (self.link, 270)))
        body.setLayout(row_of((self.birth, 0), (self.bed, 210)))
        self._more.setLayout(row_of((self.basis, 210), (self.child, 330)))
        rows = (head, named, body, self.birth.hint_row, self._more, self.hint)
        in_column(*rows, within=self, spacing=tokens.SPACE_HALF)

    def call(self, n: int) -> None:
        """Say which person of the family it is, counted from 1."""
        self.title.setText(words.text("Responsible adult") if self.is_head else words.text("Person {n}").format(n=n))
        self.remove_button.setAccessibleName(words.text("Take out person {n}").format(n=n))

    def use(self, person: Person) -> None:
        """It is somebody known: their facts are not asked again."""
        self.known = person
        self._body()

    @Slot()
    def forget(self) -> None:
        """It is not the known person after all; what was typed before is still there."""
        self.known = None
        self._body()

    def set_night(self, night: date) -> None:
        """The night of the arrival."""
        self.birth.set_on(night)
        self._show()

    def propose(self, found: Sequence[Proposal]) -> None:
        """Beds for this person alone, beside that with the family."""
        several = [(WITH_FAMILY, words.text("with the family")), (LATER, words.text("Later"))]
        for one in found:
            told = words.text("{bed} · {room}") if one.fits else words.text("{bed} · {room} (with a reason)")
            if one.is_possible:
                several.append((str(one.bed.id), told.format(bed=one.bed.code, room=one.room.name)))
        self.unfit = {str(one.bed.id) for one in found if not one.fits}
        self.bed.set_choices(several)
        if self.bed.value() is None:
            self.bed.choose(WITH_FAMILY)

    def names(self) -> Names:
        """The names typed."""
        return Names(self.last.text(), self.given.text())

    def arriving(self) -> Arriving:
        """What beds depend on."""
        if self.known is not None:
            return Arriving(self.known.sex, self.known.birth, self.known.id)
        return Arriving(self.sex.value() or "", self.birth.birth())

    def is_minor(self) -> bool:
        """Protected as a minor, once something is said of the birth."""
        night, birth = self.birth.on(), self.arriving().birth
        return (self.known is not None or self.birth.is_answered()) and birth.protected_as_minor(night)

    def is_own_child(self) -> bool:
        """A minor whom the head may answer for."""
        return self.is_minor() and self.link.value() == OWN_CHILD

    def own_spot(self, reason: str) -> Spot | None:
        """The bed chosen for this person alone, None for none."""
        key = self.bed.code()
        return None if key in (WITH_FAMILY, LATER, "") else Spot("lit", BedId(int(key)), reason=reason)

    def needs_reason(self) -> bool:
        """Whether a rule speaks against the bed chosen for this person alone."""
        return self.bed.code() in self.unfit

    def missing(self) -> Field | None:
        """The first field that has to be filled in and is not."""
        if self.known is None and not self.sex.value():
            return self.sex_field
        if self.known is None and not self.birth.is_answered():
            return self.birth.editor()
        if not self.is_head and not self.link.value():
            return self.link
        return self.child if self.is_minor() and not self.child.value() else None

    def clear_errors(self) -> None:
        """Take what was refused away."""
        for field in self.fields.values():
            field.clear()
        self.birth.clear_errors()

    @Slot()
    def _body(self, _code: object = None) -> None:
        self._show()
        self.changed.emit()
        self.named.emit()

    @Slot(str)
    def _link_chosen(self, link: str) -> None:
        self.child.choose(HOSTED if link == OWN_CHILD else SEPARATED)
        self._body()

    def _show(self) -> None:
        known, may_name = self.known, self._desk.may(Permission.SEE_NAMES_TONIGHT)
        for line in (self.last, self.given):
            line.setVisible(known is None and may_name)
        for asked in (self.sex_field, self.birth):
            asked.setVisible(known is None)
        self.known_line.setText("" if known is None else choices.person_line(known, self.birth.on()))
        self.forget_button.setVisible(known is not None)
        self.remove_button.setVisible(not self.is_head)
        for field in (self.link, self.basis):
            field.setVisible(not self.is_head)
        self.child.setVisible(self.is_minor())
        self._more.setVisible(not self.is_head or self.is_minor())
        if known is not None:
            self.birth.hint_row.hide()
        told = ""
        if not self.is_head and self.is_minor() and self.child.value() == SEPARATED:
            told = words.text("Separated, not accompanied: the social service is to be told.")
        if not self.is_head and self.is_minor() and self.basis.value() == DOUBTED:
            told = words.text("See the child alone for a moment, without pressing.")
        self.hint.setText(told)
        self.hint.setVisible(bool(told))
