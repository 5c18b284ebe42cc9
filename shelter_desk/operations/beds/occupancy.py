"""Who sleeps where on one night, and which beds fit a person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from shelter_desk.domain import settings as limits
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.beds.room_rules import SPACE_NORM_M2, Finding, Sleeper, incomplete
from shelter_desk.domain.casefile.incidents import ContactRisk, kept_apart
from shelter_desk.domain.equipment.assets import lacking
from shelter_desk.domain.ids import BedId, PersonId, RoomId, StayId
from shelter_desk.domain.moments import covers
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Absence, Placement, Stay
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.beds import held_beds
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.case import case_rows
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import contact_risks
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays

VICTIMS = frozenset({"presumee", "identifiee"})


@dataclass(frozen=True, slots=True)
class Present:
    """One counted stay that covers the night, with its family then.

    placement: where it sleeps, None when no place is known. absence: where it is away.
    """

    stay: Stay
    person: Person
    placement: Placement | None
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class HouseNight:
    """The house on one night: rooms and beds in service in order of their codes, states that hold, everyone present.

    held: what is held that night or from a later one on. victims: None for who may not read who is one.
    """

    night: date
    rooms: dict[RoomId, Room]
    beds: dict[BedId, Bed]
    states: dict[BedId, BedState]
    present: tuple[Present, ...]
    risks: tuple[ContactRisk, ...] = ()
    victims: frozenset[PersonId] | None = field(default=frozenset(), repr=False)
    norm_m2: float = SPACE_NORM_M2
    held: tuple[HeldBed, ...] = ()

    def apart(self, person: PersonId, is_victim: bool | None = None) -> frozenset[str]:
        """Codes of those in the house whom this person must not meet (R-28).

        is_victim: None to go by the decisions of those present. For who may not read them whoever no victim may meet is
        kept from everybody, and nobody is told from others by it.
        """
        if not self.risks:
            return frozenset()
        victim = person in (self.victims or ()) if is_victim is None else is_victim
        keys = (one.person.id for one in self.present)
        others = ((key, self.victims is None or key in self.victims) for key in keys)
        apart = kept_apart(person, victim, self.risks, others)
        return frozenset(one.person.code for one in self.present if one.person.id in apart) if apart else frozenset()

    def sleeper(self, present: Present) -> Sleeper:
        """Somebody present as the rules of rooms see them."""
        seen = sleeper_of(present.stay, present.person)
        return replace(seen, apart=self.apart(present.person.id)) if self.risks else seen

    def room_of(self, present: Present) -> RoomId | None:
        """Where the person sleeps, None when no room is known."""
        if present.placement is None:
            return None
        if present.placement.bed is not None:
            bed = self.beds.get(present.placement.bed)
            return None if bed is None else bed.room
        return present.placement.room

    def others_in(self, room: RoomId, without: StayId | None = None) -> list[Sleeper]:
        """Everyone who sleeps in the room, for the rules."""
        return [self.sleeper(one) for one in self.present if self.room_of(one) == room and one.stay.id != without]

    def held_in(self, room: RoomId) -> tuple[HeldBed, ...]:
        """Places of that room, no bed of it, that are held that night."""
        return tuple(one for one in self.held if one.room == room and one.on(self.night))

    def in_bed(self) -> dict[BedId, list[Present]]:
        """Who has each bed, the one who does not share it first."""
        found: dict[BedId, list[Present]] = defaultdict(list)
        for one in sorted(self.present, key=lambda one: one.placement is not None and one.placement.place != "lit"):
            if one.placement is not None and one.placement.bed is not None:
                found[one.placement.bed].append(one)
        return found


def house(connection: Connection, night: date) -> HouseNight:
    """Read the house as it was, or is, on that night."""
    found = [stay.as_of(night) for stay in stored_stays.on(connection, night)]
    keys = [stay.id for stay in found]
    placements, absences = stored_stays.placements(connection, keys), stored_stays.absences(connection, keys)
    persons = stored_residents.persons(connection, {stay.person for stay in found})
    risks = contact_risks.holding(connection, night)
    return HouseNight(
        night,
        stored_beds.rooms(connection),
        {bed.id: bed for bed in stored_beds.in_service(connection, night)},
        {state.bed: state for state in stored_beds.states(connection) if covers(state.start, state.end, night)},
        tuple(
            Present(
                stay,
                persons[stay.person],
                _on(placements.get(stay.id, ()), night),
                _on(absences.get(stay.id, ()), night),
            )
            for stay in found
        ),
        risks,
        _victims(connection, found, night) if risks else frozenset(),
        limits.decimal(settings.read(connection), "norm_m2"),
        tuple(one for one in held_beds.until(connection, night) if one.over_on > night),
    )


def who_is_here(connection: Connection, night: date) -> tuple[frozenset[PersonId], frozenset[PersonId] | None]:
    """Who is in the house on that night, and who of them is a presumed or identified victim, as `HouseNight` has them:
    for whoever needs nothing else of the house.
    """
    found = stored_stays.on(connection, night)
    return frozenset(stay.person for stay in found), _victims(connection, found, night)


def incomplete_bed(connection: Connection, bed: BedId | None, night: date) -> list[Finding]:
    """A-04: a bed whose mattress, net or frame cannot be used that night."""
    if bed is None or bed not in lacking(equipment.on_beds(connection, night)):
        return []
    return [incomplete(stored_beds.bed(connection, bed))]


def _victims(connection: Connection, found: Iterable[Stay], night: date) -> frozenset[PersonId] | None:
    """Whoever is a presumed or identified victim by the last decision on that night; None without the case file."""
    if case_rows.key_of(connection) is None:
        return None
    of_stay = {stay.id: stay.person for stay in found}
    decided = stored_stays.statuses(connection, list(of_stay))
    last = {key: [one for one in ones if one.decided_on <= night][-1:] for key, ones in decided.items()}
    return frozenset(of_stay[key] for key, ones in last.items() if ones and ones[0].victim_status in VICTIMS)


Dated = TypeVar("Dated", Placement, Absence)


def _on(facts: Iterable[Dated], night: date) -> Dated | None:
    return next((fact for fact in facts if covers(fact.start, fact.end, night)), None)


def sleeper_of(stay: Stay, person: Person) -> Sleeper:
    """A person of a stay as the rules of rooms see them; who came with nobody is their own household."""
    return Sleeper(person.sex, person.birth, stay.family, stay.id, person.code)
