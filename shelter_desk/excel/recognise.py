"""Finds out which lists a workbook holds and which of its columns is which, whatever their layout."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shelter_desk.domain import codes
from shelter_desk.domain.fields import LISTS, ListColumn
from shelter_desk.domain.registers.refusals import NothingRecognised
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.excel.book import Book, Cell, Row, Sheet
from shelter_desk.excel.headings import Heading, Names, candidates, folded, told_apart, words_of
from shelter_desk.excel.passed_over import kind_of, says

OTHER_SHEETS = frozenset({"listes", "mode emploi", "refus"})
REASONS = frozenset({"motif du refus", "reason of the refusal"})  # a column that `marking` wrote
COLUMNS: Mapping[str, tuple[ListColumn, ...]] = {**LISTS, **{key: shape.columns for key, shape in SHAPES.items()}}
NAMES: Mapping[str, Names] = {key: Names.of(columns) for key, columns in COLUMNS.items()}
_ALL_NAMES = frozenset(name for names in NAMES.values() for name in names.exact)


def _lists_of_names() -> dict[str | frozenset[str], frozenset[str]]:
    found: dict[str | frozenset[str], set[str]] = {}
    for key, names in NAMES.items():
        for name in names.exact:
            found.setdefault(name, set()).add(key)
        for said in names.worded:
            found.setdefault(said, set()).add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


_LISTS_OF = _lists_of_names()  # in which lists a name, or its words, is that of a column
_KEYS: Mapping[str, frozenset[str]] = {key: frozenset(one.key for one in columns) for key, columns in COLUMNS.items()}
_CHOSEN = frozenset({1, "1", "x", "X", "oui", "Oui", "OUI", "yes", "Yes", "VRAI", "TRUE", "True"})
_LABELS = (" label", " libelle")


class RawRow(NamedTuple):
    """A row before it is judged. number: as seen in Excel; values: by machine key, without the empty cells."""

    list_key: str
    sheet: str
    number: int
    values: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a list stands in a sheet. columns: machine key to column, counted from 0.

    reasons: the column for what is refused: that of the time before, else the first one that is empty in every row.
    texts: the headings, by column; parts: columns that hold one answer each of the column of that key.
    unread: numbers of the rows that hold something, but nothing in a column that means anything here.
    """

    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    reasons: int
    list_key: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[int, str] = field(default_factory=dict)
    passed_over: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


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
    """The lists of a workbook, in the order of `COLUMNS`, and the sheets that are none.

    since_1904: its bare numbers of days are counted from then.
    """

    lists: dict[str, RecognisedList]
    unused_sheets: tuple[str, ...] = ()
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person said about a file that was not understood: which list it is, which column a heading means.

    headings: machine key by folded heading, "" for a column that is left out; of headings that are called the same the
    second may be told by itself, as `date #2`. values: code by list and column, and folded value.
    sheets: what was said of one sheet, by its name, in place of the rest; is_left_out: the sheet is no list.
    orders: by machine key whether its texts are days of `dmy` or `mdy`.
    """

    list_key: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    sheets: Mapping[str, "Choice"] = field(default_factory=dict)
    is_left_out: bool = False
    orders: Mapping[str, str] = field(default_factory=dict)


_Named = tuple[Heading, Counter[str]]  # a heading, and how many of its columns are named in each list


@dataclass(slots=True)
class _Match:
    """The heading of a sheet read as one list. by_key: its machine keys stand there.

    chosen: of a column that surveys cut into one for each answer, the columns of its codes.
    """

    list_key: str
    heading: Heading
    by_key: bool
    columns: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    chosen: dict[str, dict[int, str]] = field(default_factory=dict)

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
    since_1904 = any(sheet.since_1904 for sheet in book.sheets)
    return Recognised({key: found[key] for key in COLUMNS if key in found}, tuple(unused), since_1904)


def _match_of(sheet: Sheet, choice: Choice) -> _Match | None:
    name = folded(sheet.name)
    is_said, choice = sheet.name in choice.sheets, choice.sheets.get(sheet.name, choice)
    if choice.is_left_out or (name in OTHER_SHEETS and not choice.list_key):
        return None
    headings = [(heading, _named(heading, choice)) for heading in candidates(sheet)]
    if choice.list_key:
        match = _best(sheet, headings, choice.list_key, choice)
        if match is None and is_said:  # its headings are shown, to be told one by one
            return next(
                (_matched(choice.list_key, one, choice, None) for one, _ in headings if len(one.texts) > 1), None
            )
        return match and _forgiven(match)
    called = next((key for key in LISTS if folded(key) == name), "")
    match = _best(sheet, headings, called, choice) if called else None
    if match and (match.by_key or match.covers == 1):
        return _forgiven(match)
    likely = _likely(sheet, headings, choice)
    # a sheet called `Lits` may be a list of rooms that the shelter made itself
    return likely if likely and (likely.covers == 1 or not called) else match and _forgiven(match)


def headings_of(sheet: Sheet) -> Mapping[int, str]:
    """The headings of a sheet of which nothing was said, by column; else its first row of several texts, or none."""
    match = _match_of(sheet, Choice())
    first = next((one for one in candidates(sheet) if len(one.texts) > 1), None)
    heading = match.heading if match else first
    return {place: texts[0] for place, texts in heading.texts.items()} if heading else {}


def _named(heading: Heading, choice: Choice) -> Counter[str]:
    """How many columns are called there as some column of each list is; rows below the headings have few of them."""
    found: Counter[str] = Counter()
    for texts in heading.texts.values():
        found.update(frozenset().union(*(_lists_of(text, choice) for text in texts)))
    return found


def _lists_of(text: str, choice: Choice) -> Collection[str]:
    name, none = folded(text), frozenset[str]()
    return COLUMNS if name in choice.headings else _LISTS_OF.get(name, none) | _LISTS_OF.get(words_of(text), none)


def _likely(sheet: Sheet, headings: Sequence[_Named], choice: Choice) -> _Match | None:
    """The list that the headings tell."""
    matches = [match for key in COLUMNS if (match := _best(sheet, headings, key, choice))]
    matches = [match for match in matches if len(match.columns) > 1]
    whole = [match for match in matches if match.covers == 1]
    # slips of the pen are forgiven to what looks like a list already; they never take a sheet from one that is whole
    whole = whole or [match for match in map(_forgiven, matches) if match.covers == 1]
    partly = [match for match in matches if match.covers >= 0.5 and not _is_shape(match)]
    best = max(whole or partly, key=_likeliest, default=None)
    return best and _forgiven(best)


def _likeliest(match: _Match) -> tuple[float, int]:
    return match.covers, len(match.columns)


def _is_shape(match: _Match) -> bool:
    return match.list_key in SHAPES


def _best(sheet: Sheet, headings: Sequence[_Named], list_key: str, choice: Choice) -> _Match | None:
    """The row of machine keys if there is one, else the heading with most known labels."""
    keys = _KEYS[list_key]
    for by_key in (True, False):
        if by_key and list_key in SHAPES:
            continue
        best: _Match | None = None
        for heading, named in headings:
            if named[list_key] > (len(best.columns) if best else 0):
                match = _matched(list_key, heading, choice, keys if by_key else None)
                best = match if best is None or len(match.columns) > len(best.columns) else best
        if best and len(best.columns) >= (2 if by_key else 1):
            if by_key:
                _complete(best, next((row for row in sheet.rows if row.number == best.heading.last_row - 1), None))
            return best
    return None


def _matched(list_key: str, heading: Heading, choice: Choice, keys: Collection[str] | None) -> _Match:
    """keys: where machine keys are looked for instead of labels."""
    match = _Match(list_key, heading, keys is not None)
    meant = []
    apart = told_apart(texts[0] for texts in heading.texts.values())
    for own, (place, texts) in zip(apart, heading.texts.items(), strict=True):
        names = (own, *map(folded, texts))
        said = next((choice.headings[name] for name in names if name in choice.headings), None)
        answer = None if said is not None else _answer(list_key, texts)
        if answer is not None:
            match.chosen.setdefault(answer[0], {})[place] = answer[1]
        elif said != "":
            meant.append((*_meant(list_key, texts, said, keys), place))
    for _, key, place in sorted(meant):  # what a person said first, then the very names, then the same words
        if key and key not in match.columns:
            match.columns[key] = place
        elif not _is_label(heading.texts[place][0]):
            match.unknown[place] = heading.texts[place][0]
    return match


def _answer(list_key: str, texts: Sequence[str]) -> tuple[str, str] | None:
    """The column and the code of `groupe/question/réponse`, as surveys write what may be answered with several."""
    if len(texts) < 3:
        return None
    key, _ = NAMES[list_key].key(texts[2:3])
    column = next((one for one in COLUMNS[list_key] if one.key == key and one.kind == "codes"), None)
    code = codes.read(column.code_list, texts[1]) if column is not None and column.code_list else None
    return None if key is None or code is None else (key, code)


def _meant(list_key: str, texts: Sequence[str], said: str | None, keys: Collection[str] | None) -> tuple[int, str]:
    """The column that a heading means and how surely, 0 for the surest."""
    if said is not None and said in _KEYS[list_key]:  # in another list the same heading means what it says
        return 0, said
    if keys is not None:
        return 1, texts[-1] if texts[-1] in keys else ""
    key, is_exact = NAMES[list_key].key(texts)
    return 1 if is_exact else 2, key or ""


def _is_label(text: str) -> bool:
    """A column that says in words what the one before it says in code."""
    return text.endswith("_label") or folded(text).endswith(_LABELS) or folded(text) in REASONS


def _forgiven(match: _Match) -> _Match:
    """Headings with a slip of the pen go to the column they nearly name, where it is free; names of others do not."""
    for place, text in [] if match.by_key else list(match.unknown.items()):
        key = None if folded(text) in _ALL_NAMES else NAMES[match.list_key].nearly(text)
        if key is not None and key not in match.columns:
            match.columns[key] = place
            del match.unknown[place]
    return match


def _complete(match: _Match, above: Row | None) -> None:
    """A column whose machine key is missing or unknown goes by the label above it; without one it is told."""
    taken = set(match.columns.values())
    for place, cell in enumerate(above.cells if above else ()):
        if place in taken or not isinstance(cell, str) or not cell.strip():
            continue
        key, _ = NAMES[match.list_key].key((cell,))
        if key is not None and key not in match.columns:
            match.columns[key] = place
            match.unknown.pop(place, None)
        elif not _is_label(cell) and not _is_label(match.unknown.get(place, "")):
            match.unknown.setdefault(place, cell.strip())


def _read(sheet: Sheet, match: _Match) -> RecognisedList:
    rows: list[RawRow] = []
    passed_over, unread = [], []
    columns = dict(sorted(match.columns.items(), key=lambda one: one[1]))  # rows are told from left to right
    waiting: list[RawRow] = []  # what may be signatures: they are where nothing but the headings again comes after
    last_total = match.heading.last_row
    for row in sheet.rows:
        if row.number <= match.heading.last_row:
            continue
        values = _values(row, columns)
        for key, places in match.chosen.items():
            answers = [code for place, code in places.items() if place < len(row.cells) and row.cells[place] in _CHOSEN]
            if answers:
                values.setdefault(key, ";".join(answers))
        raw = RawRow(match.list_key, sheet.name, row.number, values)
        kind = "" if match.by_key else kind_of(row, values, match.columns, match.heading.texts, sheet, last_total)
        if kind == "below":
            waiting.append(raw)
            continue
        if kind != "total" or values:
            passed_over += [one.number for one in waiting] if kind == "heading" else []
            rows += [] if kind == "heading" else [one for one in waiting if one.values]
            unread += [] if kind == "heading" else [one.number for one in waiting if not one.values]
            waiting = []
        if kind:
            passed_over.append(row.number)
            last_total = row.number
        elif values:
            rows.append(raw)
        elif any(says(cell) for cell in row.cells):
            unread.append(row.number)
    passed_over = sorted([*passed_over, *(one.number for one in waiting)])
    missing = tuple(c.key for c in COLUMNS[match.list_key] if c.required and c.key not in match.columns)
    texts = {place: texts[0] for place, texts in match.heading.texts.items()}
    parts = {place: key for key, places in match.chosen.items() for place in places}
    where = (sheet.name, match.heading.last_row, columns, _reasons(sheet, match), match.list_key)
    layout = Layout(*where, texts, parts, tuple(passed_over), tuple(sorted(unread)))
    unknown = tuple(match.unknown[place] for place in sorted(match.unknown))
    return RecognisedList(sheet.name, columns, unknown, missing, rows, tuple(passed_over), (layout,))


def _reasons(sheet: Sheet, match: _Match) -> int:
    widest = max(len(row.cells) for row in sheet.rows)
    return next((place for place, texts in match.heading.texts.items() if folded(texts[0]) in REASONS), widest)


def _values(row: Row, columns: Mapping[str, int]) -> dict[str, Cell]:
    cells = row.cells
    size = len(cells)
    return {
        key: value
        for key, place in columns.items()
        if place < size and ((value := cells[place]) or value == 0)  # comparing a date with a text is slow
    }
