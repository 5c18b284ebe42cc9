"""Families by keyboard alone: a child goes to another carer, the head hands the family over and joins it again."""

from datetime import timedelta

from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.words import formats
from tests.operations.shelter import admit, days_ago
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def day(hands: Hands, days: int) -> str:
    return formats.day(hands.desk.today() - timedelta(days=days))


def stay(hands: Hands, one: Admitted) -> Stay:
    return residents.record(hands.desk, one.person).stays[0].stay


def test_a_child_goes_to_another_carer_and_the_thread_says_so(hands: Hands) -> None:
    mother, aunt = admit(hands.desk, "4A", days=20), admit(hands.desk, "1A", days=20)
    child = admit(hands.desk, "4B", age=7, days=20, head=mother.stay)
    hands.open_record(child.code)
    hands.choose_act("Famille")
    hands.enter(("À partir du", day(hands, 3)), ("Adulte responsable", aunt.code))
    hands.enter(("Lien avec", "Neveu"), ("Ce lien", "Dit"))
    hands.save()
    found = stay(hands, child)
    assert [found.head_on(days_ago(days).date()) for days in (4, 3)] == [mother.stay, aunt.stay]
    assert (found.family_link, found.link_basis) == ("neveu_niece", "dit")
    assert "Famille de" in hands.told


def test_the_head_hands_the_family_over_and_takes_nobody_along(hands: Hands) -> None:
    mother = admit(hands.desk, "4A", days=20)
    sister = admit(hands.desk, "4B", days=20, head=mother.stay)
    child = admit(hands.desk, "3A", age=7, days=20, head=mother.stay)
    hands.open_record(mother.code)
    hands.choose_act("Famille")
    hands.enter(("À partir du", day(hands, 3)), ("Adulte responsable", sister.code))
    hands.save()
    heads = [stay(hands, one).head_on(days_ago(2).date()) for one in (mother, sister, child)]
    assert heads == [sister.stay, None, sister.stay]
