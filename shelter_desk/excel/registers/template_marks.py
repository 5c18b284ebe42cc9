"""The mark of a template in a workbook that was made from one: which it is, and of which version (T61)."""

import re

from shelter_desk.domain.registers.refusals import TemplateNotKnown
from shelter_desk.domain.registers.templates import MODELS, Model
from shelter_desk.excel.reading.book import Workbook, WorkbookSheet
from shelter_desk.excel.reading.headings import folded

DATA_SHEET = "donnees"
HELP = "mode emploi"
VERSIONS = frozenset({1, 2})  # those that are read: 1 had the same columns, no mark for programs and no example
_MARK = re.compile(r"([a-z_]+)/(\d+)")
_SAID = re.compile(r"(?:Template|Modèle) ([a-z_]+), version (\d+)")  # all that the first version has


def template_in(book: Workbook, path: str) -> Model | None:
    """The template that the workbook was made from, None for one of the registers or none.

    Raises TemplateNotKnown for a version that is not read.
    """
    for sheet in book.sheets:
        found = _mark(sheet) if folded(sheet.name) == HELP else None
        if found is not None:
            key, version = found
            if version not in VERSIONS:
                raise TemplateNotKnown(path, key, version)
            return MODELS.get(key)
    return None


def _mark(sheet: WorkbookSheet) -> tuple[str, int] | None:
    for row in reversed(sheet.rows):
        for cell in row.cells:
            found = (_MARK.fullmatch(cell) or _SAID.fullmatch(cell)) if isinstance(cell, str) else None
            if found:
                return found[1], int(found[2])
    return None
