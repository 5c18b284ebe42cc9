"""A list changed in Excel: written into a workbook of its own; what somebody saves there comes back as a review.

The workbook lies inside the folder of the shelter, in a new folder of its own, never in a temporary one, and goes with
the review or at a lock. No such list holds persons.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from itertools import zip_longest
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain import held_files
from shelter_desk.domain.errors import ReadOnly
from shelter_desk.domain.register_columns import LISTS, title
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.reading.book import Cell, Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.excel.registers import edited, registers
from shelter_desk.excel.saving import said, save
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.imports import intake, intake_drafts, opened_files
from shelter_desk.operations.imports.intake import Review
from shelter_desk.operations.imports.intake_layouts import LayoutAnswers
from shelter_desk.operations.imports.opened_files import OpenedFile, RowSource
from shelter_desk.operations.imports.register_export import cells
from shelter_desk.operations.imports.registers import Progress
from shelter_desk.operations.sending.lists import EXPORTED
from shelter_desk.operations.services import service_catalogue
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.system.folders import EXCEL

NO_FILE = (0, 0)
# by what a list is asked for as: its lists of registers, and what its workbook is called in French and English
KINDS: Mapping[str, tuple[tuple[str, ...], str, str]] = {
    "stock": (("articles",), "stock", "stock"),
    "equipment": (("immobilisations",), "equipement", "equipment"),
    "rooms": (("chambres", "lits"), "chambres", "rooms"),
    "partners": (("partenaires",), "partenaires", "partners"),
}
_MOST_KEYS_ROW = 10  # the machine keys stand within these first rows


@dataclass(frozen=True, slots=True)
class ExcelEdit:
    """A list that is changed in Excel. book: as it was written; digest, stamp: of what was last looked at."""

    kind: str
    path: Path
    book: Workbook = field(repr=False)
    digest: str
    stamp: tuple[int, int]

    @property
    def is_saved(self) -> bool:
        """Whether it was written since it was last looked at; not while it is being replaced."""
        return stamp(self.path) not in (NO_FILE, self.stamp)


@dataclass(frozen=True, slots=True)
class ExcelChanges:
    """What somebody saved. sheets: the lines that differ, under their headings.

    gone: keys of lines that are in the workbook no more; emptied: lines with a cell that is empty now. Neither takes
    anything away here.
    """

    name: str
    digest: str
    stamp: tuple[int, int]
    sheets: tuple[WorkbookSheet, ...] = field(repr=False)
    changed: int
    new: int
    gone: tuple[str, ...] = ()
    emptied: int = 0

    @property
    def brings(self) -> bool:
        """Whether there is something to look at."""
        return bool(self.changed or self.new)


@needs(Permission.REGISTERS_IMPORT)
def begin(desk: Desk, kind: str, progress: Progress) -> ExcelEdit:
    """Write the list into a workbook of its own.

    Raises DiskFull, ReadOnly, and that too where a link leads out of the folder of the shelter.
    """
    progress("write", 0, 0)
    lists, french, english = KINDS[kind]
    around = desk.folder / EXCEL
    with desk.reading() as connection:
        found, own = stored_registers.read_some(connection, lists), service_catalogue.names(connection)
    written = [registers.register(name, cells(name, found[name]), own) for name in lists]
    with said(around):
        around.mkdir(exist_ok=True)
        if _leads_away(around):
            raise ReadOnly(str(around))
        fresh = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=around))
    path = fresh / f"{english if words.language() == 'en' else french}.xlsx"
    try:
        save(path, edited.content(written, training=desk.is_training))
        desk.note(EXPORTED, title(lists[0], words.language()), entries=sum(len(found[name]) for name in lists))
        progress("read", 0, 0)
        opened = opened_files.read(path)
    except BaseException:  # refused, or locked meanwhile: nobody would take it away
        _take_away(path)
        raise
    return ExcelEdit(kind, path, opened.book, opened.digest, stamp(path))


def kind_of(name: str) -> str:
    """The kind of list whose workbook is called so, in French or in English."""
    stem = Path(name).stem
    return next(kind for kind, (_, *called) in KINDS.items() if stem in called)


def _leads_away(folder: Path) -> bool:
    """True of a link or a junction, which whoever has the folder of the shelter may have put there."""
    return folder.resolve() != folder.parent.resolve() / folder.name


def stamp(path: Path) -> tuple[int, int]:
    """When the file was written and how long it is, which costs nothing to ask; `NO_FILE` where there is none."""
    try:
        known = path.stat()
    except OSError:
        return NO_FILE
    return known.st_mtime_ns, known.st_size


def changes(edit: ExcelEdit) -> ExcelChanges:
    """What differs in the workbook from what was written there. Raises FileMissing, NotAWorkbook, FileChanged."""
    written = stamp(edit.path)
    opened = opened_files.read(edit.path)
    before = {sheet.name: sheet for sheet in edit.book.sheets if sheet.name in LISTS}
    found = ExcelChanges(edit.path.name, opened.digest, written, (), 0, 0)
    for sheet in opened.book.sheets:
        if (known := before.get(sheet.name)) is not None:
            found = _with(found, sheet, known)
    return found


@needs(Permission.REGISTERS_IMPORT)
def review(desk: Desk, found: ExcelChanges, progress: Progress) -> Review:
    """Judge the lines that differ; nothing is written."""
    return intake.review(desk, _opened(found), LayoutAnswers(), progress)


def as_draft(found: ExcelChanges) -> dict[str, Value]:
    """The review that is still to be done, as a draft keeps it."""
    return intake_drafts.packed(_opened(found), LayoutAnswers())


def _opened(found: ExcelChanges) -> OpenedFile:
    return opened_files.of_rows(found.name, found.sheets, RowSource.EXCEL)


def end(edit: ExcelEdit) -> bool:
    """Take the workbook away, and what Excel laid beside it; whether Excel let it go."""
    _take_away(edit.path)
    return not edit.path.exists()


def _take_away(path: Path) -> None:
    """Take away the folder of that workbook, and the one of all of them where nothing else lies there."""
    held_files.remove_tree(path.parent, waits=False)
    around = path.parent.parent
    if around.is_dir() and not any(around.iterdir()):
        held_files.remove_tree(around, waits=False)


_Line = Mapping[str, Cell]


def _with(found: ExcelChanges, sheet: WorkbookSheet, written: WorkbookSheet) -> ExcelChanges:
    """The same with the lines of one more sheet: of a changed one the cells that differ, under their machine keys.

    What nobody changed in Excel may have been changed here meanwhile, and stays.
    """
    rows, kept = [], set[str]()
    changed = new = emptied = 0
    known, heading = _lines(written), _keys(sheet) or _keys_by_headings(sheet, written)
    if heading is None:  # every line is compared by the review
        return replace(found, sheets=(*found.sheets, sheet), changed=found.changed + len(sheet.rows))
    for row, line in _read(sheet, heading):
        name = _name(sheet, line)
        before = known.get(name)
        kept.add(name)
        if before is None:
            new += 1
            rows.append(row)
            continue
        emptied += not before.keys() <= line.keys()
        if any(line[key] != before.get(key) for key in line):
            changed += 1
            rows.append(_differing(row, heading, before, _first(sheet)))
    above = [row for row in sheet.rows if row.number < heading.number]
    sheets = (replace(sheet, rows=[*above, heading, *rows]),) if rows else ()
    gone = tuple(str(line[_first(sheet)]) for name, line in known.items() if name not in kept)
    return replace(
        found,
        sheets=(*found.sheets, *sheets),
        changed=found.changed + changed,
        new=found.new + new,
        gone=(*found.gone, *gone),
        emptied=found.emptied + emptied,
    )


def _differing(row: WorkbookRow, heading: WorkbookRow, before: _Line, first: str) -> WorkbookRow:
    """The row with its key, in the column `first`, and the cells that differ alone."""
    told = zip_longest(heading.cells[: len(row.cells)], row.cells)
    same = (key != first and isinstance(key, str) and _plain(cell) == before.get(key) for key, cell in told)
    return WorkbookRow(row.number, [None if is_same else cell for is_same, cell in zip(same, row.cells, strict=True)])


def _lines(sheet: WorkbookSheet) -> dict[str, _Line]:
    heading = _keys(sheet)
    return {} if heading is None else {_name(sheet, line): line for _, line in _read(sheet, heading)}


def _read(sheet: WorkbookSheet, heading: WorkbookRow) -> Iterator[tuple[WorkbookRow, _Line]]:
    """Each line, by machine key, without the empty cells."""
    for row in sheet.rows:
        if row.number > heading.number:
            pairs = zip(heading.cells, row.cells, strict=False)
            line = {key: _plain(cell) for key, cell in pairs if isinstance(key, str)}
            yield row, {key: cell for key, cell in line.items() if cell is not None}


def _keys(sheet: WorkbookSheet) -> WorkbookRow | None:
    """The row of machine keys, None where somebody took it away."""
    return next((row for row in sheet.rows[:_MOST_KEYS_ROW] if _first(sheet) in row.cells), None)


def _keys_by_headings(sheet: WorkbookSheet, written: WorkbookSheet) -> WorkbookRow | None:
    """The headings as the machine keys that stood below them, None where they are gone too."""
    keys = _keys(written)
    if keys is None:
        return None
    above = next(row for row in written.rows if row.number == keys.number - 1)
    key_of = dict(zip(above.cells, keys.cells, strict=False))
    of_first = next(heading for heading, key in key_of.items() if key == _first(sheet))
    row = next((row for row in sheet.rows[:_MOST_KEYS_ROW] if of_first in row.cells), None)
    return None if row is None else WorkbookRow(row.number, [key_of.get(cell) or cell for cell in row.cells])


def _first(sheet: WorkbookSheet) -> str:
    """The column that tells a line from the others."""
    return LISTS[sheet.name][0].key


def _name(sheet: WorkbookSheet, line: _Line) -> str:
    return str(line.get(_first(sheet), "")).casefold()


def _plain(cell: Cell) -> Cell:
    """The same where another program wrote it: a moment at midnight is its day, a text has nothing around it."""
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date()
    return (cell.strip() or None) if isinstance(cell, str) else cell


def told(found: ExcelChanges) -> str:
    """What somebody changed, in a sentence or two."""
    parts: Sequence[str] = [
        text
        for count, text in (
            (found.changed, words.count("{n} line changed", "{n} lines changed", found.changed)),
            (found.new, words.count("{n} new line", "{n} new lines", found.new)),
            (len(found.gone), words.count("{n} line removed", "{n} lines removed", len(found.gone))),
        )
        if count
    ]
    what = ", ".join(parts) or words.text("no line changed")
    sentences = [words.text("Changes of {file}: {what}.").format(file=found.name, what=what)]
    if found.gone:
        sentences.append(words.text("What is removed there stays here."))
    if found.emptied:
        sentences.append(words.text("An empty cell never erases anything."))
    return " ".join(sentences)
