"""A bed is moved to another room from its panel on the plan and from the settings, by keyboard alone."""

from datetime import timedelta

from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.words import formats
from tests.operations.shelter import admit, bed
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def room_of(hands: Hands, code: str, ago: int = 0) -> str:
    board = bed_board.board(hands.desk, hands.desk.today() - timedelta(days=ago))
    return next(room.room.code for room in board.rooms for look in room.beds if look.bed.code == code)


def test_a_free_bed_is_moved_from_the_plan_and_that_is_undone(hands: Hands) -> None:
    hands.find("2D")
    hands.tick("Déplacer le lit")
    hands.enter(("Vers la chambre", "1"))
    hands.save()
    assert (room_of(hands, "2D"), room_of(hands, "2D", ago=1)) == ("1", "2")
    assert hands.told.startswith("Le lit 2D est dans la chambre 1")
    hands.press("Ctrl+Z")
    assert room_of(hands, "2D") == "2"


def test_a_bed_with_somebody_in_it_is_moved_from_the_settings_from_a_day_on(hands: Hands) -> None:
    one = admit(hands.desk, "1A", days=6)
    hands.find("chambres et lits")
    hands.go_to("Lits")
    hands.enter(
        ("Vers la chambre", "4"), ("À partir de la nuit du", formats.day(hands.desk.today() - timedelta(days=2)))
    )
    hands.tick("Déplacer le lit")
    assert [room_of(hands, "1A", ago) for ago in (3, 2, 0)] == ["1", "4", "4"]
    assert one.code in {who.person.code for who in bed_board.board(hands.desk, hands.desk.today()).everyone}
    assert bed(hands.desk, "1A").former != ()
    assert len(beds.rooms(hands.desk)) == 4
