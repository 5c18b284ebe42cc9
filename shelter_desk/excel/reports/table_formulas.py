"""The live sums of a table: over the columns or the rows that make a cell; none where a number of them is hidden."""

from collections.abc import Sequence

from shelter_desk.domain.reports.figures import RATIOS, Ref, added, kind_of
from shelter_desk.domain.reports.layout.stay_tables import FigureRow, ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.excel.reports.report_style import address


def of(report: Report, table: ReportTable, at: int, place: int, rows: Sequence[int], columns: Sequence[int]) -> str:
    """The formula of a cell, empty where it is a value.

    at, place: of its row and column in the table; rows, columns: where each of them stands in the sheet.
    """
    row = table.rows[at]
    keys = {ref[0] for ref in row.cells if ref is not None}
    if row.adds:
        return _sum_of_rows(report, table, row, place, rows, columns[place])
    if table.sums and at == len(table.rows) - 1:
        above = [one.cells[place] for one in table.rows[:-1]]
        ref = row.cells[place]
        if not above or (ref is not None and kind_of(ref[0]) in RATIOS) or not _all_numbers(report, above):
            return ""
        return f"=SUM({address(rows[0], columns[place])}:{address(rows[-2], columns[place])})"
    kind, code = table.columns[place].label
    name = code if kind == "rollup" else "total" if kind in ("total", "figure", "headline") else ""
    parts = [n for n, column in enumerate(table.columns) if column.part_of == name] if name else []
    here = row.cells[place]
    if not parts or RATIOS.intersection(map(kind_of, keys)) or not _all_numbers(report, [row.cells[n] for n in parts]):
        return ""
    if here is not None and not _adds_up(report, [row.cells[n] for n in parts], here):
        return ""
    return f"=SUM({address(rows[at], columns[parts[0]])}:{address(rows[at], columns[parts[-1]])})"


def _sum_of_rows(
    report: Report, table: ReportTable, row: FigureRow, place: int, rows: Sequence[int], column: int
) -> str:
    """The sum of the rows that this one adds up, where it is that: not of persons, who count once."""
    ref, parts = row.cells[place], [table.rows[at].cells[place] for at in row.adds]
    if ref is None or kind_of(ref[0]) == "distinct" or not _all_numbers(report, [ref, *parts]):
        return ""
    if not _adds_up(report, parts, ref):
        return ""
    cells = [address(rows[at], column) for at in row.adds]
    is_run = row.adds[-1] - row.adds[0] == len(row.adds) - 1
    return f"=SUM({cells[0]}:{cells[-1]})" if is_run else "=" + "+".join(cells)


def _adds_up(report: Report, parts: Sequence[Ref | None], whole: Ref) -> bool:
    """Whether the figure is the sum of these; the busiest night of a house is not that of its zones added up."""
    brought = [report.value(part[0], *part[1]) for part in parts if part is not None]
    figure = report.value(whole[0], *whole[1])
    return added(one for one in brought if isinstance(one, int | float)) == figure


def _all_numbers(report: Report, refs: Sequence[Ref | None]) -> bool:
    return all(ref is None or isinstance(report.value(ref[0], *ref[1]), int | float) for ref in refs)
