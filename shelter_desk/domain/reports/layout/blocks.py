"""All tables of a report in the order of its sheets."""

from dataclasses import replace

from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import TOTAL
from shelter_desk.domain.reports.layout.care_tables import referrals, services
from shelter_desk.domain.reports.layout.equipment_tables import equipment
from shelter_desk.domain.reports.layout.protection_tables import identification, incidents, minors, zones
from shelter_desk.domain.reports.layout.session_tables import activities
from shelter_desk.domain.reports.layout.stay_tables import (
    TOTAL_COLUMN,
    ReportTable,
    capacity,
    categories,
    exits,
    figure_row,
    movements,
    profile,
    requests,
)
from shelter_desk.domain.reports.layout.stock_tables import stock
from shelter_desk.domain.reports.report import Report


def tables(report: Report) -> tuple[ReportTable, ...]:
    """T1 to T12, lines without a figure left out; for the public one table of headlines."""
    if report.profile == "public":
        rows = (replace(figure_row(key, [TOTAL]), label=("headline", key)) for key in HEADLINE_KEYS)
        return (ReportTable("headlines", "00_Synthese", (TOTAL_COLUMN,), tuple(rows)),)
    return (
        capacity(report),
        *zones(report),
        movements(report),
        categories(),
        *requests(report),
        *profile(report),
        *identification(report),
        *minors(report),
        *services(report),
        *referrals(report),
        *exits(report),
        *activities(report),
        *equipment(report),
        *stock(report),
        *incidents(report),
    )
