"""What was a consumable becomes equipment, and only by a movement: decision 010 says which and why."""

from dataclasses import dataclass, replace
from datetime import date

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.equipment.assets import ENTRIES, IN_STORE, Asset
from shelter_desk.domain.errors import BadNumber, NotInList
from shelter_desk.domain.ids import AssetId, GrantId, ItemId, RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND
from shelter_desk.domain.stock.moves import SENT, Lot, Move
from shelter_desk.domain.stock.refusals import NotReversible
from shelter_desk.domain.stock.vouchers import Voucher, VoucherLine
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock.stock_posting import NEW_MOVE, NEW_VOUCHER, Ledger, dated, write
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.stock import stock

CHANGES = Changes(stock=True, assets=True, rooms=True)
PIECES = ("piece", "kit")  # units of what may be a thing with a tag


@dataclass(frozen=True, slots=True)
class Reclassified:
    """So many pieces of a lot that become equipment. category, condition: of the equipment.

    numbered: each gets a tag of its own, else all are one batch. donor: of a lot that names none.
    """

    item: ItemId
    lot: Lot
    pieces: int
    day: date
    category: str
    condition: str
    reason: str
    room: RoomId | None = None
    numbered: bool = True
    donor: str = ""


@needs(Permission.STOCK_EDIT)
def to_equipment(desk: Desk, said: Reclassified) -> Done:
    """Take them out of the store, and register them with donor, grant and cost of their lot, in one act.

    Raises NotAllowed, Missing, BadNumber, NotInList for what is not counted in pieces, NotEnough, InTheFuture,
    CountOpen, and as `equipment.add_assets`.
    """
    desk.check(Permission.ASSETS_EDIT)
    check_given("reason", said.reason.strip())
    if not 0 < said.pieces <= equipment.MOST_PIECES:
        raise BadNumber("quantity", str(said.pieces))
    with desk.writing("to_equipment", CHANGES) as writing:
        book = Ledger(writing.connection)
        item = book.item(said.item)
        if item.unit not in PIECES:
            raise NotInList("unit", item.unit)
        day = dated(desk, writing.connection, said.day, [said.item])
        asset = _asset(writing, book, said, day.on)
        amount = said.pieces * THOUSAND
        book.take(said.item, amount, day, SENT, said.lot)
        party = words.text("Equipment")
        move = Move(
            NEW_MOVE, "", said.item, day.on, SENT, -amount, said.lot, third_party=party, actual_on=day.actual_on
        )
        lines = (VoucherLine(said.item, amount),)
        reason = service_log.tidy(said.reason)
        told = Voucher(NEW_VOUCHER, "", "transfert", day.on, third_party=party, reason=reason, lines=lines)
        made, _ = write(desk, writing, told, [move])
        tags = _register(desk, writing, asset, said, made.voucher_no)
        writing.trail.change("stock_vouchers", made.id, {"reference": tags})
        writing.subject = made.voucher_no
    return writing.done


def _asset(writing: Writing, book: Ledger, said: Reclassified, on: date) -> Asset:
    """One of them, before it has a tag. on: the day it is equipment from, that of the movement."""
    donor = said.lot.donor or said.donor
    check_given("donor", donor)
    moves = book.moves(said.item)
    came = [move.move_type for move in moves if move.change > 0 and move.lot == said.lot]
    mode = next((kind for kind in came if kind in ("achat", "don")), "existant")
    grant = stock.grant_id(writing.connection, said.lot.grant)
    cost = ledger.unit_cost(moves, said.lot)
    return Asset(
        AssetId(0),
        "",
        book.item(said.item).designation,
        said.category,
        mode,
        on,
        donor,
        "centre",
        IN_STORE,
        said.condition,
        grant=None if grant is None else GrantId(grant),
        cost=cost,
        room=said.room,
    )


def _register(desk: Desk, writing: Writing, asset: Asset, said: Reclassified, voucher_no: str) -> str:
    """The tags given, the first and the last of several."""
    told = replace(asset, handover_pv=voucher_no)
    if said.numbered:
        made = equipment.add(desk, writing, told, said.pieces, transferred=True)
    else:
        cost = None if told.cost is None else told.cost * said.pieces
        made = equipment.add(desk, writing, replace(told, quantity=said.pieces, cost=cost), transferred=True)
    first, last = made[0].tag_no, made[-1].tag_no
    return first if first == last else f"{first} – {last}"


def take_out(writing: Writing, voucher: Voucher) -> None:
    """The equipment that a voucher made, where the voucher is taken back; nothing else may have happened to it.

    Raises NotReversible, ChangedSince where a ticket or a count speaks of it.
    """
    by, every = (voucher.voucher_no, voucher.voucher_on), stored_equipment.histories(writing.connection)
    # it came by the voucher, on its day, and not from elsewhere under the same number
    made = [one for one in every if one.is_received and (one.asset.handover_pv, one.asset.acquired_on) == by]
    if any(event.kind not in ENTRIES for one in made for event in one.events):
        raise NotReversible(voucher.voucher_no, "equipment")
    for one in made:
        for event in one.events:
            writing.trail.remove("asset_events", event.id)
        writing.trail.remove("assets", one.asset.id)
