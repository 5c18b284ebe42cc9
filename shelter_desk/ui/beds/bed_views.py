"""What the panel shows of a bed that is free or out of use, the forms over it, and those of somebody's nights.

What the page does to a stay or a bed: one operation, one sentence for the message bar.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.errors import Missing, NeedsReason, RuleBroken
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import beds
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import maintenance
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import later_nights
from shelter_desk.ui.beds import moving, phrases
from shelter_desk.ui.beds.panel_views import ActFace, Face
from shelter_desk.ui.forms.bed_move import BedMoveFields
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import TextField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import equipment as said_of_equipment
from shelter_desk.words import formats
from shelter_desk.words.beds import held_beds as held_words
from shelter_desk.words.beds import room_rules


def moment_of(desk: Desk, night: date | None) -> datetime:
    """What a move that begins with that night is dated: now for tonight or None, else the day without an hour."""
    return desk.now() if night is None or night >= desk.today() else plain(night)


def _dated(desk: Desk, told: str, night: date | None) -> str:
    """A sentence with the night it begins with, where that is over."""
    if night is None or night >= desk.today():
        return told
    return words.text("From the night of {day} on: {told}").format(day=formats.day(night), told=told)


def move(desk: Desk, who: Present, spot: Spot, place: str, night: date | None = None) -> Told:
    """Give somebody another place from a night on, tonight for None. place: how the sentence calls it.

    Raises NeedsReason and the like.
    """
    done = stays.move(desk, who.stay.id, spot, moment_of(desk, night))
    if spot.place == "appoint":
        sentence = words.text("{code} sleeps on a mat in room {place}.")
    else:
        sentence = words.text("{code} sleeps in bed {place}.")
    told = _dated(desk, sentence.format(code=who.person.code, place=place), night)
    return later_nights.moved(Told("ok", told, done), who.stay.id)


def move_family(
    desk: Desk, moves: Sequence[tuple[Present, Bed]], room: str, night: date | None = None, reason: str = ""
) -> Told:
    """Give a whole family its beds in one act, as `move`. room: its code. When one is refused nobody moves."""
    spots = [(who.stay.id, Spot("lit", bed.id, reason=reason)) for who, bed in moves]
    done = stays.move_household(desk, spots, moment_of(desk, night))
    beds = ", ".join(bed.code for _, bed in moves)
    told = words.text("The family sleeps in room {room}: {beds}.").format(room=room, beds=beds)
    return later_nights.moved(Told("ok", _dated(desk, told, night), done), spots[0][0])


def swap(
    desk: Desk, who: Present, other: Present, places: tuple[str, str], night: date | None = None, reason: str = ""
) -> Told:
    """Let two persons exchange their beds from a night on, tonight for None. places: where each is before."""
    done = stays.swap(desk, who.stay.id, other.stay.id, moment_of(desk, night), reason)
    sentence = words.text("{one} now has {there}, {other} has {here}.")
    here, there = places
    told = sentence.format(one=who.person.code, there=there, other=other.person.code, here=here)
    return later_nights.moved(Told("ok", _dated(desk, told, night), done), who.stay.id)


def _about(one: Present, place: str) -> str:
    return words.text("{code}, {place}").format(code=one.person.code, place=place[:1].lower() + place[1:])


class AwayForm(ActFace):
    """Why, the first night away, and the first night back where it is known; the bed is kept."""

    when = "from"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Away"), _about(one, place), words.text("Record"), "absence")
        self._one = one
        today = desk.today()
        self.why = CodeField(words.text("Reason"), "absence_type", required=True)
        self.first = DayField(words.text("First night away"), today, required=True, value=today, key="from")
        self.back = DayField(words.text("First night back"), today, key="to")
        note = words.text("The bed is kept. Write the return when it is known.")
        self.add(self.why, self.first, self.back, Label(note, size="small", ink="ink2", wrap=True))

    def act(self) -> Told:
        first, back = self.first.asked(), self.back.day()
        done = absences.be_away(self.desk, self._one.stay.id, self.why.code(), first, back)
        return Told("ok", words.text("Absence of {code} recorded.").format(code=self._one.person.code), done)


class BackInBedForm(ActFace):
    """The first night slept here again."""

    when = "to"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Back"), _about(one, place), words.text("Record"), "arrive")
        self._one = one
        today = desk.today()
        self.back = DayField(words.text("First night back"), today, required=True, value=today, key="to")
        self.add(self.back)

    def act(self) -> Told:
        done = absences.come_back(self.desk, self._one.stay.id, self.back.asked())
        return Told("ok", words.text("Return of {code} recorded.").format(code=self._one.person.code), done)


class PlaceFace(ActFace):
    """Choose who comes to this bed. place: does it; reason_wanted is called where a rule asks for a reason."""

    def __init__(
        self,
        desk: Desk,
        board: Board,
        key: str,
        title: str,
        place: Callable[[Present], Told],
        reason_wanted: Callable[[Present, NeedsReason], None],
    ) -> None:
        super().__init__(desk, title, "", words.text("Place"), "move")
        self._board, self._key, self._place, self._reason_wanted = board, key, place, reason_wanted
        self.everyone = {one.person.code: one for one in [*board.unplaced, *board.everyone]}
        choices = [
            (code, phrases.person_line(one, board.night, moving.place_name(board, one)))
            for code, one in self.everyone.items()
        ]
        self.who = ChoiceField(words.text("Person present"), choices, required=True, key="person_code")
        self.says = Alert("", "attention")
        self.says.hide()
        self.who.chosen.connect(self._chosen)
        self.add(self.who, self.says)

    @Slot(str)
    def _chosen(self, code: str) -> None:
        one = self.everyone.get(code)
        said = moving.verdicts(self.desk, self._board, moving.Moving("move", one)) if one is not None else {}
        told = said[self._key].told if self._key in said else ""
        self.says.setVisible(bool(told))
        self.says.sentence.setText(told)

    def _chosen_one(self) -> Present:
        one = self.everyone.get(self.who.code())
        if one is None:
            raise Missing("person_code")
        return one

    def act(self) -> Told:
        return self._place(self._chosen_one())

    def ask_reason(self, error: NeedsReason) -> None:
        self._reason_wanted(self._chosen_one(), error)


class ReasonFace(ActFace):
    """The sentences of the rules, a reason, and the act once more with it. again: does it with that reason."""

    def __init__(
        self, desk: Desk, title: str, secondary: str, broken: Sequence[str], verb: str, again: Callable[[str], Told]
    ) -> None:
        super().__init__(desk, title, secondary, verb, "check")
        self._again = again
        self.reason = TextField(words.text("Reason"), required=True, lines=3, key="reason")
        self.add(*(Alert(room_rules.warning(rule), "attention") for rule in dict.fromkeys(broken)))
        self.reason.set_warning(words.text("The reason is kept with the bed and counted in the report."))
        watch(desk, self.reason)
        self.add(self.reason)

    def act(self) -> Told:
        if not self.reason.text():
            raise Missing("reason")
        return self._again(self.reason.text())


BLOCKING = ("maintenance", "hors_service", "quarantaine")


def about(room: Room, bed: Bed) -> str:
    """`Dortoir femmes, lit simple`."""
    kind = words.label("bed_type", bed.bed_type)
    return words.text("{room}, {bed}").format(room=room.name, bed=kind[:1].lower() + kind[1:])


def add_upkeep(face: Face, desk: Desk) -> None:
    """A defect of the bed that is shown, and its room with its inspections."""
    if desk.may(Permission.ASSETS_EDIT):
        face.add_act("defect", words.text("Report a defect…"), "wrench")
    if desk.may(Permission.ASSETS_SEE):
        face.add_act("room", words.text("Room, inspections…"), "home", "I")


class _BedFace(Face):
    """Facts in a card, then what can be done."""

    def __init__(self, room: Room, bed: Bed, facts: list[tuple[str, str]]) -> None:
        super().__init__(phrases.bed_title(bed), about(room, bed))
        card = Card()
        card.body.addWidget(FactList(facts))
        self.body.addWidget(card)


class FreeFace(_BedFace):
    """A free bed: for whom, admit, place, hold, block. held: for whom it is held from a later night on."""

    def __init__(
        self, desk: Desk, room: Room, bed: Bed, acts: bool, lacks: Sequence[str] = (), held: HeldBed | None = None
    ) -> None:
        facts = [
            (words.text("State"), words.text("Free")),
            (words.text("For"), phrases.for_whom(room)),
            (words.text("Room"), phrases.room_title(room)),
        ]
        super().__init__(room, bed, facts)
        for part in lacks:
            self.body.addWidget(Alert(said_of_equipment.lacks_sentence(part), "attention"))
        if held is not None:
            told = words.text("Held from {day} on for {who} ({number}).")
            day, who = formats.day(held.first), held_words.who(held.groups)
            self.body.addWidget(Alert(told.format(day=day, who=who, number=held.held_no), "held"))
        if acts and desk.may(Permission.ADMIT_PROVISIONAL):
            self.add_act("admit", words.text("Admit here…"), "arrive")
        if acts and desk.may(Permission.MOVE):
            self.add_act("place", words.text("Place someone…"), "move")
        if acts and desk.may(Permission.ADMIT_PROVISIONAL):
            self.add_act("hold", words.text("Hold this bed…"), "bookmark", "R")
        if acts and desk.may(Permission.ROOMS_EDIT):
            self.add_act("block", words.text("Block this bed…"), "octagon")
        if acts:
            add_upkeep(self, desk)
        if acts and desk.may(Permission.ROOMS_EDIT):
            self.add_act("move_bed", words.text("Move the bed…"), "bed")


class BlockedFace(_BedFace):
    """A bed out of use: why, since when, until when."""

    def __init__(self, desk: Desk, room: Room, bed: Bed, state: BedState, acts: bool) -> None:
        until = words.text("not known") if state.end is None else phrases.day_of(state.end)
        facts = [
            (words.text("State"), words.label("bed_state", state.state)),
            (words.text("Reason"), state.reason or formats.NONE),
            (words.text("Since"), phrases.day_of(state.start)),
            (words.text("Out of use until"), until),
        ]
        repair = None
        if state.ticket is not None and desk.may(Permission.ASSETS_SEE):
            repair = maintenance.ticket_of(desk, state.ticket)
        if repair is not None:
            facts.append((words.text("Repair"), said_of_equipment.repair(repair)))
        super().__init__(room, bed, facts)
        if repair is not None and repair.closed_on is not None:
            told = words.text("The repair is done: put the bed back into use.")
            self.body.addWidget(Alert(told, "attention"))
        if acts and desk.may(Permission.ROOMS_EDIT):
            self.add_act("unblock", words.text("Put back into use…"), "check")
            self.add_act("move_bed", words.text("Move the bed…"), "bed")
        if acts:
            add_upkeep(self, desk)


class BlockForm(ActFace):
    """Take a bed out of use: how, from when, until when, why."""

    when = "to"

    def __init__(self, desk: Desk, room: Room, bed: Bed, lacks: Sequence[str] = ()) -> None:
        title = words.text("Block bed {bed}").format(bed=bed.code)
        super().__init__(desk, title, about(room, bed), words.text("Block"), "octagon")
        self._bed = bed
        today = desk.today()
        self.state = CodeField(words.text("State"), "bed_state", required=True, only=BLOCKING)
        self.first = DayField(words.text("From"), today, required=True, value=today, key="from")
        self.until = DayField(words.text("Usable again on"), today, kind="ahead", key="to")
        self.reason = TextField(words.text("Reason"), required=True, lines=2, key="reason")
        watch(desk, self.reason)
        if lacks:
            self.state.choose("hors_service")
            self.reason.set_text(", ".join(map(said_of_equipment.lacks, lacks)))
        self.add(self.state, self.first, self.until, self.reason)

    def act(self) -> Told:
        if not self.state.value():
            raise Missing("bed_state")
        start, until = plain(self.first.asked()), self.until.day()
        end = None if until is None else plain(until)
        done = beds.block(self.desk, self._bed.id, self.state.code(), start, end, self.reason.text())
        return Told("ok", words.text("Bed {bed} is out of use.").format(bed=self._bed.code), done)


class MoveBedForm(ActFace):
    """Put a bed into another room from a night on."""

    when = "from"

    def __init__(self, desk: Desk, room: Room, bed: Bed) -> None:
        title = words.text("Move bed {bed} to another room").format(bed=bed.code)
        super().__init__(desk, title, about(room, bed), words.text("Move the bed"), "move")
        self.where = BedMoveFields(desk)
        self.where.show_bed(bed)
        self.add(self.where)
        self.fields |= {one.key: one for one in (self.where.room, self.where.day)}

    def act(self) -> Told:
        return self.where.act()

    def refuse(self, error: RuleBroken) -> None:
        super().refuse(error)
        self.refusal.setVisible(self.refusal.isVisibleTo(self) and not self.where.refused.isVisibleTo(self))


class UnblockForm(ActFace):
    """Put a bed back into use from a day on."""

    when = "from"

    def __init__(self, desk: Desk, room: Room, bed: Bed, state: BedState) -> None:
        title = words.text("Bed {bed} back into use").format(bed=bed.code)
        super().__init__(desk, title, about(room, bed), words.text("Put back"), "check")
        self._bed, self._state = bed, state
        today = desk.today()
        self.first = DayField(words.text("Usable from"), today, required=True, value=today, key="from")
        self.add(self.first)

    def act(self) -> Told:
        done = beds.unblock(self.desk, self._state, plain(self.first.asked()))
        return Told("ok", words.text("Bed {bed} is back in use.").format(bed=self._bed.code), done)
