"""T11: what a clerk counts line by line with the cards of the store in hand, and I-18 to I-20."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.ids import ItemId, MoveId, VoucherId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Report, compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables as tables_of
from shelter_desk.domain.reports.report import Identity
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import Move
from shelter_desk.domain.stock.store import SlipLine, Store
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.reports import reports as stored_reports
from shelter_desk.words.reports import reports as report_words
from tests.domain.casefile.filed import Cards, file_store
from tests.domain.reports.random_facts.random_shelters import periods
from tests.domain.reports.random_facts.random_store import stores
from tests.domain.reports.shelters import NOVEMBER, golden
from tests.examples import examples
from tests.operations.shelter import small_shelter

RANDOM = settings(max_examples=examples(60), deadline=None, suppress_health_check=[*HealthCheck])
IN = ("stock_initial", "achat", "don", "transfert_recu", "retour")
OUT = ("dist_individuelle", "dist_collective", "conso_interne", "transfert_emis")
LOST = ("peremption", "casse_avarie", "perte_vol")


@pytest.fixture(scope="module", name="desk")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with small_shelter(tmp_path_factory.mktemp("stock") / "s") as opened:
        yield opened


def report_of(desk: Desk, cards: Cards, period: Period) -> Report:
    file_store(desk, cards)
    with desk.reading() as connection:
        return compute(stored_reports.facts(connection, period))


def by_hand(cards: Cards, period: Period) -> dict[Any, Any]:
    """Card after card, line after line."""
    found: dict[Any, Any] = {}
    for item in cards[0]:
        dims = (("item_code", item.code),)
        opening, closing, adjusted, used = Fraction(0), Fraction(0), Fraction(0), Fraction(0)
        kinds: dict[Any, Fraction] = defaultdict(Fraction)
        whom = set()
        for move in cards[1]:
            if move.item != item.id or move.moved_on > period.last:
                continue
            quantity = Fraction(move.change, 1000)
            closing += quantity
            if move.moved_on < period.first:
                opening += quantity
                continue
            table = "in" if move.move_type in IN else "out" if move.move_type in OUT else "losses"
            if move.move_type in (*IN, *OUT, *LOST):
                kinds[f"t11.{table}", (*dims, ("move_type", move.move_type))] += abs(quantity)
            else:
                adjusted += quantity
            if move.move_type in OUT[:3]:
                used += abs(quantity)
            if move.move_type == "dist_individuelle":
                whom.add(move.third_party.casefold())
        days = (period.last - period.first).days + 1
        found |= {("t11.opening", dims): opening, ("t11.closing", dims): closing, ("t11.adjustments", dims): adjusted}
        found |= kinds
        found["t11.mean_daily_use", dims] = rounded(used / days) if days else None
        found["t11.days_of_cover", dims] = rounded(closing * days / used) if used else None
        if item.min_level is not None:
            found["t11.alert_level", dims] = Fraction(item.min_level, 1000)
        if whom:
            found["t11.beneficiaries", dims] = len(whom)
    return {ref: float(value) if isinstance(value, Fraction) else value for ref, value in found.items()}


def rounded(value: Fraction) -> float:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


@RANDOM
@given(cards=stores(), period=periods())
def test_every_figure_is_what_a_clerk_counts_on_the_cards(desk: Desk, cards: Cards, period: Period) -> None:
    report, counted = report_of(desk, cards, period), by_hand(cards, period)
    beside = ("t11.donor", "t11.near", "t11.expired", "t11.use_per_night")
    figures = {
        ref: one.value
        for ref, one in report.figures.items()
        if ref[0].startswith("t11.") and not ref[0].startswith(beside)
    }
    assert figures == counted


@RANDOM
@given(cards=stores(), period=periods())
def test_every_identity_of_the_stock_holds(desk: Desk, cards: Cards, period: Period) -> None:
    report = report_of(desk, cards, period)
    assert [one for one in report.identities if one.id in ("I-18", "I-19") and not one.holds] == []


@RANDOM
@given(cards=stores(), period=periods())
def test_donors_add_up_to_the_item(desk: Desk, cards: Cards, period: Period) -> None:
    report = report_of(desk, cards, period)
    for item in cards[0]:
        of = ("item_code", item.code)
        for end in ("opening", "closing"):
            parts = [
                one.value
                for (key, dims), one in report.figures.items()
                if key == f"t11.donor_{end}" and dims[0] == of and isinstance(one.value, (int, float))
            ]
            assert sum(map(Fraction, parts)) == Fraction(str(report.value(f"t11.{end}", of)))


@RANDOM
@given(cards=stores(), period=periods())
def test_the_rows_behind_a_figure_add_up_to_it(desk: Desk, cards: Cards, period: Period) -> None:
    report = report_of(desk, cards, period)
    for ref, one in report.figures.items():
        if ref[0] in ("t11.in", "t11.out", "t11.losses", "t11.adjustments"):
            assert sum(Fraction(str(amount)) for _, amount in one.rows) == Fraction(str(one.value))


@RANDOM
@given(cards=stores(), period=periods())
def test_what_expires_is_counted_lot_by_lot(desk: Desk, cards: Cards, period: Period) -> None:
    report, last = report_of(desk, cards, period), period.last
    left: dict[date, int] = defaultdict(int)
    for move in cards[1]:
        if move.item == 2 and move.moved_on <= last and move.lot.expiry_on is not None:
            left[move.lot.expiry_on] += move.change
    rice = ("item_code", "RIZ")
    gone = sum(amount for day, amount in left.items() if day < last + timedelta(days=0)) / 1000
    soon = sum(amount for day, amount in left.items() if last <= day <= last + timedelta(days=60)) / 1000
    assert (report.value("t11.expired", rice), report.value("t11.near_expiry", rice)) == (gone, soon)


# Controls that fail where they should --------------------------------------------------------------------------------

SOAP = Item(ItemId(1), "SAV", "Savon", "hygiene", "piece", service_type="nfi_hygiene")


def identities(store: Store, **more: Any) -> dict[tuple[str, Any], Identity]:
    report = compute(replace(golden().facts(), store=store, **more))
    return {(one.id, one.dims): one for one in report.identities}


def given_to(code: str, day: date = date(2026, 11, 10), **more: Any) -> Move:
    return Move(MoveId(1), "M1", ItemId(1), day, "dist_individuelle", -2000, third_party=code, **more)


def test_a_ledger_that_says_otherwise_than_the_figures_fails() -> None:
    found = identities(Store((SOAP,), {ItemId(1): 5000}, {ItemId(1): 4000}, (given_to("S001"),)))
    assert not found["I-18", (("item_code", "SAV"),)].holds


def test_a_day_below_zero_fails() -> None:
    back = Move(MoveId(2), "M2", ItemId(1), date(2026, 11, 20), "retour", 2000)
    found = identities(Store((SOAP,), {}, {}, (given_to("S001"), back)))
    assert not found["I-18", (("by", "day"),)].holds


def test_a_slip_that_says_more_than_was_moved_fails() -> None:
    store = Store((SOAP,), {ItemId(1): 2000}, {}, (given_to("S001"),), slips=(SlipLine(ItemId(1), 1000),))
    assert not identities(store)["I-19", ()].holds


def test_an_article_given_without_its_service_fails() -> None:
    stay = golden().stays[0]
    given = given_to("S001", service_no="S-2026-00009", voucher=VoucherId(1))
    store = Store((SOAP,), {ItemId(1): 2000}, {}, (given,), persons={"s001": stay.person})
    assert not identities(store)["I-20", ()].holds


def test_what_an_item_stands_for_today_does_not_judge_a_slip_of_before() -> None:
    given = given_to("S001", voucher=VoucherId(1))
    store = Store((SOAP,), {ItemId(1): 2000}, {}, (given,), persons={"s001": golden().stays[0].person})
    assert [one.holds for key, one in identities(store).items() if key[0] == "I-20"] == [True, True]


def test_a_movement_of_a_register_without_its_service_is_told_and_holds_nothing_back() -> None:
    store = Store((SOAP,), {ItemId(1): 2000}, {}, (given_to("S001"),), persons={"s001": golden().stays[0].person})
    told = identities(store)["I-20", (("by", "register"),)]
    assert (told.left, told.holds, told.passes) == (1, False, True)


@pytest.mark.parametrize("number", ["S-2026-00001", ""])
def test_an_article_given_with_its_service_holds(number: str) -> None:
    shelter = golden()
    stay = shelter.stays[0]
    shelter.serve(stay, "nfi_hygiene", date(2026, 11, 10))
    moves = (given_to("S001", service_no=number),)
    store = Store((SOAP,), {ItemId(1): 2000}, {}, moves, persons={"s001": stay.person})
    report = compute(replace(shelter.facts(), store=store))
    assert [one.holds for one in report.identities if one.id == "I-20"] == [True, True]


def test_an_article_taken_back_needs_no_service() -> None:
    store = Store((SOAP,), {ItemId(1): 2000}, {}, (given_to("S001"),), taken_back=frozenset({MoveId(1)}))
    assert identities(store)["I-20", ()].holds


def test_a_service_without_anything_from_the_store_is_told_and_holds_nothing_back() -> None:
    shelter = golden()
    shelter.serve(shelter.stays[0], "nfi_hygiene", date(2026, 11, 10))
    report = compute(replace(shelter.facts(), store=Store((SOAP,))))
    alone = next(one for one in report.identities if one.id == "I-20" and one.dims)
    assert (alone.left, alone.holds, alone.passes) == (1, False, True)


def test_a_shelter_without_a_store_has_no_table_and_no_control_of_it() -> None:
    report = compute(golden().facts())
    assert [one.id for one in report.identities if one.id in ("I-18", "I-19", "I-20")] == []
    assert [one.name for one in tables_of(report) if one.name.startswith("t11")] == []


def test_the_public_is_not_told_how_many_residents_were_served() -> None:
    store = Store((SOAP,), {ItemId(1): 2000}, {}, (given_to("S001"),))
    report = compute(replace(golden().facts(), store=store))
    keys = {profile: {key for key, _ in shown(report, profile).figures} for profile in ("partenaire", "public")}
    assert ("t11.beneficiaries" in keys["partenaire"], "t11.beneficiaries" in keys["public"]) == (True, False)


def test_every_figure_and_table_of_the_stock_has_a_name_and_a_definition(desk: Desk) -> None:
    report = compute(replace(golden().facts(), store=Store((SOAP,), {ItemId(1): 2000}, {}, (given_to("S001"),))))
    keys = {key for key, _ in report.figures if key.startswith("t11.")}
    assert {key for key in keys if report_words.figure(key) == key or not report_words.definition(key)} == set()
    assert {one.name for one in tables_of(report) if report_words.table(one.name) == one.name} == set()


def test_a_month_begins_with_what_the_month_before_left(desk: Desk, tmp_path: Path) -> None:
    moves = (
        Move(MoveId(1), "M1", ItemId(1), date(2026, 10, 3), "achat", 7000),
        Move(MoveId(2), "M2", ItemId(1), date(2026, 11, 3), "achat", 1500),
    )
    soap = ("item_code", "SAV")
    october = report_of(desk, ((SOAP,), moves), Period.month(2026, 10)).value("t11.closing", soap)
    assert october == report_of(desk, ((SOAP,), moves), NOVEMBER).value("t11.opening", soap) == 7
