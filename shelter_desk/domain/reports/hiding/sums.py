"""Which figures of a report add up to which: what a reader could subtract to get a hidden one back."""

from collections.abc import Iterable, Iterator

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.figures import TOTAL, Ref, kind_of
from shelter_desk.domain.reports.hiding.care_sums import care
from shelter_desk.domain.reports.hiding.subtracting import Sum, refs, true
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t02_movements import (
    BALANCE,
    BY_CATEGORY,
    BY_PROFILE,
    ENTRIES,
    ROLLUPS,
    rollup,
    rollup_dims,
)
from shelter_desk.domain.reports.tables.t03_profile import ADULTS, ATTRIBUTES, MARRIED, NEED, NEEDS
from shelter_desk.domain.reports.tables.t04_identification import BY_PROFILE as SCREENED


def sums(report: Report) -> list[Sum]:
    """Every relation between printed figures: rows, columns, subtotals, the balance, and figures that are repeated."""
    return [*_rows(report), *_columns(report), *_nights(report), *_profiles(report), *_repeated(), *care(report)]


def _rows(report: Report) -> Iterator[Sum]:
    """Along a row: cells to subtotals, subtotals to the total, cells to the total, categories to the total."""
    for key in (*BY_PROFILE, *SCREENED):
        if kind_of(key) == "median":
            continue
        cells = refs(report, key, "sex", 2)
        for name in ROLLUPS:
            yield Sum(tuple(ref for ref in cells if rollup(ref[1]) == name), (key, rollup_dims(name)))
        yield Sum(tuple((key, rollup_dims(name)) for name in ROLLUPS), (key, TOTAL))
        yield Sum(cells, (key, TOTAL))
    for key in BY_CATEGORY:
        yield Sum(refs(report, key, "category"), (key, TOTAL))


def _columns(report: Report) -> Iterator[Sum]:
    """Down a column: a + b − c = d, b by kind of entry, persons from a and b, new persons from b."""
    printed = (*report.figures, *report.subtotals)
    cells = dict.fromkeys([TOTAL, *(dims for key, dims in printed if key in BY_PROFILE)])
    start, entries, exits, end = BALANCE
    for dims in cells:
        yield Sum(((start, dims), (entries, dims), (exits, dims), (end, dims)))
        persons = Sum(((start, dims), (entries, dims)), ("t2.distinct_persons", dims))
        yield from true(report, persons)
        if dims and dims[0][0] == "category":
            continue
        yield Sum(tuple((key, dims) for key in ENTRIES), (entries, dims))
        first, again, received, births = ENTRIES
        new = ("t2.new_persons", dims)
        yield from true(report, Sum((new, (again, dims)), (entries, dims)))
        yield from true(report, Sum(((first, dims), (received, dims), (births, dims)), new))


def _nights(report: Report) -> Iterator[Sum]:
    total: Ref = ("t1.person_nights", TOTAL)
    in_bed, extra, shared = (_one(f"t1.person_nights_{place}") for place in ("in_bed", "extra", "shared"))
    held, rate, held_rate = (
        _one(f"t1.{name}") for name in ("absence_nights_held", "occupancy_rate", "occupancy_rate_held")
    )
    yield Sum((in_bed, extra, shared), total)
    yield Sum((in_bed, extra), rate)
    yield Sum((in_bed, extra, held), held_rate)
    yield Sum((held, held_rate), rate)
    yield Sum(refs(report, "t1.presence", "night"), total)
    yield Sum((("t1.mean_presence", TOTAL),), total)
    for key in ("t1.max_presence", "t1.min_presence"):
        for marked in refs(report, f"{key}_night", "night"):
            yield Sum((marked,), (key, TOTAL))
            yield Sum((marked,), ("t1.presence", marked[1]))
    yield Sum((("t1.surface_per_person", TOTAL),), ("t1.max_presence", TOTAL))


def _one(key: str) -> Ref:
    return key, TOTAL


def _profiles(report: Report) -> Iterator[Sum]:
    for name in ("nationality", "migration_situation", "region_origin", *ATTRIBUTES):
        yield Sum(refs(report, "t3.persons", name), ("t3.persons", TOTAL))
    yield Sum(refs(report, ADULTS, MARRIED), (ADULTS, TOTAL))
    yield from true(report, Sum(refs(report, NEEDS, NEED), (NEEDS, TOTAL)))
    yield Sum(refs(report, "t3.entries", "referral_source"), ("t3.entries", TOTAL))
    for key in ("t8.exits", "t8.nights", "t8.mean_stay"):
        yield Sum(refs(report, key, "exit_reason"), (key, TOTAL))
    yield Sum(refs(report, "t8.exits", "exit_destination"), ("t8.exits", TOTAL))
    yield from _sexes(report)
    yield from _planned(report)


def _sexes(report: Report) -> Iterator[Sum]:
    split = refs(report, "t3.persons_by_sex", "nationality", 2)
    for nationality in dict.fromkeys(ref[1][0] for ref in split):
        yield Sum(tuple(ref for ref in split if ref[1][0] == nationality), ("t3.persons", (nationality,)))
    for sex in dict.fromkeys(ref[1][1] for ref in split):
        cells = [ref for ref in refs(report, "t2.distinct_persons", "sex", 2) if ref[1][0] == sex]
        yield Sum((*(ref for ref in split if ref[1][1] == sex), *cells))


def _planned(report: Report) -> Iterator[Sum]:
    parts = refs(report, "t8.exits_planned", "planned")
    if not parts:
        return
    planned = {one.code for one in codes("exit_reason") if one.extra.get("planned") == "yes"}
    reasons = refs(report, "t8.exits", "exit_reason")
    yield Sum(parts, ("t8.exits", TOTAL))
    for part in parts:
        is_planned = part[1][0][1] == "yes"
        yield Sum(tuple(ref for ref in reasons if (ref[1][0][1] in planned) == is_planned), part)


def _repeated() -> Iterator[Sum]:
    """The same number in two tables."""
    pairs: Iterable[tuple[str, str]] = (
        ("t1.person_nights", "t2.person_nights"),
        ("t2.entries", "t3.entries"),
        ("t2.distinct_persons", "t3.persons"),
        ("t2.exits", "t8.exits"),
        ("t2.mean_stay", "t8.mean_stay"),
    )
    for left, right in pairs:
        yield Sum((_one(left),), _one(right))
    yield Sum((_one("t8.nights"),), _one("t8.mean_stay"))
