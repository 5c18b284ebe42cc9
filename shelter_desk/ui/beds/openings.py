"""Which face the panel shows for a tile, and which form for an act on a bed.

The panel of somebody in a bed: facts, the name on demand, alerts, what can be done.
"""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.errors import NeedsReason, NotAllowed
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import placement_on
from shelter_desk.operations.beds.beds import BedLook, Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays.stays import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import bed_views, families, moving, phrases
from shelter_desk.ui.beds.bed_views import BlockedFace, BlockForm, FreeFace, PlaceFace, UnblockForm, about
from shelter_desk.ui.beds.mover import Mover, person_at
from shelter_desk.ui.beds.panel_views import Face
from shelter_desk.ui.beds.tiles import bed_key
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.marks import MinorMark
from shelter_desk.ui.widgets.name_on_demand import NameOnDemand
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats


class ResidentFace(Face):
    """One resident tonight, or on a past night without the acts."""

    def __init__(
        self,
        desk: Desk,
        one: Present,
        night: date,
        told: tuple[str, ...],
        title: str,
        secondary: str,
        acts: bool,
        with_family: bool = False,
    ) -> None:
        super().__init__(title, secondary)
        self._desk, self.one, self._night, self._with_family = desk, one, night, with_family
        self._record = _record(desk, one)
        self.name = NameOnDemand(desk)
        self.name.told.connect(self.told)
        self.body.addWidget(self._card())
        for alert in told:
            self.body.addWidget(Alert(alert, "attention"))
        if acts:
            self._add_acts()
        if self._record is not None:
            self.add_act("record", words.text("Open the record"), "document").set_kind("quiet")

    def _card(self) -> Card:
        card = Card()
        if (inside := card.layout()) is not None:
            inside.setContentsMargins(tokens.SPACE_PANEL, tokens.SPACE_PANEL, tokens.SPACE_PANEL, tokens.SPACE_PANEL)
        head = QHBoxLayout()
        head.addWidget(Label(self.one.person.code, bold=True))
        if self.one.person.birth.protected_as_minor(self._night):
            head.addWidget(MinorMark())
        head.addWidget(_presence(self.one))
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(Label(phrases.who(self.one.person, self._night), ink="ink2", wrap=True))
        card.body.addWidget(self.name)
        self.name.show_person(self.one.person.id, self._record is not None and self._record.has_name)
        card.body.addWidget(RuleLine())
        card.body.addWidget(FactList(self._facts()))
        return card

    def _facts(self) -> list[tuple[str, str]]:
        stay = self.one.stay
        arrival = words.text("{day} ({nights})").format(
            day=phrases.day_of(stay.admitted_at), nights=phrases.nights_text(phrases.nights(self.one, self._night))
        )
        facts = [(words.text("Arrival"), arrival)]
        known = self._record.stays if self._record is not None else ()
        mine = next((one for one in known if one.stay.id == stay.id), None)
        if self.one.placement is not None:
            facts.append((words.text("Here since"), self._since(mine)))
            if self.one.placement.end is not None:
                facts.append((words.text("Here until"), phrases.day_of(self.one.placement.end)))
            if self.one.placement.override_reason:
                facts.append((words.text("Placed because"), self.one.placement.override_reason))
        if self.one.absence is not None:
            facts += _away(self.one)
        family = [person.code for other, person in mine.family if other.covers(self._night)] if mine else []
        if family:
            facts.append((words.text("Family"), "\n".join(family)))
        return [*facts, (words.text("Exit"), self._exit())]

    def _exit(self) -> str:
        """When it was, else the day it is planned for and whether that has passed."""
        stay = self.one.stay
        if stay.exited_at is not None:
            return formats.moment(stay.exited_at)
        if stay.expected_exit is None:
            return words.text("no date")
        late = stay.expected_exit < self._desk.today()
        told = words.text("planned for {day}, which has passed") if late else words.text("planned for {day}")
        return told.format(day=formats.day(stay.expected_exit))

    def _since(self, mine: StayRecord | None) -> str:
        placement = self.one.placement
        if placement is None:
            return formats.NONE
        since = phrases.day_of(placement.start)
        before = _bed_before(self._record, mine, placement.start.date()) if mine and self._record is not None else ""
        return words.text("{day} (before: {bed})").format(day=since, bed=before) if before else since

    def _add_acts(self) -> None:
        may_move = self._desk.may(Permission.MOVE)
        has_bed = self.one.placement is not None and self.one.placement.place == "lit"
        if may_move:
            self.add_act("move", words.text("Move…"), "move", "D")
        if may_move and self._with_family:
            self.add_act("family", words.text("Move the whole family…"), "two-people", "F")
        if may_move and has_bed:
            self.add_act("swap", words.text("Swap…"), "swap", "E")
        if may_move and self.one.absence is None:
            self.add_act("away", words.text("Note an absence…"), "absence", "A")
        elif may_move:
            self.add_act("back", words.text("Back…"), "arrive", "A")
        if self._desk.may(Permission.DISCHARGE):
            self.add_act("leave", words.text("Record the exit…"), "leave", "S")


def _record(desk: Desk, one: Present) -> Record | None:
    """The record of who sleeps there; of a night of the past some roles open none."""
    try:
        return residents.record(desk, one.person.id)
    except NotAllowed:
        return None


def _presence(one: Present) -> Badge:
    female = one.person.sex == "f"
    state: State = "ok" if one.absence is None else "held"
    if one.absence is None:
        text = words.text("Here (woman)") if female else words.text("Here (man)")
    else:
        text = words.text("Away (woman)") if female else words.text("Away (man)")
    return Badge(text, state, "check" if one.absence is None else "absence")


def _away(one: Present) -> list[tuple[str, str]]:
    absence = one.absence
    if absence is None:
        return []
    back = words.text("not known") if absence.end is None else phrases.day_of(absence.end)
    return [
        (words.text("Away"), words.label("absence_type", absence.absence_type)),
        (words.text("Away since"), phrases.day_of(absence.start)),
        (words.text("Back on"), back),
    ]


def _bed_before(record: Record, mine: StayRecord, start: date) -> str:
    """The bed of the night before this one began, "" where it is the first."""
    night = date.fromordinal(start.toordinal() - 1)
    former = placement_on(mine.placements, night)
    if former is None:
        return ""
    bed = record.beds.get(former.bed) if former.bed is not None else None
    return bed.code if bed else words.text("mat")


def bed_look(board: Board, key: str) -> tuple[RoomLook, BedLook] | None:
    """The bed of a tile as it is on that night."""
    for look in board.rooms:
        for one in look.beds:
            if bed_key(one.bed.id) == key:
                return look, one
    return None


def face(desk: Desk, board: Board, key: str, told: Mapping[StayId, tuple[str, ...]], acts_: bool) -> Face | None:
    """What the panel shows for that tile, None when the tile is gone."""
    found, one = bed_look(board, key), person_at(board, key)
    if one is not None:
        title, secondary = where(board, key, one)
        return ResidentFace(
            desk,
            one,
            board.night,
            told.get(one.stay.id, ()),
            title,
            secondary,
            acts_,
            len(families.movers(board, one)) > 1,
        )
    if found is None:
        return None
    room, bed = found
    if bed.state is not None:
        return BlockedFace(desk, room.room, bed.bed, bed.state, acts_)
    return FreeFace(desk, room.room, bed.bed, acts_, bed.lacks)


def where(board: Board, key: str, one: Present) -> tuple[str, str]:
    """Where somebody sleeps: the bed or the mat, and the room."""
    found = bed_look(board, key)
    if found is not None:
        return phrases.bed_title(found[1].bed), about(found[0].room, found[1].bed)
    room = moving.room_with(board, one)
    if room is None:
        return words.text("No known bed"), words.text("present, to be placed")
    return words.text("Mat"), phrases.room_title(room.room)


def bed_form(desk: Desk, board: Board, act: str, key: str, mover: Mover) -> Face | None:
    """The form of an act on a free bed or one out of use."""
    found = bed_look(board, key)
    if found is None:
        return None
    room, bed = found
    if act == "block":
        return BlockForm(desk, room.room, bed.bed, bed.lacks)
    if act == "unblock":
        return None if bed.state is None else UnblockForm(desk, room.room, bed.bed, bed.state)
    spot = Spot("lit", bed.bed.id)

    def place(who: Present) -> Told:
        return bed_views.move(desk, who, spot, bed.bed.code)

    def reason_wanted(who: Present, error: NeedsReason) -> None:
        mover.ask_reason(who, spot, bed.bed.code, error)

    title = words.text("Someone for bed {bed}").format(bed=bed.bed.code)
    return PlaceFace(desk, board, key, title, place, reason_wanted)
