"""Tonight in counts, the year, tasks, and the marks of what is typed afterwards, on a real encrypted file."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import last_before_silence, nights_between
from shelter_desk.operations import desk as desks
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, reports
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.today import today
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from shelter_desk.ui.today.tasks import task_texts
from tests.operations.shelter import admit, bed, days_ago, month_when_over, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path) as opened:
        yield opened


def a_full_evening(desk: Desk) -> None:
    """A woman, one away, a mother who shares with her baby, a man on a mat, a girl without a place, a bed in repair."""
    admit(desk, "1A")
    gone = admit(desk, "1B")
    absences.be_away(desk, gone.stay, "hopital", days_ago(2).date())
    mother = admit(desk, "1C")
    admit(desk, "1C", age=0, sex="m", head=mother.stay, shares=True, reason="sa mère")
    mat = admit(desk, "2A", sex="m")
    room = bed(desk, "2A").room
    stays.move(desk, mat.stay, Spot("appoint", room=room), days_ago(1))
    admit(desk, age=15)
    beds.block(desk, bed(desk, "2B").id, "maintenance", days_ago(3), None, "sommier")


def recounted(board: Board) -> tuple[int, ...]:
    """Every bed and person of the board looked at one by one."""
    looks = [look for room in board.rooms for look in room.beds]
    everyone = [one for look in looks for one in (look.sleeper, *look.sharing) if one] + [
        *board.unplaced,
        *(one for room in board.rooms for one in room.extra),
    ]
    return (
        len(looks),
        len([look for look in looks if look.state is None]),
        len([one for one in everyone if one.absence is None]),
        len([look for look in looks if look.sleeper is None and look.state is None]),
        len([look for look in looks if look.sleeper and look.sleeper.absence]),
    )


def test_the_counts_of_tonight_are_those_of_the_board(desk: Desk) -> None:
    a_full_evening(desk)
    night = today.tonight(desk)
    counts = (night.installed, night.usable, night.present, night.free, night.held)
    assert counts == recounted(bed_board.board(desk, desk.today())) == (12, 11, 5, 8, 1)


def test_present_persons_are_sorted_by_where_they_sleep(desk: Desk) -> None:
    a_full_evening(desk)
    night = today.tonight(desk)
    assert (night.in_bed, night.extra, night.sharing, night.unplaced, night.away) == (2, 1, 1, 1, 1)


def two_on_mats(desk: Desk) -> None:
    """The women's room is full and two women lie on mats in it; the eight other beds are free."""
    for code in ("1A", "1B", "1C", "1D"):
        admit(desk, code)
    for _ in range(2):
        stays.move(desk, admit(desk).stay, Spot("appoint", room=bed(desk, "1A").room), days_ago(1))


def test_who_lies_on_a_mat_beside_a_full_room_is_too_many_though_other_rooms_have_beds(desk: Desk) -> None:
    two_on_mats(desk)
    night = today.tonight(desk)
    tasks = [task_texts.sentence(task) for task in today.to_do(desk) if task.matter == "too_many"]
    assert (night.over, night.free, tasks) == (2, 8, ["2 persons more than there are usable beds: room 1."])


def test_free_beds_are_counted_for_whom_they_are(desk: Desk) -> None:
    a_full_evening(desk)
    free = today.tonight(desk).free_for
    assert (free["women"], free["girls"], free["men"], free["families"]) == (1, 2, 3, 2)


def test_beds_beside_a_family_are_kept_for_it(desk: Desk) -> None:
    admit(desk, "4A")
    night = today.tonight(desk)
    assert (night.free_for["families"], night.kept) == (0, 1)


def test_a_storekeeper_reads_counts_and_nothing_that_names_anybody(desk: Desk) -> None:
    a_full_evening(desk)
    desk.role = Role.STOREKEEPER
    night = today.tonight(desk)
    kinds = {type(getattr(night, one.name)) for one in fields(night)}
    assert kinds <= {int, float, date, dict}


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_tasks_with_codes_are_not_for_those_who_count(desk: Desk, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        today.to_do(desk)


def test_a_month_of_the_year_is_the_figure_of_its_report(desk: Desk) -> None:
    admit(desk, "1A", days=90)
    admit(desk, "2A", sex="m", days=50)
    last = today.year_line(desk)[-1]
    month = Period.month(last.first.year, last.first.month)
    assert last.rate == month_when_over(desk, month).report.value("t1.occupancy_rate")


def test_the_year_is_twelve_whole_months_and_says_nothing_of_those_before_the_first_admission(desk: Desk) -> None:
    admit(desk, "1A", days=50)
    year = today.year_line(desk)
    now = desk.today()
    ends = (year[-1].first + timedelta(days=31)).replace(day=1)
    assert (len(year), ends, year[0].rate) == (12, now.replace(day=1), None)


def matters(desk: Desk) -> list[tuple[str, str]]:
    """What is the matter, or the rule that says so, with whom."""
    return [(task.flags[0].rule if task.flags else task.matter, task.code) for task in today.to_do(desk)]


def task_of(desk: Desk, rule: str) -> Task:
    return next(task for task in today.to_do(desk) if task.flags and task.flags[0].rule == rule)


def test_somebody_without_a_place_comes_first(desk: Desk) -> None:
    one = admit(desk, days=1)
    assert matters(desk)[0] == ("no_place", one.code)


def test_a_stay_over_its_limit_is_a_task_with_the_days_it_is_late(desk: Desk) -> None:
    admit(desk, "1A", days=18)
    task = task_of(desk, "R-14")
    assert (task.n, task.limit, task.overdue) == (18, 15, 3)


def test_somebody_who_turns_18_soon_is_a_task_with_the_day(desk: Desk) -> None:
    birthday = desk.today() + timedelta(days=10)
    born = Birth(birthday.replace(year=birthday.year - 18))
    stays.admit(
        desk,
        Admission(
            days_ago(1),
            "premiere",
            "transit",
            "f",
            born,
            "GN",
            child_status="separe",
            spot=Spot("lit", bed(desk, "3A").id),
        ),
    )
    assert [(task.flags[0].rule, task.day) for task in today.to_do(desk) if task.code] == [("R-07", birthday)]


def test_an_unexplained_absence_of_more_than_three_days_is_a_task(desk: Desk) -> None:
    one, other = admit(desk, "1A", days=9), admit(desk, "1B", days=9)
    absences.be_away(desk, one.stay, "injustifiee", days_ago(4).date())
    absences.be_away(desk, other.stay, "injustifiee", days_ago(3).date())
    assert ("R-30", one.code) in matters(desk)
    assert ("R-30", other.code) not in matters(desk)


def test_a_return_expected_today_is_a_task(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    absences.be_away(desk, one.stay, "permission", days_ago(2).date(), desk.today())
    assert ("back_today", one.code) in matters(desk)


def test_a_return_that_was_recorded_is_expected_no_more(desk: Desk) -> None:
    one, other = admit(desk, "1A", days=9), admit(desk, "1B", days=9)
    absences.be_away(desk, one.stay, "permission", days_ago(2).date(), desk.today() + ONE_DAY)
    absences.be_away(desk, other.stay, "permission", days_ago(2).date(), desk.today() + ONE_DAY)
    absences.come_back_together(desk, [one.stay, other.stay], desk.today())
    assert "back_today" not in [matter for matter, _ in matters(desk)]


def test_a_return_that_was_recorded_and_taken_back_is_expected_again(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    absences.be_away(desk, one.stay, "permission", days_ago(3).date(), desk.today())
    done = absences.come_back(desk, one.stay, days_ago(1).date())
    assert ("back_today", one.code) not in matters(desk)
    desks.undo(desk, done)
    assert ("back_today", one.code) in matters(desk)


def test_the_return_of_an_earlier_absence_is_not_that_of_today(desk: Desk) -> None:
    one = admit(desk, "1A", days=19)
    absences.be_away(desk, one.stay, "permission", days_ago(9).date(), days_ago(4).date())
    absences.be_away(desk, one.stay, "permission", days_ago(2).date(), desk.today())
    absences.come_back(desk, one.stay, days_ago(6).date())
    assert ("back_today", one.code) in matters(desk)


def test_only_who_makes_backups_is_told_that_there_is_none(desk: Desk) -> None:
    told = [matter for matter, _ in matters(desk)]
    desk.role = Role.CASE_WORKER
    assert ("no_backup" in told, "no_backup" in [matter for matter, _ in matters(desk)]) == (True, False)


def test_points_of_last_month_are_one_task(desk: Desk) -> None:
    admit(desk, "1A", days=45)
    task = today.month_open(desk)
    month = Period(desk.today(), desk.today()).month_before
    assert task is not None
    assert (task.n, task.day) == (len(reports.points(desk, reports.read(desk, month))), month.first)


def test_a_month_without_anybody_is_no_task(desk: Desk) -> None:
    assert today.month_open(desk) is None


def test_a_month_without_points_waits_for_who_may_close_it_until_it_is_closed(desk: Desk) -> None:
    admit(desk, "1A", days=100)
    task = today.month_open(desk)
    assert task is not None
    assert task.n == 0
    desk.role = Role.CASE_WORKER
    assert today.month_open(desk) is None
    desk.role = Role.DIRECTOR
    closing.close(desk, Period(desk.today(), desk.today()).month_before)
    assert today.month_open(desk) is None


def test_an_earlier_month_that_stayed_open_is_the_one_to_close_and_is_late(desk: Desk) -> None:
    admit(desk, "1A", days=200)
    last = Period(desk.today(), desk.today()).month_before
    closing.close(desk, last.month_before.month_before, lambda _: "sans_objet")
    task = today.month_open(desk)
    assert task is not None
    fifth = last.first + timedelta(days=4)  # the limit of the month before it
    assert (task.day, task.late) == (last.month_before.first, (desk.today() - fifth).days)
    closing.close(desk, last.month_before, lambda _: "sans_objet")
    task = today.month_open(desk)
    assert task is not None
    assert task.day == last.first


def test_points_that_were_accepted_at_the_closing_are_no_task_any_more(desk: Desk) -> None:
    admit(desk, days=100)  # without a place
    assert today.month_open(desk) is not None
    closing.close(desk, Period(desk.today(), desk.today()).month_before, lambda _: "sans_objet")
    assert today.month_open(desk) is None


# Catching up ---------------------------------------------------------------------------------------------------------


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute)


def test_the_period_begins_with_the_last_line_before_the_cut() -> None:
    assert last_before_silence([at(14, 10), at(13, 50)], at(9, 0, 25)) == at(14, 10)


def test_what_is_typed_while_catching_up_does_not_move_the_beginning() -> None:
    lines = [at(9, 12, 25), at(9, 5, 25), at(14, 10), at(13, 50)]
    assert last_before_silence(lines, at(9, 15, 25)) == at(14, 10)


def test_a_new_shelter_has_no_period() -> None:
    assert last_before_silence([], at(9)) is None


def test_the_nights_between_are_those_whose_midnight_lies_between() -> None:
    assert nights_between(at(14, 10, 22), at(9, 0, 24)) == [date(2026, 11, 22), date(2026, 11, 23)]


def test_no_night_lies_within_one_day() -> None:
    assert nights_between(at(8), at(14)) == []


def test_the_beginning_is_read_from_the_journal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with desk.reading() as connection:
        last = journal.last_at(connection)
    later = clock.now() + timedelta(hours=19)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert today.since_when(desk) == last


def lines_of(desk: Desk, code: str) -> list[journal.JournalLine]:
    with desk.reading() as connection:
        return list(journal.lines(connection, code))


def late_entries(desk: Desk, day: date) -> object:
    return month_when_over(desk, Period.month(day.year, day.month)).report.value("t2.late_entries")


def test_an_arrival_and_an_exit_typed_afterwards_are_late_in_the_report(desk: Desk) -> None:
    day = days_ago(1).date()
    before = late_entries(desk, day)
    made = stays.admit(
        today.afterwards(desk),
        Admission(
            days_ago(1, 22),
            "premiere",
            "transit",
            "f",
            Birth(date(2000, 1, 1)),
            "GN",
            spot=Spot("lit", bed(desk, "1B").id),
        ),
    )
    stays.leave(today.afterwards(desk), made.stay, days_ago(1, 23), "depart_volontaire", "inconnue")
    assert (late_entries(desk, day), before) == (1, 0)


def test_each_line_typed_afterwards_is_marked_in_the_journal(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    late = today.afterwards(desk)
    stays.move(late, one.stay, Spot("lit", bed(desk, "1B").id), days_ago(1))
    absences.be_away(late, one.stay, "hopital", days_ago(1).date())
    absences.come_back(late, one.stay, desk.today())
    stays.leave(late, one.stay, clock.now(), "fin_sejour", "inconnue")
    marks = [(line.action, "typed_afterwards" in line.details) for line in lines_of(desk, one.code)]
    assert marks == [("admit", False), ("move", True), ("be_away", True), ("come_back", True), ("leave", True)]


def test_what_was_typed_afterwards_can_be_taken_back(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    done = stays.move(today.afterwards(desk), one.stay, Spot("lit", bed(desk, "1B").id), days_ago(1))
    before = today.was_undone(desk, done)
    desks.undo(desk, done)
    assert (before, today.was_undone(desk, done)) == (False, True)


def test_undoing_another_act_on_the_same_person_is_told_apart(desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    first = stays.move(desk, one.stay, Spot("lit", bed(desk, "1B").id), days_ago(2))
    second = stays.move(desk, one.stay, Spot("lit", bed(desk, "1C").id), days_ago(1))
    desks.undo(desk, second)
    assert (today.was_undone(desk, first), today.was_undone(desk, second)) == (False, True)


def test_only_who_admits_catches_up(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        today.afterwards(replace(desk, role=Role.RECEPTION))
