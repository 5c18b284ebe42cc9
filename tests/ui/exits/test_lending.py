"""Loans of equipment in the real window by keyboard: lent by code, shown on the record, asked at the exit."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.happening import Happening
from shelter_desk.domain.ids import AssetId
from shelter_desk.operations.equipment import equipment, lending
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.equipment.happening_form import LendForm, LoanBackForm
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.equipment.register_part import RegisterPart
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.residents.record.stays_tab import StaysTab
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.window import Window
from tests.operations.equipment.test_lending import PHONE
from tests.operations.shelter import admit
from tests.ui.residents.case_scene import chosen, desk_of, done, form_of, pressed, record_page, ticked, typed, window

__all__ = ["window"]


@pytest.fixture
def she(window: Window) -> Admitted:
    return admit(desk_of(window), "1A", days=60)


def added(window: Window) -> AssetId:
    equipment.add_assets(desk_of(window), PHONE)
    return equipment.register(desk_of(window))[-1].asset.id


def register_of(window: Window) -> RegisterPart:
    assert window.frame is not None
    window.frame.open_part("equipment/register")
    page = window.frame.pages["equipment"]
    assert isinstance(page, EquipmentPage)
    assert isinstance(page.face, RegisterPart)
    return page.face


def lend_to(window: Window, person: Admitted) -> AssetId:
    key = added(window)
    lending.lend(desk_of(window), [key], clock.today() - timedelta(days=3), person.stay)
    return key


def opened(part: RegisterPart) -> RegisterPart:
    part.look_again()  # a window that is not on top yet would do it later
    part.table.go_to(0)
    part.show_chosen(part.chosen())
    return part


def test_a_telephone_is_lent_by_code_and_comes_back(qtbot: QtBot, window: Window, she: Admitted) -> None:
    added(window)
    part = opened(register_of(window))
    assert part.view is not None
    pressed(qtbot, part.view.buttons["lend"])
    form = part.form
    assert isinstance(form, LendForm)
    chosen(qtbot, form.whom, str(she.stay))
    done(qtbot)
    (lent,) = lending.out(desk_of(window))
    assert lent.to == she.code
    part.chips.switch("lent")
    part.show_lines()
    assert part.rows.rowCount() == 1
    opened(part)
    assert part.view is not None
    pressed(qtbot, part.view.buttons["back"])
    back = part.form
    assert isinstance(back, LoanBackForm)
    done(qtbot)
    assert lending.out(desk_of(window)) == ()


def test_a_loan_to_somebody_else_asks_whom(qtbot: QtBot, window: Window) -> None:
    added(window)
    part = opened(register_of(window))
    assert part.view is not None
    pressed(qtbot, part.view.buttons["lend"])
    form = part.form
    assert isinstance(form, LendForm)
    form.to.choose("other")
    form.refresh()
    done(qtbot)
    assert form.other.message()
    typed(qtbot, form.other, "Atelier de couture")
    done(qtbot)
    assert [one.to for one in lending.out(desk_of(window))] == ["Atelier de couture"]


def test_the_record_shows_what_is_lent(window: Window, she: Admitted) -> None:
    lend_to(window, she)
    page = record_page(window, she.person)
    tab = page.record.findChild(StaysTab)
    assert isinstance(tab, StaysTab)
    assert "COM-0001 Téléphone" in [label.text() for label in tab.findChildren(Label)]


def test_the_exit_asks_for_what_is_lent_and_takes_it_back(qtbot: QtBot, window: Window, she: Admitted) -> None:
    lend_to(window, she)
    page = record_page(window, she.person)
    pressed(qtbot, page.record.head.exit_button)
    form = form_of(page, ExitForm)
    assert "COM-0001 Téléphone" in form.back.things.kept.sentence.text()
    chosen(qtbot, form.reason, "autonomie")
    chosen(qtbot, form.destination, "mali_autre")
    ticked(qtbot, form.back.things.ticks[0][1])
    assert form.back.things.kept.isHidden()
    done(qtbot)
    assert lending.out(desk_of(window)) == ()


def test_what_broke_with_its_resident_is_among_the_loans_and_comes_back(
    qtbot: QtBot, window: Window, she: Admitted
) -> None:
    key = lend_to(window, she)
    equipment.record(desk_of(window), [key], Happening("panne", clock.today()))
    part = register_of(window)
    part.look_again()
    part.chips.switch("lent")
    part.show_lines()
    assert "En panne, prêté" in part.rows.cells(0)
    opened(part)
    assert part.view is not None
    pressed(qtbot, part.view.buttons["back"])
    done(qtbot)
    assert lending.out(desk_of(window)) == ()
    assert equipment.card(desk_of(window), key).history.asset.status == "en_panne"
