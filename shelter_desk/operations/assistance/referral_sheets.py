"""What leaves with a referral: its sheet, bound to the consent, and the sealed summary in it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from shelter_desk.domain.assistance.referrals import NotNext, Partner, Referral, purpose_of
from shelter_desk.domain.checks import check_optional_code
from shelter_desk.domain.consent import consents
from shelter_desk.domain.errors import NoSuch, NotAllowed
from shelter_desk.domain.ids import PersonId, ReferralId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import SHEET
from shelter_desk.domain.residents.residents import NO_NAMES, Names, Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.sending import departures
from shelter_desk.operations.sending.departures import DepartingFile, LeavingFile
from shelter_desk.operations.vault import clock_check
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents

PURPOSE = "suivi"  # what the person agreed to


@dataclass(frozen=True, slots=True)
class ReferralSheet:
    """What leaves with a referral: only what was agreed.

    names: none unless they were asked for and agreed. until: the last day the consent holds, None where it says none.
    """

    referral: Referral
    person: Person
    partner: Partner
    names: Names
    summary: str
    made_at: datetime
    made_by: str
    until: date | None


@needs(Permission.ASSIST)
def summary(desk: Desk, referral: ReferralId) -> str:
    """The summary in clear, on demand; the reading is written to the journal. Raises NotAllowed, Damaged."""
    with desk.reading() as connection:
        code = person_acts.code_of(connection, stored_referrals.REFERRALS.one(connection, referral).stay)
        opened = _summary(desk, connection, referral)
    if opened:
        desk.note("summary_read", code)
    return opened


@needs(Permission.ASSIST)
def sheet(desk: Desk, referral: ReferralId, with_name: bool = False) -> ReferralSheet:
    """What is to leave with a referral: the agreed data alone, under the code unless the name is agreed and asked for.

    It leaves inside `recorded`. Raises NoConsent where the consent was taken back or ran out (R-17),
    NotNext for a draft, a cancelled one or one that came here, NoSuch, NotAllowed.
    """
    with desk.reading() as connection:
        one = stored_referrals.REFERRALS.one(connection, referral)
        if not one.counts or one.direction == "entrante":
            raise NotNext(one.state, "emise")
        person = person_acts.person_of(connection, one.stay)
        partner = stored_referrals.partner_named(connection, one.partner)
        if partner is None:
            raise NoSuch("partner", one.partner)
        until = _until(connection, one, person.id, partner, desk.today())
        names = NO_NAMES
        if with_name and "nom" in one.data_shared:
            if desk.sealer is None or not desk.may(Permission.SEE_NAMES):
                raise NotAllowed(Permission.SEE_NAMES.value)
            names = residents.name(connection, desk.sealer, person.id)
        told = _summary(desk, connection, referral) if "resume_approuve" in one.data_shared else ""
    return ReferralSheet(one, person, partner, names, told, desk.now(), desk.user_name, until)


@needs(Permission.ASSIST)
def check(desk: Desk, gate: GateAnswers) -> None:
    """To be asked before a sheet is written: nothing leaves that could not be kept. Raises ClockWrong, NotInList."""
    check_optional_code("sending_channel", gate.channel, "channel")
    clock_check.check(desk)


@needs(Permission.ASSIST)
def recorded(
    desk: Desk, made: ReferralSheet, gate: GateAnswers, *places: Path, password: str = ""
) -> AbstractContextManager[DepartingFile]:
    """Around what prints a sheet or saves it: the journal says which data went to whom, and of its words nothing.

    gate: by which way; it goes to the provider of the referral, for the follow-up that was agreed to. password: of a
    closed one, which waits until it was read.
    """
    one, day = made.referral, Period(made.made_at.date(), made.made_at.date())
    left = {"referral_no": one.referral_no, "recipient": made.partner.name, "data_shared": ";".join(one.data_shared)}
    leaving = LeavingFile(SHEET, NOMINAL, one.referral_no, None, day, one.referral_no)
    gate = replace(gate, recipient=made.partner.name, purpose=PURPOSE)
    told = {**left, "names": bool(made.names.called)}
    code = made.person.code
    return departures.recorded(
        desk, "referral_sheet", leaving, gate, *places, subject=code, password=password, details=told
    )


def _until(connection: Connection, one: Referral, person: PersonId, partner: Partner, on: date) -> date | None:
    if one.exception:
        return None
    decided = stored_referrals.consents(connection, person)
    purpose = purpose_of(partner.partner_type)
    return consents.consent_for(decided, purpose, partner.name, on, one.data_shared).valid_until


def _summary(desk: Desk, connection: Connection, referral: ReferralId) -> str:
    return stored_referrals.summary(connection, desk.key_of_protection(Permission.ASSIST), referral)
