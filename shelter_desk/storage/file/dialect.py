"""SQLite as the engines of a shelter speak it: one dialect for all of them, and how the rows of an answer are read."""

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

OF_TRANSACTION = "of the transaction"  # what a connection keeps of the one under way
URL = "sqlite+shelter://"
BY_THE_HUNDRED = {"stream_results": True, "max_row_buffer": 300}  # execution options of an engine


class RowsByTheHundred(SQLiteExecutionContext):
    """Reads the rows of an answer by the hundred, the first ones one by one, whoever goes through them one by one.

    The driver lets go of Python's lock at each row and takes it again at once: a thread that works at each row keeps
    the thread of the window from it for 30 ms and longer.
    """

    def create_server_side_cursor(self) -> Any:
        """There is no server: what it means is that SQLAlchemy buffers."""
        return self._dbapi_connection.cursor()


class Dialect(SQLiteDialect_pysqlite):
    """That of each engine stands for that of every other. Nobody listens to one of them: it would hold the file."""

    supports_statement_cache = True
    supports_server_side_cursors = True
    execution_ctx_cls = RowsByTheHundred

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.shelter", __name__, Dialect.__name__)
