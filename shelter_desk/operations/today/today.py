"""Tonight in numbers, the occupancy of a year, what is to be done, and what a power cut leaves to be typed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from shelter_desk.domain import settings as limits
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import categories
from shelter_desk.domain.reports.closing import open_before
from shelter_desk.domain.reports.figures import TOTAL, half_up
from shelter_desk.domain.reports.lines import lines
from shelter_desk.domain.reports.tables.nights import slept
from shelter_desk.domain.reports.tables.t01_capacity import bed_nights, capacity
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import last_before_silence
from shelter_desk.operations import settings
from shelter_desk.operations.beds import profiles
from shelter_desk.operations.beds.bed_board import Board, arranged
from shelter_desk.operations.beds.occupancy import Present, house
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.reports import month_versions, pending, reports
from shelter_desk.operations.residents import retention
from shelter_desk.operations.stays import place_requests, roll_call
from shelter_desk.operations.today import arrivals, case_tasks, handovers, import_gaps
from shelter_desk.operations.today.task_kinds import MOST_APART, Matter, Task
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.reports import reports as stored_reports
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.words.backups import OLD_DAYS

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Tonight:
    """The house of one night in counts alone: nothing in it tells who.

    usable of installed beds; free and usable for whom, a bed that suits several counted for each; kept: free beds
    beside a family; held: beds of persons away; expected: beds and places held for arrivals;
    out_of_use: beds by `bed_state`; over: persons beyond the usable beds of their rooms (R-12).
    rate: percent of usable beds slept in, extra places in the numerator as in T1; None without a usable bed.
    """

    night: date
    installed: int
    usable: int
    present: int
    in_bed: int
    extra: int
    sharing: int
    unplaced: int
    free: int
    free_for: Mapping[str, int]
    kept: int
    held: int
    expected: int
    away: int
    out_of_use: Mapping[str, int]
    over: int
    rate: float | None


@needs(Permission.SEE_COUNTS)
def tonight(desk: Desk) -> Tonight:
    """Count the board of tonight."""
    with desk.reading() as connection:
        return counted(arranged(house(connection, desk.today())))


def counted(board: Board) -> Tonight:
    """The counts of a board."""
    here = [one for one in board.everyone if one.absence is None]
    sharing = sum(1 for one in here if one.placement is not None and one.placement.place == "partage")
    beds = [look for room in board.rooms for look in room.beds if not look.bed.is_extra]
    in_bed = sum(1 for look in beds if look.sleeper and look.sleeper.absence is None)
    unplaced = sum(1 for one in board.unplaced if one.absence is None and one.placement is None)
    rate = half_up((len(here) - sharing) * 100, board.usable)
    return Tonight(
        board.night,
        board.installed,
        board.usable,
        len(here),
        in_bed,
        len(here) - sharing - in_bed - unplaced,
        sharing,
        unplaced,
        board.free,
        profiles.free_for(board),
        profiles.free_for_those_here(board),
        board.held,
        board.expected,
        len(board.everyone) - len(here),
        dict(Counter(look.state.state for look in beds if look.state is not None)),
        board.over,
        rate if rate is None else float(rate),
    )


@dataclass(frozen=True, slots=True)
class MonthRate:
    """The occupancy of a whole month in percent (T1), None where no bed could be used or nobody was ever admitted."""

    first: date
    rate: float | None


@needs(Permission.SEE_COUNTS)
def year_line(desk: Desk) -> tuple[MonthRate, ...]:
    """The last twelve whole months, oldest first, by the figure of the monthly report; takes a while."""
    months = [Period(desk.today(), desk.today()).month_before]
    while len(months) < MONTHS:
        months.insert(0, months[0].month_before)
    with desk.reading() as connection:
        first_day = stored_reports.first_day(connection)
        return tuple(
            MonthRate(month.first, None if first_day is None or month.last < first_day else _rate(connection, month))
            for month in months
        )


def _rate(connection: Connection, month: Period) -> float | None:
    facts = stored_reports.facts(connection, month, assets=False)
    extra_beds = frozenset(bed.id for bed in facts.beds if bed.is_extra)
    found = lines(facts)
    nights = [slept(facts, line.stay, extra_beds) for line in found]
    value = capacity(facts, bed_nights(facts), nights, found)["t1.occupancy_rate", TOTAL].value
    return float(value) if isinstance(value, int | float) else None


@needs(Permission.SEE_BEDS)
def to_do(desk: Desk) -> list[Task]:
    """What asks for somebody today, the most urgent first; what the month leaves open has its own question."""
    today = desk.today()
    with desk.reading() as connection:
        board = arranged(house(connection, today))
        away = stored_stays.absences(connection, [one.stay.id for one in board.everyone])
        returns = journal.written_since(connection, today, "come_back")
    looks = [look for room in board.rooms for look in room.beds]
    back = {
        one.stay
        for several in away.values()
        for one in several
        if one.end is not None and one.end.date() == today and ("absences", one.id) not in returns
    }
    tasks = [
        *(
            _about(one, "no_place", n=categories.nights(one.stay, today))
            for one in board.unplaced
            if one.absence is None
        ),
        *(_about(one, "child_left", what=look.bed.code) for look in looks for one in look.left_behind),
        *_of_flags(flags.of_house(desk), today),
        *(_about(one, "back_today", day=today) for one in board.everyone if one.stay.id in back),
    ]
    tasks += arrivals.expected(desk)
    if desk.may(Permission.CASE_SEE):
        tasks += arrivals.exits(desk)
    tasks = case_tasks.with_birthdays(desk, tasks) if desk.may(Permission.CASE_SEE) else tasks
    tasks += case_tasks.waiting(desk, [flag for task in tasks for flag in task.flags])
    if desk.may(Permission.CALL_ROLL):
        due = roll_call.due(desk)
        tasks += [Task("roll_call_due", page="today", day=due)] if due is not None else []
    if desk.may(Permission.ADMIT_PROVISIONAL) and (found := place_requests.waiting(desk)).persons:
        tasks.append(Task("places_asked", page="assistance/places", n=found.persons, day=found.since))  # one for all
    if desk.may(Permission.CASE_SEE):
        tasks += case_tasks.returns(desk)
    tasks += import_gaps.tasks(desk)
    given = handovers.waiting(desk)
    if given is not None:
        tasks.append(
            Task("handover_waiting", page="today/handover", day=given.handover.handed_at.date(), what=given.by)
        )
    if desk.may(Permission.BACKUP):
        tasks += _of_backups(desk, today)
    if desk.may(Permission.USERS_EDIT) and not desk.is_training and user_accounts.opened_all_names(desk):
        tasks.append(Task("keys_due", page="settings/people"))
    return sorted(tasks, key=_order)


_RANK: Mapping[Matter, int] = {
    "roll_call_due": 0,
    "no_place": 1,
    "child_left": 1,
    "held_taken": 2,
    "arrival_late": 3,
    "arrival_due": 4,
    "held_lapsed": 8,
    "places_asked": 9,
    "handover_waiting": 7,
    "return_step": 18,
    "high_risk": 18,
    "referral_late": 42,
    "appointment_late": 43,
    "action_late": 44,
    "loans_unsaid": 45,
    "exit_due": 41,
    "to_complete": 46,
    "back_today": 50,
    "birthday": 60,
    "no_backup": 70,
    "backup_old": 70,
    "keys_due": 71,
    "month_open": 80,
    "month_to_rectify": 79,
    "names_due": 85,
}


_LAST_WEEK = 13  # of the days before an 18th birthday: the room must be ready


def _order(task: Task) -> tuple[int, int, str]:
    rank = rules()[task.flags[0].rule].rank if task.flags else _RANK[task.matter]
    rank = _LAST_WEEK if task.matter == "birthday" and task.n <= 7 else rank
    return rank, -task.overdue, task.code


def _about(one: Present, matter: Matter, *, n: int = 0, day: date | None = None, what: str = "") -> Task:
    return Task(matter, one.person.code, one.person.id, sex=one.person.sex, n=n, day=day, what=what)


def _of_flags(found: Iterable[Flag], today: date) -> Iterator[Task]:
    """A line for each flag, or one for all of a kind where they are many; nights without a roll call always share."""
    alike = defaultdict[tuple[str, str], list[Flag]](list)
    for one in found:
        alike[one.rule, one.kind].append(one)
    for several in alike.values():
        nights = several[0].rule == "R-31"
        together = several[0].kind == "missing" if nights else len(several) > MOST_APART
        for group in [several] if together else [[one] for one in several]:
            yield _task(tuple(group), today)


def _task(found: tuple[Flag, ...], today: date) -> Task:
    one, late = found[0], max(flag.overdue(today) for flag in found)
    if one.rule == "R-31":
        matter: Matter = "roll_call_missing" if one.kind == "missing" else "roll_call_differs"
        last = max(flag.night for flag in found if flag.night is not None)
        n = len(found) if one.kind == "missing" else sum(flag.n for flag in found)
        return Task(matter, page="today", n=n, day=last, flags=found)
    if one.rule == "R-12":
        return Task("too_many", page="beds", n=one.n, flags=found)
    page = "" if one.person is not None else "beds"
    if len(found) > 1:
        alike = page or f"residents/alerts/{one.rule}/{one.kind}"
        return Task("flag", page=alike, n=len(found), flags=found, late=late)
    days = one.limit if one.due is not None else 0
    return Task("flag", one.code, one.person, page, n=one.n, limit=days, day=one.since, flags=found, late=late)


def _of_backups(desk: Desk, today: date) -> Iterator[Task]:
    last = backups.last_proven(desk)
    if last is None:
        yield Task("no_backup", page="settings/backups")
        return
    days = (today - last.date()).days
    if days > OLD_DAYS:
        yield Task("backup_old", page="settings/backups", n=days, limit=OLD_DAYS, day=last.date())


@needs(Permission.REPORT_SEE)
def month_open(desk: Desk) -> Task | None:
    """The month to close, with what its report still leaves to settle; takes a while.

    Last month, or an earlier one that is open though months were closed before it. None before the day set, and where
    nothing is to be settled by who may not close it.
    """
    today = desk.today()
    kept = settings.kept(desk)
    if today.day < limits.whole(kept, "report_remind_day"):
        return None
    last = Period.month(today.year, today.month).month_before
    month = open_before(last.month_after, month_versions.current(desk)) or last
    if month_versions.standing(desk, month).current is not None:
        return None
    facts = reports.read(desk, month)
    points = reports.points(desk, facts)
    due = month.month_after.first + timedelta(days=limits.whole(kept, "report_late_day") - 1)
    late = max(0, (today - due).days)
    is_due = bool(points) or (desk.may(Permission.REPORT_CLOSE) and bool(facts.stays))
    return Task("month_open", page="reports", n=len(points), day=month.first, late=late) if is_due else None


@needs(Permission.REPORT_CLOSE)
def months_to_rectify(desk: Desk) -> list[Task]:
    """Closed months in which an important figure moved since; takes a while."""
    found = pending.to_rectify(desk)
    return [Task("month_to_rectify", page=f"reports/{one.first:%Y-%m}", day=one.first) for one in found]


@needs(Permission.ERASE)
def names_due(desk: Desk) -> Task | None:
    """Names that have been kept as long as they may, held ones left out; None where there are none. Takes a while."""
    n = retention.how_many_due(desk)
    return Task("names_due", page="settings/retention", n=n) if n else None


# Catching up ---------------------------------------------------------------------------------------------------------


@needs(Permission.SEE_COUNTS)
def since_when(desk: Desk) -> datetime | None:
    """When the shelter was last written in before the last silence of half an hour; None in a new one."""
    with desk.reading() as connection:
        return last_before_silence(journal.written_at(connection), desk.now())


class _Afterwards(Desk):
    """The same desk, whose journal lines say that they were typed afterwards."""

    @contextmanager
    def writing(self, action: str, changes: Changes, subject: str = "") -> Iterator[Writing]:
        with super().writing(action, changes, subject) as writing:
            writing.details["typed_afterwards"] = True
            yield writing


@needs(Permission.ADMIT)
def afterwards(desk: Desk) -> Desk:
    """A desk for what is typed after it happened: ordinary operations, their journal lines marked.

    Stays tell it by themselves: they keep when entry and exit were typed.
    """
    return _Afterwards(**{one.name: getattr(desk, one.name) for one in fields(Desk)})


@needs(Permission.SEE_BEDS)
def was_undone(desk: Desk, done: Done) -> bool:
    """True when this act was taken back since."""
    with desk.reading() as connection:
        return journal.was_undone(connection, done.seq)
