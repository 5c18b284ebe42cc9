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
    """Triggers of one connection: a row that is written here is sealed there, and references hold between the two."""
    made = []
    for table in case_tables():
        name, columns = table.name, [one.name for one in table.columns]
        place, old = f"case_place('{name}', NEW.id)", f"place = case_place('{name}', OLD.id)"
        new = f"case_sealed('{name}', '{','.join(columns)}', {', '.join(f'NEW.{one}' for one in columns)})"
        made += [
            _trigger(name, "AFTER INSERT", "1", f"INSERT INTO main.case_rows VALUES ({place}, {new})"),
            _trigger(name, "AFTER UPDATE", "1", f"UPDATE main.case_rows SET sealed = {new} WHERE {old}"),
            _trigger(name, "AFTER DELETE", "1", f"DELETE FROM main.case_rows WHERE {old}"),
        ]
    for one in crossing_references():
        made += _as_references(one)
    for table in boxed_tables():
        made += _counting(table)
    return ";\n".join((*made, _trigger("plan_actions", "BEFORE DELETE", _PLANNED, _NAMED)))


_PLANNED = "EXISTS (SELECT 1 FROM services WHERE plan_action_id = OLD.id)"
_NAMED = "SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed')"


def crossing_references() -> list[ForeignKey]:
    """The references from one file into the other, which SQLite does not keep."""
    found = (one for table in metadata.sorted_tables for one in table.foreign_keys if _crosses(one))
    return sorted(found, key=lambda key: (key.parent.table.name, key.parent.name))


def _crosses(reference: ForeignKey) -> bool:
    return (reference.parent.table in case_tables()) != (reference.column.table in case_tables())


_NOW = " AND NOT (SELECT defer_foreign_keys FROM pragma_defer_foreign_keys)"  # else at the end: `check_deferred`


def _as_references(reference: ForeignKey) -> Iterator[str]:
    """As SQLite keeps one within a file."""
    table, column, above = reference.parent.table.name, reference.parent.name, reference.column.table.name
    here, there = _of(reference.parent.table), _of(reference.column.table)
    is_gone = f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {there}.{above} WHERE id = NEW.{column}){_NOW}"
    yield _trigger(table, "BEFORE INSERT", is_gone, _NAMED, column, here)
    yield _trigger(table, f"BEFORE UPDATE OF {column}", is_gone, _NAMED, column, here)
    is_named = f"EXISTS (SELECT 1 FROM {here}.{table} WHERE {column} = OLD.id){_NOW}"
    yield _trigger(above, "BEFORE DELETE", is_named, _NAMED, f"{table}_{column}", there)


def _of(table: Table) -> str:
    return SCHEMA if table in case_tables() else "main"


def _counting(table: Table) -> Iterator[str]:
    """The last numbers lie in the open, for who sees no row to count on from."""
    numbers = next((one.name for one in table.columns if one.unique), None)
    counted = [(f"'{table.name}'", "NEW.id")]
    if numbers is not None:
        counted.append((f"number_prefix(NEW.{numbers})", f"number_counted(NEW.{numbers})"))
    for at, (name, last) in enumerate(counted):
        act = f"INSERT INTO main.case_numbers VALUES ({name}, {last}) {_COUNTED_ON}"
        yield _trigger(table.name, "AFTER INSERT", "1", act, f"counted_{at}")


_COUNTED_ON = "ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)"


@cache
def refusing(*, has_box: bool) -> str:
    """Who has no key writes nothing here, where it would be gone with the connection, but into the box."""
    refused = f"SELECT RAISE(ABORT, '{REFUSED}')"
    made = list[str]()
    for table in case_tables():
        if has_box and table in boxed_tables():
            made += [*_boxing(table), *_counting(table)]
        else:
            made += [_trigger(table.name, f"BEFORE {one}", "1", refused) for one in ("INSERT", "UPDATE", "DELETE")]
    return ";\n".join(made)


def _boxing(table: Table) -> Iterator[str]:
    name, columns = table.name, [one.name for one in table.columns]
    new = f"case_boxed('{name}', '{','.join(columns)}', {', '.join(f'NEW.{one}' for one in columns)})"
    old = f"table_name = '{name}' AND row_id = OLD.id"
    yield _trigger(name, "AFTER INSERT", "1", f"INSERT INTO main.case_inbox VALUES ('{name}', NEW.id, {new})")
    yield _trigger(name, "AFTER UPDATE", "1", f"UPDATE main.case_inbox SET sealed = {new} WHERE {old}")
    yield _trigger(name, "AFTER DELETE", "1", f"DELETE FROM main.case_inbox WHERE {old}")


def _trigger(table: str, when: str, condition: str, act: str, of: str = "", schema: str = SCHEMA) -> str:
    name = "_".join(filter(None, ("case", table, *when.lower().split()[:2], of)))
    return f"CREATE TEMP TRIGGER {name} {when} ON {schema}.{table} WHEN {condition} BEGIN {act}; END"
