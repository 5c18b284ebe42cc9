"""The real window over a store with a few things in it, and whoever enters."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.stock.items_part import ItemCard, ItemsPart
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show, type_in

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
            user_accounts.add(desk, name, role, OTHER)
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


def slip_of(part: ItemsPart) -> SlipForm:
    """The issue slip, opened over the list."""
    part.issue()
    assert isinstance(part.form, SlipForm)
    return part.form


def card_of(part: ItemsPart) -> ItemCard | None:
    return part.view


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def item(desk: Desk, code: str) -> ItemId:
    return next(one.id for one in stock_catalogue.items(desk) if one.code == code)


def balance(desk: Desk, code: str) -> int:
    return scene.balance(desk, item(desk, code))


def choose(qtbot: QtBot, typed: str) -> None:
    """Type into a list that is searched or not, and take the row that fits."""
    type_in(qtbot, typed)
    qtbot.keyClick(focused(), Qt.Key.Key_Return) if QApplication.activePopupWidget() else None
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)


def do_it(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)
