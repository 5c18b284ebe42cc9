"""What has expired and what will, within thirty, sixty or ninety days."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.moves import EXPIRED
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import Expiring
from shelter_desk.ui.lists.table import Column, Rows, Table
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.stock.write_off_form import WriteOffForm
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words import formats

_DAYS = ("30", "60", "90")


class ExpiringPart(FormFace):
    """Lots in the order in which they expire; what has expired is written off with one button."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: tuple[Expiring, ...] = ()
        self.chips = ChipBar([(days, words.count("{n} day", "{n} days", int(days)), None) for days in _DAYS])
        self.chips.switch("60")
        self.chips.chosen.connect(self._turned)
        self.rows: Rows[Expiring] = Rows(self._columns())
        self.rows.setParent(self)
        self.table = Table(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Lots that expire"))
        self.write_off_button = Button(words.text("Write off what has expired…"), "danger", "leave")
        self.write_off_button.clicked.connect(self.write_off)
        self.empty = Empty(
            "circle-check",
            words.text("Nothing expires in these days"),
            words.text("Lots stand here before they expire, so that they are used first."),
        )
        head = QHBoxLayout()
        head.addWidget(self.chips, 1)
        head.addWidget(self.write_off_button)
        self.lay_list(head, self.table, self.empty)

    def look(self) -> None:
        self._found = stock.expiring(self.desk, int(self.chips.on()[0]))
        self.rows.show(self._found)
        self.show_found(self._found)
        self.write_off_button.setVisible(bool(self._gone()) and self.desk.may(Permission.STOCK_EDIT))

    def _gone(self) -> list[Expiring]:
        return [one for one in self._found if one.lot.is_expired(self.desk.today())]

    @Slot(str)
    def _turned(self, _days: str) -> None:
        self.look_again()

    @Slot()
    def write_off(self) -> None:
        """The form with every lot that has expired."""
        lines = [(one.item, one.lot, one.amount) for one in self._gone()]
        self.open_form(WriteOffForm(self.desk, EXPIRED, lines), "write_off/")

    def reopen(self, kind: str, at: str) -> None:
        if kind == "write_off" and not at:
            self.write_off()

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self._found:
            focus(self.table)
            self.table.go_to(0)
        else:
            focus(self.chips.chip(self.chips.on()[0]))

    def _columns(self) -> list[Column[Expiring]]:
        today = self.desk.today()

        def when(one: Expiring) -> str:
            days = 0 if one.lot.expiry_on is None else (one.lot.expiry_on - today).days
            if days < 0:
                return words.text("expired")
            return words.count("in {n} day", "in {n} days", days) if days else words.text("today")

        def ink(one: Expiring) -> str:
            return "blocked" if one.lot.is_expired(today) else "attention"

        return [
            Column(words.text("Item"), lambda one: one.item.designation, lambda one: one.item.designation, bold=True),
            Column(words.text("Expires on"), _day, lambda one: str(one.lot.expiry_on), ink=ink),
            Column(words.text("When"), when, lambda one: str(one.lot.expiry_on), ink=ink),
            Column(
                words.text("Quantity"),
                lambda one: amounts.said(one.amount, one.item),
                lambda one: one.amount,
                "right",
            ),
            Column(words.text("Lot"), lambda one: one.lot.lot_no, lambda one: one.lot.lot_no),
            Column(words.text("Donor"), _donor, _donor),
            Column(words.text("Grant"), lambda one: one.lot.grant, lambda one: one.lot.grant, gives_way=1),
        ]


def _day(one: Expiring) -> str:
    return formats.NONE if one.lot.expiry_on is None else formats.day(one.lot.expiry_on)


def _donor(one: Expiring) -> str:
    return words.label("donor", one.lot.donor) if one.lot.donor else formats.NONE
