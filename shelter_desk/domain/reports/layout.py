"""All tables of a report in the order of its sheets."""

from shelter_desk.domain.reports.care_tables import referrals, services
from shelter_desk.domain.reports.equipment_tables import equipment
from shelter_desk.domain.reports.incident_tables import incidents
from shelter_desk.domain.reports.protection_tables import identification, minors, zones
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.request_tables import requests
from shelter_desk.domain.reports.session_tables import activities
from shelter_desk.domain.reports.stock_tables import stock
from shelter_desk.domain.reports.tables import Table, capacity, categories, exits, movements, profile


def tables(report: Report) -> tuple[Table, ...]:
    """T1 to T12, lines without a figure left out."""
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
