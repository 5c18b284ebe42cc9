"""F1 opens the card of the handover, of a bed that moves, of an inspection and of a family, where somebody is."""

from datetime import timedelta

from shelter_desk.domain.stays.families import FamilyChange
from shelter_desk.operations.stays import families
from shelter_desk.ui.widgets.help_mark import HelpMark
from tests.operations.shelter import admit
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def explained(hands: Hands) -> list[str]:
    """The topics of the cards that are seen."""
    marks = hands.window.findChildren(HelpMark)
    return [one.topic for one in marks if one.card is not None and one.card.isVisible()]


def test_the_handover_is_explained_on_its_page(hands: Hands) -> None:
    admit(hands.desk, "1A", days=1)
    hands.press("Ctrl+1")
    hands.tick("Passation")
    hands.press("F1")
    assert explained(hands) == ["passation"]
    hands.press("F1")
    assert explained(hands) == []


def test_a_bed_that_moves_is_explained_at_its_room(hands: Hands) -> None:
    hands.find("2D")
    hands.tick("Déplacer le lit")
    hands.go_to("Vers la chambre")
    hands.press("F1")
    assert explained(hands) == ["lit_deplace"]


def test_an_inspection_is_explained_in_its_form(hands: Hands) -> None:
    hands.find("2D")
    hands.tick("Chambre, inspections")
    hands.tick("Inspecter la chambre")
    hands.go_to("Inspectée par")
    hands.press("F1")
    assert explained(hands) == ["inspection_chambre"]


def test_a_family_is_explained_at_the_responsible_adult(hands: Hands) -> None:
    mother = admit(hands.desk, "4A", days=20)
    child = admit(hands.desk, "4B", age=7, days=20, head=mother.stay)
    families.regroup(hands.desk, hands.desk.today() - timedelta(days=3), [FamilyChange(child.stay)])
    hands.open_record(child.code)
    hands.choose_act("Famille")
    hands.go_to("Adulte responsable")
    hands.press("F1")
    assert explained(hands) == ["familles"]
