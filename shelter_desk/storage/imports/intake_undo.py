"""Undoing an import: which of its rows can go back, and the going back, row by row, the last first."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import ChangedSince, OverlapRefused
from shelter_desk.domain.registers.batches import OWNERS, LeftInPlace, Reference, RowKey, left_alone
from shelter_desk.storage.file import journal, named_rows
from shelter_desk.storage.file.case import case_file
from shelter_desk.storage.file.former_rows import PAIRS
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.trail import Trail, TrailRow
from shelter_desk.storage.imports import intake
from shelter_desk.storage.imports.import_lines import Digests
from shelter_desk.storage.imports.intake import BatchRow
from shelter_desk.storage.tables import metadata

MOVES = "stock_moves"
_SAID = "not_same"  # goes with the person
_AT_ONCE = 500  # rows
# by the table of one half that of the other: what is one row to a person is undone whole or not at all
_HALVES = {one: other for pair in PAIRS for one, other in (pair.names, pair.names[::-1])}
_BESIDE = {pair.beside.name for pair in PAIRS}
# how a row of a table is named where it has no code of its own
_CODES: Mapping[str, str] = {
    "rooms": "SELECT room_code FROM rooms WHERE id = :id",
    "beds": "SELECT bed_code FROM beds WHERE id = :id",
    "persons": "SELECT person_code FROM persons WHERE id = :id",
    "profiles": "SELECT person_code FROM persons WHERE id = :id",
    "stays": "SELECT stay_no FROM stays WHERE id = :id",
    "services": "SELECT service_no FROM services WHERE id = :id",
    "legal_steps": "SELECT legal_no FROM legal_steps WHERE id = :id",
    "referrals": "SELECT referral_no FROM referrals WHERE id = :id",
    "assets": "SELECT tag_no FROM assets WHERE id = :id",
    "stock_items": "SELECT item_code FROM stock_items WHERE id = :id",
    "stock_moves": "SELECT move_no FROM stock_moves WHERE id = :id",
    "room_inspections": "SELECT inspection_no FROM room_inspections WHERE id = :id",
    "partners": "SELECT name FROM partners WHERE id = :id",
    "bed_rooms": "SELECT bed_code FROM beds b JOIN bed_rooms f ON f.bed_id = b.id WHERE f.id = :id",
    "bed_states": "SELECT bed_code FROM beds b JOIN bed_states t ON t.bed_id = b.id WHERE t.id = :id",
    "asset_events": "SELECT tag_no FROM assets a JOIN asset_events e ON e.asset_id = a.id WHERE e.id = :id",
    **{
        table: f"SELECT stay_no FROM stays s JOIN {table} t ON t.stay_id = s.id WHERE t.id = :id"
        for table in ("placements", "absences", "victim_statuses", "situations")
    },
    "placement_reasons": "SELECT stay_no FROM stays s JOIN placements p ON p.stay_id = s.id WHERE p.id = :id",
}


def staying(
    connection: Connection, batch_id: int, rows: Sequence[BatchRow], digests: Digests | None
) -> dict[RowKey, LeftInPlace]:
    """The rows of that import that an undo leaves, with why; none is believed that was not kept with these digests."""
    now = intake.current(connection, (one.key for one in rows))
    batch, touched = intake.batch(connection, batch_id), {}
    seq = 0 if batch is None else batch.seq
    for one in rows:
        found = now.get(one.key)
        if found is None:
            touched[one.key] = LeftInPlace(one.key, "gone", one.key)
        elif digests is None or intake.digest(digests, seq, one, found) != one.digest:
            touched[one.key] = LeftInPlace(one.key, "changed", one.key)
    for key, by in _moved_since(connection, batch_id).items():
        touched.setdefault(key, LeftInPlace(key, "referred", by))
    alone = {other: one.key for one, other in _changed_halves(rows) if other not in now}
    for other in last_lines(connection, seq, alone) if alone else ():
        touched.setdefault(alone[other], LeftInPlace(alone[other], "changed", other))
    return left_alone({one.key for one in rows}, touched, _references(connection, batch_id, rows))


def _changed_halves(rows: Sequence[BatchRow]) -> Iterator[tuple[BatchRow, RowKey]]:
    """Those that the import changed, or brought beside a row that was there, with the other half of the same row."""
    brought = {one.key for one in rows if one.is_new}
    for one in rows:
        if (half := _half(one)) is not None and not (one.is_new and (half in brought or one.table not in _BESIDE)):
            yield one, half


def _half(one: BatchRow) -> RowKey | None:
    """The other half of the same row."""
    return (_HALVES[one.table], one.id) if one.table in _HALVES else None


def _references(connection: Connection, batch_id: int, rows: Sequence[BatchRow]) -> list[Reference]:
    halves, keys = _changed_halves(rows), {one.key for one in rows}
    found = [Reference(one.key, other, owned=True) for one, other in halves if one.table in _BESIDE and other in keys]
    # what belongs to one half of a row that it brought belongs to the other
    brought_halves = ((one.key, half) for one in rows if one.is_new and (half := _half(one)) is not None)
    found += [Reference(key, half, owned=True) for key, half in brought_halves if half in keys]
    for parent in sorted({one.table for one in rows if one.is_new}):
        for child, key, column, named in intake.referring(connection, batch_id, parent):
            if child == _SAID:
                continue
            one = Reference((child, key), (parent, named), column in OWNERS)
            found.append(one)
            if child == MOVES and column == "item_id":  # of an item all movements stay, or none
                found.append(Reference(one.parent, one.child, owned=True))
    brought = (one.key for one in rows if one.is_new)
    for by, row_id, parent_row in named_rows.naming(connection, brought):
        found.append(Reference((by.table, row_id), parent_row, by.column in OWNERS))
    return found


def _moved_since(connection: Connection, batch_id: int) -> dict[RowKey, RowKey]:
    """Movements that others of the same item came after: those stand on them."""
    found = connection.execute(
        text(
            "SELECT m.id AS id, max(l.id) AS later FROM import_rows r JOIN stock_moves m ON m.id = r.row_id "
            "JOIN stock_moves l ON l.item_id = m.item_id AND l.id > m.id "
            "WHERE r.batch_id = :batch AND r.table_name = 'stock_moves' AND NOT EXISTS (SELECT 1 FROM import_rows o "
            "WHERE o.batch_id = :batch AND o.table_name = 'stock_moves' AND o.row_id = l.id) GROUP BY m.id"
        ),
        {"batch": batch_id},
    )
    return {(MOVES, row.id): (MOVES, row.later) for row in found}


def undo(
    trail: Trail, rows: Sequence[BatchRow], left: Mapping[RowKey, LeftInPlace], progress: Callable[[int, int], None]
) -> dict[RowKey, LeftInPlace]:
    """Put every other row back as it was before the import; those that the file itself refuses are given back.

    Raises ChangedSince where a row that stays would name one that is gone.
    """
    stays: dict[RowKey, LeftInPlace] = {}
    needed: dict[RowKey, RowKey] = {}  # by a row that the file refuses to let go
    going = [one for one in reversed(rows) if one.key not in left]
    now = intake.current(trail.connection, (one.key for one in going))
    beside = {stay: one for one, stay in _changed_halves(going) if one.table in _BESIDE and stay in now}
    with_stay = {one.key for one in beside.values()}
    going = [one for one in going if one.key not in with_stay]
    trail.connection.execute(text("PRAGMA defer_foreign_keys = ON"))  # rows of one list may name each other
    at = 0
    for (table, is_new), found in groupby(going, lambda one: (one.table, one.is_new)):
        group = []
        for one in found:
            if one.key in needed:
                for part in _whole(one, beside):
                    stays[part.key] = LeftInPlace(part.key, "needed", needed[one.key])
                needed |= dict.fromkeys(_named_by(one.table, now[one.key]), one.key)
            else:
                group.append(one)
        for first in range(0, len(group), _AT_ONCE):
            some = group[first : first + _AT_ONCE]
            progress(at, len(going))
            at += len(some)
            if not is_new or not _gone_together(trail, table, [now[one.key] for one in some]):
                for key, one_left in _one_by_one(trail, some, now, beside).items():
                    stays[key] = one_left
                    needed |= dict.fromkeys(_named_by(key[0], now[key]), key)
    _check_nobody_misses(trail.connection, [one for one in going if one.is_new], stays)
    return stays


def _check_nobody_misses(connection: Connection, brought: Sequence[BatchRow], stays: Collection[RowKey]) -> None:
    """Raises ChangedSince where a row that stays names one of those brought that is gone, or is half of one."""
    went = {one.key for one in brought if one.key not in stays}
    for one in brought:
        if one.key in stays and _half(one) in went:
            raise ChangedSince(one.table)
    gone = {one.table for one in brought}
    for of in metadata.sorted_tables:
        refers = any(key.column.table.name in gone for key in of.foreign_keys)
        if refers and connection.execute(text(f"PRAGMA foreign_key_check({of.name})")).first() is not None:
            raise ChangedSince(of.name)
    for column, _ in case_file.orphans(connection):
        raise ChangedSince(column.table.name)
    named_rows.check_not_named(connection, (one.key for one in brought if one.key not in stays))


def _named_by(table: str, row: Mapping[str, Any]) -> set[RowKey]:
    """The rows that it names."""
    found = {(key.column.table.name, row[key.parent.name]) for key in metadata.tables[table].foreign_keys}
    return {(name, named) for name, named in found if named is not None} | set(named_rows.named_by(table, row))


def _gone_together(trail: Trail, table: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the file lets all of them go."""
    try:
        with trail.connection.begin_nested():
            trail.remove_all(table, rows)
    except (ChangedSince, OverlapRefused):
        return False
    return True


def _one_by_one(
    trail: Trail,
    rows: Sequence[BatchRow],
    now: Mapping[RowKey, Mapping[str, Any]],
    beside: Mapping[RowKey, BatchRow],
) -> dict[RowKey, LeftInPlace]:
    """Those that the file refuses. beside: by a row its other half, which goes back with it."""
    refused = dict[RowKey, LeftInPlace]()
    for one in rows:
        parts = _whole(one, beside)
        try:
            with trail.connection.begin_nested():
                trail.revert([_trail_row(part, now[part.key]) for part in parts])
        except (ChangedSince, OverlapRefused):
            refused |= {part.key: LeftInPlace(part.key, "refused", one.key) for part in parts}
    return refused


def _whole(one: BatchRow, beside: Mapping[RowKey, BatchRow]) -> list[BatchRow]:
    return [one, beside[one.key]] if one.key in beside else [one]


def _trail_row(one: BatchRow, here: Mapping[str, Any]) -> TrailRow:
    return TrailRow(one.table, one.id, None if one.is_new else {**here, **one.former}, dict(here))


def code(connection: Connection, key: RowKey) -> str:
    """What a row is called on screen: its own code, or that of whose it is. Empty where it has none."""
    table, row_id = key
    asked = _CODES.get(table)
    found = None if asked is None else connection.execute(text(asked), {"id": row_id}).scalar()
    return "" if found is None else str(found)


def last_lines(connection: Connection, after: int, keys: Collection[RowKey]) -> dict[RowKey, JournalLine]:
    """The last line after that one which wrote each of these rows."""
    found: dict[RowKey, JournalLine] = {}
    for line in journal.lines_after(connection, after):
        for row in line.rows:
            if (key := (row["table"], row["id"])) in keys:
                found[key] = line
    return found
