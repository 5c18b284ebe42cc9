"""Counts of the stock: frozen at an instant, blind, differences counted again, adjusted only once approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.checks import check_given, check_optional_code
from shelter_desk.domain.errors import BadNumber
from shelter_desk.domain.ids import CountId, ItemId
from shelter_desk.domain.rights import PERMISSIONS, Permission
from shelter_desk.domain.stock import counting, ledger
from shelter_desk.domain.stock.counting import StockCount, StockCountLine
from shelter_desk.domain.stock.items import MOST, Item, units
from shelter_desk.domain.stock.moves import NO_LOT, SHORTAGE, SURPLUS, LedgerDay, Lot, Move
from shelter_desk.domain.stock.refusals import CountOpen, CountStands, NotNow, OnSheet, SamePerson
from shelter_desk.domain.stock.vouchers import Voucher, VoucherLine
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock.stock_posting import NEW_MOVE, NEW_VOUCHER, STOCK, Ledger, check_lot, write
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file import settings, users
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stock import stock, stock_counts

LEAST_TEAM = 2


@dataclass(frozen=True, slots=True)
class CountEntry:
    """What was written on a line of the sheet; counted None where the cell is empty. line: the id of the line."""

    line: int
    counted: int | None = None
    recount: int | None = None
    cause: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CountFound:
    """A lot that stood on the shelf and not on the sheet."""

    item: ItemId
    lot: Lot
    counted: int


@dataclass(frozen=True, slots=True)
class BlindSheet:
    """A count as it is shown. expected and differences are told only once every line was counted: before that the
    sheet is blind, and one that was given up stays so. differences: physical less theoretical, by the id of the line.

    again: lines that differ and wait for the second count, which is as blind as the first: nothing is told of them.
    worth: of the differences of an approved count in whole francs, None where no price is known.
    """

    count: StockCount
    items: Mapping[ItemId, Item]
    differences: Mapping[int, int]
    expected: Mapping[int, int]
    again: frozenset[int]
    worth: Mapping[int, int | None]
    begun_by: str
    approved_by: str
    shelter: str
    is_training: bool

    @property
    def is_blind(self) -> bool:
        """True while a line is not counted yet, and of what was given up: nothing was found out."""
        return self.count.status == "annule" or any(line.counted is None for line in self.count.lines)


@needs(Permission.STOCK_SEE)
def listed(desk: Desk) -> tuple[StockCount, ...]:
    """Every count, the last one first."""
    with desk.reading() as connection:
        return stock_counts.listed(connection)


@needs(Permission.STOCK_SEE)
def sheet(desk: Desk, key: CountId) -> BlindSheet:
    """One count; what the ledger expects is not in it before every line was counted."""
    with desk.reading() as connection:
        count, known = stock_counts.count(connection, key), stock.items(connection)
        names, kept = settings.user_names(connection), settings.read(connection)
        expected = _expected(connection, count)
        moves = {} if count.is_open else {item: stock.moves_of(connection, item) for item in count.items}
    told = {line.id: expected.get((line.item, line.lot), 0) for line in count.lines}
    if not count.is_open:
        told = {line.id: line.theoretical or 0 for line in count.lines}
    begun, approved = (names.get(by, "") if by is not None else "" for by in (count.begun_by, count.approved_by))
    shelter = kept.get("shelter_name", "")
    made = BlindSheet(count, known, {}, {}, frozenset(), {}, begun, approved, shelter, desk.is_training)
    if made.is_blind:
        return made
    first = [line for line in count.lines if count.is_open and line.recount is None]
    again = frozenset(line.id for line in first if line.counted != told[line.id])
    found = ((line.id, line.found) for line in count.lines if line.id not in again)
    differences = {key: there - told[key] for key, there in found if there is not None and there != told[key]}
    seen = {key: amount for key, amount in told.items() if key not in again}
    prices = {line.id: ledger.unit_cost(moves[line.item], line.lot) for line in count.lines if line.item in moves}
    value = {key: _worth(n, prices[key]) for key, n in differences.items() if key in prices}
    return replace(made, differences=differences, expected=seen, again=again, worth=value)


def _worth(difference: int, price: int | None) -> int | None:
    value = ledger.worth([(abs(difference), price)])
    return value if value is None or difference > 0 else -value


def _expected(connection: Connection, count: StockCount) -> dict[tuple[ItemId, Lot], int]:
    """What the ledger says of each lot at the instant of the count."""
    return {
        (item, lot): amount
        for item in count.items
        for lot, amount in counting.theoretical(count, stock.moves_of(connection, item)).items()
    }


@needs(Permission.STOCK_SEE)
def last_day(desk: Desk, item: ItemId) -> date | None:
    """When it was counted last, of approved counts."""
    with desk.reading() as connection:
        return stock_counts.last_days(connection).get(item)


@needs(Permission.STOCK_EDIT)
def begin(desk: Desk, team: Sequence[str], category: str = "", items: Sequence[ItemId] = ()) -> CountId:
    """Freeze the ledger at this minute and draw up the sheet: every lot of the items counted, and items without any;
    of items that are not used any more, those of which something is left.

    items: only these, all of the category where empty. Raises SamePerson for fewer than two counters, NotInList,
    CountOpen where one of the items is being counted already, Missing where there is nothing to count.
    """
    people = tuple(dict.fromkeys(service_log.tidy(one).replace(";", ",") for one in team if one.strip()))
    if len(people) < LEAST_TEAM:
        raise SamePerson("team")
    check_optional_code("stock_category", category)
    with desk.writing("begin_count", STOCK) as writing:
        connection, now = writing.connection, desk.now()
        left = stock.balances(connection, now.date())
        wanted = [
            item
            for item in stock.items(connection).values()
            if (item.is_active or left.get(item.id))
            and (not category or item.category == category)
            and (not items or item.id in items)
        ]
        check_given("item_code", wanted)
        for other in stock_counts.still_open(connection):
            if other.items & {item.id for item in wanted}:
                raise CountOpen(other.count_no, other.counted_on)
        number = stock_counts.NUMBERS.next(connection, now.year)
        count = StockCount(
            CountId(0), number, now.date(), now, stock.last_move(connection), category, people, begun_by=desk.user
        )
        key = CountId(writing.trail.add("stock_counts", stock_counts.COUNTS.write(count)))
        for item in wanted:
            known = counting.theoretical(count, stock.moves_of(connection, item.id))
            for lot in ledger.first_expired_first(known) or ([] if item.has_expiry else [NO_LOT]):
                writing.trail.add(
                    "stock_count_lines", stock_counts.line_row(connection, key, StockCountLine(0, item.id, lot))
                )
        writing.subject = number
    return key


@needs(Permission.STOCK_EDIT)
def enter(desk: Desk, key: CountId, entries: Sequence[CountEntry], found: Sequence[CountFound] = ()) -> Done:
    """Write what was counted, as far as it is known; an empty cell is not counted, zero is.

    found: lots that stood on no line. Raises NotNow once it is approved, CountStands for a first count once differences
    are known, BadNumber, NotInList, Missing, OnSheet for one that stands on a line.
    """
    with desk.writing("enter_count", STOCK) as writing:
        count, connection = _open(writing, key), writing.connection
        lines, is_counted = {line.id: line for line in count.lines}, all(one.counted is not None for one in count.lines)
        for entry in entries:
            for amount in (entry.counted, entry.recount):
                _check(amount)
            check_optional_code("count_cause", entry.cause)
            if entry.counted != lines[entry.line].counted and is_counted:  # what was expected is known from then on
                raise CountStands(stock.item(connection, lines[entry.line].item).code)
            told = replace(
                lines[entry.line],
                counted=entry.counted,
                recount=entry.recount,
                cause=entry.cause,
                comment=service_log.tidy(entry.comment),
            )
            writing.trail.change("stock_count_lines", entry.line, stock_counts.line_row(connection, key, told))
        known, there = stock.items(connection), {(line.item, line.lot) for line in count.lines}
        given = equipment.grants(connection).values()
        for one in found:
            _check(one.counted)
            check_lot(known[one.item], one.lot, given)
            if (one.item, one.lot) in there:
                raise OnSheet(known[one.item].code, one.lot.lot_no)
            there.add((one.item, one.lot))
            line = StockCountLine(0, one.item, one.lot, one.counted)
            writing.trail.add("stock_count_lines", stock_counts.line_row(connection, key, line))
        writing.trail.change("stock_counts", key, {"entered_by": desk.user})
    return writing.done


def _check(amount: int | None) -> None:
    if amount is not None and not 0 <= amount <= MOST:
        raise BadNumber("counted", f"{units(amount):g}")


@needs(Permission.STOCK_APPROVE)
def approve(desk: Desk, key: CountId, conclusion: str = "") -> Done:
    """Adjust the ledger to what was counted, dated on the day of the count: only now (S-10).

    Movements written since the count began are on top of it. Raises NotNow, NotCounted, NotEnough where more went out
    since than was counted, SamePerson where who wrote the count approves it though another could.
    """
    with desk.writing("approve_count", STOCK) as writing:
        count, connection = _open(writing, key), writing.connection
        another_could = any(
            user.is_active and user.id != desk.user and Permission.STOCK_APPROVE in PERMISSIONS[user.role]
            for user in users.all_of_them(connection)
        )  # else one person does both, and it is said (S-07)
        if desk.user in (count.begun_by, count.entered_by) and another_could:
            raise SamePerson("approve")
        expected, known = _expected(connection, count), stock.items(connection)
        counting.check(count, expected, {item.id: item.code for item in known.values()})
        different = counting.differences(count, expected)
        book, moves = Ledger(connection), []
        for line in count.lines:
            told = replace(line, theoretical=expected.get((line.item, line.lot), 0))
            writing.trail.change("stock_count_lines", line.id, stock_counts.line_row(connection, key, told))
            change = different.get(line.id, 0)
            if not change:
                continue
            if change < 0:
                book.take(line.item, -change, LedgerDay(count.counted_on), SHORTAGE, line.lot)
            kind = SURPLUS if change > 0 else SHORTAGE
            move = Move(NEW_MOVE, "", line.item, count.counted_on, kind, change, line.lot)
            book.add(move)
            moves.append(move)
        if moves:
            lines = tuple(VoucherLine(move.item, move.amount) for move in moves)
            made = Voucher(NEW_VOUCHER, "", "pv", count.counted_on, reference=count.count_no, lines=lines)
            counted_by = count.entered_by or count.begun_by
            write(desk, writing, replace(made, approved_by=desk.user, issued_by=counted_by), moves)
        approved = {"approved_by": desk.user, "approved_on": desk.today().isoformat()}
        said = {"count_status": "approuve", **approved, "conclusion": service_log.tidy(conclusion)}
        writing.trail.change("stock_counts", key, said)
        writing.subject = count.count_no
    return writing.done


@needs(Permission.STOCK_EDIT)
def give_up(desk: Desk, key: CountId) -> Done:
    """Close a count without adjusting anything. Raises NotNow."""
    with desk.writing("give_up_count", STOCK) as writing:
        _open(writing, key)
        writing.trail.change("stock_counts", key, {"count_status": "annule"})
    return writing.done


def _open(writing: Writing, key: CountId) -> StockCount:
    count = stock_counts.count(writing.connection, key)
    if not count.is_open:
        raise NotNow(count.count_no, count.status)
    writing.subject = count.count_no
    return count
