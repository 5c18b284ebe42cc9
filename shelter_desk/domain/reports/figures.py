"""Figures with the rows behind them, and how a number is rounded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Final, Literal


class Hidden(Enum):
    """What stands for a number that its reader is not given, small or beside a small one; `words.report` writes it."""

    HIDDEN = "hidden"


HIDDEN: Final = Hidden.HIDDEN
Number = int | float | None
Shown = int | float | Hidden | None
Dims = tuple[tuple[str, str], ...]
Ref = tuple[str, Dims]
Amount = int | float
Row = tuple[int, Amount]
NOT_RECORDED = "non_renseigne"
TOTAL: Dims = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report.

    dims: in the order of interfaces.md section 3, empty for a total.
    value: None where the denominator is 0; HIDDEN where the reader is not given it.
    rows: ids of stays (or of beds, activities, incidents, assets, moves or requests, by `rows_kind`) with what each
        brings: 1 for a count, nights for nights, -1 or +1 for a change. Those of `t1.presence`: `Report.rows`.
    """

    key: str
    dims: Dims
    value: Shown
    rows: tuple[Row, ...] = ()
    rows_kind: Literal["stay", "bed", "activity", "incident", "asset", "move", "request"] = "stay"

    @property
    def ref(self) -> Ref:
        """What the figure is found by."""
        return self.key, self.dims


BY_NIGHT = frozenset({"t1.presence", "t1.max_presence", "t1.min_presence"})
RATES = frozenset(
    {
        "t1.occupancy_rate",
        "t1.occupancy_rate_held",
        "t1.mean_presence",
        "t1.surface_per_person",
        "t1.persons_per_toilet",
        "t1.persons_per_shower",
        "t7.completion_rate",
        "t7.incoming_completion_rate",
        "t11.mean_daily_use",
        "t11.days_of_cover",
        "t11.use_per_night",
    }
)
MEANS = frozenset(
    {
        "t2.mean_stay",
        "t2.mean_time_present",
        "t7.mean_days_to_service",
        "t7.incoming_mean_days_to_service",
        "t8.mean_stay",
        "t9.pre_score",
        "t9.post_score",
    }
)
MEDIANS = frozenset({"t2.median_stay"})
RATIOS = RATES | MEANS | MEDIANS
# persons counted once: the figure of a whole is not the sum of those of its parts
DISTINCT = frozenset({"t6.beneficiaries", "t9.participants", "t9.trained_persons"})


def half_up(numerator: int, denominator: int, decimals: int = 1) -> Number:
    """The quotient of two whole numbers, rounded half up without any binary fraction; None without a denominator."""
    if denominator == 0:
        return None
    scale: int = 10**decimals
    whole = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    return (whole if numerator >= 0 else -whole) / scale


def per_person(surface: Iterable[float], persons: int) -> Number:
    """Square metres a person, one decimal, half up; None without persons."""
    if persons == 0:
        return None
    total = sum((Decimal(str(one)) for one in surface), Decimal(0))
    return float((total / persons).quantize(Decimal("0.1"), ROUND_HALF_UP))


def value_of(key: str, amounts: list[Amount]) -> Number:
    """A figure's value from what its rows bring: a sum, or a mean or median of whole numbers."""
    if key in MEANS:
        return half_up(int(sum(amounts)), len(amounts))
    if key in MEDIANS:
        return _median(sorted(amounts))
    return added(amounts)


def added(amounts: Iterable[Amount]) -> Amount:
    """The sum as somebody adds decimals on paper; whole where it is whole."""
    kept = list(amounts)
    whole = sum(kept)
    if isinstance(whole, int):
        return whole
    exact = sum((Decimal(str(one)) for one in kept), Decimal(0))
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _median(ordered: list[Amount]) -> Number:
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return half_up(int(ordered[middle - 1] + ordered[middle]), 2)


class Tally:
    """Collects rows under references and turns them into figures."""

    def __init__(self, *totals: str) -> None:
        self._rows: defaultdict[Ref, list[Row]] = defaultdict(list, {(key, TOTAL): [] for key in totals})

    def add(self, key: str, row: int, amount: Amount, *dims: Dims) -> None:
        """Count a row in each of these cells."""
        brought = row, amount
        for one in dims:
            self._rows[key, one].append(brought)

    def figures(self) -> dict[Ref, Figure]:
        """The figures, in the order in which they were first met."""
        return {ref: figure_of(ref, rows) for ref, rows in self._rows.items()}


def figure_of(ref: Ref, rows: Iterable[Row]) -> Figure:
    """The figure that these rows make."""
    kept = tuple(rows)
    return Figure(ref[0], ref[1], value_of(ref[0], [amount for _, amount in kept]), kept)
