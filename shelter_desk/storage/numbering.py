"""Numbers that are counted on behind a prefix, `R-2026-0001`, and never given twice."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Text, cast, func, select

from shelter_desk.storage.file import settings
from shelter_desk.storage.file.column_values import MOST_DIGITS, read_number
from shelter_desk.storage.tables import boxed_tables, case_numbers


def last_number(connection: Connection, column: Any, prefix: str) -> int:
    """The highest number given so far behind that prefix, of what was taken out too; 0 where there is none."""
    digits = func.substr(column, len(prefix) + 1)
    of_prefix = (column >= prefix, column < f"{prefix}\uffff", func.length(digits) <= MOST_DIGITS)
    wanted = select(func.max(cast(digits, Integer))).where(*of_prefix)
    kept = settings.read(connection).get(f"last_number_{prefix[:-1]}", "0")
    counted = select(cast(case_numbers.c.last, Text)).where(case_numbers.c.name == prefix)
    of_others = connection.execute(counted).scalar() if column.table in boxed_tables() else None
    return max(connection.execute(wanted).scalar() or 0, read_number(kept), read_number(of_others or ""))


@dataclass(frozen=True, slots=True)
class Numbering:
    """Those of one kind of paper; they are not the numbers of the file (field 6.7)."""

    column: Any
    letters: str
    digits: int = 4

    def next(self, connection: Connection, year: int) -> str:
        """The number after the last one of that year, as `R-2026-0001`."""
        prefix = f"{self.letters}-{year}-"
        return f"{prefix}{last_number(connection, self.column, prefix) + 1:0{self.digits}}"
