"""How the sheets of a shelter are read: what was corrected once is remembered for sheets with the same headings."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shelter_desk.domain import codes
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.registers.rows import Place
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.reading import cells
from shelter_desk.excel.reading.book import WorkbookSheet
from shelter_desk.excel.reading.headings import candidates, folded, told_apart
from shelter_desk.excel.reading.recognise import COLUMNS, REASONS, Choice, headings_of
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.imports.opened_files import OpenedFile
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports import intake as stored_intake
from shelter_desk.storage.imports.import_lines import Digests
from shelter_desk.storage.imports.intake import KeptLayout

LEFT_OUT = ""
_HEADING, _VALUE = "heading", "value"  # kinds of digests
_LONGEST = 200  # signs of a value of a list


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """What a person said of one sheet. list_key: `LEFT_OUT` where it is none; columns: by folded heading.

    orders: by key of a column whether its days are written `dmy` or `mdy`. supposed: nobody said it, the rows were
    pasted into that list.
    """

    list_key: str
    columns: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class LayoutAnswers:
    """All that a person said of a file. values: code by list and column, and folded value; "" where an earlier one is
    forgotten.

    persons: by the row of a new person who may be known, the code of who it is, `NEW` or `ASIDE`.
    given: what all lines of a sheet have that do not say it, by column. incomplete: lines are taken in whose values
    are not understood where they may be completed later.
    """

    sheets: Mapping[str, SheetAnswer] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    persons: Mapping[Place, str] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    incomplete: bool = False

    @property
    def choice(self) -> Choice:
        """As the reader of lists takes it."""
        values = {of: {value: code for value, code in meant.items() if code} for of, meant in self.values.items()}
        said = {
            name: Choice(one.list_key, one.columns, values, is_left_out=not one.list_key, orders=one.orders)
            for name, one in self.sheets.items()
        }
        return Choice(values=values, sheets=said)


@dataclass(frozen=True, slots=True)
class LayoutMark:
    """What a sheet is known by the next time. list_key: `LEFT_OUT` where it is none.

    read: of its headings as they are read; plain: of those it has where nothing is said; own: of these and its name.
    """

    list_key: str
    read: str
    plain: str
    own: str


def mark(sheet: WorkbookSheet, list_key: str, texts: Mapping[int, str]) -> LayoutMark | None:
    """That of a sheet, None where nothing in it looks like headings. texts: its headings, none where it is no list."""
    found = headings_of(sheet)
    if not found and not texts:
        return None
    plain = fingerprint(found)
    return LayoutMark(list_key, fingerprint(texts) if texts else "", plain, _own(sheet.name, plain))


def _own(name: str, plain: str) -> str:
    return hashlib.sha256(f"{folded(name)}\n{plain}".encode()).hexdigest()


def fingerprint(texts: Mapping[int, str]) -> str:
    """Of the headings of a sheet; the column with the reasons of refusals does not count."""
    known = [folded(texts[place]) for place in sorted(texts)]
    return hashlib.sha256("\n".join(one for one in known if one not in REASONS).encode()).hexdigest()


@needs(Permission.REGISTERS_IMPORT)
def remembered(desk: Desk, opened: OpenedFile) -> LayoutAnswers:
    """What was said before of sheets with the same headings, as far as this file says it again."""
    with desk.reading() as connection:
        digests = import_lines.digests(connection, desk.sealer)
        known = stored_intake.layouts(connection, digests)
    sheets: dict[str, SheetAnswer] = {}
    values: dict[tuple[str, str], dict[str, str]] = {}
    if digests is None or not known:
        return LayoutAnswers()
    for sheet in opened.book.sheets:
        found = _known(known, sheet, digests)
        if found is None:
            continue
        columns = _told(digests, _HEADING, _names(sheet), found.columns)
        sheets[sheet.name] = SheetAnswer(found.list_key, columns, found.orders)
        texts = _texts(sheet) if found.value_codes else set()
        for column, meant in found.value_codes.items():
            said = _told(digests, _VALUE, texts, meant)
            if said:
                values.setdefault((found.list_key, column), {}).update(said)
    return LayoutAnswers(sheets, values)


def _told(digests: Digests, kind: str, texts: Iterable[str], kept: Mapping[str, str]) -> dict[str, str]:
    """Of these texts those that are kept, by what they are in this file."""
    if not kept:
        return {}
    found = {text: kept.get(digests.of(kind, text)) for text in texts}
    return {text: code for text, code in found.items() if code is not None}


def _names(sheet: WorkbookSheet) -> set[str]:
    """Everything that a heading of that sheet may be told by."""
    found: set[str] = set()
    for heading in candidates(sheet):
        found.update(told_apart(texts[0] for texts in heading.texts.values()))
        found.update(folded(text) for texts in heading.texts.values() for text in texts)
    return found


def _texts(sheet: WorkbookSheet) -> set[str]:
    """Every text of that sheet, folded as values are, and the parts of those that hold several."""
    typed = {cell for row in sheet.rows for cell in row.cells if isinstance(cell, str) and len(cell) <= _LONGEST}
    parts = {part for one in typed for part in (one, *cells.as_list(one))}
    return {codes.folded(part) for part in parts}


def _known(known: Mapping[str, KeptLayout], sheet: WorkbookSheet, digests: Digests) -> KeptLayout | None:
    """What was said of it: of a sheet with its name, else of any list with its headings."""
    own = known.get(import_lines.of_sheet(digests, _own(sheet.name, fingerprint(headings_of(sheet)))))
    if own is not None and own.list_key in (*COLUMNS, LEFT_OUT):
        return own
    # every row that may be the headings of that sheet, and two such rows together
    rows = ({at: texts[0] for at, texts in one.texts.items()} for one in candidates(sheet) if len(one.texts) > 1)
    prints = (import_lines.of_sheet(digests, fingerprint(one)) for one in rows)
    return next((known[one] for one in prints if one in known and known[one].list_key in COLUMNS), None)


@needs(Permission.REGISTERS_IMPORT)
def remember(desk: Desk, marks: Mapping[str, LayoutMark], answers: LayoutAnswers) -> None:
    """Keep what was said, for the next file; headings and values as digests, since they may be names.

    marks: by sheet; those of which nothing was said and whose values mean what they say are not kept. A sheet that is
    no list is left out under its own name alone, and not where a list of the file has the same headings.
    """
    with desk.reading() as connection:
        new, _ = _new_layouts(desk, connection, marks, answers)
    if new:
        with desk.writing("import_layout", Changes()) as writing:
            keep_layouts(desk, writing, marks, answers)


@needs(Permission.REGISTERS_IMPORT)
def keep_layouts(desk: Desk, writing: Writing, marks: Mapping[str, LayoutMark], answers: LayoutAnswers) -> None:
    """`remember` within what is being written."""
    new, digests = _new_layouts(desk, writing.connection, marks, answers)
    if not new or digests is None or desk.sealer is None:
        return
    if import_lines.digests(writing.connection, desk.sealer) is None:
        import_lines.keep_secret(writing.connection, desk.sealer, digests)
    stored_intake.keep_layouts(writing.connection, new, desk.now(), digests)
    writing.details["lists"] = sorted({one.list_key for one in new.values()})


def _new_layouts(
    desk: Desk, connection: Connection, marks: Mapping[str, LayoutMark], answers: LayoutAnswers
) -> tuple[dict[str, KeptLayout], Digests | None]:
    """What is to be kept by its mark, and what the digests in it are made with."""
    if desk.sealer is None:
        return {}, None
    digests = import_lines.digests(connection, desk.sealer) or import_lines.new_digests()
    known = stored_intake.layouts(connection, digests)
    kept = {}
    lists = {found for one in marks.values() if one.list_key for found in (one.read, one.plain)}
    for name, one in marks.items():
        said = answers.sheets.get(name)
        read, own = import_lines.of_sheet(digests, one.read), import_lines.of_sheet(digests, one.own)
        before = known.get(read) if one.list_key else None
        values = _values(digests, one.list_key, answers, before)
        if said is None and not values and before is None:
            continue
        columns = {digests.of(_HEADING, name): key for name, key in said.columns.items()} if said else {}
        layout = KeptLayout(one.list_key, columns, values, dict(said.orders) if said else {})
        if one.list_key:
            kept[read] = layout
        if own in known if one.list_key else one.plain not in lists:
            kept[own] = layout
    return {mark: one for mark, one in kept.items() if known.get(mark) != one}, digests


def _values(
    digests: Digests, list_key: str, answers: LayoutAnswers, before: KeptLayout | None
) -> dict[str, dict[str, str]]:
    """What values mean in that list: those of other files stay as they were said, those forgotten go."""
    keys = {column.key for column in COLUMNS.get(list_key, ())}
    found = {column: dict(meant) for column, meant in (before.value_codes if before else {}).items()}
    for (of, column), meant in answers.values.items():
        if of != list_key or column not in keys:
            continue
        for value, code in meant.items():
            digest = digests.of(_VALUE, value)
            if code:
                found.setdefault(column, {})[digest] = code
            else:
                found.get(column, {}).pop(digest, None)
    return {column: meant for column, meant in found.items() if meant}
