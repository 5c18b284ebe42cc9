"""Stays that are over the longest stay of their category (R-14)."""

from collections.abc import Sequence
from datetime import date

from shelter_desk.domain.reports.categories import category, longest_stay
from shelter_desk.domain.reports.facts import Limits
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay, VictimStatus


def nights(stay: Stay, night: date) -> int:
    """Nights of the stay before that one."""
    return max(0, (night - stay.admitted_at.date()).days)


def may_be_over(stay: Stay, person: Person, night: date, allowed: Limits) -> bool:
    """Whether decisions on status must be read to know; minors have no longest stay (R-14)."""
    shortest = min(allowed.transit_days, allowed.vulnerable_days, allowed.vot_days)
    return not person.birth.is_minor(night) and nights(stay, night) > shortest


def limit_passed(
    stay: Stay, person: Person, decided: Sequence[VictimStatus], night: date, allowed: Limits
) -> int | None:
    """The longest stay in days that this stay is over on that night, None where it is not."""
    limit = longest_stay(category(stay, person, decided, night), person.birth.is_minor(night), allowed)
    return limit if limit is not None and nights(stay, night) > limit else None
