"""What the figures of protection need, read for one period (see `domain.reports.protection`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, bindparam, text

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.casefile.interviews import is_held
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.reports.tables.t08_protection import ExitSheet, Protection, Sanitation, Sitting, folded
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import minors
from shelter_desk.storage.file.column_values import moment, parts
from shelter_desk.storage.stays import stays

_TOUCHING = f"s.exit_reason <> 'erreur_saisie' AND s.id IN ({stays.BETWEEN})"
# of a stay of the period, or dated in it; each half by its own index, and no sealed column is read
_EITHER = (
    "SELECT {columns} FROM {table} t JOIN stays s ON s.id = t.stay_id WHERE s.exit_reason <> 'erreur_saisie' "
    "AND t.id IN (SELECT id FROM {table} WHERE stay_id IN ({between}) UNION SELECT t.id FROM {table} t WHERE {dated}) "
    "ORDER BY t.id"
)
_DATED = "t.{0} >= :first AND t.{0} < :after"
# of a stay with a decision in the period, which may come after the exit
_DECIDED = "t.stay_id IN (SELECT stay_id FROM victim_statuses WHERE decided_on >= :first AND decided_on < :after)"


def read(connection: Connection, bounds: Mapping[str, str], known: Mapping[str, str]) -> Protection:
    """Everything but the guardians, whose persons are known later. known: the settings."""
    sittings = _either(connection, "interviews", ("interview_at",), bounds, _DECIDED)
    assessed = _either(connection, "best_interests", ("bid_requested_on",), bounds)
    traced = _either(connection, "tracings", ("requested_on", "located_on", "reunified_on"), bounds)
    named = connection.execute(text("SELECT name, partner_type FROM partners"))
    return Protection(
        sittings=tuple(_sitting(row) for row in sittings if _is_held(row)),
        best_interests=tuple(map(minors.BEST_INTERESTS.read, assessed)),
        tracings=tuple(map(minors.TRACINGS.read, traced)),
        exits=_exits(connection, bounds),
        partner_types={folded(row.name): row.partner_type for row in named},
        sanitation=sanitation(known),
        bia_short_days=setting_rules.whole(known, "bia_short_days"),
        bia_full_days=setting_rules.whole(known, "bia_full_days"),
    )


def stays_of(found: Protection) -> set[StayId]:
    """The stays that these facts are about."""
    told: tuple[Any, ...] = (*found.sittings, *found.best_interests, *found.tracings)
    return {one.stay for one in told}


def guardians(connection: Connection, persons: Iterable[PersonId]) -> tuple[Any, ...]:
    """How the guardianship of each of these persons stood, in the order in which it was written."""
    wanted = text("SELECT * FROM guardians WHERE person_id IN :keys ORDER BY id")
    wanted = wanted.bindparams(bindparam("keys", expanding=True))
    return tuple(map(minors.GUARDIANS.read, connection.execute(wanted, {"keys": sorted(persons)})))


def sanitation(known: Mapping[str, str]) -> Sanitation:
    """Toilets, showers and their standards as the settings say."""
    return Sanitation(
        toilets=setting_rules.whole_or_none(known, "toilets"),
        showers=setting_rules.whole_or_none(known, "showers"),
        resident_staff=setting_rules.whole(known, "resident_staff"),
        norm_toilet=setting_rules.whole(known, "norm_toilet"),
        norm_shower=setting_rules.whole(known, "norm_shower"),
    )


def _either(
    connection: Connection, table: str, days: tuple[str, ...], bounds: Mapping[str, str], also: str = "0"
) -> Any:
    dated = " OR ".join([*(f"({_DATED.format(day)})" for day in days), also])
    columns = ", ".join(f"t.{one.name}" for one in tables.metadata.tables[table].c if not _is_sealed(one))
    wanted = _EITHER.format(columns=columns, table=table, between=stays.BETWEEN, dated=dated)
    return connection.execute(text(wanted), bounds)


def _is_sealed(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary)


def _is_held(row: Any) -> bool:
    return is_held(row.interview_state, row.stage, row.consent_interview)


def _sitting(row: Any) -> Sitting:
    return Sitting(
        StayId(row.stay_id),
        moment(row.interview_at).date(),
        parts(row.exploitation_countries),
        parts(row.exploitation_regions),
        parts(row.assimilated_practices),
    )


def _exits(connection: Connection, bounds: Mapping[str, str]) -> tuple[ExitSheet, ...]:
    found = connection.execute(
        text(
            "SELECT e.stay_id, e.child_decision_ref <> '' AS decided, e.handed_relation <> '' AS handed "
            f"FROM stays s JOIN exits e ON e.stay_id = s.id WHERE {_TOUCHING}"
        ),
        bounds,
    )
    return tuple(ExitSheet(StayId(row.stay_id), bool(row.decided), bool(row.handed)) for row in found)
