"""A movement of a closed month in the window: one key dates it today with its real day, which the store then shows."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.moves import Lot, Move
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.stock import stock
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.stock import printing
from shelter_desk.ui.stock.items_part import ItemCard
from shelter_desk.ui.stock.loans_part import LoansPart
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from shelter_desk.ui.stock.slip_form import FromLot, SlipForm
from shelter_desk.ui.stock.vouchers_part import VoucherView
from shelter_desk.ui.stock.write_off_form import WriteOffForm
from shelter_desk.ui.widgets import ask
from shelter_desk.words import formats
from shelter_desk.words.reports import closing as closing_words
from tests.operations import store_scene as scene
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import focused, show_active


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A storekeeper’s desk on a 20 November, October closed; soap and blankets since before."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 12))
    with open_small_shelter(tmp_path / "shelter") as made:
        before = month(made).first - timedelta(days=3)
        scene.came(made, scene.soap(made), 60_000, before, Lot(donor="oim"))
        scene.came(made, scene.blanket(made), 4_000, before)
        admit(made, "1A", days=100)
        closing.close(made, month(made), lambda _: "sans_objet")
        made.role = Role.STOREKEEPER
        yield made


def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def day(desk: Desk) -> date:
    return month(desk).first + timedelta(days=14)


def item(desk: Desk, code: str) -> str:
    return str(next(one.item.id for one in stock.standing(desk) if one.item.code == code))


def shown(qtbot: QtBot, form: ActForm) -> ActForm:
    qtbot.addWidget(form)
    form.resize(1100, 700)
    show_active(qtbot, form)
    form.begin()
    return form


def last(desk: Desk) -> Move:
    found = [line.move for one in stock.standing(desk) for line in stock.card(desk, one.item.id).lines]
    return max(found, key=lambda one: one.id)


def reasons(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return [line.known["late_reason"] for line in journal.lines(connection) if "late_reason" in line.known]


def receipt(qtbot: QtBot, desk: Desk, on: date) -> ReceiptForm:
    form = ReceiptForm(desk, item(desk, "SAV"))
    shown(qtbot, form)
    form.day.set_day(on)
    form.lines.lines[0].quantity.setText("12")
    return form


def test_enter_on_what_is_offered_dates_it_today_with_its_real_day(qtbot: QtBot, desk: Desk) -> None:
    form = receipt(qtbot, desk, day(desk))
    form.go()
    assert form.late_reason.agree.text() == closing_words.date_it_today(day(desk))
    assert formats.day(day(desk)) in form.late_reason.told.text()
    assert focused() is form.late_reason.agree
    assert last(desk).change != 12_000
    with qtbot.waitSignal(form.acted):
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    made = last(desk)
    assert (made.change, made.moved_on, made.actual_on) == (12_000, desk.today(), day(desk))
    assert reasons(desk) == ["saisie_tardive"]


def test_another_reason_may_be_chosen_before(qtbot: QtBot, desk: Desk) -> None:
    form = receipt(qtbot, desk, day(desk))
    form.go()
    assert form.late_reason.reason is not None
    form.late_reason.reason.choose("preuve_nouvelle")
    form.late_reason.agree.click()
    assert (reasons(desk), last(desk).actual_on) == (["preuve_nouvelle"], day(desk))


def test_another_day_is_asked_anew_and_one_of_an_open_month_is_not(qtbot: QtBot, desk: Desk) -> None:
    form, other = receipt(qtbot, desk, day(desk)), day(desk) + timedelta(days=1)
    form.go()
    form.day.set_day(other)
    form.go()
    assert (form.late_reason.agree.text(), reasons(desk)) == (closing_words.date_it_today(other), [])
    form.day.set_day(desk.today())
    form.go()
    assert (last(desk).moved_on, last(desk).actual_on, reasons(desk)) == (desk.today(), None, [])


def test_an_act_about_a_person_says_it_and_asks_why_without_an_offer(qtbot: QtBot, desk: Desk) -> None:
    form = ActForm(desk, "Sortie", "Enregistrer")
    shown(qtbot, form)
    form.late_reason.ask(NeedsLateReason((month(desk),), day(desk)))
    assert formats.day(day(desk)) in form.late_reason.told.text()
    assert (form.late_reason.agree.isVisible(), form.late_reason.said()) == (False, "")


def test_what_is_lost_is_dated_so_too(qtbot: QtBot, desk: Desk) -> None:
    form = WriteOffForm(desk)
    shown(qtbot, form)
    form.day.set_day(day(desk))
    form.lines.lines[0].choose(item(desk, "SAV"))
    form.lines.lines[0].quantity.setText("2")
    form.reason.set_text("tombés")
    form.go()
    form.late_reason.agree.click()
    assert (last(desk).change, last(desk).actual_on) == (-2_000, day(desk))


def lent(qtbot: QtBot, desk: Desk) -> None:
    form = SlipForm(desk, item=item(desk, "COUV"))
    shown(qtbot, form)
    form.day.set_day(day(desk))
    form.purpose.choose("individuel")
    (someone,) = stock.recipients(desk)
    form.whom.choose(str(someone.stay))
    line = form.lines.lines[0]
    line.quantity.setText("1")
    assert isinstance(line.extra, FromLot)
    assert line.extra.lent.isChecked()
    form.approved_by.choose(str(stock.approvers(desk)[0][0]))
    form.go()
    form.late_reason.agree.click()


def test_the_card_the_slip_and_the_loan_show_the_real_day(qtbot: QtBot, desk: Desk) -> None:
    lent(qtbot, desk)
    made = last(desk)
    card = ItemCard(desk, stock.card(desk, made.item))
    qtbot.addWidget(card)
    heads = [card.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(card.rows.columnCount())]
    assert heads[:2] == ["Jour", "Date réelle"]
    assert card.rows.cells(0)[:2] == (formats.day(desk.today()), formats.day(day(desk)))
    assert card.rows.cells(1)[1] == ""
    paper = stock.paper(desk, scene.voucher(desk, made.voucher_no))
    assert f"Date réelle\N{NO-BREAK SPACE}: <b>{formats.day(day(desk))}</b>" in printing.voucher(paper)
    view = VoucherView(desk, paper)
    qtbot.addWidget(view)
    assert ("Date réelle", formats.day(day(desk))) in view._facts()
    loans = LoansPart(desk)
    qtbot.addWidget(loans)
    loans.look_again()
    assert loans.rows.cells(0)[3] == formats.day(day(desk))


def test_a_card_without_such_a_movement_has_no_column_for_it(qtbot: QtBot, desk: Desk) -> None:
    card = ItemCard(desk, stock.card(desk, last(desk).item))
    qtbot.addWidget(card)
    heads = [card.rows.headerData(at, Qt.Orientation.Horizontal) for at in range(card.rows.columnCount())]
    assert (heads[0], "Date réelle" in heads) == ("Jour", False)


def test_a_voucher_of_a_closed_month_is_taken_back_for_a_reason_that_is_asked_once_more(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.role = Role.DIRECTOR
    closing.reopen(desk, month(desk), "un oubli")
    came = scene.came(desk, last(desk).item, 5_000, day(desk))
    closing.close(desk, month(desk), lambda _: "sans_objet")
    view = VoucherView(desk, stock.paper(desk, came))
    qtbot.addWidget(view)
    answers = iter(("", "compté deux fois"))
    ask.answer_with(lambda _question: next(answers))
    view.take_back()
    ask.answer_with(None)
    assert (last(desk).move_type, last(desk).actual_on) == ("correction", day(desk))
    assert reasons(desk) == ["compté deux fois"]
