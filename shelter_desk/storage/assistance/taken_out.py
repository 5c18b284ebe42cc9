"""Lines of services that were taken out, as the journal keeps them whole."""

from collections.abc import Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.ids import ServiceId, StayId
from shelter_desk.storage import tables
from shelter_desk.storage.assistance.assistance import SERVICES
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import sealed_bytes

OUT = "take_out_service"
_TABLE = tables.services.name
_LINKED = {one.name: one for one in (tables.appointments, tables.follow_ups)}  # what says which of them a line was


def rows(lines: Iterable[journal.JournalLine], stays: Iterable[StayId]) -> Iterator[tuple[journal.JournalLine, Any]]:
    """The rows of these stays that were taken out, all their columns by name, each with its line of the journal."""
    mine = set(stays)
    for line in lines:
        for row in line.rows if line.action == OUT else ():
            before = row.get("before") if row["table"] == _TABLE and "after" not in row else None
            if before and before.get("stay_id") in mine:
                yield line, _whole(row["id"], before)


def _whole(key: int, before: Mapping[str, Any]) -> dict[str, Any]:
    """The journal leaves out what is empty; a note is sealed as it was."""
    found = {column.name: before.get(column.name) for column in tables.services.columns}
    note = found["note"]
    return {**found, "id": key, "note": None if note is None else sealed_bytes(note)}


def service(row: Mapping[str, Any]) -> Service:
    """The fact in such a row."""
    return SERVICES.read(SimpleNamespace(**row))


def is_there(connection: Connection, service_no: str) -> bool:
    """Whether a line has that number, which no other line gets; ids of rows are given again."""
    number = tables.services.c.service_no
    return connection.execute(select(number).where(number == service_no)).first() is not None


def id_is_free(connection: Connection, service_id: int) -> bool:
    """Whether no line written since has that id."""
    return SERVICES.one_or_none(connection, service_id) is None


def links(connection: Connection, line: journal.JournalLine, service_id: ServiceId) -> Iterator[tuple[str, int]]:
    """The appointment or follow-up, by table and id, that it was, unless another line is that since."""
    for row in line.rows:
        table = _LINKED.get(row["table"])
        if table is not None and row.get("before", {}).get("service_id") == service_id:
            found = connection.execute(select(table.c.service_id).where(table.c.id == row["id"])).first()
            if found is not None and found.service_id is None:
                yield table.name, row["id"]
