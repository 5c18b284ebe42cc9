"""Columns whose days may be written month first: told once for the column, never guessed line by line."""

from collections.abc import Iterable, Mapping
from typing import Literal

from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel import cells
from shelter_desk.excel.recognise import Choice, Recognised

Column = tuple[str, str]  # a sheet, and the key of a column
# `month_first`: some days can only be read so, none the other way; `mixed`: some each way; else as a person says
Order = Literal["month_first", "mixed", "dmy", "mdy"]
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
    orders: dict[Column, Order] = dict.fromkeys(suspects, "month_first")
    if not suspects:
        return orders
    sheets = {sheet for sheet, _ in suspects}
    for one in found.lists.values():
        for row in one.rows:
            if row.sheet in sheets:
                for key, cell in row.values.items():
                    if (row.sheet, key) in orders and cells.day_order(cell) == "dmy":
                        orders[row.sheet, key] = "mixed"
    return orders
