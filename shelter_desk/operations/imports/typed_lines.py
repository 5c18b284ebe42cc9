"""Residents typed line by line into a grid of the window: judged and taken in as a workbook of one sheet is."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.beds.room_rules import Finding, Sleeper, findings
from shelter_desk.domain.errors import UnknownDay
from shelter_desk.domain.ids import RoomId
from shelter_desk.domain.registers.register_shape import REGISTER
from shelter_desk.domain.registers.rows import Kept, birth_of, folded
from shelter_desk.domain.registers.shapes_stays import names_of
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.reading import pasted as clipboard
from shelter_desk.excel.reading.book import Cell, Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.excel.reading.headings import folded as folded_heading
from shelter_desk.operations.beds import occupancy
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.imports import intake
from shelter_desk.operations.imports.intake import FileLine, LayoutAnswers, Review
from shelter_desk.operations.imports.intake_layouts import SheetAnswer
from shelter_desk.operations.imports.opened_files import OpenedFile, RowSource
from shelter_desk.operations.imports.registers import Progress
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.words import formats

# what an admission asks at least, in the order in which it is typed
KEYS = (
    "last_name",
    "first_name",
    "sex",
    "birth_or_age",
    "nationality",
    "migration_situation",
    "bed_code",
    "admitted_at",
    "entry_kind",
)
ASKED = frozenset({"sex", "birth_or_age", "nationality", "migration_situation", "admitted_at"})
COLUMNS = tuple(next(column for column in REGISTER.columns if column.key == key) for key in KEYS)
_HEADINGS = {
    folded_heading(name): column.key
    for column in REGISTER.columns
    if column.key in {*KEYS, "full_name", "birth_date", "age"}
    for name in (column.label_fr, column.label_en, *column.also)
}
Line = Sequence[str]  # a text for each of the columns


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of the grid as it would be taken in. found: None while nothing is typed in it.

    lacks: the columns that an admission asks for and that are empty. against: what the rules of the room say.
    of_code: the lines of new persons by the codes that they would have.
    """

    number: int
    found: FileLine | None = None
    lacks: tuple[str, ...] = ()
    against: tuple[Finding, ...] = ()
    of_code: Mapping[str, int] = field(default_factory=dict)


def is_empty(line: Line) -> bool:
    """Nothing is typed in it."""
    return not any(text.strip() for text in line)


def meant(at: int, text: str, today: date) -> str:
    """What somebody means who types that into that column, written out: a choice by its first letters, a day.

    The text itself where it means nothing, or several things.
    """
    typed, column = text.strip(), COLUMNS[at]
    if not typed:
        return ""
    if column.kind == "moment":
        try:
            return formats.day(formats.read_day(typed, today))
        except UnknownDay:
            return typed
    if not column.code_list:
        return typed
    known = codes.read(column.code_list, typed)
    return words.label(column.code_list, known or _begins(column.code_list, typed) or "") or typed


def _begins(list_name: str, typed: str) -> str | None:
    """The first code of the list whose label begins so, else one of its other names, else a word of its label."""
    begun, every = codes.folded(typed), [one for one in codes.codes(list_name) if one.active]
    labels = [(one.code, words.label(list_name, one.code)) for one in every]
    others = [(one.code, name) for one in every for name in one.synonyms]
    parts = [(code, part) for code, label in labels for part in label.split()]
    names = (*labels, *others, *parts)
    return next((code for code, name in names if begun and codes.folded(name).startswith(begun)), None)


def choices(at: int) -> tuple[str, ...]:
    """What can be chosen in that column, none where anything is typed."""
    column = COLUMNS[at]
    return tuple(words.label(column.code_list, one) for one in intake.codes_of(column)) if column.code_list else ()


def pasted(text: str, column: int) -> list[dict[int, str]]:
    """Of cells copied from a sheet, by line and column of the grid what stands there; the line of headings left out.

    column: where the first cell goes, unless headings say it.
    """
    table = [[cell if isinstance(cell, str) else "" for cell in row.cells] for row in clipboard.rows(text)]
    keys = _keys_of(table[0]) if table else {}
    if not keys:
        room = len(COLUMNS) - column
        return [{column + at: told for at, told in enumerate(line[:room])} for line in table]
    return [_by_headings(line, keys) for line in table[1:]]


def _keys_of(line: Line) -> dict[int, str]:
    """By place the columns of a register that these headings are; none where they are no headings."""
    told = ((at, _HEADINGS.get(folded_heading(text))) for at, text in enumerate(line))
    found = {at: key for at, key in told if key is not None}
    return found if len(found) > 1 else {}


def _by_headings(line: Line, keys: Mapping[int, str]) -> dict[int, str]:
    told = {key: text for at, key in keys.items() if (text := line[at].strip() if at < len(line) else "")}
    if "full_name" in told:
        last, first = names_of(told["full_name"])
        told = {"last_name": last, "first_name": first, **told}
    birth = next((told[key] for key in ("birth_or_age", "birth_date", "age") if key in told), "")
    told |= {"birth_or_age": birth} if birth else {}
    return {at: told[key] for at, key in enumerate(KEYS) if key in told}


def opened(lines: Sequence[Line], today: date) -> OpenedFile:
    """The lines as a workbook; the first line of the grid is the first of its sheet."""
    name, headings = words.text("Grid of residents"), [one.label(words.language()) for one in COLUMNS]
    rows = [
        WorkbookRow(number, [_cell(at, text, today) for at, text in enumerate(line)])
        for number, line in enumerate(lines, 1)
        if not is_empty(line)
    ]
    digest = hashlib.sha256(json.dumps([list(one) for one in lines]).encode()).hexdigest()
    sheet = WorkbookSheet(name, [WorkbookRow(0, list(headings)), *rows])
    return OpenedFile(Path(name), digest, Workbook((sheet,)), RowSource.GRID)


def _cell(at: int, text: str, today: date) -> Cell:
    typed = text.strip()
    if COLUMNS[at].kind == "moment" and typed:
        try:
            return formats.read_day(typed, today)
        except UnknownDay:
            return typed
    return typed or None


@needs(Permission.REGISTERS_IMPORT)
def review(desk: Desk, lines: Sequence[Line], progress: Progress) -> Review:
    """Judge the lines as those of a file; nothing is written."""
    book = opened(lines, desk.today())
    (sheet,) = book.book.sheets
    columns = {folded_heading(one.label(words.language())): one.key for one in COLUMNS}
    answers = LayoutAnswers({sheet.name: SheetAnswer(REGISTER.key, columns)})
    return intake.review(desk, book, answers, progress)


@needs(Permission.REGISTERS_IMPORT)
def judged(desk: Desk, lines: Sequence[Line], progress: Progress) -> tuple[TypedLine, ...]:
    """What there is to say of each line, as it stands."""
    if all(map(is_empty, lines)):
        return tuple(TypedLine(number) for number in range(1, len(lines) + 1))
    looked = review(desk, lines, progress)
    found = {line.number: line for line in looked.lines}
    against, of_code = _against(desk, looked), _lines_by_code(looked)
    return tuple(
        TypedLine(number, found.get(number), _lacks(line), tuple(against.get(number, ())), of_code)
        for number, line in enumerate(lines, 1)
    )


def _lines_by_code(looked: Review) -> dict[str, int]:
    persons = looked.look.judgement.standing.get("personnes", {}).values() if looked.look else ()
    return {str(kept.values["person_code"]): kept.number for kept in persons if kept.is_new}


def _lacks(line: Line) -> tuple[str, ...]:
    if is_empty(line):
        return ()
    return tuple(one.key for one, text in zip(COLUMNS, line, strict=True) if one.key in ASKED and not text.strip())


def _against(desk: Desk, looked: Review) -> dict[int, list[Finding]]:
    """By line what the rules of the room say against the bed, beside who is there and in the lines above."""
    nights = looked.look.judgement.standing.get("couchages", {}).values() if looked.look else ()
    new = sorted((kept for kept in nights if kept.is_new and kept.incoming), key=lambda kept: kept.number)
    if not new:
        return {}
    with desk.reading() as connection:
        house = occupancy.house(connection, desk.today())
        rooms = {one.code.casefold(): one.as_on(house.night).room for one in stored_beds.beds(connection).values()}
    there: defaultdict[RoomId, list[Sleeper]] = defaultdict(list)
    told: dict[int, list[Finding]] = {}
    for kept in new:
        room = rooms.get(str(kept.values.get("bed_code")).casefold())
        who = _sleeper(looked, kept)
        if room is None or who is None or room not in house.rooms:
            continue
        others = [*house.others_in(room), *there[room]]
        told[kept.number] = findings(who, house.rooms[room], others, house.night, house.norm_m2)
        there[room].append(who)
    return told


def _sleeper(looked: Review, night: Kept) -> Sleeper | None:
    standing = looked.look.judgement.standing if looked.look else {}
    stay = standing["sejours"].get((folded(night.values["stay_no"]),))
    person = None if stay is None else standing["personnes"].get((folded(stay.values["person_code"]),))
    return None if person is None else Sleeper(str(person.values.get("sex")), birth_of(person.values))


def left(lines: Sequence[Line], reviewed: Review) -> list[list[str]]:
    """The lines of the grid that were not taken in, to be corrected there."""
    stays_out = {line.number for line in reviewed.of("refused", "doubtful")}
    return [list(line) for number, line in enumerate(lines, 1) if number in stays_out]
