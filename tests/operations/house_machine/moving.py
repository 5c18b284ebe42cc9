"""Who moves, who swaps, and beds that are out of use for a while."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shelter_desk.domain.ids import BedId, RoomId, StayId
from shelter_desk.operations.beds import beds
from shelter_desk.operations.equipment import moved_beds
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.storage.beds import beds as stored_beds
from tests.operations.house_machine import checks
from tests.operations.house_machine.acting import DAYS, HOURS, NEAR, PICKS, House
from tests.operations.house_machine.arriving import REASON, ROOM_OF
from tests.operations.house_machine.diary import Night, Slept, day, from_to, holds, next_place, place_at

STATES = st.sampled_from(("maintenance", "hors_service", "quarantaine"))


class Moving(House):
    """Back-dated moves, swaps, states of beds, beds that change their room."""

    def _family(self, stay: int) -> set[int]:
        head = next(one.head_stay_id or one.id for one in self.rows["stays"] if one.id == stay)
        return {one.id for one in self.stays() if head in (one.id, one.head_stay_id)} - {stay}

    @precondition(lambda self: bool(self.stays()))
    @rule(pick=PICKS, bed=PICKS, days=DAYS, hour=HOURS, anywhere=st.booleans(), reason=REASON)
    def somebody_moves(self, pick: int, bed: int, days: int, hour: int, anywhere: bool, reason: str) -> None:
        """From that moment until the next place that is known; typed in any order."""
        who = self.pick(self._mothers() or self.stays(), pick // 3) if pick % 3 == 0 else self.pick(self.stays(), pick)
        moved = self._moved_since()
        if moved and pick % 4 == 1:  # before a place that is known
            who, since = self.pick(moved, pick)
            days = (self.today - since).days + 1 + days % 3
        at = max(self.at(days % 45, hour), datetime.combine(day(who.admitted_at), time(17)))
        at = self.at(0, 9) if at > self.moment else at
        sex = next(one.sex for one in self.rows["persons"] if one.id == who.person_id)
        to = self.pick(self.rows["beds"], bed) if anywhere and pick % 2 else self.free_bed(bed, at.date(), ROOM_OF[sex])
        along = {one for one in self._sharing(who.id, at) if next_place(self.rows, one, at) != at.date()}
        mine = set(from_to(self.diary, who.id, at.date(), next_place(self.rows, who.id, at)))
        theirs = {key for one in self._family(who.id) for key in from_to(self.diary, one, at.date(), None)}
        spot, before = Spot("lit", BedId(to.id), reason=reason), dict(self.diary)
        made = self.act(
            "moved",
            lambda: stays.move(self.desk, StayId(who.id), spot, at),
            lambda key: key in mine or key in theirs,
        )
        if made is None:
            return
        assert {self.diary[key].bed for key in mine} <= {to.id}, f"moved to {to.bed_code}: {mine}"
        assert all(self.diary[key].away == before[key].away for key in mine | theirs)
        self._went_along(along, to.id, at.date(), bool(mine))
        went = {key: self.diary[key] for key in theirs if self.diary[key] != before[key]}
        assert {(one.place, one.bed) for one in went.values()} <= {("partage", to.id)}

    def _moved_since(self) -> list[tuple[Any, date]]:
        """Who moved, and when last."""
        last: dict[int, list[date]] = {}
        for one in self.rows["placements"]:
            last.setdefault(one.stay_id, []).append(day(one.started_at))
        return [(one, max(last[one.id])) for one in self.stays() if len(last.get(one.id, ())) > 1]

    def _mothers(self) -> list[Any]:
        """Who is here with somebody who shares a bed."""
        sharing = {one.stay_id for one in self.rows["placements"] if one.place == "partage" and one.ended_at is None}
        heads = {one.head_stay_id for one in self.stays(here=True) if one.id in sharing}
        return [one for one in self.stays(here=True) if one.id in heads]

    def _sharing(self, stay: int, at: datetime) -> set[int]:
        """Those of the family who share the bed that the stay has at that moment."""
        held = place_at(self.rows, stay, at)
        if held is None or held.place != "lit":
            return set()
        found = {one: place_at(self.rows, one, at) for one in self._family(stay)}
        return {
            one for one, place in found.items() if place and (place.place, place.bed_id) == ("partage", held.bed_id)
        }

    def _went_along(self, along: set[int], bed: int, night: date, is_night: bool) -> None:
        for one in along:
            slept = self.diary.get((one, night))
            if is_night and slept is not None:
                assert slept.bed == bed, f"the stay {one} was left behind on {night}: {slept}"

    @precondition(lambda self: len(self.stays(here=True)) > 1)
    @rule(one=PICKS, other=PICKS, days=NEAR, hour=HOURS)
    def two_swap(self, one: int, other: int, days: int, hour: int) -> None:
        here = [stay for stay in self.stays(here=True) if not self._family(stay.id)]
        rooms = {stay.id: self._room(stay.id) for stay in here}
        first = self.pick([stay for stay in here if rooms[stay.id]], one)
        near = [stay for stay in here if first and stay.id != first.id and rooms[stay.id] == rooms[first.id]]
        second = self.pick(near, other)
        if second is None:
            return
        begun = max(day(first.admitted_at), day(second.admitted_at))
        at = max(self.at(days, hour), datetime.combine(begun, time(17)))
        at = self.at(0, 9) if at > self.moment else at
        places = [place_at(self.rows, stay.id, at) for stay in (first, second)]
        wanted: dict[Night, int | None] = {}
        for stay, place in zip((first, second), reversed(places), strict=True):
            nights = from_to(self.diary, stay.id, at.date(), next_place(self.rows, stay.id, at))
            wanted |= dict.fromkeys(nights, place and place.bed_id)
        made = self.act(
            "swapped", lambda: stays.swap(self.desk, StayId(first.id), StayId(second.id), at), lambda key: key in wanted
        )
        assert made is None or {key: self.diary[key].bed for key in wanted} == wanted

    def _room(self, stay: int) -> int | None:
        slept = self.diary.get((stay, self.today), Slept())
        return next((one.room_id for one in self.rows["beds"] if one.id == slept.bed), None)

    @precondition(lambda self: self.rested("blocked", 4))
    @rule(pick=PICKS, days=NEAR, nights=st.integers(1, 12), open_end=st.booleans(), state=STATES)
    def a_bed_is_taken_out_of_use(self, pick: int, days: int, nights: int, open_end: bool, state: str) -> None:
        """One that is held, as likely as not: that is refused."""
        held = {one.bed_id for one in checks.holding(self.rows, self.today)} if pick % 2 else set()
        start = self.at(days % 3 if held else days, 9)
        bed = self.pick([one for one in self.rows["beds"] if one.id in held], pick // 2)
        bed = bed or self.free_bed(pick // 2, start.date())
        end = None if open_end else start + timedelta(days=nights)
        self.act("blocked", lambda: beds.block(self.desk, BedId(bed.id), state, start, end, "sommier cassé"))

    @precondition(lambda self: self.rested("bed moved", 12))
    @rule(pick=PICKS, room=PICKS, days=NEAR)
    def a_bed_is_moved_to_another_room(self, pick: int, room: int, days: int) -> None:
        """From that day on, into one that is not full; the nights before keep their room."""
        bed, first = self.pick(self.rows["beds"], pick), self.at(days, 9).date()
        beds_of = Counter(one.room_id for one in self.rows["beds"])
        to = self.pick([one for one in self.rows["rooms"] if one.id != bed.room_id and beds_of[one.id] < 4], room)
        nights = [self.today - timedelta(days=n) for n in range(40)]
        before = {night: self._stood(bed.id, night) for night in nights}
        made = self.act("bed moved", lambda: moved_beds.move(self.desk, BedId(bed.id), RoomId(to.id), first))
        wanted = {night: to.id if night >= first else before[night] for night in nights}
        assert made is None or {night: self._stood(bed.id, night) for night in nights} == wanted

    def _stood(self, bed: int, night: date) -> int:
        """The room of the bed on that night."""
        former = [one.room_id for one in self.rows["bed_rooms"] if one.bed_id == bed and holds(one, night)]
        assert len(former) < 2, f"the bed {bed} stood in {former} on {night}"
        now: int = next(one.room_id for one in self.rows["beds"] if one.id == bed)
        return next(iter(former), now)

    @precondition(lambda self: bool(self._blocked()))
    @rule(pick=PICKS)
    def a_bed_is_put_back_into_use(self, pick: int) -> None:
        self._put_back(self.pick(self._blocked(), pick))

    @precondition(lambda self: not self.rested("blocked", 40) and bool(self._blocked()))
    @rule()
    def the_last_one_was_not_so_bad(self) -> None:
        self._put_back(self._blocked()[-1])

    def _put_back(self, row: Any) -> None:
        with self.desk.reading() as connection:
            state = next(one for one in stored_beds.states(connection) if one.id == row.id)
        self.act("put back", lambda: beds.unblock(self.desk, state, self.moment))

    def _blocked(self) -> list[Any]:
        return [one for one in self.rows["bed_states"] if one.ended_at is None or day(one.ended_at) > self.today]
