"""T11 as it is shown, in the window and in the workbook alike."""

from shelter_desk.domain.reports.figures import Dims, Ref
from shelter_desk.domain.reports.layout.stay_tables import FigureColumn, FigureRow, ReportTable, figure_columns, listed
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t11_stock import AFTER, BY_DONOR, KINDS

SHEET, BY_DONOR_SHEET = "12_Stock", "12_Stock_bailleurs"
# columns that stand only where an item has something in them
_WHERE_KNOWN = frozenset({"t11.physical", "t11.remaining_gap", "t11.near_expiry", "t11.expired", "t11.beneficiaries"})


def stock(report: Report) -> tuple[ReportTable, ...]:
    """A row for each item, then for each donor of it; nothing where nothing is kept in store."""
    items = listed(report, "t11.opening", "item_code")
    if not items:
        return ()
    donors = tuple(
        FigureRow(("item_donor", f"{dims[0][1]}\n{dims[1][1]}"), tuple((key, dims) for key in BY_DONOR))
        for opening, dims in report.figures
        if opening == BY_DONOR[0]
    )
    of_items = _items(report, items)
    if not donors:
        return (of_items,)
    return of_items, ReportTable("t11.by_donor", BY_DONOR_SHEET, figure_columns(BY_DONOR), donors)


def _items(report: Report, items: list[str]) -> ReportTable:
    known = {key for key, _ in report.figures}
    after = [key for key in (*AFTER, "t11.beneficiaries") if key in known or key not in _WHERE_KNOWN]
    moved = {(key, dims[1][1]) for key, dims in report.figures if key in KINDS}
    kinds = [(key, kind) for key, found in KINDS.items() for kind in found if (key, kind) in moved]
    columns = (
        FigureColumn(("stock_column", "t11.opening")),
        *(FigureColumn(("stock_column", kind), key) for key, kind in kinds),
        *(FigureColumn(("stock_column", key)) for key in after),
    )

    def cells(dims: Dims) -> tuple[Ref, ...]:
        return (
            ("t11.opening", dims),
            *((key, (*dims, ("move_type", kind))) for key, kind in kinds),
            *((key, dims) for key in after),
        )

    rows = [FigureRow(("item_code", code), cells((("item_code", code),))) for code in items]
    return ReportTable("t11", SHEET, columns, tuple(rows))
