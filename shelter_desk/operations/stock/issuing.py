"""What goes out to residents, groups and the house: slips, and what is asked for them (field 3.12)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shelter_desk.domain import settings
from shelter_desk.domain.assistance.assistance import DONE, Service
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import Missing, NoSuch, NotInList
from shelter_desk.domain.ids import ItemId, ServiceId, VoucherId
from shelter_desk.domain.rights import PERMISSIONS, Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND, Item, Kit
from shelter_desk.domain.stock.moves import TO_RESIDENT, LedgerDay, Move
from shelter_desk.domain.stock.refusals import KitOpened, NotLendable, NotNow
from shelter_desk.domain.stock.vouchers import (
    PURPOSES,
    REQUEST,
    SLIP,
    AskedLine,
    Slip,
    Voucher,
    VoucherKind,
    VoucherLine,
)
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock.stock_posting import (
    NEW_MOVE,
    NEW_VOUCHER,
    STOCK,
    Ledger,
    check_amount,
    dated,
    write,
)
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file import users
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stock import stock, vouchers

AND_SERVICES = Changes(stock=True, services=True)


# What goes out --------------------------------------------------------------------------------------------------------


@needs(Permission.STOCK_EDIT)
def issue(desk: Desk, slip: Slip) -> Done:
    """Give out what the slip says, from the lots that expire first where it names none; what is given to a resident
    and stands for a service is written in the log with it, or neither is (I-20).

    Raises NotEnough, LotExpired, Missing, BadNumber, KitOpened, NotInList, InTheFuture, CountOpen, NotLendable, NoSuch
    for a void stay. Missing and NotInList also where nobody approved it, or somebody who may not (field 3.12).
    """
    with desk.writing("issue_stock", AND_SERVICES) as writing:
        _be_about(writing, give_out(desk, writing, slip))
    return writing.done


def _be_about(writing: Writing, made: Voucher) -> None:
    """The journal finds the slip by the code of the person too."""
    if made.stay is not None:
        writing.details["together"] = [made.third_party]


def give_out(desk: Desk, writing: Writing, slip: Slip, said: Service | None = None, note: str = "") -> Voucher:
    """The same inside another act. said: the service that the slip stands for, where more is known of it than its day;
    with a number, one that is written already. note: sealed with a new one.
    """
    if slip.purpose not in PURPOSES:
        raise NotInList("purpose", slip.purpose)
    move_type, kits = PURPOSES[slip.purpose], _kits(writing.connection)
    asked = _unpacked(kits, slip.lines)
    check_given("item_code", asked)
    slip = replace(slip, third_party=_for_whom(writing.connection, slip, move_type))
    book = Ledger(writing.connection)
    day = dated(desk, writing.connection, slip.issued_on, [line.item for line in asked])
    _check_lent(book.items, asked)
    kinds = [_stands_for(book, line, kits) for line in asked]
    served = _serve(desk, writing, slip, kinds, said, note) if move_type == TO_RESIDENT else {}
    moves = []
    for line, kind in zip(asked, kinds, strict=True):
        moves += _moves(book, slip, day, line, served.get(kind, ""))
    _check_approval(writing.connection, slip, book, moves)
    lines = tuple(VoucherLine(one.item, one.amount, one.asked, one.kit_code, one.lent) for one in asked)
    return write(desk, writing, replace(_voucher(SLIP, slip, lines), voucher_on=day.on), moves)[0]


def give_at_desk(desk: Desk, writing: Writing, slip: Slip, said: Service | None = None, note: str = "") -> Voucher:
    """The same, asked for by who is at the desk, who approves it too where they may."""
    approved_by = desk.user if desk.may(Permission.STOCK_APPROVE) else None
    return give_out(desk, writing, replace(slip, requested_by=desk.user, approved_by=approved_by), said, note)


def hand_kit(desk: Desk, writing: Writing, stay: Stay, kit_code: str) -> str:
    """Give a kit inside the admission, dated on its day, and return the number of the slip; of the request where the
    person at the desk has no store. Raises as `issue` and `ask`; NotAllowed for who may not ask.
    """
    desk.check(Permission.STOCK_REQUEST)
    line = AskedLine(ItemId(0), THOUSAND, kit_code=kit_code)
    slip = Slip(stay.admitted_at.date(), "individuel", (line,), stay.id)
    hand = give_at_desk if desk.may(Permission.STOCK_EDIT) else put_request
    return hand(desk, writing, slip).voucher_no


def _check_lent(items: Mapping[ItemId, Item], asked: Iterable[AskedLine]) -> None:
    """Raises NotLendable: what is given is consumed, and is never asked back."""
    for line in asked:
        if line.lent and line.item in items and not items[line.item].lendable:
            raise NotLendable(items[line.item].code)


def _moves(book: Ledger, slip: Slip, day: LedgerDay, line: AskedLine, service_no: str) -> list[Move]:
    """What one line takes out of which lots; the lines after it see it."""
    check_amount(line.amount)
    lots = line.lots if line.lots is not None else book.propose(line.item, line.amount, day)
    if sum(amount for _, amount in lots) != line.amount:
        raise Missing("lot_no")
    move_type, moves = PURPOSES[slip.purpose], []
    for lot, amount in lots:
        check_amount(amount)
        book.take(line.item, amount, day, move_type, lot)
        move = Move(
            NEW_MOVE,
            "",
            line.item,
            day.on,
            move_type,
            -amount,
            lot,
            third_party=slip.third_party,
            lent=line.lent,
            service_no=service_no,
            actual_on=day.actual_on,
        )
        book.add(move)
        moves.append(move)
    return moves


def _check_approval(connection: Connection, slip: Slip, book: Ledger, moves: Iterable[Move]) -> None:
    """Raises Missing where somebody has to approve it and nobody did, NotInList for somebody who may not."""
    if slip.approved_by is None and _needs_approval(connection, book, moves):
        raise Missing("approved_by")
    may = (user.id for user in users.all_of_them(connection) if Permission.STOCK_APPROVE in PERMISSIONS[user.role])
    if slip.approved_by is not None and slip.approved_by not in may:
        raise NotInList("approved_by", str(slip.approved_by))


def _needs_approval(connection: Connection, book: Ledger, moves: Iterable[Move]) -> bool:
    """By what it is worth; what is restricted, as medicines and fuel, whatever it is worth (field 3.11)."""
    moves = list(moves)
    if any(book.item(move.item).restricted for move in moves):
        return True
    threshold = settings.whole(stored_settings.read(connection), "slip_approval_threshold_xof")
    priced = [(move.amount, ledger.unit_cost(book.moves(move.item), move.lot)) for move in moves]
    return ledger.needs_approval(ledger.worth(priced), threshold)


@needs(Permission.STOCK_EDIT)
def needs_approval(desk: Desk, slip: Slip) -> bool:
    """True where that slip is not given out before somebody approves it. Raises as `issue`."""
    with desk.reading() as connection:
        book, moves = Ledger(connection), []
        lines = _unpacked(_kits(connection), slip.lines)
        day = dated(desk, connection, slip.issued_on, [line.item for line in lines])
        for line in lines:
            moves += _moves(book, slip, day, line, "")
        return _needs_approval(connection, book, moves)


def _kits(connection: Connection) -> Mapping[str, Kit]:
    return {kit.code: kit for kit in stock.kits(connection).values()}


def _unpacked(known: Mapping[str, Kit], lines: Sequence[AskedLine]) -> list[AskedLine]:
    """Kits as the items that are in them; `amount` of a kit is how many. What a request opened already stays so."""
    found: list[AskedLine] = []
    for line in lines:
        if line.kit_code and line.kit_code not in known:
            raise NoSuch("kit", line.kit_code)
        if not line.kit_code or line.asked:
            found.append(line)
        elif line.amount % THOUSAND:
            raise KitOpened(line.kit_code)
        else:
            times = line.amount // THOUSAND
            found += [
                AskedLine(one.item, one.amount * times, kit_code=line.kit_code, asked=one.amount * times)
                for one in known[line.kit_code].lines
            ]
    return found


def _for_whom(connection: Connection, slip: Slip, move_type: str) -> str:
    """The code of the resident, or what the slip says; never a name."""
    if move_type != TO_RESIDENT:
        return service_log.tidy(slip.third_party)
    if slip.stay is None:
        raise Missing("third_party")
    return residents.code(connection, person_acts.standing_stay(connection, slip.stay).person)


def _stands_for(book: Ledger, line: AskedLine, kits: Mapping[str, Kit]) -> str:
    """The sub-type of service: that of the kit, else that of the item."""
    of_kit = kits[line.kit_code].service_type if line.kit_code else ""
    return of_kit or book.item(line.item).service_type


def _serve(
    desk: Desk, writing: Writing, slip: Slip, kinds: Sequence[str], said: Service | None, note: str
) -> dict[str, str]:
    """A service for each sub-type that the lines stand for, and its number."""
    if slip.stay is None:
        return {}
    plain = Service(ServiceId(0), "", slip.issued_on, slip.stay, "")
    wanted = {kind: replace(plain, service_type=kind) for kind in kinds if kind}
    found: dict[str, str] = {}
    if said is not None and said.service_type in wanted:
        del wanted[said.service_type]
        if said.service_no:
            found[said.service_type] = said.service_no
            change = {"service_status": DONE, "service_on": slip.issued_on.isoformat()}
            writing.trail.change("services", said.id, change)
        else:
            (made,) = stored_assistance.numbered(writing.connection, [replace(said, service_on=slip.issued_on)])
            service_log.add(desk, writing, [made], note)
            found[made.service_type] = made.service_no
    others = list(stored_assistance.numbered(writing.connection, wanted.values()))
    service_log.add(desk, writing, others)
    return found | {one.service_type: one.service_no for one in others}


def _voucher(kind: VoucherKind, slip: Slip, lines: tuple[VoucherLine, ...]) -> Voucher:
    return Voucher(
        NEW_VOUCHER,
        "",
        kind,
        slip.issued_on,
        purpose=slip.purpose,
        third_party=slip.third_party,
        stay=slip.stay,
        requested_by=slip.requested_by,
        approved_by=slip.approved_by,
        reason=service_log.tidy(slip.reason),
        lines=lines,
    )


# What is asked for ----------------------------------------------------------------------------------------------------


@needs(Permission.STOCK_REQUEST)
def ask(desk: Desk, slip: Slip) -> Done:
    """Ask the store for something: a request without movements, until it is issued or turned down.

    Raises Missing, BadNumber, KitOpened, NotInList, NotLendable, NoSuch.
    """
    with desk.writing("ask_stock", STOCK) as writing:
        put_request(desk, writing, slip)
    return writing.done


def put_request(desk: Desk, writing: Writing, slip: Slip, service_no: str = "") -> Voucher:
    """The same inside another act. service_no: of the service that it stands for, which is written already."""
    if slip.purpose not in PURPOSES:
        raise NotInList("purpose", slip.purpose)
    connection = writing.connection
    told = replace(slip, third_party=_for_whom(connection, slip, PURPOSES[slip.purpose]), requested_by=desk.user)
    asked = _unpacked(_kits(connection), slip.lines)
    check_given("item_code", asked)
    _check_lent(stock.items(connection), asked)
    for line in asked:
        check_amount(line.amount)
    lines = tuple(VoucherLine(one.item, one.amount, one.amount, one.kit_code, one.lent) for one in asked)
    voucher = replace(_voucher(REQUEST, told, lines), status="brouillon", service_no=service_no)
    return write(desk, writing, voucher, [])[0]


@needs(Permission.STOCK_APPROVE)
def approve(desk: Desk, request: VoucherId) -> Done:
    """Let the store issue what was asked for. Raises NotNow where it is not waiting any more."""
    with desk.writing("approve_request", STOCK) as writing:
        voucher = _waiting(writing, request)
        writing.trail.change("stock_vouchers", voucher.id, {"approved_by": desk.user})
    return writing.done


@needs(Permission.STOCK_EDIT)
def turn_down(desk: Desk, request: VoucherId, reason: str) -> Done:
    """Issue nothing of it. Raises NotNow, Missing without a reason."""
    check_given("reason", reason.strip())
    with desk.writing("turn_down_request", STOCK) as writing:
        voucher = _waiting(writing, request)
        writing.trail.change(
            "stock_vouchers", voucher.id, {"voucher_status": "annule", "reason": service_log.tidy(reason)}
        )
    return writing.done


@needs(Permission.STOCK_EDIT)
def answer(desk: Desk, request: VoucherId, slip: Slip) -> Done:
    """Issue what was asked for, or what there is of it; a service asked for with it counts from then on, of the day on
    which it was given where that was said already. Raises NotNow, and as `issue`.
    """
    with desk.writing("issue_stock", AND_SERVICES) as writing:
        voucher = _waiting(writing, request)
        told = replace(slip, requested_by=voucher.requested_by, approved_by=slip.approved_by or voucher.approved_by)
        said = _said_before(writing.connection, voucher, slip)
        if said is not None and said.counts:  # it was given then: that is when it left the store
            told = replace(told, issued_on=said.service_on)
        made = give_out(desk, writing, told, said)
        _be_about(writing, made)
        change = {"voucher_status": "valide", "reference": made.voucher_no, "issued_by": desk.user}
        writing.trail.change("stock_vouchers", voucher.id, change)
    return writing.done


def _said_before(connection: Connection, request: Voucher, slip: Slip) -> Service | None:
    """The service that was written with the request, None where there is none, or it was not held after all."""
    found = stored_assistance.by_number(connection, request.service_no) if request.service_no else None
    if found is None or found.stay != slip.stay or found.status not in (DONE, service_log.PLANNED):
        return None
    return found


def _waiting(writing: Writing, request: VoucherId) -> Voucher:
    voucher = vouchers.voucher(writing.connection, request)
    if voucher.kind != REQUEST or voucher.status != "brouillon":
        raise NotNow(voucher.voucher_no, voucher.status)
    writing.subject = voucher.voucher_no
    return voucher
