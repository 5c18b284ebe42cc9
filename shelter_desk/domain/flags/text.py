"""R-34: what is not written into open words: a name of somebody in the file, a telephone number, what is never recorded
(field 6.8); and what is read once more before words leave the house, where no code and no small number belongs."""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from shelter_desk.domain.resources import folder

Kind = Literal["name", "phone", "word", "code", "age", "number"]
SHORTEST_NAME = 3  # letters
_WORD = re.compile(r"[^\W\d_]+")
# taken out first: a day written with points or hyphens looks like a number of eight digits
_DAY = re.compile(
    r"\b(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2})\b(?![.-]\d)"
)
# a Malian number by twos, with or without spaces, or any number with the code of a country
_PHONE = re.compile(r"(?<![\w-])(?:(?:\+|00)\s?\d(?:[ .-]?\d){8,13}|[25-9]\d(?:[ .-]?\d\d){3})(?![\w-])")


_CODE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]\b")
_AGE = re.compile(r"\b\d{1,2}\s?(?:ans?|years?)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,/-])[^\W_]+(?![\w/-]|[.,]\d)")
_NUMBERS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")  # from 2 on


@dataclass(frozen=True, slots=True)
class TextDoubt:
    """Something that may not belong there. word: as it was typed. topic: of a word, a `topic` of the list of words."""

    kind: Kind
    word: str
    topic: str = ""


def doubts(typed: str, is_name: Callable[[str], bool]) -> list[TextDoubt]:
    """What may not belong into these words, in order, each once.

    is_name: whether somebody in the file is called that, a plain word without accents and case; only words that begin
    with a capital are asked about, since names are words of the language as well.
    """
    if not typed:
        return []
    found = [*_names(typed, is_name), *_phones(typed), *_words(typed)]
    return [doubt for _, doubt in sorted(dict.fromkeys(found), key=lambda one: one[0])]


def doubts_of_leaving(typed: str, is_name: Callable[[str], bool], k: int) -> list[TextDoubt]:
    """What may not leave in these words: what may not belong there, codes of persons, ages, and numbers below `k` in
    figures or letters, which may be hidden in the tables. "Un" and "une" are articles and tell nothing.
    """
    small = [*map(str, range(1, k)), *_NUMBERS[: max(0, k - 2)]]
    found = [*_CODE.finditer(typed), *_AGE.finditer(typed)]
    codes = [TextDoubt("code" if match.re is _CODE else "age", match.group()) for match in found]
    numbers = [TextDoubt("number", match.group()) for match in _NUMBER.finditer(typed) if bare(match.group()) in small]
    return [*doubts(typed, is_name), *dict.fromkeys((*codes, *numbers))]


def _names(typed: str, is_name: Callable[[str], bool]) -> Iterator[tuple[int, TextDoubt]]:
    for match in _WORD.finditer(typed):
        word = match.group()
        if len(word) >= SHORTEST_NAME and word[0].isupper() and is_name(bare(word)):
            yield match.start(), TextDoubt("name", word)


def _phones(typed: str) -> Iterator[tuple[int, TextDoubt]]:
    without_days = _DAY.sub(lambda match: " " * len(match.group()), typed)
    for match in _PHONE.finditer(without_days):
        yield match.start(), TextDoubt("phone", match.group().strip())


def _words(typed: str) -> Iterator[tuple[int, TextDoubt]]:
    plain = bare(typed)
    if len(plain) != len(typed):  # a letter became two: places are those of the folded words
        typed = plain
    for match in _never().finditer(plain):
        found = typed[match.start() : match.end()]
        yield match.start(), TextDoubt("word", found, _topics()[_key(match)])


def _key(match: re.Match[str]) -> str:
    return next(name for name, value in match.groupdict().items() if value is not None)


def bare(typed: str) -> str:
    """Without accents and case, an apostrophe one way; as long as what was typed but for ligatures."""
    decomposed = unicodedata.normalize("NFD", typed.casefold().replace("’", "'").replace("œ", "oe"))
    return "".join(one for one in decomposed if not unicodedata.combining(one))


@cache
def never_recorded() -> tuple[tuple[str, str], ...]:
    """Words with their topic, French and English; a star at the end of a word stands for any ending."""
    path = folder("resources") / "rules" / "never_record.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple((row["word"], row["topic"]) for row in csv.DictReader(file))


@cache
def _topics() -> dict[str, str]:
    return {f"t{place}": topic for place, topic in enumerate(dict.fromkeys(topic for _, topic in never_recorded()))}


@cache
def _never() -> re.Pattern[str]:
    """One expression, a named group for each topic."""
    groups = []
    for name, topic in _topics().items():
        spelled = [_spelled(word) for word, of in never_recorded() if of == topic]
        groups.append(f"(?P<{name}>{'|'.join(spelled)})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


def _spelled(word: str) -> str:
    open_ended = word.endswith("*")
    escaped = re.escape(bare(word.rstrip("*"))).replace(r"\ ", r"[\s-]+")
    return escaped + (r"\w*" if open_ended else r"s?")
