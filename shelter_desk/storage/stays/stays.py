"""Stays with their placements, absences and statuses.

Specific needs of stays in the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Select, Table, TextClause, bindparam, select, text

from shelter_desk.domain.ids import AbsenceId, BedId, NeedId, PersonId, PlacementId, RoomId, StayId, VictimStatusId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Absence, Placement, Stay, VictimStatus
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import (
    day_or_none,
    joined,
    moment,
    moment_or_none,
    named,
    parts,
    to_text,
    yes_or_no,
)
from shelter_desk.storage.file.sealing import Sealer

TABLE = "specific_needs"
_HOLDING = text(
    "SELECT stay_id, specific_need FROM specific_needs WHERE stay_id IN (SELECT value FROM json_each(:keys)) "
    "AND found_on <= :day AND (ended_on IS NULL OR ended_on > :day) ORDER BY found_on, id"
)


def need_of(row: Any) -> Need:
    """The fact in a row."""
    found = date.fromisoformat(row.found_on)
    return Need(NeedId(row.id), StayId(row.stay_id), row.specific_need, found, day_or_none(row.ended_on))


def need_row(need: Need) -> dict[str, Any]:
    """A need as it is stored, without its id."""
    return {
        "stay_id": need.stay,
        "specific_need": need.specific_need,
        "found_on": need.found_on.isoformat(),
        "ended_on": None if need.ended_on is None else need.ended_on.isoformat(),
    }


def of_stays(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Need, ...]]:
    """The needs of these stays, those that ended too, in the order in which they were found."""
    of = tables.specific_needs.c
    wanted = select(tables.specific_needs).where(of.stay_id.in_(list(stays))).order_by(of.found_on, of.id)
    found: dict[StayId, list[Need]] = defaultdict(list)
    for need in map(need_of, connection.execute(wanted)):
        found[need.stay].append(need)
    return {stay: tuple(needs) for stay, needs in found.items()}


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
_STAY = select(tables.stays).where(tables.stays.c.id == bindparam("key"))


def stay_of(row: Any) -> Stay:
    """The fact in a row of `stays`."""
    return Stay(
        StayId(row.id),
        row.stay_no,
        PersonId(row.person_id),
        moment(row.admitted_at),
        row.entry_kind,
        row.migration_situation,
        moment_or_none(row.exited_at),
        row.exit_reason,
        row.exit_destination,
        row.child_status,
        bool(row.is_dependant),
        None if row.head_stay_id is None else StayId(row.head_stay_id),
        row.referral_source,
        moment_or_none(row.recorded_at),
        moment_or_none(row.exit_recorded_at),
        parts(row.urgent_needs),
        yes_or_no(row.interpreter_needed),
        yes_or_no(row.house_rules_explained),
        day_or_none(row.expected_exit),
        row.country_last,
    )


def stay_row(stay: Stay) -> dict[str, Any]:
    """A stay as it is stored, without its id."""
    return {
        "stay_no": stay.stay_no,
        "person_id": stay.person,
        "admitted_at": to_text(stay.admitted_at),
        "entry_kind": stay.entry_kind,
        "exited_at": to_text(stay.exited_at),
        "exit_reason": stay.exit_reason,
        "exit_destination": stay.exit_destination,
        "migration_situation": stay.migration_situation,
        "child_status": stay.child_status,
        "is_dependant": stay.is_dependant,
        "head_stay_id": stay.head,
        "referral_source": stay.referral_source,
        "recorded_at": to_text(stay.recorded_at),
        "exit_recorded_at": to_text(stay.exit_recorded_at),
        "urgent_needs": joined(stay.urgent_needs),
        "interpreter_needed": stay.interpreter_needed,
        "house_rules_explained": stay.house_rules_explained,
        "expected_exit": None if stay.expected_exit is None else stay.expected_exit.isoformat(),
        "country_last": stay.country_last,
    }


def placement_of(row: Any) -> Placement:
    """The fact in a row of `placements`."""
    return Placement(
        PlacementId(row.id),
        StayId(row.stay_id),
        row.place,
        moment(row.started_at),
        moment_or_none(row.ended_at),
        None if row.bed_id is None else BedId(row.bed_id),
        None if row.room_id is None else RoomId(row.room_id),
        row.override_rule,
        row.override_reason,
    )


def placement_row(placement: Placement) -> dict[str, Any]:
    """A placement as it is stored, without its id."""
    return {
        "stay_id": placement.stay,
        "place": placement.place,
        "bed_id": placement.bed,
        "room_id": placement.room,
        "started_at": to_text(placement.start),
        "ended_at": to_text(placement.end),
        "override_rule": placement.override_rule,
        "override_reason": placement.override_reason,
    }


def absence_of(row: Any) -> Absence:
    """The fact in a row of `absences`."""
    return Absence(
        AbsenceId(row.id), StayId(row.stay_id), row.absence_type, moment(row.started_at), moment_or_none(row.ended_at)
    )


def absence_row(absence: Absence) -> dict[str, Any]:
    """An absence as it is stored, without its id."""
    return {
        "stay_id": absence.stay,
        "absence_type": absence.absence_type,
        "started_at": to_text(absence.start),
        "ended_at": to_text(absence.end),
    }


def status_of(row: Any) -> VictimStatus:
    """The fact in a row of `victim_statuses`."""
    return VictimStatus(
        VictimStatusId(row.id),
        StayId(row.stay_id),
        row.victim_status,
        date.fromisoformat(row.decided_on),
        row.status_decided_by,
        parts(row.exploitation_forms),
        parts(row.assimilated_practices),
        row.status_decider,
        day_or_none(row.review_on),
    )


def status_row(status: VictimStatus) -> dict[str, Any]:
    """A decision as it is stored, without its id."""
    return {
        "stay_id": status.stay,
        "victim_status": status.victim_status,
        "decided_on": status.decided_on.isoformat(),
        "status_decided_by": status.status_decided_by,
        "exploitation_forms": joined(status.exploitation_forms),
        "assimilated_practices": joined(status.assimilated_practices),
        "status_decider": status.status_decider,
        "review_on": None if status.review_on is None else status.review_on.isoformat(),
    }


def stay(connection: Connection, stay_id: StayId) -> Stay:
    """One stay."""
    return stay_of(connection.execute(_STAY, {"key": stay_id}).one())


def of_person(connection: Connection, person: PersonId) -> list[Stay]:
    """All stays of a person, also void ones, in order of time."""
    wanted = select(tables.stays).where(tables.stays.c.person_id == person).order_by(tables.stays.c.admitted_at)
    return list(map(stay_of, connection.execute(wanted)))


def household(connection: Connection, head: StayId) -> list[Stay]:
    """The stay of the head of a family and those who came with them, still here or not, void ones left out."""
    wanted = select(tables.stays).where((tables.stays.c.id == head) | (tables.stays.c.head_stay_id == head))
    return [one for one in map(stay_of, connection.execute(wanted)) if not one.is_void]


def on(connection: Connection, night: date, since: date | None = None) -> list[Stay]:
    """The counted stays that cover that night, in order of admission; those that ended from a day on as well."""
    after = (night + ONE_DAY).isoformat()
    found = connection.execute(
        text(
            f"SELECT * FROM stays WHERE exit_reason NOT IN ('erreur_saisie', 'non_admis') AND id IN ({BETWEEN}) "
            "ORDER BY admitted_at, id"
        ),
        {"first": after if since is None else since.isoformat(), "after": after},
    )
    return list(map(stay_of, found))


class _OfStay(Protocol):
    @property
    def stay(self) -> StayId: ...


Fact = TypeVar("Fact", bound=_OfStay)


def placements(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Placement, ...]]:
    """The placements of each stay, in order of time."""
    return _by_stay(connection, tables.placements, placement_of, "started_at", stays)


def absences(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Absence, ...]]:
    """The absences of each stay, in order of time."""
    return _by_stay(connection, tables.absences, absence_of, "started_at", stays)


def statuses(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[VictimStatus, ...]]:
    """The decisions on each stay, in order of time."""
    return _by_stay(connection, tables.victim_statuses, status_of, "decided_on", stays)


def reasoned(connection: Connection, stay_id: StayId) -> frozenset[VictimStatusId]:
    """The decisions on a stay that have a reason, which stays sealed."""
    of = tables.victim_statuses.c
    wanted = select(of.id).where(of.stay_id == stay_id, of.reason.is_not(None))
    return frozenset(VictimStatusId(key) for key in connection.execute(wanted).scalars())


def reason(connection: Connection, protection: Sealer, status: VictimStatusId, why: Reason) -> str:
    """The reason of a decision; "" where there is none, or its key is gone with the identity."""
    joined_ = tables.victim_statuses.join(tables.stays).join(tables.persons)
    wanted = select(tables.victim_statuses.c.reason, tables.persons.c.id, tables.persons.c.protection_seal)
    row = connection.execute(wanted.select_from(joined_).where(tables.victim_statuses.c.id == status)).one()
    if not row.reason or row.protection_seal is None:
        return ""
    own = protection.of_row("persons", row.id, row.protection_seal)
    return own.unseal("victim_statuses", "reason", status, row.reason, why)


def _by_stay(
    connection: Connection, table: Table, fact_of: Callable[[Any], Fact], order: str, stays: Iterable[StayId]
) -> dict[StayId, tuple[Fact, ...]]:
    found: dict[StayId, list[Fact]] = defaultdict(list)
    for fact in map(fact_of, named(connection.execute(_of_stays(table, order), {"stays": list(stays)}))):
        found[fact.stay].append(fact)
    return {stay_id: tuple(facts) for stay_id, facts in found.items()}


@cache
def _of_stays(table: Table, order: str) -> Select[Any]:
    wanted = table.c.stay_id.in_(bindparam("stays", expanding=True))
    return select(table).where(wanted).order_by(table.c[order], table.c.id)


def persons_of(connection: Connection, stays: Iterable[int]) -> dict[int, PersonId]:
    """Whose stays these are; one that is not there any more is left out."""
    wanted = select(tables.stays.c.id, tables.stays.c.person_id).where(tables.stays.c.id.in_(list(stays)))
    return {row.id: PersonId(row.person_id) for row in connection.execute(wanted)}


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
    return [(row, None if row.stay_no is None else stay_of(row)) for row in found]


_LAST_STAY = (
    "SELECT c.id AS person_id, c.person_code, c.sex, c.birth_date, c.birth_date_precision, c.age_estimated, "
    "c.age_estimated_on, c.nationality, c.other_nationalities, c.region_origin, c.languages, c.marital_status, "
    "c.education_level, s.id, s.stay_no, "
    "s.admitted_at, s.entry_kind, s.exited_at, s.exit_reason, s.exit_destination, s.migration_situation, "
    "s.child_status, s.is_dependant, s.head_stay_id, s.referral_source, s.recorded_at, s.exit_recorded_at, "
    "s.urgent_needs, s.interpreter_needed, s.house_rules_explained, s.expected_exit, "
    "s.country_last, "
    "b.bed_code, ifnull(b.room_id, p.room_id) AS lies_in, p.place, a.absence_type"
)
_HERE = "FROM stays s JOIN persons c ON c.id = s.person_id"
_EVERYONE = (
    "FROM persons c LEFT JOIN stays s ON s.id = (SELECT o.id FROM stays o WHERE o.person_id = c.id "
    "AND o.exit_reason <> 'erreur_saisie' ORDER BY o.admitted_at DESC, o.id DESC LIMIT 1)"
)
_TONIGHT = (
    "LEFT JOIN placements p ON s.exited_at IS NULL AND p.stay_id = s.id AND p.started_at < date(:night, '+1 day') "
    "AND (p.ended_at IS NULL OR p.ended_at >= date(:night, '+1 day')) LEFT JOIN beds b ON b.id = p.bed_id "
    "LEFT JOIN absences a ON s.exited_at IS NULL AND a.stay_id = s.id AND a.started_at < date(:night, '+1 day') "
    "AND (a.ended_at IS NULL OR a.ended_at >= date(:night, '+1 day'))"
)
_LINES = {
    "here": f"{_LAST_STAY} {_HERE} {_TONIGHT} WHERE s.exited_at IS NULL",
    "left": f"{_LAST_STAY} {_EVERYONE} {_TONIGHT} WHERE s.exited_at IS NOT NULL",
    "all": f"{_LAST_STAY} {_EVERYONE} {_TONIGHT}",
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
            "SELECT id FROM persons WHERE length(:bare) >= 2 AND person_code BETWEEN :code AND :code || :last "
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
