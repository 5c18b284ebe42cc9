"""Beside a slip stands what it takes out; once written it is undone by its contrary, and printed at once."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.ui.stock.items_part import ItemsPart
from shelter_desk.ui.stock.loans_part import LoansPart
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.widgets import ask, files
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.message_bar import MessageBar
from shelter_desk.ui.widgets.print import printing
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.ui.stock.stock_scene import (
    CTRL,
    Enter,
    balance,
    desk_of,
    enter,
    folder,
    item,
    items_part,
    page_of,
    slip_of,
)
from tests.ui.window.windows import focused

__all__ = ["enter", "folder"]


def _kit_to_resident(part: ItemsPart, kits: str = "2") -> SlipForm:
    form = slip_of(part)
    (resident,) = stock.recipients(form.desk)
    form.whom.choose(str(resident.stay))
    form.lines.lines[0].choose("kit:HYG")
    form.lines.lines[0].quantity.setText(kits)
    return form


def _texts(form: SlipForm) -> list[str]:
    return [one.text() for one in form.content.findChildren(Label) if not one.isHidden()]


def _bar(window: Window) -> MessageBar:
    assert window.frame is not None
    return window.frame.bar


def _kinds(desk: Desk) -> list[str]:
    return [one.kind for one in stock.papers(desk, Period(scene.ago(60), desk.today()))]


def test_a_kit_stands_opened_beside_the_slip_with_what_is_left(qtbot: QtBot, enter: Enter) -> None:
    form = _kit_to_resident(items_part(page_of(enter("Agent A"))))
    told = [(one.item.code, one.amount, one.rest) for one in form.content.lines]
    assert told == [("SAV", 4_000, 56_000)]
    said = {"Savon", "4 pièces", "56", "1 article", "Compté comme service\u00a0: Kit d’hygiène."}
    qtbot.waitUntil(lambda: said <= set(_texts(form)))
    left, right = form.lines.mapTo(form, QPoint()), form.content.mapTo(form, QPoint())
    assert left.x() + form.lines.width() < right.x()


def test_more_than_there_is_lacks_beside_the_slip(qtbot: QtBot, enter: Enter) -> None:
    form = slip_of(items_part(page_of(enter("Agent A"))))
    form.lines.lines[0].choose(str(item(form.desk, "RIZ")))
    form.lines.lines[0].quantity.setText("9")
    qtbot.waitUntil(lambda: "manque 2" in _texts(form))
    form.lines.lines[0].quantity.setText("")
    assert form.content.lines == ()
    assert any(text.startswith("Rien pour l’instant") for text in _texts(form))


def test_what_is_for_the_kitchen_counts_as_no_service(enter: Enter) -> None:
    form = _kit_to_resident(items_part(page_of(enter("Agent A"))))
    form.purpose.choose("cuisine")
    form.purpose.chosen.emit("cuisine")
    assert form.content.service.isHidden()


def test_a_slip_is_undone_by_its_contrary_with_the_key_of_undoing(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    stay: StayId = stock.recipients(desk)[0].stay
    _kit_to_resident(part).go()
    assert (balance(desk, "SAV"), len(assistance.of_stays(desk, [stay]).get(stay, ()))) == (56_000, 1)
    assert _bar(window).verb.text() == "Annuler"
    qtbot.keyClick(focused(), Qt.Key.Key_Z, CTRL)
    assert (balance(desk, "SAV"), assistance.of_stays(desk, [stay]).get(stay, ())) == (60_000, ())
    assert "contrepassation" in _kinds(desk)
    assert "annulé" in _bar(window).sentence.text().casefold()


def test_a_slip_that_was_taken_back_already_says_so(enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    _kit_to_resident(part).go()
    again = _bar(window)._action
    assert again is not None
    again()
    again()
    assert (_bar(window).state, balance(desk, "SAV")) == ("blocked", 60_000)


def test_the_voucher_is_printed_from_the_message(enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    window = enter("Agent A")
    _kit_to_resident(items_part(page_of(window))).go()
    path = tmp_path / "bon.pdf"
    files.answer_with(path)
    assert _bar(window).other_verb.text() == "Imprimer le bon"
    _bar(window).other_verb.click()
    assert path.read_bytes().startswith(b"%PDF-")
    assert "bon.pdf" in _bar(window).sentence.text()


def test_what_came_in_is_undone_too_and_stays_where_it_is_gone_already(enter: Enter) -> None:
    window = enter("Agent A")
    part, desk = items_part(page_of(window)), desk_of(window)
    part.receive()
    form = part.form
    assert isinstance(form, ReceiptForm)
    form.lines.lines[0].choose(str(item(desk, "SAV")))
    form.lines.lines[0].quantity.setText("5")
    form.go()
    assert balance(desk, "SAV") == 65_000
    _bar(window).verb.click()
    assert balance(desk, "SAV") == 60_000


def test_a_loan_brought_back_by_mistake_is_out_again(enter: Enter) -> None:
    window = enter("Agent A")
    page = page_of(window)
    desk = desk_of(window)
    form = slip_of(items_part(page))
    (resident,) = stock.recipients(desk)
    form.whom.choose(str(resident.stay))
    form.lines.lines[0].choose(str(item(desk, "COUV")))
    form.lines.lines[0].quantity.setText("1")
    form.go()
    page.open("loans")
    loans = page.face
    assert isinstance(loans, LoansPart)
    ask.answer_with(lambda _question: "")
    loans.table.go_to(0)
    loans.table.opened.emit(loans.table.current())
    assert (loans.rows.rowCount(), balance(desk, "COUV")) == (0, 4_000)
    _bar(window).verb.click()
    assert (len(stock.loans(desk)), balance(desk, "COUV")) == (1, 3_000)


def test_the_lots_of_two_lines_are_taken_one_after_the_other(enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.came(desk, item(desk, "RIZ"), 1_000, scene.ago(3), Lot("C", scene.ahead(10), "oim"))
    form = slip_of(items_part(page_of(window)))
    for at in range(2):
        line = form.lines.lines[0] if at == 0 else form.lines.add()
        line.choose(str(item(desk, "RIZ")))
        line.quantity.setText("1")
    assert [[lot.lot_no for lot in one.lots] for one in form.content.lines] == [["C"], ["A"]]
