"""Tasks of the store and the equipment: loans to ask back, requests, counts, and setting them aside with a reason."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import ChangedSince, Missing, NotAllowed, NotInList
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.vouchers import AskedLine, Receipt, ReceivedLine, Slip
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import equipment, lending
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stock import issuing, stock, stock_counts, vouchers
from shelter_desk.operations.today import postponed_tasks, store_tasks
from shelter_desk.operations.today.task_kinds import Task
from tests.operations import store_scene as scene
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import admit, days_ago, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def task(desk: Desk, matter: str) -> Task | None:
    return next((one for one in store_tasks.waiting(desk) if one.matter == matter), None)


def named(desk: Desk, matter: str) -> list[str]:
    found = task(desk, matter)
    return [] if found is None else [one.name for one in found.things]


def low(desk: Desk) -> Task:
    """Soap under its level."""
    scene.came(desk, scene.soap(desk), 20_000)
    found = task(desk, "stock_low")
    assert found is not None
    return found


def test_what_a_resident_took_away_is_asked_back(desk: Desk) -> None:
    she = admit(desk, "1A", days=9)
    blanket = scene.blanket(desk)
    scene.came(desk, blanket, 5_000, scene.ago(20))
    lent = AskedLine(blanket, 1_000, lent=True)
    issuing.issue(desk, Slip(scene.ago(3), "individuel", (lent,), she.stay, approved_by=desk.user))
    equipment.add_assets(desk, PHONE)
    key = equipment.register(desk)[0].asset.id
    lending.lend(desk, [key], scene.ago(3), she.stay)
    assert (named(desk, "stock_lent"), named(desk, "assets_lent")) == ([], [])
    stays.leave(desk, she.stay, days_ago(1), "autonomie", "mali_autre")
    assert (named(desk, "stock_lent"), named(desk, "assets_lent")) == (["Couverture"], ["COM-0001 Téléphone"])
    back = task(desk, "assets_lent")
    assert back is not None
    assert (back.page, back.things[0].who) == ("equipment/register/lent", she.code)


def test_a_request_is_first_to_be_approved_and_then_to_be_issued(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 90_000)
    number = issuing.ask(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),))).subject
    assert (named(desk, "stock_to_approve"), named(desk, "stock_asked")) == ([number], [])
    issuing.approve(desk, stock.requests(desk)[0].id)
    assert (named(desk, "stock_to_approve"), named(desk, "stock_asked")) == ([], [number])


def test_an_open_count_stands_in_place_of_the_count_that_is_due(desk: Desk) -> None:
    scene.came(desk, scene.soap(desk), 90_000)
    assert named(desk, "stock_count_due") == ["Savon"]
    stock_counts.begin(desk, ["AK", "MT"])
    assert (named(desk, "stock_count_due"), len(named(desk, "stock_count_open"))) == ([], 1)


def test_what_is_set_aside_comes_back_on_its_day_with_its_reason_kept(desk: Desk) -> None:
    postponed_tasks.set_aside(desk, low(desk), "Livraison vendredi", desk.today() + timedelta(days=3))
    assert task(desk, "stock_low") is None
    (aside,) = postponed_tasks.aside(desk)
    assert (aside.matter, aside.what, aside.reason) == ("stock_low", "Savon", "Livraison vendredi")
    postponed_tasks.bring_back(desk, aside)
    assert named(desk, "stock_low") == ["Savon"]
    with pytest.raises(ChangedSince):
        postponed_tasks.bring_back(desk, aside)


def test_what_is_new_is_shown_beside_what_was_set_aside(desk: Desk) -> None:
    from dataclasses import replace

    from shelter_desk.operations.stock import stock_catalogue

    postponed_tasks.set_aside(desk, low(desk), "Livraison vendredi", desk.today() + timedelta(days=3))
    blanket = scene.blanket(desk)
    known = next(one for one in stock_catalogue.items(desk) if one.id == blanket)
    stock_catalogue.keep_item(desk, replace(known, min_level=9_000))
    assert named(desk, "stock_low") == ["Couverture"]


def test_setting_aside_is_undone(desk: Desk) -> None:
    done = postponed_tasks.set_aside(desk, low(desk), "Livraison vendredi", desk.today() + timedelta(days=3))
    undo(desk, done)
    assert named(desk, "stock_low") == ["Savon"]


@pytest.mark.parametrize(("days", "reason", "error"), [(3, " ", Missing), (0, "x", NotInList), (91, "x", NotInList)])
def test_a_reason_and_a_near_day_are_asked(desk: Desk, days: int, reason: str, error: type[Exception]) -> None:
    found = low(desk)
    with pytest.raises(error):
        postponed_tasks.set_aside(desk, found, reason, desk.today() + timedelta(days=days))


def test_a_task_of_the_store_is_no_alert_and_its_reason_stays_open(desk: Desk) -> None:
    from shelter_desk.storage.casefile import settled_flags

    postponed_tasks.set_aside(desk, low(desk), "Livraison vendredi", desk.today() + timedelta(days=3))
    assert flags.settled(desk) == []
    with desk.reading() as connection:
        assert not settled_flags.any_open(connection)


def test_a_storekeeper_sets_aside_and_a_case_worker_does_not(desk: Desk) -> None:
    found = low(desk)
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        postponed_tasks.set_aside(desk, found, "x", desk.today() + timedelta(days=3))
    desk.role = Role.STOREKEEPER
    postponed_tasks.set_aside(desk, found, "x", desk.today() + timedelta(days=3))
    assert task(desk, "stock_low") is None


def test_a_request_that_is_worth_little_waits_for_the_store_alone(desk: Desk) -> None:
    settings.keep(desk, {"slip_approval_threshold_xof": "5000"})
    soap = scene.soap(desk)
    line = ReceivedLine(soap, 90_000, unit_cost_xof=100)
    vouchers.receive(desk, Receipt(desk.today(), "achat", (line,)))
    number = issuing.ask(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 10_000),))).subject
    costly = issuing.ask(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 60_000),))).subject
    assert (named(desk, "stock_asked"), named(desk, "stock_to_approve")) == ([number], [costly])
