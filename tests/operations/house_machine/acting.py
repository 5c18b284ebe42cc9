"""What every rule stands on: the open house, its clock, an act tried, and what is held against it."""

import io
import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize
from hypothesis.strategies._internal.featureflags import FeatureFlags

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.residents.residents import Names
from shelter_desk.excel.reading import reading, worker
from shelter_desk.excel.reading.book import Workbook
from shelter_desk.operations.beds import occupancy
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.storage.reports import late_facts
from shelter_desk.system import clock
from tests.operations.house_machine import checks, month_count
from tests.operations.house_machine.diary import VOID, Night, Rows, changed, day, read, tables_of, written
from tests.operations.shelter import open_small_shelter

OPENED = datetime(2026, 3, 30, 12)  # at noon, two days before a month ends
FIGURES_EVERY, BOARD_EVERY = 20, 5  # steps
PICKS = st.integers(0, 999)
DAYS = st.integers(0, 40)
NEAR = st.integers(0, 9)
HOURS = st.sampled_from((0, 9, 17))
ABSENT = st.sampled_from(("hopital", "permission", "inconnu"))
One = TypeVar("One")


@dataclass(frozen=True)
class Act:
    """What was done last, with the rows as they were before."""

    done: Done
    before: Rows


def read_here(path: Path) -> Workbook:
    """The workbook as the guarded process reads it."""
    out = io.BytesIO()
    worker._read(path.read_bytes(), out, 1000, text_allowed=True)
    title, lines = reading._title(json.loads(line) for line in out.getvalue().splitlines())
    return Workbook(tuple(reading._sheets(lines, 1000, path.stem)), title)


class House(RuleBasedStateMachine):
    """An open house of twelve beds. done: accepted steps by rule; steps: all of them; both over all examples."""

    done: ClassVar[Counter[str]] = Counter()
    nameless: ClassVar[Names] = Names()
    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        # every rule in every house: Hypothesis would leave about half of them out of each
        self._rules_strategy.enabled_rules_strategy = st.just(FeatureFlags())

    @initialize()
    def open(self) -> None:
        self._real, self.moment = (clock.now, reading.read), OPENED
        clock.now = lambda: self.moment
        vars(reading)["read"] = read_here  # no process of its own for each of thousands of files
        self.desk = open_small_shelter(Path(mkdtemp()) / "s")
        self.tables = tables_of(self.desk)
        self.last: Act | None = None
        self.cancelled: dict[int, tuple[Any, tuple[str, str]]] = {}  # the stay, and why it had ended
        # by merge: the rows before and after it, and the names before
        self.merged: dict[int, tuple[Rows, Rows, Mapping[PersonId, Names]]] = {}
        self.tried, self.accepted, self.failed = 0, 0, False
        self.last_time: dict[str, int] = {}
        self._look()

    def rested(self, name: str, steps: int) -> bool:
        """Whether that many steps went by since this was tried: what takes its time is not done all the time."""
        return self.tried - self.last_time.get(name, 0) >= steps

    # What is there --------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        return self.moment.date()

    def at(self, days: int, hour: int) -> datetime:
        """That many days ago; an hour of today that is to come is the morning."""
        return datetime.combine(self.today - timedelta(days=days), time(9 if not days and hour > 9 else hour))

    def _look(self) -> None:
        self.rows = read(self.desk, self.tables)
        self.diary = written(self.rows, self.today)

    def stays(self, *, here: bool | None = None) -> list[Any]:
        """Those that are not void, all of them or only those here or not."""
        known = [one for one in self.rows["stays"] if one.uncounted != VOID]
        return known if here is None else [one for one in known if (one.exited_at is None) == here]

    def reason(self, stay: int) -> tuple[str, str]:
        """Why it ended, as it lies in the open and with its situation."""
        (own,), (said,) = ([one for one in self.rows[table] if one.id == stay] for table in ("stays", "situations"))
        return own.uncounted, said.exit_reason

    @staticmethod
    def pick(those: Any, pick: int) -> Any:
        """One of them; None where there is none."""
        known = list(those)
        return known[pick % len(known)] if known else None

    def free_bed(self, pick: int, since: date, letters: str = "1234", of: Collection[int] | None = None) -> Any:
        """A bed of those rooms, and of those beds, that nobody has from that night on, where there is one."""
        rooms = {one.id: one.room_code for one in self.rows["rooms"]}
        beds = [one for one in self.rows["beds"] if rooms[one.room_id] in letters]
        busy = {one.bed for (_, night), one in self.diary.items() if night >= since}
        busy |= {one.bed_id for one in self.rows["bed_states"] if one.ended_at is None or day(one.ended_at) > since}
        busy |= {one.bed_id for one in checks.holding(self.rows, self.today)}
        free = [one for one in beds if one.id not in busy]
        return self.pick([one for one in free if of is not None and one.id in of] or free or beds, pick)

    def months(self) -> list[Period]:
        """This month as far as it went and the two before it."""
        this = Period.month(self.today.year, self.today.month)
        running = [this.over_by(self.today)] if self.today.day > 1 else []
        return [this.month_before.month_before, this.month_before, *running]

    # An act ---------------------------------------------------------------------------------------------------------

    def act(self, name: str, what: Callable[[], One], changes: Callable[[Night], bool] = lambda _: False) -> One | None:
        """Do it: None where it is refused, and then nothing is otherwise; else only the nights that `changes` names.

        What is late is done again for a reason; what needed none moves no figure of a closed month.
        """
        self._step()
        self.last_time[name] = self.tried
        self.failed, before = True, (self.rows, self.diary)
        made = self._acted(name, what, before[0])
        if made is not None:
            odd = changed(before[1], self.diary, changes)
            assert not odd, f"{name}: nights that it was not to change: {odd}"
            done = made if isinstance(made, Done) else getattr(made, "done", None)
            self.last = Act(done, before[0]) if isinstance(done, Done) else None
            checks.check(self.rows, self.diary, self.today)
        self._look_about()
        self.failed = False
        return made

    def _acted(self, name: str, what: Callable[[], One], before: Rows) -> One | None:
        try:
            made = self._done_in_time(what)
        except NeedsLateReason:
            self._unchanged(before)
            try:
                with self.desk.because_late("erreur"):
                    made = what()
            except RuleBroken:
                self._unchanged(before)
                return None
            self.done["late with a reason"] += 1
        except RuleBroken:
            self._unchanged(before)
            return None
        self.done[name] += 1
        self.accepted += 1
        self._look()
        return made

    def _done_in_time(self, what: Callable[[], One]) -> One:
        """What needs no reason moves no figure of a closed month."""
        with self.desk.reading() as connection:
            closed = late_facts.closed(connection)
        before = month_count.of_persons(self.rows, self.diary, closed)
        made = what()
        done = getattr(made, "done", made)
        if closed and isinstance(done, Done) and not done.late_reason:
            rows = read(self.desk, self.tables)
            after = month_count.of_persons(rows, written(rows, self.today), closed)
            assert before == after, f"closed months moved: {before} {after}"
        return made

    def _unchanged(self, before: Rows) -> None:
        assert read(self.desk, self.tables) == before, "what was refused left something behind"

    def _step(self) -> None:
        self.tried += 1
        self.done["steps"] += 1

    def _look_about(self) -> None:
        """What takes its time, every few steps."""
        if self.tried % BOARD_EVERY == 0:
            self.look_at_the_board(self.today - timedelta(days=self.tried % 3 * 7))
        if self.tried % FIGURES_EVERY == 0:
            self.count_the_months()

    def look_at_the_board(self, night: date) -> None:
        """Who is in the house that night, and where, is what the diary says."""
        with self.desk.reading() as connection:
            seen = occupancy.house(connection, night)
        told = {one.stay.id: (one.placement.bed if one.placement else None, bool(one.absence)) for one in seen.present}
        mine = {stay: (one.bed, bool(one.away)) for (stay, on), one in self.diary.items() if on == night}
        assert told == mine, f"the night of {night}: the board says {told}, the diary {mine}"
        held = {one.id for one in seen.held if night == self.today and one.holds(night)}
        known = {one.id for one in checks.holding(self.rows, self.today)}
        assert night != self.today or held == known, f"held today: {held}, by the rows {known}"

    def count_the_months(self) -> None:
        for month in self.months():
            month_count.compare(self.desk, self.rows, self.diary, month)

    def teardown(self) -> None:
        """The months of the end are counted too, where no step failed before."""
        if hasattr(self, "desk"):
            try:
                if self.tried and not self.failed:
                    self.count_the_months()
            finally:
                self.close()

    def close(self) -> None:
        clock.now, vars(reading)["read"] = self._real
        self.desk.close()
        shutil.rmtree(self.desk.folder.parent)
