"""Filters of a list: from the heading, from a cell, between two numbers or days; sorted by several columns."""

from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelter_desk.ui.lists.column_filters import ColumnFilter, of_kept
from shelter_desk.ui.lists.table_rows import TableRows
from tests.ui.lists.scene import Listed, Thing, columns, listed

KIND, USABLE, EXPIRES = 1, 2, 3


def funnel(made: Listed, column: int) -> QPoint:
    head = made.table.head
    return QPoint(head.sectionViewportPosition(column) + head.sectionSize(column) - 14, head.height() // 2)


def test_the_funnel_opens_the_texts_of_its_column_and_a_tick_filters_at_once(qtbot: QtBot) -> None:
    made = listed(qtbot)
    QTest.mouseClick(made.table.head.viewport(), Qt.MouseButton.LeftButton, pos=funnel(made, KIND))
    popup = made.foot.popup
    assert popup is not None
    assert made.rows.sorts == []
    items = [popup.list.item(at) for at in range(popup.list.count())]
    assert [one.text() for one in items] == ["Bébé (1)", "Couchage (2)", "Hygiène (2)"]
    items[1].setCheckState(Qt.CheckState.Unchecked)
    assert made.names() == ["Lait infantile", "Savon", "Shampooing"]
    assert made.foot.counted.text() == "3 lignes sur 5 · 1 filtre"
    popup.drop()
    assert len(made.names()) == 5


def test_enter_in_the_search_of_a_filter_keeps_what_was_found(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.foot.open_filter(KIND)
    popup = made.foot.popup
    assert popup is not None
    QTest.keyClicks(popup.search, "hyg")
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert made.names() == ["Savon", "Shampooing"]
    popup.close()


def test_numbers_and_days_are_kept_between_two_bounds(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.foot.open_filter(USABLE)
    popup = made.foot.popup
    assert popup is not None
    popup.least.setText("40")
    popup.most.setText("1 400")
    assert made.names() == ["Lait infantile", "Savon", "Natte"]
    popup.least.setText("beaucoup")
    assert popup.problem.isVisible()
    popup.close()
    made.foot.clear()
    made.foot.filter(EXPIRES, ColumnFilter(most=date(2027, 5, 31)))
    assert made.names() == ["Lait infantile", "Savon"]


def test_a_cell_is_kept_alone_or_left_out_from_the_menu(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.table.go_to(0)
    menu = {one.text(): one for one in made.foot.menu.made(KIND).actions()}
    menu["Garder «\u00a0Couchage\u00a0» seulement"].trigger()
    assert made.names() == ["Couverture", "Natte"]
    assert made.table.current()[0] == "Couverture"
    made.foot.clear()
    made.table.go_to(0)
    menu = {one.text(): one for one in made.foot.menu.made(KIND).actions()}
    menu["Ôter «\u00a0Couchage\u00a0»"].trigger()
    assert made.names() == ["Lait infantile", "Savon", "Shampooing"]


def test_what_a_page_shows_later_is_filtered_too(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.foot.filter(KIND, ColumnFilter(without=frozenset({"Couchage"})))
    made.rows.show([("Drap", "Couchage", 2, "pièce", "—"), ("Peigne", "Hygiène", 8, "pièce", "—")])
    assert (made.names(), made.rows.given) == (["Peigne"], 2)


def test_shift_and_a_click_sort_by_a_second_column(qtbot: QtBot) -> None:
    made = listed(qtbot)
    head = made.table.head

    def click(column: int, held: Qt.KeyboardModifier) -> None:
        at = QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, held, at)

    click(KIND, Qt.KeyboardModifier.NoModifier)
    click(0, Qt.KeyboardModifier.ShiftModifier)
    assert made.names() == ["Lait infantile", "Couverture", "Natte", "Savon", "Shampooing"]
    click(0, Qt.KeyboardModifier.ShiftModifier)
    assert made.names() == ["Lait infantile", "Natte", "Couverture", "Shampooing", "Savon"]
    click(KIND, Qt.KeyboardModifier.NoModifier)
    assert [column for column, _way in made.rows.sorts] == [KIND]


@pytest.mark.parametrize(
    "one",
    [
        ColumnFilter(only=frozenset({"a", "b"})),
        ColumnFilter(without=frozenset({""}), least=Decimal("2.5")),
        ColumnFilter(least=date(2026, 1, 2), most=date(2026, 12, 31)),
    ],
)
def test_a_filter_that_was_kept_comes_back(one: ColumnFilter) -> None:
    assert of_kept(one.kept()) == one


@pytest.mark.parametrize(
    "told", [None, [], {"only": "a"}, {"only": [1]}, {"least": 3}, {"least": "x"}, {"most": "NaN"}, {}]
)
def test_nonsense_is_no_filter(told: object) -> None:
    assert of_kept(told) is None


def test_ten_thousand_rows_are_filtered_and_sorted_at_once() -> None:
    rows: TableRows[Thing] = TableRows(columns())
    rows.show([(f"Article {n}", f"Catégorie {n % 40}", n, "pièce", "—") for n in range(10_000)])
    began = process_time()
    rows.filter(KIND, ColumnFilter(without=frozenset({"Catégorie 3"})))
    rows.sort_by([(KIND, Qt.SortOrder.DescendingOrder), (0, Qt.SortOrder.AscendingOrder)])
    assert rows.rowCount() == 9_750
    assert process_time() - began < 0.5


def test_a_search_finds_words_without_accents_inside_one_cell_alone() -> None:
    rows: TableRows[Thing] = TableRows(columns())
    rows.show([("Élan_de vie", "Bébé", 4, "pièce", "—"), ("Natte", "Œuvre", 2, "pièce", "—")])
    found = {}
    for typed in ("elande", "BEBE vie", "oeuvre", "viebebe"):
        rows.search(typed)
        found[typed] = [one[0] for one in rows.rows()]
    assert found == {"elande": ["Élan_de vie"], "BEBE vie": ["Élan_de vie"], "oeuvre": ["Natte"], "viebebe": []}
