"""What is lost, broken or expired, lot by lot, with its reason; or what is sent to somebody else."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.stock.items import Item
from shelter_desk.domain.stock.moves import LOSSES, SENT, Lot
from shelter_desk.domain.stock.vouchers import TakenLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock, stock_catalogue, vouchers
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists, written
from shelter_desk.ui.stock.item_lines import ItemLine, ItemLines, LotBox, since_count

_LOT = 340


class WriteOffForm(ActForm):
    """One voucher. lines: lots already chosen, with how much of each."""

    moves_stock = True

    def __init__(self, desk: Desk, kind: str = "casse_avarie", lines: Sequence[tuple[Item, Lot, int]] = ()) -> None:
        super().__init__(desk, words.text("Write off or send away"), words.text("Take it out"), "leave", danger=True)
        self._items = stock_catalogue.items(desk)
        kinds = (*LOSSES, SENT)
        self.kind = ChoiceField(
            words.text("What happened"), lists.named("stock_move_type", kinds), kind, required=True, key="move_type"
        )
        self.day = DayField(words.text("Day"), desk.today(), required=True, value=desk.today(), key="moved_on")
        self.reason = LineField(words.text("Reason"), required=True, key="reason")
        self.to = LineField(words.text("Sent to"), required=True, key="third_party")
        self.row((self.kind, 220), (self.day, 145), (self.reason, 320), (self.to, 320))
        every = [(str(one.id), one.designation) for one in self._items]  # what is not used any more may lie there still
        heads = ((words.text("Lot"), _LOT),)
        self.lines = ItemLines(every, self._items, lambda: LotBox(_LOT, proposes=False), heads)
        self.add(self.lines)
        self.kind.chosen.connect(self._show)
        self.lines.changed.connect(self._offer)
        self.day.changed.connect(self._offer)
        for at, (item, lot, amount) in enumerate(lines):
            self._put(self.lines.lines[0] if at == 0 else self.lines.add(), item, lot, amount)
        self._show()

    def _put(self, line: ItemLine, item: Item, lot: Lot, amount: int) -> None:
        line.choose(str(item.id))
        line.quantity.setText(amounts.bare(amount))
        if isinstance(line.extra, LotBox):
            line.extra.choose_lot(lot)

    @Slot()
    def _show(self, _code: object = None) -> None:
        sent = self.kind.value() == SENT
        self.to.setVisible(sent)
        self.reason.setVisible(not sent)

    def refresh(self) -> None:
        self._show()
        self._offer()

    @Slot()
    def _offer(self) -> None:
        """The lots of each item chosen, those that expire first on top."""
        day = self.day.day() or self.desk.today()
        for line in self.lines.lines:
            item = line.known
            if item is None or not isinstance(line.extra, LotBox):
                continue
            line.extra.offer(item, stock.lots(self.desk, item.id, day))
            line.say(since_count(self.desk, item, day, goes=True), "attention")

    def begin(self) -> None:
        (self.lines.lines[0].quantity if self.lines.lines[0].item.value() else self.lines.lines[0].item).setFocus()

    def act(self) -> Told:
        day = self.day.asked()
        taken = [TakenLine(lists.number(one.chosen), self._lot(line), one.amount) for line, one in self.lines.typed()]
        if self.kind.value() == SENT:
            done = vouchers.send_away(self.desk, day, taken, self.to.text())
        else:
            done = vouchers.write_off(self.desk, day, self.kind.code(), taken, self.reason.text())
        return written.told(
            self.desk, done, words.text("Voucher {number}: it is out of stock.").format(number=done.subject)
        )

    def _lot(self, line: ItemLine) -> Lot:
        found = line.extra.lot() if isinstance(line.extra, LotBox) else None
        if found is None:
            raise Missing("lot_no")
        return found
