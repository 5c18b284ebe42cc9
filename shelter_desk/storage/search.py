"""Find persons by a name typed with mistakes: words heard alike or one letter apart, in any order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.names import sound, sounds
from shelter_desk.domain.residents import Names

Scores = dict[PersonId, int]
SHORTEST_FORGIVEN = 4  # letters; one letter apart in a shorter word is another word

_heard = lru_cache(maxsize=65_536)(sound)


class NameIndex:
    """Which persons have which word in their names; made from unsealed names, so it lives and goes with the desk."""

    def __init__(self, names: Mapping[PersonId, Names]) -> None:
        self._persons: dict[str, set[PersonId]] = defaultdict(set)
        self._words: dict[PersonId, frozenset[str]] = {}
        for person, name in names.items():
            self.put(person, name)

    def put(self, person: PersonId, name: Names) -> None:
        """Take in a person, or the new names of one."""
        for word in self._words.pop(person, frozenset()):
            self._persons[word].discard(person)
        words = frozenset(_words_of(name.last_name, name.first_name, name.alias))
        self._words[person] = words
        for word in words:
            self._persons[word].add(person)

    def find(self, typed: str, limit: int = 20) -> list[PersonId]:
        """The nearest persons first: every word typed must be near one of theirs, the last one may be unfinished."""
        asked = sounds(typed)
        best: Scores | None = None
        for word in sorted(asked, key=len, reverse=True):
            near = self._near(word)
            if best is None:
                best = near
            else:
                shorter, longer = (near, best) if len(near) < len(best) else (best, near)
                best = {person: score + longer[person] for person, score in shorter.items() if person in longer}
        if not best:
            return []
        return sorted(best, key=lambda person: (best[person], len(self._words[person]), person))[:limit]

    def _near(self, word: str) -> Scores:
        """Persons with a word like this one: 0 the same sound, 1 begins with it, then 2 a letter apart, 4 two."""
        scores: Scores = {}
        for known, score in self._words_near(word):
            for person in self._persons[known]:
                if score < scores.get(person, 99):
                    scores[person] = score
        return scores

    def _words_near(self, word: str) -> Iterable[tuple[str, int]]:
        found = {known: 0 if known == word else 1 for known in self._persons if known.startswith(word)}
        if len(word) >= SHORTEST_FORGIVEN:
            allowed = 1 if len(word) < 7 else 2
            close = process.extract(word, self._persons.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None)
            for known, distance, _ in close:
                found.setdefault(known, 2 * int(distance))
        return found.items()


def _words_of(*texts: str) -> list[str]:
    return [word for text in texts if text for word in sounds(text)]
