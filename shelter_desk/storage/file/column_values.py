"""Between a row of text and numbers and a fact of the domain: moments, days, lists, yes and no.

Of sealed bytes, how they are kept where only text can stand.
"""

import base64
from collections import namedtuple
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, CursorResult

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.moments import is_plain

MOST_DIGITS = 15  # what is longer was never counted: the next one could not be told from it
CELL = "cell"  # why a database is damaged: one cell of it is


def damaged(table: str, column: str, key: object) -> Damaged:
    """The damage of one cell. key: of its row."""
    return Damaged("database", f"{table}.{column}.{key}", CELL)


def to_text(moment: datetime | None) -> str | None:
    """How a moment is stored: only its day where the hour is not known."""
    if moment is None:
        return None
    return moment.strftime("%Y-%m-%d") if is_plain(moment) else moment.strftime("%Y-%m-%dT%H:%M")


def moment(text: str) -> datetime:
    """The moment stored."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """The moment stored, None where there is none."""
    return None if text is None else datetime.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    """The day stored, None where there is none."""
    return None if text is None else date.fromisoformat(text)


def day_text(day: date | None) -> str | None:
    """How a day is stored."""
    return None if day is None else day.isoformat()


def parts(text: str) -> tuple[str, ...]:
    """Several codes stored in one cell."""
    return tuple(text.split(";")) if text else ()


def joined(codes: tuple[str, ...]) -> str:
    """Several codes as they are stored."""
    return ";".join(codes)


def read_number(kept: str) -> int:
    """The number that a setting, or a paper, says; 0 for what is none, or is longer than any that was counted."""
    return int(kept) if kept.isdecimal() and len(kept) <= MOST_DIGITS else 0


def sealed_text(value: bytes) -> str:
    """How sealed bytes are written as text."""
    return base64.b64encode(value).decode()


def as_told(value: Any) -> Any:
    """A value of a row as a line of the journal has it: sealed bytes as text."""
    return sealed_text(value) if isinstance(value, bytes) else value


def sealed_bytes(text: str) -> bytes:
    """The sealed bytes that were written as text."""
    return base64.b64decode(text)


def to_json(value: Any) -> Any:
    """What stands in a column as JSON keeps it; sealed bytes are told from a text."""
    return {"sealed": sealed_text(value)} if isinstance(value, bytes) else value


def from_json(value: Any) -> Any:
    """What stood in the column."""
    return sealed_bytes(value["sealed"]) if isinstance(value, dict) else value


def blank(column: Column[Any]) -> Any:
    """What stands in a column of which nothing is said; None where nothing may."""
    usual = column.server_default
    if usual is None:
        return None
    written = str(usual.arg)  # type: ignore[attr-defined]
    return int(written) if written.isdecimal() else written


def named(found: CursorResult[Any]) -> list[Any]:
    """All rows, with their columns as names; for lists that are long: SQLAlchemy's own rows take longer to ask."""
    return list(map(_kind(tuple(found.keys()))._make, found.all()))


@cache
def _kind(columns: tuple[str, ...]) -> Any:
    return namedtuple("_kind", columns)
