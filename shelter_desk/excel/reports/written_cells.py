"""The cells of a workbook as they lie in it: what a report held when it left, what differs in one that came back."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.donors import ooxml, sheet_cells
from shelter_desk.excel.reading import guard
from shelter_desk.excel.reading.refusal import Refused

Cell = list[str]  # text or number, formula, number of the style in the file
Cells = Mapping[str, Mapping[str, Cell]]  # by sheet, then by `C7`
STYLES = "xl/styles.xml"  # cells are compared with their styles where this part is the same
MOST = 1_000_000  # cells


def of(path: Path) -> dict[str, dict[str, Cell]]:
    """Every cell that stands in a file, guarded as every file from outside. Raises NotAWorkbook, FileMissing."""
    try:
        with path.open("rb") as file:
            guard.check(file, MOST)
            file.seek(0)
            return written(file.read())
    except Refused as refused:
        raise NotAWorkbook(str(path), refused.why) from refused


def written(content: bytes) -> dict[str, dict[str, Cell]]:
    """The same of bytes that this program made. Raises Refused."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = ooxml.opened(archive)
        found: dict[str, dict[str, Cell]] = {STYLES: {}}
        if package.has(STYLES):
            found[STYLES]["A1"] = [sha256(package.read(STYLES)).hexdigest(), "", ""]
        for name, part in package.sheets.items():
            sheet = sheet_cells.read(package.read(part), package.strings)
            found[name] = {
                ooxml.reference_of(cell.place): [cell.text, cell.formula or "", cell.style]
                for row in sheet.rows
                for cell in row.cells
                if cell.text or cell.formula
            }
    return found


def changed(sent: Cells, now: Cells) -> list[str]:
    """`07_Services!C7` for each cell that differs, the name of each sheet that is new or gone."""
    are_styled = sent.get(STYLES) == now.get(STYLES)
    return list(_changed({**sent, STYLES: {}}, {**now, STYLES: {}}, are_styled=are_styled))


def _changed(sent: Cells, now: Cells, *, are_styled: bool) -> Iterator[str]:
    for name in dict.fromkeys((*sent, *now)):
        if name not in sent or name not in now:
            yield name
            continue
        before, after = sent[name], now[name]
        for place in dict.fromkeys((*before, *after)):
            if not _is_same(before.get(place), after.get(place), are_styled=are_styled):
                yield f"{name}!{place}"


def alike(sent: Cells, now: Cells) -> float:
    """Which share of the cells that were sent stands there still, from 0 to 1."""
    every = [(name, place, cell) for name, cells in sent.items() if name != STYLES for place, cell in cells.items()]
    kept = sum(_is_same(cell, now.get(name, {}).get(place), are_styled=False) for name, place, cell in every)
    return kept / len(every) if every else 0.0


def _is_same(before: Cell | None, after: Cell | None, *, are_styled: bool) -> bool:
    if before is None or after is None:
        return before == after
    if before[1] != after[1] or (are_styled and before[2] != after[2]):
        return False
    if before[1] and not after[0]:  # a program that saves formulas without what they make
        return True
    return before[0] == after[0] or _number(before[0]) == _number(after[0]) is not None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
