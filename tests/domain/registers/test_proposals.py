"""What shelters write for who sent somebody, why and where somebody left, what somebody is: understood, proposed."""

import pytest

from shelter_desk.domain import codes
from shelter_desk.domain.registers.proposals import propose

UNDERSTOOD = {
    "referral_source": {
        "DNPEF": "action_sociale",
        "Affaires sociales": "action_sociale",
        "Assistante sociale": "action_sociale",
        "Direction nationale de la promotion de l'enfant et de la famille": "action_sociale",
        "commissariat": "police",
        "PAF": "police",
        "Brigade des mineurs": "police",
        "Brigade de gendarmerie": "gendarmerie",
        "Procureur de la République": "justice",
        "TGI": "justice",
        "Tribunal pour enfants": "justice",
        "sapeurs pompiers": "protection_civile",
        "Chef de village": "autorite_locale",
        "Sous-préfet": "autorite_locale",
        "CHU": "sante",
        "Centre de santé": "sante",
        "Croix rouge malienne": "croix_rouge",
        "voisine": "famille",
        "Proches": "famille",
        "lui même": "spontane",
        "D'elle-même": "spontane",
        "Auto-référée": "spontane",
        "Hotline": "ligne_verte",
        "Association des ressortissants": "communaute_nationale",
    },
    "exit_reason": {
        "Retour dans sa famille": "reunification",
        "Remise aux parents": "reunification",
        "A rejoint sa famille": "reunification",
        "RVA": "avrr",
        "Rentrée seule": "retour_autonome",
        "Rapatriée": "rapatriement_consulaire",
        "Transférée dans un autre centre": "transfert",
        "Placé en famille d'accueil": "famille_accueil",
        "A trouvé du travail": "autonomie",
        "Hospitalisée": "hospitalisation_longue",
        "Fin de PEC": "fin_sejour",
        "Séjour terminé": "fin_sejour",
        "Partie de son plein gré": "depart_volontaire",
        "Fugué": "fugue_disparition",
        "a fui": "fugue_disparition",
        "Partie sans prévenir": "fugue_disparition",
        "Renvoyé du centre": "exclusion",
        "Ordonnance du juge": "decision_justice",
        "DCD": "deces",
    },
    "exit_destination": {"son village": "mali_region", "Retour au pays": "pays_origine", "NSP": "inconnue"},
    "migration_situation": {
        "en transit": "transit",
        "De passage": "transit",
        "Déportée": "retour_force",
        "Migrante bloquée": "bloque",
        "Déplacée interne": "pdi",
        "Migrante interne": "mobilite_interne",
        "non déterminée": "indetermine",
    },
    "entry_kind": {"Nouveau cas": "premiere", "1ère admission": "premiere", "Revenue": "readmission"},
}
SAID = [(name, text, code) for name, known in UNDERSTOOD.items() for text, code in known.items()]


@pytest.mark.parametrize(("name", "text", "code"), SAID)
def test_what_shelters_write_is_understood(name: str, text: str, code: str) -> None:
    assert codes.read(name, text) == code


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("referral_source", "Amenée par la police", "police"),
        ("referral_source", "Police de Kayes", "police"),
        ("referral_source", "Envoyé par l'OIM", "oim"),
        ("referral_source", "Commissariat du 3e arrondissement", None),
        ("referral_source", "Orientée par l'assistante sociale", "action_sociale"),
        ("referral_source", "Gendarmerie de Gao", "gendarmerie"),
        ("exit_reason", "Fugue (nuit)", "fugue_disparition"),
        ("exit_reason", "Pour cause de fugue", "fugue_disparition"),
        ("migration_situation", "en transit au", "transit"),
    ],
)
def test_what_a_name_of_the_list_tells_is_proposed(name: str, text: str, code: str | None) -> None:
    assert codes.read(name, text) is None
    assert propose(name, text) == code


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("exit_reason", "Décès de sa mère"),
        ("exit_reason", "Hospitalisation de son enfant"),
        ("exit_reason", "famille introuvable"),
        ("exit_reason", "sans famille"),
        ("exit_reason", "pas de transfert"),
        ("exit_reason", "transfert ou retour en famille"),
        ("exit_reason", "mort du mari"),
        ("exit_reason", "refus de formation"),
        ("exit_reason", "parti"),
        ("referral_source", "police ou gendarmerie"),
        ("referral_source", "n'est pas venu de la police"),
        ("referral_source", "Monsieur le maire et la police"),
        ("referral_source", "M. Coulibaly"),
        ("referral_source", "police ?"),
        ("referral_source", "oimo"),
        ("migration_situation", "ancien réfugié"),
        ("migration_situation", "mère d'un réfugié malien rentré"),
        ("entry_kind", "retour"),
        ("sex", "femme enceinte"),
    ],
)
def test_nothing_is_proposed_where_it_may_be_something_else(name: str, text: str) -> None:
    assert propose(name, text) is None
