"""Nights, plain days and half-open intervals."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.errors import PeriodNotBegun
from shelter_desk.domain.moments import Period, before, covers, inside, is_plain, overlap, plain

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda m: m.replace(second=0, microsecond=0))


def test_a_period_is_over_once_its_last_night_is_slept() -> None:
    november = Period.month(2026, 11)
    assert november.over_by(date(2026, 12, 1)) == november
    running = november.over_by(date(2026, 11, 30))
    assert (running.first, running.last, running.nights) == (november.first, date(2026, 11, 29), 29)
    assert (running.is_running, running.whole, running.over_by(date(2026, 12, 1))) == (True, november, november)


def test_a_period_has_no_night_on_its_first_day_and_none_can_be_asked_for_before() -> None:
    november = Period.month(2026, 11)
    first_day = november.over_by(november.first)
    assert (first_day.nights, list(first_day), november.first in first_day) == (0, [], False)
    with pytest.raises(PeriodNotBegun):
        november.over_by(date(2026, 10, 31))


def test_the_night_of_the_admission_counts_and_the_night_of_the_exit_does_not() -> None:
    start, end = datetime(2026, 3, 1, 15), datetime(2026, 3, 3, 9)
    nights = [day for day in Period(date(2026, 2, 27), date(2026, 3, 5)) if covers(start, end, day)]
    assert nights == [date(2026, 3, 1), date(2026, 3, 2)]


def test_in_and_out_on_the_same_day_is_no_night() -> None:
    assert Period.month(2026, 11).nights_of(datetime(2026, 11, 20, 8), datetime(2026, 11, 20, 19)) == 0


def test_an_arrival_after_midnight_belongs_to_the_new_date() -> None:
    assert not covers(datetime(2026, 3, 2, 2), None, date(2026, 3, 1))


def test_an_exit_and_an_entry_on_one_plain_day_do_not_overlap() -> None:
    day = plain(date(2026, 3, 3))
    assert not overlap(plain(date(2026, 3, 1)), day, day, None)


def test_an_exit_in_the_morning_does_not_overlap_an_entry_of_that_plain_day() -> None:
    assert not overlap(plain(date(2026, 3, 1)), datetime(2026, 3, 3, 10), plain(date(2026, 3, 3)), None)


def test_two_moments_of_one_day_overlap_by_the_minute() -> None:
    assert overlap(datetime(2026, 3, 1, 9), datetime(2026, 3, 3, 10), datetime(2026, 3, 3, 9, 59), None)


@given(MOMENTS, st.none() | MOMENTS, MOMENTS, st.none() | MOMENTS)
def test_overlap_does_not_depend_on_the_order(a: datetime, b: datetime | None, c: datetime, d: datetime | None) -> None:
    assert overlap(a, b, c, d) == overlap(c, d, a, b)


@given(MOMENTS, MOMENTS, DAYS)
def test_intervals_that_share_a_night_overlap(a: datetime, b: datetime, night: date) -> None:
    both = covers(a, None, night) and covers(b, None, night)
    assert not both or overlap(a, None, b, None)


@given(MOMENTS, st.none() | MOMENTS)
def test_the_nights_of_a_period_are_those_covered_one_by_one(start: datetime, end: datetime | None) -> None:
    month = Period.month(2026, 2)
    assert month.nights_of(start, end) == sum(covers(start, end, day) for day in month)


def test_a_plain_day_comes_before_no_moment_of_itself() -> None:
    assert not before(plain(date(2026, 3, 3)), datetime(2026, 3, 3, 10))


def test_an_open_interval_is_not_inside_a_closed_one() -> None:
    assert not inside(datetime(2026, 3, 2), None, datetime(2026, 3, 1), datetime(2026, 3, 9))


@pytest.mark.parametrize(("last_hour", "lies_inside"), [(9, True), (10, True), (11, False)])
def test_an_interval_is_inside_another_as_long_as_it_ends_no_later(last_hour: int, lies_inside: bool) -> None:
    start, outer_end = datetime(2026, 3, 2, 8), datetime(2026, 3, 9, 10)
    assert inside(start, outer_end.replace(hour=last_hour), datetime(2026, 3, 1), outer_end) is lies_inside


@pytest.mark.parametrize(("first_hour", "lies_inside"), [(7, False), (8, True), (9, True)])
def test_an_interval_is_inside_another_as_long_as_it_begins_no_earlier(first_hour: int, lies_inside: bool) -> None:
    outer_start = datetime(2026, 3, 1, 8)
    assert inside(outer_start.replace(hour=first_hour), None, outer_start, None) is lies_inside


@pytest.mark.parametrize(("hour", "minute", "hour_known"), [(0, 0, False), (0, 30, True), (1, 0, True)])
def test_midnight_alone_is_a_day_of_which_the_hour_is_not_known(hour: int, minute: int, hour_known: bool) -> None:
    assert is_plain(datetime(2026, 3, 3, hour, minute)) is not hour_known


def test_half_past_midnight_comes_before_one_o_clock() -> None:
    assert before(datetime(2026, 3, 3, 0, 30), datetime(2026, 3, 3, 1))


def test_december_is_followed_by_january() -> None:
    assert Period.month(2026, 12) == Period(date(2026, 12, 1), date(2026, 12, 31))


def test_the_month_before_march_in_a_leap_year_has_29_days() -> None:
    assert Period.month(2028, 3).month_before.nights == 29


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2026, 3, 2), date(2026, 3, 1))
