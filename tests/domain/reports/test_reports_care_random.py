"""Random care: the figures of T4 to T7 and T9 are what a clerk counts from the registers, and their identities hold."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.report import Report
from tests.domain.reports import care_by_hand, protection_by_hand
from tests.domain.reports.by_hand import Count
from tests.domain.reports.random_facts.random_care import cared_for
from tests.domain.reports.random_facts.random_shelters import periods
from tests.domain.reports.shelters import Shelter
from tests.examples import examples

RANDOM = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
TABLES = {
    "T2": ((protection_by_hand.typing,), "t2.typ"),
    "T4": ((care_by_hand.screenings, protection_by_hand.identified), "t4."),
    "T5": ((care_by_hand.minors, protection_by_hand.children), "t5."),
    "T6": ((care_by_hand.services, protection_by_hand.helped, protection_by_hand.of_victims), "t6."),
    "T7": ((care_by_hand.referrals, protection_by_hand.referred_to, protection_by_hand.before_courts), "t7."),
    "T8": ((protection_by_hand.followed,), "t8.follow_ups"),
    "T9": ((care_by_hand.activities, protection_by_hand.sessions), "t9."),
}


def _differences(report: Report, counted: Count, table: str) -> dict[object, object]:
    refs = set(counted) | {ref for ref in report.figures if ref[0].startswith(table)}
    return {
        ref: (report.value(ref[0], *ref[1]), counted.get(ref, 0))
        for ref in refs
        if report.value(ref[0], *ref[1]) != counted.get(ref, 0)
    }


@pytest.mark.parametrize("table", TABLES)
@RANDOM
@given(shelter=cared_for(), period=periods())
def test_every_figure_of_care_is_what_counting_each_line_gives(table: str, shelter: Shelter, period: Period) -> None:
    counts: tuple[Callable[[Shelter, Period], Count], ...] = TABLES[table][0]
    counted = {ref: value for count in counts for ref, value in count(shelter, period).items()}
    assert _differences(compute(shelter.facts(period)), counted, TABLES[table][1]) == {}


@RANDOM
@given(shelter=cared_for(), period=periods())
def test_the_zones_are_what_counting_each_bed_and_night_gives(shelter: Shelter, period: Period) -> None:
    report, counted = compute(shelter.facts(period)), protection_by_hand.zones(shelter, period)
    keys = {key for key, _ in counted}
    refs = set(counted) | {ref for ref in report.figures if ref[0] in keys and ref[1] and ref[1][0][0] == "zone"}
    assert {ref for ref in refs if report.value(ref[0], *ref[1]) != counted.get(ref, 0)} == set()


@RANDOM
@given(cared_for(), periods())
def test_every_identity_holds_whatever_the_care(shelter: Shelter, period: Period) -> None:
    assert compute(shelter.facts(period)).failed == ()


@RANDOM
@given(cared_for(), periods())
def test_meals_are_warned_of_where_a_day_has_more_than_three_a_person(shelter: Shelter, period: Period) -> None:
    report = compute(shelter.facts(period))
    said = next(one for one in report.identities if one.id == "I-21")
    assert (not said.holds, said in report.failed) == (care_by_hand.meals_in_excess(shelter, period), False)
