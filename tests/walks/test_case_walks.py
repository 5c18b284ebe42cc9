"""Every form of a case file that a record opens, from Ctrl+K to the line in the file, by keyboard alone."""

from datetime import timedelta

import pytest

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.assistance import assistance, referrals
from shelter_desk.operations.assistance.referrals import ReferralLine
from shelter_desk.operations.consent import consents
from shelter_desk.operations.residents import contact_risks, residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.words import formats
from tests.operations.referral_scene import CLINIC, agree_to_recording, wish
from tests.operations.referral_scene import issued as sent
from tests.operations.shelter import admit
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["hands"]


@pytest.fixture
def someone(hands: Hands) -> Admitted:
    """A woman who came ten days ago, for this walk alone."""
    return admit(hands.desk, days=10)


def only(hands: Hands, of: Admitted) -> ReferralLine:
    (line,) = referrals.of(hands.desk, of.person)
    return line


def days_ago(hands: Hands, days: int) -> str:
    return formats.day(hands.desk.today() - timedelta(days=days))


def test_a_service_is_written(hands: Hands, someone: Admitted) -> None:
    hands.open_record(someone.code, "Services")
    hands.tick("Ajouter un service")
    hands.enter(("Service", "consultation med"), ("Jour", days_ago(hands, 2)))
    hands.save()
    (written,) = assistance.of_stays(hands.desk, [someone.stay])[someone.stay]
    assert (written.service_type, written.service_on) == ("san_consult", hands.desk.today() - timedelta(days=2))


def test_a_referral_is_prepared(hands: Hands, someone: Admitted) -> None:
    hands.open_record(someone.code, "Référencements")
    hands.tick("Référer")
    hands.enter(("Structure", "Centre"))
    hands.tick("Santé")
    hands.enter(("Motif", "Besoin"), ("Urgence", "Sous 3"))
    hands.save()
    one = only(hands, someone).referral
    assert (one.state, one.partner, one.urgency) == ("brouillon", CLINIC, "sous_3j")
    assert one.service_wanted == ("san",)


def test_an_incoming_referral_is_written(hands: Hands, someone: Admitted) -> None:
    hands.open_record(someone.code, "Référencements")
    hands.tick("Référer")
    hands.enter(("Sens", "Reçu d’une structure"), ("Reçu le", days_ago(hands, 1)), ("Structure", "Centre"))
    hands.tick("Santé")
    hands.enter(("Motif", "Besoin"))
    hands.save()
    one = only(hands, someone).referral
    assert (one.direction, one.state, one.issued_on) == (
        "entrante",
        "emise",
        hands.desk.today() - timedelta(days=1),
    )


def test_a_draft_is_sent_without_consent_with_the_exception_and_its_reason(hands: Hands, someone: Admitted) -> None:
    referrals.draft(hands.desk, wish(someone))
    hands.open_record(someone.code, "Référencements")
    hands.tick("Envoyer")
    hands.enter(("Motif de l’envoi sans consentement", "Intérêt"), ("Motif de l’exception", "Inconsciente"))
    hands.save("Return")
    one = only(hands, someone).referral
    assert (one.state, one.exception, one.exception_reason) == ("emise", "interet_vital", "Inconsciente")


@pytest.mark.parametrize(
    ("button", "state"),
    [
        ("Acceptée", "acceptee"),
        ("Refus de la structure", "refusee_structure"),
        ("Refus de la personne", "refusee_personne"),
        ("Sans suite", "sans_suite"),
    ],
)
def test_the_answer_to_a_referral_is_written(hands: Hands, someone: Admitted, button: str, state: str) -> None:
    sent(hands.desk, someone, days=3)
    hands.open_record(someone.code, "Référencements")
    hands.tick(button)
    hands.enter(("Le", days_ago(hands, 1)))
    hands.save("Return")
    assert only(hands, someone).referral.state == state


def test_a_referral_is_served_and_closed_with_its_feedback(hands: Hands, someone: Admitted) -> None:
    sent(hands.desk, someone, days=3)
    hands.open_record(someone.code, "Référencements")
    hands.tick("Service reçu")
    hands.enter(("Résultat", "Service complet"))
    hands.save("Return")
    served = only(hands, someone).referral.state
    hands.open_record(someone.code, "Référencements")
    hands.tick("Clore")
    hands.enter(("Réponse de la structure", "Téléphone"))
    hands.save("Return")
    one = only(hands, someone).referral
    assert (served, one.state, one.feedback_kind) == ("service_recu", "cloturee", "telephone")


def test_a_follow_up_is_put_off(hands: Hands, someone: Admitted) -> None:
    sent(hands.desk, someone, days=10)
    hands.open_record(someone.code, "Référencements")
    hands.tick("Relancer")
    hands.enter(("Relance le", days_ago(hands, -7)))
    hands.save("Return")
    assert only(hands, someone).referral.follow_up_on == hands.desk.today() + timedelta(days=7)


def test_a_consent_is_given_and_taken_back(hands: Hands, someone: Admitted) -> None:
    hands.open_record(someone.code, "Consentements")
    hands.tick("Enregistrer une décision")
    hands.enter(("Finalité", "structure pr"), ("Destinataire", "Centre"), ("Décision", "Donn"))
    hands.tick(*(words[:24] for _, words in code_lists.explained()))
    hands.enter(("Langue", "bambara"), ("Forme", "signature"))
    hands.save()
    (given,) = consents.of(hands.desk, someone.person).all
    hands.open_record(someone.code, "Consentements")
    hands.will_answer("La structure est au courant")
    hands.tick("Retirer")
    (taken,) = consents.of(hands.desk, someone.person).all
    assert (given.status, given.recipient, given.language, taken.status) == ("donne", CLINIC, "bam", "retire")


def test_an_absence_and_the_return_are_written(hands: Hands, someone: Admitted) -> None:
    hands.open_record(someone.code)
    hands.choose_act("Absence")
    hands.enter(("Motif", "Hospi"), ("Première nuit d’absence", days_ago(hands, 3)))
    hands.save()
    (away,) = residents.record(hands.desk, someone.person).stays[0].absences
    hands.choose_act("Retour")
    hands.enter(("Première nuit de retour", days_ago(hands, 1)))
    hands.save()
    (back,) = residents.record(hands.desk, someone.person).stays[0].absences
    today = hands.desk.today()
    assert (away.absence_type, away.start.date(), away.end) == ("hopital", today - timedelta(days=3), None)
    assert back.end is not None
    assert back.end.date() == today - timedelta(days=1)


def test_two_persons_are_kept_apart(hands: Hands, someone: Admitted) -> None:
    other = admit(hands.desk, sex="m")
    hands.open_record(someone.code)
    hands.choose_act("Personnes à tenir")
    hands.enter(("Risque", "Recru"), ("Code de l’autre", other.code), ("Motif", "Reconnu à la cour"))
    hands.save()
    (standing,) = contact_risks.of(hands.desk, someone.person)
    assert (standing.risk.kind, standing.other) == ("recruteur", other.code)


def test_a_record_is_corrected(hands: Hands, someone: Admitted) -> None:
    agree_to_recording(hands.desk, someone.person)
    hands.open_record(someone.code)
    hands.choose_act("Corriger")
    hands.enter(("Nom", "Diarra"), ("Prénom", "Sira"), ("Nationalité", "senegal"), ("Situation matr", "Mariage"))
    hands.save()
    person = residents.record(hands.desk, someone.person).person
    assert residents.name(hands.desk, someone.person) == Names("Diarra", "Sira")
    assert (person.nationality, person.marital_status) == ("SN", "marie")


def test_a_structure_is_added_to_the_directory_and_changed(hands: Hands) -> None:
    from shelter_desk.operations.assistance import partners

    hands.find("assistance, structures")
    hands.tick("Ajouter une structure")
    hands.enter(("Nom", "Maison du Droit"), ("Type de structure", "juridique"), ("Téléphone", "20 22 00 00"))
    hands.tick("Assistance juridique")
    hands.save()
    hands.enter(("Chercher", "droit"))
    hands.go_to("Structures")
    hands.press("Down", "Return")
    hands.enter(("Ville", "Kayes"))
    hands.save()
    one = next(one for one in partners.partners(hands.desk) if one.name == "Maison du Droit")
    assert (one.town, one.phone, one.services_offered) == ("Kayes", "20 22 00 00", ("jur",))


OPENED = (  # where, by which button, which form
    ("Séjour", "Ajouter une personne à prévenir", "contact_person"),
    ("Séjour", "Déposer", "deposit"),
    ("Dépistage", "Décision", "status"),
    ("Vulnérabilités", "Facteurs structurels", "structural"),
    ("Vulnérabilités", "Évaluer les vuln", "assessment"),
    ("Plan", "Élaborer un plan", "plan"),
    ("Retour", "Ouvrir un dossier", "return_file"),
    ("Documents", "Garder un document", "document"),
    ("Historique", "Ajouter une note", "note"),
)


def form_shown(hands: Hands) -> str:
    """Which form is open over the record, "" for none."""
    assert hands.window.frame is not None
    page = hands.window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    drafting = page.record.drafting
    return "" if drafting is None else drafting.name.split("/")[1]


def test_other_forms_are_opened_from_their_section_and_left_with_escape(hands: Hands, someone: Admitted) -> None:
    agree_to_recording(hands.desk, someone.person)
    hands.open_record(someone.code)
    found = []
    for section, button, _ in OPENED:
        hands.go_to("Parties du dossier")
        hands.choose_section(section)
        hands.tick(button)
        found.append((section, button, form_shown(hands)))
        hands.press("Escape")
        assert form_shown(hands) == ""
    assert found == list(OPENED)


def test_acts_of_the_head_are_opened_and_left_with_escape(hands: Hands, someone: Admitted) -> None:
    hands.open_record(someone.code)
    opened = []
    for act in ("Changer de lit", "Décision de statut"):
        hands.choose_act(act)
        opened.append(form_shown(hands))
        hands.press("Escape")
    hands.tick("Sortie")
    opened.append(form_shown(hands))
    hands.press("Escape")
    assert (opened, form_shown(hands)) == (["place", "status", "exit"], "")
