"""Doubts are counted as they are told."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.registers.doubts import doubts, how_many
from shelter_desk.domain.registers.rows import Kept

TODAY = date(2026, 11, 25)


@st.composite
def persons(draw: st.DrawFn) -> list[Kept]:
    """Some of few names and ages, some of them known before."""
    drawn = st.tuples(
        st.sampled_from(["Traoré", "Traore", "Coulibaly", ""]),
        st.sampled_from(["Awa", "Hawa", None]),
        st.sampled_from(["f", "m"]),
        st.one_of(st.none(), st.integers(1980, 1990)),
        st.booleans(),
    )
    made = []
    for number, (last, first, sex, year, is_new) in enumerate(draw(st.lists(drawn, max_size=12)), 1):
        values = {"last_name": last, "first_name": first, "sex": sex, "birth_date": year and date(year, 5, 1)}
        made.append(Kept(values, None if is_new else number))
    return made


@given(persons(), st.integers(0, 4))
def test_there_are_as_many_as_are_told(found: list[Kept], near: int) -> None:
    assert how_many(found, TODAY, near) == len(doubts(found, TODAY, near))


def test_two_of_one_name_and_nearly_one_age_are_doubtful() -> None:
    one, other = (
        Kept({"last_name": "Traoré", "first_name": "Awa", "sex": "f", "birth_date": date(year, 5, 1)})
        for year in (1990, 1992)
    )
    assert how_many([one, other], TODAY, 3) == 2
