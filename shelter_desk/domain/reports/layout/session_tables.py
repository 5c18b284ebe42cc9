"""T9 as it is shown: activities, each session, trainings of the staff (field 3.15, 4.3)."""

from collections.abc import Iterable
from dataclasses import replace

from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Ref
from shelter_desk.domain.reports.layout.stay_tables import (
    TOTAL_COLUMN,
    FigureColumn,
    FigureRow,
    Label,
    ReportTable,
    figure_columns,
    figure_row,
    listed,
    people_cells,
    people_columns,
    row_of,
    total_row,
    totals_of,
)
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t02_movements import ROLLUPS, rollup_dims
from shelter_desk.domain.reports.tables.t09_activities import (
    ATTENDED,
    BY_SEX,
    OTHERS,
    PROFILE,
    SCORES,
    SENSITISED,
    SESSIONS,
    STAFF_TOTALS,
    TESTED,
    TRAININGS,
    Session,
    of_session,
)

ACTIVITIES = "10_Activites"
_KEYS = (*SESSIONS[:2], "t9.participants", *SESSIONS[2:])
_SAID = ("day", "training_theme", "audience", "facilitators", "hours")


def activities(report: Report) -> tuple[ReportTable, ...]:
    """Activities by type, for whom and by theme; who was there; the list of sessions; trainings of the staff apart."""
    found = [_by(report, "service_type", "t9")]
    for name in ("audience", "training_theme"):
        values = listed(report, "t9.sessions", name)
        if [one for one in values if one != NOT_RECORDED]:
            found.append(_by(report, name, f"t9.{name}"))
    found += [*_profiles(report), *_sensitised(report), *_listed(report), _trainings(report)]
    return tuple(found)


def _by(report: Report, name: str, table: str) -> ReportTable:
    values = listed(report, "t9.sessions", name)
    rows = [row_of(name, value, _KEYS) for value in values]
    total = replace(totals_of(_KEYS), adds=tuple(range(len(rows))))
    return ReportTable(table, ACTIVITIES, figure_columns(_KEYS), (*rows, total))


def _cells(report: Report, key: str, place: int = 0) -> list[Dims]:
    """The cells of sex and age group that stand in a figure, in their order."""
    seen = {dims[place:] for one, dims in report.figures if one == key and dims[place:] and dims[place][0] == "sex"}
    return people_cells(seen) if seen else []


def _profiles(report: Report) -> tuple[ReportTable, ...]:
    keys = ("t9.participations", "t9.participants", "t9.person_hours")
    cells = _cells(report, keys[0])
    rows = tuple(FigureRow(("figure", key), (*((key, dims) for dims in cells), (key, TOTAL))) for key in keys)
    return (ReportTable("t9.profile", ACTIVITIES, (*people_columns(cells), TOTAL_COLUMN), rows),) if cells else ()


def _sensitised(report: Report) -> tuple[ReportTable, ...]:
    """Who was made aware of the risks, girls, boys, women and men where that may be seen."""
    if (SENSITISED, TOTAL) not in report.figures:
        return ()
    unknown = report.value(SENSITISED, *rollup_dims("nr"))
    people = [one for one in ROLLUPS if one != "nr" or unknown] if report.profile in ("interne", "convention") else []
    columns = (*(FigureColumn(("rollup", one), part_of="total") for one in people), TOTAL_COLUMN)
    row = figure_row(SENSITISED, (*map(rollup_dims, people), TOTAL))
    return (ReportTable(SENSITISED, ACTIVITIES, columns, (row,)),)


def _listed(report: Report) -> tuple[ReportTable, ...]:
    """One line a session; who was there by sex and age group in a table of its own, where that may be seen."""
    said = [name for name in _SAID if name != "facilitators" or any(one.facilitators for one in report.sessions)]
    columns = (*_heads(said), TOTAL_COLUMN, *figure_columns(OTHERS))
    rows = tuple(_session(one, said, [ATTENDED, *OTHERS]) for one in report.sessions)
    cells = _cells(report, PROFILE, 1)
    people = (*_heads(_SAID[:1]), *people_columns(cells), TOTAL_COLUMN)
    whom = []
    for one in report.sessions:
        if one.audience != "personnel":
            row, dims = _session(one, [_SAID[0]], [ATTENDED]), of_session(one.activity_no)
            whom.append(replace(row, cells=(None, *((PROFILE, (*dims, *cell)) for cell in cells), *row.cells[1:])))
    found = (ReportTable("t9.list", ACTIVITIES, columns, rows),) if rows else ()
    return (*found, ReportTable("t9.list_profile", ACTIVITIES, people, tuple(whom))) if cells else found


def _heads(said: Iterable[str]) -> tuple[FigureColumn, ...]:
    return tuple(FigureColumn(("session", name)) for name in said)


def _session(one: Session, said: list[str], keys: list[str]) -> FigureRow:
    known: dict[str, Label] = {
        "day": ("day", one.held_on.isoformat()),
        "training_theme": ("training_theme", one.theme),
        "audience": ("audience", one.audience),
        "facilitators": ("plain", one.facilitators),
        "hours": ("hours", "" if one.hours is None else str(one.hours)),
    }
    here: list[Ref] = [(key, of_session(one.activity_no)) for key in keys]
    words = tuple(known[name] for name in said)
    return FigureRow(("service_type", one.service_type), (*(None for _ in words), *here), said=words)


def _trainings(report: Report) -> ReportTable:
    """By theme: sessions, staff present by sex, hours, and the means of the tests beside how many took them.

    The public sees by theme how many sessions and participations there were.
    """
    sexes = [
        one for one in ("f", "m", "u") if any(key == BY_SEX and dims[-1][1] == one for key, dims in report.figures)
    ]
    tested = (*STAFF_TOTALS[:2], TESTED[0], SCORES[0], TESTED[1], SCORES[1])
    keys = TRAININGS if report.profile == "public" else (*TRAININGS, *tested)

    def cells(dims: Dims) -> tuple[Ref, ...]:
        by_sex: list[Ref] = [(BY_SEX, (*dims, ("sex", one))) for one in sexes]
        return (*((key, dims) for key in keys[:2]), *by_sex, *((key, dims) for key in keys[2:]))

    themes = listed(report, "t9.trainings", "training_theme")
    rows = [FigureRow(("training_theme", theme), cells((("training_theme", theme),))) for theme in themes]
    total = replace(total_row(cells(TOTAL)), adds=tuple(range(len(rows))))
    of_sexes = (FigureColumn(("sex", one)) for one in sexes)
    heads = (*figure_columns(keys[:2]), *of_sexes, *figure_columns(keys[2:]))
    return ReportTable("t9.trainings.training_theme", ACTIVITIES, heads, (*rows, total))
