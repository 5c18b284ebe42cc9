"""With whom a stay was of one family, and on which days: whose it belonged to, and who belonged to its own."""

from dataclasses import dataclass

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays


@dataclass(frozen=True, slots=True)
class FamilyTime:
    """The days of [joined, left) with somebody: `is_head` where they answered for the stay, else it for them."""

    stay: Stay
    person: Person
    membership: Membership
    is_head: bool


def around(connection: Connection, stay: Stay) -> tuple[FamilyTime, ...]:
    """The heads of the stay in order of time, then who belonged to its own family; void stays are left out."""
    members = [one for one in stored_stays.families_of(connection, [stay.id]) if one.id != stay.id]
    under = [(one, known) for one in members for known in one.memberships if known.head == stay.id]
    keys = {known.head for known in stay.memberships if known.head is not None}
    heads: dict[StayId, Stay] = {key: stored_stays.stay(connection, key) for key in keys}
    every = [*heads.values(), *(one for one, _ in under)]
    persons = stored_residents.persons(connection, {one.person for one in every})
    above = [(heads[known.head], known) for known in stay.memberships if known.head is not None]
    return (
        *(FamilyTime(one, persons[one.person], known, True) for one, known in above),
        *(FamilyTime(one, persons[one.person], known, False) for one, known in under),
    )
