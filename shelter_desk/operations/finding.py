"""What the search box finds besides persons: beds, items, equipment, partners; as the role may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from shelter_desk.domain.beds import Bed
from shelter_desk.domain.codes import folded
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.reader import meant
from shelter_desk.domain.referrals import Partner
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import Item
from shelter_desk.operations.desk import Desk
from shelter_desk.storage import beds, equipment, referrals, stock

Thing = Bed | Item | Asset | Partner
Kind = Literal["bed", "item", "asset", "partner"]
T = TypeVar("T")
SHORTEST = 2  # letters; one letter would find half the house


@dataclass(frozen=True, slots=True)
class Found:
    """A thing, and what its kind calls beside it: the room of a bed or of an asset."""

    kind: Kind
    thing: Thing
    room: str = ""


def things(desk: Desk, typed: str, most: int = 4) -> list[Found]:
    """So many of each kind at most, those whose code begins so first; what a barcode reader types is understood."""
    wanted = folded(typed).split()
    if len(typed.strip()) < SHORTEST or not wanted:
        return []
    found: list[Found] = []
    with desk.reading() as connection:
        rooms = {key: room.name for key, room in beds.rooms(connection).items()}
        if desk.may(Permission.SEE_BEDS):
            here = [one for one in beds.in_service(connection, desk.today()) if folded(one.code).startswith(wanted[0])]
            found += [Found("bed", one, rooms.get(one.room, "")) for one in here[:most]]
        if desk.may(Permission.STOCK_SEE):
            items = (one for one in stock.items(connection).values() if one.is_active)
            told = ((one, one.code, f"{one.code} {one.designation}") for one in items)
            found += [Found("item", one) for one in _best(told, wanted)[:most]]
        if desk.may(Permission.ASSETS_SEE):
            assets = equipment.assets(connection).values()
            by_reader = [one for one in assets if one.tag_no.casefold() == meant(typed.strip()).casefold()]
            tagged = ((one, one.tag_no, _of_asset(one)) for one in assets)
            several = dict.fromkeys([*by_reader, *_best(tagged, wanted)])
            found += [Found("asset", one, rooms.get(one.room, "") if one.room else "") for one in [*several][:most]]
        if desk.may(Permission.ASSIST_SEE):
            named = ((one, one.name, f"{one.name} {one.town}") for one in referrals.partners(connection))
            found += [Found("partner", one) for one in _best(named, wanted)[:most]]
    return found


def _of_asset(one: Asset) -> str:
    return f"{one.tag_no} {one.designation} {one.serial_no} {one.brand_model}"


def _best(told: Iterable[tuple[T, str, str]], wanted: list[str]) -> list[T]:
    """Those that say every word, the ones whose code begins with the first word before the others."""
    found = [(not folded(code).startswith(wanted[0]), one) for one, code, said in told if _says(said, wanted)]
    return [one for _, one in sorted(found, key=lambda line: line[0])]


def _says(said: str, wanted: list[str]) -> bool:
    whole = folded(said)
    return all(word in whole for word in wanted)
