"""Consents: what a decision of a person allows on a day, and what makes it whole (field 3.8, 6.3)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from shelter_desk.domain.assistance.referrals import MINIMUM, Consent, NotNext, Referral, same_name
from shelter_desk.domain.checks import check_day, check_given, check_not_future, check_order
from shelter_desk.domain.errors import NotInList, RuleBroken
from shelter_desk.domain.ids import ConsentId, UserId
from shelter_desk.domain.residents.residents import Person

EXPLAINED = ("but", "usages", "statistique", "acces", "duree", "retrait", "refus")
EXCEPTIONS = ("interet_vital", "protection_enfant")  # the director alone, with a reason
SHARING = frozenset({"partage_oim", "partage_structure", "partage_autorites", "partage_consulat"})
RECORDING = "enregistrement_donnees"
FAMILY_CONTACT, AFTER_EXIT = "contact_famille", "suivi_apres_sortie"
LEGAL = "demarches_justice"
SHELTERING = "hebergement"
WITNESSED = ("oral_certifie", "empreinte")
REPRESENTATIVES = ("tuteur", "juge_service")
# sub-types of service that are a contact with the family or with somebody who left (6.3)
STANDS_ON = MappingProxyType(
    {
        "pro_contact_fam": FAMILY_CONTACT,
        "pro_rrf": FAMILY_CONTACT,
        "psy_mediation_fam": FAMILY_CONTACT,
        "fop_suivi_post": AFTER_EXIT,
    }
)
Why = Literal["absent", "non_demande", "refuse", "retire", "expire", "etendue"]


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why something is done without consent: one of `EXCEPTIONS` and a reason; "" where it stands on a consent."""

    code: str = ""
    reason: str = ""


NO_EXEMPTION = Exemption()


@dataclass(frozen=True, slots=True)
class WithoutConsent:
    """What was done without consent on that day. about: the row it was, `tracings/3`, "" for a single act; reason:
    sealed, "" for a reader who may not open it.
    """

    purpose: str
    exception: str
    done_on: date
    by: UserId | None = None
    about: str = ""
    reason: str = ""


class NoConsent(RuleBroken):
    """R-15, R-16, R-17: no consent to this purpose, and for sharing to this recipient, is in force.

    why: `absent`, `non_demande`, `refuse`, `retire`, `expire`, or `etendue` where it covers less data.
    """

    purpose: str
    recipient: str
    why: str


class NobodyAgreed(RuleBroken):
    """Nobody's consent to that purpose is in force: there is nothing to give out."""

    purpose: str


def decisive(consents: Iterable[Consent], purpose: str, recipient: str, on: date) -> Consent | None:
    """The decision that counts on that day: the last one on this purpose and, for sharing, on this recipient.

    Taking one consent back is a decision of that day, and ends every one given before (6.3). "Not asked" takes nothing
    back that was decided before.
    """
    wanted = [one for one in consents if one.purpose == purpose and one.given_on <= on]
    if purpose in SHARING:
        wanted = [one for one in wanted if same_name(one.recipient, recipient)]
    decided = [one for one in wanted if one.status != "non_demande"] or wanted
    return max(decided, key=lambda one: (_said_on(one, on), one.given_on, one.id), default=None)


def _said_on(consent: Consent, on: date) -> date:
    """The day of the decision as it stands on that day: of a consent taken back by then, the day of that."""
    taken_back = consent.withdrawn_on if consent.status == "retire" else None
    return taken_back if taken_back is not None and taken_back <= on else consent.given_on


def why_not(consent: Consent | None, on: date, data: Collection[str] = ()) -> Why | None:
    """Why a decision does not allow it on that day; None where it does.

    The last day of validity still allows; the day of a withdrawal does not. data: what would be shared; a consent that
    names none covers the minimum.
    """
    if consent is None:
        return "absent"
    if consent.status == "refuse":
        return "refuse"
    if consent.status == "non_demande":
        return "non_demande"
    if consent.status == "retire" and (consent.withdrawn_on is None or consent.withdrawn_on <= on):
        return "retire"
    if consent.valid_until is not None and consent.valid_until < on:
        return "expire"
    covered = consent.scope or MINIMUM
    return "etendue" if any(one not in covered for one in data) else None


def after_exit(decided: Consent | None, said: str, left_on: date | None, on: date) -> Why | None:
    """Why somebody who left may not be followed up on that day, None where they may.

    said: what the exit says (`oui`, `non`), which counts until a decision is recorded after it.
    """
    spoken = [day for day in (decided.given_on, decided.withdrawn_on) if day] if decided is not None else []
    is_later = (
        decided is not None and decided.status != "non_demande" and left_on is not None and max(spoken) >= left_on
    )
    if not said or is_later:
        return why_not(decided, on)
    return None if said == "oui" else "refuse"


def allows(consents: Iterable[Consent], purpose: str, recipient: str, on: date, data: Collection[str] = ()) -> bool:
    """Whether a consent to this purpose, and for sharing to this recipient, is in force on that day."""
    return why_not(decisive(consents, purpose, recipient, on), on, data) is None


def consent_for(
    consents: Iterable[Consent], purpose: str, recipient: str, on: date, data: Collection[str] = ()
) -> Consent:
    """The consent that allows it. Raises NoConsent."""
    found = decisive(consents, purpose, recipient, on)
    why = why_not(found, on, data)
    if found is None or why is not None:
        raise NoConsent(purpose, recipient, why or "absent")
    return found


def check_consent(consent: Consent, is_minor: bool, today: date, reason: str = "") -> None:
    """Whether a decision is whole (field 3.8, 6.3).

    What is given was explained in all seven points, in a language; what is given aloud or by a print has a witness; for
    a child it needs the child's own yes, and a representative or the reason why none is asked. Raises Missing,
    InTheFuture, BadDates.
    """
    check_not_future(consent.given_on, today)
    check_order(consent.given_on, consent.valid_until)
    check_given("consent_purpose", consent.purpose)
    check_given("consent_status", consent.status)
    if consent.purpose in SHARING:
        check_given("recipient", consent.recipient)
    if consent.status != "donne":
        return
    check_given("explained", set(consent.explained) >= set(EXPLAINED))
    check_given("language", consent.language)
    check_given("consent_mode", consent.mode)
    check_given("given_by", consent.given_by)
    if consent.mode in WITNESSED:
        check_given("witness", consent.witness)
    if is_minor:
        check_given("child_assent", consent.child_assent == "oui")
        check_given("reason", consent.given_by in REPRESENTATIVES or reason.strip())


def said_at_the_door(consent: Consent, language: str, witness: str) -> Consent:
    """A decision made aloud at the admission: the seven points were explained, whoever admits certifies it."""
    if consent.status != "donne":
        return consent
    return replace(
        consent,
        mode="oral_certifie",
        given_by="personne",
        explained=EXPLAINED,
        language=language,
        witness=witness,
        child_assent="oui",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person decided at the door: codes of `consent_status`, "" for what was not asked yet.

    to_stay: to the stay and the care. to_record: to have more than the minimum written. language: the points were
    explained in it. reason: why no representative of a child is asked.
    """

    to_stay: str = ""
    to_record: str = ""
    language: str = ""
    reason: str = ""


NOT_ASKED = Asked()


def decided_at_the_door(asked: Asked, person: Person, day: date, witness: str) -> list[tuple[Consent, str]]:
    """The decisions of an admission, each with why no representative of a child is asked. Raises Missing."""
    is_minor = person.birth.protected_as_minor(day)
    if is_minor and "donne" in (asked.to_stay, asked.to_record):
        check_given("no_guardian_reason", asked.reason.strip())
    language = asked.language or next(iter(person.languages), "")
    made = []
    for purpose, status in ((SHELTERING, asked.to_stay), (RECORDING, asked.to_record)):
        if status:
            said = said_at_the_door(Consent(ConsentId(0), person.id, purpose, status, "", "", day), language, witness)
            given = said if is_minor else replace(said, child_assent="")
            made.append((given, asked.reason if is_minor and status == "donne" else ""))
    return made


def withdrawn(consent: Consent, on: date, today: date, effect: str = "") -> Consent:
    """The consent after the person took it back on that day. Raises NotNext, InTheFuture, BadDates."""
    if consent.status != "donne":
        raise NotNext(consent.status, "retire")
    check_day(on, today, consent.given_on)
    return replace(consent, status="retire", withdrawn_on=on, withdrawn_effect=effect.strip())


def to_be_told(consent: Consent, referrals: Iterable[Referral]) -> tuple[str, ...]:
    """Who got data under a consent that was taken back, or one that ended with it, and has to be told: each once."""
    if consent.purpose in SHARING:
        reached = [one.partner for one in referrals if one.counts and _stood_on(one, consent)]
        told = [consent.recipient, *reached] if reached else []
    else:
        told = [one.partner for one in referrals if consent.purpose == RECORDING and one.counts and one.is_open]
    found: list[str] = []
    for name in told:
        if name and not any(same_name(name, other) for other in found):
            found.append(name)
    return tuple(found)


def _stood_on(referral: Referral, consent: Consent) -> bool:
    """Whether a referral went out on this consent, or to the same recipient on another one before it was taken back."""
    before = consent.withdrawn_on is None or referral.issued_on <= consent.withdrawn_on
    beside = referral.consent is not None and same_name(referral.partner, consent.recipient) and before
    return referral.consent == consent.id or beside


def check_exception(exception: str, reason: str, is_minor: bool) -> None:
    """Whether something may be shared or done without consent (R-16). Raises NotInList, Missing."""
    if exception not in EXCEPTIONS or (exception == "protection_enfant" and not is_minor):
        raise NotInList("exception_code", exception)
    check_given("exception_reason", reason.strip())
