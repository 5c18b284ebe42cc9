"""The registers of incidents and complaints (field 3.16), and who must not meet whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk.domain.checks import check_given, check_not_future
from shelter_desk.domain.errors import AccessRefused, BadDates, InTheFuture, Missing, NotInList, RuleBroken, Trouble
from shelter_desk.domain.ids import ContactRiskId, IncidentId, PersonId, ReferralId, RoomId, UserId
from shelter_desk.domain.moments import before, plain

SEALED_TYPES = frozenset({"eas", "protection_enfant"})  # number, day and channel alone; counted together
COMPLAINT, BREACH = "plainte", "donnees"
VIOLENT = frozenset({"violence_residents", "violence_exterieur"})  # of which the kind is asked (`gbv_type`)
SERIOUS = frozenset({"grave", "critique"})  # somebody outside the desk is told
NO_VICTIM = frozenset({"auteur_presume", "recruteur"})  # kinds of risk that may keep somebody from every victim


class BoxMissing(Trouble):
    """What may only be written cannot be sealed yet: nobody who may read it has opened the shelter since."""


class SealedMatter(RuleBroken):
    """A sealed matter goes on through its channel: nothing is told of it here."""


class AgainstSelf(AccessRefused):
    """The incident is said to involve the person at the desk, who does not read or close it."""

    incident_no: str


class IncidentOver(RuleBroken):
    """The incident was closed already."""

    incident_no: str
    closed_on: date


class SaidAlready(RuleBroken):
    """The same two persons, or the same person and every victim, are kept apart already."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One line of the register; persons, facts, measures and what followed are sealed and read apart.

    reported_by: None for a complaint whose author stays unnamed. channel: how a complaint came, or where a sealed
    matter goes on. answered_on: of a complaint. gbv_type: of an incident of violence, the first that fits.
    """

    id: IncidentId
    incident_no: str
    occurred_at: datetime
    reported_at: datetime
    incident_type: str
    severity: str
    reported_by: UserId | None = None
    room: RoomId | None = None
    channel: str = ""
    notified: tuple[str, ...] = ()
    notified_at: datetime | None = None
    referral: ReferralId | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    closed_by: UserId | None = None
    lesson: str = ""
    gbv_type: str = ""

    @property
    def is_sealed(self) -> bool:
        """Kept by number, day and channel alone."""
        return self.incident_type in SEALED_TYPES

    @property
    def is_complaint(self) -> bool:
        """A complaint is answered, and may come from somebody who stays unnamed."""
        return self.incident_type == COMPLAINT


@dataclass(frozen=True, slots=True)
class IncidentContent:
    """What is told of an incident, sealed.

    persons: codes of residents, each with its part in it (`incident_role`). is_staff_involved: the matter is kept from
    the staff named in `staff`. breach_kind, data_classes: of a data breach (field 6.9). follow_up: what came of it.
    """

    facts: str = ""
    immediate_action: str = ""
    persons: tuple[tuple[str, str], ...] = ()
    is_staff_involved: bool = False
    staff: tuple[UserId, ...] = ()
    breach_kind: str = ""
    data_classes: tuple[str, ...] = ()
    follow_up: str = ""


def check(incident: Incident, content: IncidentContent, now: datetime) -> None:
    """What must hold before an incident is written.

    Raises Missing, InTheFuture, NotInList for a kind of violence of what is none; SealedMatter where a sealed type
    comes with anything but its day and channel.
    """
    check_given("incident_type", incident.incident_type)
    if incident.gbv_type and incident.incident_type not in VIOLENT and not incident.is_sealed:
        raise NotInList("gbv_type", incident.gbv_type)
    if before(now, incident.occurred_at):
        raise InTheFuture(incident.occurred_at)
    if incident.is_sealed:
        check_given("channel", incident.channel)
        told = (incident.severity, incident.room, incident.notified, incident.referral, incident.lesson)
        if content != IncidentContent() or any(told) or incident.gbv_type:
            raise SealedMatter
        return
    check_given("severity", incident.severity)
    check_given("facts", content.facts.strip())
    if incident.is_complaint:
        check_given("channel", incident.channel)
    else:
        check_given("immediate_action", content.immediate_action.strip())
    if incident.incident_type == BREACH:
        check_given("breach_kind", content.breach_kind)
    if incident.severity in SERIOUS:
        check_given("notified", incident.notified)


def check_close(incident: Incident, content: IncidentContent, lesson: str, on: date, today: date) -> None:
    """Raises IncidentOver, BadDates, InTheFuture, Missing without what came of it, SealedMatter."""
    if incident.closed_on is not None:
        raise IncidentOver(incident.incident_no, incident.closed_on)
    check_day(incident, on, today)
    if incident.is_sealed:
        if content.follow_up.strip() or lesson.strip():
            raise SealedMatter
    elif not content.follow_up.strip():
        raise Missing("follow_up")


def check_day(incident: Incident, on: date, today: date) -> None:
    """Something that comes after the incident. Raises BadDates before it, InTheFuture."""
    if on < incident.occurred_at.date():
        raise BadDates(incident.occurred_at, plain(on))
    check_not_future(on, today)


def check_not_self(incident: Incident, content: IncidentContent, reader: UserId) -> None:
    """Raises AgainstSelf where the reader is among the staff named."""
    if reader in content.staff:
        raise AgainstSelf(incident.incident_no)


@dataclass(frozen=True, slots=True)
class ContactRisk:
    """Somebody who may be the perpetrator, or must not meet another person (R-28); why is sealed and read apart.

    other: None where no victim may meet the person. kind: `auteur_presume`, `recruteur` or `conflit`.
    """

    id: ContactRiskId
    person: PersonId
    kind: str
    noted_on: date
    other: PersonId | None = None
    ended_on: date | None = None

    def holds(self, day: date) -> bool:
        """From the day it was noted until the eve of the day it ended."""
        return self.noted_on <= day and (self.ended_on is None or day < self.ended_on)


def kept_apart(
    person: PersonId, is_victim: bool, risks: Iterable[ContactRisk], others: Iterable[tuple[PersonId, bool]]
) -> frozenset[PersonId]:
    """Whom of these others somebody must not meet, either way round; each of the others with whether a victim.

    A person is never kept from themselves; one who may be a perpetrator is kept from victims where nobody is named.
    """
    named = {
        risk.other if risk.person == person else risk.person for risk in risks if person in (risk.person, risk.other)
    }
    dangerous = {risk.person for risk in risks if risk.other is None}
    if not named and person not in dangerous and not (is_victim and dangerous):
        return frozenset()
    return frozenset(
        other
        for other, is_other_victim in others
        if other != person
        and (other in named or (person in dangerous and is_other_victim) or (other in dangerous and is_victim))
    )
