"""Imports: what was taken in as one, so that it can be undone, and how the sheets of a shelter are read."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.schema import SchemaItem

from shelter_desk.storage.tables.base import case_table, day, link, metadata, part_of, required, sealed, table, text

import_batches = table(
    "import_batches",
    # keyed, of the SHA-256 of the file; its name is not kept, since it may name somebody
    required("digest"),
    required("taken_at"),
    Column("taken_by", ForeignKey("users.id"), nullable=False),
    # JSON: how many rows were new and changed in each list
    required("lists"),
    Column("journal_seq", Integer, nullable=False),
    day("undone_at"),
    link("undone_by", "users"),
)

import_rows = table(
    "import_rows",
    Column("batch_id", ForeignKey("import_batches.id"), nullable=False),
    required("table_name"),
    Column("row_id", Integer, nullable=False),
    Column("is_new", Boolean(create_constraint=False), nullable=False),
    # JSON: the columns that the import changed, as they were; sealed values stay sealed, keys are never in it
    text("former"),
    # of the row as the import left it; empty once it was erased, so that it stays as it is
    text("digest"),
    Index("ix_import_rows_batch_id_table_name_row_id", "batch_id", "table_name", "row_id"),
)

import_layouts = table(
    "import_layouts",
    # keyed, of the folded headings of a sheet, with its name where only that one is meant
    required("headings", unique=True),
    # the list it is, "" for a sheet that is left out
    text("list_key"),
    # JSON: machine key by digest of a heading; code by digest of a value, by column; order of days by column
    required("columns"),
    required("value_codes"),
    required("kept_at"),
    text("day_orders"),
    # keyed, of all of it: whoever may not read names sends no column of them anywhere
    text("proof"),
)

import_lines = Table(
    "import_lines",
    metadata,
    # keyed: of the number that a line has or was given, else of what it says of a person
    Column("digest", Text, primary_key=True),
    part_of("batch_id", "import_batches"),
    # by code and number, which nobody gets again: what was taken out since is not found
    text("person_code"),
    text("stay_no"),
    # keyed digest of the name of the sheet, and the row
    text("sheet"),
    Column("row_no", Integer, nullable=False),
    # a person said who it is, and the name on the line is not how that one is called here
    Column("is_said", Boolean(create_constraint=False), nullable=False),
)


def _gap() -> tuple[SchemaItem, ...]:
    return (
        part_of("batch_id", "import_batches"),
        # the list of the row where the value is completed, and its number; no foreign key: it goes with that row
        required("owner"),
        Column("row_id", Integer, nullable=False),
        # whose value it is
        required("list_key"),
        required("column_key"),
        day("settled_at"),
        UniqueConstraint("owner", "row_id", "list_key", "column_key"),
    )


# about whom; what the file says is sealed with the key of their names
import_gaps = case_table("import_gaps", *_gap(), Column("person_id", Integer), sealed("sealed_told"))
# of rooms, stock, equipment and partners, which others complete
house_gaps = table("house_gaps", *_gap(), text("told"))
