"""Ages as they are written: `25`, `25 ans`, `env. 30`, `8 mois`, `2 ans et 3 mois`, `3 semaines`."""

import re
from datetime import date

from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.shapes_stays import Age
from shelter_desk.excel.reading.book import Cell
from shelter_desk.excel.reading.cells import YEAR, YEARS, as_birth, as_text, as_whole, shown

_ABOUT = r"(?:(?:env(?:iron)?\b\.?|vers|approx(?:imativement)?\b\.?|about|ca\b\.?|[~≈±])\s*)?"
_AGE = re.compile(
    rf"{_ABOUT}(?P<age>\d{{1,3}})\s*(?P<unit>ans?|mois|years?(?: old)?|yrs?|yo|months?)?(?:\s*env(?:iron|\.)?)?",
    re.ASCII | re.IGNORECASE,
)
_YOUNG = re.compile(
    r"(?P<years>\d{1,2})\s*ans?\s*(?:et\s*)?(?:(?P<months>\d{1,2})\s*mois|(?P<half>demie?))"
    r"|(?P<count>\d{1,3})\s*(?P<unit>semaines?|jours?|weeks?|days?)|(?P<new>nouveau[- ]n[éÉe]e?(?:\(e\))?)",
    re.ASCII | re.IGNORECASE,
)
_AGES = range(121)
_YEAR_OF_DAYS, _MONTH_OF_DAYS = 365, 31  # of whole months no more than there are


def as_age(cell: Cell) -> int | None:
    """Whole years: `25`, `25 ans`, `env. 30`, `8 mois` (which are none yet)."""
    age = as_exact_age(cell)
    return None if age is None else age.years


def as_exact_age(cell: Cell) -> Age | None:
    """Whole years, 0 to 120, or the months of a small child: `8 mois`."""
    typed = (as_text(cell) or "") if isinstance(cell, str) else ""
    if typed.startswith("+"):  # more than that
        raise CellRefused(typed, "age")
    found = _AGE.fullmatch(typed)
    if found is None and (young := _YOUNG.fullmatch(typed)):
        return _age_of_child(young, typed)
    if found is not None and (found["unit"] or "").lower().startswith("m"):
        age = Age(*divmod(int(found["age"]), 12))
    elif found is not None:
        age = Age(int(found["age"]))
    else:
        try:
            years = as_whole(cell)
        except CellRefused as error:
            raise CellRefused(
                error.value, error.why if error.why in ("error_cell", "formula", "control") else "age"
            ) from None
        if years is None:
            return None
        age = Age(years)
    if age.years not in _AGES:
        raise CellRefused(shown(cell), "age")
    return age


def as_birth_or_age(cell: Cell) -> date | int | Age | None:
    """The day or the year of birth, else an age; a number that is neither year nor age is refused."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return as_birth(cell) if cell in YEARS else as_exact_age(cell)
    typed = as_text(cell) if isinstance(cell, str) else None
    if typed is not None and (_YOUNG.fullmatch(typed) or (_AGE.fullmatch(typed) and not YEAR.fullmatch(typed))):
        return as_exact_age(typed)
    return as_birth(cell)


def _age_of_child(found: re.Match[str], typed: str) -> Age:
    """Years and months; weeks and days as the months that they fill."""
    if found["new"]:
        return Age(0)
    if found["count"]:
        days = int(found["count"]) * (7 if found["unit"].lower()[0] in "sw" else 1)
        if days >= _YEAR_OF_DAYS:
            raise CellRefused(typed, "age")
        return Age(0, days // _MONTH_OF_DAYS)
    months = 6 if found["half"] else int(found["months"])
    if months > 11:
        raise CellRefused(typed, "age")
    return Age(int(found["years"]), months)
