"""What store and equipment leave to settle before a month is closed, and how the points fall as one works."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.ids import CountId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.points import Point
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.vouchers import AskedLine, Slip, TakenLine
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, equipment_counts
from shelter_desk.operations.reports import reports, store_points
from shelter_desk.operations.stays import absences, roll_call
from shelter_desk.operations.stock import issuing, stock, stock_counts, vouchers
from shelter_desk.operations.stock.stock_counts import CountEntry
from shelter_desk.ui.flag_places import place_of
from shelter_desk.words.reports.points import sentence
from tests.operations import store_scene as scene
from tests.operations.equipment.test_equipment import added, room
from tests.operations.shelter import admit, month_when_over, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def within(desk: Desk) -> date:
    return month(desk).first + timedelta(days=9)


def points(desk: Desk) -> dict[str, Point]:
    found = reports.points(desk, reports.read(desk, month(desk)))
    assert len({one.key for one in found}) == len(found)
    return {one.matter: one for one in found}


def test_a_lot_that_had_expired_is_a_point_until_it_is_written_off(desk: Desk) -> None:
    rice, lot = scene.rice(desk), Lot("R1", month(desk).last - timedelta(days=3))
    scene.came(desk, rice, 8_000, within(desk), lot)
    scene.came(desk, rice, 8_000, within(desk), Lot("R2", month(desk).last + timedelta(days=300)))
    (one,) = points(desk).values()
    assert (one.matter, one.code, one.name, one.place) == ("stock_expired", "RIZ", "R1", "stock/expiring")
    assert "R1" in sentence(one)
    vouchers.write_off(desk, desk.today(), "peremption", [TakenLine(rice, lot, 8_000)], "périmé")
    assert points(desk) == {}


def test_a_request_of_the_month_is_a_point_until_it_is_given_out(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 9_000, within(desk))
    issuing.ask(desk, Slip(within(desk), "cuisine", (AskedLine(soap, 1_000),)))
    one = points(desk)["stock_request"]
    (asked,) = stock.requests(desk)
    assert (one.code, one.place) == (asked.voucher_no, f"stock/vouchers/{asked.id}")
    issuing.turn_down(desk, asked.id, "pas besoin")
    assert points(desk) == {}


def test_where_it_counts_monthly_each_item_that_was_not_counted_is_a_point(desk: Desk) -> None:
    soap, rice = scene.soap(desk), scene.rice(desk)
    scene.came(desk, soap, 9_000, within(desk))
    scene.came(desk, rice, 9_000, within(desk), Lot("L", desk.today() + timedelta(days=90)))
    assert points(desk) == {}
    settings.keep(desk, {"count_stock_months": "1"})
    assert [one.code for one in _of(desk, "stock_uncounted")] == ["RIZ", "SAV"]
    key = stock_counts.begin(desk, ("A. D.", "K. T."), "hygiene")
    _counted(desk, key, 9_000)
    assert [one.code for one in _of(desk, "stock_uncounted")] == ["RIZ"]


def test_a_difference_that_nobody_explains_is_a_point_of_its_count(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 9_000, within(desk))
    for cause in ("inconnu", "casse"):
        key = stock_counts.begin(desk, ("A. D.", "K. T."))
        _counted(desk, key, scene.balance(desk, soap) - 1_000, cause)
        # a count is of today, so that its points are those of the month that runs, once it is over
        found = store_points.of_store(desk, month_when_over(desk, month(desk).month_after).facts)
        assert [one.matter for one in found].count("count_unexplained") == 1, cause


def test_what_a_count_did_not_find_has_no_place_or_was_lost_is_a_point(desk: Desk) -> None:
    came = month(desk).first
    net = added(desk, acquired_on=came, donor="inconnu")
    assert set(points(desk)) == {"asset_no_place", "asset_no_donor"}
    assert points(desk)["asset_no_place"].place == f"equipment/register/{net}"
    equipment.record(desk, [net], Happening("deplacement", desk.today(), room=room(desk, "1")))
    assert set(points(desk)) == {"asset_no_donor"}
    equipment.record(desk, [net], Happening("perte", within(desk), reason="introuvable"))
    assert set(points(desk)) == {"asset_lost"}
    equipment.dispose(desk, [net], Happening("reforme", desk.today(), pv_no="PV-1", reason="perdu"))
    assert points(desk) == {}


def test_what_the_last_count_missed_is_a_point_until_it_is_decided(desk: Desk) -> None:
    net = added(desk, acquired_on=month(desk).first)
    equipment.record(desk, [net], Happening("deplacement", month(desk).first, room=room(desk, "1")))
    equipment_counts.begin(desk, within(desk), (), ("Agent A", "Agent M"))
    key = equipment_counts.listed(desk)[0].campaign.id
    (line,) = equipment_counts.lines(desk, key)
    equipment_counts.mark(desk, replace(line.line, outcome="manquant"))
    equipment_counts.close(desk, key)
    assert set(points(desk)) == {"asset_not_found"}
    equipment.record(desk, [net], Happening("perte", desk.today(), reason="introuvable"))
    assert points(desk) == {}


def test_a_roll_call_that_differs_from_the_file_is_a_point_that_leads_to_its_night(desk: Desk) -> None:
    one, two, night = admit(desk, "1A", days=70), admit(desk, "1B", days=70), within(desk)

    def differing() -> list[str]:
        flagged = [point.flag for point in _of(desk, "flag") if point.flag is not None]
        return [place_of(flag) for flag in flagged if (flag.rule, flag.kind) == ("R-31", "differs")]

    assert differing() == []
    roll_call.call(desk, night, [RollCallDone(one.stay, "hopital"), RollCallDone(two.stay)])
    assert differing() == [f"today/roll_call/{night.isoformat()}"]
    absences.be_away(desk, one.stay, "hopital", night, night + timedelta(days=1))
    assert differing() == []


def test_who_may_not_see_the_equipment_has_no_points_of_it(desk: Desk) -> None:
    added(desk, acquired_on=month(desk).first)
    desk.role = Role.CASE_WORKER
    assert points(desk) == {}


def _of(desk: Desk, matter: str) -> list[Point]:
    found = reports.points(desk, reports.read(desk, month(desk)))
    return sorted((one for one in found if one.matter == matter), key=lambda one: one.code)


def _counted(desk: Desk, key: CountId, n: int, cause: str = "") -> None:
    (line,) = stock_counts.sheet(desk, key).count.lines
    stock_counts.enter(desk, key, [CountEntry(line.id, n, None, "")])
    if cause:
        stock_counts.enter(desk, key, [CountEntry(line.id, n, n, cause)])
    stock_counts.approve(desk, key)
