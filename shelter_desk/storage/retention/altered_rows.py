"""Rows and settings that are not as the journal made them: somebody wrote into the file past the program.

Everything that the program writes into these tables is told by a line, row by row, or counted where an import brought
very many. The lines themselves are another matter: they follow from each other (`journal.verify`).
"""

from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, select

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.beds.first_day import BEDS_SINCE, CAPACITY_FROM
from shelter_desk.domain.residents.residents import NAMES
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.file.column_values import blank, sealed_text
from shelter_desk.storage.file.trail import UNTOLD
from shelter_desk.storage.retention.erasing import DAYS, HANDOVER, IDENTITY, INCIDENT, NARRATIVES, UNCOUNTED
from shelter_desk.storage.tables import metadata

# who may open the shelter is signed elsewhere, closed months and sendings are judged by `altered_reports`; drafts, and
# what an import remembers, are written without a line
_UNTOLD = frozenset(
    {"journal", "users", "drafts", "import_batches", "import_rows", "import_gaps", "import_layouts"}
    | {"report_versions", "sendings"}
)
# settings beside those of `domain.settings` that are written with a line
_SET = frozenset({"eas_channel", BEDS_SINCE, CAPACITY_FROM})
# rows that are taken out without a line: at their term
_TAKEN_OUT = frozenset({"consents"})
# columns that are written without a line: what goes at its term, what other keys of the file seal anew
_SILENT = {
    "persons": {"erased_at", "reduced_at"},
    "incidents": {"erased_at"},
    "report_comments": {"text"},
    "report_passages": {"content"},
}
# columns that go at their term, or with the person, without a line that holds them once more
_GOES: Mapping[str, frozenset[str]] = {
    name: frozenset(
        {column for lists in (IDENTITY, NARRATIVES, UNCOUNTED) for column in lists.get(name, ())}
        | {
            "persons": {*NAMES, "merged_into"},
            "stays": {"former_families"},
            "incidents": {*INCIDENT, "channel"},
            "handover_lines": {*HANDOVER},
            "merges": {"for_undo", "digest"},
            "settled_flags": {"reason", "sealed_reason"},
            "referrals": {"consent_id"},
        }.get(name, set())
    )
    for name in metadata.tables
}


class AlteredRows(NamedTuple):
    """rows: by table and id; names: of settings."""

    rows: tuple[tuple[str, int], ...]
    settings: tuple[str, ...]


def altered(connection: Connection) -> AlteredRows:
    """What stands otherwise than the last line that tells of it, what a line took out and is there, what none tells of.

    Keys of rows are in no line; a column that a row lost at its term is sound when it is empty.
    """
    judged = (of for name, of in metadata.tables.items() if "id" in of.c and name not in _UNTOLD)
    rows = tuple((of.name, key) for of in judged for key in sorted(set(_rows(connection, of))))
    return AlteredRows(rows, tuple(sorted(_settings(connection))))


def _rows(connection: Connection, table: Table) -> Iterator[int]:
    silent = UNTOLD | _SILENT.get(table.name, set())
    if table.name == "persons" and journal.last_of(connection, ("upgrade",)) is not None:
        silent |= {*NAMES}  # those of before version 0004 were sealed anew
    told, unsaid = journal.told_rows(connection, table.name), 0
    yield from _broken(table, told, silent)
    here = set(connection.execute(select(table.c.id)).scalars())
    if table.name not in _TAKEN_OUT:
        yield from (key for key, last in told.rows.items() if last is not None and key not in here)
    for row in connection.execute(select(table).order_by(table.c.id)).mappings():
        key = row["id"]
        if key not in told.rows:
            unsaid += key not in told.former
            if unsaid > told.counted:
                yield key
        elif (last := told.rows[key]) is None or not all(
            _is_value(table.name, column, last[column], row[column])
            if column in last
            else key not in told.made or _is_untouched(table, column, row[column], last)
            for column in {one.name for one in table.c} - silent
        ):
            yield key


def _broken(table: Table, told: journal.ToldRows, silent: Set[str]) -> set[int]:
    """The rows of which a line found something else than the line before had left there."""
    return {
        key
        for key, column, last, found in told.breaks
        if column in table.c and column not in silent and not _is_value(table.name, column, last, found)
    }


def _is_untouched(table: Table, column: str, here: Any, told: Mapping[str, Any]) -> bool:
    """Empty, or what a later version of the file gave to every row."""
    if table.name == "settled_flags" and column == "sealed_reason" and told.get("reason"):
        return True  # of before version 0007: sealed at an opening since
    return not here or here == blank(table.c[column])


def _is_value(table: str, column: str, told: Any, here: Any) -> bool:
    plain = sealed_text(here) if isinstance(here, bytes) else here
    if (told or None) == (plain or None) or (column in _GOES[table] and not plain):
        return True
    return column in DAYS.get(table, ()) and isinstance(told, str) and here == f"{told[:7]}-01"


def _settings(connection: Connection) -> Iterator[str]:
    here = settings.read(connection)
    told = journal.told_settings(connection)
    for name, one in setting_rules.SETTINGS.items():
        if name not in told and here.get(name, setting_rules.usual(one)) != setting_rules.usual(one):
            yield name  # nobody ever set it here
    for name, value in told.items():
        if name in setting_rules.SETTINGS:
            missing = setting_rules.usual(setting_rules.SETTINGS[name])
        else:  # a line may tell of other things by name
            missing = "" if name in _SET else value
        if here.get(name, missing) != value:
            yield name


def called(connection: Connection, table: str, key: int) -> str:
    """The number or code of a row, else that of the stay or person it hangs on; empty where it has none."""
    of = metadata.tables[table]
    row = connection.execute(select(of).where(of.c.id == key)).mappings().first()
    if row is None:
        return ""
    own = (row[one.name] for one in of.c if one.name.endswith(("_no", "_code")) and isinstance(row[one.name], str))
    found = next(own, "")
    for column, above in (("stay_id", "stays"), ("person_id", "persons")):
        if not found and row.get(column) is not None:
            found = called(connection, above, row[column])
    return found
