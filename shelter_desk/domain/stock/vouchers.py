"""Vouchers: the paper behind movements, numbered without gaps by kind and year (field 3.12)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import ItemId, MoveId, StayId, UserId, VoucherId
from shelter_desk.domain.stock.moves import INTERNAL, ISSUES, TO_GROUP, TO_RESIDENT, Lot

VoucherKind = Literal["entree", "sortie", "retour", "transfert", "pv", "contrepassation", "demande"]
VoucherStatus = Literal["brouillon", "valide", "annule"]
SLIP: VoucherKind = "sortie"
REQUEST: VoucherKind = "demande"
PREFIXES: dict[VoucherKind, str] = {
    "entree": "BE",
    "sortie": "BS",
    "retour": "BR",
    "transfert": "BT",
    "pv": "PV",
    "contrepassation": "CP",
    "demande": "DS",
}
# what a slip is for, and the kind of movement it makes
PURPOSES = {
    "individuel": TO_RESIDENT,
    "depart": TO_RESIDENT,
    "collectif": TO_GROUP,
    "cuisine": INTERNAL,
    "entretien": INTERNAL,
    "formation": INTERNAL,
}


def kind_of(move_type: str) -> VoucherKind:
    """The voucher behind a movement of an older register."""
    return SLIP if move_type in ISSUES else _KINDS.get(move_type, "pv")


_KINDS: dict[str, VoucherKind] = {
    "achat": "entree",
    "don": "entree",
    "transfert_recu": "transfert",
    "transfert_emis": "transfert",
    "retour": "retour",
    "correction": "contrepassation",
}


def number(kind: VoucherKind, year: int, count: int) -> str:
    """`BS-2026-0001`."""
    return f"{PREFIXES[kind]}-{year}-{count:04}"


def is_request(voucher_no: str) -> bool:
    """True for the number of a request."""
    return voucher_no.startswith(f"{PREFIXES[REQUEST]}-")


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line as the paper has it, whatever the lots. Amounts in thousandths.

    asked: by whom it is for, or what was announced of what came in; kept as the amount where nobody said otherwise.
    """

    item: ItemId
    amount: int
    asked: int = 0
    kit_code: str = ""
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher with its lines. third_party: a code, never a name. reference: an invoice, a way bill.

    requested_by, approved_by, issued_by: who did what, None where it was not said. service_no: of a request, the
    service that was written with it.
    """

    id: VoucherId
    voucher_no: str
    kind: VoucherKind
    voucher_on: date
    status: VoucherStatus = "valide"
    purpose: str = ""
    third_party: str = ""
    stay: StayId | None = None
    requested_by: UserId | None = None
    approved_by: UserId | None = None
    issued_by: UserId | None = None
    reason: str = ""
    reference: str = ""
    reverses: VoucherId | None = None
    recorded_at: datetime | None = None
    lines: tuple[VoucherLine, ...] = ()
    service_no: str = ""

    @property
    def same_hands(self) -> bool:
        """S-07: one person stands for two of the three."""
        hands = [one for one in (self.requested_by, self.approved_by, self.issued_by) if one is not None]
        return len(set(hands)) < len(hands)


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """So much of an item that came in. packs, pack: how it was counted, `amount` being all of it. unit_cost_xof: of one
    unit, for information. announced: by the order or the way bill, None where nothing was.
    """

    item: ItemId
    amount: int
    lot: Lot = field(default_factory=Lot)
    unit_cost_xof: int | None = None
    pack: str = ""
    pack_factor: int | None = None
    announced: int | None = None

    @property
    def differs(self) -> bool:
        """True where another quantity was announced."""
        return self.announced is not None and self.announced != self.amount


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came in on a day. move_type: one of `RECEIPTS`; reason: why it is not what was announced."""

    received_on: date
    move_type: str
    lines: tuple[ReceivedLine, ...]
    third_party: str = ""
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """So much of an item, or so many kits where `kit_code` is one and nothing was `asked`.

    asked: how much a request asked for; with a kit code, the line is one item of a kit that is opened already.
    lots: None takes the lots that expire first.
    """

    item: ItemId
    amount: int
    lots: tuple[tuple[Lot, int], ...] | None = None
    kit_code: str = ""
    lent: bool = False
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """What is to go out. purpose: of `PURPOSES`; stay: the resident of an individual one."""

    issued_on: date
    purpose: str
    lines: tuple[AskedLine, ...]
    stay: StayId | None = None
    third_party: str = ""
    requested_by: UserId | None = None
    approved_by: UserId | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """So much of an issue that comes back to its lot."""

    move: MoveId
    amount: int


@dataclass(frozen=True, slots=True)
class TakenLine:
    """So much of one lot that is lost, broken, expired or sent away."""

    item: ItemId
    lot: Lot
    amount: int
