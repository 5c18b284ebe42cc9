"""The register of equipment in the real window, by keyboard: moved, written off, searched, the month."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from shelter_desk.ui.equipment.happening_form import HappeningForm
from shelter_desk.ui.equipment.page import EquipmentMonthPart
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import Enter, do_it, enter, fill, folder, frame_of, press, tab_to
from tests.ui.equipment.equipment_scene import (
    CHAIR,
    assets,
    desk_of,
    done,
    form_of,
    furnished,
    page_of,
    pick,
    register_of,
    said,
)
from tests.ui.window.windows import focused, settle

__all__ = ["enter", "folder"]


def test_five_chairs_of_a_batch_are_moved_and_undone_from_the_bar(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    furnished(folder)
    window = enter("Agent M")
    face = register_of(window)
    fill(qtbot, face.search.line, "chaise")
    tab_to(qtbot, face.table)
    face.table.go_to(0)
    qtbot.keyClick(face.table, Qt.Key.Key_Return)
    assert face.view is not None
    press(qtbot, face.view.buttons["deplacement"])
    form = form_of(face, HappeningForm)
    fill(qtbot, form.pieces.line, "5")
    pick(qtbot, form.room, 1)
    tab_to(qtbot, form.condition)
    done(face, qtbot)
    desk = desk_of(window)
    assert {tag: one.quantity for tag, one in assets(desk).items() if tag.startswith("MOB")} == {
        "MOB-0001": 15,
        "MOB-0002": 5,
    }
    assert said(window).startswith("MOB-0001\u00a0: Déplacement")
    frame_of(window).bar.verb.click()
    settle(qtbot)
    assert assets(desk)["MOB-0001"].quantity == 20


@pytest.mark.parametrize("typed", ["25", "0", ""])
def test_pieces_that_are_not_there_are_refused_and_move_nothing(
    enter: Enter, qtbot: QtBot, folder: Path, typed: str
) -> None:
    """Twenty chairs: more of them, none or no number is not all of them."""
    furnished(folder)
    window = enter("Agent M")
    face = register_of(window)
    face.show_chosen([one.asset for one in face.lines if one.asset.tag_no == "MOB-0001"])
    assert face.view is not None
    press(qtbot, face.view.buttons["deplacement"])
    form = form_of(face, HappeningForm)
    fill(qtbot, form.pieces.line, typed)
    if not typed:
        qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    pick(qtbot, form.room, 1)
    do_it(qtbot)
    assert form.pieces.message()
    known = assets(desk_of(window))
    assert [(one.quantity, one.room) for tag, one in known.items() if tag.startswith("MOB")] == [(20, None)]


def test_a_storekeeper_cannot_write_off_and_the_direction_needs_minutes(
    enter: Enter, qtbot: QtBot, folder: Path
) -> None:
    furnished(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        key = assets(desk)["LIT-0004"].id
        equipment.record(desk, [key], Happening("hors_service", date(2026, 2, 1), reason="Déchiré"))
    window = enter("Agent M")
    face = register_of(window)
    face.show_chosen([one.asset for one in face.lines if one.asset.id == key])
    assert face.view is not None
    assert "reforme" not in face.view.buttons
    with qtbot.waitSignal(window.locked):
        window.lock()
    settle(qtbot)
    window = enter("Agent A")
    face = register_of(window)
    fill(qtbot, face.search.line, "LIT-0004")
    tab_to(qtbot, face.table)
    face.table.go_to(0)
    qtbot.keyClick(face.table, Qt.Key.Key_Return)
    assert face.view is not None
    press(qtbot, face.view.buttons["reforme"])
    form = form_of(face, HappeningForm)
    fill(qtbot, form.reason.line, "Mousse usee")
    do_it(qtbot)
    assert form.pv.state() == "blocked"
    fill(qtbot, form.pv.line, "PV-4")
    done(face, qtbot)
    assert assets(desk_of(window))["LIT-0004"].status == "reforme"


def test_search_and_filters_leave_what_they_say(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    furnished(folder)
    face = register_of(enter("Agent M"))
    assert face.rows.rowCount() == 5
    fill(qtbot, face.search.line, "dortoir fem mat")
    assert [one.asset.tag_no for one in face.rows.rows()] == ["LIT-0004"]
    face.search.set_text("")
    face.donor.choose("usa")
    face.donor.chosen.emit("usa")
    assert [one.asset.tag_no for one in face.rows.rows()] == ["MOB-0001"]


def test_a_bed_whose_mattress_is_worn_out_says_so_on_the_board(enter: Enter, folder: Path) -> None:
    furnished(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        key = assets(desk)["LIT-0004"].id
        equipment.record(desk, [key], Happening("hors_service", clock.today(), reason="Déchiré"))
        board = bed_board.board(desk, clock.today())
        incomplete = {look.bed.code: look.lacks for one in board.rooms for look in one.beds if look.lacks}
        assert incomplete == {"1A": ("matelas",)}
        before = bed_board.board(desk, date(2026, 1, 6))
        assert [look.lacks for one in before.rooms for look in one.beds if look.lacks] == []


def test_two_thousand_assets_are_searched_at_once(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        for _ in range(20):
            equipment.add_assets(desk, CHAIR, 100)
    face = register_of(enter("Agent M"))
    fill(qtbot, face.search.line, "MOB-1999")
    assert [one.asset.tag_no for one in face.rows.rows()] == ["MOB-1999"]


def test_a_storekeeper_reads_the_figures_of_the_month(enter: Enter, folder: Path) -> None:
    furnished(folder)
    window = enter("Agent M")
    face = page_of(window, "month").face
    assert isinstance(face, EquipmentMonthPart)
    rows = face.table.rows
    total = dict(zip((one.heading for one in rows.columns), rows.cells(rows.rowCount() - 1), strict=True))
    assert (total["Biens au début"], total["Biens à la fin"]) == ("24", "24")
    before = face.period
    face.go_back()
    face.go_on()
    assert face.period == before
    face.which.choose("events")
    face.which.chosen.emit("events")
    assert face.table.rows.rowCount() == 0
