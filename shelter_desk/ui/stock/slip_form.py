"""What goes out: to a resident, the kitchen, upkeep, a workshop or a group; lots that expire first are proposed."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.ids import StayId, UserId, VoucherId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND, Item
from shelter_desk.domain.stock.moves import TO_RESIDENT
from shelter_desk.domain.stock.outgoing import Wanted, contents, going_out
from shelter_desk.domain.stock.vouchers import PURPOSES, AskedLine, Slip, Voucher, VoucherLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import issuing, stock, stock_catalogue
from shelter_desk.operations.stock.stock import Recipient
from shelter_desk.operations.stock.stock_catalogue import LabelRead
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists, written
from shelter_desk.ui.stock.item_lines import Heads, ItemLine, ItemLines, LotBox, Typed, since_count
from shelter_desk.ui.stock.slip_content import SlipContent
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, stand_beside
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

GONE_DAYS = 7  # what was handed over at the departure may be written some days later
_LOT, _BESIDE = 210, 290
_CONTENT, _BESIDE_FROM = 320, 1060
MEASURED = ("kg", "g", "litre", "metre")  # of these nobody gives out one for each label that is read


class LabelField(LineField):
    """What is read goes out of the line again; what no item is called stays, with a sentence below."""

    read = Signal(object)  # LabelRead

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("Label, read or typed"), placeholder=words.text("item code"))
        self._desk = desk
        self.line.returnPressed.connect(self._take)

    @Slot()
    def _take(self) -> None:
        if not self.text():
            return
        try:
            found = stock_catalogue.read_label(self._desk, self.text())
        except ShelterDeskError as error:
            self.set_error(sentence(error))
            self.line.selectAll()
            return
        self.clear()
        self.set_text("")
        self.read.emit(found)


class FromLot(QWidget):
    """From which lot, and whether it is only lent."""

    def __init__(self) -> None:
        super().__init__()
        self.lot = LotBox(_LOT, proposes=True)
        self.lent = QCheckBox(words.text("lent"))
        row = Flow(tokens.SPACE, 0, middle=True)
        row.add(self.lot, self.lent)
        self.setLayout(row)
        self.setFixedWidth(tokens.wide(_BESIDE))

    @staticmethod
    def heads() -> Heads:
        """What is written above."""
        return (words.text("Lot"), _LOT), (words.text("Loan"), _BESIDE - _LOT - tokens.SPACE)


class SlipForm(ActForm):
    """An issue slip, or a request where the store is not one's own. Enter in a quantity begins the next line.

    request: what was asked for, to be issued now.
    """

    moves_stock = True

    def __init__(self, desk: Desk, *, asks: bool = False, request: Voucher | None = None, item: str = "") -> None:
        title = words.text("Ask the store") if asks else words.text("Issue slip")
        super().__init__(desk, title, words.text("Ask for it") if asks else words.text("Save the slip"), "check")
        self._asks, self._request = asks, request
        self._asked: dict[ItemLine, VoucherLine] = {}
        self._as_before: str | None = None
        self._items, self._kits = stock_catalogue.items(desk), stock_catalogue.all_kits(desk)
        staff = [(str(key), name) for key, name in stock.staff(desk)]
        approvers = [(str(key), name) for key, name in stock.approvers(desk)]
        found = stock.recipients(desk, most=500, gone_days=GONE_DAYS)
        people = [(str(one.stay), _recipient(one)) for one in found]
        purposes = lists.named("issue_purpose", PURPOSES)
        self.purpose = ChoiceField(words.text("For what"), purposes, "individuel", required=True, key="purpose")
        self.day = DayField(words.text("Day"), desk.today(), required=True, value=desk.today(), key="issued_on")
        self.whom = ChoiceField(words.text("Resident (code)"), people, required=True, key="third_party")
        self.place = LineField(words.text("Group, room or activity"), placeholder=words.text("never a name"))
        self.asked_by = ChoiceField(words.text("Asked for by"), staff)
        self.approved_by = ChoiceField(words.text("Approved by"), approvers, key="approved_by")
        self.label = LabelField(desk)
        beside = () if asks else FromLot.heads()
        choices = lists.with_kits(self._items, self._kits)
        self.lines = ItemLines(choices, self._items, None if asks else FromLot, beside)
        self.approval = Label(
            words.text("Somebody has to approve this slip."), size="small", ink="attention", wrap=True
        )
        told = words.text("Approved by the same person as on your last slip. Choose another one where it was not so.")
        self.as_before = Label(told, size="small", ink="ink2", wrap=True)
        self.as_before.hide()
        self.hands = Label(size="small", ink="attention", wrap=True)
        self._lay_out()
        self.purpose.chosen.connect(self._show)
        self.purpose.chosen.connect(self._show_content)
        for field in (self.asked_by, self.approved_by):
            field.chosen.connect(self._show)
        self.approved_by.chosen.connect(self._propose)
        self.day.changed.connect(self._propose)
        self.whom.chosen.connect(self._propose)
        self.lines.changed.connect(self._propose)
        self.label.read.connect(self._read)
        if not asks and desk.may(Permission.STOCK_APPROVE):
            self.approved_by.choose(str(desk.user))
        elif not asks and (last := stock.last_approver(desk)) is not None:
            self._as_before = str(last)
            self.approved_by.choose(self._as_before)
            self.as_before.show()
        if request is not None:
            self._fill(request)
        elif item:
            self.lines.lines[0].choose(item)
        self._show()
        self._propose()

    def _stand(self, inner: QWidget) -> None:
        """The fields, and what they take out of the store beside them."""
        self.content = SlipContent()
        side, both = QWidget(), QWidget()
        margins = 0, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2
        in_column(self.content, STRETCH, within=side, margins=margins)
        self._side, self._columns = side, in_row((inner, 1), side, within=both, spacing=0)
        super()._stand(both)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= tokens.wide(_BESIDE_FROM)
        left = 0 if beside else tokens.SPACE_3
        self._side.setContentsMargins(left, 0, 0, 0)
        stand_beside(self._columns, self._side, beside, tokens.wide(_CONTENT) + tokens.SPACE_3)

    def _lay_out(self) -> None:
        self.row(
            (self.purpose, 226),
            (self.day, 145),
            (self.whom, 240),
            (self.place, 240),
            (self.asked_by, 160),
            (self.approved_by, 160),
            (self.label, 240),
        )
        self.add(self.lines, self.as_before, self.approval, self.hands)

    def _fill(self, request: Voucher) -> None:
        self.purpose.choose(request.purpose)
        self.whom.choose(None if request.stay is None else str(request.stay))
        self.place.set_text(request.third_party if request.stay is None else "")
        self.asked_by.choose(None if request.requested_by is None else str(request.requested_by))
        if request.approved_by is not None:
            self.approved_by.choose(str(request.approved_by))
        self.asked_by.setEnabled(False)
        for at, one in enumerate(request.lines):
            line = self.lines.lines[0] if at == 0 else self.lines.add()
            line.choose(str(one.item))
            line.quantity.setText(amounts.bare(one.amount))
            self._asked[line] = one
            if one.kit_code and isinstance(line.extra, FromLot):
                line.extra.lent.setChecked(one.lent)

    @property
    def _is_individual(self) -> bool:
        return PURPOSES.get(self.purpose.code()) == TO_RESIDENT

    @Slot()
    def _show(self, _code: object = None) -> None:
        """Who it is for follows the purpose; one person in two places is said (S-07)."""
        self.whom.setVisible(self._is_individual)
        self.place.setVisible(not self._is_individual)
        for field in (self.asked_by, self.approved_by):
            field.setVisible(not self._asks)
        hands = [self.asked_by.value(), self.approved_by.value(), str(self.desk.user)]
        told = [one for one in hands if one]
        same = not self._asks and len(set(told)) < len(told)
        self.hands.setText(
            words.text("One person stands in two places here: asking, approving, giving out. It is written so.")
        )
        self.hands.setVisible(same)
        if self.approved_by.value() != self._as_before:
            self.as_before.hide()

    @Slot()
    def _propose(self, _code: object = None) -> None:
        """Below each line: what is there, and from which lots it would go."""
        day = self.day.day()
        away_warning.say_beside(self.whom, self.desk, self._stay(), day)
        for line in self.lines.lines:
            item = line.known
            if item is None or day is None:
                line.say("")
                continue
            self._propose_for(line, item)
        self.approval.setVisible(self._lacks_approval())
        self._show_content()

    @Slot()
    def _show_content(self, _code: object = None) -> None:
        """What the lines that can be read would take out, kits opened."""
        day = self.day.day() or self.desk.today()
        wanted, kinds = self._wanted()
        free = {item.id: stock.lots(self.desk, item.id, day) for item, _, _ in wanted}
        served = [words.label("service_type", kind) for kind in dict.fromkeys(kinds) if kind]
        self.content.show_lines(going_out(wanted, free, day), served if self._is_individual else [])

    def _wanted(self) -> tuple[list[Wanted], list[str]]:
        """Items and kits typed so far, with the services that they stand for."""
        items, kits = {one.id: one for one in self._items}, {f"{lists.KIT}{one.code}": one for one in self._kits}
        wanted: list[Wanted] = []
        kinds = []
        for line in self.lines.lines:
            try:
                typed = line.typed()
            except RuleBroken:
                continue
            kit, item = kits.get(typed.chosen if typed else ""), line.known
            if typed is not None and kit is not None:
                opened = contents(kit, items, typed.amount)
                wanted += opened
                kinds += [kit.service_type] if kit.service_type else [one.service_type for one, _, _ in opened]
            elif typed is not None and item is not None:
                lot = line.extra.lot.lot() if isinstance(line.extra, FromLot) else None
                wanted.append((item, typed.amount, lot))
                asked = self._asked.get(line)
                of_kit = kits.get(f"{lists.KIT}{asked.kit_code}") if asked is not None and asked.kit_code else None
                kinds.append((of_kit.service_type if of_kit is not None else "") or item.service_type)
        return wanted, kinds

    def _lacks_approval(self) -> bool:
        """False too while a line is not complete or cannot go out."""
        if self._asks or self.approved_by.value() is not None:
            return False
        try:
            return issuing.needs_approval(self.desk, self._slip())
        except RuleBroken:
            return False

    def _propose_for(self, line: ItemLine, item: Item) -> None:
        day = self.day.day() or self.desk.today()
        lots = stock.lots(self.desk, item.id, day)
        beside = line.extra
        if isinstance(beside, FromLot):
            beside.lent.setEnabled(item.lendable)
            if beside.lot.offer(item, lots) or not item.lendable:
                beside.lent.setChecked(item.lendable)
        by_hand = beside.lot.lot() if isinstance(beside, FromLot) else None
        there = {lot: n for lot, n in lots if by_hand in (None, lot)}
        usable = ledger.usable(there, day)
        try:
            typed = line.typed()
        except RuleBroken:
            typed = None
        if typed is not None and typed.amount > usable:
            text = words.text("Only {n} may be given out on that day.")
            line.say(text.format(n=amounts.said(usable, item)), "blocked")
            return
        above = self._above_norm(item, typed.amount, day) if typed is not None else ""
        if told := above or since_count(self.desk, item, day, goes=True):
            line.say(told, "attention")
            return
        chosen = ledger.proposed(there, typed.amount, day) if typed is not None else []
        from_lots = " + ".join(
            words.text("{n} of {lot}").format(n=amounts.bare(n), lot=amounts.lot(lot)) for lot, n in chosen
        )
        text = words.text("{n} there. {lots}")
        line.say(text.format(n=amounts.said(usable, item), lots=from_lots).strip())

    def _above_norm(self, item: Item, amount: int, day: date) -> str:
        """S-05: more than a person needs in thirty nights; it warns."""
        stay = self._stay()
        if stay is None or item.norm is None:
            return ""
        total = amount + stock.given_lately(self.desk, stay, item.id, day)
        if total <= item.norm:
            return ""
        text = words.text("More than usual: {n} in thirty nights, the norm is {norm}.")
        return text.format(n=amounts.said(total, item), norm=amounts.said(item.norm, item))

    @Slot(object)
    def _read(self, read: LabelRead) -> None:
        """A label was read: a line of its item, one more of it where it has one and is counted in pieces."""
        line = self._line_of(read)
        item = line.known
        if item is None or item.unit in MEASURED:
            line.quantity.setFocus()
            return
        before = amounts.typed(line.quantity.text()) or 0
        line.quantity.setText(amounts.bare(before + THOUSAND))
        self.label.setFocus()

    def _line_of(self, read: LabelRead) -> ItemLine:
        for line in self.lines.lines:
            lot = line.extra.lot.lot() if isinstance(line.extra, FromLot) else None
            same_lot = not read.lot_no or lot is None or lot.lot_no == read.lot_no
            if line.item.value() == str(read.item) and same_lot:
                break
        else:
            line = next((one for one in self.lines.lines if not one.item.value()), None) or self.lines.add()
            line.choose(str(read.item))
        if isinstance(line.extra, FromLot) and read.lot_no:
            line.extra.lot.choose_number(read.lot_no)
        return line

    def refresh(self) -> None:
        self._show()
        self._propose()

    def begin(self) -> None:
        (self.whom if self._is_individual and self.whom.value() is None else self.lines.lines[0].item).setFocus()

    def _slip(self) -> Slip:
        """What was typed. Raises Missing."""
        day = self.day.asked()
        return Slip(
            day,
            self.purpose.code(),
            tuple(self._line(line, one) for line, one in self.lines.typed()),
            self._stay(),
            "" if self._is_individual else self.place.text(),
            self.asked_by.chosen_id(UserId),
            self.approved_by.chosen_id(UserId),
        )

    def act(self) -> Told:
        slip = self._slip()
        if self._asks:
            done = issuing.ask(self.desk, slip)
            return Told("ok", words.text("Request {number} waits at the store.").format(number=done.subject))
        if self._request is not None:
            done = issuing.answer(self.desk, VoucherId(self._request.id), slip)
        else:
            done = issuing.issue(self.desk, slip)
        return written.told(self.desk, done, words.text("Slip {number}: it is given out.").format(number=done.subject))

    def _stay(self) -> StayId | None:
        return self.whom.chosen_id(StayId) if self._is_individual else None

    def _line(self, line: ItemLine, one: Typed) -> AskedLine:
        if one.chosen.startswith(lists.KIT):
            return AskedLine(self._items[0].id, one.amount, kit_code=one.chosen.removeprefix(lists.KIT))
        item, beside, asked = lists.number(one.chosen), line.extra, self._asked.get(line)
        if not isinstance(beside, FromLot):
            return AskedLine(item, one.amount)
        lot = beside.lot.lot()
        from_lot = None if lot is None else ((lot, one.amount),)
        made = AskedLine(item, one.amount, from_lot, lent=beside.lent.isChecked())
        if asked is None or asked.item != item:
            return made
        return replace(made, kit_code=asked.kit_code, asked=asked.asked)


def _recipient(one: Recipient) -> str:
    if one.left_on is None:
        return words.text("{code}, stay {stay}").format(code=one.code, stay=one.stay_no)
    text = words.text("{code}, stay {stay}, left on {day}")
    return text.format(code=one.code, stay=one.stay_no, day=formats.day(one.left_on))
