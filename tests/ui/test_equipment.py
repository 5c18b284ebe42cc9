"""Equipment in the real window, by keyboard: received, moved, counted with a reader, mended, written off."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPdfWriter
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.equipment.maintenance import Run
from shelter_desk.domain.ids import AssetId, RoomId
from shelter_desk.operations import beds, campaigns, equipment, maintenance, receptions, unlocking
from shelter_desk.operations.desk import Desk
from shelter_desk.system import clock
from shelter_desk.ui.act_form import ActForm
from shelter_desk.ui.equipment import paper
from shelter_desk.ui.equipment.count_forms import BeginForm
from shelter_desk.ui.equipment.counts_part import CountsPart
from shelter_desk.ui.equipment.donors_part import DonorsPart, GrantForm
from shelter_desk.ui.equipment.fault_form import FaultForm, MendedForm
from shelter_desk.ui.equipment.happening_form import HappeningForm
from shelter_desk.ui.equipment.maintenance_part import MaintenancePart
from shelter_desk.ui.equipment.month_part import MonthPart
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.equipment.reception_form import ReceptionForm
from shelter_desk.ui.equipment.receptions_part import ReceptionsPart
from shelter_desk.ui.equipment.register_part import RegisterPart
from shelter_desk.ui.equipment.run_form import RunForm
from shelter_desk.ui.parts import FormFace
from shelter_desk.ui.widgets import ask, bar_labels, files, printed
from shelter_desk.ui.widgets.choice_field import ChoiceField
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD
from tests.ui.assistance_scene import Enter, do_it, enter, fill, folder, frame_of, press, tab_to
from tests.ui.windows import focused, settle, wait_for

__all__ = ["enter", "folder"]
F = TypeVar("F", bound=ActForm)
CHAIR = Asset(
    AssetId(0), "", "Chaise", "mobilier", "achat", date(2026, 1, 5), "usa", "centre", "en_service", "bon", quantity=20
)


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def page_of(window: Window, part: str) -> EquipmentPage:
    frame_of(window).open_part(f"equipment/{part}")
    page = frame_of(window).pages["equipment"]
    assert isinstance(page, EquipmentPage)
    page.face.set_first()
    return page


def register_of(window: Window) -> RegisterPart:
    face = page_of(window, "register").face
    assert isinstance(face, RegisterPart)
    return face


def room(desk: Desk, code: str) -> RoomId:
    return next(one.id for one, _ in beds.rooms(desk) if one.code == code)


def furnished(folder: Path) -> None:
    """Three beds in room 1, a mattress on bed 1A, twenty chairs."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        where = room(desk, "1")
        bed = next(one for known, found in beds.rooms(desk) if known.code == "1" for one in found)
        made = Asset(
            AssetId(0), "", "Lit", "literie", "don", date(2026, 1, 5), "oim", "centre", "en_service", "bon", room=where
        )
        equipment.add_assets(desk, made, 3)
        mattress = Asset(
            AssetId(0), "", "Matelas", "literie", "don", date(2026, 1, 5), "oim", "centre", "en_service", "bon",
            room=where, bed=bed.id,
        )  # fmt: skip
        equipment.add_assets(desk, mattress)
        equipment.add_assets(desk, CHAIR)


def assets(desk: Desk) -> dict[str, Asset]:
    return {line.asset.tag_no: line.asset for line in equipment.register(desk)}


def said(window: Window) -> str:
    return frame_of(window).bar.sentence.text()


def form_of(face: FormFace, kind: type[F]) -> F:
    """The form laid over the list."""
    assert isinstance(face.form, kind)
    return face.form


def pick(qtbot: QtBot, field: ChoiceField, place: int) -> None:
    """Tab to a short list and take its row with the arrows."""
    tab_to(qtbot, field)
    qtbot.keyClick(focused(), Qt.Key.Key_Home)
    for _ in range(place):
        qtbot.keyClick(focused(), Qt.Key.Key_Down)


def done(face: FormFace, qtbot: QtBot) -> None:
    """Ctrl+Enter, and the form is gone."""
    do_it(qtbot)
    wait_for(qtbot, lambda: face.form is None)


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
    assert "PVR-2026-001" in said(window)
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
    assert isinstance(face, CountsPart)
    assert face.empty.button is not None
    press(qtbot, face.empty.button)
    form = form_of(face, BeginForm)
    fill(qtbot, form.second_name.line, "Agent N")
    done(face, qtbot)
    count = face.face
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
    assert campaigns.listed(desk_of(window))[0].campaign.approved_on == clock.today()


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


def test_a_storekeeper_cannot_write_off_and_the_direction_needs_minutes(
    enter: Enter, qtbot: QtBot, folder: Path
) -> None:
    furnished(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        key = assets(desk)["LIT-0004"].id
        equipment.record(desk, [key], Happening("hors_service", date(2026, 2, 1), reason="Déchiré"))
    window = enter("Agent M")
    face = register_of(window)
    face.show_chosen([one.asset for one in face._lines if one.asset.id == key])
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


def test_a_fault_is_reported_and_mended_by_keyboard(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    furnished(folder)
    window = enter("Agent M")
    register = register_of(window)
    fill(qtbot, register.search.line, "LIT-0001")
    tab_to(qtbot, register.table)
    register.table.go_to(0)
    qtbot.keyClick(register.table, Qt.Key.Key_Return)
    assert register.view is not None
    press(qtbot, register.view.buttons["fault"])
    fault = form_of(register, FaultForm)
    fill(qtbot, fault.problem.area, "Pied tordu")
    press(qtbot, fault.out)
    done(register, qtbot)
    assert assets(desk_of(window))["LIT-0001"].status == "en_panne"
    face = page_of(window, "maintenance").face
    assert isinstance(face, MaintenancePart)
    qtbot.keyClick(face.ticket_table, Qt.Key.Key_Return)
    mended = form_of(face, MendedForm)
    fill(qtbot, mended.done.area, "Redresse")
    done(face, qtbot)
    assert assets(desk_of(window))["LIT-0001"].status == "en_service"


def test_hours_of_the_generator_are_counted_from_start_to_stop(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        made = Asset(
            AssetId(0), "", "Groupe électrogène", "energie", "don", date(2026, 1, 5), "oim", "centre", "en_service",
            "bon",
        )  # fmt: skip
        equipment.add_assets(desk, made)
    window = enter("Agent M")
    face = page_of(window, "maintenance").face
    assert isinstance(face, MaintenancePart)
    press(qtbot, face.run_button)
    form = form_of(face, RunForm)
    fill(qtbot, form.start.line, "22:30")
    fill(qtbot, form.stop.line, "1:00")
    fill(qtbot, form.fuel.line, "6,5")
    done(face, qtbot)
    (one,) = maintenance.log(desk_of(window), assets(desk_of(window))["ENE-0001"].id)
    assert (one.run.hours, one.run.litres) == (2.5, 6.5)


def test_a_day_of_the_generator_that_burns_too_much_is_pointed_out_before_it_is_written(
    enter: Enter, qtbot: QtBot, folder: Path
) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        made = Asset(
            AssetId(0), "", "Groupe électrogène", "energie", "don", date(2026, 1, 5), "oim", "centre", "en_service",
            "bon",
        )  # fmt: skip
        equipment.add_assets(desk, made)
        (generator,) = maintenance.generators(desk)
        maintenance.log_run(desk, Run(0, generator.id, date(2026, 2, 1), 4, 8))
    face = page_of(enter("Agent M"), "maintenance").face
    assert isinstance(face, MaintenancePart)
    press(qtbot, face.run_button)
    form = form_of(face, RunForm)
    fill(qtbot, form.hours.line, "4")
    fill(qtbot, form.fuel.line, "10,4")
    assert form.jump.isHidden()
    fill(qtbot, form.fuel.line, "10,5")
    assert form.jump.text() == "2,6 L/h\xa0; avant, c’était 2,0 L/h. Regardez à nouveau les heures et les litres."
    assert form.jump.isVisible()
    done(face, qtbot)


def test_a_grant_is_added_and_the_dossier_written(enter: Enter, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    furnished(folder)
    window = enter("Agent M")
    face = page_of(window, "donors").face
    assert isinstance(face, DonorsPart)
    press(qtbot, face.add_button)
    form = form_of(face, GrantForm)
    fill(qtbot, form.code.line, "USA-1")
    fill(qtbot, form.donor, "etats-unis")
    tab_to(qtbot, form.name)
    done(face, qtbot)
    assert [one.grant.code for one in face.rows.rows() if one.grant] == ["USA-1"]
    face.table.go_to(0)
    files.answer_with(tmp_path / "dossier.xlsx")
    qtbot.keyClick(face.table, Qt.Key.Key_Return)
    files.ask_again()
    book = openpyxl.load_workbook(tmp_path / "dossier.xlsx")
    assert book.sheetnames == ["Synthèse", "Biens", "Événements"]


def test_labels_and_the_sheet_of_a_room_are_saved_where_there_is_no_printer(
    enter: Enter, qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "_has_printer", lambda: False)
    furnished(folder)
    face = register_of(enter("Agent M"))
    for button, name in ((face.labels_button, "labels.pdf"), (face.sheet_button, "sheet.pdf")):
        files.answer_with(tmp_path / name)
        press(qtbot, button)
        files.ask_again()
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")


def test_twenty_five_labels_take_a_second_sheet(tmp_path: Path) -> None:
    sheets = []
    for many in (24, 25):
        path = tmp_path / f"{many}.pdf"
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        bar_labels.paint(writer, [paper.label(replace(CHAIR, tag_no="MOB-0001"), training=False)] * many)
        sheets.append(path.read_bytes().count(b"/Type /Page\n"))
    assert sheets == [1, 2]


def test_a_tag_has_bars_and_a_sign_without_any_has_none() -> None:
    assert set(bar_labels.bars("LIT-0001")) == {"0", "1"}
    assert bar_labels.bars("É-1") == ""


def test_a_bed_whose_mattress_is_worn_out_says_so_on_the_board(enter: Enter, folder: Path) -> None:
    furnished(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        key = assets(desk)["LIT-0004"].id
        equipment.record(desk, [key], Happening("hors_service", clock.today(), reason="Déchiré"))
        board = beds.board(desk, clock.today())
        incomplete = {look.bed.code: look.lacks for one in board.rooms for look in one.beds if look.lacks}
        assert incomplete == {"1A": ("matelas",)}
        before = beds.board(desk, date(2026, 1, 6))
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
    assert isinstance(face, MonthPart)
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
