"""A line of equipment or of the opening stock without a number, and the line of an earlier import that it corrects.

Such a line is known by what it says: a designation spelled otherwise or another donor makes it another one. What the
former line made is then no longer in the file, and the new line stands where that one stood or says nearly the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import SequenceMatcher

from shelter_desk.domain import codes
from shelter_desk.domain.registers.rows import Place, Values, folded

_OWN = re.compile(r"([BMS]-[0-9A-F]{10})(?:-\d{3,})?")
_NAME = "designation"
_NAMES = {"services": "stay_no"}  # what lines are sorted by where that is no designation
_NEARLY = 0.8  # of the letters of two designations
_ENOUGH = 2  # columns that say the same, where the designation is another
MOST = 3  # earlier lines proposed for one


def own_of(number: str) -> str:
    """The number that this program gave to the line of a tag or a movement; "" where it gave none."""
    found = _OWN.fullmatch(number)
    return "" if found is None else found.group(1)


@dataclass(frozen=True, slots=True)
class ListedThing:
    """What a line tells of a thing, or what is stored of it. list: where it stands; place: of the line, if known.

    code: of the item. is_log: it stands in a log, where other lines say nearly the same; only its place tells it then.
    """

    number: str
    list: str
    tells: Values
    place: Place | None = None
    code: str = ""
    taken_at: datetime | None = None
    is_log: bool = False


@dataclass(frozen=True, slots=True)
class LikelyThing:
    """The earlier line that a line may correct. is_evident: nothing else can be meant."""

    before: ListedThing
    is_evident: bool


@dataclass(slots=True)
class _Pairs:
    """Which line corrects which: each once."""

    of_new: dict[str, ListedThing] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def put(self, new: ListedThing, one: ListedThing) -> None:
        self.of_new[new.number] = one
        self.taken.add(one.number)


def moved(lines: Mapping[str, ListedThing], stored: Mapping[str, ListedThing]) -> dict[str, str]:
    """Numbers that two lines change with one another.

    Of two lines that say the same the first was refused when the second was taken in, and has got its number now.
    """
    at = {one.place: one for one in stored.values() if one.place is not None and one.number in lines}
    found: dict[str, str] = {}
    for number, line in lines.items():
        one = at.get(line.place) if line.place is not None else None
        is_of_other = one is not None and lines[one.number].place != line.place
        if one is not None and is_of_other and number not in stored and not _differ(line, one):
            found |= {number: one.number, one.number: number}
    return found


def likely_things(new: Iterable[ListedThing], missing: Iterable[ListedThing]) -> dict[str, tuple[LikelyThing, ...]]:
    """By the number of a new line what it may correct. missing: what earlier lines made that no line says any more."""
    by_list: defaultdict[str, list[ListedThing]] = defaultdict(list)
    for one in missing:
        by_list[one.list].append(one)
    lines = list(new)
    pairs = _Pairs()
    _equal(lines, by_list, pairs)
    judged = {
        line.number: [(score, one) for one in by_list[line.list] if (score := _score(line, one))]
        for line in lines
        if line.number not in pairs.of_new
    }
    _evident(lines, judged, pairs)
    found: dict[str, tuple[LikelyThing, ...]] = {
        number: (LikelyThing(one, is_evident=True),) for number, one in pairs.of_new.items()
    }
    for number, some in judged.items():
        left = sorted((pair for pair in some if pair[1].number not in pairs.taken), key=lambda pair: -pair[0])
        if number not in found and left:
            found[number] = tuple(LikelyThing(one, is_evident=False) for _, one in left[:MOST])
    return found


def _equal(lines: Iterable[ListedThing], missing: Mapping[str, Sequence[ListedThing]], pairs: _Pairs) -> None:
    """A line that was corrected before says what is stored: that of its place first, then one after the other."""
    by_name: defaultdict[tuple[str, object], list[ListedThing]] = defaultdict(list)
    for some in missing.values():
        for one in some:
            by_name[one.list, _plain(one.tells.get(_NAMES.get(one.list, _NAME)))].append(one)
    for line in lines:
        if _NAMES.get(line.list, _NAME) not in line.tells:
            continue
        some = by_name[line.list, _plain(line.tells[_NAMES.get(line.list, _NAME)])]
        same = [one for one in some if one.number not in pairs.taken and not _differ(line, one)]
        same.sort(key=lambda one: one.place is None or one.place != line.place)
        if same:
            pairs.put(line, same[0])


def _evident(
    lines: Iterable[ListedThing], judged: Mapping[str, Sequence[tuple[int, ListedThing]]], pairs: _Pairs
) -> None:
    wanted: defaultdict[str, list[ListedThing]] = defaultdict(list)
    meant: dict[str, ListedThing] = {}
    for line in lines:
        sure = [one for score, one in judged.get(line.number, ()) if score >= _EVIDENT]
        if len(sure) == 1:
            meant[line.number] = sure[0]
            wanted[sure[0].number].append(line)
    for some in wanted.values():
        if len(some) == 1 and meant[some[0].number].number not in pairs.taken:
            pairs.put(some[0], meant[some[0].number])


_EVIDENT = 100


def _score(line: ListedThing, one: ListedThing) -> int:
    """How likely it is, 0 where it is not; `_EVIDENT` and more where nothing else can be meant."""
    differ = _differ(line, one)
    agree = len(line.tells) - len(differ)
    is_named = _NAME not in differ or _are_alike(line.tells.get(_NAME), one.tells.get(_NAME))
    others = len(differ - {_NAME})
    if line.place is not None and line.place == one.place:
        if is_named and others <= 1:
            return _EVIDENT + agree
        return 10 + agree if is_named or (len(differ) == 1 and agree >= _ENOUGH) else 0
    return agree if not line.is_log and is_named and len(differ) == 1 and agree >= _ENOUGH else 0


def _differ(line: ListedThing, one: ListedThing) -> set[str]:
    return {key for key, value in line.tells.items() if _plain(value) != _plain(one.tells.get(key))}


def _plain(value: object) -> object:
    return codes.folded(value) if isinstance(value, str) else folded(value)


def _are_alike(one: object, other: object) -> bool:
    """The words of one in the other, or nearly the same letters."""
    mine, theirs = (codes.folded(str(text or "")) for text in (one, other))
    if not mine or not theirs:
        return False
    words = [set(map(codes.folded, str(text).split())) - {""} for text in (one, other)]
    return words[0] <= words[1] or words[1] <= words[0] or SequenceMatcher(None, mine, theirs).ratio() >= _NEARLY
