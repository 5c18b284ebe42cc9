"""What stands beside the headlines of a month: other periods, and the year month by month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """Who came and who left in a calendar month. first: its first day."""

    first: date
    entries: int
    exits: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The headlines of other periods, by key; a figure without a denominator is left out, as a time before the house.

    since_january: of the year of the report up to its last day, each person once; rates and counts of one day are none.
    flows: the twelve calendar months that end with that of the report, the oldest first.
    """

    before: Mapping[str, float] = field(default_factory=dict)
    last_year: Mapping[str, float] = field(default_factory=dict)
    since_january: Mapping[str, float] = field(default_factory=dict)
    flows: tuple[MonthFlow, ...] = ()
