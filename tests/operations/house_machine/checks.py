"""What holds of the rows of a house after every act, whatever was done."""

from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import Any

from tests.operations.house_machine.diary import REDIRECTED, VOID, Diary, Rows, day, earlier, holds, moment

HELD = "R-35"


def check(rows: Rows, diary: Diary, today: date) -> None:
    """Every rule below; AssertionError says what is wrong."""
    _one_person_in_a_bed(rows, diary)
    _nobody_in_a_bed_out_of_use(rows, diary)
    _all_lies_within_its_stay(rows)
    _nobody_is_here_twice(rows)
    _one_first_admission_each(rows)
    _what_is_held_is_kept(rows, today)


def _one_person_in_a_bed(rows: Rows, diary: Diary) -> None:
    """Who shares lies beside the family, or the same person under a former stay."""
    stays = {one.id: one for one in rows["stays"]}
    beds: dict[tuple[int, date], list[tuple[int, str]]] = defaultdict(list)
    for (stay, night), slept in diary.items():
        if slept.bed is not None:
            beds[slept.bed, night].append((stay, slept.place))
    for where, there in beds.items():
        own = [stay for stay, place in there if place == "lit"]
        assert len(own) <= 1, f"the stays {own} have bed and night {where}"
        for child in (stays[stay] for stay, place in there if own and place != "lit"):
            adult, head = stays[own[0]], stays[child.head_stay_id or child.id]
            family = head.id == (adult.head_stay_id or adult.id)
            assert family or adult.person_id in (child.person_id, head.person_id), f"strangers share {where}: {there}"


def _nobody_in_a_bed_out_of_use(rows: Rows, diary: Diary) -> None:
    for (stay, night), slept in diary.items():
        if slept.place == "lit":
            out = [one for one in rows["bed_states"] if one.bed_id == slept.bed and holds(one, night)]
            assert not out, f"the stay {stay} has a bed out of use on {night}: {out}"


def _all_lies_within_its_stay(rows: Rows) -> None:
    stays = {one.id: one for one in rows["stays"]}
    for table in ("placements", "absences"):
        for one in rows[table]:
            stay = stays[one.stay_id]
            start = moment(one.started_at)
            assert not earlier(start, moment(stay.admitted_at)), f"before its stay: {table} {one}"
            assert one.ended_at is None or not earlier(moment(one.ended_at), start), f"upside down: {table} {one}"
            if stay.exited_at is not None and stay.uncounted != VOID:
                end = moment(stay.exited_at)
                assert one.ended_at is not None, f"goes on after its stay: {table} {one}"
                assert not earlier(end, moment(one.ended_at)), f"ends after its stay: {table} {one}"


def _nobody_is_here_twice(rows: Rows) -> None:
    seen: dict[int, list[Any]] = defaultdict(list)
    for one in rows["stays"]:
        if one.uncounted != VOID:
            seen[one.person_id].append(one)
    for person, theirs in seen.items():
        for first, second in combinations(theirs, 2):
            apart = _is_over(first, second) or _is_over(second, first)
            assert apart, f"the person {person} is here twice: {first} {second}"


def _is_over(stay: Any, before: Any) -> bool:
    return stay.exited_at is not None and not earlier(moment(before.admitted_at), moment(stay.exited_at))


def _one_first_admission_each(rows: Rows) -> None:
    firsts: dict[int, list[Any]] = defaultdict(list)
    counted = [one for one in rows["stays"] if one.uncounted not in (VOID, REDIRECTED)]
    for one in counted:
        if one.entry_kind == "premiere":
            firsts[one.person_id].append(one)
    for person, theirs in firsts.items():
        assert len(theirs) == 1, f"the person {person} came for the first time more than once: {theirs}"
        before = [one for one in counted if one.person_id == person and one.admitted_at < theirs[0].admitted_at]
        assert not [one for one in before if one.entry_kind != "readmission"], f"not the first one: {before}"


def holding(rows: Rows, today: date) -> list[Any]:
    """What is held today: not given up, not lapsed, and nobody who counts came for all of it."""
    gone = {one.id for one in rows["stays"] if one.uncounted == VOID}
    found = []
    for one in rows["held_beds"]:
        came = [a for a in rows["held_bed_arrivals"] if a.held_bed_id == one.id and a.stay_id not in gone]
        if one.ended_on is None and len(came) < one.places and today < day(one.held_to):
            found.append(one)
    return found


def _was_given(place: Any, rows: Rows) -> bool:
    """Whether somebody said why it is slept in although it is held; an infant shares what its mother was given."""
    with_whom = [
        one
        for one in rows["placements"]
        if one.place == "lit" and one.bed_id == place.bed_id and one.started_at <= place.started_at
        and (one.ended_at is None or (place.ended_at is not None and place.ended_at <= one.ended_at))
    ]  # fmt: skip
    return HELD in place.override_rule or (
        place.place == "partage" and any(HELD in one.override_rule for one in with_whom)
    )


def _what_is_held_is_kept(rows: Rows, today: date) -> None:
    """No bed is held twice, and nobody else has it from today on, unless somebody said why.

    One that holds again because who came for it was typed by mistake may have been given to others meanwhile.
    """
    void = {one.id for one in rows["stays"] if one.uncounted == VOID}
    again = {one.held_bed_id for one in rows["held_bed_arrivals"] if one.stay_id in void}
    known = [one for one in holding(rows, today) if one.bed_id is not None]
    for one in known:
        first, after = max(day(one.held_from), today), day(one.held_to)
        for other in known:
            apart = other.bed_id != one.bed_id or other.id == one.id
            over = after <= day(other.held_from) or day(other.held_to) <= first
            assert apart or over, f"held twice: {one} {other}"
        if one.id in again:
            continue
        for state in rows["bed_states"]:
            ends = state.ended_at is not None and day(state.ended_at) <= first
            free = state.bed_id != one.bed_id or ends or day(state.started_at) >= after
            assert free, f"held and out of use: {one} {state}"
        for place in rows["placements"]:
            if place.bed_id == one.bed_id and place.stay_id not in void and not _was_given(place, rows):
                ends = place.ended_at is not None and day(place.ended_at) <= first
                assert ends or day(place.started_at) >= after, f"somebody else has what is held: {one} {place}"
