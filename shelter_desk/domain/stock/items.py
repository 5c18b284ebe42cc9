"""What the store keeps: items with one unit each, the packs they come in, kits issued in one line."""

from dataclasses import dataclass

from shelter_desk.domain.ids import ItemId, KitId


@dataclass(frozen=True, slots=True)
class Pack:
    """A way an item comes packed. unit: a code of `unit`; factor: how much of the item is in it, in thousandths."""

    unit: str
    factor: int


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the catalogue; amounts are thousandths of its unit.

    min_level, max_level: None where nobody set them. lead_time_days: from order to delivery.
    has_expiry: each of its moves names a lot and a day. restricted: medicines, fuel. lendable: lent and taken back.
    service_type: the sub-type of service that an issue to a resident stands for (I-20), "" for none.
    norm: how much a person needs in thirty nights, in thousandths (S-05).
    """

    id: ItemId
    code: str
    designation: str
    category: str
    unit: str
    min_level: int | None = None
    max_level: int | None = None
    lead_time_days: int | None = None
    has_expiry: bool = False
    restricted: bool = False
    lendable: bool = False
    service_type: str = ""
    norm: int | None = None
    is_active: bool = True
    packs: tuple[Pack, ...] = ()

    def factor_of(self, unit: str) -> int | None:
        """How much is in one pack of that unit, None where it does not come so."""
        return next((pack.factor for pack in self.packs if pack.unit == unit), None)


@dataclass(frozen=True, slots=True)
class KitLine:
    """So much of an item in one kit, in thousandths."""

    item: ItemId
    amount: int


@dataclass(frozen=True, slots=True)
class Kit:
    """Several items that go out in one line. service_type: what an issue of it stands for, "" for none."""

    id: KitId
    code: str
    name: str
    lines: tuple[KitLine, ...] = ()
    service_type: str = ""
    is_active: bool = True
