"""What fields of equipment offer beside code lists: rooms, beds, grants, staff."""

from shelter_desk import words
from shelter_desk.domain.ids import BedId, GrantId, RoomId, UserId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField


def rooms(desk: Desk) -> list[Choice]:
    """Rooms by id."""
    return [(str(key), name) for key, name in equipment.places(desk).rooms.items()]


def beds(desk: Desk) -> list[Choice]:
    """Beds by id."""
    return [(str(key), words.text("Bed {bed}").format(bed=code)) for key, code in equipment.places(desk).beds.items()]


def grants(desk: Desk) -> list[Choice]:
    """Grants by id."""
    return [(str(one.id), f"{one.code} {one.title}".strip()) for one in equipment.grants(desk)]


def staff(desk: Desk) -> list[Choice]:
    """Who may answer for a thing, by id."""
    return [(str(key), name) for key, name in equipment.staff(desk)]


def user_of(field: ChoiceField) -> UserId | None:
    """The person chosen."""
    value = field.value()
    return UserId(int(value)) if value else None


def room_of(field: ChoiceField) -> RoomId | None:
    """The room chosen."""
    value = field.value()
    return RoomId(int(value)) if value else None


def bed_of(field: ChoiceField) -> BedId | None:
    """The bed chosen."""
    value = field.value()
    return BedId(int(value)) if value else None


def grant_of(field: ChoiceField) -> GrantId | None:
    """The grant chosen."""
    value = field.value()
    return GrantId(int(value)) if value else None
