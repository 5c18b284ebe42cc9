"""`import`: take in a registers workbook, all or nothing."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.commands import import_answers, import_memory, import_undo
from shelter_desk.commands.shelter import DONE, REFUSED, opened, say
from shelter_desk.domain.errors import BadCall, Missing, NotInList
from shelter_desk.domain.register_columns import title
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.excel.reading.headings import folded
from shelter_desk.excel.reading.recognise import COLUMNS, Choice
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import closed_months, import_rejects, intake, intake_calls, past_months
from shelter_desk.operations.imports.import_rejects import Copy
from shelter_desk.operations.imports.intake_calls import CallAnswers
from shelter_desk.operations.imports.intake_lines import came_in_expired
from shelter_desk.operations.imports.registers import Look
from shelter_desk.operations.stock import loans_at_exit
from shelter_desk.words import corrections, imports
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports.stock_names import left_with_loans

NAME = "import"
HELP = "take in a registers workbook"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("file", type=Path, metavar="FILE", nargs="?")
    parser.add_argument("--history", action="store_true", help="the imports there were, the last first")
    parser.add_argument(
        "--undo",
        nargs="?",
        type=int,
        const=import_undo.LAST,
        metavar="NUMBER",
        help="take an import back, the last where no number is given",
    )
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--accepted-only", action="store_true")
    parser.add_argument(
        "--incomplete",
        action="store_true",
        help="take in rows with values that are not understood, but for sex, birth, days and bed",
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why rows of closed months come late")
    parser.add_argument("--rejects", type=Path, metavar="OUT")
    parser.add_argument("--list", metavar="LIST", choices=sorted(COLUMNS), help="which list the file is")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADING=KEY",
        help="the column that a heading means, none to skip",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="what every row has that does not say it"
    )
    parser.add_argument(
        "--day-order",
        action="append",
        default=[],
        metavar="[COLUMN=]ORDER",
        help="how days are written, dmy or mdy, of all columns or of one",
    )
    parser.add_argument(
        "--zeros",
        action="append",
        default=[],
        metavar="[COLUMN=]shown|value",
        help="of numbers shown with zeros in front what is meant, of all columns or of one",
    )
    parser.add_argument(
        "--decide",
        action="append",
        default=[],
        metavar="[SHEET:]ROW=WHO",
        help="who a doubtful line is: new, aside, a code, @ROW of another line, =NUMBER of the line it corrects",
    )
    parser.add_argument(
        "--doubts", choices=("new", "aside"), default="new", help="what becomes of the doubts nobody decides"
    )
    import_memory.arguments(parser)
    parser.add_argument("--json", action="store_true")


def run(asked: argparse.Namespace) -> int:
    """Look, then write everything or nothing; the refusals are listed with their cells."""
    if import_memory.is_asked(asked):
        if asked.file is not None or asked.history or asked.undo is not None:
            raise BadCall("--remembered", str(asked.file or ""))
        return import_memory.run(asked)
    if asked.history or asked.undo is not None:
        if asked.file is not None or (asked.history and asked.undo is not None):
            raise BadCall("--undo" if asked.undo is not None else "--history", str(asked.file or "--history"))
        return import_undo.history(asked) if asked.history else import_undo.undo(asked)
    if asked.file is None:
        raise BadCall("FILE", "")
    return _import(asked)


def _import(asked: argparse.Namespace) -> int:
    with opened(asked) as desk:
        headings = {folded(heading): key for heading, key in _pairs("--map", asked.map)}
        choice = Choice(asked.list or "", headings, orders=import_answers.orders(asked))
        decisions = import_answers.decisions(asked.decide)
        fixed = dict(_pairs("--set", asked.set))
        called = intake_calls.look(
            desk,
            asked.file,
            choice,
            fixed,
            decisions,
            leaves_doubts=asked.doubts == import_answers.ASIDE,
            incomplete=asked.incomplete,
        )
        import_answers.check(called, choice, asked)
        look = called.look
        moving = past_months.of_lines(look.judgement, desk.today())
        to_check = corrections.counted(len(moving), len(came_in_expired(look.judgement)))
        late = closed_months.touched(desk, look.judgement)
        real_days = closed_months.real_days(desk, look.judgement)
        to_check += [closing_words.late(late)] if late else []
        to_check += [closing_words.dated_later(len(real_days))] if real_days else []
        refused = bool(look.judgement.refusals)
        written = not asked.dry_run and (not refused or asked.accepted_only)
        lacks_reason = written and bool(late) and not asked.reason.strip()
        written = written and not lacks_reason
        # before anything is stored: refusals that cannot be written are no reason to lose sight of them
        copy = _copy(asked.rejects, look)
        lent_to = _take_in(desk, called, asked.reason) if written else []
    if asked.json:
        document = _document(asked, look, written) | import_answers.document(called) | {"lent_to": lent_to}
        document["closed_months"] = [f"{one.first:%Y-%m}" for one in late]
        document["dated_today"] = len(real_days)
        document["rejects"] = None if copy is None else {"file": str(copy.path), "kind": copy.kind}
        print(json.dumps(document, ensure_ascii=False))
    else:
        import_answers.say_open(called)
        _say(asked, look, written, to_check)
        if copy is not None:
            say(asked, imports.copy(copy.kind, copy.path))
        if lent_to:
            say(asked, left_with_loans(lent_to))
    if lacks_reason:
        print(sentence(NeedsLateReason(late, next(iter(real_days), None))), file=sys.stderr)
        return REFUSED
    accepted = written and asked.accepted_only
    return REFUSED if refused and not accepted else DONE


def _take_in(desk: Desk, called: CallAnswers, reason: str) -> list[str]:
    """Write what is accepted; the codes of those who left by it with things that were lent to them."""
    before = {one.code for one in loans_at_exit.unsaid(desk)}
    intake_calls.take_in(desk, called, reason)
    return [one.code for one in loans_at_exit.unsaid(desk) if one.code not in before]


def _copy(path: Path | None, look: Look) -> Copy | None:
    if path is None or not look.judgement.refusals:
        return None
    return import_rejects.write(look, path, {at: sentence(one.error) for at, one in enumerate(look.judgement.refusals)})


def _pairs(option: str, given: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Raises BadCall for a text without `=`, or for a column that no list has."""
    for one in given:
        left, sign, right = one.rpartition("=") if option == "--map" else one.partition("=")
        key = _key(right if option == "--map" else left)
        if not sign or key is None:
            raise BadCall(option, one)
        yield (left, key) if option == "--map" else (key, right)


def _key(said: str) -> str | None:
    """The key of a column by itself or by what it is called; "" for none, None where no column is called so."""
    every = [column for columns in COLUMNS.values() for column in columns]
    if not said or any(column.key == said for column in every):
        return said
    called = {column.key for column in every if folded(said) in (folded(column.label_fr), folded(column.label_en))}
    return called.pop() if len(called) == 1 else None


def _document(asked: argparse.Namespace, look: Look, written: bool) -> dict[str, Any]:
    return {
        "file": str(look.opened.path),
        "lists": {
            name: {
                "new": counted.new,
                "changed": counted.changed,
                "same": counted.same,
                "refused": counted.refused,
                **({"doubtful": counted.doubtful} if counted.doubtful else {}),
                **({"incomplete": counted.incomplete} if counted.incomplete or asked.incomplete else {}),
            }
            for name, counted in look.judgement.counts.items()
        },
        "refusals": [
            {
                "list": refusal.list,
                "sheet": refusal.sheet,
                "row": refusal.row,
                "who": refusal.called,
                "column": refusal.column,
                "cell": intake.cell(refusal) or None,
                "value": refusal.value,
                "reason": sentence(refusal.error),
                **_proposed(refusal),
            }
            for refusal in look.judgement.refusals
        ],
        "unknown_columns": [{"sheet": sheet, "column": column} for sheet, column in look.unknown_columns],
        "missing_columns": [
            {"sheet": one.sheet, "list": one.list, "column": one.column, "may_be_unknown": one.may_be_unknown}
            for one in look.asked
        ],
        "unused_sheets": list(look.unused_sheets),
        "passed_over": look.passed_over,
        "hidden": [{"sheet": sheet, "rows": rows, "columns": columns} for sheet, rows, columns in look.hidden],
        "assumed": [{"column": column, "why": why, "count": count} for column, why, count in look.assumed],
        "written": written,
    }


def _proposed(refusal: Refusal) -> dict[str, str]:
    """What a value may mean that its list has not."""
    if not isinstance(refusal.error, NotInList):
        return {}
    found = intake.proposed(refusal.list, refusal.column, refusal.value)
    return {"proposed": found} if found else {}


def _say(asked: argparse.Namespace, look: Look, written: bool, to_check: Iterable[str]) -> None:
    """to_check: how many lines are to be looked at, in sentences."""
    for name, counted in look.judgement.counts.items():
        say(
            asked,
            words.text("{list}: {new} new, {changed} changed, {same} the same, {refused} refused").format(
                list=title(name, words.language()),
                new=counted.new,
                changed=counted.changed,
                same=counted.same,
                refused=counted.refused,
            ),
        )
    for sheet, column in look.unknown_columns:
        told = words.text("Sheet {sheet}: column “{column}” is not known and was left out.")
        say(asked, told.format(sheet=sheet, column=column))
    for sheet, rows, columns in look.hidden:
        told = words.text("Sheet {sheet}: {rows} hidden rows and {columns} hidden columns were read as well.")
        say(asked, told.format(sheet=sheet, rows=rows, columns=columns))
    for _, why, count in look.assumed:
        say(asked, words.text("Assumed, {what}").format(what=imports.assumed(why, count)))
    for told in to_check:
        say(asked, told)
    asked_for = {(one.sheet, one.column) for one in look.asked}
    for one in look.asked:
        print(import_answers.missing(one), file=sys.stderr)
    for refusal in look.judgement.refusals:
        # said once for the sheet, not again for each row
        if not (isinstance(refusal.error, Missing) and (refusal.sheet, refusal.column) in asked_for):
            print(_line(refusal, look), file=sys.stderr)
    if look.invented:
        print(imports.invented(), file=sys.stderr)
    say(asked, _outcome(look, written))


def _outcome(look: Look, written: bool) -> str:
    if not written:
        return words.text("Nothing was written.")
    if any(one.new or one.changed for one in look.judgement.counts.values()):
        return words.text("The accepted rows are stored.")
    if look.judgement.refusals:
        return words.text("No accepted row was new: nothing was written.")
    return words.text("Everything was known already: nothing was written.")


def _line(refusal: Refusal, look: Look) -> str:
    told = words.text("Sheet {sheet}, row {row}, column {column}, “{value}”: {reason}")
    if refusal.called:
        told = words.text("Sheet {sheet}, row {row} ({who}), column {column}, “{value}”: {reason}")
    return told.format(
        sheet=refusal.sheet,
        row=refusal.row,
        who=refusal.called,
        column=import_rejects.column_name(refusal, look.layouts),
        value=refusal.value,
        reason=sentence(refusal.error),
    )
