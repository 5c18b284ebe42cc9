"""The compiled catalogue of a language, each sentence looked for when it is first said.

The library reads all of it before the first word, 6 of the 50 milliseconds that the start may take beyond Qt's own.
"""

import struct
from functools import cache

MAGIC = 0x950412DE  # written in the order of bytes that our file has
_HEAD = struct.Struct("<5I")  # magic, version, how many, where the tables of the originals and the translations are
_PLACE = struct.Struct("<2I")  # length, offset


class Catalogue:
    """What a `.mo` file says; the originals in it are sorted by their bytes. Raises ValueError for another file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        magic, _, self._count, self._originals, self._translations = _HEAD.unpack_from(content)
        if magic != MAGIC:
            raise ValueError("not a catalogue of sentences")
        self.text = cache(self._text)

    def _text(self, sentence: str) -> str:
        return self._find(sentence.encode()) or sentence

    def plural(self, one: str, many: str, n: int) -> str:
        """The sentence for n things; French counts 0 and 1 alike."""
        found = self._find(f"{one}\0{many}".encode()) or f"{one}\0{many}"
        return found.split("\0")[n > 1]

    def _find(self, wanted: bytes) -> str:
        """The translation of these bytes, empty where there is none."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            here = self._at(self._originals, middle)
            if here == wanted:
                return self._at(self._translations, middle).decode()
            low, high = (middle + 1, high) if here < wanted else (low, middle)
        return ""

    def _at(self, table: int, number: int) -> bytes:
        length, offset = _PLACE.unpack_from(self._content, table + number * _PLACE.size)
        return self._content[offset : offset + length]
