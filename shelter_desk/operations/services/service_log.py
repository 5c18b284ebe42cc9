"""What operations on services share: the sheet of a day, and the writing of lines inside an act."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from shelter_desk.domain.assistance.assistance import LODGING, Service, ServiceStatus
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_code, check_optional_code
from shelter_desk.domain.errors import BadNumber, InTheFuture, LodgingDerived, NoSuch, NotInList
from shelter_desk.domain.ids import ServiceId, StayId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.beds import occupancy
from shelter_desk.operations.consent import consent_checks, consents
from shelter_desk.operations.desk import Desk, Writing
from shelter_desk.operations.services import service_catalogue
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.casefile import plans
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays

SERVICES = Changes(services=True)
PLANNED: ServiceStatus = "prevu"
STATUSES: tuple[ServiceStatus, ...] = (PLANNED, "fait", "non_tenu", "refuse")
Standing = Literal["here", "away", "leaves", "door", "apart"]


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One person on the sheet of a day.

    standing: `here`, `away` that night, `leaves` that day, `door` for somebody redirected without a night, `apart` for
    a stay of other days. bed_code: of that day, "" where none is known.
    """

    stay: Stay
    person: Person
    bed_code: str = ""
    standing: Standing = "here"
    services: tuple[Service, ...] = ()


def lines_on(connection: Connection, day: date) -> tuple[ServiceLine, ...]:
    """The sheet of that day; whoever calls it asks for the permission."""
    given: dict[StayId, list[Service]] = {}
    for one in stored_assistance.within(connection, Period(day, day)):
        given.setdefault(one.stay, []).append(one)
    house = occupancy.house(connection, day)
    found: dict[StayId, tuple[Stay, Standing]] = {
        one.stay.id: (one.stay, "away" if one.absence else "here") for one in house.present
    }
    for stay in stored_assistance.leaving(connection, day):
        found.setdefault(stay.id, (stay, "door" if stay.is_redirected else "leaves"))
    for key in given:
        if key not in found:
            found[key] = (stored_stays.stay(connection, key), "apart")
    persons = stored_residents.persons(connection, {stay.person for stay, _ in found.values()})
    beds = _beds_on(connection, list(found), day)
    made = [
        ServiceLine(stay, persons[stay.person], beds.get(key, ""), standing, tuple(given.get(key, ())))
        for key, (stay, standing) in found.items()
    ]
    return tuple(
        sorted(
            made,
            key=lambda line: (
                line.standing in ("door", "apart"),
                line.bed_code == "",
                stored_beds.natural(line.bed_code),
                line.person.code,
            ),
        )
    )


def _beds_on(connection: Connection, stays: Sequence[StayId], day: date) -> dict[StayId, str]:
    """The bed of that night, else the one left that day."""
    every = stored_beds.beds(connection)
    found = {}
    for key, placements in stored_stays.placements(connection, stays).items():
        touching = [one for one in placements if one.start.date() <= day and (one.end is None or one.end.date() >= day)]
        if touching and (bed := touching[-1].bed) is not None:
            found[key] = every[bed].code
    return found


def add(desk: Desk, writing: Writing, services: Sequence[Service], note: str = "") -> None:
    """Write these lines inside an act, given by who is at the desk where they name nobody; its line of the journal is
    about the persons.

    Raises as `give`; NoConsent for a note on somebody who refuses the recording (R-15).
    """
    catalogue = service_catalogue.known(writing.connection)
    for one in services:
        check(desk, catalogue, one)
        consent_checks.check_return(writing.connection, one)
    for stay in (stored_stays.stay(writing.connection, key) for key in {one.stay for one in services}):
        if stay.is_void:
            raise NoSuch("stay", stay.stay_no)
        if note.strip():
            check_note(desk, writing.connection, stay.id)
    for one in stored_assistance.numbered(writing.connection, services):
        check_links(writing.connection, one)
        staff = desk.user if one.staff is None else one.staff
        told = replace(one, partner=tidy(one.partner), receipt_no=tidy(one.receipt_no), staff=staff)
        row = stored_assistance.SERVICES.write(replace(told, recorded_at=desk.now()))
        key = ServiceId(writing.trail.add("services", row))
        if note.strip():
            writing.seal(own_sealer(desk, writing.connection, one.stay), "services", "note", key, note.strip())
    be_about_stays(writing, {one.stay for one in services})


def tidy(text: str) -> str:
    """A short text with single plain spaces and none around it, as a workbook gives it back."""
    return " ".join(text.split())


def check(desk: Desk, catalogue: Mapping[str, service_catalogue.ServiceKind], service: Service) -> None:
    """Refuse what cannot be. Raises as `give`."""
    if service.service_type == LODGING:
        raise LodgingDerived
    kind = catalogue.get(service.service_type)
    if kind is None or not kind.active:
        raise NotInList("service_type", service.service_type)
    check_code("provider_kind", service.provider_kind)
    check_optional_code("donor", service.donor)
    if service.status not in STATUSES:
        raise NotInList("service_status", service.status)
    if not (service.quantity > 0 and math.isfinite(service.quantity)):
        raise BadNumber("quantity", f"{service.quantity:g}")
    if service.cost_xof is not None and service.cost_xof < 0:
        raise BadNumber("cost_xof", str(service.cost_xof))
    if service.status != PLANNED and service.service_on > desk.today():
        raise InTheFuture(plain(service.service_on))


def check_links(connection: Connection, service: Service) -> None:
    """Somebody of the staff gave it, for an action of a plan of that stay. Raises NotInList."""
    if service.staff is not None and service.staff not in settings.user_names(connection):
        raise NotInList("staff", str(service.staff))
    if service.plan_action is not None and plans.stay_of_action(connection, service.plan_action) != service.stay:
        raise NotInList("plan_action", str(service.plan_action))


def be_about_stays(writing: Writing, stays: Iterable[StayId]) -> None:
    """Say in the journal which persons the act is about, by their stays."""
    owners = (stored_stays.stay(writing.connection, key).person for key in stays)
    be_about(writing, [stored_residents.code(writing.connection, person) for person in owners])


def be_about(writing: Writing, persons: Sequence[str]) -> None:
    """Say in the journal which persons the act is about."""
    writing.subject = writing.subject or next(iter(persons), "")
    if len(persons) > 1:
        writing.details["together"] = sorted(persons)


def own_sealer(desk: Desk, connection: Connection, stay: StayId) -> Sealer:
    """What seals the notes on that person. Raises NotAllowed without the protection key."""
    protection = desk.key_of_protection(Permission.ASSIST)
    person = stored_stays.stay(connection, stay).person
    return stored_residents.protection_of(connection, protection, person)


def check_note(desk: Desk, connection: Connection, stay: StayId) -> None:
    """Whether a note may be written on that person: not of one who refuses the recording (R-15). Raises NoConsent."""
    consents.check_not_refused(connection, stored_stays.stay(connection, stay).person, desk.today())


def remove(writing: Writing, service: Service) -> None:
    """Take a line out inside an act; the appointment or follow-up that it was stays held, without it."""
    stored_assistance.remember_number(writing.connection, service.service_no)
    for table, key in stored_assistance.referring_to(writing.connection, service.id):
        writing.trail.change(table, key, {"service_id": None})
    writing.trail.remove("services", service.id)
