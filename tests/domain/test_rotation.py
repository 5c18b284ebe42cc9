"""Which backups are kept."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.rotation import kept

START = datetime(2026, 1, 1, 18, 30)


def test_a_year_of_evenings_leaves_days_weeks_and_months() -> None:
    made = [START + timedelta(days=n) for n in range(365)]
    keep = sorted(kept(made), reverse=True)
    assert keep[:7] == made[:-8:-1]
    assert {moment.month for moment in keep} == set(range(1, 13))
    assert 16 <= len(keep) <= 23


def test_of_several_backups_of_one_day_the_last_is_kept() -> None:
    made = [START, START + timedelta(hours=2), START + timedelta(hours=3)]
    assert kept(made) == {made[2]}


def test_a_shelter_that_was_closed_for_long_keeps_its_old_backups() -> None:
    made = [START, START + timedelta(days=400)]
    assert kept(made) == set(made)


@given(st.sets(st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)), max_size=200))
def test_the_latest_is_always_kept_and_never_more_than_twenty_three(made: set[datetime]) -> None:
    keep = kept(made)
    assert keep <= made
    assert len(keep) <= 23
    assert not made or max(made) in keep


@given(st.sets(st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)), max_size=60))
def test_keeping_twice_keeps_the_same(made: set[datetime]) -> None:
    assert kept(kept(made)) == kept(made)
