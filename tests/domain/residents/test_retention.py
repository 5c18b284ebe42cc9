"""When the names of somebody are due to go: closure, months, minors, readmission."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Birth
from shelter_desk.domain.retention.retention import (
    OF_PERSONS,
    Clocks,
    RetainedCase,
    RetentionKind,
    after_months,
    due_on,
    left_on,
    let_go,
)
from shelter_desk.domain.rotation import kept
from shelter_desk.domain.stays.stays import REDIRECTED, VOID, Stay

ADULT = Birth(date(1990, 5, 4))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 240)
BIRTHS = st.one_of(
    st.just(UNKNOWN_BIRTH),
    st.builds(Birth, st.dates(date(1940, 1, 1), date(2060, 12, 31)), st.sampled_from(["day", "month", "year"])),
    st.builds(
        lambda age, on: Birth(age_estimated=age, age_estimated_on=on),
        st.integers(0, 90),
        st.dates(date(2030, 1, 1), date(2060, 12, 31)),
    ),
)


def stay(first: date, left: date | None, reason: str = "retour_autonome") -> Stay:
    return Stay(
        StayId(1),
        "2026-0001",
        PersonId(1),
        plain(first),
        "premiere",
        "transit",
        None if left is None else datetime(left.year, left.month, left.day, 9, 30),
        reason,
    )


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 3), 24, date(2028, 11, 3)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 10, 31), 14, date(2027, 12, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
        (date(2026, 11, 3), 240, date(2046, 11, 3)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, later: date) -> None:
    assert after_months(day, months) == later


@given(DAYS, MONTHS)
def test_months_later_is_always_that_many_months_on(day: date, months: int) -> None:
    later = after_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_a_case_is_closed_on_the_exit_day_of_the_last_stay() -> None:
    assert left_on([stay(date(2026, 1, 2), date(2026, 2, 3)), stay(date(2025, 1, 2), date(2025, 1, 9))]) == date(
        2026, 2, 3
    )


def test_a_case_with_an_open_stay_is_not_closed() -> None:
    assert left_on([stay(date(2025, 1, 2), date(2025, 1, 9)), stay(date(2026, 1, 2), None, "")]) is None


def test_somebody_without_a_stay_has_no_case_to_close() -> None:
    assert left_on([]) is None


def test_a_void_stay_closes_nothing() -> None:
    later = stay(date(2026, 5, 1), date(2026, 5, 2), VOID)
    assert left_on([stay(date(2026, 1, 2), date(2026, 2, 3)), later]) == date(2026, 2, 3)


def test_a_person_who_was_only_typed_by_mistake_is_closed_that_day() -> None:
    assert left_on([stay(date(2026, 5, 1), date(2026, 5, 2), VOID)]) == date(2026, 5, 2)


def test_somebody_sent_elsewhere_at_the_door_has_a_closed_case() -> None:
    assert left_on([stay(date(2026, 5, 1), date(2026, 5, 1), REDIRECTED)]) == date(2026, 5, 1)


def test_a_readmission_starts_the_clock_anew() -> None:
    first = stay(date(2024, 1, 2), date(2024, 2, 3))
    second = stay(date(2026, 1, 2), date(2026, 3, 31))
    due = [due_on(closed, ADULT, 24) for one in ([first], [first, second]) if (closed := left_on(one))]
    assert due == [date(2026, 2, 3), date(2028, 3, 31)]


def test_the_names_of_an_adult_are_due_24_months_after_the_closure() -> None:
    assert due_on(date(2024, 11, 25), ADULT, Clocks().identity) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("born", "due"),
    [
        (Birth(date(2010, 6, 15)), date(2030, 6, 15)),
        (Birth(date(2008, 2, 29)), date(2028, 3, 1)),  # 18 on 1 March 2026
        (Birth(date(2010, 1, 1), "year"), date(2030, 7, 1)),
        (Birth(date(2010, 6, 1), "month"), date(2030, 6, 15)),
        (Birth(age_estimated=15, age_estimated_on=date(2025, 3, 10)), date(2030, 3, 10)),
        (Birth(date(2007, 11, 26)), date(2027, 11, 26)),  # 18 the day after the closure
    ],
)
def test_the_names_of_a_minor_stay_until_24_months_after_the_18th_birthday(born: Birth, due: date) -> None:
    assert due_on(date(2025, 11, 25), born, 24) == due


@pytest.mark.parametrize("born", [Birth(date(2007, 11, 25)), UNKNOWN_BIRTH])
def test_who_is_18_that_day_or_of_unknown_age_goes_by_the_closure(born: Birth) -> None:
    assert due_on(date(2025, 11, 25), born, 24) == date(2027, 11, 25)


@given(DAYS, DAYS, BIRTHS, MONTHS)
def test_a_later_closure_never_makes_it_due_earlier(one: date, other: date, birth: Birth, months: int) -> None:
    assert due_on(min(one, other), birth, months) <= due_on(max(one, other), birth, months)


@given(DAYS, BIRTHS, MONTHS, MONTHS)
def test_a_longer_clock_never_makes_it_due_earlier(closed: date, birth: Birth, one: int, other: int) -> None:
    assert due_on(closed, birth, min(one, other)) <= due_on(closed, birth, max(one, other))


@given(DAYS, BIRTHS, MONTHS)
def test_nobody_known_to_be_a_minor_is_ever_due(closed: date, birth: Birth, months: int) -> None:
    assert not birth.is_minor(due_on(closed, birth, months))


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=6), BIRTHS, MONTHS)
def test_another_stay_never_makes_it_due_earlier(spans: list[tuple[date, int]], birth: Birth, months: int) -> None:
    stays = [stay(first, first + timedelta(days=days)) for first, days in spans]
    fewer, more = left_on(stays[:1]), left_on(stays)
    assert fewer is not None
    assert more is not None
    assert due_on(fewer, birth, months) <= due_on(more, birth, months)


def test_a_backup_of_this_month_is_let_go_within_13_months() -> None:
    made = datetime(2026, 11, 20, 18, 5)
    assert date(2026, 12, 1) < let_go([made], date(2026, 11, 25))[made] <= date(2027, 12, 31)


def test_one_of_two_backups_of_a_day_is_let_go_by_the_next() -> None:
    first, second = datetime(2026, 11, 24, 8), datetime(2026, 11, 24, 18)
    gone = let_go([first, second], date(2026, 11, 25))
    assert (gone[first], gone[second] > date(2026, 11, 26)) == (date(2026, 11, 26), True)


def test_a_backup_with_a_day_still_to_come_has_no_day_to_go() -> None:
    assert let_go([datetime(2036, 11, 24, 8)], date(2026, 11, 25)) == {}


@given(st.sets(st.datetimes(datetime(2025, 6, 1), datetime(2026, 11, 25)), min_size=1, max_size=8))
def test_each_backup_is_there_until_the_day_it_is_let_go(made: set[datetime]) -> None:
    today = date(2026, 11, 26)
    gone, left, day = let_go(made, today), set(made), today
    assert set(gone) == made
    while left & made:
        day += timedelta(days=1)
        before, left = left, kept(left | {datetime(day.year, day.month, day.day, 23, 59)})
        assert {moment for moment in before & made if moment not in left} == {
            moment for moment, last in gone.items() if last == day
        }


# Each kind ------------------------------------------------------------------------------------------------------------

LEFT = date(2026, 2, 3)


def case(**told: object) -> RetainedCase:
    """Somebody who left, with everything still kept of them."""
    kept = RetainedCase(PersonId(1), "7K3-QMX-E", ADULT, (stay(date(2026, 1, 2), LEFT),), True)
    return replace(kept, has_narratives=True, has_consents=True, **told)  # type: ignore[arg-type]


def test_a_closure_later_than_the_exit_starts_the_clocks() -> None:
    assert case(said_closed=date(2026, 5, 1)).due_on(RetentionKind.IDENTITY, Clocks()) == date(2028, 5, 1)


def test_a_closure_before_the_exit_of_a_readmission_counts_from_the_exit() -> None:
    assert case(said_closed=date(2025, 5, 1)).closed_on == LEFT


def test_without_a_closure_the_exit_starts_the_clocks() -> None:
    found = case()
    assert (found.was_closed, found.due_on(RetentionKind.NARRATIVES, Clocks())) == (False, date(2028, 2, 3))


def test_narratives_of_a_child_do_not_wait_for_the_18th_birthday() -> None:
    child = case(birth=Birth(date(2018, 6, 1)))
    found = [child.due_on(kind, Clocks()) for kind in (RetentionKind.IDENTITY, RetentionKind.NARRATIVES)]
    assert found == [date(2038, 6, 1), date(2028, 2, 3)]


@pytest.mark.parametrize("kind", [RetentionKind.CONSENTS, RetentionKind.RECORD])
def test_consents_and_the_record_wait_for_names_and_narratives(kind: RetentionKind) -> None:
    assert case().due_on(kind, Clocks()) is None


def test_consents_go_twelve_months_after_the_erasure() -> None:
    gone = case(has_identity=False, erased_at=datetime(2029, 1, 7, 9))
    assert replace(gone, has_narratives=False).due_on(RetentionKind.CONSENTS, Clocks()) == date(2030, 1, 7)


def test_a_record_is_reduced_once_until_the_person_comes_back() -> None:
    gone = replace(case(has_identity=False), has_narratives=False)
    due = gone.due_on(RetentionKind.RECORD, Clocks())
    assert due == date(2031, 2, 3)
    assert replace(gone, reduced_at=datetime(2031, 2, 4)).due_on(RetentionKind.RECORD, Clocks()) is None
    back = replace(gone, reduced_at=datetime(2031, 2, 4), stays=(*gone.stays, stay(date(2032, 1, 1), date(2032, 2, 1))))
    assert back.due_on(RetentionKind.RECORD, Clocks()) == date(2037, 2, 1)


@given(st.sampled_from(list(OF_PERSONS)), BIRTHS, MONTHS, DAYS, st.booleans(), st.booleans())
def test_nothing_of_a_person_is_due_before_its_months_after_the_closure(
    kind: RetentionKind, birth: Birth, months: int, closed: date, has_identity: bool, has_narratives: bool
) -> None:
    clocks = Clocks(**{one.value: months for one in RetentionKind})
    known = case(birth=birth, said_closed=closed, has_identity=has_identity)
    due = replace(known, has_narratives=has_narratives).due_on(kind, clocks)
    assert due is None or due >= after_months(max(closed, LEFT), months)
