"""The century of a year that is written with two digits."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from shelter_desk.domain import plausible_dates

TODAY = date(2026, 11, 28)
DAYS = some.dates(date(2001, 1, 1), date(2098, 12, 31))


def _read(day: date, kind: plausible_dates.Kind, today: date = TODAY) -> tuple[int, int, int]:
    return plausible_dates.in_full(day.year % 100, day.month, day.day, kind, today), day.month, day.day


@given(DAYS, DAYS)
def test_a_birth_is_the_nearest_such_day_that_is_not_to_come(born: date, today: date) -> None:
    year, month, day = _read(born, "birth", today)

    assert (year - born.year) % 100 == 0
    assert (year, month, day) <= (today.year, today.month, today.day) < (year + 100, month, day)


@given(DAYS, some.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_expires_or_is_to_come_is_of_the_century_of_today(day: date, today: date) -> None:
    assert _read(day, "ahead", today)[0] == 2000 + day.year % 100


@given(some.dates(date(2000, 1, 1), date(2098, 12, 31)), some.integers(0, 99 * 365 - 400))
def test_what_happened_is_read_back_as_the_day_it_was(today: date, ago: int) -> None:
    happened = today - timedelta(days=ago)

    assert _read(happened, "event", today)[0] == happened.year


@given(DAYS, DAYS)
def test_what_happened_is_never_a_century_ago_for_a_day_that_is_only_still_to_come(day: date, today: date) -> None:
    """A day of the coming year is refused as to come by its form, not taken for one of the century before."""
    year, month, of_month = _read(day, "event", today)

    assert (year - 1, month, of_month) <= (today.year, today.month, today.day) < (year + 99, month, of_month)


def test_every_column_of_a_list_that_holds_days_says_which_kind_they_are() -> None:
    kinds = {key: plausible_dates.kind_of(key) for key in ("expiry_on", "birth_date", "admitted_at", "warranty_until")}

    assert kinds == {"expiry_on": "ahead", "birth_date": "birth", "admitted_at": "event", "warranty_until": "ahead"}
