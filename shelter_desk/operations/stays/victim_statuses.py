"""Decisions on the victim status of a stay, and their sealed reasons."""

from collections.abc import Collection, Mapping

from shelter_desk.domain import plausible_dates
from shelter_desk.domain.casefile import identification
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import StayId, VictimStatusId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.residents import person_acts, sealed_access
from shelter_desk.storage.file import settings
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays


@needs(Permission.CASE_SEE)
def of_stays(desk: Desk, stays: Collection[StayId]) -> Mapping[StayId, tuple[VictimStatus, ...]]:
    """The decisions on status of those stays, oldest first; stays without one are left out."""
    with desk.reading() as connection:
        return stored_stays.statuses(connection, stays)


@needs(Permission.DECIDE_STATUS)
def decide(desk: Desk, status: VictimStatus, reason: str = "") -> Done:
    """Write a decision on the status of a stay, valid from its day (R-19); its reason is sealed.

    Of somebody who refuses the recording the bare decision is written, without form, practice or reason (R-15). Raises
    Missing, NotInList, InTheFuture, MayNotDecide, as `identification.check_decision`, NoConsent, TooLongAgo.
    """
    with desk.writing("decide", Changes(stays=True, cases=True)) as writing:
        stay = stored_stays.stay(writing.connection, status.stay)
        is_minimal = consents.refuses(writing.connection, stay.person, desk.today())
        identification.check_decision(status, reason, desk.today(), settings.read(writing.connection), is_minimal)
        plausible_dates.check_not_before(status.decided_on, stay.admitted_at.date() - plausible_dates.DECIDED_BEFORE)
        writing.subject = stored_residents.code(writing.connection, stay.person)
        if status.exploitation_forms or status.assimilated_practices or reason.strip():
            consents.check_not_refused(writing.connection, stay.person, desk.today())
        key = writing.trail.add("victim_statuses", stored_stays.STATUSES.write(status))
        if reason.strip():
            protection = desk.key_of_protection(Permission.DECIDE_STATUS)
            own = stored_residents.protection_of(writing.connection, protection, stay.person)
            writing.seal(own, "victim_statuses", "reason", key, reason.strip())
    return writing.done


@needs(Permission.CASE_SEE)
def reasoned(desk: Desk, stay: StayId) -> frozenset[VictimStatusId]:
    """The decisions on a stay that have a reason, none of which is opened."""
    with desk.reading() as connection:
        return stored_stays.reasoned(connection, stay)


@needs(Permission.CASE_SEE)
def reason(desk: Desk, stay: StayId, status: VictimStatusId) -> str:
    """Why it was decided so, "" where nothing is written; reading it is written to the journal.

    Raises NotAllowed, ReasonMissing.
    """
    protection = desk.key_of_protection(Permission.CASE_SEE)
    with desk.reading() as connection:
        code = person_acts.code_of(connection, stay)
        why = sealed_access.why(desk, code)
        opened = stored_stays.reason(connection, protection, status, why)
    if opened:
        desk.note("reason_read", code, **why.kept())
    return opened
