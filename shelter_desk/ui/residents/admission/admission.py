"""The admission on one page: arrival, person, bed, and who may be known already."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.reports.refusals import NeedsLateReason
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
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import Likeness
from shelter_desk.operations.stays import families, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.act_form import beside
from shelter_desk.ui.forms.choice_field import take_typed_inside
from shelter_desk.ui.forms.drafting import Drafting, FieldGroup
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
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
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.words.casefile.notes import sentence

SIDE, SIDE_BY_SIDE_FROM = 446, 1000


class AdmissionFace(QWidget, FieldGroup):
    """What is typed stays, in the file too, until it is admitted or cleared. Ctrl+Enter admits."""

    told = Signal(object)  # Told
    admitted = Signal(int)  # PersonId
    closed = Signal()
    draft_found = Signal(object)  # Draft kept before a lock or a cut

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.others: set[PersonId] = set()  # said to be other persons
        self._typed = False
        self._as_met: dict[str, Value] | None = None  # what was filled in for an arrival that is expected
        self.kinds = KindSwitch("person")
        self.arrival = ArrivalCard(desk)
        self.person = PersonCard(desk)
        self.duplicates = DuplicatesCard(desk.today())
        self.welcome = WelcomeCards(desk)
        self.bed_card = Card(words.text("Bed for this night"), "")
        self.choice = BedChoice(desk)
        self.bed_card.body.addWidget(self.choice)
        self.rejoining = RejoinCard()
        self.refusal = Alert("", "blocked")
        self.refusal.hide()
        self.late_reason = LateReason(desk)
        self.draft = Badge(words.text("Draft kept"))
        back, key = words.text("Back to the list"), words.text("Ctrl+Enter")
        self.back_button = IconButton("previous", back, shortcut_text=words.text("Esc"), on_click=self.leave)
        self.later = ElidedLabel(ink="ink2")
        self.clear_button = Button(words.text("Empty the form"), tall="footer", on_click=self.empty)
        self.close_button = Button(words.text("Close, keep the draft"), tall="footer", on_click=self.leave)
        self.admit_button = Button(words.text("Admit"), "primary", "check", key, "footer", on_click=self.go)
        self._lay_out()
        self._connect()
        self.drafting = Drafting(desk, self, "residents/admission")
        self.drafting.found.connect(self.draft_found)
        self.choice.changed.connect(self.drafting.touch)
        self.person.languages.changed.connect(self.drafting.touch)

    def _lay_out(self) -> None:
        head = in_row(
            self.back_button,
            Label(words.text("Admit a person"), size="title", bold=True),
            spacing=tokens.SPACE_2,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, 0),
        )
        if not self.desk.may(Permission.ADMIT):
            head.addWidget(Badge(words.text("Provisional admission"), "attention"))
        fill(head, self.draft, STRETCH, self.kinds)
        if not self.desk.may(Permission.ADMIT):
            self.kinds.hide()
        left = in_column(
            *(self.refusal, self.arrival, self.person, self.rejoining, self.welcome, self.late_reason),
            STRETCH,
            spacing=tokens.SPACE,
        )
        self._side = QWidget()
        in_column(self.duplicates, self.bed_card, STRETCH, within=self._side, spacing=tokens.SPACE_PANEL)
        inner = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._columns.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        self._columns.setSpacing(tokens.SPACE_2)
        fill(self._columns, (left, 1), self._side)
        foot = QFrame()
        foot.setProperty("role", "footer")
        buttons = (self.clear_button, self.close_button, self.admit_button)
        edges = (tokens.SPACE_2, tokens.SPACE_PANEL)
        later = (self.later, 1)
        in_row(IconLabel("pencil", "ink2"), later, *buttons, within=foot, spacing=tokens.SPACE, margins=edges)
        in_column(head, (scrolling(inner, only_down=True), 1), foot, within=self, spacing=0)

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
        self.duplicates.same.connect(self._same)
        self.duplicates.other.connect(self._other)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go)

    # Opening ---------------------------------------------------------------------------------------------------------

    def open(self, spot: Spot | None = None, person: Person | None = None) -> None:
        """Show the draft, or begin; what was only filled in for an arrival that is expected is no draft.

        spot: already chosen on the plan, what is held elsewhere is not taken then. person: to be readmitted.
        """
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
        self.refresh()
        first = self.person.situation if person else self.person.last
        (first if first.isVisibleTo(self) else self.person.sex_field).setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.others = set()
        self.clear_errors()
        self.arrival.begin()
        self.person.begin()
        self.choice.forget()
        self.welcome.begin()
        self.duplicates.show_those([], Birth(), female=True)
        self.late_reason.forget()
        self._typed, self._as_met = False, None
        self.refresh()

    @Slot()
    def empty(self) -> None:
        """Forget what was typed, unless that is undone."""
        typed, others = self.values(), self.others
        self.give_up()

        def undo() -> None:
            self.fill(typed)
            self.others = others
            self._who_changed()
            self.drafting.touch()

        self.told.emit(Told("held", words.text("The form is empty."), undo=undo))

    @Slot()
    def leave(self) -> None:
        """Back to the list; what was typed is kept, and said to be."""
        told = unsaved.kept(self.drafting)
        self.closed.emit()
        if told is not None:
            self.told.emit(told)

    @Slot()
    def give_up(self) -> None:
        """Forget what was typed, and its draft."""
        self.begin()
        self.drafting.forget()

    def values(self) -> dict[str, Value]:
        """What a draft keeps: everything typed or chosen, and who it is about."""
        typed: dict[str, Value] = {key: drafting.said(editor) for key, editor in self.drafted.items()}
        known, request, held = self.person.known, self.arrival.request, self.arrival.held
        meets = ["" if request is None else str(request.id), "" if held is None else str(held.held.id)]
        return typed | {"known": "" if known is None else known.code, "meets": meets}

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

    def is_editing(self) -> bool:
        """Whether something was typed that is not admitted yet."""
        return self._typed

    def clear_errors(self) -> None:
        """Take what was refused away."""
        self.refusal.hide()
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
        found = residents.alike(self.desk, names, sex, birth, self.person.country.value() or "") if sex else []
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

    @Slot()
    def go(self) -> None:
        """Admit, or say what is wrong beside the field."""
        self.clear_errors()
        if not take_typed_inside(self):
            return
        try:
            with self.late_reason.given():
                made = stays.admit(self.desk, asked(self))
        except NeedsLateReason as error:
            self.late_reason.ask(error)
            return
        except errors.RuleBroken as error:
            self._refuse(error)
            return
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self.told.emit(told_of(made))
        self.give_up()
        self.admitted.emit(made.person)

    def _refuse(self, error: errors.RuleBroken) -> None:
        if isinstance(error, errors.Missing) and error.field == "reason":
            return  # said beside its own field
        if isinstance(error, errors.Missing) and error.field == "birth_date":
            self.person.birth.refuse(words.text("Say what is known, or that it is unknown."))
            self.person.birth.editor().setFocus()
            return
        of_kit = isinstance(error, StockRefused)
        field = self.welcome.kit if of_kit else beside(error, self.fields, "admitted_at")
        if field is not None:
            field.set_error(sentence(error))
            field.setFocus()
            return
        self.refusal.sentence.setText(sentence(error))
        self.refusal.show()

    # Window ----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside_it = self.width() >= tokens.wide(SIDE_BY_SIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside_it else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        if beside_it:
            self._side.setFixedWidth(tokens.wide(SIDE))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)


def person_of(desk: Desk, code: str) -> Person | None:
    """Who has this code, or had it before two files became one; None where the admission was undone meanwhile."""
    return residents.coded(desk, code)
