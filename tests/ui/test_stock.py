"""The page of the stock by keyboard, in the real window: a slip, a receipt, a loan, a count, and who sees what."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.fuel import MonthOfFuel, fuel_use
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations import assistance, catalogue, counting, issuing, people, stock, unlocking
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.stock import printing
from shelter_desk.ui.stock.count_forms import BeginCountForm
from shelter_desk.ui.stock.counts_part import CountsPart
from shelter_desk.ui.stock.item_card import ItemCard
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.loans_part import LoansPart
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.stock.receipt_form import LotFields, ReceiptForm
from shelter_desk.ui.stock.slip_form import FromLot, SlipForm
from shelter_desk.ui.stock.use_part import UsePart
from shelter_desk.ui.stock.vouchers_part import VouchersPart
from shelter_desk.ui.widgets import ask, files
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.windows import focused, keep_preferences_in, settle, show, show_active, type_in

OTHER = "deux citrons jaunes"
Enter = Callable[[str], Window]
CTRL = Qt.KeyboardModifier.ControlModifier
NEAR, FAR = Lot("A", scene.ahead(20), "oim"), Lot("B", scene.ahead(200), "ue")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with soap, rice in two lots and blankets; one resident; a storekeeper and a case worker."""
    made = tmp_path / "shelter"
    with open_small_shelter(made) as desk:
        for name, role in (("Agent M", Role.STOREKEEPER), ("Agent K", Role.CASE_WORKER), ("Agent V", Role.AUDITOR)):
            people.add(desk, name, role, OTHER)
        soap, rice, blanket = scene.soap(desk), scene.rice(desk), scene.blanket(desk)
        scene.came(desk, soap, 60_000, scene.ago(9), Lot(donor="oim"))
        scene.came(desk, rice, 5_000, scene.ago(9), FAR)
        scene.came(desk, rice, 2_000, scene.ago(8), NEAR)
        scene.came(desk, blanket, 4_000, scene.ago(9))
        scene.kit(desk, (soap, 2_000))
        admit(desk, "1A")
    return made


@pytest.fixture
def enter(qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Opens the real window for somebody by name."""
    keep_preferences_in(monkeypatch, tmp_path)

    def let_in(name: str) -> Window:
        window = show(qtbot, tmp_path / "elsewhere")
        window.open(unlocking.unlock(folder, name, PASSWORD if name == "Agent A" else OTHER))
        if window.undertaking is not None:
            window.undertaking.accept_button.click()
        settle(qtbot)
        return window

    yield let_in
    ask.answer_with(None)
    files.ask_again()
    settle(qtbot)


def page_of(window: Window, part: str = "items") -> StockPage:
    assert window.frame is not None
    window.frame.open("stock")
    window.frame.open_part(f"stock/{part}")
    page = window.frame.pages["stock"]
    assert isinstance(page, StockPage)
    page.face.set_first()
    return page


def items_part(page: StockPage) -> ItemsPart:
    assert isinstance(page.face, ItemsPart)
    return page.face


def card_of(part: ItemsPart) -> ItemCard | None:
    return part.card


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def item(desk: Desk, code: str) -> ItemId:
    return next(one.id for one in catalogue.items(desk) if one.code == code)


def balance(desk: Desk, code: str) -> int:
    return scene.balance(desk, item(desk, code))


def choose(qtbot: QtBot, typed: str) -> None:
    """Type into a list that is searched or not, and take the row that fits."""
    type_in(qtbot, typed)
    qtbot.keyClick(focused(), Qt.Key.Key_Return) if QApplication.activePopupWidget() else None
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)


def do_it(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)


# The list and the card -----------------------------------------------------------------------------------------------


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
    assert part.card is not None
    part.card.rows.show([*card.lines] * 3000)
    read = sum(cells is not None for cells in part.card.rows._cells)
    assert (part.card.rows.rowCount(), read < 400) == (3000, True)


# A slip --------------------------------------------------------------------------------------------------------------


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
    assert "2 du lot A" in form.lines.lines[0].below.text()
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
    part.issue()
    form = part.form
    assert isinstance(form, SlipForm)
    form.lines.lines[0].choose(str(item(form.desk, "SAV")))
    form.lines.lines[0].quantity.setFocus()
    type_in(qtbot, "2", Qt.Key.Key_Return)
    assert len(form.lines.lines) == 2
    assert form.lines.lines[1].item.hasFocus() or form.lines.lines[1].isAncestorOf(focused())


def test_a_kit_is_one_line_and_one_service(enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    part.issue()
    form = part.form
    assert isinstance(form, SlipForm)
    (resident,) = stock.recipients(desk)
    form.whom.choose(str(resident.stay))
    form.lines.lines[0].choose("kit:HYG")
    form.lines.lines[0].quantity.setText("2")
    form.go()
    assert balance(desk, "SAV") == 56_000
    assert [one.service_type for one in assistance.of_stays(desk, [resident.stay])[resident.stay]] == ["nfi_hygiene"]


def test_more_than_there_is_says_so_before_and_after(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    part.issue()
    form = part.form
    assert isinstance(form, SlipForm)
    form.purpose.choose("cuisine")
    form._show()
    form.lines.lines[0].choose(str(item(form.desk, "RIZ")))
    form.lines.lines[0].quantity.setText("9")
    assert form.lines.lines[0].below.text() == "On ne peut sortir que 7 kg ce jour-là."
    form.go()
    assert part.form is form
    assert not form._refusal.isHidden()


def test_what_is_lent_is_ticked_for_what_comes_back(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    part.issue()
    form = part.form
    assert isinstance(form, SlipForm)
    form.lines.lines[0].choose(str(item(form.desk, "COUV")))
    beside = form.lines.lines[0].extra
    assert isinstance(beside, FromLot)
    assert beside.lent.isChecked()


def test_one_person_in_two_places_is_said(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent A")))
    part.issue()
    form = part.form
    assert isinstance(form, SlipForm)
    form.approved_by.choose(str(form.desk.user))
    form._show()
    assert form.hands.isVisible()


# A receipt -----------------------------------------------------------------------------------------------------------


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


# Loans ---------------------------------------------------------------------------------------------------------------


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


@pytest.mark.usefixtures("lent")
def test_the_exit_of_a_resident_asks_for_what_is_still_out(enter: Enter) -> None:
    from shelter_desk.operations import residents
    from shelter_desk.ui.residents import still_lent
    from shelter_desk.ui.residents.exit_form import ExitForm

    desk = desk_of(enter("Agent K"))
    (resident,) = stock.recipients(desk)
    assert "Couverture, 1 pièce" in still_lent.told(desk, resident.stay)
    from shelter_desk.storage import stays as stored_stays

    with desk.reading() as connection:
        person = stored_stays.stay(connection, resident.stay).person
    record = residents.record(desk, person)
    form = ExitForm(desk, record, record.stays[0])
    assert not form.lent.isHidden()
    form.deleteLater()


# A count played by keyboard ------------------------------------------------------------------------------------------


def test_a_count_is_played_by_keyboard(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, "counts"), desk_of(window)
    part = page.face
    assert isinstance(part, CountsPart)
    type_in(qtbot, Qt.Key.Key_Space)  # the first step of an empty page
    assert isinstance(part.form, BeginCountForm)
    type_in(qtbot, "AD", Qt.Key.Key_Tab, "KT")
    do_it(qtbot)
    assert part.sheet is not None
    table, rows = part.sheet.table, part.sheet.rows
    assert table.hasFocus()
    assert rows.columnCount() == 4  # blind
    for line, number in enumerate(("4", "2", "5"), 1):
        type_in(qtbot, number, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda at=line: table.currentIndex().row() == at)  # type: ignore[misc]
    assert rows.columnCount() == 4
    type_in(qtbot, "5", "8", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows.columnCount() == 8)
    assert [rows.index(at, 5).data() for at in range(4)] == ["0", "0", "0", "−2"]
    # the keys stand where the difference is counted again
    assert (table.currentIndex().row(), table.currentIndex().column()) == (3, 6)
    type_in(qtbot, "5", "8", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows.index(3, 6).data() == "58")
    type_in(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Return)
    causes = table.findChild(QComboBox)
    assert causes is not None
    qtbot.keyClicks(causes.view(), "Cas")
    qtbot.keyClick(causes.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows.index(3, 7).data() == "Casse")
    assert balance(desk, "SAV") == 60_000
    ask.answer_with(lambda _question: "Deux savons cassés")
    show_active(qtbot, window)  # a list that closes takes the keys along where there is no screen
    part.sheet.buttons["approve"].setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    assert balance(desk, "SAV") == 58_000
    (count,) = counting.listed(desk)
    assert (count.status, count.conclusion, count.team) == ("approuve", "Deux savons cassés", ("AD", "KT"))


def test_a_difference_without_cause_is_not_approved(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(counting.begin(desk_of(window), ("AD", "KT"), "hygiene"))
    assert part.sheet is not None
    told: list[object] = []
    part.sheet.told.connect(told.append)
    sheet = part.sheet
    sheet.rows.setData(sheet.rows.index(0, 3), "58")
    qtbot.waitUntil(lambda: not sheet.sheet.is_blind)
    part.sheet.rows.setData(part.sheet.rows.index(0, 6), "58")
    ask.answer_with(lambda _question: "")
    part.sheet.approve()
    assert "cause" in getattr(told[-1], "sentence", "")
    assert balance(desk_of(window), "SAV") == 60_000


def test_a_count_that_was_given_up_shows_no_difference_and_no_minutes(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(counting.begin(desk_of(window), ("AD", "KT"), "hygiene"))
    assert part.sheet is not None
    rows = part.sheet.rows
    rows.setData(rows.index(0, 3), "58")
    qtbot.waitUntil(lambda: rows.columnCount() == 8)
    ask.answer_with(lambda _question: "")
    part.sheet.give_up()
    qtbot.waitUntil(lambda: rows.columnCount() == 4)
    assert [part.sheet.buttons[name].isHidden() for name in ("print", "pdf", "give_up")] == [True] * 3


def test_the_storekeeper_has_no_button_to_approve(enter: Enter) -> None:
    window = enter("Agent M")
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(counting.begin(desk_of(window), ("AD", "KT"), "hygiene"))
    assert part.sheet is not None
    part.sheet.rows.setData(part.sheet.rows.index(0, 3), "60")
    assert part.sheet.buttons["approve"].isHidden()


def test_the_blind_sheet_says_nothing_of_what_is_expected(enter: Enter, tmp_path: Path) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    sheet = counting.sheet(desk, counting.begin(desk, ("AD", "KT"), "hygiene"))
    html = printing.blind_sheet(sheet)
    assert ("Savon" in html, ">60<" in html) == (True, False)
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(sheet.count.id)
    assert part.sheet is not None
    files.answer_with(tmp_path / "sheet.pdf")
    part.sheet.save()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


# Vouchers and rights -------------------------------------------------------------------------------------------------


def test_a_voucher_is_shown_written_as_pdf_and_taken_back(qtbot: QtBot, enter: Enter, tmp_path: Path) -> None:
    window = enter("Agent A")
    part = page_of(window, "vouchers").face
    assert isinstance(part, VouchersPart)
    desk = desk_of(window)
    number = stock.paper(desk, scene.went(desk, item(desk, "SAV"), 5_000)).voucher.voucher_no
    part.look()
    at = next(at for at, one in enumerate(part.rows.rows()) if one.voucher_no == number)
    part.table.go_to(at)
    part.table.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    assert part.view is not None
    files.answer_with(tmp_path / "bon.pdf")
    part.view.save()
    assert (tmp_path / "bon.pdf").read_bytes().startswith(b"%PDF")
    html = printing.voucher(part.view.paper)
    assert all(word in html for word in (number, "Savon", "signature ou empreinte"))
    ask.answer_with(lambda _question: "Erreur")
    part.view.take_back()
    qtbot.waitUntil(lambda: part.view is not None and part.view.paper.taken_back_by != "")
    assert balance(desk, "SAV") == 60_000


def test_a_case_worker_asks_the_store_and_the_storekeeper_answers(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent K")
    part = items_part(page_of(window))
    assert part.receipt_button.isHidden()
    part.issue()
    form = part.form
    assert isinstance(form, SlipForm)
    (resident,) = stock.recipients(desk_of(window))
    form.whom.choose(str(resident.stay))
    form.lines.lines[0].choose(str(item(form.desk, "SAV")))
    form.lines.lines[0].quantity.setText("2")
    form.go()
    assert balance(desk_of(window), "SAV") == 60_000
    window.close()
    settle(qtbot)
    window = enter("Agent M")
    vouchers_part = page_of(window, "vouchers").face
    assert isinstance(vouchers_part, VouchersPart)
    request = vouchers_part.rows.row(0)
    vouchers_part.open_voucher(request.id)
    assert vouchers_part.view is not None
    vouchers_part.view.buttons["issue"].click()
    answer = vouchers_part.form
    assert isinstance(answer, SlipForm)
    answer.approved_by.combo.choose(answer.approved_by.combo.itemData(0))
    answer.go()
    assert (balance(desk_of(window), "SAV"), stock.requests(desk_of(window))) == (58_000, ())


def test_a_kit_that_was_asked_for_is_given_out_as_the_kit_it_is(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    (resident,) = stock.recipients(desk)
    scene.kit(desk, (item(desk, "COUV"), 1_000), service_type="nfi_dignite", code="DIG")
    issuing.ask(desk, Slip(desk.today(), "individuel", (AskedLine(ItemId(0), 2_000, kit_code="DIG"),), resident.stay))
    part = page_of(window, "vouchers").face
    assert isinstance(part, VouchersPart)
    part.open_voucher(stock.requests(desk)[0].id)
    assert part.view is not None
    part.view.buttons["issue"].click()
    assert isinstance(part.form, SlipForm)
    part.form.lines.lines[0].quantity.setFocus()
    do_it(qtbot)
    (move,) = [line.move for line in stock.card(desk, item(desk, "COUV")).lines if line.move.change < 0]
    assert (move.change, move.lent, move.service_no != "") == (-2_000, False, True)
    assert [one.service_type for one in assistance.of_stays(desk, [resident.stay])[resident.stay]] == ["nfi_dignite"]


def test_the_auditor_reads_and_changes_nothing(enter: Enter) -> None:
    part = items_part(page_of(enter("Agent V")))
    assert [one.isHidden() for one in (part.new_button, part.receipt_button, part.slip_button)] == [True] * 3
    part.open_item(part.rows.row(0).item.id)
    assert part.card is not None
    assert part.card.buttons == {}


def test_use_names_what_is_far_from_usual(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    window = enter("Agent A")
    part = page_of(window, "use").face
    assert isinstance(part, UsePart)
    from shelter_desk.operations.stock import Consumption

    one = Consumption(catalogue.items(desk_of(window))[0], (None,) * 6, is_unlikely=True)
    monkeypatch.setattr(stock, "consumption", lambda *_: (one, replace(one, is_unlikely=False)))
    part.look()
    assert one.item.designation in part.unlikely.sentence.text()


def test_fuel_that_does_not_fit_the_hours_of_the_generator_is_named(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = page_of(enter("Agent M"), "use").face
    assert isinstance(part, UsePart)
    assert part.fuel.isHidden()
    months = Period.month(2026, 10), Period.month(2026, 9)
    use = fuel_use(MonthOfFuel(months[0], 105, 40), [MonthOfFuel(months[1], 80, 40)])
    monkeypatch.setattr(stock, "fuel", lambda *_: use)
    part.look()
    assert part.fuel.isVisible()
    assert "105,0 litres" in part.fuel.sentence.text()
