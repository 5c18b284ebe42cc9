"""What a child alone needs, what is kept for somebody and what follows a departure, written by keyboard alone."""

from datetime import timedelta

import pytest

from shelter_desk.operations.casefile import best_interests, minors, tracing, voluntary_returns
from shelter_desk.operations.stays import exits, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.words import formats
from tests.operations.minor_scene import alone
from tests.operations.referral_scene import agree_to, agree_to_recording
from tests.operations.shelter import admit, days_ago
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


@pytest.fixture
def girl(hands: Hands) -> Admitted:
    """A girl of 14 who came alone ten days ago."""
    return alone(hands.desk)


def test_a_guardian_is_asked_for(hands: Hands, girl: Admitted) -> None:
    hands.open_record(girl.code, "Mineur")
    hands.tick("Enregistrer… Tutelle")
    hands.enter(("État de la tutelle", "Demande faite"), ("Demandé le", formats.day(days_ago(3).date())))
    hands.save()
    (one,) = minors.of(hands.desk, girl.person).guardians
    assert (one.status, one.requested_on) == ("demande_faite", days_ago(3).date())


def test_the_social_service_is_told(hands: Hands, girl: Admitted) -> None:
    hands.open_record(girl.code, "Mineur")
    hands.tick("Enregistrer… Service informé")
    hands.enter(("Service informé", "Service social"), ("Référence du courrier", "12/DRPFEF"))
    hands.save()
    (one,) = minors.of(hands.desk, girl.person).notifications
    assert (one.service, one.reference) == ("service_social", "12/DRPFEF")


def test_a_search_is_opened_and_goes_on(hands: Hands, girl: Admitted) -> None:
    agree_to(hands.desk, girl.person, "contact_famille", child=True)
    hands.open_record(girl.code, "Mineur")
    hands.tick("Ouvrir une recherche")
    hands.enter(("L’enfant veut la recherche", "Oui"))
    hands.save()
    hands.tick("Étape…")
    hands.enter(("État de la recherche", "Famille localisée"), ("Action faite", "Une tante retrouvee"))
    hands.save()
    (one,) = minors.of(hands.desk, girl.person).tracings
    _, steps = tracing.tracing_words(hands.desk, one.id)
    assert (one.status, [step.text for step in steps]) == ("famille_localisee", ["Une tante retrouvee"])


def test_the_best_interests_of_a_child_are_weighed(hands: Hands, girl: Admitted) -> None:
    hands.open_record(girl.code, "Mineur")
    hands.tick("Évaluer… Intérêt supérieur")
    hands.enter(("Motif", ""))
    hands.press("Down")
    hands.tick("Évaluateur formé")
    hands.enter(("Paroles de l’enfant", "Je veux aller a l'ecole"), ("Recommandation", "Rester ici"))
    hands.enter(("Prochaine revue", formats.day(days_ago(-30).date())))
    hands.save()
    (one,) = minors.of(hands.desk, girl.person).assessments
    said = best_interests.assessment_words(hands.desk, one.id)
    assert (said.child_view, said.recommendation) == ("Je veux aller a l'ecole", "Rester ici")


def test_what_was_deposited_is_handed_back(hands: Hands, girl: Admitted) -> None:
    hands.open_record(girl.code, "Séjour")
    hands.tick("Déposer")
    hands.enter(("Objets déposés", "Un telephone"))
    hands.save()
    hands.tick("Rendre")
    hands.save()
    (one,) = exits.of(hands.desk, girl.person).belongings[girl.stay]
    assert (one.returned_to, one.returned_on) == ("personne", hands.desk.today())


def test_a_follow_up_is_planned_and_held(hands: Hands) -> None:
    someone = admit(hands.desk, days=10)
    agree_to_recording(hands.desk, someone.person)
    agree_to(hands.desk, someone.person, "suivi_apres_sortie")
    stays.leave(hands.desk, someone.stay, days_ago(2), "autonomie", "mali_autre")
    hands.open_record(someone.code, "Séjour")
    hands.tick("Prévoir un suivi")
    hands.enter(("Échéance", formats.day(days_ago(1).date())), ("Par quel moyen", ""))
    hands.press("Down")
    hands.save()
    hands.tick("A eu lieu…")
    hands.enter(("État de la personne", ""))
    hands.press("Down")
    hands.save()
    (one,) = exits.of(hands.desk, someone.person).follow_ups[someone.stay]
    assert (one.due_on, one.held_on) == (days_ago(1).date(), hands.desk.today())


def test_a_return_is_begun_and_its_first_step_written(hands: Hands) -> None:
    someone = admit(hands.desk, days=10)
    agree_to_recording(hands.desk, someone.person)
    hands.open_record(someone.code, "Retour")
    hands.tick("Ouvrir un dossier")
    hands.enter(("Souhait dit le", formats.day(hands.desk.today() - timedelta(days=1))), ("Pays", "Niger"))
    hands.save()
    (one,) = voluntary_returns.of(hands.desk, someone.person)
    assert (one.file.dest_country, one.file.wish_on) == ("NE", hands.desk.today() - timedelta(days=1))
