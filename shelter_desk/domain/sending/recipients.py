"""To whom files are sent, and which level each of them may have (field 6.6)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.checks import check_given, check_required_code
from shelter_desk.domain.codes import folded
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.ids import RecipientId
from shelter_desk.domain.sending.refusals import (
    AgreementOver,
    LevelNotAllowed,
    NoAgreement,
    NotSentToAnyMore,
    StaysHere,
)

INTERNAL, EXACT, USUAL, OPEN, NOMINAL = "interne", "convention", "partenaire", "public", "nominatif"
LEVELS = (EXACT, USUAL, OPEN, NOMINAL)  # that may leave, for whom the directory gives them
TO_EVERYBODY = (USUAL, OPEN)  # what somebody who is not in the directory may have
PREFIX = re.compile(r"[A-Z0-9]{2,8}")
_LONGEST_PROPOSED = 4


@dataclass(frozen=True, slots=True)
class KnownRecipient:
    """Somebody of the directory. contact: the function of who answers there, never a name.

    agreement_until: its last day, that day included; None where it has no end or there is no agreement.
    prefix: a short name of their own, which stays. levels: those they may have, of `LEVELS`.
    """

    id: RecipientId
    name: str
    kind: str
    contact: str = ""
    agreement_no: str = ""
    agreement_until: date | None = None
    levels: tuple[str, ...] = TO_EVERYBODY
    prefix: str = ""
    is_active: bool = True

    def has_agreement(self, today: date) -> bool:
        """Whether an agreement is recorded and in force."""
        return bool(self.agreement_no) and (self.agreement_until is None or self.agreement_until >= today)


def check_recipient(one: KnownRecipient) -> None:
    """Refuse what the directory cannot keep. Raises Missing, NotInList."""
    check_given("recipient_name", one.name.strip())
    check_required_code("recipient_kind", one.kind)
    check_given("levels", one.levels)
    for level in one.levels:
        if level not in LEVELS:
            raise NotInList("levels", level)
    if EXACT in one.levels:
        check_given("agreement_no", one.agreement_no.strip())
        check_given("agreement_until", one.agreement_until)
    check_given("prefix", one.prefix)
    if not PREFIX.fullmatch(one.prefix):
        raise NotInList("prefix", one.prefix)


def check_level(
    one: KnownRecipient | None, name: str, level: str, today: date, agreement: str = "", *, is_approved: bool = False
) -> None:
    """Refuse a level to somebody who may not have it.

    one: as the directory has them, None for somebody who is not in it. name: as they are called. agreement: the number
    that was said, "" for whatever is recorded. is_approved: somebody approved what leaves in place of the directory.
    Raises StaysHere, NotSentToAnyMore, NoAgreement, AgreementOver, LevelNotAllowed.
    """
    if level == INTERNAL:
        raise StaysHere
    if one is not None and not one.is_active:
        raise NotSentToAnyMore(name)
    if level == EXACT or agreement:
        if one is None or not one.agreement_no or (agreement and agreement.strip() != one.agreement_no):
            raise NoAgreement(name)
        if one.agreement_until is None and level == EXACT:
            raise NoAgreement(name)
        if one.agreement_until is not None and one.agreement_until < today:
            raise AgreementOver(name, one.agreement_until)
    if not is_approved and level not in (TO_EVERYBODY if one is None else one.levels):
        raise LevelNotAllowed(name, level)


def is_called(one: KnownRecipient, name: str) -> bool:
    """Whether that name means them: capitals, accents, spaces and points aside."""
    return folded(one.name) == folded(name)


def proposed_prefix(name: str, taken: Collection[str]) -> str:
    """The acronym that a name begins with, else the first letters of its words; with a number where that is taken."""
    found = [word for word in re.findall(r"\w+", name) if len(word) > 2] or ["ENVOI"]
    first = found[0].isupper() or len(found) == 1
    letters = folded(found[0] if first else "".join(word[0] for word in found)).upper()
    base = letters[:_LONGEST_PROPOSED]
    return next(one for one in (base, *(f"{base}{n}" for n in range(2, 1000))) if one not in taken)
