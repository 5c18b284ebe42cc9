"""Figures with the rows behind them, what is known of each, and how a number is rounded."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import cache
from typing import Final, Literal, cast

from shelter_desk.domain.resources import folder


class Hidden(Enum):
    """What stands for a number that its reader is not given, small or beside a small one; `words.reports` writes it."""

    HIDDEN = "hidden"


HIDDEN: Final = Hidden.HIDDEN
Number = int | float | None
Shown = int | float | Hidden | None
Dims = tuple[tuple[str, str], ...]
Ref = tuple[str, Dims]
Amount = int | float
Row = tuple[int, Amount]
RowsKind = Literal["stay", "bed", "activity", "incident", "asset", "move", "request"]
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
    rows_kind: RowsKind = "stay"

    @property
    def ref(self) -> Ref:
        """What the figure is found by."""
        return self.key, self.dims


Kind = Literal["count", "rate", "mean", "median", "distinct", "presence"]
RATIOS: frozenset[Kind] = frozenset({"rate", "mean", "median"})  # nothing without a denominator
Line = Literal["", "strong", "indented"]
Readers = Literal[
    "all", "house", "agreement", "partner", "partner_total", "partner_whole", "public_total", "public_types"
]


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """What `resources/report/figures.csv` says of a figure, a line for each.

    kind: how its rows make its value. `distinct` counts persons once: the whole is not the sum of its parts;
        `presence` has its rows in the nights of the report.
    shapes: the names of the dims that it is cut by, () for its total; also where nothing was counted yet.
    readers: who is given it. `house`: nobody outside; `agreement`: outside the holder of an agreement alone;
        `partner`: the public is not; `partner_total`: nor partners its
        cells; `partner_whole`: partners where none of its cells is small; `public_total`: the public its total alone;
        `public_types`: its total and types of services.
    counts_persons: a small one could point to a person; beds, goods and meetings do not.
    hidden_with: figures beside which it is hidden wherever one of them is, in the same cell.
    letter, line: of its row in a table: as readers call it, and `strong` or `indented`.
    labels, definitions: by language; a definition is one sentence.
    """

    key: str
    unit: str
    kind: Kind
    shapes: frozenset[tuple[str, ...]]
    readers: Readers
    counts_persons: bool
    hidden_with: tuple[str, ...]
    letter: str
    line: Line
    labels: Mapping[str, str]
    definitions: Mapping[str, str]


@cache
def known_figures() -> Mapping[str, KnownFigure]:
    """Every figure that a report may have, by its key, in the order of the tables."""
    with (folder("resources") / "report" / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: _known(row) for row in csv.DictReader(file)}


def _known(row: Mapping[str, str]) -> KnownFigure:
    shapes = (() if one == "total" else tuple(one.split("+")) for one in row["dims"].split("|") if one)
    return KnownFigure(
        key=row["key"],
        unit=row["unit"],
        kind=cast("Kind", row["kind"]),
        shapes=frozenset(shapes),
        readers=cast("Readers", row["readers"]),
        counts_persons=row["persons"] == "yes",
        hidden_with=tuple(filter(None, row["hidden_with"].split("|"))),
        letter=row["letter"],
        line=cast("Line", row["line"]),
        labels={language: row[f"label_{language}"] for language in ("fr", "en")},
        definitions={language: row[f"definition_{language}"] for language in ("fr", "en")},
    )


def kind_of(key: str) -> Kind:
    """How that figure is made of its rows. Raises KeyError for one that is not known."""
    return known_figures()[key].kind


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

    def figures(self, kind: RowsKind = "stay") -> dict[Ref, Figure]:
        """The figures, in the order in which they were first met. kind: what the rows are."""
        return {ref: figure_of(ref, rows, kind) for ref, rows in self._rows.items()}


def figure_of(ref: Ref, rows: Iterable[Row], rows_kind: RowsKind = "stay") -> Figure:
    """The figure that these rows make: their sum, or the mean or median of whole numbers."""
    kept, kind = tuple(rows), kind_of(ref[0])
    amounts = [amount for _, amount in kept]
    if kind == "mean":
        return Figure(*ref, half_up(int(sum(amounts)), len(amounts)), kept, rows_kind)
    return Figure(*ref, _median(sorted(amounts)) if kind == "median" else added(amounts), kept, rows_kind)
