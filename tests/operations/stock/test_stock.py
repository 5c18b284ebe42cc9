"""The store at the desk: receipts, slips, kits, returns and loans."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from shelter_desk.domain.errors import BadNumber, InTheFuture, Missing, NotInList
from shelter_desk.domain.ids import ItemId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.items import Pack
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.refusals import (
    KitOpened,
    LotExpired,
    NotEnough,
    NotLendable,
    NotLent,
    NotReversible,
)
from shelter_desk.domain.stock.vouchers import AskedLine, BroughtBack, Receipt, ReceivedLine, Slip, TakenLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock import issuing, stock, stock_catalogue, vouchers
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.words.refusals.errors import sentence
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, month_when_over
from tests.operations.stock_desk import EARLY, LATE, desk, given, left, services, statements

__all__ = ["desk"]


# In and out -----------------------------------------------------------------------------------------------------------


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


def test_not_a_thousandth_more_goes_out_than_is_there(desk: Desk) -> None:
    rice = scene.rice(desk)
    scene.came(desk, rice, 5_000, lot=LATE)
    with pytest.raises(NotEnough) as refused:
        scene.went(desk, rice, 5_001)
    assert refused.value.on_hand == 5
    scene.went(desk, rice, 5_000)
    assert left(desk, rice) == {}


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
    item = next(one for one in stock_catalogue.items(desk) if one.id == soap)
    stock_catalogue.keep_item(desk, replace(item, packs=(Pack("carton", 12_000),)))
    move = stock.card(desk, soap).lines[0].move
    assert (move.pack, move.pack_factor, scene.balance(desk, soap)) == ("carton", 24_000, 48_000)


# To a resident (I-20) -------------------------------------------------------------------------------------------------


def test_what_is_given_to_a_resident_is_also_the_service_it_stands_for(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 5_000)
    given(desk, stay, AskedLine(soap, 2_000))
    assert services(desk, stay) == ["nfi_hygiene"]
    report = month_when_over(desk, Period(scene.ago(0), scene.ago(0))).report
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
    report = month_when_over(desk, Period(scene.ago(0), scene.ago(0))).report
    assert report.failed == ()


def test_a_service_taken_out_of_the_log_is_missed_by_the_control(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 5_000)
    given(desk, stay, AskedLine(soap, 2_000))
    with desk.reading() as connection:
        (service,) = stored_assistance.of_stays(connection, [stay])[stay]
    with desk.writing("take_out_service", service_log.SERVICES) as writing:  # as an import that takes it back would
        service_log.remove(writing, service)
    report = month_when_over(desk, Period(scene.ago(0), scene.ago(0))).report
    assert [one.id for one in report.failed] == ["I-20"]


def test_more_than_the_norm_is_known_before_it_is_given(desk: Desk) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 9_000)
    given(desk, stay, AskedLine(soap, 2_000))
    given(desk, stay, AskedLine(soap, 1_000))
    assert stock.given_lately(desk, stay, soap, scene.ago(0)) == 3_000


# Loans ----------------------------------------------------------------------------------------------------------------


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


def test_the_return_of_a_lost_loan_is_taken_back_after_its_loss(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    """Else the same blankets would be lost and out at once."""
    (loan,) = stock.loans(desk)
    vouchers.lose_loan(desk, scene.ago(0), [BroughtBack(loan.move.id, 3_000)], "Partie avec")
    loss, back = stock.papers(desk, Period(scene.ago(1), scene.ago(0)))[:2]
    with pytest.raises(NotReversible) as refused:
        vouchers.take_back(desk, back.id)
    assert (refused.value.why, scene.balance(desk, lent[0])) == ("lost", 7_000)
    assert "PV-" in sentence(refused.value)
    vouchers.take_back(desk, loss.id)
    vouchers.take_back(desk, back.id)
    assert ([one.out for one in stock.loans(desk)], scene.balance(desk, lent[0])) == ([3_000], 7_000)


@pytest.mark.parametrize("act", [issuing.issue, issuing.ask])
def test_only_what_is_lent_by_its_card_is_lent(desk: Desk, act: Callable[[Desk, Slip], object]) -> None:
    soap, stay = scene.soap(desk), admit(desk, "1A").stay
    scene.came(desk, soap, 10_000)
    slip = Slip(scene.ago(0), "individuel", (AskedLine(soap, 1_000, lent=True),), stay=stay, approved_by=desk.user)
    with pytest.raises(NotLendable) as refused:
        act(desk, slip)
    assert "SAV" in sentence(refused.value)
    assert stock.loans(desk) == ()


def test_a_slip_whose_loan_came_back_is_not_taken_back(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    (loan,) = stock.loans(desk)
    vouchers.give_back(desk, scene.ago(0), [BroughtBack(loan.move.id, 1_000)])
    assert loan.move.voucher is not None
    with pytest.raises(NotReversible):
        vouchers.take_back(desk, loan.move.voucher)


def test_others_have_nothing_out(desk: Desk, lent: tuple[ItemId, StayId]) -> None:
    assert stock.still_out(desk, admit(desk, "1B").stay) == ()
