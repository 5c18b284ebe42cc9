"""What the lines of shelters' own lists of presence, services, partners and movements are read and compared with."""

import difflib
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from shelter_desk.domain import codes
from shelter_desk.domain.casefile import htcds
from shelter_desk.domain.errors import InTheFuture, NoSuch, NotInList, RuleBroken
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
from shelter_desk.domain.stock.moves import OPENING
from shelter_desk.excel.reading import cells, grids, service_words
from shelter_desk.excel.reading.book import Cell

FEWEST_NAMED = 2  # beds, or services, of one cell
OWN_NUMBER = 10  # hexadecimal digits: two of 100,000 lines get the same once in 200 shelters
Spreading = Callable[[Values, str], Spread]
Reader = Callable[[Cell], Any]
_WORDS_OF_KINDS = ("centre", "lecentre", "partenaire", "unpartenaire", "shelter", "theshelter", "partner", "apartner")
_TICKS = frozenset("✓✔☑☒●•✕✗×")


class SpreadFacts(Protocol):
    """What is known beside the file."""

    @property
    def known(self) -> Mapping[str, list[tuple[int, dict[str, Any]]]]:
        """The registers as they stand."""

    @property
    def salt(self) -> str:
        """Of the numbers that lines without one are given."""

    @property
    def items(self) -> Mapping[str, str]:
        """Codes of items that a line corrects, by its folded designation."""

    def number(self, kind: str, said: str) -> str:
        """That of a line without one, or of the earlier line that it corrects."""

    @property
    def today(self) -> date:
        """Of the desk."""


def own_number(salt: str, kind: str, said: str) -> str:
    """Not to be turned back into what was said without the salt, which stays in the file."""
    return f"{kind}-" + hmac.digest(bytes.fromhex(salt), said.encode(), hashlib.sha256).hex()[:OWN_NUMBER].upper()


def column_of(error: RuleBroken) -> str:
    """The column that a line was refused for, "" where it is none of these lists."""
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
        return {**readers, "move_type": _way(readers["move_type"])}
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
            found = [service_words.meant(part) for part in (str(cell), *_parts(str(cell)))]
            if found[0] is not None:
                return found[0]
            if len(found) < FEWEST_NAMED or None in found[1:]:
                raise
            return ";".join(dict.fromkeys(filter(None, found)))

    return service


def _parts(text: str) -> list[str]:
    """Several services of one cell; surveys part codes by spaces."""
    apart = [one for one in re.split(r"\s*[;,\n+]\s*", text) if one]
    words = text.split()
    return words if len(words) > 1 and all(codes.is_code("service_type", word) for word in words) else apart


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


def _way(read: Reader) -> Reader:
    return lambda cell: (way_of(cell) if isinstance(cell, str) else "") or read(cell)


# Rows -----------------------------------------------------------------------------------------------------------------


def _values(given: SpreadFacts, name: str) -> list[Values]:
    return [values for _, values in given.known[name]]


def _with_file(given: SpreadFacts, rows: Sequence[Incoming], name: str) -> list[Values]:
    """Of the registers, and of the lists of the same file, which come before."""
    return [*_values(given, name), *(row.values for row in rows if row.list == name)]


def _whom(given: SpreadFacts, assumed: Assumed, rows: Sequence[Incoming]) -> Whom:
    return Whom(assumed, _with_file(given, rows, "personnes"), _with_file(given, rows, "sejours"))


def _presences(given: SpreadFacts, assumed: Assumed, rows: Sequence[Incoming]) -> Spreading:
    absences = _with_file(given, rows, "absences")
    return Presences(assumed, _whom(given, assumed, rows), absences, given.today).spread


def _services(given: SpreadFacts, assumed: Assumed, rows: Sequence[Incoming]) -> Spreading:
    numbers = (values["service_no"].casefold() for values in _values(given, "services"))
    return Services(assumed, given.number, _whom(given, assumed, rows), numbers).spread


def _directory(given: SpreadFacts, assumed: Assumed, _rows: Sequence[Incoming]) -> Spreading:
    known = ((values["partner_name"], values.get("town", "")) for values in _values(given, "partenaires"))
    return Directory(assumed, known).spread


def _journal(given: SpreadFacts, assumed: Assumed, rows: Sequence[Incoming]) -> Spreading:
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
    """By folded code of an item, the day of its opening, else of its last movement."""
    found: dict[str, date] = {}
    for move in sorted((move for move in moves if move.get("moved_on")), key=_last_opening_last):
        found[str(move["item_code"]).casefold()] = move["moved_on"]
    return found


def _last_opening_last(move: Values) -> tuple[bool, date]:
    return move.get("move_type") == OPENING, move["moved_on"]


Begin = Callable[[SpreadFacts, Assumed, Sequence[Incoming]], Spreading]
SPREADS: Mapping[str, Begin] = {
    PRESENCE.key: _presences,
    SERVICES.key: _services,
    DIRECTORY.key: _directory,
    JOURNAL.key: _journal,
}
