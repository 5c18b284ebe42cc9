"""What the changed rows of a file move in the reports of months that are over."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from itertools import chain

from shelter_desk.domain.ids import PersonId, StayId, VictimStatusId
from shelter_desk.domain.registers.rows import Judgement, Kept, Key, Place, Values, birth_of, folded, key_of
from shelter_desk.domain.reports.corrected import Shift, shifts
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay, VictimStatus

# what figures of a person and of a stay turn on
_COUNTED: Mapping[str, tuple[str, ...]] = {
    "personnes": ("sex", "birth_date", "birth_date_precision", "age_estimated", "age_estimated_on", "nationality"),
    "sejours": ("admitted_at", "exited_at", "migration_situation", "child_status", "is_dependant"),
    "statuts_victime": ("victim_status", "decided_on"),
}


def of_lines(judgement: Judgement, today: date) -> dict[Place, tuple[Shift, ...]]:
    """By line what it moves; lines that move nothing, and those of persons who are new, are left out."""
    touched: defaultdict[Place, dict[Key, None]] = defaultdict(dict)
    stays = judgement.standing.get("sejours", {})
    for name, columns in _COUNTED.items():
        for kept in judgement.standing.get(name, {}).values():
            before = kept.before or {}
            if kept.incoming is None or all(before.get(one) == kept.values.get(one) for one in columns):
                continue
            row = kept if name != "statuts_victime" else stays.get((folded(kept.values["stay_no"]),))
            if row is not None and row.before is not None:
                touched[kept.incoming.sheet, kept.incoming.number][folded(row.before["person_code"]),] = None
    if not touched:
        return {}
    of = _Persons(judgement)
    found = {place: [of.moved(key, place, today) for key in keys] for place, keys in touched.items()}
    return {place: told for place, moved in found.items() if (told := tuple(chain.from_iterable(moved)))}


class _Persons:
    """Those who are known, with their stays and the decisions on them."""

    def __init__(self, judgement: Judgement) -> None:
        self._persons = judgement.standing.get("personnes", {})
        self._stays: defaultdict[str, list[Kept]] = defaultdict(list)
        self._statuses: defaultdict[Key, list[Kept]] = defaultdict(list)
        for kept in judgement.standing.get("sejours", {}).values():
            if kept.before is not None:
                self._stays[folded(kept.before["person_code"])].append(kept)
        for kept in judgement.standing.get("statuts_victime", {}).values():
            self._statuses[folded(kept.values["stay_no"]),].append(kept)

    def moved(self, key: Key, place: Place, today: date) -> list[Shift]:
        """What that line alone moves of that person."""
        kept = self._persons.get(key)
        if kept is None or kept.before is None:
            return []

        def after(row: Kept) -> Values | None:
            is_of_line = row.incoming is not None and (row.incoming.sheet, row.incoming.number) == place
            return row.values if is_of_line else row.before

        stays = self._stays[key[0]]
        persons = (_person(kept.before), _person(after(kept) or kept.before))
        pairs = [(_stay(one, one.before or {}), _stay(one, after(one) or {})) for one in stays]
        return shifts(persons, pairs, self._decided(stays, lambda row: row.before), today, self._decided(stays, after))

    def _decided(self, stays: list[Kept], side: Callable[[Kept], Values | None]) -> dict[StayId, list[VictimStatus]]:
        return {
            StayId(one.id or 0): [
                VictimStatus(VictimStatusId(0), StayId(one.id or 0), said["victim_status"], said["decided_on"])
                for row in self._statuses[key_of("sejours", one.values)]
                if (said := side(row)) is not None
            ]
            for one in stays
        }


def _person(values: Values) -> Person:
    return Person(PersonId(0), values["person_code"], values["sex"], birth_of(values), values["nationality"])


def _stay(kept: Kept, values: Values) -> Stay:
    return Stay(
        StayId(kept.id or 0),
        values["stay_no"],
        PersonId(0),
        values["admitted_at"],
        values["entry_kind"],
        values["migration_situation"],
        values.get("exited_at"),
        values.get("exit_reason") or "",
        child_status=values.get("child_status") or "",
        is_dependant=bool(values.get("is_dependant")),
    )
