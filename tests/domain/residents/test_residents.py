"""Codes and ages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.errors import BadCode
from shelter_desk.domain.residents.residents import ALPHABET, Birth, check_character, new_code, read_code

SIXES = st.text(ALPHABET, min_size=6, max_size=6)


@pytest.mark.parametrize(("six", "check"), [("7K3QMX", "E"), ("B4T9WZ", "U"), ("H2R8DE", "H")])
def test_the_check_character_is_the_one_of_the_reference(six: str, check: str) -> None:
    assert check_character(six) == check


@pytest.mark.parametrize("typed", ["7K3-QMX-E", "7k3qmxe", " 7K3 QMX E ", "7K3QMX-E"])
def test_a_code_is_read_in_any_form(typed: str) -> None:
    assert read_code(typed) == "7K3-QMX-E"


@given(SIXES, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_caught(six: str, at: int, wrong: str) -> None:
    code = six + check_character(six)
    typed = code[:at] + wrong + code[at + 1 :]
    if typed != code:
        with pytest.raises(BadCode):
            read_code(typed)


@given(SIXES, st.integers(0, 5))
def test_two_neighbours_swapped_are_caught(six: str, at: int) -> None:
    code = six + check_character(six)
    typed = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if typed != code:
        with pytest.raises(BadCode):
            read_code(typed)


def test_a_new_code_is_one_that_nobody_has() -> None:
    seen: list[str] = []

    def taken(code: str) -> bool:
        seen.append(code)
        return len(seen) < 3

    assert new_code(taken) == seen[2] == read_code(seen[2])


def test_a_birth_year_is_counted_from_its_first_of_july() -> None:
    birth = Birth(date(2008, 1, 1), "year")
    assert (birth.age(date(2026, 6, 30)), birth.age(date(2026, 7, 1))) == (17, 18)


def test_a_birth_month_is_counted_from_its_fifteenth() -> None:
    birth = Birth(date(2008, 11, 1), "month")
    assert (birth.age(date(2026, 11, 14)), birth.age(date(2026, 11, 15))) == (17, 18)


def test_an_estimate_grows_from_the_day_it_was_made() -> None:
    birth = Birth(age_estimated=17, age_estimated_on=date(2026, 3, 10))
    assert (birth.age(date(2027, 3, 9)), birth.age(date(2027, 3, 10))) == (17, 18)


def test_a_birth_date_goes_before_an_estimate() -> None:
    assert Birth(date(2000, 1, 1), "day", 12, date(2026, 1, 1)).age(date(2026, 1, 1)) == 26


def test_born_on_29_february_turns_on_the_first_of_march() -> None:
    birth = Birth(date(2008, 2, 29))
    assert (birth.age(date(2026, 2, 28)), birth.age(date(2026, 3, 1))) == (17, 18)


@pytest.mark.parametrize(
    ("age", "group"),
    [
        *[(0, "a00_04"), (4, "a00_04"), (5, "a05_11"), (11, "a05_11"), (12, "a12_17"), (17, "a12_17")],
        *[(18, "a18_59"), (59, "a18_59"), (60, "a60p"), (99, "a60p")],
    ],
)
def test_age_groups_change_at_their_birthdays(age: int, group: str) -> None:
    assert Birth(date(2026 - age, 5, 1)).group(date(2026, 5, 1)) == group


def test_an_unknown_age_is_no_minor_in_figures_and_one_for_protection() -> None:
    unknown = Birth()
    day = date(2026, 5, 1)
    assert (unknown.group(day), unknown.is_minor(day), unknown.protected_as_minor(day)) == ("unk", False, True)
