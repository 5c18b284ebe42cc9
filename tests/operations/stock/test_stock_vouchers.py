"""Vouchers: numbers, reversals, approval, and what was asked for and waits."""

from dataclasses import replace

import pytest

from shelter_desk.domain.errors import Missing, NotAllowed, NotInList, OverlapRefused
from shelter_desk.domain.ids import ItemId, UserId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.refusals import (
    NotEnough,
    NotNow,
    NotReversible,
)
from shelter_desk.domain.stock.vouchers import AskedLine, Receipt, ReceivedLine, Slip
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stock import issuing, stock, stock_catalogue, vouchers
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import journal
from shelter_desk.ui.stock import printing
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, days_ago
from tests.operations.stock_desk import EARLY, LATE, desk, given, number_of, services

__all__ = ["desk"]


# Vouchers -------------------------------------------------------------------------------------------------------------


def test_vouchers_are_numbered_by_kind_and_year(desk: Desk) -> None:
    soap, year = scene.soap(desk), scene.ago(0).year
    numbers = [number_of(desk, scene.came(desk, soap, 5_000)), number_of(desk, scene.came(desk, soap, 5_000))]
    numbers.append(number_of(desk, scene.went(desk, soap, 1_000)))
    assert numbers == [f"BE-{year}-0001", f"BE-{year}-0002", f"BS-{year}-0001"]


def test_what_came_in_and_is_gone_since_is_not_taken_back(desk: Desk) -> None:
    soap = scene.soap(desk)
    came = scene.came(desk, soap, 5_000)
    scene.went(desk, soap, 4_000)
    with pytest.raises(NotEnough):
        vouchers.take_back(desk, came)


def test_a_voucher_is_taken_back_once_and_a_reversal_never(desk: Desk) -> None:
    soap = scene.soap(desk)
    came = scene.came(desk, soap, 5_000)
    number = vouchers.take_back(desk, came).subject
    for voucher in (came, scene.voucher(desk, number)):
        with pytest.raises(NotReversible):
            vouchers.take_back(desk, voucher)


def test_the_last_act_can_be_undone_and_an_earlier_one_only_be_taken_back(desk: Desk) -> None:
    soap = scene.soap(desk)
    line = (ReceivedLine(soap, 5_000),)
    first = vouchers.receive(desk, Receipt(scene.ago(0), "achat", line))
    second = vouchers.receive(desk, Receipt(scene.ago(0), "achat", line))
    with pytest.raises(OverlapRefused):
        undo(desk, first)
    undo(desk, second)
    undo(desk, first)
    assert stock.card(desk, soap).lines == ()


def test_every_act_is_in_the_journal(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    scene.went(desk, soap, 1_000)
    actions = {one.action for one in journal.lines(desk, journal.numbers(desk, journal.Wanted()))}
    assert {"keep_item", "receive_stock", "issue_stock"} <= actions


def test_who_stands_in_two_places_is_said(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    slip = Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),), approved_by=desk.user, requested_by=UserId(99))
    number = issuing.issue(desk, replace(slip, requested_by=None)).subject
    assert stock.paper(desk, scene.voucher(desk, number)).voucher.same_hands


def priced(desk: Desk, item: ItemId, cost: int | None, lot: Lot = scene.NO_LOT) -> str:
    line = ReceivedLine(item, 10_000, lot, cost)
    return vouchers.receive(desk, Receipt(scene.ago(0), "achat", (line,))).subject


@pytest.mark.parametrize(
    ("threshold", "amount", "refused"),
    [("0", 1_000, True), ("1000", 4_000, False), ("1000", 4_001, True), ("999", 4_000, True)],
)
def test_a_slip_worth_more_than_the_threshold_is_approved(
    desk: Desk, threshold: str, amount: int, refused: bool
) -> None:
    soap = scene.soap(desk)
    priced(desk, soap, 250)
    settings.keep(desk, {"slip_approval_threshold_xof": threshold})
    slip = Slip(scene.ago(0), "cuisine", (AskedLine(soap, amount),))
    assert issuing.needs_approval(desk, slip) is refused
    if refused:
        with pytest.raises(Missing) as missing:
            issuing.issue(desk, slip)
        assert missing.value.field == "approved_by"
        slip = replace(slip, approved_by=desk.user)
    issuing.issue(desk, slip)
    assert scene.balance(desk, soap) == 10_000 - amount


def test_what_is_restricted_is_approved_whatever_it_is_worth(desk: Desk) -> None:
    settings.keep(desk, {"slip_approval_threshold_xof": "10000"})
    soap = scene.soap(desk)
    known = next(one for one in stock_catalogue.items(desk) if one.id == soap)
    for restricted in (False, True):
        stock_catalogue.keep_item(desk, replace(known, restricted=restricted))
        priced(desk, soap, 100)
        slip = Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),))
        assert issuing.needs_approval(desk, slip) is restricted
    with pytest.raises(Missing):
        issuing.issue(desk, slip)


def test_all_lines_of_a_slip_count_and_each_lot_has_its_price(desk: Desk) -> None:
    soap, rice = scene.soap(desk), scene.rice(desk)
    priced(desk, soap, 100)
    priced(desk, rice, 600, EARLY)
    priced(desk, rice, 10, LATE)
    settings.keep(desk, {"slip_approval_threshold_xof": "700"})
    slip = Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000), AskedLine(rice, 1_000)))
    assert not issuing.needs_approval(desk, slip)
    assert issuing.needs_approval(desk, replace(slip, lines=(AskedLine(soap, 1_100), AskedLine(rice, 1_000))))
    assert not issuing.needs_approval(desk, replace(slip, lines=(AskedLine(rice, 9_000, ((LATE, 9_000),)),)))


def test_a_slip_whose_worth_is_not_known_is_approved(desk: Desk) -> None:
    soap = scene.soap(desk)
    taken = scene.voucher(desk, priced(desk, soap, 1))
    scene.came(desk, soap, 9_000)
    settings.keep(desk, {"slip_approval_threshold_xof": "100000"})
    slip = Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),))
    assert not issuing.needs_approval(desk, slip)
    vouchers.take_back(desk, taken)
    assert issuing.needs_approval(desk, slip)


def test_only_who_may_approve_is_written_as_having_approved(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    keeper = user_accounts.add(desk, "Agent M", Role.STOREKEEPER, "deux citrons jaunes")
    with pytest.raises(NotInList):
        issuing.issue(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),), approved_by=keeper))


# Requests -------------------------------------------------------------------------------------------------------------


def test_a_request_moves_nothing_until_the_store_issues_it(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    slip = Slip(scene.ago(0), "formation", (AskedLine(soap, 2_000),), third_party="Atelier")
    issuing.ask(desk, slip)
    (request,) = stock.requests(desk)
    assert scene.balance(desk, soap) == 5_000
    issuing.approve(desk, request.id)
    done = issuing.answer(desk, request.id, replace(slip, lines=(AskedLine(soap, 1_000, asked=2_000),)))
    assert (scene.balance(desk, soap), stock.requests(desk)) == (4_000, ())
    paper = stock.paper(desk, scene.voucher(desk, done.subject))
    assert (paper.voucher.requested_by, paper.voucher.approved_by) == (desk.user, desk.user)
    assert "2 pieces asked for, 1 piece given out" in printing.voucher(paper)
    with pytest.raises(NotNow):
        issuing.answer(desk, request.id, slip)


def test_a_request_that_waits_was_given_out_by_nobody(desk: Desk) -> None:
    issuing.ask(desk, Slip(scene.ago(0), "cuisine", (AskedLine(scene.soap(desk), 2_000),)))
    (request,) = stock.requests(desk)
    assert (request.issued_by, request.same_hands) == (None, False)


def test_a_request_is_turned_down_with_its_reason(desk: Desk) -> None:
    soap = scene.soap(desk)
    issuing.ask(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 2_000),)))
    (request,) = stock.requests(desk)
    with pytest.raises(Missing):
        issuing.turn_down(desk, request.id, "")
    issuing.turn_down(desk, request.id, "Rupture")
    assert stock.requests(desk) == ()


def test_a_case_worker_asks_and_does_not_issue(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    desk.role = Role.CASE_WORKER
    slip = Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),))
    issuing.ask(desk, slip)
    with pytest.raises(NotAllowed):
        issuing.issue(desk, slip)


def test_what_comes_otherwise_than_announced_has_its_reason_on_the_voucher(desk: Desk) -> None:
    line = ReceivedLine(scene.soap(desk), 45_000, announced=48_000)
    with pytest.raises(Missing) as refused:
        vouchers.receive(desk, Receipt(scene.ago(0), "achat", (line,)))
    assert refused.value.field == "reason"
    number = vouchers.receive(desk, Receipt(scene.ago(0), "achat", (line,), reason="Trois cassés")).subject
    paper = stock.paper(desk, scene.voucher(desk, number))
    (kept,) = paper.voucher.lines
    assert (kept.amount, kept.asked, paper.voucher.reason) == (45_000, 48_000, "Trois cassés")
    html = printing.voucher(paper)
    assert all(f">{one}<" in html for one in ("48", "45", "−3"))


def test_who_left_lately_is_found_for_what_was_handed_over_at_the_departure(desk: Desk) -> None:
    here, lately, long_ago = (admit(desk, bed, days=30) for bed in ("1A", "1B", "1C"))
    for one, days in ((lately, 0), (long_ago, 9)):
        stays.leave(desk, one.stay, days_ago(days, 0), "autonomie", "mali_autre")
    assert [one.stay for one in stock.recipients(desk)] == [here.stay]
    found = stock.recipients(desk, gone_days=7)
    assert [(one.stay, one.left_on) for one in found] == [(here.stay, None), (lately.stay, scene.ago(0))]
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000, scene.ago(2))
    issuing.issue(desk, Slip(scene.ago(0), "depart", (AskedLine(soap, 1_000),), lately.stay, approved_by=desk.user))
    assert len(services(desk, lately.stay)) == 1


def test_the_storekeeper_finds_residents_by_code_and_meets_no_name(desk: Desk) -> None:
    made = admit(desk, "1A")
    desk.role, desk.sealer, desk.protection = Role.STOREKEEPER, None, None
    (one,) = stock.recipients(desk)
    assert (one.stay, len(one.code)) == (made.stay, 9)
    assert stock.recipients(desk, one.code[:3]) == (one,)
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    assert given(desk, made.stay, AskedLine(soap, 1_000))
