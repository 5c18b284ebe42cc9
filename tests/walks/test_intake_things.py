"""Lists of equipment and grids of presence in the real window, by keyboard: what is doubtful is decided there."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.imports import intake_batches, registers
from tests.operations.imports.test_intake import nobody, opened
from tests.operations.imports.test_known_items import FRIDGE, assets, moves, store
from tests.operations.imports.test_own_registers import book
from tests.operations.imports.test_own_stores import ASSETS, BEDS, MILK, RICE
from tests.own_workbooks.builder import workbook
from tests.own_workbooks.presence import DAYS, REGISTER, marks
from tests.ui.window.windows import focused, settle, type_in
from tests.walks.intake_scene import Enter, bring, desk_of, enter, face_of, folder, go_on, page_of, seen_in, shown

__all__ = ["enter", "folder"]


def test_a_corrected_thing_is_decided_by_keyboard_and_is_no_second_one(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    first = opened(desk, book(tmp_path / "a.xlsx", Inventaire=(ASSETS, BEDS, FRIDGE)))
    intake_batches.take_in(desk, first, nobody)
    page = page_of(window, qtbot)
    fewer = (*BEDS[:2], 2, *BEDS[3:])
    bring(qtbot, page, book(tmp_path / "b.xlsx", Inventaire=(ASSETS, fewer, (3, "Congélateur", *FRIDGE[2:]))))
    go_on(qtbot)
    assert shown(page) == [(2, "refused"), (3, "doubtful")]
    assert "Quantité" in seen_in(page)
    type_in(qtbot, Qt.Key.Key_F8)
    assert not page.lines.take.isEnabled()
    type_in(qtbot, Qt.Key.Key_Return)  # beside the list, on the first answer: the line that it corrects
    assert focused() is page.lines.detail.options[0]
    type_in(qtbot, Qt.Key.Key_Space)
    go_on(qtbot)
    assert shown(page)[1] == (3, "decided")
    go_on(qtbot)
    settle(qtbot)
    assert face_of(page) is page.result
    assert [name for name, _, _ in assets(desk)] == ["Congélateur", *["Lits superposés"] * 3]


def test_a_grid_of_presence_tells_its_month_and_its_nights(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    registers.take_in(desk, registers.look(desk, workbook("r.xlsx", Registre=REGISTER)(tmp_path)))
    rows = (("N° dossier", *DAYS), ("1/25", *marks(n1_9="X", n10="?", n11_28="X")))
    page = page_of(window, qtbot)
    bring(qtbot, page, workbook("p.xlsx", Présence_février_2025=rows)(tmp_path))
    assert "février 2025" in seen_in(page)
    assert "28 nuits" in seen_in(page)
    go_on(qtbot)
    (box,) = page.values.boxes.values()
    box.choose("injustifiee")
    go_on(qtbot)
    assert shown(page) == [(2, "new")]


def test_what_is_refused_as_a_correction_can_be_said_to_be_something_else(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    intake_batches.take_in(desk, opened(desk, store(tmp_path, RICE, MILK)), nobody)
    page = page_of(window, qtbot)
    bring(qtbot, page, store(tmp_path, (*RICE[:5], "HCR"), MILK, name="b.xlsx"))
    go_on(qtbot)
    assert shown(page) == [(2, "refused")]
    assert not page.lines.take.isEnabled()
    detail = page.lines.detail
    assert [one.isChecked() for one in detail.options] == [True, False, False]
    type_in(qtbot, Qt.Key.Key_Return)
    detail.options[1].setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    go_on(qtbot)
    assert page.lines.take.isEnabled()
    go_on(qtbot)
    settle(qtbot)
    assert face_of(page) is page.result
    assert [quantity for name, quantity in moves(desk) if name == "Riz 25 kg"] == [40.0, 40.0]
