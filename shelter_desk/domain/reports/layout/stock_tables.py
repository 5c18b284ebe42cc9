"""T11 as it is shown, in the window and in the workbook alike."""

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.figures import Dims, Ref
from shelter_desk.domain.reports.layout.stay_tables import FigureColumn, FigureRow, ReportTable, figure_columns, listed
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t11_stock import AFTER, BY_DONOR, KINDS

SHEET, BY_DONOR_SHEET = "12_Stock", "12_Stock_bailleurs"
# columns that stand only where an item has something in them
_WHERE_KNOWN = frozenset(
    {
        "t11.physical",
        "t11.remaining_gap",
        "t11.near_expiry",
        "t11.expired",
        "t11.alert_level",
        "t11.beneficiaries",
    }
)


def stock(report: Report) -> tuple[ReportTable, ...]:
    """A row for each item under its category, then for each donor of it; nothing where nothing is kept in store."""
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

    rows = []
    for category, found in _by_category(report, items):
        if category:
            nothing = (("plain", ""),) * len(columns)
            rows.append(FigureRow(("stock_category", category), (None,) * len(columns), strong=True, said=nothing))
        for code in found:
            kind = "item_low" if _is_low(report, code) else "item_code"
            rows.append(FigureRow((kind, code), cells((("item_code", code),)), indented=bool(category)))
    return ReportTable("t11", SHEET, columns, tuple(rows))


def _by_category(report: Report, items: list[str]) -> list[tuple[str, list[str]]]:
    """The items of each category in the order of its list; all under none of a version that does not know any."""
    known = [one.code for one in codes("stock_category")]
    of = {code: report.item_categories.get(code, "") for code in items}
    order = sorted(set(of.values()), key=lambda one: (known.index(one) if one in known else len(known), one))
    return [(category, [code for code in items if of[code] == category]) for category in order]


def _is_low(report: Report, code: str) -> bool:
    """S-04, on the last day: what can be used of the item is less than its alert level."""
    ref = ("t11.alert_level", (("item_code", code),))
    if report.find(ref) is None:
        return False
    found = (report.value(key, ("item_code", code)) for key in ("t11.closing", "t11.expired", "t11.alert_level"))
    closing, expired, level = (one if isinstance(one, int | float) else 0 for one in found)  # stock is never hidden
    return closing - expired < level
