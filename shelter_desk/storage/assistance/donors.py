"""What donors call the services, and where figures go in their workbooks."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from shelter_desk.storage import tables
from shelter_desk.storage.file import cells, column_values
from shelter_desk.storage.file.column_values import to_text

Pointed = tuple[str, str, str]  # sheet, cell, figure


def categories(connection: Connection, donor: str) -> dict[str, str]:
    """What this donor calls each sub-type or type that it has a name for."""
    of = tables.donor_categories.c
    wanted = select(of.service_type, of.category).where(of.donor == donor).order_by(of.id)
    return {row.service_type: row.category for row in connection.execute(wanted)}


def category_rows(connection: Connection, donor: str) -> dict[str, int]:
    """The id of each of these rows, by service."""
    of = tables.donor_categories.c
    return {
        row.service_type: row.id for row in connection.execute(select(of.service_type, of.id).where(of.donor == donor))
    }


def donors(connection: Connection) -> frozenset[str]:
    """Those that have names for services."""
    return frozenset(connection.execute(select(tables.donor_categories.c.donor).distinct()).scalars())


def pointed(connection: Connection, digest: str) -> tuple[Pointed, ...]:
    """The cells that a person pointed to in workbooks of that shape; none where nobody did. Raises Damaged."""
    of = tables.donor_workbooks.c
    kept = connection.execute(select(of.id, of.cells).where(of.digest == digest)).first()
    if kept is None:
        return ()
    try:
        return cells.read_pointed(kept.cells)
    except (ValueError, TypeError, RecursionError) as error:
        raise column_values.damaged("donor_workbooks", "cells", kept.id) from error


def keep_pointed(connection: Connection, digest: str, pointed: Sequence[Pointed], at: datetime) -> None:
    """Remember these cells for the next workbook of that shape."""
    of = tables.donor_workbooks
    connection.execute(of.delete().where(of.c.digest == digest))
    if pointed:
        row = {"digest": digest, "cells": json.dumps(list(pointed), ensure_ascii=False), "kept_at": to_text(at)}
        connection.execute(of.insert().values(**row))
