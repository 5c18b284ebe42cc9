"""Who comes, who comes again, who leaves, who is away, and what is held for who is expected."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.ids import BedId, HeldBedId, PersonId, RoomId, StayId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from tests.operations.house_machine import checks
from tests.operations.house_machine.acting import ABSENT, DAYS, HOURS, NEAR, PICKS, House
from tests.operations.house_machine.diary import day, from_to, of_stay
from tests.operations.shelter import born

SEX = st.sampled_from("fffm")
REASON = st.sampled_from(("", "", "", "Seul lit au rez-de-chaussée"))
NAMES = st.sampled_from((Names(), Names("Diarra", "Awa"), Names("Keïta", "Fanta")))
GONE = st.sampled_from(("autonomie", "autonomie", "transfert", "fugue_disparition", "non_admis"))
DONE_A_DAY = 3  # accepted acts at least before a day passes
OPEN = st.sampled_from((True, True, False))
ROOM_OF = {"f": "1", "m": "2"}


class Arriving(House):
    """Admissions, readmissions, families, exits, absences, held beds."""

    def admitted(self, name: str, admission: Admission) -> Admitted | None:
        """An admission tried: nothing of anybody else is otherwise."""
        known = {one.id for one in self.rows["stays"]}
        made = self.act(name, lambda: stays.admit(self.desk, admission), lambda key: key[0] not in known)
        if made is not None:
            nights = from_to(self.diary, made.stay, date.min, None)
            spot = admission.spot
            assert {self.diary[key].bed for key in nights} <= {None if spot is None else spot.bed}
            (row,) = (one for one in self.rows["stays"] if one.id == made.stay)
            assert row.admitted_at[:10] == admission.admitted_at.date().isoformat()
        return made

    @rule(days=DAYS, hour=HOURS, sex=SEX, pick=PICKS, anywhere=st.booleans(), reason=REASON, names=NAMES)
    def somebody_comes(
        self, days: int, hour: int, sex: str, pick: int, anywhere: bool, reason: str, names: Names
    ) -> None:
        at = self.at(days, hour)
        bed = self.pick(self.rows["beds"], pick) if anywhere else self.free_bed(pick, at.date(), ROOM_OF[sex])
        spot = Spot("lit", BedId(bed.id), reason=reason) if pick % 7 else None
        self.admitted("admitted", Admission(at, "premiere", "transit", sex, born(27), "GN", names, spot=spot))

    @precondition(lambda self: bool(self.stays(here=False)))
    @rule(days=NEAR, hour=HOURS, pick=PICKS, bed=PICKS)
    def somebody_comes_again(self, days: int, hour: int, pick: int, bed: int) -> None:
        here = {one.person_id for one in self.stays(here=True)}
        left = [one for one in self.stays(here=False) if one.person_id not in here]
        who = self.pick(left or self.stays(here=False), pick)
        last = max(day(one.exited_at) for one in self.stays(here=False) if one.person_id == who.person_id)
        at = self.at(min(days, max(0, (self.today - last).days)), hour)
        person = next(one for one in self.rows["persons"] if one.id == who.person_id)
        spot = Spot("lit", BedId(self.free_bed(bed, at.date(), ROOM_OF[person.sex]).id))
        made = self.admitted(
            "admitted again", Admission(at, "premiere", "transit", person=PersonId(who.person_id), spot=spot)
        )
        if made is not None:
            kind = next(one.entry_kind for one in self.rows["stays"] if one.id == made.stay)
            counted = [one for one in self.stays() if one.person_id == who.person_id and one.id != made.stay]
            assert (kind == "readmission") == any(one.uncounted != "non_admis" for one in counted), (kind, counted)

    @rule(days=DAYS, hour=HOURS, pick=PICKS)
    def a_mother_comes_with_a_baby(self, days: int, hour: int, pick: int) -> None:
        """The baby shares her bed, as a crib stands beside it."""
        at = self.at(days, hour)
        spot = Spot("lit", BedId(self.free_bed(pick, at.date(), "14").id))
        mother = self.admitted("mother admitted", Admission(at, "premiere", "transit", "f", born(27), "GN", spot=spot))
        if mother is None:
            return
        baby = Admission(at, "naissance" if pick % 2 else "premiere", "transit", "f", born(0), "GN")
        self.admitted(
            "baby admitted",
            replace(baby, is_dependant=True, head=mother.stay, spot=Spot("partage", spot.bed), child_status=""),
        )

    @precondition(lambda self: bool(self.stays(here=True)))
    @rule(days=NEAR, hour=HOURS, pick=PICKS, reason=GONE)
    def somebody_leaves(self, days: int, hour: int, pick: int, reason: str) -> None:
        who = self.pick(self.stays(here=True), pick)
        days = min(days, (self.today - day(who.admitted_at)).days)
        at = self.at(days, max(hour, int(who.admitted_at[11:13] or 0) if days == 0 else hour))
        self.act(
            "left",
            lambda: stays.leave(self.desk, StayId(who.id), at, reason, "mali_autre"),
            lambda key: key[0] == who.id and key[1] >= at.date(),
        )

    @precondition(lambda self: any(one.head_stay_id for one in self.stays(here=True)))
    @rule(days=NEAR, hour=HOURS, pick=PICKS)
    def a_family_leaves(self, days: int, hour: int, pick: int) -> None:
        child = self.pick([one for one in self.stays(here=True) if one.head_stay_id], pick)
        family = [one.id for one in self.stays(here=True) if child.head_stay_id in (one.id, one.head_stay_id)]
        at = self.at(min(days, (self.today - day(child.admitted_at)).days), hour)
        made = self.act(
            "family left",
            lambda: stays.leave_together(self.desk, [StayId(one) for one in family], at, "autonomie"),
            lambda key: key[0] in family and key[1] >= at.date(),
        )
        if made is not None:
            left = {one.id for one in self.stays(here=False)}
            assert set(family) <= left

    @precondition(lambda self: bool(self.stays(here=True)))
    @rule(pick=PICKS, days=DAYS, nights=st.integers(1, 5), open_end=OPEN, kind=ABSENT)
    def somebody_is_away(self, pick: int, days: int, nights: int, open_end: bool, kind: str) -> None:
        who = self.pick(self.stays(here=True), pick)
        first = max(self.today - timedelta(days=days % 12), day(who.admitted_at))
        back = None if open_end else first + timedelta(days=nights)
        known = [day(one.started_at) for one in of_stay(self.rows, "absences", who.id)]
        until = back or min((one for one in known if one > first), default=None)
        stay = StayId(who.id)
        wanted = from_to(self.diary, who.id, first, until)
        made = self.act("away", lambda: absences.be_away(self.desk, stay, kind, first, back), lambda key: key in wanted)
        assert made is None or {self.diary[key].away for key in wanted} <= {kind}

    @precondition(lambda self: bool(self._away()))
    @rule(pick=PICKS, days=NEAR)
    def somebody_comes_back(self, pick: int, days: int) -> None:
        absence = self.pick(self._away(), pick)
        first = max(day(absence.started_at), self.today - timedelta(days=days))
        stay, wanted = absence.stay_id, from_to(self.diary, absence.stay_id, first, None)
        before = dict(self.diary)
        made = self.act("back", lambda: absences.come_back(self.desk, StayId(stay), first), lambda key: key in wanted)
        if made is not None:
            assert self.diary[stay, first].away == "" if (stay, first) in self.diary else True
            assert all(self.diary[key].bed == before[key].bed for key in wanted)

    @precondition(lambda self: bool(self._away()))
    @rule(pick=PICKS)
    def somebody_comes_back_today(self, pick: int) -> None:
        """As the one above, so that it is played often enough."""
        self.somebody_comes_back(pick, 0)

    def _away(self) -> list[Any]:
        here = {one.id for one in self.stays(here=True)}
        return [one for one in self.rows["absences"] if one.ended_at is None and one.stay_id in here]

    # What is held ---------------------------------------------------------------------------------------------------

    def _wanted(self, bed: Any, days: int, nights: int, room: bool = False) -> HeldBed:
        expected = self.today + timedelta(days=days)
        after = expected + timedelta(days=nights)
        group = (Group("f", "a18_59", 1),)
        where = None if room else BedId(bed.id)
        of_room = RoomId(bed.room_id) if room else None
        return HeldBed(HeldBedId(0), "", group, expected, self.today, after, where, of_room)

    @rule(pick=PICKS, days=st.integers(0, 2), nights=st.integers(1, 4), room=st.booleans())
    def a_bed_is_held(self, pick: int, days: int, nights: int, room: bool) -> None:
        """One that somebody left, as likely as not."""
        left = {one.id for one in self.stays(here=False)}
        beds = {one.bed_id for one in self.rows["placements"] if one.stay_id in left} if pick % 2 else None
        wanted = self._wanted(self.free_bed(pick // 2, self.today, of=beds), days, nights, room and pick % 4 == 0)
        self.act("held", lambda: held_beds.hold(self.desk, wanted))

    @precondition(lambda self: bool(checks.holding(self.rows, self.today)))
    @rule(pick=PICKS, bed=PICKS, days=st.integers(0, 2), nights=st.integers(1, 4))
    def another_bed_is_held_instead(self, pick: int, bed: int, days: int, nights: int) -> None:
        held = self.pick(checks.holding(self.rows, self.today), pick)
        wanted = replace(self._wanted(self.free_bed(bed, self.today), days, nights), id=HeldBedId(held.id))
        self.act("held elsewhere", lambda: held_beds.change(self.desk, wanted))

    @precondition(lambda self: bool(checks.holding(self.rows, self.today)))
    @rule(pick=PICKS)
    def a_held_bed_is_given_up(self, pick: int) -> None:
        held = self.pick(checks.holding(self.rows, self.today), pick)
        made = self.act("given up", lambda: held_beds.cancel(self.desk, HeldBedId(held.id), "ne vient plus"))
        assert made is None or held.id not in {one.id for one in checks.holding(self.rows, self.today)}

    @precondition(lambda self: bool(checks.holding(self.rows, self.today)))
    @rule(pick=PICKS, hour=HOURS)
    def who_was_expected_comes(self, pick: int, hour: int) -> None:
        held = self.pick(checks.holding(self.rows, self.today), pick)
        room = next((one.room_code for one in self.rows["rooms"] if one.id == held.room_id), "1234")
        bed = held.bed_id or self.free_bed(pick, self.today, room).id
        rooms = {one.id: one.room_code for one in self.rows["rooms"]}
        of_bed = next(one.room_id for one in self.rows["beds"] if one.id == bed)
        sex = "m" if rooms[of_bed] == "2" else "f"
        spot = Spot("lit", BedId(bed), reason="Seul lit libre" if rooms[of_bed] == "3" else "")
        made = self.admitted(
            "arrived",
            Admission(self.at(0, hour), "premiere", "transit", sex, born(27), "GN", spot=spot, held=HeldBedId(held.id)),
        )
        if made is not None:
            assert held.id not in {one.id for one in checks.holding(self.rows, self.today)}

    @precondition(lambda self: self.accepted >= DONE_A_DAY)
    @rule()
    def a_day_passes(self) -> None:
        """What was held until now may lapse; nothing is written."""
        self._step()
        self.done["day passed"] += 1
        self.accepted = 0
        self.moment += timedelta(days=1)
        self._look()
        self._look_about()
