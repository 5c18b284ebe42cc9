"""What a resident agrees to: recorded by purpose and recipient, taken back, asked before anything is shared."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain import codes
from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given, check_optional_code
from shelter_desk.domain.consent import consents
from shelter_desk.domain.consent.consents import RECORDING, SHARING, Why, WithoutConsent
from shelter_desk.domain.errors import NoSuch, NotInList
from shelter_desk.domain.ids import ConsentId, PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents

TOPICS = Changes(stays=True)
TAKEN_BACK = ("refuse", "retire")
_WITH_REASON = frozenset(
    {"consent", "admit", "interview_keep", "interview_pause", "interview_stop", "interview_finish"}
)


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """What was written. is_minimal: the person refuses the recording, so that the file stays minimal (R-15)."""

    consent: ConsentId
    done: Done
    is_minimal: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken back, and who has to be told: the recipients that data had gone to."""

    done: Done
    to_tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentStanding:
    """Where one purpose, and for sharing one recipient, stands today.

    consent: the decision that counts. why_not: why it does not allow, None where it does. reason: why no representative
    of a child was asked. to_tell: recipients of a consent taken back, while nothing says what was done about it.
    """

    purpose: str
    recipient: str
    consent: Consent | None
    why_not: str | None
    reason: str = ""
    to_tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """All a person decided: how each purpose stands, in the order of the list, and every decision, latest first.

    exceptions: what was done without consent, latest first, their reasons opened.
    """

    standings: tuple[ConsentStanding, ...]
    all: tuple[Consent, ...]
    is_minimal: bool
    exceptions: tuple[WithoutConsent, ...] = ()


@needs(Permission.ASSIST_SEE)
def of(desk: Desk, person: PersonId) -> Decisions:
    """What a person decided, purpose by purpose; sharing stands once for each recipient asked about."""
    with desk.reading() as connection:
        found = stored_referrals.consents(connection, person)
        referred = stored_referrals.of_person(connection, person)
        reasons = _reasons(connection, residents.codes_of(connection, person))
        own = None if desk.protection is None else residents.opener_of(connection, desk.protection, person)
        excepted = tuple(stored_referrals.exceptions_of(connection, person, own))
    made: list[ConsentStanding] = []
    off = settings.left_out(desk, "consent_purpose")
    for purpose, recipient in _asked(found, off):
        decided = consents.decisive(found, purpose, recipient, desk.today())
        why = consents.why_not(decided, desk.today())
        waiting = decided is not None and decided.status == "retire" and not decided.withdrawn_effect
        to_tell = consents.to_be_told(decided, referred) if waiting and decided is not None else ()
        reason = reasons.get(decided.id, "") if decided is not None else ""
        made.append(ConsentStanding(purpose, recipient, decided, why, reason, to_tell))
    is_minimal = consents.why_not(consents.decisive(found, RECORDING, "", desk.today()), desk.today()) in TAKEN_BACK
    return Decisions(tuple(made), tuple(found), is_minimal, excepted)


def _asked(found: Collection[Consent], off: Collection[str]) -> list[tuple[str, str]]:
    """Purposes in the order of the list, each recipient of sharing apart. off: those shown only where decided."""
    asked: list[tuple[str, str]] = []
    decided = {one.purpose for one in found}
    for one in codes.codes("consent_purpose"):
        if one.code in off and one.code not in decided:
            continue
        recipients = sorted({each.recipient for each in found if each.purpose == one.code})
        asked += [(one.code, name) for name in recipients] if one.code in SHARING else [(one.code, "")]
        if one.code in SHARING and not recipients:
            asked.append((one.code, ""))
    return asked


def _reasons(connection: Connection, codes_of_person: Sequence[str]) -> Mapping[int, str]:
    """Why no representative was asked, as the journal keeps it, by decision."""
    found: dict[int, str] = {}
    for line in journal.lines(connection, *codes_of_person):
        if line.action in _WITH_REASON:  # an id may come back after an undo: the last line counts
            keys = [row["id"] for row in line.rows if row["table"] == "consents"]
            found |= dict.fromkeys(keys, str(line.known.get("reason", "")))
    return found


@needs(Permission.ASSIST)
def record(desk: Desk, consent: Consent, reason: str = "") -> ConsentRecorded:
    """Write one decision: given, refused or not asked.

    A refusal is kept like a consent, and takes away no bed, meal or care. reason: why no representative of a child is
    asked, kept in the journal. Raises Missing, NotInList, InTheFuture, BadDates, NotNext for one that is taken back
    (`withdraw` does that).
    """
    if consent.status == "retire":
        raise NotInList("consent_status", consent.status)
    with desk.writing("consent", TOPICS) as writing:
        key = add(desk, writing, consent, reason)
    return ConsentRecorded(key, writing.done, consent.purpose == RECORDING and consent.status == "refuse")


def add(desk: Desk, writing: Writing, consent: Consent, reason: str = "") -> ConsentId:
    """Write one decision inside an act. Raises as `record`, NotAllowed."""
    desk.check(Permission.ASSIST)
    check_optional_code("consent_purpose", consent.purpose)
    check_optional_code("consent_status", consent.status)
    check_optional_code("consent_mode", consent.mode)
    check_optional_code("consent_given_by", consent.given_by, "given_by")
    person = residents.person(writing.connection, consent.person)
    is_minor = person.birth.protected_as_minor(consent.given_on)
    consents.check_consent(consent, is_minor, desk.today(), reason)
    known = _recipient(writing.connection, consent)
    made = replace(consent, recipient=known, recorded_at=desk.now())
    writing.subject = person.code
    if reason.strip():
        writing.details["reason"] = reason.strip()
    return ConsentId(writing.trail.add("consents", stored_referrals.CONSENTS.write(made)))


def _recipient(connection: Connection, consent: Consent) -> str:
    """The recipient as the directory names it; nobody for what is not shared."""
    if consent.purpose not in SHARING:
        return ""
    check_given("recipient", consent.recipient)
    partner = stored_referrals.partner_named(connection, consent.recipient)
    if partner is None:
        raise NoSuch("partner", consent.recipient)
    return partner.name


@needs(Permission.ASSIST)
def withdraw(desk: Desk, consent: ConsentId, on: date, effect: str = "") -> Withdrawn:
    """Take a consent back: from that day on nothing more is shared under it; what was shared stays on record.

    effect: what was done about it; left empty, the recipients stay to be told. Raises NotNext, InTheFuture, BadDates.
    """
    with desk.writing("withdraw_consent", TOPICS) as writing:
        old = stored_referrals.CONSENTS.one(writing.connection, consent)
        new = consents.withdrawn(old, on, desk.today(), effect)
        writing.trail.change("consents", consent, stored_referrals.CONSENTS.write(new))
        writing.subject = residents.code(writing.connection, old.person)
        to_tell = consents.to_be_told(new, stored_referrals.of_person(writing.connection, old.person))
    return Withdrawn(writing.done, to_tell)


@needs(Permission.ASSIST)
def told_recipients(desk: Desk, consent: ConsentId, effect: str) -> Done:
    """Write what was done about a consent taken back: who was told. Raises Missing."""
    check_given("withdrawn_effect", effect.strip())
    with desk.writing("withdrawal_told", TOPICS) as writing:
        old = stored_referrals.CONSENTS.one(writing.connection, consent)
        new = replace(old, withdrawn_effect=effect.strip())
        writing.trail.change("consents", consent, stored_referrals.CONSENTS.write(new))
        writing.subject = residents.code(writing.connection, old.person)
    return writing.done


def check_recording(connection: Connection, person: PersonId, on: date) -> None:
    """Whether more than the minimum may be written of a person on that day (R-15). Raises NoConsent."""
    consents.consent_for(stored_referrals.consents(connection, person), RECORDING, "", on)


def why_not(connection: Connection, person: PersonId, purpose: str, on: date) -> Why | None:
    """Why the decisions of a person do not allow what is not shared with anybody on that day, None where they do."""
    return consents.why_not(consents.decisive(stored_referrals.consents(connection, person), purpose, "", on), on)


def refuses(connection: Connection, person: PersonId, on: date) -> bool:
    """Whether the person refuses, or took back, the recording: code, sex, age, dates and bed only, full care (R-15)."""
    return why_not(connection, person, RECORDING, on) in TAKEN_BACK


def check_not_refused(connection: Connection, person: PersonId, on: date) -> None:
    """Whether what is asked at the door may be written: not of somebody who refuses the recording. Raises NoConsent."""
    why = why_not(connection, person, RECORDING, on)
    if why in TAKEN_BACK:
        raise consents.NoConsent(RECORDING, "", why)
