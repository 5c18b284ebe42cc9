"""Imports and their undo, months closed and opened again, the last act undone."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shelter_desk.domain.moments import Period
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Done
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.reports import closing
from shelter_desk.storage.reports import late_facts
from tests.operations.house_machine.acting import PICKS, House
from tests.operations.house_machine.diary import day, of_stay
from tests.operations.imports.test_intake import nobody

HEADINGS = ("N°", "Nom et prénom(s)", "Sexe", "Âge", "Nationalité", "Date d'entrée", "Catégorie", "Date de sortie")
FIRST = ("Awa", "Fanta", "Kadiatou", "Moussa", "Oumou", "Salif", "Ténin", "Youssouf")
LAST = ("DIARRA", "KEITA", "MENSAH", "OUEDRAOGO", "SANOGO", "TRAORE", "ZONGO", "BALLO")
LINES = st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 12)), min_size=1, max_size=3)


@dataclass(frozen=True)
class TakenIn:
    """What an import wrote: the stays, and all about them as it stood then."""

    stays: tuple[int, ...]
    rows: list[Any]


class Papers(House):
    """Registers taken in, closed months, and the undo of what was done last."""

    taken: dict[int, TakenIn]
    numbered = 0

    @precondition(lambda self: self.rested("taken in", 10))
    @rule(lines=LINES)
    def a_register_is_taken_in(self, lines: list[tuple[int, int | None]]) -> None:
        """Persons whom nobody knew, in no bed."""
        known = {one.id for one in self.rows["stays"]}
        wanted = [self._days(*line) for line in lines]
        path = self._workbook(wanted)
        review = intake.open_file(self.desk, path, nobody)
        made = self.act(
            "taken in", lambda: intake_batches.take_in(self.desk, review, nobody), lambda key: key[0] not in known
        )
        if made is not None and made.batch is not None:
            new = [one for one in self.rows["stays"] if one.id not in known]
            said = Counter((day(one.admitted_at), one.exited_at and day(one.exited_at)) for one in new)
            assert not said - Counter(wanted), f"typed {wanted}, taken in {said}"  # who may be known waits
            keys = tuple(one.id for one in new)
            self.taken = {**getattr(self, "taken", {}), made.batch.id: TakenIn(keys, self._about(keys))}

    def _days(self, ago: int, nights: int | None) -> tuple[date, date | None]:
        came = self.today - timedelta(days=ago)
        return came, None if nights is None else min(self.today, came + timedelta(days=nights))

    def _workbook(self, lines: list[tuple[date, date | None]]) -> Path:
        written = [";".join(HEADINGS)]
        for came, left in lines:
            self.numbered += 1
            called = f"{LAST[self.numbered % 8]} {FIRST[self.numbered // 8 % 8]} {'ABCDEFGH'[self.numbered // 64 % 8]}"
            typed = [f"{one:%d/%m/%Y}" if one else "" for one in (came, left)]
            written.append(f"{self.numbered};{called};F;31 ans;GN;{typed[0]};transit;{typed[1]}")
        path = self.desk.folder.parent / f"{self.numbered}.csv"
        path.write_text("\n".join(written), encoding="utf-8")
        return path

    def _about(self, keys: tuple[int, ...]) -> list[Any]:
        found = [one for one in self.rows["stays"] if one.id in keys]
        persons = {one.person_id for one in found}
        hanging = [
            one for key in keys for table in ("placements", "absences") for one in of_stay(self.rows, table, key)
        ]
        files = [one for one in self.rows["persons"] if one.id in persons]
        merged = [one for one in self.rows["merges"] if {one.person_id, one.other_id} & persons]
        told = [one for one in self.rows["exits"] if one.stay_id in keys]
        others = [one for one in self.rows["stays"] if one.person_id in persons]
        return [*found, *hanging, *files, *merged, *told, *others]

    def _standing(self) -> list[Any]:
        return [one for one in self.rows["import_batches"] if one.undone_at is None]

    @precondition(lambda self: bool(self._standing()))
    @rule(pick=PICKS)
    def an_import_is_undone(self, pick: int) -> None:
        """What nobody touched since is gone; what somebody did stays whole."""
        batch = self.pick(self._standing(), pick)
        taken = self.taken[batch.id]
        was, before = self._about(taken.stays), dict(self.diary)
        made = self.act(
            "import undone",
            lambda: intake_batches.undo(self.desk, batch.id, nobody),
            lambda key: key[0] in taken.stays,
        )
        if made is not None:
            left = {one.id for one in self.rows["stays"]} & set(taken.stays)
            assert was != taken.rows or not left, f"nobody touched {left}"
            for key, slept in before.items():
                assert key[0] not in left or self.diary.get(key) == slept

    # Months ---------------------------------------------------------------------------------------------------------

    def _closed(self) -> list[Period]:
        with self.desk.reading() as connection:
            return late_facts.closed(connection)

    def _to_close(self) -> Period | None:
        """The first month that is over and not closed."""
        began = min((day(one.admitted_at) for one in self.stays()), default=None)
        if began is None:
            return None
        month, closed = Period.month(began.year, began.month), self._closed()
        while month in closed:
            month = month.month_after
        return month if month.last < self.today else None

    @precondition(lambda self: self.rested("closed", 14) and self._to_close() is not None)
    @rule()
    def a_month_is_closed(self) -> None:
        month = self._to_close()
        assert month is not None
        self.act("closed", lambda: closing.close(self.desk, month, lambda _: "sans_objet"))
        assert month in self._closed(), f"{month} cannot be closed"

    @precondition(lambda self: self.rested("closed", 6) and self.rested("opened again", 14) and bool(self._closed()))
    @rule()
    def a_month_is_opened_again(self) -> None:
        month = self._closed()[-1]
        self.act("opened again", lambda: self._opened(month))
        assert month not in self._closed()

    def _opened(self, month: Period) -> bool:
        closing.reopen(self.desk, month, "une entrée oubliée")
        return True

    # The last act ---------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.rested("undone", 5) and self.last is not None)
    @rule()
    def the_last_act_is_undone(self) -> None:
        """Nobody wrote since: it is never refused, and every row is as it was."""
        last = self.last
        assert last is not None
        made = self.act("undone", lambda: self._undone(last.done), lambda _: True)
        assert made, f"{last.done.action} is not to be undone"
        odd = {table: (last.before[table], rows) for table, rows in self.rows.items() if last.before[table] != rows}
        assert not odd, f"{last.done.action} undone left: {odd}"
        self.last = None

    def _undone(self, done: Done) -> bool:
        desks.undo(self.desk, done)
        return True
