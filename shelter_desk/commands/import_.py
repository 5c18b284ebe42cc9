"""`import`: take in a registers workbook, all or nothing."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.commands.shelter import DONE, REFUSED, opened, say
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.operations import registers
from shelter_desk.operations.registers import Look
from shelter_desk.words.errors import sentence

NAME = "import"
HELP = "take in a registers workbook"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--accepted-only", action="store_true")
    parser.add_argument("--rejects", type=Path, metavar="OUT.xlsx")
    parser.add_argument("--json", action="store_true")


def run(asked: argparse.Namespace) -> int:
    """Look, then write everything or nothing; the refusals are listed with their cells."""
    with opened(asked) as desk:
        look = registers.look(desk, asked.file)
        refused = bool(look.judgement.refusals)
        written = not asked.dry_run and (not refused or asked.accepted_only)
        # before anything is stored: refusals that cannot be written are no reason to lose sight of them
        if asked.rejects is not None and refused:
            reasons = {at: sentence(one.error) for at, one in enumerate(look.judgement.refusals)}
            registers.write_refusals(look, asked.rejects, reasons)
        if written:
            registers.take_in(desk, look)
    if asked.json:
        print(json.dumps(_document(look, written), ensure_ascii=False))
    else:
        _say(asked, look, written)
    accepted = written and asked.accepted_only
    return REFUSED if refused and not accepted else DONE


def _document(look: Look, written: bool) -> dict[str, Any]:
    return {
        "file": str(look.path),
        "lists": {
            name: {
                "new": counted.new,
                "changed": counted.changed,
                "same": counted.same,
                "refused": counted.refused,
                **({"doubtful": counted.doubtful} if counted.doubtful else {}),
            }
            for name, counted in look.judgement.counts.items()
        },
        "refusals": [
            {
                "list": refusal.list,
                "sheet": refusal.sheet,
                "row": refusal.row,
                "column": refusal.column,
                "value": refusal.value,
                "reason": sentence(refusal.error),
            }
            for refusal in look.judgement.refusals
        ],
        "unknown_columns": [{"sheet": sheet, "column": column} for sheet, column in look.unknown_columns],
        "written": written,
    }


def _say(asked: argparse.Namespace, look: Look, written: bool) -> None:
    for name, counted in look.judgement.counts.items():
        say(
            asked,
            words.text("{list}: {new} new, {changed} changed, {same} the same, {refused} refused").format(
                list=name, new=counted.new, changed=counted.changed, same=counted.same, refused=counted.refused
            ),
        )
    for sheet, column in look.unknown_columns:
        told = words.text("Sheet {sheet}: column “{column}” is not known and was left out.")
        say(asked, told.format(sheet=sheet, column=column))
    for refusal in look.judgement.refusals:
        print(_line(refusal), file=sys.stderr)
    say(asked, words.text("The accepted rows are stored.") if written else words.text("Nothing was written."))


def _line(refusal: Refusal) -> str:
    return words.text("Sheet {sheet}, row {row}, column {column}, “{value}”: {reason}").format(
        sheet=refusal.sheet, row=refusal.row, column=refusal.column, value=refusal.value, reason=sentence(refusal.error)
    )
