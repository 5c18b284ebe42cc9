"""Cases of who agreed to anonymous statistics, in the words of IOM's HTCDS, for one recipient."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.casefile import htcds_sheet
from shelter_desk.domain.casefile.htcds import HtcdsCase
from shelter_desk.domain.casefile.htcds_sheet import ExchangedCase
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.consent import consents
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.sendings import CASES
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations import settings
from shelter_desk.operations.casefile.interviews import STATISTICS
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.sending import closed_files, departures, pseudonyms, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.vault import approvals, clock_check, output_paths
from shelter_desk.storage.assistance import referrals
from shelter_desk.storage.casefile import interviews
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import exits, stays

_FIRST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class WhoAgreed:
    """How many cases of how many persons a file would have. coarser: how many would be told in less detail."""

    cases: int
    persons: int
    coarser: int


@needs(Permission.REGISTERS_EXPORT)
def agreed(desk: Desk) -> WhoAgreed:
    """What a file would have in it, before anybody is chosen to get it."""
    every = _cases(desk, lambda codes: {code: code for code in codes})
    shared = htcds_sheet.coarsened(every, settings.read(desk).small_cell_k)
    same = {(one.case, one.cells()) for one in every}
    coarser = sum((one.case, one.cells()) not in same for one in shared)
    return WhoAgreed(len(every), len({one.case for one in every}), coarser)


@needs(Permission.REGISTERS_EXPORT)
def export(desk: Desk, path: Path, gate: GateAnswers, approval: Approval | None) -> str:
    """Write the workbook, closed with a password, which is returned and waits until it was read.

    Persons are told apart by a code of this recipient alone; who took the consent back is not in it any more.
    Raises Missing without recipient or purpose, NoSuch for a recipient who is not in the directory, ApprovalNeeded,
    SecondPersonNeeded, NotAllowed, NobodyAgreed, ClockWrong, WouldOverwrite, DiskFull, ReadOnly, and as
    `sendings.check`.
    """
    from shelter_desk.excel import htcds

    check_given("recipient", gate.recipient.strip())
    check_given("purpose", gate.purpose.strip())
    output_paths.check(path)
    clock_check.check(desk)  # nothing leaves that the journal could not tell
    gate = sendings.check(desk, gate, NOMINAL, is_approved=True)
    every = _cases(desk, lambda codes: pseudonyms.of_recipient(desk, gate.recipient, codes))
    if not every:
        raise consents.NobodyAgreed(STATISTICS)
    decided_by = approvals.spend(desk, GraveAct.EXPORT, approval)
    k = settings.read(desk).small_cell_k
    shared = htcds_sheet.coarsened(every, k)
    password = closed_files.new_password()
    content = htcds.content(shared, gate.recipient, k, training=desk.is_training)
    made = closed_files.closed(content, password)
    today = Period(desk.today(), desk.today())
    leaving = LeavingFile(CASES, NOMINAL, path.name, made, today, words.label("sending_kind", CASES))
    told = {"cases": len(shared), "purpose": gate.purpose.strip(), **decided_by}
    departures.write(desk, "htcds_exported", leaving, gate, path, password=password, details=told)
    return password


def _cases(desk: Desk, named: Callable[[Iterable[str]], Mapping[str, str]]) -> list[ExchangedCase]:
    """Every stay that counts of who agrees today. named: what each code is called in the file."""
    with desk.reading() as connection:
        found = _agreeing(connection, desk.today())
        keys = [one.id for one in found]
        statuses, told = stays.statuses(connection, keys), interviews.of_stays(connection, keys)
        left, planned = exits.exits(connection, keys), exits.follow_ups(connection, keys)
        persons = residents.persons(connection, {one.person for one in found})
    names = named([one.code for one in persons.values()])
    made = []
    for stay in found:
        person = persons[stay.person]
        decided = [one for one in statuses.get(stay.id, ()) if one.decided_on <= desk.today()]
        case = HtcdsCase(decided[-1] if decided else None, tuple(told.get(stay.id, ())))
        status = htcds_sheet.case_status(stay, left.get(stay.id), planned.get(stay.id, ()), desk.today())
        made.append(
            htcds_sheet.exchanged(names[person.code], person.sex, person.nationality, person.birth, stay, case, status)
        )
    return made


def _agreeing(connection: Connection, today: date) -> list[Stay]:
    every = stays.between(connection, _FIRST, today + ONE_DAY)
    whose: set[PersonId] = {one.person for one in every}
    said = referrals.consents_of(connection, whose)
    may = {person for person in whose if consents.allows(said.get(person, ()), STATISTICS, "", today)}
    return [one for one in every if one.person in may]
