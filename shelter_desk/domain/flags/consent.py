"""Rules of consent (R-15 to R-17, R-29), read of what is in the file already: an import may have brought it."""

from collections.abc import Iterator

from shelter_desk.domain.consents import RECORDING, decisive, to_be_told, why_not
from shelter_desk.domain.flags.facts import Case, House
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.referrals import ASYLUM, HOME_STATE, RETURN, Consent, Referral, purpose_of, same_name

TOWARDS_HOME = (RETURN, "jur_voyage")


def recording(case: Case, house: House) -> Iterator[Flag]:
    """R-15: more than the minimum is kept, and no consent to recording is in force."""
    if not case.beyond_minimum:
        return
    decision = decisive(case.consents, RECORDING, "", house.today)
    why = why_not(decision, house.today)
    if why is not None:
        kind = "refused" if why in ("refuse", "retire") else "ended" if why == "expire" else ""
        yield case.flag("R-15", kind, since=decision.given_on if decision is not None else case.since)


def referred_without_consent(case: Case, house: House) -> Iterator[Flag]:
    """R-16: a referral that was issued on no consent to this purpose and structure, and on no exception."""
    for one in _issued(case):
        if not one.exception and _consent_of(case, one, house) is None:
            yield case.flag("R-16", about=one.referral_no, since=one.issued_on, others=(one.referral_no, one.partner))


def _issued(case: Case) -> list[Referral]:
    return [one for one in case.referrals if one.direction == "sortante" and one.counts]


def _consent_of(case: Case, referral: Referral, house: House) -> Consent | None:
    """The consent a referral stands on: the one it names, else one to the same purpose and recipient of before."""
    purpose = purpose_of(house.partner_types.get(referral.partner, ""))
    named = [one for one in case.consents if one.id == referral.consent]
    given = [one for one in case.consents if one.purpose == purpose and one.status in ("donne", "retire")]
    fitting = [one for one in given if one.given_on <= referral.issued_on]
    found = [one for one in [*named, *fitting] if same_name(one.recipient, referral.partner)]
    return found[0] if found else None


def _decided_on(case: Case, referral: Referral, house: House) -> Consent | None:
    """What the person had decided on the day of the issue: a consent taken back by then ended the others too."""
    purpose = purpose_of(house.partner_types.get(referral.partner, ""))
    decided = decisive(case.consents, purpose, referral.partner, referral.issued_on)
    return decided or _consent_of(case, referral, house)


def shared_after_withdrawal(case: Case, house: House) -> Iterator[Flag]:
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


def asylum_and_consulate(case: Case, house: House) -> Iterator[Flag]:
    """R-29: an asylum seeker with a step towards the home State, and none with UNHCR.

    Whose State a consulate is stands in no field, so every consulate counts.
    """
    if case.stay.migration_situation != ASYLUM:
        return
    kinds = {house.partner_types.get(one.partner, "") for one in case.referrals if one.counts}
    asked = [one.issued_on for one in case.referrals if one.counts and RETURN in one.service_wanted]
    towards = case.last_given(*TOWARDS_HOME) or max(asked, default=None)
    if "hcr" in kinds:
        return
    if "consulat" in kinds:
        yield case.flag("R-29", "consulate", since=case.since)
    if towards is not None or case.stay.exit_reason in HOME_STATE:
        yield case.flag("R-29", "return", since=towards or case.since)
