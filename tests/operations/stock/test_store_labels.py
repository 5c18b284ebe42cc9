"""Labels of the store: one for each numbered lot there is, and what a reader reads of them."""

import pytest

from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock, stock_catalogue
from shelter_desk.operations.stock.stock_catalogue import LabelRead
from shelter_desk.operations.users import user_accounts
from tests.operations import store_scene as scene
from tests.operations.stock_desk import EARLY, LATE, desk

__all__ = ["desk"]


def test_each_numbered_lot_has_a_label_and_an_item_without_any_has_its_own(desk: Desk) -> None:
    soap, rice = scene.soap(desk), scene.rice(desk)
    scene.came(desk, rice, 5_000, lot=LATE)
    scene.came(desk, rice, 5_000, lot=EARLY)
    found = [(item.code, lot.lot_no) for item, lot in stock_catalogue.labels(desk, [rice, soap])]
    assert found == [("RIZ", "A"), ("RIZ", "B"), ("SAV", "")]


def test_a_lot_that_is_used_up_has_no_label(desk: Desk) -> None:
    rice = scene.rice(desk)
    scene.came(desk, rice, 5_000, lot=EARLY)
    scene.came(desk, rice, 5_000, lot=LATE)
    scene.went(desk, rice, 5_000)
    assert [lot.lot_no for _, lot in stock_catalogue.labels(desk, [rice])] == ["B"]


def test_a_label_names_its_item_and_its_lot(desk: Desk) -> None:
    rice = scene.rice(desk)
    assert stock_catalogue.read_label(desk, "riz/A") == LabelRead(rice, "A")


def test_a_code_of_no_item_is_refused(desk: Desk) -> None:
    scene.rice(desk)
    with pytest.raises(NoSuch):
        stock_catalogue.read_label(desk, "LIT-0001")


# Who approved the last slip -----------------------------------------------------------------------------------------


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """The manager at the desk, another director, and soap."""
    user_accounts.add(desk, "Agent D", Role.DIRECTOR, "quatre murs blancs et hauts")
    scene.came(desk, scene.soap(desk), 90_000)
    return desk


def issued(desk: Desk, by: int) -> None:
    line = AskedLine(stock.standing(desk)[0].item.id, 1_000)
    issuing.issue(desk, Slip(scene.ago(0), "cuisine", (line,), approved_by=by))  # type: ignore[arg-type]


def test_the_one_who_approved_the_last_slip_is_proposed_for_the_next(stocked: Desk) -> None:
    other = next(key for key, _ in stock.approvers(stocked) if key != stocked.user)
    assert stock.last_approver(stocked) is None
    issued(stocked, other)
    assert stock.last_approver(stocked) == other


def test_nobody_is_proposed_to_approve_their_own_slip(stocked: Desk) -> None:
    issued(stocked, stocked.user)
    assert stock.last_approver(stocked) is None


def test_nobody_is_named_for_nothing_where_small_slips_need_no_approval(stocked: Desk) -> None:
    issued(stocked, next(key for key, _ in stock.approvers(stocked) if key != stocked.user))
    settings.keep(stocked, {"slip_approval_threshold_xof": "50000"})
    assert stock.last_approver(stocked) is None
