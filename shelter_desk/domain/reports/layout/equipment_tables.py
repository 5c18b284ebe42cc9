"""T10 as it is shown, in the window and in the workbook alike."""

from shelter_desk.domain.equipment.assets import COUNTED
from shelter_desk.domain.reports.figures import TOTAL, Ref
from shelter_desk.domain.reports.layout.stay_tables import FigureColumn, FigureRow, ReportTable, cut, figure_row, listed
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t10_equipment import BALANCE, BY_STATUS, HAPPENED, KEYS, TICKETS, VALUES

SHEET = "11_Equipements"


def equipment(report: Report) -> tuple[ReportTable, ...]:
    """By category and by donor with the statuses of what is left, then by status, by condition, and the tickets.

    Nothing for the public (field 6.6).
    """
    if not any(key in KEYS for key, _ in report.figures):
        return ()
    return (
        _whole(report, "asset_category"),
        _whole(report, "donor"),
        cut(report, "t10.by_status", "asset_status", SHEET),
        cut(report, "t10.by_condition", "asset_condition", SHEET),
        ReportTable("t10", SHEET, (FigureColumn(("total", "")),), (figure_row(TICKETS, [TOTAL]),)),
    )


def _whole(report: Report, name: str) -> ReportTable:
    """One row for each category or donor that has a figure, and their total."""
    crossed = BY_STATUS[name]
    used = [one for one in COUNTED if any(dims[1:] == (("asset_status", one),) for key, dims in report.figures)]
    columns = (
        *(FigureColumn(("figure", key)) for key in BALANCE),
        *(FigureColumn(("asset_status", one), "of_which") for one in used),
        *(FigureColumn(("figure", key)) for key in (*HAPPENED, *VALUES)),
    )
    values = listed(report, (*BALANCE, *HAPPENED), name)
    rows = [FigureRow((name, value), _cells((name, value), crossed, used)) for value in values]
    total = FigureRow(("total", ""), _total(used), strong=True)
    return ReportTable(f"t10.{name}", SHEET, columns, (*rows, total), sums=True)


def _cells(one: tuple[str, str], crossed: str, used: list[str]) -> tuple[Ref, ...]:
    return (
        *((key, (one,)) for key in BALANCE),
        *((crossed, (one, ("asset_status", status))) for status in used),
        *((key, (one,)) for key in (*HAPPENED, *VALUES)),
    )


def _total(used: list[str]) -> tuple[Ref, ...]:
    return (
        *((key, TOTAL) for key in BALANCE),
        *(("t10.by_status", (("asset_status", status),)) for status in used),
        *((key, TOTAL) for key in (*HAPPENED, *VALUES)),
    )
