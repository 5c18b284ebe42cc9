"""A line without a number that is new here, and the line of an earlier import of which it may be the correction.

Such a line is known by what it says: a name spelled otherwise or another age makes it another one. The stay that the
former line made is then no longer in the file, and the new line stands where that one stood or says nearly the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk.domain.registers.rows import Values, birth_of
from shelter_desk.domain.registers.shapes_stays import said_of
from shelter_desk.domain.residents.names import sounds

_OWN = re.compile(r"L-[0-9A-F]{10}")
_ENOUGH = 3  # of sex, age, nationality, name and bed: with the same place and day no other line is meant
MOST = 3  # earlier lines proposed for one


def is_own(stay_no: str) -> bool:
    """True of a number that this program gave to a line that has none."""
    return _OWN.fullmatch(stay_no) is not None


@dataclass(frozen=True, slots=True)
class CorrectedText:
    """A stay as a line tells it. place: sheet and row, None where they are not known. person: as `personnes` has it."""

    stay_no: str
    admitted_at: datetime
    person: Values
    bed: str = ""
    place: tuple[str, int] | None = None
    taken_at: datetime | None = None

    @property
    def heard(self) -> frozenset[str]:
        """The name as it sounds; empty where there is none."""
        return frozenset(sounds(said_of(self.person)[0]))


@dataclass(frozen=True, slots=True)
class Likely:
    """The stay of an earlier import that a line may correct. is_evident: nothing else can be meant."""

    before: CorrectedText
    is_evident: bool


def likely(new: Iterable[CorrectedText], before: Iterable[CorrectedText], near: int) -> dict[str, tuple[Likely, ...]]:
    """By the number of a new line what it may correct, the likeliest first. near: years between two ages, at most.

    before: stays of earlier lines of which none is in the file any more.
    """
    by_day: defaultdict[date, list[CorrectedText]] = defaultdict(list)
    by_place: defaultdict[tuple[str, int], list[CorrectedText]] = defaultdict(list)
    for one in before:
        by_day[one.admitted_at.date()].append(one)
        if one.place is not None:
            by_place[one.place].append(one)
    found: dict[str, tuple[Likely, ...]] = {}
    for line in new:
        near_by = {one.stay_no: one for one in by_day.get(line.admitted_at.date(), ())}
        near_by |= {one.stay_no: one for one in (by_place.get(line.place, ()) if line.place else ())}
        judged = [(score, one) for one in near_by.values() if (score := _score(line, one, near))]
        judged.sort(key=lambda one: -one[0])
        if judged:
            evident = [one for score, one in judged if score >= _EVIDENT]
            found[line.stay_no] = tuple(
                Likely(one, len(evident) == 1 and one is evident[0]) for _, one in judged[:MOST]
            )
    return _each_once(found)


def _each_once(found: Mapping[str, tuple[Likely, ...]]) -> dict[str, tuple[Likely, ...]]:
    """What one line evidently corrects is proposed to no other line; what two would is evident for none."""
    meant: defaultdict[str, list[str]] = defaultdict(list)
    for number, some in found.items():
        for one in some:
            if one.is_evident:
                meant[one.before.stay_no].append(number)
    evident = {stay: numbers[0] for stay, numbers in meant.items() if len(numbers) == 1}
    told = {
        number: tuple(
            Likely(one.before, evident.get(one.before.stay_no) == number)
            for one in some
            if evident.get(one.before.stay_no, number) == number  # what another line evidently corrects is no other's
        )
        for number, some in found.items()
    }
    return {number: some for number, some in told.items() if some}


_EVIDENT = 100


def _score(line: CorrectedText, one: CorrectedText, near: int) -> int:
    """How likely it is, 0 where it is not; `_EVIDENT` and more where nothing else can be meant."""
    same_place = line.place is not None and line.place == one.place
    same_day = line.admitted_at.date() == one.admitted_at.date()
    mine, theirs = line.heard, one.heard
    shared = bool(mine & theirs)
    whole = bool(mine and theirs) and (mine <= theirs or theirs <= mine)
    same_sex = line.person.get("sex") == one.person.get("sex")
    same_bed = bool(line.bed) and line.bed.casefold() == one.bed.casefold()
    ages = [birth_of(told.person).age(line.admitted_at.date()) for told in (line, one)]
    aged = None not in ages and abs(int(ages[0] or 0) - int(ages[1] or 0)) <= near
    same_nation = line.person.get("nationality") == one.person.get("nationality")
    agree = same_sex + aged + same_nation + (shared or whole) + same_bed
    if same_place and same_day:
        nameless = not mine and not theirs
        if agree >= _ENOUGH and (whole or (same_bed and (shared or nameless))):  # sisters share a name and a day
            return _EVIDENT + agree
        return 10 + agree if agree else 0
    if same_place:
        return 5 + agree if whole and same_sex else 0
    return agree if same_sex and aged and (shared or same_bed) else 0
