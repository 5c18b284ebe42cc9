"""What is given to residents, line by line, and the sheet of a day."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.assistance.assistance import DONE, MEAL, Service, ServiceStatus
from shelter_desk.domain.casefile.assessments import ActionState
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent.consents import NO_EXEMPTION, Exemption
from shelter_desk.domain.errors import Damaged, InTheFuture, Missing
from shelter_desk.domain.ids import PersonId, ServiceId, StayId, UserId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.refusals import ServiceIssued
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import residents
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_log import (
    PLANNED,
    SERVICES,
    ServiceLine,
    add,
    be_about_stays,
    check,
    check_links,
    check_note,
    lines_on,
    own_sealer,
    remove,
    tidy,
)
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.casefile import plans as stored_plans
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.storage.stock import stock as stored_stock

USUAL_A_DAY = {MEAL: 3}  # one of anything else; what was not held or refused is none
OF_A_PLAN = Changes(services=True, cases=True)


@dataclass(frozen=True, slots=True)
class ServiceDoubt:
    """What may be a mistake in a line, and is written all the same.

    kind: `before` the admission, `after` the exit, `twice` on one day, `store` where the store has what it stands for
    and gave nothing out (I-20). day: the admission or the exit, else the day of the service.
    """

    kind: Literal["before", "after", "twice", "store"]
    code: str
    day: date


@dataclass(frozen=True, slots=True)
class ServicesWritten:
    """When a line was typed, and by whom, "" where the journal does not say."""

    at: datetime | None
    by: str


# What was given -------------------------------------------------------------------------------------------------------


@needs(Permission.ASSIST_SEE)
def sheet(desk: Desk, day: date) -> tuple[ServiceLine, ...]:
    """Who was here on that day in order of beds, then who was given something without being here."""
    with desk.reading() as connection:
        return lines_on(connection, day)


@needs(Permission.ASSIST_SEE)
def of_stays(desk: Desk, stays: Iterable[StayId]) -> Mapping[StayId, tuple[Service, ...]]:
    """The services of each stay, whatever their state, in order of time; stays without one are left out."""
    with desk.reading() as connection:
        return stored_assistance.of_stays(connection, stays)


@needs(Permission.ASSIST_SEE)
def noted(desk: Desk, stays: Iterable[StayId]) -> frozenset[ServiceId]:
    """The services of those stays that have a note, which stays sealed."""
    with desk.reading() as connection:
        return stored_assistance.noted(connection, stays)


@needs(Permission.ASSIST_SEE)
def written(desk: Desk, services: Sequence[Service]) -> Mapping[ServiceId, ServicesWritten]:
    """When each was typed, and by whom."""
    typed = [one.recorded_at for one in services if one.recorded_at is not None]
    with desk.reading() as connection:
        by = stored_assistance.writers(connection, min(typed), max(typed)) if typed else {}
        names = settings.user_names(connection)
    told = {key: names.get(user, "") for key, user in by.items()}
    return {one.id: ServicesWritten(one.recorded_at, told.get(one.id, "")) for one in services}


@needs(Permission.ASSIST_SEE)
def staff_names(desk: Desk) -> Mapping[UserId, str]:
    """Everybody who may have given something, who has no account any more as well."""
    with desk.reading() as connection:
        return settings.user_names(connection)


@needs(Permission.ASSIST_SEE)
def found(desk: Desk, typed: str, lines: Sequence[ServiceLine], most: int = 5) -> tuple[ServiceLine, ...]:
    """Who is meant by a bed of that day, a code, a register number or a name, also somebody never lodged.

    lines: the sheet of that day, read once and not for each letter. The stay is the one of that day, else the last one.
    """
    wanted = typed.strip()
    if not wanted:
        return ()
    in_bed = [line for line in lines if line.bed_code.casefold() == wanted.casefold()]
    by_person = {line.person.id: line for line in reversed(lines)}
    known = [by_person.get(key) or _last(desk, key) for key in residents.search(desk, wanted, most)]
    made = {line.person.id: line for line in (*in_bed, *known) if line is not None}
    return tuple(made.values())[:most]


def _last(desk: Desk, person_id: PersonId) -> ServiceLine | None:
    with desk.reading() as connection:
        stays = [stay for stay in stored_stays.of_person(connection, person_id) if not stay.is_void]
        if not stays:
            return None
        person = stored_residents.person(connection, person_id)
    return ServiceLine(stays[-1], person, standing="door" if stays[-1].is_redirected else "apart")


# Writing --------------------------------------------------------------------------------------------------------------


@needs(Permission.ASSIST_SEE)
def doubts(desk: Desk, services: Sequence[Service]) -> tuple[ServiceDoubt, ...]:
    """What may be a mistake in these lines before they are written, together with those that stand."""
    with desk.reading() as connection:
        found = [_doubt(connection, one, services[:at]) for at, one in enumerate(services)]
    return tuple(one for one in found if one is not None)


def _doubt(connection: Connection, service: Service, before: Sequence[Service]) -> ServiceDoubt | None:
    stay = stored_stays.stay(connection, service.stay)
    code = stored_residents.code(connection, stay.person)
    day, came = service.service_on, stay.admitted_at.date()
    if day < came:
        return ServiceDoubt("before", code, came)
    if stay.exited_at is not None and day > stay.exited_at.date() and not stay.is_redirected:
        return ServiceDoubt("after", code, stay.exited_at.date())
    given = [one for one in stored_assistance.of_stays(connection, [stay.id]).get(stay.id, ()) if one.id != service.id]
    same = [
        one
        for one in (*given, *before)
        if (one.stay, one.service_on, one.service_type) == (service.stay, day, service.service_type)
        and one.status in (PLANNED, DONE)
    ]
    if len(same) >= USUAL_A_DAY.get(service.service_type, 1):
        return ServiceDoubt("twice", code, day)
    is_ours = service.counts and service.provider_kind == "centre"
    is_in_store = is_ours and service.service_type in stored_stock.stood_for(connection)
    return ServiceDoubt("store", code, day) if is_in_store else None


@needs(Permission.ASSIST)
def give(
    desk: Desk,
    services: Sequence[Service],
    note: str = "",
    becomes: ActionState | None = None,
    exempt: Exemption = NO_EXEMPTION,
) -> Done:
    """Write these lines, all or none; each is given its number. note: sealed, one for every line.

    becomes: the state in which the actions of the plan are then, for which something was given. exempt: why a contact
    with the family, or a follow-up, was without consent. Raises InTheFuture for what is not only planned,
    LodgingDerived, NotInList, BadNumber, NoSuch for a void stay, AsylumFirst (R-29), NoConsent, NotAllowed; with
    `becomes` as `plans.advance`.
    """
    with desk.writing("give_service", SERVICES if becomes is None else OF_A_PLAN) as writing:
        add(desk, writing, services, note)
        consent_checks.check_services(desk, writing, services, exempt)
        if becomes is not None:
            for one in services:
                advance(desk, writing, one, becomes)
    return writing.done


def advance(desk: Desk, writing: Writing, service: Service, becomes: ActionState) -> None:
    """The action that a service was given for goes on by it; one that is so already stays."""
    if service.plan_action is None or not service.counts:
        return
    desk.check(Permission.CASE_EDIT)
    on = service.service_on if becomes == "fait" else None
    if stored_plans.state_of_action(writing.connection, service.plan_action) != becomes:
        plans.move_action(desk, writing, service.plan_action, becomes, on)


@needs(Permission.ASSIST)
def plan(desk: Desk, services: Sequence[Service], note: str = "") -> Done:
    """Write these lines as planned; they count once they are held."""
    return give(desk, [replace(one, status=PLANNED) for one in services], note)


@needs(Permission.ASSIST)
def change(desk: Desk, service: Service, note: str | None = None) -> Done:
    """Correct a line; what it said before stays in the journal. note: None leaves it as it is. Raises as `give`, and
    ServiceIssued where a slip gave it out and day, service or state would change.
    """
    with desk.writing("change_service", SERVICES) as writing:
        old = stored_assistance.SERVICES.one(writing.connection, service.id)
        told = replace(service, partner=tidy(service.partner), receipt_no=tidy(service.receipt_no))
        kept = replace(told, service_no=old.service_no, stay=old.stay, recorded_at=old.recorded_at)
        catalogue = dict(service_catalogue.known(writing.connection))
        if kept.service_type == old.service_type and kept.service_type in catalogue:
            # a line may keep a sub-type that was retired since
            catalogue[kept.service_type] = replace(catalogue[kept.service_type], active=True)
        check(desk, catalogue, kept)
        check_links(writing.connection, kept)
        if (kept.service_on, kept.service_type, kept.status) != (old.service_on, old.service_type, old.status):
            _check_not_issued(writing.connection, old)
            consent_checks.check_services(desk, writing, [kept])
        consent_checks.check_return(writing.connection, kept)
        writing.trail.change("services", service.id, stored_assistance.SERVICES.write(kept))
        if note is not None:
            if note.strip():
                check_note(desk, writing.connection, old.stay)
            own = own_sealer(desk, writing.connection, old.stay)
            sealed = own.seal("services", "note", service.id, note.strip()) if note.strip() else None
            writing.trail.change("services", service.id, {"note": sealed})
        be_about_stays(writing, [old.stay])
    return writing.done


def _check_not_issued(connection: Connection, service: Service) -> None:
    """What left the store for a service is counted with it: the one does not change without the other (I-20)."""
    slip = stored_stock.slip_of_service(connection, service.service_no)
    if slip:
        raise ServiceIssued(slip)


def needs_reason(service: Service, today: date) -> bool:
    """Whether it is said why a line is taken out: not of one that was typed today, which is a slip of the hand."""
    return service.recorded_at is None or service.recorded_at.date() != today


@needs(Permission.ASSIST)
def take_out(desk: Desk, services: Sequence[ServiceId], reason: str = "") -> Done:
    """Take out lines typed by mistake; the journal keeps them, and their numbers are given to no other line.

    reason: kept in the journal; what was typed today needs none. `services_taken_out.bring_back` writes one again.
    Raises Missing, ServiceIssued for what a slip of the store gave out.
    """
    with desk.writing("take_out_service", SERVICES) as writing:
        out = [stored_assistance.SERVICES.one(writing.connection, key) for key in services]
        if not reason.strip() and any(needs_reason(one, desk.today()) for one in out):
            raise Missing("reason")
        if reason.strip():
            writing.details["reason"] = reason.strip()
        for one in out:
            _check_not_issued(writing.connection, one)
            remove(writing, one)
        be_about_stays(writing, {one.stay for one in out})
    return writing.done


@needs(Permission.ASSIST)
def hold(desk: Desk, services: Sequence[ServiceId]) -> Done:
    """What was planned was given: it counts from now on. Raises InTheFuture before its day."""
    return _say(desk, services, DONE)


@needs(Permission.ASSIST)
def not_held(desk: Desk, services: Sequence[ServiceId]) -> Done:
    """What was planned was not given."""
    return _say(desk, services, "non_tenu")


@needs(Permission.ASSIST)
def refused(desk: Desk, services: Sequence[ServiceId]) -> Done:
    """The person did not want it."""
    return _say(desk, services, "refuse")


def _say(desk: Desk, services: Sequence[ServiceId], status: ServiceStatus) -> Done:
    with desk.writing("change_service", SERVICES) as writing:
        ones = [stored_assistance.SERVICES.one(writing.connection, key) for key in services]
        for one in ones:
            if status == DONE and one.service_on > desk.today():
                raise InTheFuture(plain(one.service_on))
            if status != DONE:
                _check_not_issued(writing.connection, one)
            consent_checks.check_return(writing.connection, replace(one, status=status))
            consent_checks.check_services(desk, writing, [replace(one, status=status)])
            writing.trail.change("services", one.id, {"service_status": status})
        be_about_stays(writing, {one.stay for one in ones})
    return writing.done


@needs(Permission.ASSIST_SEE)
def note(desk: Desk, service_id: ServiceId) -> str:
    """The note of a line, "" where there is none; reading it is written to the journal. Raises NotAllowed."""
    with desk.reading() as connection:
        stay = stored_stays.stay(connection, stored_assistance.SERVICES.one(connection, service_id).stay)
        code = stored_residents.code(connection, stay.person)
        sealed = stored_assistance.note(connection, service_id)
        opened = ""
        if sealed is not None:
            own = stored_residents.opener_of(connection, desk.key_of_protection(Permission.ASSIST), stay.person)
            opened = "" if own is None else own.unseal("services", "note", service_id, sealed)
    if sealed is not None:
        desk.note("note_read", code)
    return opened


# The columns of the sheet ---------------------------------------------------------------------------------------------


@needs(Permission.ASSIST_SEE)
def columns(desk: Desk) -> tuple[str, ...] | None:
    """The services that this person left on the sheet, None before the first time."""
    with desk.reading() as connection, suppress(Damaged):  # it is chosen anew
        kept = settings.of_json(connection, f"sheet_columns_{desk.user}")
        if isinstance(kept, list) and all(isinstance(one, str) for one in kept):
            return tuple(kept)
    return None


@needs(Permission.ASSIST_SEE)
def keep_columns(desk: Desk, chosen: Sequence[str]) -> None:
    """Show these services on the sheet of this person from now on; nothing of it is for the journal."""
    with desk.database.transaction(Changes()) as connection:
        settings.write(connection, {f"sheet_columns_{desk.user}": json.dumps(list(chosen))})
