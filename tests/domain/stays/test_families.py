"""The families of a stay, day by day: whatever is said in order of days is what each day has, and what is stored."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stays.families import FamilyChange, in_charge_of, is_head_from, rejoined
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.domain.stays.regrouping import Regrouping
from shelter_desk.domain.stays.stays import Stay

FIRST = date(2026, 3, 1)
DAYS = 12
HEADS = st.sampled_from([None, StayId(7), StayId(8), StayId(9)])


def stay(key: int, head: StayId | None = None) -> Stay:
    return Stay(
        StayId(key),
        f"2026-{key:04d}",
        PersonId(key),
        datetime.combine(FIRST, datetime.min.time()),
        "premiere",
        "transit",
        is_dependant=head is not None,
        head=head,
    )


@given(HEADS, st.lists(st.tuples(st.integers(0, DAYS - 1), HEADS), max_size=6))
def test_each_day_has_the_family_that_was_said_of_it_last(
    begun: StayId | None, said: list[tuple[int, StayId | None]]
) -> None:
    one, expected = stay(1, begun), dict.fromkeys(range(DAYS), begun)
    for after, head in sorted(said, key=lambda pair: pair[0]):
        one = rejoined(one, FIRST + timedelta(after), FamilyChange(one.id, head))
        expected |= dict.fromkeys(range(after, DAYS), head)
    found = {after: one.head_on(FIRST + timedelta(after)) for after in range(DAYS)}
    assert found == expected
    assert {after: one.depends_on(FIRST + timedelta(after)) for after in range(DAYS)} == {
        after: head is not None for after, head in expected.items()
    }
    for after in range(DAYS):
        day = FIRST + timedelta(after)
        seen = one.as_of(day)
        assert (seen.head, seen.is_dependant, seen.has_changed_family) == (found[after], one.depends_on(day), False)
        assert sum(known.on(day) for known in one.memberships) <= 1


@given(
    st.builds(Membership, HEADS, st.none() | st.dates(), st.dates(), st.sampled_from(["", "enfant"]), st.just("dit"))
)
def test_a_membership_is_read_as_it_was_stored(one: Membership) -> None:
    assert Membership.read(one.text) == one


def test_who_accompanied_nobody_known_stays_so_on_the_days_before() -> None:
    one = replace(stay(1), is_dependant=True)
    changed = rejoined(one, FIRST + timedelta(4), FamilyChange(one.id, StayId(7)))
    assert [(changed.head_on(day), changed.depends_on(day)) for day in Period(FIRST, FIRST + timedelta(5))] == [
        *[(None, True)] * 4,
        *[(StayId(7), True)] * 2,
    ]


def test_a_head_is_one_that_belongs_to_nobody_else_from_that_day_on() -> None:
    one, day = stay(1, StayId(7)), FIRST + timedelta(4)
    alone = rejoined(one, day, FamilyChange(one.id))
    assert (is_head_from(alone, day), is_head_from(alone, FIRST), is_head_from(one, day)) == (True, False, False)
    child = stay(2, one.id)
    assert in_charge_of(one, [child, stay(3)], day) == [child]
    assert in_charge_of(one, [rejoined(child, day, FamilyChange(child.id))], day) == []


def test_one_act_says_of_each_where_they_go() -> None:
    mother, sister, child = stay(1), stay(2, StayId(1)), stay(3, StayId(1))
    family = [mother, sister, child]
    leaves = Regrouping(mother.id, StayId(7), frozenset({child.id}), sister.id)
    assert {one.stay: one.head for one in leaves.changes(mother, family, FIRST)} == {1: 7, 3: 7, 2: None}
    hands_over = Regrouping(mother.id, sister.id, frozenset({child.id}))
    assert {one.stay: one.head for one in hands_over.changes(mother, family, FIRST)} == {1: 2, 2: None, 3: 2}
    alone = Regrouping(child.id, None)
    assert {one.stay: one.head for one in alone.changes(child, family, FIRST)} == {3: None}
    nobody = Regrouping(mother.id, StayId(7))
    assert {one.stay: one.head for one in nobody.changes(mother, family, FIRST)} == {1: 7, 2: None, 3: None}
