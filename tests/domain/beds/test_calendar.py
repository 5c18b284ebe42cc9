"""Beds × nights as bars: what lies where, from facts of the house."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.beds import calendar
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.beds.calendar import Bar, BedCalendar, BedLine, CalendarFacts, arranged
from shelter_desk.domain.ids import AbsenceId, BedId, BedStateId, PersonId, PlacementId, RoomId, StayId
from shelter_desk.domain.moments import Period, covers
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Person
from shelter_desk.domain.stays.stays import Absence, Place, Placement, Stay

NIGHTS = Period(date(2026, 11, 2), date(2026, 11, 15))
TODAY = date(2026, 11, 10)
ROOM = Room(RoomId(1), "1", "Dortoir", "dortoir_f", "f", "adultes")
BEDS = {
    BedId(n): Bed(BedId(n), f"1{letter}", ROOM.id, "simple", datetime(2025, 1, 1)) for n, letter in ((1, "A"), (2, "B"))
}


def at(day: int, hour: int = 15) -> datetime:
    """An hour of a day of November; days before it are counted down from 0."""
    return datetime(2026, 11, 1, hour) + timedelta(days=day - 1)


def stay(n: int, first: int, left: int | None = None, expected: date | None = None) -> Stay:
    exited = None if left is None else at(left, 9)
    return Stay(StayId(n), f"2026-{n}", PersonId(n), at(first), "premiere", "transit", exited, expected_exit=expected)


def place(n: int, first: int, left: int | None, bed: int | None, kind: Place = "lit", hour: int = 15) -> Placement:
    bed_id = None if bed is None else BedId(bed)
    room = ROOM.id if bed is None else None
    return Placement(
        PlacementId(0), StayId(n), kind, at(first, hour), None if left is None else at(left, 9), bed_id, room
    )


def laid(
    stays: Iterable[Stay],
    placements: Iterable[Placement] = (),
    absences: Iterable[Absence] = (),
    states: Iterable[BedState] = (),
    beds: dict[BedId, Bed] = BEDS,
) -> BedCalendar:
    stays, placements, absences = tuple(stays), tuple(placements), tuple(absences)
    facts = CalendarFacts(
        {ROOM.id: ROOM},
        beds,
        tuple(states),
        stays,
        {one.person: Person(one.person, f"P{one.person}", "f", UNKNOWN_BIRTH, "ML") for one in stays},
        {one.id: tuple(p for p in placements if p.stay == one.id) for one in stays},
        {one.id: tuple(a for a in absences if a.stay == one.id) for one in stays},
    )
    return arranged(facts, NIGHTS, TODAY)


def line(made: BedCalendar, code: str) -> BedLine:
    return next(one for room in made.rooms for one in room.lines if one.bed is not None and one.bed.code == code)


def nights(bar: Bar) -> tuple[str, int, int | None]:
    """Kind, first night and first night after, as days of November."""
    return bar.kind, (bar.first - date(2026, 11, 1)).days + 1, None if bar.after is None else bar.after.day


def test_a_stay_takes_the_nights_from_its_first_to_the_one_before_it_leaves() -> None:
    made = laid([stay(1, 3, 6)], [place(1, 3, 6, 1)])
    assert [nights(bar) for bar in line(made, "1A").bars] == [("stay", 3, 6)]
    assert [night.day for night in NIGHTS if line(made, "1A").stay_on(night)] == [3, 4, 5]
    assert line(made, "1B").bars == ()


def test_who_is_here_has_a_bar_without_an_end_and_the_day_of_the_planned_exit() -> None:
    made = laid([stay(1, 3, expected=date(2026, 11, 14))], [place(1, 3, None, 1)])
    (bar,) = line(made, "1A").bars
    assert (bar.after, bar.planned) == (None, date(2026, 11, 14))


def test_a_stay_that_ended_has_no_planned_exit() -> None:
    (bar,) = line(laid([stay(1, 3, 6, date(2026, 11, 14))], [place(1, 3, 6, 1)]), "1A").bars
    assert bar.planned is None


def test_a_move_is_told_at_both_ends() -> None:
    made = laid([stay(1, 3)], [place(1, 3, 6, 1), place(1, 6, None, 2, hour=9)])
    (left,), (joined,) = line(made, "1A").bars, line(made, "1B").bars
    assert (left.goes_to, joined.came_from, left.came_from, joined.goes_to) == ("1B", "1A", None, None)


def test_an_absence_lies_over_the_nights_of_the_bed_that_is_kept() -> None:
    away = Absence(AbsenceId(1), StayId(1), "hopital", at(5, 0), at(8, 0))
    made = laid([stay(1, 3)], [place(1, 3, 6, 1), place(1, 6, None, 2, hour=9)], [away])
    assert [nights(bar) for bar in line(made, "1A").bars] == [("stay", 3, 6), ("away", 5, 6)]
    assert [nights(bar) for bar in line(made, "1B").bars] == [("stay", 6, None), ("away", 6, 8)]


def test_infants_are_counted_on_the_bed_they_share() -> None:
    made = laid([stay(1, 3), stay(2, 4)], [place(1, 3, None, 1), place(2, 4, None, 1, "partage")])
    (bar,) = line(made, "1A").bars
    assert bar.babies == 1


def test_an_infant_left_behind_has_the_bed_for_those_nights() -> None:
    made = laid([stay(1, 3, 6), stay(2, 3)], [place(1, 3, 6, 1), place(2, 3, None, 1, "partage")])
    assert [(nights(bar), bar.babies) for bar in line(made, "1A").bars] == [(("stay", 3, 6), 1), (("stay", 6, None), 0)]


def test_beds_out_of_use_and_beds_not_in_service_take_their_nights() -> None:
    new = Bed(BedId(1), "1A", ROOM.id, "simple", at(5, 0))
    state = BedState(BedStateId(1), BedId(1), "maintenance", at(8, 0), at(10, 0), "sommier")
    made = laid([], states=[state], beds={BedId(1): new})
    found = [(bar.after, bar.state) for bar in line(made, "1A").bars]
    assert found == [(date(2026, 11, 10), state), (date(2026, 11, 5), None)]


def test_a_bed_that_went_before_is_not_shown() -> None:
    gone = Bed(BedId(1), "1A", ROOM.id, "simple", at(-30), at(1))
    assert laid([], beds={BedId(1): gone}).rooms == ()


def test_those_on_extra_places_stand_below_the_beds_on_as_few_lines_as_they_need() -> None:
    several = [stay(1, 3, 6), stay(2, 4, 7), stay(3, 6)]
    made = laid(
        several, [place(n, first, left, None, "appoint") for n, first, left in ((1, 3, 6), (2, 4, 7), (3, 6, None))]
    )
    (room,) = made.rooms
    lanes = [[bar.stay.id for bar in one.bars if bar.stay] for one in room.lines if one.bed is None]
    assert lanes == [[1, 3], [2]]


def test_nights_without_a_known_place_stand_first_without_a_room() -> None:
    made = laid([stay(1, 3, 9)], [place(1, 5, 7, 1)])
    assert made.rooms[0].room is None
    assert [nights(bar) for one in made.rooms[0].lines for bar in one.bars] == [("stay", 3, 5), ("stay", 7, 9)]


def test_in_and_out_on_one_day_has_no_bar() -> None:
    assert line(laid([stay(1, 3, 3)], [place(1, 3, 3, 1, hour=8)]), "1A").bars == ()


MOVES = st.lists(st.integers(-3, 14), min_size=1, max_size=5, unique=True).map(sorted)


@given(MOVES, st.lists(st.integers(1, 2), min_size=5, max_size=5), st.one_of(st.none(), st.integers(14, 20)))
def test_every_night_of_a_stay_is_on_one_line(starts: list[int], beds: list[int], left: int | None) -> None:
    ends = [*starts[1:], left]
    made = laid(
        [stay(1, starts[0] - 2, left)],
        [place(1, first, end, bed, hour=9) for first, end, bed in zip(starts, ends, beds, strict=False)],
    )
    for night in NIGHTS:
        here = [one for room in made.rooms for one in room.lines if one.stay_on(night)]
        is_here = covers(at(starts[0] - 2), None if left is None else at(left), night)
        assert len(here) == is_here


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("week", date(2026, 11, 30), date(2026, 12, 6)),
        ("weeks", date(2026, 11, 23), date(2026, 12, 13)),
        ("month", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_what_is_shown_around_a_day(span: calendar.Span, first: date, last: date) -> None:
    assert calendar.period(span, date(2026, 12, 3)) == Period(first, last)


def test_one_turns_by_weeks_and_by_months() -> None:
    last = date(2026, 12, 31)
    turns = [calendar.turned("week", last, -1), calendar.turned("month", last, 2), calendar.turned("month", last, -12)]
    assert turns == [date(2026, 12, 24), date(2027, 2, 1), date(2025, 12, 1)]
