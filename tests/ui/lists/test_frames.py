"""The tables of Assistance, Equipment and Stock stand in the frame of a card, away from the edges of the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QTableView, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.tabbed_page import PartsPage
from tests.operations import store_scene as scene
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import admit, small_shelter
from tests.ui.window.windows import settle

PAGES = (AssistancePage, EquipmentPage, StockPage)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with small_shelter(Path(tmp_path_factory.mktemp("frames")) / "shelter") as opened:
        phone: Asset = PHONE
        equipment.add_assets(opened, phone, 2)
        soap = scene.soap(opened)
        scene.came(opened, soap, 90_000, scene.ago(5))
        scene.kit(opened, (soap, 2_000))
        admit(opened, "1A")
        yield opened


def _card_of(table: QTableView) -> QFrame | None:
    around: QWidget | None = table.parentWidget()
    while around is not None and not (isinstance(around, QFrame) and around.property("role") == "card"):
        around = around.parentWidget()
    return around


@pytest.mark.parametrize("kind", PAGES)
def test_every_table_stands_in_a_card_away_from_the_edges(qtbot: QtBot, desk: Desk, kind: type[PartsPage]) -> None:
    with words.speaking("fr"):
        page = kind(desk)  # type: ignore[call-arg]
        qtbot.addWidget(page)
        page.resize(1270, 640)
        page.show()
        seen = 0
        for key in page._offered:
            page.open(key)
            settle(qtbot)
            tables = [one for one in page.faces[key].findChildren(QTableView) if one.isVisible()]
            seen += len(tables)
            for table in tables:
                card = _card_of(table)
                assert card is not None, key
                left = card.mapTo(page, QPoint()).x()
                assert (left > 0, left + card.width() < page.width()) == (True, True), key
    assert seen >= 2
