"""New persons who may be known already: a name heard alike, the same sex, nearly the same age (R-02)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from shelter_desk.domain.registers.rows import Kept, birth_of
from shelter_desk.domain.residents.names import plain_words, sound, without_particles

MOST = 5  # persons shown for one row
_Group = list[tuple[int, int, Kept]]  # age, place and person, by age


@dataclass(frozen=True, slots=True)
class PersonDoubt:
    """A new person and whom they may be, the nearest in age first."""

    person: Kept
    alike: tuple[Kept, ...]


def doubts(persons: Iterable[Kept], today: date, near: int) -> list[PersonDoubt]:
    """One for each new person who may be somebody else of these. near: years between the ages, at most."""
    found = []
    for group in _alike(persons, today):
        for at, (age, _, kept) in enumerate(group):
            if not kept.is_new:
                continue
            around = group[max(0, at - MOST) : at] + group[at + 1 : at + 1 + MOST]
            alike = sorted((abs(other - age), place, one) for other, place, one in around if abs(other - age) <= near)
            if alike:
                found.append(PersonDoubt(kept, tuple(one for _, _, one in alike[:MOST])))
    return found


def how_many(persons: Iterable[Kept], today: date, near: int) -> int:
    """How many doubts there are, without whom they may be."""
    count = 0
    for group in _alike(persons, today):
        steps = [after[0] - one[0] <= near for one, after in pairwise(group)]
        count += sum(
            kept.is_new
            for (_, _, kept), down, up in zip(group, [False, *steps], [*steps, False], strict=True)
            if down or up
        )
    return count


def _alike(persons: Iterable[Kept], today: date) -> Iterator[_Group]:
    """Those of one sex whose names sound alike, two at least, by age."""
    groups: defaultdict[tuple[str, ...], list[tuple[int, Kept]]] = defaultdict(list)
    split, hear = cache(plain_words), cache(sound)  # a name is split and heard once; nothing of it is kept

    @cache
    def heard(last: str, first: str) -> tuple[str, ...]:
        return tuple(sorted(map(hear, without_particles([*split(last), *split(first)]))))

    for at, kept in enumerate(persons):
        name = heard(kept.values.get("last_name") or "", kept.values.get("first_name") or "")
        if name:
            groups[kept.values["sex"], *name].append((at, kept))
    for alike in groups.values():
        if len(alike) > 1:
            aged = ((birth_of(kept.values).age(today), at, kept) for at, kept in alike)
            group = sorted((age, at, kept) for age, at, kept in aged if age is not None)
            if len(group) > 1:
                yield group
