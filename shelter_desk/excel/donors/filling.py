"""A donor's own workbook: what is in it, and figures written into a copy whose other parts are not touched."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.donors import patching
from shelter_desk.excel.donors.ooxml import Place, Range, holds, place_of, reference_of
from shelter_desk.excel.reading import guard, outline
from shelter_desk.excel.reading.reading import WHYS, run_worker
from shelter_desk.excel.saving import beside

Order = tuple[str, str, int | float | str | None, str]  # sheet, cell, value, None empties it; comment, "" for none


@dataclass(frozen=True, slots=True)
class WorkbookShape:
    """One sheet. cells: the text of each that holds something, a formula with its `=`.

    percents: cells that show a number times a hundred. apart: ranges that nothing is written into, and why: `table`,
    `pivot`, `formula`.
    """

    cells: Mapping[Place, str]
    formulas: frozenset[Place]
    percents: frozenset[Place]
    merged: tuple[Range, ...] = ()
    apart: tuple[tuple[Range, str], ...] = ()

    def corner_of(self, place: Place) -> Place:
        """The cell that a merged one shows; itself where it is not merged."""
        area = next((one for one in self.merged if holds(one, place)), None)
        return (area[0], area[1]) if area is not None else place

    def why_not(self, place: Place) -> str:
        """`formula`, `merged`, `table` or `pivot` for a cell that is never written into, else ""."""
        if place in self.formulas:
            return "formula"
        if self.corner_of(place) != place:
            return "merged"
        return next((why for area, why in self.apart if holds(area, place)), "")


@dataclass(frozen=True, slots=True)
class DonorBook:
    """An open workbook of a donor, kept as it was read. names: what each defined name stands for."""

    path: Path
    content: bytes = field(repr=False)
    sheets: Mapping[str, WorkbookShape]
    names: Mapping[str, str]


def look(path: Path) -> DonorBook:
    """What is in the file, `.xlsx` or `.xlsm`; macros are never run. Raises FileMissing, NotAWorkbook."""
    try:
        if path.stat().st_size > guard.MOST_BYTES:
            raise NotAWorkbook(str(path), "bomb")
        content = path.read_bytes()
    except OSError as error:
        raise FileMissing(str(path)) from error
    made = run_worker(content, outline.MODE, path.parent)
    try:
        told = json.loads(made)
        if "refused" in told:
            why = str(told["refused"])
            raise NotAWorkbook(str(path), why if why in WHYS else "damaged")
        sheets = {str(one["name"]): _shape(one) for one in told["sheets"]}
        names = {str(name): str(text) for name, text in told["names"]}
    except (ValueError, TypeError, KeyError) as error:
        raise NotAWorkbook(str(path), "damaged") from error
    return DonorBook(path, content, sheets, names)


def _shape(told: Mapping[str, Any]) -> WorkbookShape:
    cells, formulas, percents = dict[Place, str](), set[Place](), set[Place]()
    for row, column, said, text in told["cells"]:
        place = (int(row), int(column))
        if text:
            cells[place] = str(text)
        if int(said) & outline.FORMULA:
            formulas.add(place)
        if int(said) & outline.PERCENT:
            percents.add(place)
    merged = tuple(_range(one) for one in told["merged"])
    apart = tuple((_range(one[:4]), str(one[4])) for one in told["apart"])
    return WorkbookShape(cells, frozenset(formulas), frozenset(percents), merged, apart)


def _range(told: Sequence[Any]) -> Range:
    first_row, first_column, last_row, last_column = (int(one) for one in told)
    return first_row, first_column, last_row, last_column


def place_in(book: DonorBook, text: str) -> tuple[str, Place] | None:
    """The cell that a name stands for: `Feuil1!$B$4`, or all of one merged cell; None for anything else."""
    sheet, _, reference = text.lstrip("=").rpartition("!")
    sheet = sheet[1:-1].replace("''", "'") if sheet[:1] == "'" == sheet[-1:] else sheet
    if sheet not in book.sheets:
        return None
    first, _, last = reference.partition(":")
    one, other = place_of(first), place_of(last or first)
    if one is None or other is None:
        return None
    whole = (*one, *other)
    return (sheet, one) if one == other or whole in book.sheets[sheet].merged else None


def write(book: DonorBook, path: Path, orders: Sequence[Order]) -> None:
    """A copy with these values, whole or not at all; the workbook itself is not touched.

    Raises NotAWorkbook where it cannot be changed; DiskFull, ReadOnly, FileMissing.
    """
    told = json.dumps([list(one) for one in orders]).encode()
    with beside(path) as folder:
        made = run_worker(told + b"\n" + book.content, patching.MODE, folder)
        if not made.startswith(guard.ZIP):
            raise NotAWorkbook(str(book.path), "damaged")
        (folder / path.name).write_bytes(made)


__all__ = ["DonorBook", "Order", "Place", "WorkbookShape", "look", "place_in", "place_of", "reference_of", "write"]
