"""The page of the stock by keyboard, in the real window: the list, a slip, a receipt, a loan."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.errors import BadNumber
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.refusals import TooFine
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock, stock_catalogue
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.loans_part import LoansPart
from shelter_desk.ui.stock.page import StockMonthPart
from shelter_desk.ui.stock.receipt_form import LotFields, ReceiptForm, ReceivedFields
from shelter_desk.ui.stock.slip_form import FromLot, SlipForm
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.refusals.errors import sentence
from tests.operations import store_scene as scene
from tests.operations.shelter import PASSWORD
from tests.ui.stock.stock_scene import (
    Enter,
    balance,
    card_of,
    choose,
    desk_of,
    do_it,
    enter,
    folder,
    item,
    items_part,
    page_of,
    slip_of,
)
from tests.ui.window.windows import focused, type_in

__all__ = ["enter", "folder"]


# The list and the card ------------------------------------------------------------------------------------------------


def test_the_items_stand_with_what_is_usable(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    assert [part.rows.cells(place)[:3] for place in range(3)] == [
        ("Couverture", "4", "4"),
        ("Riz", "7", "7"),
        ("Savon", "60", "60"),
    ]


def test_typing_and_chips_leave_what_fits(qtbot: QtBot, enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    qtbot.keyClicks(part.search.line, "RIZ")
    assert part.rows.rowCount() == 1
    part.search.set_text("")
    part.chips.chip("soon").click()
    assert [one.item.code for one in part.rows.rows()] == ["RIZ"]


def test_enter_opens_the_card_and_escape_goes_back(qtbot: QtBot, enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    type_in(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    card = card_of(part)
    assert card is not None
    assert card.rows.cells(0)[1:4] == ("Achat", "+2", "7")
    type_in(qtbot, Qt.Key.Key_Escape)
    assert card_of(part) is None
    assert part.table.hasFocus()


def test_thousands_of_lines_are_shown_at_once(qtbot: QtBot, enter: Enter) -> None:
    """Rows are read as they are seen: a card of three thousand lines opens no slower than its query."""
    window = enter("Agent A")
    desk, page = desk_of(window), page_of(window)
    card = stock.card(desk, item(desk, "SAV"))
    part = items_part(page)
    part.open_item(item(desk, "SAV"))
    assert part.view is not None
    part.view.rows.show([*card.lines] * 3000)
    read = sum(cells is not None for cells in part.view.rows._cells)
    assert (part.view.rows.rowCount(), read < 400) == (3000, True)


# A slip ---------------------------------------------------------------------------------------------------------------


def test_a_slip_to_a_resident_is_written_by_keyboard(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    page = page_of(window)
    part, desk = items_part(page), desk_of(window)
    (resident,) = stock.recipients(desk)
    part.slip_button.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    form = part.form
    assert isinstance(form, SlipForm)
    assert form.whom.combo.hasFocus() or form.whom.isAncestorOf(focused())
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    form.lines.lines[0].item.setFocus()
    choose(qtbot, "Riz")
    type_in(qtbot, "3")
    assert "2 (lot A," in form.lines.lines[0].below.text()
    assert form.approval.isVisible()
    do_it(qtbot)
    assert (form.approved_by.isAncestorOf(focused()), balance(desk, "RIZ")) == (True, 7_000)
    assert form.approved_by.message().startswith("«\u00a0Approuvé par\u00a0» est vide")
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert form.approval.isHidden()
    do_it(qtbot)
    assert part.form is None
    assert balance(desk, "RIZ") == 4_000
    (paper,) = [one for one in stock.papers(desk, _all(desk)) if one.kind == "sortie"]
    assert paper.third_party == resident.code


def _all(desk: Desk) -> Period:
    return Period(scene.ago(60), desk.today())


def test_enter_in_a_quantity_begins_the_next_line(qtbot: QtBot, enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    form = slip_of(part)
    form.lines.lines[0].choose(str(item(form.desk, "SAV")))
    form.lines.lines[0].quantity.setFocus()
    type_in(qtbot, "2", Qt.Key.Key_Return)
    assert len(form.lines.lines) == 2
    assert form.lines.lines[1].item.hasFocus() or form.lines.lines[1].isAncestorOf(focused())


def test_a_kit_is_one_line_and_one_service(enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    form = slip_of(part)
    (resident,) = stock.recipients(desk)
    form.whom.choose(str(resident.stay))
    form.lines.lines[0].choose("kit:HYG")
    form.lines.lines[0].quantity.setText("2")
    form.go()
    assert balance(desk, "SAV") == 56_000
    assert [one.service_type for one in assistance.of_stays(desk, [resident.stay])[resident.stay]] == ["nfi_hygiene"]


def test_more_than_there_is_says_so_before_and_after(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    form = slip_of(part)
    form.purpose.choose("cuisine")
    form._show()
    form.lines.lines[0].choose(str(item(form.desk, "RIZ")))
    form.lines.lines[0].quantity.setText("9")
    assert form.lines.lines[0].below.text() == "On ne peut sortir que 7 kg ce jour-là."
    form.go()
    assert part.form is form
    assert not form._refusal.isHidden()


def test_a_quantity_that_cannot_be_read_is_not_called_empty() -> None:
    assert [amounts.read(one, "quantity") for one in ("1 250,5", "0.125")] == [1_250_500, 125]
    for typed, refusal in (("douze", BadNumber), ("-3", BadNumber), ("1,2,3", BadNumber), ("0,0005", TooFine)):
        with pytest.raises(refusal) as refused:
            amounts.read(typed, "quantity")
        assert typed in sentence(refused.value)


def test_what_is_lent_is_ticked_for_what_comes_back(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    form = slip_of(part)
    form.lines.lines[0].choose(str(item(form.desk, "COUV")))
    beside = form.lines.lines[0].extra
    assert isinstance(beside, FromLot)
    assert beside.lent.isChecked()


def test_what_is_given_cannot_be_ticked_as_lent(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    form = slip_of(part)
    line = form.lines.lines[0]
    assert isinstance(line.extra, FromLot)
    told = []
    for code in ("COUV", "SAV", "COUV"):
        line.choose(str(item(form.desk, code)))
        told.append((line.extra.lent.isEnabled(), line.extra.lent.isChecked()))
    assert told == [(True, True), (False, False), (True, True)]


def test_what_each_field_of_a_line_is_stands_above_it(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    form = slip_of(part)
    line, beside = form.lines.lines[0], form.lines.lines[0].extra
    assert isinstance(beside, FromLot)
    heads = {one.text(): one.mapTo(form, QPoint()).x() for one in form.lines.heads.findChildren(Label)}
    assert list(heads) == ["Article", "Quantité", "Unité", "Lot", "Prêt"]
    below = [one.mapTo(form, QPoint()).x() for one in (line.item, line.quantity, line.unit, beside.lot, beside.lent)]
    assert all(abs(head - field) <= 2 for head, field in zip(heads.values(), below, strict=True))


def test_one_person_in_two_places_is_said(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    form = slip_of(part)
    form.approved_by.choose(str(form.desk.user))
    form._show()
    assert form.hands.isVisible()


# A receipt ------------------------------------------------------------------------------------------------------------


def test_a_receipt_is_counted_in_cartons(enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    part.receive()
    form = part.form
    assert isinstance(form, ReceiptForm)
    line = form.lines.lines[0]
    line.choose(str(item(desk, "SAV")))
    line.unit.choose("carton")
    line.quantity.setText("2")
    form.go()
    assert balance(desk, "SAV") == 108_000
    move = stock.card(desk, item(desk, "SAV")).lines[-1].move
    assert (move.pack, move.pack_factor) == ("carton", 24_000)


def test_a_receipt_that_is_not_as_announced_asks_why(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    part.receive()
    form = part.form
    assert isinstance(form, ReceiptForm)
    line = form.lines.lines[0]
    line.choose(str(item(desk, "SAV")))
    line.unit.choose("carton")
    line.quantity.setText("2")
    assert isinstance(line.extra, ReceivedFields)
    told = []
    for announced in ("2", "3"):
        line.extra.announced.setText(announced)
        told.append(form.why.isHidden())
    form.go()
    assert (told, bool(form.why.message()), balance(desk, "SAV")) == ([True, False], True, 60_000)
    form.why.line.setText("Un carton manque")
    form.go()
    paper = next(one for one in stock.papers(desk, _all(desk)) if one.reason)
    assert (paper.lines[0].asked, paper.lines[0].amount, balance(desk, "SAV")) == (72_000, 48_000, 108_000)


def test_a_cost_that_cannot_be_read_is_not_lost_in_silence(enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    part.receive()
    form = part.form
    assert isinstance(form, ReceiptForm)
    line = form.lines.lines[0]
    line.choose(str(item(desk, "SAV")))
    line.quantity.setText("2")
    beside = line.extra
    assert isinstance(beside, LotFields)
    beside.cost.setText("12,5")
    form.go()
    assert "12,5" in line.below.text()
    assert balance(desk, "SAV") == 60_000
    beside.cost.setText("1 250 F")
    form.go()
    assert stock.card(desk, item(desk, "SAV")).lines[-1].move.unit_cost_xof == 1_250


def test_what_expires_asks_for_its_lot_beside_the_line(enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    part.receive()
    form = part.form
    assert isinstance(form, ReceiptForm)
    line = form.lines.lines[0]
    line.choose(str(item(desk, "RIZ")))
    line.quantity.setText("2,5")
    form.go()
    assert "lot" in line.below.text()
    beside = line.extra
    assert isinstance(beside, LotFields)
    beside.lot_no.setText("C")
    beside.expiry.setText(f"{scene.ahead(99):%d/%m/%Y}")
    form.go()
    assert balance(desk, "RIZ") == 9_500


def _rice_that_expires(part: ItemsPart, desk: Desk, typed: str) -> tuple[ReceiptForm, LotFields]:
    part.receive()
    form = part.form
    assert isinstance(form, ReceiptForm)
    line = form.lines.lines[0]
    line.choose(str(item(desk, "RIZ")))
    line.quantity.setText("50")
    beside = line.extra
    assert isinstance(beside, LotFields)
    beside.lot_no.setText("C")
    beside.expiry.setFocus()
    QTest.keyClicks(beside.expiry, typed)
    return form, beside


def test_the_year_of_an_expiry_is_one_to_come_and_is_written_in_full_when_the_field_is_left(enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    form, beside = _rice_that_expires(items_part(page_of(window)), desk, "31/12/45")
    beside.cost.setFocus()
    assert beside.expiry.text() == "31/12/2045"
    form.go()
    usable = next(one.usable for one in stock.standing(desk) if one.item.code == "RIZ")
    assert (balance(desk, "RIZ"), usable) == (57_000, 57_000)


def test_a_lot_that_has_expired_is_asked_about_before_it_comes_in(enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    asked: list[str] = []

    def close(question: ask.Question) -> None:
        asked.extend(one.text() for one in question.findChildren(Label))

    ask.answer_with(close)
    form, beside = _rice_that_expires(items_part(page_of(window)), desk, "31/12/1928")
    form.go()
    assert balance(desk, "RIZ") == 7_000
    assert any("31/12/1928" in line for line in asked)
    assert any("0 utilisable" in line for line in asked)
    assert focused() is beside.expiry
    ask.answer_with(lambda _question: "")
    form.go()
    usable = next(one.usable for one in stock.standing(desk) if one.item.code == "RIZ")
    assert (balance(desk, "RIZ"), usable) == (57_000, 7_000)


# Loans ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def lent(folder: Path) -> None:
    """A blanket is out."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        (resident,) = stock.recipients(desk)
        line = AskedLine(item(desk, "COUV"), 1_000, lent=True)
        issuing.issue(desk, Slip(scene.ago(0), "individuel", (line,), resident.stay, approved_by=desk.user))


@pytest.mark.usefixtures("lent")
def test_a_loan_is_brought_back_with_enter(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    part = page_of(window, "loans").face
    assert isinstance(part, LoansPart)
    assert part.rows.rowCount() == 1
    ask.answer_with(lambda _question: "Bon état")
    part.table.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    assert part.rows.rowCount() == 0
    assert balance(desk_of(window), "COUV") == 4_000


def test_the_month_of_the_stock_goes_by_names(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    desk = desk_of(window)
    stock_catalogue.keep_item(desk, Item(ItemId(0), "ZZ", "Ail", "aliments_secs", "kg"))
    part = page_of(window, "month").face
    assert isinstance(part, StockMonthPart)
    part.go_on()
    names = [part.table.rows.cells(place)[0] for place in range(part.table.rows.rowCount())]
    assert names == [
        *("Aliments secs", "Ail (kg)", "Riz (kg)"),
        *("Hygiène", "Savon (pièce)"),
        *("Couchage", "Couverture (pièce)"),
    ]
