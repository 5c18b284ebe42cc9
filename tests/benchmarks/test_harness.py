"""The harness itself: a ratio is computed, a limit that is broken is told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.benchmarks import harness
from tests.benchmarks.harness import Limit, Measured, Pair, Subject


def measured(
    numerator: Sequence[float], yardstick: Sequence[float], must: float | None = 2, limits: Sequence[Limit] = ()
) -> Measured:
    """A subject whose times are given, the first of each in the round that does not count."""
    took, other = iter(numerator), iter(yardstick)

    @contextmanager
    def prepare() -> Iterator[Pair]:
        yield Pair(lambda: next(took), lambda: next(other), len(numerator) - 1, lambda *_: limits)

    return harness.measure(Subject("a subject", "what", "against", prepare, must))


def test_the_ratio_is_that_of_the_medians_without_the_first_round() -> None:
    assert measured([99, 3, 30, 4], [99, 1, 2, 100]).ratio == 2


def test_a_ratio_over_its_must_ends_with_one() -> None:
    one = measured([0, 5], [0, 2])
    assert (one.verdict, harness.code([one])) == ("OVER", 1)


def test_a_ratio_within_its_must_ends_with_nought() -> None:
    one = measured([0, 4], [0, 2])
    assert (one.verdict, harness.code([one])) == ("OK", 0)


def test_a_subject_without_a_must_is_never_over() -> None:
    assert measured([0, 500], [0, 1], must=None).holds


def test_a_broken_limit_is_over_whatever_the_ratio() -> None:
    one = measured([0, 1], [0, 1], limits=[Limit("97 of 100 found", holds=False)])
    assert one.verdict == "OVER"
    assert "a subject: 97 of 100 found OVER" in harness.lines([one])


def test_nothing_measured_is_no_success() -> None:
    assert harness.code([]) == 1


def test_the_table_gives_both_medians_and_their_ratio() -> None:
    assert harness.cells(measured([0, 4], [0, 2])) == ("a subject", "4.0 ms", "2.0 ms", "2.00", "≤ 2", "–", "OK")


def test_a_time_is_in_milliseconds() -> None:
    assert harness.milliseconds(lambda: sum(range(1000)))() < 1000
