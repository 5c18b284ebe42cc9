"""Rows as the lines of the journal made them: told one by one, or packed as sums where an act brought very many."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text

from shelter_desk.storage.file import journal
from shelter_desk.storage.file.case.case_lines import is_of_case_file
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.tables import metadata

LENGTH = 16  # hexadecimal digits of one
Run = tuple[int, int]  # [first, after) of ids


class SealedAnew:
    """What stands in a column since other keys sealed it: not empty, and in no line."""


SEALED_ANEW = SealedAnew()


class Break(NamedTuple):
    """A line that found something else than the line before had left. found: as the line tells it."""

    id: int
    column: str
    last: Any
    found: Any


@dataclass(slots=True)
class ToldRows:
    """Rows of a table as the lines made them: by id what each column was given last, sealed values still sealed; None
    for one that was taken out. here: the ids that stand in the table. anew: columns that a change of all keys seals.

    made: those whose first line is known; columns that it leaves out were empty. unmade: those that a line changed or
    took out before any had made them.
    sums: of the rows that a very large act brought, which are told nowhere; name_sums: of the names in them, of which
    there are none of before version 0.3. first_found: of those, what the first line on a column found there.
    sums_since: the last line that may count rows without sums, as versions before 0.2 of the program did; counted: how
    many came so; former: the ids that were told before such an act, of which nothing is known any more, since they may
    have been given again.
    untrue: lines that tell of more rows than there can have been, or count some too late, which the program never does.
    """

    here: Set[int] = frozenset()
    anew: Collection[str] = ()
    rows: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)
    unmade: set[int] = field(default_factory=set)
    breaks: list[Break] = field(default_factory=list)
    sums: dict[int, str] = field(default_factory=dict)
    name_sums: dict[int, str] = field(default_factory=dict)
    first_found: dict[int, dict[str, Any]] = field(default_factory=dict)
    sums_since: int = 0
    counted: int = 0
    former: set[int] = field(default_factory=set)
    untrue: set[int] = field(default_factory=set)

    def _read_line(self, table: str, line: JournalLine) -> None:
        if line.action == CHANGE_KEYS:
            self._seal_anew()
        known = line.known
        new, gone, sums, ids = (_of_table(known, name, table) for name in _OF_LARGE_ACT)
        is_counted = (new, gone) != (None, None) and "new_sums" not in known
        if is_counted and line.seq > self.sums_since:
            self.untrue.add(line.seq)
        elif is_counted:
            self.former |= self.rows.keys()
            self.rows.clear()
            self.made.clear()
            self.unmade.clear()
            self.counted += _count(new)
        for row in journal.rows_of(known):
            if row["table"] == table:
                self._read(row)
        brought, left = unpacked(sums), IdRuns(ids)
        if len(brought) > _count(new) or left.many > _count(gone):
            self.untrue.add(line.seq)
        taken_out = {key for some in (self.here, self.rows, self.sums) for key in some if left.have(key)} if ids else ()
        for key in brought.keys() | taken_out:
            self._forget(key)
        self.rows |= dict.fromkeys(taken_out)
        self.sums |= brought
        of_names = unpacked(_of_table(known, NAME_SUMS, table))
        self.name_sums |= {key: of_names[key] for key in of_names.keys() & brought.keys()}

    def _read(self, row: Mapping[str, Any]) -> None:
        key, before, after = row["id"], row.get("before"), row.get("after")
        if before is None:
            self._forget(key)
            self.made.add(key)
            self.rows[key] = None if after is None else dict(after)
            return
        last = self.rows.get(key)
        if last is None and key not in self.sums and not self.counted:
            self.unmade.add(key)
        known = last or {}
        is_taken_out = after is None  # of which the line says all
        found = {**dict.fromkeys(known), **before} if is_taken_out else before
        self.breaks += [Break(key, one, known[one], told) for one, told in found.items() if one in known]
        self.rows[key] = None if is_taken_out else {**known, **dict.fromkeys(before), **(after or {})}
        if key in self.sums:
            self.first_found[key] = {**before, **self.first_found.get(key, {})}

    def _seal_anew(self) -> None:
        for row in self.rows.values():
            if row is not None:
                row.update(dict.fromkeys((one for one in self.anew if row.get(one)), SEALED_ANEW))

    def _forget(self, key: int) -> None:
        for known in (self.rows, self.sums, self.name_sums, self.first_found):
            known.pop(key, None)
        self.made.discard(key)
        self.unmade.discard(key)


def ids_brought(known: Mapping[str, Any], table: str, here: Iterable[int]) -> Iterable[int]:
    """The ids that a very large act gave. Before version 0.2 a line counts them alone; they follow the last here."""
    new, sums = (_of_table(known, name, table) for name in ("new_rows", "new_sums"))
    if "new_sums" in known or not journal.is_row_id(new):
        return unpacked(sums)
    last = max(here, default=0)
    return range(last + 1, last + 1 + min(new, _MOST_COUNTED))


def ids_taken_out(known: Mapping[str, Any], table: str, here: Collection[int]) -> Collection[int]:
    """Of those here the ids that a very large act took out; before version 0.2 a line counts them alone."""
    gone, ids = (_of_table(known, name, table) for name in ("gone_rows", "gone_ids"))
    if "new_sums" in known or not journal.is_row_id(gone):
        runs = IdRuns(ids)
        return [key for key in here if runs.have(key)] if ids else ()
    return sorted(here)[-gone:]


def _of_table(known: Mapping[str, Any], name: str, table: str) -> Any:
    told = known.get(name)
    return told.get(table) if isinstance(told, dict) else None


CHANGE_KEYS = "change_keys"
NAME_SUMS = "name_sums"
_OF_LARGE_ACT = ("new_rows", "gone_rows", "new_sums", "gone_ids")
_MOST_COUNTED = 1_000_000  # rows that one act brought
# the first line of version 0.2 in a file of before: since then a line says which version the file came from
_SUMS_SINCE = text("SELECT coalesce(min(seq), 0) FROM journal WHERE action = 'upgrade' AND instr(details, '\"from\"')")
_OF_CASE_FILE = text("SELECT * FROM journal WHERE instr(details, '\"case') ORDER BY seq")
_LINES = text(
    "SELECT * FROM journal WHERE (instr(details, :table) OR action = :keys) AND (:seq IS NULL OR seq < :seq) "
    "ORDER BY seq"
)


CaseLines = Mapping[str, Sequence[JournalLine]]  # by table


def case_lines(connection: Connection) -> CaseLines:
    """The lines that tell of rows of the case file, in order: which those are is not known before they are opened."""
    found = defaultdict[str, list[JournalLine]](list)
    for row in connection.execute(_OF_CASE_FILE):
        line = journal.line_of(connection, row)
        for table in line.tables:
            found[table].append(line)
    return found


def told_rows(
    connection: Connection,
    table: str,
    before: int | None = None,
    anew: Collection[str] = (),
    of_case: CaseLines | None = None,
) -> ToldRows:
    """What the lines tell of a table, or those before that one. Keys of rows are in no line. anew: as of `ToldRows`.

    of_case: as `case_lines` gives them, where several tables are asked for.
    """
    here = set(connection.execute(select(metadata.tables[table].c.id)).scalars())
    told = ToldRows(here, anew, sums_since=connection.execute(_SUMS_SINCE).scalar_one())
    asked = {"table": f'"{table}"', "keys": CHANGE_KEYS if anew else None, "seq": before}
    lines = [journal.line_of(connection, found) for found in connection.execute(_LINES, asked)]
    if is_of_case_file(table):
        sealed = (case_lines(connection) if of_case is None else of_case).get(table, ())
        every = {line.seq: line for line in (*lines, *sealed) if before is None or line.seq < before}
        lines = [every[seq] for seq in sorted(every)]
    for line in lines:
        told._read_line(table, line)
    return told


def last_told(
    connection: Connection, table: str, ids: Collection[int], columns: Set[str]
) -> Mapping[int, Mapping[str, Any]]:
    """By id what the lines gave these columns last, as far as they tell rows one by one."""
    found, wanted = {key: dict[str, Any]() for key in ids}, set(ids)
    asked = text("SELECT * FROM journal WHERE instr(details, :table) ORDER BY seq DESC")
    with connection.execute(asked, {"table": f'"{table}"'}) as lines:
        for line in lines:
            if not wanted:
                break
            for row in reversed(journal.line_of(connection, line).rows):
                if (key := row["id"]) in wanted and row["table"] == table:
                    found[key] = {**dict.fromkeys(row.get("before", ())), **row.get("after", {}), **found[key]}
                    if "before" not in row or columns <= found[key].keys():
                        wanted.discard(key)
    return found


def _count(told: Any) -> int:
    return int(told) if journal.is_row_id(told) else 0


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
        for first, sums in _pairs(told)
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


class IdRuns:
    """Ids as `ids_packed` makes them, without taking each apart: a line can tell of more than there is room for.

    What has another form is left out, as by `unpacked`. runs: in order, none of which touches the next; many: how many
    they are.
    """

    def __init__(self, told: Any) -> None:
        self.runs: list[Run] = []
        for first, many in sorted((one, many) for one, many in _pairs(told) if type(many) is int and many > 0):
            last = self.runs[-1] if self.runs else (0, 0)
            if first <= last[1]:
                self.runs[-1:] = [(last[0], max(last[1], first + many))]
            else:
                self.runs.append((first, first + many))
        self.many = sum(after - first for first, after in self.runs)

    def have(self, key: int) -> bool:
        """Whether this id is among them."""
        at = bisect_right(self.runs, key, key=lambda run: run[0])
        return at > 0 and key < self.runs[at - 1][1]


def _pairs(told: Any) -> Iterable[tuple[int, Any]]:
    found = told if isinstance(told, list) else []
    return ((one[0], one[1]) for one in found if isinstance(one, list) and len(one) == 2 and journal.is_row_id(one[0]))
