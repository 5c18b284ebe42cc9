"""The register of incidents and complaints: reported by everybody, read by few (field 3.16, 6.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.casefile import incidents
from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_codes, check_optional_code
from shelter_desk.domain.errors import Missing, NoSuch, NotAllowed
from shelter_desk.domain.ids import IncidentId, ReferralId, UserId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import read_code
from shelter_desk.domain.rights import PERMISSIONS, Permission
from shelter_desk.operations.desk import Desk, Done, NumberedRow, Writing, needs
from shelter_desk.operations.residents import sealed_access
from shelter_desk.storage.assistance import referrals
from shelter_desk.storage.beds import beds
from shelter_desk.storage.casefile import incidents as stored_incidents
from shelter_desk.storage.casefile.incidents import IncidentKeys
from shelter_desk.storage.file import sealed_boxes, users
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays

CASES = Changes(cases=True)
EAS_CHANNEL = "eas_channel"


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One line of the register. reported_by, room, referral_no: in words, "" where there is none."""

    incident: Incident
    reported_by: str = ""
    room: str = ""
    has_content: bool = False
    referral_no: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A referral that an incident may have led to. code: of the person referred."""

    referral: ReferralId
    referral_no: str
    partner: str
    code: str


@dataclass(frozen=True, slots=True)
class IncidentPlaces:
    """What a form offers: rooms, and the staff by id and name. readers: who may read what others report."""

    rooms: tuple[Room, ...]
    staff: tuple[tuple[UserId, str], ...]
    readers: frozenset[UserId] = frozenset()


@needs(Permission.INCIDENT_REPORT)
def places(desk: Desk) -> IncidentPlaces:
    """Where it may have happened, and who of the staff may be involved."""
    with desk.reading() as connection:
        rooms = tuple(beds.rooms(connection).values())
        everybody = users.all_of_them(connection)
    readers = [one.id for one in everybody if one.is_active and Permission.INCIDENT_SEE_ALL in PERMISSIONS[one.role]]
    return IncidentPlaces(rooms, tuple((one.id, one.name) for one in everybody), frozenset(readers))


@needs(Permission.INCIDENT_REPORT)
def eas_channel(desk: Desk) -> str:
    """The channel this shelter chose for sexual exploitation and abuse, "" where none was written yet."""
    with desk.reading() as connection:
        return stored_settings.read(connection).get(EAS_CHANNEL, "")


@needs(Permission.SETTINGS_EDIT)
def keep_eas_channel(desk: Desk, channel: str) -> Done:
    """Show this channel from now on; the former one stays in the journal."""
    with desk.writing("settings", Changes(settings=True)) as writing:
        writing.trail.set(EAS_CHANNEL, channel.strip())
    return writing.done


@needs(Permission.INCIDENT_REPORT)
def report(
    desk: Desk, incident: Incident, content: IncidentContent, is_anonymous: bool = False
) -> NumberedRow[IncidentId]:
    """Write an incident or a complaint; it gets its number, and what is told of it is sealed.

    Who reports may not be able to read it again. is_anonymous: of a complaint, nobody is written down as its author;
    a sealed matter never names one. Raises Missing, NotInList, NoSuch, InTheFuture, SealedMatter, BoxMissing.
    """
    incidents.check(incident, content, desk.now())
    _check_codes(incident, content)
    unnamed = incident.is_sealed or (is_anonymous and incident.is_complaint)
    with desk.writing("report_incident", CASES) as writing:
        connection = writing.connection
        told = replace(content, persons=_persons(connection, content), follow_up="")
        now = desk.now()
        made = replace(
            incident,
            occurred_at=plain(incident.occurred_at.date()) if incident.is_sealed else incident.occurred_at,
            incident_no=stored_incidents.NUMBERS.next(connection, incident.occurred_at.year),
            reported_at=now,
            reported_by=None if unnamed else desk.user,
            notified_at=now if incident.notified else None,
        )
        box = sealed_boxes.of(connection, desk.box)
        key = IncidentId(writing.trail.add(stored_incidents.TABLE, stored_incidents.INCIDENTS.write(made)))
        if not made.is_sealed:
            own, seal = stored_incidents.new_seal(box, key)
            writing.trail.change(
                stored_incidents.TABLE, key, {**stored_incidents.sealed_row(own, key, told), "seal": seal}
            )
        writing.subject = made.incident_no
    return NumberedRow(key, made.incident_no, writing.done)


def _check_codes(incident: Incident, content: IncidentContent) -> None:
    check_optional_code("incident_type", incident.incident_type)
    check_optional_code("incident_severity", incident.severity, "severity")
    check_optional_code("incident_channel", incident.channel, "channel")
    check_optional_code("gbv_type", incident.gbv_type)
    check_codes("notified", incident.notified)
    check_codes("data_class", content.data_classes, "data_classes")
    check_optional_code("breach_kind", content.breach_kind)
    check_codes("incident_role", [role for _, role in content.persons], "persons")


def _persons(connection: Connection, content: IncidentContent) -> tuple[tuple[str, str], ...]:
    """The codes in their printed form. Raises BadCode, NoSuch."""
    found = tuple((read_code(code), role) for code, role in content.persons)
    for code, _ in found:
        if residents.by_code(connection, code) is None:
            raise NoSuch("person", code)
    return found


@needs(Permission.INCIDENT_SEE)
def register(desk: Desk) -> list[IncidentLine]:
    """The register, latest first, nothing opened; who does not see all of it sees what they reported."""
    with desk.reading() as connection:
        found = stored_incidents.listed(connection, None if desk.may(Permission.INCIDENT_SEE_ALL) else desk.user)
        names = stored_settings.user_names(connection)
        rooms = beds.rooms(connection)
        told = stored_incidents.has_content(connection, [one.id for one in found])
        numbers = stored_incidents.referral_numbers(connection)
    return [
        IncidentLine(
            one,
            "" if one.reported_by is None else names.get(one.reported_by, ""),
            "" if one.room is None else rooms[one.room].name,
            one.id in told,
            "" if one.referral is None else numbers.get(one.referral, ""),
        )
        for one in found
    ]


@needs(Permission.INCIDENT_SEE)
def read(desk: Desk, key: IncidentId) -> IncidentContent:
    """What is told of an incident; reading it is written to the journal.

    Raises NotAllowed for what somebody else reported, AgainstSelf where the person at the desk is involved, and for a
    sealed kind ReasonMissing.
    """
    with desk.reading() as connection:
        incident = stored_incidents.INCIDENTS.one(connection, key)
        _check_readable(desk, incident)
        why = sealed_access.why(desk, incident.incident_no).kept() if incident.is_sealed else {}
        found = _opened(desk, connection, incident)
    desk.note("incident_read", incident.incident_no, **why)
    return found


@needs(Permission.INCIDENT_SEE)
def follow(desk: Desk, key: IncidentId, follow_up: str, notified: Sequence[str] = ()) -> Done:
    """Write what came of it since, below what was written before, and who was told. Raises as `close`."""
    check_codes("notified", notified)
    with desk.writing("follow_incident", CASES) as writing:
        old, content = _going_on(desk, writing, key)
        if not follow_up.strip() and set(notified) <= set(old.notified):
            raise Missing("follow_up")
        told_so_far = _more(content.follow_up, follow_up)
        told = tuple(dict.fromkeys((*old.notified, *notified)))
        at = desk.now() if told != old.notified else old.notified_at
        _keep(desk, writing, replace(old, notified=told, notified_at=at), replace(content, follow_up=told_so_far))
    return writing.done


@needs(Permission.INCIDENT_SEE)
def referrable(desk: Desk, key: IncidentId) -> list[Offered]:
    """The referrals an incident may have led to, latest first: of the persons it names, of anybody where it names none.

    From its day on. Raises NotAllowed and AgainstSelf as `read`, and SealedMatter; what is told of it is not shown.
    """
    with desk.reading() as connection:
        incident = stored_incidents.INCIDENTS.one(connection, key)
        if incident.is_sealed:  # whom it names would show
            raise incidents.SealedMatter
        named = {code for code, _ in _opened(desk, connection, incident).persons}
        found = [one for one in referrals.listed(connection) if one.issued_on >= incident.occurred_at.date()]
        whose = stays.persons_of(connection, {one.stay for one in found})
        people = residents.persons(connection, set(whose.values()))
    offered = [Offered(one.id, one.referral_no, one.partner, people[whose[one.stay]].code) for one in found]
    return [one for one in offered if not named or one.code in named]


@needs(Permission.INCIDENT_SEE)
def refer(desk: Desk, key: IncidentId, referral: ReferralId | None) -> Done:
    """Say which referral this incident led to (3.16); None takes that back. Raises NoSuch, and as `follow`."""
    with desk.writing("refer_incident", CASES) as writing:
        _going_on(desk, writing, key)
        if referral is not None and not referrals.known(writing.connection, referral):
            raise NoSuch("referral", str(referral))
        writing.trail.change(stored_incidents.TABLE, key, {"referral_id": referral})
    return writing.done


@needs(Permission.INCIDENT_SEE)
def answer(desk: Desk, key: IncidentId, on: date) -> Done:
    """A complaint was answered on that day. Raises NoSuch for what is no complaint, BadDates, InTheFuture."""
    with desk.writing("answer_complaint", CASES) as writing:
        old, _ = _own(desk, writing, key)
        if not old.is_complaint:
            raise NoSuch("complaint", old.incident_no)
        incidents.check_day(old, on, desk.today())
        writing.trail.change(stored_incidents.TABLE, key, {"answered_on": on.isoformat()})
    return writing.done


@needs(Permission.INCIDENT_SEE)
def close(desk: Desk, key: IncidentId, on: date, follow_up: str = "", lesson: str = "") -> Done:
    """End an incident with what came of it and what it teaches; a sealed one with its day alone.

    lesson: stands in the report, so without a name or a code. Raises Missing, BadDates, InTheFuture, IncidentOver,
    SealedMatter, and as `read`.
    """
    with desk.writing("close_incident", CASES) as writing:
        old, content = _own(desk, writing, key)
        told = replace(content, follow_up=_more(content.follow_up, follow_up))
        incidents.check_close(old, told, lesson, on, desk.today())
        _keep(desk, writing, replace(old, closed_on=on, closed_by=desk.user, lesson=lesson.strip()), told)
    return writing.done


def _more(former: str, new: str) -> str:
    """What was written before stays above."""
    return "\n".join(part for part in (former, new.strip()) if part)


def _keep(desk: Desk, writing: Writing, incident: Incident, content: IncidentContent) -> None:
    """Only what came of it is sealed anew: the rest stays as it was written."""
    keys = _opener(desk, writing.connection, incident)
    follow_up = stored_incidents.sealed_follow_up(keys, incident.id, content.follow_up)
    row = {**stored_incidents.INCIDENTS.write(incident), "follow_up": follow_up}
    writing.trail.change(stored_incidents.TABLE, incident.id, row)


def _own(desk: Desk, writing: Writing, key: IncidentId) -> tuple[Incident, IncidentContent]:
    incident = stored_incidents.INCIDENTS.one(writing.connection, key)
    writing.subject = incident.incident_no
    return incident, _opened(desk, writing.connection, incident)


def _going_on(desk: Desk, writing: Writing, key: IncidentId) -> tuple[Incident, IncidentContent]:
    """One that is neither sealed nor closed. Raises SealedMatter, IncidentOver."""
    incident, content = _own(desk, writing, key)
    if incident.is_sealed:
        raise incidents.SealedMatter
    if incident.closed_on is not None:
        raise incidents.IncidentOver(incident.incident_no, incident.closed_on)
    return incident, content


def _opened(desk: Desk, connection: Connection, incident: Incident) -> IncidentContent:
    """What is told of an incident that the person at the desk may read."""
    _check_readable(desk, incident)
    found = stored_incidents.content(connection, _opener(desk, connection, incident), incident.id)
    incidents.check_not_self(incident, found, desk.user)
    return found


def _check_readable(desk: Desk, incident: Incident) -> None:
    if not desk.may(Permission.INCIDENT_SEE_ALL) and incident.reported_by != desk.user:
        raise NotAllowed(Permission.INCIDENT_SEE_ALL.value)


def _opener(desk: Desk, connection: Connection, incident: Incident) -> IncidentKeys:
    box = sealed_boxes.opened(connection, desk.key_of_protection(Permission.INCIDENT_SEE))
    return stored_incidents.opener(connection, box, incident.id)
