"""A house without beds, and one read by who may change nothing."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from tests.operations import shelter


def test_a_house_without_beds_offers_to_add_rooms(qtbot: QtBot, tmp_path: Path) -> None:
    with unlocking.create(
        tmp_path, "Maison des Essais", "Bamako", "Agent A", shelter.PASSWORD, cost=shelter.QUICK
    ).desk as desk:
        page = BedsPage(desk)
        qtbot.addWidget(page)
        page.refresh()
        assert page.empty.button is not None
        with qtbot.waitSignal(page.rooms_wanted):
            page.empty.button.click()


def test_reception_sees_the_beds_and_moves_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    with shelter.small_shelter(tmp_path) as desk:
        shelter.admit(desk, "1A")
        desk.role = Role.RECEPTION
        page = BedsPage(desk)
        qtbot.addWidget(page)
        page.refresh()
        page.open_panel(next(iter(page.plan.tiles)))
        assert isinstance(page.panel.face, ResidentFace)
        assert list(page.panel.face.buttons) == ["record"]
