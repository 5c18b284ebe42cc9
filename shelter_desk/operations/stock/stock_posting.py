"""What operations on the stock share: checks before a movement, and the writing of vouchers with their movements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future, check_optional_code
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.errors import BadNumber, Missing, NoSuch, NotInList
from shelter_desk.domain.ids import ItemId, MoveId, VoucherId
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import MOST, Item, units
from shelter_desk.domain.stock.moves import ISSUES, LedgerDay, Lot, Move, ledger_day
from shelter_desk.domain.stock.refusals import CountOpen, LotExpired, NotEnough
from shelter_desk.domain.stock.vouchers import REQUEST, Voucher
from shelter_desk.operations.desk import Desk, Writing
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import late_facts
from shelter_desk.storage.stock import stock, stock_counts, vouchers

STOCK = Changes(stock=True)
NEW_MOVE = MoveId(0)
NEW_VOUCHER = VoucherId(0)


@dataclass(slots=True)
class Ledger:
    """The movements of the items of one act, with those that it adds, so that each line sees the ones before it."""

    connection: Connection
    items: dict[ItemId, Item] = field(init=False)
    _moves: dict[ItemId, list[Move]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = stock.items(self.connection)

    def item(self, item_id: ItemId) -> Item:
        """One item. Raises NoSuch."""
        if item_id not in self.items:
            raise NoSuch("item", str(item_id))
        return self.items[item_id]

    def moves(self, item_id: ItemId) -> list[Move]:
        """Everything that moved it, in order of time."""
        if item_id not in self._moves:
            self._moves[item_id] = list(stock.moves_of(self.connection, item_id))
        return self._moves[item_id]

    def add(self, move: Move) -> None:
        """Another movement of this act."""
        self.moves(move.item).append(move)

    def take(self, item_id: ItemId, amount: int, day: LedgerDay, move_type: str, lot: Lot) -> None:
        """See that so much may leave that lot on that day; what had not expired on the real one could be given.

        Raises NotEnough, LotExpired.
        """
        item = self.item(item_id)
        if move_type in ISSUES and lot.is_expired(day.happened_on) and lot.expiry_on is not None:
            raise LotExpired(lot.lot_no, lot.expiry_on)
        free = ledger.free_lots(self.moves(item_id), day.on).get(lot, 0)
        if free < amount:
            raise self.short(item, day.on, free, lot.lot_no)

    def propose(self, item_id: ItemId, amount: int, day: LedgerDay) -> list[tuple[Lot, int]]:
        """From which lots it goes, the first expired first. Raises NotEnough."""
        free = ledger.free_lots(self.moves(item_id), day.on)
        total, _ = ledger.free_on(((move.moved_on, move.change) for move in self.moves(item_id)), day.on)
        found, left = [], min(amount, total)
        for lot, taken in ledger.proposed(free, amount, day.happened_on):
            found.append((lot, min(taken, left)))
            left -= min(taken, left)
        got = sum(taken for _, taken in found)
        if got < amount:
            raise self.short(self.item(item_id), day.on, got, "")
        return [(lot, taken) for lot, taken in found if taken]

    def short(self, item: Item, day: date, free: int, lot_no: str) -> NotEnough:
        """The refusal that says how much is free, and from which day that comes."""
        _, when = ledger.free_on(((move.moved_on, move.change) for move in self.moves(item.id)), day)
        return NotEnough(item.code, units(max(free, 0)), when, lot_no)


def dated(desk: Desk, connection: Connection, day: date, items: Sequence[ItemId]) -> LedgerDay:
    """How a movement of that real day is dated: today where its month is closed, which then needs a reason.

    Nothing ahead, and nothing that happened before a count that is not approved yet. Raises InTheFuture, CountOpen
    (S-06).
    """
    check_not_future(day, desk.today())
    for count in stock_counts.still_open(connection):
        if day < count.counted_on and count.items & set(items):
            raise CountOpen(count.count_no, count.counted_on)
    return ledger_day(day, desk.today(), late_facts.closed(connection))


def check_amount(amount: int, column: str = "quantity") -> None:
    """Raises BadNumber where it is not above zero."""
    if not 0 < amount <= MOST:
        raise BadNumber(column, f"{units(amount):g}")


def check_lot(item: Item, lot: Lot, given: Iterable[Grant] = ()) -> None:
    """What expires says in which lot and until when. given: the grants there are.

    Raises Missing, NotInList for a donor that is none, or a grant that is none of that donor.
    """
    if item.has_expiry and not lot.lot_no:
        raise Missing("lot_no")
    if item.has_expiry and lot.expiry_on is None:
        raise Missing("expiry_on")
    check_optional_code("donor", lot.donor)
    if lot.grant and (lot.grant, lot.donor) not in {(one.code, one.donor) for one in given}:
        raise NotInList("grant", lot.grant)


def write(desk: Desk, writing: Writing, voucher: Voucher, moves: Sequence[Move]) -> tuple[Voucher, list[MoveId]]:
    """Give the voucher its number, and write it with its lines and its movements; a request is issued by nobody yet."""
    connection, year = writing.connection, voucher.voucher_on.year
    number = vouchers.next_number(connection, voucher.kind, year)
    issued_by = None if voucher.kind == REQUEST else voucher.issued_by or desk.user
    made = replace(voucher, voucher_no=number, issued_by=issued_by, recorded_at=desk.now())
    made = replace(made, id=VoucherId(writing.trail.add("stock_vouchers", vouchers.VOUCHERS.write(made))))
    for line in made.lines:
        writing.trail.add("stock_voucher_lines", vouchers.line_row(made.id, line))
    count, keys = stock.next_move_no(connection, year), []
    for at, move in enumerate(moves):
        told = replace(
            move, move_no=f"M-{year}-{count + at:06}", voucher=made.id, voucher_no=number, recorded_at=desk.now()
        )
        keys.append(MoveId(writing.trail.add("stock_moves", stock.move_row(connection, told))))
    writing.subject = number
    return made, keys
