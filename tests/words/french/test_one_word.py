"""One word for one thing, no word of the house that a guard would not read, no order in the infinitive."""

import re

import pytest

from tests.words.french.every_text import every, labels, sentences

OTHER_WORDS = {  # what is not said: why, or what is said in its place
    "clore": r"\b[Cc]lôtur(?:er|é|és|ée|ées|ez|ons|e[zr])\b",
    "sans réponse": r"(?<!Classement )\bsans suite\b",
    "annulation": r"ontre-passation",
    "deuxième copie": r"euxième endroit",
    "case": r"\b[Cc]ellules?\b",
    "import": r"\b[Ii]mportation\b",
    "vérifiée": r"\b[Pp]rouvées?\b(?<!présence prouvée)",
    "annuaire": r"\b[Rr]épertoires?\b",
    "gestionnaire de cas": r"\b[Gg]estionnaires?\b(?! de cas)",
    "direction": r"\b(?:au|le|un|Le|Un) responsable\b(?! de)",
    "appel": r"\b[Pp]ointages?\b|\bon pointe\b",
    "utilisables": r"opérationnels?\b",
    "réservé": r"\blits? (?:est |sont )?gardés?\b",
    "hors service": r"hors d’usage|h\. s\.",
    "écart": r"[Dd]ifférences? à (?:régler|expliquer)",
    "structure": r"\b[Pp]restataires?\b",
    "référencement": r"\b[Oo]rientée?s? (?:par|vers)\b|\b[Oo]rientation (?:vers|reçue|acceptée)",
    "envoyer": r"\b[ÉéE]m(?:ettre|is|ise)\b",
    "emballage": r"onditionnement",
    "groupe électrogène": r"\b[Hh]eures de groupe\b|\bdu groupe\b(?! électrogène| d)",
    "restaurer": r"Revenir à (?:une|cette) sauvegarde|ramène une sauvegarde",
    "Nom ou mot de passe incorrect": r"mot de passe est faux",
    "programme": r"\b[Aa]pplication\b(?! de la loi)|\blogiciel\b",
    "surcapacité": r"\bde trop\b|\bsurnombre\b",
    "figer": r"[Aa]rrêter le stock|stock est arrêté",
    "croiser, tenir à distance": r"[Rr]isque de contact|ne doit pas rencontrer",
    "historique": r"\bun fil\b|^Fil$",
    "Échap annule": r"Échap (?:abandonne|renonce)",
    "journal": r"\b[Cc]haîne (?:vérifiée|suivie)|la chaîne\b",
    "compte": r"\bau poste\b",
    "peu grave": r"^Mineur, peu",
    "enregistrer": r"\b[Ii]nscri(?:re|t|te|vez)\b",
    "lit": r"\b[Ss]ans place\b|\b[Pp]oser ici\b|\bcouchages?\b(?! de|$)",
    "no abbreviation alone": r"\b(?:NFI|MNA|AGR|EAS|KO|NR)\b(?!\))",
    "no parenthesis of gender": r"\w\((?:e|ère|se|ve|ne|trice|le)s?\)",
    "no past simple": r"\b(?:fut|furent|durèrent|prirent)\b",
    "no page that introduces itself": r"\bIci (?:se|s’)|^Ici,|^Voici\b",
    "no screen in the first person": r"^Mes (?:actions|actes) à moi",
    "no person erased or put": r"[Ee]ffacer (?:cette personne|la personne)…?$|[Ss]uspendre \{name\}",
}
INFINITIVE = re.compile(
    r"(?:^|[.:;] |, )(?:Les |Le |La |L’|En |Lui |Ne pas |Ne jamais )?"
    r"(?:[Cc]hoisir|[Ss]aisir|[ÉEé]valuer|[Dd]emander|[Tt]aper|[ÉEé]crire|[Cc]ocher|[Cc]orriger|[Vv]érifier|[Pp]révenir"
    r"|[Rr]emplir|[Ee]ssayer|[Rr]eprendre|[Ff]aire|[Dd]ire|[Oo]uvrir|[Ff]ermer|[Rr]égler|[Aa]dmettre|[Dd]onner|[Ll]ibérer"
    r"|[Gg]arder|[Ii]nformer)\b.*\.$"
)
QUESTION_LABEL = re.compile(r"^(?:Ce que|Ce qui|Qui c’est|Pourquoi|Comment|Quoi)\b[^.?:]*$")
ALOUD = {  # the interviewer’s memory aid stays in the infinitive; what the program says of itself is no label
    "Come back",
    "Never",
    "Offer",
    "Say ",
    "Tell ",
    "Ask ",
    "Check how",
    "For {provider} alone",
}


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_no_other_word_is_said_for_it(word: str) -> None:
    told = every()
    assert len(told) > 5000
    assert {at: text for at, text in told.items() if re.search(OTHER_WORDS[word], text)} == {}


def test_messages_are_orders() -> None:
    said = {at: text for at, text in sentences().items() if not at.startswith(tuple(ALOUD))}
    assert {at: text for at, text in said.items() if INFINITIVE.search(text.replace("\u00a0", " "))} == {}
    assert INFINITIVE.search("Ce lit est pris. Choisir un autre lit.")


def test_labels_are_nouns() -> None:
    assert {at: text for at, text in sentences().items() if QUESTION_LABEL.match(text)} == {}


def test_no_label_of_a_list_leaves_a_child_and_a_severity_one_word() -> None:
    assert labels()["incident_severity/mineur label_fr"] == "Peu grave"
