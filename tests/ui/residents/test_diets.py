"""A diet is chosen by keys over the record, stands in its head, and is told to the kitchen without a name or a code."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.residents import diets
from shelter_desk.ui.assistance.meals_part import MealsPart
from shelter_desk.ui.residents.acts.correction_form import DietForm
from shelter_desk.ui.widgets.badge import BadgeButton
from tests.operations.shelter import admit
from tests.ui.assistance.assistance_scene import Enter, do_it, enter, folder, frame_of, part_of, tab_to
from tests.ui.window.windows import settle, show_active, type_in

__all__ = ["enter", "folder"]


def test_an_allergy_is_chosen_by_keys_seen_in_the_head_and_told_to_the_kitchen(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    desk = window.desk
    assert desk is not None
    made = admit(desk, "1A", names=Names("Zampaligré", "Rasmata"))
    admit(desk, "1B")
    frame_of(window).open_record(made.person)
    record = frame_of(window).pages["residents"].record  # type: ignore[attr-defined]
    record.open_form("diet")
    form = record.form
    assert isinstance(form, DietForm)
    tab_to(qtbot, form.diets.field)
    type_in(qtbot, "arachide", Qt.Key.Key_Tab)
    do_it(qtbot)
    settle(qtbot)
    show_active(qtbot, window)  # the lists of the form are gone, with them the keys: so it is without a screen
    assert diets.of(desk, [made.stay]) == {made.stay: ("allergie_arachide",)}
    badges = [one.text() for one in record.head.alerts.badges if isinstance(one, BadgeButton)]
    assert "Allergie à l’arachide" in badges
    face = part_of(window, "meals").face
    assert isinstance(face, MealsPart)
    sheet = face.kitchen_sheet()
    assert face.kitchen.text() == "À part\u00a0: 1 × allergie à l’arachide (1A)"
    assert "<td>1</td><td>1A</td>" in sheet
    assert [one for one in (made.code, "Zampaligré", "Rasmata") if one in sheet] == []
    type_in(qtbot, Qt.Key.Key_Space)  # who does not eat has no plate
    assert (face.kitchen.text(), "Rien à part." in face.kitchen_sheet()) == ("", True)
