"""The search for the family of a child, step by step, as long as the child wants it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shelter_desk.domain.casefile.minors import SEARCHING, Relative, Tracing, TracingStep, check_tracing, stepped
from shelter_desk.domain.checks import check_given, check_required_code
from shelter_desk.domain.consent.consents import FAMILY_CONTACT, NO_EXEMPTION, Exemption, Why
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import TracingId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.consent.consents import check_not_refused
from shelter_desk.operations.desk import Desk, Done, NumberedRow, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_log
from shelter_desk.storage.casefile import minors as stored_minors


@needs(Permission.CASE_EDIT)
def trace(
    desk: Desk,
    tracing: Tracing,
    relatives: Sequence[Relative] = (),
    with_service: bool = True,
    exempt: Exemption = NO_EXEMPTION,
) -> NumberedRow[TracingId]:
    """Open the search for a family, or write that the child does not want it: nobody is looked for then.

    relatives: sealed. exempt: why it is opened without the consent to a contact with the family; its steps go on under
    it. Raises Missing, NotInList, InTheFuture, NotAllowed, NoConsent where the contact with the family, or the
    recording (R-15), was refused; that the child does not want it is written all the same.
    """
    check_tracing(tracing)
    for cause in tracing.separation_causes:
        check_required_code("separation_cause", cause)
    if tracing.care_arrangement:
        check_required_code("care_arrangement", tracing.care_arrangement)
    for day in (tracing.requested_on, tracing.separation_on):
        person_acts.check_day(desk, day)
    if any(not one.name.strip() for one in relatives):
        raise Missing("relatives")
    with desk.writing("trace_family", person_acts.WITH_SERVICE) as writing:
        stay = person_acts.subject(writing, tracing.stay)
        wanted = tracing.child_consents
        if wanted or relatives or tracing.separation_place:
            check_not_refused(writing.connection, stay.person, desk.today())
        made = replace(
            tracing,
            tracing_no=stored_minors.TRACING_NUMBERS.next(writing.connection, desk.today().year),
            status="en_cours" if wanted else "refus_enfant",
            partner=tracing.partner if wanted else "",
            recorded_at=desk.now(),
        )
        key = TracingId(writing.trail.add("tracings", stored_minors.TRACINGS.write(made)))
        if wanted:
            consent_checks.check(desk, writing, stay.id, FAMILY_CONTACT, desk.today(), exempt, f"tracings/{key}")
        if wanted and relatives:
            own = person_acts.own_names(desk, writing, stay.person)
            writing.trail.change("tracings", key, stored_minors.sealed_relatives(own, key, relatives))
        if wanted and with_service:
            person_acts.serve(desk, writing, stay.id, "pro_rrf", tracing.requested_on or desk.today(), tracing.partner)
    return NumberedRow(key, made.tracing_no, writing.done)


@needs(Permission.CASE_SEE)
def why_stopped(desk: Desk, tracing_id: TracingId, on: date) -> Why | None:
    """Why no step of a search may be made on that day for want of a consent, None where one may."""
    with desk.reading() as connection:
        stay = stored_minors.TRACINGS.one(connection, tracing_id).stay
    return consent_checks.standing(desk, stay, FAMILY_CONTACT, on, f"tracings/{tracing_id}")


@needs(Permission.CASE_EDIT)
def step(
    desk: Desk,
    tracing_id: TracingId,
    on: date,
    told: str,
    status: str = "",
    with_service: bool = False,
    exempt: Exemption = NO_EXEMPTION,
) -> Done:
    """Write one step of a search, sealed, and where the search stands after it.

    status: "" where it stays as it was; `refus_enfant` when the child wants it no more, which ends it. Raises Missing,
    NotInList, InTheFuture, TracingStopped, NoConsent.
    """
    check_given("step", told.strip())
    if status:
        check_required_code("tracing_status", status)
    person_acts.check_day(desk, on)
    with desk.writing("trace_step", person_acts.WITH_SERVICE) as writing:
        old = stored_minors.TRACINGS.one(writing.connection, tracing_id)
        stay = person_acts.subject(writing, old.stay)
        new = stepped(old, status, on)
        if new.status in SEARCHING:
            check_not_refused(writing.connection, stay.person, desk.today())
            consent_checks.check(desk, writing, stay.id, FAMILY_CONTACT, on, exempt, f"tracings/{tracing_id}")
        key = writing.trail.add("tracing_steps", {"tracing_id": tracing_id, "done_on": on.isoformat()})
        own = service_log.own_sealer(desk, writing.connection, old.stay)
        writing.seal(own, "tracing_steps", "step", key, told.strip())
        writing.trail.change("tracings", tracing_id, stored_minors.TRACINGS.write(new))
        if with_service:
            person_acts.serve(desk, writing, old.stay, "pro_rrf", on, old.partner)
    return writing.done


@needs(Permission.CASE_SEE)
def tracing_words(desk: Desk, tracing_id: TracingId) -> tuple[tuple[Relative, ...], tuple[TracingStep, ...]]:
    """The relatives looked for and the steps of a search; reading them is written to the journal. Raises NotAllowed."""
    with desk.reading() as connection:
        person = person_acts.person_of(connection, stored_minors.TRACINGS.one(connection, tracing_id).stay)
        own = person_acts.words_of(desk, connection, person.id)
        names = person_acts.names_of(desk, connection, person.id)
        relatives = () if names is None else stored_minors.opened_relatives(connection, names, tracing_id)
        steps = () if own is None else stored_minors.opened_steps(connection, own, tracing_id)
    desk.note("tracing_read", person.code)
    return relatives, steps
