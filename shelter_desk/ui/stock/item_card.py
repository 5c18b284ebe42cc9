"""The card of an item: what is there, lot by lot, and its ledger."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import ledger
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock.reclassifying import PIECES
from shelter_desk.operations.stock.stock import CardLine, ItemLedger
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class ItemCard(QWidget):
    """Head with what can be done, lots as badges, the ledger with the latest line on top. Escape goes back."""

    back = Signal()
    receipt_wanted = Signal()
    slip_wanted = Signal()
    loss_wanted = Signal()
    change_wanted = Signal()
    labels_wanted = Signal()
    equipment_wanted = Signal()

    def __init__(self, desk: Desk, card: ItemLedger) -> None:
        super().__init__()
        self.card = card
        self.title = Label(card.item.designation, size="title", bold=True)
        self.balance = Label(size="text", ink="ink2")
        self.back_button = Button(words.text("All items"), icon="previous")
        self.back_button.clicked.connect(self.back)
        self.buttons: dict[str, Button] = {}
        self.rows: TableRows[CardLine] = TableRows(_columns())
        self.rows.setParent(self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Movements"))
        self._lay_out(desk)
        self.rows.show(list(reversed(card.lines)))

    def _lay_out(self, desk: Desk) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        row = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        row.addWidget(self.back_button)
        row.addWidget(self.title)
        row.addWidget(self.balance)
        acts = self._acts(desk)
        lots = Flow(tokens.SPACE, tokens.SPACE_HALF)
        for lot, amount in self.card.lots:
            text = words.text("{lot}: {n}").format(lot=amounts.lot(lot), n=amounts.bare(amount))
            lots.add(Badge(text, self._state(lot.expiry_on)))
        around = QVBoxLayout(head)
        around.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        around.addLayout(row)
        around.addLayout(acts)
        around.addLayout(lots)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.table, 1)
        there = dict(self.card.lots)
        physical, usable = sum(there.values()), ledger.usable(there, self.card.today)
        text = words.text("{usable} usable, {physical} on the shelf")
        item = self.card.item
        self.balance.setText(text.format(usable=amounts.said(usable, item), physical=amounts.said(physical, item)))

    def _acts(self, desk: Desk) -> Flow:
        """What can be done, on a line of its own."""
        row = Flow(tokens.SPACE, tokens.SPACE_HALF)
        wanted = [("labels", words.text("Labels…"), "barcode", self.labels_wanted)]
        if self._may_be_equipment(desk):
            wanted.insert(0, ("equipment", words.text("Make it equipment…"), "cabinet", self.equipment_wanted))
        if desk.may(Permission.STOCK_EDIT):
            wanted[:0] = [
                ("slip", words.text("Issue slip…"), "send", self.slip_wanted),
                ("receipt", words.text("What came in…"), "import", self.receipt_wanted),
                ("loss", words.text("Loss or transfer…"), "leave", self.loss_wanted),
                ("change", words.text("Change…"), "pencil", self.change_wanted),
            ]
        for name, text, icon, signal in wanted:
            button = Button(text, "primary" if name == "slip" else "plain", icon)
            button.clicked.connect(signal)
            self.buttons[name] = button
            row.addWidget(button)
        return row

    def _may_be_equipment(self, desk: Desk) -> bool:
        """What is there, in pieces, before somebody who keeps both registers."""
        may = desk.may(Permission.STOCK_EDIT) and desk.may(Permission.ASSETS_EDIT)
        return may and self.card.item.unit in PIECES and bool(self.card.lots)

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


def _columns() -> list[TableColumn[CardLine]]:
    def quantity(line: CardLine) -> str:
        sign = "+" if line.move.change > 0 else "−"
        return f"{sign}{amounts.bare(line.move.amount)}"

    return [
        TableColumn(words.text("Day"), lambda one: formats.day(one.move.moved_on)),
        TableColumn(words.text("Movement"), _kind, bold=True, ink=lambda one: "ink3" if one.is_taken_back else None),
        TableColumn(words.text("Quantity"), quantity, alignment="right"),
        TableColumn(words.text("Balance"), lambda one: amounts.bare(one.balance), alignment="right", bold=True),
        TableColumn(words.text("Voucher"), lambda one: one.move.voucher_no or one.move.move_no),
        TableColumn(words.text("Lot"), lambda one: amounts.lot(one.move.lot)),
        TableColumn(words.text("For or from"), lambda one: one.move.third_party),
    ]


def _kind(line: CardLine) -> str:
    kind = words.label("stock_move_type", line.move.move_type)
    if line.is_taken_back:
        return words.text("{kind} (taken back)").format(kind=kind)
    return words.text("{kind} (lent)").format(kind=kind) if line.move.lent else kind
