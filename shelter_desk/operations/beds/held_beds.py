"""Beds held for somebody who is expected: held, changed, cancelled; an admission takes what is held in its own act.

What lapses does so by its dates: nothing is written then, the register and today tell it.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.beds import held_beds as held_rules
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.held_beds import BedHeld, HeldBed, HeldGone, RoomHeld
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_order
from shelter_desk.domain.ids import BedId, HeldBedId, PersonId, PlaceRequestId, RoomId, StayId
from shelter_desk.domain.moments import ONE_DAY, covers
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import PlaceRequest, RequestDecided, RequestGone
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.beds import free_beds, night_reception, occupancy
from shelter_desk.operations.beds.occupancy import HouseNight
from shelter_desk.operations.desk import Desk, Done, NumberedRow, Writing, needs
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.beds import held_beds as stored
from shelter_desk.storage.beds import held_places
from shelter_desk.storage.beds.held_places import HeldPlaces
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import place_requests as stored_place_requests
from shelter_desk.storage.stays import stays as stored_stays

TOPICS = Changes(rooms=True, requests=True)


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One held bed as it is listed.

    place: code of the bed, or of the room; request_no: of the request it answers. held_by, ended_by: names of the
    staff. came: who came for it, code and number. blocked_by: code of who has the bed tonight, or the state that takes
    it out of use, "" where it is ready. short: how many beds are free for places of a room tonight, where they are too
    few.
    """

    held: HeldBed
    place: str
    room: str
    request_no: str = ""
    held_by: str = ""
    ended_by: str = ""
    came: tuple[tuple[str, PersonId], ...] = ()
    blocked_by: str = ""
    short: int | None = None

    @property
    def is_blocked(self) -> bool:
        """Whether who is expected cannot have tonight what is held."""
        return bool(self.blocked_by) or self.short is not None


@needs(Permission.SEE_BEDS)
def register(desk: Desk) -> tuple[HeldLine, ...]:
    """Every held bed, those that hold first, the arrival expected first at the top.

    A role that opens no file is given what holds today, and who came while they are here tonight.
    """
    today = desk.today()
    with desk.reading() as connection:
        opens = night_reception.opens_files(desk)
        found = stored.every(connection) if opens else stored.holding(connection, today)
        return _lines(desk, connection, held_rules.in_order(found, today))


@needs(Permission.SEE_BEDS)
def current(desk: Desk, since: date) -> tuple[HeldLine, ...]:
    """Those that hold, and those that lapsed on that day or later; in the order of the register.

    A role that opens no file is given what holds today.
    """
    today = desk.today()
    with desk.reading() as connection:
        found = stored.until(connection, since - ONE_DAY)
        lapsed = night_reception.opens_files(desk)
        kept = [one for one in found if one.holds(today) or (lapsed and one.state(today) == "lapsed")]
        return _lines(desk, connection, held_rules.in_order(kept, today))


@needs(Permission.SEE_BEDS)
def awaited_on(desk: Desk, day: date) -> tuple[HeldLine, ...]:
    """What somebody who came that day may have come for, also where it lapsed since; in the order of the register.

    A role that opens no file is given what holds today.
    """
    today = desk.today()
    with desk.reading() as connection:
        opens = night_reception.opens_files(desk)
        found = [one for one in stored.until(connection, day) if one.holds(day) and (opens or one.holds(today))]
        return _lines(desk, connection, held_rules.in_order(found, today))


@needs(Permission.SEE_BEDS)
def of_requests(desk: Desk, keys: Iterable[PlaceRequestId]) -> dict[PlaceRequestId, tuple[HeldLine, ...]]:
    """What was held for these requests, by request; those without are left out."""
    with desk.reading() as connection:
        found = stored.of_requests(connection, keys)
        if not night_reception.opens_files(desk):
            found = [one for one in found if one.holds(desk.today())]
        lines = _lines(desk, connection, found)
    kept: dict[PlaceRequestId, tuple[HeldLine, ...]] = {}
    for line in lines:
        if line.held.request is not None:
            kept[line.held.request] = (*kept.get(line.held.request, ()), line)
    return kept


@needs(Permission.SEE_BEDS)
def line(desk: Desk, key: HeldBedId) -> HeldLine:
    """One held bed, of those that the register gives this role. Raises HeldGone."""
    with desk.reading() as connection:
        found = stored.held_bed(connection, key)
        if found is None or not (night_reception.opens_files(desk) or found.holds(desk.today())):
            raise HeldGone
        return _lines(desk, connection, [found])[0]


def _lines(desk: Desk, connection: Connection, found: Sequence[HeldBed]) -> tuple[HeldLine, ...]:
    if not found:
        return ()
    names, came = settings.user_names(connection), stored.arrivals(connection)
    if not night_reception.opens_files(desk):
        here = night_reception.here_tonight(desk, connection)
        came = {stay: one for stay, one in came.items() if one[1] in here}
    beds, rooms = stored_beds.beds(connection), stored_beds.rooms(connection)
    numbers = stored_place_requests.numbers(connection)
    tonight = occupancy.house(connection, desk.today())
    lines = []
    for one in found:
        bed = None if one.bed is None else beds[one.bed]
        room = rooms[one.room or (bed.room if bed is not None else RoomId(0))]
        waits = one.holds(desk.today()) and one.on(desk.today())
        lines.append(
            HeldLine(
                one,
                room.code if bed is None else bed.code,
                room.name,
                numbers.get(one.request, "") if one.request is not None else "",
                names.get(one.held_by, "") if one.held_by is not None else "",
                names.get(one.ended_by, "") if one.ended_by is not None else "",
                tuple(came[arrival.stay] for arrival in one.arrived if arrival.stay in came),
                _blocked_by(tonight, one) if waits else "",
                free_beds.short_tonight(tonight, one) if waits else None,
            )
        )
    return tuple(lines)


def _blocked_by(tonight: HouseNight, one: HeldBed) -> str:
    if one.bed is None:
        return ""
    state = tonight.states.get(one.bed)
    if state is not None:
        return state.state
    return next((here.person.code for here in tonight.in_bed().get(one.bed, ())), "")


# Acts -----------------------------------------------------------------------------------------------------------------


@needs(Permission.ADMIT_PROVISIONAL)
def hold(desk: Desk, wanted: HeldBed) -> NumberedRow[HeldBedId]:
    """Hold a bed, or places of a room, for who is expected; its number and what became of it are not taken from there.

    Raises Missing, NotInList, BadDates, HeldTooLong, BedNotUsable, BedTaken, BedHeld, NotEnoughBeds, RequestGone,
    RequestDecided.
    """
    today = desk.today()
    made = replace(wanted, ended_on=None, end_reason="", ended_by=None, arrived=(), held_by=desk.user)
    check_order(today, made.first)
    held_rules.check(made, today)
    with desk.writing("hold_bed", TOPICS) as writing:
        connection = writing.connection
        if made.request is not None:
            _waiting(connection, made.request)
        free_beds.check_free(connection, made, today)
        made = replace(made, held_no=stored.NUMBERS.next(connection, today.year))
        row = stored.HELD_BEDS.write(made) | {"recorded_at": to_text(desk.now())}
        key = HeldBedId(writing.trail.add(stored.TABLE, row))
        for group in stored.group_rows(key, made.groups):
            writing.trail.add(stored.GROUPS, group)
        writing.subject = made.held_no
    return NumberedRow(key, made.held_no, writing.done)


@needs(Permission.ADMIT)
def change(desk: Desk, wanted: HeldBed) -> Done:
    """Hold it until another day, from another one, elsewhere, or for others; one that lapsed is held again.

    What became of it stays; where it had lapsed or the place is another, it holds from today on. Raises as `hold`,
    HeldGone, and HeldOver where it was cancelled or everybody came.
    """
    today = desk.today()
    with desk.writing("change_held_bed", TOPICS) as writing:
        connection = writing.connection
        old = _subject(writing, wanted.id)
        new = held_rules.changed(old, wanted, today)
        free_beds.check_free(connection, new, today)
        writing.trail.change(stored.TABLE, old.id, stored.HELD_BEDS.write(new))
        if new.groups != old.groups:
            for key in stored.group_keys(connection, old.id):
                writing.trail.remove(stored.GROUPS, key)
            for group in stored.group_rows(old.id, new.groups):
                writing.trail.add(stored.GROUPS, group)
    return writing.done


@needs(Permission.ADMIT)
def cancel(desk: Desk, key: HeldBedId, reason: str) -> Done:
    """Give it up from now on, with the reason. Raises Missing, HeldOver, HeldGone."""
    with desk.writing("cancel_held_bed", TOPICS) as writing:
        new = held_rules.cancelled(_subject(writing, key), reason, desk.today(), desk.user)
        writing.trail.change(stored.TABLE, key, stored.HELD_BEDS.write(new))
    return writing.done


def arrive(writing: Writing, key: HeldBedId, stay: Stay) -> None:
    """The admission takes one of the places held, in its own act. Raises HeldGone, HeldOver."""
    found = stored.held_bed(writing.connection, key)
    if found is None:
        raise HeldGone
    held_rules.check_arrival(found, stay.admitted_at.date())
    writing.trail.add(stored.ARRIVALS, {"held_bed_id": key, "stay_id": stay.id})
    writing.details["held_no"] = found.held_no


def of_request(connection: Connection, key: PlaceRequestId, day: date) -> HeldBed | None:
    """What is held for that request on that day, the first where there are several."""
    return next((one for one in stored.of_requests(connection, [key]) if one.holds(day)), None)


def request_decided(writing: Writing, old: PlaceRequest, new: PlaceRequest, today: date) -> None:
    """What is held for a request follows what becomes of it, in the same act.

    Whom it led to until now came for something else: what they and their family took is held again. Whoever it leads
    to takes it, with those of their family who came since the request, and what had been taken comes first; with a
    request that waits no more it is given up. Raises BedHeld, RoomHeld where a bed, or places of a room, would be held
    again that are held for somebody else by now.
    """
    before = held_places.read(writing.connection, today)
    released = _release(writing, old) if old.stay is not None and old.stay != new.stay else {}
    if new.stay is not None:
        _meet(writing, new, stored_stays.stay(writing.connection, new.stay), released)
    elif not new.waits:
        for one in stored.of_requests(writing.connection, [new.id]):
            if one.holds(today):
                made = held_rules.cancelled(one, new.outcome, today, new.decided_by)
                writing.trail.change(stored.TABLE, one.id, stored.HELD_BEDS.write(made))
    if released:
        _check_held_once(writing.connection, new.id, today)
        _check_room_left(writing.connection, released, before, today)


def _release(writing: Writing, request: PlaceRequest) -> dict[HeldBedId, list[StayId]]:
    """The stay that the request led to, and those of its family, came for nothing held for it: who, by what is held."""
    released = {}
    for one in stored.of_requests(writing.connection, [request.id]):
        stays = (stored_stays.stay(writing.connection, arrival.stay) for arrival in one.arrived)
        apart = [stay.id for stay in stays if request.stay in (stay.id, stay.head)]
        for key in stored.arrival_keys(writing.connection, one.id, apart):
            writing.trail.remove(stored.ARRIVALS, key)
        if apart:
            released[one.id] = apart
    return released


def _meet(writing: Writing, request: PlaceRequest, stay: Stay, first: Container[HeldBedId]) -> None:
    """A stay that began already takes what is held for the request, unless it has; then its family, while some is left.

    first: what is taken before the rest.
    """
    connection = writing.connection
    family = [one for one in stored_stays.household(connection, stay.id) if one.id != stay.id]
    came = [stay, *(one for one in family if one.admitted_at.date() >= request.asked_on)]
    for one in came:
        day, known = one.admitted_at.date(), stored.of_requests(connection, [request.id])
        if any(arrival.stay == one.id for held in known for arrival in held.arrived):
            continue
        holding = sorted((held for held in known if held.holds(day)), key=lambda held: held.id not in first)
        if holding and (one is stay or stored.taken_by(connection, one.id) is None):
            arrive(writing, holding[0].id, one)


def _check_held_once(connection: Connection, key: PlaceRequestId, today: date) -> None:
    holding = stored.holding(connection, today)
    for one in holding:
        if one.request == key and one.bed is not None:
            others = [other for other in holding if other.id != one.id]
            other = held_rules.of_bed(one.bed, max(one.first, today), one.after, others)
            if other is not None:
                raise BedHeld(stored_beds.bed(connection, one.bed).code, other.held_no, other.after)


def _check_room_left(
    connection: Connection, released: Mapping[HeldBedId, Collection[StayId]], before: HeldPlaces, today: date
) -> None:
    """Who came and sleeps in that room takes none of its places from who is expected there."""
    after = held_places.read(connection, today)
    rooms, beds = stored_beds.rooms(connection), stored_beds.beds(connection)
    for key, stays in released.items():
        one = after.holding.get(key)
        if one is None or one.room is None:
            continue
        night = max(one.first, today)
        slept = (placed for several in stored_stays.placements(connection, stays).values() for placed in several)
        theirs = {placed.bed for placed in slept if placed.bed and covers(placed.start, placed.end, night)}
        own = sum(beds[bed].room_on(night) == one.room for bed in theirs)
        others = [
            other
            for other in after.holding.values()
            if other.id != key and other.overlaps(night, one.after) and _takes_of(beds, one.room, other)
        ]
        if others and after.short_in(one.room) > before.short_in(one.room) + own:
            named = [other for other in others if other.on(night)] or others  # the first night it lacks comes first
            raise RoomHeld(rooms[one.room].code, named[-1].held_no, named[-1].after)


def _takes_of(beds: Mapping[BedId, Bed], room: RoomId, held: HeldBed) -> bool:
    """Whether it takes a place of that room: a mat beside its beds takes none."""
    bed = None if held.bed is None else beds[held.bed]
    return held.room == room or (bed is not None and bed.room_on(held.first) == room and not bed.is_extra)


def _subject(writing: Writing, key: HeldBedId) -> HeldBed:
    found = stored.held_bed(writing.connection, key)
    if found is None:
        raise HeldGone
    writing.subject = found.held_no
    return found


def _waiting(connection: Connection, key: PlaceRequestId) -> PlaceRequest:
    found = stored_place_requests.request(connection, key)
    if found is None:
        raise RequestGone
    if not found.waits:
        raise RequestDecided(found.request_no)
    return found
