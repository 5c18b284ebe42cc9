"""A workbook before it is taken in: what was recognised, what becomes of each line, what is not known."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from shelter_desk.domain import codes
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.fields import ListColumn
from shelter_desk.domain.registers.doubts import doubts
from shelter_desk.domain.registers.refusals import NothingRecognised
from shelter_desk.domain.registers.rows import ORDER, Judgement, Kept, Refusal, Values
from shelter_desk.domain.rights import Permission
from shelter_desk.excel import cells
from shelter_desk.excel.headings import folded, told_apart
from shelter_desk.excel.recognise import COLUMNS, OWN_MARKS, Layout
from shelter_desk.operations import registers
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.intake_doubts import ASIDE, NEW, Decided, as_line, line_of
from shelter_desk.operations.intake_layouts import LEFT_OUT, Answers, Mark, Place, mark, remembered
from shelter_desk.operations.registers import Look, Opened, Progress
from shelter_desk.storage import intake as stored
from shelter_desk.storage.intake import Batch

__all__ = [
    "ASIDE",
    "NEW",
    "Answers",
    "Place",
    "Review",
    "columns",
    "fold_heading",
    "fold_value",
    "line_of",
    "open_file",
    "review",
]

_EXAMPLES = 3
State = Literal["refused", "doubtful", "decided", "changed", "new", "same"]
STATES: tuple[State, ...] = ("refused", "doubtful", "decided", "changed", "new", "same")
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
class SheetSeen:
    """A sheet. list_key: "" where it is no list; missing: required columns that no heading is.

    is_remembered: it is read as somebody said before. hidden: its hidden rows and columns, read as the others.
    """

    name: str
    list_key: str
    headings: tuple[HeadingSeen, ...] = ()
    rows: int = 0
    passed_over: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    mark: Mark | None = None
    is_remembered: bool = False
    hidden: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of one list's share of a line. changes: column, what stood there, what will; of a new row all."""

    list: str
    state: Literal["new", "changed", "same"]
    code: str
    changes: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody whom a new person may be. code: `as_line` for a line of the same file, which stands at `place`.

    person: the number of who is known. stays: from and to.
    """

    code: str
    place: Place | None
    values: Values
    person: int | None = None
    stays: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. decision: of a doubt, "" while there is none. person: of a doubt, as the file says."""

    sheet: str
    number: int
    state: State
    parts: tuple[Part, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    alike: tuple[Alike, ...] = ()
    decision: str = ""
    person: Values | None = None

    @property
    def place(self) -> Place:
        """Sheet and row."""
        return self.sheet, self.number

    @property
    def writes(self) -> bool:
        """True where taking the file in writes something of this line."""
        return any(part.state != "same" for part in self.parts)


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value that is not in the list of its column, with how many lines have it. list_key: where it stands first."""

    list_key: str
    column: str
    value: str
    lines: int


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that taking a file in would do. taken: the import of a file with these very bytes, if it stands."""

    opened: Opened
    answers: Answers
    look: Look | None
    sheets: tuple[SheetSeen, ...]
    lines: tuple[Line, ...]
    unknown: tuple[UnknownValue, ...]
    taken: Batch | None

    def of(self, *states: State) -> list[Line]:
        """The lines in these states, in the order of the file."""
        return [line for line in self.lines if line.state in states]

    @property
    def to_write(self) -> int:
        """How many lines bring something."""
        return sum(line.writes for line in self.lines)

    @property
    def marks(self) -> dict[str, Mark]:
        """By sheet what it is to be remembered by."""
        return {one.name: one.mark for one in self.sheets if one.mark}


@needs(Permission.REGISTERS_IMPORT)
def open_file(desk: Desk, path: Path, progress: Progress) -> Review:
    """Read a file and judge it as its like was judged before. Raises FileMissing, NotAWorkbook."""
    progress("read", 0, 0)
    opened = registers.read_file(path)
    return review(desk, opened, remembered(desk, opened), progress)


@needs(Permission.REGISTERS_IMPORT)
def review(desk: Desk, opened: Opened, answers: Answers, progress: Progress) -> Review:
    """Judge a file with what a person said of it; nothing is written."""
    progress("compare", 0, 0)
    with desk.reading() as connection:
        taken = stored.standing(connection, opened.digest)
    try:
        look = registers.looked_at(desk, opened, answers.choice, decide=Decided(answers.persons))
    except NothingRecognised:
        return Review(opened, answers, None, _sheets(opened, answers, None), (), (), taken)
    progress("sort", 0, 0)
    lines = _lines(desk, look.judgement, answers.persons)
    return Review(
        opened, answers, look, _sheets(opened, answers, look), lines, _unknown(look.judgement.refusals), taken
    )


# What was recognised --------------------------------------------------------------------------------------------------


def _sheets(opened: Opened, answers: Answers, look: Look | None) -> tuple[SheetSeen, ...]:
    layouts = {layout.sheet: layout for layout in (look.layouts if look else ())}
    found = []
    for sheet in opened.book.sheets:
        layout = layouts.get(sheet.name)
        said = sheet.name in answers.sheets
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
                _missing(layout),
                mark(sheet, layout.list_key, layout.texts),
                said,
                (sheet.hidden_rows, sheet.hidden_columns),
            )
        )
    return tuple(found)


def _examples(rows: Sequence[Any], place: int) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for row in rows:
        if place < len(row.cells) and row.cells[place] not in (None, ""):
            seen.setdefault(cells.shown(row.cells[place]))
        if len(seen) == _EXAMPLES:
            break
    return tuple(seen)


def _missing(layout: Layout) -> tuple[str, ...]:
    return tuple(
        column.key for column in COLUMNS[layout.list_key] if column.required and column.key not in layout.columns
    )


def _unknown(refusals: Sequence[Refusal]) -> tuple[UnknownValue, ...]:
    """Values that no list has, each once; a column that two lists have means the same in both."""
    counted: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for one in refusals:
        if isinstance(one.error, NotInList):
            key = (one.error.field, codes.folded(one.error.value))  # all nights of a grid are one column
            counted[key] += 1
            first.setdefault(key, (one.list, one.error.value))
    found = ((column, *first[column, value], lines) for (column, value), lines in counted.most_common())
    return tuple(UnknownValue(in_list, column, value, lines) for column, in_list, value, lines in found)


# What becomes of each line --------------------------------------------------------------------------------------------


def _lines(desk: Desk, judgement: Judgement, decided: Mapping[Place, str]) -> tuple[Line, ...]:
    parts: defaultdict[Place, list[Part]] = defaultdict(list)
    refusals: defaultdict[Place, list[Refusal]] = defaultdict(list)
    for name in ORDER:
        for kept in judgement.standing.get(name, {}).values():
            if kept.incoming is not None:
                parts[kept.incoming.sheet, kept.incoming.number].append(_part(name, kept))
    for one in judgement.refusals:
        refusals[one.sheet, one.row].append(one)
    alike, persons = _doubts(desk, judgement)
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(place[0] for place in (*parts, *refusals, *decided)))}
    made = []
    for place in sorted({*parts, *refusals, *decided}, key=lambda one: (sheets[one[0]], one[1])):
        decision = decided.get(place, "")
        made.append(
            Line(
                *place,
                _state(parts[place], refusals[place], decision, is_doubtful=place in alike),
                tuple(parts[place]),
                tuple(refusals[place]),
                alike.get(place, ()),
                decision,
                persons.get(place),
            )
        )
    return tuple(made)


def _part(name: str, kept: Kept) -> Part:
    code = str(next(iter(kept.values.get(column) for column in _CODES[name]), "") or "")
    if kept.is_new:
        values = kept.values
        return Part(
            name, "new", code, tuple((c.key, None, values[c.key]) for c in COLUMNS[name] if _says(values, c.key))
        )
    if not kept.is_changed:
        return Part(name, "same", code)
    before = kept.before or {}
    changes = [(key, before.get(key), value) for key, value in kept.values.items() if before.get(key) != value]
    return Part(name, "changed", code, tuple(changes))


def _says(values: Values, key: str) -> bool:
    return values.get(key) not in (None, "")


_CODES = {name: (COLUMNS[name][0].key,) for name in ORDER}


def _state(parts: Sequence[Part], refusals: Sequence[Refusal], decision: str, *, is_doubtful: bool) -> State:
    if refusals:
        return "refused"
    if decision:
        return "decided"
    if is_doubtful:
        return "doubtful"
    states = {part.state for part in parts}
    return "changed" if "changed" in states else "new" if "new" in states else "same"


def _doubts(desk: Desk, judgement: Judgement) -> tuple[dict[Place, tuple[Alike, ...]], dict[Place, Values]]:
    """By the line of a new person: whom they may be, and what the file says of them."""
    if "personnes" not in judgement.counts:
        return {}, {}
    with desk.reading() as connection:
        near = registers.alike_years(connection)
    found = doubts(judgement.standing["personnes"].values(), desk.today(), near)
    stays: defaultdict[str, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for kept in judgement.standing["sejours"].values() if found else ():
        if kept.before is not None:
            stays[kept.values["person_code"]].append((kept.values["admitted_at"], kept.values.get("exited_at")))
    alike: dict[Place, tuple[Alike, ...]] = {}
    persons: dict[Place, Values] = {}
    order = {id(kept): at for at, kept in enumerate(judgement.standing["personnes"].values())}
    for one in found:
        incoming = one.person.incoming
        # of two lines of the file that are alike the later one is asked about
        before = [kept for kept in one.alike if order[id(kept)] < order[id(one.person)]]
        if incoming is not None and before:
            place = (incoming.sheet, incoming.number)
            alike[place] = tuple(_alike(kept, stays) for kept in before)
            persons[place] = one.person.values
    return alike, persons


def _alike(kept: Kept, stays: Mapping[str, list[tuple[datetime, datetime | None]]]) -> Alike:
    code = kept.values["person_code"]
    if kept.is_new and kept.incoming is not None:
        place = (kept.incoming.sheet, kept.incoming.number)
        return Alike(as_line(place), place, kept.values)
    return Alike(code, None, kept.values, kept.id, tuple(sorted(stays.get(code, ()), key=lambda stay: stay[0])))


def columns(list_key: str) -> tuple[ListColumn, ...]:
    """The columns that a list can have; none where there is no such list."""
    return COLUMNS.get(list_key, ())


def cell(reviewed: Review, sheet: str, row: int, column: str) -> str:
    """Where a cell stands, as Excel says it; "" where its column is not in the sheet."""
    layout = next((one for one in (reviewed.look.layouts if reviewed.look else ()) if one.sheet == sheet), None)
    place = None if layout is None else layout.columns.get(column)
    return "" if place is None else f"{_letters(place)}{row}"


def _letters(place: int) -> str:
    found, left = "", place + 1
    while left:
        left, letter = divmod(left - 1, 26)
        found = chr(ord("A") + letter) + found
    return found
