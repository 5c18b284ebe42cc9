"""Cells that hold what the program never writes there: a value of another kind, no day, a row that is not there.

Whoever has the key of the file can write anything into any cell, and rules and pages read numbers as numbers. Nobody
looks for it while all goes well: it is what explains an error that nobody foresaw, and one of the things that the check
looks at.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, Integer, LargeBinary, Table, Text
from sqlalchemy.exc import SQLAlchemyError, StatementError

from shelter_desk.domain.errors import Damaged, ShelterDeskError
from shelter_desk.domain.residents.residents import FormerBirth
from shelter_desk.domain.stays.memberships import Membership
from shelter_desk.storage.file.case import case_file
from shelter_desk.storage.file.column_values import damaged
from shelter_desk.storage.file.journal import TOO_LARGE
from shelter_desk.storage.tables import metadata

_OF_READING = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError, StatementError)
_LOOKED_AT = "no cell of the file explains it"
_MOMENTS = frozenset(
    {"at", "until", "first_day", "last_day", "birth_date", "count_date"}
    | {f"{what}_{end}" for what in ("in_service", "held", "out") for end in ("from", "to")}
)
_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def _each(read: Callable[[str], object]) -> Callable[[str], object]:
    return lambda cell: [read(one) for one in cell.split(";")]


def read_pointed(cell: str) -> tuple[tuple[str, str, str], ...]:
    """Sheet, cell and figure of what was pointed to in a workbook of a donor. Raises ValueError."""
    found = json.loads(cell)
    if not isinstance(found, list) or not all(
        isinstance(one, list) and [*map(type, one)] == [str] * 3 for one in found
    ):
        raise ValueError(found)
    return tuple((sheet, at, figure) for sheet, at, figure in found)


# what several facts in one cell are read with
_READ: Mapping[tuple[str, str], Callable[[str], object]] = MappingProxyType(
    {
        ("persons", "former_births"): _each(FormerBirth.read),
        ("situations", "former_families"): _each(Membership.read),
        ("import_batches", "lists"): json.loads,
        ("import_rows", "former"): json.loads,
        ("donor_workbooks", "cells"): read_pointed,
        **{("import_layouts", one): json.loads for one in ("columns", "value_codes", "day_orders")},
    }
)


def strange(connection: Connection) -> Damaged | None:
    """The first cell that the program did not write so, None where there is none."""
    return next(_strange(connection), None)


def explaining(error: BaseException, reading: Callable[[], AbstractContextManager[Connection]]) -> Damaged | None:
    """As `strange`, of the file that `reading` opens, for an error that nobody foresaw; once for each error.

    Only for what comes of reading a cell as what it is not: a disk or a memory that is full is explained by none.
    """
    if not isinstance(error, _OF_READING) or _LOOKED_AT in getattr(error, "__notes__", ()):
        return None
    found = None
    with suppress(ShelterDeskError, SQLAlchemyError), reading() as connection:
        found = strange(connection)
    if found is None:
        error.add_note(_LOOKED_AT)
    return found


def _strange(connection: Connection) -> Iterator[Damaged]:
    for table in metadata.sorted_tables:
        for row in connection.exec_driver_sql(_first_strange(table)):
            yield damaged(table.name, row[1], row[0])
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield damaged(row[0], str(_links(connection, row[0]).get(row[3], row[2])), row[1])
    yield from (damaged(column.table.name, column.name, key) for column, key in case_file.orphans(connection))
    yield from _unreadable(connection)


@cache
def _first_strange(table: Table) -> str:
    """The question for the key and the column of the first strange cell."""
    checks = {one.name: said for one in table.c if (said := strange_if(one))}
    chosen = " ".join(f"WHEN {said} THEN '{name}'" for name, said in checks.items())
    return f"SELECT {_key(table)}, CASE {chosen} END AS strange FROM {table.name} WHERE strange IS NOT NULL LIMIT 1"


def _key(table: Table) -> str:
    [*keys] = table.primary_key
    if len(keys) == 1 and isinstance(keys[0].type, LargeBinary):
        return f"hex({keys[0].name})"
    return f"CAST({keys[0].name} AS TEXT)" if len(keys) == 1 else "rowid"


def strange_if(column: Column[Any]) -> str:
    """The condition that a cell of that column is strange, in SQL."""
    name, kind = column.name, column.type
    of = f"typeof({name})"
    if isinstance(kind, Boolean):
        return f"({of} <> 'null' AND ({of} <> 'integer' OR {name} NOT IN (0, 1)))"
    if isinstance(kind, Integer):
        return f"({of} <> 'null' AND ({of} <> 'integer' OR abs({name} / 2) >= {TOO_LARGE // 2}))"
    if isinstance(kind, Float):
        return f"({of} NOT IN ('null', 'integer', 'real') OR abs({name}) >= {TOO_LARGE})"
    if isinstance(kind, LargeBinary):
        return f"{of} NOT IN ('null', 'blob')"
    if not isinstance(kind, Text):
        return ""
    if not (name in _MOMENTS or name.endswith(("_at", "_on"))):
        return f"{of} NOT IN ('null', 'text')"
    is_one = f"({name} GLOB '{_DAY}' OR {name} GLOB '{_DAY}T[0-2][0-9]:[0-5][0-9]*' AND substr({name}, 12, 2) < '24')"
    is_day = f"date({name}) IS substr({name}, 1, 10)"  # it makes the 2nd of March of the 30th of February
    return f"({of} NOT IN ('null', 'text') OR {name} <> '' AND NOT ({is_day} AND {is_one}))"


def _links(connection: Connection, table: str) -> dict[int, str]:
    """Which column names the row that a reference of that number is about."""
    return {row[0]: row[3] for row in connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")')}


def _unreadable(connection: Connection) -> Iterator[Damaged]:
    """Text that is none, and facts in a cell that cannot be read."""
    for table in metadata.sorted_tables:
        columns = [one.name for one in table.c if isinstance(one.type, Text)]
        if not columns:
            continue
        cells = ", ".join(f"CAST({name} AS BLOB)" for name in columns)
        for key, *found in connection.exec_driver_sql(f"SELECT {_key(table)}, {cells} FROM {table.name}"):
            for name, cell in zip(columns, found, strict=True):
                if cell and not _is_read(table.name, name, cell):
                    yield damaged(table.name, name, key)


def _is_read(table: str, column: str, cell: bytes) -> bool:
    try:
        said = cell.decode()
        read = _READ.get((table, column))
        if read is not None:
            read(said)
    except (ValueError, LookupError, RecursionError):
        return False
    return True
