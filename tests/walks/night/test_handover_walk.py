"""A shift is handed over and taken over from the page of today, by keyboard alone."""

from shelter_desk.domain.rights import Role
from shelter_desk.operations.today import handovers
from shelter_desk.operations.users import user_accounts
from tests.operations.shelter import admit
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]
OTHER = "deux goyaves jaunes"


def test_a_shift_is_handed_over_and_taken_over_by_somebody_else(hands: Hands) -> None:
    user_accounts.add(hands.desk, "Agent B", Role.CASE_WORKER, OTHER)
    admit(hands.desk, "1A", days=1)
    hands.press("Ctrl+1")
    hands.tick("Passation")
    hands.write("Rappeler le tuteur")
    hands.press("Return")
    assert hands.told == "Ligne ajoutée à la passation."
    hands.press("Ctrl+Return")
    assert hands.told.startswith("Service remis")
    hands.enter(("Personne qui prend la suite", "Agent B"))
    hands.go_to("Son mot de passe")
    hands.write(OTHER)
    hands.press("Ctrl+Return")
    hands.until(lambda: handovers.waiting(hands.desk) is None)
    hands.settle()
    assert hands.told == "Agent B a pris la suite."
    (taken,) = handovers.earlier(hands.desk)
    assert (taken.by, taken.taken_by, [one.text for one in handovers.lines(hands.desk, taken.handover.id)]) == (
        "Agent A",
        "Agent B",
        ["Rappeler le tuteur"],
    )
