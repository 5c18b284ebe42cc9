"""The items with what is usable and what is on the shelf, how long it lasts, and what is low.

Over the list the card of an item: what is there, lot by lot, and its ledger.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.codes import folded
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import ledger
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.reclassifying import PIECES
from shelter_desk.operations.stock.stock import CardLine, ItemLedger, StockStanding
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.stock import amounts, item_columns, printing
from shelter_desk.ui.stock.item_form import ItemForm
from shelter_desk.ui.stock.receipt_form import ReceiptForm
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.stock.to_equipment_form import ToEquipmentForm
from shelter_desk.ui.stock.write_off_form import WriteOffForm
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import framed
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats


class ItemCard(QWidget):
    """Head with what can be done, lots as badges, the ledger with the latest line on top. Escape goes back."""

    back = Signal()
    labels_wanted = Signal()
    form_wanted = Signal(str)  # its kind, as the name of a draft begins

    def __init__(self, desk: Desk, card: ItemLedger) -> None:
        super().__init__()
        self.card = card
        self.title = Label(card.item.designation, size="title", bold=True)
        self.balance = Label(size="text", ink="ink2")
        self.back_button = Button(words.text("All items"), icon="previous", on_click=self.back)
        self.buttons: dict[str, Button] = {}
        self.rows: TableRows[CardLine] = TableRows(_ledger_columns(card.lines), self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Movements"))
        head = QFrame()
        head.setProperty("role", "bar")
        row = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        row.add(self.back_button, self.title, self.balance)
        lots = Flow(tokens.SPACE, tokens.SPACE_HALF)
        for lot, amount in self.card.lots:
            text = words.text("{lot}: {n}").format(lot=amounts.lot(lot), n=amounts.bare(amount))
            lots.add(Badge(text, self._state(lot.expiry_on)))
        in_column(row, self._acts(desk), lots, within=head, margins=(tokens.SPACE_2, tokens.SPACE))
        in_column(head, (framed((self.table, 1), above=tokens.SPACE_PANEL), 1), within=self, spacing=0)
        there = dict(self.card.lots)
        physical, usable = sum(there.values()), ledger.usable(there, self.card.today)
        text = words.text("{usable} usable, {physical} on the shelf")
        item = self.card.item
        self.balance.setText(text.format(usable=amounts.said(usable, item), physical=amounts.said(physical, item)))
        self.rows.show(list(reversed(card.lines)))

    def _acts(self, desk: Desk) -> Flow:
        """What can be done, on a line of its own."""
        forms = []
        if desk.may(Permission.STOCK_EDIT):
            forms = [
                ("slip", words.text("Issue slip…"), "send"),
                ("receipt", words.text("Receive…"), "truck"),
                ("write_off", words.text("Loss or transfer…"), "leave"),
                ("item", words.text("Change…"), "pencil"),
            ]
            if desk.may(Permission.ASSETS_EDIT) and self.card.item.unit in PIECES and self.card.lots:
                forms.append(("to_equipment", words.text("Make it equipment…"), "cabinet"))
        for kind, text, icon in forms:
            wanted = partial(self.form_wanted.emit, kind)
            self.buttons[kind] = Button(text, "primary" if kind == "slip" else "plain", icon, on_click=wanted)
        self.buttons["labels"] = Button(words.text("Labels…"), icon="barcode", on_click=self.labels_wanted)
        row = Flow(tokens.SPACE, tokens.SPACE_HALF)
        row.add(*self.buttons.values())
        return row

    def _state(self, expiry_on: object) -> State:
        if expiry_on is None:
            return "neutral"
        days = (expiry_on - self.card.today).days  # type: ignore[operator]
        return "blocked" if days < 0 else "attention" if days <= 60 else "neutral"

    def set_first(self) -> None:
        """The keys go to the ledger."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.rows.rowCount():
            self.table.go_to(0)

    def keyPressEvent(self, event: object) -> None:
        if event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.back.emit()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]


def _ledger_columns(lines: Sequence[CardLine]) -> list[TableColumn[CardLine]]:
    """The real day where one of them has another than the day it is dated on."""

    def quantity(line: CardLine) -> str:
        sign = "+" if line.move.change > 0 else "−"
        return f"{sign}{amounts.bare(line.move.amount)}"

    real: TableColumn[CardLine] = TableColumn(words.text("Real day"), _real_day, ink=lambda _line: "ink2")
    return [
        TableColumn(words.text("Day"), lambda one: formats.day(one.move.moved_on)),
        *([real] if any(line.move.actual_on for line in lines) else []),
        TableColumn(words.text("Movement"), _kind, bold=True, ink=lambda one: "ink3" if one.is_taken_back else None),
        TableColumn(words.text("Quantity"), quantity, alignment="right"),
        TableColumn(words.text("Balance"), lambda one: amounts.bare(one.balance), alignment="right", bold=True),
        TableColumn(words.text("Voucher"), lambda one: one.move.voucher_no or one.move.move_no),
        TableColumn(words.text("Lot"), lambda one: amounts.lot(one.move.lot)),
        TableColumn(words.text("For or from"), lambda one: one.move.third_party),
    ]


def _real_day(line: CardLine) -> str:
    return "" if line.move.actual_on is None else formats.day(line.move.actual_on)


def _kind(line: CardLine) -> str:
    kind = words.label("stock_move_type", line.move.move_type)
    if line.is_taken_back:
        return words.text("{kind} (taken back)").format(kind=kind)
    return words.text("{kind} (lent)").format(kind=kind) if line.move.lent else kind


class ItemsPart(ListRoom[StockStanding]):
    """A table with a search and chips; Enter opens the card of an item."""

    of_persons = False
    opens_beside = False
    hides_head = True
    takes = ("stock_initial", "articles")
    edited_as = "stock"
    view: ItemCard | None

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.STOCK_EDIT)
        empty = Empty(
            "box",
            words.text("Nothing is kept in stock yet"),
            words.text("Write the items first, then what is there today. A list of them can also be imported."),
            words.text("New item…") if self._may else None,
        )
        super().__init__(desk, item_columns.columns(), words.text("Items"), empty)
        told = words.text("Search the stock")
        self.search = LineField(told, placeholder=told)
        self.search.label.hide()
        self.search.setFixedWidth(tokens.wide(216))
        self.search.changed.connect(self.show_lines)
        self.filter_by(
            [
                ("all", words.text("All")),
                ("low", words.text("To order")),
                ("soon", words.text("Expires soon")),
                ("expired", words.text("Expired")),
                ("count", words.text("To count")),
            ],
            _in,
        )
        self.last_count = Label(size="small", ink="ink2")
        self.labels_button = Button(words.text("Labels…"), icon="barcode", on_click=self.print_labels)
        self.receipt_button = Button(words.text("Receive…"), icon="truck", on_click=self.receive)
        self.count_button = Button(words.text("Count…"), icon="list", on_click=self.go_to_counts)
        verb = words.text("Issue slip…") if self._may else words.text("Ask the store…")
        self.slip_button = Button(verb, "primary", "send", on_click=self.issue)
        self.new_button = Button(words.text("New item…"), icon="plus", on_click=self.begin)
        self.lay_out(self._head(), below=self._legend())
        for button in (self.new_button, self.receipt_button, self.count_button):
            button.setVisible(self._may)
        self.slip_button.setVisible(desk.may(Permission.STOCK_REQUEST))

    def _head(self) -> QLayout:
        """What can be done at the right of the search, what is listed below it."""
        acts = Flow(tokens.SPACE, tokens.SPACE, middle=True)
        acts.add(self.search)
        acts.add_right(self.labels_button, self.new_button, self.receipt_button, self.count_button, self.slip_button)
        listed = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        listed.add(self.chips)
        listed.add_right(self.last_count)
        return in_column(acts, listed, spacing=tokens.SPACE)

    @staticmethod
    def _legend() -> Label:
        """What two of the columns say."""
        told = words.text("Usable = on the shelf without what has expired. Cover = usable ÷ use a day.")
        made = Label(told, size="small", ink="ink2", wrap=True)
        made.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_HALF)
        return made

    def ask(self) -> Sequence[StockStanding]:
        found = stock.standing(self.desk)
        days = [one.counted_on for one in found if one.counted_on is not None]
        told = words.text("Last count: {day}").format(day=formats.day(max(days))) if days else ""
        self.last_count.setText(told)
        return found

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
        card.form_wanted.connect(self.open_for_card)
        card.labels_wanted.connect(self.print_labels)

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
        self.tell(self.attempt(lambda: printing.labels(self, self.desk, keys)))

    # Forms ------------------------------------------------------------------------------------------------------------

    @Slot()
    def receive(self) -> None:
        """What came in, of the item whose card is open."""
        self.open_for_card("receipt")

    @Slot()
    def issue(self) -> None:
        """A slip, or a request for who has no store."""
        self.open_for_card("slip")

    @Slot()
    def go_to_counts(self) -> None:
        """Where the stock is counted."""
        self.page_wanted.emit("stock/counts")

    @Slot()
    def begin(self) -> None:
        """An item that is not in the catalogue yet."""
        self.reopen("item", "")

    @Slot(str)
    def open_for_card(self, kind: str) -> None:
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
    """Whether the lines of that chip hold the item."""
    held = {"low": one.is_low, "soon": one.near > 0, "expired": one.expired > 0, "count": one.to_count}
    return held.get(chip, True)


def _said(one: StockStanding) -> str:
    return folded(f"{one.item.code} {one.item.designation} {words.label('stock_category', one.item.category)}")
