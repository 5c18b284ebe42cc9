"""What SQLAlchemy works out of a statement, kept for every file that this process opens.

It keeps it for each engine, and each opening of a shelter has engines of its own: to work out again what the opening
and the page of beds read would be a tenth of it. A compiled statement holds the values that it was first made with.
What is kept beyond a file therefore holds none but numbers and the code's own words: no name, no date of birth, and
nothing that leads to a file or a key.
"""

import enum
from collections.abc import Hashable
from typing import Any

from sqlalchemy.util import LRUCache

OF_ALL, OF_ONE = 1000, 500  # statements kept; a window with every page and form open asks for fewer
PLAIN = (type(None), bool, int, enum.Enum)
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
