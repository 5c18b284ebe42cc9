"""The files of returns."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.casefile.voluntary_returns import ReturnFile, ReturnWords, sealed_fields
from shelter_desk.domain.ids import ReturnFileId, StayId
from shelter_desk.domain.stays.stays import VOID
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import filled

TABLE = "return_files"
_of = tables.return_files.c
RETURN_FILES = Mapper(
    tables.return_files, ReturnFile, document="id_document", fitness="travel_fitness", closure="return_closure"
)
NUMBERS = Numbering(_of.return_no, "RET")


def of_stays(connection: Connection, stays: Iterable[StayId]) -> list[ReturnFile]:
    """The files of these stays, those that are open first, the latest at the top."""
    wanted = RETURN_FILES.rows.where(_of.stay_id.in_(list(stays)))
    wanted = wanted.order_by(_of.closed_on.is_not(None), _of.id.desc())
    return RETURN_FILES.every(connection, wanted)


def going_on(connection: Connection) -> list[ReturnFile]:
    """The files that are not closed, of stays that are not void."""
    joined = tables.return_files.join(tables.stays)
    wanted = RETURN_FILES.rows.select_from(joined)
    wanted = wanted.where(_of.closed_on.is_(None), tables.stays.c.uncounted != VOID).order_by(_of.id)
    return RETURN_FILES.every(connection, wanted)


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
    asked = list(keys)
    return frozenset(key for column in sealed_fields().values() for key in filled(connection, _of[column], asked))
