"""Days whose year has two digits, written in full as `domain.years` says: `03/02/25`, `12-févr-26`."""

import re
from datetime import date

from shelter_desk.domain import plausible_dates
from shelter_desk.excel.reading.book import Cell
from shelter_desk.excel.reading.days_in_words import day_in_words

_DIGITS = re.compile(r"(\s*(\d{1,2})([/.-])(\d{1,2})\3)(\d{2})(?=\s|$)", re.ASCII)
_WORDS = re.compile(r"(.*[^\W\d_]\.?[ -]+)(\d{2})\s*")


def in_full(cell: Cell, kind: plausible_dates.Kind, today: date) -> Cell:
    """The same text with a year of four digits; any other cell as it is."""
    if not isinstance(cell, str):
        return cell
    if found := _DIGITS.match(cell):
        day, month, two = int(found[2]), int(found[4]), int(found[5])
        return f"{found[1]}{plausible_dates.in_full(two, month, day, kind, today)}{cell[found.end() :]}"
    if (found := _WORDS.fullmatch(cell)) and (said := day_in_words(f"{found[1]}20{found[2]}")):
        return f"{found[1]}{plausible_dates.in_full(int(found[2]), said[1], said[2], kind, today)}"
    return cell
