"""T10 as it is shown, in the window and in the workbook alike."""

from shelter_desk.domain.equipment.assets import COUNTED
from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref
from shelter_desk.domain.reports.layout import stay_tables
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t10_equipment import BALANCE, BY_STATUS, HAPPENED, KEYS, TICKETS, VALUES

SHEET = "11_Equipements"


def equipment(report: Report) -> tuple[stay_tables.ReportTable, ...]:
    """By category and by donor with the statuses of what is left, then by status, by condition, and the tickets.

    Nothing for the public (field 6.6).
    """
    if not any(key in KEYS for key, _ in report.figures):
        return ()
    return (
        _whole(report, "asset_category"),
        _whole(report, "donor"),
        stay_tables.cut(report, "t10.by_status", "asset_status", SHEET),
        stay_tables.cut(report, "t10.by_condition", "asset_condition", SHEET),
        stay_tables.list_of("t10", SHEET, [TICKETS]),
    )


def _whole(report: Report, name: str) -> stay_tables.ReportTable:
    """One row for each category or donor that has a figure, and their total."""
    used = [one for one in COUNTED if any(dims[1:] == (("asset_status", one),) for key, dims in report.figures)]
    columns = (
        *stay_tables.figure_columns(BALANCE),
        *(stay_tables.FigureColumn(("asset_status", one), "of_which") for one in used),
        *stay_tables.figure_columns((*HAPPENED, *VALUES)),
    )
    values = stay_tables.listed(report, (*BALANCE, *HAPPENED), name)
    rows = [stay_tables.FigureRow((name, value), _cells(((name, value),), BY_STATUS[name], used)) for value in values]
    total = stay_tables.total_row(_cells(TOTAL, "t10.by_status", used))
    return stay_tables.ReportTable(f"t10.{name}", SHEET, columns, (*rows, total), sums=True)


def _cells(dims: Dims, by_status: str, used: list[str]) -> tuple[Ref, ...]:
    return (
        *((key, dims) for key in BALANCE),
        *((by_status, (*dims, ("asset_status", status))) for status in used),
        *((key, dims) for key in (*HAPPENED, *VALUES)),
    )
