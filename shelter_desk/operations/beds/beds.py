"""A bed for somebody, beds out of use, and the rooms and beds of the shelter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from shelter_desk.domain.beds import held_beds as held_rules
from shelter_desk.domain.beds import moved_beds
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.beds.first_day import check_first_day
from shelter_desk.domain.beds.placement_checks import Span, check_can_block, check_order, check_usable
from shelter_desk.domain.beds.room_rules import Finding, Sleeper, findings, incomplete, is_mixed, too_short
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_code, check_given
from shelter_desk.domain.equipment.assets import lacking
from shelter_desk.domain.errors import BedOccupied, CodeTaken, NotInList
from shelter_desk.domain.ids import BedId, BedStateId, HeldBedId, PersonId, RoomId, StayId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import free_beds, night_reception
from shelter_desk.operations.beds.occupancy import HouseNight, house
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays as stored_stays

ROOMS = Changes(rooms=True)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One bed for somebody: it fits, needs a reason, or cannot be given.

    against: what the rules of the room say against it, and that it is held for somebody who is expected; taken_by: code
    of who has it; state: set when out of use.
    since: set where the bed is in service only after that night.
    """

    bed: Bed
    room: Room
    against: tuple[Finding, ...] = ()
    taken_by: str = ""
    state: BedState | None = None
    since: datetime | None = None

    @property
    def is_possible(self) -> bool:
        """True when it can be given, with a reason if need be."""
        return not self.taken_by and self.state is None and self.since is None

    @property
    def fits(self) -> bool:
        """True when it can be given without a reason."""
        return self.is_possible and all(finding.level == "warns" for finding in self.against)

    @property
    def is_held(self) -> bool:
        """True where it is held for somebody else who is expected."""
        return any(finding.rule == held_rules.RULE for finding in self.against)

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Best first: nothing against it, only warnings, a woman and a man beside each other, a reason needed,
        impossible.
        """
        worst = 3 if not self.is_possible else 2 if not self.fits else 1 if self.against else 0
        return (worst, is_mixed(self.against), len(self.against))


@needs(Permission.SEE_BEDS)
def beds_for(
    desk: Desk,
    sex: str,
    birth: Birth,
    night: date,
    household: StayId | None = None,
    stay: StayId | None = None,
    person: PersonId | None = None,
    own: HeldBedId | None = None,
) -> list[Proposal]:
    """Every bed for this person from that night on, best first, and why the others do not fit (F9): taken, out of use,
    or not in service yet.

    stay or person: of somebody known, so that whom they must not meet is looked at too (R-28). Of a stay that moved
    later a bed is wanted until then. own: what is held for this very person. Raises NotAllowed of a night that the role
    may not see.
    """
    with desk.reading() as connection:
        night_reception.check_night(desk, connection, night)
        seen = house(connection, night)
        known = person or next((one.person.id for one in seen.present if one.stay.id == stay), None)
        later = stored_beds.sleepers_in_each(connection, stay, household, known, night)
        to_come = [bed for bed in stored_beds.beds(connection).values() if bed.in_service_from.date() > night]
        states = stored_beds.states(connection)
        moves = () if stay is None else stored_stays.placements(connection, [stay]).get(stay, ())
        until = min((one.start for one in moves if one.start.date() > night), default=None)  # when it moves next
        unfit = lacking(equipment.on_beds(connection, night)).keys()
    apart = frozenset[str]() if known is None else seen.apart(known)
    code = next((one.person.code for one in seen.present if one.person.id == known), "")
    who = Sleeper(sex, birth, household, stay, code, apart)
    rooms = {room: _findings(seen, room, who) for room in {bed.room for bed in [*seen.beds.values(), *to_come]}}
    until_day, today = None if until is None else until.date(), desk.today()

    def against(bed: Bed) -> Iterator[Finding]:
        """What speaks against the bed itself, in whatever room."""
        if bed.id in unfit:
            yield incomplete(bed)
        yield from too_short(bed, birth, night)
        yield from free_beds.against(seen, bed, until_day, today, own, stay)

    made = [_proposal(seen, bed, rooms[bed.room], until, later.get(bed.id, ()), states) for bed in seen.beds.values()]
    proposals = [replace(one, against=(*one.against, *against(one.bed))) for one in made]
    proposals += [
        replace(_proposal(seen, bed, rooms[bed.room], until, (), ()), since=bed.in_service_from) for bed in to_come
    ]
    return sorted(proposals, key=lambda proposal: (proposal.rank, stored_beds.natural(proposal.bed.code)))


def _findings(seen: HouseNight, room: RoomId, who: Sleeper) -> tuple[Finding, ...]:
    """What the rules of that room say against this person."""
    others = seen.others_in(room, who.stay)
    against = tuple(findings(who, seen.rooms[room], others, seen.night, seen.norm_m2))
    if any(one.stay.id == who.stay and seen.room_of(one) == room for one in seen.present):  # nothing new in there
        against = tuple(finding for finding in against if finding.level == "warns")
    return against


def _proposal(
    seen: HouseNight,
    bed: Bed,
    against: tuple[Finding, ...],
    until: datetime | None,
    sleepers: Sequence[Span],
    states: Sequence[BedState],
) -> Proposal:
    room = seen.rooms[bed.room]
    first, after = seen.night, None if until is None else until.date()
    taken = next((s.code for s in sleepers if _between(s.start, s.end, first, after)), "")
    state = next((s for s in states if s.bed == bed.id and _between(s.start, s.end, first, after)), None)
    return Proposal(bed, room, against, taken, state)


def _between(start: datetime, end: datetime | None, first: date, after: date | None) -> bool:
    """Whether [start, end) has a night from `first` to the one before `after`."""
    return (end is None or end.date() > first) and (after is None or start.date() < after)


@needs(Permission.ROOMS_EDIT)
def block(desk: Desk, bed_id: BedId, state: str, start: datetime, end: datetime | None, reason: str) -> Done:
    """Take a bed out of use over [start, end), with the reason (F4).

    Raises Missing, NotInList, BadDates, BedOccupied while somebody sleeps in it, BedHeld while it is held for
    an arrival, PlacesHeld while those of its room need it, BedNotUsable outside its service.
    """
    if state not in ("maintenance", "hors_service", "quarantaine"):
        raise NotInList("bed_state", state)
    check_given("reason", reason.strip())
    with desk.writing("block", ROOMS) as writing:
        writing.subject = stored_beds.bed(writing.connection, bed_id).code
        take_out(desk, writing, BedState(BedStateId(0), bed_id, state, start, end, reason.strip()))
    return writing.done


def take_out(desk: Desk, writing: Writing, wanted: BedState) -> None:
    """The same inside another act. Raises as `block`."""
    bed = stored_beds.bed(writing.connection, wanted.bed)
    check_can_block(bed, wanted, stored_beds.sleepers_in(writing.connection, bed.id))
    last = None if wanted.end is None else wanted.end.date()
    free_beds.check_not_held(writing.connection, bed, wanted.start.date(), last, desk.today())
    nights = Span(bed.code, wanted.start, wanted.end or bed.in_service_to)
    check_usable(bed, nights, stored_beds.states(writing.connection, bed.id))
    writing.trail.add("bed_states", stored_beds.BED_STATES.write(wanted))


@needs(Permission.ROOMS_EDIT)
def unblock(desk: Desk, state: BedState, end: datetime) -> Done:
    """Put a bed back into use from that moment on. Raises BadDates."""
    check_order(state.start, end)
    with desk.writing("unblock", ROOMS) as writing:
        writing.subject = stored_beds.bed(writing.connection, state.bed).code
        writing.trail.change("bed_states", state.id, {"ended_at": to_text(end)})
    return writing.done


@needs(Permission.SEE_BEDS)
def rooms(desk: Desk) -> list[tuple[Room, list[Bed]]]:
    """Every room with all its beds, also those no longer in service."""
    with desk.reading() as connection:
        beds = stored_beds.beds(connection).values()
        return [(room, [bed for bed in beds if bed.room == room.id]) for room in stored_beds.rooms(connection).values()]


@needs(Permission.ROOMS_EDIT)
def keep_room(desk: Desk, room: Room) -> Done:
    """Add a room (id 0) or change one. Raises Missing, NotInList, CodeTaken."""
    for field in ("code", "name", "room_type", "sex_rule", "age_rule"):
        check_given("room_code" if field == "code" else field, getattr(room, field).strip())
    for field in ("room_type", "sex_rule", "age_rule"):
        check_code(field, getattr(room, field))
    with desk.writing("keep_room", ROOMS, room.code) as writing:
        same = [r for r in stored_beds.rooms(writing.connection).values() if r.code.casefold() == room.code.casefold()]
        if any(other.id != room.id for other in same):
            raise CodeTaken("room", room.code)
        writing.trail.put("rooms", room.id, stored_beds.ROOMS.write(room))
    return writing.done


@needs(Permission.ROOMS_EDIT)
def add_beds(desk: Desk, room: RoomId, codes: Sequence[str], bed_type: str, since: datetime) -> Done:
    """Put beds into service in a room from that moment on. Raises Missing, NotInList, CodeTaken."""
    check_code("bed_type", bed_type)
    with desk.writing("add_beds", ROOMS, ", ".join(codes)) as writing:
        known = {bed.code.casefold() for bed in stored_beds.beds(writing.connection).values()}
        for code in codes:
            check_given("bed_code", code.strip())
            if code.casefold() in known:
                raise CodeTaken("bed", code)
            known.add(code.casefold())
            writing.trail.add("beds", stored_beds.BEDS.write(Bed(BedId(0), code.strip(), room, bed_type, since)))
    return writing.done


@needs(Permission.ROOMS_EDIT)
def change_bed(desk: Desk, bed: Bed) -> Done:
    """Change code, type or service of a bed.

    Raises Missing, NotInList, CodeTaken, BadDates, SleptBefore and BedOccupied when somebody sleeps in it outside the
    new service, BedHeld or PlacesHeld when an arrival needs it outside of it, or in the capacity of its room.
    """
    check_given("bed_code", bed.code.strip())
    check_code("bed_type", bed.bed_type)
    check_order(bed.in_service_from, bed.in_service_to)
    with desk.writing("change_bed", ROOMS, bed.code) as writing:
        others = [b for b in stored_beds.beds(writing.connection).values() if b.id != bed.id]
        if any(other.code.casefold() == bed.code.casefold() for other in others):
            raise CodeTaken("bed", bed.code)
        sleepers = stored_beds.sleepers_in(writing.connection, bed.id)
        check_first_day(bed, bed.in_service_from.date(), sleepers)
        for span in sleepers:
            if bed.in_service_to is not None and (span.end is None or bed.in_service_to < span.end):
                raise BedOccupied(bed.code, span.code, span.start)
        _check_not_needed(writing.connection, bed, desk.today())
        stored = stored_beds.bed(writing.connection, bed.id)
        kept = replace(bed, former=moved_beds.since(stored, bed.in_service_from))
        stored_beds.keep(writing.trail, stored, kept)
    return writing.done


def _check_not_needed(connection: Connection, bed: Bed, today: date) -> None:
    """Whether no arrival needs what the bed is no more. Raises BedHeld, PlacesHeld."""
    old = stored_beds.bed(connection, bed.id)
    if bed.in_service_from.date() > today:
        free_beds.check_not_held(connection, old, today, bed.in_service_from.date(), today)
    if bed.in_service_to is not None:
        free_beds.check_not_held(connection, old, bed.in_service_to.date(), None, today)
    if bed.is_extra or bed.room != old.room:
        free_beds.check_spared(connection, old, today, None, today)
