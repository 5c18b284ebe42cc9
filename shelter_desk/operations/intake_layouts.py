"""How the sheets of a shelter are read: what was corrected once is remembered for sheets with the same headings."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.book import Sheet
from shelter_desk.excel.headings import candidates, folded
from shelter_desk.excel.recognise import COLUMNS, REASONS, Choice
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.registers import Opened
from shelter_desk.storage import intake as stored
from shelter_desk.storage.intake import KeptLayout

LEFT_OUT = ""
Place = tuple[str, int]  # a sheet and a row of it, as seen in Excel


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
        found = next((known[one] for one in prints(sheet) if one in known), None)
        if found is None or found.list_key not in (*COLUMNS, LEFT_OUT):
            continue
        sheets[sheet.name] = SheetAnswer(found.list_key, found.columns)
        for column, meant in found.value_codes.items():
            values.setdefault(column, {}).update(meant)
    return Answers(sheets, values)


@needs(Permission.REGISTERS_IMPORT)
def remember(desk: Desk, headings: Mapping[str, tuple[str, str]], answers: Answers) -> None:
    """Keep what was said, for the next file.

    headings: by sheet its fingerprint and its list; those of which nothing was said and whose values mean what they
    say are not kept.
    """
    kept = {}
    for name, (mark, list_key) in headings.items():
        keys = {column.key for column in COLUMNS.get(list_key, ())}
        values = {column: dict(meant) for column, meant in answers.values.items() if column in keys and meant}
        said = answers.sheets.get(name)
        if said is not None or values:
            kept[mark] = KeptLayout(list_key, dict(said.columns) if said else {}, values)
    with desk.reading() as connection:
        known = stored.layouts(connection)
    new = {mark: one for mark, one in kept.items() if known.get(mark) != one}
    if not new:
        return
    with desk.writing("import_layout", Changes()) as writing:
        stored.keep_layouts(writing.connection, new, desk.now())
        writing.details["lists"] = sorted({one.list_key for one in new.values()})
