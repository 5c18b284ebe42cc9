"""New persons who may be known already: a name heard alike, the same sex, nearly the same age (R-02)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from shelter_desk.domain.names import plain_words, sound, without_particles
from shelter_desk.domain.registers.rows import Kept, birth_of

_NAMES = ("last_name", "first_name")
MOST = 5  # persons shown for one row


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new person and whom they may be, the nearest in age first."""

    person: Kept
    alike: tuple[Kept, ...]


def doubts(persons: Iterable[Kept], today: date, near: int) -> list[Doubt]:
    """One for each new person who may be somebody else of these. near: years between the ages, at most."""
    groups: defaultdict[tuple[str, ...], list[tuple[int, int, Kept]]] = defaultdict(list)
    split, hear = cache(plain_words), cache(sound)  # a name is split and heard once; nothing of it is kept
    for at, kept in enumerate(persons):
        age = birth_of(kept.values).age(today)
        words = without_particles([word for part in _NAMES for word in split(kept.values.get(part) or "")])
        if age is not None and words:
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
