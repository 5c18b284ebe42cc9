"""How the sheets of the tables are laid out: columns, tables beside each other, upright or lying, what fits a column.

Widths are those of Excel: digits of the font of the workbook. Every sheet is as wide as an A4 page where its text is
still printed with eight points, also by programs that take a wider font (`SPACE`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shelter_desk.domain.reports.layout.stay_tables import ReportTable

LEAST_SCALE = 0.8  # of ten points, the size of all text, eight are left
SPACE = {True: 109.5, False: 157.5}  # widths that stand on a page at that scale: upright, lying
EDGE = 0.71  # what a column takes beside its digits
_DIGITS, _BESIDE = 1.035, 0.3  # digits of ten points that stand in a column: for each of its own, and beside them
_BLANK = 0.46
NARROW = 4.6  # a column of an age group
DATE = 8.8  # of a column in which a day has its year
OF_A_MONTH, RUNS = 31, 3  # nights that stand in one run, and the runs of a longer period
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'’|! \u00a0\u202f", 0.46),
    **dict.fromkeys("frt-()/«»", 0.68),
    **dict.fromkeys("scz", 0.84),
    **dict.fromkeys("vxyk–", 0.92),
    **dict.fromkeys("aeéèêà", 0.98),
    **dict.fromkeys("mwMWœŒ—…", 1.65),
}
_BOLD = 1.07


@dataclass(frozen=True, slots=True)
class Lane:
    """Columns of the grid that a table takes. label: of the heads of its rows, None for those of the table beside it.

    first, last: of its figures, the last one included.
    turned: its page is further down and to the right, and begins at the label.
    whole: whether its last column, of the total, is written; it stands in the table beside where it is not.
    above: whether the title stands above the heads, for want of room at the head of the rows.
    """

    label: int | None
    first: int
    last: int
    turned: bool = False
    whole: bool = True
    above: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A grid of columns and its lanes; tables stand in the first one but for those of `lane_of`.

    below: tables that begin under all lanes. ages_at: where age groups begin, where they do not follow. letters: the
    first column is for the letters of rows. heads: rows that the heads of the first tables take at least.
    order: of its tables, where it is another than that of the report.
    """

    grid: tuple[float, ...]
    lanes: tuple[Lane, ...]
    upright: bool = True
    lane_of: dict[str, int] = field(default_factory=dict)
    below: frozenset[str] = frozenset()
    ages_at: int = 0
    letters: bool = False
    heads: int = 1
    order: tuple[str, ...] = ()


def taken(grid: Iterable[float]) -> float:
    """How much of a page these columns take."""
    return sum(one + EDGE for one in grid)


def wide(text: str, *, bold: bool = False) -> float:
    """How wide a text of ten points is, in digits."""
    letters = sum(_WIDTHS.get(one, 1.17 if one.isupper() else 1.06) for one in text if not one.isdigit())
    return letters * (_BOLD if bold else 1) + sum(map(str.isdigit, text))


def pixels(width: float) -> int:
    """How wide a column is on the screen."""
    return int(7 * width) + 5


def points(width: float) -> float:
    """How wide a column is on paper, at full scale."""
    return 5.25 * width + 3.75


def holds(width: float) -> float:
    """How many digits of ten points stand in a column, or in several beside each other."""
    return width * _DIGITS + _BESIDE


def for_digits(digits: float) -> float:
    """How wide a column is in which so many digits of ten points stand."""
    return max(NARROW, (digits - _BESIDE) / _DIGITS + 0.01)


def wrapped(text: str, width: float, *, bold: bool = False) -> int:
    """On how many lines a text stands in a column of that width."""
    return _lines(_words(text, bold=bold), holds(width))


def least_space(text: str, lines: int, *, bold: bool = False) -> float:
    """How many digits a line must hold for a text to stand on so many of them."""
    parts = _words(text, bold=bold)
    ends = range(len(parts) + 1)
    runs = sorted(sum(parts[at:end]) + _BLANK * (end - at - 1) for at in ends for end in ends if at < end)
    return next((run for run in runs if run >= max(parts) and _lines(parts, run) <= lines), 0.0)


def _words(text: str, *, bold: bool) -> list[float]:
    """How wide each word is; a hyphen may end a line."""
    return [wide(word, bold=bold) for word in text.replace("-", "- ").split()]


def _lines(parts: Sequence[float], space: float) -> int:
    lines, used = 1, 0.0
    for length in parts:
        if used and used + _BLANK + length > space:
            lines, used = lines + 1, 0.0
        used += length + (_BLANK if used else 0)
        while used > space:
            lines, used = lines + 1, used - space
    return lines


def longest_word(text: str, *, bold: bool = False) -> float:
    """How wide its longest word is."""
    return max(_words(text, bold=bold), default=0)


Spans = list[tuple[int, int]]


def spans(numbers: Sequence[float], heads: Sequence[float], grid: Sequence[float]) -> Spans | None:
    """Which columns of a grid each column of a table takes, first and last; its numbers stand in the last.

    numbers, heads: the digits that its numbers and the longest word of its head ask for; a number never runs on over
    the column beside. All take as many where they can, else each what it needs, else what its numbers need: its head
    does not fit then. None where the grid has no room for them.
    """
    most, nothing = max(1, len(grid) // max(1, len(numbers))), [0.0] * len(numbers)
    tries = (
        _alike(numbers, heads, grid, 1),
        _alike(numbers, heads, grid, 2),
        _as_needed(numbers, heads, grid),
        *(_alike(numbers, nothing, grid, each) for each in range(most, 0, -1)),
        _as_needed(numbers, nothing, grid),
    )
    return next((one for one in tries if one is not None), None)


def _fits(grid: Sequence[float], first: int, last: int, number: float, head: float) -> bool:
    return holds(grid[last]) >= number and holds(across(grid, first, last)) >= head


def _alike(numbers: Sequence[float], heads: Sequence[float], grid: Sequence[float], each: int) -> Spans | None:
    if len(numbers) * each > len(grid):
        return None
    found = [(place * each, place * each + each - 1) for place in range(len(numbers))]
    needs = zip(found, numbers, heads, strict=True)
    return found if all(_fits(grid, *span, number, head) for span, number, head in needs) else None


def _as_needed(numbers: Sequence[float], heads: Sequence[float], grid: Sequence[float]) -> Spans | None:
    found, at = [], 0
    for number, head in zip(numbers, heads, strict=True):
        end = at
        while end < len(grid) and not _fits(grid, at, end, number, head):
            end += 1
        if end >= len(grid):
            return None
        found.append((at, end))
        at = end + 1
    return found


def across(grid: Sequence[float], first: int, last: int) -> float:
    """The width of several columns as if they were one."""
    return sum(grid[first : last + 1]) + EDGE * (last - first)


def _plain(label: float, columns: int, width: float, *, upright: bool = True) -> SheetLayout:
    return SheetLayout((label, *[width] * columns), (Lane(0, 1, columns),), upright)


def _capacity(nights: int) -> SheetLayout:
    """The nights of a month beside the first table; those of a longer period below, in three runs."""
    if nights <= OF_A_MONTH:
        grid = (38.5, 8.9, 1.0, *[8.9] * 6)
        lanes = (Lane(0, 1, 1), Lane(3, 4, 7, above=True), Lane(0, 1, 8))
        return SheetLayout(grid, lanes, lane_of={"t1.by_night": 1, "t1.zones": 2}, below=_ZONES, heads=2)
    grid = (44.0, *[NARROW] * 3, 1.0, 5.6, *[NARROW] * 3, 1.0, 5.6, *[NARROW] * 3)
    runs = (Lane(0, 1, 3, above=True), Lane(5, 6, 8, above=True), Lane(10, 11, 13, above=True))
    named = {f"t1.by_night.{number}": number + 1 for number in range(len(runs))}
    return SheetLayout(grid, (Lane(0, 1, 13), *runs), lane_of=named, below=_ZONES)


_ZONES = frozenset({"t1.zones"})
_UNDER_EACH_OTHER = _plain(41, 11, NARROW)
_LAYOUTS = {
    "00_Synthese": _plain(60, 1, 12),
    "03_Mouvements": SheetLayout((2.6, 40.0, *[5.6] * 10, *[7.4] * 6), (Lane(1, 2, 17),), upright=False, letters=True),
    "04_Profil": SheetLayout(
        (27.0, *[NARROW] * 7, 1.0, 30.0, 10.5),
        (Lane(0, 1, 7), Lane(9, 10, 10)),
        lane_of=dict.fromkeys(
            (
                "t3.persons.migration_situation",
                "t3.persons.education_level",
                "t3.persons.language",
                "t3.entries.referral_source",
            ),
            1,
        ),
    ),
    "05_Identification": SheetLayout((28.5, *[NARROW] * 10, *[3.6] * 5, NARROW), (Lane(0, 1, 16),)),
    "06_Mineurs": _plain(43, 8, 6.6),
    "08_References": _UNDER_EACH_OTHER,
    "09_Sorties": _UNDER_EACH_OTHER,
    "10_Activites": SheetLayout(
        (45.0, 9.0, 16.5, 11.2, 12.5, *[NARROW] * 11), (Lane(0, 1, 15),), upright=False, ages_at=5
    ),
    "12_Stock_bailleurs": _plain(41, 4, 10),
    "13_Incidents": _plain(40, 5, 11),
}
_SERVED = (10.0, 7.2, 10.6, 6.8, 9.8, 9.4, 7.8)  # unit, quantity, events, by the house, by a partner, persons, cost
_SERVICES = SheetLayout((41.0, *_SERVED), (Lane(0, 1, len(_SERVED)),))
PROFILE, CATEGORY = "t6.beneficiaries_profile", "t6.beneficiaries_category"
# services on one page, who was served on another
_SERVICES_AND_SERVED = SheetLayout(
    (41.0, *_SERVED, 30.54, *[2.75] * 10, *[4.75] * 8),
    (Lane(0, 1, 7), Lane(8, 9, 18, turned=True, whole=False), Lane(None, 19, 26, whole=False, above=True)),
    lane_of={PROFILE: 1, CATEGORY: 2},
    order=("t6", "t6.others", "t6.cost_by_donor.donor", PROFILE, CATEGORY),
)
_STACKED = SheetLayout((36.0, 10.0, *[NARROW] * 5, 7.8, *[NARROW] * 5), (Lane(0, 1, 12),))
_MOST_SERVICES, _MOST_SERVED = 62, 999  # rows of one page, persons that stand in the narrowest column
_AGES_AND_TOTAL = 11
BEFORE_ITEMS = 13.0  # the column of the categories of the stock
_WIDEST = 9.0  # a column of the stock


def _services(tables: Mapping[str, ReportTable], most: int) -> SheetLayout:
    if not {PROFILE, CATEGORY} <= tables.keys():
        return _SERVICES if PROFILE not in tables and CATEGORY not in tables else _STACKED
    people, categories = tables[PROFILE], tables[CATEGORY]
    fits = len(tables["t6"].rows) <= _MOST_SERVICES and len(people.columns) <= _AGES_AND_TOTAL and most <= _MOST_SERVED
    are_alike = [row.label for row in people.rows] == [row.label for row in categories.rows]
    return _SERVICES_AND_SERVED if fits and are_alike else _STACKED


def _equipment(columns: int) -> SheetLayout:
    """The first column has room for a day, the last but one for what things are worth."""
    grid = (9.2, *[NARROW] * (columns - 3), 10.2, NARROW)
    return SheetLayout((SPACE[True] - taken(grid) - EDGE, *grid), (Lane(0, 1, columns),))


def _stock(columns: int, has_categories: bool) -> SheetLayout:
    """The categories before the items, where they are known."""
    before = (BEFORE_ITEMS,) * has_categories
    each = min((SPACE[False] - taken((*before, 25.0))) / columns - EDGE, _WIDEST)
    first = len(before)
    lanes = (Lane(first, first + 1, first + columns),)
    return SheetLayout((*before, 25.0, *[each] * columns), lanes, upright=False, letters=has_categories)


def layout(sheet: str, tables: Sequence[ReportTable], nights: int, most: int = 0) -> SheetLayout:
    """How a sheet is laid out. nights: of the period. most: the greatest number of persons served in a cell."""
    if sheet == "02_Capacite":
        return _capacity(nights)
    if sheet == "07_Services":
        return _services({one.name: one for one in tables}, most)
    if sheet == "11_Equipements":
        return _equipment(len(tables[0].columns))
    if sheet == "12_Stock":
        return _stock(len(tables[0].columns), any(row.letter for row in tables[0].rows))
    return _LAYOUTS[sheet]
