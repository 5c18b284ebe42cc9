"""Forms that stand for the whole house, from Ctrl+K or the key of a page to the line in the file, by keyboard alone."""

from datetime import timedelta

from shelter_desk.domain.stays.roll_call import night_in_progress
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import roll_call
from shelter_desk.words import formats
from tests.operations.referral_scene import issued as sent
from tests.operations.shelter import admit, bed
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def test_somebody_is_admitted(hands: Hands) -> None:
    hands.press("Ctrl+3")
    hands.tick("Admettre")
    hands.enter(("Nom", "Diarra"), ("Prénom", "Sira"))
    hands.tick("Féminin")
    hands.press("Tab", "Right", "Right", "Space")  # an estimated age
    hands.write("27")
    hands.enter(("Nationalité", "Guinée (Guin"), ("Situation migratoire", "en transit"))
    hands.save()
    (one,) = residents.listed(hands.desk, "here")
    assert (one.person.sex, one.person.nationality, one.bed_code) == ("f", "GN", "1A")
    assert residents.name(hands.desk, one.person.id).first_name == "Sira"


def test_somebody_is_admitted_with_parents_and_numbers_and_found_by_one(hands: Hands) -> None:
    hands.press("Ctrl+3")
    hands.tick("Admettre")
    hands.enter(("Nom", "Diarra"))
    hands.tick("Parents, autres numéros")
    hands.enter(("Nom de la mère", "Bintou Sacko"), ("N°\u00a0de cas OIM", "ML-2026-9"))
    hands.tick("Féminin")
    hands.press("Tab", "Right", "Right", "Space")
    hands.write("27")
    hands.enter(("Nationalité", "Guinée (Guin"), ("Situation migratoire", "en transit"))
    hands.save()
    (one,) = residents.listed(hands.desk, "here")
    names = residents.name(hands.desk, one.person.id)
    assert (names.mother_name, names.iom_no) == ("Bintou Sacko", "ML-2026-9")
    hands.find("ml20269")
    hands.choose_act("Corriger")
    hands.enter(("N°\u00a0du registre papier", "44/2026"))
    hands.save()
    assert residents.name(hands.desk, one.person.id).paper_no == "44/2026"
    assert residents.search(hands.desk, "44/2026") == [one.person.id]


def test_the_roll_is_called_and_what_differs_is_settled(hands: Hands) -> None:
    here, away = admit(hands.desk, "1A"), admit(hands.desk, "1B")
    hands.press("Ctrl+1")
    hands.tick("Appel du soir")
    hands.write("pa2")
    hands.press("Return")
    hands.press("Return")
    night = night_in_progress(hands.desk.now())
    absent = {one.stay.id: one.absence for one in bed_board.board(hands.desk, night).everyone}
    assert absent[here.stay] is None
    assert absent[away.stay] is not None
    assert roll_call.differences(hands.desk, night) == []


def test_a_bed_is_changed_for_nights_that_are_over_and_an_exit_planned(hands: Hands) -> None:
    someone = admit(hands.desk, "1A", days=6)
    hands.find("calendrier")
    assert hands.at().accessibleName().startswith("Lit 1A, nuit du ")
    hands.press("Left", "Left", "D", "Down", "Return")
    assert hands.told.startswith("Dès la nuit du ")
    assert someone.code in hands.at().accessibleName()
    hands.press("Right", "Right", "Shift+Right", "Shift+Right", "Return")
    (stay,) = residents.record(hands.desk, someone.person).stays
    first, second = (stay.placements[n].bed for n in (0, 1))
    today = hands.desk.today()
    assert (first, second) == (bed(hands.desk, "1A").id, bed(hands.desk, "1B").id)
    assert stay.placements[1].start.date() == today - timedelta(days=2)
    assert stay.stay.expected_exit == today + timedelta(days=2)
    hands.press("Ctrl+Z")
    assert residents.record(hands.desk, someone.person).stays[0].stay.expected_exit is None


def test_an_exit_is_caught_up_after_a_cut(hands: Hands) -> None:
    someone = admit(hands.desk, "1A", days=5)
    yesterday = hands.desk.today() - timedelta(days=1)
    hands.press("Ctrl+1")
    hands.tick("Rattrapage")
    hands.enter(("Du", formats.day(yesterday)))
    hands.tick("Sortie")
    hands.enter(("Personne", someone.code), ("Heure", "18:30"), ("Motif", "autonomie"))
    hands.press("Return")
    (left,) = residents.listed(hands.desk, "left")
    assert left.stay is not None
    assert left.stay.exited_at is not None
    assert formats.moment(left.stay.exited_at) == f"{formats.day(yesterday)} 18:30"


def test_an_answer_is_written_from_the_list_of_referrals(hands: Hands) -> None:
    someone = admit(hands.desk, "1A", days=20)
    sent(hands.desk, someone, days=10)
    hands.find("référencements")
    hands.press("Return")
    hands.tick("Acceptée")
    hands.save("Return")
    (line,) = referrals.of(hands.desk, someone.person)
    assert line.referral.state == "acceptee"
