"""A donor's own workbook: what is in it, and figures written into a copy whose other parts are not touched.

Which formulas of a donor's workbook take a cell into account, by themselves or through other formulas.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.donors import patching
from shelter_desk.excel.donors.ooxml import Place, Range, holds, place_of, range_of, reference_of
from shelter_desk.excel.reading import guard, outline
from shelter_desk.excel.reading.reading import WHYS, run_worker
from shelter_desk.excel.saving import folder_beside

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


def content(book: DonorBook, path: Path, orders: Sequence[Order]) -> bytes:
    """The bytes of a copy with these values; the workbook itself is not touched. path: where they are to lie.

    Raises NotAWorkbook where it cannot be changed; DiskFull, ReadOnly, FileMissing.
    """
    told = json.dumps([list(one) for one in orders]).encode()
    with folder_beside(path) as folder:
        made = run_worker(told + b"\n" + book.content, patching.MODE, folder)
    if not made.startswith(guard.ZIP):
        raise NotAWorkbook(str(book.path), "damaged")
    return made


Cell = tuple[str, Place]  # sheet and place
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ANYWHERE = ("INDIRECT(", "OFFSET(")  # which cells these name is known to the program that computes alone
_DEEPEST = 8  # names that stand for names


class Formulas:
    """Every formula of the workbook with the ranges that it names."""

    def __init__(self, book: DonorBook) -> None:
        self._names: Mapping[str, str] = {name.casefold(): text for name, text in book.names.items()}
        self._sheets = {name.casefold(): name for name in book.sheets}
        self._seen = {
            (sheet, place): tuple(self._ranges(shape.cells.get(place, ""), sheet))
            for sheet, shape in book.sheets.items()
            for place in sorted(shape.formulas)
        }

    def over(self, cell: Cell) -> tuple[Cell, ...]:
        """The formulas whose result changes with that cell, those of its own sheet in order, then sheet by sheet."""
        found, begun = {cell}, [cell]
        while begun:
            sheet, place = begun.pop()
            for one, ranges in self._seen.items():
                if one not in found and any(at in ("", sheet) and holds(area, place) for at, area in ranges):
                    found.add(one)
                    begun.append(one)
        return tuple(one for one in self._seen if one in found and one != cell)

    def _ranges(self, formula: str, sheet: str, depth: int = 0) -> Iterator[tuple[str, Range]]:
        """Sheet and range; "" for every sheet where it cannot be told: a table, a cell that another cell names."""
        from openpyxl.formula import Tokenizer

        if any(sign in formula.upper() for sign in _ANYWHERE):
            yield "", (1, 1, _LAST_ROW, _LAST_COLUMN)
        if depth > _DEEPEST:
            return
        for token in Tokenizer("=" + formula.lstrip("=")).items:
            if token.type != "OPERAND" or token.subtype != "RANGE":
                continue
            where, _, reference = token.value.rpartition("!")
            name = where[1:-1].replace("''", "'") if where[:1] == "'" else where
            at = self._sheets.get(name.casefold()) if name else sheet
            area = _area(reference)
            if area is not None and at is not None:
                yield at, area
            elif area is None and reference.casefold() in self._names:
                yield from self._ranges(self._names[reference.casefold()], sheet, depth + 1)
            elif area is None and "[" in reference:
                yield "", (1, 1, _LAST_ROW, _LAST_COLUMN)


def _area(reference: str) -> Range | None:
    """`B4`, `B4:C9`, `B:C` or `4:9` as its corners; None for a name."""
    bare = reference.replace("$", "")
    first, _, last = bare.partition(":")
    if first.isdecimal() and last.isdecimal():
        return int(first), 1, int(last), _LAST_COLUMN
    if first.isalpha() and last.isalpha():
        return range_of(f"{first}1:{last}{_LAST_ROW}")
    return range_of(bare)


__all__ = [
    "DonorBook",
    "Formulas",
    "Order",
    "Place",
    "WorkbookShape",
    "content",
    "look",
    "place_in",
    "place_of",
    "reference_of",
]
