"""Which face the panel shows for a tile, that of somebody in a bed among them, and which form for an act on a bed."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from shelter_desk import words
from shelter_desk.domain.beds.held_beds import HeldGone
from shelter_desk.domain.errors import NeedsReason, NotAllowed
from shelter_desk.domain.ids import BedId, HeldBedId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import placement_on
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.beds.bed_board import BedLook, Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import diets, residents
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import bed_views, moving, phrases
from shelter_desk.ui.beds.bed_views import (
    BlockedFace,
    BlockForm,
    FreeFace,
    MoveBedForm,
    PlaceFace,
    UnblockForm,
    about,
    add_upkeep,
)
from shelter_desk.ui.beds.defect_form import DefectForm
from shelter_desk.ui.beds.holding.held_faces import HeldFace, HeldListFace
from shelter_desk.ui.beds.holding.hold_form import HoldForm
from shelter_desk.ui.beds.inspecting.room_face import OTHER_ROOMS, OtherRoomsFace, RoomFace, look_at, without_beds
from shelter_desk.ui.beds.mover import Mover, person_at
from shelter_desk.ui.beds.panel_views import Face
from shelter_desk.ui.beds.tiles import HELD_LIST, bed_key, held_of, taken_from
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.marks import MinorMark
from shelter_desk.ui.widgets.name_on_demand import NameOnDemand
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.beds import first_days


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
        self._record: Record | None = None
        with suppress(NotAllowed):  # of a night of the past some roles open none
            self._record = residents.record(desk, one.person.id)
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
        minor = [MinorMark()] if self.one.person.birth.protected_as_minor(self._night) else []
        female, is_here = self.one.person.sex == "f", self.one.absence is None
        here = words.text("Here (woman)") if female else words.text("Here (man)")
        away = words.text("Away (woman)") if female else words.text("Away (man)")
        presence = Badge(here, "ok", "check") if is_here else Badge(away, "held", "absence")
        fill(
            card.body,
            in_row(Label(self.one.person.code, bold=True), *minor, presence, STRETCH),
            Label(phrases.who(self.one.person, self._night), ink="ink2", wrap=True),
            self.name,
            RuleLine(),
            FactList(self._facts()),
        )
        self.name.show_person(self.one.person.id, self._record is not None and self._record.has_name)
        return card

    def _facts(self) -> list[tuple[str, str]]:
        stay, placement, absence = self.one.stay, self.one.placement, self.one.absence
        arrival = words.text("{day} ({nights})").format(
            day=phrases.day_of(stay.admitted_at), nights=phrases.nights_text(phrases.nights(self.one, self._night))
        )
        facts = [(words.text("Arrival"), arrival)]
        known = self._record.stays if self._record is not None else ()
        mine = next((one for one in known if one.stay.id == stay.id), None)
        if placement is not None:
            since, before = phrases.day_of(placement.start), self._bed_before(mine, placement.start.date())
            told = words.text("{day} (before: {bed})").format(day=since, bed=before) if before else since
            facts.append((words.text("Here since"), told))
            if placement.end is not None:
                facts.append((words.text("Here until"), phrases.day_of(placement.end)))
            if placement.override_reason:
                facts.append((words.text("Placed because"), placement.override_reason))
        if absence is not None:
            back = words.text("not known") if absence.end is None else phrases.day_of(absence.end)
            facts += [
                (words.text("Away"), words.label("absence_type", absence.absence_type)),
                (words.text("Away since"), phrases.day_of(absence.start)),
                (words.text("Back on"), back),
            ]
        family = [person.code for other, person in mine.family if other.covers(self._night)] if mine else []
        if family:
            facts.append((words.text("Family"), "\n".join(family)))
        eats = diets.of(self._desk, [stay.id]).get(stay.id, ())
        if eats:
            facts.insert(0, (words.text("Diet and allergies"), "\n".join(words.label(diets.LIST, one) for one in eats)))
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

    def _bed_before(self, mine: StayRecord | None, start: date) -> str:
        """The bed of the night before this one began, "" where it is the first."""
        former = placement_on(mine.placements, start - timedelta(days=1)) if mine is not None else None
        if former is None or self._record is None:
            return ""
        bed = self._record.beds.get(former.bed) if former.bed is not None else None
        return bed.code if bed else words.text("mat")

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
        in_bed = self.one.placement is not None and self.one.placement.bed is not None
        if in_bed:
            add_upkeep(self, self._desk)
        if in_bed and self._desk.may(Permission.ROOMS_EDIT):
            self.add_act("move_bed", words.text("Move the bed…"), "bed")
        if self._desk.may(Permission.DISCHARGE):
            self.add_act("leave", words.text("Record the exit…"), "leave", "S")


def face(desk: Desk, board: Board, key: str, told: Mapping[StayId, tuple[str, ...]], acts_: bool) -> Face | None:
    """What the panel shows for that tile or what is held, None when it is gone."""
    if key == HELD_LIST:
        return HeldListFace(desk)
    held = held_of(key)
    if held is not None:
        return _held_face(desk, held, acts_)
    if key == OTHER_ROOMS and desk.may(Permission.ASSETS_SEE):
        return OtherRoomsFace(without_beds(desk, board))
    look = look_at(desk, board, key)
    if look is not None:
        return RoomFace(desk, look, acts_, bool(without_beds(desk, board)))
    found, one = moving.bed_of(board, key), person_at(board, key)
    if one is not None:
        family = len(moving.movers(board, one)) > 1
        alerts = told.get(one.stay.id, ())
        if found is not None and found[1].is_held and found[1].held is not None:
            alerts = (*alerts, taken_from(found[1].held))
        return ResidentFace(desk, one, board.night, alerts, *where(board, key, one), acts_, family)
    if found is None:
        return None
    room, bed = found
    if bed.state is not None:
        return BlockedFace(desk, room.room, bed.bed, bed.state, acts_)
    kept = _held_face(desk, bed.held.id, acts_) if bed.held is not None and bed.is_held else None
    return kept or FreeFace(desk, room.room, bed.bed, acts_, bed.lacks, bed.held)


def out_of_service(desk: Desk, key: BedId) -> Told | None:
    """Why that bed is not on the plan of tonight; None where there is none of that number."""
    every = (bed for _, several in beds.rooms(desk) for bed in several)
    found = next((bed for bed in every if bed.id == key), None)
    return None if found is None else Told("attention", first_days.out_of_service(found, desk.today()))


def _held_face(desk: Desk, held: HeldBedId, acts_: bool) -> Face | None:
    with suppress(HeldGone):
        return HeldFace(desk, held_beds.line(desk, held), acts_)
    return None


def where(board: Board, key: str, one: Present) -> tuple[str, str]:
    """Where somebody sleeps: the bed or the mat, and the room."""
    found = moving.bed_of(board, key)
    if found is not None:
        return phrases.bed_title(found[1].bed), about(found[0].room, found[1].bed)
    room = moving.room_with(board, one)
    if room is None:
        return words.text("No known bed"), words.text("present, to be placed")
    return words.text("Mat"), phrases.room_title(room.room)


def bed_form(desk: Desk, board: Board, act: str, room: RoomLook, bed: BedLook, mover: Mover) -> Face | None:
    """The form of an act on a free bed or one out of use."""
    if act == "hold":
        return HoldForm(desk, board, bed.bed.id)
    if act == "defect":
        return DefectForm(desk, room.room, bed)
    if act == "move_bed":
        return MoveBedForm(desk, room.room, bed.bed)
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
    return PlaceFace(desk, board, bed_key(bed.bed.id), title, place, reason_wanted)
