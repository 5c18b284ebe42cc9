"""How many families tonight: which places are free, which can be made free, and who may ask."""

import pytest

from shelter_desk.domain.beds.packing import InfantsAlone
from shelter_desk.domain.errors import BadNumber, Missing
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import beds, families_tonight
from shelter_desk.operations.beds.families_tonight import AskedHousehold
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences
from tests.operations.beds.held_scene import desk, hold
from tests.operations.shelter import admit, bed, days_ago

__all__ = ["desk"]
MOTHER = AskedHousehold(women=1, boys=1)


def room_for(desk: Desk, asked: AskedHousehold = MOTHER) -> tuple[int, int, int]:
    """How many with nobody moved, how many of those asked for, and the persons moved."""
    found = families_tonight.how_many(desk, asked).packed
    return found.without, len(found.housed), found.persons_moved


def test_held_blocked_and_taken_beds_are_not_free(desk: Desk) -> None:
    assert room_for(desk) == (3, 1, 0)  # with women, with girls, with families
    hold(desk, room="4", places=1)
    beds.block(desk, bed(desk, "3A").id, "maintenance", days_ago(1), None, "sommier")
    admit(desk, "1A", days=2)
    assert room_for(desk) == (0, 0, 0)
    assert room_for(desk, AskedHousehold(women=1, girls=1, sharing=1)) == (3 + 1 + 1, 1, 0)


def test_who_is_away_keeps_the_bed_and_is_not_moved(desk: Desk) -> None:
    alone = admit(desk, "4A", days=3)
    for code in ("1A", "1B", "1C", "3A"):
        admit(desk, code, days=3, age=12 if code == "3A" else 30)
    assert room_for(desk) == (0, 1, 1)
    absences.be_away(desk, alone.stay, "hopital", desk.today())
    assert room_for(desk) == (0, 0, 0)


def test_what_cannot_be_asked_is_refused(desk: Desk) -> None:
    for asked, error in (
        (AskedHousehold(), Missing),
        (AskedHousehold(girls=1, sharing=1), InfantsAlone),
        (AskedHousehold(women=1, sharing=1), InfantsAlone),
        (AskedHousehold(women=1, households=99), BadNumber),
    ):
        with pytest.raises(error):
            families_tonight.how_many(desk, asked)


def test_the_night_reception_may_ask(desk: Desk) -> None:
    desk.role = Role.RECEPTION
    assert room_for(desk)[0] == 3
