"""A whole family admitted on one page: arrival, persons, beds together, needs and agreement; everybody in one act."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.consent.consents import NOT_ASKED
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.vouchers import is_request
from shelter_desk.operations.beds import beds, family_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import Likeness
from shelter_desk.operations.stays import family_admissions
from shelter_desk.operations.stays.family_admissions import FamilyAdmitted
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.act_form import beside
from shelter_desk.ui.forms.choice_field import take_typed_inside
from shelter_desk.ui.forms.drafting import Drafting, FieldGroup
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.admission.duplicates_card import DuplicatesCard
from shelter_desk.ui.residents.admission.family.beds_card import FamilyBedsCard
from shelter_desk.ui.residents.admission.family.member_row import LATER, WITH_FAMILY, MemberRow
from shelter_desk.ui.residents.admission.family.people_card import PeopleCard
from shelter_desk.ui.residents.admission.kinds import KindSwitch
from shelter_desk.ui.residents.admission.welcome_cards import ArrivalCard, WelcomeCards
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling
from shelter_desk.words.beds import room_rules
from shelter_desk.words.casefile.notes import sentence

SIDE, SIDE_BY_SIDE_FROM = 400, 1000
NAME = "residents/family-admission"


class FamilyFace(QWidget, FieldGroup):
    """What is typed stays, in the file too, until it is admitted or cleared. Ctrl+Enter admits, Ctrl++ adds one."""

    told = Signal(object)  # Told
    admitted = Signal(int)  # PersonId
    closed = Signal()
    draft_found = Signal(object)  # Draft kept before a lock or a cut

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._typed = False
        self._about: MemberRow | None = None  # whose duplicates are shown
        self.kinds = KindSwitch("family")
        self.arrival = ArrivalCard(desk)
        self.people = PeopleCard(desk)
        self.duplicates = DuplicatesCard(desk.today())
        self.welcome = WelcomeCards(desk)
        self.beds = FamilyBedsCard(desk)
        self.refusal = Alert("", "blocked")
        self.refusal.hide()
        self.late_reason = LateReason(desk)
        self.draft = Badge(words.text("Draft kept"))
        back, key = words.text("Back to the list"), words.text("Ctrl+Enter")
        self.back_button = IconButton("previous", back, shortcut_text=words.text("Esc"), on_click=self.leave)
        self.adults = Label(words.text("Other adults are asked alone, on their own file."), size="small", ink="ink2")
        self.clear_button = Button(words.text("Empty the form"), tall="footer", on_click=self.empty)
        self.close_button = Button(words.text("Close, keep the draft"), tall="footer", on_click=self.leave)
        self.admit_button = Button("", "primary", "check", key, "footer", on_click=self.go)
        self._lay_out()
        self._connect()
        self.drafting = Drafting(desk, self, NAME)
        self.drafting.found.connect(self.draft_found)
        self.beds.changed.connect(self.drafting.touch)
        self.people.languages.changed.connect(self.drafting.touch)
        self.people.added.connect(self.drafting.listen)

    def _lay_out(self) -> None:
        head = in_row(
            self.back_button,
            Label(words.text("Admit a family"), size="title", bold=True),
            self.draft,
            STRETCH,
            self.kinds,
            spacing=tokens.SPACE_2,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, 0),
        )
        self.welcome.agreed.body.addWidget(self.adults)
        left = in_column(
            self.refusal, self.arrival, self.people, self.welcome, self.late_reason, STRETCH, spacing=tokens.SPACE
        )
        self._side = QWidget()
        in_column(self.duplicates, self.beds, STRETCH, within=self._side, spacing=tokens.SPACE_PANEL)
        inner = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._columns.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        self._columns.setSpacing(tokens.SPACE_2)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._side)
        foot = QFrame()
        foot.setProperty("role", "footer")
        buttons = (self.clear_button, self.close_button, self.admit_button)
        told = Label(words.text("Each has a code, a file and nights of their own."), ink="ink2")
        edges = (tokens.SPACE_2, tokens.SPACE_PANEL)
        in_row(IconLabel("two-people", "ink2"), (told, 1), *buttons, within=foot, spacing=tokens.SPACE, margins=edges)
        in_column(head, (scrolling(inner, only_down=True), 1), foot, within=self, spacing=0)

    def _connect(self) -> None:
        self.arrival.day_changed.connect(self._changed)
        self.people.changed.connect(self._changed)
        self.people.named.connect(self._look_for_alike)
        self.beds.changed.connect(self._mark_typed)
        for field in (self.arrival.source, self.people.country, self.people.situation):
            field.chosen.connect(self._mark_typed)
        self.welcome.changed.connect(self._mark_typed)
        self.duplicates.same.connect(self._same)
        self.duplicates.other.connect(self._other)
        for key, act in (("Ctrl+Return", self.go), ("Ctrl+Enter", self.go), ("Ctrl++", self.people.add_person)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # Opening ---------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show what was typed, or begin."""
        if not self._typed:
            self.begin()
            self.drafting.begin()
        self.kinds.show_kind("family")
        self.refresh()
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

    @Slot()
    def empty(self) -> None:
        """Forget what was typed, unless that is undone."""
        typed = self.values()
        self.give_up()

        def undo() -> None:
            self.fill(typed)
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
        """What a draft keeps: everything typed or chosen, and who was known already."""
        typed: dict[str, Value] = {key: drafting.said(editor) for key, editor in self.drafted.items()}
        return typed | {"known": ["" if row.known is None else row.known.code for row in self.people.rows]}

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

    def is_editing(self) -> bool:
        """Whether something was typed that is not admitted yet."""
        return self._typed

    def clear_errors(self) -> None:
        """Take what was refused away."""
        self.refusal.hide()
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
        found = residents.alike(self.desk, names, who.sex, who.birth, country)
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

    def _is_incomplete(self) -> bool:
        """Say what is missing beside the first field of the first row, or beside the reason."""
        for row in self.people.rows:
            field = row.missing()
            if field is not None:
                field.set_error(words.text("Fill this in."))
                field.setFocus()
                return True
        if self.beds.asks_reason and not self.beds.reason.text():
            self.beds.reason.set_error(words.text("Write why the rule is set aside."))
            self.beds.reason.setFocus()
            return True
        return False

    @Slot()
    def go(self) -> None:
        """Admit everybody, or say what is wrong beside the field."""
        self.clear_errors()
        if not take_typed_inside(self) or self._is_incomplete():
            return
        try:
            with self.late_reason.given():
                made = family_admissions.admit_family(self.desk, self.asked())
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
        self.admitted.emit(made.head)

    def _refuse(self, error: errors.RuleBroken) -> None:
        field = beside(error, self.fields, "admitted_at")
        if field is not None and field.isVisibleTo(self):
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
