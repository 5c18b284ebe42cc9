"""From the cells of recognised lists to rows of the registers: each cell as a value, each line where it belongs."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from shelter_desk.domain import codes, plausible_dates
from shelter_desk.domain.equipment.assets import GONE
from shelter_desk.domain.errors import LodgingDerived, MayBeSeveral, Missing, NotInList, RuleBroken
from shelter_desk.domain.register_columns import ListColumn
from shelter_desk.domain.registers import gaps, hours
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.register_shape import REGISTER
from shelter_desk.domain.registers.rows import ROW_KEYS, Incoming, Place, Refusal, Values
from shelter_desk.domain.registers.shape import Assumed, ListShape, Spread
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.domain.registers.shapes_assets import ASSETS, Assets
from shelter_desk.domain.registers.shapes_moves import JOURNAL
from shelter_desk.domain.registers.shapes_rooms import ROOMS, Rooms
from shelter_desk.domain.registers.shapes_services import SERVICES
from shelter_desk.domain.registers.shapes_stays import Admissions, identity_of, said_of
from shelter_desk.domain.registers.shapes_stock import STOCK, Openings
from shelter_desk.domain.residents.residents import CALLED, NUMBERS, PARENTS, read_code
from shelter_desk.excel.reading import ages_and_years, cells
from shelter_desk.excel.reading.book import Cell
from shelter_desk.excel.reading.recognise import COLUMNS, RawRow, Recognised, RecognisedList
from shelter_desk.operations.imports import register_spreads
from shelter_desk.operations.imports.line_values import Fixed, Line, completed
from shelter_desk.operations.imports.missing_columns import left_open
from shelter_desk.operations.imports.register_spreads import GivenReadings, Reader, Spreading, begun_items, own_number
from shelter_desk.operations.services import service_catalogue

Readers = Mapping[str, Reader]
MOST_PIECES = 20_000  # beds or assets that the lines of one file may count


@dataclass(slots=True)
class RowsRead:
    """The rows of a workbook as values. also_refused: list, sheet and row that a refused line would have made.

    told: what lines of equipment and of what is in store say by themselves, by place.
    """

    rows: list[Incoming] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    also_refused: set[tuple[str, str, int]] = field(default_factory=set)
    told: dict[Place, Values] = field(default_factory=dict)
    assumed: Assumed = field(default_factory=Assumed)


def read(found: Recognised, given: GivenReadings) -> RowsRead:
    """Every row of every list; a row with a cell that cannot be read is refused, and all its cells are told."""
    result = RowsRead()
    spreads = _Spreads(given, result.assumed, result.rows)
    for key, one in found.lists.items():
        readers = _readers(key, given)
        days = [column for column, of in readers.items() if of in (*_OF_DAYS, ages_and_years.as_birth_or_age)]
        if found.since_1904:
            readers = {column: partial(cells.from_1904, of) if of in _OF_DAYS else of for column, of in readers.items()}
        readers = {**readers, **{column: _in_full(column, readers, given.today, result.assumed) for column in days}}
        ordered = _of_sheets(key, one, readers, given)
        shape = SHAPES.get(key)
        open_ = left_open(one.layouts) if given.incomplete else {}
        fixed = Fixed(key, readers, given.fixed, given.fixed_in, open_)
        for raw in one.rows:
            line = _line(raw, ordered.get(raw.sheet, readers), result, shape, fixed.of(raw.sheet), given)
            if line is None:
                result.also_refused |= {(name, raw.sheet, raw.number) for name in (shape.lists[:2] if shape else ())}
                continue
            if shape is None:
                result.rows.append(line.row(key, raw, _year_alone(line.values)))
                continue
            try:
                spread = list(spreads.of(shape, line.values, raw.sheet))
            except RuleBroken as error:
                column = register_spreads.column_of(error) or shape.pieces
                seen = cells.shown(raw.values.get(column))
                result.refusals.append(Refusal(shape.home(column), raw.sheet, raw.number, column, seen, error))
                result.also_refused |= {(name, raw.sheet, raw.number) for name in shape.lists[:2]}
                continue
            if key in _OF_THINGS:
                result.told[raw.sheet, raw.number] = line.values
            result.rows += [line.row(name, raw, row, spread) for name, row in spread]
    return result


def _in_full(column: str, readers: Readers, today: date, assumed: Assumed) -> Reader:
    """The reader of a column of days, which takes years of two digits as well; that is told."""
    read_whole = readers[column]

    def in_full(cell: Cell) -> Any:
        if not isinstance(cell, str):
            return read_whole(cell)
        whole = ages_and_years.year_in_full(cell, plausible_dates.kind_of(column), today)
        value = read_whole(whole)
        if whole is not cell:
            assumed.note(column, "two_digits")
        return value

    return in_full


class _Spreads:
    """Spreads lines of a shelter's own lists, remembering who and what was met."""

    def __init__(self, given: GivenReadings, assumed: Assumed, rows: list[Incoming]) -> None:
        self._given, self._assumed, self._rows = given, assumed, rows
        self._of: dict[str, Spreading] = {}
        self._pieces = 0

    def of(self, shape: ListShape, values: dict[str, Any], sheet: str) -> Spread:
        """The rows that one line makes.

        Raises Missing for what a line of that list must have, CellRefused for too many pieces, OfSomebodyElse.
        """
        for need in shape.asks:
            if values.keys().isdisjoint(need):
                raise Missing(need[0])
        pieces = values.get(shape.pieces, 0)
        self._pieces += pieces if isinstance(pieces, int) else 0  # or named one by one
        if self._pieces > MOST_PIECES:
            raise CellRefused(str(values[shape.pieces]), "pieces_in_all")
        if shape.key not in self._of:
            more, given, assumed = register_spreads.SPREADS.get(shape.key), self._given, self._assumed
            self._of[shape.key] = more(given, assumed, self._rows) if more else _SPREADS[shape.key](given, assumed)
        return self._of[shape.key](_year_alone(values), sheet)


def _admissions(given: GivenReadings, assumed: Assumed) -> Spreading:
    of_stay = {values["stay_no"].casefold(): values["person_code"] for _, values in given.known["sejours"]}
    of_identity = {
        identity: values["person_code"] for _, values in given.known["personnes"] if (identity := identity_of(values))
    }
    persons = {values["person_code"]: values for _, values in given.known["personnes"]}
    as_chosen = frozenset(given.former.values())
    known = persons.keys() - as_chosen
    said = {stay_no: said_of(persons[code]) for stay_no, code in of_stay.items() if code in known}
    names = {
        code: {key: one[key] for key in ("last_name", "first_name") if one.get(key)} for code, one in persons.items()
    }
    number = partial(own_number, given.salt)
    referrals = (values["referral_no"].casefold() for _, values in given.known["referencements"])
    return Admissions(
        assumed, number, given.new_code, of_stay, of_identity, said, given.corrects, referrals, names, as_chosen
    ).spread


def _rooms(given: GivenReadings, assumed: Assumed) -> Spreading:
    rooms, beds = (
        [values[column].casefold() for _, values in given.known[name]]
        for name, column in (("chambres", "room_code"), ("lits", "bed_code"))
    )
    return Rooms(assumed, rooms, beds, given.beds_since).spread


def _assets(given: GivenReadings, assumed: Assumed) -> Spreading:
    rooms = {
        said.casefold(): values["room_code"]
        for column in ("name", "room_code")
        for _, values in given.known["chambres"]
        if (said := values[column])
    }
    tags = {values["tag_no"]: values["asset_status"] in GONE for _, values in given.known["immobilisations"]}
    return Assets(assumed, given.number, tags, rooms, given.today).spread


def _openings(given: GivenReadings, assumed: Assumed) -> Spreading:
    known = sorted(given.known["articles"], key=lambda row: row[0])
    items = [(values["item_code"], values["designation"]) for _, values in known]
    moves = [values for _, values in given.known["mouvements"]]
    numbers = (move["move_no"].casefold() for move in moves)
    return Openings(assumed, given.number, items, numbers, given.today, given.items, begun_items(moves)).spread


_SPREADS: Mapping[str, Callable[[GivenReadings, Assumed], Spreading]] = {
    REGISTER.key: _admissions,
    ROOMS.key: _rooms,
    ASSETS.key: _assets,
    STOCK.key: _openings,
}


def _line(
    raw: RawRow,
    readers: Readers,
    result: RowsRead,
    shape: ListShape | None,
    fixed: Mapping[str, Any],
    given: GivenReadings,
) -> Line | None:
    """Every cell as a value, or None when one cannot be read that the row cannot do without."""
    values: dict[str, Any] = {}
    open_: dict[tuple[str, str], str] = {}
    wrong = False
    for key, cell in raw.values.items():
        try:
            value = readers[key](cell)
        except RuleBroken as error:
            if cells.says_nothing(cell, may_be_unknown=key in _MAY_BE_UNKNOWN):
                result.assumed.note(key, "says_nothing")
                continue
            home, seen = shape.home(key) if shape else raw.list_key, cells.shown(cell)
            if given.incomplete and (gap := gaps.gap_of(home, key, seen)) is not None:
                open_[gap.list, gap.column] = gap.text
                continue
            wrong = True
            result.refusals.append(Refusal(home, raw.sheet, raw.number, key, seen, error))
            continue
        if value is not None:
            values[key] = value
        elif isinstance(cell, str) and not cell.isspace():
            result.assumed.note(key, "says_nothing")
    for key in hours.unfitting(values) if not wrong and shape is REGISTER else ():
        wrong = True
        why = CellRefused(cells.shown(raw.values.get(key)), "hour_beside")
        result.refusals.append(Refusal("sejours", raw.sheet, raw.number, key, why.value, why))
    return None if wrong else completed(raw, shape, values, open_, fixed, incomplete=given.incomplete)


def _year_alone(values: dict[str, Any]) -> dict[str, Any]:
    """A birth of which only the year is known, with that precision."""
    if isinstance(values.get("birth_date"), int):
        values["birth_date"] = date(values["birth_date"], 1, 1)
        values.setdefault("birth_date_precision", "year")
    return values


_NAMES_A_ROW = frozenset(key for keys in ROW_KEYS.values() for key in keys)


def _of_sheets(list_key: str, one: RecognisedList, readers: Readers, given: GivenReadings) -> dict[str, Readers]:
    """By sheet the readers where it is read in another way than usual.

    Words of a register that the program wrote are read to the character; templates, which people fill in, bear the
    same keys but another name of their sheet, and `-` means nothing there.
    """
    found: dict[str, Readers] = {}
    for (sheet, key), order in given.orders.items():
        if key in readers and order != "dmy":
            of = found.get(sheet, readers)
            found[sheet] = {**of, key: partial(cells.day_in_order, order, of[key])}
    words = {one.key for one in COLUMNS[list_key] if one.kind == "text" or one.key == "region_origin"} - _NAMES_A_ROW
    for sheet in (layout.sheet for layout in one.layouts if layout.by_key):
        of = found.get(sheet, readers)
        written = {
            key: partial(cells.as_written, of[key], knows_nothing=sheet == list_key) for key in words & of.keys()
        }
        found[sheet] = {**of, **written}
    for (sheet, column), said in given.zeros.items():
        if column in readers:
            of = found.get(sheet, readers)
            found[sheet] = {**of, column: partial(cells.padded, said, of[column])}
    return found


def _readers(list_key: str, given: GivenReadings) -> Readers:
    """Each column with what turns its cells into values, for one look: nothing that was typed is remembered longer."""
    special = dict(_SHAPE_READERS.get(list_key, {}))
    special |= {key: _remembering(read) for key, read in special.items() if read is cells.as_name}
    columns = COLUMNS[list_key]
    readers = {column.key: special.get(column.key) or _reader(list_key, column, given) for column in columns}
    return register_spreads.tuned(list_key, readers)


def _reader(list_key: str, column: ListColumn, given: GivenReadings) -> Reader:
    if column.key in _OWN_READERS:
        return _OWN_READERS[column.key]
    named = {
        **(given.own if column.code_list == service_catalogue.LIST else {}),
        **given.values.get((list_key, column.key), {}),
    }
    if column.kind == "code":
        return _remembering(lambda cell: _code(column, cells.as_text(cell), named))
    if column.kind == "codes":
        return _remembering(lambda cell: _codes(column, cell, named))
    reader = _READERS[column.kind]
    return _remembering(reader) if column.kind in _SAID_AGAIN else reader


class _Remembered(dict[Cell, Any]):
    """Reads a text once: a column says the same few things over and over. Other cells are read each time."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Cell) -> Any:
        value = self._read(cell)
        if isinstance(cell, str):
            self[cell] = value
        return value


def _remembering(read: Reader) -> Reader:
    return _Remembered(read).__getitem__


def _codes(column: ListColumn, cell: Cell, named: Mapping[str, str]) -> str | None:
    """Several codes; those of surveys stand with nothing but spaces between them."""
    parts = cells.as_list(cell)
    try:
        found = [_code(column, part, named) for part in parts]
    except NotInList:
        words = [word for part in parts for word in part.split()]
        if len(words) == len(parts) or any(not codes.is_code(column.code_list or "", word) for word in words):
            raise
        found = [_code(column, word, named) for word in words]
    return ";".join(filter(None, found)) or None


def _person_code(cell: Cell) -> str | None:
    typed = cells.as_text(cell)
    return None if typed is None else read_code(typed)


_NAMES = (*CALLED, *PARENTS, "full_name")
_MAY_BE_UNKNOWN = frozenset({*_NAMES, "age", "age_estimated", "birth_date", "birth_or_age", "languages"})
_OWN_READERS: Mapping[str, Reader] = {
    "person_code": _person_code,
    "birth_date": cells.as_birth,
    "age_estimated": ages_and_years.as_age,
    "age": ages_and_years.as_exact_age,
    "birth_or_age": ages_and_years.as_birth_or_age,
    "beds": cells.as_pieces,
    **dict.fromkeys(hours.HOURS, cells.as_hour),
}
# where a line makes a person; elsewhere it finds one
_OF_PERSONS = {**dict.fromkeys(_NAMES, cells.as_name), **dict.fromkeys(NUMBERS, cells.as_number_of)}
_SHAPE_READERS: Mapping[str, Mapping[str, Reader]] = {
    "personnes": _OF_PERSONS,
    REGISTER.key: {**_OF_PERSONS, "stay_no": cells.as_number_of},
    ASSETS.key: {"quantity": partial(cells.as_pieces, least=1), "acquired_on": cells.as_birth},
}
_OF_THINGS = frozenset({ASSETS.key, STOCK.key, JOURNAL.key, SERVICES.key})
_OF_DAYS = (cells.as_birth, cells.as_day, cells.as_moment)
_SAID_AGAIN = frozenset({"text", "yes_no"})
_READERS: Mapping[str, Reader] = {
    "text": cells.as_said,
    "day": cells.as_day,
    "moment": cells.as_moment,
    "whole": cells.as_whole,
    "number": cells.as_number,
    "yes_no": cells.as_yes_no,
}


_REGION_OF = re.compile(r"^(?:r[ée]gion|district)\s+(?:de\s+|du\s+|d['’]\s*)", re.IGNORECASE)


def _code(column: ListColumn, typed: str | None, named: Mapping[str, str]) -> str | None:
    """The code that is meant. named: codes of the shelter's own by their folded names."""
    if typed is None or column.code_list is None:
        return typed
    found = codes.read(column.code_list, typed) or named.get(codes.folded(typed))
    if column.key == "region_origin" and found is None and (region := _REGION_OF.sub("", typed)) != typed:
        found = codes.read(column.code_list, region)
    if column.key == "region_origin":  # regions of other countries are free text (field 2.11)
        return found or (None if cells.says_nothing(typed, may_be_unknown=True) else typed)
    if found in column.never:
        raise LodgingDerived
    if found is None and (several := codes.may_be(column.code_list, typed)):
        raise MayBeSeveral(column.key, typed, column.code_list, several)
    if found is None or (column.only and found not in column.only):
        raise NotInList(column.key, typed)
    return found
