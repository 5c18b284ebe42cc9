"""How the month, the board and the search grow with the years: ten and three years against one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from shelter_desk.domain.moments import Period
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import residents
from tests.benchmarks import search, shelter
from tests.benchmarks.harness import Measure, Pair, Subject, milliseconds

Prepared = tuple[Callable[[], object], int]


def _month(desk: Desk) -> Prepared:
    """The figures of last month, and how many stays it has."""
    period: Period = shelter.last_month(desk)
    return lambda: reports.monthly(desk, period), len(reports.monthly(desk, period).facts.stays)


def _board(desk: Desk) -> Prepared:
    """Tonight, and how many sleep here."""
    return lambda: bed_board.board(desk, desk.today()), len(bed_board.board(desk, desk.today()).everyone)


def _search(desk: Desk) -> Prepared:
    """Ten names with an error, and nothing to divide by."""
    ten = [typed for typed, _ in search.asked(desk)][:10]
    return lambda: [residents.search(desk, typed) for typed in ten], 10


@contextmanager
def _grown(prepare: Callable[[Desk], Prepared], years: int) -> Iterator[Pair]:
    with shelter.opened(years) as old, shelter.opened(1) as young:
        yield Pair(_per_row(*prepare(old)), _per_row(*prepare(young)))


def _per_row(work: Callable[[], object], rows: int) -> Measure:
    measured = milliseconds(work)
    return lambda: measured() / rows


def subjects() -> list[Subject]:
    """A line for each and each age. Ratios near 1 are flat; the search may grow as the names do."""
    kinds = (
        ("month figures", "a stay of the month", _month, 1.5, 1.5),
        ("board", "a person here", _board, 1.5, 1.5),
        ("search", "a name typed", _search, 3.0, 10.0),
    )
    return [
        Subject(
            f"growth: {name}, {years} years",
            f"time for {per}, {years} years",
            "the same, one year",
            partial(_grown, prepare, years),
            must,
        )
        for name, per, prepare, *limits in kinds
        for years, must in zip((3, shelter.TEN), limits, strict=True)
    ]
