"""The shelter's report of before beside the month: compared, explained by rows, remembered without the file."""

from datetime import date
from pathlib import Path

import pytest

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.domain.reports.refusals import TooManyCells
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import donor_workbooks, old_report
from shelter_desk.operations.reports.old_report import ComparedCell
from shelter_desk.operations.reports.reports import Month
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from tests.excel.donor_workbook import make as make_donor
from tests.excel.old_workbook import make
from tests.operations.reports.golden_scene import desk, month
from tests.operations.shelter import month_when_over

__all__ = ["desk", "month"]

ENTRIES, EXITS = ("Octobre", "D4", "t2.entries"), ("Octobre", "D5", "t2.exits")
RATE, NIGHTS = ("Octobre", "B7", "t1.occupancy_rate"), ("Octobre", "B8", "t1.person_nights")


def compared(desk: Desk, month: Month, path: Path, *pointed: tuple[str, str, str]) -> list[ComparedCell]:
    return list(old_report.compare(month, old_report.look(desk, path)[0], pointed))


def test_each_cell_stands_beside_our_figure_and_the_difference(desk: Desk, month: Month, tmp_path: Path) -> None:
    entries, exits, rate = compared(desk, month, make(tmp_path / "a.xlsx", exits=9), ENTRIES, EXITS, RATE)
    assert (entries.theirs, entries.ours, entries.difference) == (8, month.report.value("t2.entries"), 0)
    assert (exits.theirs, exits.difference) == (9, month.report.value("t2.exits") - 9)  # type: ignore[operator]
    assert (rate.theirs, rate.ours) == (56.3, month.report.value("t1.occupancy_rate"))
    assert (entries.left, entries.above) == ("Admissions", "Total")


def test_the_sheet_of_the_month_is_read_and_not_that_in_which_the_cell_was_shown(
    desk: Desk, month: Month, tmp_path: Path
) -> None:
    assert compared(desk, month, make(tmp_path / "a.xlsx"), ENTRIES)[0].sheet == "Novembre"
    other = make(tmp_path / "b.xlsx", sheets=("Bilan", "Annexe"))
    assert compared(desk, month, other, ENTRIES)[0].why_not == "no_sheet"


def test_what_cannot_be_compared_says_why(desk: Desk, month: Month, tmp_path: Path) -> None:
    asked = (("Octobre", "B9", "t2.entries"), ("Octobre", "Z90", "t2.entries"), ("Octobre", "D4", "t99.magic"))
    found = compared(desk, month, make(tmp_path / "a.xlsx"), *asked)
    assert [one.why_not for one in found] == ["no_number", "empty", "unknown"]
    assert [one.difference for one in found] == [None, None, None]
    assert compared(desk, month, tmp_path / "a.xlsx", NIGHTS)[0].theirs == 203  # words after a number


def test_rows_of_ours_that_make_the_difference_are_named(desk: Desk, month: Month, tmp_path: Path) -> None:
    again = month.report.value("t2.entries_readmission")
    assert isinstance(again, int)
    assert again > 0
    entries = compared(desk, month, make(tmp_path / "a.xlsx", entries=8 - again), ENTRIES)[0]
    assert entries.difference == again
    hint = next(one for one in entries.hints if one.ref == ("t2.entries_readmission", ()))
    assert hint.why == "counted_here"
    assert hint.rows == {row for row, _ in month.report.rows("t2.entries_readmission")}


def test_rows_of_the_first_and_of_the_last_day_are_named(desk: Desk, tmp_path: Path) -> None:
    days = Period(date(2026, 11, 2), date(2026, 11, 29))
    month = month_when_over(desk, days)
    ours = [int(month.report.value(key)) for key in ("t2.entries", "t2.exits")]  # type: ignore[arg-type]
    path = make(tmp_path / "a.xlsx", entries=ours[0] - 1, exits=ours[1] - 1)
    entries, exits = compared(desk, month, path, ENTRIES, EXITS)
    assert (entries.difference, exits.difference) == (1, 1)
    came = next(one for one in entries.hints if one.why == "first_day")
    left = next(one for one in exits.hints if one.why == "last_day")
    assert (came.day, left.day) == (days.first, days.last)
    assert [month.stays[StayId(row)].admitted_at.date() for row in came.rows] == [days.first]
    assert [str(month.stays[StayId(row)].exited_at)[:10] for row in left.rows] == [days.last.isoformat()]


def test_another_figure_that_has_their_number_is_named(desk: Desk, month: Month, tmp_path: Path) -> None:
    persons = month.report.value("t2.distinct_persons")
    found = compared(desk, month, make(tmp_path / "a.xlsx", exits=int(persons)), EXITS)[0]  # type: ignore[arg-type]
    assert [one.ref for one in found.hints] == [("t2.distinct_persons", ())]


def test_the_cells_are_remembered_for_another_file_and_nothing_of_the_file(desk: Desk, tmp_path: Path) -> None:
    donor = donor_workbooks.look(desk, make_donor(tmp_path / "OIM.xlsx"))[0]
    donor_workbooks.remember(desk, donor, (("Notes", "C3", "t2.entries"),))
    old_report.remember(desk, (ENTRIES, RATE))
    assert old_report.look(desk, make(tmp_path / "novembre.xlsx"))[1] == (ENTRIES, RATE)
    assert donor_workbooks.look(desk, tmp_path / "OIM.xlsx")[1] == (("Notes", "C3", "t2.entries"),)
    (last, *_) = numbers = journal.numbers(desk, Wanted())
    assert [one.action for one in journal.lines(desk, [last])] == ["old_report_cells"]
    old_report.remember(desk, (ENTRIES, RATE))
    assert journal.numbers(desk, Wanted()) == numbers
    old_report.remember(desk, ())
    assert old_report.remembered(desk) == ()


def test_thirty_cells_are_remembered_and_no_more(desk: Desk) -> None:
    many = tuple(("Octobre", f"B{n}", "t2.entries") for n in range(1, 32))
    with pytest.raises(TooManyCells):
        old_report.remember(desk, many)
    old_report.remember(desk, many[:30])
    assert len(old_report.remembered(desk)) == 30
    old_report.remember(desk, ())


def test_what_is_no_workbook_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "faux.xlsx").write_bytes(b"bonjour")
    with pytest.raises(NotAWorkbook):
        old_report.look(desk, tmp_path / "faux.xlsx")
