"""What SQLAlchemy works out of a statement, kept for every file that this process opens.

It keeps it for each engine, and each opening of a shelter has engines of its own: to work out again what the opening
and the page of beds read would be a tenth of it. A compiled statement holds the values that it was first made with.
What is kept beyond a file therefore holds none but numbers and the code's own words: no name, no date of birth, and
nothing that leads to a file or a key.
"""

import enum
from collections.abc import Hashable
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

URL = "sqlite+shelter://"
BY_THE_HUNDRED = {"stream_results": True, "max_row_buffer": 300}  # execution options of an engine
OF_ALL, OF_ONE = 1000, 500  # statements kept; a window with every page and form open asks for fewer
PLAIN = (type(None), bool, int, enum.Enum)


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
_of_all: "LRUCache[Hashable, Any]" = LRUCache(OF_ALL)


class StatementCache:
    """The `compiled_cache` of one engine."""

    def __init__(self) -> None:
        self._own: LRUCache[Hashable, Any] = LRUCache(OF_ONE)

    def get(self, key: Hashable) -> Any:
        found = _of_all.get(key)
        return self._own.get(key) if found is None else found

    def __setitem__(self, key: Hashable, compiled: Any) -> None:
        (_of_all if _is_plain(compiled) else self._own)[key] = compiled


def _is_plain(compiled: Any) -> bool:
    return all(isinstance(bound.value, PLAIN) for bound in compiled.binds.values())
