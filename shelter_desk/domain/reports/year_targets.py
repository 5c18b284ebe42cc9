"""Targets of a year: what the house agreed to reach, at most ten indicators, each counted since January."""

from collections.abc import Collection

from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import BadNumber, NotInList
from shelter_desk.domain.reports.compared import YearTarget
from shelter_desk.domain.reports.refusals import TooManyTargets
from shelter_desk.domain.reports.synthesis import INDICATORS

MOST, LONGEST, HIGHEST = 10, 120, 999_999  # targets of a year, signs of a source, value


def check_targets(said: Collection[YearTarget]) -> None:
    """Refuse what a year cannot have. Raises NotInList, BadNumber, Missing (field: the figure), TooManyTargets."""
    for one in said:
        if one.figure not in INDICATORS:
            raise NotInList("figure", one.figure)
        if not 0 < one.value <= HIGHEST:
            raise BadNumber(one.figure, str(one.value))
        check_given(one.figure, one.source)
    if len(said) > MOST:
        raise TooManyTargets(MOST)
