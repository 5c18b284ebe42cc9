"""Measures what the program does against a yardstick in the same run: only the ratio of the two is a target."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

ROUNDS = 15
Measure = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limit:
    """A target that is no ratio. said: the sentence for the table; holds: whether it is kept."""

    said: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """What is measured against what. rounds: how often each; limits: asked with the medians, once all is measured."""

    numerator: Measure
    yardstick: Measure
    rounds: int = ROUNDS
    limits: Callable[[float, float], Sequence[Limit]] = lambda _numerator, _yardstick: ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the table. must, aim: the largest ratio allowed and hoped for, None where none is asked."""

    name: str
    what: str
    against: str
    prepare: Callable[[], AbstractContextManager[Pair]]
    must: float | None = None
    aim: float | None = None
    unit: str = "ms"


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians of a subject, in its unit."""

    subject: Subject
    numerator: float
    yardstick: float
    limits: tuple[Limit, ...] = field(default=())

    @property
    def ratio(self) -> float:
        """How many yardsticks it took."""
        return self.numerator / self.yardstick

    @property
    def holds(self) -> bool:
        """True when the ratio and every other limit are within what must be."""
        within = self.subject.must is None or self.ratio <= self.subject.must
        return within and all(limit.holds for limit in self.limits)

    @property
    def verdict(self) -> str:
        """`OK` or `OVER`."""
        return "OK" if self.holds else "OVER"


def milliseconds(work: Callable[[], object]) -> Measure:
    """Times one call; what it returns is let go after the clock has stopped."""

    def measured() -> float:
        gc.collect()
        begun = perf_counter()
        kept = work()
        took = (perf_counter() - begun) * 1000
        del kept
        return took

    return measured


def measure(subject: Subject) -> Measured:
    """Both by turns after a round that does not count, so that a busy machine slows both alike; their medians."""
    with subject.prepare() as pair:
        pair.numerator(), pair.yardstick()
        took = [(pair.numerator(), pair.yardstick()) for _ in range(pair.rounds)]
        numerator, yardstick = median(one for one, _ in took), median(other for _, other in took)
        return Measured(subject, numerator, yardstick, tuple(pair.limits(numerator, yardstick)))


HEADINGS = ("subject", "measured", "yardstick", "ratio", "must", "aim", "verdict")


def cells(one: Measured) -> tuple[str, ...]:
    """A line of the table as texts."""
    subject = one.subject
    return (
        subject.name,
        _amount(one.numerator, subject.unit),
        _amount(one.yardstick, subject.unit),
        f"{one.ratio:.2f}",
        _limit(subject.must),
        _limit(subject.aim),
        one.verdict,
    )


def _amount(amount: float, unit: str) -> str:
    return f"{amount:.{3 if amount < 1 else 1}f} {unit}"


def _limit(limit: float | None) -> str:
    return "–" if limit is None else f"≤ {limit:g}"


def lines(measured: Sequence[Measured]) -> Iterator[str]:
    """The table in columns, then a line for each limit that is no ratio."""
    rows = [HEADINGS, *map(cells, measured)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    for row in rows:
        yield "  ".join(
            text.ljust(width) if place in (0, 6) else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
    for one in measured:
        for limit in one.limits:
            yield f"{one.subject.name}: {limit.said}{'' if limit.holds else ' OVER'}"


def code(measured: Sequence[Measured]) -> int:
    """The exit code: 1 where something is over, or nothing was measured."""
    return 0 if measured and all(one.holds for one in measured) else 1
