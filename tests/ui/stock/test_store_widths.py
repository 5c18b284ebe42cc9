"""Equipment and stock fit an office screen, also where the text is half as large again; no table scrolls sideways."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, equipment_counts, lending
from shelter_desk.operations.stock import stock_counts
from shelter_desk.ui import theme
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.stock.page import DONORS, StockMonthPart, StockPage
from shelter_desk.ui.tabbed_page import PartsPage
from tests.operations import store_scene as scene
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import small_shelter
from tests.ui.window.windows import settle

SCREEN, RAIL = 1366, 96
EQUIPMENT = ("register", "receptions", "counts", "maintenance", "donors", "month")
STOCK = ("items", "vouchers", "expiring", "loans", "counts", "use", "kits", "month")


CAME = scene.ago(5)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Long names everywhere, a loan, a count of each."""
    with small_shelter(Path(tmp_path_factory.mktemp("widths")) / "shelter") as opened:
        long = replace(PHONE, designation="Réfrigérateur à double porte et congélateur", category="eau_assainissement")
        equipment.add_assets(opened, replace(long, donor="usa", cost=1_250_000), 3)
        keys = [line.asset.id for line in equipment.register(opened)]
        lending.lend(opened, keys[:1], scene.ago(3), None, "Atelier de couture et de savonnerie")
        equipment_counts.begin(opened, opened.today(), [], ("Agent A", "Agent B"))
        soap = scene.soap(opened)
        scene.came(opened, soap, 90_000, CAME)
        stock_counts.begin(opened, ["Magasinier", "Gestionnaire de cas"])
        yield opened


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize(
    ("page", "part"), [(EquipmentPage, one) for one in EQUIPMENT] + [(StockPage, one) for one in STOCK]
)
def test_a_part_fits_the_screen_and_scrolls_only_down(
    qtbot: QtBot, qapp: QApplication, desk: Desk, scale: float, page: type[PartsPage], part: str
) -> None:
    theme.wear(qapp, scale=scale)
    try:
        with words.speaking("fr"):
            made = page(desk)  # type: ignore[call-arg]
            qtbot.addWidget(made)
            made.open(part)
            made.resize(int(SCREEN - RAIL * scale), 640)
            made.show()
            settle(qtbot)
            needed = made.minimumSizeHint().width()
            tables = [one for one in made.findChildren(TableView) if one.isVisible()]
            beyond = [one.horizontalScrollBar().maximum() for one in tables]
    finally:
        theme.wear(qapp)
    assert needed <= SCREEN - RAIL * scale
    assert set(beyond) <= {0}


def numbers(room: int, qtbot: QtBot) -> TableView:
    columns: list[TableColumn[str]] = [
        TableColumn("Nom de la ligne", lambda one: one, bold=True),
        TableColumn("Première longue colonne", lambda one: f"{one} et encore davantage de mots", gives_way=1),
        TableColumn("Deuxième longue colonne", lambda one: f"{one} et encore davantage de mots", gives_way=2),
        TableColumn("Montant", lambda _one: "12 159 000", alignment="right"),
    ]
    rows: TableRows[str] = TableRows(columns)
    made = TableView(rows, fits=True)
    rows.setParent(made)
    qtbot.addWidget(made)
    rows.show(["Éducation et loisirs"])
    made.resize(room, 300)
    made.show()
    return made


def test_a_table_with_room_shows_every_column(qtbot: QtBot) -> None:
    assert numbers(1200, qtbot).hidden() == []


def test_columns_give_way_in_their_order_and_come_back(qtbot: QtBot) -> None:
    table = numbers(440, qtbot)
    assert table.hidden() == ["Première longue colonne"]
    table.resize(300, 300)
    assert table.hidden() == ["Première longue colonne", "Deuxième longue colonne"]
    table.resize(1200, 300)
    assert table.hidden() == []


def test_the_month_of_the_stock_says_opening_and_closing_of_each_item(qtbot: QtBot, desk: Desk) -> None:
    with words.speaking("fr"):
        made = StockPage(desk)
        qtbot.addWidget(made)
        made.open("month")
        made.show()
        face = made.face
        assert isinstance(face, StockMonthPart)
        face.go_on()
        rows = face.table.rows
        assert rows.cells(0)[0] == "Hygiène"
        first = dict(zip((one.heading for one in rows.columns), rows.cells(1), strict=True))
        opening = "0" if CAME.month == desk.today().month else "90"
        assert (first["Article"], first["Début"], first["Fin"]) == ("Savon (pièce)", opening, "90")
        face.which.choose(DONORS)
        face.look_again()
    assert face.table.rows.rowCount() == 1
