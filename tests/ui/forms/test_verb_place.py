"""Save is where it always is: at the right end of its form or card, Close at the left; Tab reaches the verb first."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.flags.flag import Flag
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.ui.lists.detail_view import DetailStep
from shelter_desk.ui.settings.account_forms import AccountForm
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.today.tasks.postpone_form import SetAside
from shelter_desk.ui.widgets.buttons import Button
from tests.ui.today.today_scene import desk
from tests.ui.window.windows import focused, settle, show_active, type_in

__all__ = ["desk"]
SECTIONS = ("shelter", "limits", "security", "retention", "targets", "services", "own")
EDGE = 40  # pixels, of the margins of a card


def _made(desk: Desk, kind: str) -> QWidget:
    if kind == "step":
        step = DetailStep(desk)
        step.add_foot()
        return step
    if kind == "account":
        return AccountForm(desk, Button("Enregistrer"))
    if kind == "slip":
        return SlipForm(desk)
    return SetAside(desk, Task("flag", "AAA", flags=(Flag("R-14", "W", "", "AAA"),)))


def _at(widget: QWidget, within: QWidget) -> tuple[int, int]:
    left = widget.mapTo(within, QPoint()).x()
    return left, left + widget.width()


@pytest.mark.parametrize("kind", ["step", "account", "aside", "slip"])
def test_the_verb_stands_at_the_right_and_close_at_the_left(qtbot: QtBot, desk: Desk, kind: str) -> None:
    form = _made(desk, kind)
    qtbot.addWidget(form)
    form.resize(900, 500)
    show_active(qtbot, form)
    verb, close = _at(form.verb, form), _at(form.close_button, form)  # type: ignore[attr-defined]
    assert (close[0] <= EDGE, form.width() - verb[1] <= EDGE) == (True, True)
    if kind != "slip":  # a form over a page has an order of its own, tried elsewhere
        form.verb.setFocus()  # type: ignore[attr-defined]
        type_in(qtbot, Qt.Key.Key_Tab)
        assert focused() is form.close_button  # type: ignore[attr-defined]


def _card_of(button: QWidget) -> QWidget:
    around = button.parentWidget()
    while not (isinstance(around, QFrame) and around.property("role") == "card"):
        assert around is not None
        around = around.parentWidget()
    return around


@pytest.mark.parametrize("section", SECTIONS)
def test_in_the_settings_save_stands_at_the_right_end_of_its_card(qtbot: QtBot, desk: Desk, section: str) -> None:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1270, 690)
    show_active(qtbot, page)
    page.open(section)
    settle(qtbot)

    def verbs() -> list[Button]:
        return [one for one in page.findChildren(Button) if one.isVisible() and one.text().startswith("Enregistrer")]

    if section not in ("retention", "own"):
        qtbot.waitUntil(lambda: bool(verbs()))
    for verb in verbs():
        card = _card_of(verb)
        assert card.width() - _at(verb, card)[1] <= EDGE, verb.text()
