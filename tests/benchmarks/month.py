"""The figures of a month and their workbook, on ten years, against SQL written by hand on plain SQLite."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from shelter_desk.domain.reports.figures import Report
from shelter_desk.operations import reports
from shelter_desk.operations.desk import Desk
from tests.benchmarks import month_sql, shelter
from tests.benchmarks.harness import Limit, Pair, Subject, milliseconds

NEAR = 0.051  # means and rates are rounded to one decimal


@contextmanager
def _against_sql(work: Callable[[Desk, Path], object]) -> Iterator[Pair]:
    with shelter.opened() as desk, shelter.plain_copy(desk) as plain:
        period = shelter.last_month(desk)
        report = reports.monthly(desk, period).report
        different = differences(report, month_sql.figures(plain, period))
        said = f"{len(report.figures)} figures, {len(different)} of them differ from those of the SQL"

        def limits(_numerator: float, _yardstick: float) -> list[Limit]:
            return [Limit(said, not different)]

        yield Pair(
            milliseconds(lambda: work(desk, desk.folder / "month.xlsx")),
            milliseconds(lambda: month_sql.figures(plain, period)),
            limits=limits,
        )


def differences(report: Report, found: month_sql.Found) -> list[object]:
    """The references under which both do not say the same."""
    return [
        ref
        for ref in {*report.figures, *found}
        if ref not in found or not _same(report.value(ref[0], *ref[1]), found[ref])
    ]


def _same(one: object, other: float | None) -> bool:
    if isinstance(one, int | float) and other is not None:
        return abs(one - other) < NEAR
    return one == other


def figures() -> AbstractContextManager[Pair]:
    """Read and computed."""
    return _against_sql(lambda desk, _: reports.monthly(desk, shelter.last_month(desk)))


def workbook() -> AbstractContextManager[Pair]:
    """Read, computed and written as a styled workbook."""
    return _against_sql(_export)


def _export(desk: Desk, path: Path) -> None:
    reports.export(desk, reports.monthly(desk, shelter.last_month(desk)), "interne", path)


def subjects() -> list[Subject]:
    """Both, in the order of the table."""
    sql = "the same figures in SQL on plain SQLite"
    return [
        Subject("month figures", "T1, T2, T3, T8 of last month, ten years", sql, figures, 2, 1.2),
        Subject("month workbook", "the figures and their styled workbook, on disk", sql, workbook, 4, 2),
    ]
