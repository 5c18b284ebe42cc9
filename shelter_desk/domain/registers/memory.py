"""What imports remember of earlier ones, as a person looks at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shelter_desk.domain.fields import LISTS, ListColumn
from shelter_desk.domain.registers.shapes import SHAPES

# a sheet that is read so; a value that means a code; a column whose days are written so; a line that is somebody;
# two persons who are different
Kind = Literal["layout", "value", "order", "same", "apart"]
CHANGING: tuple[Kind, ...] = ("value", "order")


@dataclass(frozen=True, slots=True)
class Memory:
    """One thing that is remembered. key: what it is named by; code: what is said, a code, an order or a person.

    columns, left_out: of a sheet, the columns corrected and how many were left out; row: of the line; at: since when,
    None where that is not kept.
    """

    key: str
    kind: Kind
    list_key: str = ""
    column: str = ""
    code: str = ""
    columns: tuple[str, ...] = ()
    left_out: int = 0
    row: int = 0
    at: datetime | None = None


def column_of(one: Memory, key: str = "") -> ListColumn | None:
    """The column that it speaks of, or another one of its list."""
    shape = SHAPES.get(one.list_key)
    columns = shape.columns if shape else LISTS.get(one.list_key, ())
    return next((column for column in columns if column.key == (key or one.column)), None)
