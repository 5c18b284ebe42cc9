"""Who is at the desk, what they are typing, what was done."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, column
from sqlalchemy.schema import SchemaItem

from shelter_desk.storage.tables.base import case_table, day, metadata, required, table, text

settings = Table("settings", metadata, Column("key", Text, primary_key=True), required("value"))

users = table(
    "users",
    required("name", unique=True),
    required("role"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    day("undertaken_at"),
)


def _draft() -> tuple[SchemaItem, ...]:
    """One row for each person at the desk and form."""
    return (
        Column("user_id", ForeignKey("users.id"), nullable=False),
        required("form"),
        required("saved_at"),
        Column("body", LargeBinary, nullable=False),
        UniqueConstraint("user_id", "form"),
    )


# the body sealed with a key of the author: what somebody was typing may hold names
drafts = table("drafts", *_draft())

# the same of who reads the case file, sealed with it: which form, and about whom, says as much as what is typed
case_drafts = case_table("case_drafts", *_draft())

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    required("at"),
    Column("user_id", Integer),
    required("action"),
    text("subject"),
    text("details"),
    Column("hash", LargeBinary, nullable=False),
    # of the acts that stand in the open (`storage/file/case/case_acts.py` has the others)
    Index("ix_journal_action", "action", sqlite_where=column("action") != "case"),
)

# who wrote which lines (`storage/keys/signed_lines.py`): one row for all lines of a transaction, under its last one
journal_signatures = Table(
    "journal_signatures",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("first_seq", Integer, nullable=False),
    Column("signer", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

# whose keys these are, as managers signed it; 0: whoever holds the recovery key
journal_signers = table(
    "journal_signers",
    Column("user_id", Integer, nullable=False),
    required("role"),
    Column("since", Integer, nullable=False),
    Column("public", LargeBinary, nullable=False, unique=True),
    Column("signature", LargeBinary, nullable=False),
)

# the rows of the case file, each sealed at a place that its key alone finds (`storage/file/case/case_rows.py`)
case_rows = Table(
    "case_rows",
    metadata,
    Column("place", LargeBinary, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# rows that somebody wrote who may not read them, in the box until who may opens the shelter
case_inbox = Table(
    "case_inbox",
    metadata,
    Column("table_name", Text, primary_key=True),
    Column("row_id", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

# the last number of the tables that such rows go into, and of their papers: nobody else can count on from it
case_numbers = Table(
    "case_numbers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

# random, another one at each change of the case file: the file beside follows while it holds the same
case_version = Table("case_version", metadata, Column("version", LargeBinary, primary_key=True))
