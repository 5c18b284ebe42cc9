"""A bed for somebody: who it is, the beds that fit, and why the others do not."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.operations.beds import beds
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import moving, phrases
from shelter_desk.ui.beds.families_view import FamiliesAnswer
from shelter_desk.ui.beds.panel_views import Face
from shelter_desk.ui.beds.tiles import Verdict
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import NumberField
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import fill, in_column
from shelter_desk.ui.widgets.option_card import OptionCard
from shelter_desk.ui.widgets.option_card import ProposalCard as Said
from shelter_desk.ui.widgets.segments import Segments, Switch
from shelter_desk.words.beds import first_days

OLDEST = 110


class FindFace(Face):
    """Somebody present, or a profile; `picked` says which bed, and for whom: None for somebody not here yet."""

    picked = Signal(object, object)  # operations.beds.Proposal, Present or None
    hold_wanted = Signal(object, object)  # operations.beds.Proposal, Group
    request_wanted = Signal(str)  # a request for a place, for one person of this sex and age group: `f/a18_59`

    is_form = True

    def __init__(self, desk: Desk, board: Board, who: Present | None = None) -> None:
        super().__init__(words.text("Find a bed for…"))
        self._desk, self._board = desk, board
        self.everyone = {one.person.code: one for one in [*board.unplaced, *board.everyone]}
        self.which = Segments(
            [
                ("new", words.text("New arrival")),
                ("family", words.text("Families")),
                ("here", words.text("Present")),
            ],
            "new",
            words.text("For whom"),
        )
        night = board.night
        persons = [
            (code, phrases.person_line(one, night, moving.place_name(board, one)))
            for code, one in self.everyone.items()
        ]
        self.person = ChoiceField(words.text("Person present"), persons, required=True)
        self.sex = Segments([("f", words.text("Female")), ("m", words.text("Male"))], "f", words.text("Sex"))
        self.age = NumberField(words.text("Age"), 0, OLDEST, unit=words.text("years"))
        self.family = ChoiceField(words.text("With the family of"), self._heads())
        self.accessible = Switch(words.text("In an accessible room"))
        self.families = FamiliesAnswer(desk)
        self.told_doubt = Label(words.text("Age unknown: counted as a minor."), size="small", ink="ink2", wrap=True)
        self.list = QWidget()
        self._rows = in_column(within=self.list)
        self.group = QButtonGroup(self)
        self.options: list[OptionCard] = []
        self.why_button = Button(words.text("Why not the other beds"), "quiet", "down")
        self.why_button.setCheckable(True)
        self.why = QWidget()
        self.why.hide()
        self._why_rows = in_column(within=self.why, spacing=tokens.SPACE_HALF)
        self.request_button = Button(words.text("Note a request for a place…"), "quiet")
        self.verb = Button("", "primary", "arrive", tall="footer")
        self.hold_button = Button(words.text("Hold this bed…"), icon="bookmark", tall="footer")
        self.says = Alert("", "attention")
        self.foot = QWidget()
        in_column(self.says, self.verb, self.hold_button, within=self.foot, spacing=tokens.SPACE)
        self._proposals: list[Proposal] = []
        self._lay_out()
        if who is not None:
            self.which.choose("here")
            self.person.choose(who.person.code)
        self._look()

    def _lay_out(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        fill(self.body, self.which, self.person, self.sex, self.age, self.told_doubt, self.family)
        fill(
            self.body,
            self.accessible,
            self.families,
            self.list,
            (self.why_button, 0, left),
            self.why,
            (self.request_button, 0, left),
        )
        for changed in (self.which.chosen, self.person.chosen, self.sex.chosen, self.age.changed, self.family.chosen):
            changed.connect(self._look)
        self.accessible.toggled.connect(self._look)
        self.why_button.toggled.connect(self._show_why)
        self.verb.clicked.connect(self.go)
        self.request_button.clicked.connect(self._ask_for_a_place)
        self.hold_button.clicked.connect(self._hold)

    def _heads(self) -> list[tuple[str, str]]:
        heads = {one.stay.head for one in self.everyone.values() if one.stay.head}
        first = [code for code, one in self.everyone.items() if one.stay.id in heads]
        others = [code for code, one in self.everyone.items() if one.stay.head is None and code not in first]
        return [(code, phrases.person_line(self.everyone[code], self._board.night, "")) for code in (*first, *others)]

    def set_first(self) -> None:
        first = {"here": self.person, "family": self.families.women}.get(self.which.value() or "", self.age)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def who(self) -> Present | None:
        """Who is present and chosen."""
        return self.everyone.get(self.person.value() or "") if self.which.value() == "here" else None

    @Slot()
    def _look(self) -> None:
        here, several = self.which.value() == "here", self.which.value() == "family"
        new = not here and not several
        self.person.setVisible(here)
        for widget in (self.sex, self.age, self.family):
            widget.setVisible(new)
        self.list.setVisible(not several)
        self.why.setVisible(not several and self.why_button.isChecked())
        self.families.setVisible(several)
        self.families.set_accessible(self.accessible.isChecked())
        self.told_doubt.setVisible(new and self.age.number() is None)
        self.verb.setText(words.text("Place here") if here else words.text("Admit here…"))
        self.verb.set_icon("move" if here else "arrive")
        self.verb.setVisible(not several and self._desk.may(Permission.MOVE if here else Permission.ADMIT_PROVISIONAL))
        self.hold_button.setVisible(new and self._desk.may(Permission.ADMIT_PROVISIONAL))
        self.request_button.setVisible(new and self._desk.may(Permission.ADMIT_PROVISIONAL))
        self._proposals = []
        if several:
            self._show_families()
            return
        with refusals_told(self.told):
            self._proposals = self._found(here)
        self._show()

    def _show_families(self) -> None:
        """Of families nothing is proposed bed by bed: the answer says rooms and moves."""
        self._empty(self._rows)
        self._empty(self._why_rows)
        self.options = []
        for hidden in (self.why_button, self.says):
            hidden.hide()
        self.families.look()

    def _found(self, here: bool) -> list[Proposal]:
        if here:
            one = self.who()
            return [] if one is None else moving.proposals(self._desk, self._board, one)
        birth = self._birth()
        head = self.everyone.get(self.family.value() or "")
        household = None if head is None else head.stay.head or head.stay.id
        found = beds.beds_for(self._desk, self.sex.value() or "f", birth, self._board.night, household)
        return moving.kept_last(found, household is None)

    def sought(self) -> tuple[str, Birth]:
        """Sex and birth of who is to come, as they were said here."""
        return self.sex.value() or "f", self._birth()

    def _birth(self) -> Birth:
        age = self.age.number()
        return UNKNOWN_BIRTH if age is None else Birth(age_estimated=age, age_estimated_on=self._desk.today())

    def _group(self) -> Group:
        return Group(self.sex.value() or "f", self._birth().group(self._desk.today()), 1)

    @Slot()
    def _ask_for_a_place(self) -> None:
        group = self._group()
        self.request_wanted.emit(f"{group.sex}/{group.age_group}")

    @Slot()
    def _hold(self) -> None:
        one = self.chosen()
        if one is not None:
            self.hold_wanted.emit(one, self._group())

    def _show(self) -> None:
        self._empty(self._rows)
        self._empty(self._why_rows)
        self.options = []
        who = self.who()
        mine = who.placement.bed if who is not None and who.placement is not None else None
        offered = [one for one in self._proposals if not one.is_held]  # what is held is proposed to nobody else
        possible = [one for one in offered if self._verdict(one).can and self._reached(one) and one.bed.id != mine]
        for one in possible:
            option = OptionCard(self._said(one), self.list)
            option.setProperty("bed", int(one.bed.id))
            self.group.addButton(option)
            option.toggled.connect(self._toggled)
            self._rows.addWidget(option)
            self.options.append(option)
        if self.accessible.isChecked():
            self._rows.insertWidget(0, Label(self._counted(), size="small", ink="ink2", wrap=True))
        if not possible and self._proposals:
            told = words.text("No bed fits tonight. A mat can be given.")
            why = first_days.not_yet(one.since for one in self._proposals if one.since is not None)
            self._rows.addWidget(Label(f"{told} {why}".strip(), ink="attention", wrap=True))
        others = [one for one in self._proposals if one not in possible and one.bed.id != mine]
        for one in others:
            why = self._verdict(one).told if self._reached(one) else self._unreached(one)
            line = words.text("{bed}: {why}").format(bed=one.bed.code, why=why)
            self._why_rows.addWidget(Label(line, size="small", ink="ink2", wrap=True))
        self.why_button.setVisible(bool(others))
        # else what is wrapped beside them makes the panel reckon with less, and presses the proposals flat
        gaps = self._rows.spacing() * max(0, len(self.options) - 1)
        self.list.setMinimumHeight(sum(one.sizeHint().height() for one in self.options) + gaps)
        if self.options:
            self.options[0].setChecked(True)
        self._toggled()

    def _reached(self, one: Proposal) -> bool:
        """Whether its room is accessible, where that is asked for."""
        return bool(one.room.accessible) or not self.accessible.isChecked()

    def _unreached(self, one: Proposal) -> str:
        if one.room.accessible is None:
            return words.text("nobody said whether the room is accessible")
        return words.text("the room is not accessible")

    def _counted(self) -> str:
        """How many places in accessible rooms are free tonight, for whomever."""
        looks = self._board.rooms
        free = sum(look.free for look in looks if look.room.accessible)
        return words.count("{n} free place in an accessible room", "{n} free places in accessible rooms", free)

    def _verdict(self, one: Proposal) -> Verdict:
        who = self.who()
        alone = not self.family.value() if who is None else moving.is_alone(self._board, who.stay.head or who.stay.id)
        return moving.of_proposal(self._desk, one, alone)

    def _said(self, one: Proposal) -> Said:
        verdict, code, room = self._verdict(one), one.bed.code, one.room.name
        if verdict.kind == "reason":
            return Said(code, code, room, verdict.told, words.text("With a reason"), "attention")
        if verdict.told:
            return Said(code, code, room, verdict.told, words.text("Warning"), "attention")
        return Said(code, code, room, phrases.for_whom(one.room), words.text("Fits"), "ok")

    def _empty(self, layout: QVBoxLayout) -> None:
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, OptionCard):
                self.group.removeButton(widget)
            if widget is not None:
                take_away(widget)

    @Slot()
    def _toggled(self) -> None:
        one = self.chosen()
        told = self._verdict(one).told if one is not None else ""
        self.verb.setEnabled(one is not None)
        self.hold_button.setEnabled(one is not None)
        self.says.setVisible(bool(told))
        self.says.sentence.setText(told)

    @Slot(bool)
    def _show_why(self, on: bool) -> None:
        self.why.setVisible(on)
        self.why_button.set_icon("up" if on else "down")

    def chosen(self) -> Proposal | None:
        """The bed that is ticked."""
        ticked = next((option.property("bed") for option in self.options if option.isChecked()), None)
        return next((one for one in self._proposals if one.bed.id == ticked), None)

    @Slot()
    def go(self) -> None:
        """Take the ticked bed."""
        one = self.chosen()
        if one is not None:
            self.picked.emit(one, self.who())
