"""Columns that every row has to have and a sheet has not: what is asked once, for all its rows.

Columns whose cells show zeros that their numbers have not: said once for the column which of the two is meant.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers import gaps
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.rows import ROW_KEYS, Refusal
from shelter_desk.domain.registers.shapes import SHAPES
from shelter_desk.excel.reading.headings import folded
from shelter_desk.excel.reading.recognise import Choice, Layout, Recognised

Column = tuple[str, str]  # a sheet, and the key of a column
SAID = ("shown", "value")
ALL = "#"  # what is said of all columns, beside the orders of days


def asked(choice: Choice | None, found: Recognised) -> dict[Column, str]:
    """What a person says of columns."""
    made: dict[Column, str] = {}
    if choice is None:
        return made
    for layout in (layout for one in found.lists.values() for layout in one.layouts):
        of_sheet = choice.sheets[layout.sheet].orders if layout.sheet in choice.sheets else {}
        for key, place in layout.columns.items():
            heading = folded(layout.texts.get(place, ""))
            every: Mapping[str, str] = {folded(name): said for name, said in choice.orders.items() if name != ALL}
            told = of_sheet.get(key) or choice.orders.get(key) or every.get(heading) or choice.orders.get(ALL)
            if told in SAID:
                made[layout.sheet, key] = told
    return made


def unclear(refusals: Iterable[Refusal]) -> dict[Column, str]:
    """By column an example of what is shown, where nothing is said."""
    return {
        (one.sheet, one.column): one.value
        for one in refusals
        if isinstance(one.error, CellRefused) and one.error.why == "zeros"
    }


# whose a row is, or which: no value of theirs is that of all rows
_EACH_ITS_OWN = frozenset({"person_code", "stay_no"})
_OF_A_LINE = frozenset({"designation", "full_name", "room_code", "bed_code", "partner_name"})


@dataclass(frozen=True, slots=True)
class Lacking:
    """A column that a list lacks. home: whose it is."""

    column: str
    home: str

    @property
    def unknown(self) -> Any:
        """What stands where nobody knows, None where that cannot be said."""
        value = gaps.UNKNOWN.get((self.home, self.column))
        return value if value in gaps.SAY_UNKNOWN else None

    @property
    def may_be_unknown(self) -> bool:
        """Whether that can be said."""
        return (self.home, self.column) in gaps.UNKNOWN


@dataclass(frozen=True, slots=True)
class MissingColumn(Lacking):
    """A column that no heading of a sheet is. list: the one that the sheet is."""

    sheet: str
    list: str


def asked_once(
    layouts: Iterable[Layout],
    refusals: Iterable[Refusal],
    fixed: Collection[str],
    fixed_in: Mapping[str, Collection[str]],
    *,
    incomplete: bool,
) -> tuple[MissingColumn, ...]:
    """Of the sheets with refused rows, since what stands already needs nothing; fixed: columns of which it was said."""
    refused = {one.sheet for one in refusals}
    found = (one for layout in layouts if layout.sheet in refused for one in _lacking(layout))
    return tuple(
        one
        for one in found
        if one.column not in fixed
        and one.column not in fixed_in.get(one.sheet, ())
        and not (incomplete and one.may_be_unknown)
    )


def left_open(layouts: Iterable[Layout]) -> dict[str, dict[str, str]]:
    """By sheet the columns that it has not, whose cells may not be empty where it has them."""
    return {
        layout.sheet: {
            one.column: gaps.UNDETERMINED for one in _lacking(layout) if (one.home, one.column) in gaps.OF_WHOLE_LISTS
        }
        for layout in layouts
    }


def _lacking(layout: Layout) -> Iterator[MissingColumn]:
    """Those of a sheet, whatever was said of them."""
    there = {*layout.columns, *layout.parts.values(), *layout.given}
    for one in lacking(layout.list_key, there):
        yield MissingColumn(one.column, one.home, layout.sheet, layout.list_key)


def lacking(list_key: str, there: Collection[str]) -> Iterator[Lacking]:
    """What every row of a list has to have and is not in these columns, and may be the same for all."""
    shape = SHAPES.get(list_key)
    needs: list[tuple[str, ...]] = [(column.key,) for column in LISTS.get(list_key, ()) if column.required]
    if shape is not None:
        needs = [*shape.asks, *((column,) for column in shape.wants)]
    for need in needs:
        home = list_key if shape is None else shape.home(need[0])
        own = _EACH_ITS_OWN | ({ROW_KEYS[home][0]} if shape is None else _OF_A_LINE)
        if set(need).isdisjoint(there) and need[0] not in own:
            yield Lacking(need[0], home)
