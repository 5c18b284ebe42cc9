"""Finds out which lists a workbook holds and which of its columns is which, whatever their layout."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from shelter_desk.domain import codes
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.person_lookup import WHO
from shelter_desk.domain.registers.refusals import NothingRecognised
from shelter_desk.domain.registers.register_shape import REGISTER
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.domain.registers.shapes_assets import ASSETS
from shelter_desk.domain.registers.shapes_moves import JOURNAL
from shelter_desk.domain.registers.shapes_presence import PRESENCE
from shelter_desk.domain.registers.shapes_services import SERVICES
from shelter_desk.domain.registers.shapes_stock import STOCK
from shelter_desk.domain.registers.templates import Model
from shelter_desk.excel.reading import grids, stock_cards
from shelter_desk.excel.reading.book import Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.excel.reading.cells import shown
from shelter_desk.excel.reading.grids import Grid
from shelter_desk.excel.reading.headings import HeadingNames, SheetHeading, candidates, folded, told_apart, words_of
from shelter_desk.excel.reading.list_lines import lines_below
from shelter_desk.excel.reading.recognised import (
    COLUMNS,
    KEYS,
    OWN_MARKS,
    REASONS,
    Choice,
    Layout,
    Match,
    RawRow,
    Recognised,
    RecognisedList,
)
from shelter_desk.excel.registers.templates import DATA_SHEET, template_in

__all__ = [
    "COLUMNS",
    "NAMES",
    "OTHER_SHEETS",
    "OWN_MARKS",
    "REASONS",
    "Choice",
    "Layout",
    "RawRow",
    "Recognised",
    "RecognisedList",
    "headings_of",
    "match_of",
    "recognise",
]

OTHER_SHEETS = frozenset({"listes", "mode emploi", "refus"})
NAMES: Mapping[str, HeadingNames] = {key: HeadingNames.of(columns) for key, columns in COLUMNS.items()}
_ALL_NAMES = frozenset(name for names in NAMES.values() for name in names.exact)


def _lists_of_names() -> dict[str | frozenset[str], frozenset[str]]:
    found: dict[str | frozenset[str], set[str]] = {}
    for key, names in NAMES.items():
        for name in names.exact:
            found.setdefault(name, set()).add(key)
        for said in names.worded:
            found.setdefault(said, set()).add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


_LISTS_OF = _lists_of_names()  # in which lists a name, or its words, is that of a column
_COUNT = re.compile(r"stock|inventaire|situation|comptage", re.IGNORECASE)
_DAY_OF_COUNT = {STOCK.key: "moved_on", ASSETS.key: "counted_on"}
_LABELS = (" label", " libelle")
_ADMISSIONS = {"admitted_at", "nationality"}
_NAMES = frozenset(("full_name", "last_name"))
_Named = tuple[SheetHeading, Counter[str]]  # a heading, and how many of its columns are named in each list


def recognise(book: Workbook, path: str = "", choice: Choice | None = None) -> Recognised:
    """The lists of the book: by the name of a sheet, else by its headings. Raises NothingRecognised."""
    choice = choice or Choice()
    template = template_in(book, path)
    found: dict[str, RecognisedList] = {}
    unused = []
    called = {folded(sheet.name) for sheet in book.sheets} & {folded(key) for key in LISTS}
    for sheet in book.sheets:
        match = _match_of(sheet, choice, path, template)
        is_asked = sheet.name in choice.sheets
        is_called = match is not None and folded(match.list_key) in called
        if match is None or (is_called and not is_asked and folded(sheet.name) != folded(match.list_key)):
            if folded(sheet.name) not in OTHER_SHEETS:
                unused.append(sheet.name)
            continue
        match.given = match.given or _counted_on(sheet, match)
        read = lines_below(sheet, match)
        known = found.get(match.list_key)
        found[match.list_key] = known.and_then(read) if known else read
    if not found:
        raise NothingRecognised(path, tuple(sheet.name for sheet in book.sheets))
    since_1904 = any(sheet.since_1904 for sheet in book.sheets)
    return Recognised({key: found[key] for key in COLUMNS if key in found}, tuple(unused), since_1904)


def match_of(sheet: WorkbookSheet, choice: Choice) -> Match | None:
    """What the sheet is read as with what was said of it, None where it is no list."""
    return _match_of(sheet, choice)


def _match_of(sheet: WorkbookSheet, choice: Choice, path: str = "", template: Model | None = None) -> Match | None:
    name = folded(sheet.name)
    is_said, choice = sheet.name in choice.sheets, choice.sheets.get(sheet.name, choice)
    if choice.is_left_out or (name in OTHER_SHEETS and not choice.list_key):
        return None
    if template is not None and not choice.list_key and name == DATA_SHEET:
        choice = replace(choice, list_key=template.shape)
    if choice.list_key in ("", PRESENCE.key):
        is_asked = choice.list_key == PRESENCE.key
        grid = grids.nights(sheet, NAMES[PRESENCE.key], choice.headings, path, is_asked=is_asked)
        if grid is not None:
            return _of_grid(PRESENCE.key, grid)
    headings = [(heading, _named(heading, choice)) for heading in candidates(sheet)]
    if choice.list_key:
        match = _best(sheet, headings, choice.list_key, choice)
        if choice.list_key == SERVICES.key and (match is None or match.covers < 1):
            match = _services(sheet, choice) or match
        if match is None and is_said:  # its headings are shown, to be told one by one
            return next(
                (_matched(choice.list_key, one, choice, None) for one, _ in headings if len(one.texts) > 1), None
            )
        return match and _forgiven(match)
    called = next((key for key in LISTS if folded(key) == name), "")
    match = _best(sheet, headings, called, choice) if called else None
    if match and (match.by_key or match.covers == 1):
        return _forgiven(match)
    likely = _likely(sheet, headings, choice)
    if (
        likely is None
        or likely.covers < 1
        or (likely.list_key == SERVICES.key and any(text.count("/") > 1 for text in likely.unknown.values()))
    ):  # the last are services that a survey wrote into a column for each
        likely = _services(sheet, choice) or _stock_card(sheet, headings, choice) or likely
    # a sheet called `Lits` may be a list of rooms that the shelter made itself
    return likely if likely and (likely.covers == 1 or not called) else match and _forgiven(match)


def _counted_on(sheet: WorkbookSheet, match: Match) -> Mapping[str, date]:
    """The day that the title of what is in store, or of the equipment, says: `STOCK AU 31/12/2024`."""
    key = _DAY_OF_COUNT.get(match.list_key, "")
    if not key or key in match.columns:
        return {}
    above = (row for row in sheet.rows if row.number < match.heading.first_row)
    titles = (" ".join(shown(cell) for cell in row.cells if isinstance(cell, str | date)) for row in above)
    day = grids.day_in([title for title in (*titles, sheet.name) if _COUNT.search(title)])
    return {} if day is None else {key: day}


def _is_of_money(sheet: WorkbookSheet, match: Match) -> bool:
    return match.list_key == JOURNAL.key and stock_cards.is_of_money(sheet, match.heading.last_row)


def _stock_card(sheet: WorkbookSheet, headings: Sequence[_Named], choice: Choice) -> Match | None:
    """A sheet of movements of one item, which is named above it, or by the name of the sheet."""
    match = _best(sheet, headings, JOURNAL.key, choice)
    if (
        match is None
        or _is_of_money(sheet, match)
        or "moved_on" not in match.columns
        or not match.columns.keys() & {"entered", "left"}
    ):
        return None
    match.given = stock_cards.item_of(sheet, match.heading.first_row)
    return match if match.covers == 1 else None


def _services(sheet: WorkbookSheet, choice: Choice) -> Match | None:
    grid = grids.services(sheet, NAMES[SERVICES.key], choice.headings)
    return None if grid is None else _of_grid(SERVICES.key, grid)


def _of_grid(list_key: str, grid: Grid) -> Match:
    unknown = {place: text for place, text in grid.unknown.items() if not _is_label(text)}
    return Match(list_key, grid.heading, False, dict(grid.columns), unknown, grid=grid)


def headings_of(sheet: WorkbookSheet) -> Mapping[int, str]:
    """The headings of a sheet of which nothing was said, by column; else its first row of several texts, or none."""
    match = _match_of(sheet, Choice())
    first = next((one for one in candidates(sheet) if len(one.texts) > 1), None)
    heading = match.heading if match else first
    return {place: texts[0] for place, texts in heading.texts.items()} if heading else {}


def _named(heading: SheetHeading, choice: Choice) -> Counter[str]:
    """How many columns are called there as some column of each list is; rows below the headings have few of them."""
    found: Counter[str] = Counter()
    for texts in heading.texts.values():
        found.update(frozenset().union(*(_lists_of(text, choice) for text in texts)))
    return found


def _lists_of(text: str, choice: Choice) -> Collection[str]:
    name, none = folded(text), frozenset[str]()
    return COLUMNS if name in choice.headings else _LISTS_OF.get(name, none) | _LISTS_OF.get(words_of(text), none)


def _likely(sheet: WorkbookSheet, headings: Sequence[_Named], choice: Choice) -> Match | None:
    """The list that the headings tell."""
    # nights are told by their days alone: any list of names would be a grid without them
    matches = [match for key in COLUMNS if key != PRESENCE.key and (match := _best(sheet, headings, key, choice))]
    matches = [match for match in matches if len(match.columns) > 1 and not _is_of_money(sheet, match)]
    whole = [match for match in matches if match.covers == 1]
    # slips of the pen are forgiven to what looks like a list already; they never take a sheet from one that is whole
    whole = whole or [match for match in map(_forgiven, matches) if match.covers == 1]
    partly = [
        match
        for match in matches
        if match.covers >= 0.5 and (_is_without_sex(match) if match.list_key in SHAPES else _tells_which(match))
    ]
    best = max(whole or partly, key=lambda match: (match.covers, len(match.columns)), default=None)
    return best and _forgiven(best)


def _tells_which(match: Match) -> bool:
    """Something says which row of the list a line is; counts by sex and nationality are no list of persons."""
    return any(key in match.columns for key in (LISTS[match.list_key][0].key, *WHO))


def _is_without_sex(match: Match) -> bool:
    """A register of admissions that lacks this alone, as that of a house for women: it is asked once."""
    return (
        match.list_key == REGISTER.key and match.columns.keys() >= _ADMISSIONS and not _NAMES.isdisjoint(match.columns)
    )


def _best(sheet: WorkbookSheet, headings: Sequence[_Named], list_key: str, choice: Choice) -> Match | None:
    """The row of machine keys if there is one, else the heading with most known labels."""
    keys = KEYS[list_key]
    for by_key in (True, False):
        if by_key and list_key in SHAPES:
            continue
        best: Match | None = None
        for heading, named in headings:
            if named[list_key] > (len(best.columns) if best else 0):
                match = _matched(list_key, heading, choice, keys if by_key else None)
                best = match if best is None or len(match.columns) > len(best.columns) else best
        if best and len(best.columns) >= (2 if by_key else 1):
            if by_key:
                _complete(best, next((row for row in sheet.rows if row.number == best.heading.last_row - 1), None))
            return best
    return None


def _matched(list_key: str, heading: SheetHeading, choice: Choice, keys: Collection[str] | None) -> Match:
    """keys: where machine keys are looked for instead of labels."""
    match = Match(list_key, heading, keys is not None)
    meant = []
    apart = told_apart(texts[0] for texts in heading.texts.values())
    for own, (place, texts) in zip(apart, heading.texts.items(), strict=True):
        names = (own, *map(folded, texts))
        said = next((choice.headings[name] for name in names if name in choice.headings), None)
        answer = None if said is not None else _answer(list_key, texts)
        if answer is not None:
            match.chosen.setdefault(answer[0], {})[place] = answer[1]
        elif said != "":
            meant.append((*_meant(list_key, texts, said, keys), place))
    for _, key, place in sorted(meant):  # what a person said first, then the very names, then the same words
        if key and key not in match.columns:
            match.columns[key] = place
        elif not _is_label(heading.texts[place][0]):
            match.unknown[place] = heading.texts[place][0]
    return match


def _answer(list_key: str, texts: Sequence[str]) -> tuple[str, str] | None:
    """The column and the code of `groupe/question/réponse`, as surveys write what may be answered with several."""
    if len(texts) < 3:
        return None
    key, _ = NAMES[list_key].key(texts[2:3])
    column = next((one for one in COLUMNS[list_key] if one.key == key and one.kind == "codes"), None)
    code = codes.read(column.code_list, texts[1]) if column is not None and column.code_list else None
    return None if key is None or code is None else (key, code)


def _meant(list_key: str, texts: Sequence[str], said: str | None, keys: Collection[str] | None) -> tuple[int, str]:
    """The column that a heading means and how surely, 0 for the surest."""
    if said is not None and said in KEYS[list_key]:  # in another list the same heading means what it says
        return 0, said
    if keys is not None:
        return 1, texts[-1] if texts[-1] in keys else ""
    key, is_exact = NAMES[list_key].key(texts)
    return 1 if is_exact else 2, key or ""


def _is_label(text: str) -> bool:
    """A column that says in words what the one before it says in code."""
    return text.endswith("_label") or folded(text).endswith(_LABELS) or folded(text) in OWN_MARKS


def _forgiven(match: Match) -> Match:
    """Headings with a slip of the pen go to the column they nearly name, where it is free; names of others do not."""
    for place, text in [] if match.by_key else list(match.unknown.items()):
        key = None if folded(text) in _ALL_NAMES else NAMES[match.list_key].nearly(text)
        if key is not None and key not in match.columns:
            match.columns[key] = place
            del match.unknown[place]
    return match


def _complete(match: Match, above: WorkbookRow | None) -> None:
    """A column whose machine key is missing or unknown goes by the label above it; without one it is told."""
    taken = set(match.columns.values())
    for place, cell in enumerate(above.cells if above else ()):
        if place in taken or not isinstance(cell, str) or not cell.strip():
            continue
        key, _ = NAMES[match.list_key].key((cell,))
        if key is not None and key not in match.columns:
            match.columns[key] = place
            match.unknown.pop(place, None)
        elif not _is_label(cell) and not _is_label(match.unknown.get(place, "")):
            match.unknown.setdefault(place, cell.strip())
