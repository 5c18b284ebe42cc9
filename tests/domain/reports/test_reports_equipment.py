"""T10 and I-17: equipment of a month by example, and random registers counted again by hand."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.report import Report, as_document
from tests.domain.reports import assets_by_hand
from tests.domain.reports.by_hand import Count
from tests.domain.reports.random_facts.random_assets import equipped
from tests.domain.reports.random_facts.random_shelters import periods
from tests.domain.reports.shelters import NOVEMBER, Shelter
from tests.examples import examples

RANDOM = settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
OCTOBER = Period.month(2026, 10)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def month_of(shelter: Shelter, period: Period = NOVEMBER) -> Count:
    report = compute(shelter.facts(period))
    assert report.failed == ()
    return {ref: one.value for ref, one in report.figures.items() if ref[0].startswith("t10.") and one.value}


def totals(shelter: Shelter, period: Period = NOVEMBER) -> dict[str, object]:
    return {key[4:]: value for (key, dims), value in month_of(shelter, period).items() if not dims}


@pytest.mark.parametrize("period", [OCTOBER, NOVEMBER])
def test_an_empty_register_counts_nothing_and_holds(period: Period) -> None:
    report = compute(Shelter().facts(period))
    assert [one.left for one in report.identities if one.id == "I-17"] == [0, 0, 0]


def test_what_came_before_and_during_the_month_makes_the_end() -> None:
    shelter = Shelter()
    shelter.asset(day(9, 1))
    shelter.asset(day(11, 30), quantity=20)
    shelter.happen(shelter.asset(day(11, 5)), "transfert_recu", day(11, 5))
    shelter.asset(day(12, 1))
    found = totals(shelter)
    assert [found[key] for key in ("start", "acquired", "received", "end")] == [1, 20, 1, 22]


@pytest.mark.parametrize(
    ("event", "status", "key"),
    [
        ("reforme", "reforme", "disposed"),
        ("perte", "perdu", "lost"),
        ("vol", "vole", "lost"),
        ("transfert_sortant", "transfere", "transferred"),
    ],
)
def test_each_way_out_has_its_column(event: str, status: str, key: str) -> None:
    shelter = Shelter()
    shelter.happen(shelter.asset(day(9, 1), status=status), event, day(11, 15))
    found = totals(shelter)
    assert (found["start"], found[key], found.get("end", 0)) == (1, 1, 0)


def test_what_leaves_on_the_first_day_was_there_at_the_start_and_on_the_last_is_not_at_the_end() -> None:
    shelter = Shelter()
    for on in (day(11, 1), day(11, 30), day(12, 1)):
        shelter.happen(shelter.asset(day(9, 1), status="reforme"), "reforme", on)
    found = totals(shelter)
    assert (found["start"], found["disposed"], found["end"]) == (3, 2, 1)


def test_something_lost_and_written_off_later_leaves_once() -> None:
    shelter = Shelter()
    lost = shelter.asset(day(9, 1), status="reforme")
    shelter.happen(lost, "perte", day(10, 3))
    shelter.happen(lost, "reforme", day(11, 3))
    assert (totals(shelter, OCTOBER)["lost"], totals(shelter)) == (1, {})


def test_something_found_again_is_one_less_that_was_lost() -> None:
    shelter = Shelter()
    found_again = shelter.asset(day(9, 1))
    shelter.happen(found_again, "perte", day(10, 3))
    shelter.happen(found_again, "retour_service", day(11, 3))
    assert (totals(shelter)["lost"], totals(shelter)["end"]) == (-1, 1)


def test_an_asset_that_the_register_calls_gone_without_an_event_left_on_the_day_it_came() -> None:
    shelter = Shelter()
    shelter.asset(day(11, 7), status="perdu")
    shelter.asset(day(9, 7), status="vole")
    assert totals(shelter) == {"acquired": 1, "lost": 1}


def test_what_the_register_alone_calls_gone_left_on_the_day_of_its_last_event() -> None:
    shelter = Shelter()
    seen = shelter.asset(day(9, 1), status="reforme")
    shelter.happen(seen, "deplacement", day(10, 3))
    shelter.happen(seen, "inventaire", day(11, 7))
    assert totals(shelter) == {"start": 1, "disposed": 1}
    assert (totals(shelter, OCTOBER)["start"], totals(shelter, OCTOBER)["end"]) == (1, 1)


def test_an_asset_that_left_by_its_last_event_is_gone_though_the_register_still_has_it() -> None:
    shelter = Shelter()
    shelter.happen(shelter.asset(day(9, 7), status="en_service"), "reforme", day(11, 7))
    assert totals(shelter) == {"start": 1, "disposed": 1}


def test_status_and_condition_of_a_past_month_are_those_of_its_last_event() -> None:
    shelter = Shelter()
    fan = shelter.asset(day(9, 1), status="en_service", condition="moyen")
    shelter.happen(fan, "panne", day(11, 20), condition="mauvais")
    shelter.happen(fan, "reparation", day(12, 2))
    shelter.happen(fan, "retour_service", day(12, 9), condition="moyen")
    found = month_of(shelter)
    assert found["t10.by_status", (("asset_status", "en_panne"),)] == 1
    assert found["t10.by_condition", (("asset_condition", "mauvais"),)] == 1


def test_without_later_events_the_present_status_and_condition_stand() -> None:
    shelter = Shelter()
    fan = shelter.asset(day(9, 1), status="en_stock", condition="moyen")
    shelter.happen(fan, "panne", day(11, 20), condition="mauvais")
    found = month_of(shelter)
    assert found["t10.by_status", (("asset_status", "en_stock"),)] == 1
    assert found["t10.by_condition", (("asset_condition", "moyen"),)] == 1


def test_what_is_assigned_later_was_in_store() -> None:
    shelter = Shelter()
    table = shelter.asset(day(11, 3))
    shelter.happen(table, "don_recu", day(11, 3))
    shelter.happen(table, "affectation", day(12, 1))
    assert month_of(shelter)["t10.by_status", (("asset_status", "en_stock"),)] == 1


def test_the_value_is_that_of_the_end_and_says_how_many_are_unknown() -> None:
    shelter = Shelter()
    shelter.asset(day(9, 1), cost=150_000)
    shelter.asset(day(9, 1), quantity=20)
    shelter.asset(day(9, 1), status="perdu", cost=70_000)
    found = totals(shelter)
    assert (found["value"], found["value_unknown"]) == (150_000, 20)


def test_a_ticket_is_open_until_the_day_it_is_closed() -> None:
    shelter = Shelter()
    fan = shelter.asset(day(9, 1))
    shelter.report_fault(fan, day(11, 2), closed_on=day(11, 30))
    shelter.report_fault(fan, day(11, 2), closed_on=day(12, 1))
    shelter.report_fault(fan, day(11, 30))
    report = compute(shelter.facts(NOVEMBER))
    assert (report.value("t10.open_tickets"), [one.ticket_no for one in report.open_tickets]) == (
        2,
        ["M-0002", "M-0003"],
    )


def _some() -> Report:
    shelter = Shelter()
    shelter.report_fault(shelter.asset(day(9, 1)), day(11, 2))
    shelter.happen(shelter.asset(day(9, 1), donor="usa", category="cuisine"), "hors_service", day(11, 3))
    return compute(shelter.facts(NOVEMBER))


def test_a_partner_sees_equipment_in_full_and_the_public_none() -> None:
    report = _some()
    partner, public = shown(report, "partenaire"), shown(report, "public")
    assert (partner.value("t10.end", ("donor", "usa")), partner.happened) == (1, report.happened)
    assert (len(report.open_tickets), partner.open_tickets, public.open_tickets) == (1, report.open_tickets, ())
    document = as_document(public)
    assert [one for one in document["figures"] if one["figure"].startswith("t10.")] == []
    assert [one for one in document["identities"] if one["id"] == "I-17"] == []
    assert (public.happened, [one.name for one in tables(public) if one.name.startswith("t10")]) == ((), [])


def test_the_tables_have_a_row_for_each_category_and_donor_and_a_total() -> None:
    report = _some()
    by_name = {one.name: one for one in tables(report)}
    rows = {
        name: [row.label[1] for row in by_name[name].rows]
        for name in ("t10.asset_category", "t10.donor", "t10.by_status.asset_status")
    }
    assert rows == {
        "t10.asset_category": ["literie", "cuisine", ""],
        "t10.donor": ["oim", "usa", ""],
        "t10.by_status.asset_status": ["en_service", ""],
    }


@RANDOM
@given(shelter=equipped(), period=periods())
def test_every_figure_of_equipment_is_what_reading_the_cards_gives(shelter: Shelter, period: Period) -> None:
    report = compute(shelter.facts(period))
    found = {ref: one.value for ref, one in report.figures.items() if ref[0].startswith("t10.") and one.value}
    assert found == assets_by_hand.count(shelter, period)


@RANDOM
@given(equipped(), periods())
def test_the_equipment_balances_whatever_the_register_says(shelter: Shelter, period: Period) -> None:
    assert [one for one in compute(shelter.facts(period)).identities if one.id == "I-17" and not one.holds] == []
