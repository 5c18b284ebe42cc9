"""Columns chosen, moved and sized; how a list was left is found again by who left it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelter_desk.operations import drafts, list_layouts
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.lists import list_layout
from shelter_desk.ui.lists.column_filters import ColumnFilter
from shelter_desk.ui.lists.table_rows import DOWN, UP
from tests.operations.shelter import small_shelter
from tests.ui.lists.scene import Listed, listed

NAME = "stock/items"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def headings(made: Listed) -> list[str]:
    return [made.rows.columns[at].heading for at in made.table.shown_columns()]


def test_columns_are_ticked_and_moved_by_keyboard_and_the_first_one_stays(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.foot.open_columns()
    popup = made.foot.columns
    assert popup is not None
    popup.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert headings(made) == ["Article", "Utilisable", "Périme le", "Valeur, XOF"]
    assert popup.counted.text() == "4 sur 5"
    popup.list.setCurrentRow(4)
    for _ in range(5):
        QTest.keyClick(popup.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert headings(made) == ["Article", "Valeur, XOF", "Utilisable", "Périme le"]
    assert not popup.list.item(0).flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert made.table.as_text([0]).split("\n")[0] == "Article\tValeur, XOF\tUtilisable\tPérime le"
    popup.restore()
    assert headings(made) == ["Article", "Catégorie", "Utilisable", "Périme le", "Valeur, XOF"]
    popup.close()


def test_a_list_is_found_as_it_was_left_by_who_left_it_and_stands_in_no_journal(qtbot: QtBot, desk: Desk) -> None:
    left = listed(qtbot)
    left.foot.remember(desk, NAME)
    left.rows.sort_by([(1, DOWN), (0, UP)])
    left.foot.filter(1, ColumnFilter(without=frozenset({"Bébé"})))
    left.table.order_columns([0, 4, 1, 2, 3], {3})
    left.table.widths[0] = 333
    with desk.reading() as connection:
        lines = connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
    left.foot.keep_layout()
    with desk.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one() == lines
    found = listed(qtbot)
    found.foot.remember(desk, NAME)
    assert (headings(found), found.names()) == (["Article", "Valeur, XOF", "Catégorie", "Utilisable"], left.names())
    assert found.rows.sorts == [(1, DOWN), (0, UP)]
    assert found.table.columnWidth(0) == 333
    assert drafts.mine(desk) == []


def test_a_list_laid_out_as_usual_again_is_forgotten(qtbot: QtBot, desk: Desk) -> None:
    made = listed(qtbot)
    made.foot.remember(desk, NAME)
    made.rows.sort(0)
    made.foot.keep_layout()
    assert list_layouts.find(desk, NAME) == {"sorts": [["Article", "up"]]}
    made.rows.sort(-1)
    made.foot.keep_layout()
    assert list_layouts.find(desk, NAME) == {}


def test_another_person_finds_nothing_of_it(desk: Desk) -> None:
    list_layouts.keep(desk, NAME, {"sorts": [["Article", "up"]]})
    desk.user = type(desk.user)(desk.user + 1)
    assert list_layouts.find(desk, NAME) == {}


@pytest.mark.parametrize(
    "told",
    [
        {"columns": ["Autre"], "widths": {"Article": -3, "Autre": 9}, "sorts": [["Autre", "up"], 7]},
        {"columns": 3, "widths": [], "sorts": {"Article": "up"}, "filters": {"Catégorie": {"only": "Bébé"}, "X": {}}},
    ],
)
def test_what_fits_no_more_is_passed_over(qtbot: QtBot, told: dict[str, object]) -> None:
    made = listed(qtbot)
    list_layout.lay(made.table, told)
    assert (len(made.names()), len(headings(made)), made.rows.sorts, made.table.widths) == (5, 5, [], {})
