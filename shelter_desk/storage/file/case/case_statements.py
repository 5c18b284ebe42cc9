"""What is said to SQLite of the case file: the tables of its file, and the triggers of a connection that writes.

Triggers are of one connection (`TEMP`): they alone reach from one file into the other.
"""

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from sqlalchemy import ForeignKey, MetaData, Table
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement, ForeignKeyConstraint

from shelter_desk.storage.tables import boxed_tables, case_tables, metadata

SCHEMA = "casefile"  # its name in statements
ACTS = "case_acts"  # `case_acts`, the module
REFUSED = "the case file is closed"


@cache
def empty_tables() -> str:
    """What makes the same tables without an index or a reference; numbers of rows count on from `sqlite_sequence`."""
    made = (one for one in tables(is_standing=True) if "CREATE TABLE" in one and one not in acts())
    return ";\n".join(made)


@cache
def tables(*, is_standing: bool = False) -> tuple[str, ...]:
    """What makes the tables there; references to those that lie in the file of the shelter are left to `following`."""
    made, here = list[DDLElement](), MetaData(naming_convention=metadata.naming_convention)
    for table in case_tables():
        copy = table.to_metadata(here, schema=SCHEMA)
        for one in list(copy.constraints):
            if isinstance(one, ForeignKeyConstraint) and (is_standing or not _is_here(one)):
                copy.constraints.discard(one)
        if is_standing and table in boxed_tables():
            copy.dialect_options["sqlite"]["autoincrement"] = True
        made += [CreateTable(copy), *map(CreateIndex, copy.indexes)]
    statements = [str(one.compile(dialect=pysqlite.dialect())) for one in made]
    return (*statements, f"CREATE TABLE {SCHEMA}.case_version (version BLOB NOT NULL, form TEXT NOT NULL)", *acts())


def acts() -> tuple[str, str]:
    """What makes the table of what was done to whom, which every connection has."""
    return (
        f"CREATE TABLE {SCHEMA}.{ACTS} (seq INTEGER NOT NULL PRIMARY KEY, action TEXT NOT NULL, subject TEXT NOT NULL)",
        f"CREATE INDEX {SCHEMA}.ix_{ACTS}_subject ON {ACTS} (rtrim(subject))",
    )


def _is_here(reference: ForeignKeyConstraint) -> bool:
    (element,) = reference.elements
    return element.target_fullname.split(".")[-2] in {one.name for one in case_tables()}


@cache
def form() -> str:
    """Of what makes the tables, in whatever order a process writes it down."""
    parts = sorted(" ".join(sorted(re.findall(r"[\w']+", one))) for one in tables())
    return sha256("\n".join(parts).encode()).hexdigest()


@cache
def following() -> str:
    """Triggers of one connection: a row that is written here is sealed there, and references hold between the two.

    As few as there can be: each opening of a shelter makes them.
    """
    made = [_trigger("plan_actions", "BEFORE DELETE", _PLANNED, _NAMED)]
    for table in metadata.sorted_tables:
        acts = dict(zip(_EVENTS, _sealing(table) if table in case_tables() else ([], [], []), strict=True))
        if table in boxed_tables():
            acts["INSERT"] += _counting(table)
        for event, broken in zip(_EVENTS, (_gone(table), _gone(table, is_other=True), _named(table)), strict=True):
            refused = [f"{_NAMED} WHERE ({' OR '.join(broken)}){_NOW}"] if broken else []
            if refused or acts[event]:
                made.append(
                    _trigger(table.name, f"AFTER {event}", "1", "; ".join((*refused, *acts[event])), _of(table))
                )
    return ";\n".join(made)


_EVENTS = ("INSERT", "UPDATE", "DELETE")
_PLANNED = "EXISTS (SELECT 1 FROM services WHERE plan_action_id = OLD.id)"
_NAMED = "SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed')"
_NOW = " AND NOT (SELECT defer_foreign_keys FROM pragma_defer_foreign_keys)"  # else at the end: `check_deferred`


def _sealing(table: Table) -> tuple[list[str], list[str], list[str]]:
    """What seals a row as it is put in, changed and taken out."""
    name, columns = table.name, [one.name for one in table.columns]
    place, old = f"case_place('{name}', NEW.id)", f"place = case_place('{name}', OLD.id)"
    new = f"case_sealed('{name}', '{','.join(columns)}', {', '.join(f'NEW.{one}' for one in columns)})"
    return (
        [f"INSERT INTO main.case_rows VALUES ({place}, {new})"],
        [f"UPDATE main.case_rows SET sealed = {new} WHERE {old}"],
        [f"DELETE FROM main.case_rows WHERE {old}"],
    )


@cache
def crossing_references() -> tuple[ForeignKey, ...]:
    """The references from one file into the other, which SQLite does not keep."""
    found = (one for table in metadata.sorted_tables for one in table.foreign_keys if _crosses(one))
    return tuple(sorted(found, key=lambda key: (key.parent.table.name, key.parent.name)))


def _crosses(reference: ForeignKey) -> bool:
    return (reference.parent.table in case_tables()) != (reference.column.table in case_tables())


def _gone(table: Table, *, is_other: bool = False) -> list[str]:
    """Where a new row names what is not there. is_other: a row that is changed, and names another."""
    found = list[str]()
    for one in crossing_references():
        if one.parent.table is table:
            column, above = f"NEW.{one.parent.name}", one.column.table
            other = f"{column} IS NOT OLD.{one.parent.name} AND " if is_other else ""
            there = f"SELECT 1 FROM {_of(above)}.{above.name} WHERE id = {column}"
            found.append(f"{other}{column} IS NOT NULL AND NOT EXISTS ({there})")
    return found


def _named(table: Table) -> list[str]:
    """Where a row that is taken out is named by another."""
    return [
        f"EXISTS (SELECT 1 FROM {_of(one.parent.table)}.{one.parent.table.name} WHERE {one.parent.name} = OLD.id)"
        for one in crossing_references()
        if one.column.table is table
    ]


def _of(table: Table) -> str:
    return SCHEMA if table in case_tables() else "main"


def _counting(table: Table) -> Iterator[str]:
    """The last numbers lie in the open, for who sees no row to count on from."""
    numbers = next((one.name for one in table.columns if one.unique), None)
    counted = [(f"'{table.name}'", "NEW.id")]
    if numbers is not None:
        counted.append((f"number_prefix(NEW.{numbers})", f"number_counted(NEW.{numbers})"))
    for name, last in counted:
        yield f"INSERT INTO main.case_numbers VALUES ({name}, {last}) {_COUNTED_ON}"


_COUNTED_ON = "ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)"


@cache
def refusing(*, has_box: bool) -> str:
    """Who has no key writes nothing here, where it would be gone with the connection, but into the box."""
    refused = f"SELECT RAISE(ABORT, '{REFUSED}')"
    made = list[str]()
    for table in case_tables():
        if has_box and table in boxed_tables():
            made += _boxing(table)
        else:
            made += [_trigger(table.name, f"BEFORE {one}", "1", refused) for one in ("INSERT", "UPDATE", "DELETE")]
    return ";\n".join(made)


def _boxing(table: Table) -> Iterator[str]:
    name, columns = table.name, [one.name for one in table.columns]
    new = f"case_boxed('{name}', '{','.join(columns)}', {', '.join(f'NEW.{one}' for one in columns)})"
    old = f"table_name = '{name}' AND row_id = OLD.id"
    boxed = f"INSERT INTO main.case_inbox VALUES ('{name}', NEW.id, {new})"
    yield _trigger(name, "AFTER INSERT", "1", "; ".join((boxed, *_counting(table))))
    yield _trigger(name, "AFTER UPDATE", "1", f"UPDATE main.case_inbox SET sealed = {new} WHERE {old}")
    yield _trigger(name, "AFTER DELETE", "1", f"DELETE FROM main.case_inbox WHERE {old}")


def _trigger(table: str, when: str, condition: str, act: str, schema: str = SCHEMA) -> str:
    name = "_".join(("case", table, *when.lower().split()))
    return f"CREATE TEMP TRIGGER {name} {when} ON {schema}.{table} WHEN {condition} BEGIN {act}; END"
