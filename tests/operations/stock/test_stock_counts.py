"""A count: frozen, blind, counted again, explained, approved; what moves meanwhile is on top of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import BadNumber, Missing, NotAllowed, NotInList
from shelter_desk.domain.ids import CountId, ItemId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.refusals import (
    CountOpen,
    CountStands,
    NotCounted,
    NotEnough,
    NotNow,
    OnSheet,
    SamePerson,
)
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock, stock_catalogue, stock_counts
from shelter_desk.operations.stock.stock_counts import CountEntry, CountFound
from shelter_desk.operations.users import user_accounts
from shelter_desk.words.refusals.errors import sentence
from tests.operations import store_scene as scene
from tests.operations.shelter import month_when_over, small_shelter

TEAM = ("A. D.", "K. T.")
LOT = Lot("L", scene.ahead(90), "oim")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def soap(desk: Desk) -> ItemId:
    made = scene.soap(desk)
    scene.came(desk, made, 20_000, scene.ago(9), Lot(donor="oim"))
    return made


def enter(desk: Desk, key: CountId, *numbers: int | None, again: int | None = None, cause: str = "") -> None:
    lines = stock_counts.sheet(desk, key).count.lines
    entries = [CountEntry(line.id, n, again, cause) for line, n in zip(lines, numbers, strict=True)]
    stock_counts.enter(desk, key, entries)


def test_the_sheet_is_blind_until_what_differs_was_counted_twice(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    sheet = stock_counts.sheet(desk, key)
    assert (sheet.is_blind, sheet.expected, sheet.differences) == (True, {}, {})
    enter(desk, key, 18_000)
    sheet = stock_counts.sheet(desk, key)
    assert (sheet.is_blind, len(sheet.again), sheet.expected, sheet.differences) == (False, 1, {}, {})
    enter(desk, key, 18_000, again=18_500)
    sheet = stock_counts.sheet(desk, key)
    assert (len(sheet.again), list(sheet.expected.values()), list(sheet.differences.values())) == (
        0,
        [20_000],
        [-1_500],
    )


def test_zero_is_a_count_and_an_empty_cell_is_none(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    with pytest.raises(NotCounted) as refused:
        stock_counts.approve(desk, key)
    assert refused.value.why == "count"
    enter(desk, key, 0)
    enter(desk, key, 0, again=0)
    assert list(stock_counts.sheet(desk, key).differences.values()) == [-20_000]


def test_a_difference_is_counted_again_and_has_its_cause(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    for again, cause, why in ((None, "vol", "recount"), (18_000, "", "cause")):
        enter(desk, key, 18_000, again=again, cause=cause)
        with pytest.raises(NotCounted) as refused:
            stock_counts.approve(desk, key)
        assert refused.value.why == why
    assert scene.balance(desk, soap) == 20_000


def test_only_the_approval_adjusts(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    enter(desk, key, 18_000, again=18_500, cause="perte")
    assert scene.balance(desk, soap) == 20_000
    stock_counts.approve(desk, key, "Vu")
    assert scene.balance(desk, soap) == 18_500
    move = stock.card(desk, soap).lines[-1].move
    assert (move.move_type, move.change, move.lot.donor, move.voucher_no[:3]) == ("ecart_moins", -1_500, "oim", "PV-")
    with pytest.raises(NotNow):
        enter(desk, key, 20_000)


def test_one_pair_of_hands_is_said_only_where_who_counted_approves(desk: Desk, soap: ItemId) -> None:
    keeper = user_accounts.add(desk, "Agent M", Role.STOREKEEPER, "deux citrons jaunes")
    told = []
    for who, there in ((keeper, 18_000), (desk.user, 17_000)):
        other = replace(desk, user=who)
        key = stock_counts.begin(other, TEAM)
        enter(other, key, there, again=there, cause="perte")
        stock_counts.approve(desk, key)
        move = stock.card(desk, soap).lines[-1].move
        told.append(stock.paper(desk, scene.voucher(desk, move.voucher_no)).voucher.same_hands)
    assert told == [False, True]


def test_a_first_count_stands_once_the_differences_are_known(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    enter(desk, key, 1_800)
    enter(desk, key, 1_800, again=18_000, cause="perte")
    with pytest.raises(CountStands) as refused:
        enter(desk, key, 20_000)
    assert "SAV" in sentence(refused.value)
    (line,) = stock_counts.sheet(desk, key).count.lines
    assert (line.counted, line.recount) == (1_800, 18_000)


def test_what_is_left_of_an_item_that_is_not_used_any_more_is_counted(desk: Desk, soap: ItemId) -> None:
    for item in (soap, scene.blanket(desk)):
        known = next(one for one in stock_catalogue.items(desk) if one.id == item)
        stock_catalogue.keep_item(desk, replace(known, is_active=False))
    key = stock_counts.begin(desk, TEAM)
    assert stock_counts.sheet(desk, key).count.items == {soap}


def test_what_was_given_up_found_out_nothing(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    enter(desk, key, 18_000)
    stock_counts.give_up(desk, key)
    sheet = stock_counts.sheet(desk, key)
    assert (sheet.is_blind, sheet.differences, sheet.expected) == (True, {}, {})


def test_a_second_count_that_agrees_needs_no_cause(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    enter(desk, key, 18_000, again=20_000)
    stock_counts.approve(desk, key)
    assert scene.balance(desk, soap) == 20_000


def test_what_moves_while_one_counts_is_on_top(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    scene.went(desk, soap, 4_000)
    scene.came(desk, soap, 1_000, lot=Lot(donor="ue"))
    enter(desk, key, 19_000, again=19_000, cause="casse")
    stock_counts.approve(desk, key)
    assert scene.balance(desk, soap) == 16_000


def test_less_than_what_went_out_since_is_not_approved(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    scene.went(desk, soap, 15_000)
    enter(desk, key, 10_000, again=10_000, cause="inconnu")
    with pytest.raises(NotEnough):
        stock_counts.approve(desk, key)


def test_nothing_is_dated_before_a_count_that_is_open(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    with pytest.raises(CountOpen):
        scene.went(desk, soap, 1_000, scene.ago(1))
    stock_counts.give_up(desk, key)
    scene.went(desk, soap, 1_000, scene.ago(1))
    assert scene.balance(desk, soap) == 19_000


def test_an_item_is_not_counted_twice_at_once(desk: Desk, soap: ItemId) -> None:
    stock_counts.begin(desk, TEAM)
    with pytest.raises(CountOpen):
        stock_counts.begin(desk, TEAM, "hygiene")


@pytest.mark.parametrize("team", [("A. D.",), ("A. D.", "A. D."), ("A. D.", " ")])
def test_two_people_count(desk: Desk, soap: ItemId, team: tuple[str, ...]) -> None:
    with pytest.raises(SamePerson):
        stock_counts.begin(desk, team)


def test_a_category_alone_may_be_counted(desk: Desk, soap: ItemId) -> None:
    scene.rice(desk)
    sheet = stock_counts.sheet(desk, stock_counts.begin(desk, TEAM, "hygiene"))
    assert sheet.count.items == {soap}
    with pytest.raises(NotInList):
        stock_counts.begin(desk, TEAM, "jouets")
    with pytest.raises(Missing):
        stock_counts.begin(desk, TEAM, "bebe")


def test_a_lot_that_was_on_no_line_is_added(desk: Desk) -> None:
    rice = scene.rice(desk)
    scene.came(desk, rice, 5_000, lot=LOT)
    key = stock_counts.begin(desk, TEAM)
    other = Lot("M", scene.ahead(30), "ue")
    stock_counts.enter(desk, key, [], [CountFound(rice, other, 2_000)])
    with pytest.raises(Missing):
        stock_counts.enter(desk, key, [], [CountFound(rice, Lot("N"), 2_000)])
    lines = stock_counts.sheet(desk, key).count.lines
    stock_counts.enter(
        desk, key, [CountEntry(lines[0].id, 5_000), CountEntry(lines[1].id, 2_000, 2_000, "non_enregistre")]
    )
    stock_counts.approve(desk, key)
    assert dict(stock.card(desk, rice).lots) == {LOT: 5_000, other: 2_000}


def test_a_lot_that_has_its_line_is_not_added_again(desk: Desk) -> None:
    rice = scene.rice(desk)
    scene.came(desk, rice, 10_000, lot=LOT)
    key = stock_counts.begin(desk, TEAM)
    other = Lot("M", scene.ahead(30), "ue")
    for found in ([CountFound(rice, LOT, 4_000)], [CountFound(rice, other, 1_000), CountFound(rice, other, 2_000)]):
        with pytest.raises(OnSheet) as refused:
            stock_counts.enter(desk, key, [], found)
        assert refused.value.item_code in sentence(refused.value)
    assert [line.lot for line in stock_counts.sheet(desk, key).count.lines] == [LOT]


def test_a_count_below_zero_is_refused(desk: Desk, soap: ItemId) -> None:
    with pytest.raises(BadNumber):
        enter(desk, stock_counts.begin(desk, TEAM), -1)


def test_who_counted_does_not_approve_where_another_could(desk: Desk, soap: ItemId) -> None:
    user_accounts.add(desk, "Agent Z", Role.DIRECTOR, "deux citrons jaunes")
    key = stock_counts.begin(desk, TEAM)
    enter(desk, key, 20_000)
    with pytest.raises(SamePerson):
        stock_counts.approve(desk, key)
    desk.user = UserId(2)
    stock_counts.approve(desk, key)
    assert stock_counts.sheet(desk, key).approved_by == "Agent Z"


def test_the_storekeeper_counts_and_does_not_approve(desk: Desk, soap: ItemId) -> None:
    desk.role = Role.STOREKEEPER
    key = stock_counts.begin(desk, TEAM)
    enter(desk, key, 20_000)
    with pytest.raises(NotAllowed):
        stock_counts.approve(desk, key)


def test_the_report_tells_what_was_counted_and_no_gap_that_is_left(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    scene.went(desk, soap, 1_000)
    enter(desk, key, 18_000, again=18_000, cause="perte")
    stock_counts.approve(desk, key)
    report = month_when_over(desk, Period(scene.ago(3), scene.ago(0))).report
    of = ("item_code", "SAV")
    assert (report.value("t11.physical", of), report.value("t11.remaining_gap", of)) == (18, 0)
    assert report.value("t11.closing", of) == 17
    assert stock.standing(desk)[0].counted_on == scene.ago(0)


def test_a_movement_written_later_for_before_leaves_a_gap(desk: Desk, soap: ItemId) -> None:
    key = stock_counts.begin(desk, TEAM)
    enter(desk, key, 18_000, again=18_000, cause="perte")
    stock_counts.approve(desk, key)
    scene.went(desk, soap, 500, scene.ago(1))
    report = month_when_over(desk, Period(scene.ago(3), scene.ago(0))).report
    assert report.value("t11.remaining_gap", ("item_code", "SAV")) == 0.5
