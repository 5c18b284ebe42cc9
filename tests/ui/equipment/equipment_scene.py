"""The real window over a shelter with a few pieces of equipment, and what is pressed there."""

from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.ids import AssetId, RoomId
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.equipment.register_part import RegisterPart
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.tabbed_page import FormFace
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import do_it, frame_of, tab_to
from tests.ui.window.windows import focused, wait_for

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
