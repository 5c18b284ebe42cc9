"""What an undo of an import leaves, and whom a new person may be, against slow and plain ways of saying the same."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.registers.batches import LeftInPlace, Reference, RowKey, left_alone
from shelter_desk.domain.registers.doubts import doubts
from shelter_desk.domain.registers.rows import Kept
from shelter_desk.domain.residents.names import name_words, sound

TODAY = date(2026, 11, 25)
PERSON, STAY, BED, NOTE = ("persons", 1), ("stays", 1), ("beds", 1), ("case_notes", 1)
keys = st.tuples(st.sampled_from(["persons", "stays", "beds"]), st.integers(1, 4))
outside = st.tuples(st.just("case_notes"), st.integers(1, 4))


def touched(*rows: RowKey) -> dict[RowKey, LeftInPlace]:
    return {row: LeftInPlace(row, "changed", row) for row in rows}


def test_nothing_stays_of_what_nobody_touched() -> None:
    assert left_alone({PERSON, STAY}, {}, [Reference(STAY, PERSON, owned=True)]) == {}


def test_what_belongs_to_a_row_that_was_touched_stays_with_it() -> None:
    left = left_alone({PERSON, STAY}, touched(PERSON), [Reference(STAY, PERSON, owned=True)])
    assert left[STAY] == LeftInPlace(STAY, "belongs", PERSON)


def test_what_a_row_that_stays_needs_stays_and_brings_nothing_along() -> None:
    other: RowKey = ("stays", 2)
    references = [Reference(one, BED, owned=False) for one in (STAY, other)]
    left = left_alone({STAY, other, BED}, touched(STAY), references)
    assert left == {**touched(STAY), BED: LeftInPlace(BED, "needed", STAY)}


def test_what_something_written_since_names_stays() -> None:
    left = left_alone({STAY}, {}, [Reference(NOTE, STAY, owned=True)])
    assert left == {STAY: LeftInPlace(STAY, "referred", NOTE)}


@given(st.sets(keys, min_size=1), st.data())
def test_no_row_that_stays_names_one_that_goes(rows: set[RowKey], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(rows))))
    some = st.builds(
        Reference, st.one_of(st.sampled_from(sorted(rows)), outside), st.sampled_from(sorted(rows)), st.booleans()
    )
    references = data.draw(st.lists(some, max_size=12))
    left = left_alone(rows, touched(*chosen), references)
    assert chosen <= set(left) <= rows
    stays = {one for one in references if one.child not in rows or one.child in left}
    assert {one.parent for one in stays} <= set(left)


def person(at: int, name: str, sex: str, age: int, *, is_new: bool) -> Kept:
    values: dict[str, Any] = {
        "person_code": f"P{at}",
        "last_name": name,
        "sex": sex,
        "birth_date": date(TODAY.year - age, 1, 1),
        "birth_date_precision": "year",
    }
    return Kept(values, None if is_new else at, None if is_new else dict(values))


people = st.lists(
    st.tuples(
        st.sampled_from(["Diarra", "Diara", "Keita", "Ba"]), st.sampled_from("fm"), st.integers(18, 24), st.booleans()
    ),
    max_size=8,
)


@given(people)
def test_a_doubt_is_a_new_person_and_somebody_of_a_like_name_sex_and_age(
    some: list[tuple[str, str, int, bool]],
) -> None:
    made = [person(at, name, sex, age, is_new=is_new) for at, (name, sex, age, is_new) in enumerate(some)]
    found = {
        one.person.values["person_code"]: {k.values["person_code"] for k in one.alike} for one in doubts(made, TODAY, 3)
    }

    def heard(at: int) -> list[str]:
        return sorted(map(sound, name_words(some[at][0])))

    expected = {}
    for at, (_, sex, age, is_new) in enumerate(some):
        alike = {
            f"P{other}"
            for other, (_, its_sex, its_age, _) in enumerate(some)
            if other != at and sex == its_sex and abs(age - its_age) <= 3 and heard(at) == heard(other)
        }
        if is_new and alike:
            expected[f"P{at}"] = alike
    assert found.keys() == expected.keys()
    assert all(alike <= expected[code] and len(alike) == min(5, len(expected[code])) for code, alike in found.items())
