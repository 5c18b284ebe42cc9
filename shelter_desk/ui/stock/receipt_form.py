"""What came in: a purchase, a donation, a transfer, or what was there when the stock was begun."""

from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import BadNumber, Missing, RuleBroken, UnknownDay
from shelter_desk.domain.stock.items import THOUSAND
from shelter_desk.domain.stock.moves import RECEIPTS, Lot
from shelter_desk.domain.stock.vouchers import Receipt, ReceivedLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.stock import stock_catalogue, vouchers
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists, written
from shelter_desk.ui.stock.item_lines import Heads, ItemLine, ItemLines, Typed, since_count
from shelter_desk.ui.stock.lists import GrantField
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.words import formats

_ANNOUNCED = 90


class LotFields(QWidget):
    """The number of a lot, until when it is good, and what one unit cost."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lot_no, self.expiry, self.cost = QLineEdit(), QLineEdit(), QLineEdit()
        self._row = Flow(tokens.SPACE, 0)
        hints = words.text("lot"), words.text("expiry DD/MM/YYYY"), words.text("unit cost")
        lines = self.lot_no, self.expiry, self.cost
        for line, hint, (name, width) in zip(lines, hints, LotFields.heads(), strict=True):
            line.setAccessibleName(name)
            line.setPlaceholderText(hint)
            line.setFixedWidth(tokens.wide(width))
            self._row.add(line)
        self.expiry.editingFinished.connect(self._write_in_full)
        self.setLayout(self._row)
        self.setFixedWidth(tokens.wide(396))

    @staticmethod
    def heads() -> Heads:
        """What is written above."""
        return (words.text("Lot number"), 110), (words.text("Expires on"), 150), (words.text("Unit cost, XOF"), 120)

    def draft_value(self) -> Value:
        """What is typed, in order."""
        return [self.lot_no.text(), self.expiry.text(), self.cost.text()]

    def put_draft(self, value: Value) -> None:
        """Show it again."""
        for line, text in zip((self.lot_no, self.expiry, self.cost), value, strict=False):
            line.setText(text)

    @Slot()
    def _write_in_full(self) -> None:
        """The day as it is read, so that its year is seen before anything is kept."""
        with suppress(Missing):
            day = self._expiry()
            self.expiry.setText("" if day is None else formats.day(day))

    def _expiry(self) -> date | None:
        typed = self.expiry.text().strip()
        try:
            return formats.read_day(typed, self._desk.today(), "ahead") if typed else None
        except UnknownDay:
            raise Missing("expiry_on") from None

    def lot(self, donor: str, grant: str = "") -> Lot:
        """What was typed. Raises Missing for a day that does not exist."""
        return Lot(self.lot_no.text().strip(), self._expiry(), donor, grant)

    def unit_cost(self) -> int | None:
        """Whole francs, None where nothing is typed. Raises BadNumber for what is no whole number of francs."""
        typed = "".join(self.cost.text().split()).casefold().removesuffix("xof").removesuffix("fcfa").removesuffix("f")
        if typed and not typed.isdecimal():
            raise BadNumber("unit_cost_xof", self.cost.text().strip())
        return int(typed) if typed else None


class ReceivedFields(LotFields):
    """The same, and how much was announced by the order or the way bill, in the unit of the line."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.announced = QLineEdit()
        self.announced.setAccessibleName(words.text("Announced"))
        self.announced.setPlaceholderText(words.text("announced"))
        self.announced.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.announced.setFixedWidth(tokens.wide(_ANNOUNCED))
        self._row.insertWidget(0, self.announced)
        self.setFixedWidth(tokens.wide(396 + _ANNOUNCED + tokens.SPACE))

    @staticmethod
    def heads() -> Heads:
        """What is written above."""
        return (words.text("Announced"), _ANNOUNCED), *LotFields.heads()

    def amount(self, factor: int | None) -> int | None:
        """In thousandths, None where nothing is typed. Raises BadNumber, TooFine."""
        if not self.announced.text().strip():
            return None
        amount = amounts.read(self.announced.text(), "announced")
        return amount if factor is None else amount * factor // THOUSAND


class ReceiptForm(ActForm):
    """One voucher with as many lines as came; each is a lot of the donor above."""

    moves_stock = True

    def __init__(self, desk: Desk, item: str = "") -> None:
        super().__init__(desk, words.text("What came in"), words.text("Take it in"), "import")
        known = stock_catalogue.items(desk)
        self.kind = ChoiceField(
            words.text("How it came"), lists.named("stock_move_type", RECEIPTS), "achat", required=True, key="move_type"
        )
        self.day = DayField(words.text("Day"), desk.today(), required=True, value=desk.today(), key="received_on")
        self.donor = CodeField(words.text("Donor"), "donor")
        self.grant = GrantField(stock_catalogue.grants(desk))
        self.supplier = LineField(
            words.text("Supplier"), placeholder=words.text("shop, partner or shelter"), key="third_party"
        )
        self.reference = LineField(words.text("Invoice or way bill"))
        self.row((self.kind, 170), (self.day, 145), (self.donor, 280), (self.grant, 320))
        self.row((self.supplier, 331), (self.reference, 280))
        self.explain(words.text("One line for each lot. What expires needs its lot number and its date."))
        self.lines = ItemLines(lists.items(known), known, lambda: ReceivedFields(desk), ReceivedFields.heads())
        self.add(self.lines)
        self.why = LineField(words.text("Why it differs"), required=True, key="reason")
        self.why.setFixedWidth(tokens.wide(520))
        self.why.hide()
        self.add(self.why)
        self.donor.chosen.connect(self._donor_chosen)
        self.lines.changed.connect(self._warn)
        self.day.changed.connect(self._warn)
        if item:
            self.lines.lines[0].choose(item)
        self._at: ItemLine | None = None

    @Slot()
    def _donor_chosen(self, _code: object = None) -> None:
        self.grant.follow(self.donor.code(), self.day.day() or self.desk.today())

    @Slot()
    def _warn(self) -> None:
        """Below each line that is dated before a count of its item; a difference asks for its reason."""
        day = self.day.day() or self.desk.today()
        self.why.setVisible(self._differs())
        for line in self.lines.lines:
            item = line.known
            line.say("" if item is None else since_count(self.desk, item, day, goes=False), "attention")

    def _differs(self) -> bool:
        try:
            return any(self._line(line, one).differs for line, one in self.lines.typed())
        except RuleBroken:
            return False  # a line is not complete yet

    def refresh(self) -> None:
        self._warn()

    def begin(self) -> None:
        line = self.lines.lines[0]
        (line.quantity if line.item.value() else line.item).setFocus()

    @Slot()
    def go(self) -> None:
        """As every form; what has expired already is asked about before."""
        expired = self._expired()
        if not expired or self._are_meant(expired):
            super().go()

    def _expired(self) -> list[tuple[ItemLine, ReceivedLine]]:
        """None while a line is not complete: the form says that first."""
        try:
            received = [(line, self._line(line, one)) for line, one in self.lines.typed()]
        except RuleBroken:
            return []
        return [(line, one) for line, one in received if one.lot.is_expired(self.desk.today())]

    def _are_meant(self, expired: list[tuple[ItemLine, ReceivedLine]]) -> bool:
        days = ", ".join(sorted({formats.day(one.lot.expiry_on) for _, one in expired if one.lot.expiry_on}))
        told = words.text("{item}: {amount} come in, 0 usable. What has expired is given to nobody.")
        effect = "\n".join(
            told.format(item=line.known.designation, amount=amounts.said(one.amount, line.known))
            for line, one in expired
            if line.known is not None
        )
        question = words.text("Date of expiry that is past: {days}").format(days=days)
        if ask.ask(self, question, effect, words.text("Take it in, expired"), danger=True) is not None:
            return True
        beside = expired[0][0].extra
        if isinstance(beside, LotFields):
            beside.expiry.setFocus()
        return False

    def act(self) -> Told:
        day = self.day.asked()
        made = []
        for line, one in self.lines.typed():
            self._at = line
            made.append(self._line(line, one))
        self._at = None
        why = self.why.text() if any(one.differs for one in made) else ""
        kind, supplier = self.kind.code(), self.supplier.text()
        receipt = Receipt(day, kind, tuple(made), supplier, self.reference.text(), why)
        done = vouchers.receive(self.desk, receipt)
        return written.told(
            self.desk, done, words.text("Voucher {number}: it is in stock.").format(number=done.subject)
        )

    def _line(self, line: ItemLine, one: Typed) -> ReceivedLine:
        beside = line.extra
        fields = beside if isinstance(beside, ReceivedFields) else ReceivedFields(self.desk)
        lot = fields.lot(self.donor.code(), self.grant.code())
        item = line.known
        if item is not None and item.has_expiry and (not lot.lot_no or lot.expiry_on is None):
            raise Missing("lot_no" if not lot.lot_no else "expiry_on")
        cost, announced = fields.unit_cost(), fields.amount(one.pack_factor)
        return ReceivedLine(lists.number(one.chosen), one.amount, lot, cost, one.pack, one.pack_factor, announced)

    def refuse(self, error: RuleBroken) -> None:
        """A line that lacks something says so itself."""
        for line in self.lines.lines:
            line.say("")
        if self._at is not None:
            self._at.say(self.sentence(error), "blocked")
            self._at.quantity.setFocus()
            return
        super().refuse(error)
