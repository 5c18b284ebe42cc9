"""Rows as the lines of the journal made them: told one by one, or packed as sums where an act brought very many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.storage.file.journal import JournalLine

LENGTH = 16  # hexadecimal digits of one
_MOST = 10**6  # in one run: no house has as many rows


@dataclass(slots=True)
class ToldRows:
    """Rows of a table as the lines made them: by id what each column was given last, sealed values still sealed; None
    for one that was taken out. made: those whose first line is known; columns that it leaves out were empty.
    breaks: by id, column, what it was given last and what the next line found there instead.
    sums: of the rows that a very large act brought, which are told nowhere. first_found: of those, what the first line
    on a column found there.
    counted: how many came so before version 0.2 of the program, without sums; former: the ids that were told before
    such an act, of which nothing is known any more, since they may have been given again.
    """

    rows: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)
    breaks: list[tuple[int, str, Any, Any]] = field(default_factory=list)
    sums: dict[int, str] = field(default_factory=dict)
    first_found: dict[int, dict[str, Any]] = field(default_factory=dict)
    counted: int = 0
    former: set[int] = field(default_factory=set)

    def _read_line(self, table: str, line: JournalLine) -> None:
        new, gone, sums, ids = (
            told.get(table) if isinstance(told := line.known.get(name), dict) else None
            for name in ("new_rows", "gone_rows", "new_sums", "gone_ids")
        )
        if (new, gone) != (None, None) and (sums, ids) == (None, None):
            self.former |= self.rows.keys()
            self.rows.clear()
            self.made.clear()
            self.counted += new if type(new) is int else 0
        for row in line.rows:
            if row["table"] == table:
                self._read(row)
        brought, taken_out = unpacked(sums), ids_unpacked(ids)
        for key in brought.keys() | taken_out:
            self._forget(key)
        self.rows |= dict.fromkeys(taken_out)
        self.sums |= brought

    def _read(self, row: Mapping[str, Any]) -> None:
        key, before, after = row["id"], row.get("before"), row.get("after")
        if before is None:
            self._forget(key)
            self.made.add(key)
            self.rows[key] = None if after is None else dict(after)
            return
        known = self.rows.get(key) or {}
        self.breaks += [(key, one, known[one], told) for one, told in before.items() if one in known]
        self.rows[key] = None if after is None else {**known, **dict.fromkeys(before), **after}
        if key in self.sums:
            self.first_found[key] = {**before, **self.first_found.get(key, {})}

    def _forget(self, key: int) -> None:
        for known in (self.rows, self.sums, self.first_found):
            known.pop(key, None)
        self.made.discard(key)


def told_rows(connection: Connection, table: str, before: int | None = None) -> ToldRows:
    """What the lines tell of a table, or those before that one. Keys of rows are in no line."""
    told = ToldRows()
    wanted = text("SELECT * FROM journal WHERE instr(details, :table) AND (:seq IS NULL OR seq < :seq) ORDER BY seq")
    for found in connection.execute(wanted, {"table": f'"{table}"', "seq": before}):
        told._read_line(table, JournalLine(*found))
    return told


def packed(sums: Mapping[int, str]) -> list[list[Any]]:
    """By id, as runs: the first id, and the sums of it and of those that follow it without a gap."""
    runs: list[list[Any]] = []
    for key in sorted(sums):
        if runs and key == runs[-1][0] + len(runs[-1][1]) // LENGTH:
            runs[-1][1] += sums[key]
        else:
            runs.append([key, sums[key]])
    return runs


def unpacked(told: Any) -> dict[int, str]:
    """By id; runs of another form are left out: whoever has the key of the file can write a line."""
    return {
        first + at: sums[at * LENGTH : (at + 1) * LENGTH]
        for first, sums in _runs(told)
        if isinstance(sums, str)
        for at in range(len(sums) // LENGTH)
    }


def ids_packed(ids: Iterable[int]) -> list[list[int]]:
    """Ids as runs: the first, and how many follow each other from it on."""
    runs: list[list[int]] = []
    for key in sorted(ids):
        if runs and key == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([key, 1])
    return runs


def ids_unpacked(told: Any) -> set[int]:
    """The ids of these runs; as `unpacked`."""
    return {first + at for first, many in _runs(told) if type(many) is int for at in range(min(many, _MOST))}


def _runs(told: Any) -> Iterable[tuple[int, Any]]:
    found = told if isinstance(told, list) else []
    return ((one[0], one[1]) for one in found if isinstance(one, list) and len(one) == 2 and type(one[0]) is int)
