"""A bed is moved to another room, a defect takes one out of use, and families are housed, by keyboard alone."""

from datetime import date, timedelta

from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.ids import AssetId
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.equipment import equipment, maintenance
from shelter_desk.ui.beds.families_view import FamiliesAnswer
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


def test_a_defect_takes_the_bed_out_of_use_until_the_repair_is_written(hands: Hands) -> None:
    place = bed(hands.desk, "1A")
    asset = Asset(
        AssetId(0), "", "Sommier", "literie", "achat", date(2025, 1, 2), "oim", "centre", "en_service", "bon",
        room=place.room, bed=place.id,
    )  # fmt: skip
    equipment.add_assets(hands.desk, asset)
    hands.find("1A")
    hands.tick("Signaler un défaut")
    hands.enter(("Défaut constaté", "Latte cassée"))
    hands.save()
    (line,) = maintenance.tickets(hands.desk)
    assert hands.told == f"Fiche {line.ticket.ticket_no} ouverte. Le lit 1A est hors service."
    assert maintenance.bed_waiting(hands.desk, line.ticket.id) == "1A"
    hands.find("maintenance")
    hands.go_to("Fiches de maintenance")
    hands.press("Return")
    hands.enter(("Action faite", "Latte changée"))
    hands.save()
    assert maintenance.bed_waiting(hands.desk, line.ticket.id) == ""
    assert room_of(hands, "1A") == "1"


def test_a_family_is_typed_and_the_answer_read(hands: Hands) -> None:
    hands.press("Ctrl+2")
    hands.press("Ctrl+Return")
    hands.go_to("Arrivée")
    hands.press("Right")
    hands.enter(("Filles", "1"), ("Nombre de familles", "3"))
    (answer,) = [one for one in hands.window.findChildren(FamiliesAnswer) if one.isVisible()]
    told = answer.answer.text().replace("\u00a0", " ")
    assert told == "Ce soir, familles de 2 personnes : place pour 3 sur 3, sans déplacement."
