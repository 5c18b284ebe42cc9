"""T1 by zone, T4 and T5 as they are shown, in the window and in the workbook alike.

T12 as it is shown, in the window and in the workbook alike.
"""

from collections.abc import Iterable
from dataclasses import replace

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims
from shelter_desk.domain.reports.layout.stay_tables import (
    CAPACITY,
    TOTAL_COLUMN,
    FigureColumn,
    FigureRow,
    ReportTable,
    cut,
    figure_columns,
    figure_row,
    list_of,
    listed,
    people_cells,
    people_columns,
    profile_columns,
    row_of,
    total_row,
    totals_of,
)
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables import t04_identified
from shelter_desk.domain.reports.tables.t01_zones import ZONES, zone_dims
from shelter_desk.domain.reports.tables.t02_movements import MINORS as AGES_OF_MINORS
from shelter_desk.domain.reports.tables.t02_movements import ROLLUPS, rollup_dims
from shelter_desk.domain.reports.tables.t04_identification import BY_PROFILE, FIRSTS, SCREENINGS
from shelter_desk.domain.reports.tables.t05_children import EXITS, HOSTED, SETTLED, SETTLED_RATE, STEPS
from shelter_desk.domain.reports.tables.t12_incidents import BALANCE, CROSSED, KEYS, KIND, VIOLENCE

SHEET = "13_Incidents"


def incidents(report: Report) -> tuple[ReportTable, ...]:
    """Types by severity where that may be seen, then what was closed, answered, and kept sealed.

    Nothing for the public (field 6.6).
    """
    if not any(key in KEYS for key, _ in report.figures):
        return ()
    # by the six types of the GBVIMS, where the shelter writes them
    violence = (cut(report, VIOLENCE, KIND, SHEET),) if (VIOLENCE, TOTAL) in report.figures else ()
    return _by_type(report), *_course(report), *violence, list_of("t12", SHEET, KEYS)


def _course(report: Report) -> tuple[ReportTable, ...]:
    """Open at the start, of the period, closed, open at the end, by type; for the house alone."""
    if report.profile != "interne":
        return ()
    kinds = dict.fromkeys(kind for key in BALANCE for kind in listed(report, key, "incident_type"))
    rows = [row_of("incident_type", kind, BALANCE) for kind in kinds]
    columns, total = figure_columns(BALANCE), totals_of(BALANCE)
    return (ReportTable("t12.balance", SHEET, columns, (*rows, total), sums=True),) if rows else ()


def _by_type(report: Report) -> ReportTable:
    crossed = any(key == CROSSED for key, _ in report.figures)
    severities = [one.code for one in codes("incident_severity")] if crossed else []
    if any(dims[1:] == (("severity", NOT_RECORDED),) for key, dims in report.figures if key == CROSSED):
        severities.append(NOT_RECORDED)
    columns = (*(FigureColumn(("incident_severity", one), part_of="total") for one in severities), TOTAL_COLUMN)
    rows = [
        FigureRow(
            ("incident_type", kind),
            (
                *((CROSSED, (("incident_type", kind), ("severity", one))) for one in severities),
                ("t12.incidents", (("incident_type", kind),)),
            ),
        )
        for kind in listed(report, "t12.incidents", "incident_type")
    ]
    sums = (*(("t12.incidents", (("severity", one),)) for one in severities), ("t12.incidents", TOTAL))
    return ReportTable("t12.incidents.incident_type", SHEET, columns, (*rows, total_row(sums)), sums=True)


CAPACITY_SHEET, IDENTIFICATION, MINORS_SHEET = "02_Capacite", "05_Identification", "06_Mineurs"
# every victim stands on one line, so that the lines add up
_ONE_LINE_EACH = frozenset({t04_identified.BY_BODY, t04_identified.BY_ORIGIN})
_SCREENED = (SCREENINGS[0], t04_identified.INTERVIEWS, *SCREENINGS[1:], *FIRSTS.values(), *t04_identified.VICTIM_KEYS)


def zones(report: Report) -> tuple[ReportTable, ...]:
    """T1 by zone, where any may be seen; the total at the right."""
    seen = {dims[0][1] for _, dims in report.figures if dims and dims[0][0] == "zone"}
    shown = [zone for zone in ZONES if zone in seen]
    keys = [key for key in CAPACITY if any((key, zone_dims(zone)) in report.figures for zone in shown)]
    columns = (*(FigureColumn(("zone", zone), part_of="total") for zone in shown), TOTAL_COLUMN)
    rows = tuple(figure_row(key, [*map(zone_dims, shown), TOTAL]) for key in keys)
    return (ReportTable("t1.zones", CAPACITY_SHEET, columns, rows),) if shown else ()


def identification(report: Report) -> tuple[ReportTable, ...]:
    """T4: screenings by sex and age group; the victims identified, cut by cut; assimilated practices apart."""
    cells = profile_columns(report, BY_PROFILE)
    dims = [one for _, one in cells]
    rows = tuple(figure_row(key, dims) for key in _SCREENED)
    found = [ReportTable("t4", IDENTIFICATION, tuple(column for column, _ in cells), rows)]
    cuts = [(key, name, "t4.new_identified") for key, name in t04_identified.CUTS.items()]
    found += [_by_cell(report, *cut) for cut in cuts if listed(report, *cut[:2])]
    found += [
        _hosted(report, key, name) for key, name in t04_identified.VICTIM_CUTS.items() if listed(report, key, name)
    ]
    found += _groups(report)
    if listed(report, t04_identified.ASSIMILATED, t04_identified.PRACTICE):
        found.append(_by_cell(report, t04_identified.ASSIMILATED, t04_identified.PRACTICE, t04_identified.ASSIMILATED))
    return tuple(found)


def _hosted(report: Report, key: str, name: str) -> ReportTable:
    """The victims hosted, line by line over all of them; of forms a victim may have several."""
    rows = [row_of(name, value, [key]) for value in listed(report, key, name)]
    whole = FigureRow(("figure", t04_identified.VICTIM_KEYS[0]), ((t04_identified.VICTIM_KEYS[0], TOTAL),), strong=True)
    sums = key == t04_identified.VICTIMS_BY_ORIGIN
    return ReportTable(f"{key}.{name}", IDENTIFICATION, (TOTAL_COLUMN,), (*rows, whole), sums=sums)


def _groups(report: Report) -> tuple[ReportTable, ...]:
    """The victims hosted by group of exploitation, with girls, boys, women and men where they may be seen."""
    key, name, hosted = t04_identified.VICTIMS_BY_GROUP, t04_identified.GROUP, t04_identified.VICTIM_KEYS[0]
    crossed = key + t04_identified.PROFILE
    people = ROLLUPS if any(one == crossed for one, _ in report.figures) else ()
    columns = (*(FigureColumn(("rollup", one), part_of="total") for one in people), TOTAL_COLUMN)
    rows = [
        FigureRow(
            (name, one.code),
            (
                *((crossed, ((name, one.code), *rollup_dims(who))) for who in people),
                (key, ((name, one.code),)),
            ),
        )
        for one in codes(name)
    ]
    total = FigureRow(
        ("figure", hosted), (*((hosted, rollup_dims(who)) for who in people), (hosted, TOTAL)), strong=True
    )
    given = any(one == key for one, _ in report.figures)
    return (ReportTable(f"{key}.{name}", IDENTIFICATION, columns, (*rows, total), sums=True),) if given else ()


def _by_cell(report: Report, key: str, name: str, whole: str) -> ReportTable:
    """A figure line by line, with sex and age group where they may be seen, over the persons counted once."""
    seen = {dims[1:] for one, dims in report.figures if one == key + t04_identified.PROFILE}
    cells = people_cells(seen) if seen else []
    columns = (*people_columns(cells), TOTAL_COLUMN)
    alone = [row_of(name, value, [key]) for value in listed(report, key, name)]
    rows = [replace(row, cells=(*_crossed(key, (name, row.label[1]), cells), *row.cells)) for row in alone]
    persons = FigureRow(("figure", whole), (*((whole, dims) for dims in cells), (whole, TOTAL)), strong=True)
    return ReportTable(f"{key}.{name}", IDENTIFICATION, columns, (*rows, persons), sums=key in _ONE_LINE_EACH)


def _crossed(key: str, dim: tuple[str, str], cells: Iterable[Dims]) -> Iterable[tuple[str, Dims]]:
    return ((key + t04_identified.PROFILE, (dim, *cell)) for cell in cells)


def _situations(report: Report) -> ReportTable:
    """The minors by situation, with sex and age group where they may be seen, over those of T2."""
    table = cut(report, "t5.minors", "child_status", MINORS_SHEET)
    seen = {dims[1:] for key, dims in report.figures if key == "t5.minors_profile"}
    if not seen:
        return table
    cells = [one for one in people_cells(seen) if one[1][1] in AGES_OF_MINORS]
    rows = [
        replace(row, cells=(*_crossed("t5.minors", ("child_status", row.label[1]), cells), *row.cells))
        for row in table.rows[:-1]
    ]
    total = replace(table.rows[-1], cells=(*(("t2.distinct_persons", one) for one in cells), *table.rows[-1].cells))
    return replace(table, columns=(*people_columns(cells), TOTAL_COLUMN), rows=(*rows, total))


def minors(report: Report) -> tuple[ReportTable, ...]:
    """T5: the situations of the minors, what was done for them, how they left."""
    situations = _situations(report)
    settled = [key for key in (SETTLED, SETTLED_RATE) if key in report.keys]
    steps = [key for key in STEPS if (key, TOTAL) in report.figures]
    left = list_of("t5.exits", MINORS_SHEET, EXITS)
    if listed(report, EXITS[0], "exit_reason"):
        left = cut(report, EXITS[0], "exit_reason", MINORS_SHEET, EXITS)
    return situations, list_of("t5", MINORS_SHEET, (*HOSTED[1:], *steps, *settled)), left
