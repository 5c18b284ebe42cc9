"""What was typed wrong of a person, a stay or a service is put right by keyboard alone, from Ctrl+K to the file."""

from datetime import timedelta

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import ServiceId
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.words import formats
from tests.operations.shelter import admit, days_ago
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


def day(hands: Hands, days: int) -> str:
    return formats.day(hands.desk.today() - timedelta(days=days))


def test_entry_and_exit_are_put_right(hands: Hands) -> None:
    made = admit(hands.desk, "1A", days=20)
    stays.leave(hands.desk, made.stay, days_ago(10), "autonomie", "mali_autre")
    hands.open_record(made.code)
    hands.choose_act("Entrée et sortie")
    hands.enter(("Entrée le", day(hands, 18)), ("Type d’entrée", "Transfert"))
    hands.enter(("Sortie le", day(hands, 12)), ("Motif", "Transfert"))
    hands.save()
    stay = residents.record(hands.desk, made.person).stays[0].stay
    assert (stay.admitted_at, stay.exited_at) == (days_ago(18), days_ago(12))
    assert (stay.entry_kind, stay.exit_reason) == ("transfert", "transfert")


def test_a_stay_is_cancelled_and_brought_back(hands: Hands) -> None:
    made = admit(hands.desk, "1A", days=20)
    hands.open_record(made.code)
    hands.choose_act("Annuler ce séjour")
    hands.enter(("Motif de l’annulation", "Saisi deux fois"))
    hands.save()
    assert residents.record(hands.desk, made.person).stays[0].stay.is_void
    hands.open_record(made.code)
    hands.choose_act("Rétablir ce séjour")
    hands.save()
    stay = residents.record(hands.desk, made.person).stays[0].stay
    assert (stay.is_void, stay.exited_at) == (False, None)


def test_a_return_after_a_disappearance_goes_on_with_the_stay(hands: Hands) -> None:
    made = admit(hands.desk, "1A", days=20)
    stays.leave(hands.desk, made.stay, days_ago(3), "fugue_disparition", "inconnue")
    hands.open_record(made.code)
    hands.tick("Retour après disparition")
    hands.enter(("Retour le", day(hands, 1)))
    hands.save()
    one = residents.record(hands.desk, made.person).stays[0]
    assert (one.stay.exited_at, one.stay.exit_reason) == (None, "")
    assert [absence.absence_type for absence in one.absences] == ["injustifiee"]
    assert one.placements[-1].start.date() == days_ago(1).date()


def test_a_service_is_taken_out_for_a_reason_and_brought_back(hands: Hands) -> None:
    made = admit(hands.desk, "1A", days=20)
    assistance.give(hands.desk, [Service(ServiceId(0), "", days_ago(3).date(), made.stay, "san_consult")])
    with hands.desk.database.transaction(Changes()) as connection:
        connection.exec_driver_sql("UPDATE services SET recorded_at = '2026-01-01T10:00'")
    hands.open_record(made.code, "Services")
    hands.will_answer("Une autre personne")
    hands.tick("Retirer cette ligne")
    hands.wake()
    assert assistance.of_stays(hands.desk, [made.stay]) == {}
    hands.open_record(made.code, "Services")
    hands.tick("Rétablir Consultation")
    assert len(assistance.of_stays(hands.desk, [made.stay])[made.stay]) == 1


def test_an_age_is_assessed_anew(hands: Hands) -> None:
    made = admit(hands.desk, "3A", age=15, days=20)
    hands.open_record(made.code)
    hands.choose_act("Âge réévalué")
    hands.enter(("Évalué le", day(hands, 2)), ("Fondé sur", "Décision"))
    hands.go_to("Date")
    hands.press("Right", "Right", "Space")
    hands.write("19")
    hands.save()
    birth = residents.record(hands.desk, made.person).person.birth
    assert [birth.age(days_ago(days).date()) for days in (3, 2)] == [15, 19]
