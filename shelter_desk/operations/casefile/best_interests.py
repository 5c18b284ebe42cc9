"""Assessments of the best interests of a child: written by a trained assessor, validated by the direction."""

from dataclasses import replace
from datetime import date

from shelter_desk.domain.casefile import minors
from shelter_desk.domain.casefile.minors import BestInterests, BestInterestsWords
from shelter_desk.domain.checks import check_given, check_order, check_required_code
from shelter_desk.domain.ids import BestInterestsId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, NumberedRow, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_log
from shelter_desk.operations.vault import signed_accounts
from shelter_desk.storage.casefile import minors as stored_minors


@needs(Permission.CASE_EDIT)
def assess(
    desk: Desk, bia: BestInterests, said: BestInterestsWords, with_service: bool = True
) -> NumberedRow[BestInterestsId]:
    """Write an assessment of best interests made by whoever is at the desk; it waits for the direction.

    with_service: the service of an assessment is written in the same act. Raises Missing, NotInList, BadDates,
    InTheFuture, NoConsent of a child who refuses the recording (R-15).
    """
    minors.check_assessment(bia, said)
    check_required_code("bia_trigger", bia.trigger)
    for reason in bia.recommended_exits:
        check_required_code("exit_reason", reason)
    person_acts.check_day(desk, bia.assessed_on)
    with desk.writing("assess_interests", person_acts.WITH_SERVICE) as writing:
        stay = person_acts.subject(writing, bia.stay)
        consents.check_not_refused(writing.connection, stay.person, desk.today())
        made = replace(
            bia,
            bia_no=stored_minors.BIA_NUMBERS.next(writing.connection, bia.assessed_on.year),
            status="dis_demandee" if bia.needs_bid else "faite",
            assessor=desk.user,
            validated_by=None,
            validated_on=None,
            bid_requested_on=bia.assessed_on if bia.needs_bid else None,
            bid_decided_on=None,
            recorded_at=desk.now(),
        )
        key = BestInterestsId(writing.trail.add("best_interests", stored_minors.BEST_INTERESTS.write(made)))
        own = service_log.own_sealer(desk, writing.connection, bia.stay)
        writing.trail.change("best_interests", key, stored_minors.sealed_words(own, key, said))
        if with_service:
            person_acts.serve(desk, writing, bia.stay, "pro_eis", bia.assessed_on)
    return NumberedRow(key, made.bia_no, writing.done)


@needs(Permission.CHILD_DECIDE)
def validate(desk: Desk, bia_id: BestInterestsId, alone_reason: str = "") -> Done:
    """The direction stands by an assessment.

    alone_reason: why whoever made it validates it too, kept in the journal; only where there is one director. Raises
    AlreadyValidated, SecondPersonNeeded, Missing.
    """
    with desk.writing("validate_interests", person_acts.CASES) as writing:
        old = stored_minors.BEST_INTERESTS.one(writing.connection, bia_id)
        person_acts.subject(writing, old.stay)
        only_one = not signed_accounts.other_directors(desk, writing.connection)
        new = minors.validated(old, desk.user, desk.today(), only_one, alone_reason)
        writing.trail.change("best_interests", bia_id, stored_minors.BEST_INTERESTS.write(new))
        if old.assessor == desk.user:
            writing.details["reason"] = alone_reason.strip()
    return writing.done


@needs(Permission.CHILD_DECIDE)
def may_validate_alone(desk: Desk) -> bool:
    """True when whoever is at the desk has no second director to ask."""
    with desk.reading() as connection:
        return not signed_accounts.other_directors(desk, connection)


@needs(Permission.CASE_EDIT)
def keep_determination(desk: Desk, bia_id: BestInterestsId, decided_on: date, reference: str) -> Done:
    """Write the formal determination (BID) that an assessment asked for. Raises Missing, InTheFuture, BadDates."""
    check_given("bid_ref", reference.strip())
    person_acts.check_day(desk, decided_on)
    with desk.writing("keep_determination", person_acts.CASES) as writing:
        old = stored_minors.BEST_INTERESTS.one(writing.connection, bia_id)
        person_acts.subject(writing, old.stay)
        check_order(old.assessed_on, decided_on)
        new = replace(
            old,
            needs_bid=True,
            status="dis_rendue",
            bid_requested_on=old.bid_requested_on or old.assessed_on,
            bid_decided_on=decided_on,
            bid_ref=reference.strip(),
        )
        writing.trail.change("best_interests", bia_id, stored_minors.BEST_INTERESTS.write(new))
    return writing.done


@needs(Permission.CASE_SEE)
def assessment_words(desk: Desk, bia_id: BestInterestsId) -> BestInterestsWords:
    """What was said in an assessment; reading it is written to the journal. Raises NotAllowed."""
    with desk.reading() as connection:
        person = person_acts.person_of(connection, stored_minors.BEST_INTERESTS.one(connection, bia_id).stay)
        own = person_acts.words_of(desk, connection, person.id)
        found = BestInterestsWords("", "") if own is None else stored_minors.opened_words(connection, own, bia_id)
    desk.note("bia_read", person.code)
    return found
