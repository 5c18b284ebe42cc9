"""Columns whose days may be written month first: told once for the column, never guessed line by line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel import cells
from shelter_desk.excel.recognise import Choice, Recognised

Column = tuple[str, str]  # a sheet, and the key of a column
# `month_first`: some days can only be read so, none the other way; `mixed`: some each way; else as a person says
Order = Literal["month_first", "mixed", "dmy", "mdy"]
_SLIP = 10  # days the usual way for one the other way: that one is a slip of the pen, and the order is clear
SAID: tuple[Order, ...] = ("dmy", "mdy")


def said(choice: Choice | None) -> dict[Column, Order]:
    """What a person says of columns."""
    sheets = choice.sheets if choice else {}
    return {
        (sheet, key): order
        for sheet, one in sheets.items()
        for key, told in one.orders.items()
        for order in SAID
        if order == told
    }


def unclear(found: Recognised, refusals: Iterable[Refusal], known: Mapping[Column, Order]) -> dict[Column, Order]:
    """The columns with a day that can only be month first, of which nothing is said yet."""
    suspects = {
        (one.sheet, one.column)
        for one in refusals
        if isinstance(one.error, CellRefused) and one.error.why == "date" and cells.day_order(one.value) == "mdy"
    }
    suspects -= known.keys()
    if not suspects:
        return {}
    sheets = {sheet for sheet, _ in suspects}
    ways: Counter[tuple[Column, str]] = Counter()
    for one in found.lists.values():
        for row in one.rows:
            if row.sheet in sheets:
                for key, cell in row.values.items():
                    if (row.sheet, key) in suspects:
                        ways[(row.sheet, key), cells.day_order(cell)] += 1
    return {
        column: "mixed" if ways[column, "dmy"] else "month_first"
        for column in suspects
        if ways[column, "dmy"] < _SLIP * ways[column, "mdy"]
    }
