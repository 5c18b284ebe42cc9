"""The report that a shelter made in Excel before: what a cell of it says, and which figure the words beside it mean.

Which sheet stands for the month, where sheets are called by months.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

MOST_CELLS = 30
Place = tuple[int, int]  # row and column, from 1
Words = frozenset[str]
_NONE: Words = frozenset()
_NUMBER = re.compile(r"[-−+]?\d[\d\s]*(?:[.,]\d+)?")
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
_PART_OF_ONE = 2  # a rate that is not above it is one that Excel shows in percent
_LEAST = 0.5  # of the words that both have
_WITHOUT_HEAD = 0.8  # what a figure is worth that leaves out the words above


def number_of(cell: object) -> float | int | None:
    """The number that a cell says, also in words such as `1 234` or `56,3 %`; None where it says none."""
    if cell is None or isinstance(cell, (bool, date, time)):
        return None
    if isinstance(cell, (int, float)):
        return cell
    found = _NUMBER.match(str(cell).strip())
    if found is None:
        return None
    plain = "".join(found.group().split()).replace(",", ".").replace("−", "-")
    try:
        exact = Decimal(plain)
    except InvalidOperation:
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def beside(theirs: float, ours: float, unit: str) -> float:
    """Their number as ours is written: with as many decimals, and a part of one as percents where ours are."""
    told = Decimal(str(theirs))
    if unit == "percent" and abs(theirs) <= _PART_OF_ONE < abs(ours):
        told *= 100
    places = str(ours).partition(".")[2] if isinstance(ours, float) else ""
    step = Decimal(1).scaleb(-len(places))
    rounded = told.quantize(step, ROUND_HALF_UP)
    is_whole = rounded == rounded.to_integral_value()
    return int(rounded) if is_whole and not places else float(rounded)


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
    said = (" ".join(one.split()) for one in cells if isinstance(one, str) and number_of(one) is None)
    return next((one for one in said if any(letter.isalpha() for letter in one)), "")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return "".join(one for one in letters if not unicodedata.combining(one))


@lru_cache(4096)
def stems(text: str, left_out: Words = _NONE) -> Words:
    """The words of a text without endings, small words and tables. left_out: words that say nothing here."""
    dropped = _SAYS_NOTHING.union(left_out)
    told = (one for one in _WORD.findall(_plain(text)) if one not in dropped and not re.fullmatch(r"t\d+|\d{4}", one))
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


def sheet_for(kept: str, sheets: Sequence[str], month: int | None, months: Mapping[str, int]) -> str:
    """The sheet in which a cell remembered stands in this file, "" for none.

    Where the sheet remembered is called by a month and another one by the month looked at, it is that one. month: None
    for a period that is none. months: the words of months.
    """
    named = _month_in(kept, months)
    if named and month:
        of_month = [one for one in sheets if _month_in(one, months) == month]
        same = [one for one in of_month if _without_month(one, months) == _without_month(kept, months)] or of_month
        if len(same) == 1:
            return same[0]
    if kept in sheets:
        return kept
    return sheets[0] if len(sheets) == 1 else ""


def _month_in(name: str, months: Mapping[str, int]) -> int:
    """0 where it names none, or two."""
    found = {months[one] for one in re.findall(r"[a-z]+", _plain(name)) if one in months}
    return found.pop() if len(found) == 1 else 0


def _without_month(name: str, months: Mapping[str, int]) -> str:
    return "".join(one for one in re.findall(r"[a-z]+", _plain(name)) if one not in months)
