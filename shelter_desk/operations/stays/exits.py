"""What goes with an exit: its form, deposits handed back, follow-ups afterwards, the case closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.beds.placement_checks import check_within
from shelter_desk.domain.casefile import minors
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given, check_optional_code, check_order, check_required_code
from shelter_desk.domain.consent.consents import AFTER_EXIT, NO_EXEMPTION, Exemption, Why
from shelter_desk.domain.errors import BadDates, HandedBack, Missing, NotInList, OutsideStay
from shelter_desk.domain.ids import BelongingsId, ExitId, FollowUpId, PersonId, StayId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import exits as exit_rules
from shelter_desk.domain.stays.exits import Belongings, Exit, ExitRecord, FollowUp
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk, Done, NumberedRow, Writing, needs
from shelter_desk.operations.equipment import lending
from shelter_desk.operations.residents import person_acts, sealed_access
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stock import loans_at_exit
from shelter_desk.storage.casefile import minors as stored_minors
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import exits as stored_exits
from shelter_desk.storage.stays import stays as stored_stays

PERSON = "personne"


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What the stays of a person left behind, nothing of it opened. handed: stays whose receiving adult is written."""

    exits: Mapping[StayId, Exit]
    handed: frozenset[StayId]
    belongings: Mapping[StayId, Sequence[Belongings]]
    follow_ups: Mapping[StayId, Sequence[FollowUp]]


# Reading --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> Afterwards:
    """The exits, deposits and follow-ups of all stays of a person."""
    with desk.reading() as connection:
        keys = [one.id for one in stored_stays.of_person(connection, person)]
        return Afterwards(
            stored_exits.exits(connection, keys),
            frozenset(stored_exits.is_handed(connection, keys)),
            stored_exits.belongings(connection, keys),
            stored_exits.follow_ups(connection, keys),
        )


@needs(Permission.CASE_SEE)
def needs_decision(desk: Desk, stay_id: StayId, on: date | None = None) -> bool:
    """True for a child alone on that day, or when they came, who leaves by some reasons only with a decision (R-10)."""
    with desk.reading() as connection:
        stay = stored_stays.stay(connection, stay_id)
        birth = residents.person(connection, stay.person).birth
        return minors.is_alone(birth, stay, on or stay.admitted_at.date())


@needs(Permission.CASE_SEE)
def handed_to(desk: Desk, stay_id: StayId) -> str:
    """The adult who received a child; reading it is written to the journal. Raises NotAllowed, ReasonMissing."""
    with desk.reading() as connection:
        person = person_acts.person_of(connection, stay_id)
        why = sealed_access.why(desk, person.code)
        said = stored_exits.exits(connection, [stay_id]).get(stay_id)
        own = person_acts.names_of(desk, connection, person.id)
        opened = "" if said is None or own is None else stored_exits.handed_to(connection, own, said.id, why)
    desk.note("handed_to_read", person.code, **why.kept())
    return opened


@needs(Permission.CASE_SEE)
def description(desk: Desk, belongings_id: BelongingsId) -> str:
    """The list of what was deposited; reading it is written to the journal. Raises NotAllowed."""
    with desk.reading() as connection:
        person = person_acts.person_of(connection, stored_exits.BELONGINGS.one(connection, belongings_id).stay)
        own = person_acts.words_of(desk, connection, person.id)
        opened = "" if own is None else stored_exits.description(connection, own, belongings_id)
    desk.note("belongings_read", person.code)
    return opened


@needs(Permission.CASE_SEE)
def follow_up_note(desk: Desk, follow_up_id: FollowUpId) -> str:
    """What was found at a follow-up; reading it is written to the journal. Raises NotAllowed."""
    with desk.reading() as connection:
        person = person_acts.person_of(connection, stored_exits.FOLLOW_UPS.one(connection, follow_up_id).stay)
        own = person_acts.words_of(desk, connection, person.id)
        opened = "" if own is None else stored_exits.follow_up_note(connection, own, follow_up_id)
    desk.note("follow_up_read", person.code)
    return opened


# The exit -------------------------------------------------------------------------------------------------------------


def keep(desk: Desk, writing: Writing, gone: Stay, said: ExitRecord | None) -> None:
    """Write what is said of an exit inside its act, after R-10 and R-29 were asked; `operations.stays` calls it.

    Raises ChildDecisionNeeded, AsylumFirst, NotInList, HandedBack, NotToLend, and as `loans_at_exit.settle`.
    """
    consent_checks.check_exit(writing.connection, gone)
    on = gone.exited_at.date() if gone.exited_at is not None else desk.today()
    check_child(writing, gone, said, on)
    if said is not None:
        _write(desk, writing, gone, said, on)


def check_child(writing: Writing, gone: Stay, said: ExitRecord | None, on: date) -> None:
    """R-10, asked of a child alone. Raises ChildDecisionNeeded."""
    person = residents.person(writing.connection, gone.person)
    if exit_rules.needs_decision(gone.exit_reason, minors.is_alone(person.birth, gone, on)):
        keys = [one.id for one in stored_stays.of_person(writing.connection, gone.person)]
        assessed = stored_minors.assessments(writing.connection, keys)
        is_handed = gone.id in stored_exits.is_handed(writing.connection, [gone.id])
        exit_rules.check_child_exit(person.code, gone.exit_reason, on, said, assessed, is_handed)


@needs(Permission.ADMIT)
def plan(desk: Desk, stay_id: StayId, day: date | None) -> Done:
    """Say on which day somebody is to leave, None for no day; nothing else follows from it.

    Raises OutsideStay for a day before the admission, and of a stay that ended.
    """
    with desk.writing("plan_exit", Changes(stays=True)) as writing:
        stay = person_acts.subject(writing, stay_id)
        if day is not None:
            if stay.exited_at is not None:
                raise OutsideStay(stay.stay_no, plain(day), None)
            check_within(stay, plain(day), plain(day))
        stored_stays.change(writing.trail, replace(stay, expected_exit=day))
    return writing.done


@needs(Permission.CASE_EDIT)
def complete(desk: Desk, stay_id: StayId, said: ExitRecord) -> Done:
    """Write what the exit left open; who received a child and why stay unless they are given anew, whole (R-10).

    Raises Missing where nobody left, NotInList, HandedBack, ChildDecisionNeeded.
    """
    with desk.writing("complete_exit", person_acts.CASES) as writing:
        stay = _left(writing, stay_id)
        old = stored_exits.exits(writing.connection, [stay_id]).get(stay_id)
        said = exit_rules.completed(old, said)
        if exit_rules.is_decided_anew(old, said):
            check_child(writing, stay, said, stay.exited_at.date() if stay.exited_at is not None else desk.today())
        _write(desk, writing, stay, said, desk.today())
    return writing.done


def _write(desk: Desk, writing: Writing, stay: Stay, said: ExitRecord, on: date) -> None:
    """The row of the exit, the name apart, what is handed back, and the follow-up that was agreed."""
    _check_codes(said.exit)
    old = stored_exits.exits(writing.connection, [stay.id]).get(stay.id)
    kept = old or exit_rules.nothing_said(stay.id)
    new = replace(
        said.exit,
        stay=stay.id,
        case_closed_on=kept.case_closed_on,
        closure_reason=kept.closure_reason,
        approved_by=kept.approved_by,
        approved_on=kept.approved_on,
    )
    key = ExitId(writing.trail.put("exits", old.id if old else 0, stored_exits.EXITS.write(new)))
    if said.handed_to.strip():
        own = person_acts.own_names(desk, writing, stay.person)
        writing.seal(own, "exits", "handed_to", key, said.handed_to.strip())
    for one in said.returned:
        _hand_back(writing, stored_exits.BELONGINGS.one(writing.connection, one), on, PERSON)
    lending.bring_back(desk, writing, said.brought_back, lending.back(on))
    loans_at_exit.settle(desk, writing, stay, said.loans, on)
    if new.follow_up_consent == "oui" and new.follow_up_on is not None:
        known = stored_exits.follow_ups(writing.connection, [stay.id]).get(stay.id, ())
        if all(one.due_on != new.follow_up_on for one in known):  # not planned already
            _plan(desk, writing, stay, new.follow_up_on, new.follow_up_channel)


def _check_codes(said: Exit) -> None:
    for list_name, value in (
        ("exit_decided_by", said.decided_by),
        ("needs_met", said.needs_met),
        ("kin_relation", said.handed_relation),
        ("follow_up_channel", said.follow_up_channel),
        ("nationality", said.dest_country),
        ("region_ml", said.dest_region),
        *(("id_document", one) for one in said.documents_given),
        ("transport_escort", said.escort),
    ):
        check_optional_code(list_name, value)
    if said.follow_up_consent not in ("", "oui", "non"):
        raise NotInList("follow_up_consent", said.follow_up_consent)


def _plan(desk: Desk, writing: Writing, stay: Stay, due: date, channel: str) -> FollowUpId:
    made = FollowUp(FollowUpId(0), stay.id, due, channel=channel, recorded_at=desk.now())
    return FollowUpId(writing.trail.add("follow_ups", stored_exits.FOLLOW_UPS.write(made)))


@needs(Permission.CASE_SEE)
def why_not_followed(desk: Desk, key: FollowUpId, on: date) -> Why | None:
    """Why a follow-up may not be held on that day for want of a consent, None where it may."""
    with desk.reading() as connection:
        stay = stored_exits.FOLLOW_UPS.one(connection, key).stay
    return consent_checks.standing(desk, stay, AFTER_EXIT, on, f"follow_ups/{key}")


@needs(Permission.OVERRIDE_RULE)
def approve(desk: Desk, stay_id: StayId) -> Done:
    """The direction approves an exit (3.7). Raises Missing where nobody left."""
    with desk.writing("approve_exit", person_acts.CASES) as writing:
        _left(writing, stay_id)
        _change(writing, stay_id, {"approved_by": desk.user, "approved_on": desk.today().isoformat()})
    return writing.done


@needs(Permission.CASE_EDIT)
def close_case(desk: Desk, stay_id: StayId, on: date, reason: str) -> Done:
    """Close the case, which the exit alone does not. Raises Missing, NotInList, BadDates, InTheFuture."""
    check_required_code("closure_reason", reason)
    person_acts.check_day(desk, on)
    with desk.writing("close_case", person_acts.CASES) as writing:
        exit_rules.check_closing(_left(writing, stay_id), on)
        _change(writing, stay_id, {"case_closed_on": on.isoformat(), "closure_reason": reason})
    return writing.done


def _change(writing: Writing, stay_id: StayId, values: Mapping[str, object]) -> None:
    old = stored_exits.exits(writing.connection, [stay_id]).get(stay_id)
    key = old.id if old else writing.trail.add("exits", stored_exits.EXITS.write(exit_rules.nothing_said(stay_id)))
    writing.trail.change("exits", key, values)


# Follow-ups -----------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def plan_follow_up(desk: Desk, stay_id: StayId, due: date, channel: str, exempt: Exemption = NO_EXEMPTION) -> Done:
    """Plan a visit or a call after the exit. exempt: why without the person's consent. Raises Missing, NotInList,
    BadDates, NoConsent, NotAllowed.
    """
    check_required_code("follow_up_channel", channel)
    with desk.writing("plan_follow_up", person_acts.CASES) as writing:
        stay = _left(writing, stay_id)
        exit_rules.check_closing(stay, due)
        key = _plan(desk, writing, stay, due, channel)
        consent_checks.check(desk, writing, stay_id, AFTER_EXIT, desk.today(), exempt, f"follow_ups/{key}")
    return writing.done


@needs(Permission.CASE_EDIT)
def hold_follow_up(
    desk: Desk,
    follow_up_id: FollowUpId,
    held_on: date,
    outcome: str,
    note: str = "",
    with_service: bool = True,
    exempt: Exemption = NO_EXEMPTION,
) -> Done:
    """Write that a follow-up was held and how the person is; note: sealed.

    with_service: the service of a follow-up is written in the same act. Raises Missing, NotInList, BadDates,
    InTheFuture, NoConsent, NotAllowed.
    """
    check_required_code("follow_up_outcome", outcome)
    person_acts.check_day(desk, held_on)
    with desk.writing("hold_follow_up", person_acts.WITH_SERVICE) as writing:
        old = stored_exits.FOLLOW_UPS.one(writing.connection, follow_up_id)
        exit_rules.check_closing(_left(writing, old.stay), held_on)
        consent_checks.check(desk, writing, old.stay, AFTER_EXIT, held_on, exempt, f"follow_ups/{follow_up_id}")
        row = stored_exits.FOLLOW_UPS.write(replace(old, held_on=held_on, outcome=outcome))
        writing.trail.change("follow_ups", follow_up_id, row)
        if note.strip():
            own = service_log.own_sealer(desk, writing.connection, old.stay)
            writing.seal(own, "follow_ups", "note", follow_up_id, note.strip())
        if with_service:
            person_acts.serve(desk, writing, old.stay, "fop_suivi_post", held_on)
            key = next(one.id for one in reversed(writing.trail.written) if one.table == "services")
            writing.trail.change("follow_ups", follow_up_id, {"service_id": key})
    return writing.done


# Deposits -------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def deposit(desk: Desk, stay_id: StayId, on: date, listed: str) -> NumberedRow[BelongingsId]:
    """Take what a resident deposits, under the number of a receipt; the list is sealed.

    Raises Missing, InTheFuture, BadDates.
    """
    check_given("belongings", listed.strip())
    person_acts.check_day(desk, on)
    with desk.writing("deposit", person_acts.CASES) as writing:
        stay = person_acts.subject(writing, stay_id)
        if on < stay.admitted_at.date():
            raise BadDates(stay.admitted_at, plain(on))
        number = stored_exits.RECEIPT_NUMBERS.next(writing.connection, on.year)
        made = Belongings(BelongingsId(0), number, stay_id, on, recorded_at=desk.now())
        key = BelongingsId(writing.trail.add("belongings", stored_exits.BELONGINGS.write(made)))
        own = service_log.own_sealer(desk, writing.connection, stay_id)
        writing.seal(own, "belongings", "description", key, listed.strip())
    return NumberedRow(key, number, writing.done)


@needs(Permission.CASE_EDIT)
def hand_back(desk: Desk, belongings_id: BelongingsId, on: date, to: str) -> Done:
    """Hand a deposit back against the signature on its receipt. Raises Missing, NotInList, HandedBack, InTheFuture."""
    check_required_code("handed_back_to", to)
    person_acts.check_day(desk, on)
    with desk.writing("hand_back", person_acts.CASES) as writing:
        old = stored_exits.BELONGINGS.one(writing.connection, belongings_id)
        person_acts.subject(writing, old.stay)
        _hand_back(writing, old, on, to)
    return writing.done


def _hand_back(writing: Writing, old: Belongings, on: date, to: str) -> None:
    if old.returned_on is not None:
        raise HandedBack(old.receipt_no)
    check_order(old.deposited_on, on)
    writing.trail.change("belongings", old.id, {"returned_on": on.isoformat(), "returned_to": to})


# Shared ---------------------------------------------------------------------------------------------------------------


def _left(writing: Writing, stay_id: StayId) -> Stay:
    stay = person_acts.subject(writing, stay_id)
    if stay.exited_at is None or stay.is_void:
        raise Missing("exited_at")
    return stay
