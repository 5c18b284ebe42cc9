"""Rules of protection and of the steps of a case (R-21, R-23 to R-25, R-28)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from shelter_desk.domain.assistance.assistance import type_of
from shelter_desk.domain.casefile.incidents import ContactRisk
from shelter_desk.domain.flags.facts import CaseFacts, HouseFacts
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import plain

HIGH = "eleve"
SPECIALISED = frozenset({"psy", "san"})
SCREENED = frozenset({"depistage_en_cours", "presumee", "identifiee", "non_victime"})
VICTIM = frozenset({"presumee", "identifiee"})


def danger_without_measure(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-21: immediate danger or a high risk, and no safety measure 24 hours later."""
    since = _in_danger_since(case)
    if since is None:
        return
    day, given = since.date(), case.last_given("pro_securite")
    measured = any(one.safety_measures and one.assessed_on >= day for one in case.assessments)
    if measured or (given is not None and given >= day):
        return
    if house.now - since > timedelta(hours=house.thresholds.safety_measure_hours):
        hours = int((house.now - since).total_seconds() // 3600)
        yield case.flag("R-21", about=day.isoformat(), since=day, due=day, n=hours)


def _in_danger_since(case: CaseFacts) -> datetime | None:
    """When the danger that still stands was first written.

    An assessment of a lower risk ends it whoever wrote it; the "no" of an interview only what an interview had opened.
    """
    said = [
        (one.interview_at, False, bool(one.immediate_danger))
        for one in case.interviews
        if one.immediate_danger is not None
    ]
    said += [
        (one.recorded_at or plain(one.assessed_on), True, one.risk_level == HIGH)
        for one in case.assessments
        if one.risk_level
    ]
    since: dict[bool, datetime] = {}  # by whether an assessment opened it
    for moment, is_assessed, is_danger in sorted(said):
        if is_danger:
            since.setdefault(is_assessed, moment)
        elif is_assessed:
            since.clear()
        else:
            since.pop(False, None)
    return min(since.values(), default=None)


def self_harm(case: CaseFacts, _house: HouseFacts) -> Iterator[Flag]:
    """R-23: concern of self-harm, and no referral to health or psychological care from that day on.

    The last version that answers counts: a later one that asks nothing takes nothing back. A referral that was declined
    or came to nothing is none.
    """
    last = next((one for one in reversed(case.assessments) if one.self_harm_concern is not None), None)
    if last is None or not last.self_harm_concern:
        return
    since = last.assessed_on
    sent = [one for one in case.referrals if one.holds and one.direction == "sortante" and one.issued_on >= since]
    referred = any(type_of(wanted) in SPECIALISED for one in sent for wanted in one.service_wanted)
    given = case.last_given("psy_specialise")
    if not referred and not (given is not None and given >= since):
        yield case.flag("R-23", about=str(last.id), since=since, due=since)


def overdue_steps(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-24: no screening within 5 days, assessment within 7, plan within 10; at high risk 1, 2 and 5.

    What the service log or a decision says was done counts as well, and for a small child what was done for the adult.
    """
    if not case.stay.counts:
        return
    usual = house.thresholds
    high = case.risk == HIGH
    files = house.files_of(case)
    heard = any(sitting.was_held for one in files for sitting in one.interviews)
    screened = heard or any(one.status in SCREENED or one.last_given("pro_depistage") for one in files)
    assessed = any(one.assessments or one.last_given("pro_evaluation") for one in files)
    planned = any(one.plans or one.last_given("pro_plan") for one in files)
    until = min(house.today, case.stay.exited_at.date()) if case.stay.exited_at else house.today
    for kind, done, allowed in (
        ("screening", screened, usual.screening_due_days_high if high else usual.screening_due_days),
        ("assessment", assessed, usual.assessment_due_days_high if high else usual.assessment_due_days),
        ("plan", planned, usual.plan_due_days_high if high else usual.plan_due_days),
    ):
        if not done:
            yield from case.late("R-24", case.since, allowed, until, kind)


def no_contact(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-25: no contact with the case worker for 7 days; 2 at high risk, 14 at low.

    Of a small child, a contact with the adult counts.
    """
    usual = house.thresholds
    allowed = {HIGH: usual.followup_days_high, "faible": usual.followup_days_low}.get(
        case.risk, usual.followup_days_medium
    )
    last = max(last_contact(one) for one in house.files_of(case))
    yield from case.late("R-25", last, allowed, house.today, about=last.isoformat())


def last_contact(case: CaseFacts) -> date:
    """The last day the case worker met the person, the admission where nothing says so."""
    days = [case.since, *case.plans, *(one.assessed_on for one in case.assessments)]
    days += [one.interview_at.date() for one in case.interviews]
    days += [one.assessed_on for one in case.best_interests]
    known = (case.last_given("pro_", "x_pro_", "psy_ecoute", "psy_specialise"), case.noted_contact)
    return max([*days, *(day for day in known if day is not None)])


def contact_risk(house: HouseFacts) -> Iterator[Flag]:
    """R-28: somebody who may be a perpetrator or recruiter, and a victim or the person named, under one roof."""
    here = {case.person.id: case for case in house.cases if case.stay.covers(house.today)}
    for risk in house.contact_risks:
        case = here.get(risk.person)
        if case is None or (risk.ended_on is not None and risk.ended_on <= house.today):
            continue
        yield from _meeting(risk, case, here)


def _meeting(risk: ContactRisk, case: CaseFacts, here: dict[PersonId, CaseFacts]) -> Iterator[Flag]:
    if risk.other is not None:
        other = here.get(risk.other)
        if other is not None:
            yield other.flag("R-28", about=str(risk.id), since=risk.noted_on, others=(case.person.code,))
        return
    victims = [one for one in here.values() if one.status in VICTIM and one.person.id != case.person.id]
    if victims:
        yield case.flag("R-28", "victims", about=str(risk.id), since=risk.noted_on, n=len(victims))
