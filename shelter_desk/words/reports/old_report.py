"""The old report beside ours, in words: what a cell is called, what explains a difference, why there is none."""

from collections.abc import Mapping

from shelter_desk import words
from shelter_desk.domain.reports.figures import Amount, Ref
from shelter_desk.domain.reports.old_differences import DifferenceHint
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

NO_NAMES = report_words.NO_NAMES


def actions() -> dict[str, str]:
    """What the journal calls these acts."""
    return {"old_report_cells": words.text("Cells of the old report remembered")}


def label(left: str, above: str) -> str:
    """The words beside a cell, those at its left first."""
    return words.text("{first}, {second}").format(first=left, second=above) if left and above else left or above


def signed(difference: Amount) -> str:
    """With its sign, as `+3`."""
    told = report_words.value(difference)
    return f"+{told}" if difference > 0 else told


def why_not(why: str) -> str:
    """Why a cell is not compared, "" for one that is."""
    return {
        "no_sheet": words.text("no such sheet"),
        "empty": words.text("empty cell"),
        "no_number": words.text("no number"),
        "no_result": words.text("not computed: save the file in Excel first"),
        "unknown": words.text("no such figure"),
    }.get(why, "")


def difference(amount: Amount) -> str:
    """Which of the two is more."""
    n = report_words.value(abs(amount))
    told = (
        words.text("{n} more here than in the old report.")
        if amount > 0
        else words.text("{n} less here than in the old report.")
    )
    return told.format(n=n)


def hint(one: DifferenceHint, names: Mapping[str, str] = NO_NAMES) -> str:
    """What makes exactly the difference, and what the old report may do otherwise."""
    n, day = len(one.rows), formats.day(one.day) if one.day is not None else ""
    if one.why == "typed_later":
        return words.count(
            "{n} row was typed after the period: the old report may not have it.",
            "{n} rows were typed after the period: the old report may not have them.",
            n,
        )
    rows = words.count("{n} row", "{n} rows", n)
    if one.why == "first_day":
        told = words.text("Of {day}, the first day: {rows}, perhaps of the month before in the old report.")
        return told.format(day=day, rows=rows)
    if one.why == "last_day":
        told = words.text("Of {day}, the last day: {rows}, perhaps of the month after in the old report.")
        return told.format(day=day, rows=rows)
    told = {
        "counted_here": words.text("“{figure}” is {n}: the old report may leave it out."),
        "counted_there": words.text("“{figure}” is {n}: the old report may count it too."),
        "another": words.text("“{figure}” is {n} here: the old report may count that."),
    }[one.why]
    return told.format(figure=_figure(one.ref, names), n=report_words.value(one.amount))


def _figure(ref: Ref | None, names: Mapping[str, str]) -> str:
    if ref is None:
        return ""
    name = report_words.figure(ref[0])
    name = name[:1].upper() + name[1:]
    if not ref[1]:
        return name
    return words.text("{figure}, {where}").format(figure=name, where=report_words.cell(ref[1], names))
