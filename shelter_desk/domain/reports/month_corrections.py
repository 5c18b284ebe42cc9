"""Small corrections of months that were closed before, as the report of the next month that is closed tells them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.closing import Correction, corrections
from shelter_desk.domain.reports.figures import HIDDEN, Shown
from shelter_desk.domain.reports.report import Report


@dataclass(frozen=True, slots=True)
class MonthCorrection:
    """One figure of a month closed before. first: the first day of that month."""

    first: date
    correction: Correction

    def told(self) -> dict[str, Any]:
        """As JSON keeps it; a hidden number has no value."""
        one = self.correction
        return {
            "first": self.first.isoformat(),
            "figure": one.ref[0],
            "dims": [list(dim) for dim in one.ref[1]],
            "hidden": HIDDEN in (one.published, one.now),
            "published": None if one.published is HIDDEN else one.published,
            "now": None if one.now is HIDDEN else one.now,
        }


def small(
    month: Period, closed: Report, now: Report, shown_closed: Report | None = None, shown_now: Report | None = None
) -> tuple[MonthCorrection, ...]:
    """Those that ask for no version of their own; what is hidden at one end is hidden at the other.

    shown_closed, shown_now: both as their reader sees them, the house where they are None.
    """
    asked = {one.ref for one in corrections(closed, now) if not one.is_major}
    found = (one for one in corrections(shown_closed or closed, shown_now or now) if one.ref in asked)
    return tuple(MonthCorrection(month.first, _as_hidden(one)) for one in found)


def _as_hidden(one: Correction) -> Correction:
    return replace(one, published=HIDDEN, now=HIDDEN) if HIDDEN in (one.published, one.now) else one


def read(kept: Iterable[Mapping[str, Any]]) -> tuple[MonthCorrection, ...]:
    """What was kept."""
    return tuple(_read(one) for one in kept)


def _read(one: Mapping[str, Any]) -> MonthCorrection:
    def number(name: str) -> Shown:
        value: Shown = HIDDEN if one["hidden"] else one[name]
        return value

    ref = one["figure"], tuple((name, value) for name, value in one["dims"])
    return MonthCorrection(date.fromisoformat(one["first"]), Correction(ref, number("published"), number("now")))
