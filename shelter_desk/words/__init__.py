"""The only way a text reaches a person: English in the code, French complete and the default."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

from shelter_desk.domain.resources import folder

MAGIC = 0x950412DE  # written in the order of bytes that our file has
_HEAD = struct.Struct("<5I")  # magic, version, how many, where the tables of the originals and the translations are
_PLACE = struct.Struct("<2I")  # length, offset


class Catalogue:
    """What a `.mo` file says, each sentence looked for when it is first said; the originals are sorted by their bytes.

    The library reads all of it before the first word, 6 of the 50 milliseconds that the start may take beyond Qt's own.
    Raises ValueError for another file.
    """

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


Language = Literal["fr", "en"]
_current: Catalogue | None = None  # None says what stands in the code
_language: Language = "en"


def use(language: Language) -> None:
    """Speak this language from now on; English is what stands in the code."""
    global _current, _language  # noqa: PLW0603 the whole program speaks one language at a time
    _language = language
    _current = None if language == "en" else _read(language)


@cache
def _read(language: Language) -> Catalogue:
    return Catalogue((folder("translations") / language / "LC_MESSAGES" / "shelter_desk.mo").read_bytes())


def language() -> Language:
    """The language spoken now."""
    return _language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak this language inside the block: a workbook may be in another language than the window."""
    former = _language
    use(language)
    try:
        yield
    finally:
        use(former)


def text(sentence: str) -> str:
    """That whole sentence in the language spoken; placeholders are filled by the caller."""
    return sentence if _current is None else _current.text(sentence)


def count(one: str, many: str, n: int) -> str:
    """The sentence for n things, n filled in as `{n}`, in groups of three digits."""
    from shelter_desk.words import formats

    said = (one if n == 1 else many) if _current is None else _current.plural(one, many, n)
    return said.format(n=formats.number(n) if n >= 1000 else n)


def label(list_name: str, code: str) -> str:
    """What a code is called in the language spoken; a code that the list does not hold stands for itself."""
    from shelter_desk.domain import codes

    try:
        row = codes.code(list_name, code)
    except KeyError:
        return code
    return row.label_fr if _language == "fr" else row.label_en
