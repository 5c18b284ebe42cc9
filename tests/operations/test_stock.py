"""The store at the desk: receipts, slips, kits, returns, loans, reversals, requests, and what the lists say."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from shelter_desk.domain.equipment.maintenance import Run
from shelter_desk.domain.errors import BadNumber, CodeTaken, InTheFuture, Missing, NotAllowed, NotInList, OverlapRefused
from shelter_desk.domain.ids import ItemId, StayId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.items import Item, Pack
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.refusals import (
    ItemMoved,
    KitOpened,
    LotExpired,
    NotEnough,
    NotLent,
    NotNow,
    NotReversible,
)
from shelter_desk.domain.stock.vouchers import AskedLine, BroughtBack, Receipt, ReceivedLine, Slip, TakenLine
from shelter_desk.operations import (
    assistance,
    catalogue,
    equipment,
    issuing,
    journal,
    maintenance,
    people,
    reports,
    settings,
    stock,
    today,
    vouchers,
)
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.storage import assistance as stored_assistance
from shelter_desk.words.errors import sentence
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, small_shelter
from tests.operations.test_equipment import NET

EARLY, LATE = Lot("A", scene.ahead(20), "oim"), Lot("B", scene.ahead(200), "ue")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def number_of(desk: Desk, voucher: object) -> str:
    period = Period(scene.ago(400), scene.ago(0))
    return next(one.voucher_no for one in stock.papers(desk, period) if one.id == voucher)


def left(desk: Desk, item: ItemId) -> dict[Lot, int]:
    return dict(stock.card(desk, item).lots)


def director(desk: Desk) -> UserId:
    return stock.approvers(desk)[0][0]


def services(desk: Desk, stay: StayId) -> list[str]:
    return [one.service_type for one in assistance.of_stays(desk, [stay]).get(stay, ())]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the file meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


# In and out ----------------------------------------------------------------------------------------------------------


def test_what_expires_first_goes_first(desk: Desk) -> None:
    rice = scene.rice(desk)
    scene.came(desk, rice, 5_000, lot=LATE)
    scene.came(desk, rice, 2_000, lot=EARLY)
    scene.went(desk, rice, 3_000)
    assert left(desk, rice) == {LATE: 4_000}


def test_a_lot_may_be_chosen_by_hand(desk: Desk) -> None:
    rice = scene.rice(desk)
    scene.came(desk, rice, 5_000, lot=LATE)
    scene.came(desk, rice, 2_000, lot=EARLY)
    line = AskedLine(rice, 1_000, ((LATE, 1_000),))
    issuing.issue(desk, Slip(scene.ago(0), "cuisine", (line,), approved_by=desk.user))
    assert left(desk, rice) == {EARLY: 2_000, LATE: 4_000}


def test_an_expired_lot_is_never_proposed_and_only_written_off(desk: Desk) -> None:
    rice = scene.rice(desk)
    gone = Lot("OLD", scene.ago(1), "oim")
    scene.came(desk, rice, 5_000, scene.ago(30), gone)
    with pytest.raises(NotEnough):
        scene.went(desk, rice, 1_000)
    with pytest.raises(LotExpired):
        issuing.issue(desk, Slip(scene.ago(0), "cuisine", (AskedLine(rice, 1_000, ((gone, 1_000),)),)))
    standing = stock.standing(desk)[0]
    assert (standing.physical, standing.usable, standing.expired) == (5_000, 0, 5_000)
    vouchers.write_off(desk, scene.ago(0), "peremption", [TakenLine(rice, gone, 5_000)], "")
    assert left(desk, rice) == {}


def test_the_printed_day_itself_is_good(desk: Desk) -> None:
    rice = scene.rice(desk)
    scene.came(desk, rice, 5_000, scene.ago(3), Lot("L", scene.ago(0), "oim"))
    scene.went(desk, rice, 5_000)
    assert scene.balance(desk, rice) == 0


def test_the_same_number_of_another_donor_is_another_lot(desk: Desk) -> None:
    rice = scene.rice(desk)
    for donor in ("oim", "ue"):
        scene.came(desk, rice, 1_000, lot=replace(EARLY, donor=donor))
    assert {lot.donor for lot in left(desk, rice)} == {"oim", "ue"}


@pytest.mark.parametrize(
    ("lot", "refusal"),
    [(Lot(), Missing), (Lot("L"), Missing), (Lot("L", scene.ahead(9), "mécène"), NotInList)],
)
def test_what_expires_names_its_lot_and_its_day(desk: Desk, lot: Lot, refusal: type[Exception]) -> None:
    rice = scene.rice(desk)
    with pytest.raises(refusal):
        scene.came(desk, rice, 1_000, lot=lot)


def test_nothing_is_dated_ahead_nor_of_nothing(desk: Desk) -> None:
    soap = scene.soap(desk)
    with pytest.raises(InTheFuture):
        scene.came(desk, soap, 1_000, scene.ahead(1))
    with pytest.raises(BadNumber):
        scene.came(desk, soap, 0)
    with pytest.raises(Missing):
        vouchers.receive(desk, Receipt(scene.ago(0), "achat", ()))


def test_one_line_that_cannot_go_keeps_the_whole_slip_back(desk: Desk) -> None:
    soap, blanket = scene.soap(desk), scene.blanket(desk)
    scene.came(desk, soap, 5_000)
    with pytest.raises(NotEnough):
        issuing.issue(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000), AskedLine(blanket, 1_000))))
    assert scene.balance(desk, soap) == 5_000


def test_a_slip_asks_the_file_no_more_often_where_it_takes_from_many_lots(desk: Desk) -> None:
    rice = scene.rice(desk)
    for n in range(8):
        scene.came(desk, rice, 1_000, lot=Lot(f"L{n}", scene.ahead(20 + n), "oim"))
    asked = []
    for amount in (500, 7_000):
        with statements() as found:
            scene.went(desk, rice, amount)
        asked.append(sum("FROM stock_kits " in f"{one} " for one in found))
    assert asked == [1, 1]


def test_two_lines_of_one_item_see_each_other(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    with pytest.raises(NotEnough):
        issuing.issue(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 3_000), AskedLine(soap, 3_000))))


def test_a_pack_is_written_on_the_line_and_changing_it_changes_nothing_past(desk: Desk) -> None:
    soap = scene.soap(desk)
    line = ReceivedLine(soap, 48_000, pack="carton", pack_factor=24_000)
    vouchers.receive(desk, Receipt(scene.ago(0), "achat", (line,)))
    item = next(one for one in catalogue.items(desk) if one.id == soap)
    catalogue.keep_item(desk, replace(item, packs=(Pack("carton", 12_000),)))
    move = stock.card(desk, soap).lines[0].move
    assert (move.pack, move.pack_factor, scene.balance(desk, soap)) == ("carton", 24_000, 48_000)


# To a resident (I-20) -------------------------------------------------------------------------------------------------


def given(desk: Desk, stay: StayId, *lines: AskedLine) -> str:
    return issuing.issue(desk, Slip(scene.ago(0), "individuel", lines, stay, approved_by=director(desk))).subject


def test_what_is_given_to_a_resident_is_also_the_service_it_stands_for(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 5_000)
    given(desk, stay, AskedLine(soap, 2_000))
    assert services(desk, stay) == ["nfi_hygiene"]
    report = reports.monthly(desk, Period(scene.ago(0), scene.ago(0))).report
    assert [(one.left, one.holds) for one in report.identities if one.id in ("I-19", "I-20")] == [
        (2, True),
        (1, True),
        (0, True),
    ]


def test_what_is_refused_writes_no_service(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    with pytest.raises(NotEnough):
        given(desk, stay, AskedLine(soap, 2_000))
    assert services(desk, stay) == []


def test_a_kit_goes_out_in_one_line_and_is_one_service(desk: Desk) -> None:
    soap, blanket, stay = scene.soap(desk), scene.blanket(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 10_000)
    scene.came(desk, blanket, 10_000)
    scene.kit(desk, (soap, 2_000), (blanket, 1_000))
    given(desk, stay, AskedLine(soap, 2_000, kit_code="HYG"))
    assert (scene.balance(desk, soap), scene.balance(desk, blanket)) == (6_000, 8_000)
    assert services(desk, stay) == ["nfi_hygiene"]


@pytest.mark.parametrize("act", [issuing.issue, issuing.ask])
def test_a_part_of_a_kit_is_not_given_out(desk: Desk, act: Callable[[Desk, Slip], object]) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 10_000)
    scene.kit(desk, (soap, 2_000))
    with pytest.raises(KitOpened) as refused:
        act(desk, Slip(scene.ago(0), "individuel", (AskedLine(soap, 2_500, kit_code="HYG"),), stay))
    assert (scene.balance(desk, soap), "HYG" in sentence(refused.value)) == (10_000, True)


def test_the_slip_tells_the_code_and_no_name(desk: Desk) -> None:
    soap, made = scene.soap(desk), admit(desk, "1A")
    scene.came(desk, soap, 5_000)
    number = given(desk, made.stay, AskedLine(soap, 2_000))
    paper = stock.paper(desk, scene.voucher(desk, number))
    assert {move.third_party for move in paper.moves} == {paper.voucher.third_party} != {""}
    assert paper.voucher.stay == made.stay


def test_a_gift_that_is_taken_back_takes_its_service_along(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 5_000)
    vouchers.take_back(desk, scene.voucher(desk, given(desk, stay, AskedLine(soap, 2_000))), "Erreur")
    assert (services(desk, stay), scene.balance(desk, soap)) == ([], 5_000)
    report = reports.monthly(desk, Period(scene.ago(0), scene.ago(0))).report
    assert report.failed == ()


def test_a_service_taken_out_of_the_log_is_missed_by_the_control(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 5_000)
    given(desk, stay, AskedLine(soap, 2_000))
    with desk.reading() as connection:
        (service,) = stored_assistance.of_stays(connection, [stay])[stay]
    assistance.take_out(desk, [service.id])
    report = reports.monthly(desk, Period(scene.ago(0), scene.ago(0))).report
    assert [one.id for one in report.failed] == ["I-20"]


def test_more_than_the_norm_is_known_before_it_is_given(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 9_000)
    given(desk, stay, AskedLine(soap, 2_000))
    given(desk, stay, AskedLine(soap, 1_000))
    assert stock.given_lately(desk, stay, soap, scene.ago(0)) == 3_000


# Loans ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def lent(desk: Desk) -> tuple[ItemId, StayId]:
    blanket, stay = scene.blanket(desk), admit(desk, "1A").stay
    scene.came(desk, blanket, 10_000, lot=Lot(donor="oim"))
    given(desk, stay, AskedLine(blanket, 3_000, lent=True))
    return blanket, stay


def test_a_loan_is_out_until_it_comes_back_to_its_lot(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    blanket, stay = lent
    (loan,) = stock.still_out(desk, stay)
    assert loan.out == 3_000
    vouchers.give_back(desk, scene.ago(0), [BroughtBack(loan.move.id, 1_000)])
    (loan,) = stock.loans(desk)
    vouchers.give_back(desk, scene.ago(0), [BroughtBack(loan.move.id, loan.out)])
    assert (stock.loans(desk), left(desk, blanket)) == ((), {Lot(donor="oim"): 10_000})


def test_no_more_comes_back_than_is_out(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    (loan,) = stock.loans(desk)
    with pytest.raises(NotLent):
        vouchers.give_back(desk, scene.ago(0), [BroughtBack(loan.move.id, 4_000)])


def test_a_lost_loan_is_written_off_with_its_reason(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    (loan,) = stock.loans(desk)
    with pytest.raises(Missing):
        vouchers.lose_loan(desk, scene.ago(0), [BroughtBack(loan.move.id, 3_000)], " ")
    vouchers.lose_loan(desk, scene.ago(0), [BroughtBack(loan.move.id, 3_000)], "Partie avec")
    assert (stock.loans(desk), scene.balance(desk, lent[0])) == ((), 7_000)


def test_a_slip_whose_loan_came_back_is_not_taken_back(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    (loan,) = stock.loans(desk)
    vouchers.give_back(desk, scene.ago(0), [BroughtBack(loan.move.id, 1_000)])
    assert loan.move.voucher is not None
    with pytest.raises(NotReversible):
        vouchers.take_back(desk, loan.move.voucher)


def test_others_have_nothing_out(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    assert stock.still_out(desk, admit(desk, "1B").stay) == ()


# Vouchers ------------------------------------------------------------------------------------------------------------


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
    keeper = people.add(desk, "Agent M", Role.STOREKEEPER, "deux citrons jaunes")
    with pytest.raises(NotInList):
        issuing.issue(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),), approved_by=keeper))


# Requests ------------------------------------------------------------------------------------------------------------


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


def test_the_storekeeper_finds_residents_by_code_and_meets_no_name(desk: Desk) -> None:
    made = admit(desk, "1A")
    desk.role, desk.sealer, desk.protection = Role.STOREKEEPER, None, None
    (one,) = stock.recipients(desk)
    assert (one.stay, len(one.code)) == (made.stay, 9)
    assert stock.recipients(desk, one.code[:3]) == (one,)
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    assert given(desk, made.stay, AskedLine(soap, 1_000))


# Lists ---------------------------------------------------------------------------------------------------------------


def test_an_item_is_low_under_its_level_or_when_it_does_not_last(desk: Desk) -> None:
    soap = scene.soap(desk)  # alert at 50, ten days to deliver
    scene.came(desk, soap, 200_000, scene.ago(40))
    assert not stock.standing(desk)[0].is_low
    scene.went(desk, soap, 140_000, scene.ago(5))
    (one,) = stock.standing(desk)
    assert (one.usable, one.cover, one.is_low) == (60_000, 12, True)


def test_lots_are_listed_in_the_order_in_which_they_expire(desk: Desk) -> None:
    rice = scene.rice(desk)
    for lot in (LATE, EARLY, Lot("OLD", scene.ago(2), "oim")):
        scene.came(desk, rice, 1_000, scene.ago(9), lot)
    assert [one.lot.lot_no for one in stock.expiring(desk, 30)] == ["OLD", "A"]
    assert [one.lot.lot_no for one in stock.expiring(desk, 365)] == ["OLD", "A", "B"]


def test_the_card_has_the_balance_after_each_line(desk: Desk) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000, scene.ago(3))
    scene.went(desk, soap, 2_000, scene.ago(1))
    scene.came(desk, soap, 1_000, scene.ago(2))
    assert [line.balance for line in stock.card(desk, soap).lines] == [5_000, 6_000, 4_000]


def test_use_a_person_night_names_what_is_far_from_usual(desk: Desk) -> None:
    soap = scene.soap(desk)
    admit(desk, "1A", days=120)
    scene.came(desk, soap, 900_000, scene.ago(119))
    months = [
        Period(scene.ago(10), scene.ago(1)),
        Period(scene.ago(20), scene.ago(11)),
        Period(scene.ago(30), scene.ago(21)),
    ]
    for days, amount in ((5, 240_000), (15, 10_000), (25, 10_000)):
        scene.went(desk, soap, amount, scene.ago(days))
    (one,) = stock.consumption(desk, months)
    assert (one.is_unlikely, [float(rate or 0) for rate in one.per_night]) == (True, [24, 1, 1])


def test_what_the_store_asks_for_stands_among_the_tasks(desk: Desk) -> None:
    assert today.of_stock(desk) == []
    soap, rice = scene.soap(desk), scene.rice(desk)
    scene.came(desk, soap, 20_000)  # under its level
    scene.came(desk, rice, 1_000, scene.ago(9), Lot("OLD", scene.ago(2), "oim"))
    scene.came(desk, rice, 1_000, scene.ago(9), EARLY)
    issuing.ask(desk, Slip(scene.ago(0), "cuisine", (AskedLine(soap, 1_000),)))
    found = {task.matter: task.n for task in today.of_stock(desk)}
    assert found == {"stock_expired": 1, "stock_soon": 1, "stock_low": 1, "stock_asked": 1, "stock_count_due": 2}


@pytest.mark.parametrize(("litres", "jumps"), [(104_000, False), (105_000, True), (56_000, False), (55_000, True)])
def test_fuel_that_left_the_store_is_held_against_the_hours_of_the_generator(
    desk: Desk, litres: int, jumps: bool
) -> None:
    fuel = catalogue.keep_item(desk, Item(ItemId(0), "GAS", "Gasoil", "carburant", "litre"))
    scene.came(desk, fuel, 900_000, scene.ago(90))
    net = replace(NET, designation="Groupe électrogène", category="energie", acquired_on=scene.ago(100))
    equipment.add_assets(desk, net)
    (generator,) = maintenance.generators(desk)
    months = [Period(scene.ago(20 + 20 * n), scene.ago(1 + 20 * n)) for n in range(4)]
    for days, hours, out in ((5, 40, litres), (45, 20, 40_000), (65, 20, 5_000)):
        maintenance.log_run(desk, Run(0, generator.id, scene.ago(days), hours / 2, 1))
        maintenance.log_run(desk, Run(0, generator.id, scene.ago(days - 1), hours / 2, 1))
        scene.went(desk, fuel, out, scene.ago(days), "entretien")
    vouchers.take_back(desk, scene.went(desk, fuel, 300_000, scene.ago(5), "entretien"))
    use = stock.fuel(desk, months)
    assert use is not None
    assert (use.last.litres, use.last.hours, use.usual, use.jumps) == (litres / 1000, 40, 2, jumps)
    assert stock.fuel(replace(desk, role=Role.CASE_WORKER), months) is None
    began_within = stock.fuel(desk, [months[2], months[3]])
    assert began_within is not None
    assert (began_within.last.rate, began_within.usual) == (2, None)


# The catalogue -------------------------------------------------------------------------------------------------------


def test_an_item_needs_its_code_its_name_and_its_unit(desk: Desk) -> None:
    for item in (
        Item(ItemId(0), "", "Savon", "hygiene", "piece"),
        Item(ItemId(0), "SAV", " ", "hygiene", "piece"),
    ):
        with pytest.raises(Missing):
            catalogue.keep_item(desk, item)
    with pytest.raises(NotInList):
        catalogue.keep_item(desk, Item(ItemId(0), "SAV", "Savon", "hygiene", "brouette"))


def test_a_code_is_taken_once(desk: Desk) -> None:
    scene.soap(desk)
    with pytest.raises(CodeTaken):
        catalogue.keep_item(desk, Item(ItemId(0), "sav", "Autre", "hygiene", "piece"))


@pytest.mark.parametrize("change", [{"unit": "carton"}, {"has_expiry": True}])
def test_what_past_quantities_mean_does_not_change(desk: Desk, change: dict[str, object]) -> None:
    soap = scene.soap(desk)
    scene.came(desk, soap, 5_000)
    item = next(one for one in catalogue.items(desk) if one.id == soap)
    with pytest.raises(ItemMoved):
        catalogue.keep_item(desk, replace(item, **change))  # type: ignore[arg-type]
