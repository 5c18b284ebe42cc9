"""The heading rows of a sheet, and what a heading may mean: its words in any order, a slip of the pen forgiven."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from shelter_desk.domain.register_columns import ListColumn
from shelter_desk.excel.reading.book import WorkbookRow, WorkbookSheet

LOOKED_AT = 30  # rows that hold something: titles, logos and a legend may stand above the headings
SHORTEST_FORGIVEN = 5  # letters: one wrong letter of a shorter word makes another word
LONG = 10  # letters, from which two slips are forgiven
# what headings are full of and what tells none from another
_EMPTY_WORDS = frozenset(("au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "un"))
_PARTS = re.compile(r"\s*/\s*")
_DAY = r"(?:jj|dd)[\s/.-]*mm[\s/.-]*(?:aa|yy)(?:aa|yy)?"
_SEXES = r"[fhgm][\s/,;|-]+[fhgm]"
_MONEY = r"f\s?cfa|cfa|xof"
_ANSWERS = r"oui[\s/]+non|o\s?/\s?n"
_HOW = rf"(?:{_DAY}|{_SEXES}|{_MONEY}|{_ANSWERS}|ans|années|annees|years|francs?|f|m2|m²)"
# how the cells are to be filled in, which is no part of what a column is called: `Sexe (F/M)`, `Date (JJ/MM/AAAA)`
_FORMAT = re.compile(
    rf"[(\[]\s*(?:en\s+)?{_HOW}\s*[)\]]|(?<=\s)(?:{_DAY}|{_SEXES}|(?:en\s+)?(?:{_MONEY})|en (?:ans|années|annees))\s*$",
    re.IGNORECASE,
)
_OTHER_MONEY = {"€": " eur ", "$": " usd "}


@dataclass(slots=True)
class SheetHeading:
    """One heading of a sheet, on one row or on two.

    texts: by column counted from 0, what names it, the nearest first. by_key: machine keys stand there.
    """

    first_row: int
    last_row: int
    texts: dict[int, tuple[str, ...]]


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text without case, accents, stars, underscores and signs, and without the format that cells are to have."""
    for sign, name in _OTHER_MONEY.items():
        text = text.replace(sign, name)
    named = _FORMAT.sub(" ", text) if text[:1].isalpha() else text
    bare = "".join(c for c in unicodedata.normalize("NFKD", named) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare.casefold().replace("°", " ").replace("œ", "oe")))


def told_apart(texts: Iterable[str]) -> list[str]:
    """The folded headings from left to right; of those that are called the same the second is `date #2`."""
    seen: Counter[str] = Counter()
    found = []
    for name in map(folded, texts):
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return found


def words_of(text: str) -> frozenset[str]:
    """The words that tell a heading from another; `Date d’entrée` and `Entrée (date)` have the same."""
    return frozenset(word for word in folded(text).split() if word not in _EMPTY_WORDS)


def candidates(sheet: WorkbookSheet) -> Iterator[SheetHeading]:
    """Each row that may be the heading, alone and with the row above it; a text over several columns names them all."""
    above: WorkbookRow | None = None
    for row in sheet.rows[: 1 if sheet.is_headed else LOOKED_AT]:
        texts = _texts(row)
        if texts:
            yield SheetHeading(row.number, row.number, {place: _readings(text) for place, text in texts.items()})
        if above is not None and above.number == row.number - 1 and texts:
            both = _on_two_rows(_texts(above), texts)
            if both:
                yield SheetHeading(above.number, row.number, both)
        above = row


def _texts(row: WorkbookRow) -> dict[int, str]:
    return {place: cell.strip() for place, cell in enumerate(row.cells) if isinstance(cell, str) and cell.strip()}


def _on_two_rows(above: Mapping[int, str], below: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """What names each column: its own text, the two together, or the upper one alone where nothing stands under it."""
    found: dict[int, tuple[str, ...]] = {}
    over = ""
    for place in range(max((*above, *below)) + 1):
        over = above.get(place, over if place in below else "")
        under = below.get(place, "")
        if under:
            found[place] = (f"{over} {under}", *_readings(under)) if over else _readings(under)
        elif place in above:
            found[place] = _readings(above[place])
    return found


def _readings(text: str) -> tuple[str, ...]:
    """The whole, then the parts of a path: surveys write `groupe/question`, the question last."""
    parts = [part for part in _PARTS.split(text) if part]
    return (text, *reversed(parts)) if len(parts) > 1 else (text,)


@dataclass(frozen=True, slots=True)
class HeadingNames:
    """What the columns of one list are called. exact: folded heading to key; worded: its words to key, None if two.

    spelled: the name in one piece to how many words it has, and key.
    """

    exact: Mapping[str, str]
    worded: Mapping[frozenset[str], str | None]
    spelled: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Iterable[ListColumn]) -> "HeadingNames":
        """All of them; what a column is called here goes before what it is called elsewhere."""
        columns = tuple(columns)
        exact = {folded(also): column.key for column in columns for also in column.also}
        for column in columns:
            exact |= dict.fromkeys((folded(column.label_fr), folded(column.label_en), folded(column.key)), column.key)
        worded: dict[frozenset[str], str | None] = {}
        for name, key in exact.items():
            words = words_of(name)
            if words:
                worded[words] = key if worded.get(words, key) == key else None
        return cls(exact, worded, {"".join(name.split()): (len(name.split()), key) for name, key in exact.items()})

    def key(self, texts: Sequence[str]) -> tuple[str | None, bool]:
        """The column meant by the first of these texts that means one, and whether it is its very name."""
        for text in texts:
            exact = self.exact.get(folded(text))
            found = exact or self.worded.get(words_of(text))
            if found:
                return found, exact is not None
        return None, False

    def nearly(self, text: str) -> str | None:
        """The one column whose name differs by a slip of the pen, None where there is none or more than one.

        A word more is no slip: `Salle B` is not a `Salle`; a space more or less is one.
        """
        words = folded(text).split()
        typed = "".join(words)
        most = 0 if len(typed) < SHORTEST_FORGIVEN else 1 if len(typed) < LONG else 2
        if not most:
            return None
        near = {
            key
            for name, (count, key) in self.spelled.items()
            if OSA.distance(typed, name, score_cutoff=most) <= (most if count == len(words) else 0)
        }
        return near.pop() if len(near) == 1 else None
