"""Everything that the figures of a period need, inside one read transaction."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.facts import Facts, Limits
from shelter_desk.storage import beds, residents, settings, stays
from shelter_desk.storage.rows import moment

_TOUCHING = f"s.exit_reason <> 'erreur_saisie' AND s.id IN ({stays.BETWEEN})"
_THEIR_PERSONS = "SELECT p.* FROM persons p WHERE p.id IN (SELECT s.person_id FROM stays s WHERE {})"


def facts(connection: Connection, period: Period) -> Facts:
    """Read them; nothing is computed here."""
    bounds = {"first": period.first.isoformat(), "after": (period.last + ONE_DAY).isoformat()}
    found = map(stays.stay_of, _joined(connection, "SELECT s.* FROM stays s WHERE {}", bounds))
    their = map(residents.person_of, _joined(connection, _THEIR_PERSONS, bounds))
    known = settings.read(connection)
    return Facts(
        period=period,
        rooms={int(key): room for key, room in beds.rooms(connection).items()},
        beds=tuple(beds.beds(connection).values()),
        bed_states=beds.states(connection),
        persons={one.id: one for one in their},
        stays=tuple(found),
        placements=_grouped(connection, "placements", stays.placement_of, "started_at", bounds),
        absences=_grouped(connection, "absences", stays.absence_of, "started_at", bounds),
        statuses=_grouped(connection, "victim_statuses", stays.status_of, "decided_on", bounds),
        known_before=_known_before(connection, bounds),
        present_before=_present_before(connection, bounds),
        limits=limits(known),
        shelter=known.get("shelter_name", ""),
        town=known.get("town", ""),
        is_training=known.get("training") == "yes",
    )


def limits(known: dict[str, str]) -> Limits:
    """The settings that figures depend on; defaults where none was written."""
    return Limits(**{key: int(known[key]) for key in Limits.__slots__ if key in known})


def _joined(connection: Connection, statement: str, bounds: dict[str, str]) -> Any:
    return connection.execute(text(statement.format(_TOUCHING)), bounds)


def _grouped(connection: Connection, table: str, fact_of: Any, order: str, bounds: dict[str, str]) -> dict[StayId, Any]:
    found: dict[StayId, list[Any]] = {}
    statement = f"SELECT t.* FROM stays s JOIN {table} t ON t.stay_id = s.id WHERE {{}} ORDER BY t.{order}, t.id"
    for row in _joined(connection, statement, bounds):
        fact = fact_of(row)
        found.setdefault(fact.stay, []).append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _known_before(connection: Connection, bounds: dict[str, str]) -> frozenset[PersonId]:
    """Persons admitted in the period who had a counted stay here before it began."""
    found = connection.execute(
        text(
            "SELECT DISTINCT s.person_id FROM stays s WHERE s.admitted_at >= :first AND s.admitted_at < :after "
            "AND s.exit_reason NOT IN ('erreur_saisie', 'non_admis') AND EXISTS (SELECT 1 FROM stays o "
            "WHERE o.person_id = s.person_id AND +o.admitted_at < :first "
            "AND o.exit_reason NOT IN ('erreur_saisie', 'non_admis'))"
        ),
        bounds,
    )
    return frozenset(PersonId(row.person_id) for row in found)


def _present_before(connection: Connection, bounds: dict[str, str]) -> int:
    """Persons present at the end of the day before the period (I-02)."""
    counted = "exit_reason NOT IN ('erreur_saisie', 'non_admis')"
    found = connection.execute(
        text(f"SELECT count(*) FROM stays WHERE {counted} AND id IN ({stays.BETWEEN})"),
        {"first": bounds["first"], "after": bounds["first"]},
    )
    return int(found.scalar_one())


def first_day(connection: Connection) -> date | None:
    """The day of the first admission that counts."""
    found = connection.execute(text("SELECT min(admitted_at) FROM stays WHERE exit_reason <> 'erreur_saisie'")).scalar()
    return None if found is None else moment(found).date()
