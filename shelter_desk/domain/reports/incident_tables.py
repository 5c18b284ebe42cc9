"""T12 as it is shown, in the window and in the workbook alike."""

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL
from shelter_desk.domain.reports.happened import BALANCE, CROSSED, KEYS, KIND, VIOLENCE
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables import Column, Row, Table, cut, figure_row, listed

SHEET = "13_Incidents"


def incidents(report: Report) -> tuple[Table, ...]:
    """Types by severity where that may be seen, then what was closed, answered, and kept sealed.

    Nothing for the public (field 6.6).
    """
    if not any(key in KEYS for key, _ in report.figures):
        return ()
    whole = Table("t12", SHEET, (Column(("total", "")),), tuple(figure_row(key, [TOTAL]) for key in KEYS))
    return _by_type(report), *_course(report), *_violence(report), whole


def _violence(report: Report) -> tuple[Table, ...]:
    """Incidents of violence by the six types of the GBVIMS, where the shelter writes them."""
    return (cut(report, VIOLENCE, KIND, SHEET),) if (VIOLENCE, TOTAL) in report.figures else ()


def _course(report: Report) -> tuple[Table, ...]:
    """Open at the start, of the period, closed, open at the end, by type; for the house alone."""
    if report.profile != "interne":
        return ()
    kinds = dict.fromkeys(kind for key in BALANCE for kind in listed(report, key, "incident_type"))
    rows = [Row(("incident_type", kind), tuple((key, (("incident_type", kind),)) for key in BALANCE)) for kind in kinds]
    total = Row(("total", ""), tuple((key, TOTAL) for key in BALANCE), strong=True)
    columns = tuple(Column(("figure", key)) for key in BALANCE)
    return (Table("t12.balance", SHEET, columns, (*rows, total), sums=True),) if rows else ()


def _by_type(report: Report) -> Table:
    crossed = any(key == CROSSED for key, _ in report.figures)
    severities = [one.code for one in codes("incident_severity")] if crossed else []
    if any(dims[1:] == (("severity", NOT_RECORDED),) for key, dims in report.figures if key == CROSSED):
        severities.append(NOT_RECORDED)
    columns = (*(Column(("incident_severity", one), part_of="total") for one in severities), Column(("total", "")))
    rows = [
        Row(
            ("incident_type", kind),
            (
                *((CROSSED, (("incident_type", kind), ("severity", one))) for one in severities),
                ("t12.incidents", (("incident_type", kind),)),
            ),
        )
        for kind in listed(report, "t12.incidents", "incident_type")
    ]
    sums = (*(("t12.incidents", (("severity", one),)) for one in severities), ("t12.incidents", TOTAL))
    total = Row(("total", ""), sums, strong=True)
    return Table("t12.incidents.incident_type", SHEET, columns, (*rows, total), sums=True)
