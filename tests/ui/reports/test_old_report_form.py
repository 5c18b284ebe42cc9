"""The old report over the page of the month: which sheet is shown, what is refused, what is marked, what is copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.reports import month_versions, old_report
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.reports.old_report.form import OldReportForm
from tests.commands.workbooks import golden, write
from tests.excel.old_workbook import make
from tests.operations.shelter import month_when_over, small_shelter
from tests.ui.window.windows import settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        registers.take_in(opened, registers.look(opened, write(tmp_path / "golden.xlsx", golden())))
        yield opened


def opened(desk: Desk, qtbot: QtBot, path: Path) -> OldReportForm:
    form = OldReportForm(desk, month_when_over(desk, Period.month(2026, 11)))
    qtbot.addWidget(form)
    form.resize(1270, 640)
    form.show()
    form.open_file(path)
    qtbot.waitUntil(lambda: form.book is not None)
    settle(qtbot)
    return form


def test_the_sheet_of_the_month_is_shown_and_another_month_is_warned_of(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    form = opened(desk, qtbot, make(tmp_path / "a.xlsx"))
    assert (form.sheet.value(), form.sheet.state()) == ("Novembre", "normal")
    form.sheet.choose("Décembre")
    form.sheet.chosen.emit("Décembre")
    assert (form.sheet.state(), "« Novembre »" in form.sheet.message().replace("\u00a0", " ")) == ("attention", True)
    form.sheet.choose("Novembre")
    form.sheet.chosen.emit("Novembre")
    assert form.sheet.state() == "normal"


def test_a_file_of_another_month_is_said_to_be_one_and_nothing_of_it_is_compared(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    form = opened(desk, qtbot, make(tmp_path / "a.xlsx", sheets=("Octobre", "Notes")))
    assert (form.sheet.value(), form.sheet.state()) == ("Octobre", "attention")
    assert "autre mois" in form.sheet.message()
    form.grid.go_to((4, 4))
    assert not form.compare_button.isEnabled()
    form.sheet.choose("Notes")
    form.sheet.chosen.emit("Notes")
    form.grid.go_to((4, 4))
    assert (form.sheet.state(), form.compare_button.isEnabled()) == ("normal", True)


def test_a_thirty_first_cell_is_refused_and_the_others_stay(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    kept = tuple(("Novembre", f"J{row}", "t2.entries") for row in range(1, 31))
    old_report.remember(desk, kept)
    form = opened(desk, qtbot, make(tmp_path / "a.xlsx"))
    form.grid.go_to((4, 4))
    form.compare_button.click()
    settle(qtbot)
    assert (form.problem.isVisible(), tuple(form.pointed), old_report.remembered(desk)) == (True, kept, kept)


def test_a_cell_pointed_to_is_marked_and_another_figure_takes_its_place(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    form = opened(desk, qtbot, make(tmp_path / "a.xlsx"))
    form.grid.go_to((4, 4))
    form.compare_button.click()
    settle(qtbot)
    assert form.grid.cells.marked == {(4, 4)}
    form.grid.go_to((5, 4))
    form.grid.go_to((4, 4))
    form.figure.choose("t2.exits")
    form.compare_button.click()
    settle(qtbot)
    assert form.pointed == [("Novembre", "D4", "t2.exits")]
    assert form.grid.cells.index(3, 3).data(11) == "D4, comparée\u00a0: 8"  # as a reader of the screen says it


def test_an_empty_cell_is_not_pointed_to(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    form = opened(desk, qtbot, make(tmp_path / "a.xlsx"))
    form.grid.go_to((6, 2))
    assert not form.compare_button.isEnabled()


def test_the_figures_are_computed_again_where_something_was_written(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_report.remember(desk, (("Novembre", "D4", "t2.entries"),))
    form = opened(desk, qtbot, make(tmp_path / "a.xlsx"))
    asked: list[Period] = []
    month = form._month

    def again(_desk: Desk, period: Period) -> Month:
        asked.append(period)
        return month

    monkeypatch.setattr(month_versions, "month", again)
    form.changed(Changes())
    form.changed(Changes(stays=True))
    settle(qtbot)
    assert asked == [Period.month(2026, 11)]
    assert form.rows.rowCount() == 1
