"""Rows and settings that are not as the journal made them: somebody wrote into the file past the program.

Everything that the program writes into these tables is told by a line, row by row, or by sums where an act wrote very
many. The lines themselves are another matter: they follow from each other (`journal.verify`).
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, select

from shelter_desk.domain.residents.residents import NAMES
from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.storage.file import former_rows, journal, told_rows
from shelter_desk.storage.file.case import case_rows
from shelter_desk.storage.file.column_values import as_told
from shelter_desk.storage.file.former_rows import Pair
from shelter_desk.storage.file.told_rows import CaseLines, SealedAnew, ToldRows
from shelter_desk.storage.file.trail import UNTOLD_TABLES, is_told
from shelter_desk.storage.retention import altered_settings, erased_rows, erasing, summed_rows
from shelter_desk.storage.retention.erased_rows import ErasedRows
from shelter_desk.storage.retention.erasing import DAYS
from shelter_desk.storage.retention.going_columns import BLANK, ERASED, GOES, SEALED_ANEW, TAKEN_OUT
from shelter_desk.storage.tables import case_tables, metadata

# who may open the shelter is signed elsewhere, closed months and sendings are judged by `altered_reports`; drafts, and
# what an import remembers, are written without a line
_UNTOLD = frozenset(
    {"journal", "journal_signers", "users", "drafts", "case_drafts", "report_versions", "sendings"}
    | {"import_batches", "import_rows", "import_gaps", "house_gaps", "import_layouts"}
)
KEYS_SINCE = "0004"  # the version of the file that gave each person a key
_ANY = frozenset(RetentionKind)
_SPARSE = {pair.beside.name for pair in former_rows.PAIRS if pair.is_sparse}  # of a former row there may be none
FormerSums = Mapping[tuple[str, int], str]  # by table and id


class AlteredRows(NamedTuple):
    """rows: by table and id; names: of settings. lines: of the journal, that tell what cannot have been."""

    rows: tuple[tuple[str, int], ...]
    settings: tuple[str, ...]
    lines: tuple[int, ...]


def altered(connection: Connection) -> AlteredRows:
    """What stands otherwise than the last line that tells of it, what a line took out and is there, what none tells of.

    Keys of rows are in no line; a column that goes at a term is sound when it is empty and a line erased whose it was.
    """
    known = set(metadata.tables) - _UNTOLD - UNTOLD_TABLES
    if case_rows.key_of(connection) is None:  # what stands in for them is no row of theirs
        known -= {of.name for of in case_tables()}
    judged = (of for name, of in metadata.tables.items() if "id" in of.c and name in known)
    erased, rows, lines = erased_rows.read(connection), list[tuple[str, int]](), set[int]()
    of_case = told_rows.case_lines(connection)
    former = _former_sums(connection, of_case, erased)
    for of in judged:
        told = told_rows.told_rows(connection, of.name, anew=SEALED_ANEW.get(of.name, ()), of_case=of_case)
        rows += [(of.name, key) for key in sorted(set(_rows(connection, of, told, erased, former)))]
        lines |= told.untrue
    return AlteredRows(tuple(rows), tuple(sorted(altered_settings.altered(connection))), tuple(sorted(lines)))


def _former_sums(connection: Connection, of_case: CaseLines, erased: ErasedRows) -> FormerSums:
    """The sums of rows that stand as a large act before version 0039 brought them, when two tables were one; who does
    not read the case file cannot tell.
    """
    until = journal.former_until(connection)
    made = dict[tuple[str, int], str]()
    for pair in former_rows.PAIRS if until else ():
        made |= _former_sums_of(connection, pair, until, of_case, erased)
    return made


def _former_sums_of(
    connection: Connection, pair: Pair, until: int, of_case: CaseLines, erased: ErasedRows
) -> FormerSums:
    told = {name: told_rows.told_rows(connection, name, until, of_case=of_case) for name in pair.names}
    found = {(name, key): one for name, rows in told.items() for key, one in rows.sums.items()}
    if not found or case_rows.key_of(connection) is None:
        return found
    own, beside = (told_rows.told_rows(connection, name, of_case=of_case) for name in pair.names)
    rows, said = (_by_id(connection, of) for of in (pair.own, pair.beside))
    vouched = set[tuple[str, int]]()
    for (name, key), one in found.items():
        row, more = (
            {**some.get(key, {}), **now.first_found.get(key, {})} for some, now in ((rows, own), (said, beside))
        )
        if pair.is_sparse and key not in beside.sums:
            more = {}  # it was brought since
        made = summed_rows.former_sum_of(pair, key, row, more)
        is_gone = pair.is_sparse and name == pair.beside.name and key not in rows
        if made == one or is_gone or (key in said and _is_emptied(pair, said[key], erased)):
            vouched.add((name, key))
    return {key: one for key, one in found.items() if key in vouched}


def _by_id(connection: Connection, table: Table) -> dict[int, dict[str, Any]]:
    return {row["id"]: dict(row) for row in connection.execute(select(table)).mappings()}


def _is_emptied(pair: Pair, row: Mapping[str, Any], erased: ErasedRows) -> bool:
    """Whether an erasure took what the sum was of as well, so that nobody can tell."""
    kinds, goes = erased.kinds(pair.beside.name, row), GOES[pair.beside.name]
    return any(not row[one] and not kinds.isdisjoint(goes[one]) for one in pair.lasted)


def of_table(connection: Connection, name: str, *which: ColumnElement[bool]) -> Iterator[int]:
    """The rows of one table, of which all this holds, that stand otherwise than the last line left them, whatever the
    lines before said; of a table that nothing is erased from.
    """
    table = metadata.tables[name]
    told = told_rows.told_rows(connection, name, anew=SEALED_ANEW.get(name, ()))
    silent = {column.name for column in table.c if not is_told(name, column.name)}
    for row in connection.execute(select(table).where(*which).order_by(table.c.id)).mappings():
        if row["id"] not in told.rows or not _is_told(name, dict(row), told, silent, frozenset()):
            yield row["id"]


def _rows(
    connection: Connection, table: Table, told: ToldRows, erased: ErasedRows, former: FormerSums
) -> Iterator[int]:
    name = table.name
    erasures = ERASED.get(name, {})
    silent = {*erasures, *(column.name for column in table.c if not is_told(name, column.name))}
    sealed_anew = _sealed_anew(connection, told) if name == "persons" else frozenset()
    every = [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]
    for key, column, last, found in told.breaks:
        is_anew = key in sealed_anew and column in NAMES
        if (
            column in table.c
            and column not in silent
            and not is_anew
            and not _is_value(name, column, last, found, _ANY)
        ):
            yield key  # a line found something else than the line before had left there
    if name not in _SPARSE or not journal.former_until(connection):
        yield from told.unmade
    yield from _missing(name, {row["id"] for row in every}, told, erased, former)
    yield from _unknown(every, told)
    for row in every:
        key, kinds = row["id"], erased.kinds(name, row)
        unsaid = silent | {*NAMES} if key in sealed_anew else silent
        is_known = key not in told.rows or _is_told(name, row, told, unsaid, kinds)
        is_untold = any(row.get(one) and kinds.isdisjoint(some) for one, some in erasures.items())
        is_summed = _is_summed(name, row, told) or told.sums[key] == former.get((name, key))
        if not is_known or is_untold or not is_summed or not _are_names_summed(row, told, kinds):
            yield key


def _sealed_anew(connection: Connection, told: ToldRows) -> Set[int]:
    """The persons whose names were sealed anew when a file of before version 0004 was brought over, and not told since.

    Which version it came from is in lines from version 0.2 of the program on.
    """
    lines = journal.last_lines_of(connection, ("upgrade",), journal.ALL)
    seq = max((line.seq for line in lines if str(line.known.get("from", "")) < KEYS_SINCE), default=0)
    if not seq:
        return frozenset()
    before = told_rows.told_rows(connection, "persons", seq).rows
    return {key for key, last in told.rows.items() if _names(last) == _names(before.get(key))}


def _names(told: Mapping[str, Any] | None) -> tuple[Any, ...]:
    return tuple((told or {}).get(name) or None for name in NAMES)


def _missing(table: str, here: Set[int], told: ToldRows, erased: ErasedRows, former: FormerSums) -> Iterator[int]:
    """Those that no line took out."""
    for key in (told.rows.keys() | told.sums.keys()) - here:
        last = told.rows.get(key, {})
        was_none = table in _SPARSE and key not in told.rows and told.sums[key] == former.get((table, key))
        if last is not None and not was_none and erased.kinds(table, last).isdisjoint(TAKEN_OUT.get(table, ())):
            yield key


def _unknown(every: Sequence[Mapping[str, Any]], told: ToldRows) -> Iterator[int]:
    """Those that no line tells of, beyond so many as were only counted."""
    unsaid = [key for row in every if (key := row["id"]) not in told.rows and key not in told.sums]
    later = [key for key in unsaid if key not in told.former]
    yield from later[told.counted :]


def _is_told(table: str, row: Mapping[str, Any], told: ToldRows, silent: Set[str], erased: Set[RetentionKind]) -> bool:
    last, is_made = told.rows[row["id"]], row["id"] in told.made
    return last is not None and all(
        _is_value(table, column, last[column], row[column], erased) or _is_sealed_since(table, column, row)
        if column in last
        else not is_made or _is_untouched(table, column, row[column], last)
        for column in row.keys() - silent
    )


def _is_summed(table: str, row: Mapping[str, Any], told: ToldRows) -> bool:
    key = row["id"]
    first = told.first_found.get(key, {})
    return key not in told.sums or summed_rows.sum_of(table, key, {**row, **first}) == told.sums[key]


def _are_names_summed(row: Mapping[str, Any], told: ToldRows, erased: Set[RetentionKind]) -> bool:
    key = row["id"]
    if key not in told.name_sums or (RetentionKind.IDENTITY in erased and not any(row[name] for name in NAMES)):
        return True
    return summed_rows.sum_of_names(key, {**row, **told.first_found.get(key, {})}) == told.name_sums[key]


def _is_sealed_since(table: str, column: str, row: Mapping[str, Any]) -> bool:
    """A reason of before version 0007, at an opening since."""
    return (table, column) == ("settled_flags", "reason") and not row["reason"] and bool(row["sealed_reason"])


def _is_untouched(table: str, column: str, here: Any, told: Mapping[str, Any]) -> bool:
    """Empty, what a later version of the file gave to every row, or what lines did not hold before version 0.2."""
    if column in SEALED_ANEW.get(table, ()):
        return bool(here)
    if table == "settled_flags" and column == "sealed_reason" and told.get("reason"):
        return True  # of before version 0007: sealed at an opening since
    return not here or here == BLANK[table][column]


def _is_value(table: str, column: str, told: Any, here: Any, erased: Set[RetentionKind]) -> bool:
    """erased: what kinds went of the row."""
    plain = as_told(here)
    if isinstance(told, SealedAnew):
        return bool(plain)
    if (told or None) == (plain or None):
        return True
    if erased.isdisjoint(GOES[table].get(column, ())):
        return False
    if column == "former_families" and isinstance(told, str):
        return not plain or erasing.without_links(told) == here
    if column in DAYS.get(table, ()):
        return isinstance(told, str) and here == f"{told[:7]}-01"
    return not plain


def called(connection: Connection, table: str, key: int) -> str:
    """The number or code of a row, else that of the stay or person it hangs on; empty where it has none."""
    of = metadata.tables[table]
    row = connection.execute(select(of).where(of.c.id == key)).mappings().first()
    if row is None:
        return ""
    own = (row[one.name] for one in of.c if one.name.endswith(("_no", "_code")) and isinstance(row[one.name], str))
    found = next(own, "")
    for column, above in (("stay_id", "stays"), ("person_id", "persons"), ("placement_id", "placements")):
        if not found and row.get(column) is not None:
            found = called(connection, above, row[column])
    return found
