"""The page of the stock by keyboard: a count, vouchers, and who sees what."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.maintenance import MonthOfFuel, fuel_use
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.domain.stock.vouchers import AskedLine, Receipt, ReceivedLine, Slip
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.stock import issuing, stock, stock_catalogue, stock_counts, vouchers
from shelter_desk.operations.stock.stock_counts import CountEntry
from shelter_desk.storage.file import journal
from shelter_desk.ui.stock import printing
from shelter_desk.ui.stock.counts_part import BeginCountForm, CountsPart
from shelter_desk.ui.stock.expiring_part import UsePart
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.stock.vouchers_part import VouchersPart
from shelter_desk.ui.widgets import ask, files
from tests.operations import store_scene as scene
from tests.ui.stock.stock_scene import Enter, balance, desk_of, do_it, enter, folder, item, items_part, page_of, slip_of
from tests.ui.window.windows import settle, show_active, type_in

__all__ = ["enter", "folder"]


# A count played by keyboard -------------------------------------------------------------------------------------------


def test_a_count_is_played_by_keyboard(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, "counts"), desk_of(window)
    part = page.face
    assert isinstance(part, CountsPart)
    type_in(qtbot, Qt.Key.Key_Space)  # the first step of an empty page
    assert isinstance(part.form, BeginCountForm)
    type_in(qtbot, "AD", Qt.Key.Key_Tab, "KT")
    do_it(qtbot)
    assert part.view is not None
    table, rows = part.view.table, part.view.rows
    assert table.hasFocus()
    assert rows.columnCount() == 4  # blind
    for line, number in enumerate(("4", "2", "5"), 1):
        type_in(qtbot, number, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda at=line: table.currentIndex().row() == at)  # type: ignore[misc]
    assert rows.columnCount() == 4
    type_in(qtbot, "5", "8", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows.columnCount() == 8)
    assert [rows.index(at, 5).data() for at in range(4)] == ["0", "0", "0", "à recompter"]
    assert (rows.index(3, 4).data(), part.view.buttons["approve"].isHidden()) == ("", True)
    # the keys stand where the difference is counted again
    assert (table.currentIndex().row(), table.currentIndex().column()) == (3, 6)
    type_in(qtbot, "5", "8", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows.index(3, 6).data() == "58")
    assert [rows.index(3, column).data() for column in (4, 5)] == ["60", "−2"]
    type_in(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Return)
    causes = table.findChild(QComboBox)
    assert causes is not None
    qtbot.keyClicks(causes.view(), "Cas")
    qtbot.keyClick(causes.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows.index(3, 7).data() == "Casse")
    assert balance(desk, "SAV") == 60_000
    ask.answer_with(lambda _question: "Deux savons cassés")
    show_active(qtbot, window)  # a list that closes takes the keys along where there is no screen
    part.view.buttons["approve"].setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    assert balance(desk, "SAV") == 58_000
    (count,) = stock_counts.listed(desk)
    assert (count.status, count.conclusion, count.team) == ("approuve", "Deux savons cassés", ("AD", "KT"))


def test_a_difference_without_cause_is_not_approved(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(stock_counts.begin(desk_of(window), ("AD", "KT"), "hygiene"))
    assert part.view is not None
    told: list[object] = []
    part.view.told.connect(told.append)
    sheet = part.view
    sheet.rows.setData(sheet.rows.index(0, 3), "58")
    qtbot.waitUntil(lambda: not sheet.sheet.is_blind)
    part.view.rows.setData(part.view.rows.index(0, 6), "58")
    ask.answer_with(lambda _question: "")
    part.view.approve()
    assert "cause" in getattr(told[-1], "sentence", "")
    assert balance(desk_of(window), "SAV") == 60_000


def test_a_count_that_was_given_up_shows_no_difference_and_no_minutes(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(stock_counts.begin(desk_of(window), ("AD", "KT"), "hygiene"))
    assert part.view is not None
    rows = part.view.rows
    rows.setData(rows.index(0, 3), "58")
    qtbot.waitUntil(lambda: rows.columnCount() == 8)
    ask.answer_with(lambda _question: "")
    part.view.give_up()
    qtbot.waitUntil(lambda: rows.columnCount() == 4)
    assert [part.view.buttons[name].isHidden() for name in ("print", "pdf", "give_up")] == [True] * 3


def test_the_storekeeper_has_no_button_to_approve(enter: Enter) -> None:
    window = enter("Agent M")
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(stock_counts.begin(desk_of(window), ("AD", "KT"), "hygiene"))
    assert part.view is not None
    part.view.rows.setData(part.view.rows.index(0, 3), "60")
    assert part.view.buttons["approve"].isHidden()


def test_the_blind_sheet_says_nothing_of_what_is_expected(enter: Enter, tmp_path: Path) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    sheet = stock_counts.sheet(desk, stock_counts.begin(desk, ("AD", "KT"), "hygiene"))
    html = printing.blind_sheet(sheet)
    assert ("Savon" in html, ">60<" in html) == (True, False)
    part = page_of(window, "counts").face
    assert isinstance(part, CountsPart)
    part.open_count(sheet.count.id)
    assert part.view is not None
    files.answer_with(tmp_path / "sheet.pdf")
    part.view.save()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_movement_dated_before_a_count_is_pointed_out(enter: Enter) -> None:
    window = enter("Agent A")
    desk, part = desk_of(window), items_part(page_of(window))
    key = stock_counts.begin(desk, ("AD", "KT"), "hygiene")
    (line,) = stock_counts.sheet(desk, key).count.lines
    stock_counts.enter(desk, key, [CountEntry(line.id, 60_000)])
    stock_counts.approve(desk, key)
    told = []
    for kind, open_form in ((SlipForm, part.issue), (ReceiptForm, part.receive)):
        open_form()
        form = part.form
        assert isinstance(form, kind)
        form.lines.lines[0].choose(str(item(desk, "SAV")))
        for day in (scene.ago(0), scene.ago(1)):
            form.day.set_day(day)
            told.append("une seconde fois" in form.lines.lines[0].below.text())
        ask.answer_with(lambda _: "")
        form.close_button.click()
    assert told == [False, True, False, True]


def test_the_minutes_are_signed_by_who_counted_and_who_approved(enter: Enter) -> None:
    desk = desk_of(enter("Agent A"))
    dear = ReceivedLine(item(desk, "SAV"), 1_000, Lot(donor="oim"), 1_250)
    vouchers.receive(desk, Receipt(scene.ago(3), "achat", (dear,)))
    key = stock_counts.begin(desk, ("A. D.", "K. T."), "hygiene")
    (line,) = stock_counts.sheet(desk, key).count.lines
    stock_counts.enter(desk, key, [CountEntry(line.id, 58_000, 59_000, "perte")])
    stock_counts.approve(desk, key, "Une pièce manque")
    sheet = stock_counts.sheet(desk, key)
    assert list(sheet.worth.values()) == [-2_500]
    html = printing.minutes(sheet)
    signed = html[html.index("Une pièce manque") :]
    assert all(word in signed for word in ("A. D.", "K. T.", "Approuvé par", "Agent A"))
    assert ("<thead>" in html, "K. T.." in html) == (True, False)


def test_who_signs_a_slip_reads_what_is_to_be_given_back(enter: Enter) -> None:
    desk = desk_of(enter("Agent A"))
    (resident,) = stock.recipients(desk)
    lines = AskedLine(item(desk, "COUV"), 1_000, lent=True), AskedLine(item(desk, "SAV"), 1_000)
    slip = Slip(scene.ago(0), "individuel", lines, resident.stay, approved_by=desk.user)
    number = issuing.issue(desk, slip).subject
    html = printing.voucher(stock.paper(desk, scene.voucher(desk, number)))
    assert ("Couverture, prêté, à rendre" in html, "Savon, prêté" in html) == (True, False)


# Vouchers and rights --------------------------------------------------------------------------------------------------


def test_a_voucher_is_shown_written_as_pdf_and_taken_back(qtbot: QtBot, enter: Enter, tmp_path: Path) -> None:
    window = enter("Agent A")
    part = page_of(window, "vouchers").face
    assert isinstance(part, VouchersPart)
    desk = desk_of(window)
    number = stock.paper(desk, scene.went(desk, item(desk, "SAV"), 5_000)).voucher.voucher_no
    part.refresh()
    at = next(at for at, one in enumerate(part.rows.rows()) if one.voucher_no == number)
    part.table.go_to(at)
    part.table.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    assert part.view is not None
    files.answer_with(tmp_path / "bon.pdf")
    part.view.do("pdf")
    assert (tmp_path / "bon.pdf").read_bytes().startswith(b"%PDF")
    with desk.reading() as connection:
        assert [line.action for line in journal.lines(connection, number)][-1] == "voucher_printed"
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
    form = slip_of(part)
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
    assert part.view is not None
    assert set(part.view.buttons) == {"labels"}  # what is printed changes nothing


def test_use_names_what_is_far_from_usual(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    window = enter("Agent A")
    part = page_of(window, "use").face
    assert isinstance(part, UsePart)
    from shelter_desk.operations.stock.stock import Consumption

    one = Consumption(stock_catalogue.items(desk_of(window))[0], (None,) * 6, is_unlikely=True)
    monkeypatch.setattr(stock, "consumption", lambda *_: (one, replace(one, is_unlikely=False)))
    part.refresh()
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
    part.refresh()
    assert part.fuel.isVisible()
    assert "105,0 litres" in part.fuel.sentence.text()
