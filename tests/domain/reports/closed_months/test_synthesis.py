"""The first page of a month: its headlines, its norms, the periods beside it."""

from dataclasses import replace
from datetime import date

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute, synthesis
from shelter_desk.domain.reports.compared import Compared, MonthFlow, YearTarget
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import HIDDEN, TOTAL, Figure
from shelter_desk.domain.reports.report import Report
from tests.domain.reports.rich import shelter_facts

NOVEMBER = Period.month(2026, 11)


def with_values(**values: object) -> Report:
    """A report of November with nothing else in it."""
    figures = {(key.replace("__", "."), TOTAL): value for key, value in values.items()}
    return Report(NOVEMBER, {ref: Figure(*ref, value) for ref, value in figures.items()})  # type: ignore[arg-type]


def test_every_headline_is_a_figure_of_the_report() -> None:
    report = compute(shelter_facts())
    assert list(synthesis.headlines(report)) == [
        key for key in HEADLINE_KEYS if isinstance(report.value(key), int | float)
    ]
    assert synthesis.headlines(report)["t2.entries"] == report.value("t2.entries")


def test_a_year_has_no_rate_and_no_count_of_one_day() -> None:
    report = with_values(t2__present_end=3, t2__entries=7, t1__occupancy_rate=81.5)
    found = synthesis.since_january(report)
    assert found["t2.entries"] == 7
    assert not {"t2.present_start", "t2.present_end", "t1.occupancy_rate"} & found.keys()


def test_a_norm_is_held_up_to_its_limit() -> None:
    report = with_values(t1__persons_per_toilet=20, t1__norm_toilet=20, t1__persons_per_shower=20.1, t1__norm_shower=20)
    assert {one.ref[0]: one.holds for one in synthesis.norms(report)} == {
        "t1.persons_per_toilet": True,
        "t1.persons_per_shower": False,
    }


def test_less_surface_than_the_norm_does_not_hold_and_the_norm_itself_does() -> None:
    held = [[one.holds for one in synthesis.norms(with_values(t1__surface_per_person=m2))] for m2 in (3.4, 3.5)]
    assert held == [[False], [True]]


def test_nobody_can_tell_whether_a_number_that_is_kept_back_holds() -> None:
    report = with_values(t2__over_max_stay=HIDDEN, t1__overcapacity_nights=1)
    assert [one.holds for one in synthesis.norms(report)] == [False, None]


def test_the_months_of_a_page_end_with_that_of_the_period() -> None:
    months = synthesis.twelve_months(Period(date(2026, 2, 1), date(2026, 2, 10), date(2026, 2, 28)))
    assert (months[0], months[-1], len(months)) == (Period.month(2025, 3), Period.month(2026, 2), 12)


def test_the_year_so_far_ends_with_the_period_and_has_not_begun_on_its_first_day() -> None:
    first_of_december = Period(date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 31))
    new_year = Period(date(2027, 1, 1), date(2026, 12, 31), date(2027, 1, 31))
    found = [synthesis.year_so_far(one) for one in (NOVEMBER, first_of_december, new_year)]
    assert found == [Period(date(2026, 1, 1), date(2026, 11, 30)), Period(date(2026, 1, 1), date(2026, 11, 30)), None]


def test_days_over_the_new_year_are_held_against_the_year_in_which_they_end() -> None:
    over = Period(date(2025, 12, 1), date(2026, 2, 28))
    assert (synthesis.year_of(over), synthesis.year_so_far(over)) == (2026, Period(date(2026, 1, 1), date(2026, 2, 28)))


def test_a_flow_is_what_the_report_says() -> None:
    report = replace(with_values(t2__entries=4, t2__exits=2, t1__person_nights=31))
    assert synthesis.flow_of(report) == MonthFlow(date(2026, 11, 1), 4, 2, 31)


def test_a_year_has_no_column_that_would_say_the_same_twice() -> None:
    year, spring = Period(date(2026, 1, 1), date(2026, 12, 31)), Period(date(2026, 4, 1), date(2026, 6, 30))
    week = Period(date(2026, 5, 4), date(2026, 5, 10))
    assert [synthesis.columns(one) for one in (year, spring, week)] == [
        ("now", "before", "target", "percent"),
        ("now", "before", "last_year", "since_january", "target", "percent"),
        ("now", "since_january", "target", "percent"),
    ]


def test_beside_a_number_that_is_kept_back_nothing_is_told() -> None:
    target = YearTarget("t4.new_identified", 40, "Accord A")
    compared = Compared({"t2.exits": 4.0, "t4.new_identified": 2.0}, {}, {"t2.exits": 9.0}, (), (target,))
    report = replace(with_values(t2__exits=3, t4__new_identified=HIDDEN), compared=compared)
    found = {one.ref[0]: one.values for one in synthesis.headline_rows(report)}
    assert found["t2.exits"] == (3, 4, None, 9, None, None)
    assert found["t4.new_identified"] == (HIDDEN, HIDDEN, HIDDEN, HIDDEN, 40, HIDDEN)
