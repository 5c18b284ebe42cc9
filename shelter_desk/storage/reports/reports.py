"""Everything that the figures of a period need, inside one read transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, LargeBinary, bindparam, text

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.assistance.referrals import Referral
from shelter_desk.domain.casefile.interviews import is_held
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.facts import Limits, ReportFacts
from shelter_desk.domain.reports.tables.t08_protection import ExitSheet, Protection, Sanitation, Sitting, folded
from shelter_desk.domain.stays.stays import VOID, Stay
from shelter_desk.storage import tables
from shelter_desk.storage.assistance import assistance, referrals
from shelter_desk.storage.beds import beds
from shelter_desk.storage.casefile import incidents, legal, minors
from shelter_desk.storage.equipment import equipment
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import moment, named, parts
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import exits, place_requests, stays
from shelter_desk.storage.stock import stock_figures

_TOUCHING = f"s.uncounted <> '{VOID}' AND s.id IN ({stays.BETWEEN})"
_THEIR_STAYS = f"SELECT {stays.COLUMNS_OF_STAY} FROM stays s {stays.JOIN_SITUATION} WHERE {{}}"
_THEIR_PERSONS = (
    f"SELECT {residents.selected('p', 'w')} FROM persons p {residents.JOIN_PROFILE} "
    "WHERE p.id IN (SELECT s.person_id FROM stays s WHERE {})"
)


def facts(connection: Connection, period: Period, *, assets: bool = True) -> ReportFacts:
    """Read them; nothing is computed here. assets: also the equipment, which figures of nights do not need."""
    bounds = {"first": period.first.isoformat(), "after": (period.last + ONE_DAY).isoformat()}
    found = tuple(map(stays.STAYS.read, _joined(connection, _THEIR_STAYS, bounds)))
    their = {one.id: one for one in map(residents.person_of, _joined(connection, _THEIR_PERSONS, bounds))}
    statuses = _grouped(connection, stays.STATUSES, "decided_on", bounds)
    services, referred = assistance.within(connection, period), referrals.touching(connection, period)
    known = settings.read(connection)
    protected = _protection(connection, bounds, known)
    told: tuple[Any, ...] = (
        *(*protected.sittings, *protected.best_interests),
        *(*protected.tracings, *protected.follow_ups, *protected.legal_steps),
    )
    here, about = {stay.id for stay in found}, {one.stay for one in told}
    aside = _aside(connection, here, about, services, referred, bounds)
    counted = here | {stay.id for stay in aside}
    whose = {stay.person for stay in (*found, *aside)}
    return ReportFacts(
        period=period,
        rooms={int(key): room for key, room in beds.rooms(connection).items()},
        beds=tuple(beds.beds(connection).values()),
        bed_states=beds.states(connection),
        persons=their | residents.persons(connection, {stay.person for stay in aside} - their.keys()),
        stays=found,
        placements=_grouped(connection, stays.PLACEMENTS, "started_at", bounds),
        absences=_grouped(connection, stays.ABSENCES, "started_at", bounds),
        needs=_grouped(connection, stays.NEEDS, "found_on", bounds),
        statuses=statuses | stays.statuses(connection, [stay.id for stay in aside]),
        known_before=_known_before(connection, bounds),
        present_before=_present_before(connection, bounds),
        aside=aside,
        services=tuple(one for one in services if one.stay in counted),
        activities=assistance.activities_within(connection, period),
        referrals=tuple(one for one in referred if one.stay in counted),
        incidents=incidents.up_to(connection, period.last),
        requests=place_requests.of_period(connection, period),
        assets=equipment.histories(connection) if assets else (),
        tickets=equipment.tickets(connection, until=period.last) if assets else (),
        decided_before=_decided_before(connection, bounds),
        store=stock_figures.store(connection, period),
        limits=Limits(**{key: setting_rules.whole(known, key) for key in Limits.__slots__}),
        protection=replace(protected, guardians=_guardians(connection, whose)),
        modules_off=frozenset(
            one
            for one in (setting_rules.AVRR, setting_rules.BID, setting_rules.GBV)
            if not setting_rules.is_on(known, one)
        ),
        shelter=known.get("shelter_name", ""),
        town=known.get("town", ""),
        is_training=known.get("training") == "yes",
        capacity_from=beds.capacity_from(connection),
    )


def _joined(connection: Connection, statement: str, bounds: dict[str, str]) -> Any:
    return named(connection.execute(text(statement.format(_TOUCHING)), bounds))


def _grouped(connection: Connection, facts_of: Mapper[Any], order: str, bounds: dict[str, str]) -> dict[StayId, Any]:
    found: dict[StayId, list[Any]] = {}
    beside = "" if facts_of.beside is None else f"LEFT JOIN {facts_of.beside.name} w ON w.id = t.id"
    statement = (
        f"SELECT {facts_of.selected('t', 'w')} FROM stays s JOIN {facts_of.table.name} t ON t.stay_id = s.id {beside} "
        f"WHERE {{}} ORDER BY t.{order}, t.id"
    )
    for row in _joined(connection, statement, bounds):
        fact = facts_of.read(row)
        found.setdefault(fact.stay, []).append(fact)
    return {key: tuple(facts) for key, facts in found.items()}


def _aside(
    connection: Connection,
    here: set[StayId],
    about: set[StayId],
    services: Iterable[Service],
    referred: Iterable[Referral],
    bounds: dict[str, str],
) -> tuple[Stay, ...]:
    """The stays that do not touch the period, and have something in it."""
    decided = connection.execute(
        text("SELECT DISTINCT stay_id FROM victim_statuses WHERE decided_on >= :first AND decided_on < :after"), bounds
    )
    wanted = {StayId(row.stay_id) for row in decided}
    wanted |= about | {one.stay for one in services} | {one.stay for one in referred}
    return tuple(stays.STAYS.every(connection, _NOT_VOID, {"keys": sorted(wanted - here)}))


_NOT_VOID = stays.STAYS.rows.where(
    tables.stays.c.id.in_(bindparam("keys", expanding=True)), tables.stays.c.uncounted != VOID
)


def _decided_before(connection: Connection, bounds: dict[str, str]) -> frozenset[tuple[PersonId, str]]:
    """Of the persons with a decision in the period: the statuses decided before it, over their stays that count."""
    found = connection.execute(
        text(
            "SELECT DISTINCT s.person_id, v.victim_status FROM stays s JOIN victim_statuses v ON v.stay_id = s.id "
            f"WHERE v.decided_on < :first AND s.uncounted NOT IN {stays.UNCOUNTED} AND s.person_id IN "
            "(SELECT o.person_id FROM victim_statuses w JOIN stays o ON o.id = w.stay_id "
            "WHERE w.decided_on >= :first AND w.decided_on < :after)"
        ),
        bounds,
    )
    return frozenset((PersonId(row.person_id), row.victim_status) for row in found)


def _known_before(connection: Connection, bounds: dict[str, str]) -> frozenset[PersonId]:
    """Persons admitted in the period who had a counted stay here before it began."""
    found = connection.execute(
        text(
            "SELECT DISTINCT s.person_id FROM stays s WHERE s.admitted_at >= :first AND s.admitted_at < :after "
            f"AND s.uncounted NOT IN {stays.UNCOUNTED} AND EXISTS (SELECT 1 FROM stays o "
            "WHERE o.person_id = s.person_id AND +o.admitted_at < :first "
            f"AND o.uncounted NOT IN {stays.UNCOUNTED})"
        ),
        bounds,
    )
    return frozenset(PersonId(row.person_id) for row in found)


def _present_before(connection: Connection, bounds: dict[str, str]) -> int:
    """Persons present at the end of the day before the period (I-02)."""
    found = connection.execute(
        text(f"SELECT count(*) FROM stays WHERE uncounted NOT IN {stays.UNCOUNTED} AND id IN ({stays.BETWEEN})"),
        {"first": bounds["first"], "after": bounds["first"]},
    )
    return int(found.scalar_one())


def flows(connection: Connection, first: date, last: date) -> dict[str, tuple[int, int]]:
    """Entries and exits that count, by calendar month (`2026-10`); a month without any is left out."""
    found: dict[str, tuple[int, int]] = {}
    bounds = {"first": first.isoformat(), "after": (last + ONE_DAY).isoformat()}
    for place, column in enumerate(("admitted_at", "exited_at")):
        rows = connection.execute(
            text(
                f"SELECT substr({column}, 1, 7) AS month, count(*) AS number FROM stays WHERE {column} >= :first "
                f"AND {column} < :after AND uncounted NOT IN {stays.UNCOUNTED} GROUP BY month"
            ),
            bounds,
        )
        for row in rows:
            came, left = found.get(row.month, (0, 0))
            found[row.month] = (row.number, left) if place == 0 else (came, row.number)
    return found


def first_day(connection: Connection) -> date | None:
    """The day of the first admission that counts."""
    found = connection.execute(text(f"SELECT min(admitted_at) FROM stays WHERE uncounted <> '{VOID}'")).scalar()
    return None if found is None else moment(found).date()


# What the figures of protection need (`domain.reports.tables.t08_protection`) -----------------------------------------

# of a stay of the period, or dated in it; each half by its own index, and no sealed column is read
_EITHER = (
    "SELECT {columns} FROM {table} t JOIN stays s ON s.id = t.stay_id WHERE s.uncounted <> '{void}' "
    "AND t.id IN (SELECT id FROM {table} WHERE stay_id IN ({between}) UNION SELECT t.id FROM {table} t WHERE {dated}) "
    "ORDER BY t.id"
)
_DATED = "t.{0} >= :first AND t.{0} < :after"
# of a stay with a decision in the period, which may come after the exit
_DECIDED = "t.stay_id IN (SELECT stay_id FROM victim_statuses WHERE decided_on >= :first AND decided_on < :after)"


def _protection(connection: Connection, bounds: Mapping[str, str], known: Mapping[str, str]) -> Protection:
    """Everything but the guardians, whose persons are known later. known: the settings."""
    sittings = _either(connection, "interviews", ("interview_at",), bounds, _DECIDED)
    assessed = _either(connection, "best_interests", ("bid_requested_on",), bounds)
    traced = _either(connection, "tracings", ("requested_on", "located_on", "reunified_on"), bounds)
    followed = _either(connection, "follow_ups", ("due_on", "held_on"), bounds)
    proceeded = _either(connection, "legal_steps", ("done_on",), bounds)
    named = connection.execute(text("SELECT name, partner_type FROM partners"))
    return Protection(
        sittings=tuple(
            _sitting(row) for row in sittings if is_held(row.interview_state, row.stage, row.consent_interview)
        ),
        best_interests=tuple(map(minors.BEST_INTERESTS.read, assessed)),
        tracings=tuple(map(minors.TRACINGS.read, traced)),
        exits=_exits(connection, bounds),
        follow_ups=tuple(map(exits.FOLLOW_UPS.read, followed)),
        legal_steps=tuple(map(legal.LEGAL_STEPS.read, proceeded)),
        partner_types={folded(row.name): row.partner_type for row in named},
        sanitation=Sanitation(
            toilets=setting_rules.whole_or_none(known, "toilets"),
            showers=setting_rules.whole_or_none(known, "showers"),
            resident_staff=setting_rules.whole(known, "resident_staff"),
            norm_toilet=setting_rules.whole(known, "norm_toilet"),
            norm_shower=setting_rules.whole(known, "norm_shower"),
        ),
        bia_short_days=setting_rules.whole(known, "bia_short_days"),
        bia_full_days=setting_rules.whole(known, "bia_full_days"),
    )


def _guardians(connection: Connection, persons: Iterable[PersonId]) -> tuple[Any, ...]:
    """How the guardianship of each of these persons stood, in the order in which it was written."""
    wanted = text("SELECT * FROM guardians WHERE person_id IN :keys ORDER BY id")
    wanted = wanted.bindparams(bindparam("keys", expanding=True))
    return tuple(map(minors.GUARDIANS.read, connection.execute(wanted, {"keys": sorted(persons)})))


def _either(
    connection: Connection, table: str, days: tuple[str, ...], bounds: Mapping[str, str], also: str = "0"
) -> Any:
    dated = " OR ".join([*(f"({_DATED.format(day)})" for day in days), also])
    columns = ", ".join(
        f"t.{one.name}" for one in tables.metadata.tables[table].c if not isinstance(one.type, LargeBinary)
    )
    wanted = _EITHER.format(void=VOID, columns=columns, table=table, between=stays.BETWEEN, dated=dated)
    return connection.execute(text(wanted), bounds)


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
