"""The items with what is usable and what is on the shelf, how long it lasts, and what is low."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import StockStanding
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, label_field
from shelter_desk.ui.stock.item_card import ItemCard
from shelter_desk.ui.stock.item_form import ItemForm
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.stock.to_equipment_form import ToEquipmentForm
from shelter_desk.ui.stock.write_off_form import WriteOffForm
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.words import formats

_ALL, _LOW, _SOON, _EXPIRED = "all", "low", "soon", "expired"


class ItemsPart(FormFace):
    """A table with a search and chips; Enter opens the card of an item."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._standing: tuple[StockStanding, ...] = ()
        self._may = desk.may(Permission.STOCK_EDIT)
        self.card: ItemCard | None = None
        self.search = LineField(words.text("Search the stock"))
        self.search.changed.connect(self._typed)
        self.chips = ChipBar(
            [
                (_ALL, words.text("All"), None),
                (_LOW, words.text("To order"), None),
                (_SOON, words.text("Expires soon"), None),
                (_EXPIRED, words.text("Expired"), None),
            ]
        )
        self.chips.chosen.connect(self._typed)
        self.rows: TableRows[StockStanding] = TableRows(_columns())
        self.rows.setParent(self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Items"))
        self.table.opened.connect(self._opened)
        self.labels_button = Button(words.text("Labels…"), icon="barcode")
        self.receipt_button = Button(words.text("What came in…"), icon="import")
        self.slip_button = Button(
            words.text("Issue slip…") if self._may else words.text("Ask the store…"), "primary", "send"
        )
        self.new_button = Button(words.text("New item…"), icon="plus")
        self.labels_button.clicked.connect(self.print_labels)
        self.receipt_button.clicked.connect(self.receive)
        self.slip_button.clicked.connect(self.issue)
        self.new_button.clicked.connect(self.add)
        self.empty = Empty(
            "box",
            words.text("Nothing is kept in stock yet"),
            words.text("Write the items first, then what is there today. A list of them can also be imported."),
            words.text("New item…") if self._may else None,
        )
        self.empty.started.connect(self.add)
        self._lay_out()

    def _lay_out(self) -> None:
        head = Flow(tokens.SPACE_2, tokens.SPACE, bottom=True)
        self.search.setFixedWidth(tokens.wide(176))
        head.add(self.search, self.chips, self.labels_button, self.new_button, self.receipt_button, self.slip_button)
        self.lay_list(head, self.table, self.empty)
        for button in (self.new_button, self.receipt_button):
            button.setVisible(self._may)
        self.slip_button.setVisible(self.desk.may(Permission.STOCK_REQUEST))

    def refresh(self) -> None:
        self._standing = stock.standing(self.desk)
        self.chips.set_counts({code: sum(_in(one, code) for one in self._standing) for code in _CHIPS})
        self.show_found(self._standing, hide_acts=True)
        self._show()
        if self.card is not None:
            self.open_item(self.card.card.item.id)

    def _show(self) -> None:
        wanted, chip = folded(self.search.text()), (self.chips.on() or [_ALL])[0]
        self.rows.show([one for one in self._standing if _in(one, chip) and wanted in _said(one)])

    @Slot()
    def _typed(self, _text: object = None) -> None:
        self._show()

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self.card is not None:
            self.card.set_first()
        elif self._standing:
            focus(self.table)
            if self.rows.rowCount() and not self.table.currentIndex().isValid():
                self.table.go_to(0)
        elif self.empty.button is not None:
            focus(self.empty.button)

    # The card of an item ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _opened(self, one: StockStanding) -> None:
        self.open_item(one.item.id)
        if self.card is not None:
            self.card.set_first()

    def open_item(self, item: ItemId) -> None:
        """Its card in place of the list."""
        try:
            card = ItemCard(self.desk, stock.card(self.desk, item))
        except ShelterDeskError as error:
            self.fail(error)
            return
        self.lay_over(card)
        self.card = card
        card.back.connect(self.close_card)
        card.receipt_wanted.connect(self.receive)
        card.slip_wanted.connect(self.issue)
        card.loss_wanted.connect(self.write_off)
        card.change_wanted.connect(self.change)
        card.labels_wanted.connect(self.print_labels)
        card.equipment_wanted.connect(self.make_equipment)

    def open_at(self, at: str) -> None:
        """The card of that item, or the lines of a chip."""
        if at.isdecimal():
            self.open_item(ItemId(int(at)))
        elif at in _CHIPS:
            self.close_card()
            self.search.set_text("")
            self.chips.switch(at)
            self._show()

    @Slot()
    def close_card(self) -> None:
        """The list again."""
        self.card = None
        self.take_off()
        self.set_first()

    @Slot()
    def print_labels(self) -> None:
        """Of the item whose card is open, else of all that are shown: one for each lot."""
        shown_ones = [one.item.id for one in self.rows.rows()]
        keys = shown_ones if self.card is None else [self.card.card.item.id]
        try:
            told = label_field.print_labels(self, self.desk, keys)
        except ShelterDeskError as error:
            self.fail(error)
        else:
            if told:
                self.told.emit(Told("ok", told))

    # Forms ------------------------------------------------------------------------------------------------------------

    @property
    def _item(self) -> str:
        return "" if self.card is None else str(self.card.card.item.id)

    @Slot()
    def receive(self) -> None:
        """What came in, of the item whose card is open."""
        self._open("receipt", self._item)

    @Slot()
    def issue(self) -> None:
        """A slip, or a request for who has no store."""
        self._open("slip", self._item)

    @Slot()
    def write_off(self) -> None:
        """What is lost of the item whose card is open."""
        if self.card is not None:
            self._open("write_off", self._item)

    @Slot()
    def make_equipment(self) -> None:
        """Pieces of the item whose card is open."""
        if self.card is not None:
            self._open("to_equipment", self._item)

    @Slot()
    def add(self) -> None:
        """An item that is not in the catalogue yet."""
        self._open("item", "")

    @Slot()
    def change(self) -> None:
        """The item whose card is open."""
        if self.card is not None:
            self._open("item", self._item)

    def reopen(self, kind: str, at: str) -> None:
        if at.isdecimal():
            self.open_item(ItemId(int(at)))
        self._open(kind, at)

    def _open(self, kind: str, at: str) -> None:
        try:
            made = self._form(kind, at)
        except ShelterDeskError as error:
            self.fail(error)
        else:
            if made is not None:
                self.open_form(made, f"{kind}/{at}")

    def _form(self, kind: str, at: str) -> ActForm | None:
        """at: the number of the item that the form begins with, "" for none."""
        card = self.card.card if self.card is not None and at else None
        if kind == "slip":
            return SlipForm(self.desk, asks=not self._may, item=at)
        if kind == "receipt":
            return ReceiptForm(self.desk, at)
        if kind == "write_off":
            lots = [] if card is None else [(card.item, lot, amount) for lot, amount in card.lots[:1]]
            return WriteOffForm(self.desk, lines=lots)
        if kind == "to_equipment":
            return None if card is None else ToEquipmentForm(self.desk, card)
        return ItemForm(self.desk, None if card is None else card.item) if kind == "item" else None


_CHIPS = (_ALL, _LOW, _SOON, _EXPIRED)


def _in(one: StockStanding, chip: str) -> bool:
    return {_ALL: True, _LOW: one.is_low, _SOON: one.near > 0, _EXPIRED: one.expired > 0}[chip]


def _said(one: StockStanding) -> str:
    return folded(f"{one.item.code} {one.item.designation} {words.label('stock_category', one.item.category)}")


def _columns() -> list[TableColumn[StockStanding]]:
    return [
        TableColumn(words.text("Item"), lambda one: one.item.designation, lambda one: one.item.designation, bold=True),
        TableColumn(
            words.text("Usable"), lambda one: amounts.bare(one.usable), lambda one: one.usable, "right", True, _ink
        ),
        TableColumn(
            words.text("On the shelf"), lambda one: amounts.bare(one.physical), lambda one: one.physical, "right"
        ),
        TableColumn(words.text("Unit"), lambda one: words.label("unit", one.item.unit)),
        TableColumn(words.text("Alert level"), _least, lambda one: one.item.min_level or 0, "right", gives_way=3),
        TableColumn(
            words.text("Lasts"), _cover, lambda one: 10**6 if one.cover is None else one.cover, "right", ink=_ink
        ),
        TableColumn(words.text("Expires first"), _expires, lambda one: str(one.expires_on or "9999"), ink=_late),
        TableColumn(words.text("Category"), _category, _category, gives_way=2),
        TableColumn(words.text("Counted on"), _counted, lambda one: str(one.counted_on or ""), gives_way=1),
    ]


def _category(one: StockStanding) -> str:
    return words.label("stock_category", one.item.category)


def _ink(one: StockStanding) -> str | None:
    return "attention" if one.is_low else None


def _late(one: StockStanding) -> str | None:
    return "blocked" if one.expired else "attention" if one.near else None


def _least(one: StockStanding) -> str:
    return formats.NONE if one.item.min_level is None else amounts.bare(one.item.min_level)


def _cover(one: StockStanding) -> str:
    return formats.NONE if one.cover is None else words.count("{n} day", "{n} days", one.cover)


def _expires(one: StockStanding) -> str:
    return formats.NONE if one.expires_on is None else formats.day(one.expires_on)


def _counted(one: StockStanding) -> str:
    return formats.NONE if one.counted_on is None else formats.day(one.counted_on)
