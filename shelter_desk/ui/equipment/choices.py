"""What several forms of equipment offer beside code lists, rooms and grants; and which things a form is about."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.forms.choice_field import Choice


def rooms(desk: Desk) -> list[Choice]:
    """Rooms by id."""
    return [(str(key), name) for key, name in equipment.places(desk).rooms.items()]


def grants(desk: Desk) -> list[Choice]:
    """Grants by id."""
    return [(str(one.id), f"{one.code} {one.title}".strip()) for one in equipment.grants(desk)]


def about(assets: Sequence[Asset]) -> str:
    """Which things a form is about."""
    if len(assets) == 1:
        return f"{assets[0].tag_no} · {assets[0].designation}"
    return words.count("{n} asset", "{n} assets", len(assets))
