"""`export`: the registers workbook, everything that may be taken in again; or cases in the words of HTCDS."""

import argparse
from pathlib import Path

from shelter_desk import words
from shelter_desk.commands import shelter
from shelter_desk.commands.shelter import DONE, approved, opened, say
from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.errors import BadCall
from shelter_desk.domain.moments import Period
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import period_export, register_export
from shelter_desk.operations.reports import htcds_cases
from shelter_desk.operations.sending import unread_passwords

NAME = "export"
HELP = "write the registers workbook"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    shelter.asks_period(parser)
    parser.add_argument("--purpose", metavar="TEXT")
    parser.add_argument("--recipient", default="", metavar="NAME")
    parser.add_argument("--encrypt", action="store_true")
    parser.add_argument("--second", metavar="NAME")
    parser.add_argument("--htcds", action="store_true")
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")


def run(asked: argparse.Namespace) -> int:
    """Write the workbook: codes and no names, unless a purpose is said and who has to approve it does.

    With a period only its rows, with its nights, entries and exits.
    """
    purpose = (asked.purpose or "").strip()
    if not purpose and (asked.purpose is not None or asked.second or asked.recipient or asked.encrypt):
        raise BadCall("--purpose", "")
    of_period = bool(asked.month or asked.first or asked.last)
    if of_period and purpose:  # the rows of a period stay in the house
        raise BadCall("--purpose", purpose)
    period = shelter.period(asked) if of_period else None
    if asked.recipient and not (asked.encrypt or asked.htcds):
        raise BadCall("--encrypt", "")  # names leave closed
    if asked.htcds and not (purpose and asked.recipient):
        raise BadCall("--recipient" if purpose else "--purpose", "")
    with opened(asked) as desk:
        password = _write(desk, asked, GateAnswers(asked.recipient, purpose), period)
        if password:
            say(asked, words.text("Password of the file, shown this once:"))
            print(password, flush=True)
            unread_passwords.was_read(desk, password)
    return DONE


def _write(desk: Desk, asked: argparse.Namespace, gate: GateAnswers, period: Period | None) -> str:
    """The file that is asked for, which is said; its password, empty for one that is open."""
    password = ""
    if period is not None:
        period_export.export(desk, asked.out, period)
    elif not gate.purpose:
        register_export.export(desk, asked.out)
    else:
        approval = approved(asked, desk, GraveAct.EXPORT)
        if asked.htcds:
            password = htcds_cases.export(desk, asked.out, gate, approval)
            say(asked, words.text("The cases are in {file}.").format(file=asked.out))
            return password
        password = register_export.export_with_names(desk, asked.out, gate, approval, encrypt=asked.encrypt)
    say(asked, words.text("The registers are in {file}.").format(file=asked.out))
    return password
