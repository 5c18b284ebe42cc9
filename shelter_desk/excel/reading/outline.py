"""What a workbook of a donor holds, told by the guarded worker: its sheets, their cells, its names."""

import io
import json
import zipfile

from shelter_desk.excel.donors.ooxml import opened, reference_of
from shelter_desk.excel.donors.patching import CELLS
from shelter_desk.excel.donors.sheet_cells import CellBytes, SheetBytes, read
from shelter_desk.excel.reading import guard
from shelter_desk.excel.reading.refusal import Refused

MODE = "outline"
FORMULA, PERCENT = 1, 2  # what is said of a cell, added up


def outline(content: bytes) -> bytes:
    """One JSON document: sheets with cells, merged and kept apart ranges, and names; or why it is refused."""
    try:
        return json.dumps(_outline(content), ensure_ascii=True, separators=(",", ":")).encode()
    except Refused as refusal:
        return json.dumps({"refused": refusal.why}).encode()


def _outline(content: bytes) -> dict[str, object]:
    if guard.kind(content, text_allowed=False) != "zip":
        raise Refused("kind")
    file = io.BytesIO(content)
    guard.check(file, CELLS)
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        package = opened(archive)
        sheets = []
        for name, part in package.sheets.items():
            sheet = read(package.read(part), package.strings)
            apart = [[*area, why] for area, why in package.kept_apart(part)]
            apart += [[*area, "formula"] for area in sheet.spanned]
            told = {"name": name, "cells": _cells(sheet, package.percents), "merged": sheet.merged, "apart": apart}
            sheets.append(told)
        return {"sheets": sheets, "names": [[one.name, one.text] for one in package.names if not one.hidden]}


def _cells(sheet: SheetBytes, percents: frozenset[str]) -> list[list[object]]:
    found: list[list[object]] = []
    first = {cell.shared: cell for cell in sheet.formulas if cell.shared and cell.formula}
    for row in sheet.rows:
        for cell in row.cells:
            said = FORMULA * (cell.formula is not None) + PERCENT * (cell.style in percents)
            text = cell.text if cell.formula is None else _formula(cell, first.get(cell.shared))
            if said or text:
                found.append([*cell.place, said, text])
    return found


def _formula(cell: CellBytes, first: CellBytes | None) -> str:
    """Its text; where the formula is that of another cell, moved to here."""
    if cell.formula or first is None:
        return f"={cell.formula}"
    from openpyxl.formula.translate import Translator

    moved = Translator(f"={first.formula}", origin=reference_of(first.place))
    return str(moved.translate_formula(reference_of(cell.place)))
