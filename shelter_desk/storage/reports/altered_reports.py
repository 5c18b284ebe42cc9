"""Whether closed months and sendings are as they were written: signature, chain, sums, and what the journal told."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.errors import Damaged, ReportsAltered
from shelter_desk.domain.reports.sendings import LEAVING
from shelter_desk.storage import tables
from shelter_desk.storage.file import told_rows
from shelter_desk.storage.file.column_values import moment
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.reports import versions

_APART = frozenset({"id", "sealed", "partner", "copy"})  # what no journal line holds
Rows = dict[int, dict[str, Any]]


def altered(connection: Connection, signer: bytes, protection: Sealer | None) -> tuple[str, ...]:
    """The months that somebody altered, as 2026-10. signer: as `versions.partner`; protection: as far as it goes."""
    found = set(_versions(connection, signer, protection))
    for table in (versions.VERSIONS, versions.SENDINGS):
        found |= set(_told_otherwise(connection, table))
    return tuple(sorted(found))


def _versions(connection: Connection, signer: bytes, protection: Sealer | None) -> Iterator[str]:
    before = ""
    for one in versions.every(connection):
        try:
            versions.partner(connection, one, signer)
            if protection is not None:
                versions.content(connection, one, protection)
            is_whole = one.previous == before
        except (ReportsAltered, Damaged):
            is_whole = False
        if not is_whole:
            yield one.month
        before = one.sha256


def _told_otherwise(connection: Connection, table: str) -> Iterator[str]:
    """The months of rows that are others than the lines of the journal made them, of those gone and those put in."""
    told = {key: row or {} for key, row in told_rows.told_rows(connection, table).rows.items()}
    of = tables.metadata.tables[table]
    columns = [column for column in of.c if column.name == "id" or column.name not in _APART]
    every = map(dict, connection.execute(select(*columns)).mappings())
    here: Rows = {row["id"]: row for row in every if row["id"] in told or not _is_on_its_way(row)}
    for key in told.keys() | here.keys():
        if _filled(told.get(key, {})) != _filled(here.get(key, {})):
            yield str({**told.get(key, {}), **here.get(key, {})}.get("first_day", ""))[:7]


def _is_on_its_way(row: Mapping[str, Any]) -> bool:
    """A file that is being written: nothing is told of it yet."""
    with suppress(ValueError, TypeError):
        return row.get("departure") == LEAVING and bool(moment(row["sent_at"]))
    return False


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _APART and value not in (None, "")}
