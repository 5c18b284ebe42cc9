"""Assets and what happened to them (field 2.16, 3.10).

A bed is a place; its frame, mattress and net are assets linked to it.

Lines of a report about single assets: what happened in the period, what is being mended on its last day.

What a bed needs, and which of it cannot be used: a bed is a place, these are things on it (A-04).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from shelter_desk.domain.codes import folded
from shelter_desk.domain.ids import AssetEventId, AssetId, BedId, GrantId, ReceptionId, RoomId, UserId


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the period as it is listed."""

    tag_no: str
    designation: str
    kind: str
    on: date
    pv_no: str


@dataclass(frozen=True, slots=True)
class Open:
    """A maintenance ticket that is open on the last day."""

    ticket_no: str
    tag_no: str
    designation: str
    kind: str
    reported_on: date
    urgency: str


IN_USE, IN_STORE, ON_LOAN = "en_service", "en_stock", "pret"
BROKEN, UNDER_REPAIR, OUT_OF_SERVICE = "en_panne", "en_reparation", "hors_service"
WRITTEN_OFF, LOST, STOLEN, TRANSFERRED = "reforme", "perdu", "vole", "transfere"
# in the closing number, and not; in the order of the list
COUNTED = (IN_USE, IN_STORE, BROKEN, UNDER_REPAIR, ON_LOAN, OUT_OF_SERVICE)
GONE = (WRITTEN_OFF, LOST, STOLEN, TRANSFERRED)
TO_MEND = (BROKEN, UNDER_REPAIR, OUT_OF_SERVICE)
UNUSABLE = frozenset({*TO_MEND, *GONE})
WORN_OUT = "hors_usage"

ENTRIES = frozenset({"acquisition", "don_recu", "transfert_recu"})
COUNTED_THEN = "inventaire"
RECEIVED, WRITE_OFF, RETURNED = "transfert_recu", "reforme", "retour_service"
# what each event makes of the status; the others leave it as it is
MEANS = MappingProxyType(
    {
        "affectation": IN_USE,
        "panne": BROKEN,
        "reparation": UNDER_REPAIR,
        "retour_service": IN_USE,
        "hors_service": OUT_OF_SERVICE,
        "reforme": WRITTEN_OFF,
        "perte": LOST,
        "vol": STOLEN,
        "transfert_sortant": TRANSFERRED,
    }
)
WHOLE = 100  # per cent that an award may have paid of a thing
PREFIXES = MappingProxyType(
    {
        "literie": "LIT",
        "mobilier": "MOB",
        "cuisine": "CUI",
        "energie": "ENE",
        "ventilation": "VEN",
        "eau_assainissement": "EAU",
        "informatique": "INF",
        "communication": "COM",
        "medical": "MED",
        "formation": "FOR",
        "education_loisirs": "EDU",
        "securite": "SEC",
        "transport": "TRA",
        "entretien": "ENT",
        "batiment": "BAT",
    }
)
OTHER_PREFIX = "AUT"


# what people write where there is no serial number
_NO_SERIAL = frozenset({"-", "—", "?", "/", "n/a", "na", "néant", "neant", "sans", "aucun", "inconnu", "s/n", "0", "x"})


def has_serial(serial_no: str) -> bool:
    """True for a serial number; false for an empty one and for what says that there is none."""
    told = serial_no.strip().casefold()
    return bool(told) and told not in _NO_SERIAL


def prefix_of(category: str) -> str:
    """What the tags of a category begin with."""
    return PREFIXES.get(category, OTHER_PREFIX)


@dataclass(frozen=True, slots=True)
class Grant:
    """One agreement with a donor. code: as the shelter calls it."""

    id: GrantId
    code: str
    donor: str
    title: str = ""
    agreement_no: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    currency: str = "XOF"


@dataclass(frozen=True, slots=True)
class Asset:
    """One thing with its tag, or a batch of things without numbers of their own.

    quantity: how many things the batch holds, 1 for a thing with its own tag. cost: francs, for all of them.
    award_share: per cent of it that its grant paid, None where nobody said.
    status, condition, room: as they are now. maintenance_days, maintenance_hours: how often it is looked after.
    """

    id: AssetId
    tag_no: str
    designation: str
    category: str
    acquisition_mode: str
    acquired_on: date
    donor: str
    owner: str
    status: str
    condition: str
    quantity: int = 1
    brand_model: str = ""
    serial_no: str = ""
    grant: GrantId | None = None
    supplier: str = ""
    invoice_no: str = ""
    cost: int | None = None
    handover_pv: str = ""
    room: RoomId | None = None
    custodian: UserId | None = None
    warranty_until: date | None = None
    life_years: int | None = None
    maintenance_days: int | None = None
    maintenance_hours: int | None = None
    bed: BedId | None = None
    reception: ReceptionId | None = None
    award_share: int | None = None

    @property
    def is_here(self) -> bool:
        """True for what is in the closing number now."""
        return self.status in COUNTED

    @property
    def is_batch(self) -> bool:
        """True for several things under one tag."""
        return self.quantity > 1


@dataclass(frozen=True, slots=True)
class AssetEvent:
    """What happened to an asset on a day.

    status: what it became, where that is not what the kind of event says. condition, room: as found or left then,
    nothing where it was not looked at. status_was, condition_was, room_was: before, where the program knew.
    other_party: who received it, in words of the shelter. price: francs that it was sold for.
    """

    id: AssetEventId
    asset: AssetId
    kind: str
    on: date
    status: str = ""
    condition: str = ""
    room: RoomId | None = None
    status_was: str = ""
    condition_was: str = ""
    room_was: RoomId | None = None
    pv_no: str = ""
    reason: str = ""
    donor_agreement: str = ""
    other_party: str = ""
    price: int | None = None

    @property
    def makes(self) -> str:
        """The status that it leaves, empty where it says nothing of it."""
        return self.status or MEANS.get(self.kind, "")

    @property
    def ends_loan(self) -> bool:
        """True where what was lent is back or gone; a fault ends no loan, nor that it works again where it is."""
        is_back = self.kind == RETURNED and self.status != ON_LOAN
        return is_back or self.makes in (IN_USE, IN_STORE, *GONE)


FRAME, MATTRESS, NET = "cadre", "matelas", "moustiquaire"
_WORDS = {"matelas": MATTRESS, "mattress": MATTRESS, "moustiquaire": NET, "net": NET, "mosquitonet": NET}


def part_of(designation: str) -> str:
    """Which part of a bed a thing is, by the first word of its name that says so; the frame where none does."""
    for word in designation.replace("-", " ").split():
        found = _WORDS.get(folded(word))
        if found is not None:
            return found
    return FRAME


def lacking(assets: Iterable[Asset]) -> dict[BedId, tuple[str, ...]]:
    """The parts that a bed had and of which none can be used; beds without any linked thing say nothing."""
    parts: dict[BedId, dict[str, bool]] = defaultdict(dict)
    for one in assets:
        if one.bed is not None and one.category == "literie":
            part = part_of(one.designation)
            is_usable = one.status not in UNUSABLE and one.condition != WORN_OUT
            parts[one.bed][part] = parts[one.bed].get(part, False) or is_usable
    found = {bed: tuple(sorted(part for part, usable in known.items() if not usable)) for bed, known in parts.items()}
    return {bed: missing for bed, missing in found.items() if missing}
