"""The items with what is usable and what is on the shelf, how long it lasts, and what is low."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import StockStanding
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table import BY_TEXT, TableColumn
from shelter_desk.ui.stock import amounts, label_field
from shelter_desk.ui.stock.item_card import ItemCard
from shelter_desk.ui.stock.item_form import ItemForm
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.stock.to_equipment_form import ToEquipmentForm
from shelter_desk.ui.stock.write_off_form import WriteOffForm
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.words import formats


class ItemsPart(ListRoom[StockStanding]):
    """A table with a search and chips; Enter opens the card of an item."""

    opens_beside = False
    hides_head = True
    view: ItemCard | None

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.STOCK_EDIT)
        empty = Empty(
            "box",
            words.text("Nothing is kept in stock yet"),
            words.text("Write the items first, then what is there today. A list of them can also be imported."),
            words.text("New item…") if self._may else None,
        )
        super().__init__(desk, _columns(), words.text("Items"), empty)
        self.search = LineField(words.text("Search the stock"))
        self.search.setFixedWidth(tokens.wide(176))
        self.search.changed.connect(self.show_lines)
        self.filter_by(
            [
                ("all", words.text("All")),
                ("low", words.text("To order")),
                ("soon", words.text("Expires soon")),
                ("expired", words.text("Expired")),
            ],
            _in,
        )
        self.labels_button = Button(words.text("Labels…"), icon="barcode")
        self.receipt_button = Button(words.text("What came in…"), icon="import")
        verb = words.text("Issue slip…") if self._may else words.text("Ask the store…")
        self.slip_button = Button(verb, "primary", "send")
        self.new_button = Button(words.text("New item…"), icon="plus")
        self.labels_button.clicked.connect(self.print_labels)
        self.receipt_button.clicked.connect(self.receive)
        self.slip_button.clicked.connect(self.issue)
        self.new_button.clicked.connect(self.begin)
        head = Flow(tokens.SPACE_2, tokens.SPACE, bottom=True)
        head.add(self.search, self.chips, self.labels_button, self.new_button, self.receipt_button, self.slip_button)
        self.lay_out(head)
        for button in (self.new_button, self.receipt_button):
            button.setVisible(self._may)
        self.slip_button.setVisible(desk.may(Permission.STOCK_REQUEST))

    def ask(self) -> Sequence[StockStanding]:
        return stock.standing(self.desk)

    def filtered(self) -> Sequence[StockStanding]:
        wanted = folded(self.search.text())
        return [one for one in super().filtered() if wanted in _said(one)]

    def key_of(self, line: StockStanding) -> int:
        return line.item.id

    # The card of an item ----------------------------------------------------------------------------------------------

    @Slot(object)
    def enter(self, line: StockStanding) -> None:
        self.open_item(line.item.id)
        if self.view is not None:
            self.view.set_first()

    def open_item(self, item: ItemId) -> None:
        """Its card in place of the list."""
        card = self.attempt(lambda: ItemCard(self.desk, stock.card(self.desk, item)))
        if card is None:
            return
        self.show_over(card)
        card.back.connect(self.close_view)
        card.receipt_wanted.connect(self.receive)
        card.slip_wanted.connect(self.issue)
        card.loss_wanted.connect(self.write_off)
        card.change_wanted.connect(self.change)
        card.labels_wanted.connect(self.print_labels)
        card.equipment_wanted.connect(self.make_equipment)

    def open_again(self, _key: int) -> None:
        if self.view is not None:
            self.open_item(self.view.card.item.id)

    def open_at(self, at: str) -> None:
        """The card of that item, or the lines of a chip."""
        if at.isdecimal():
            self.open_item(ItemId(int(at)))
        elif at in self.chip_codes:
            self.close_view()
            self.search.set_text("")
            self.switch(at)

    @Slot()
    def close_view(self) -> None:
        """The list again, as it was looked at while the card was open."""
        self.take_off()
        self.view = None
        self.set_first()

    @Slot()
    def print_labels(self) -> None:
        """Of the item whose card is open, else of all that are shown: one for each lot."""
        shown_ones = [one.item.id for one in self.rows.rows()]
        keys = shown_ones if self.view is None else [self.view.card.item.id]
        self.tell(self.attempt(lambda: label_field.print_labels(self, self.desk, keys)))

    # Forms ------------------------------------------------------------------------------------------------------------

    @Slot()
    def receive(self) -> None:
        """What came in, of the item whose card is open."""
        self._open("receipt")

    @Slot()
    def issue(self) -> None:
        """A slip, or a request for who has no store."""
        self._open("slip")

    @Slot()
    def write_off(self) -> None:
        """What is lost of the item whose card is open."""
        self._open("write_off")

    @Slot()
    def make_equipment(self) -> None:
        """Pieces of the item whose card is open."""
        self._open("to_equipment")

    @Slot()
    def begin(self) -> None:
        """An item that is not in the catalogue yet."""
        self.reopen("item", "")

    @Slot()
    def change(self) -> None:
        """The item whose card is open."""
        self._open("item")

    def _open(self, kind: str) -> None:
        """The form of that kind, of the item whose card is open."""
        self.reopen(kind, "" if self.view is None else str(self.view.card.item.id))

    def reopen(self, kind: str, at: str) -> None:
        if at.isdecimal() and (self.view is None or str(self.view.card.item.id) != at):
            self.open_item(ItemId(int(at)))
        made = self.attempt(lambda: self._form(kind, at))
        if made is not None:
            self.open_form(made, f"{kind}/{at}")

    def _form(self, kind: str, at: str) -> ActForm | None:
        """at: the number of the item that the form begins with, "" for none."""
        card = self.view.card if self.view is not None and at else None
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


def _in(one: StockStanding, chip: str) -> bool:
    return {"all": True, "low": one.is_low, "soon": one.near > 0, "expired": one.expired > 0}[chip]


def _said(one: StockStanding) -> str:
    return folded(f"{one.item.code} {one.item.designation} {words.label('stock_category', one.item.category)}")


def _columns() -> list[TableColumn[StockStanding]]:
    return [
        TableColumn(words.text("Item"), lambda one: one.item.designation, BY_TEXT, bold=True),
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
        TableColumn(words.text("Category"), _category, BY_TEXT, gives_way=2),
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
