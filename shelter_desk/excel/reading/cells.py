"""Values from the cells of a file that people filled in: what can be meant is read, what cannot is refused.

An empty cell is None everywhere: it says nothing.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from shelter_desk.domain.codes import folded
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.excel.reading.book import Cell, ErrorCell, Padded
from shelter_desk.excel.reading.days_in_words import day_in_words

LONGEST_TEXT = 32_767
MOST_PIECES = 500
_DAY_ZERO = datetime(1899, 12, 30)
_SERIALS = range((date(1990, 1, 1) - _DAY_ZERO.date()).days, (date(2101, 1, 1) - _DAY_ZERO.date()).days)
YEARS = range(1900, 2101)
_FOUR_YEARS = 1462  # days from one beginning to the other
_NOTHING_SEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_EDGES = " \t\r\n\u00a0\u1680\u2000-\u200a\u200c-\u200f\u202a-\u202f\u205f\u2066-\u2069\u3000"
_AROUND = re.compile(f"^[{_EDGES}]+|[{_EDGES}]+$")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
CONTROL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]")
_DAY = (
    r"(?:(?P<y>\d{4})(?P<sign>[/-])(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))"
)
# the time of Mali is that of Greenwich, in which surveys write
_HOUR = r"(?P<hour>\d{1,2}) ?(?::|h|H) ?(?P<minute>\d{2})?(?::\d{2}(?:\.\d+)?)?(?:Z|[+]00:?00)?"
_MOMENT = re.compile(rf"{_DAY}(?:(?:T| +(?:à +)?){_HOUR})?", re.ASCII)
_HOUR_ALONE = re.compile(rf"(?:à +)?{_HOUR}", re.ASCII)
_TWO = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2((?:\d{4}|\d{2})\b.*)", re.ASCII | re.DOTALL)
YEAR = re.compile(
    r"(?:(?:n[éÉe]e?(?:\(e\))?\s+)?(?:vers|en|env(?:iron)?\b\.?|~)\s*)?(?P<year>\d{4})", re.ASCII | re.IGNORECASE
)  # `né vers 1985`, as papers say it
_NUMBER = re.compile(r"[+-]?(?:(?:\d+|\d{1,3}(?: \d{3})+)(?:[.,]\d*)?|[.,]\d+)", re.ASCII)
_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*", re.ASCII)  # thousands, or one of them a part
_UNITS = re.compile(r"(?:F ?CFA|FCFA|XOF|F|m²|m2|lits?)$", re.IGNORECASE)
_NONE = frozenset(
    {"neant", "ras", "na", "so", "sansobjet", "nonapplicable", "nonconcerne", "nonconcernee", "rien", "vide"}
    | {"encours", "encorepresent", "encorepresente"}
)
_NOT_KNOWN = frozenset(
    {"inconnu", "inconnue", "inconnus", "nonconnu", "nonconnue", "nsp", "nesaitpas", "nr", "nonrenseigne"}
    | {"nonrenseignee", "nd", "nonprecise", "nonprecisee", "nondetermine", "unknown"}
)
_STROKES = frozenset("-–—/._?*")
# `SOW Aminata + 2 enfants`; `Bébé Sow` is one person
_SEVERAL = re.compile(
    r"(?:\+|\bet|\bavec)\s*(?:\d+|ses|son|sa|deux|trois|une?)\s*(?:petits? |jeunes? )?"
    r"(?:enfants?|b[ée]b[ée]s?|filles?|fils|jumeaux|nourrissons?|mari|[ée]pouse|s[œo]e?ur|fr[èe]re)",
    re.IGNORECASE,
)
_WITHOUT = frozenset(("sn", "sansnom", "sansnumero", "sansno", "sansn", "sansprenom", "nonattribue"))
_DIGIT = re.compile("[0-9]")
_NO_NAME = _NOT_KNOWN | _WITHOUT | {"neant", "sansobjet", "nonapplicable", "nonconcerne", "nonconcernee"}
# how a text begins that may be one of these; `N.R.` and `N.D.` are initials
_NAMELESS = frozenset(["san", "inc", "non", "nsp", "nes", "ne ", "unk", "néa", "nea", "n/a"])
_NAMELESS |= {"sn", "s.n", "s/n", "sn.", "s n", "nr", "n/r", "nr.", "nd", "n/d", "nd."}
_YES = frozenset({"oui", "o", "x", "vrai", "yes", "y", "1", "true", "✓", "✔", "☒", "☑"})
_NO = frozenset({"non", "n", "faux", "no", "0", "false", "☐", "-"})


def says_nothing(cell: Cell, *, may_be_unknown: bool) -> bool:
    """True of `-`, `//`, `néant`: there is none. may_be_unknown: of `inconnu` and `?` too, which nobody knows."""
    if not isinstance(cell, str):
        return False
    word = folded(cell)
    if not word:
        return may_be_unknown or "?" not in cell
    return word in _NONE or (may_be_unknown and word in _NOT_KNOWN)


def shown(cell: Cell) -> str:
    """The cell as a person sees it, for a message."""
    if cell is None:
        return ""
    if isinstance(cell, ErrorCell | Padded):
        return cell.text
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y" if cell.time() == time.min else "%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return CONTROL.sub("\ufffd", cell) if isinstance(cell, str) else repr(cell)


def as_text(cell: Cell) -> str | None:
    """The text without spaces around it; a number as it is seen, a text of digits with its leading zeros."""
    if cell is None:
        return None
    if not isinstance(cell, str):
        if isinstance(cell, Padded):
            raise CellRefused(cell.text, "zeros")
        if isinstance(cell, ErrorCell):
            raise CellRefused(cell.text, "formula" if cell.text == "=" else "error_cell")
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return cell.isoformat() if isinstance(cell, date) and not isinstance(cell, datetime) else shown(cell)
    if cell.isprintable() and len(cell) <= LONGEST_TEXT and cell[:1] != " " != cell[-1:]:
        return cell or None  # nothing to clean, as in most cells
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _AROUND.sub("", _SPACES.sub(" ", _NOTHING_SEEN.sub("", text)))
    if len(text) > LONGEST_TEXT:
        raise CellRefused(text[:60] + "…", "too_long")
    if CONTROL.search(text):
        raise CellRefused(CONTROL.sub("\ufffd", text[:60]), "control")
    return text or None


def from_1904(read: Callable[[Cell], Any], cell: Cell) -> Any:
    """Read a day of a workbook that counts days from 1904: a bare number is not what it would be elsewhere."""
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if not is_number or (isinstance(cell, int) and cell in YEARS and read is as_birth):
        return read(cell)
    return read(cell + _FOUR_YEARS)  # type: ignore[operator]


def as_moment(cell: Cell) -> datetime | None:
    """A moment with minutes, at 00:00 where only the day is said.

    Texts are `AAAA-MM-JJ` or `JJ/MM/AAAA`, with or without an hour `14:30` or `14h30`; seconds are left out.
    A bare number is an Excel serial when it falls into the years 1990 to 2100; a year alone is refused.
    """
    if isinstance(cell, datetime):
        return cell if cell.second == 0 == cell.microsecond and cell.year in YEARS else _sound(cell, cell)
    if isinstance(cell, date):
        return _sound(datetime.combine(cell, time.min), cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if int(cell) not in _SERIALS:
            raise CellRefused(shown(cell), "date")
        # Excel keeps moments as parts of a day: 14:30 may come a microsecond short
        return (_DAY_ZERO + timedelta(seconds=round(cell * 86_400))).replace(second=0)
    if isinstance(cell, bool | time):
        raise CellRefused(shown(cell), "day")
    text = as_text(cell)
    return None if text is None else _moment_of(text)


def _moment_of(text: str) -> datetime:
    found = _MOMENT.fullmatch(text)
    in_words = day_in_words(text) if found is None else None
    if found is None and in_words is None:
        raise CellRefused(text, "day")
    part: dict[str, str | None] = found.groupdict() if found else {}
    year, month, day = in_words or (int(part[name] or part[f"{name}2"] or 0) for name in "ymd")
    try:
        found_day = datetime(year, month, day)
    except ValueError:
        raise CellRefused(text, "date") from None
    hour, minute = int(part.get("hour") or 0), int(part.get("minute") or 0)
    if hour > 23 or minute > 59:
        raise CellRefused(text, "moment")
    return _sound(found_day.replace(hour=hour, minute=minute), text)


def _sound(moment: datetime, cell: Cell) -> datetime:
    if moment.year not in YEARS:
        raise CellRefused(shown(cell), "date")
    if moment.second == 0 == moment.microsecond:
        return moment
    if moment.microsecond >= 500_000:
        moment += timedelta(seconds=1)
    return moment.replace(second=0, microsecond=0)


def day_order(cell: Cell) -> str:
    """Of a text such as `03/25/2026` the only way to read it, `dmy` or `mdy`; `either`; "" where that is the same."""
    found = _TWO.match(cell) if isinstance(cell, str) else None
    if found is None:
        return ""
    first, second = int(found[1]), int(found[3])
    if first <= 12 and second <= 12:
        return "" if first == second else "either"
    return "dmy" if first > 12 >= second else "mdy" if first <= 12 < second <= 31 else ""


def day_in_order(order: str, read: Callable[[Cell], Any], cell: Cell) -> Any:
    """Read a day as its column writes days: `mdy`; or `month_first` or `mixed`, where nobody said how.

    What may be meant both ways is refused then.
    """
    found = day_order(cell)
    if found and isinstance(cell, str):
        if order == "mdy":
            two = _TWO.match(cell)
            return read(f"{two[3]}{two[2]}{two[1]}{two[2]}{two[4]}" if two else cell)
        if found == "either":
            raise CellRefused(cell.strip(), "day_or_month")
        if found == "mdy" and order == "month_first":
            raise CellRefused(cell.strip(), order)
    return read(cell)


def as_day(cell: Cell) -> date | None:
    """The day of a moment; its hour is not asked for."""
    moment = as_moment(cell)
    return None if moment is None else moment.date()


def as_hour(cell: Cell) -> time | None:
    """An hour that stands beside its day: `08:30`, `8h30`, `8 h`, or the part of a day as which Excel keeps it."""
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1:
        return (_DAY_ZERO + timedelta(seconds=round(cell * 86_400))).time().replace(second=0)
    text = as_text(cell)
    if text is None:
        return None
    found = _HOUR_ALONE.fullmatch(text)
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise CellRefused(shown(cell), "hour")
    return time(hour, minute)


def as_birth(cell: Cell) -> date | int | None:
    """The day of birth, or the year alone where only that is known (field 9)."""
    if isinstance(cell, date):
        return as_day(cell)
    typed = cell if isinstance(cell, int) and not isinstance(cell, bool) else as_text(cell)
    said = YEAR.fullmatch(typed) if isinstance(typed, str) else None
    year = typed if isinstance(typed, int) else int(said["year"]) if said else 0
    return year if year in YEARS else as_day(cell)


def as_number(cell: Cell) -> float | None:
    """A number; in a text with a comma or a point, spaces between thousands, `FCFA` behind.

    `1.500` is refused: it may be one and a half, or a thousand and a half.
    """
    if isinstance(cell, bool | date | time):
        raise CellRefused(shown(cell), "number")
    if isinstance(cell, int | float):
        return float(cell)
    text = as_text(cell)
    if text is None:
        return None
    bare = _UNITS.sub("", text).strip()
    if _GROUPS.fullmatch(bare):
        raise CellRefused(text, "ambiguous" if _NUMBER.fullmatch(bare) else "number")
    if not _NUMBER.fullmatch(bare):
        raise CellRefused(text, "number")
    return float(bare.replace(" ", "").replace(",", "."))


def as_whole(cell: Cell) -> int | None:
    """A whole number; `12,0` is one, `12,5` is refused, the points and commas of `1.500.000` part thousands."""
    if isinstance(cell, str):
        bare = _UNITS.sub("", as_text(cell) or "").strip()
        if _GROUPS.fullmatch(bare):
            return int(bare.replace(".", "").replace(",", ""))
    number = as_number(cell)
    if number is None:
        return None
    if not number.is_integer():
        raise CellRefused(shown(cell), "whole")
    return int(number)


def as_pieces(cell: Cell, least: int = 0) -> int | None:
    """How many there are of what one line stands for, as the beds of a room: each becomes a row of its own."""
    pieces = as_whole(cell)
    if pieces is not None and not least <= pieces <= MOST_PIECES:
        raise CellRefused(shown(cell), "pieces")
    return pieces


def as_yes_no(cell: Cell) -> bool | None:
    """Yes or no, by any of the usual signs (field 9)."""
    if isinstance(cell, bool):
        return cell
    text = as_text(cell)
    if text is None:
        return None
    folded = text.casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise CellRefused(text, "yes_no")


def as_name(cell: Cell) -> str | None:
    """A name, or none where the cell says that there is none or that it is not known."""
    if isinstance(cell, str) and cell.isalpha() and cell[:3].casefold() not in _NAMELESS and len(cell) <= LONGEST_TEXT:
        return cell  # one word, as most names are
    text = as_text(cell)
    if text is not None and "  " in text:
        text = " ".join(text.split())
    if text is not None and ("+" in text or " e" in text or " a" in text) and _SEVERAL.search(text):
        raise CellRefused(text, "several_persons")
    if text is None or not (text[:1] in _STROKES or text[:3].casefold() in _NAMELESS):
        return text
    word = folded(text)  # `Na` and `So` are names
    is_none = (word in _NO_NAME and not _is_begun(text)) or text.casefold() == "n/a"
    return None if not word or is_none else text


def _is_begun(text: str) -> bool:
    """`Sn`, `Nd`: may be a name begun; `SN` and `s/n` are none."""
    return len(text) == 2 and text.istitle()


def as_number_of(cell: Cell) -> str | None:
    """The number or the code of a row, or none where the cell says that it has none: `sn`, `sans numéro`."""
    text = as_text(cell)
    if text is None or _DIGIT.search(text):  # nearly every number has one, and no word for "none"
        return text
    text = as_said(text)
    return None if text is None or (folded(text) in _WITHOUT and not _is_begun(text)) else text


def padded(said: str, read: Callable[[Cell], Any], cell: Cell) -> Any:
    """Read a number that is shown with zeros in front: said `shown`, as it is shown, or `value`, without them."""
    return read((cell.text if said == "shown" else str(int(cell))) if isinstance(cell, Padded) else cell)


def as_written(read: Callable[[Cell], Any], cell: Cell, *, knows_nothing: bool) -> Any:
    """Words as the program wrote them, with every space between them, where they are read as they stand.

    knows_nothing: words that say that there is nothing are words as well, as what is empty is an empty cell there.
    """
    value = read(cell)
    if value is None and knows_nothing:
        value = as_text(cell)
    is_same = isinstance(cell, str) and isinstance(value, str) and cell.split() == value.split()
    return _AROUND.sub("", cell) if is_same and isinstance(cell, str) else value


def as_said(cell: Cell) -> str | None:
    """A text, or none where there is nothing but a dash or a stroke."""
    text = as_text(cell)
    return None if text is not None and text[:1] in _STROKES and says_nothing(text, may_be_unknown=False) else text


def as_list(cell: Cell) -> tuple[str, ...]:
    """The texts between `;`, `,` or ends of line, each once, in their order."""
    text = as_text(cell)
    parts = (part.strip() for part in re.split(r"[;,\n]", text or ""))
    return tuple(dict.fromkeys(part for part in parts if part))
