"""Days, hours, numbers and ages as people read and type them."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest

from shelter_desk import words
from shelter_desk.domain.errors import UnknownDay
from shelter_desk.domain.plausible_dates import Kind
from shelter_desk.words import formats

DAY = date(2026, 12, 3)
NARROW = "\u202f"


@pytest.fixture(autouse=True)
def in_french() -> Iterator[None]:
    with words.speaking("fr"):
        yield


def test_a_day_is_shown_day_first() -> None:
    assert (formats.day(DAY), formats.short_day(DAY)) == ("03/12/2026", "03/12")


def test_a_moment_without_an_hour_is_shown_as_a_day() -> None:
    assert formats.moment(datetime(2026, 12, 3)) == "03/12/2026"


def test_a_moment_is_shown_with_its_hour() -> None:
    assert formats.moment(datetime(2026, 12, 3, 16, 35)) == "03/12/2026 16:35"


def test_weekdays_and_months_are_french() -> None:
    assert (formats.weekday_day(DAY), formats.month(DAY), formats.month_title(DAY)) == (
        "jeudi 03/12",
        "décembre 2026",
        "Décembre 2026",
    )


def test_weekdays_and_months_are_english_in_english() -> None:
    with words.speaking("en"):
        assert (formats.weekday_day(DAY), formats.month(DAY)) == ("Thursday 03/12", "December 2026")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234567, 0, f"1{NARROW}234{NARROW}567"),
        (1234.5, 1, f"1{NARROW}234,5"),
        (0.25, 1, "0,3"),
        (82.35, 1, "82,4"),
        (-12, 0, "-12"),
        (-0.01, 1, "0,0"),
    ],
)
def test_a_number_is_shown_the_french_way(value: float, decimals: int, expected: str) -> None:
    assert formats.number(value, decimals) == expected


def test_a_number_is_shown_the_english_way_in_english() -> None:
    with words.speaking("en"):
        assert formats.number(1234.5, 1) == "1,234.5"


def test_a_rate_without_a_denominator_is_a_dash() -> None:
    assert (formats.rate(None), formats.rate(83.333)) == ("—", "83,3")


@pytest.mark.parametrize(
    "typed", ["03/12/2026", "3/12/26", "3/12", "2026-12-03", "03122026", " 3.12.2026 ", "03-12-2026", "3 12 2026"]
)
def test_a_day_is_read_in_every_form_people_type(typed: str) -> None:
    assert formats.read_day(typed, date(2026, 5, 1)) == DAY


@pytest.mark.parametrize(
    ("typed", "today", "kind", "year"),
    [
        ("28/12", date(2027, 1, 3), "event", 2026),
        ("28/12", date(2027, 1, 3), "ahead", 2027),
        ("20/02", date(2027, 1, 3), "event", 2027),
        ("10/01", date(2026, 12, 2), "event", 2026),
        ("05/12", date(2026, 12, 2), "event", 2026),
    ],
)
def test_a_day_of_december_that_is_typed_in_january_was_last_year(
    typed: str, today: date, kind: Kind, year: int
) -> None:
    assert formats.read_day(typed, today, kind).year == year


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("event", [1985, 2027, 1928, 2000]),
        ("birth", [1985, 1927, 1928, 2000]),
        ("ahead", [2085, 2027, 2028, 2000]),
    ],
)
def test_two_digits_of_a_year_are_read_by_the_kind_of_day(kind: Kind, found: list[int]) -> None:
    assert [formats.read_day(f"01/06/{year}", DAY, kind).year for year in ("85", "27", "28", "00")] == found


@pytest.mark.parametrize(
    "typed", ["31/02/2026", "32/13/2026", "0/1/2026", "hier", "", "29/02/2027", "2026/12", "01/01/0001"]
)
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(UnknownDay):
        formats.read_day(typed, DAY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("16:35", time(16, 35)),
        ("16h35", time(16, 35)),
        ("1635", time(16, 35)),
        ("9h", time(9)),
        ("9H05", time(9, 5)),
        ("935", time(9, 35)),
        ("16 h 35", time(16, 35)),
    ],
)
def test_an_hour_is_read_in_every_form_people_type(typed: str, expected: time) -> None:
    assert formats.read_clock(typed) == expected


@pytest.mark.parametrize("typed", ["24:00", "16:60", "25h", "midi", "", "9", ":30"])
def test_an_hour_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(UnknownDay):
        formats.read_clock(typed)


def test_a_nationality_shows_the_country_and_its_people() -> None:
    assert (formats.nationality("NE", "m"), formats.nationality("NG", "f")) == (
        "Niger (Nigérien)",
        "Nigéria (Nigériane)",
    )


@pytest.mark.parametrize("code", ["XA", "GP", "x_autre", ""])
def test_a_nationality_without_a_people_of_its_own_stands_alone(code: str) -> None:
    assert formats.nationality(code, "f") == words.label("nationality", code)


def test_a_nationality_is_the_country_alone_in_english() -> None:
    with words.speaking("en"):
        assert formats.nationality("BJ", "f") == "Benin"


def test_an_age_says_its_unit() -> None:
    assert (formats.age(27), formats.age(1), formats.age(0, 8), formats.age(None)) == (
        "27 ans",
        "1 an",
        "8 mois",
        "âge inconnu",
    )


def test_a_label_follows_the_language() -> None:
    with words.speaking("en"):
        english = words.label("sex", "f")
    assert (english, words.label("sex", "f")) == ("Female", "Féminin")


def test_a_code_that_a_list_does_not_hold_stands_for_itself() -> None:
    assert (words.label("sex", ""), words.label("room_type", "x_salon")) == ("", "x_salon")
