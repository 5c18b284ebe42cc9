"""New persons who may be known already: a name heard alike, the same sex, nearly the same age (R-02)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from shelter_desk.domain.names import name_words, sound
from shelter_desk.domain.registers.rows import Kept, birth_of

MOST = 5  # persons shown for one row


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new person and whom they may be, the nearest in age first."""

    person: Kept
    alike: tuple[Kept, ...]


def doubts(persons: Iterable[Kept], today: date, near: int) -> list[Doubt]:
    """One for each new person who may be somebody else of these. near: years between the ages, at most."""
    groups: defaultdict[tuple[str, ...], list[tuple[int, int, Kept]]] = defaultdict(list)
    hear = cache(sound)  # words are heard once; nothing of them is kept
    for at, kept in enumerate(persons):
        name = f"{kept.values.get('last_name', '')} {kept.values.get('first_name', '')}"
        age = birth_of(kept.values).age(today)
        if age is not None and (words := name_words(name)):
            groups[kept.values["sex"], *sorted(map(hear, words))].append((age, at, kept))
    found = []
    for group in groups.values():
        if len(group) > 1:
            found += _of_group(sorted(group, key=lambda one: one[:2]), near)
    return found


def _of_group(group: list[tuple[int, int, Kept]], near: int) -> list[Doubt]:
    """group: age, place and person, by age."""
    found = []
    for at, (age, _, kept) in enumerate(group):
        if not kept.is_new:
            continue
        around = group[max(0, at - MOST) : at] + group[at + 1 : at + 1 + MOST]
        alike = sorted((abs(other - age), place, one) for other, place, one in around if abs(other - age) <= near)
        if alike:
            found.append(Doubt(kept, tuple(one for _, _, one in alike[:MOST])))
    return found
