"""Consents and referrals in words: fields, refusals, explained points, exceptions and steps."""

from collections.abc import Mapping

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.referrals import AsylumFirst, NotNext, Partner
from shelter_desk.domain.consent.consents import AFTER_EXIT, FAMILY_CONTACT, NobodyAgreed, NoConsent
from shelter_desk.words.refusals import errors as error_words
from shelter_desk.words.refusals.errors import Sentences


def reached(partner: Partner) -> list[tuple[str, str]]:
    """How a provider is reached and what it asks for, as the directory has it; what it does not say is left out."""
    found = [
        (words.text("Telephone"), partner.phone),
        (words.text("Opening hours"), partner.opening_hours),
        (words.text("Conditions"), partner.conditions),
    ]
    return [(label, value) for label, value in found if value]


def sentence(error: errors.ShelterDeskError, more: Mapping[str, str] | None = None) -> str:
    """What to tell the person at the desk, with the names of the fields of these forms. more: fields of others."""
    if isinstance(error, errors.Missing) and error.field == "explained":
        return words.text("All seven points are explained before a consent. Tick each one you explained.")
    if isinstance(error, errors.Missing) and error.field == "child_assent":
        return words.text("A child says yes too, in their own words. Without that yes, write a refusal.")
    if isinstance(error, errors.NotInList) and error.field == "exception_code":
        return words.text("This exception does not hold here: “child protection” is for minors.")
    if isinstance(error, errors.NoSuch) and error.kind == "partner":
        return words.text("“{name}” is not in the directory. Add it under Partners.").format(name=error.code)
    if isinstance(error, errors.CodeTaken) and error.kind == "partner":
        return words.text("“{name}” is in the directory already.").format(name=error.code)
    return error_words.sentence(error, labels() | dict(more or {}))


def labels() -> dict[str, str]:
    """What the fields of these forms are called, by machine key."""
    return {
        "partner_name": words.text("Name"),
        "partner_type": words.text("Type of structure"),
        "partner": words.text("Provider"),
        "service_wanted": words.text("Service wanted"),
        "referral_reason": words.text("Reason"),
        "referral_urgency": words.text("Urgency"),
        "data_shared": words.text("Data shared"),
        "feedback_kind": words.text("Feedback"),
        "outcome": words.text("Result"),
        "exception_reason": words.text("Reason of the exception"),
        "consent_purpose": words.text("Purpose of the consent"),
        "consent_status": words.text("Decision"),
        "consent_mode": words.text("Form"),
        "recipient": words.text("Recipient"),
        "given_by": words.text("Given by"),
        "language": words.text("Language"),
        "explained": words.text("Explained"),
        "witness": words.text("Certified by"),
        "child_assent": words.text("The child’s own yes"),
        "reason": words.text("Reason"),
        "withdrawn_effect": words.text("What was done about it"),
    }


def _asylum_first(error: AsylumFirst) -> str:
    if not error.partner:
        return words.text("This person seeks asylum: no return is prepared before UNHCR. Refer to UNHCR first.")
    return words.text("This person seeks asylum: no contact with a consulate before UNHCR. Refer to UNHCR first.")


def _no_consent(error: NoConsent) -> str:
    if error.recipient:
        told = {
            "refuse": words.text("The person refuses sharing with {recipient}. Care goes on here; nothing is sent."),
            "retire": words.text("The person took back the consent to share with {recipient}. Nothing more is sent."),
            "expire": words.text("The consent to share with {recipient} has run out. Ask the person again."),
            "etendue": words.text("The consent for {recipient} covers less data. Share less, or ask the person again."),
        }
        absent = words.text("There is no consent to share with {recipient} ({purpose}). Ask the person first.")
    else:
        told = {
            "refuse": words.text("The person refuses: {purpose}. The file stays minimal, care is the same."),
            "retire": words.text("The person took this consent back: {purpose}. Nothing more is written."),
            "expire": words.text("This consent has run out: {purpose}. Ask the person again."),
        }
        absent = words.text("This consent is missing: {purpose}. Ask the person first.")
    if not error.recipient and error.purpose in (FAMILY_CONTACT, AFTER_EXIT):
        told |= {
            "refuse": words.text("The person refuses: {purpose}. Nobody is called or visited; care is the same."),
            "retire": words.text("The person took this consent back: {purpose}. Nobody is called or visited any more."),
        }
    purpose = words.label("consent_purpose", error.purpose)
    return told.get(error.why, absent).format(recipient=error.recipient, purpose=purpose)


def why_not(why: str) -> str:
    """What stands in the way of sharing, in short."""
    told = {
        "refuse": words.text("Refused"),
        "retire": words.text("Consent taken back"),
        "expire": words.text("Consent run out"),
        "etendue": words.text("Consent for less data"),
    }
    return told.get(why, words.text("Consent missing"))


def explained(point: str) -> str:
    """One of the seven points explained before a consent (field 3.8)."""
    return {
        "but": words.text("What it is for"),
        "usages": words.text("How it may be used"),
        "statistique": words.text("Figures without any name"),
        "acces": words.text("Seeing and correcting one’s data"),
        "duree": words.text("How long it is kept"),
        "retrait": words.text("How to take it back"),
        "refus": words.text("Refusing changes nothing in the care"),
    }.get(point, point)


def exception(code: str) -> str:
    """Why something is shared or done without consent."""
    return {
        "interet_vital": words.text("Vital interest: a life is in danger"),
        "protection_enfant": words.text("Protection of a child"),
    }.get(code, code)


def step(state: str, direction: str) -> str:
    """The verb that brings a referral to that state."""
    if direction == "entrante" and state == "refusee_structure":
        return words.text("We decline")
    if direction == "entrante" and state == "acceptee":
        return words.text("We accept")
    return {
        "emise": words.text("Issue"),
        "acceptee": words.text("Accepted"),
        "service_recu": words.text("Service received"),
        "cloturee": words.text("Close with feedback"),
        "refusee_structure": words.text("Declined by the provider"),
        "refusee_personne": words.text("Declined by the person"),
        "sans_suite": words.text("No response"),
        "annulee": words.text("Cancel the referral"),
    }.get(state, state)


def done(state: str, number: str) -> str:
    """What the message bar says after that step."""
    told = {
        "emise": words.text("Referral {number} issued."),
        "acceptee": words.text("Referral {number}: accepted."),
        "service_recu": words.text("Referral {number}: service received."),
        "cloturee": words.text("Referral {number} closed with its feedback."),
        "refusee_structure": words.text("Referral {number}: declined by the provider."),
        "refusee_personne": words.text("Referral {number}: declined by the person. Their care goes on."),
        "sans_suite": words.text("Referral {number}: no response. A late answer can still be written."),
        "annulee": words.text("Referral {number} cancelled. It counts nowhere."),
    }
    return told[state].format(number=number)


SENTENCES: Sentences = {
    NotNext: lambda _: words.text("This step is not possible any more. Look at the referral again."),
    AsylumFirst: _asylum_first,
    NoConsent: _no_consent,
    NobodyAgreed: lambda error: words.text("Nobody agreed to this: {purpose}. There is nothing to send.").format(
        purpose=words.label("consent_purpose", error.purpose)
    ),
}
