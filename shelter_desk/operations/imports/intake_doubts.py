"""What a person decided of new persons who may be known already (R-02), as it changes the rows of a file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shelter_desk.domain.registers.refusals import LeftAside, ThingLeftAside
from shelter_desk.domain.registers.rows import ROW_KEYS, Incoming, Place, Refusal
from shelter_desk.operations.imports.register_spreads import Known

NEW, ASIDE = "new", "aside"


def as_line(place: Place) -> str:
    """What is decided where a person is the one of another line."""
    return f"@{place[1]}@{place[0]}"


def line_of(decision: str) -> int | None:
    """The row of that other line, None where something else was decided."""
    return int(decision.split("@")[1]) if decision.startswith("@") else None


def as_earlier(stay_no: str) -> str:
    """What is decided where a line corrects the one that made this stay."""
    return f"={stay_no}"


def earlier_of(decision: str) -> str:
    """The number of that stay, "" where something else was decided."""
    return decision[1:] if decision.startswith("=") else ""


@dataclass(slots=True)
class DoubtsDecided:
    """Changes rows by what is said of their persons: somebody known, the one of another line, or left aside.

    former: by each code that is no file of its own any more that of the person, whose values stay as they are here.
    said: by a person now; before: codes that lines of earlier imports became, by the place where they stand now, and
    whether the name on the line is the one that counts. same: afterwards the code of each person who is not a new one.
    moot: decisions that mean nothing any more, since another one took away what they speak of.
    """

    said: Mapping[Place, str]
    before: Mapping[Place, tuple[str, bool]] = field(default_factory=dict)
    same: dict[Place, str] = field(default_factory=dict)
    moot: set[Place] = field(default_factory=set)
    former: Mapping[str, str] = field(default_factory=dict)

    def change(self, rows: list[Incoming], refusals: list[Refusal], known: Known) -> list[Incoming]:
        """These rows of a workbook, changed; those left aside join the refusals."""
        if not (self.said or self.before or self.former):
            return rows
        persons = {(row.sheet, row.number): row for row in rows if row.list == "personnes"}
        codes = self._codes(persons, {values["person_code"] for _, values in known["personnes"]})
        kept = []
        aside: set[Place] = set()
        for row in rows:
            place = (row.sheet, row.number)
            said = self.said.get(place)
            if said == ASIDE:
                if place not in aside:
                    aside.add(place)
                    column = ROW_KEYS[row.list][0]
                    error = LeftAside() if row.list == "personnes" else ThingLeftAside()
                    refusals.append(Refusal(row.list, row.sheet, row.number, column, "", error))
                continue
            if row.list == "personnes" and (place in self.same or _code(row) in codes):  # or carried over from there
                continue
            code = self._before(place) if row.list == "personnes" else None
            code = code or codes.get(_code(row))
            kept.append(row if code is None else row._replace(values={**row.values, "person_code": code}))
        return _with_later_stays(kept, known, set(codes.values()))

    def _before(self, place: Place) -> str | None:
        code, is_said = self.before.get(place, ("", True))
        return None if is_said or place in self.said else code

    def _codes(self, persons: Mapping[Place, Incoming], known: set[str]) -> dict[str, str]:
        """Who it is, by the folded code that the file, or this look at it, gave the person; fills `same` and `moot`."""
        meant: dict[Place, str] = {place: code for place, (code, is_said) in self.before.items() if is_said}
        meant |= {place: said for place, said in self.said.items() if said not in (NEW, ASIDE) and not earlier_of(said)}
        for place in self.said:
            if self.said[place] == NEW:
                meant.pop(place, None)
        of_line = {as_line(place): place for place in persons}
        found = {former.casefold(): code for former, code in self.former.items()}
        for place in meant:
            if place not in persons:
                self.moot.add(place)
                continue
            code = self._end(place, meant, of_line, persons, known)
            if code is None:
                self.moot.add(place)
                continue
            self.same[place] = code
            if _code(persons[place]):
                found[_code(persons[place])] = code
        return found

    def _end(
        self,
        place: Place,
        meant: Mapping[Place, str],
        of_line: Mapping[str, Place],
        persons: Mapping[Place, Incoming],
        known: set[str],
    ) -> str | None:
        """Whom a chain of decisions ends with; None where it leads to a line that stays out, or round in a circle."""
        met = {place}
        said = meant[place]
        while line_of(said) is not None:
            target = of_line.get(said)
            if target is None or target in met or self.said.get(target) == ASIDE:
                return None
            met.add(target)
            if target not in meant:
                return str(persons[target].values.get("person_code") or "") or None
            said = meant[target]
        said = self.former.get(said, said)
        return said if said in known else None


def without_names(rows: list[Incoming], erased: Collection[str], names: Collection[str]) -> list[Incoming]:
    """Names that were erased do not come back with an old file. erased: codes of these persons; names: columns."""
    if not erased:
        return rows
    return [
        row._replace(values={key: value for key, value in row.values.items() if key not in names})
        if row.list == "personnes" and row.values.get("person_code") in erased
        else row
        for row in rows
    ]


def _code(row: Incoming) -> str:
    return str(row.values.get("person_code") or "").casefold()


def _with_later_stays(rows: list[Incoming], known: Known, codes: set[str]) -> list[Incoming]:
    """Of these persons only the earliest stay can be the first one."""
    earliest: dict[str, datetime] = {}
    stays = [values for _, values in known["sejours"]] + [row.values for row in rows if row.list == "sejours"]
    for values in stays:
        code, admitted = values.get("person_code"), values.get("admitted_at")
        if code in codes and admitted is not None:
            earliest[code] = min(earliest.get(code, admitted), admitted)
    made = []
    for row in rows:
        first = earliest.get(row.values.get("person_code", "")) if row.list == "sejours" else None
        is_first = row.values.get("entry_kind") == "premiere"
        is_later = first is not None and is_first and row.values["admitted_at"] > first
        made.append(row._replace(values={**row.values, "entry_kind": "readmission"}) if is_later else row)
    return made
