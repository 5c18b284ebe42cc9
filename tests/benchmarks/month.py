"""The figures of a month and their workbook, on ten years, against SQL written by hand on plain SQLite.

A month closed, opened again, and hidden for a partner, against its figures computed.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import perf_counter

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import synthesis
from shelter_desk.domain.reports.calendar_periods import year_before
from shelter_desk.domain.reports.figures import RATIOS, Ref, kind_of
from shelter_desk.domain.reports.hiding import small_cells
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, comparing, month_versions, reports
from tests.benchmarks import month_sql, shelter
from tests.benchmarks.harness import Limit, Measure, Pair, Subject, milliseconds
from tests.benchmarks.month_tables import Found

REASON = "sans_objet"
NEAR, EXACT = 0.051, 1e-6  # means and rates are rounded to one decimal


@contextmanager
def _against_sql(
    work: Callable[[Desk, Path], object], periods: Callable[[Period], list[Period]] = lambda one: [one]
) -> Iterator[Pair]:
    """periods: those whose figures are in what is made, for the SQL to count too."""
    with shelter.opened(full=True) as desk, shelter.plain_copy(desk) as plain:
        period = shelter.last_month(desk)
        report = reports.monthly(desk, period).report
        different = differences(report, month_sql.figures(plain, period))
        counted = sum(map(month_sql.counts, report.figures))
        said = f"{len(report.figures)} figures, {counted} of them in the SQL, {len(different)} differ"
        left = ", ".join(not_counted(report))
        said += f"; not in it: {left}" if left else ""

        def limits(_numerator: float, _yardstick: float) -> list[Limit]:
            return [Limit(said, not different)]

        yield Pair(
            milliseconds(lambda: work(desk, desk.folder / "month.xlsx")),
            milliseconds(lambda: [month_sql.figures(plain, one) for one in periods(period)]),
            limits=limits,
        )


def differences(report: Report, found: Found) -> list[Ref]:
    """The references under which both do not say the same, of those that the SQL counts; cells of 0 may lack."""
    counted = set(filter(month_sql.counts, report.figures))
    return sorted(
        ref
        for ref in counted | found.keys()
        if not _same(ref[0], report.value(ref[0], *ref[1]), found.get(ref, None if kind_of(ref[0]) in RATIOS else 0))
    )


def not_counted(report: Report) -> list[str]:
    """What of the report the SQL does not count: each key with what it is counted by."""
    left = {(key, tuple(name for name, _ in dims)) for key, dims in report.figures if not month_sql.counts((key, dims))}
    return [" by ".join((key, *names)) for key, names in sorted(left)]


def _same(key: str, one: object, other: float | None) -> bool:
    if isinstance(one, int | float) and other is not None:
        return abs(one - other) < (NEAR if kind_of(key) in RATIOS else EXACT)
    return one == other


def figures() -> AbstractContextManager[Pair]:
    """Read and computed."""
    return _against_sql(lambda desk, _: reports.monthly(desk, shelter.last_month(desk)))


def workbook() -> AbstractContextManager[Pair]:
    """Read, computed and written as a styled workbook, with the month before, a year ago and the year so far."""
    return _against_sql(_export, lambda one: [one, *_beside(one)])


def _beside(period: Period) -> list[Period]:
    """The periods whose headlines stand on the first page."""
    year = synthesis.year_so_far(period)
    return [one for one in (period.month_before, year_before(period), year) if one is not None]


def _export(desk: Desk, path: Path) -> None:
    with words.speaking("fr"):
        month = comparing.compared(desk, reports.monthly(desk, shelter.last_month(desk)))
        reports.export(desk, month, "interne", path)


@contextmanager
def closed() -> Iterator[Pair]:
    """Closed by its figures, points and proofs; what opens it again is not counted."""
    with shelter.opened(full=True) as desk:
        period = shelter.last_month(desk)

        def measured() -> float:
            begun = perf_counter()
            closing.close(desk, period, lambda _: REASON)
            took = (perf_counter() - begun) * 1000
            closing.reopen(desk, period, REASON)
            return took

        yield Pair(measured, _figures(desk, period))


@contextmanager
def opened() -> Iterator[Pair]:
    """Opened from what was kept of it."""
    with shelter.opened(full=True) as desk:
        period = shelter.last_month(desk)
        computed = reports.monthly(desk, period).report
        closing.close(desk, period, lambda _: REASON)
        kept = month_versions.month(desk, period).report
        said = Limit(f"{len(kept.figures)} figures, the same as computed", kept.figures == computed.figures)
        work = milliseconds(lambda: month_versions.month(desk, period))
        yield Pair(work, _figures(desk, period), limits=lambda _numerator, _yardstick: [said])


@contextmanager
def hidden() -> Iterator[Pair]:
    """What a partner is given of it, proven."""
    with shelter.opened(full=True) as desk:
        period = shelter.last_month(desk)
        whole = reports.monthly(desk, period).report
        printed = small_cells.shown(whole, "partenaire")  # the solver is loaded once
        said = Limit(f"{len(printed.hidden)} of {len(whole.figures)} figures hidden", bool(printed.hidden))
        work = milliseconds(lambda: small_cells.shown(whole, "partenaire"))
        yield Pair(work, _figures(desk, period), limits=lambda _numerator, _yardstick: [said])


def _figures(desk: Desk, period: Period) -> Measure:
    return milliseconds(lambda: reports.monthly(desk, period))


def subjects() -> list[Subject]:
    """In the order of the table."""
    figures_of = "the figures of the month computed"
    sql = "the same figures in SQL on plain SQLite"
    return [
        Subject("month figures", "T1 to T12 of last month, ten years", sql, figures, 2, 1.2),
        Subject(
            "month workbook",
            "the figures of four periods and the styled workbook in French, on disk",
            sql,
            workbook,
            4,
            2,
        ),
        Subject("month closed", "figures, points, proofs, kept sealed, ten years", figures_of, closed),
        Subject("closed month", "opened from what was kept of it, ten years", figures_of, opened, 0.5, 0.3),
        Subject("hidden month", "hidden for a partner, with its proof, ten years", figures_of, hidden, 30, 10),
    ]
