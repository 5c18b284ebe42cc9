"""What of an import is undone: everything but the rows that were touched since, and what hangs on those.

What imports remember of earlier ones, as a person looks at it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shelter_desk.domain.register_columns import LISTS, ListColumn
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


RowKey = tuple[str, int]  # table and number of a row
# `changed` or `gone` since; `referred`: something written since speaks of it; `belongs` to a row that stays;
# `needed` by a row that stays; `refused`: the file itself would not have it back as it was
Why = Literal["changed", "gone", "referred", "belongs", "needed", "refused"]
# the columns by which a row belongs to another: what was done to a person concerns their stays and nights
OWNERS = frozenset({"person_id", "stay_id", "placement_id", "asset_id", "item_id"})


@dataclass(frozen=True, slots=True)
class LeftInPlace:
    """A row that an undo leaves as it is. by: the row that is the reason, itself where it was changed."""

    row: RowKey
    why: Why
    by: RowKey


@dataclass(frozen=True, slots=True)
class Reference:
    """One row that names another. owned: it belongs to it."""

    child: RowKey
    parent: RowKey
    owned: bool


def left_alone(
    rows: Collection[RowKey], touched: Mapping[RowKey, LeftInPlace], references: Iterable[Reference]
) -> dict[RowKey, LeftInPlace]:
    """The rows of an import that stay: those touched, what belongs to them, what a row that stays needs.

    rows: all of the import. references: those to rows that it brought, from its own rows and from any other.
    """
    of_parent: defaultdict[RowKey, list[RowKey]] = defaultdict(list)
    of_child: defaultdict[RowKey, list[RowKey]] = defaultdict(list)
    left = dict(touched)
    for one in references:
        if one.child not in rows:
            left.setdefault(one.parent, LeftInPlace(one.parent, "referred", one.child))
            continue
        of_child[one.child].append(one.parent)
        if one.owned:
            of_parent[one.parent].append(one.child)
    ways: tuple[tuple[Why, defaultdict[RowKey, list[RowKey]]], ...] = (("belongs", of_parent), ("needed", of_child))
    for why, leading in ways:
        waiting = list(left)
        while waiting:
            row = waiting.pop()
            for other in leading[row]:
                if other not in left:
                    left[other] = LeftInPlace(other, why, row)
                    waiting.append(other)
    return left
