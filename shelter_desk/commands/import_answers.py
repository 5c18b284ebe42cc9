"""What a call of `import` answers beforehand: the order of days, who doubtful lines are; and what it left open."""

import argparse
import sys
from collections.abc import Iterable
from typing import Any

from shelter_desk import words
from shelter_desk.domain.errors import BadCall, RuleBroken
from shelter_desk.domain.registers import gaps
from shelter_desk.domain.registers.rows import Place
from shelter_desk.domain.residents.residents import read_code
from shelter_desk.excel.reading.recognise import Choice
from shelter_desk.operations.imports import day_orders, intake, intake_doubts, missing_columns
from shelter_desk.operations.imports.intake_calls import ONLY, CallAnswers
from shelter_desk.operations.imports.intake_lines import FileLine
from shelter_desk.operations.imports.missing_columns import MissingColumn

ASIDE = intake_doubts.ASIDE


def orders(asked: argparse.Namespace) -> dict[str, str]:
    """By key or heading the order of its days, by "" that of all; what numbers with zeros in front mean.

    Raises BadCall.
    """
    found: dict[str, str] = {}
    for option, given, known, of_all in (
        ("--day-order", asked.day_order, day_orders.SAID, ""),
        ("--zeros", asked.zeros, missing_columns.SAID, missing_columns.ALL),
    ):
        for one in given:
            column, _, said = one.rpartition("=")
            if said not in known:
                raise BadCall(option, one)
            found[column or of_all] = said
    return found


def decisions(given: Iterable[str]) -> dict[Place, str]:
    """By sheet and row what is decided. Raises BadCall."""
    found: dict[Place, str] = {}
    for one in given:
        where, sign, who = one.partition("=")
        sheet, _, row = where.rpartition(":")
        if not sign or not row.isascii() or not row.isdigit():
            raise BadCall("--decide", one)
        found[sheet or ONLY, int(row)] = _decision(one, sheet, who)
    return found


def _decision(one: str, sheet: str, who: str) -> str:
    if who in (intake_doubts.NEW, intake_doubts.ASIDE) or intake_doubts.earlier_of(who):
        return who
    if who.startswith("@") and who[1:].isascii() and who[1:].isdigit():
        return intake_doubts.as_line((sheet, int(who[1:])))
    try:
        return read_code(who)
    except RuleBroken as error:
        raise BadCall("--decide", one) from error


def check(called: CallAnswers, choice: Choice, asked: argparse.Namespace) -> None:
    """Raises BadCall for a column that stands in no sheet, for a decision of a line without that doubt."""
    column = day_orders.unknown(choice, called.look.layouts)
    if column:
        given = [("--day-order", one) for one in asked.day_order] + [("--zeros", one) for one in asked.zeros]
        raise BadCall(*next(one for one in given if one[1].rpartition("=")[0] == column))
    for sheet, row in called.wrong:
        raise BadCall("--decide", f"{sheet}:{row}" if sheet else str(row))


def document(called: CallAnswers) -> dict[str, Any]:
    """What is undecided and what was decided, as `--json` tells it."""
    return {
        "doubts": [
            {
                "sheet": line.sheet,
                "row": line.number,
                "list": line.alike[0].list if line.alike else "personnes",
                "may_be": [one.code for one in line.alike],
                "decided": line.decision or None,
            }
            for line in called.lines
        ],
        "day_orders": [
            {"sheet": sheet, "column": column, "order": order} for (sheet, column), order in called.look.unclear.items()
        ],
    }


def say_open(called: CallAnswers) -> None:
    """What a person should look at, on stderr: days that may be both, lines that nobody decided."""
    for (sheet, column), order in called.look.unclear.items():
        if order == "zeros":
            zeros_ = words.text(
                "Sheet {sheet}, column {column}: its cells show zeros in front that the numbers have not, as 0007. Say "
                "--zeros {column}=shown or {column}=value."
            )
            print(zeros_.format(sheet=sheet, column=column), file=sys.stderr)
            continue
        told = words.text(
            "Sheet {sheet}, column {column}: days seem to be written month/day. Those that may be both are refused; "
            "say --day-order {column}=mdy or {column}=dmy."
        )
        print(told.format(sheet=sheet, column=column), file=sys.stderr)
    for line in called.open:
        print(_line(line), file=sys.stderr)


def missing(one: MissingColumn) -> str:
    """What to say of a column that every row has to have and the sheet has not."""
    told = words.text("Sheet {sheet}: no column for “{column}”. Say once what all rows have: --set {key}=VALUE.")
    unknown = words.text(
        "Sheet {sheet}: no column for “{column}”. Say once what all rows have: --set {key}=VALUE, "
        "or --set {key}={unknown}, to be completed later."
    )
    column = next(column for column in intake.columns(one.list) if column.key == one.column)
    value = gaps.UNKNOWN.get((one.home, one.column), "")
    value = value if value in gaps.SAY_UNKNOWN else words.text("undetermined")
    return (unknown if one.may_be_unknown else told).format(
        sheet=one.sheet, column=column.label(words.language()), key=one.column, unknown=value
    )


def _line(line: FileLine) -> str:
    told = words.text(
        "Sheet {sheet}, row {row}: not decided, may be {who}. It counts as new; say --decide {where} to decide."
    )
    who = ", ".join(one.code for one in line.alike)
    where = f"{line.sheet}:{line.number}={line.alike[0].code}"
    return told.format(sheet=line.sheet, row=line.number, who=who, where=where)
