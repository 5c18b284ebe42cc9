"""Whether a line of the journal puts back just what another one did: as `Trail.revert` writes it, and nothing else."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from shelter_desk.storage.file import journal, told_rows
from shelter_desk.storage.file.told_rows import IdRuns, Run

Details = Mapping[str, Any]


def takes_back(undo: Details, done: Details) -> bool:
    """Whether the rows and settings of the one are those of the other, with before and after changed over.

    Of a very large act the new rows and those gone are asked by their ids, since it tells them no other way.
    """
    return (
        _rows(undo) == _rows(done, "after", "before")
        and all(_dict(undo, one) == _dict(done, other) for one, other in (("before", "after"), ("after", "before")))
        and all(_counted(undo, one) == _counted(done, other) for one, other in (("new", "gone"), ("gone", "new")))
    )


def _rows(known: Details, before: str = "before", after: str = "after") -> Counter[str]:
    told = ((row["table"], row["id"], _said(row, before), _said(row, after)) for row in journal.rows_of(known))
    return Counter(json.dumps(one) for one in told)


def _said(row: Mapping[str, Any], side: str) -> list[Any] | None:
    """What stands in a row; where it is new or gone, one column more or less may be told as empty."""
    if side not in row:
        return None
    return sorted(([column, value] for column, value in row[side].items() if value not in (None, "")), key=repr)


def _dict(known: Details, name: str) -> Details:
    found = known.get(name)
    return found if isinstance(found, dict) else {}


def _counted(known: Details, which: str) -> tuple[Details, Mapping[str, list[Run]]]:
    """How many rows of each table are new or gone, and which."""
    told = _dict(known, "gone_ids")
    if which == "new":
        told = {
            table: told_rows.ids_packed(told_rows.unpacked(sums)) for table, sums in _dict(known, "new_sums").items()
        }
    runs = {table: IdRuns(ids).runs for table, ids in told.items()}
    return _dict(known, f"{which}_rows"), {table: found for table, found in runs.items() if found}
