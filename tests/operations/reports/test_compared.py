"""What stands beside a month on the first page of its workbook, and that it is frozen with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.calendar_periods import around, earlier, year_before
from shelter_desk.domain.reports.compared import Compared, MonthFlow
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, comparing, month_versions, reports
from shelter_desk.operations.stays import stays
from tests.operations.shelter import admit, open_small_shelter

ALL = "sans_objet"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """One woman since two years, one who came in the last month and left in it."""
    opened = open_small_shelter(
        tmp_path / "shelter",
    )
    yield opened
    opened.close()


def month(desk: Desk) -> Period:
    """The last one that is over."""
    return Period(desk.today(), desk.today()).month_before


def came(desk: Desk, code: str, period: Period, day: int = 3) -> StayId:
    """A woman admitted on that day of the period, written down late where the month is closed."""
    with desk.because_late("saisie_tardive"):
        return admit(desk, code, days=(desk.today() - period.first).days - day + 1).stay


def left(desk: Desk, stay: StayId, period: Period, day: int = 20) -> None:
    stays.leave(
        desk, stay, desk.now().replace(hour=9) - (desk.today() - period.first - timedelta(days=day - 1)), "autonomie"
    )


def beside(desk: Desk, period: Period) -> Compared:
    found = comparing.compared(desk, month_versions.month(desk, period)).report.compared
    assert found is not None
    return found


def test_the_month_before_and_the_year_so_far_stand_beside_a_month(desk: Desk) -> None:
    period = month(desk)
    came(desk, "1A", period.month_before)
    left(desk, came(desk, "1B", period), period)
    found = beside(desk, period)
    assert (found.before["t2.entries"], found.before["t2.present_end"]) == (1, 1)
    assert (found.since_january["t2.entries"], found.since_january["t2.distinct_persons"]) == (2, 2)
    assert found.flows[-2:] == (
        MonthFlow(period.month_before.first, 1, 0),
        MonthFlow(period.first, 1, 1),
    )
    assert len(found.flows) == 12


def test_before_the_first_day_of_the_house_there_is_nothing_to_compare_with(desk: Desk) -> None:
    period = month(desk)
    came(desk, "1A", period)
    found = beside(desk, period)
    assert (found.before, found.last_year) == ({}, {})
    assert all((one.entries, one.exits) == (0, 0) for one in found.flows[:-1])


def test_a_year_ago_is_the_same_calendar_month(desk: Desk) -> None:
    period = month(desk)
    a_year_ago = year_before(period)
    assert a_year_ago == Period.month(period.first.year - 1, period.first.month)
    came(desk, "1A", a_year_ago)
    assert beside(desk, period).last_year["t2.entries"] == 1


def test_a_closed_month_is_compared_as_it_was_closed(desk: Desk) -> None:
    period = month(desk)
    came(desk, "1A", period.month_before)
    closing.close(desk, period.month_before, lambda _: ALL)
    came(desk, "1B", period.month_before, 5)
    found = beside(desk, period)
    assert (found.before["t2.entries"], found.flows[-2].entries) == (1, 1)
    assert found.since_january["t2.entries"] == 2


def test_what_stands_beside_a_month_is_frozen_with_it(desk: Desk) -> None:
    period = month(desk)
    came(desk, "1A", period.month_before)
    came(desk, "1B", period)
    closing.close(desk, period, lambda _: ALL)
    frozen = month_versions.month(desk, period).report.compared
    came(desk, "1C", period.month_before, 5)
    assert frozen is not None
    assert frozen.before["t2.entries"] == 1
    assert beside(desk, period) == frozen


def test_a_quarter_has_the_one_before_and_its_months_with_their_nights(desk: Desk) -> None:
    whole = earlier(around(desk.today(), "quarter"))
    stay = came(desk, "1A", whole.month_before)
    left(desk, stay, Period.month(whole.last.year, whole.last.month))
    report = comparing.compared(desk, month_versions.month(desk, whole)).report
    found = report.compared
    assert found is not None
    assert (found.before["t2.entries"], found.since_january["t2.exits"], report.value("t2.exits")) == (1, 1, 1)
    assert sum(one.nights or 0 for one in found.flows if one.first in whole) == report.value("t1.person_nights")
    assert [one.first.month for one in found.flows][-3:] == [whole.first.month + n for n in range(3)]


def test_a_year_has_the_year_before_and_twelve_months(desk: Desk) -> None:
    year = around(desk.today(), "year")
    came(desk, "1A", Period.month(year.first.year - 1, 6))
    report = comparing.compared(desk, month_versions.month(desk, year)).report
    found = report.compared
    assert found is not None
    assert (found.before["t2.entries"], found.last_year, found.since_january) == (1, {}, {})
    assert sum(one.nights or 0 for one in found.flows if one.first in year) == report.value("t1.person_nights")
    assert len(found.flows) == 12


def test_what_is_closed_of_a_longer_period_is_drawn_as_it_was_closed(desk: Desk) -> None:
    last = month(desk)
    came(desk, "1A", last)
    closing.close(desk, last, lambda _: ALL)
    came(desk, "1B", last)
    free = Period(last.month_before.first, last.last)
    found = beside(desk, free)
    assert (found.before, found.last_year) == ({}, {})
    assert found.flows[-1] == MonthFlow(last.first, 1, 0, last.nights - 2)


def test_the_public_is_not_told_of_other_months(desk: Desk, tmp_path: Path) -> None:
    came(desk, "1A", month(desk))
    found = comparing.compared(desk, month_versions.month(desk, month(desk)))
    for level, first in (("partenaire", "00_Synthese"), ("public", "01_Garde")):
        reports.export(desk, found, level, tmp_path / f"{level}.xlsx")  # type: ignore[arg-type]
        assert openpyxl.load_workbook(tmp_path / f"{level}.xlsx").sheetnames[0] == first


def test_a_draft_that_nobody_compared_has_no_first_page(desk: Desk, tmp_path: Path) -> None:
    came(desk, "1A", month(desk))
    found = month_versions.month(desk, month(desk))
    reports.export(desk, replace(found, report=replace(found.report, compared=None)), "interne", tmp_path / "a.xlsx")
    assert "00_Synthese" not in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
