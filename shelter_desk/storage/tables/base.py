"""What every table is made with.

Moments are text in the shelter's own time zone: `2026-11-03` where the hour is not known, else `2026-11-03T16:35`,
so that text order is time order. Intervals are half-open, `[started_at, ended_at)`.
"""

from functools import cache

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

CASE, BOXED, LONG = "case", "boxed", "long"  # what marks a table of the case file

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *columns: SchemaItem) -> Table:
    """A table whose rows have a number."""
    return Table(name, metadata, Column("id", Integer, primary_key=True), *columns)


def case_table(name: str, *columns: SchemaItem, is_boxed: bool = False, is_long: bool = False) -> Table:
    """The same of the case file: its rows lie sealed, as `storage/file/case/case_rows.py` says.

    is_boxed: who may not read them writes them all the same, into the box (`storage/file/case/case_inbox.py`).
    is_long: few columns, and what they say is no short code.
    """
    marks = {CASE: True, BOXED: is_boxed, LONG: is_long}
    return Table(name, metadata, Column("id", Integer, primary_key=True), *columns, info=marks)


@cache
def case_tables() -> tuple[Table, ...]:
    """The tables of the case file, each after those that it names."""
    return tuple(one for one in metadata.sorted_tables if CASE in one.info)


@cache
def boxed_tables() -> tuple[Table, ...]:
    """Those of them that roles without its key write."""
    return tuple(one for one in case_tables() if one.info[BOXED])


def text(name: str) -> Column[str]:
    """A code, several codes joined by `;`, or open words; empty where nothing is known."""
    return Column(name, Text, nullable=False, server_default="")


def required(name: str, *, unique: bool = False) -> Column[str]:
    """A text that every row has."""
    return Column(name, Text, nullable=False, unique=unique)


def yes_or_no(name: str) -> Column[bool]:
    """A question that is answered in every row; no unless said."""
    return Column(name, Boolean(create_constraint=False), nullable=False, server_default="0")


def answer(name: str) -> Column[bool]:
    """A question that may stay open."""
    return Column(name, Boolean(create_constraint=False))


def day(name: str) -> Column[str]:
    """A day or a moment that may not be known."""
    return Column(name, Text)


def sealed(name: str) -> Column[bytes]:
    """Words that only some roles can open, sealed with a key of the person."""
    return Column(name, LargeBinary)


def link(name: str, table: str) -> Column[int]:
    """The row of another table that this one names; None for none."""
    return Column(name, ForeignKey(f"{table}.id"))


def part_of(name: str, table: str) -> Column[int]:
    """The row of another table that this one belongs to."""
    return Column(name, ForeignKey(f"{table}.id"), nullable=False, index=True)
