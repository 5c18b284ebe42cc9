"""Columns whose days may be written month first: told once for the column, never guessed line by line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel.reading import cells
from shelter_desk.excel.reading.headings import folded
from shelter_desk.excel.reading.recognise import COLUMNS, Choice, Layout, Recognised

Column = tuple[str, str]  # a sheet, and the key of a column
# `zeros`: numbers shown with zeros in front, `shown` and `value` what is meant (`padded`); of days
# `month_first`: some days can only be read so, none the other way; `mixed`: some each way; else as a person says
Order = Literal["month_first", "mixed", "dmy", "mdy", "zeros", "shown", "value"]
_SLIP = 10  # days the usual way for one the other way: that one is a slip of the pen, and the order is clear
_DAYS, _BIRTHS = ("day", "moment"), ("birth_date",)
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


def asked(choice: Choice | None, found: Recognised) -> dict[Column, Order]:
    """What a person says of columns, those of all sheets with them."""
    orders = choice.orders if choice else {}
    made: dict[Column, Order] = {}
    headings = {folded(name): order for name, order in orders.items() if name}
    for one in found.lists.values() if orders else ():
        for layout in one.layouts:
            days = {column.key for column in COLUMNS[layout.list_key] if column.kind in _DAYS or column.key in _BIRTHS}
            for key in days & layout.columns.keys():
                heading = folded(layout.texts.get(layout.columns[key], ""))
                told = orders.get(key) or headings.get(heading) or orders.get("")
                if order := next((one for one in SAID if one == told), None):
                    made[layout.sheet, key] = order
    return {**made, **said(choice)}


def unknown(choice: Choice, found: Iterable[Layout]) -> str:
    """A column that is said to be written so and stands in no sheet; "" where there is none."""
    layouts = list(found)
    keys = {"", "#"} | {key for one in layouts for key in one.columns}
    headings = {folded(one.texts[at]) for one in layouts for at in one.columns.values() if at in one.texts}
    return next((name for name in choice.orders if name not in keys and folded(name) not in headings), "")


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
