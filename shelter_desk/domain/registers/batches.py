"""What of an import is undone: everything but the rows that were touched since, and what hangs on those (T63)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

RowKey = tuple[str, int]  # table and number of a row
# `changed` or `gone` since; `referred`: something written since speaks of it; `belongs` to a row that stays;
# `needed` by a row that stays; `refused`: the file itself would not have it back as it was
Why = Literal["changed", "gone", "referred", "belongs", "needed", "refused"]
# the columns by which a row belongs to another: what was done to a person concerns their stays and nights
OWNERS = frozenset({"person_id", "stay_id", "asset_id", "item_id"})


@dataclass(frozen=True, slots=True)
class Left:
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
    rows: Collection[RowKey], touched: Mapping[RowKey, Left], references: Iterable[Reference]
) -> dict[RowKey, Left]:
    """The rows of an import that stay: those touched, what belongs to them, what a row that stays needs.

    rows: all of the import. references: those to rows that it brought, from its own rows and from any other.
    """
    of_parent: defaultdict[RowKey, list[RowKey]] = defaultdict(list)
    of_child: defaultdict[RowKey, list[RowKey]] = defaultdict(list)
    left = dict(touched)
    for one in references:
        if one.child not in rows:
            left.setdefault(one.parent, Left(one.parent, "referred", one.child))
            continue
        of_child[one.child].append(one.parent)
        if one.owned:
            of_parent[one.parent].append(one.child)
    waiting = list(left)
    while waiting:
        row = waiting.pop()
        for child in of_parent[row]:
            if child not in left:
                left[child] = Left(child, "belongs", row)
                waiting.append(child)
    waiting = list(left)
    while waiting:
        row = waiting.pop()
        for parent in of_child[row]:
            if parent not in left:
                left[parent] = Left(parent, "needed", row)
                waiting.append(parent)
    return left
