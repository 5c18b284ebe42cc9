"""Stays with their placements, absences and statuses.

Specific needs of stays in the file.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Select, TextClause, bindparam, literal_column, select, text

from shelter_desk.domain.ids import PersonId, PlacementId, StayId, VictimStatusId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import REDIRECTED, VOID, Absence, Placement, Stay, VictimStatus
from shelter_desk.storage import tables
from shelter_desk.storage.file import exit_reasons
from shelter_desk.storage.file.column_values import named
from shelter_desk.storage.file.halves import BesideRow
from shelter_desk.storage.file.mapper import Mapper, OpenPart, grouped
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.residents import residents
from shelter_desk.storage.residents.person_sealers import opened_at

TABLE = "specific_needs"
UNCOUNTED = f"('{VOID}', '{REDIRECTED}')"  # in SQL: the reasons of exit of stays that count nowhere
NEEDS = Mapper(tables.specific_needs, Need)
_PARTLY = {exit_reasons.SEALED: OpenPart(exit_reasons.OPEN, exit_reasons.uncounted)}
STAYS = Mapper(tables.stays, Stay, beside=tables.situations, partly=_PARTLY, head="head_stay_id")
JOIN_SITUATION = "LEFT JOIN situations n ON n.id = s.id"  # in SQL that calls the stays s
COLUMNS_OF_STAY = STAYS.selected("s", "n")  # what `STAYS.read` reads of both
SITUATION = BesideRow(tables.situations, "stay_id")
PLACEMENTS = Mapper(tables.placements, Placement, beside=tables.placement_reasons, start="started_at", end="ended_at")
PLACEMENT_REASON = BesideRow(tables.placement_reasons, "placement_id", is_sparse=True)
ABSENCES = Mapper(tables.absences, Absence, start="started_at", end="ended_at")
STATUSES = Mapper(tables.victim_statuses, VictimStatus)
_HOLDING = text(
    "SELECT stay_id, specific_need FROM specific_needs WHERE stay_id IN (SELECT value FROM json_each(:keys)) "
    "AND found_on <= :day AND (ended_on IS NULL OR ended_on > :day) ORDER BY found_on, id"
)


def of_stays(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Need, ...]]:
    """The needs of these stays, those that ended too, in the order in which they were found."""
    return by_stay(connection, NEEDS, "found_on", stays)


def needs_holding(connection: Connection, keys: str, day: date) -> dict[StayId, tuple[str, ...]]:
    """The needs that hold on that day, by stay. keys: the stays, as JSON."""
    found: dict[StayId, list[str]] = defaultdict(list)
    for row in connection.execute(_HOLDING, {"keys": keys, "day": day.isoformat()}):
        found[StayId(row.stay_id)].append(row.specific_need)
    return {stay: tuple(needs) for stay, needs in found.items()}


# ids of the stays that began before :after and had not ended before :first; each half is answered by one index, where
# an OR reads every stay there ever was
BETWEEN = (
    "SELECT id FROM stays WHERE exited_at IS NULL AND admitted_at < :after "
    "UNION ALL SELECT id FROM stays WHERE exited_at >= :first AND admitted_at < :after"
)
_COUNTED_BETWEEN = STAYS.rows.where(text(f"uncounted NOT IN {UNCOUNTED} AND stays.id IN ({BETWEEN})")).order_by(
    tables.stays.c.admitted_at, tables.stays.c.id
)


def stay(connection: Connection, stay_id: StayId) -> Stay:
    """One stay."""
    return STAYS.one(connection, stay_id)


def of_person(connection: Connection, person: PersonId) -> list[Stay]:
    """All stays of a person, also void ones, in order of time."""
    return STAYS.where(connection, tables.stays.c.person_id == person, order=(tables.stays.c.admitted_at,))


def household(connection: Connection, head: StayId, day: date | None = None) -> list[Stay]:
    """The stay of the head of a family and those of it, still here or not, void ones left out.

    day: the family of that day, None for that of today, or as it was at each exit.
    """
    found = [one for one in _of_family(connection, head) if not one.is_void]
    return [one for one in found if (one.family if day is None else one.family_on(day)) == head]


def families_of(connection: Connection, heads: Iterable[StayId]) -> list[Stay]:
    """The stays that belong, or belonged, to a family of one of these heads; void ones left out, in order of time."""
    every = {one.id: one for head in heads for one in _of_family(connection, head) if not one.is_void}
    return sorted(every.values(), key=lambda one: (one.admitted_at, one.id))


def _of_family(connection: Connection, head: StayId) -> list[Stay]:
    """In order of ids."""
    of, said = tables.stays.c, tables.situations.c
    is_now = (of.id == head) | (of.head_stay_id == head)
    # apart, so that not all stays are looked through: few were ever of another family, and the index has these alone
    was = of.id.in_(
        select(said.id).where(
            said.former_families != literal_column("''"), said.former_families.contains(f"/{head}/", autoescape=True)
        )
    )
    found = {one.id: one for which in (is_now, was) for one in STAYS.where(connection, which)}
    return [found[key] for key in sorted(found)]


def on(connection: Connection, night: date, since: date | None = None) -> list[Stay]:
    """The counted stays that cover that night, in order of admission; those that ended from a day on as well."""
    after = night + ONE_DAY
    return between(connection, after if since is None else since, after)


def between(connection: Connection, first: date, after: date) -> list[Stay]:
    """The counted stays that began before the day after and had not ended before the first, in order of admission."""
    bounds = {"first": first.isoformat(), "after": after.isoformat()}
    return STAYS.every(connection, _COUNTED_BETWEEN, bounds)


def add(trail: Trail, stay: Stay) -> StayId:
    """Store a new stay with its situation, in the row of the same number; that number."""
    key = StayId(trail.add(tables.stays.name, STAYS.write(stay)))
    SITUATION.add(trail, key, STAYS.write_beside(stay))
    return key


def change(trail: Trail, stay: Stay) -> None:
    """Store a stay as it is from now on, what did not change left as it is."""
    trail.change(tables.stays.name, stay.id, STAYS.write(stay))
    SITUATION.change(trail, stay.id, STAYS.write_beside(stay))


def add_placement(trail: Trail, placement: Placement) -> None:
    """Store a new placement, with why a rule was set aside for it."""
    key = trail.add(tables.placements.name, PLACEMENTS.write(placement))
    PLACEMENT_REASON.add(trail, key, PLACEMENTS.write_beside(placement))


def change_placement(trail: Trail, placement: Placement) -> None:
    """Store a placement as it is from now on."""
    trail.change(tables.placements.name, placement.id, PLACEMENTS.write(placement))
    PLACEMENT_REASON.change(trail, placement.id, PLACEMENTS.write_beside(placement))


def remove_placement(trail: Trail, key: PlacementId) -> None:
    """Take a placement out."""
    PLACEMENT_REASON.remove(trail, key)
    trail.remove(tables.placements.name, key)


class _OfStay(Protocol):
    @property
    def stay(self) -> StayId: ...


Fact = TypeVar("Fact", bound=_OfStay)


def placements(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Placement, ...]]:
    """The placements of each stay, in order of time."""
    return by_stay(connection, PLACEMENTS, "started_at", stays)


def absences(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Absence, ...]]:
    """The absences of each stay, in order of time."""
    return by_stay(connection, ABSENCES, "started_at", stays)


def statuses(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[VictimStatus, ...]]:
    """The decisions on each stay, in order of time."""
    return by_stay(connection, STATUSES, "decided_on", stays)


def reasoned(connection: Connection, stay_id: StayId) -> frozenset[VictimStatusId]:
    """The decisions on a stay that have a reason, which stays sealed."""
    of = tables.victim_statuses.c
    wanted = select(of.id).where(of.stay_id == stay_id, of.reason.is_not(None))
    return frozenset(VictimStatusId(key) for key in connection.execute(wanted).scalars())


def reason(connection: Connection, protection: Sealer, status: VictimStatusId, why: Reason) -> str:
    """The reason of a decision; "" where there is none, or its key is gone with the identity."""
    return opened_at(connection, protection, tables.victim_statuses.c.reason, status, why)


def by_stay(
    connection: Connection, facts: Mapper[Fact], order: str, stays: Iterable[StayId]
) -> dict[StayId, tuple[Fact, ...]]:
    """The facts of each of these stays in the order of that column; stays without one are left out."""
    found = facts.every(connection, _of_stays(facts, order), {"stays": list(stays)})
    return grouped(found, lambda fact: fact.stay)


@cache
def _of_stays(facts: Mapper[Any], order: str) -> Select[Any]:
    of = facts.table.c
    return facts.rows.where(of.stay_id.in_(bindparam("stays", expanding=True))).order_by(of[order], of.id)


def stays_of(connection: Connection, person: PersonId) -> list[StayId]:
    """The ids of all stays of a person."""
    wanted = select(tables.stays.c.id).where(tables.stays.c.person_id == person)
    return [StayId(key) for key in connection.execute(wanted).scalars()]


def persons_of(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, PersonId]:
    """Whose stays these are; one that is not there any more is left out."""
    wanted = select(tables.stays.c.id, tables.stays.c.person_id).where(tables.stays.c.id.in_(list(stays)))
    return {StayId(row.id): PersonId(row.person_id) for row in connection.execute(wanted)}


def next_stay_no(connection: Connection, year: int) -> str:
    """`2026-0042`, the number after the highest of the year."""
    found = connection.execute(
        text("SELECT max(CAST(substr(stay_no, 6) AS INTEGER)) FROM stays WHERE stay_no LIKE :year"),
        {"year": f"{year}-%"},
    ).scalar()
    return f"{year}-{(found or 0) + 1:04d}"


def lines(
    connection: Connection, which: str, night: date, persons: Iterable[PersonId] = ()
) -> list[tuple[Any, Stay | None]]:
    """The list of residents: rows of `persons`, their id called person_id, with the last stay that is not void and,
    for those here, bed_code, lies_in, place and absence_type of that night.

    which: `here`, `left`, `all`, or `chosen` for those persons, in no order.
    """
    chosen = {"persons": list(persons)} if which == "chosen" else {}
    found = named(connection.execute(_lines(which), {"night": night.isoformat(), **chosen}))
    return [(row, None if row.stay_no is None else STAYS.read(row)) for row in found]


_LAST_STAY = (
    f"SELECT {residents.selected('c', 'w', without='id')}, c.id AS person_id, "
    f"{STAYS.selected('s', 'n', without='person_id')}, "
    "b.bed_code, coalesce(f.room_id, b.room_id, p.room_id) AS lies_in, p.place, a.absence_type"
)
_PROFILE = "LEFT JOIN profiles w ON w.id = c.id"
_HERE = f"FROM stays s JOIN persons c ON c.id = s.person_id {_PROFILE} {JOIN_SITUATION}"
_EVERYONE = (
    "FROM persons c LEFT JOIN stays s ON s.id = (SELECT o.id FROM stays o WHERE o.person_id = c.id "
    f"AND o.uncounted <> '{VOID}' ORDER BY o.admitted_at DESC, o.id DESC LIMIT 1) {_PROFILE} {JOIN_SITUATION}"
)
_TONIGHT = (
    "LEFT JOIN placements p ON s.exited_at IS NULL AND p.stay_id = s.id AND p.started_at < date(:night, '+1 day') "
    "AND (p.ended_at IS NULL OR p.ended_at >= date(:night, '+1 day')) LEFT JOIN beds b ON b.id = p.bed_id "
    "LEFT JOIN bed_rooms f ON f.bed_id = b.id AND f.started_at < date(:night, '+1 day') "
    "AND f.ended_at >= date(:night, '+1 day') "
    "LEFT JOIN absences a ON s.exited_at IS NULL AND a.stay_id = s.id AND a.started_at < date(:night, '+1 day') "
    "AND (a.ended_at IS NULL OR a.ended_at >= date(:night, '+1 day'))"
)
_LINES = {
    "here": f"{_LAST_STAY} {_HERE} {_TONIGHT} WHERE s.exited_at IS NULL",
    "left": f"{_LAST_STAY} {_EVERYONE} {_TONIGHT} WHERE s.exited_at IS NOT NULL",
    "all": f"{_LAST_STAY} {_EVERYONE} {_TONIGHT} WHERE c.merged_into IS NULL",
    "chosen": f"{_LAST_STAY} {_EVERYONE} {_TONIGHT} WHERE c.id IN :persons",
}


@cache
def _lines(which: str) -> TextClause:
    wanted = text(_LINES[which])
    return wanted.bindparams(bindparam("persons", expanding=True)) if which == "chosen" else wanted


def by_number(connection: Connection, typed: str, limit: int) -> list[PersonId]:
    """Persons whose code or register number begins with what was typed, or who have that bed now."""
    bare = "".join(c for c in typed.upper() if c.isalnum())
    code = "-".join(filter(None, (bare[:3], bare[3:6], bare[6:])))
    # bounds instead of LIKE, so that the indexes are used
    found = connection.execute(
        text(
            "SELECT coalesce(merged_into, id) AS id FROM persons WHERE length(:bare) >= 2 "
            "AND person_code BETWEEN :code AND :code || :last "
            "UNION SELECT person_id FROM stays WHERE length(:typed) >= 4 "
            "AND stay_no BETWEEN :typed AND :typed || :last "
            "UNION SELECT s.person_id FROM beds b JOIN placements p ON p.bed_id = b.id AND p.ended_at IS NULL "
            "JOIN stays s ON s.id = p.stay_id WHERE s.exited_at IS NULL AND upper(b.bed_code) = upper(:typed) "
            "LIMIT :limit"
        ),
        {"bare": bare, "typed": typed, "code": code, "last": "\uffff", "limit": limit},
    )
    return [PersonId(row.id) for row in found]


def count(connection: Connection) -> int:
    """How many stays there are, void ones too."""
    return int(connection.execute(text("SELECT count(*) FROM stays")).scalar_one())
