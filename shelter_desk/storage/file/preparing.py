"""What the first database of a process would wait for, done before somebody waits."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


def prepare() -> None:
    """Load what the first database of a process would load, and work out what is said of the case file."""
    from sqlalchemy.dialects.sqlite import pysqlite  # noqa: F401

    from shelter_desk.storage.file.case import case_statements

    case_statements.form()
    case_statements.following()


@contextmanager
def empty_file() -> Iterator[Connection]:
    """A file in memory without a row: what it is asked once is worked out for every file of the process."""
    import sqlcipher3.dbapi2 as sqlcipher
    from sqlalchemy import StaticPool, create_engine

    from shelter_desk.storage import tables
    from shelter_desk.storage.file import dialect, statement_cache
    from shelter_desk.storage.file.case import case_statements

    options = {"compiled_cache": statement_cache.StatementCache()}
    engine = create_engine(dialect.URL, module=sqlcipher, poolclass=StaticPool, execution_options=options)
    with engine.connect() as connection:
        tables.metadata.create_all(connection)
        for statement in (f"ATTACH DATABASE ':memory:' AS {case_statements.SCHEMA}", *case_statements.acts()):
            connection.exec_driver_sql(statement)
        yield connection
    engine.dispose()
