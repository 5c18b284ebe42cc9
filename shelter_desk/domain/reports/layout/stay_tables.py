"""The tables of a report as they are shown, in the window and in the workbook alike: which figure stands where.

Here T1 to T3 with the requests for a place, and T8; what all tables are made of.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.categories import CATEGORIES
from shelter_desk.domain.reports.disclosure import is_too_fine
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Ref, known_figures
from shelter_desk.domain.reports.report import Report, shape_of
from shelter_desk.domain.reports.tables.t01_lost_places import LOST
from shelter_desk.domain.reports.tables.t02_movements import (
    ADULTS,
    AGES,
    BALANCE,
    BY_CATEGORY,
    BY_PROFILE,
    ENTRIES,
    MINORS,
    rollup_dims,
)
from shelter_desk.domain.reports.tables.t02_place_requests import BY_PROFILE as REQUESTED
from shelter_desk.domain.reports.tables.t02_place_requests import BY_REASON, PERSONS, REQUESTS
from shelter_desk.domain.reports.tables.t02_typing import KEYS as TYPED
from shelter_desk.domain.reports.tables.t03_profile import ADULTS as OF_AGE
from shelter_desk.domain.reports.tables.t03_profile import AGES as AGES_TWICE
from shelter_desk.domain.reports.tables.t03_profile import AT_ADMISSION, ATTRIBUTES, MARRIED, NEED, NEEDS
from shelter_desk.domain.reports.tables.t08_follow_ups import DUE, HELD, OUTCOME
from shelter_desk.domain.reports.tables.t08_follow_ups import KEYS as FOLLOWED
from shelter_desk.domain.stays.stays import REDIRECTED, VOID

Label = tuple[str, str]
MOVEMENTS = "03_Mouvements"  # the sheet
SEXES = ("f", "m")
CAPACITY = (
    "t1.installed_beds",
    "t1.operational_beds",
    "t1.capacity_bed_nights",
    "t1.unavailable_bed_nights",
    "t1.person_nights",
    "t1.person_nights_in_bed",
    "t1.person_nights_extra",
    "t1.person_nights_shared",
    "t1.absence_nights",
    "t1.absence_nights_held",
    "t1.occupancy_rate",
    "t1.occupancy_rate_held",
    "t1.mean_presence",
    "t1.max_presence",
    "t1.min_presence",
    "t1.overcapacity_nights",
    "t1.overcapacity_by_room",
    LOST,
    "t1.surface_per_person",
    "t1.persons_per_toilet",
    "t1.norm_toilet",
    "t1.persons_per_shower",
    "t1.norm_shower",
    "t1.person_nights_unplaced",
    "t1.overrides",
    "t2.late_entries",
    *TYPED,
    "t2.estimated_ages",
)
_MOVEMENTS = (
    *BALANCE[:2],
    *ENTRIES,
    *BALANCE[2:],
    "t2.changes",
    "t2.distinct_persons",
    "t2.new_persons",
    "t2.redirected",
    *BY_PROFILE[BY_PROFILE.index("t2.person_nights") :],
)
_COUNTED_IN_SETTINGS = frozenset({"t1.persons_per_toilet", "t1.persons_per_shower"})


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """One column. label: list and code for `words.reports`; group: the heading above, the same for neighbours.

    part_of: the column into whose sum this one goes, empty for none. strong: the one that a reader looks for.
    """

    label: Label
    group: str = ""
    part_of: str = ""
    strong: bool = False


TOTAL_LABEL: Label = ("total", "")
TOTAL_COLUMN = FigureColumn(TOTAL_LABEL)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row. letter: as readers call it; cells: one reference a column, None where only a sum stands.

    adds: the places of the rows whose sum this one is, in the columns that add up.
    said: words that stand in the cells instead of figures, one a column where there are any, None for a figure.
    """

    label: Label
    cells: tuple[Ref | None, ...]
    letter: str = ""
    strong: bool = False
    indented: bool = False
    adds: tuple[int, ...] = ()
    said: tuple[Label | None, ...] = ()

    def words_at(self, place: int) -> Label | None:
        """The words of that column, None where its figure stands."""
        return self.said[place] if place < len(self.said) else None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A block of rows under common columns; `sums` says that the last row is the sum of the others."""

    name: str
    sheet: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[FigureRow, ...]
    sums: bool = False


def capacity(report: Report) -> ReportTable:
    """T1: one column."""
    given = [key for key in CAPACITY if key not in (*TYPED, LOST) or (key, TOTAL) in report.figures]
    table = list_of("t1", "02_Capacite", given)
    # persons a toilet or shower are not known before somebody wrote how many there are
    unknown = {key for key in _COUNTED_IN_SETTINGS if report.value(key) is None}
    said: tuple[Label, ...] = (("figure", NOT_RECORDED),)
    return replace(table, rows=tuple(replace(r, said=said) if r.label[1] in unknown else r for r in table.rows))


def movements(report: Report) -> ReportTable:
    """T2 by sex and age group."""
    cells = profile_columns(report, BY_PROFILE)
    dims = [one for _, one in cells]
    return ReportTable("t2", MOVEMENTS, tuple(c for c, _ in cells), tuple(figure_row(key, dims) for key in _MOVEMENTS))


def profile_columns(report: Report, keys: Iterable[str]) -> list[tuple[FigureColumn, Dims]]:
    """Sex and age groups, their subtotals and the total; what was not recorded only where it is not empty."""
    cells: list[tuple[FigureColumn, Dims]] = []
    for sex, minors, adults in (("f", "filles", "femmes"), ("m", "garcons", "hommes")):
        for ages, name in ((MINORS, minors), (ADULTS, adults)):
            cells += [(FigureColumn(("age_group", age), sex, name), (("sex", sex), ("age_group", age))) for age in ages]
    for name in ("filles", "garcons", "femmes", "hommes"):
        cells.append((FigureColumn(("rollup", name), "subtotals", "total"), rollup_dims(name)))
    if any(report.value(key, *rollup_dims("nr")) for key in keys):
        cells.append((FigureColumn(("rollup", "nr"), "subtotals", "total"), rollup_dims("nr")))
    cells.append((TOTAL_COLUMN, TOTAL))
    return cells


def people_cells(seen: Iterable[Dims]) -> list[Dims]:
    """Women and men in every age group, the same from month to month, with what else is seen beside its sex."""
    cells: set[Dims] = {(("sex", sex), ("age_group", age)) for sex in ("f", "m") for age in (*MINORS, *ADULTS)}
    return sorted(cells | set(seen), key=lambda dims: (dims[0][1], AGES.index(dims[1][1])))


def people_columns(cells: Iterable[Dims]) -> tuple[FigureColumn, ...]:
    """Their columns, which add up to the total."""
    return tuple(FigureColumn(("age_group", age[1]), sex[1], "total") for sex, age in cells)


def categories() -> ReportTable:
    """T2, second block: every category, then their total."""
    rows = [row_of("category", one, BY_CATEGORY) for one in CATEGORIES]
    columns, total = figure_columns(BY_CATEGORY), totals_of(BY_CATEGORY)
    return ReportTable("t2_categories", MOVEMENTS, columns, (*rows, total), sums=True)


def profile(report: Report) -> tuple[ReportTable, ...]:
    """T3: each way of cutting the persons hosted, and the entries by who sent them."""
    return (
        _nationalities(report),
        cut(report, "t3.persons", "migration_situation", "04_Profil"),
        cut(report, "t3.persons", "region_origin", "04_Profil"),
        *(cut(report, "t3.persons", name, "04_Profil") for name in ATTRIBUTES if listed(report, "t3.persons", name)),
        *_ages(report),
        # not all of them have these; several needs of one person may add up to more
        *(
            replace(cut(report, key, name, "04_Profil"), sums=key == OF_AGE)
            for key, name in ((OF_AGE, MARRIED), (NEEDS, NEED))
            if listed(report, key, name)
        ),
        cut(report, "t3.entries", "referral_source", "04_Profil"),
    )


def _ages(report: Report) -> tuple[ReportTable, ...]:
    """Persons by their age at the admission, one line each, and on the day they are read; only where it may be seen."""
    rows = []
    for then in listed(report, AGES_TWICE, AT_ADMISSION):
        dim = (AT_ADMISSION, then)
        cells: list[Ref] = [*((AGES_TWICE, (dim, ("age_group", age))) for age in AGES), (AGES_TWICE, (dim,))]
        rows.append(FigureRow((LISTS[AT_ADMISSION], then), tuple(cells)))
    if not rows:
        return ()
    columns = (*(FigureColumn(("age_group", age), part_of="total") for age in AGES), TOTAL_COLUMN)
    total = total_row((*(None for _ in AGES), ("t2.distinct_persons", TOTAL)))
    return (ReportTable(f"{AGES_TWICE}.{AT_ADMISSION}", "04_Profil", columns, (*rows, total), sums=True),)


def exits(report: Report) -> tuple[ReportTable, ...]:
    """T8: by reason with nights, by destination, planned or not, and reasons by sex and age where they may be seen."""
    keys = ("t8.exits", "t8.nights", "t8.mean_stay")
    return tuple(
        table
        for table in (
            cut(report, "t8.exits", "exit_reason", "09_Sorties", keys),
            cut(report, "t8.exits", "exit_destination", "09_Sorties"),
            _planned(report),
            _followed(report),
            _reasons_by_profile(report),
        )
        if table is not None
    )


def _followed(report: Report) -> ReportTable | None:
    """Follow-ups due, held and by outcome; nothing for the public."""
    if (DUE, TOTAL) not in report.figures:
        return None
    rows = list_of("t8.follow_ups", "09_Sorties", FOLLOWED).rows
    outcomes = [row_of(OUTCOME, value, (HELD,)) for value in listed(report, HELD, OUTCOME)]
    return ReportTable("t8.follow_ups", "09_Sorties", (TOTAL_COLUMN,), (*rows, *outcomes))


def figure_columns(keys: Iterable[str]) -> tuple[FigureColumn, ...]:
    """Columns that are called like their figures."""
    return tuple(FigureColumn(("figure", key)) for key in keys)


def total_row(cells: Iterable[Ref | None]) -> FigureRow:
    """The row of what all the others are together."""
    return FigureRow(TOTAL_LABEL, tuple(cells), strong=True)


def totals_of(keys: Iterable[str]) -> FigureRow:
    """The row of the totals of these figures, one a column."""
    return total_row((key, TOTAL) for key in keys)


def row_of(name: str, value: str, keys: Iterable[str]) -> FigureRow:
    """The row of one code of a dim, a figure a column."""
    return FigureRow((LISTS.get(name, name), value), tuple((key, ((name, value),)) for key in keys))


def list_of(name: str, sheet: str, keys: Iterable[str]) -> ReportTable:
    """Totals of figures under each other, in one column."""
    return ReportTable(name, sheet, (TOTAL_COLUMN,), tuple(figure_row(key, [TOTAL]) for key in keys))


def figure_row(key: str, dims: Iterable[Dims]) -> FigureRow:
    """A row that is called like its figure."""
    known, cells = known_figures()[key], tuple((key, one) for one in dims)
    return FigureRow(("figure", key), cells, known.letter, known.line == "strong", known.line == "indented")


def cut(report: Report, key: str, name: str, sheet: str, keys: tuple[str, ...] = ()) -> ReportTable:
    """A figure, or several, by one dim, with the total as the sum of the lines."""
    keys = keys or (key,)
    rows = [row_of(name, value, keys) for value in lined(report, key, name)]
    return ReportTable(f"{key}.{name}", sheet, figure_columns(keys), (*rows, totals_of(keys)), sums=True)


def _nationalities(report: Report) -> ReportTable:
    table = cut(report, "t3.persons", "nationality", "04_Profil")
    sexes = listed(report, "t3.persons_by_sex", "sex", 1)
    if not sexes:
        return table
    columns = (*(FigureColumn(("sex", sex), part_of="total") for sex in sexes), *table.columns)
    rows = [
        FigureRow(
            row.label,
            (*(("t3.persons_by_sex", (("nationality", row.label[1]), ("sex", sex))) for sex in sexes), *row.cells),
        )
        for row in table.rows[:-1]
    ]
    summed = total_row((*(None for _ in sexes), *table.rows[-1].cells))
    return ReportTable(table.name, table.sheet, columns, (*rows, summed), sums=True)


def _planned(report: Report) -> ReportTable | None:
    table = cut(report, "t8.exits_planned", "planned", "09_Sorties")
    rows, columns = (*table.rows[:-1], totals_of(["t8.exits"])), figure_columns(["t8.exits"])
    return replace(table, name="t8.exits_planned", columns=columns, rows=rows) if len(rows) > 1 else None


def _reasons_by_profile(report: Report) -> ReportTable | None:
    reasons = listed(report, "t8.exits_profile", "exit_reason")
    if not reasons:
        return None
    cells = [(sex, age) for sex in ("f", "m") for age in (*MINORS, *ADULTS)]
    seen = {dims[1:] for key, dims in report.figures if key == "t8.exits_profile"}
    others = sorted(dims for dims in seen if (dims[0][1], dims[1][1]) not in cells)
    dims = [(("sex", sex), ("age_group", age)) for sex, age in cells] + others
    columns = [FigureColumn(("age_group", age[1]), sex[1], "total") for sex, age in dims]
    rows = [
        FigureRow(
            ("exit_reason", reason),
            (
                *(("t8.exits_profile", (("exit_reason", reason), *one)) for one in dims),
                ("t8.exits", (("exit_reason", reason),)),
            ),
        )
        for reason in reasons
    ]
    return ReportTable("t8.exits_profile", "09_Sorties", (*columns, TOTAL_COLUMN), tuple(rows))


LISTS = {
    "age_at_admission": "age_group",
    "region_origin": "region_ml",
    "category": "report_category",
    "severity": "incident_severity",
    "exploitation_country": "country",
    "country_last": "country",
    "exploitation_region": "region_ml",
    "move_type": "stock_move_type",
}


def listed(report: Report, key: str | tuple[str, ...], name: str, place: int = 0) -> list[str]:
    """The values that stand in the figures, in the order of their list, those outside it last."""
    keys = (key,) if isinstance(key, str) else key
    found = {
        dims[place][1] for one, dims in report.figures if one in keys and len(dims) > place and dims[place][0] == name
    }
    try:
        known = {one.code: at for at, one in enumerate(codes(LISTS.get(name, name)))}
    except KeyError:
        known = {"yes": 0, "no": 1}
    return sorted(found, key=lambda value: (known.get(value, len(known)), value))


# Mali and its neighbours, whose lines always stand; others as they come
NEIGHBOURS = ("ML", "DZ", "BF", "CI", "GN", "MR", "NE", "SN")
# lists that are the same in every month, so that their lines are: as many as a month of twenty beds has room for
_FIXED = frozenset(
    {
        "child_status",
        "exit_destination",
        "exit_reason",
        "migration_situation",
        "nationality",
        "planned",
        "service_type",
    }
)


_NEVER_COUNTED = frozenset({VOID, REDIRECTED})  # reasons of exits that are none


def lined(report: Report, key: str, name: str) -> list[str]:
    """The values that have a line: those that stand in the figures and, of a list that is fixed, its others.

    A line is added where its zero tells no more than its want would: not where a line of the figure is hidden or left
    out, nor at a level that is not given the figure.
    """
    found = listed(report, key, name)
    shape = (key, (name,))
    given = not is_too_fine((key, ((name, ""),)), report.profile) and shape not in report.left_out
    if name not in _FIXED or not given or any(shape_of(ref) == shape for ref in report.hidden):
        return found
    known = () if name == "planned" else codes(name)
    order = [one.code for one in known if one.active] or ["yes", "no"]
    fixed = NEIGHBOURS if name == "nationality" else [one for one in order if one not in _NEVER_COUNTED]
    if name == "service_type":
        fixed = [one.code for one in known if one.active and not one.parent]
    return sorted({*found, *fixed}, key=lambda one: (order.index(one) if one in order else len(order), one))


def requests(report: Report) -> tuple[ReportTable, ...]:
    """Requests and persons from the start to the end, refusals by reason, persons by sex and age.

    Nothing where none was ever noted, nor for the public; outside the house the cuts stand where no cell is small.
    """
    if (REQUESTS[0], TOTAL) not in report.figures:
        return ()
    tables = (_requested(report), _refused(report), _requested_people(report))
    return tuple(table for table in tables if table is not None)


def _requested(report: Report) -> ReportTable:
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
    return ReportTable("t2_requests", MOVEMENTS, columns, rows)


def _refused(report: Report) -> ReportTable | None:
    rows = [row_of("request_reason", reason, BY_REASON) for reason in listed(report, BY_REASON, "request_reason")]
    columns = (FigureColumn(("requests", "requests")), FigureColumn(("requests", "persons")))
    last = totals_of(["t2.requests_refused", "t2.requested_refused"])
    return ReportTable("t2_requests_reasons", MOVEMENTS, columns, (*rows, last), sums=True) if rows else None


def _requested_people(report: Report) -> ReportTable | None:
    seen = {dims[1][1] for key, dims in report.figures if key == REQUESTED}
    rows = [
        FigureRow(("age_group", age), (*((REQUESTED, (("sex", sex), ("age_group", age))) for sex in SEXES),))
        for age in AGES
        if age in seen
    ]
    columns = tuple(FigureColumn(("sex", sex)) for sex in SEXES)
    rows.append(total_row(None for _ in SEXES))
    return ReportTable("t2_requests_people", MOVEMENTS, columns, tuple(rows), sums=True) if len(rows) > 1 else None
