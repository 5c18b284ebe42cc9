"""Where a stay sleeps from a moment on: what the bed and the rules of its room say against it, and its row."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from shelter_desk.domain.beds.held_beds import RULE as HELD
from shelter_desk.domain.beds.placement_checks import Span, check_bed
from shelter_desk.domain.beds.room_rules import Finding, findings
from shelter_desk.domain.errors import Missing, NeedsReason, NotAParent
from shelter_desk.domain.ids import BedId, HeldBedId, PlacementId, RoomId
from shelter_desk.domain.moments import overlap
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Place, Placement, Stay
from shelter_desk.operations.beds import free_beds, occupancy
from shelter_desk.operations.desk import Desk, Writing
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays


@dataclass(frozen=True, slots=True)
class Spot:
    """A place chosen for the nights from a moment on.

    place: `lit` with its bed, `partage` with the bed of the parent, `appoint` with the room if known.
    reason: why a rule was set aside; only a manager may give one.
    """

    place: Place
    bed: BedId | None = None
    room: RoomId | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FoundBed:
    """A bed that was looked for, and for whom."""

    spot: Spot
    sex: str
    birth: Birth


def give_place(
    desk: Desk,
    writing: Writing,
    stay: Stay,
    spot: Spot | None,
    start: datetime,
    end: datetime | None = None,
    held: Placement | None = None,
    own: HeldBedId | None = None,
) -> tuple[Finding, ...]:
    """Store where the stay sleeps from that moment on, and return what only warns.

    held: the place it leaves. Another bed of the same room asks no reason anew, but where it is kept for somebody who
    is expected; the one that was given goes along. own: what is kept for this very person.
    """
    if spot is None:
        return ()
    against = _against(desk, writing.connection, stay, spot, start, end, own)
    night = start.date()
    in_room = (
        held is not None
        and _room(writing.connection, held, night) == _room(writing.connection, spot, night) is not None
    )
    kept = _but_held(held.override_rule) if held is not None and in_room else ()
    asks = [finding for finding in against if finding.level == "needs_reason"]
    serious = tuple(finding.rule for finding in asks if not in_room or finding.rule == HELD)
    if serious and not (spot.reason.strip() and desk.may(Permission.OVERRIDE_RULE)):
        raise NeedsReason(serious)
    rules = ";".join((*kept, *serious))
    placement = Placement(
        PlacementId(0),
        stay.id,
        spot.place,
        start,
        end,
        spot.bed,
        spot.room if spot.place == "appoint" else None,
        rules,
        (spot.reason.strip() or (held.override_reason if held is not None and kept else "")) if rules else "",
    )
    stored_stays.add_placement(writing.trail, placement)
    return tuple(finding for finding in against if finding.level == "warns")


def _but_held(rules: str) -> tuple[str, ...]:
    """The rules that were set aside for a room; that its bed was held for somebody else stays with that bed."""
    return tuple(rule for rule in rules.split(";") if rule and rule != HELD)


def _room(connection: Connection, place: Spot | Placement, night: date) -> RoomId | None:
    return place.room if place.bed is None else stored_beds.bed(connection, place.bed).room_on(night)


def _against(
    desk: Desk,
    connection: Connection,
    stay: Stay,
    spot: Spot,
    start: datetime,
    end: datetime | None,
    own: HeldBedId | None,
) -> list[Finding]:
    """Refuse a taken or unusable bed (R-03), and say which rules of the room speak against the spot."""
    room_id, bed = spot.room, None
    if spot.bed is not None:
        bed = stored_beds.bed(connection, spot.bed).as_on(start.date())
        room_id = bed.room
        if spot.place == "lit":
            sleepers = stored_beds.sleepers_in(connection, bed.id, stay.id, stay.family_on(start.date()), stay.person)
            check_bed(bed, Span(stay.stay_no, start, end), sleepers, stored_beds.states(connection, bed.id))
        elif not any(overlap(start, end, s.start, s.end) for s in stored_beds.who_has(connection, bed.id)):
            raise NotAParent(bed.code)
    elif spot.place != "appoint":
        raise Missing("bed_code")
    if room_id is None:
        return []
    house = occupancy.house(connection, start.date())
    person = stored_residents.person(connection, stay.person)
    sleeper = replace(occupancy.sleeper_of(stay.as_of(start.date()), person), apart=house.apart(stay.person))
    others = house.others_in(room_id, stay.id)
    against = findings(sleeper, house.rooms[room_id], others, start.date(), house.norm_m2)
    if bed is not None and spot.place == "lit":
        until = None if end is None else end.date()
        against += free_beds.against(house, bed, until, desk.today(), own, stay.id)
    return [*against, *occupancy.incomplete_bed(connection, spot.bed, start.date())]
