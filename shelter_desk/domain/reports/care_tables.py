"""T4 to T7 and T9 as they are shown, in the window and in the workbook alike."""

from collections.abc import Callable, Iterable, Iterator

from shelter_desk.domain.assistance import type_of
from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.categories import CATEGORIES
from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref, Report
from shelter_desk.domain.reports.held import SESSIONS, TRAININGS
from shelter_desk.domain.reports.identification import BY_PROFILE
from shelter_desk.domain.reports.movements import ADULTS, MINORS
from shelter_desk.domain.reports.referred import INCOMING, NAMES, OUTGOING
from shelter_desk.domain.reports.served import named
from shelter_desk.domain.reports.tables import Column, Label, Row, Table, cut, figure_row, listed, profile_columns

_TOTAL: Label = ("total", "")
IDENTIFICATION, MINORS_SHEET = "05_Identification", "06_Mineurs"
SERVICES, REFERRALS, ACTIVITIES = "07_Services", "08_References", "10_Activites"
_PROVIDERS = ("centre", "partenaire")


def identification(report: Report) -> tuple[Table, ...]:
    """T4: screenings by sex and age group; victims identified by form of exploitation and by who decided."""
    cells = profile_columns(report, BY_PROFILE)
    dims = [one for _, one in cells]
    rows = tuple(figure_row(key, dims) for key in BY_PROFILE)
    by_form = _lines(report, "t4.identified_by_form", "exploitation_form", IDENTIFICATION)
    bodies = _lines(report, "t4.identified_by_body", "status_decided_by", IDENTIFICATION)
    total = Row(_TOTAL, (("t4.new_identified", TOTAL),), strong=True)
    by_body = Table(bodies.name, bodies.sheet, bodies.columns, (*bodies.rows, total), sums=True)
    whole = Table("t4", IDENTIFICATION, tuple(column for column, _ in cells), rows)
    return tuple(one for one in (whole, by_form, by_body) if one is whole or len(one.rows) > one.sums)


def _lines(report: Report, key: str, name: str, sheet: str) -> Table:
    """A figure of which one person may stand on several lines: no total."""
    rows = [Row((name, value), ((key, ((name, value),)),)) for value in listed(report, key, name)]
    return Table(f"{key}.{name}", sheet, (Column(("figure", key)),), tuple(rows))


def minors(report: Report) -> Table:
    """T5."""
    return cut(report, "t5.minors", "child_status", MINORS_SHEET)


def services(report: Report) -> tuple[Table, ...]:
    """T6: sub-types under their types; who was served, by sex and age group and by category."""
    kinds = [one for one in _kinds(report, "t6.events") if type_of(one) == one]
    found = [_services(report)]
    if any(key == "t6.beneficiaries_profile" for key, _ in report.figures):
        found.append(_by_profile(report, kinds))
    if any(key == "t6.beneficiaries_category" for key, _ in report.figures):
        found.append(_by_category(kinds))
    return tuple(found)


def _kinds(report: Report, key: str) -> list[str]:
    """Types in the order of their list, each before its sub-types."""
    place = {one.code: at for at, one in enumerate(codes("service_type"))}
    last = len(place)

    def order(one: str) -> tuple[int, bool, int, str]:
        return place.get(type_of(one), last), one != type_of(one), place.get(one, last), one

    return sorted(listed(report, key, "service_type"), key=order)


def _services(report: Report) -> Table:
    keys: tuple[str, ...] = ("t6.quantity", "t6.events")
    columns = [*(Column(("figure", key)) for key in keys), *(Column(("provider_kind", one)) for one in _PROVIDERS)]
    columns.append(Column(("figure", "t6.beneficiaries")))
    has_cost = any(key == "t6.cost" for key, _ in report.figures)
    if has_cost:
        columns.append(Column(("figure", "t6.cost")))

    def cells(dims: Dims) -> Iterator[Ref]:
        yield from ((key, dims) for key in keys)
        yield from (("t6.provided", (*dims, ("provider_kind", one))) for one in _PROVIDERS)
        yield "t6.beneficiaries", dims
        if has_cost:
            yield "t6.cost", dims

    rows = _grouped(_kinds(report, "t6.events"), cells)
    return Table("t6", SERVICES, tuple(columns), rows)


def _grouped(kinds: list[str], cells: Callable[[Dims], Iterable[Ref]]) -> tuple[Row, ...]:
    """Types with their sub-types below, then everything: live sums where they add up."""
    rows: list[Row] = []
    tops: list[int] = []
    for at, kind in enumerate(kinds):
        is_type = type_of(kind) == kind
        below = [place for place, one in enumerate(kinds) if one != kind and type_of(one) == kind] if is_type else []
        tops += [at] if is_type else []
        label: Label = ("service_type", kind)
        rows.append(Row(label, tuple(cells(named(kind))), "", is_type, not is_type, tuple(below)))
    return (*rows, Row(_TOTAL, tuple(cells(TOTAL)), strong=True, adds=tuple(tops)))


def _by_profile(report: Report, kinds: list[str]) -> Table:
    key = "t6.beneficiaries_profile"
    cells = [(("sex", sex), ("age_group", age)) for sex in ("f", "m") for age in (*MINORS, *ADULTS)]
    seen = {dims[-2:] for one, dims in report.figures if one == key}
    cells += sorted(dims for dims in seen if dims not in cells)  # type: ignore[misc]
    columns = [Column(("age_group", age[1]), sex[1], "total") for sex, age in cells]
    rows = [
        Row(
            ("service_type", kind) if kind else _TOTAL,
            (*((key, (*named(kind), *cell)) for cell in cells), ("t6.beneficiaries", named(kind))),
            strong=not kind,
        )
        for kind in (*kinds, "")
    ]
    return Table(key, SERVICES, (*columns, Column(_TOTAL)), tuple(rows))


def _by_category(kinds: list[str]) -> Table:
    key = "t6.beneficiaries_category"
    columns = [Column(("report_category", one), part_of="total") for one in CATEGORIES]
    rows = [
        Row(
            ("service_type", kind) if kind else _TOTAL,
            (
                *((key, (*named(kind), ("category", one))) for one in CATEGORIES),
                ("t6.beneficiaries", named(kind)),
            ),
            strong=not kind,
        )
        for kind in (*kinds, "")
    ]
    return Table(key, SERVICES, (*columns, Column(_TOTAL)), tuple(rows))


def referrals(report: Report) -> tuple[Table, ...]:
    """T7: those issued beside those received; what was asked for in those issued."""
    columns = tuple(Column(("referral_direction", one)) for one in ("sortante", "entrante"))
    rows = tuple(
        Row(("figure", OUTGOING + name), ((OUTGOING + name, TOTAL), (INCOMING + name, TOTAL)), strong=name == "issued")
        for name in NAMES
    )
    wanted = _lines(report, "t7.issued_by_service", "service_type", REFERRALS)
    return (Table("t7", REFERRALS, columns, rows), *([wanted] if wanted.rows else []))


def activities(report: Report) -> tuple[Table, ...]:
    """T9: activities by type, then trainings of the staff by theme."""
    keys = (*SESSIONS[:2], "t9.participants", *SESSIONS[2:])
    kinds = listed(report, "t9.sessions", "service_type")
    rows = [Row(("service_type", kind), tuple((key, named(kind)) for key in keys)) for kind in kinds]
    total = Row(_TOTAL, tuple((key, TOTAL) for key in keys), strong=True, adds=tuple(range(len(rows))))
    held = Table("t9", ACTIVITIES, tuple(Column(("figure", key)) for key in keys), (*rows, total))
    return held, cut(report, "t9.trainings", "training_theme", ACTIVITIES, TRAININGS)
