"""A small list to try: items of a store, with what they are worth."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.ui.lists.list_foot import ListFoot
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn, TableRows
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats

Thing = tuple[str, str, int, str, str]  # what, which kind, how many, of which unit, the day it expires
THINGS: list[Thing] = [
    ("Couverture", "Couchage", 3, "pièce", "—"),
    ("Lait infantile", "Bébé", 1400, "boîte", "12/12/2026"),
    ("Savon", "Hygiène", 46, "pièce", "31/05/2027"),
    ("Natte", "Couchage", 40, "pièce", "—"),
    ("Shampooing", "Hygiène", 11, "flacon", "30/09/2027"),
]


def columns() -> list[TableColumn[Thing]]:
    return [
        TableColumn("Article", lambda one: one[0], BY_TEXT, bold=True),
        TableColumn("Catégorie", lambda one: one[1], BY_TEXT),
        TableColumn("Utilisable", lambda one: formats.number(one[2]), lambda one: one[2], "right", unit=lambda o: o[3]),
        TableColumn("Périme le", lambda one: one[4], lambda one: one[4][6:] + one[4][3:5] + one[4][:2]),
        TableColumn("Valeur, XOF", lambda one: formats.number(one[2] * 500), alignment="right", unit="F CFA"),
    ]


class Listed(QWidget):
    """A table with its foot."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: TableRows[Thing] = TableRows(columns(), self)
        self.table = TableView(self.rows, fits=True)
        self.foot = ListFoot(self.table)
        in_column((self.table, 1), self.foot, within=self)
        self.rows.show(THINGS)

    def names(self) -> list[str]:
        """What is listed, from top to bottom."""
        return [one[0] for one in self.rows.rows()]


def listed(qtbot: QtBot, width: int = 1200) -> Listed:
    made = Listed()
    qtbot.addWidget(made)
    made.resize(width, 400)
    made.show()
    QTest.qWaitForWindowExposed(made)
    return made
