"""Find persons by a name typed with mistakes: words heard alike or one letter apart, in any order.

What bears a number of its own, found by the whole of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, bindparam, text

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.names import name_words, sound
from shelter_desk.domain.residents.residents import Names, folded_number

# table, column, and what is opened; of a resident where the row hangs on a stay or is one
KINDS: Mapping[str, tuple[str, str, str]] = {
    "person": ("persons", "person_code", "id"),
    "stay": ("stays", "stay_no", "id"),
    "bed": ("beds", "bed_code", "id"),
    "room": ("rooms", "room_code", "id"),
    "referral": ("referrals", "referral_no", "id"),
    "service": ("services", "service_no", "id"),
    "deposit": ("belongings", "receipt_no", "id"),
    "interview": ("interviews", "interview_no", "id"),
    "assessment": ("assessments", "assessment_no", "id"),
    "plan": ("plans", "plan_no", "id"),
    "best_interests": ("best_interests", "bia_no", "id"),
    "tracing": ("tracings", "tracing_no", "id"),
    "return": ("return_files", "return_no", "id"),
    "incident": ("incidents", "incident_no", "id"),
    "request": ("place_requests", "request_no", "id"),
    "held": ("held_beds", "held_no", "id"),
    "activity": ("activities", "activity_no", "id"),
    "voucher": ("stock_vouchers", "voucher_no", "id"),
    "move": ("stock_moves", "move_no", "item_id"),
    "lot": ("stock_moves", "lot_no", "item_id"),
    "item": ("stock_items", "item_code", "id"),
    "kit": ("stock_kits", "kit_code", "id"),
    "stock_count": ("stock_counts", "count_no", "id"),
    "asset": ("assets", "tag_no", "id"),
    "serial": ("assets", "serial_no", "id"),
    "campaign": ("campaigns", "count_no", "id"),
    "reception": ("receptions", "reception_no", "id"),
    "ticket": ("tickets", "ticket_no", "id"),
    "grant": ("grants", "grant_code", "id"),
}
_OF_RESIDENT = {
    "person": "JOIN persons p ON p.id = coalesce(t.merged_into, t.id)",
    "stay": "JOIN persons p ON p.id = t.person_id",
    **dict.fromkeys(
        ["referral", "service", "deposit", "interview", "assessment", "plan", "best_interests", "tracing", "return"],
        "JOIN stays s ON s.id = t.stay_id JOIN persons p ON p.id = s.person_id",
    ),
    # who lies in it now
    "bed": "LEFT JOIN placements l ON l.bed_id = t.id AND l.ended_at IS NULL LEFT JOIN stays s ON s.id = l.stay_id "
    "AND s.exited_at IS NULL LEFT JOIN persons p ON p.id = s.person_id",
}


def find_number(
    connection: Connection, kinds: Iterable[str], typed: Iterable[str]
) -> Iterator[tuple[str, str, int, str]]:
    """Kind, number, what is opened, and the code of its resident or ""; typed: the ways it may be written."""
    ways = list(dict.fromkeys(typed))
    for kind in kinds:
        table, column, opened = KINDS[kind]
        joined = _OF_RESIDENT.get(kind, "")
        code = "COALESCE(p.person_code, '')" if joined else "''"
        wanted = text(
            f"SELECT DISTINCT t.{column} AS number, t.{opened} AS opened, {code} AS code FROM {table} t {joined} "
            f"WHERE t.{column} IN :ways ORDER BY opened, code"
        ).bindparams(bindparam("ways", expanding=True))
        for row in connection.execute(wanted, {"ways": ways}):
            yield kind, row.number, row.opened, row.code


def letters_apart(one: str, other: str) -> int:
    """How many letters differ between two names; two letters changed about are one apart."""
    return int(OSA.distance(one, other))


Scores = dict[PersonId, int]
SHORTEST_FORGIVEN = 3  # letters typed; one letter apart in a shorter word is another word
SHORTEST_PART = 3  # letters or digits typed; a shorter part of a name or a number finds half the house
LEAST_ALIKE = 2  # words
SHORTEST_HEARD = 4  # the same, of a word as it sounds


class NamedNumber(NamedTuple):
    """A number by which others know a person. kind: of `residents.NUMBERS`."""

    person: PersonId
    kind: str
    number: str


class NameIndex:
    """Which persons have which word in their names, and which numbers; made from what is unsealed, so it lives and goes
    with the desk.
    """

    def __init__(self, names: Mapping[PersonId, Names]) -> None:
        self._persons: dict[str, set[PersonId]] = defaultdict(set)
        self._sounds: dict[str, str] = {}  # of each word as it is written
        self._words: dict[PersonId, frozenset[str]] = {}
        self._numbers: dict[str, set[NamedNumber]] = defaultdict(set)  # as they are compared
        self._numbers_of: dict[PersonId, tuple[NamedNumber, ...]] = {}
        self._parents: NameIndex | None = None  # the persons by the names of their parents
        for person, name in names.items():
            self.put(person, name)

    def put(self, person: PersonId, name: Names) -> None:
        """Take in a person, or the new names of one."""
        for word in self._words.pop(person, frozenset()):
            self._persons[word].discard(person)
        written = name_words(name.called)
        self._sounds.update((word, sound(word)) for word in written if word not in self._sounds)
        self._words[person] = words = frozenset(self._sounds[word] for word in written)
        for word in words:
            self._persons[word].add(person)
        self._put_numbers(person, name)
        parents = f"{name.mother_name} {name.father_name}".strip()
        if parents and self._parents is None:
            self._parents = NameIndex({})
        if self._parents is not None:
            self._parents.put(person, Names(parents))

    def _put_numbers(self, person: PersonId, name: Names) -> None:
        for former in self._numbers_of.pop(person, ()):
            self._numbers[folded_number(former.number)].discard(former)
        if numbers := tuple(NamedNumber(person, kind, number) for kind, number in name.numbers):
            self._numbers_of[person] = numbers
        for one in numbers:
            self._numbers[folded_number(one.number)].add(one)

    def numbered(self, typed: str) -> list[NamedNumber]:
        """Who has exactly that number; spaces, signs and capitals tell none from another."""
        return sorted(self._numbers.get(folded_number(typed), ()))

    def search(self, typed: str, limit: int = 20) -> list[PersonId]:
        """Who has exactly that number first, then a part of it; or by name as `find`, then by the names of parents."""
        found = [one.person for one in self.numbered(typed)]
        part = folded_number(typed)
        if any(map(str.isdigit, typed)) and len(part) >= SHORTEST_PART:
            found += sorted({one.person for number, some in self._numbers.items() if part in number for one in some})
        found += self.find(typed, limit, parts=True)
        if self._parents is not None and len(found) < limit:
            found += self._parents.find(typed, limit, parts=True)
        return list(dict.fromkeys(found))[:limit]

    def knows(self, word: str) -> bool:
        """Whether somebody has that plain word in a name, written so."""
        heard = self._sounds.get(word)
        return heard is not None and bool(self._persons.get(heard))

    def same_sounds(self, person: PersonId) -> set[PersonId]:
        """The others whose names have every word of this one's as it sounds; nobody for a name of one word."""
        mine = self._words.get(person, frozenset())
        if len(mine) < LEAST_ALIKE:
            return set()
        return set.intersection(*(self._persons[word] for word in mine)) - {person}

    def find(self, typed: str, limit: int = 20, *, parts: bool = False) -> list[PersonId]:
        """The nearest persons first: every word typed must be near one of theirs, or begin it; parts: or be within it.

        Nobody where a digit is typed: no name has one, and without it the letters of a number would be a name.
        """
        if any(map(str.isdigit, typed)):
            return []
        best: Scores | None = None
        for word in sorted(name_words(typed), key=len, reverse=True):
            near = self._near(word, parts)
            if best is None:
                best = near
            else:
                shorter, longer = (near, best) if len(near) < len(best) else (best, near)
                best = {person: score + longer[person] for person, score in shorter.items() if person in longer}
        if not best:
            return []
        return sorted(best, key=lambda person: (best[person], len(self._words[person]), person))[:limit]

    def _near(self, word: str, parts: bool) -> Scores:
        scores: Scores = {}
        for known, score in sorted(self._words_near(word, parts).items(), key=lambda found: -found[1]):
            scores.update(dict.fromkeys(self._persons[known], score))
        return scores

    def _words_near(self, typed: str, parts: bool) -> dict[str, int]:
        """Known words like this one: 0 the same sound, 1 begins with it, 2 it is a part of them, 3 a letter apart as
        they sound, 4 as they are written, 5 two letters apart as they sound.
        """
        word = sound(typed)
        found = {known: 0 if known == word else 1 for known in self._persons if known.startswith(word)}
        close: list[tuple[int, str]] = []
        if len(word) >= SHORTEST_HEARD:
            allowed = 1 if len(word) < 7 else 2
            close += ((1 + 2 * distance, known) for known, distance in _apart(word, self._persons, allowed))
        if len(typed) >= SHORTEST_FORGIVEN:
            close += ((4, self._sounds[known]) for known, _ in _apart(typed, self._sounds, 1))
        if parts and len(typed) >= SHORTEST_PART:
            close += ((2, known) for known in self._persons if word in known)
            close += ((2, heard) for known, heard in self._sounds.items() if typed in known)
        for score, known in sorted(close):
            found.setdefault(known, score)
        return found


def _apart(word: str, known: Mapping[str, object], allowed: int) -> list[tuple[str, int]]:
    """The words so many letters apart at most; two letters changed about are one apart."""
    close = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return [(found, int(distance)) for found, distance, _ in close]
