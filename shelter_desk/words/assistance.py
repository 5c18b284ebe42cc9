"""Services in words: what became of a line, how much of it, and what may be a mistake.

Costs, donors' categories and donors' workbooks in words.
"""

from collections.abc import Sequence
from datetime import date, datetime

from shelter_desk import words
from shelter_desk.words import formats

MOST_CELLS = 5  # named in a sentence


def actions() -> dict[str, str]:
    """What the journal calls each act."""
    return {
        "costs_exported": words.text("List of costs exported"),
        "donor_categories": words.text("Categories of a donor changed"),
        "donor_services_exported": words.text("Services by a donor’s categories exported"),
        "donor_workbook_layout": words.text("Cells of a donor’s workbook remembered"),
        "donor_workbook_filled": words.text("Donor’s workbook filled"),
        "year_targets": words.text("Targets of a year changed"),
    }


def fields() -> dict[str, str]:
    """What the journal calls the fields of these acts."""
    return {
        "category": words.text("Category of the donor"),
        "cells": words.text("Cells written"),
        "entries": words.text("Lines of the list"),
        "figure": words.text("Indicator"),
        "target": words.text("Target"),
        "source": words.text("Agreement or plan"),
    }


def how_found(how: str, asked: str) -> str:
    """How a cell of a donor's workbook was found."""
    told = {
        "pointed": words.text("pointed to"),
        "marker": words.text("marker in the cell"),
        "name": words.text("name {name}").format(name=asked),
    }
    return told.get(how, asked)


def over_hidden(cells: Sequence[tuple[str, str]]) -> str:
    """That formulas of the workbook will add up too little, "" where none does. cells: sheet and cell of each."""
    if not cells:
        return ""
    told = words.count(
        "{n} formula of the workbook counts a hidden number as nothing: its result will be wrong.",
        "{n} formulas of the workbook count a hidden number as nothing: their results will be wrong.",
        len(cells),
    )
    named = [words.text("{sheet} {cell}").format(sheet=sheet, cell=cell) for sheet, cell in cells[:MOST_CELLS]]
    if len(cells) > MOST_CELLS:
        named.append("…")
    return words.text("{told} Cells: {cells}.").format(told=told, cells=", ".join(named))


def why_not_written(why: str) -> str:
    """Why nothing is written into a cell, "" where something is."""
    return {
        "": "",
        "unknown": words.text("no figure of that name"),
        "withheld": words.text("not given to this reader"),
        "mixed": words.text("adds different units"),
        "no_cell": words.text("not one cell"),
        "no_sheet": words.text("no such sheet"),
        "formula": words.text("formula, never overwritten"),
        "merged": words.text("merged, take its first cell"),
        "table": words.text("heading or total of a table"),
        "pivot": words.text("part of a pivot table"),
        "twice": words.text("already taken"),
    }[why]


def state(status: str) -> str:
    """What became of a line."""
    return {
        "fait": words.text("given"),
        "prevu": words.text("planned"),
        "non_tenu": words.text("not held"),
        "refuse": words.text("refused by the person"),
    }.get(status, status)


def quantity(number: float, unit: str) -> str:
    """`2 kit`: the number and its unit as the list writes it."""
    said = formats.number(number, 0 if number == int(number) else 1)
    return words.text("{number} {unit}").format(number=said, unit=unit).strip()


def doubt(kind: str, code: str, day: date) -> str:
    """What may be a mistake in a line that was written all the same. kind: `before`, `after`, `twice`, `store`."""
    sentence = {
        "before": words.text("{code}: before the admission of {day}."),
        "after": words.text("{code}: after the exit of {day}, follow-up."),
        "twice": words.text("{code}: given once already on {day}."),
        "store": words.text("{code}: the store gave nothing out for it; the form of the record writes the slip too."),
    }[kind]
    return sentence.format(code=code, day=formats.day(day))


def taken_out(at: datetime, by: str, reason: str) -> str:
    """When a line was taken out, by whom and why."""
    told = words.text("taken out on {day} by {who}") if by else words.text("taken out on {day}")
    told = told.format(day=formats.day(at.date()), who=by)
    return words.text("{told}: {reason}").format(told=told, reason=reason) if reason else told


def paid(cost_xof: int | None, receipt_no: str) -> list[str]:
    """What a service cost and the number of its receipt, each where it is known."""
    told = []
    if cost_xof is not None:
        told.append(words.text("{amount} XOF").format(amount=formats.number(cost_xof)))
    if receipt_no:
        told.append(words.text("receipt {number}").format(number=receipt_no))
    return told
