"""What is done for minors: guardian, best interests, search for the family, the service told, the 18th birthday."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.casefile import minors
from shelter_desk.domain.casefile.minors import BestInterests, Birthday, Guardian, MinorDue, Notification, Tracing
from shelter_desk.domain.checks import check_given, check_order, check_required_code
from shelter_desk.domain.consent.consents import FAMILY_CONTACT, Why
from shelter_desk.domain.errors import BadDates, Missing
from shelter_desk.domain.ids import GuardianId, PersonId, StayId, TracingId, UserId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.beds.occupancy import house
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.storage.casefile import minors as stored_minors
from shelter_desk.storage.file import settings
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays as stored_stays


@dataclass(frozen=True, slots=True)
class MinorFile:
    """All that is known of a minor beside the record, nothing of it opened.

    stay: the last one that is not void, None without any. dues: of a child alone, empty for others. steps: the days of
    the steps of each search. contact: why the consent to look for the family does not hold, None where it does.
    staff: names by account.
    """

    stay: Stay | None
    is_alone: bool
    heads_a_family: bool
    dues: tuple[MinorDue, ...]
    birthday: Birthday | None
    papers_missing: tuple[str, ...]
    guardians: tuple[Guardian, ...]
    assessments: tuple[BestInterests, ...]
    tracings: tuple[Tracing, ...]
    steps: Mapping[TracingId, Sequence[date]]
    notifications: tuple[Notification, ...]
    contact: Why | None
    staff: Mapping[UserId, str]


@dataclass(frozen=True, slots=True)
class Turning:
    """Somebody here whose 18th birthday is near. room: the code of the room of tonight, "" where none is known."""

    person: PersonId
    code: str
    sex: str
    room: str
    birthday: Birthday
    papers_missing: tuple[str, ...]
    stay: StayId


# Reading --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def of(desk: Desk, person_id: PersonId) -> MinorFile:
    """The file of a minor, or of somebody who was one."""
    today = desk.today()
    with desk.reading() as connection:
        person = residents.person(connection, person_id)
        stays = [one for one in stored_stays.of_person(connection, person_id) if not one.is_void]
        keys = [one.id for one in stays]
        known = stored_minors.guardians(connection, person_id)
        assessed = stored_minors.assessments(connection, keys)
        sought = stored_minors.tracings(connection, keys)
        told = stored_minors.notifications(connection, keys)
        stay = stays[-1] if stays else None
        seen_on = stay.exited_at.date() if stay is not None and stay.exited_at is not None else today
        alone = stay is not None and minors.is_alone(person.birth, stay, seen_on)
        near = minors.birthday(person.birth, stay.child_status, today) if stay and not stay.exited_at else None
        papers = stored_minors.papers(connection, [person_id], near.on).get(person_id, ()) if near is not None else ()
        family = stored_stays.household(connection, stay.family) if stay else []
        return MinorFile(
            stay,
            alone,
            stay is not None and person.birth.is_minor(today) and minors.heads_a_family(stay, family),
            minors.dues(stay, known, assessed, told, settings.read(connection)) if stay is not None and alone else (),
            near,
            minors.papers_missing(papers) if near is not None else (),
            tuple(known),
            tuple(assessed),
            tuple(sought),
            stored_minors.steps_of(connection, [one.id for one in sought]),
            tuple(told),
            consents.why_not(connection, person_id, FAMILY_CONTACT, today),
            settings.user_names(connection),
        )


@needs(Permission.CASE_SEE)
def birthdays(desk: Desk) -> tuple[Turning, ...]:
    """Who of those here turns 18 within 60 days, or has turned with a child's situation still written (R-07)."""
    today = desk.today()
    with desk.reading() as connection:
        whole = house(connection, today)
        near = [
            (one, whole.room_of(one), found)
            for one in whole.present
            if (found := minors.birthday(one.person.birth, one.stay.child_status, today)) is not None
        ]
        held = stored_minors.papers(connection, [one.person.id for one, *_ in near], today)
        made = [
            Turning(
                one.person.id,
                one.person.code,
                one.person.sex,
                whole.rooms[room].code if room in whole.rooms else "",
                found,
                minors.papers_missing(held.get(one.person.id, ())),
                one.stay.id,
            )
            for one, room, found in near
        ]
    return tuple(sorted(made, key=lambda one: (one.birthday.on, one.code)))


# Opening what is sealed -----------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def guardian_named(desk: Desk, guardian_id: GuardianId) -> tuple[str, str]:
    """Name and contact of a guardian; reading them is written to the journal. Raises NotAllowed."""
    with desk.reading() as connection:
        person = stored_minors.GUARDIANS.one(connection, guardian_id).person
        code = residents.code(connection, person)
        own = person_acts.names_of(desk, connection, person)
        found = ("", "") if own is None else stored_minors.guardian_named(connection, own, guardian_id)
    desk.note("guardian_read", code)
    return found


# Guardian and notification --------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def keep_guardian(
    desk: Desk, guardian: Guardian, name: str = "", contact: str = "", service_of: StayId | None = None
) -> Done:
    """Write how the guardianship stands from now on; what was before stays. name, contact: sealed.

    service_of: the stay that gets the service of a guardianship in the same act. Raises Missing, NotInList, BadDates,
    InTheFuture.
    """
    _check_guardian(desk, guardian, name)
    sealer = desk.key_of_names()
    with desk.writing("guardian", person_acts.WITH_SERVICE) as writing:
        person = residents.person(writing.connection, guardian.person)
        writing.subject = person.code
        row = stored_minors.GUARDIANS.write(replace(guardian, recorded_at=desk.now()))
        key = GuardianId(writing.trail.add("guardians", row))
        if name.strip() or contact.strip():
            own = residents.identity_of(writing.connection, sealer, guardian.person)
            writing.trail.change(
                "guardians", key, stored_minors.sealed_guardian(own, key, name.strip(), contact.strip())
            )
        if service_of is not None:
            day = guardian.started_on or guardian.requested_on or desk.today()
            person_acts.serve(desk, writing, service_of, "pro_tutelle", day)
    return writing.done


def _check_guardian(desk: Desk, guardian: Guardian, name: str) -> None:
    check_required_code("guardian_status", guardian.status)
    if guardian.kind:
        check_required_code("guardian_kind", guardian.kind)
    if guardian.status == "demande_faite" and guardian.requested_on is None:
        raise Missing("requested_on")
    if guardian.status in minors.APPOINTED:
        if guardian.started_on is None:
            raise Missing("started_on")
        check_given("guardian_name", name.strip())
    for day in (guardian.requested_on, guardian.started_on):
        person_acts.check_day(desk, day)
    check_order(guardian.started_on, guardian.ended_on)


@needs(Permission.CASE_EDIT)
def notify(desk: Desk, notification: Notification) -> Done:
    """Write that a service was told of the child (R-11). Raises Missing, NotInList, InTheFuture, BadDates."""
    check_required_code("partner_type", notification.service)
    person_acts.check_day(desk, notification.notified_on)
    with desk.writing("notify_service", person_acts.CASES) as writing:
        stay = person_acts.subject(writing, notification.stay)
        if notification.notified_on < stay.admitted_at.date():
            raise BadDates(stay.admitted_at, plain(notification.notified_on))
        row = stored_minors.NOTIFICATIONS.write(replace(notification, recorded_at=desk.now()))
        writing.trail.add("notifications", row)
    return writing.done
