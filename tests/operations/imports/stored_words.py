"""What of some names stands in clear in tables."""

import re
from collections.abc import Iterable

from sqlalchemy import Connection, text

_CHANCE = 4  # letters: fewer stand in sealed bytes by chance
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")  # no part of a code


def in_clear(connection: Connection, tables: Iterable[str], names: Iterable[str]) -> list[str]:
    """Those of the names, in small letters, that a row holds: as a word of a text, or anywhere in bytes."""
    rows = [row for table in tables for row in connection.execute(text(f"SELECT * FROM {table}"))]
    held = b"|".join(value for row in rows for value in row if isinstance(value, bytes)).decode("latin-1").casefold()
    texts = " ".join(str(value) for row in rows for value in row if not isinstance(value, bytes)).casefold()
    words = set(_WORD.findall(texts))
    return [name for name in names if name in words or (len(name) >= _CHANCE and name in held)]
