"""Who must not meet whom: said by the case workers, seen by everybody who gives a bed (R-28)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.casefile.incidents import NO_VICTIM, ContactRisk, SaidAlready
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_not_future, check_order
from shelter_desk.domain.errors import Missing, NoSuch, NotInList
from shelter_desk.domain.ids import ContactRiskId, PersonId
from shelter_desk.domain.residents.residents import read_code
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception, occupancy
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import contact_risks as stored_contact_risks
from shelter_desk.storage.residents import residents

KINDS = ("auteur_presume", "recruteur", "conflit")
_TOPICS = Changes(stays=True, cases=True)
_TABLE = "contact_risks"


@dataclass(frozen=True, slots=True)
class ContactRiskStanding:
    """One risk that names a person. other: code of the one on the other side, "" for every victim."""

    risk: ContactRisk
    other: str = ""
    has_note: bool = False


@dataclass(frozen=True, slots=True)
class KeptApart:
    """Whom somebody must not meet. codes: those named; is_from_all: no victim may meet the person."""

    codes: tuple[str, ...] = ()
    is_from_all: bool = False


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> list[ContactRiskStanding]:
    """Every risk that names the person, on either side, latest first, those ended too."""
    with desk.reading() as connection:
        found = stored_contact_risks.of_person(connection, person)
        keys = {key for risk in found for key in (risk.person, risk.other) if key is not None}
        codes = {key: one.code for key, one in residents.persons(connection, keys).items()}
        noted = stored_contact_risks.noted(connection, [risk.id for risk in found])
    others = [risk.other if risk.person == person else risk.person for risk in found]
    return [
        ContactRiskStanding(risk, "" if other is None else codes[other], risk.id in noted)
        for risk, other in zip(found, others, strict=True)
    ]


@needs(Permission.SEE_BEDS)
def alerts(desk: Desk, night: date) -> Mapping[PersonId, KeptApart]:
    """Who is named in a risk that holds on that night, whether lodged or not, and what the alert says.

    A role that opens no file is told of those in the house that night alone. Raises NotAllowed of a night that it may
    not see.
    """
    with desk.reading() as connection:
        night_reception.check_night(desk, connection, night)
        risks = stored_contact_risks.holding(connection, night)
        keys = {key for risk in risks for key in (risk.person, risk.other) if key is not None}
        codes = {key: one.code for key, one in residents.persons(connection, keys).items()} if keys else {}
        here, victims = frozenset[PersonId](), frozenset[PersonId]()
        if any(risk.other is None for risk in risks):
            here, told = occupancy.who_is_here(connection, night)
            victims = told or victims
        if not night_reception.opens_files(desk):
            lodged = night_reception.in_house(connection, night)
            risks = tuple(one for one in risks if one.person in lodged and (one.other is None or one.other in lodged))
    named: dict[PersonId, set[str]] = {}
    for risk in risks:
        if risk.other is not None:
            named.setdefault(risk.person, set()).add(codes[risk.other])
            named.setdefault(risk.other, set()).add(codes[risk.person])
    dangerous = {risk.person for risk in risks if risk.other is None}
    for victim in victims:
        named.setdefault(victim, set()).update(codes[key] for key in (dangerous & here) - {victim})
    return {
        key: KeptApart(tuple(sorted(named.get(key, ()))), key in dangerous)
        for key in {*named, *dangerous}
        if named.get(key) or key in dangerous
    }


def sentences(apart: KeptApart | None) -> list[tuple[tuple[str, ...], bool]]:
    """What is said of somebody, one sentence each: kept from every victim, then from those named."""
    if apart is None:
        return []
    return [((), True)] * apart.is_from_all + [(apart.codes, False)] * bool(apart.codes)


@needs(Permission.CASE_EDIT)
def say(desk: Desk, person: PersonId, kind: str, other_code: str = "", note: str = "") -> Done:
    """Say that somebody must not meet another person, or, without one, any victim; it holds from today on.

    note: why, sealed with the key of the person. Raises NotInList, Missing where a conflict names nobody, BadCode,
    NoSuch for a code of nobody or of the person, SaidAlready.
    """
    if kind not in KINDS:
        raise NotInList("risk_kind", kind)
    if kind not in NO_VICTIM and not other_code.strip():
        raise Missing("other")
    with desk.writing("contact_risk", _TOPICS) as writing:
        connection = writing.connection
        other = _known(connection, other_code, person)
        risk = ContactRisk(ContactRiskId(0), person, kind, desk.today(), other)
        for one in stored_contact_risks.of_person(connection, person):
            if one.holds(risk.noted_on) and {one.person, one.other} == {person, other}:
                raise SaidAlready
        key = ContactRiskId(writing.trail.add(_TABLE, stored_contact_risks.CONTACT_RISKS.write(risk)))
        if note.strip():
            own = residents.protection_of(connection, desk.key_of_protection(Permission.CASE_SEE), person)
            writing.seal(own, _TABLE, "note", key, note.strip())
        writing.subject = residents.code(connection, person)
    return writing.done


def _known(connection: Connection, code: str, person: PersonId) -> PersonId | None:
    if not code.strip():
        return None
    printed = read_code(code)
    other = residents.by_code(connection, printed)
    if other is None or other == person:
        raise NoSuch("person", printed)
    return other


@needs(Permission.CASE_EDIT)
def end(desk: Desk, key: ContactRiskId, on: date) -> Done:
    """From that day on they may meet again; it stays on record. Raises BadDates, InTheFuture."""
    with desk.writing("end_contact_risk", _TOPICS) as writing:
        risk = stored_contact_risks.CONTACT_RISKS.one(writing.connection, key)
        check_order(risk.noted_on, on)
        check_not_future(on, desk.today())
        writing.trail.change(_TABLE, key, stored_contact_risks.CONTACT_RISKS.write(replace(risk, ended_on=on)))
        writing.subject = residents.code(writing.connection, risk.person)
    return writing.done


@needs(Permission.CASE_SEE)
def note(desk: Desk, key: ContactRiskId) -> str:
    """Why, "" where nothing was written or the identity was erased; reading it is written to the journal."""
    with desk.reading() as connection:
        risk = stored_contact_risks.CONTACT_RISKS.one(connection, key)
        code = residents.code(connection, risk.person)
        opened = stored_contact_risks.note(connection, desk.key_of_protection(Permission.CASE_SEE), key)
    if opened:
        desk.note("contact_risk_read", code)
    return opened
