"""Uses everything that touches names in a shelter, then ends: closed as asked, or killed with the desk open.

Called with the data folder, a folder for what the person at the desk asks to have outside, and `close` or `kill`.
"""

import logging
import os
import signal
import sys
from pathlib import Path

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.errors import WrongPassword
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import placing, stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import approvals, backups, key_change, unlocking
from shelter_desk.system import clock, log
from tests.operations.shelter import PASSWORD, admit, bed, days_ago, open_small_shelter

# each is long and rare, so that it is found by chance nowhere
LAST, FIRST, ALIAS, FORMER = "Tiekoroba", "Worokiatou", "Nakanyba", "Salmoubougou"
DRAFTED, IMPORTED, SECOND = "Mintoukoro", "Assikounda", "Agent Zoumanagara"
SECRETS = (LAST, FIRST, ALIAS, FORMER, DRAFTED, IMPORTED, SECOND, "Agent A", PASSWORD, "Maison des Essais")


def main(folder: Path, outside: Path, end: str) -> None:
    """Everything, once; every code that was given is printed."""
    log.start(folder / "log")
    desk = open_small_shelter(folder)
    _people_and_names(desk)
    _workbooks(desk, outside)
    backups.keep(desk, backups.place_of(desk))
    key_change.change_keys(desk, PASSWORD)
    desk = unlocking.unlock(folder, "Agent A", PASSWORD)
    admit(desk, "1D", names=Names(LAST, FIRST))
    for line in residents.listed(desk, "all"):
        sys.stdout.write(f"{line.person.code}\n")
    sys.stdout.flush()
    if end == "kill":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    desk.close()


def _people_and_names(desk: Desk) -> None:
    made = admit(desk, "1A", names=Names(FORMER, FIRST, ALIAS))
    residents.correct(desk, residents.record(desk, made.person).person, Names(LAST, FIRST, ALIAS))
    residents.name(desk, made.person)
    residents.search(desk, LAST)
    undo(desk, admit(desk, "1B", names=Names(LAST, FIRST)).done)
    stays.move(desk, made.stay, placing.Spot("lit", bed(desk, "1C").id), days_ago(1))
    user_accounts.add(desk, SECOND, Role.CASE_WORKER, PASSWORD)
    drafts.keep(desk, "admission", {"last_name": DRAFTED})
    try:
        user_accounts.change_password(desk, LAST, FIRST)
    except WrongPassword:
        logging.getLogger("shelter_desk").exception("refused")


def _workbooks(desk: Desk, outside: Path) -> None:
    approval = approvals.alone(desk, GraveAct.EXPORT, PASSWORD)
    register_export.export_with_names(desk, outside / "registers.xlsx", GateAnswers(purpose="essai"), approval)
    registers.take_in(desk, registers.look(desk, _with_another_name(outside)))
    today = clock.today()
    month = reports.monthly(desk, Period(today.replace(day=1), today))
    reports.export(desk, month, "interne", outside / "report.xlsx")


def _with_another_name(outside: Path) -> Path:
    """The register as somebody filled it in: one person more."""
    from openpyxl import load_workbook

    book = load_workbook(outside / "registers.xlsx")
    sheet = book["personnes"]
    keys = [cell.value for cell in sheet[2]]
    given = {"person_code": "7K3-QMX-E", "sex": "f", "nationality": "ML", "last_name": IMPORTED}
    sheet.append([given.get(str(key)) for key in keys])
    book.save(outside / "filled.xlsx")
    return outside / "filled.xlsx"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
