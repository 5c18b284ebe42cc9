"""T6 and T7 as they are shown, in the window and in the workbook alike."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from shelter_desk.domain.assistance.assistance import MEAL, type_of
from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.categories import CATEGORIES
from shelter_desk.domain.reports.disclosure import is_too_fine
from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref
from shelter_desk.domain.reports.layout.stay_tables import (
    TOTAL_COLUMN,
    TOTAL_LABEL,
    FigureColumn,
    FigureRow,
    Label,
    ReportTable,
    cut,
    figure_columns,
    figure_row,
    lined,
    listed,
    people_cells,
    people_columns,
    row_of,
    totals_of,
)
from shelter_desk.domain.reports.report import Report, is_mixed
from shelter_desk.domain.reports.tables.t06_services import (
    BY_DONOR,
    CATEGORY,
    COST,
    NOT_HOSTED,
    OF_VICTIMS,
    PER_NIGHT,
    PROFILE,
    SUB_CATEGORY,
    SUB_PROFILE,
    named,
)
from shelter_desk.domain.reports.tables.t07_legal_steps import COMPLAINTS, OTHERS, STEP
from shelter_desk.domain.reports.tables.t07_referrals import BY_PARTNER, BY_SERVICE, INCOMING, NAMES, OUTGOING, WHAT
from shelter_desk.domain.reports.tables.t07_referrals import BY_PROFILE as REFERRED
from shelter_desk.domain.reports.tables.t09_activities import GUESTS

_NOTHING: Label = ("plain", "")
SERVICES, REFERRALS = "07_Services", "08_References"
_PROVIDERS = ("centre", "partenaire")


def services(report: Report) -> tuple[ReportTable, ...]:
    """T6: sub-types under their types; meals to residents and to guests, and who was helped without being hosted; who
    was served, by sex and age group and by category.
    """
    victims = [key for key in OF_VICTIMS if (key, TOTAL) in report.figures]
    others = (
        *(FigureRow(("figure", key), ((key, TOTAL),)) for key in victims),
        FigureRow(("service_type", MEAL), (("t6.quantity", named(MEAL)),)),
        FigureRow(("figure", GUESTS), ((GUESTS, TOTAL),)),
        FigureRow(("figure", NOT_HOSTED), ((NOT_HOSTED, TOTAL),)),
        FigureRow(("figure", PER_NIGHT), ((PER_NIGHT, TOTAL),)),
    )
    found = [_services(report), ReportTable("t6.others", SERVICES, (TOTAL_COLUMN,), others)]
    shown = {key for key, _ in report.figures}
    of_victims = OF_VICTIMS[0] in shown
    if PROFILE in shown:
        cells = people_cells(dims[-2:] for one, dims in report.figures if one in (PROFILE, SUB_PROFILE))
        kinds = _cut(report, SUB_PROFILE in shown)
        rows = tuple(_persons(kind, PROFILE if _is_type(kind) else SUB_PROFILE, cells) for kind in (*kinds, ""))
        found.append(ReportTable(PROFILE, SERVICES, (*people_columns(cells), TOTAL_COLUMN), rows))
    if CATEGORY in shown:
        cells = [(("category", one),) for one in CATEGORIES]
        kinds = _cut(report, SUB_CATEGORY in shown)
        columns = [FigureColumn(("report_category", one), part_of="total") for one in CATEGORIES]
        rows = tuple(_persons(kind, CATEGORY if _is_type(kind) else SUB_CATEGORY, cells) for kind in (*kinds, ""))
        if of_victims:  # beside the victims among the persons, what they were given
            columns += figure_columns(OF_VICTIMS[:1])
            rows = tuple(
                replace(row, cells=(*row.cells[:-1], (OF_VICTIMS[0], named(kind)), row.cells[-1]))
                for row, kind in zip(rows, (*kinds, ""), strict=True)
            )
        found.append(ReportTable(CATEGORY, SERVICES, (*columns, TOTAL_COLUMN), rows))
    return tuple(found + cost_by_donor(report))


def cost_by_donor(report: Report) -> list[ReportTable]:
    """Who paid for the services, and their cost in all; nothing where nothing cost anything."""
    if not any(key == BY_DONOR for key, _ in report.figures):
        return []
    donors = cut(report, BY_DONOR, "donor", SERVICES)
    return [replace(donors, columns=figure_columns([COST]), rows=(*donors.rows[:-1], totals_of([COST])))]


def _cut(report: Report, with_sub_types: bool) -> list[str]:
    """The types whose persons are cut, each before its sub-types where these may be seen."""
    return [one for one in _kinds(report, "t6.events") if with_sub_types or type_of(one) == one]


def _kinds(report: Report, key: str) -> list[str]:
    """Types in the order of their list, each before its sub-types."""
    place = {one.code: at for at, one in enumerate(codes("service_type"))}
    last = len(place)

    def order(one: str) -> tuple[int, bool, int, str]:
        return place.get(type_of(one), last), one != type_of(one), place.get(one, last), one

    return sorted(lined(report, key, "service_type"), key=order)


def _services(report: Report) -> ReportTable:
    keys: tuple[str, ...] = ("t6.quantity", "t6.events")
    columns = [
        FigureColumn(("unit", "")),
        *figure_columns(keys),
        *(FigureColumn(("provider_kind", one)) for one in _PROVIDERS),
        *figure_columns(["t6.beneficiaries"]),
    ]
    has_cost = any(key == "t6.cost" for key, _ in report.figures)
    if has_cost:
        columns += figure_columns(["t6.cost"])

    def cells(dims: Dims) -> Iterator[Ref | None]:
        yield None
        yield from ((key, dims) for key in keys)
        yield from (("t6.provided", (*dims, ("provider_kind", one))) for one in _PROVIDERS)
        yield "t6.beneficiaries", dims
        if has_cost:
            yield "t6.cost", dims

    rows = _grouped(report, _kinds(report, "t6.events"), cells)
    return ReportTable("t6", SERVICES, tuple(columns), rows)


def _grouped(report: Report, kinds: list[str], cells: Callable[[Dims], Iterable[Ref | None]]) -> tuple[FigureRow, ...]:
    """Types with their sub-types below, then everything: live sums where they add up."""
    rows: list[FigureRow] = []
    tops: list[int] = []
    for at, kind in enumerate(kinds):
        is_type = type_of(kind) == kind
        below = [place for place, one in enumerate(kinds) if one != kind and type_of(one) == kind] if is_type else []
        tops += [at] if is_type else []
        label: Label = ("service_type", kind)
        row = FigureRow(label, tuple(cells(named(kind))), "", is_type, not is_type, tuple(below))
        rows.append(_of_one_unit(report, row, kinds[below[0]] if below else kind))
    whole = FigureRow(TOTAL_LABEL, tuple(cells(TOTAL)), strong=True, adds=tuple(tops))
    return (*rows, _of_one_unit(report, whole, ""))


def _of_one_unit(report: Report, row: FigureRow, counted_in: str) -> FigureRow:
    """The row with its unit, or with neither unit nor quantity where it adds different ones; these stand first."""
    if not any(ref is not None and is_mixed(report, ref) for ref in row.cells):
        return replace(row, said=(("unit_of", counted_in),))
    cells = tuple(None if ref is not None and is_mixed(report, ref) else ref for ref in row.cells)
    return replace(row, cells=cells, said=(_NOTHING, _NOTHING))


def _is_type(kind: str) -> bool:
    return not kind or type_of(kind) == kind


def _persons(kind: str, key: str, cells: Iterable[Dims]) -> FigureRow:
    """The persons given something, cell by cell, and all of them."""
    label: Label = ("service_type", kind) if kind else TOTAL_LABEL
    found: tuple[Ref, ...] = tuple((key, (*named(kind), *cell)) for cell in cells)
    whole: Ref = ("t6.beneficiaries", named(kind))
    return FigureRow(label, (*found, whole), "", _is_type(kind), not _is_type(kind))


def referrals(report: Report) -> tuple[ReportTable, ...]:
    """T7: those issued beside those received; what was asked for in those issued."""
    columns = tuple(FigureColumn(("referral_direction", one)) for one in ("sortante", "entrante"))
    rows = tuple(
        FigureRow(
            ("figure", OUTGOING + name), ((OUTGOING + name, TOTAL), (INCOMING + name, TOTAL)), strong=name == "issued"
        )
        for name in NAMES
    )
    return (
        ReportTable("t7", REFERRALS, columns, rows),
        *_happened_by(report, BY_SERVICE, "service_type"),
        *_happened_by(report, BY_PARTNER, "partner_type"),
        *_before_courts(report),
        *_by_people(report),
    )


def _happened_by(report: Report, keys: tuple[str, ...], name: str) -> tuple[ReportTable, ...]:
    """Issued beside served. Of services there may be several, of structures there is one: only these add up."""
    keys = tuple(key for key in keys if not is_too_fine((key, TOTAL), report.profile))
    found = dict.fromkeys(value for key in keys for value in listed(report, key, name))
    rows = [row_of(name, value, keys) for value in found]
    columns = figure_columns(f"t7.{what}" for what in WHAT[: len(keys)])
    if keys == BY_PARTNER:
        rows.append(totals_of(f"t7.{what}" for what in WHAT))
    return (
        (ReportTable(f"{keys[0]}.{name}", REFERRALS, columns, tuple(rows), sums=keys == BY_PARTNER),) if found else ()
    )


def _before_courts(report: Report) -> tuple[ReportTable, ...]:
    """Complaints filed, then the other steps there were; nothing for the public."""
    if (COMPLAINTS, TOTAL) not in report.figures:
        return ()
    rows = (figure_row(COMPLAINTS, [TOTAL]), *(row_of(STEP, one, (OTHERS,)) for one in listed(report, OTHERS, STEP)))
    return (ReportTable(OTHERS, REFERRALS, (TOTAL_COLUMN,), rows),)


def _by_people(report: Report) -> tuple[ReportTable, ...]:
    keys = (*REFERRED, COMPLAINTS)
    seen = {dims for key, dims in report.figures if key in keys and dims}
    cells = people_cells(seen) if seen else []
    columns = (*people_columns(cells), TOTAL_COLUMN)
    rows = tuple(
        FigureRow(("figure", f"t7.{what}"), (*((key, dims) for dims in cells), (f"t7.{what}", TOTAL)))
        for what, key in zip(WHAT, REFERRED, strict=True)
    )
    if any(key == COMPLAINTS and dims for key, dims in report.figures):
        rows = (*rows, figure_row(COMPLAINTS, (*cells, TOTAL)))
    return (ReportTable(REFERRED[0], REFERRALS, columns, rows),) if cells else ()
