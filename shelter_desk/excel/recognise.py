"""Finds out which lists a workbook holds and which of its columns is which, whatever their layout."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from shelter_desk.domain.errors import NothingRecognised
from shelter_desk.domain.fields import LISTS, ListColumn
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.excel.book import Book, Cell, Row, Sheet
from shelter_desk.excel.headings import Heading, Names, candidates, folded

OTHER_SHEETS = frozenset({"listes", "mode emploi", "refus"})
REASONS = frozenset({"motif du refus", "reason of the refusal"})  # a column that `marking` wrote
COLUMNS: Mapping[str, tuple[ListColumn, ...]] = {**LISTS, **{key: shape.columns for key, shape in SHAPES.items()}}
NAMES: Mapping[str, Names] = {key: Names.of(columns) for key, columns in COLUMNS.items()}
_PASSED_OVER = re.compile(
    r"(?:sous )?total|subtotal|grand total|signatures?|visa|cachet|arrete (?:la|le)|fait a|nb\b|nota\b|report a nouveau"
)
_LABELS = (" label", " libelle")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before it is judged. number: as seen in Excel; values: by machine key, without the empty cells."""

    list_key: str
    sheet: str
    number: int
    values: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a list stands in a sheet. columns: machine key to column, counted from 0; width: columns with a heading."""

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    width: int
    list_key: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)  # the headings, by column
    passed_over: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RecognisedList:
    """One list found in one sheet, or in several that have the same headings, as one for each month.

    columns: machine key to column, counted from 0, in the first of the sheets; unknown_columns: headings that mean
    nothing here; missing_columns: required keys that no column has; passed_over: numbers of rows taken for totals,
    signatures or headings said again.
    """

    sheet: str
    columns: dict[str, int]
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    rows: list[RawRow]
    passed_over: tuple[int, ...] = ()
    layouts: tuple[Layout, ...] = ()

    def and_then(self, other: "RecognisedList") -> "RecognisedList":
        """The two as one list."""
        return RecognisedList(
            self.sheet,
            self.columns,
            tuple(dict.fromkeys((*self.unknown_columns, *other.unknown_columns))),
            tuple(key for key in self.missing_columns if key in other.missing_columns),
            [*self.rows, *other.rows],
            (*self.passed_over, *other.passed_over),
            (*self.layouts, *other.layouts),
        )


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lists of a workbook, in the order of `COLUMNS`, and the sheets that are none."""

    lists: dict[str, RecognisedList]
    unused_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said about a file that was not understood: which list it is, which column a heading means.

    headings: machine key by folded heading, "" for a column that is left out. values: code by column and folded value.
    sheets: what was said of one sheet, by its name, in place of the rest; is_left_out: the sheet is no list.
    """

    list_key: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: Mapping[str, "Choice"] = field(default_factory=dict)
    is_left_out: bool = False


@dataclass(slots=True)
class _Match:
    """The heading of a sheet read as one list. by_key: its machine keys stand there."""

    list_key: str
    heading: Heading
    by_key: bool
    columns: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)

    @property
    def covers(self) -> float:
        """The part of what the list needs that is there."""
        shape = SHAPES.get(self.list_key)
        needs: list[Collection[str]] = (
            list(shape.needs) if shape else [(c.key,) for c in LISTS[self.list_key] if c.required]
        )
        return sum(any(key in self.columns for key in one) for one in needs) / len(needs)


def recognise(book: Book, path: str = "", choice: Choice | None = None) -> Recognised:
    """The lists of the book: by the name of a sheet, else by its headings. Raises NothingRecognised."""
    choice = choice or Choice()
    found: dict[str, RecognisedList] = {}
    unused = []
    called = {folded(sheet.name) for sheet in book.sheets} & {folded(key) for key in LISTS}
    for sheet in book.sheets:
        match = _match_of(sheet, choice)
        is_asked = sheet.name in choice.sheets
        is_called = match is not None and folded(match.list_key) in called
        if match is None or (is_called and not is_asked and folded(sheet.name) != folded(match.list_key)):
            if folded(sheet.name) not in OTHER_SHEETS:
                unused.append(sheet.name)
            continue
        read = _read(sheet, match)
        known = found.get(match.list_key)
        found[match.list_key] = known.and_then(read) if known else read
    if not found:
        raise NothingRecognised(path, tuple(sheet.name for sheet in book.sheets))
    return Recognised({key: found[key] for key in COLUMNS if key in found}, tuple(unused))


def _match_of(sheet: Sheet, choice: Choice) -> _Match | None:
    name = folded(sheet.name)
    choice = choice.sheets.get(sheet.name, choice)
    if choice.is_left_out or (name in OTHER_SHEETS and not choice.list_key):
        return None
    asked = choice.list_key or next((key for key in LISTS if folded(key) == name), "")
    if asked:
        return _best(sheet, asked, choice)
    matches = [match for key in COLUMNS if (match := _best(sheet, key, choice)) and match.covers >= 0.5]
    matches = [match for match in matches if len(match.columns) > 1 and (match.covers == 1 or not _is_shape(match))]
    return max(matches, key=lambda match: (match.covers, len(match.columns)), default=None)


def _is_shape(match: _Match) -> bool:
    return match.list_key in SHAPES


def _best(sheet: Sheet, list_key: str, choice: Choice) -> _Match | None:
    """The row of machine keys if there is one, else the heading with most known labels."""
    headings = list(candidates(sheet))
    keys = {column.key for column in COLUMNS[list_key]}
    for by_key in (True, False):
        if by_key and list_key in SHAPES:
            continue
        matches = [_matched(list_key, heading, choice, keys if by_key else None) for heading in headings]
        best = max(matches, key=lambda match: len(match.columns), default=None)
        if best and len(best.columns) >= (2 if by_key else 1):
            if by_key:
                _complete(best, next((row for row in sheet.rows if row.number == best.heading.last_row - 1), None))
            else:
                _forgive(best)
            return best
    return None


def _matched(list_key: str, heading: Heading, choice: Choice, keys: Collection[str] | None) -> _Match:
    """keys: where machine keys are looked for instead of labels."""
    match = _Match(list_key, heading, keys is not None)
    names = NAMES[list_key]
    for place, texts in heading.texts.items():
        said = next((choice.headings[seen] for text in texts if (seen := folded(text)) in choice.headings), None)
        if said is not None:
            key: str | None = said
        elif keys is not None:
            key = texts[-1] if texts[-1] in keys else None
        else:
            key = names.key(texts)
        if key and key not in match.columns:
            match.columns[key] = place
        elif said != "" and not _is_label(texts[0]):
            match.unknown[place] = texts[0]
    return match


def _is_label(text: str) -> bool:
    """A column that says in words what the one before it says in code."""
    return text.endswith("_label") or folded(text).endswith(_LABELS) or folded(text) in REASONS


def _forgive(match: _Match) -> None:
    """Headings with a slip of the pen go to the column they nearly name, where it is free."""
    for place, text in list(match.unknown.items()):
        key = NAMES[match.list_key].nearly(text)
        if key is not None and key not in match.columns:
            match.columns[key] = place
            del match.unknown[place]


def _complete(match: _Match, above: Row | None) -> None:
    """A column whose machine key is missing or unknown goes by the label above it; without one it is told."""
    taken = set(match.columns.values())
    for place, cell in enumerate(above.cells if above else ()):
        if place in taken or not isinstance(cell, str) or not cell.strip():
            continue
        key = NAMES[match.list_key].key((cell,))
        if key is not None and key not in match.columns:
            match.columns[key] = place
            match.unknown.pop(place, None)
        elif not _is_label(cell) and not _is_label(match.unknown.get(place, "")):
            match.unknown.setdefault(place, cell.strip())


def _read(sheet: Sheet, match: _Match) -> RecognisedList:
    rows: list[RawRow] = []
    passed_over = []
    for row in sheet.rows:
        if row.number <= match.heading.last_row:
            continue
        values = _values(row, match.columns)
        if not match.by_key and _is_passed_over(row, match, values):
            passed_over.append(row.number)
        elif values:
            rows.append(RawRow(match.list_key, sheet.name, row.number, values))
    missing = tuple(c.key for c in COLUMNS[match.list_key] if c.required and c.key not in match.columns)
    headings = {place for place, texts in match.heading.texts.items() if folded(texts[0]) not in REASONS}
    width = max(headings | set(match.columns.values())) + 1
    texts = {place: texts[0] for place, texts in match.heading.texts.items()}
    layout = Layout(sheet.name, match.heading.last_row, match.columns, width, match.list_key, texts, tuple(passed_over))
    unknown = tuple(match.unknown.values())
    return RecognisedList(sheet.name, match.columns, unknown, missing, rows, tuple(passed_over), (layout,))


def _values(row: Row, columns: Mapping[str, int]) -> dict[str, Cell]:
    cells = row.cells
    size = len(cells)
    return {
        key: value
        for key, place in columns.items()
        if place < size and ((value := cells[place]) or value == 0)  # comparing a date with a text is slow
    }


def _is_passed_over(row: Row, match: _Match, values: Mapping[str, Cell]) -> bool:
    """A total, a sub-total, a signature: its first text says so and it fills in few columns; or the heading again."""
    if len(values) > max(1, len(match.columns) // 3):
        return all(value in match.heading.texts[match.columns[key]] for key, value in values.items())
    text = next((folded(cell) for cell in row.cells if isinstance(cell, str)), "")
    return bool(_PASSED_OVER.match(text))
