"""A workbook before it is taken in: what was recognised, what becomes of each line, what is not known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.errors import MayBeSeveral, Missing, NoSuch, NotInList
from shelter_desk.domain.moments import Period
from shelter_desk.domain.register_columns import ListColumn
from shelter_desk.domain.registers import gaps
from shelter_desk.domain.registers.proposals import propose
from shelter_desk.domain.registers.refusals import CellRefused, NothingRecognised
from shelter_desk.domain.registers.rows import Place, Refusal
from shelter_desk.domain.registers.shapes_presence import NIGHT_MARK, NIGHTS, PRESENCE
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.reading import cells
from shelter_desk.excel.reading.book import WorkbookSheet, letters
from shelter_desk.excel.reading.headings import folded, told_apart
from shelter_desk.excel.reading.recognise import COLUMNS, OWN_MARKS, Layout
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.imports import closed_months, day_orders, opened_files, registers
from shelter_desk.operations.imports.day_orders import Order
from shelter_desk.operations.imports.intake_doubts import ASIDE, NEW, as_earlier, earlier_of, line_of
from shelter_desk.operations.imports.intake_layouts import LEFT_OUT, LayoutAnswers, LayoutMark, mark, remembered
from shelter_desk.operations.imports.intake_lines import STATES, Alike, FileLine, FileLinePart, State, lines_of
from shelter_desk.operations.imports.opened_files import OpenedFile, RowSource
from shelter_desk.operations.imports.registers import Look, Progress
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports import intake as stored_intake
from shelter_desk.storage.imports.intake import Batch

__all__ = [
    "ASIDE",
    "NEW",
    "STATES",
    "Alike",
    "FileLine",
    "FileLinePart",
    "LayoutAnswers",
    "Place",
    "Review",
    "State",
    "columns",
    "earlier_of",
    "fold_heading",
    "fold_value",
    "line_of",
    "open_file",
    "review",
]

_EXAMPLES = 3
ZEROS: tuple[Order, ...] = ("shown", "value")
fold_heading, fold_value = folded, codes.folded


@dataclass(frozen=True, slots=True)
class HeadingSeen:
    """A column of a sheet. key: what it was taken for, "" where it is left out; examples: what stands in it.

    name: what it is told by, even where another is called the same.
    """

    place: int
    name: str
    text: str
    key: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DaysSeen:
    """A column whose days may be written month first. order: what is said of it, else what it looks like."""

    key: str
    text: str
    order: Order


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet. list_key: "" where it is no list; missing: required columns that no heading is.

    is_remembered: it is read as somebody said before. hidden: its hidden rows and columns, read as the others.
    days: its columns whose days may be written month first. given: what its title or its name says of every row, by
    column; nights: how many stand across.
    """

    name: str
    list_key: str
    headings: tuple[HeadingSeen, ...] = ()
    rows: int = 0
    passed_over: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    mark: LayoutMark | None = None
    is_remembered: bool = False
    hidden: tuple[int, int] = (0, 0)
    days: tuple[DaysSeen, ...] = ()
    given: tuple[tuple[str, Any], ...] = ()
    nights: int = 0


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value that is not in the list of its column, with how many lines have it. list_key: where its column stands.

    of: the list that the sheet is; code: what it was said to mean, "" while nothing is. proposed: what it may mean.
    """

    list_key: str
    column: str
    value: str
    lines: int
    of: str = ""
    code: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that taking a file in would do. taken: the import of a file with these very bytes, if it stands.

    meant: values of which somebody said what they mean, now or before. closed: the closed months of which the lines
    move something. real_days: of movements that are dated today for it, one for each.
    """

    opened: OpenedFile
    answers: LayoutAnswers
    look: Look | None
    sheets: tuple[SheetSeen, ...]
    lines: tuple[FileLine, ...]
    unknown: tuple[UnknownValue, ...]
    taken: Batch | None
    meant: tuple[UnknownValue, ...] = ()
    closed: tuple[Period, ...] = ()
    real_days: tuple[date, ...] = ()

    def of(self, *states: State) -> list[FileLine]:
        """The lines in these states, in the order of the file."""
        return [line for line in self.lines if line.state in states]

    @property
    def could_wait(self) -> list[FileLine]:
        """Refused lines that could be taken in, to be completed; those taken in so, where that was said."""
        if self.answers.incomplete:
            said = {column for one in self.answers.given.values() for column in one}
            return [line for line in self.lines if any(text or column not in said for _, column, text in line.gaps)]
        return [line for line in self.of("refused") if all(map(self._may_wait, line.refusals))]

    def _may_wait(self, one: Refusal) -> bool:
        """True where a row need not be refused: what is not understood there may be completed later."""
        if isinstance(one.error, NoSuch):
            return (one.list, one.column) in gaps.LINKS
        if isinstance(one.error, Missing):
            is_of_list = any(
                (at.sheet, at.column) == (one.sheet, one.column) for at in (self.look.asked if self.look else ())
            )
            return (one.list, one.column) in (gaps.UNKNOWN if is_of_list else gaps.MAY_BE_EMPTY)
        return isinstance(one.error, CellRefused | NotInList | MayBeSeveral) and gaps.may_wait(one.list, one.column)

    @property
    def to_write(self) -> int:
        """How many lines bring something."""
        return sum(line.writes for line in self.lines)

    @property
    def marks(self) -> dict[str, LayoutMark]:
        """By sheet what it is to be remembered by; what is typed into the window has always the same headings."""
        return {} if self.opened.source is RowSource.GRID else {one.name: one.mark for one in self.sheets if one.mark}


@needs(Permission.REGISTERS_IMPORT)
def open_file(desk: Desk, path: Path, progress: Progress) -> Review:
    """Read a file and judge it as its like was judged before. Raises FileMissing, NotAWorkbook."""
    progress("read", 0, 0)
    opened = opened_files.read(path)
    return review(desk, opened, remembered(desk, opened), progress)


@needs(Permission.REGISTERS_IMPORT)
def review(
    desk: Desk, opened: OpenedFile, answers: LayoutAnswers, progress: Progress, before: Sequence[FileLine] = ()
) -> Review:
    """Judge a file with what a person said of it; nothing is written.

    before: its lines as they were shown last, so that what was decided of them can be decided otherwise.
    """
    progress("compare", 0, 0)
    with desk.reading() as connection:
        digests = import_lines.digests(connection, desk.sealer)
        taken = (
            None
            if digests is None
            else stored_intake.standing(connection, import_lines.of_file(digests, opened.digest))
        )
    try:
        look = registers.looked_at(
            desk,
            opened,
            answers.choice,
            persons=answers.persons,
            given_in=answers.given,
            incomplete=answers.incomplete,
        )
    except NothingRecognised:
        return Review(opened, answers, None, _sheets(opened, answers, None), (), (), taken)
    progress("sort", 0, 0)
    answers = replace(answers, persons=that_count(look, answers.persons))
    lines = lines_of(desk, look, answers.persons, {line.place: line for line in before if line.alike})
    sheets, meant = _sheets(opened, answers, look), _meant(opened, look, answers)
    closed = closed_months.touched(desk, look.judgement)
    days = tuple(closed_months.real_days(desk, look.judgement))
    return Review(opened, answers, look, sheets, lines, _unknown(look), taken, meant, closed, days)


def that_count(look: Look, said: Mapping[Place, str]) -> dict[Place, str]:
    """The decisions, without those that another one made moot, and with the corrections that are evident."""
    some = [(place, one.before.stay_no, one.is_evident) for place, found in look.likely.items() for one in found]
    some += [(place, one.before.number, one.is_evident) for place, found in look.things.likely.items() for one in found]
    evident = {place: as_earlier(number) for place, number, is_evident in some if is_evident}
    open_ = {(row.sheet, row.number) for row in look.lines if row.list == "personnes"} | look.things.likely.keys()
    may = {(place, as_earlier(number)) for place, number, _ in some}
    return {
        place: decision
        for place, decision in {**evident, **said}.items()
        if place in open_ and place not in look.decided.moot and (not earlier_of(decision) or (place, decision) in may)
    }


# What was recognised --------------------------------------------------------------------------------------------------


def _sheets(opened: OpenedFile, answers: LayoutAnswers, look: Look | None) -> tuple[SheetSeen, ...]:
    layouts = {layout.sheet: layout for layout in (look.layouts if look else ())}
    found = []
    for sheet in opened.book.sheets:
        layout = layouts.get(sheet.name)
        said = sheet.name in answers.sheets and not answers.sheets[sheet.name].supposed
        if layout is None:
            found.append(SheetSeen(sheet.name, LEFT_OUT, mark=mark(sheet, LEFT_OUT, {}), is_remembered=said))
            continue
        passed = set(layout.passed_over)
        rows = [row for row in sheet.rows if row.number > layout.below and row.number not in passed]
        keys = {**layout.parts, **{place: key for key, place in layout.columns.items()}}
        places = sorted(layout.texts)
        headings = tuple(
            HeadingSeen(place, name, layout.texts[place], keys.get(place, ""), _examples(rows, place))
            for place, name in zip(places, told_apart(layout.texts[at] for at in places), strict=True)
            if folded(layout.texts[place]) not in OWN_MARKS
        )
        found.append(
            SheetSeen(
                sheet.name,
                layout.list_key,
                headings,
                len(rows),
                layout.passed_over,
                tuple(one.key for one in COLUMNS[layout.list_key] if one.required and one.key not in layout.columns),
                mark(sheet, layout.list_key, layout.texts),
                said,
                (sheet.hidden_rows, sheet.hidden_columns),
                _days(layout, answers, look),
                tuple(layout.given.items()),
                sum(key in _NIGHTS for key in layout.columns),
            )
        )
    return tuple(found)


def _days(layout: Layout, answers: LayoutAnswers, look: Look | None) -> tuple[DaysSeen, ...]:
    orders = {key: order for (sheet, key), order in (look.unclear if look else {}).items() if sheet == layout.sheet}
    orders |= {key: order for (sheet, key), order in day_orders.said(answers.choice).items() if sheet == layout.sheet}
    said = answers.sheets[layout.sheet].orders if layout.sheet in answers.sheets else {}
    orders |= {key: order for key in layout.columns for order in ZEROS if said.get(key) == order}
    places = {key: place for key, place in layout.columns.items() if key in orders}
    return tuple(DaysSeen(key, layout.texts.get(place, key), orders[key]) for key, place in places.items())


def _examples(rows: Sequence[Any], place: int) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for row in rows:
        if place < len(row.cells) and row.cells[place] not in (None, ""):
            seen.setdefault(cells.shown(row.cells[place]))
        if len(seen) == _EXAMPLES:
            break
    return tuple(seen)


def _unknown(look: Look) -> tuple[UnknownValue, ...]:
    """Values that no list has, each once for the list and the column where it stands."""
    lists = {layout.sheet: layout.list_key for layout in look.layouts}
    counted: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], tuple[str, str]] = {}
    for one in look.judgement.refusals:
        if isinstance(one.error, NotInList):
            of = lists.get(one.sheet, one.list)
            key = (of, _column_read(of, one.column), codes.folded(one.error.value))
            counted[key] += 1
            first.setdefault(key, (one.list, one.error.value))
    return tuple(
        UnknownValue(first[key][0], key[1], first[key][1], n, key[0], proposed=proposed(key[0], key[1], first[key][1]))
        for key, n in counted.most_common()
    )


def proposed(list_key: str, key: str, value: str) -> str:
    """The code that a value may mean that its list has not, "" where nothing is near enough to be proposed."""
    column = next((one for one in columns(list_key) if one.key == key), None)
    return (propose(column.code_list, value) or "") if column is not None and column.code_list else ""


_NIGHTS = frozenset(NIGHTS.values())


def _column_read(list_key: str, key: str) -> str:
    """The column as which a column of the sheet is read: all nights of a grid are one."""
    return NIGHT_MARK if list_key == PRESENCE.key and key in _NIGHTS else key


def _meant(opened: OpenedFile, look: Look, answers: LayoutAnswers) -> tuple[UnknownValue, ...]:
    """Values of which somebody said what they mean, as the lines of this file have them."""
    found: dict[tuple[str, str, str], UnknownValue] = {}
    sheets = {sheet.name: sheet for sheet in opened.book.sheets}
    for layout in look.layouts:
        for (of, column), meant in answers.values.items():
            if of != layout.list_key or not any(meant.values()):
                continue
            typed = _typed(sheets[layout.sheet], layout, column)
            for text in sorted({one for cell in typed for one in (cell, *cells.as_list(cell))}):
                if code := meant.get(codes.folded(text)):
                    key = (of, column, codes.folded(text))
                    found.setdefault(key, UnknownValue(of, column, text, 0, of, code))
    return tuple(found.values())


def _typed(sheet: WorkbookSheet, layout: Layout, column: str) -> set[str]:
    """The texts of that column; of services given across, their headings."""
    places = [place for key, place in layout.columns.items() if _column_read(layout.list_key, key) == column]
    found = {row.cells[place] for row in sheet.rows for place in places if place < len(row.cells)}
    headings = {layout.texts[place] for place, key in layout.parts.items() if key == column}
    return {cell for cell in found if isinstance(cell, str)} | headings


def columns(list_key: str) -> tuple[ListColumn, ...]:
    """The columns that a list can have; none where there is no such list."""
    return COLUMNS.get(list_key, ())


def codes_of(column: ListColumn) -> list[str]:
    """The codes that a column takes; none where it has no list."""
    known = codes.codes(column.code_list) if column.code_list else ()
    in_use = (one.code for one in known if one.active and one.code not in column.never)
    return [code for code in in_use if not column.only or code in column.only]


def cell(one: Refusal) -> str:
    """Where the refused cell stands, as Excel says it; "" where no cell of the row says it."""
    return "" if one.at is None else f"{letters(one.at)}{one.row}"
