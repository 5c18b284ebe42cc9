"""Registers in and out: look at a workbook, take it in all or nothing, write it back."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain import codes, settings
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import LodgingDerived, NotAllowed, NotInList, RuleBroken
from shelter_desk.domain.fields import LISTS, ListColumn
from shelter_desk.domain.names import name_words, sound
from shelter_desk.domain.registers.judging import judge
from shelter_desk.domain.registers.rows import NOT_HELD, ORDER, Counted, Incoming, Judgement, Refusal, Values, birth_of
from shelter_desk.domain.residents import new_code, read_code
from shelter_desk.domain.rights import Permission
from shelter_desk.excel import cells, reading, recognise, registers, templates
from shelter_desk.excel.book import Cell
from shelter_desk.operations import kinds, outputs
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.storage import registers as stored
from shelter_desk.storage import residents as stored_residents
from shelter_desk.storage import settings as stored_settings
from shelter_desk.system import collecting

# a person without a code is given a new one
REQUIRED = {
    name: tuple(c.key for c in LISTS[name] if c.required and (name, c.key) != ("personnes", "person_code"))
    for name in ORDER
}
Reader = Callable[[Cell], Any]
Readers = tuple[tuple[str, Reader], ...]
NOBODY_OF = -1000  # an age far from everybody's


@dataclass(frozen=True, slots=True)
class Look:
    """What a workbook would do. unknown_columns: sheet and heading of the columns that mean nothing here."""

    path: Path
    judgement: Judgement
    unknown_columns: tuple[tuple[str, str], ...]


@needs(Permission.REGISTERS_IMPORT)
def look(desk: Desk, path: Path) -> Look:
    """Read and judge a workbook; nothing is written.

    Raises FileMissing, NotAWorkbook, NothingRecognised.
    """
    with collecting.held_back():
        found = recognise.recognise(reading.read(path), str(path))
        rows: list[Incoming] = []
        refusals: list[Refusal] = []
        own = _own_services(desk)
        for name, one in found.lists.items():
            readers = _readers(name, own)
            for raw in one.rows:
                _read_row(raw, readers, rows, refusals)
        judgement = _judged(desk, rows)
        _add(judgement, refusals)
        unknown = tuple((one.sheet, column) for one in found.lists.values() for column in one.unknown_columns)
        return Look(path, judgement, unknown)


def judged(desk: Desk, rows: Iterable[Incoming]) -> Judgement:
    """Judge rows that are values already, as the training shelter's are."""
    with collecting.held_back():
        return _judged(desk, rows)


def _judged(desk: Desk, rows: Iterable[Incoming]) -> Judgement:
    with desk.reading() as connection:
        names = None if desk.sealer is None else stored_residents.names(connection, desk.sealer)
        known = stored.read(connection, names)
        taken = {values["person_code"] for _, values in known["personnes"]}
        near = settings.whole(stored_settings.read(connection), "alike_age_years")
    judgement = judge(known, rows, REQUIRED, desk.now(), lambda: new_code(taken.__contains__))
    if "personnes" in judgement.counts:
        judgement.counts["personnes"].doubtful = _doubtful(judgement, desk, near)
    return judgement


def _add(judgement: Judgement, refusals: list[Refusal]) -> None:
    """Rows with cells that cannot be read are refused like those that break a rule."""
    for refusal in refusals:
        judgement.counts.setdefault(refusal.list, Counted())
    refused = {(refusal.list, refusal.sheet, refusal.row) for refusal in refusals}
    for name, _, _ in refused:
        judgement.counts[name].refused += 1
    judgement.refusals = sorted(
        [*refusals, *judgement.refusals], key=lambda refusal: (ORDER.index(refusal.list), refusal.row)
    )


def _read_row(raw: recognise.RawRow, readers: Readers, rows: list[Incoming], refusals: list[Refusal]) -> None:
    """Every cell as a value; all cells that cannot be read are told, and the row is refused."""
    values: dict[str, Any] = {}
    wrong = False
    for key, read in readers:
        cell = raw.values.get(key)
        if cell is None:
            continue
        try:
            value = read(cell)
        except RuleBroken as error:
            wrong = True
            refusals.append(Refusal(raw.list_key, raw.sheet, raw.number, key, cells.shown(cell), error))
            continue
        if value is not None:
            values[key] = value
    if isinstance(values.get("birth_date"), int):
        values["birth_date"] = date(values["birth_date"], 1, 1)
        values.setdefault("birth_date_precision", "year")
    if not wrong:
        rows.append(Incoming(raw.list_key, raw.sheet, raw.number, values))


def _own_services(desk: Desk) -> Mapping[str, str]:
    """The codes of the sub-types of services that the shelter added, by their folded names."""
    with desk.reading() as connection:
        return {codes.folded(name): code for code, name in kinds.names(connection).items()}


def _readers(list_name: str, own: Mapping[str, str]) -> Readers:
    """Each column with what turns its cells into values, for one look: nothing that was typed is remembered longer."""
    return tuple((column.key, _reader(column, own)) for column in LISTS[list_name])


def _reader(column: ListColumn, own: Mapping[str, str]) -> Reader:
    if column.key in _OWN_READERS:
        return _OWN_READERS[column.key]
    named = own if column.code_list == kinds.LIST else {}
    if column.kind == "code":
        return _remembering(lambda cell: _code(column, cells.as_text(cell), named))
    if column.kind == "codes":
        return _remembering(lambda cell: _codes(column, cell, named))
    return _READERS[column.kind]


def _remembering(read: Reader) -> Reader:
    """Reads a text once: a column of codes says the same few things over and over."""
    known: dict[str, Any] = {}

    def remembered(cell: Cell) -> Any:
        if not isinstance(cell, str):
            return read(cell)
        if cell not in known:
            known[cell] = read(cell)
        return known[cell]

    return remembered


def _codes(column: ListColumn, cell: Cell, named: Mapping[str, str]) -> str | None:
    return ";".join(filter(None, (_code(column, part, named) for part in cells.as_list(cell)))) or None


def _person_code(cell: Cell) -> str | None:
    typed = cells.as_text(cell)
    return None if typed is None else read_code(typed)


_OWN_READERS: Mapping[str, Reader] = {
    "person_code": _person_code,
    "birth_date": cells.as_birth,
    "age_estimated": cells.as_age,
}
_READERS: Mapping[str, Reader] = {
    "text": cells.as_text,
    "day": cells.as_day,
    "moment": cells.as_moment,
    "whole": cells.as_whole,
    "number": cells.as_number,
    "yes_no": cells.as_yes_no,
}


def _code(column: ListColumn, typed: str | None, named: Mapping[str, str]) -> str | None:
    """The code that is meant. named: codes of the shelter's own by their folded names."""
    if typed is None or column.code_list is None:
        return typed
    found = codes.read(column.code_list, typed) or named.get(codes.folded(typed))
    if column.key == "region_origin":  # regions of other countries are free text (domain 2.11)
        return found or typed
    if found in column.never:
        raise LodgingDerived
    if found is None or (column.only and found not in column.only):
        raise NotInList(column.key, typed)
    return found


def _doubtful(judgement: Judgement, desk: Desk, near: int) -> int:
    """New persons whose name sounds like that of somebody of the same sex and nearly the same age (R-02)."""
    alike: dict[tuple[str, ...], list[tuple[int, bool]]] = defaultdict(list)
    hear, today = cache(sound), desk.today()  # words are heard once; nothing of them is kept
    for kept in judgement.standing["personnes"].values():
        name = f"{kept.values.get('last_name', '')} {kept.values.get('first_name', '')}"
        age = birth_of(kept.values).age(today)
        if age is not None and (words_of_name := name_words(name)):
            alike[kept.values["sex"], *sorted(map(hear, words_of_name))].append((age, kept.is_new))
    return sum(_new_and_near(group, near) for group in alike.values() if len(group) > 1)


def _new_and_near(group: list[tuple[int, bool]], near: int) -> int:
    """How many of them are new and have somebody of nearly their age. group: ages, and who is new; near: years."""
    group.sort()
    ages = [NOBODY_OF, *(age for age, _ in group), -NOBODY_OF]
    return sum(is_new and min(age - ages[at], ages[at + 2] - age) <= near for at, (age, is_new) in enumerate(group))


@needs(Permission.REGISTERS_IMPORT)
def take_in(desk: Desk, looked: Look) -> Done:
    """Write every accepted row in one transaction, or nothing; a workbook whose rows are all known writes no row."""
    return take_in_rows(desk, looked.judgement)


def take_in_rows(desk: Desk, judgement: Judgement) -> Done:
    """Write the rows of a judgement. Raises NotAllowed when it brings names to a desk that may not see them."""
    if desk.sealer is None and any(_names(kept.values) for name, kept in judgement.to_write() if name == "personnes"):
        raise NotAllowed(Permission.SEE_NAMES.value)
    with collecting.held_back(), desk.writing("take_in", EVERYTHING) as writing:
        stored.write(writing.trail, judgement, desk.sealer)
        writing.details["rows_written"] = {
            name: {"new": counted.new, "changed": counted.changed} for name, counted in judgement.counts.items()
        }
    desk.index = None  # made anew, with the names that came, at the next search
    return writing.done


def _names(values: Values) -> bool:
    return any(values.get(column) for column in stored_residents.NAME_COLUMNS)


@needs(Permission.REGISTERS_EXPORT)
def export(desk: Desk, path: Path) -> None:
    """Write the registers workbook; names are in it for a person who may see them, and the journal says so.

    Raises DiskFull, ReadOnly.
    """
    outputs.check(path)
    sealer = desk.sealer if desk.may(Permission.SEE_NAMES) else None
    with collecting.held_back(), desk.reading() as connection:
        names = None if sealer is None else stored_residents.names(connection, sealer)
        known, own = stored.read(connection, names), kinds.names(connection)
    known["services"] = [row for row in known["services"] if NOT_HELD not in row[1]]
    written = [registers.register(name, _cells(name, rows), own) for name, rows in known.items()]
    registers.write(path, written, training=desk.is_training)
    desk.note("registers_exported", names=bool(names), rows={name: len(rows) for name, rows in known.items()})


def _cells(name: str, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[list[Any]]:
    columns = LISTS[name]
    for _, values in rows:
        yield [_cell(column, values.get(column.key)) for column in columns]


def _cell(column: ListColumn, value: Any) -> Any:
    if column.kind == "codes" and isinstance(value, str):
        return tuple(value.split(";"))
    return value


def write_template(list_name: str, path: Path) -> None:
    """An empty list to fill in, in the language spoken. Raises DiskFull, ReadOnly."""
    outputs.check(path)
    templates.write_template(path, list_name, words.language())


def write_refusals(looked: Look, path: Path, reasons: Mapping[int, str]) -> None:
    """The refused rows with their reasons. reasons: a sentence for each refusal, by its place in the list."""
    outputs.check(path, read=looked.path)
    columns = (
        registers.RegisterColumn("sheet", "sheet", width=16),
        registers.RegisterColumn("row", "row", "whole", width=8),
        registers.RegisterColumn("column", "column", width=18),
        registers.RegisterColumn("value", "value", width=24),
        registers.RegisterColumn("reason", "reason", width=80),
    )
    rows = [
        (refusal.sheet, refusal.row, refusal.column, refusal.value, reasons[at])
        for at, refusal in enumerate(looked.judgement.refusals)
    ]
    registers.write(path, [registers.Register("refus", "refus", columns, rows)])
