"""How the sheets of a shelter are read: what was corrected once is remembered for sheets with the same headings."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.registers.rows import Place
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.book import Sheet
from shelter_desk.excel.headings import candidates, folded
from shelter_desk.excel.recognise import COLUMNS, REASONS, Choice, headings_of
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.registers import Opened
from shelter_desk.storage import intake as stored
from shelter_desk.storage.intake import KeptLayout

LEFT_OUT = ""


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """What a person said of one sheet. list_key: `LEFT_OUT` where it is none; columns: by folded heading."""

    list_key: str
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """All that a person said of a file. values: code by column and folded value.

    persons: by the row of a new person who may be known, the code of who it is, `NEW` or `ASIDE`.
    """

    sheets: Mapping[str, SheetAnswer] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    persons: Mapping[Place, str] = field(default_factory=dict)

    @property
    def choice(self) -> Choice:
        """As the reader of lists takes it."""
        said = {
            name: Choice(one.list_key, one.columns, self.values, is_left_out=not one.list_key)
            for name, one in self.sheets.items()
        }
        return Choice(values=self.values, sheets=said)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sheet is known by the next time. list_key: `LEFT_OUT` where it is none.

    read: of its headings as they are read; plain: of those it has where nothing is said; own: of these and its name.
    """

    list_key: str
    read: str
    plain: str
    own: str


def mark(sheet: Sheet, list_key: str, texts: Mapping[int, str]) -> Mark | None:
    """That of a sheet, None where nothing in it looks like headings. texts: its headings, none where it is no list."""
    found = headings_of(sheet)
    if not found and not texts:
        return None
    plain = fingerprint(found)
    return Mark(list_key, fingerprint(texts) if texts else "", plain, _own(sheet.name, plain))


def _own(name: str, plain: str) -> str:
    return hashlib.sha256(f"{folded(name)}\n{plain}".encode()).hexdigest()


def fingerprint(texts: Mapping[int, str]) -> str:
    """Of the headings of a sheet; the column with the reasons of refusals does not count."""
    known = [folded(texts[place]) for place in sorted(texts)]
    return hashlib.sha256("\n".join(one for one in known if one not in REASONS).encode()).hexdigest()


def prints(sheet: Sheet) -> Iterable[str]:
    """Of every row that may be the headings of that sheet, and of two such rows together."""
    for heading in candidates(sheet):
        if len(heading.texts) > 1:
            yield fingerprint({place: texts[0] for place, texts in heading.texts.items()})


@needs(Permission.REGISTERS_IMPORT)
def remembered(desk: Desk, opened: Opened) -> Answers:
    """What was said before of sheets with the same headings."""
    with desk.reading() as connection:
        known = stored.layouts(connection)
    sheets: dict[str, SheetAnswer] = {}
    values: dict[str, dict[str, str]] = {}
    if not known:
        return Answers()
    for sheet in opened.book.sheets:
        found = _known(known, sheet)
        if found is None:
            continue
        sheets[sheet.name] = SheetAnswer(found.list_key, found.columns)
        for column, meant in found.value_codes.items():
            values.setdefault(column, {}).update(meant)
    return Answers(sheets, values)


def _known(known: Mapping[str, KeptLayout], sheet: Sheet) -> KeptLayout | None:
    """What was said of it: of a sheet with its name, else of any list with its headings."""
    own = known.get(_own(sheet.name, fingerprint(headings_of(sheet))))
    if own is not None and own.list_key in (*COLUMNS, LEFT_OUT):
        return own
    return next((known[one] for one in prints(sheet) if one in known and known[one].list_key in COLUMNS), None)


@needs(Permission.REGISTERS_IMPORT)
def remember(desk: Desk, marks: Mapping[str, Mark], answers: Answers) -> None:
    """Keep what was said, for the next file.

    marks: by sheet; those of which nothing was said and whose values mean what they say are not kept. A sheet that is
    no list is left out under its own name alone, and not where a list of the file has the same headings.
    """
    with desk.reading() as connection:
        known = stored.layouts(connection)
    kept = {}
    lists = {found for one in marks.values() if one.list_key for found in (one.read, one.plain)}
    for name, one in marks.items():
        keys = {column.key for column in COLUMNS.get(one.list_key, ())}
        values = {column: dict(meant) for column, meant in answers.values.items() if column in keys and meant}
        said = answers.sheets.get(name)
        if said is None and not values:
            continue
        layout = KeptLayout(one.list_key, dict(said.columns) if said else {}, values)
        if one.list_key:
            kept[one.read] = layout
        if one.own in known if one.list_key else one.plain not in lists:
            kept[one.own] = layout
    new = {mark: one for mark, one in kept.items() if known.get(mark) != one}
    if not new:
        return
    with desk.writing("import_layout", Changes()) as writing:
        stored.keep_layouts(writing.connection, new, desk.now())
        writing.details["lists"] = sorted({one.list_key for one in new.values()})
