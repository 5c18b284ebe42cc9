"""What stands beside the headlines of a period: other periods, and the year month by month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shelter_desk.domain.reports.figures import Shown


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """Who came and who left in a calendar month. first: its first day. nights: slept in it, None if not counted."""

    first: date
    entries: int
    exits: int
    nights: int | None = None


@dataclass(frozen=True, slots=True)
class YearTarget:
    """What is wanted of an indicator in the year of a report. source: the agreement or plan that says so."""

    figure: str
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """How far an indicator is. reached: since January, each person once. percent: of the target, one decimal.

    Both are HIDDEN beside a number that is kept back, None on the first day of a year.
    """

    target: YearTarget
    reached: Shown
    percent: Shown


@dataclass(frozen=True, slots=True)
class Compared:
    """The headlines of other periods, by key; a figure without a denominator is left out, as a time before the house.

    before: the period of the same length just before; last_year: the same month or quarter a year earlier.
    since_january: of the year of the report up to its last day, each person once; rates and counts of one day are none.
    flows: the twelve calendar months that end with the last one of the report, the oldest first.
    targets: of its year. more: since January too, of indicators that have a target and are no headlines; HIDDEN for a
        partner.
    """

    before: Mapping[str, float] = field(default_factory=dict)
    last_year: Mapping[str, float] = field(default_factory=dict)
    since_january: Mapping[str, float] = field(default_factory=dict)
    flows: tuple[MonthFlow, ...] = ()
    targets: tuple[YearTarget, ...] = ()
    more: Mapping[str, Shown] = field(default_factory=dict)
