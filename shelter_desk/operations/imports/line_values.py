"""A line as values, with what it leaves open: what a person says of all rows, what stands where nobody knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.registers import gaps
from shelter_desk.domain.registers.rows import ROW_KEYS, Incoming
from shelter_desk.domain.registers.shape import ListShape
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.excel.reading.recognise import RawRow

_NEVER_HELD = frozenset({"admitted_at", "person_code", "stay_no"})
_NOT_DETERMINED = frozenset(("nondetermine", "nondeterminee", "indetermine", "undetermined", "acompleter", "inconnu"))


@dataclass(frozen=True, slots=True)
class Unknown:
    """What stands where a person says that nobody knows."""

    value: Any


@dataclass(frozen=True, slots=True)
class Line:
    """A line as values. put: columns that the line itself does not say; open: what it says of values left open."""

    values: dict[str, Any]
    put: frozenset[str]
    open: Mapping[tuple[str, str], str]
    shape: ListShape | None

    def row(
        self, name: str, raw: RawRow, row: dict[str, Any], spread: Sequence[tuple[str, dict[str, Any]]] = ()
    ) -> Incoming:
        """One row that it makes. spread: all of them."""
        of_line = self.shape is not None
        if not self.put and not self.open:
            return Incoming(name, raw.sheet, raw.number, row, of_line)
        held = {key for key in self.put if key in row and key not in ROW_KEYS[name] and key not in _NEVER_HELD}
        if "birth_date" in held:
            held |= {"birth_date_precision"} & row.keys()
        where_nothing = {key: row.pop(key) for key in held}  # in place: a later line may correct the row of an earlier
        made = {one for one, _ in spread}
        told = {
            of: text
            for of, text in self.open.items()
            if name == of[0] or (of[0] not in made and name == _stands_in(of))
        }
        return Incoming(name, raw.sheet, raw.number, row, of_line, where_nothing, told)


def _stands_in(of: tuple[str, str]) -> str:
    """Where a value is to be completed whose own row is not made."""
    return "sejours" if of[0] in ("statuts_victime", "referencements") else "personnes"


class Fixed:
    """What a person says of all rows of a list, sheet by sheet. left_open: of columns that a sheet has not."""

    def __init__(
        self,
        list_key: str,
        readers: Mapping[str, Callable[[Any], Any]],
        fixed: Mapping[str, str],
        fixed_in: Mapping[str, Mapping[str, str]],
        left_open: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._key, self._readers, self._fixed, self._fixed_in = list_key, readers, fixed, fixed_in
        self._left_open = left_open
        self._of: dict[str, dict[str, Any]] = {}

    def of(self, sheet: str) -> Mapping[str, Any]:
        """By column. Raises CellRefused, NotInList for what cannot be read."""
        if sheet not in self._of:
            said = {**self._left_open.get(sheet, {}), **self._fixed, **self._fixed_in.get(sheet, {})}
            self._of[sheet] = {
                column: self._value(column, text) for column, text in said.items() if column in self._readers
            }
        return self._of[sheet]

    def _value(self, column: str, text: str) -> Any:
        shape = SHAPES.get(self._key)
        unknown = gaps.UNKNOWN.get((shape.home(column) if shape else self._key, column))
        if unknown is not None and codes.folded(text) in _NOT_DETERMINED:
            return Unknown(unknown)
        value = self._readers[column](text)
        return Unknown(value) if value is not None and value == unknown and value in gaps.SAY_UNKNOWN else value


def completed(
    raw: RawRow,
    shape: ListShape | None,
    values: dict[str, Any],
    open_: dict[tuple[str, str], str],
    fixed: Mapping[str, Any],
    *,
    incomplete: bool,
) -> Line:
    """The line with what is said of all, and what stands for values that nobody knows."""
    if not fixed and not open_ and not incomplete:
        return Line(values, frozenset(), open_, shape)
    put = {column: value for column, value in fixed.items() if column not in values}
    nobody_knows = [(_home(raw, shape, column), column) for column, value in put.items() if isinstance(value, Unknown)]
    put |= {column: value.value for column, value in put.items() if isinstance(value, Unknown)}
    if shape is not None and incomplete:
        lacks = [need[0] for need in shape.asks if not any(one in values or one in put for one in need)]
        nobody_knows += [of for column in lacks if (of := (shape.home(column), column)) in gaps.MAY_BE_EMPTY]
    open_ = {**dict.fromkeys(nobody_knows, ""), **open_}
    for of in open_:
        if of in gaps.UNKNOWN and of[1] not in values and (shape is None or of not in gaps.BY_HAND):
            put.setdefault(of[1], gaps.UNKNOWN[of])
    return Line({**put, **values}, frozenset(put), open_, shape)


def _home(raw: RawRow, shape: ListShape | None, column: str) -> str:
    return raw.list_key if shape is None else shape.home(column)
