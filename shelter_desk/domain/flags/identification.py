"""Rules of identification (R-18 to R-20, R-26, R-27): interviews, and decisions on the status.

Rules of consent (R-15 to R-17, R-29), read of what is in the file already: an import may have brought it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from shelter_desk.domain.assistance import referrals
from shelter_desk.domain.casefile.identification import review_due, undecided_since
from shelter_desk.domain.consent.consents import RECORDING, decisive, to_be_told, why_not
from shelter_desk.domain.flags.facts import CaseFacts, HouseFacts
from shelter_desk.domain.flags.flag import Flag, due

TOWARDS_HOME = (referrals.RETURN, "jur_voyage")


def recording(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-15: more than the minimum is kept, and no consent to recording is in force."""
    if not case.beyond_minimum:
        return
    decision = decisive(case.consents, RECORDING, "", house.today)
    why = why_not(decision, house.today)
    if why is not None:
        kind = "refused" if why in ("refuse", "retire") else "ended" if why == "expire" else ""
        yield case.flag("R-15", kind, since=decision.given_on if decision is not None else case.since)


def referred_without_consent(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-16: a referral that was issued on no consent to this purpose and structure, and on no exception."""
    for one in _issued(case):
        if not one.exception and _consent_of(case, one, house) is None:
            yield case.flag("R-16", about=one.referral_no, since=one.issued_on, others=(one.referral_no, one.partner))


def _issued(case: CaseFacts) -> list[referrals.Referral]:
    return [one for one in case.referrals if one.direction == "sortante" and one.counts]


def _consent_of(case: CaseFacts, referral: referrals.Referral, house: HouseFacts) -> referrals.Consent | None:
    """The consent a referral stands on: the one it names, else one to the same purpose and recipient of before."""
    purpose = referrals.purpose_of(house.partner_types.get(referral.partner, ""))
    named = [one for one in case.consents if one.id == referral.consent]
    given = [one for one in case.consents if one.purpose == purpose and one.status in ("donne", "retire")]
    fitting = [one for one in given if one.given_on <= referral.issued_on]
    found = [one for one in [*named, *fitting] if referrals.same_name(one.recipient, referral.partner)]
    return found[0] if found else None


def _decided_on(case: CaseFacts, referral: referrals.Referral, house: HouseFacts) -> referrals.Consent | None:
    """What the person had decided on the day of the issue: a consent taken back by then ended the others too."""
    purpose = referrals.purpose_of(house.partner_types.get(referral.partner, ""))
    decided = decisive(case.consents, purpose, referral.partner, referral.issued_on)
    return decided or _consent_of(case, referral, house)


def shared_after_withdrawal(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-17: a referral issued after its consent was taken back or had ended, or recipients still to be told of it."""
    for one in _issued(case):
        consent = None if one.exception else _decided_on(case, one, house)
        if consent is not None and why_not(consent, one.issued_on) in ("retire", "expire"):
            others = (one.referral_no, one.partner)
            yield case.flag("R-17", "shared", about=one.referral_no, since=one.issued_on, others=others)
    for consent in case.consents:
        if consent.status == "retire" and not consent.withdrawn_effect:
            told = to_be_told(consent, case.referrals)
            if told:
                since = consent.withdrawn_on or consent.given_on
                yield case.flag("R-17", "tell", about=str(consent.id), since=since, due=since, others=told)


def asylum_and_consulate(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-29: an asylum seeker with a step towards the home State, and none with UNHCR.

    Whose State a consulate is stands in no field, so every consulate counts.
    """
    if case.stay.migration_situation != referrals.ASYLUM:
        return
    kinds = {house.partner_types.get(one.partner, "") for one in case.referrals if one.counts}
    asked = [one.issued_on for one in case.referrals if one.counts and referrals.RETURN in one.service_wanted]
    towards = case.last_given(*TOWARDS_HOME) or max(asked, default=None)
    if "hcr" in kinds:
        return
    if "consulat" in kinds:
        yield case.flag("R-29", "consulate", since=case.since)
    if towards is not None or case.stay.exit_reason in referrals.HOME_STATE:
        yield case.flag("R-29", "return", since=towards or case.since)


FINAL = frozenset({"identifiee", "non_victime"})
COMPANION, INTERPRETER = "accompagnant", "interprete"  # of the list `other_present`: who came along, who interprets


def indicators_without_decision(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-18: every part is there, and nothing was decided since or stands from before, within 7 days; as the tab of
    the screening tells it."""
    allowed = house.thresholds.status_decision_days
    kept = {"status_decision_days": str(allowed)}
    minor = case.person.birth.protected_as_minor(house.today)
    since = undecided_since(case.interviews, case.statuses, house.today, kept, minor)
    if since is not None:
        n = (house.today - since).days
        yield case.flag("R-18", since=since, due=due(since, allowed), n=n, limit=allowed)


def incomplete_decision(case: CaseFacts, _house: HouseFacts) -> Iterator[Flag]:
    """R-19: identified, or not a victim, without the deciding body or the decider; the day is in every decision."""
    for one in case.statuses:
        if one.victim_status in FINAL and not (one.status_decided_by and one.status_decider.strip()):
            kind = "decider" if one.status_decided_by else "body"
            yield case.flag("R-19", kind, about=str(one.id), since=one.decided_on)


def to_review(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-20: presumed, and not looked at again within 30 days or by an earlier day that was written."""
    kept = {"presumed_review_days": str(house.thresholds.presumed_review_days)}
    until = review_due(case.statuses, house.today, kept)
    if until is not None:
        last = case.statuses[-1]
        n = (house.today - last.decided_on).days
        yield case.flag("R-20", about=str(last.id), since=last.decided_on, due=until, n=n)


def interview_conditions(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-26, of the interviews of the last 30 days: what is past stays in the file and can be mended no more."""
    for one in case.interviews:
        if house.now - one.interview_at > timedelta(days=30):
            continue
        said: dict[str, Any] = {"about": str(one.id), "since": one.interview_at.date()}
        if not one.interviewer_trained:
            yield case.flag("R-26", "untrained", **said)
        if (one.interpreter_name or INTERPRETER in one.others_present) and not one.interpreter_ok:
            yield case.flag("R-26", "interpreter", **said)
        if COMPANION in one.others_present:
            yield case.flag("R-26", "companion", **said)


def repeated_story(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-27: the same question on trafficking was put in three interviews, those of earlier stays among them."""
    if not case.interviews:
        return
    every = (*case.earlier_interviews, *case.interviews)
    asked = Counter(key for one in every for key, answer in one.indicators.items() if answer != "non_demande")
    most = max(asked.values(), default=0)
    if most >= house.thresholds.repeated_interviews:
        yield case.flag("R-27", since=case.interviews[-1].interview_at.date(), n=most)
