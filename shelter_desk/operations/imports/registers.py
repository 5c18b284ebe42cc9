"""Registers taken in: look at a workbook, take it in all or nothing (`register_export` writes them)."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import get_args

from shelter_desk.domain import codes, settings
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import LookedBefore, NotAllowed
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.corrected import Likely
from shelter_desk.domain.registers.doubts import doubts, how_many
from shelter_desk.domain.registers.judging import judge
from shelter_desk.domain.registers.rows import ORDER, Incoming, Judgement, Place, RowCounts
from shelter_desk.domain.registers.shape import Why
from shelter_desk.domain.residents.residents import NAMES, new_code
from shelter_desk.domain.rights import Permission
from shelter_desk.excel.reading import ages_and_years, recognise
from shelter_desk.excel.reading.book import Workbook
from shelter_desk.excel.style import is_stamp
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.imports import (
    day_orders,
    known_items,
    known_persons,
    missing_columns,
    opened_files,
    register_rows,
    reject_locations,
)
from shelter_desk.operations.imports.intake_doubts import DoubtsDecided, without_names
from shelter_desk.operations.imports.missing_columns import MissingColumn, asked_once
from shelter_desk.operations.imports.opened_files import OpenedFile
from shelter_desk.operations.imports.register_spreads import GivenReadings, Known
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.vault.journal import Paper
from shelter_desk.storage.beds import beds as stored_beds
from shelter_desk.storage.file import journal
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.imports import import_gaps, import_lines, intake
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.storage.reports import late_facts
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stock import stock as stored_stock
from shelter_desk.storage.stock import stock_counts
from shelter_desk.system import collecting

# a person without a code is given a new one
REQUIRED = {
    name: tuple(c.key for c in LISTS[name] if c.required and (name, c.key) != ("personnes", "person_code"))
    for name in ORDER
}
# lines of the journal that leave the registers as they were
_NOTHING_WRITTEN = (
    *("name_read", "record_opened", *(f"{paper}_printed" for paper in get_args(Paper))),
    *(
        "import_layout",
        "import_memory",
        import_lines.MADE,
        import_lines.RENEWED,
        "registers_exported",
        "report_exported",
        "donor_workbook_filled",
    ),
    *("narrative_exported", "dhis2_exported", "htcds_exported", "list_exported"),
    *("keep_recipient", "sending_acknowledged", "sending_copy_opened"),
    *("month_closed", "month_reopened", "month_rectified", "report_comment", "report_passages", "report_visa"),
)
Progress = Callable[[str, int, int], None]  # what is being done, how far, of how much
Beside = Callable[[Writing], None]


@dataclass(frozen=True, slots=True)
class Look:
    """What a workbook would do. unknown_columns: sheet and heading of the columns that mean nothing here.

    unused_sheets: those that are no list; passed_over: sheet and row taken for totals, signatures, headings said again.
    salt: of the numbers that lines without one were given, sealed with them. layouts: where each list stands.
    assumed: of lines of a shelter's own lists, what they leave open: column, why (`words.assumed`), how many lines.
    hidden: sheet, hidden rows and hidden columns of the lists where there are some; they were read as the others.
    opened: the file with its digest, or the rows that no file holds. seq: the last line of the journal when it was
    judged. invented: the file comes from a training shelter, and this one is real.
    lines: the rows before anything was decided of them. likely: earlier lines that a line may correct, by its place.
    things: the same of equipment and of what is in store.
    decided: what became of decisions, those of earlier imports with them. unclear: columns whose days may be written
    month first, by sheet and key. asked: columns that a sheet has not and every row has to have.
    numbers: of stays of lines that have none.
    """

    opened: OpenedFile
    judgement: Judgement
    unknown_columns: tuple[tuple[str, str], ...]
    unused_sheets: tuple[str, ...]
    passed_over: int
    salt: str
    layouts: tuple[recognise.Layout, ...]
    assumed: tuple[tuple[str, Why, int], ...] = ()
    hidden: tuple[tuple[str, int, int], ...] = ()
    seq: int = 0
    invented: bool = False
    lines: tuple[Incoming, ...] = field(default=(), repr=False)
    likely: Mapping[Place, tuple[Likely, ...]] = field(default_factory=dict)
    things: known_items.ItemsFound = field(default_factory=known_items.ItemsFound)
    decided: DoubtsDecided = field(default_factory=lambda: DoubtsDecided({}))
    unclear: Mapping[day_orders.Column, day_orders.Order] = field(default_factory=dict)
    asked: tuple[MissingColumn, ...] = ()
    numbers: known_persons.StayNumbers = field(default_factory=known_persons.StayNumbers, repr=False)


@needs(Permission.REGISTERS_IMPORT)
def look(
    desk: Desk, path: Path, choice: recognise.Choice | None = None, fixed: Mapping[str, str] | None = None
) -> Look:
    """Read and judge a workbook; nothing is written.

    choice: what a person says the list and its columns are. fixed: what all rows have that do not say it, by column.
    Raises FileMissing, NotAWorkbook, NothingRecognised; CellRefused or NotInList for something fixed.
    """
    return looked_at(desk, opened_files.read(path), choice, fixed)


@needs(Permission.REGISTERS_IMPORT)
def looked_at(
    desk: Desk,
    opened: OpenedFile,
    choice: recognise.Choice | None = None,
    fixed: Mapping[str, str] | None = None,
    persons: Mapping[Place, str] | None = None,
    *,
    given_in: Mapping[str, Mapping[str, str]] | None = None,
    incomplete: bool = False,
) -> Look:
    """Judge a workbook that was read. persons: what a person decides of doubts, by place. Raises as `look` does.

    given_in: what all rows of a sheet have that do not say it. incomplete: rows are taken whose values are completed
    later.
    """
    said = persons or {}
    with collecting.held_back():
        book = opened.book
        found = recognise.recognise(book, str(opened.path), choice)
        years = ages_and_years.fill_years(book, found)
        with desk.reading() as connection:
            seq, near = journal.head(connection)[0], alike_years(connection)
            before = known_persons.known(desk, connection)
            given = _given(desk, connection, found, choice)
            numbers = known_persons.StayNumbers.beside(before, given.known)
            erased = stored_residents.erased_codes(connection)
        given = replace(given, corrects=numbers.of, fixed=fixed or {}, fixed_in=given_in or {}, incomplete=incomplete)
        lines = _lines_of(found, choice, given, before, near, said)
        decided = DoubtsDecided(said, before.decided(lines.told, given.known, numbers.said), former=given.former)
        rows = without_names(decided.change(lines.read.rows, lines.read.refusals, given.known), erased, NAMES)
        judgement = _judged(desk, given.known, rows, given.new_code, incomplete=incomplete)
        _count_doubts(judgement, lines, decided, desk, near)
        _add(judgement, lines.read)
        layouts = tuple(layout for one in found.lists.values() for layout in one.layouts)
        judgement.refusals = reject_locations.as_seen(judgement.refusals, layouts, book)
        return Look(
            opened,
            judgement,
            tuple((one.sheet, column) for one in found.lists.values() for column in one.unknown_columns),
            found.unused_sheets,
            sum(len(one.passed_over) for one in found.lists.values()),
            given.salt,
            layouts,
            (
                *((column, why, n) for (column, why), n in lines.read.assumed.counts.items()),
                *((column, "year_beside", n) for column, n in years.items()),
            ),
            _hidden(book, layouts),
            seq,
            is_stamp(book.title) and not desk.is_training,
            lines.told,
            lines.likely,
            lines.things,
            decided,
            {**lines.unclear, **dict.fromkeys(missing_columns.unclear(lines.read.refusals), "zeros")},
            asked_once(layouts, judgement.refusals, fixed or {}, given_in or {}, incomplete=incomplete),
            numbers,
        )


def _given(
    desk: Desk, connection: Connection, found: recognise.Recognised, choice: recognise.Choice | None
) -> GivenReadings:
    """What is known beside the file, and what was said of the meaning of its columns and values."""
    known, former = _known(desk, connection), stored_residents.former_codes(connection)
    # the one that is stored; before that one for all looks, or two files looked at first would not agree
    stored = import_lines.salt(connection, desk.sealer)
    desk.register_salt = stored or desk.register_salt or secrets.token_hex(16)
    return GivenReadings(
        known,
        {codes.folded(name): code for code, name in service_catalogue.names(connection).items()},
        {},
        _new_code(known, former),
        desk.register_salt,
        desk.today(),
        choice.values if choice else {},
        zeros=missing_columns.asked(choice, found),
        beds_since=stored_beds.beds_since(connection),
        former=former,
    )


@dataclass(frozen=True, slots=True)
class _LinesRead:
    """The lines of a file. told: their rows before any corrects an earlier one; the rest as `Look` has it."""

    read: register_rows.RowsRead
    told: tuple[Incoming, ...]
    unclear: Mapping[day_orders.Column, day_orders.Order]
    likely: Mapping[Place, tuple[Likely, ...]]
    things: known_items.ItemsFound


def _lines_of(
    found: recognise.Recognised,
    choice: recognise.Choice | None,
    given: GivenReadings,
    before: known_persons.Before,
    near: int,
    said: Mapping[Place, str],
) -> _LinesRead:
    """Read the lines, and those again that correct lines of an earlier import."""
    orders = day_orders.asked(choice, found)
    given = replace(given, orders=orders)
    read = register_rows.read(found, given)
    if unclear := day_orders.unclear(found, read.refusals, orders):
        given = replace(given, orders={**orders, **unclear})
        read = register_rows.read(found, given)
    likely = known_persons.likely_of(read.rows, given.known, before, near)
    meant = known_persons.corrections(read.rows, likely, said)
    things = known_items.found_of(read.rows, read.told, given.known, before)
    numbers, items = known_items.corrections(things, said)
    told = tuple(read.rows)
    if meant or numbers:  # each line spread once more, as of the stay or the thing that it corrects
        corrects = given.corrects
        given = replace(given, numbers=numbers, items=items)
        read = register_rows.read(found, replace(given, corrects=lambda no: meant.get(own := corrects(no), own)))
    return _LinesRead(read, told, unclear, likely, things)


def _count_doubts(judgement: Judgement, lines: _LinesRead, decided: DoubtsDecided, desk: Desk, near: int) -> None:
    """How many lines of each list somebody is asked about."""
    if lines.likely and "personnes" in judgement.counts:
        found = doubts(judgement.standing["personnes"].values(), desk.today(), near)
        new = {(row.sheet, row.number) for one in found if (row := one.person.incoming) is not None}
        judgement.counts["personnes"].doubtful = len(new | known_persons.unclear(lines.likely, decided))
    for name in known_items.unclear(lines.things, decided.said).values():
        judgement.counts.setdefault(name, RowCounts()).doubtful += 1


def judged(desk: Desk, rows: Iterable[Incoming]) -> Judgement:
    """Judge rows that are values already, as the training shelter's are."""
    with collecting.held_back():
        with desk.reading() as connection:
            known, former = _known(desk, connection), stored_residents.former_codes(connection)
        return _judged(desk, known, rows, _new_code(known, former))


def _hidden(book: Workbook, layouts: Iterable[recognise.Layout]) -> tuple[tuple[str, int, int], ...]:
    read = {layout.sheet for layout in layouts}
    sheets = (sheet for sheet in book.sheets if sheet.name in read and (sheet.hidden_rows or sheet.hidden_columns))
    return tuple((sheet.name, sheet.hidden_rows, sheet.hidden_columns) for sheet in sheets)


def _known(desk: Desk, connection: Connection) -> stored_registers.Registers:
    names = None if desk.sealer is None else stored_residents.names(connection, desk.sealer)
    return stored_registers.read(connection, names)


def _new_code(known: stored_registers.Registers, former: Iterable[str]) -> Callable[[], str]:
    """Codes of persons that nobody has, or had, each once."""
    taken = {*former, *(values["person_code"] for _, values in known["personnes"])}

    def new() -> str:
        code = new_code(taken.__contains__)
        taken.add(code)
        return code

    return new


def _judged(
    desk: Desk,
    known: Known,
    rows: Iterable[Incoming],
    new: Callable[[], str],
    *,
    incomplete: bool = False,
) -> Judgement:
    with desk.reading() as connection:
        counting, given = stock_counts.still_open(connection), stored_stock.grant_codes(connection).values()
        near, closed = alike_years(connection), late_facts.closed(connection)
    judgement = judge(known, rows, REQUIRED, desk.now(), new, counting, given, closed, incomplete=incomplete)
    if "personnes" in judgement.counts:
        persons = judgement.standing["personnes"].values()
        judgement.counts["personnes"].doubtful = how_many(persons, desk.today(), near)
    return judgement


def _add(judgement: Judgement, read: register_rows.RowsRead) -> None:
    """Rows with cells that cannot be read are refused like those that break a rule."""
    refused = {(one.list, one.sheet, one.row) for one in read.refusals} | read.also_refused
    for name, _, _ in refused:
        judgement.counts.setdefault(name, RowCounts()).refused += 1
    judgement.refusals = sorted(
        [*read.refusals, *judgement.refusals], key=lambda refusal: (ORDER.index(refusal.list), refusal.row)
    )


def alike_years(connection: Connection) -> int:
    """How near the ages of two persons are who may be the same."""
    return settings.whole(stored_settings.read(connection), "alike_age_years")


@needs(Permission.REGISTERS_IMPORT)
def take_in(desk: Desk, looked: Look, progress: Progress | None = None, beside: Beside | None = None) -> Done:
    """Write every accepted row in one transaction, or nothing, as a batch that can be undone.

    A workbook whose rows are all known writes no row. progress: may raise, and then nothing is written. beside: what
    else is written with the rows. Raises LookedBefore where something was written since the look.
    """
    return take_in_rows(desk, looked.judgement, looked.salt, looked.opened.digest, progress, looked, beside)


def take_in_rows(
    desk: Desk,
    judgement: Judgement,
    salt: str = "",
    digest: str = "",
    progress: Progress | None = None,
    looked: Look | None = None,
    beside: Beside | None = None,
) -> Done:
    """Write the rows of a judgement, and the salt of their numbers. digest: of the file, "" where there is none.

    looked: the look whose lines are known from then on.
    Raises NotAllowed when it brings names to a desk that may not see them.
    """
    persons = (kept.values for name, kept in judgement.to_write() if name == "personnes")
    if desk.sealer is None and any(one.get(column) for one in persons for column in NAMES):
        raise NotAllowed(Permission.SEE_NAMES.value)
    with collecting.held_back(), desk.writing("take_in", EVERYTHING) as writing:
        if looked is not None and journal.is_written_since(writing.connection, looked.seq, _NOTHING_WRITTEN):
            raise LookedBefore("registers")
        ids = stored_registers.write(writing.trail, judgement, desk.sealer, progress)
        if salt and import_lines.salt(writing.connection, desk.sealer) is None:
            import_lines.keep_salt(writing.connection, desk.key_of_names(), salt)
        wrote = {name: (counted.new, counted.changed) for name, counted in judgement.counts.items()}
        writing.details["rows_written"] = {name: {"new": new, "changed": old} for name, (new, old) in wrote.items()}
        if digest and writing.trail.written:
            digests = import_lines.digests_to_keep(writing.connection, desk.key_of_names())
            seq = journal.head(writing.connection)[0] + 1  # the line that this transaction ends with
            batch = intake.Batch(0, import_lines.of_file(digests, digest), desk.now(), desk.user, wrote, seq)
            key = intake.add(writing.connection, batch, writing.trail.written, digests)
            if left_open := import_gaps.keep(writing.connection, desk.sealer, key, judgement, ids):
                writing.details["to_complete"] = left_open
            if looked is not None:
                things = partial(known_items.kept, looked.judgement, looked.things, looked.decided.said)
                of = (looked.judgement, looked.lines, looked.decided, things, looked.numbers)
                known_persons.keep(desk, writing.connection, key, *of)
        if beside is not None:
            beside(writing)
    desk.index = None  # made anew, with the names that came, at the next search
    return writing.done
