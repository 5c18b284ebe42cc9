"""Imports as batches: taken in, listed, undone but for what was touched since."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ChangedSince
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.registers.batches import LeftInPlace, RowKey, Why
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.operations.imports import registers
from shelter_desk.operations.imports.intake import NEW, FileLine, Review
from shelter_desk.operations.imports.intake_layouts import keep_layouts
from shelter_desk.operations.imports.registers import Progress
from shelter_desk.operations.stock import loans_at_exit
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.imports import import_gaps, import_lines, intake_undo
from shelter_desk.storage.imports import intake as stored_intake
from shelter_desk.storage.imports.intake import Batch
from shelter_desk.storage.registers.register_rows import TABLE_OF
from shelter_desk.storage.registers.registers import LIST_OF
from shelter_desk.storage.residents import residents as stored_residents

__all__ = ["Batch", "LeftRow", "Past", "Taken", "Undoing", "past", "take_in", "undo", "undoing"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file. batch: None where all was known.

    lent_to: codes of who left by it with things lent of which nobody said what becomes of them.
    """

    batch: Batch | None
    lent_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """An import there was, with who took it in and who undid it."""

    batch: Batch
    by: str
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that an undo leaves as it is. list, by_list: of registers, else the name of the table.

    action, at, who: the act that touched it, empty where the journal does not name the row.
    """

    list: str
    code: str
    why: Why
    by_list: str = ""
    by_code: str = ""
    action: str = ""
    at: datetime | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing an import does, or did. removed, restored: how many rows, by list; left: those that stay."""

    batch: Batch
    removed: Mapping[str, int]
    restored: Mapping[str, int]
    left: tuple[LeftRow, ...]

    @property
    def rows(self) -> int:
        """How many rows go back."""
        return sum(self.removed.values()) + sum(self.restored.values())


@needs(Permission.REGISTERS_IMPORT)
def take_in(desk: Desk, reviewed: Review, progress: Progress) -> Taken:
    """Write every accepted line and what was said for the next time, in one transaction.

    progress: may raise until everything is written, and then nothing is. Raises LookedBefore where something was
    written since the review: the lines are to be compared again.
    """
    if reviewed.look is None:
        return Taken(None)
    before = {one.code for one in loans_at_exit.unsaid(desk)}

    def beside(writing: Writing) -> None:
        say_not_same(reviewed.lines, writing)
        keep_layouts(desk, writing, reviewed.marks, reviewed.answers)

    done = registers.take_in(desk, reviewed.look, progress, beside)
    lent_to = tuple(one.code for one in loans_at_exit.unsaid(desk) if one.code not in before)
    with desk.reading() as connection:
        batch = next((one for one in stored_intake.batches(connection) if one.seq == done.seq), None)
    return Taken(batch, lent_to)


def say_not_same(lines: Iterable[FileLine], writing: Writing) -> None:
    """Those who were said to be other persons than somebody known are not asked about again."""
    pairs = [
        (part.code, PersonId(one.person))
        for line in lines
        if line.decision == NEW
        for part in line.parts
        if part.list == "personnes" and part.state == "new"
        for one in line.alike
        if one.person is not None
    ]
    for code, other in pairs:
        one = stored_residents.by_code(writing.connection, code)
        if one is not None:
            stored_residents.say_not_same(writing.connection, one, other)
    if pairs:
        writing.details["not_same"] = len(pairs)


@needs(Permission.REGISTERS_IMPORT)
def past(desk: Desk) -> list[Past]:
    """Every import there was, the last first."""
    with desk.reading() as connection:
        names = settings.user_names(connection)
        return [
            Past(one, names.get(one.taken_by, ""), names.get(one.undone_by, "") if one.undone_by else "")
            for one in stored_intake.batches(connection)
        ]


@needs(Permission.REGISTERS_IMPORT)
def undoing(desk: Desk, batch_id: int) -> Undoing:
    """What an undo would do now; nothing is written. Raises ChangedSince for an import that was undone."""
    with desk.reading() as connection:
        batch = _standing(connection, batch_id)
        rows = stored_intake.rows(connection, batch_id)
        left = intake_undo.staying(connection, batch_id, rows, import_lines.digests(connection, desk.sealer))
        return _told(connection, batch, rows, left)


@needs(Permission.REGISTERS_IMPORT)
def undo(desk: Desk, batch_id: int, progress: Progress) -> Undoing:
    """Take an import back in one transaction, all but the rows touched since; says which those are.

    What came late goes for the reason it came with, unless another is given. progress: may raise, and then nothing is
    undone. Raises ChangedSince for an import that was undone, NeedsLateReason.
    """
    with desk.reading() as connection:
        batch = _standing(connection, batch_id)
        late = desk.late_reason or _late_reason(connection, batch.seq)
    with desk.because_late(late), desk.writing("undo_import", EVERYTHING) as writing:
        connection = writing.connection
        rows = stored_intake.rows(connection, batch_id)
        left = intake_undo.staying(connection, batch_id, rows, import_lines.digests(connection, desk.sealer))
        refused = intake_undo.undo(writing.trail, rows, left, lambda at, of: progress("undo", at, of))
        told = _told(connection, batch, rows, {**left, **refused})
        stored_intake.say_undone(connection, batch_id, desk.now(), desk.user)
        import_lines.forget(connection, batch_id)
        import_gaps.forget(connection, batch_id)
        writing.details["of"] = batch.seq
        writing.details["left"] = len(told.left)
    desk.index = None
    return told


def _late_reason(connection: Connection, seq: int) -> str:
    """Why rows of closed months came with that import, "" where there were none."""
    (line,) = journal.of(connection, [seq])
    return str(line.known.get("late_reason", ""))


def _standing(connection: Connection, batch_id: int) -> Batch:
    batch = stored_intake.batch(connection, batch_id)
    if batch is None or batch.undone_at is not None:
        raise ChangedSince("import_batches")
    return batch


def _told(
    connection: Connection, batch: Batch, rows: list[stored_intake.BatchRow], left: Mapping[RowKey, LeftInPlace]
) -> Undoing:
    left = {one.row: one for one in _whole(left)}
    going = {(_list(one.table), one.id): one.is_new for one in rows if _whole_key(one.key) not in left}
    removed = Counter(name for (name, _), is_new in going.items() if is_new)
    restored = Counter(name for (name, _), is_new in going.items() if not is_new)
    lines = intake_undo.last_lines(connection, batch.seq, {one.by for one in left.values()}) if left else {}
    names = settings.user_names(connection) if left else {}
    told = []
    for one in left.values():
        line = lines.get(one.by)
        told.append(
            LeftRow(
                _list(one.row[0]),
                intake_undo.code(connection, one.row),
                one.why,
                _list(one.by[0]),
                intake_undo.code(connection, one.by),
                "" if line is None else line.action,
                None if line is None else datetime.fromisoformat(line.at),
                "" if line is None or line.user is None else names.get(line.user, ""),
            )
        )
    return Undoing(batch, removed, restored, tuple(told))


def _whole(left: Mapping[RowKey, LeftInPlace]) -> Iterator[LeftInPlace]:
    """A stay and its situation are one row to a person: it was changed where either was."""
    for key, one in left.items():
        found = left[one.by] if _whole_key(one.by) == key and one.by in left else one
        if _whole_key(key) == key or _whole_key(key) not in left:
            yield replace(found, row=_whole_key(key))


def _whole_key(key: RowKey) -> RowKey:
    table, row = key
    return TABLE_OF.get(_list(table), table), row


def _list(table: str) -> str:
    return LIST_OF.get(table, table)
