"""The report that a shelter made in Excel before: what a cell of it says, and which figure the words beside it mean.

Which sheet stands for the month, where sheets are called by months.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from shelter_desk.domain.codes import unaccented

MOST_CELLS = 30
Place = tuple[int, int]  # row and column, from 1
Words = frozenset[str]
_NONE: Words = frozenset()
_NUMBER = re.compile(r"[-−+]?(\d[\d\s]*)(?:[.,]\d+)?")
_MOST_DIGITS = 15  # as Excel keeps
_ONLY_NUMBER = re.compile(rf"{_NUMBER.pattern}\s*%?")
_GOES_ON = re.compile(r"\s*[-–−/:]\s*\d|[.,h]\d")  # after a number: a day, an hour, a range
_IN_WORDS = re.compile(r"\d{1,2}(?:er)?[\s-]+[^\W\d_]+\.?[\s-]+\d{4}")
_DAY = re.compile(r"(?:\d{1,2}[-./])?\d{1,2}[-./]\d{4}|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?")
_MONTH = re.compile(r"(?<!\d)(?:(?P<year>20\d\d)[-._ ](?P<month>\d\d?)|(?P<first>\d\d?)[-._ ](?P<last>20\d\d))(?!\d)")
_WORD = re.compile(r"[^\W_]+")
_SAYS_NOTHING = frozenset(
    """a an and au aux avec d dans de des du en et for in l la le les mois n nb nbr nombre number of or ou par per pour
    qui sur the total totaux un une valeur xof""".split()  # noqa: SIM905 read as a sentence is
)
# what shelters write, and the word that the report has for it; stems
_SAME_WORD: Mapping[str, str] = {
    "admi": "entre",
    "admission": "entre",
    "arrive": "entre",
    "depart": "sorti",
    "effectif": "present",
    "beneficiair": "personn",
    "resident": "personn",
    "nuit": "nuite",
    "heberge": "personn",
    "accueilli": "personn",
}
_PART_OF_ONE = 2  # a rate that is not above it may be one that Excel shows in percent
_NEARER = 10  # times theirs: ours above it is nearer to a hundred times theirs
_DECIMALS = 2  # of theirs, beside a whole number of ours; more is how Excel adds
_LEAST = 0.5  # of the words that both have
_WITHOUT_HEAD = 0.8  # what a figure is worth that leaves out the words above


def number_of(cell: object) -> float | int | None:
    """The number that a cell says, also in words such as `1 234` or `56,3 %`; None where it says none."""
    if cell is None or isinstance(cell, (bool, date, time)):
        return None
    if isinstance(cell, (int, float)):
        return cell if abs(cell) < 10**_MOST_DIGITS else None
    said = str(cell).strip()
    found = _NUMBER.match(said)
    if found is None or _GOES_ON.match(said, found.end()) or _IN_WORDS.match(said):
        return None
    if len("".join(found.group(1).split())) > _MOST_DIGITS:
        return None
    exact = Decimal("".join(found.group().split()).replace(",", ".").replace("−", "-"))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def beside(theirs: float, ours: float, unit: str) -> float:
    """Their number as ours is written: with as many decimals, and a part of one as percents where that is nearer.

    Beside a whole number of ours they keep their decimals.
    """
    told = Decimal(str(theirs))
    if unit == "percent" and abs(theirs) <= _PART_OF_ONE and abs(theirs) * _NEARER < abs(ours):
        told *= 100
    places = len(str(ours).partition(".")[2]) if isinstance(ours, float) else _DECIMALS
    rounded = told.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    is_whole = rounded == rounded.to_integral_value()
    return int(rounded) if is_whole and not isinstance(ours, float) else float(rounded)


# The words of a cell, and the figure that they mean ------------------------------------------------------------------


def labels(cells: Mapping[Place, object], place: Place) -> tuple[str, str]:
    """The words nearest at the left of a cell, and those nearest above it in its table, "" for none.

    A row without anything ends a table.
    """
    row, column = place
    filled = {at for at, _ in cells}
    top = next((at for at in range(row - 1, 0, -1) if at not in filled), 0)
    left = (cells.get((row, at)) for at in range(column - 1, 0, -1))
    above = (cells.get((at, column)) for at in range(row - 1, top, -1))
    return _first_words(left), _first_words(above)


def _first_words(cells: Iterable[object]) -> str:
    said = (" ".join(one.split()) for one in cells if isinstance(one, str))
    return next((one for one in said if _is_label(one)), "")


def _is_label(text: str) -> bool:
    """Whether it says what a number is: `0-4` does, a number or a day alone does not."""
    if _ONLY_NUMBER.fullmatch(text) or _DAY.fullmatch(text):
        return False
    return any(one.isalnum() for one in text)


@lru_cache(4096)
def stems(text: str, left_out: Words = _NONE) -> Words:
    """The words of a text without endings, small words and tables. left_out: words that say nothing here."""
    dropped = _SAYS_NOTHING.union(left_out)
    told = (
        one for one in _WORD.findall(unaccented(text)) if one not in dropped and not re.fullmatch(r"t\d+|\d{4}", one)
    )
    bare = (one.rstrip("sx").removesuffix("e") for one in told)
    return frozenset(_SAME_WORD.get(one, one) for one in bare if one)


def guess(left: str, above: str, choices: Sequence[tuple[str, str]], left_out: Words = _NONE) -> str:
    """The figure whose words are nearest to those of a cell, "" where none is near; the first of two as near.

    choices: what may be chosen, in words. left_out: words that say nothing, as those of months.
    """
    whole, alone = stems(f"{left} {above}", left_out), stems(left, left_out)
    best, nearest = "", _LEAST
    for code, label in choices:
        meant = stems(label)
        if meant.isdisjoint(whole):
            continue
        near = max(_near(meant, whole), _near(meant, alone) * _WITHOUT_HEAD)
        if near > nearest:
            best, nearest = code, near
    return best


def _near(one: Words, other: Words) -> float:
    """How much of both is the same, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


class _SheetName(NamedTuple):
    """What a sheet is called. year, month: 0 where it names none; words, numbers: what else it says."""

    year: int
    month: int
    words: Words
    numbers: tuple[str, ...]


def sheet_for(kept: str, sheets: Sequence[str], first_day: date | None, months: Mapping[str, int]) -> str:
    """The sheet in which a cell remembered stands in this file, "" for none.

    Where the sheet remembered is called by a month, it is the one that is called so by the month looked at: rather none
    than one of another month. first_day: of that month, None for a period that is none. months: the words of months.
    """
    if first_day is None:
        return _of_name(kept, sheets)
    named, called = _named(kept, months), {one: _named(one, months) for one in sheets}
    fits = [one for one, name in called.items() if _is_of(name, first_day)]
    if not named.month:
        found = _of_name(kept, sheets)
        return found if found and (not called[found].month or found in fits) else ""
    fits = [one for one in fits if called[one][2:] == named[2:]]
    if kept in fits:
        return kept
    fits = [one for one in fits if called[one].year] or fits
    return fits[0] if len(fits) == 1 else ""


def _of_name(kept: str, sheets: Sequence[str]) -> str:
    if kept in sheets:
        return kept
    return sheets[0] if len(sheets) == 1 else ""


def _is_of(name: _SheetName, first_day: date) -> bool:
    return name.month == first_day.month and name.year in (0, first_day.year)


def _named(name: str, months: Mapping[str, int]) -> _SheetName:
    """The month is 0 where it names two. A year is one of four digits, or of two after the month: `Oct 26`."""
    plain = unaccented(name)
    said = frozenset(stems(re.sub(r"[\d_]", " ", plain), frozenset(months)))
    numbers = re.findall(r"\d+", plain)
    found = {months[one] for one in re.findall(r"[a-z]+", plain) if one in months}
    in_digits = None if found else _MONTH.search(plain)
    if in_digits is not None:
        found = {int(in_digits["month"] or in_digits["first"])}.intersection(months.values())
    after = re.search(rf"(?<![a-z])(?:{'|'.join(months)})[\W_]*([2-9]\d)(?!\d)", plain)
    years = [one for one in numbers if re.fullmatch(r"20\d\d", one)] or ([after.group(1)] if after else [])
    year, month = 2000 + int(years[0]) % 100 if years else 0, found.pop() if len(found) == 1 else 0
    # `10 Octobre` says its month twice
    return _SheetName(year, month, said, tuple(one for one in numbers if one not in years and int(one) != month))
