"""Rooms, beds and their states, and who sleeps in them."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.beds import first_day
from shelter_desk.domain.beds.beds import Bed, BedState, FormerRoom, Room
from shelter_desk.domain.beds.placement_checks import Span
from shelter_desk.domain.ids import BedId, PersonId, PlacementId, RoomId, StayId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file import bed_sharing, settings
from shelter_desk.storage.file.column_values import moment, moment_or_none
from shelter_desk.storage.file.mapper import Mapper, grouped
from shelter_desk.storage.file.trail import Trail

ROOMS = Mapper(tables.rooms, Room, code="room_code")
BEDS = Mapper(tables.beds, Bed, without=("former",), code="bed_code")
FORMER_ROOMS = Mapper(tables.bed_rooms, FormerRoom, start="started_at", end="ended_at")
FORMER = "bed_rooms"
BED_STATES = Mapper(tables.bed_states, BedState, state="bed_state", start="started_at", end="ended_at")


def rooms(connection: Connection) -> dict[RoomId, Room]:
    """All rooms, in order of their code."""
    found = ROOMS.every(connection)
    return {room.id: room for room in sorted(found, key=lambda room: natural(room.code))}


def beds(connection: Connection) -> dict[BedId, Bed]:
    """All beds, also those no longer in service, in order of their code."""
    found = _with_former(connection, BEDS.every(connection))
    return {bed.id: bed for bed in sorted(found, key=lambda bed: natural(bed.code))}


def bed(connection: Connection, bed_id: BedId) -> Bed:
    """One bed."""
    return _with_former(connection, [BEDS.one(connection, bed_id)])[0]


def _with_former(connection: Connection, found: list[Bed]) -> list[Bed]:
    """These beds with the rooms in which they stood before."""
    of = tables.bed_rooms.c
    wanted = FORMER_ROOMS.rows.order_by(of.started_at, of.id)
    if len(found) == 1:
        wanted = wanted.where(of.bed_id == found[0].id)
    stood = grouped(FORMER_ROOMS.every(connection, wanted), lambda one: one.bed)
    return [replace(bed, former=stood[bed.id]) if bed.id in stood else bed for bed in found]


def keep(trail: Trail, before: Bed, after: Bed) -> None:
    """Store what a bed is now, and where it stood before."""
    trail.change("beds", after.id, BEDS.write(after))
    known, kept = {one.id: one for one in before.former}, {one.id for one in after.former}
    for key in known.keys() - kept:
        trail.remove(FORMER, key)
    for one in after.former:
        if known.get(one.id) != one:
            trail.put(FORMER, one.id, FORMER_ROOMS.write(one))


def nights_of_change(connection: Connection, first: date, last: date) -> list[date]:
    """The first night, and each one up to the last on which somebody had another place or a bed another room."""
    bounds = {"after": (first + ONE_DAY).isoformat(), "before": (last + ONE_DAY).isoformat()}
    later = {date.fromisoformat(row.night) for row in connection.execute(_CHANGES, bounds)}
    return [first, *sorted(later)]


def states(connection: Connection, bed_id: BedId | None = None) -> tuple[BedState, ...]:
    """The states of one bed or of all, in order of time."""
    wanted = BED_STATES.rows.order_by(tables.bed_states.c.started_at)
    if bed_id is not None:
        wanted = wanted.where(tables.bed_states.c.bed_id == bed_id)
    return tuple(BED_STATES.every(connection, wanted))


def sleepers_in(
    connection: Connection,
    bed_id: BedId,
    stay: StayId | None = None,
    family: StayId | None = None,
    person: PersonId | None = None,
    night: date | None = None,
    back: StayId | None = None,
) -> list[Span]:
    """Who has or had this bed, by code, and then the children who share it and hold it once their adult is gone.

    Void stays are left out, and for somebody who wants the bed: this stay, and children who are no strangers to it.
    night: who was gone by that night is left out too. back: the stay, where it was cancelled and comes back.
    """
    since = "" if night is None else (night + ONE_DAY).isoformat()
    asked = {"bed": bed_id, "stay": stay, "family": family, "person": person, "since": since, "back": back}
    return [_span(row) for row in connection.execute(_HOLDING, asked)]


def sleepers_in_each(
    connection: Connection, stay: StayId | None, family: StayId | None, person: PersonId | None, night: date
) -> dict[BedId, list[Span]]:
    """Of each bed what `sleepers_in` says of it."""
    since = (night + ONE_DAY).isoformat()
    asked = {"stay": stay, "family": family, "person": person, "since": since, "back": None}
    found: dict[BedId, list[Span]] = defaultdict(list)
    for row in connection.execute(_HOLDING_EACH, asked):
        found[BedId(row.bed_id)].append(_span(row))
    return found


def who_has(connection: Connection, bed_id: BedId) -> list[Span]:
    """Who has or had this bed alone or with a child, by code; void stays are left out."""
    return [_span(row) for row in connection.execute(_HAVING, {"bed": bed_id})]


def strangers_to(connection: Connection, child: PlacementId) -> list[Span]:
    """Who has or had the bed of this shared place alone and may not have it beside the child, by code."""
    return [_span(row) for row in connection.execute(_STRANGERS, {"child": child, "back": None})]


def _span(row: Any) -> Span:
    return Span(row.person_code, moment(row.started_at), moment_or_none(row.ended_at))


_SPANS = (
    "SELECT p.bed_id, n.person_code, p.started_at, p.ended_at FROM placements p "
    "JOIN stays c ON c.id = p.stay_id JOIN persons n ON n.id = c.person_id "
    f"WHERE c.uncounted <> '{VOID}'"
)
_CHANGES = text(
    "SELECT substr(started_at, 1, 10) AS night FROM placements WHERE started_at >= :after AND started_at < :before "
    "UNION SELECT substr(ended_at, 1, 10) FROM bed_rooms WHERE ended_at >= :after AND ended_at < :before"
)
_HAVING = text(f"{_SPANS} AND p.bed_id = :bed AND p.place = 'lit' ORDER BY p.started_at")
_HOLDERS = (
    f"{_SPANS} AND (p.ended_at IS NULL OR p.ended_at >= :since) "
    f"AND p.stay_id <> coalesce(:stay, 0) AND (p.place = 'lit' OR p.place = 'partage' "
    f"AND NOT {bed_sharing.NO_STRANGER.format(family=':family', person=':person')})"
)
_HOLDING = text(f"{_HOLDERS} AND p.bed_id = :bed ORDER BY p.place, p.started_at")
_HOLDING_EACH = text(f"{_HOLDERS} AND p.bed_id IS NOT NULL ORDER BY p.place, p.started_at")
_STRANGERS = text(
    "SELECT n.person_code, l.started_at, l.ended_at FROM placements p JOIN stays c ON c.id = p.stay_id "
    "JOIN placements l ON l.bed_id = p.bed_id AND l.place = 'lit' JOIN stays s ON s.id = l.stay_id "
    f"JOIN persons n ON n.id = s.person_id WHERE p.id = :child AND s.uncounted <> '{VOID}' "
    f"AND NOT {bed_sharing.NONE_WHEN_BACK.format(family='coalesce(s.head_stay_id, s.id)', person='s.person_id')}"
)


def in_service(connection: Connection, night: date) -> list[Bed]:
    """The beds installed on that night, each in the room in which it stood then."""
    return [bed.as_on(night) for bed in beds(connection).values() if bed.in_service(night)]


@lru_cache(maxsize=4096)
def natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which bed 2 comes before bed 10."""
    parts: list[tuple[int, int, str]] = []
    for character in code:
        if character.isdecimal() and parts and parts[-1][0] == 0:
            parts[-1] = (0, parts[-1][1] * 10 + int(character), "")
        else:
            parts.append((0, int(character), "") if character.isdecimal() else (1, 0, character.casefold()))
    return tuple(parts)


# Since when the house has its beds ------------------------------------------------------------------------------------


def beds_since(connection: Connection) -> date:
    """Since when the house has its beds."""
    return first_day.since(settings.read(connection), beds(connection).values())


def capacity_from(connection: Connection) -> date | None:
    """From which day on capacity is meant, None where the days of the beds tell it."""
    return first_day.capacity_from(settings.read(connection), beds(connection).values(), begun(connection))


def begun(connection: Connection) -> date | None:
    """The day on which the shelter was made: that of the first line of its journal."""
    found = connection.execute(text("SELECT at FROM journal ORDER BY seq LIMIT 1")).scalar()
    return None if found is None else datetime.fromisoformat(found).date()
