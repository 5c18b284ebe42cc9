"""What the first database of a process would wait for, done before somebody waits."""


def prepare() -> None:
    """Load what the first database of a process would load, and work out what is said of the case file."""
    from sqlalchemy.dialects.sqlite import pysqlite  # noqa: F401

    from shelter_desk.storage.file import case_statements

    case_statements.form()
    case_statements.following()


def prepare_statements() -> None:
    """Work out beforehand what reading each table takes."""
    from sqlalchemy import select
    from sqlalchemy.dialects.sqlite import pysqlite

    from shelter_desk.storage import tables

    for table in tables.metadata.tables.values():
        select(table).compile(dialect=pysqlite.dialect())
