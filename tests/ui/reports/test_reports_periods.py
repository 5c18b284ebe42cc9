"""Months, quarters, years and free periods of the report."""

from datetime import date

import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import calendar_periods
from shelter_desk.words.reports import reports as report_words

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
WEEK = Period(date(2026, 5, 4), date(2026, 5, 10))


@pytest.mark.parametrize(
    ("period", "kind"),
    [(MAY, "month"), (SPRING, "quarter"), (YEAR, "year"), (WEEK, "free")],
)
def test_a_period_is_known_for_what_it_is(period: Period, kind: str) -> None:
    assert calendar_periods.kind_of(period) == kind


@pytest.mark.parametrize("period", [MAY, SPRING, YEAR, WEEK])
def test_the_period_after_the_one_before_is_the_same_again(period: Period) -> None:
    assert calendar_periods.later(calendar_periods.earlier(period)) == period


def test_the_month_before_january_is_december() -> None:
    before = calendar_periods.earlier(Period(date(2026, 1, 1), date(2026, 1, 31)))
    assert before == Period(date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("period", "title"),
    [
        (MAY, "Mai 2026"),
        (SPRING, "Trimestre 2, 2026"),
        (YEAR, "Année 2026"),
        (WEEK, "04/05/2026 au 10/05/2026"),
    ],
)
def test_a_period_is_called_as_people_call_it(period: Period, title: str) -> None:
    assert report_words.title(period).endswith(title)


def test_months_are_offered_back_to_the_first_stay() -> None:
    found = calendar_periods.back_to(date(2026, 2, 20), date(2026, 5, 12), "month")
    assert [(one.first.month, one.nights) for one in found] == [(5, 31), (4, 30), (3, 31), (2, 28)]
