"""What somebody writes into the case file who may not read it: a slip that gives a service, a night's admission.

It waits sealed with the public key of the box, row by row, until who holds the key of the case file opens the shelter.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file.case.case_rows import CaseKey, padded
from shelter_desk.storage.file.column_values import damaged, from_json, sealed_bytes, sealed_text, to_json
from shelter_desk.storage.file.sealing import Box
from shelter_desk.storage.tables import boxed_tables, case_inbox, case_tables, metadata


def boxed(box: Box, table: str, row: Mapping[str, Any]) -> bytes:
    """A row as it waits."""
    return _sealed(box, {name: to_json(value) for name, value in row.items()}, table, row["id"])


def line_text(box: Box, said: Any, seq: int) -> str:
    """What a line of the journal tells of such rows, as text."""
    return sealed_text(_sealed(box, said, "journal", seq))


def line_unsealed(key: CaseKey, sealed: str, seq: int) -> Any:
    """What `line_text` sealed. Raises Damaged."""
    return _unsealed(key, sealed_bytes(sealed), "journal", seq)


def _sealed(box: Box, said: Any, where: str, row_id: int) -> bytes:
    return box.seal_bytes(case_inbox.name, where, row_id, padded(said))


def _unsealed(key: CaseKey, sealed: bytes, where: str, row_id: int) -> Any:
    try:
        if key.box is not None:
            return json.loads(key.box.unseal_bytes(case_inbox.name, where, row_id, sealed))
    except (ValueError, TypeError, RecursionError):  # anybody can put in what is none
        pass
    raise damaged(case_inbox.name, "sealed", f"{where}/{row_id}")


def waiting(connection: Connection) -> int:
    """How many rows wait."""
    return connection.execute(select(func.count()).select_from(case_inbox)).scalar_one()


def take_in(connection: Connection, key: CaseKey) -> None:
    """Write what waits into the case file; what opens no more, or names what is gone, goes on waiting.

    So does what names a row that who writes there cannot know: whether it went in would tell which of them there are.
    """
    names = [one.name for one in boxed_tables()]
    wanted = select(case_inbox).where(case_inbox.c.table_name.in_(names)).order_by(case_inbox.c.row_id)
    for row in connection.execute(wanted).all():
        # anybody can put in anything: other columns, or what none of them holds
        with suppress(Damaged, SQLAlchemyError, AttributeError, TypeError, ValueError), connection.begin_nested():
            said = _unsealed(key, row.sealed, row.table_name, row.row_id)
            values = {name: from_json(value) for name, value in said.items()}
            if any(values.get(name) is not None for name in _unknown(row.table_name)):
                continue
            connection.execute(insert(metadata.tables[row.table_name]), values)
            here = (case_inbox.c.table_name == row.table_name) & (case_inbox.c.row_id == row.row_id)
            connection.execute(delete(case_inbox).where(here))


@cache
def _unknown(table: str) -> tuple[str, ...]:
    """Its columns that name rows which only who holds the key writes."""
    hidden = {one.name for one in case_tables()} - {one.name for one in boxed_tables()}
    return tuple(one.parent.name for one in metadata.tables[table].foreign_keys if one.column.table.name in hidden)
