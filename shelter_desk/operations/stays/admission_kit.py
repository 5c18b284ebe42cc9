"""The kit of an admission: given out, or asked of the store, in the act that admits (features N17)."""

from collections import Counter
from dataclasses import replace

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.domain.stock import ledger
from shelter_desk.domain.stock.items import THOUSAND, Kit
from shelter_desk.domain.stock.vouchers import AskedLine, Slip
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.stock import issuing
from shelter_desk.storage.stock import stock

CHANGES = Changes(stays=True, stock=True, services=True, requests=True)
_NO_ITEM = ItemId(0)


@needs(Permission.STOCK_REQUEST)
def offered(desk: Desk) -> tuple[Kit, ...]:
    """The kits in use, in order of names."""
    with desk.reading() as connection:
        return tuple(one for one in stock.kits(connection).values() if one.is_active and one.lines)


@needs(Permission.STOCK_REQUEST)
def in_store(desk: Desk, kit: Kit) -> int:
    """How many of it what may be given out today makes up."""
    today, wanted = desk.today(), Counter[ItemId]()
    for line in kit.lines:
        wanted[line.item] += line.amount
    with desk.reading() as connection:
        free = {item: ledger.free_lots(stock.moves_of(connection, item), today) for item in wanted}
    return min(ledger.usable(free[item], today) // amount for item, amount in wanted.items())


def write(desk: Desk, writing: Writing, stay: Stay, kit_code: str) -> str:
    """Give the kit inside the admission, dated on its day, and return the number of the slip; of the request where
    the person at the desk has no store.

    Raises as `issuing.issue` and `issuing.ask`; NotAllowed for who may not ask.
    """
    if not desk.may(Permission.STOCK_REQUEST):
        raise NotAllowed(Permission.STOCK_REQUEST.value)
    line = AskedLine(_NO_ITEM, THOUSAND, kit_code=kit_code)
    slip = Slip(stay.admitted_at.date(), "individuel", (line,), stay.id, requested_by=desk.user)
    if not desk.may(Permission.STOCK_EDIT):
        return issuing.put_request(desk, writing, slip).voucher_no
    approved_by = desk.user if desk.may(Permission.STOCK_APPROVE) else None
    return issuing.give_out(desk, writing, replace(slip, approved_by=approved_by)).voucher_no
