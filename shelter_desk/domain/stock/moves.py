"""Movements: kinds that carry their sign, lots with their expiry and donor (field 2.17, 3.11).

A movement has a day. Within a day entries come before issues, so that an item is never negative at the end of a day,
nor at any instant of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from shelter_desk.domain.ids import ItemId, MoveId, VoucherId
from shelter_desk.domain.moments import Period

OPENING = "stock_initial"
RETURN = "retour"
REVERSAL = "correction"
SURPLUS, SHORTAGE = "ecart_plus", "ecart_moins"
RECEIPTS = (OPENING, "achat", "don", "transfert_recu")
ENTRIES = (*RECEIPTS, RETURN)
TO_RESIDENT, TO_GROUP, INTERNAL, SENT = "dist_individuelle", "dist_collective", "conso_interne", "transfert_emis"
# what somebody uses: it counts as consumption, and an expired lot never goes out so (S-02)
ISSUES = (TO_RESIDENT, TO_GROUP, INTERNAL)
OUTS = (*ISSUES, SENT)
EXPIRED = "peremption"
LOSSES = (EXPIRED, "casse_avarie", "perte_vol")
_PLUS = frozenset({*ENTRIES, SURPLUS})
_MINUS = frozenset({*OUTS, *LOSSES, SHORTAGE})


def sign(move_type: str, reversed_type: str = "") -> int:
    """+1 or −1; a reversal goes against the movement it takes back. Raises KeyError for no kind of movement."""
    if move_type == REVERSAL and reversed_type not in ("", REVERSAL):
        return -sign(reversed_type)
    if move_type in _PLUS:
        return 1
    if move_type in _MINUS:
        return -1
    raise KeyError(move_type)


@dataclass(frozen=True, slots=True)
class Lot:
    """What came together: the same number and expiry from another donor, or under another grant, is another lot.

    lot_no: "" where none is written on it. expiry_on: usable through that day, None where it does not expire or
    nobody knows. donor: "" where nobody said; grant: the code of what the donor gave it under, "" for none.
    """

    lot_no: str = ""
    expiry_on: date | None = None
    donor: str = ""
    grant: str = ""

    def is_expired(self, day: date) -> bool:
        """True from the day after the printed one."""
        return self.expiry_on is not None and self.expiry_on < day


NO_LOT = Lot()


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the ledger. It is never changed: another one takes it back.

    change: what it does to the balance, in thousandths with its sign. third_party: code of a resident or a stay, a
    room, a service, a supplier; never a name. voucher_no: as the paper has it. unit_cost_xof: for one unit.
    pack, pack_factor: what it was counted in that day, and how much was in one.
    reverses: the move it takes back. lent: to be given back; returns: the issue it brings back to its lot.
    service_no: the service that an issue to a resident stands for (I-20). actual_on: the day on which it really
    happened, where that lies before the day it is dated on, as of a movement typed after its month was closed.
    """

    id: MoveId
    move_no: str
    item: ItemId
    moved_on: date
    move_type: str
    change: int
    lot: Lot = NO_LOT
    voucher_no: str = ""
    third_party: str = ""
    unit_cost_xof: int | None = None
    pack: str = ""
    pack_factor: int | None = None
    reverses: MoveId | None = None
    lent: bool = False
    returns: MoveId | None = None
    voucher: VoucherId | None = None
    service_no: str = ""
    actual_on: date | None = None
    recorded_at: datetime | None = field(default=None, compare=False)

    @property
    def amount(self) -> int:
        """The quantity without its sign, in thousandths."""
        return abs(self.change)

    @property
    def happened_on(self) -> date:
        """The real day: figures and balances go by the day it is dated on, people by this one."""
        return self.actual_on or self.moved_on


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """The day a movement is dated on, and the real one where that is another."""

    on: date
    actual_on: date | None = None

    @property
    def happened_on(self) -> date:
        """The real day."""
        return self.actual_on or self.on


def ledger_day(day: date, today: date, closed: Iterable[Period]) -> LedgerDay:
    """How a movement of that day is dated: what belongs into a closed month today, with its real day."""
    return LedgerDay(today, day) if any(day in month for month in closed) else LedgerDay(day)
