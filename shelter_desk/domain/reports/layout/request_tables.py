"""Requests for a place as they are shown beside the movements, in the window and in the workbook alike."""

from shelter_desk.domain.reports.figures import TOTAL, Dims
from shelter_desk.domain.reports.layout.stay_tables import (
    FigureColumn,
    FigureRow,
    ReportTable,
    listed,
    row_of,
    total_row,
    totals_of,
)
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t02_movements import AGES
from shelter_desk.domain.reports.tables.t02_place_requests import BY_PROFILE, BY_REASON, PERSONS, REQUESTS

SHEET = "03_Mouvements"
SEXES = ("f", "m")


def requests(report: Report) -> tuple[ReportTable, ...]:
    """Requests and persons from the start to the end, refusals by reason, persons by sex and age.

    Nothing where none was ever noted, nor for the public; outside the house the cuts stand where no cell is small.
    """
    if (REQUESTS[0], TOTAL) not in report.figures:
        return ()
    tables = (_course(report), _reasons(report), _people(report))
    return tuple(table for table in tables if table is not None)


def _course(report: Report) -> ReportTable:
    sexes = SEXES if report.profile == "interne" else ()
    dims: list[Dims] = [*((("sex", sex),) for sex in sexes), TOTAL]
    columns = (
        FigureColumn(("requests", "requests")),
        *(FigureColumn(("sex", sex), part_of="total") for sex in sexes),
        FigureColumn(("requests", "persons")),
    )
    rows = tuple(
        FigureRow(("figure", requests), ((requests, TOTAL), *((persons, one) for one in dims)))
        for requests, persons in zip(REQUESTS, PERSONS, strict=True)
    )
    return ReportTable("t2_requests", SHEET, columns, rows)


def _reasons(report: Report) -> ReportTable | None:
    rows = [row_of("request_reason", reason, BY_REASON) for reason in listed(report, BY_REASON, "request_reason")]
    columns = (FigureColumn(("requests", "requests")), FigureColumn(("requests", "persons")))
    last = totals_of(["t2.requests_refused", "t2.requested_refused"])
    return ReportTable("t2_requests_reasons", SHEET, columns, (*rows, last), sums=True) if rows else None


def _people(report: Report) -> ReportTable | None:
    seen = {dims[1][1] for key, dims in report.figures if key == BY_PROFILE}
    rows = [
        FigureRow(("age_group", age), (*((BY_PROFILE, (("sex", sex), ("age_group", age))) for sex in SEXES),))
        for age in AGES
        if age in seen
    ]
    columns = tuple(FigureColumn(("sex", sex)) for sex in SEXES)
    rows.append(total_row(None for _ in SEXES))
    return ReportTable("t2_requests_people", SHEET, columns, tuple(rows), sums=True) if len(rows) > 1 else None
