"""Columns whose cells show zeros that their numbers have not: said once for the column which of the two is meant."""

from collections.abc import Iterable, Mapping

from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel.reading.headings import folded
from shelter_desk.excel.reading.recognise import Choice, Recognised

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
