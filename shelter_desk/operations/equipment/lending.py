"""Things of the register that are lent to a resident, or to somebody else, and come back; by code, never a name.

A loan is an `affectation` that leaves the thing on loan, and its return a `retour_service`; both stand in its history.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shelter_desk.domain.equipment.assets import IN_STORE, IN_USE, Asset
from shelter_desk.domain.equipment.happening import ASSIGN, FOUND_AGAIN, Happening
from shelter_desk.domain.equipment.history import History
from shelter_desk.domain.ids import AssetId, RoomId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.residents import person_acts
from shelter_desk.storage.equipment import equipment as stored_equipment
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays
from shelter_desk.storage.stock import stock as stored_stock

LONG = timedelta(days=30)  # after which somebody else than a resident is asked for it


@dataclass(frozen=True, slots=True)
class Lent:
    """A thing that is out. to: code of a resident, or who else has it in words of the shelter.

    is_overdue: it is to be asked back: its resident has left, or somebody else has had it for long.
    """

    asset: Asset
    to: str
    since: date
    is_overdue: bool = False


@needs(Permission.ASSETS_SEE)
def out(desk: Desk) -> tuple[Lent, ...]:
    """Everything that is out, what is to be asked back first, then the oldest."""
    with desk.reading() as connection:
        found = lent(connection)
        is_late = _late(connection, desk.today(), [(one.to, one.since) for one in found])
    lines = [replace(one, is_overdue=late) for one, late in zip(found, is_late, strict=True)]
    return tuple(sorted(lines, key=lambda one: (not one.is_overdue, one.since, one.asset.tag_no)))


@needs(Permission.STOCK_SEE)
def late(desk: Desk, loans: Sequence[tuple[str, date]]) -> list[bool]:
    """Whether each loan, to whom and since when, is to be asked back."""
    with desk.reading() as connection:
        return _late(connection, desk.today(), loans)


def _late(connection: Connection, today: date, loans: Sequence[tuple[str, date]]) -> list[bool]:
    """A resident keeps it as long as they stay, somebody else for thirty days."""
    persons = stored_stock.persons_of_codes(connection, {to for to, _ in loans})
    here = {stay.person for stay in stays.on(connection, today)}
    return [
        person not in here if (person := persons.get(to.casefold())) is not None else today - since > LONG
        for to, since in loans
    ]


@needs(Permission.STOCK_SEE)
def of_stay(desk: Desk, stay: StayId) -> tuple[Lent, ...]:
    """What this resident still has: shown on the record and asked at the exit."""
    with desk.reading() as connection:
        mine = {one.casefold() for one in person_acts.told_by(connection, stay)}
        return tuple(one for one in lent(connection) if one.to.casefold() in mine)


@needs(Permission.ASSETS_EDIT)
def lend(
    desk: Desk,
    keys: Sequence[AssetId],
    on: date,
    stay: StayId | None,
    other: str = "",
    *,
    condition: str = "",
    note: str = "",
    pieces: int | None = None,
) -> Done:
    """Lend these things to a resident, else to somebody else; pieces of a batch get a tag of their own.

    Raises Missing where nobody is said, NotToLend, and as `equipment.record`.
    """
    with desk.reading() as connection:
        to = other if stay is None else person_acts.code_of(connection, stay)
    said = Happening(ASSIGN, on, condition, reason=note, other_party=to, lent=True, pieces=pieces)
    with desk.writing("lend_asset", equipment.TOPICS) as writing:
        equipment.write_all(desk, writing, keys, said)
    return writing.done


@needs(Permission.ASSETS_EDIT)
def take_back(desk: Desk, keys: Sequence[AssetId], said: Happening) -> Done:
    """These things came back, into use or into the store. Raises NotToLend, and as `equipment.record`."""
    with desk.writing("take_back_asset", equipment.TOPICS) as writing:
        writing.subject = bring_back(desk, writing, keys, said)[0].asset.tag_no
    return writing.done


def bring_back(desk: Desk, writing: Writing, keys: Iterable[AssetId], said: Happening) -> list[History]:
    """The same inside another act: the exit of who had them."""
    return [equipment.write(desk, writing, stored_equipment.history(writing.connection, key), said) for key in keys]


def back(
    on: date, condition: str = "", note: str = "", *, status: str = IN_STORE, room: RoomId | None = None
) -> Happening:
    """What is written of a thing that comes back. status: in store, or in use; room: where it is put."""
    return Happening(FOUND_AGAIN, on, condition, room, reason=note, stored=status != IN_USE, returned=True)


def lent(connection: Connection) -> list[Lent]:
    """What is on loan now, with whom and since when, as its last loan says; what broke there is lent still."""
    known = stored_equipment.assets(connection, stored_equipment.MAY_BE_LENT)
    return [
        Lent(known[key], "" if loan is None else loan.other_party, known[key].acquired_on if loan is None else loan.on)
        for key, loan in stored_equipment.loans(connection, known).items()
    ]
