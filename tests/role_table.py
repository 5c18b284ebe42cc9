"""The two tables of `docs/field/roles.md`, read: kinds of fact with their key, and permissions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.storage.tables import metadata

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "field" / "roles.md").read_text(encoding="utf-8")
ROLES = {
    "Direction": Role.DIRECTOR,
    "Case worker": Role.CASE_WORKER,
    "Storekeeper": Role.STOREKEEPER,
    "Auditor": Role.AUDITOR,
    "Night reception": Role.RECEPTION,
}
ALL, NONE, MARK = "yes", "no", "until the wall"
Column = tuple[str, str]
# of which no line of the journal tells: it is one itself, or told of the tables that the rows in it are of
WITHOUT_LINES = frozenset(
    {"journal", "journal_signatures", "journal_signers", "drafts", "case_drafts", "tonight_names", "tonight_rows"}
    | {"case_rows", "case_version", "case_inbox", "case_numbers", "document_contents"}
)


@dataclass(frozen=True)
class Way:
    """One way to read a kind: all these permissions together, and what is seen so, "" for all of it."""

    needs: frozenset[Permission]
    part: str

    def is_open_to(self, role: Role) -> bool:
        return self.needs <= PERMISSIONS[role]


@dataclass(frozen=True)
class Kind:
    """A row of the first table. patterns: as they stand there, a table with its columns or none for the rest."""

    name: str
    patterns: tuple[tuple[str, tuple[str, ...]], ...]
    keys: tuple[str, ...]
    ways: tuple[Way, ...]
    cells: Mapping[Role, str]

    def shown(self, role: Role) -> str:
        """What the program shows: all, none, or a part."""
        return self.cells[role].split(";")[0]

    def opened(self, role: Role) -> bool:
        """Whether more of it lies under the keys of the role than the program shows, or all that lies is shown."""
        return self.shown(role) == ALL or MARK in self.cells[role]


def _rows(first: str) -> Iterator[dict[str, str]]:
    """The rows of the table whose first heading that is."""
    lines = TEXT[TEXT.index(f"| {first} |") :].split("\n\n")[0].splitlines()
    heads = [one.strip() for one in lines[0].strip("|").split("|")]
    for line in lines[2:]:
        yield dict(zip(heads, (one.strip() for one in line.strip("|").split("|")), strict=True))


def _cells(row: Mapping[str, str]) -> dict[Role, str]:
    return {role: row[head] for head, role in ROLES.items()}


def _ways(told: str) -> Iterator[Way]:
    for one in told.split(","):
        part = re.search(r"\((.+)\)", one)
        yield Way(frozenset(map(Permission, re.findall(r"`(\w+)`", one))), part[1] if part else "")


def _pattern(told: str) -> tuple[str, tuple[str, ...]]:
    table, _, columns = told.partition(":")
    return table.strip(), tuple(one.strip() for one in columns.split(",") if one.strip())


KINDS = tuple(
    Kind(
        row["Kind"],
        tuple(map(_pattern, row["Columns"].split(";"))),
        tuple(one.strip() for one in row["Key"].split(",")),
        tuple(_ways(row["Read with"])),
        _cells(row),
    )
    for row in _rows("Kind")
)
PERMITTED = {Permission(row["Permission"].strip("`")): _cells(row) for row in _rows("Permission")}
ABOUT = {
    Permission(row["Permission"].strip("`")): tuple(one.strip() for one in row["Kinds"].split(";"))
    for row in _rows("Permission")
}


def kinds_of_columns() -> dict[Column, list[Kind]]:
    """Each column of the schema with the kinds that claim it: a named column goes before a table named alone."""
    named = {(table, one) for kind in KINDS for table, columns in kind.patterns for one in columns}
    found: dict[Column, list[Kind]] = {
        (table.name, column.name): [] for table in metadata.sorted_tables for column in table.columns
    }
    for kind in KINDS:
        for table, columns in kind.patterns:
            rest = (key for key in found if key[0] == table and key not in named)
            for key in [(table, one) for one in columns] or list(rest):
                found.setdefault(key, []).append(kind)
    return found
