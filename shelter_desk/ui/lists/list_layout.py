"""How a table is laid out, by the headings of its columns: to be kept, and laid out so again.

A heading that is there no more, and what is no layout, are passed over.
"""

from collections.abc import Mapping
from typing import Any

from shelter_desk.ui.lists import column_filters
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import DOWN, UP, Sort

_WIDEST = 2000  # pixels at 100 %


def kept(table: TableView) -> dict[str, Any]:
    """The layout as JSON keeps it, empty where nothing was chosen."""
    columns, rows = table.rows.columns, table.rows
    told: dict[str, Any] = {}
    if table.are_chosen:
        told["columns"] = [columns[at].heading for at in table.order() if at not in table.left_out]
    elif table.order() != list(range(len(columns))):
        told["order"] = [columns[at].heading for at in table.order()]
    if table.widths:
        told["widths"] = {columns[at].heading: width for at, width in table.widths.items()}
    if rows.sorts:
        told["sorts"] = [[columns[at].heading, "down" if way == DOWN else "up"] for at, way in rows.sorts]
    if rows.filters:
        told["filters"] = {columns[at].heading: one.kept() for at, one in rows.filters.items()}
    return told


def lay(table: TableView, told: Mapping[str, Any]) -> None:
    """Lay it out so, as far as it fits."""
    places = {one.heading: at for at, one in enumerate(table.rows.columns) if one.heading}
    widths = told.get("widths")
    for heading, width in widths.items() if isinstance(widths, dict) else ():
        if heading in places and isinstance(width, int) and 0 < width <= _WIDEST:
            table.widths[places[heading]] = width
    for key in ("columns", "order"):
        found = [places[one] for one in _texts(told.get(key)) if one in places]
        if found:
            rest = [at for at in range(len(table.rows.columns)) if at not in found]
            order = list(dict.fromkeys([0, *found, *rest]))
            table.order_columns(order, set(rest) - {0} if key == "columns" else None)
    sorts = [one for told_sort in _items(told.get("sorts")) for one in _sort(told_sort, places)]
    filters = told.get("filters")
    for heading, kept_filter in filters.items() if isinstance(filters, dict) else ():
        one = column_filters.of_kept(kept_filter)
        if heading in places and one is not None:
            table.rows.filters[places[heading]] = one
    table.rows.sorts = [one for one in sorts if table.rows.can_sort(one[0])]
    table.rows.list_again()


def _sort(told: object, places: Mapping[str, int]) -> list[Sort]:
    if isinstance(told, list) and len(told) == 2 and isinstance(told[0], str) and told[0] in places:
        return [(places[told[0]], DOWN if told[1] == "down" else UP)]
    return []


def _items(told: object) -> list[Any]:
    return told if isinstance(told, list) else []


def _texts(told: object) -> list[str]:
    return [one for one in _items(told) if isinstance(one, str)]
