"""A kit given as a service leaves the store with its line: typed by keys alone in the real window."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import stock
from shelter_desk.system import clock
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.service_form import ServiceForm
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.ui.residents.assessing_scene import desk, do_it, record_of, resident, tab_to, window
from tests.ui.window.windows import type_in

__all__ = ["desk", "resident", "window"]
DOWN, TAB = Qt.Key.Key_Down, Qt.Key.Key_Tab


@pytest.fixture
def stocked(desk: Desk) -> None:
    """Ten pieces of soap, and a kit of two."""
    soap = scene.soap(desk)
    scene.came(desk, soap, 10_000, clock.today() - timedelta(days=1))
    scene.kit(desk, (soap, 2_000))


def open_form(qtbot: QtBot, window: Window, resident: Admitted) -> ServiceForm:
    """The form with the hygiene kit chosen."""
    assert window.frame is not None
    window.frame.open_record(resident.person)
    record_of(window).open_form("service", "")
    form = record_of(window).form
    assert isinstance(form, ServiceForm)
    tab_to(qtbot, form.kind)
    type_in(qtbot, "Kit d'hyg", TAB)
    return form


def soap_left(desk: Desk) -> int:
    return next(one.physical for one in stock.standing(desk) if one.item.code == "SAV")


def given(desk: Desk, resident: Admitted) -> list[str]:
    return [one.status for ones in assistance.of_stays(desk, [resident.stay]).values() for one in ones]


def test_the_slip_is_offered_with_the_line_and_written_in_one_act(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted, stocked: None
) -> None:
    form = open_form(qtbot, window, resident)
    said: list[Told] = []
    form.told.connect(said.append)
    shown = (form.store.thing.combo.currentText(), form.verb.text())
    do_it(qtbot)
    assert shown == ("Kit d’hygiène · 5 en stock", "Enregistrer le service et le bon")
    assert (soap_left(desk), given(desk, resident)) == (8_000, ["fait"])
    assert said[0].sentence == f"Service pour {resident.code} enregistré, bon BS-{clock.today().year}-0001."


def test_what_did_not_come_from_the_store_leaves_it_as_it_is(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted, stocked: None
) -> None:
    form = open_form(qtbot, window, resident)
    tab_to(qtbot, form.store.thing)
    type_in(qtbot, DOWN, DOWN)
    assert (form.store.chosen_thing(), form.store.amount.isHidden()) == (None, True)
    do_it(qtbot)
    assert (soap_left(desk), given(desk, resident)) == (10_000, ["fait"])


def test_more_than_there_is_is_refused_and_nothing_is_written(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted, stocked: None
) -> None:
    form = open_form(qtbot, window, resident)
    tab_to(qtbot, form.store.amount)
    type_in(qtbot, "60")
    do_it(qtbot)
    assert not form._refusal.isHidden()
    assert (soap_left(desk), given(desk, resident)) == (10_000, [])


def test_a_case_worker_asks_the_store_with_the_line(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted, stocked: None
) -> None:
    desk.role = Role.CASE_WORKER
    form = open_form(qtbot, window, resident)
    verb = form.verb.text()
    do_it(qtbot)
    desk.role = Role.DIRECTOR
    (request,) = stock.requests(desk)
    assert (verb, request.service_no.startswith("S-"), soap_left(desk)) == (
        "Enregistrer et demander au magasin",
        True,
        10_000,
    )


def test_a_partner_who_gives_takes_nothing_from_the_store(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted, stocked: None
) -> None:
    form = open_form(qtbot, window, resident)
    tab_to(qtbot, form.provider)
    type_in(qtbot, DOWN)
    assert (form.store.isHidden(), form.verb.text()) == (True, "Enregistrer le service")
