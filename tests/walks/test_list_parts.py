"""Every list of the stock, the equipment and the assistance: where the keys go, what begins, what comes back of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.tabbed_page import PartsPage
from tests.operations import store_scene as scene
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import small_shelter
from tests.ui.window.windows import focused, settle, show_active

BEGUN = [
    (StockPage, "items", "New item…", "stock/items/item/"),
    (StockPage, "items", "Receive…", "stock/items/receipt/"),
    (StockPage, "items", "Issue slip…", "stock/items/slip/"),
    (StockPage, "vouchers", "Issue slip…", "stock/vouchers/slip/"),
    (StockPage, "counts", "Begin a count…", "stock/counts/count/"),
    (StockPage, "kits", "New kit…", "stock/kits/kit/"),
    (EquipmentPage, "register", "Add…", "equipment/register/asset/"),
    (EquipmentPage, "receptions", "Receive a delivery…", "equipment/receptions/reception/"),
    (EquipmentPage, "counts", "Begin an inventory…", "equipment/counts/inventory/"),
    (EquipmentPage, "donors", "New grant…", "equipment/donors/grant/"),
    (AssistancePage, "activities", "New activity…", "assistance/activity/new"),
    (AssistancePage, "agenda", "New appointment…", "assistance/agenda/new"),
    (AssistancePage, "partners", "Add a provider…", "assistance/partners/new"),
    (AssistancePage, "incidents", "Report an incident…", "assistance/incidents/new"),
    (AssistancePage, "places", "Note a request…", "assistance/places/new"),
]
WITH_A_LINE = 13  # of them; the others have no line to type words into
LISTED = [
    (StockPage, "items"),
    (StockPage, "vouchers"),
    (StockPage, "expiring"),
    (StockPage, "use"),
    (StockPage, "kits"),
    (EquipmentPage, "register"),
    (EquipmentPage, "maintenance"),
    (EquipmentPage, "donors"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Soap in the store, a telephone in the register, nothing of anything else."""
    with small_shelter(Path(tmp_path_factory.mktemp("lists")) / "shelter") as opened:
        scene.came(opened, scene.soap(opened), 90_000, scene.ago(5))
        equipment.add_assets(opened, PHONE, 2)
        yield opened


@pytest.fixture(autouse=True)
def english(dressed: None) -> Iterator[None]:
    with words.speaking("en"):
        yield


def shown(qtbot: QtBot, desk: Desk, page: type[PartsPage], part: str) -> PartsPage:
    made = page(desk)  # type: ignore[call-arg]
    qtbot.addWidget(made)
    show_active(qtbot, made)
    made.open(part)
    settle(qtbot)
    return made


def button(page: PartsPage, text: str) -> QPushButton:
    return next(one for one in page.face.findChildren(QPushButton) if one.isVisible() and one.text() == text)


def first_line(form: QWidget) -> LineField:
    return next(one for one in form.findChildren(LineField) if one.isVisible() and not one.text())


@pytest.mark.parametrize(("page", "part", "verb", "name"), BEGUN[:WITH_A_LINE])
def test_what_is_typed_into_a_form_that_is_left_stands_in_it_again(
    qtbot: QtBot, desk: Desk, page: type[PartsPage], part: str, verb: str, name: str
) -> None:
    made = shown(qtbot, desk, page, part)
    told: list[Told] = []
    made.told.connect(told.append)
    button(made, verb).click()
    form = made.face.form  # type: ignore[attr-defined]
    assert form.isAncestorOf(focused())
    assert made.is_editing()
    first_line(form).line.setText("essai")
    form.left.emit()
    assert (made.face.form, made.is_editing(), [one.state for one in told]) == (None, False, ["held"])  # type: ignore[attr-defined]
    draft = drafts.find(desk, name)
    assert draft is not None
    made.resume(draft)
    again = made.face.form  # type: ignore[attr-defined]
    assert "essai" in [one.text() for one in again.findChildren(QLineEdit)]
    again.closed.emit()
    assert (made.face.form, drafts.find(desk, name)) == (None, None)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("page", "part", "verb", "name"), BEGUN)
def test_a_form_that_is_given_up_leads_back_to_where_work_begins(
    qtbot: QtBot, desk: Desk, page: type[PartsPage], part: str, verb: str, name: str
) -> None:
    made = shown(qtbot, desk, page, part)
    made.face.set_first()
    before = focused()
    button(made, verb).click()
    made.face.form.closed.emit()  # type: ignore[attr-defined]
    settle(qtbot)
    assert focused() is before


@pytest.mark.parametrize(("page", "part"), LISTED)
def test_the_keys_go_into_a_list_and_to_its_first_line(
    qtbot: QtBot, desk: Desk, page: type[PartsPage], part: str
) -> None:
    made = shown(qtbot, desk, page, part)
    made.face.set_first()
    at = focused()
    assert made.face.isAncestorOf(at)
    assert at.isVisible()
    if isinstance(at, TableView) and at.rows.rowCount():
        assert at.current() is at.rows.row(0)
