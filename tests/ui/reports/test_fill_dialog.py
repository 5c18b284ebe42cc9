"""A donor's workbook filled at the desk: chosen, reviewed, pointed to, written, and the cells listed."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.ui.page import Told
from shelter_desk.ui.reports.fill_dialog import FillDialog
from shelter_desk.ui.widgets import files
from tests.commands.workbooks import golden, write
from tests.excel.donor_workbook import FORM, SUMS, make
from tests.operations.shelter import month_when_over, small_shelter
from tests.ui.sending.gates import to_somebody
from tests.ui.window.windows import settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        registers.take_in(opened, registers.look(opened, write(tmp_path / "golden.xlsx", golden())))
        yield opened


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> FillDialog:
    made = FillDialog(desk, month_when_over(desk, Period.month(2026, 11)))
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: FillDialog, qtbot: QtBot, path: Path) -> None:
    files.answer_with(path)
    dialog.choose_button.click()
    qtbot.waitUntil(lambda: dialog.planned is not None or dialog.problem.isVisible())
    settle(qtbot)


def cells(dialog: FillDialog) -> dict[str, str]:
    """What will be written, by cell."""
    rows = dialog.rows
    return {rows.cells(place)[1]: rows.cells(place)[3] for place in range(rows.rowCount())}


def test_the_cells_found_are_reviewed_before_anything_is_written(
    dialog: FillDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not dialog.write_button.isEnabled()
    choose(dialog, qtbot, make(tmp_path / "OIM.xlsx"))
    assert (cells(dialog)["B5"], cells(dialog)["A10"], cells(dialog)["B3"]) == ("", "", "8")
    assert dialog.write_button.isEnabled()
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == ["OIM.xlsx", "golden.xlsx"]


def test_a_cell_is_pointed_to_by_keyboard_and_forgotten_again(dialog: FillDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, qtbot, make(tmp_path / "OIM.xlsx"))
    dialog.cell.setFocus()
    qtbot.keyClicks(dialog.cell.line, "e5")
    dialog.figure.choose("t2.distinct_persons")
    dialog.add_button.click()
    qtbot.waitUntil(lambda: "E5" in cells(dialog))
    place = next(at for at in range(dialog.rows.rowCount()) if dialog.rows.cells(at)[1] == "E5")
    dialog.table.go_to(place)
    dialog.forget_button.click()
    qtbot.waitUntil(lambda: "E5" not in cells(dialog))
    assert dialog.pointed == []


@pytest.mark.parametrize("typed", ["", "5", "Feuil1", "A0", "ZZZZ1"])
def test_what_is_no_cell_is_said_beside_its_field(dialog: FillDialog, qtbot: QtBot, tmp_path: Path, typed: str) -> None:
    choose(dialog, qtbot, make(tmp_path / "OIM.xlsx"))
    dialog.cell.set_text(typed)
    dialog.figure.choose("t2.entries")
    dialog.add_button.click()
    assert (dialog.cell.state(), dialog.pointed) == ("blocked", [])


def test_the_copy_is_written_and_its_cells_stay_in_sight(dialog: FillDialog, qtbot: QtBot, tmp_path: Path) -> None:
    told: list[Told] = []
    dialog.told.connect(told.append)
    choose(dialog, qtbot, make(tmp_path / "OIM.xlsx"))
    files.answer_with(tmp_path / "rempli")
    qtbot.mouseClick(dialog.write_button, Qt.MouseButton.LeftButton)
    assert dialog.gate is not None
    to_somebody(dialog.gate)
    dialog.gate.go()
    qtbot.waitUntil(lambda: bool(told))
    assert openpyxl.load_workbook(tmp_path / "rempli.xlsx")[FORM]["B3"].value == 8
    assert (dialog.rows.rowCount(), dialog.write_button.isVisible()) == (7, False)
    assert len(list(tmp_path.glob("rempli-*.xlsx"))) == 1


def test_a_formula_over_a_hidden_number_is_named_before_anything_is_written(
    dialog: FillDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(dialog, qtbot, make(tmp_path / "OIM.xlsx"))
    assert not dialog.too_small.isVisible()
    dialog.pointed = [(FORM, "B4", "t3.persons:migration_situation=transit")]
    dialog.review()
    qtbot.waitUntil(lambda: "s" in [dialog.rows.cells(place)[3] for place in range(dialog.rows.rowCount())])
    settle(qtbot)
    assert (dialog.hidden.isVisible(), dialog.too_small.isVisible()) == (True, True)
    assert f"{FORM} B5, {SUMS} A1" in dialog.too_small.text()


def test_a_file_that_is_no_workbook_is_said_in_the_window(dialog: FillDialog, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "faux.xlsx").write_bytes(b"bonjour")
    choose(dialog, qtbot, tmp_path / "faux.xlsx")
    assert (dialog.problem.isVisible(), dialog.choose_button.isEnabled()) == (True, True)
