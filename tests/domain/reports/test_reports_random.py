"""Random shelters: every identity holds, and every figure is what a clerk counts by hand."""

from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.report import Report
from tests.domain.reports import by_hand
from tests.domain.reports.random_facts.random_shelters import periods, shelters
from tests.domain.reports.shelters import Shelter
from tests.examples import examples

RANDOM = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _differences(report: Report, counted: by_hand.Count) -> dict[object, object]:
    keys = {key for key, _ in counted}
    # what a zone has is counted by hand in test_reports_care_random
    cut = {ref for ref in report.figures if ref[0] in keys and ref[1] and ref[1][0][0] != "zone"}
    refs = set(counted) | cut
    return {
        ref: (report.value(ref[0], *ref[1]), counted.get(ref, 0))
        for ref in refs
        if report.value(ref[0], *ref[1]) != counted.get(ref, 0)
    }


@RANDOM
@given(shelters(), periods())
def test_every_identity_holds_whatever_the_shelter(shelter: Shelter, period: Period) -> None:
    assert compute(shelter.facts(period)).failed == ()


@RANDOM
@given(shelters(), periods())
def test_capacity_and_nights_are_what_counting_each_night_gives(shelter: Shelter, period: Period) -> None:
    facts = shelter.facts(period)
    assert _differences(compute(facts), by_hand.capacity(facts)) == {}


@RANDOM
@given(shelters(), periods())
def test_movements_are_what_counting_each_stay_gives(shelter: Shelter, period: Period) -> None:
    facts = shelter.facts(period)
    assert _differences(compute(facts), by_hand.movements(facts)) == {}


@RANDOM
@given(shelters(), periods())
def test_the_rows_behind_a_total_add_up_to_it(shelter: Shelter, period: Period) -> None:
    report = compute(shelter.facts(period))
    for key in ("t1.person_nights", "t1.capacity_bed_nights", "t2.entries", "t2.exits", "t2.distinct_persons"):
        assert sum(amount for _, amount in report.rows(key)) == report.value(key)


@RANDOM
@given(shelters(), periods())
def test_the_changes_bridge_the_end_of_one_period_and_the_start_of_the_next(shelter: Shelter, period: Period) -> None:
    report = compute(shelter.facts(period))
    eve = period.first.fromordinal(period.first.toordinal() - 1)
    former = compute(shelter.facts(Period(eve, eve)))
    keys = ("t2.present_start", "t2.changes")
    cells = {dims for key, dims in (*report.figures, *former.figures) if key in (*keys, "t2.present_end")}
    for dims in cells:
        start, changed, end = (
            one.value(key, *dims) for one, key in ((report, keys[0]), (report, keys[1]), (former, "t2.present_end"))
        )
        assert isinstance(start, int)
        assert isinstance(changed, int)
        assert start - changed == end
