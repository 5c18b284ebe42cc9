"""A month closed, and a closed month opened again, on ten years, against its figures computed."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, reports
from tests.benchmarks import shelter
from tests.benchmarks.harness import Limit, Measure, Pair, Subject, milliseconds

REASON = "sans_objet"


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
        kept = closing.month(desk, period).report
        said = Limit(f"{len(kept.figures)} figures, the same as computed", kept.figures == computed.figures)
        work = milliseconds(lambda: closing.month(desk, period))
        yield Pair(work, _figures(desk, period), limits=lambda _numerator, _yardstick: [said])


def _figures(desk: Desk, period: Period) -> Measure:
    return milliseconds(lambda: reports.monthly(desk, period))


def subjects() -> list[Subject]:
    """Both, in the order of the table."""
    figures = "the figures of the month computed"
    return [
        Subject("month closed", "figures, points, proofs, kept sealed, ten years", figures, closed),
        Subject("closed month", "opened from what was kept of it, ten years", figures, opened, 0.5, 0.3),
    ]
