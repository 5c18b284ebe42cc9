"""Costs, donors' categories and donors' workbooks in words."""

from collections.abc import Sequence

from shelter_desk import words

MOST_CELLS = 5  # named in a sentence


def actions() -> dict[str, str]:
    """What the journal calls each act."""
    return {
        "costs_exported": words.text("List of costs exported"),
        "donor_categories": words.text("Categories of a donor changed"),
        "donor_services_exported": words.text("Services by a donor’s categories exported"),
        "donor_workbook_layout": words.text("Cells of a donor’s workbook remembered"),
        "donor_workbook_filled": words.text("Donor’s workbook filled"),
    }


def fields() -> dict[str, str]:
    """What the journal calls the fields of these acts."""
    return {
        "category": words.text("Category of the donor"),
        "cells": words.text("Cells written"),
        "entries": words.text("Lines of the list"),
    }


def how_said(how: str, asked: str) -> str:
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


def why_not_said(why: str) -> str:
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
