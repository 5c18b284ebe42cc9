"""What the lines of shelters' own lists of presence, services, partners and movements are read and compared with."""

import difflib
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.domain.casefile import htcds
from shelter_desk.domain.errors import InTheFuture, Missing, NoSuch, NotInList, RuleBroken
from shelter_desk.domain.registers.person_lookup import Whom
from shelter_desk.domain.registers.refusals import (
    CellRefused,
    MonthUnknown,
    NobodyOfThisName,
    NotHereThen,
    OfSeveral,
    OfSomebodyElse,
    OpenedBefore,
    SeenWhileAway,
)
from shelter_desk.domain.registers.register_shape import REGISTER
from shelter_desk.domain.registers.rows import Incoming, Values
from shelter_desk.domain.registers.shape import Assumed, Spread
from shelter_desk.domain.registers.shapes_moves import JOURNAL, Journal, way_of
from shelter_desk.domain.registers.shapes_partners import DIRECTORY, Directory
from shelter_desk.domain.registers.shapes_presence import NIGHT_MARK, NIGHTS, NOTHING, PRESENCE, PRESENT, Presences
from shelter_desk.domain.registers.shapes_rooms import ROOMS, named_beds
from shelter_desk.domain.registers.shapes_services import SERVICES, PartnerNamed, Services
from shelter_desk.domain.registers.stock import happened_on
from shelter_desk.domain.stock.moves import OPENING
from shelter_desk.excel.reading import cells, grids, service_words
from shelter_desk.excel.reading.book import Cell

FEWEST_NAMED = 2  # beds, or services, of one cell
OWN_NUMBER = 10  # hexadecimal digits: two of 100,000 lines get the same once in 200 shelters
Known = Mapping[str, list[tuple[int, dict[str, Any]]]]
Spreading = Callable[[Values, str], Spread]
Reader = Callable[[Cell], Any]
_WORDS_OF_KINDS = ("centre", "lecentre", "partenaire", "unpartenaire", "shelter", "theshelter", "partner", "apartner")
_TICKS = frozenset("✓✔☑☒●•✕✗×")


def own_number(salt: str, kind: str, said: str) -> str:
    """Not to be turned back into what was said without the salt, which stays in the file."""
    return f"{kind}-" + hmac.digest(bytes.fromhex(salt), said.encode(), hashlib.sha256).hex()[:OWN_NUMBER].upper()


def column_of(error: RuleBroken) -> str:
    """The column that a line was refused for, "" where it is none of these lists."""
    if isinstance(error, Missing | NotInList):
        return error.field
    if isinstance(error, NotHereThen | SeenWhileAway):
        return NIGHTS[error.nights[0].day]
    if isinstance(error, InTheFuture):
        return NIGHTS[error.moment.day]
    if isinstance(error, NoSuch):
        return "stay_no" if error.kind == "stay" else "person_code"
    columns = {
        OpenedBefore: "quantity",
        OfSomebodyElse: "stay_no",
        NobodyOfThisName: "full_name",
        OfSeveral: "full_name",
        MonthUnknown: "month",
    }
    return columns.get(type(error), "")


@dataclass(frozen=True, slots=True)
class GivenReadings:
    """What is known beside the file.

    own: codes the shelter added, by folded name. fixed: what a person says of all rows, by column.
    salt: of the numbers given to lines that have none; the same salt gives the same number again. today: of the desk.
    values: what a person said that a value means, by list and column, and folded value.
    corrects: the number of the stay that a line of this number corrects. orders: of days, by sheet and column.
    numbers: of what lines of equipment and of what is in store correct, by theirs; items: codes by folded designation.
    beds_since: of new beds of which no line says it.
    incomplete: a line is taken whose values are not understood where they may be completed later.
    zeros: of numbers shown with zeros in front, by sheet and column, what is meant.
    fixed_in: what a person says of all rows of a sheet, by column, before what is said of all.
    former: by each code that is no file of its own any more that of the person.
    """

    known: Known
    own: Mapping[str, str]
    fixed: Mapping[str, str]
    new_code: Callable[[], str]
    salt: str
    today: date
    values: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    corrects: Callable[[str], str] = str
    orders: Mapping[tuple[str, str], str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    beds_since: date = NOT_KNOWN
    incomplete: bool = False
    zeros: Mapping[tuple[str, str], str] = field(default_factory=dict)
    fixed_in: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)

    def number(self, kind: str, said: str) -> str:
        """That of a line without one, or of the earlier line that it corrects."""
        made = own_number(self.salt, kind, said)
        return self.numbers.get(made, made)


# Cells ----------------------------------------------------------------------------------------------------------------


def tuned(list_key: str, readers: Mapping[str, Reader]) -> Mapping[str, Reader]:
    """The readers of a list, with those that only it has."""
    if list_key == PRESENCE.key:
        nights = dict.fromkeys(NIGHTS.values(), _night(readers[NIGHT_MARK]))
        return {**readers, **nights, "month": grids.as_month}
    if list_key == SERVICES.key:
        of_services = {"service_type": _service, "quantity": _count, "provider_kind": _provider}
        return {**readers, **{key: read(readers[key]) for key, read in of_services.items()}}
    if list_key == ROOMS.key:
        return {**readers, "beds": _beds(readers["beds"])}
    if list_key == REGISTER.key:
        return {**readers, **{key: _forms(key, readers[key]) for key in htcds.FIELDS}}
    if list_key == JOURNAL.key:
        read = readers["move_type"]
        return {**readers, "move_type": lambda cell: (way_of(cell) if isinstance(cell, str) else "") or read(cell)}
    return readers


def _night(read: Reader) -> Reader:
    def mark(cell: Cell) -> Any:
        typed = cells.as_text(cell)
        if typed is None or "?" in typed or any(map(str.isalnum, typed)):
            return read(typed)
        return PRESENT if typed in _TICKS else NOTHING

    return mark


def _service(read: Reader) -> Reader:
    """A service in the words of the shelter, or several; a slip of the pen is forgiven."""

    def service(cell: Cell) -> Any:
        try:
            return read(cell)
        except NotInList:
            text, words = str(cell), str(cell).split()
            is_spaced = len(words) > 1 and all(codes.is_code("service_type", word) for word in words)  # as in surveys
            parts = words if is_spaced else filter(None, re.split(r"\s*[;,\n+]\s*", text))
            found = [service_words.meant(part) for part in (text, *parts)]
            if found[0] is not None:
                return found[0]
            if len(found) < FEWEST_NAMED or None in found[1:]:
                raise
            return ";".join(dict.fromkeys(filter(None, found)))

    return service


def _provider(read: Reader) -> Reader:
    """A kind of provider, else the name of one; what is nearly the word of a kind is refused, not taken for a name."""

    def provider(cell: Cell) -> Any:
        try:
            return read(cell)
        except NotInList as error:
            word = codes.folded(error.value)
            if not any(map(str.isalpha, word)) or cells.says_nothing(cell, may_be_unknown=True):
                raise
            if difflib.get_close_matches(word, _WORDS_OF_KINDS, 1, 0.8):
                raise
            return PartnerNamed(error.value)

    return provider


def _count(read: Reader) -> Reader:
    """A tick is one."""

    def count(cell: Cell) -> Any:
        if isinstance(cell, bool) or (isinstance(cell, str) and grids.is_tick(cell)):
            return 1.0
        return read(cell)

    return count


def _beds(read: Reader) -> Reader:
    """How many there are, or their codes: `F1, F2, F3`."""

    def beds(cell: Cell) -> Any:
        try:
            return read(cell)
        except CellRefused:
            named = named_beds(cell) if isinstance(cell, str) else []
            if len(named) < FEWEST_NAMED or not all(any(map(str.isalpha, code)) for code in named):
                raise
            return ", ".join(named)

    return beds


def _forms(key: str, read: Reader) -> Reader:
    """Forms of exploitation, also as HTCDS says them."""

    def forms(cell: Cell) -> Any:
        try:
            return read(cell)
        except NotInList:
            found = htcds.read(key, str(cell))
            if found is None:
                raise
            return found

    return forms


# Rows -----------------------------------------------------------------------------------------------------------------


def _values(given: GivenReadings, name: str) -> list[Values]:
    return [values for _, values in given.known[name]]


def _with_file(given: GivenReadings, rows: Sequence[Incoming], name: str) -> list[Values]:
    """Of the registers, and of the lists of the same file, which come before."""
    return [*_values(given, name), *(row.values for row in rows if row.list == name)]


def _whom(given: GivenReadings, assumed: Assumed, rows: Sequence[Incoming]) -> Whom:
    return Whom(assumed, _with_file(given, rows, "personnes"), _with_file(given, rows, "sejours"), given.former)


def _presences(given: GivenReadings, assumed: Assumed, rows: Sequence[Incoming]) -> Spreading:
    absences = _with_file(given, rows, "absences")
    return Presences(assumed, _whom(given, assumed, rows), absences, given.today).spread


def _services(given: GivenReadings, assumed: Assumed, rows: Sequence[Incoming]) -> Spreading:
    numbers = (values["service_no"].casefold() for values in _values(given, "services"))
    return Services(assumed, given.number, _whom(given, assumed, rows), numbers).spread


def _directory(given: GivenReadings, assumed: Assumed, _rows: Sequence[Incoming]) -> Spreading:
    known = ((values["partner_name"], values.get("town", "")) for values in _values(given, "partenaires"))
    return Directory(assumed, known).spread


def _journal(given: GivenReadings, assumed: Assumed, rows: Sequence[Incoming]) -> Spreading:
    known = sorted(given.known["articles"], key=lambda row: row[0])
    items = [(values["item_code"], values["designation"]) for _, values in known]
    items += [
        (row.values["item_code"], row.values["designation"])
        for row in rows
        if row.list == "articles" and row.values.get("designation")
    ]
    moves = (values["move_no"].casefold() for values in _values(given, "mouvements"))
    places = {
        str(values[column]).casefold()
        for name, column in (("chambres", "room_code"), ("sejours", "stay_no"))
        for values in _values(given, name)
    }
    begun = begun_items((*_values(given, "mouvements"), *(row.values for row in rows if row.list == "mouvements")))
    whom = _whom(given, assumed, rows)
    return Journal(assumed, given.number, items, moves, given.today, whom, places, given.items, begun).spread


def begun_items(moves: Iterable[Values]) -> dict[str, date]:
    """By folded code of an item, the real day of its opening, else of its last movement."""
    found: dict[str, date] = {}
    dated = [(happened_on(move), move) for move in moves if move.get("moved_on")]
    for day, move in sorted(dated, key=lambda one: (one[1].get("move_type") == OPENING, one[0])):
        found[str(move["item_code"]).casefold()] = day
    return found


SPREADS: Mapping[str, Callable[[GivenReadings, Assumed, Sequence[Incoming]], Spreading]] = {
    PRESENCE.key: _presences,
    SERVICES.key: _services,
    DIRECTORY.key: _directory,
    JOURNAL.key: _journal,
}
