"""Which formulas of a donor's workbook take a cell into account, by themselves or through other formulas."""

from collections.abc import Iterator, Mapping

from shelter_desk.excel.donors.filling import DonorBook
from shelter_desk.excel.donors.ooxml import Place, Range, holds, range_of

Cell = tuple[str, Place]  # sheet and place
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ANYWHERE = ("INDIRECT(", "OFFSET(")  # which cells these name is known to the program that computes alone
_DEEPEST = 8  # names that stand for names


class Formulas:
    """Every formula of the workbook with the ranges that it names."""

    def __init__(self, book: DonorBook) -> None:
        self._names: Mapping[str, str] = {name.casefold(): text for name, text in book.names.items()}
        self._sheets = {name.casefold(): name for name in book.sheets}
        self._seen = {
            (sheet, place): tuple(self._ranges(shape.cells.get(place, ""), sheet))
            for sheet, shape in book.sheets.items()
            for place in sorted(shape.formulas)
        }

    def over(self, cell: Cell) -> tuple[Cell, ...]:
        """The formulas whose result changes with that cell, those of its own sheet in order, then sheet by sheet."""
        found, begun = {cell}, [cell]
        while begun:
            sheet, place = begun.pop()
            for one, ranges in self._seen.items():
                if one not in found and any(at in ("", sheet) and holds(area, place) for at, area in ranges):
                    found.add(one)
                    begun.append(one)
        return tuple(one for one in self._seen if one in found and one != cell)

    def _ranges(self, formula: str, sheet: str, depth: int = 0) -> Iterator[tuple[str, Range]]:
        """Sheet and range; "" for every sheet where it cannot be told: a table, a cell that another cell names."""
        from openpyxl.formula import Tokenizer

        if any(sign in formula.upper() for sign in _ANYWHERE):
            yield "", (1, 1, _LAST_ROW, _LAST_COLUMN)
        if depth > _DEEPEST:
            return
        for token in Tokenizer("=" + formula.lstrip("=")).items:
            if token.type != "OPERAND" or token.subtype != "RANGE":
                continue
            where, _, reference = token.value.rpartition("!")
            name = where[1:-1].replace("''", "'") if where[:1] == "'" else where
            at = self._sheets.get(name.casefold()) if name else sheet
            area = _area(reference)
            if area is not None and at is not None:
                yield at, area
            elif area is None and reference.casefold() in self._names:
                yield from self._ranges(self._names[reference.casefold()], sheet, depth + 1)
            elif area is None and "[" in reference:
                yield "", (1, 1, _LAST_ROW, _LAST_COLUMN)


def _area(reference: str) -> Range | None:
    """`B4`, `B4:C9`, `B:C` or `4:9` as its corners; None for a name."""
    bare = reference.replace("$", "")
    first, _, last = bare.partition(":")
    if first.isdecimal() and last.isdecimal():
        return int(first), 1, int(last), _LAST_COLUMN
    if first.isalpha() and last.isalpha():
        return range_of(f"{first}1:{last}{_LAST_ROW}")
    return range_of(bare)
