"""For whom a bed is free: the profiles of arrivals, read against the rules of each room (T10)."""

from shelter_desk.domain.beds.beds import Room
from shelter_desk.operations.beds.bed_board import Board, RoomLook

GROUPS = ("women", "girls", "mother_child", "families", "men", "boys", "isolation")
_OF_ONE_KIND = {"mere_enfant": "mother_child", "chambre_famille": "families", "isolement_sante": "isolation"}
_PERSONS = {"women": ("f", "adultes"), "girls": ("f", "mineurs"), "men": ("m", "adultes"), "boys": ("m", "mineurs")}


def welcomes(room: Room, group: str) -> bool:
    """True when the rules on the door fit that profile; rooms of one kind are for that kind alone."""
    kind = _OF_ONE_KIND.get(room.room_type)
    if kind is not None or group not in _PERSONS:
        return kind == group
    sex, age = _PERSONS[group]
    return room.sex_rule in (sex, "indifferent") and room.age_rule in (age, "tous")


def is_for_them(look: RoomLook) -> bool:
    """True for a family room with a family in it, also while away: its free beds are for that family (T10)."""
    return look.room.room_type == "chambre_famille" and bool(look.people)


def free_for(board: Board) -> dict[str, int]:
    """Usable free beds by profile; a bed that suits several is counted for each."""
    return {
        group: sum(look.free for look in board.rooms if welcomes(look.room, group) and not is_for_them(look))
        for group in GROUPS
    }


def free_for_those_here(board: Board) -> int:
    """Free beds beside a family, kept for it."""
    return sum(look.free for look in board.rooms if is_for_them(look))
