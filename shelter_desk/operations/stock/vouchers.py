"""What comes into the store and what goes out, each with its voucher; nothing is changed, it is taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import Missing, NotInList
from shelter_desk.domain.ids import VoucherId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import units
from shelter_desk.domain.stock.moves import (
    EXPIRED,
    ISSUES,
    LOSSES,
    OPENING,
    RECEIPTS,
    RETURN,
    REVERSAL,
    SENT,
    LedgerDay,
    Move,
    sign,
)
from shelter_desk.domain.stock.refusals import NotLent, NotReversible
from shelter_desk.domain.stock.vouchers import BroughtBack, Receipt, TakenLine, Voucher, VoucherKind, VoucherLine
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock import reclassifying
from shelter_desk.operations.stock.stock_posting import (
    NEW_MOVE,
    NEW_VOUCHER,
    STOCK,
    Ledger,
    check_amount,
    check_lot,
    dated,
    write,
)
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import late_facts
from shelter_desk.storage.stock import stock, vouchers

TAKING_BACK = Changes(stock=True, services=True, assets=True, rooms=True)


# What comes in --------------------------------------------------------------------------------------------------------


@needs(Permission.STOCK_EDIT)
def receive(desk: Desk, receipt: Receipt) -> Done:
    """Write what came in. A difference with what was announced has its reason (field 3.12).

    Raises Missing, BadNumber, NotInList, InTheFuture, CountOpen, NoSuch.
    """
    if receipt.move_type not in RECEIPTS:
        raise NotInList("move_type", receipt.move_type)
    check_given("item_code", receipt.lines)
    if any(line.differs for line in receipt.lines) and not receipt.reason.strip():
        raise Missing("reason")
    kind: VoucherKind = "pv" if receipt.move_type == OPENING else "entree"
    with desk.writing("receive_stock", STOCK) as writing:
        book = Ledger(writing.connection)
        given = equipment.grants(writing.connection).values()
        day = dated(desk, writing.connection, receipt.received_on, [line.item for line in receipt.lines])
        moves = []
        for line in receipt.lines:
            check_amount(line.amount)
            check_lot(book.item(line.item), line.lot, given)
            if line.announced is not None:
                check_amount(line.announced, "announced")
            moves.append(
                Move(
                    NEW_MOVE,
                    "",
                    line.item,
                    day.on,
                    receipt.move_type,
                    line.amount,
                    line.lot,
                    third_party=service_log.tidy(receipt.third_party),
                    unit_cost_xof=line.unit_cost_xof,
                    pack=line.pack,
                    pack_factor=line.pack_factor,
                    actual_on=day.actual_on,
                )
            )
        lines = tuple(VoucherLine(line.item, line.amount, line.announced or 0) for line in receipt.lines)
        made = Voucher(
            NEW_VOUCHER,
            "",
            kind,
            day.on,
            third_party=service_log.tidy(receipt.third_party),
            reason=service_log.tidy(receipt.reason),
            reference=service_log.tidy(receipt.reference),
            lines=lines,
        )
        write(desk, writing, made, moves)
    return writing.done


# What comes back ------------------------------------------------------------------------------------------------------


@needs(Permission.STOCK_EDIT)
def give_back(desk: Desk, day: date, lines: Sequence[BroughtBack], reason: str = "") -> Done:
    """Take back into its lot what was issued or lent. Raises NotLent above what is out, BadNumber."""
    with desk.writing("give_back_stock", STOCK) as writing:
        come_back(desk, writing, day, lines, reason)
    return writing.done


@needs(Permission.STOCK_EDIT)
def lose_loan(desk: Desk, day: date, lines: Sequence[BroughtBack], reason: str) -> Done:
    """What was lent does not come back: it returns on paper, and is written off the same day.

    Raises Missing without a reason, and as `give_back`.
    """
    with desk.writing("lose_loan", STOCK) as writing:
        be_lost(desk, writing, day, lines, reason)
    return writing.done


def be_lost(desk: Desk, writing: Writing, day: date, lines: Sequence[BroughtBack], reason: str) -> None:
    """The same inside another act."""
    check_given("reason", reason.strip())
    back, moves = come_back(desk, writing, day, lines, reason)
    lost = [replace(move, move_type="perte_vol", change=-move.change, returns=None) for move in moves]
    of = tuple(VoucherLine(move.item, move.amount) for move in lost)
    on, said = back.voucher_on, service_log.tidy(reason)
    made = Voucher(NEW_VOUCHER, "", "pv", on, reason=said, reference=back.voucher_no, lines=of)
    write(desk, writing, made, lost)


def come_back(
    desk: Desk, writing: Writing, day: date, lines: Sequence[BroughtBack], reason: str
) -> tuple[Voucher, list[Move]]:
    """What was lent comes back to its lot, inside another act; the voucher and its movements. Raises as `give_back`."""
    check_given("item_code", lines)
    issued = stock.moves(writing.connection, [line.move for line in lines])
    back = stock.brought_back(writing.connection, issued)
    undone = stock.taken_back(writing.connection, issued)
    on = dated(desk, writing.connection, day, [move.item for move in issued.values()])
    # a loan that was typed late comes back no sooner than it went out
    last = max((on.on, *(move.moved_on for move in issued.values())))
    on = on if last == on.on else LedgerDay(last, day)
    moves = []
    for line in lines:
        check_amount(line.amount)
        move = issued[line.move]
        out = 0 if move.move_type not in ISSUES or move.id in undone else move.amount - back.get(move.id, 0)
        if line.amount > out:
            raise NotLent(move.move_no, units(out))
        if day < move.happened_on:
            raise NotReversible(move.move_no, "before")
        back[move.id] = back.get(move.id, 0) + line.amount
        moves.append(
            Move(
                NEW_MOVE,
                "",
                move.item,
                on.on,
                RETURN,
                line.amount,
                move.lot,
                third_party=move.third_party,
                returns=move.id,
                actual_on=on.actual_on,
            )
        )
    of = tuple(VoucherLine(move.item, move.amount) for move in moves)
    whom = moves[0].third_party
    made = Voucher(NEW_VOUCHER, "", "retour", on.on, third_party=whom, reason=service_log.tidy(reason), lines=of)
    return write(desk, writing, made, moves)[0], moves


# What is lost, and what is sent away ----------------------------------------------------------------------------------


@needs(Permission.STOCK_EDIT)
def write_off(desk: Desk, day: date, move_type: str, lines: Sequence[TakenLine], reason: str) -> Done:
    """Write off what is broken, lost or expired, with its reason.

    Raises Missing, NotInList, NotEnough, BadNumber, InTheFuture, CountOpen.
    """
    if move_type not in LOSSES:
        raise NotInList("move_type", move_type)
    if not reason.strip() and move_type != EXPIRED:
        raise Missing("reason")
    return _take(desk, "write_off_stock", "pv", day, move_type, lines, reason=reason)


@needs(Permission.STOCK_EDIT)
def send_away(desk: Desk, day: date, lines: Sequence[TakenLine], to: str) -> Done:
    """Send it to another shelter or a partner. Raises Missing without one, and as `write_off`."""
    check_given("third_party", to.strip())
    return _take(desk, "send_stock", "transfert", day, SENT, lines, to=to)


def _take(
    desk: Desk,
    action: str,
    kind: VoucherKind,
    day: date,
    move_type: str,
    lines: Sequence[TakenLine],
    *,
    to: str = "",
    reason: str = "",
) -> Done:
    check_given("item_code", lines)
    with desk.writing(action, STOCK) as writing:
        book = Ledger(writing.connection)
        on = dated(desk, writing.connection, day, [line.item for line in lines])
        moves = []
        for line in lines:
            check_amount(line.amount)
            book.take(line.item, line.amount, on, move_type, line.lot)
            move = Move(
                NEW_MOVE,
                "",
                line.item,
                on.on,
                move_type,
                -line.amount,
                line.lot,
                third_party=service_log.tidy(to),
                actual_on=on.actual_on,
            )
            book.add(move)
            moves.append(move)
        of = tuple(VoucherLine(line.item, line.amount) for line in lines)
        made = Voucher(
            NEW_VOUCHER, "", kind, on.on, third_party=service_log.tidy(to), reason=service_log.tidy(reason), lines=of
        )
        write(desk, writing, made, moves)
    return writing.done


# Taking back ----------------------------------------------------------------------------------------------------------


@needs(Permission.STOCK_EDIT)
def take_back(desk: Desk, voucher_id: VoucherId, reason: str = "") -> Done:
    """Write the contrary of a whole voucher, dated today; the services it stood for are taken out.

    Equipment that it made of a consumable is taken out too. The contrary of what stands in a closed month has its day
    as the real one, and the reason is why it comes late. Raises NotReversible where it was taken back already, is a
    reversal, what it lent came back, what it brought back on paper is lost, or something happened to that equipment;
    NotEnough where what came in is gone; NeedsLateReason.
    """
    with desk.because_late(reason), desk.writing("take_back_voucher", TAKING_BACK) as writing:
        connection, today = writing.connection, desk.today()
        voucher = vouchers.voucher(connection, voucher_id)
        moves = stock.moves_of_voucher(connection, voucher_id)
        _check_reversible(connection, voucher, moves)
        dated(desk, connection, today, [move.item for move in moves])
        made = _contrary(connection, moves, today)
        if voucher.kind == "transfert":
            reclassifying.take_out(writing, voucher)
        for number in sorted({move.service_no for move in moves if move.service_no}):
            service = stored_assistance.by_number(connection, number)
            if service is not None:
                service_log.remove(writing, service)
        told = Voucher(
            NEW_VOUCHER,
            "",
            "contrepassation",
            today,
            third_party=voucher.third_party,
            reason=service_log.tidy(reason),
            reference=voucher.voucher_no,
            reverses=voucher.id,
            lines=tuple(VoucherLine(line.item, line.amount) for line in voucher.lines),
        )
        write(desk, writing, told, made)
        writing.trail.change("stock_vouchers", voucher.id, {"voucher_status": "annule"})
    return writing.done


def _contrary(connection: Connection, moves: Sequence[Move], today: date) -> list[Move]:
    """The movements that take these back, dated today. Raises NotEnough."""
    book, closed, made = Ledger(connection), late_facts.closed(connection), []
    for move in moves:
        change = sign(REVERSAL, move.move_type) * move.amount
        if change < 0:
            book.take(move.item, -change, LedgerDay(today), REVERSAL, move.lot)
        undone = Move(
            NEW_MOVE,
            "",
            move.item,
            max(today, move.moved_on),
            REVERSAL,
            change,
            move.lot,
            third_party=move.third_party,
            reverses=move.id,
            actual_on=move.happened_on if any(move.moved_on in month for month in closed) else None,
        )
        book.add(undone)
        made.append(undone)
    return made


def _check_reversible(connection: Connection, voucher: Voucher, moves: Sequence[Move]) -> None:
    if voucher.kind == "contrepassation" or not moves:
        raise NotReversible(voucher.voucher_no, "itself")
    keys = [move.id for move in moves]
    if stock.taken_back(connection, keys):
        raise NotReversible(voucher.voucher_no, "already")
    loss = vouchers.loss_of(connection, voucher.voucher_no) if voucher.kind == "retour" else ""
    if loss:
        raise NotReversible(loss, "lost")
    for key, amount in stock.brought_back(connection, keys).items():
        if amount:
            raise NotReversible(next(move.move_no for move in moves if move.id == key), "returned")
