"""Equipment received and counted in the real window by keyboard, with a reader."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.equipment import equipment, equipment_counts, receptions
from shelter_desk.system import clock
from shelter_desk.ui.equipment.counts_part import BeginForm, CampaignsPart
from shelter_desk.ui.equipment.receptions_part import ReceptionForm, ReceptionsPart
from shelter_desk.ui.widgets import ask
from tests.ui.assistance.assistance_scene import Enter, do_it, enter, fill, folder, press, tab_to
from tests.ui.equipment.equipment_scene import assets, desk_of, done, form_of, furnished, page_of, pick, room, said
from tests.ui.window.windows import focused

__all__ = ["enter", "folder"]


def test_a_reception_with_a_difference_is_written_by_keyboard(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent M")
    face = page_of(window, "receptions").face
    assert isinstance(face, ReceptionsPart)
    assert face.empty.button is not None
    press(qtbot, face.empty.button)
    form = form_of(face, ReceptionForm)
    fill(qtbot, form.donor, "etats-unis")
    fill(qtbot, form.pv.line, "PV-USA-7")
    (line,) = form.editors
    fill(qtbot, line.designation.line, "Matelas")
    fill(qtbot, line.category, "Lits et")
    fill(qtbot, line.expected.line, "20")
    fill(qtbot, line.received.line, "18")
    do_it(qtbot)
    assert line.remark.state() == "blocked"
    fill(qtbot, line.remark.line, "Deux manquent au camion")
    done(face, qtbot)
    desk = desk_of(window)
    (found,) = receptions.listed(desk)
    assert (len(assets(desk)), found.differs, found.lines[0].difference) == (18, True, -2)
    assert f"PVR-{desk.today().year}-001" in said(window)
    assert face.rows.cells(0)[5] == "1 ligne en écart"


def test_what_came_as_announced_needs_no_second_number(enter: Enter, qtbot: QtBot) -> None:
    face = page_of(enter("Agent M"), "receptions").face
    assert isinstance(face, ReceptionsPart)
    assert face.empty.button is not None
    press(qtbot, face.empty.button)
    form = form_of(face, ReceptionForm)
    (line,) = form.editors
    fill(qtbot, line.expected.line, "12")
    assert line.line().received == 12


def test_a_count_is_read_closed_and_approved_by_keyboard(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    furnished(folder)
    window = enter("Agent A")
    face = page_of(window, "counts").face
    assert isinstance(face, CampaignsPart)
    assert face.empty.button is not None
    press(qtbot, face.empty.button)
    form = form_of(face, BeginForm)
    fill(qtbot, form.second_name.line, "Agent N")
    done(face, qtbot)
    count = face.view
    assert count is not None
    pick(qtbot, count.room, 0)
    for tag in ("lit-0001", "LIT-0002"):
        fill(qtbot, count.tag.line, tag)
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert count.said.text() == "Vu\u00a0: LIT-0002 Lit"
    pick(qtbot, count.room, 1)
    fill(qtbot, count.tag.line, "LIT-0003")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert count.said.text() == "Ailleurs\u00a0: LIT-0003 Lit, attendu dans Dortoir femmes"
    fill(qtbot, count.tag.line, "XYZ-1")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert "XYZ-1" in count.said.text()
    tab_to(qtbot, count.table)
    count.table.go_to(next(n for n, one in enumerate(count.rows.rows()) if one.asset.tag_no == "MOB-0001"))
    qtbot.keyClick(count.table, Qt.Key.Key_V)
    press(qtbot, count.close_button)
    done(face, qtbot)
    lost = next(n for n, one in enumerate(count.rows.rows()) if one.asset.tag_no == "LIT-0004")
    tab_to(qtbot, count.table)
    count.table.go_to(lost)
    pick(qtbot, count.cause, 2)
    press(qtbot, count.keep_button)
    ask.answer_with(lambda _question: "")
    press(qtbot, count.approve_button)
    ask.answer_with(None)
    found = assets(desk_of(window))
    assert (found["LIT-0003"].room, found["LIT-0004"].status) == (room(desk_of(window), "2"), "vole")
    assert [one.kind for one in equipment.card(desk_of(window), found["LIT-0001"].id).history.events] == [
        "don_recu",
        "inventaire",
    ]
    assert equipment_counts.listed(desk_of(window))[0].campaign.approved_on == clock.today()
