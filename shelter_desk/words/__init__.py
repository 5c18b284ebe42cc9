"""The only way a text reaches a person: gettext, English in the code, French complete and the default."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

from shelter_desk.domain.resources import folder

Language = Literal["fr", "en"]
_current: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "en"


def use(language: Language) -> None:
    """Speak this language from now on; English is what stands in the code."""
    global _current, _language  # noqa: PLW0603 the whole program speaks one language at a time
    _language = language
    _current = gettext.NullTranslations() if language == "en" else _read(language)


@cache
def _read(language: Language) -> gettext.GNUTranslations:
    # opened here: to look for a file whose place is known, gettext loads the table of all locales
    with (folder("translations") / language / "LC_MESSAGES" / "shelter_desk.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


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
    return _current.gettext(sentence)


def count(one: str, many: str, n: int) -> str:
    """The sentence for n things, n filled in as `{n}`."""
    return _current.ngettext(one, many, n).format(n=n)


def label(list_name: str, code: str) -> str:
    """What a code is called in the language spoken; a code that the list does not hold stands for itself."""
    from shelter_desk.domain import codes

    try:
        row = codes.code(list_name, code)
    except KeyError:
        return code
    return row.label_fr if _language == "fr" else row.label_en
