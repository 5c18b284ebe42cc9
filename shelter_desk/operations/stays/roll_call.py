"""The evening roll call: the sheet of a night, calling it, and what it leaves to settle (R-31)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from shelter_desk.domain import settings
from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.beds.placement_checks import check_not_future
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.ids import BedId, RoomId, StayId
from shelter_desk.domain.moments import covers, plain
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import roll_call as roll_call_rules
from shelter_desk.domain.stays.roll_call import Kind, NightRecorded, RollCall, RollCallDone, Unseen
from shelter_desk.domain.stays.stays import Absence, Placement, Stay, placement_on
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.beds.occupancy import HouseNight, Present, house
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import roll_call as stored_roll_call
from shelter_desk.storage.stays import stays as stored_stays

CHECK_TIME = "night_check_time"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Somebody to call: where they sleep, and what was called before. bed_code: "" without a bed."""

    one: Present
    room: Room | None
    bed_code: str
    called: RollCallDone | None = None


@dataclass(frozen=True, slots=True)
class RollCallSheet:
    """Everybody to call on a night, room by room, those without a place last.

    before: the roll call this one replaces, None where there is none; by: who called it. beds: the codes of those in
    service that night, in order.
    """

    night: date
    lines: tuple[SheetLine, ...]
    before: RollCall | None = None
    by: str = ""
    beds: Mapping[BedId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Differing:
    """One difference, with what solving it needs.

     absence: the one recorded where somebody was seen. left: the moment at which a disappearance would end the stay
    , None where it is none. back: the first night back of an absence to be recorded, where it is known. place,
     bed: where somebody was seen; recorded: the place of that night; other: who has that bed by the register, and was
     seen in the one this person has.
    """

    kind: Kind
    night: date
    stay: Stay | None = None
    person: Person | None = None
    absence_type: str = ""
    n: int = 0
    absence: Absence | None = None
    left: datetime | None = None
    back: date | None = None
    place: str = ""
    bed: BedId | None = None
    bed_code: str = ""
    recorded: Placement | None = None
    recorded_bed: str = ""
    other: StayId | None = None


@needs(Permission.CALL_ROLL)
def sheet(desk: Desk, night: date) -> RollCallSheet:
    """Everybody whose counted stay covers that night, with what was called before.

    Raises NotAllowed of a night that the role may not see.
    """
    with desk.reading() as connection:
        seen = night_reception.seen_house(desk, connection, night)
        before = stored_roll_call.between(connection, night, night).get(night)
        by = stored_settings.user_name(connection, before.checked_by) if before is not None else ""
    return RollCallSheet(
        night, tuple(_lines(seen, before)), before, by, {key: bed.code for key, bed in seen.beds.items()}
    )


@needs(Permission.CALL_ROLL)
def called_at(desk: Desk, night: date) -> datetime | None:
    """When the roll of that night was called last, None where nobody did yet. Raises as `sheet`."""
    with desk.reading() as connection:
        night_reception.check_night(desk, connection, night)
        found = stored_roll_call.between(connection, night, night).get(night)
    return None if found is None else found.checked_at


def _lines(seen: HouseNight, before: RollCall | None) -> list[SheetLine]:
    called = {one.stay: one for one in before.called} if before is not None else {}
    rooms = {room: place for place, room in enumerate(seen.rooms)}
    beds = {bed: place for place, bed in enumerate(seen.beds)}
    lines = []
    for one in sorted(seen.present, key=lambda one: _order(seen, one, rooms, beds)):
        room, bed = seen.room_of(one), one.placement.bed if one.placement is not None else None
        code = seen.beds[bed].code if bed in seen.beds else ""
        lines.append(SheetLine(one, None if room is None else seen.rooms.get(room), code, called.get(one.stay.id)))
    return lines


def _order(
    seen: HouseNight, one: Present, rooms: Mapping[RoomId, int], beds: Mapping[BedId, int]
) -> tuple[int, int, bool, str]:
    room, bed = seen.room_of(one), one.placement.bed if one.placement is not None else None
    shares = one.placement is not None and one.placement.place == "partage"
    at_room = len(rooms) if room is None else rooms.get(room, len(rooms))
    return at_room, len(beds) if bed is None else beds.get(bed, len(beds)), shares, one.person.code


@needs(Permission.CALL_ROLL)
def call(desk: Desk, night: date, called: Sequence[RollCallDone], unregistered: int = 0, note: str = "") -> Done:
    """Keep who was seen on that night, in place of what was called before; the journal keeps both.

    Raises InTheFuture, OutsideStay for a stay that does not cover the night, NotInList, a bed that is not in service
    among it, Missing while somebody whose stay covers it was not called, NotAllowed of a night that the role may not
    see.
    """
    check_not_future(plain(night), desk.now())
    with desk.writing("call_roll", Changes(stays=True), night.isoformat()) as writing:
        night_reception.check_night(desk, writing.connection, night)
        here = {stay.id: stay for stay in stored_stays.on(writing.connection, night)}
        roll_call_rules.check_called(called, here, night, unregistered)
        seen_in = {one.bed for one in called if one.bed is not None}
        if seen_in and (wrong := seen_in - set(house(writing.connection, night).beds)):
            raise NotInList("bed_code", str(min(wrong)))
        stored_roll_call.keep(
            writing.trail, RollCall(night, desk.now(), desk.user, tuple(called), unregistered, note.strip())
        )
    return writing.done


@needs(Permission.CALL_ROLL)
def differences(desk: Desk, night: date) -> list[Differing]:
    """What the roll call of that night leaves to settle; empty where none was called.

    Raises NotAllowed of a night that the role may not see.
    """
    with desk.reading() as connection:
        night_reception.check_night(desk, connection, night)
        roll = stored_roll_call.between(connection, night, night).get(night)
        if roll is None:
            return []
        facts = _facts(connection, roll)
        facts = facts if night_reception.opens_files(desk) else facts.bare()
        several = roll_call_rules.differences(roll, facts.recorded())
        return [_with_facts(facts, one, several) for one in several]


@needs(Permission.DISCHARGE)
def unseen(desk: Desk, stay_id: StayId) -> Unseen:
    """Since when somebody who disappears was not seen, and when the stay would end."""
    with desk.reading() as connection:
        stay, keys = stored_stays.stay(connection, stay_id), [stay_id]
        return roll_call_rules.unseen(
            desk.now(),
            stay,
            stored_stays.placements(connection, keys).get(stay_id, ()),
            stored_stays.absences(connection, keys).get(stay_id, ()),
            stored_roll_call.nights_present(connection, keys).get(stay_id, []),
            stored_roll_call.nights_absent(connection, keys).get(stay_id, []),
        )


@needs(Permission.CALL_ROLL)
def due(desk: Desk) -> date | None:
    """The night in progress, once its hour has come and nobody called it; None in a shelter that never called a roll.

    What earlier nights leave to settle is said by the red flags (R-31).
    """
    now = desk.now()
    night = roll_call_rules.night_in_progress(now)
    with desk.reading() as connection:
        if stored_roll_call.first_night(connection) is None or night in stored_roll_call.between(
            connection, night, night
        ):
            return None
        hour = settings.hour(stored_settings.read(connection), CHECK_TIME)
        return night if roll_call_rules.is_due(night, now, hour) and stored_stays.on(connection, night) else None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is recorded around a night."""

    night: date
    stays: Mapping[StayId, Stay]
    persons: Mapping[StayId, Person]
    placements: Mapping[StayId, tuple[Placement, ...]]
    absences: Mapping[StayId, tuple[Absence, ...]]
    present: Mapping[StayId, list[date]]
    absent: Mapping[StayId, list[date]]
    beds: Mapping[BedId, str]

    def bare(self) -> "_Facts":
        """Nothing of the file."""
        stays = {key: night_reception.bare_stay(one) for key, one in self.stays.items()}
        persons = {key: night_reception.bare_person(one) for key, one in self.persons.items()}
        placed = {key: tuple(map(night_reception.bare_placement, ones)) for key, ones in self.placements.items()}
        return replace(self, stays=stays, persons=persons, placements=placed)

    def absence(self, stay: StayId) -> Absence | None:
        """The one that covers the night."""
        found = self.absences.get(stay, ())
        return next((one for one in found if covers(one.start, one.end, self.night)), None)

    def placement(self, stay: StayId) -> Placement | None:
        """The place of the night."""
        return placement_on(self.placements.get(stay, ()), self.night)

    def recorded(self) -> list[NightRecorded]:
        """What is recorded of each counted stay that covers the night."""
        return [
            NightRecorded.of(stay.id, self.absence(stay.id) is not None, self.placement(stay.id))
            for stay in self.stays.values()
            if stay.counts and stay.covers(self.night)
        ]


def _facts(connection: Connection, roll: RollCall) -> _Facts:
    stays = {stay.id: stay for stay in stored_roll_call.covering(connection, roll.night, roll.night)}
    called = {one.stay for one in roll.called}
    stays |= {one: stored_stays.stay(connection, one) for one in called - set(stays)}
    persons = stored_residents.persons(connection, {stay.person for stay in stays.values()})
    return _Facts(
        roll.night,
        stays,
        {stay.id: persons[stay.person] for stay in stays.values()},
        stored_stays.placements(connection, stays),
        stored_stays.absences(connection, stays),
        stored_roll_call.nights_present(connection, stays),
        stored_roll_call.nights_absent(connection, stays),
        {bed.id: bed.code for bed in stored_beds.beds(connection).values()},
    )


def _with_facts(
    facts: _Facts, one: roll_call_rules.Difference, several: Sequence[roll_call_rules.Difference]
) -> Differing:
    night = facts.night
    if one.stay is None:
        return Differing(one.kind, night, n=one.n)
    stay, present = facts.stays[one.stay], facts.present.get(one.stay, [])
    left = back = None
    if one.kind == "absent":
        placed, absent = facts.placements.get(stay.id, ()), facts.absent.get(stay.id, [])
        left = roll_call_rules.last_proven(night, stay, placed, present, absent)
        back = roll_call_rules.first_night_back(night, facts.absences.get(stay.id, ()), present)
    absence = facts.absence(stay.id)
    made = Differing(one.kind, night, stay, facts.persons[stay.id], one.absence_type, 0, absence, left, back)
    return _with_place(facts, made, one, several) if one.kind in ("elsewhere", "no_place") else made


def _with_place(
    facts: _Facts, made: Differing, one: roll_call_rules.Difference, several: Sequence[roll_call_rules.Difference]
) -> Differing:
    """Where somebody was seen beside where the register has them, and what moving them there needs."""
    stay = facts.stays[one.stay or StayId(0)]
    recorded = facts.placement(stay.id)
    head = stay.head_on(made.night)
    shared = facts.placement(head) if one.place == "partage" and head is not None else None
    bed = shared.bed if shared is not None and shared.place == "lit" else one.bed
    return replace(
        made,
        place=one.place,
        bed=bed,
        bed_code=facts.beds.get(bed, "") if bed is not None else "",
        recorded=recorded,
        recorded_bed=facts.beds.get(recorded.bed, "") if recorded is not None and recorded.bed is not None else "",
        other=_other(facts, one, recorded, several),
    )


def _other(
    facts: _Facts,
    one: roll_call_rules.Difference,
    recorded: Placement | None,
    several: Sequence[roll_call_rules.Difference],
) -> StayId | None:
    """Who was seen in the bed that this person has, and has the one in which this person was seen."""
    if recorded is None or recorded.place != "lit" or one.place != "lit":
        return None
    swapped = (each.stay for each in several if each.stay is not None and each.bed == recorded.bed)
    for stay in swapped:
        theirs = facts.placement(stay)
        if theirs is not None and (theirs.place, theirs.bed, theirs.end) == ("lit", one.bed, None):
            return stay
    return None


@needs(Permission.CALL_ROLL)
def nights_to_call(desk: Desk) -> list[date]:
    """The night in progress and the seven before it, or as many as the shelter set (R-31), oldest first."""
    with desk.reading() as connection:
        return night_reception.nights_called(desk, connection)
