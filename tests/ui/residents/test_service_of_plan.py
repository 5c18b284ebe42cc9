"""A service says who gave it and for which action of the plan: typed by keys alone in the real window."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui.residents.acts.service_form import ServiceForm
from shelter_desk.ui.residents.record.services_tab import ServicesTab
from shelter_desk.ui.window import Window
from tests.operations.assessment_scene import line, plan
from tests.ui.residents.assessing_scene import desk, do_it, open_tab, record_of, resident, tab_to, window
from tests.ui.window.windows import type_in

__all__ = ["desk", "resident", "window"]
OTHER = "deux citrons jaunes"


def open_form(window: Window, resident: Admitted, at: str = "") -> ServiceForm:
    assert window.frame is not None
    window.frame.open_record(resident.person)
    record_of(window).open_form("service", at)
    form = record_of(window).form
    assert isinstance(form, ServiceForm)
    return form


def test_a_colleague_and_the_action_it_is_for_are_chosen_by_key(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    plans.make(desk, replace(plan(resident), actions=(line(),)))
    form = open_form(window, resident)
    tab_to(qtbot, form.kind)
    type_in(qtbot, "Consultation méd", Qt.Key.Key_Tab)
    tab_to(qtbot, form.staff)
    type_in(qtbot, Qt.Key.Key_Down)
    tab_to(qtbot, form.plan.action)
    type_in(qtbot, Qt.Key.Key_Down)
    tab_to(qtbot, form.plan.becomes)
    assert form.plan.becomes.value() == "en_cours"
    do_it(qtbot)
    (made,) = (one for ones in assistance.of_stays(desk, [resident.stay]).values() for one in ones)
    action = plans.of(desk, resident.person)[0].plan.actions[0]
    names = assistance.staff_names(desk)
    assert (names[made.staff or desk.user], made.plan_action, action.state) == ("Agent B", action.id, "en_cours")
    tab = open_tab(qtbot, window, resident, "services")
    assert isinstance(tab, ServicesTab)
    assert tab._about(made, None).endswith("Agent B · plan\u00a0: Prendre rendez-vous")


def test_who_has_no_plan_is_asked_nothing_of_it_and_the_desk_gave_it(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    form = open_form(window, resident)
    tab_to(qtbot, form.kind)
    type_in(qtbot, "Consultation méd", Qt.Key.Key_Tab)
    do_it(qtbot)
    (made,) = (one for ones in assistance.of_stays(desk, [resident.stay]).values() for one in ones)
    assert (made.staff, form.plan.isHidden()) == (desk.user, True)
