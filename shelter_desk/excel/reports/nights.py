"""The nights of a period one by one: tables that stand beside the first one, and their chart."""

import re
from collections.abc import Sequence

from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.layout.stay_tables import FigureRow, ReportTable, figure_columns
from shelter_desk.domain.reports.report import Report
from shelter_desk.excel.reading.book import letters
from shelter_desk.excel.reports import charts, page_layout
from shelter_desk.excel.reports.page_layout import OF_A_MONTH, RUNS
from shelter_desk.excel.reports.report_style import FigurePlaces
from shelter_desk.excel.reports.report_tables import TableSheet

NAME = "t1.by_night"
PRESENT, BEDS = "t1.presence", "t1.operational_by_night"
_KEYS = (PRESENT, BEDS, "t1.installed_by_night")
_OF_A_MONTH_ALONE = ("t1.lost_by_night",)  # three runs side by side have no room for it
_HIGH, _ROW = 240, 186.0  # of the chart in pixels, and of its row in points
_BORDER = 4  # pixels around it


def tables(report: Report) -> list[ReportTable]:
    """One of a month, else runs of the same length side by side; no column of which the reader is given nothing."""
    days = [("night", one.isoformat()) for one in report.period]
    wanted = (*_KEYS, *_OF_A_MONTH_ALONE) if len(days) <= OF_A_MONTH else _KEYS
    keys = [key for key in wanted if any((key, (one,)) in report.figures for one in days)]
    if not keys or not days:
        return []
    rows = [FigureRow(("day", one[1]), tuple((key, (one,)) for key in keys)) for one in days]
    if len(rows) <= OF_A_MONTH:
        return [ReportTable(NAME, "", figure_columns(keys), tuple(rows))]
    each = -(-len(rows) // RUNS)
    parts = [rows[first : first + each] for first in range(0, len(rows), each)]
    return [ReportTable(f"{NAME}.{n}", "", figure_columns(keys), tuple(part)) for n, part in enumerate(parts)]


def keep_ranges(on: TableSheet, found: Sequence[ReportTable], places: FigurePlaces) -> None:
    """Where each figure of the nights and their days stand: a range, or several with commas between them."""
    days = []
    for table in found:
        label = on.layout.lanes[on.layout.lane_of[table.name]].label or 0
        of_days = [re.sub("[A-Z]+", letters(label), _cell(table.rows[at].cells[0], places)) for at in (0, -1)]
        days.append(f"'{on.writer.name}'!{':'.join(of_days)}")
    places.ranges["night"] = ",".join(days)
    for place, column in enumerate(found[0].columns if found else ()):
        runs = []
        for table in found:
            first, last = (_cell(table.rows[at].cells[place], places) for at in (0, -1))
            runs.append(f"'{on.writer.name}'!{first}:{last}")
        places.ranges[column.label[1]] = ",".join(runs)


def _cell(ref: Ref | None, places: FigurePlaces) -> str:
    """The cell of a figure that was written, without its sheet."""
    return str(ref and places.of(ref)).rpartition("!")[2]


def write(on: TableSheet, capacity: Sequence[ReportTable], places: FigurePlaces) -> None:
    """The tables of capacity, the nights beside the first of them or below them all, a chart of those of a month."""
    found = tables(on.report)
    if len(found) < RUNS:
        on.add([*capacity[:1], *found, *capacity[1:]])
    else:
        on.add(capacity)
    row = on.end
    if len(found) >= RUNS:
        on.add(found)
    elif any(one.label[1] == PRESENT for table in found for one in table.columns):
        on.rows.has(row, _ROW)
        on.written(row + 1)
    keep_ranges(on, found, places)
    # hundreds of nights are no chart: the first sheet draws those of twelve months
    chart = None if len(found) >= RUNS else charts.of_nights(on.writer.book, places)
    if chart is not None:
        wide = sum(map(page_layout.pixels, on.grid)) - 2 * _BORDER
        chart.set_size({"width": wide, "height": _HIGH})
        on.sheet.insert_chart(row, 0, chart, {"x_offset": _BORDER, "y_offset": _BORDER})
