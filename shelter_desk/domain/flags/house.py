"""Rules of rooms and nights (R-03 to R-06, R-12, R-13, R-31), read of the night that begins today."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from shelter_desk.domain.beds import room_rules
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS, Crowd
from shelter_desk.domain.beds.room_rules import Sleeper
from shelter_desk.domain.flags.facts import CaseFacts, HouseFacts
from shelter_desk.domain.flags.flag import Flag, Level
from shelter_desk.domain.flags.flag import rules as listed
from shelter_desk.domain.ids import BedId, RoomId
from shelter_desk.domain.moments import ONE_DAY, covers
from shelter_desk.domain.stays import roll_call


def beds(house: HouseFacts) -> Iterator[Flag]:
    """R-03: a bed slept in that has two sleepers, is out of use, or is not in service."""
    night, sleepers = house.today, defaultdict[BedId, list[CaseFacts]](list)
    states = {one.bed for one in house.states if covers(one.start, one.end, night)}
    for case in _here(house, night):
        placement = case.placement(night)
        if placement is not None and placement.bed is not None and placement.place == "lit":
            sleepers[placement.bed].append(case)
    for key, cases in sleepers.items():
        bed = house.beds.get(key)
        if bed is None:
            continue
        for case in cases[1:]:
            yield case.flag("R-03", "taken", since=night, others=(bed.code, cases[0].person.code))
        if key in states or not bed.in_service(night):
            yield from (case.flag("R-03", "unusable", since=night, others=(bed.code,)) for case in cases)


def who_shares(house: HouseFacts) -> Iterator[Flag]:
    """R-04, R-05, R-06: the rules of rooms, said of the minor where one shares with adults.

    A rule that a manager set aside with a reason for this place stays silent. R-05 blocks after 24 hours.
    """
    for room, cases in _rooms(house).items():
        sleepers = [
            Sleeper(case.person.sex, case.person.birth, case.stay.head or case.stay.id, case.stay.id, case.person.code)
            for case in cases
        ]
        if room not in house.rooms:
            continue
        # a rule may speak where two sexes or ages are in the room, or a sex it is not for
        seen = {(one.sex, one.birth.protected_as_minor(house.today)) for one in sleepers}
        if len(seen) == 1 and all(sex == house.rooms[room].sex_rule for sex, _ in seen):
            continue
        for case, sleeper in zip(cases, sleepers, strict=True):
            others = [one for one in sleepers if one is not sleeper]
            yield from _against(case, sleeper, room, others, house)


def _against(
    case: CaseFacts, sleeper: Sleeper, room: RoomId, others: list[Sleeper], house: HouseFacts
) -> Iterator[Flag]:
    night, placement = house.today, case.placement(house.today)
    minor = sleeper.birth.protected_as_minor(night)
    for finding in room_rules.findings(sleeper, house.rooms[room], others, night):
        set_aside = placement is not None and finding.rule in placement.override_rule
        if finding.rule not in ("R-04", "R-05", "R-06") or set_aside or (finding.rule != "R-06" and not minor):
            continue
        since = placement.start if placement is not None else case.stay.admitted_at
        late = house.now - since > timedelta(hours=house.thresholds.unrelated_hours)
        blocks = finding.rule == "R-05" and late
        level: Level = "B" if blocks else listed()[finding.rule].level
        limit = house.thresholds.unrelated_hours if finding.rule == "R-05" else 0
        kind = "late" if blocks else ""
        yield case.flag(finding.rule, kind, level=level, since=since.date(), limit=limit, others=finding.others)


def _rooms(house: HouseFacts) -> dict[RoomId, list[CaseFacts]]:
    found: dict[RoomId, list[CaseFacts]] = defaultdict(list)
    for case in _here(house, house.today):
        room = house.room_of(case, house.today)
        if room is not None:
            found[room.id].append(case)
    return found


def _here(house: HouseFacts, night: date) -> list[CaseFacts]:
    """Whose counted stay covers that night."""
    known = (*house.cases, *house.lately)
    return [case for case in known if case.stay.counts and case.stay.covers(night)]


def overcapacity(house: HouseFacts) -> Iterator[Flag]:
    """R-12: persons in bed or on an extra place beyond the usable beds, room by room.

    `red` over 110 % of the beds of a room, or of the house where no room is known; or over 7 nights in a row.
    """
    crowd = _crowd(house, house.today)
    if not crowd.over:
        return
    first, known_from = house.today, house.nights_from or house.today
    while first > known_from and _crowd(house, first - ONE_DAY).over:
        first -= ONE_DAY
    n = (house.today - first).days + 1
    red = _is_red(crowd, house.thresholds.overcapacity_red_pct) or n > house.thresholds.overcapacity_nights
    rooms = tuple(house.rooms[key].code for key in crowd.by_room if key in house.rooms)
    kind = "red" if red else ""
    yield Flag("R-12", listed()["R-12"].level, kind, since=first, n=crowd.over, others=rooms)


def _is_red(crowd: Crowd, percent: int) -> bool:
    """Whether a room, or the persons of no known room with all the others, are above that many percent of the beds."""
    usable, slept = sum(crowd.usable.values()), sum(crowd.slept.values())
    rooms = [(crowd.slept[key], crowd.usable.get(key, 0)) for key in crowd.by_room]
    return any(n * 100 > beds * percent for n, beds in [*rooms, (slept + crowd.mats + crowd.unplaced, usable)])


def _crowd(house: HouseFacts, night: date) -> Crowd:
    """Persons who need a bed, and beds that can be used, extra ones left out (T1), by room."""
    out = {one.bed for one in house.states if covers(one.start, one.end, night)}
    usable = Counter(
        bed.room_on(night)
        for bed in house.beds.values()
        if not bed.is_extra and bed.in_service(night) and bed.id not in out
    )
    slept, mats, unplaced = Counter[RoomId](), 0, 0
    for case in _here(house, night):
        placement = case.placement(night)
        if case.is_away(night) or (placement is not None and placement.place == "partage"):
            continue
        room = house.room_of(case, night)
        if room is not None:
            slept[room.id] += 1
        elif placement is not None:
            mats += 1
        else:
            unplaced += 1
    return Crowd(usable, slept, mats, unplaced)


def below_standard(house: HouseFacts) -> Iterator[Flag]:
    """R-13: under 3.5 m² a person in a sleeping room, more than 20 persons a toilet or shower."""
    for key, cases in _rooms(house).items():
        room, n = house.rooms[key], sum(not case.is_away(house.today) for case in cases)
        small = room.surface_m2 is not None and room.surface_m2 < house.thresholds.norm_m2 * n
        if room.room_type in SLEEPING_ROOMS and small:
            others = (room.code, f"{house.thresholds.norm_m2:g}")
            yield Flag("R-13", "W", "space", about=room.code, n=n, since=house.today, others=others)
    n = sum(not case.is_away(house.today) for case in _here(house, house.today))
    for kind, kept, most in (
        ("toilets", house.toilets, house.thresholds.norm_toilet),
        ("showers", house.showers, house.thresholds.norm_shower),
    ):
        if kept is not None and n > kept * most:
            yield Flag("R-13", "W", kind, n=n, limit=kept, since=house.today)


def roll_calls(house: HouseFacts) -> Iterator[Flag]:
    """R-31: a night that is over and had somebody to call, without a roll call; or one that differs from the file."""
    since, until = house.nights_from, house.nights_until
    if since is None or until is None:
        return
    for night in roll_call.missing(house.first_call, since, until, house.calls):
        if _here(house, night):
            yield Flag("R-31", "W", "missing", night=night, since=night, due=night)
    for night, call in house.calls.items():
        recorded = [
            roll_call.NightRecorded.of(case.stay.id, case.is_away(night), case.placement(night))
            for case in _here(house, night)
        ]
        n = len(roll_call.differences(call, recorded))
        if n:
            yield Flag("R-31", "W", "differs", night=night, since=night, due=night, n=n)
