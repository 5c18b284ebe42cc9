"""Whom a line of a shelter's own list speaks of: by dossier, by code, else by a name that one person alone has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.moments import plain
from shelter_desk.domain.registers.refusals import NobodyOfThisName, OfSeveral, OfSomebodyElse
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed
from shelter_desk.domain.registers.shapes_stays import are_others, said_of
from shelter_desk.domain.residents.names import sounds
from shelter_desk.domain.stays.stays import REDIRECTED, VOID

WHO = ("stay_no", "person_code", "full_name", "last_name", "first_name")
Stays = tuple[Values, ...]


class Whom:
    """Finds persons and their stays. persons, stays: rows of the registers, those of the same file among them.

    former: by each code that is no file of its own any more that of the person.
    """

    def __init__(
        self,
        assumed: Assumed,
        persons: Iterable[Values],
        stays: Iterable[Values],
        former: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._assumed, self._former = assumed, former
        self._persons: dict[str, Values] = {}
        for person in persons:
            if person.get("person_code"):
                code = str(person["person_code"])
                self._persons[code] = {**self._persons.get(code, {}), **person}
        self._stays: dict[str, dict[str, Values]] = defaultdict(dict)
        self._by_number: dict[str, Values] = {}
        for one in stays:
            number = str(one["stay_no"]).casefold()
            merged = {**self._by_number.get(number, {}), **one}
            if merged.get("person_code") and merged.get("admitted_at"):
                self._by_number[number] = merged
                self._stays[str(merged["person_code"])][number] = merged
        self._heard: dict[str, frozenset[str]] | None = None
        self._with_word: dict[str, set[str]] = defaultdict(set)

    def stays(self, line: Values, first: date, after: date) -> Stays:
        """The counted stays with a night from `first` on and before `after`: of the dossier said, else of the person.

        Raises Missing, NoSuch, OfSomebodyElse, NobodyOfThisName, OfSeveral.
        """
        if line.get("stay_no"):
            found: Iterable[Values] = (self._of_dossier(line),)
        else:
            found = self._stays[self.person(line, first, after)].values()
        return tuple(sorted((one for one in found if _touches(one, first, after)), key=_admitted))

    def stay_at(self, line: Values, day: date) -> Values:
        """The stay of that day: the one that covers it, else the last before it, else the first after it.

        Raises as `stays` does, and NoSuch where the person has no stay.
        """
        if line.get("stay_no"):
            return self._of_dossier(line)
        code = self.person(line, day, day + timedelta(days=1))
        found = sorted((one for one in self._stays[code].values() if one.get("exit_reason") != VOID), key=_admitted)
        if not found:
            raise NoSuch("stay", code)
        before = [one for one in found if _admitted(one).date() <= day]
        return before[-1] if before else found[0]

    def person(self, line: Values, first: date, after: date) -> str:
        """The code of the person of a line. Raises Missing, NoSuch, NobodyOfThisName, OfSeveral."""
        if line.get("stay_no"):
            return str(self._of_dossier(line)["person_code"])
        said = line.get("person_code")
        if said:
            code = self._former.get(str(said), str(said))
            if code not in self._persons:
                raise NoSuch("person", code)
            return code
        name = name_in(line)
        check_given("full_name", name)
        return self._named(name, first, after)

    def named(self, name: str, first: date, after: date) -> str:
        """The code of the only person called so who was here then, "" where there is none or more than one."""
        try:
            return self._named(name, first, after)
        except (NobodyOfThisName, OfSeveral):
            return ""

    def _of_dossier(self, line: Values) -> Values:
        """Raises NoSuch, OfSomebodyElse where the line names another person than that of the dossier."""
        number = str(line["stay_no"])
        stay = self._by_number.get(number.casefold())
        if stay is None:
            raise NoSuch("stay", number)
        name, known = name_in(line), said_of(self._persons.get(str(stay["person_code"]), {}))[0]
        if are_others(name, known):
            raise OfSomebodyElse(number)
        return stay

    def _named(self, name: str, first: date, after: date) -> str:
        heard = frozenset(sounds(name))
        same, more = self._alike(heard)
        for some in (same, more):
            here = sorted(code for code in some if self._was_here(code, first, after))
            if len(here) == 1:
                self._assumed.note("full_name", "found_by_name")
                return here[0]
            if here:
                raise OfSeveral(tuple(here))
        raise NobodyOfThisName()

    def _alike(self, heard: frozenset[str]) -> tuple[set[str], set[str]]:
        """Who is called just so; who has these words among others, or fewer of them: two at least."""
        known = self._known()
        near = set().union(*(self._with_word[word] for word in heard))
        same = {code for code in near if known[code] == heard}
        more = {
            code
            for code in near - same
            if (known[code] <= heard or heard <= known[code]) and len(known[code] & heard) > 1
        }
        return same, more

    def _known(self) -> Mapping[str, frozenset[str]]:
        if self._heard is None:
            self._heard = {}
            for code, person in self._persons.items():
                name = said_of(person)[0]
                self._heard[code] = frozenset(sounds(name)) if name else frozenset()
                for word in self._heard[code]:
                    self._with_word[word].add(code)
        return self._heard

    def _was_here(self, code: str, first: date, after: date) -> bool:
        return any(_touches(one, first, after) for one in self._stays[code].values())


def name_in(line: Values) -> str:
    """The whole name that a line says, "" where it says none."""
    return str(line.get("full_name") or "").strip() or said_of(line)[0]


def _admitted(stay: Values) -> datetime:
    admitted: datetime = stay["admitted_at"]
    return admitted


def _touches(stay: Values, first: date, after: date) -> bool:
    left: datetime | None = stay.get("exited_at")
    counts = stay.get("exit_reason") not in (VOID, REDIRECTED)
    return counts and _admitted(stay) < plain(after) and (left is None or left >= plain(first))
