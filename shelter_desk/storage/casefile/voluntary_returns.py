"""The files of returns."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.casefile.voluntary_returns import ReturnFile, ReturnWords, sealed_fields
from shelter_desk.domain.ids import ReturnFileId, StayId, UserId
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, moment_or_none, to_text
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import last_number

TABLE = "return_files"
_of = tables.return_files.c


def file_of(row: Any) -> ReturnFile:
    """The fact in a row of `return_files`, without what is sealed."""
    return ReturnFile(
        ReturnFileId(row.id),
        row.return_no,
        StayId(row.stay_id),
        date.fromisoformat(row.wish_on),
        row.dest_country,
        None if row.responsible_id is None else UserId(row.responsible_id),
        day_or_none(row.informed_on),
        row.id_document,
        day_or_none(row.document_asked_on),
        day_or_none(row.document_obtained_on),
        day_or_none(row.fit_on),
        row.travel_fitness,
        row.partner,
        day_or_none(row.travel_on),
        day_or_none(row.kit_on),
        day_or_none(row.reintegration_on),
        day_or_none(row.left_on),
        day_or_none(row.arrived_on),
        day_or_none(row.closed_on),
        row.return_closure,
        moment_or_none(row.recorded_at),
    )


def file_row(file: ReturnFile) -> dict[str, Any]:
    """A file as it is stored, without its id and what is sealed."""
    return {
        "return_no": file.return_no,
        "stay_id": file.stay,
        "wish_on": file.wish_on.isoformat(),
        "dest_country": file.dest_country,
        "responsible_id": file.responsible,
        "informed_on": _day(file.informed_on),
        "id_document": file.document,
        "document_asked_on": _day(file.document_asked_on),
        "document_obtained_on": _day(file.document_obtained_on),
        "fit_on": _day(file.fit_on),
        "travel_fitness": file.fitness,
        "partner": file.partner,
        "travel_on": _day(file.travel_on),
        "kit_on": _day(file.kit_on),
        "reintegration_on": _day(file.reintegration_on),
        "left_on": _day(file.left_on),
        "arrived_on": _day(file.arrived_on),
        "closed_on": _day(file.closed_on),
        "return_closure": file.closure,
        "recorded_at": to_text(file.recorded_at),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def next_number(connection: Connection, year: int) -> str:
    """The number of the next file of that year."""
    prefix = f"RET-{year}-"
    return f"{prefix}{last_number(connection, _of.return_no, prefix) + 1:04}"


def file(connection: Connection, key: ReturnFileId) -> ReturnFile | None:
    """One file, None where it was taken back."""
    row = connection.execute(select(tables.return_files).where(_of.id == key)).first()
    return None if row is None else file_of(row)


def of_stays(connection: Connection, stays: Iterable[StayId]) -> list[ReturnFile]:
    """The files of these stays, those that are open first, the latest at the top."""
    wanted = select(tables.return_files).where(_of.stay_id.in_(list(stays)))
    wanted = wanted.order_by(_of.closed_on.is_not(None), _of.id.desc())
    return list(map(file_of, connection.execute(wanted)))


def going_on(connection: Connection) -> list[ReturnFile]:
    """The files that are not closed, of stays that are not void."""
    joined = tables.return_files.join(tables.stays)
    wanted = select(tables.return_files).select_from(joined)
    wanted = wanted.where(_of.closed_on.is_(None), tables.stays.c.exit_reason != VOID).order_by(_of.id)
    return list(map(file_of, connection.execute(wanted)))


def sealed(own: Sealer, key: ReturnFileId, said: ReturnWords, only: Iterable[str] = ()) -> dict[str, Any]:
    """What is sealed of a file, as it is stored. own: the key of the narratives. only: these fields, else all."""
    names = sealed_fields()
    return {
        names[field]: own.seal(TABLE, names[field], key, str(getattr(said, field)).strip()) for field in (only or names)
    }


def opened(connection: Connection, own: Sealer, key: ReturnFileId) -> ReturnWords:
    """What is sealed of a file."""
    row = connection.execute(select(tables.return_files).where(_of.id == key)).one()
    told = {
        field: own.unseal(TABLE, column, key, getattr(row, column) or b"") for field, column in sealed_fields().items()
    }
    return ReturnWords(**told)


def has_words(connection: Connection, keys: Iterable[ReturnFileId]) -> frozenset[ReturnFileId]:
    """Which of these have something sealed, none of which is opened."""
    wanted = select(tables.return_files).where(_of.id.in_(list(keys)))
    columns = tuple(sealed_fields().values())
    return frozenset(
        ReturnFileId(row.id) for row in connection.execute(wanted) if any(getattr(row, one) for one in columns)
    )
