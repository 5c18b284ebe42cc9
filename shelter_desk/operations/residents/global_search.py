"""What the search box finds besides persons: beds, items, equipment, partners; as the role may see them."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, TypeVar

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.barcodes import meant
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.codes import folded
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.errors import BadCode
from shelter_desk.domain.residents.contacts import digits_of, same_phone
from shelter_desk.domain.residents.residents import NUMBERS, read_code
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import Item
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import lines_of, names_index
from shelter_desk.storage.assistance import referrals
from shelter_desk.storage.beds import beds
from shelter_desk.storage.casefile import incidents
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import contacts as stored_contacts
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.residents import search
from shelter_desk.storage.stock import stock

Thing = Bed | Item | Asset | Partner
Kind = Literal["bed", "item", "asset", "partner"]
T = TypeVar("T")
SHORTEST = 2  # letters; one letter would find half the house


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A thing, and what its kind calls beside it: the room of a bed or of an asset."""

    kind: Kind
    thing: Thing
    room: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What bears the whole number typed. code: of its resident, "" where it has none; place: where it is shown."""

    kind: str
    number: str
    code: str
    place: str


# what the role must hold, and where it is shown
_PLACES: Mapping[str, tuple[Permission, str]] = {
    "person": (Permission.SEE_BEDS, "residents/{code}"),
    "stay": (Permission.SEE_BEDS, "residents/{code}"),
    **dict.fromkeys(NUMBERS, (Permission.SEE_NAMES, "residents/{code}")),
    "phone": (Permission.CASE_SEE, "residents/{code}/stay"),
    "bed": (Permission.SEE_BEDS, "beds/{id}"),
    "room": (Permission.SEE_BEDS, "beds"),
    "referral": (Permission.ASSIST_SEE, "residents/{code}/referrals"),
    "service": (Permission.ASSIST_SEE, "residents/{code}/services"),
    "deposit": (Permission.CASE_SEE, "residents/{code}/stay"),
    "interview": (Permission.CASE_SEE, "residents/{code}/screening"),
    "assessment": (Permission.CASE_SEE, "residents/{code}/vulnerability"),
    "plan": (Permission.CASE_SEE, "residents/{code}/plan"),
    "best_interests": (Permission.CASE_SEE, "residents/{code}/minor"),
    "tracing": (Permission.CASE_SEE, "residents/{code}/minor"),
    "return": (Permission.CASE_SEE, "residents/{code}/return"),
    "incident": (Permission.INCIDENT_SEE, "assistance/incidents/{id}"),
    "request": (Permission.ADMIT_PROVISIONAL, "assistance/places/{id}"),
    "held": (Permission.ASSIST_SEE, "beds/held/{id}"),
    "activity": (Permission.ASSIST_SEE, "assistance/activities/{id}"),
    "voucher": (Permission.STOCK_SEE, "stock/vouchers/{id}"),
    "move": (Permission.STOCK_SEE, "stock/items/{id}"),
    "lot": (Permission.STOCK_SEE, "stock/items/{id}"),
    "item": (Permission.STOCK_SEE, "stock/items/{id}"),
    "kit": (Permission.STOCK_SEE, "stock/kits"),
    "stock_count": (Permission.STOCK_SEE, "stock/counts"),
    "asset": (Permission.ASSETS_SEE, "equipment/register/{id}"),
    "serial": (Permission.ASSETS_SEE, "equipment/register/{id}"),
    "campaign": (Permission.ASSETS_SEE, "equipment/counts"),
    "reception": (Permission.ASSETS_SEE, "equipment/receptions"),
    "ticket": (Permission.ASSETS_SEE, "equipment/maintenance"),
    "grant": (Permission.ASSETS_SEE, "equipment/donors"),
}
_OF_PERSONS = frozenset(kind for kind, (_, place) in _PLACES.items() if place.startswith("residents/"))


def numbered(desk: Desk, typed: str) -> list[Numbered]:
    """What bears that whole number, as the role may see it; a code of letters alone is a word, save of a person."""
    bare = typed.strip()
    if len(bare) < SHORTEST:
        return []
    ways = [bare, bare.upper(), bare.lower(), meant(bare), meant(bare).upper()]
    with suppress(BadCode):
        ways.append(read_code(bare))
    can_be = search.KINDS if _has_digit("".join(ways)) else ("person",)
    kinds = [kind for kind, (needed, _) in _PLACES.items() if kind in can_be and desk.may(needed)]
    with desk.reading() as connection:
        found = [one for one in search.find_number(connection, kinds, ways) if one[0] == "person" or _has_digit(one[1])]
        if not desk.may(Permission.INCIDENT_SEE_ALL) and any(kind == "incident" for kind, *_ in found):
            mine = {int(one.id) for one in incidents.listed(connection, desk.user)}
            found = [one for one in found if one[0] != "incident" or one[2] in mine]
        found += _of_others(desk, connection, bare)
        found += _of_contacts(desk, connection, bare)
        persons = [
            one for *_, code in found if code and (one := stored_residents.by_code(connection, code)) is not None
        ]
    seen = {one.person.code for one in lines_of(desk, persons)} if persons else set()
    return [
        Numbered(kind, number, code if code in seen else "", _PLACES[kind][1].format(code=code, id=opened))
        for kind, number, opened, code in found
        if code in seen or kind not in _OF_PERSONS
    ]


def _has_digit(told: str) -> bool:
    return any(map(str.isdigit, told))


def _of_others(desk: Desk, connection: Connection, typed: str) -> list[tuple[str, str, int, str]]:
    """Who has that number with somebody else, as a line of `find_number`; nobody for who may not read names."""
    index = names_index(desk)
    known = index.numbered(typed) if index is not None else []
    persons = stored_residents.persons(connection, {one.person for one in known}) if known else {}
    return [(one.kind, one.number, int(one.person), persons[one.person].code) for one in known]


def _of_contacts(desk: Desk, connection: Connection, typed: str) -> list[tuple[str, str, int, str]]:
    """Whose contact has that telephone, for who may read contacts; the contact itself is not opened."""
    sealer = desk.sealer
    if sealer is None or not digits_of(typed) or not (desk.may(Permission.SEE_NAMES) and desk.may(Permission.CASE_SEE)):
        return []
    every = list(stored_contacts.phones(connection, sealer))
    mine = list(dict.fromkeys(person for person, phone in every if same_phone(phone, typed)))
    persons = stored_residents.persons(connection, mine) if mine else {}
    return [("phone", typed, int(key), persons[key].code) for key in mine]


def things(desk: Desk, typed: str, most: int = 4) -> list[SearchResult]:
    """So many of each kind at most, those whose code begins so first; what a barcode reader types is understood."""
    wanted = folded(typed).split()
    if len(typed.strip()) < SHORTEST or not wanted:
        return []
    found: list[SearchResult] = []
    with desk.reading() as connection:
        rooms = {key: room.name for key, room in beds.rooms(connection).items()}
        if desk.may(Permission.SEE_BEDS):
            here = [one for one in beds.in_service(connection, desk.today()) if folded(one.code).startswith(wanted[0])]
            found += [SearchResult("bed", one, rooms.get(one.room, "")) for one in here[:most]]
        if desk.may(Permission.STOCK_SEE):
            items = (one for one in stock.items(connection).values() if one.is_active)
            told = ((one, one.code, f"{one.code} {one.designation}") for one in items)
            found += [SearchResult("item", one) for one in _best(told, wanted)[:most]]
        if desk.may(Permission.ASSETS_SEE):
            assets = equipment.assets(connection).values()
            by_reader = [one for one in assets if one.tag_no.casefold() == meant(typed.strip()).casefold()]
            tagged = (
                (one, one.tag_no, f"{one.tag_no} {one.designation} {one.serial_no} {one.brand_model}") for one in assets
            )
            several = dict.fromkeys([*by_reader, *_best(tagged, wanted)])
            found += [
                SearchResult("asset", one, rooms.get(one.room, "") if one.room else "") for one in [*several][:most]
            ]
        if desk.may(Permission.ASSIST_SEE):
            named = (
                (one, one.name, f"{one.name} {one.town} {one.phone} {digits_of(one.phone)}")
                for one in referrals.partners(connection)
            )
            found += [SearchResult("partner", one) for one in _best(named, wanted)[:most]]
    return found


def _best(told: Iterable[tuple[T, str, str]], wanted: list[str]) -> list[T]:
    """Those that say every word, the ones whose code begins with the first word before the others."""
    found = []
    for one, code, said in told:
        whole = folded(said)
        if all(word in whole for word in wanted):
            found.append((not folded(code).startswith(wanted[0]), one))
    return [one for _, one in sorted(found, key=lambda line: line[0])]
