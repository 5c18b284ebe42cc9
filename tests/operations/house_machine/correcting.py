"""What was typed wrong and is put right: entries, exits, stays cancelled and brought back, two files of one person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.residents import merging
from shelter_desk.operations.stays import exits, stay_corrections, stays
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays
from tests.operations.house_machine import checks
from tests.operations.house_machine.acting import HOURS, PICKS, House
from tests.operations.house_machine.diary import (
    VOID,
    Slept,
    day,
    earlier,
    from_to,
    moment,
    nights,
    nights_of,
    of_stay,
)

SHIFTS = st.integers(-6, 6)


class Correcting(House):
    """Corrections of entry and exit, cancelled stays, merges and what parts them."""

    @precondition(lambda self: bool(self.stays()))
    @rule(pick=PICKS, came=SHIFTS, left=SHIFTS, hour=HOURS, which=st.sampled_from("eexxb"), without_bed=st.booleans())
    def a_stay_is_corrected(self, pick: int, came: int, left: int, hour: int, which: str, without_bed: bool) -> None:
        """Its entry (e), its exit (x) or both (b); an exit may go, or be the first that is told."""
        never_left = pick % 4 == 0
        those = self.stays(here=False) if which != "e" and pick % 3 else self.stays()
        who = self.pick(self._who_left_a_held_bed() if never_left and which != "e" else [], pick // 4)
        who = who or self.pick(those, pick)
        if who is None:
            return
        with self.desk.reading() as connection:
            stay = stored_stays.stay(connection, StayId(who.id))
        if which in "eb":
            stay = replace(stay, admitted_at=self._near(stay.admitted_at.date(), came, hour))
        if which in "xb":
            exit_ = self._near(stay.exited_at.date() if stay.exited_at else self.today, left, hour)
            stay = replace(stay, exited_at=exit_, exit_reason=stay.exit_reason or "autonomie")
            if never_left:
                stay = replace(stay, exited_at=None, exit_reason="", exit_destination="")
        approved = self._approved(who.id)
        name = "entry corrected" if which == "e" else "exit corrected"
        before, reason = dict(self.diary), self.reason(who.id)
        known = of_stay(self.rows, "placements", who.id)
        beds = {one.bed_id for one in (*known[:1], *known[-1:])}
        made = self.act(
            name, lambda: stay_corrections.correct(self.desk, stay, without_bed), lambda key: key[0] == who.id
        )
        if made is not None:
            self._fits(who.id, before, without_bed, beds)
            new = next(one for one in self.rows["stays"] if one.id == who.id)
            is_same = (new.exited_at, self.reason(who.id)) == (who.exited_at, reason)
            assert self._approved(who.id) == (approved and is_same), "an approval is of the exit that was approved"

    def _who_left_a_held_bed(self) -> list[Any]:
        beds = {one.bed_id for one in checks.holding(self.rows, self.today)}
        left = self.stays(here=False)
        return [
            one for one in left if any(slept.bed_id in beds for slept in of_stay(self.rows, "placements", one.id)[-1:])
        ]

    def _near(self, day_: date, shift: int, hour: int) -> Any:
        back = (self.today - day_).days - shift
        return self.at(max(0, back), hour)

    def _fits(self, stay: int, before: dict[Any, Slept], without_bed: bool, beds: set[int]) -> None:
        """Each night of before that is in it still is as it was; what is new has one of `beds` or none."""
        old = {night: one for (key, night), one in before.items() if key == stay}
        new = {night: one for (key, night), one in self.diary.items() if key == stay}
        row = next(one for one in self.rows["stays"] if one.id == stay)
        left = None if row.exited_at is None else day(row.exited_at)
        assert list(new) == nights(day(row.admitted_at), left, self.today)
        both = sorted(old.keys() & new.keys())
        odd = {night: (old[night], new[night]) for night in both if old[night] != new[night]}
        assert without_bed or not odd, f"nights of the stay {stay} that were said: {odd}"
        for night in new.keys() - old.keys() if both else ():
            assert new[night].bed in {None, *beds}, f"{night}: {new[night]}, neither of {beds}"

    def _approved(self, stay: int) -> bool:
        return any(one.stay_id == stay and one.approved_on is not None for one in self.rows["exits"])

    @precondition(lambda self: self.rested("exit approved", 8) and bool(self.stays(here=False)))
    @rule(pick=PICKS)
    def an_exit_is_approved(self, pick: int) -> None:
        who = self.pick(self.stays(here=False), pick)
        made = self.act("exit approved", lambda: exits.approve(self.desk, StayId(who.id)))
        assert made is None or self._approved(who.id)

    @precondition(lambda self: self.rested("cancelled", 6) and bool(self.stays()))
    @rule(pick=PICKS)
    def a_stay_is_cancelled(self, pick: int) -> None:
        who = self.pick(self.stays(), pick)
        reason = self.reason(who.id)
        made = self.act(
            "cancelled", lambda: stays.void(self.desk, StayId(who.id), "doublon"), lambda key: key[0] == who.id
        )
        if made is not None:
            assert not from_to(self.diary, who.id, date.min, None)
            self.cancelled[who.id] = who, reason

    @precondition(lambda self: bool(self._cancelled()))
    @rule(pick=PICKS, without_bed=st.booleans())
    def a_cancelled_stay_is_brought_back(self, pick: int, without_bed: bool) -> None:
        """As it was before, but for nights that somebody else has by now."""
        was, reason = self.cancelled[self.pick(self._cancelled(), pick)]
        left = None if was.exited_at is None else day(was.exited_at)
        wanted = nights_of(self.rows, was.id, day(was.admitted_at), left, self.today)
        stay = stay_corrections.before_void(self.desk, StayId(was.id))
        made = self.act(
            "brought back",
            lambda: stay_corrections.correct(self.desk, stay, without_bed),
            lambda key: key[0] == was.id,
        )
        if made is not None:
            row = next(one for one in self.rows["stays"] if one.id == was.id)
            assert (row.admitted_at, row.exited_at) == (was.admitted_at, was.exited_at)
            assert self.reason(was.id) == reason
            found = {key: self.diary[key] for key in from_to(self.diary, was.id, date.min, None)}
            lost = {key for key, one in found.items() if one != wanted[key]} if without_bed else set()
            assert {key: found.get(key) for key in wanted.keys() - lost} == {
                key: wanted[key] for key in wanted.keys() - lost
            }
            assert {found[key].bed for key in lost} <= {None}

    def _cancelled(self) -> list[int]:
        void = {one.id for one in self.rows["stays"] if one.uncounted == VOID}
        return sorted(void & self.cancelled.keys())

    # Two files of one person ----------------------------------------------------------------------------------------

    def _apart(self) -> list[tuple[int, int]]:
        """Pairs of files whose stays do not touch."""
        alive = [one.id for one in self.rows["persons"] if one.merged_into is None]
        theirs = {one: [stay for stay in self.stays() if stay.person_id == one] for one in alive}
        return [
            (one, other)
            for one in alive
            for other in alive
            if one != other and theirs[one] and theirs[other] and not self._touch(theirs[one], theirs[other])
        ]

    @staticmethod
    def _touch(one: list[Any], other: list[Any]) -> bool:
        return any(
            (second.exited_at is None or earlier(moment(first.admitted_at), moment(second.exited_at)))
            and (first.exited_at is None or earlier(moment(second.admitted_at), moment(first.exited_at)))
            for first in one
            for second in other
        )

    @precondition(lambda self: bool(self._apart()))
    @rule(pick=PICKS)
    def two_files_become_one(self, pick: int) -> None:
        kept, other = self.pick(self._apart(), pick)
        before, names = self.rows, self._names()
        made = self.act("merged", lambda: merging.merge(self.desk, PersonId(kept), PersonId(other), {}, "autre_nom"))
        if made is not None:
            assert not [one for one in self.rows["stays"] if one.person_id == other]
            self.merged[max(one.id for one in self.rows["merges"])] = before, self.rows, names

    @precondition(lambda self: bool(self._merges()))
    @rule(pick=PICKS)
    def the_two_are_parted(self, pick: int) -> None:
        self._part(self.pick(self._merges()[-2:], pick))  # less was written in since

    @precondition(lambda self: not self.rested("merged", 16) and bool(self._merges()))
    @rule()
    def they_were_two_after_all(self) -> None:
        self._part(self._merges()[-1])

    def _part(self, one: Any) -> None:
        """What nobody wrote in since is as it was before the two became one."""
        was, merged, names = self.merged[one.id]
        before = self.rows
        made = self.act("parted", lambda: merging.undo_merge(self.desk, PersonId(one.person_id)))
        if made is None:
            return
        now_called = self._names()
        pair = (one.person_id, one.other_id)
        assert {key: now_called.get(key) for key in pair} == {key: names.get(key) for key in pair}
        for table in self.rows:
            if table != "merges":
                first, then, last, now = (_by_id(rows[table]) for rows in (was, merged, before, self.rows))
                kept = (key for key, row in then.items() if last.get(key) == row)
                left = {key: (first.get(key), now.get(key)) for key in kept if now.get(key) != first.get(key)}
                assert not left, f"{table}: not as before the merge: {left}"

    def _names(self) -> Mapping[PersonId, Names]:
        with self.desk.reading() as connection:
            return stored_residents.names(connection, self.desk.key_of_names())

    def _merges(self) -> list[Any]:
        """The last one of each file that stands."""
        standing = {one.person_id: one for one in self.rows["merges"] if one.undone_at is None}
        return [one for one in standing.values() if one.id in self.merged]


def _by_id(rows: tuple[Any, ...]) -> dict[Any, Any]:
    """By their first column; the keys left out, and what is sealed, since it is sealed anew under another key."""
    return {row[0]: [one for one in row if not isinstance(one, bytes | None)] for row in rows}
