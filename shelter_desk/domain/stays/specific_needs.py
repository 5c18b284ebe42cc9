"""Specific needs of a stay (field 2.9), each from the day it was found to the day it ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.checks import check_code
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import NeedId, StayId

NEEDS = "specific_need"


class NeedDays(RuleBroken):
    """The days of a need cannot be. why: `future`, `order` (it ended before it was found), `twice` (found again before
    it ended)."""

    need: str
    why: str


@dataclass(frozen=True, slots=True)
class Need:
    """One need, never a diagnosis.

    ended_on: the first day without it; found and ended on one day it never was. id: 0 before it is stored.
    """

    id: NeedId
    stay: StayId
    specific_need: str
    found_on: date
    ended_on: date | None = None

    @property
    def is_open(self) -> bool:
        """While nobody said that it ended."""
        return self.ended_on is None

    def holds(self, day: date) -> bool:
        """Whether it is so on that day."""
        return self.found_on <= day and (self.ended_on is None or day < self.ended_on)


def on(needs: Collection[Need], day: date) -> tuple[str, ...]:
    """The codes that hold on that day, in the order in which they were found."""
    return tuple(dict.fromkeys(one.specific_need for one in in_order(needs) if one.holds(day)))


def in_order(needs: Collection[Need]) -> list[Need]:
    """By the day they were found."""
    return sorted(needs, key=lambda one: (one.found_on, one.id))


def check(needs: Sequence[Need], today: date) -> None:
    """Whether these may stand together in one stay. Raises NotInList, NeedDays."""
    for one in needs:
        check_code(NEEDS, one.specific_need, "specific_needs")
        if max(one.found_on, one.ended_on or one.found_on) > today:
            raise NeedDays(one.specific_need, "future")
        if one.ended_on is not None and one.ended_on < one.found_on:
            raise NeedDays(one.specific_need, "order")
    last: dict[str, Need] = {}
    for one in in_order(needs):
        before = last.get(one.specific_need)
        if before is not None and (before.ended_on is None or before.ended_on > one.found_on):
            raise NeedDays(one.specific_need, "twice")
        last[one.specific_need] = one


def standing(needs: Sequence[Need]) -> list[Need]:
    """Without those that ended on the day they were found: a mistake."""
    return [one for one in needs if one.ended_on != one.found_on]


def says_more(old: Sequence[Need], new: Sequence[Need]) -> bool:
    """Whether anything is said that was not: a need, or another day on which it was found (R-15)."""
    known = {(one.specific_need, one.found_on) for one in old}
    return any((one.specific_need, one.found_on) not in known for one in new)
