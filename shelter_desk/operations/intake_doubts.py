"""What a person decided of new persons who may be known already (R-02), as it changes the rows of a file."""

from collections.abc import Mapping
from datetime import datetime

from shelter_desk.domain.registers.refusals import LeftAside
from shelter_desk.domain.registers.rows import Incoming, Refusal
from shelter_desk.operations.intake_layouts import Place
from shelter_desk.operations.registers import Known, Rows

NEW, ASIDE = "new", "aside"


def as_line(place: Place) -> str:
    """What is decided where a person is the one of another line."""
    return f"@{place[1]}@{place[0]}"


def line_of(decision: str) -> int | None:
    """The row of that other line, None where something else was decided."""
    return int(decision.split("@")[1]) if decision.startswith("@") else None


class Decided:
    """Changes rows by what a person said of doubts: it is somebody known, or of another line, or is left aside."""

    def __init__(self, persons: Mapping[Place, str]) -> None:
        self._said = {place: said for place, said in persons.items() if said != NEW}

    def __call__(self, rows: Rows, known: Known) -> None:
        if not self._said:
            return
        same = self._same(rows.rows)
        kept = []
        for row in rows.rows:
            said = self._said.get((row.sheet, row.number))
            if said is not None and row.list == "personnes":
                if said == ASIDE:
                    rows.refusals.append(Refusal(row.list, row.sheet, row.number, "person_code", "", LeftAside()))
            elif said != ASIDE:
                code = same.get(_code(row))
                kept.append(row if code is None else row._replace(values={**row.values, "person_code": code}))
        rows.rows = _with_later_stays(kept, known, set(same.values()))

    def _same(self, rows: list[Incoming]) -> dict[str, str]:
        """Who it is, by the folded code that the file, or this look at it, gave the person."""
        codes = {as_line((row.sheet, row.number)): row.values.get("person_code") for row in rows if _is_person(row)}
        found = {}
        for row in rows:
            said = self._said.get((row.sheet, row.number))
            if _is_person(row) and said not in (None, ASIDE) and _code(row):
                meant = codes.get(said) if line_of(str(said)) is not None else said
                if meant:
                    found[_code(row)] = str(meant)
        return {code: found.get(meant.casefold(), meant) for code, meant in found.items()}


def _is_person(row: Incoming) -> bool:
    return row.list == "personnes"


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
