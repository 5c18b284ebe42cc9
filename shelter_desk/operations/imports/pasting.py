"""Rows of the clipboard on their way into a list: the rows of a sheet, judged and reviewed as those of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.reading import pasted
from shelter_desk.excel.reading.book import WorkbookRow, WorkbookSheet, letters
from shelter_desk.excel.reading.headings import LOOKED_AT, folded
from shelter_desk.excel.reading.recognise import COLUMNS, Choice, match_of
from shelter_desk.excel.reading.recognised import Match
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.imports import intake, opened_files
from shelter_desk.operations.imports.intake import Review
from shelter_desk.operations.imports.intake_layouts import SheetAnswer, remembered
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.operations.imports.registers import Progress

MOST_SIGNS = 20_000_000


@dataclass(frozen=True, slots=True)
class PastedRows:
    """What was pasted into a list. lists: what an import can take into it, the likeliest first.

    columns: those that the list shows, from left to right: their headings, and the column of an import that each is,
    "" for none.
    """

    text: str = field(repr=False)  # there may be names in it
    lists: tuple[str, ...]
    columns: tuple[tuple[str, str], ...] = ()


def are_rows(text: str) -> bool:
    """Whether that may be rows of a sheet: several cells, or several lines."""
    return bool(text.strip()) and ("\t" in text or "\n" in text.strip())


def name() -> str:
    """What the rows are called while they are looked at."""
    return words.text("Pasted from Excel")


@needs(Permission.REGISTERS_IMPORT)
def review(desk: Desk, brought: PastedRows, progress: Progress) -> Review:
    """Judge what was pasted; nothing is written. What was said before of rows with these headings holds."""
    progress("read", 0, 0)
    sheet, answer = understood(WorkbookSheet(name(), pasted.rows(brought.text)), brought)
    opened = opened_files.of_rows(name(), [sheet], RowSource.PASTE)
    said = remembered(desk, opened)
    known = said.sheets.get(sheet.name)
    if answer is not None and (known is None or known.list_key not in brought.lists):  # letters head any list
        said = replace(said, sheets={**said.sheets, sheet.name: answer})
    return intake.review(desk, opened, said, progress)


def understood(sheet: WorkbookSheet, brought: PastedRows) -> tuple[WorkbookSheet, SheetAnswer | None]:
    """The rows under their headings, and which list they are where the headings alone do not tell it.

    Headings that are not there are those of the columns that the list shows, in its order, where they make a line;
    else letters, and somebody says what each is.
    """
    beginning = _first(sheet)
    alone = match_of(beginning, Choice())
    best = _best(beginning, brought)
    if best is not None and (best[0].covers == 1 or alone is None or alone.covers < 1):
        return sheet, None if alone is not None and _is_same(alone, best[0]) else best[1]
    if alone is not None and alone.covers == 1:
        return sheet, None
    return _headed(sheet, brought)


def _first(sheet: WorkbookSheet) -> WorkbookSheet:
    return replace(sheet, rows=list(islice(sheet.rows, LOOKED_AT)))


def _is_same(alone: Match, best: Match) -> bool:
    return (alone.list_key, alone.columns) == (best.list_key, best.columns)


def _best(sheet: WorkbookSheet, brought: PastedRows) -> tuple[Match, SheetAnswer] | None:
    """How the headings that stand there are read as a list that is taken here; None where there are none."""
    wide = max((len(row.cells) for row in sheet.rows), default=0)
    found: tuple[Match, SheetAnswer] | None = None
    for list_key in brought.lists:
        own = {folded(text): key for text, key in brought.columns if _has(list_key, key)}
        answers = [SheetAnswer(list_key, supposed=True), SheetAnswer(list_key, own, supposed=True)]
        for answer in answers if own else answers[:1]:
            match = match_of(sheet, Choice(list_key, answer.columns))
            if match is None or len(match.columns) < min(2, wide):
                continue
            if found is None or _rank(match) > _rank(found[0]):
                found = match, answer
    return found


def _rank(match: Match) -> tuple[float, int]:
    return match.covers, len(match.columns)


def _has(list_key: str, key: str) -> bool:
    return any(column.key == key for column in COLUMNS[list_key])


def _headed(sheet: WorkbookSheet, brought: PastedRows) -> tuple[WorkbookSheet, SheetAnswer]:
    wide = max((len(row.cells) for row in sheet.rows), default=0)
    for list_key in brought.lists if wide <= len(brought.columns) else ():
        headings, answer = _as_shown(list_key, brought.columns[:wide])
        headed = _under(headings, sheet)
        match = match_of(_first(headed), Choice(list_key, answer.columns))
        is_whole = match is not None and match.covers == 1
        if is_whole or all(_has(list_key, key) for _, key in brought.columns[:wide]):  # what lacks is asked once
            return headed, answer
    first = brought.lists[0]
    alone = [COLUMNS[first][0].label(words.language())]  # one column alone is no table: it is called as one of the list
    called = [words.text("Column {letters}").format(letters=letters(place)) for place in range(wide)]
    return _under(alone if wide == 1 else called, sheet), SheetAnswer(first, supposed=True)


def _as_shown(list_key: str, columns: Sequence[tuple[str, str]]) -> tuple[list[str], SheetAnswer]:
    labels: Mapping[str, str] = {one.key: one.label(words.language()) for one in COLUMNS[list_key]}
    headings = [labels.get(key, text) for text, key in columns]
    said = {folded(labels.get(key, text)): key if key in labels else "" for text, key in columns}
    return headings, SheetAnswer(list_key, said, supposed=True)


def _under(headings: Sequence[str], sheet: WorkbookSheet) -> WorkbookSheet:
    rows = [WorkbookRow(row.number + 1, row.cells) for row in sheet.rows]
    return replace(sheet, rows=[WorkbookRow(1, list(headings)), *rows], is_headed=True)
