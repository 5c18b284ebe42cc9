"""T11 alone, as the storekeeper prepares it, is what stands in the report of the month."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.layout.stock_tables import stock
from shelter_desk.domain.reports.month import compute
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.stock import stock_catalogue, stock_month
from shelter_desk.words.reports import reports as report_words
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Somebody here for 50 days; soap of two donors that came before the month and was used in it."""
    with small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", days=50)
        soap = scene.soap(opened)
        scene.came(opened, soap, 40_000, scene.ago(40), Lot(donor="oim"))
        scene.came(opened, soap, 10_000, scene.ago(5), Lot(donor="unicef"))
        scene.went(opened, soap, 8_000, scene.ago(3))
        yield opened


def period() -> Period:
    return Period(scene.ago(9), scene.ago(0))


def test_opening_and_what_moved_make_the_closing(desk: Desk) -> None:
    report, soap = stock_month.month(desk, period()), ("item_code", "SAV")
    assert [report.value(key, soap) for key in ("t11.opening", "t11.closing")] == [40, 42]
    assert report.value("t11.donor_closing", soap, ("donor", "unicef")) in (10, 2)
    assert report.names["item:SAV"].startswith("Savon")


def test_its_figures_are_those_of_the_report(desk: Desk) -> None:
    alone = stock_month.month(desk, period())
    whole = compute(reports.read(desk, period()))
    of_stock = {ref: one.value for ref, one in whole.figures.items() if ref[0].startswith("t11.")}
    assert {ref: one.value for ref, one in alone.figures.items()} == of_stock


def test_who_does_not_see_the_store_does_not_see_its_month(desk: Desk) -> None:
    desk.role = Role.RECEPTION
    with pytest.raises(NotAllowed):
        stock_month.month(desk, period())


def test_items_stand_under_their_category_and_one_under_its_alert_is_marked(desk: Desk) -> None:
    scene.rice(desk)
    report = stock_month.month(desk, period())
    (table, *_) = stock(report)
    said = [report_words.label(row.label, report.names) for row in table.rows]
    assert [one.partition(" (")[0] for one in said] == ["Dry food", "Riz", "Hygiene", "▼ Savon"]
    level = next(place for place, one in enumerate(table.columns) if one.label[1] == "t11.alert_level")
    soap = table.rows[3].cells[level]
    assert soap is not None
    assert report.value(soap[0], *soap[1]) == 50
    key = next(one.id for one in stock_catalogue.items(desk) if one.code == "SAV")
    scene.came(desk, key, 8_000, scene.ago(1), Lot(donor="oim"))
    now = stock_month.month(desk, period())
    assert [row.label for row in stock(now)[0].rows][3] == ("item_code", "SAV")


def test_a_version_that_knows_no_category_lists_its_items_alone(desk: Desk) -> None:
    report = replace(stock_month.month(desk, period()), item_categories={})
    assert [row.label for row in stock(report)[0].rows] == [("item_low", "SAV")]
