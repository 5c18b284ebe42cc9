"""Two files of one person made one and parted again, from Ctrl+K on, by keyboard alone."""

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from tests.operations.shelter import admit, days_ago
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def test_two_files_become_one_and_two_again(hands: Hands) -> None:
    first = admit(hands.desk, days=100, names=Names("Coulibaly", "Awa"))
    stays.leave(hands.desk, first.stay, days_ago(70), "retour_autonome", "pays_origine")
    again = admit(hands.desk, days=40, age=28, names=Names("Kulubali", "Awa"))
    hands.open_record(again.code)
    hands.choose_act("Réunir")
    hands.enter(("Code de l’autre", first.code))
    hands.save()
    hands.go_to("Âge")
    hands.press("Right")
    hands.enter(("Origine", "Admis sous"))
    hands.tick("J’ai comparé")
    hands.save()
    told = f"Dossiers réunis sous {again.code}. Le code {first.code} reste valable : il ouvre {again.code}."
    assert hands.told == told
    person = residents.record(hands.desk, again.person).person
    assert person.birth.age(hands.desk.today()) == 27
    assert [one.person.code for one in residents.listed(hands.desk, "all")] == [again.code]
    hands.open_record(first.code)  # the code of before finds the one file
    hands.will_answer()
    hands.choose_act("Défaire")
    assert hands.told == f"{again.code} et {first.code} sont de nouveau deux dossiers."
    assert len(residents.listed(hands.desk, "all")) == 2
