"""Which closed months the rows of a file speak of, before they are written: as `desk.writing` judges them then."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import count

from shelter_desk.domain.moments import Period
from shelter_desk.domain.registers.rows import FAMILIES, Judgement, Kept, Values, folded
from shelter_desk.domain.reports.late_facts import Row, concerned
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.registers import register_rows
from shelter_desk.storage.reports import late_facts

_STAYS, _MOVES = "sejours", "mouvements"
_PERSONS, _OF_STAYS = ("persons", "profiles"), ("situations", "victim_statuses")  # tables


@needs(Permission.REGISTERS_IMPORT)
def touched(desk: Desk, judgement: Judgement) -> tuple[Period, ...]:
    """Those that new or changed rows move something of, or that movements of the stock belong into, in order."""
    months = _closed(desk)
    if not months:
        return ()
    days = real_days(desk, judgement)
    rows, found = _Rows(judgement), set[Period]()
    for name, kept in judgement.to_write():
        if name == FAMILIES:  # the stay has them
            continue
        for table, row_of in rows.tables(name):
            for owner in rows.owners(table, kept):
                before = None if kept.before is None else {**row_of(kept.before), **owner}
                found |= concerned(table, before, {**row_of(kept.values), **owner}, months)
    return tuple(one for one in months if one in found or any(day in one for day in days))


@needs(Permission.REGISTERS_IMPORT)
def real_days(desk: Desk, judgement: Judgement) -> list[date]:
    """Of the new movements that happened in closed months and are dated after them, in order; one for each."""
    new = (kept for name, kept in judgement.to_write() if name == _MOVES and kept.is_new)
    days = sorted(kept.values["actual_on"] for kept in new if kept.values.get("actual_on"))
    months = _closed(desk) if days else []
    return [day for day in days if any(day in one for one in months)]


def _closed(desk: Desk) -> list[Period]:
    with desk.reading() as connection:
        return late_facts.closed(connection)


class _Rows:
    """Rows of the workbook as their tables would have them, with numbers of their own for what they name."""

    def __init__(self, judgement: Judgement) -> None:
        self._numbers: defaultdict[tuple[str, str], int] = defaultdict(count(1).__next__)
        self._stays = judgement.standing.get(_STAYS, {})
        self._of_person: defaultdict[str, list[Row]] = defaultdict(list)
        for kept in self._stays.values():
            self._of_person[folded(kept.values["person_code"])].append(_days(kept.values))

    def tables(self, name: str) -> Iterator[tuple[str, Callable[[Values], Row]]]:
        """The tables that a row of a list is written into, and what makes a row of each."""
        yield register_rows.TABLE_OF[name], lambda values: register_rows.row(name, values, self._number)
        beside = register_rows.BESIDE.get(name)
        if beside is not None:
            yield beside.table.name, lambda values: register_rows.row_beside(name, values, self._number)

    def _number(self, name: str, code: str | None) -> int | None:
        return self._numbers[name, folded(code)] if code else None

    def owners(self, table: str, kept: Kept) -> Iterator[Row]:
        """What is read beside a row: the days of its stay, of a person those of each stay, of others nothing."""
        if table in _PERSONS:
            yield from self._of_person[folded(kept.values["person_code"])] if kept.before is not None else ()
        elif table in _OF_STAYS:
            yield _days(self._stays[folded(kept.values["stay_no"]),].values)
        else:
            yield {}


def _days(stay: Mapping[str, object]) -> Row:
    days = {"stay_admitted_at": stay.get("admitted_at"), "stay_exited_at": stay.get("exited_at")}
    return {**days, "stay_uncounted": stay.get("exit_reason")}
