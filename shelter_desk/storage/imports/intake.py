"""Batches of imports and what they wrote; how the sheets of a shelter are read."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Row, Table, and_, bindparam, delete, insert, select, text, update

from shelter_desk.domain.ids import UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file import former_rows
from shelter_desk.storage.file.case import case_lines, case_rows
from shelter_desk.storage.file.case.case_lines import CASE
from shelter_desk.storage.file.column_values import from_json, to_json
from shelter_desk.storage.file.former_rows import Pair
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.trail import UNTOLD, TrailRow
from shelter_desk.storage.imports.import_lines import Digests
from shelter_desk.storage.tables import metadata

_DIGITS = 32  # hexadecimal, of the digest of a row
_AT_ONCE = 500
_OF = tables.import_batches
Counts = Mapping[str, tuple[int, int]]  # by list: how many rows were new, how many changed


@dataclass(frozen=True, slots=True)
class Batch:
    """One import. digest: keyed, of its file; seq: its line in the journal; undone_at: None while it stands."""

    id: int
    digest: str
    taken_at: datetime
    taken_by: UserId
    lists: Counts
    seq: int
    undone_at: datetime | None = None
    undone_by: UserId | None = None

    @property
    def rows(self) -> int:
        """How many rows it wrote."""
        return sum(new + changed for new, changed in self.lists.values())


_BATCHES = Mapper(_OF, Batch, without=("lists",), seq="journal_seq")


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A row that a batch wrote. former: what it changed, as it was; digest: of the row as it was left."""

    table: str
    id: int
    is_new: bool
    former: Mapping[str, Any]
    digest: str = ""

    @property
    def key(self) -> tuple[str, int]:
        """What it is found by."""
        return self.table, self.id


_ROWS = Mapper(tables.import_rows, BatchRow, without=("former",), table="table_name", id="row_id")


def add(connection: Connection, batch: Batch, written: Sequence[TrailRow], digests: Digests) -> int:
    """Keep what an import wrote; its number. batch: without one yet. digests: keyed, so that nobody else adds a row."""
    made: Any = connection.execute(
        insert(tables.import_batches),
        {
            "digest": batch.digest,
            "taken_at": batch.taken_at.isoformat(timespec="seconds"),
            "taken_by": batch.taken_by,
            "lists": json.dumps(batch.lists),
            "journal_seq": batch.seq,
        },
    )
    key = int(made.inserted_primary_key[0])
    first = {(one.table, one.id): one for one in reversed(written) if not one.name}  # as it was before all of them
    now = current(connection, first)
    rows = []
    for (table, row_id), one in reversed(first.items()):
        is_new, here = one.before is None, now[table, row_id]
        former = {} if one.before is None else _differing(one.before, here)
        kept = BatchRow(table, row_id, is_new, former)
        rows.append(
            {
                "batch_id": key,
                "table_name": table,
                "row_id": row_id,
                "is_new": is_new,
                "former": "" if is_new else _packed(connection, key, kept),
                "digest": digest(digests, batch.seq, kept, here),
            }
        )
    if rows:
        connection.execute(insert(tables.import_rows), rows)
    return key


def digest(digests: Digests, seq: int, one: BatchRow, row: Mapping[str, Any]) -> str:
    """Of which import and row it is, what it was, and what it says, without its keys; columns that a later version adds
    hold nothing, and do not count.
    """
    said = {k: to_json(v) for k, v in row.items() if k not in UNTOLD and v not in (None, "", b"", 0)}
    former = {k: to_json(v) for k, v in one.former.items()}
    return digests.of_all("row", seq, one.table, one.id, one.is_new, former, said)[:_DIGITS]


def current(connection: Connection, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Any]]:
    """These rows as they stand; one that is gone is left out."""
    by_table: defaultdict[str, list[int]] = defaultdict(list)
    for table, key in keys:
        by_table[table].append(key)
    found = {}
    for name, ids in by_table.items():
        of = metadata.tables[name]
        chosen = select(of).where(of.c.id.in_(bindparam("ids", expanding=True)))
        for at in range(0, len(ids), _AT_ONCE):
            for row in connection.execute(chosen, {"ids": ids[at : at + _AT_ONCE]}).mappings():
                found[name, int(row["id"])] = dict(row)
    return found


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a person are in no copy, so that they can be erased."""
    return {k: v for k, v in before.items() if v != after.get(k) and (v is None or k not in UNTOLD)}


def _packed(connection: Connection, batch: int, one: BatchRow) -> str:
    """What it was, sealed where it is a row of the case file."""
    told = {k: to_json(v) for k, v in one.former.items()}
    key = case_rows.key_of(connection)
    if told and key is not None and case_lines.is_of_case_file(one.table):
        told = {CASE: key.sealed_text(told, "import_rows", batch, one.table, one.id)}
    return json.dumps(told)


def seal_former(connection: Connection, digests: Digests | None) -> None:
    """Seal what imports before version 0039 of the file kept of rows of the case file. digests: with which they kept
    it; None where there were none.
    """
    for pair in former_rows.PAIRS:
        _part(connection, pair, digests)
    of = tables.import_rows
    names = [one.name for one in tables.case_tables()]
    for row in connection.execute(select(of).where(of.c.table_name.in_(names), of.c.former != "")).all():
        one = _ROWS.read(row, former=_former(connection, row))
        packed = _packed(connection, row.batch_id, one)
        connection.execute(update(of).where(of.c.id == row.id).values(former=packed))


def _part(connection: Connection, pair: Pair, digests: Digests | None) -> None:
    """Of a row that one of them brought or changed and that is two now, the second goes into a row of its own."""
    of, known = tables.import_rows, {one.id: one for one in batches(connection)}
    own_name, beside_name = pair.names
    wanted = select(of).where(of.c.table_name == own_name).order_by(of.c.batch_id.desc(), of.c.id.desc())
    every = connection.execute(wanted).all()
    kept = [(row, _ROWS.read(row, former=_former(connection, row))) for row in every]
    key, now = case_rows.key_of(connection), current(connection, (one.key for _, one in kept))
    sealed = (case_rows.one(connection, key, beside_name, one.id) for _, one in kept if key is not None)
    beside = {found["id"]: _as_read(pair.beside, found) for found in sealed if found is not None}
    left = {one.id: former_rows.joined(pair, now.get(one.key, {}), beside.get(one.id, {})) for _, one in kept}
    for row, one in kept:  # the last first: what it left, and what it found
        seq = known[row.batch_id].seq if row.batch_id in known else 0  # anybody could name an import that was none
        as_left = digests if digests is not None and digest(digests, seq, one, left[one.id]) == one.digest else None
        own, moved = former_rows.parted(pair, left[one.id])
        rows = {own_name: own, beside_name: {pair.owner: one.id, **moved}}
        told = dict[str, dict[str, Any]]()
        for part in _parts_of(pair, one, moved):
            packed = "" if part.is_new else _packed(connection, row.batch_id, part)
            made = one.digest if as_left is None else digest(as_left, seq, part, rows[part.table])
            told[part.table] = {"is_new": part.is_new, "former": packed, "digest": made}
        if own_name in told:
            connection.execute(update(of).where(of.c.id == row.id).values(told[own_name]))
        else:
            connection.execute(delete(of).where(of.c.id == row.id))
        if beside_name in told:
            whose = {"table_name": beside_name, "batch_id": row.batch_id, "row_id": one.id}
            connection.execute(insert(of), {**whose, **told[beside_name]})
        left[one.id] |= one.former


def _parts_of(pair: Pair, one: BatchRow, moved: Mapping[str, Any]) -> Iterator[BatchRow]:
    """What an import of today keeps of such a row. moved: what it left of the second."""
    for table, former in zip(pair.names, former_rows.parted(pair, one.former), strict=True):
        part = replace(one, table=table, former=former)
        if pair.is_sparse and table == pair.beside.name and not any(former.values()):
            if any(moved.values()) and (one.is_new or former):
                yield replace(part, is_new=True, former={})  # there was none before
        elif one.is_new or former or not one.former:
            yield part


def _as_read(table: Table, sealed: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the case file as its table gives it: what SQLite seals as 1 is a yes."""
    answered = {one.name for one in table.c if isinstance(one.type, Boolean)}
    return {name: bool(told) if name in answered and told is not None else told for name, told in sealed.items()}


def batches(connection: Connection) -> list[Batch]:
    """Every import there was, the last first."""
    return [_batch(row) for row in connection.execute(select(_OF).order_by(_OF.c.id.desc()))]


def batch(connection: Connection, key: int) -> Batch | None:
    """That one."""
    row = connection.execute(select(_OF).where(_OF.c.id == key)).first()
    return None if row is None else _batch(row)


def standing(connection: Connection, digest: str) -> Batch | None:
    """The last import of a file with these very bytes that was not undone."""
    same = and_(_OF.c.digest == digest, _OF.c.undone_at.is_(None))
    row = connection.execute(select(_OF).where(same).order_by(_OF.c.id.desc()).limit(1)).first()
    return None if row is None else _batch(row)


def _batch(row: Row[Any]) -> Batch:
    lists = {name: (counted[0], counted[1]) for name, counted in json.loads(row.lists).items()}
    return _BATCHES.read(row, lists=lists)


def rows(connection: Connection, batch_id: int) -> list[BatchRow]:
    """What that import wrote, in the order in which it was written."""
    of = tables.import_rows.c
    found = connection.execute(select(tables.import_rows).where(of.batch_id == batch_id).order_by(of.id))
    return [_ROWS.read(row, former=_former(connection, row)) for row in found]


def _former(connection: Connection, row: Row[Any]) -> dict[str, Any]:
    told = json.loads(row.former or "{}")
    key = case_rows.key_of(connection)
    if CASE in told and key is not None:
        told = key.unsealed_text(told[CASE], "import_rows", row.batch_id, row.table_name, row.row_id)
    return {k: from_json(v) for k, v in told.items()}


def referring(connection: Connection, batch_id: int, parent: str) -> Iterator[tuple[str, int, str, int]]:
    """Table, number and column of every row that names by a key a row of that table which the import brought, and that
    one.
    """
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name != parent or "id" not in table.c:
                continue
            named = key.parent.name
            found = connection.execute(
                text(
                    f"SELECT c.id AS id, c.{named} AS named FROM {table.name} c JOIN import_rows r ON r.batch_id = "
                    f":batch AND r.table_name = :parent AND r.row_id = c.{named} AND r.is_new = 1"
                ),
                {"batch": batch_id, "parent": parent},
            )
            yield from ((table.name, row.id, named, row.named) for row in found)


def say_undone(connection: Connection, key: int, at: datetime, by: UserId) -> None:
    """The import stands no more; what it wrote need not be known any longer."""
    connection.execute(
        update(_OF).where(_OF.c.id == key).values(undone_at=at.isoformat(timespec="seconds"), undone_by=by)
    )
    connection.execute(delete(tables.import_rows).where(tables.import_rows.c.batch_id == key))


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """How a sheet with certain headings is read: its list, "" where it is left out; the key of each heading that
    was corrected, "" for a column left out; by column the code that a value means.

    Headings and values stand there as keyed digests: what was taken for a column may hold names.
    orders: by column whether its texts are days of `dmy` or `mdy`.
    """

    list_key: str
    columns: Mapping[str, str]
    value_codes: Mapping[str, Mapping[str, str]]
    orders: Mapping[str, str] = field(default_factory=dict)


def layouts(connection: Connection, digests: Digests | None) -> dict[str, KeptLayout]:
    """By the digest of the headings; what was not kept with these keyed digests is not believed."""
    rows = connection.execute(select(tables.import_layouts))
    return {row.headings: as_layout(row) for row in rows if is_proven(row, digests)}


def is_proven(row: Row[Any], digests: Digests | None) -> bool:
    """Whether somebody who may import said it."""
    return digests is not None and row.proof == _proof(digests, row.headings, row.list_key, dict(row._mapping))


def _proof(digests: Digests, headings: str, list_key: str, said: Mapping[str, Any]) -> str:
    return digests.of_all("layout", headings, list_key, *(said[column] for column in _SAID))


_SAID = ("columns", "value_codes", "day_orders")


def as_layout(row: Row[Any]) -> KeptLayout:
    """What a row of kept layouts says."""
    orders = json.loads(row.day_orders or "{}")
    return KeptLayout(row.list_key, json.loads(row.columns), json.loads(row.value_codes), orders)


def layout_row(headings: str, layout: KeptLayout, digests: Digests) -> dict[str, str]:
    """What a kept layout says of columns and values, as it is stored, with its proof."""
    said = dict(zip(_SAID, map(json.dumps, (layout.columns, layout.value_codes, layout.orders)), strict=True))
    return {**said, "proof": _proof(digests, headings, layout.list_key, said)}


def keep_layouts(connection: Connection, kept: Mapping[str, KeptLayout], at: datetime, digests: Digests) -> None:
    """From now on, sheets with these headings are read so."""
    of = tables.import_layouts
    for headings, layout in kept.items():
        connection.execute(delete(of).where(of.c.headings == headings))
        row = {"headings": headings, "list_key": layout.list_key, "kept_at": at.isoformat(timespec="seconds")}
        connection.execute(insert(of), {**row, **layout_row(headings, layout, digests)})
