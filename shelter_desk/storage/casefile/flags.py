"""What the rules of red flags read, in a number of queries that does not grow with the house.

Rows of the case file as the facts that red flags read; what no rule reads is left out.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, select, text

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.casefile.minors import stands_alone
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.flags.facts import CaseFacts, Departure, GivenService, HouseFacts, of_settings
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays import roll_call as roll_calls
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage import tables
from shelter_desk.storage.assistance import referrals
from shelter_desk.storage.beds import beds
from shelter_desk.storage.casefile.assessments import ASSESSMENTS
from shelter_desk.storage.casefile.interviews import INTERVIEWS
from shelter_desk.storage.casefile.minors import BEST_INTERESTS, GUARDIANS, NOTIFICATIONS
from shelter_desk.storage.casefile.plans import PLANS
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import day_or_none, moment
from shelter_desk.storage.file.mapper import Mapper, grouped
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import residents
from shelter_desk.storage.residents.contact_risks import CONTACT_RISKS
from shelter_desk.storage.residents.residents import NAMED
from shelter_desk.storage.stays import roll_call, stays


def self_harm(row: Any, person: PersonId, seal: bytes | None, protection: Sealer | None) -> bool | None:
    """Whether there is a concern of self-harm; None where nothing was answered, or the key is not at hand or gone.

    Also where somebody altered it: the flags of everybody else go on, and the check of the file names whose it is.
    """
    if protection is None or not seal or not row.self_harm_concern:
        return None
    try:
        own = protection.of_row("persons", person, seal)
        said = own.unseal("assessments", "self_harm_concern", row.id, row.self_harm_concern)
    except Damaged:
        return None
    return {"oui": True, "non": False}.get(said)


Alike = Callable[[Iterable[PersonId]], Mapping[PersonId, set[PersonId]]]
LOOKED_BACK = timedelta(days=366)  # exits that rules still ask about, whatever became of the case
ASKED_IF_KNOWN = timedelta(days=3)  # since an admission, for a possible duplicate
_NOT_VOID = f"uncounted NOT IN {stays.UNCOUNTED}"
_ANSWERS, _ASSESSED = select(tables.indicator_answers), select(tables.assessments)
_ADMITTED = (tables.stays.c.admitted_at, tables.stays.c.id)
_HERE = stays.STAYS.rows.where(text(f"exited_at IS NULL AND {_NOT_VOID}")).order_by(*_ADMITTED)
_LATELY = stays.STAYS.rows.where(text(f"exited_at >= :since AND {_NOT_VOID}"))
# of somebody written as no child: all but those who were adults for years by any reading of their birth
_MAY_BE_A_CHILD = (
    "(coalesce(n.child_status, '') IN ('', 'sans_objet') AND (p.former_births <> '' "
    "OR coalesce(p.age_estimated, 0) < 25 "
    "AND coalesce(p.birth_date, s.exited_at) >= date(substr(s.exited_at, 1, 10), '-25 years')))"
)
_DEPARTURES = text(
    "SELECT s.id, s.person_id, s.exited_at, coalesce(n.exit_reason, '') AS exit_reason, "
    "coalesce(n.child_status, '') AS child_status, s.head_stay_id, p.person_code, p.birth_date, "
    "p.birth_date_precision, p.age_estimated, p.age_estimated_on, p.former_births, x.child_decision_ref, "
    "x.identity_checked, x.case_closed_on, coalesce((SELECT min(f.due_on) FROM follow_ups f WHERE f.stay_id = s.id "
    "AND f.held_on IS NULL), CASE WHEN NOT EXISTS (SELECT 1 FROM follow_ups f WHERE f.stay_id = s.id) "
    "THEN x.follow_up_on END) AS due_on, EXISTS (SELECT 1 FROM stays o WHERE o.person_id = s.person_id "
    f"AND o.admitted_at > s.admitted_at AND o.{_NOT_VOID}) AS came_back "
    f"FROM stays s JOIN persons p ON p.id = s.person_id {stays.JOIN_SITUATION} LEFT JOIN exits x ON x.stay_id = s.id "
    f"WHERE s.exited_at IS NOT NULL AND s.{_NOT_VOID} "
    "AND ((:open_ones AND p.erased_at IS NULL AND ((s.exited_at <= :closable AND x.case_closed_on IS NULL) "
    "OR EXISTS (SELECT 1 FROM follow_ups f WHERE f.stay_id = s.id AND f.held_on IS NULL))) "
    "OR (s.exited_at >= :since AND ((x.id IS NOT NULL AND NOT :open_ones) OR x.follow_up_on IS NOT NULL "
    f"OR ((n.child_status IN ('non_accompagne', 'separe', 'chef_menage') OR {_MAY_BE_A_CHILD}) "
    "AND n.exit_reason IN ('avrr', 'reunification', 'famille_accueil', 'rapatriement_consulaire')) "
    "OR EXISTS (SELECT 1 FROM stays h WHERE h.exited_at IS NULL "
    "AND (h.head_stay_id = s.id OR h.id = s.head_stay_id)))))"
)
_PERSONS = text(
    f"SELECT {residents.selected('p', 'w')}, w.protection_seal, {NAMED} "
    "OR EXISTS (SELECT 1 FROM case_notes n WHERE n.person_id = p.id) "
    "OR EXISTS (SELECT 1 FROM documents d WHERE d.person_id = p.id) "
    "OR EXISTS (SELECT 1 FROM stays s JOIN victim_statuses v ON v.stay_id = s.id WHERE s.person_id = p.id "
    "AND (v.exploitation_forms <> '' OR v.assimilated_practices <> '' OR v.reason IS NOT NULL)) "
    "OR EXISTS (SELECT 1 FROM stays s JOIN services n ON n.stay_id = s.id WHERE s.person_id = p.id "
    "AND n.note IS NOT NULL) "
    "OR EXISTS (SELECT 1 FROM stays s JOIN tracings t ON t.stay_id = s.id WHERE s.person_id = p.id "
    "AND t.child_consents) AS beyond_minimum "
    f"FROM persons p {residents.JOIN_PROFILE} WHERE p.id IN (SELECT value FROM json_each(:keys))"
)
_GIVEN = text(
    "SELECT stay_id, service_type, max(service_on) AS last_on FROM services "
    "WHERE stay_id IN (SELECT value FROM json_each(:keys)) AND service_status = 'fait' "
    "AND (service_type BETWEEN 'pro_' AND 'pro_~' OR service_type LIKE 'x_pro_%' "
    "OR service_type IN ('psy_ecoute', 'psy_specialise', 'ret_avrr', 'jur_voyage')) GROUP BY stay_id, service_type"
)
_CONTACTS = text(
    "SELECT person_id, max(noted_at) AS last_at FROM case_notes WHERE is_contact "
    "AND person_id IN (SELECT value FROM json_each(:keys)) GROUP BY person_id"
)
_OTHER_STAYS = stays.STAYS.rows.where(text(f"person_id IN (SELECT value FROM json_each(:keys)) AND {_NOT_VOID}"))


def house(
    connection: Connection,
    now: datetime,
    protection: Sealer | None,
    period: Period | None = None,
    alike: Alike | None = None,
) -> HouseFacts:
    """Read everything as it is now; with a period, the stays and nights that touch it.

    protection: opens what is sealed for protection, None leaves it closed. alike: who is called like whom, None where
    no name was opened.
    """
    known = settings.read(connection)
    last_night = roll_calls.night_in_progress(now)
    thresholds = of_settings(known)
    first = min(last_night, now.date()) - timedelta(days=thresholds.roll_call_nights)
    until = last_night
    if period is None:
        found = stays.STAYS.every(connection, _HERE)
    else:
        first, until = period.first, min(period.last + ONE_DAY, last_night)
        found = stays.between(connection, period.first, period.last + ONE_DAY)
    left = [] if period is not None else stays.STAYS.every(connection, _LATELY, {"since": first.isoformat()})
    calls = roll_call.between(connection, first, until if period is None else period.last)
    return HouseFacts(
        now=now,
        cases=tuple(_cases(connection, found, now, protection, alike)),
        lately=tuple(_nights_of(connection, left)),
        departures=tuple(_departures(connection, now.date(), timedelta(days=thresholds.case_closure_days), period)),
        rooms=beds.rooms(connection),
        beds=beds.beds(connection),
        states=beds.states(connection),
        partner_types={one.name: one.partner_type for one in referrals.partners(connection)},
        contact_risks=tuple(CONTACT_RISKS.every(connection)),
        calls=calls,
        first_call=roll_call.first_night(connection),
        nights_from=first,
        nights_until=until,
        not_same=frozenset(residents.are_not_same(connection)),
        thresholds=thresholds,
        toilets=setting_rules.whole_or_none(known, "toilets"),
        showers=setting_rules.whole_or_none(known, "showers"),
    )


def _nights_of(connection: Connection, left: Sequence[Stay]) -> Iterable[CaseFacts]:
    keys = [stay.id for stay in left]
    slept, away = stays.placements(connection, keys), stays.absences(connection, keys)
    persons = residents.persons(connection, {stay.person for stay in left})
    for stay in left:
        person = persons[stay.person]
        yield CaseFacts(stay, person, placements=slept.get(stay.id, ()), absences=away.get(stay.id, ()))


def _cases(
    connection: Connection, found: Sequence[Stay], now: datetime, protection: Sealer | None, alike: Alike | None
) -> Iterable[CaseFacts]:
    """Every stay with its file; each table is asked once."""
    keys, people = [stay.id for stay in found], sorted({stay.person for stay in found})
    rows = {row.id: row for row in connection.execute(_PERSONS, _keys(people))}
    seals = {stay.id: (stay.person, rows[stay.person].protection_seal) for stay in found}
    of_stay = _of_stays(connection, keys, now.date())
    of_stay["assessments"] = _assessments(connection, keys, seals, protection)
    of_person: dict[str, Mapping[PersonId, Any]] = {
        "guardians": _of(connection, GUARDIANS, "id", people, "person"),
        "consents": _of(connection, referrals.CONSENTS, "given_on", people, "person"),
    }
    contacts = {row.person_id: moment(row.last_at).date() for row in connection.execute(_CONTACTS, _keys(people))}
    others = grouped(stays.STAYS.every(connection, _OTHER_STAYS, _keys(people)), lambda one: one.person)
    earlier = _interviews(connection, [one.id for several in others.values() for one in several])
    new = {stay.person for stay in found if now.date() - stay.admitted_at.date() <= ASKED_IF_KNOWN}
    called = _called(connection, new, alike)
    for stay in found:
        row = rows[stay.person]
        apart = tuple(one for one in others.get(stay.person, ()) if one.id != stay.id)
        written = any(stay.id in of_stay[kind] for kind in ("interviews", "assessments", "plans", "best_interests"))
        yield CaseFacts(
            stay,
            residents.person_of(row),
            row.marital_status,
            beyond_minimum=bool(row.beyond_minimum) or written,
            noted_contact=contacts.get(stay.person),
            other_stays=apart,
            earlier_interviews=tuple(talk for one in apart for talk in earlier.get(one.id, ())),
            alike=called.get(stay.person, ()),
            **{kind: kept.get(stay.id, ()) for kind, kept in of_stay.items()},
            **{kind: kept.get(stay.person, ()) for kind, kept in of_person.items()},
        )


def _of_stays(connection: Connection, keys: Sequence[StayId], today: date) -> dict[str, Mapping[StayId, Any]]:
    """By what a case calls them, the facts that hang on the stay."""
    plans = _of(connection, PLANS, "made_on", keys)
    notified = _of(connection, NOTIFICATIONS, "notified_on", keys)
    return {
        "placements": stays.placements(connection, keys),
        "absences": stays.absences(connection, keys),
        "statuses": stays.statuses(connection, keys),
        "interviews": _interviews(connection, keys),
        "plans": {stay: tuple(one.made_on for one in several) for stay, several in plans.items()},
        "best_interests": _of(connection, BEST_INTERESTS, "assessed_on", keys),
        "notified": {stay: tuple(one.notified_on for one in several) for stay, several in notified.items()},
        "referrals": _of(connection, referrals.REFERRALS, "issued_on", keys),
        "specific_needs": stays.needs_holding(connection, _keys(keys)["keys"], today),
        "given": _grouped(
            connection.execute(_GIVEN, _keys(keys)),
            "stay_id",
            lambda row: GivenService(row.service_type, date.fromisoformat(row.last_on)),
        ),
    }


def _called(
    connection: Connection, people: Iterable[PersonId], alike: Alike | None
) -> dict[PersonId, tuple[Person, ...]]:
    """Who is called like whom."""
    same = alike(people) if alike is not None else {}
    known = residents.persons(connection, {key for several in same.values() for key in several}) if same else {}
    return {key: tuple(known[one] for one in sorted(several)) for key, several in same.items()}


Fact = TypeVar("Fact")


def _grouped(rows: Iterable[Any], by: str, fact_of: Callable[[Any], Fact]) -> dict[Any, tuple[Fact, ...]]:
    found: dict[Any, list[Fact]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(fact_of(row))
    return {key: tuple(facts) for key, facts in found.items()}


def _of(
    connection: Connection, facts: Mapper[Fact], order: str, keys: Sequence[int], by: str = "stay"
) -> dict[Any, tuple[Fact, ...]]:
    found = facts.every(connection, _wanted(facts.rows, facts.table, order, f"{by}_id"), _keys(keys))
    return grouped(found, attrgetter(by))


@cache
def _wanted(rows: Select[Any], table: Table, order: str, by: str) -> Select[Any]:
    among = text(f"{by} IN (SELECT value FROM json_each(:keys))")
    return rows.where(among).order_by(table.c[order], table.c.id)


def _keys(ids: Iterable[int]) -> dict[str, str]:
    """Any number of ids as one value, so that a statement is made ready once whatever their number."""
    return {"keys": json.dumps(list(ids))}


def _interviews(connection: Connection, keys: Sequence[StayId]) -> dict[Any, tuple[Any, ...]]:
    talks = _of(connection, INTERVIEWS, "interview_at", keys)
    ids = [one.id for several in talks.values() for one in several]
    wanted = _wanted(_ANSWERS, tables.indicator_answers, "id", "interview_id")
    answers = _grouped(connection.execute(wanted, _keys(ids)), "interview_id", lambda row: (row.indicator, row.answer))
    return {
        stay: tuple(replace(one, indicators=dict(answers.get(one.id, ()))) for one in several)
        for stay, several in talks.items()
    }


def _assessments(
    connection: Connection,
    keys: Sequence[StayId],
    seals: Mapping[StayId, tuple[PersonId, bytes | None]],
    protection: Sealer | None,
) -> dict[Any, tuple[Any, ...]]:
    """With the concern of self-harm opened in the last of each stay that answers, where the desk holds the key."""
    wanted = _wanted(_ASSESSED, tables.assessments, "assessed_on", "stay_id")
    found = _grouped(connection.execute(wanted, _keys(keys)), "stay_id", lambda row: row)
    made: dict[Any, tuple[Any, ...]] = {}
    for stay, rows in found.items():
        person, seal = seals[stay]
        several = list(map(ASSESSMENTS.read, rows))
        for place in reversed(range(len(rows))):
            concern = self_harm(rows[place], person, seal, protection)
            if concern is not None:
                several[place] = replace(several[place], self_harm_concern=concern)
                break
        made[stay] = tuple(several)
    return made


def _departures(connection: Connection, until: date, closing: timedelta, period: Period | None) -> Iterable[Departure]:
    since = until - LOOKED_BACK if period is None else period.first
    closable = (until - closing).isoformat()
    asked = {"since": since.isoformat(), "closable": closable, "open_ones": period is None}
    for row in connection.execute(_DEPARTURES, asked):
        left_on = date.fromisoformat(row.exited_at[:10])
        birth = residents.BIRTHS.read(row)
        yield Departure(
            row.id,
            row.person_id,
            row.person_code,
            left_on,
            row.exit_reason,
            birth.protected_as_minor(left_on),
            stands_alone(birth, row.child_status, row.head_stay_id is not None, left_on),
            row.head_stay_id,
            bool(row.child_decision_ref),
            bool(row.identity_checked),
            day_or_none(row.case_closed_on),
            day_or_none(row.due_on),
            bool(row.came_back),
        )
