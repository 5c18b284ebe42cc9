"""What is typed into a form of the stock or the equipment survives a lock and comes back whole."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations import drafts
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.equipment.asset_view import AssetForm
from shelter_desk.ui.equipment.happening_form import FaultForm, HappeningForm, LendForm
from shelter_desk.ui.equipment.receptions_part import ReceptionForm
from shelter_desk.ui.equipment.register_part import RegisterPart
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.stock.counts_part import BeginCountForm
from shelter_desk.ui.stock.kits_part import KitForm
from shelter_desk.ui.stock.receipt_form import LotFields, ReceiptForm
from shelter_desk.ui.stock.slip_form import FromLot, SlipForm
from shelter_desk.ui.tabbed_page import FormFace, PartsPage
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import Enter, enter, folder, frame_of
from tests.ui.window.windows import focused, settle

__all__ = ["enter", "folder"]
F = TypeVar("F", bound=ActForm)


@pytest.fixture(autouse=True)
def stored(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        scene.came(desk, scene.soap(desk), 90_000)
        scene.rice(desk)
        equipment.add_assets(desk, PHONE)


def face_of(window: Window, place: str) -> FormFace:
    frame_of(window).open_part(place)
    page = frame_of(window).pages[place.partition("/")[0]]
    assert isinstance(page, PartsPage)
    assert isinstance(page.face, FormFace)
    return page.face


def form_at(window: Window, place: str, kind: type[F], verb: str) -> F:
    """The form that this verb of that place opens."""
    face = face_of(window, place)
    getattr(face, verb)()
    assert isinstance(face.form, kind)
    return face.form


def form_of_first_thing(window: Window, kind: type[F], act: str) -> F:
    """The form of that act over the first line of the register."""
    part = face_of(window, "equipment/register")
    assert isinstance(part, RegisterPart)
    part.table.go_to(0)
    part.show_chosen(part.chosen())
    part.act(act)
    assert isinstance(part.form, kind)
    return part.form


def locked_and_opened(qtbot: QtBot, enter: Enter, window: Window, place: str, kind: type[F]) -> F:
    """The form after a lock, opened again from the message bar."""
    window.lock()
    settle(qtbot)
    again = enter("Agent A")
    frame = frame_of(again)
    assert "Brouillon" in frame.bar.sentence.text()
    qtbot.mouseClick(frame.bar.verb, Qt.MouseButton.LeftButton)
    form = face_of(again, place).form
    assert isinstance(form, kind)
    return form


def test_a_slip_comes_back_with_its_lines(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    assert window.desk is not None
    blanket = str(scene.blanket(window.desk))
    form = form_at(window, "stock/items", SlipForm, "issue")
    form.purpose.choose("cuisine")
    qtbot.keyClicks(form.place.line, "Repas du soir")
    soap = next(str(one.id) for one in form._items if one.code == "SAV")
    form.lines.lines[0].choose(soap)
    qtbot.keyClicks(form.lines.lines[0].quantity, "12")
    more = form.lines.add()
    more.choose(blanket)
    qtbot.keyClicks(more.quantity, "3")
    assert isinstance(more.extra, FromLot)
    more.extra.lent.setChecked(False)  # given this time
    again = locked_and_opened(qtbot, enter, window, "stock/items", SlipForm)
    lines = [(one.item.value(), one.quantity.text()) for one in again.lines.lines]
    assert (again.purpose.value(), again.place.text(), lines) == (
        "cuisine",
        "Repas du soir",
        [(soap, "12"), (blanket, "3")],
    )
    assert [one.extra.lent.isChecked() for one in again.lines.lines if isinstance(one.extra, FromLot)] == [False, False]


def test_the_lot_chosen_by_hand_comes_back_with_its_slip(qtbot: QtBot, enter: Enter, folder: Path) -> None:
    lots = [Lot("A", scene.ahead(20), "oim"), Lot("B", scene.ahead(200), "ue")]
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        rice = next(one.id for one in stock_catalogue.items(desk) if one.code == "RIZ")
        for lot in lots:
            scene.came(desk, rice, 5_000, scene.ago(3), lot)
    window = enter("Agent A")
    form = form_at(window, "stock/items", SlipForm, "issue")
    form.lines.lines[0].choose(str(rice))
    qtbot.keyClicks(form.lines.lines[0].quantity, "3")
    beside = form.lines.lines[0].extra
    assert isinstance(beside, FromLot)
    beside.lot.choose("1")
    again = locked_and_opened(qtbot, enter, window, "stock/items", SlipForm)
    beside = again.lines.lines[0].extra
    assert isinstance(beside, FromLot)
    assert (beside.lot.lot(), again.lines.typed()[0][1].amount) == (lots[1], 3_000)


def test_a_receipt_comes_back_with_its_lots(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    form = form_at(window, "stock/items", ReceiptForm, "receive")
    rice = next(str(one.id) for one in form.lines._items.values() if one.code == "RIZ")
    form.lines.lines[0].choose(rice)
    qtbot.keyClicks(form.lines.lines[0].quantity, "50")
    beside = form.lines.lines[0].extra
    assert isinstance(beside, LotFields)
    qtbot.keyClicks(beside.lot_no, "L-7")
    qtbot.keyClicks(beside.expiry, "31/12/2027")
    again = locked_and_opened(qtbot, enter, window, "stock/items", ReceiptForm)
    beside = again.lines.lines[0].extra
    assert isinstance(beside, LotFields)
    assert (again.lines.lines[0].quantity.text(), beside.lot_no.text(), beside.expiry.text()) == (
        "50",
        "L-7",
        "31/12/2027",
    )


def test_a_kit_comes_back_with_its_lines(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    form = form_at(window, "stock/kits", KitForm, "begin")
    qtbot.keyClicks(form.name.line, "Kit bebe")
    form.lines.lines[0].choose(next(iter(form.lines._items)))
    again = locked_and_opened(qtbot, enter, window, "stock/kits", KitForm)
    assert (again.name.text(), len(again.lines.lines)) == ("Kit bebe", 1)
    assert again.lines.lines[0].item.value()


def test_a_count_being_begun_comes_back(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    form = form_at(window, "stock/counts", BeginCountForm, "begin")
    qtbot.keyClicks(form.one.line, "AK")
    again = locked_and_opened(qtbot, enter, window, "stock/counts", BeginCountForm)
    assert again.one.text() == "AK"


def test_a_card_of_equipment_comes_back(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    form = form_at(window, "equipment/register", AssetForm, "begin")
    qtbot.keyClicks(form.designation.line, "Refrigerateur")
    form.numbered.setChecked(False)
    form.category.choose("cuisine")
    again = locked_and_opened(qtbot, enter, window, "equipment/register", AssetForm)
    assert (again.designation.text(), again.numbered.isChecked(), again.category.value()) == (
        "Refrigerateur",
        False,
        "cuisine",
    )


def test_a_loan_comes_back_on_the_same_thing(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    form = form_of_first_thing(window, LendForm, "lend")
    form.to.choose("other")
    form.refresh()
    qtbot.keyClicks(form.other.line, "Atelier")
    again = locked_and_opened(qtbot, enter, window, "equipment/register", LendForm)
    assert (again.other.text(), again.other.isHidden(), again._assets[0].tag_no) == ("Atelier", False, "COM-0001")


def test_a_reception_comes_back_with_every_kind_of_thing(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    form = form_at(window, "equipment/receptions", ReceptionForm, "begin")
    qtbot.keyClicks(form.pv.line, "PV-12")
    qtbot.keyClicks(form.editors[0].designation.line, "Matelas")
    qtbot.keyClicks(form.editors[0].expected.line, "10")
    more = form.add_line()
    qtbot.keyClicks(more.designation.line, "Table")
    again = locked_and_opened(qtbot, enter, window, "equipment/receptions", ReceptionForm)
    lines = [(one.designation.text(), one.received.number()) for one in again.editors]
    assert (again.pv.text(), lines) == ("PV-12", [("Matelas", 10), ("Table", None)])


def test_escape_keeps_what_was_typed_and_close_forgets_it(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    assert window.desk is not None
    form_of_first_thing(window, FaultForm, "fault")
    qtbot.keyClicks(focused(), "Ecran casse")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert [one.form for one in drafts.mine(window.desk)] == ["equipment/register/fault/1"]
    form = form_of_first_thing(window, FaultForm, "fault")
    form.closed.emit()
    assert drafts.mine(window.desk) == []


def test_a_form_that_was_saved_leaves_no_draft(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    assert window.desk is not None
    form = form_of_first_thing(window, HappeningForm, "changement_etat")
    form.condition.choose("moyen")
    part = face_of(window, "equipment/register")
    assert part.drafting is not None
    part.drafting.keep_now()
    assert len(drafts.mine(window.desk)) == 1
    form.go()
    assert (part.form, drafts.mine(window.desk)) == (None, [])
