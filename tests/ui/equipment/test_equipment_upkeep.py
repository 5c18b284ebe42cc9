"""Maintenance and the log of the generator in the real window by keyboard."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.maintenance import Run, Ticket
from shelter_desk.domain.ids import AssetId, TicketId
from shelter_desk.operations.equipment import equipment, maintenance
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.equipment.happening_form import FaultForm, MendedForm
from shelter_desk.ui.equipment.maintenance_part import MaintenancePart, RunForm
from shelter_desk.ui.widgets.label import Label
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import Enter, enter, fill, folder, press, tab_to
from tests.ui.equipment.equipment_scene import assets, desk_of, done, form_of, furnished, page_of, register_of

__all__ = ["enter", "folder"]


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
    mended.provider.set_text("Forgeron du quartier")
    mended.cost.set_number(2500)
    done(face, qtbot)
    assert assets(desk_of(window))["LIT-0001"].status == "en_service"
    register = register_of(window)
    register.show_chosen([assets(desk_of(window))["LIT-0001"]])
    assert register.view is not None
    (told,) = [one.text() for one in register.view.findChildren(Label) if "Forgeron" in one.text()]
    assert all(part in told for part in ("Pied tordu", "Redresse", "2\u202f500"))


def test_a_thing_in_use_with_a_fault_that_was_told_is_to_be_mended(enter: Enter, folder: Path) -> None:
    furnished(folder)
    window = enter("Agent M")
    register, desk = register_of(window), desk_of(window)
    made = assets(desk)["LIT-0001"].id
    for kind in ("controle", "corrective"):
        ticket = Ticket(TicketId(0), "", made, desk.today(), kind, "Pied tordu")
        maintenance.report_fault(desk, ticket)
        register.look_again()
        register.chips.chip("mend").click()
        shown = [register.rows.row(place).asset.tag_no for place in range(register.rows.rowCount())]
        assert shown == ([] if kind == "controle" else ["LIT-0001"])
    assert assets(desk)["LIT-0001"].status == "en_service"


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
    assert form.jump.text() == "2,6 L/h, avant 2,0 L/h. Vérifiez les heures et les litres."
    assert form.jump.isVisible()
    done(face, qtbot)
