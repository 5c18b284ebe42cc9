"""The only way a text reaches a person: English in the code, French complete and the default."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

from shelter_desk.domain.resources import folder
from shelter_desk.words.catalogue import Catalogue

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
    """The sentence for n things, n filled in as `{n}`."""
    said = (one if n == 1 else many) if _current is None else _current.plural(one, many, n)
    return said.format(n=n)


def label(list_name: str, code: str) -> str:
    """What a code is called in the language spoken; a code that the list does not hold stands for itself."""
    from shelter_desk.domain import codes

    try:
        row = codes.code(list_name, code)
    except KeyError:
        return code
    return row.label_fr if _language == "fr" else row.label_en
