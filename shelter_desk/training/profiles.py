"""The two invented shelters: their rooms, who comes, why they leave (field 8.2, 8.3).

What one donor of the invented shelters calls the services; what it does not name stays not classified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from types import MappingProxyType
from typing import Literal

from shelter_desk.training.house import OWN_ROOMS, InventedBed, InventedRoom

DONOR = "oim"
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "heb": "Hébergement d’urgence",
        "ali": "Assistance alimentaire et articles de base",
        "nfi": "Assistance alimentaire et articles de base",
        "san": "Santé",
        "san_medic": "Médicaments et ordonnances",
        "psy": "SMSPS",
        "jur": "Assistance juridique",
        "pro": "Gestion de cas de protection",
        "ret": "Retour et réintégration",
        "edu": "Éducation et formation",
    }
)


Profile = Literal["bamako", "gao"]
SHELTERS: dict[str, tuple[str, str]] = {"bamako": ("Centre A", "Bamako"), "gao": ("Centre B", "Gao")}
Choice = tuple[tuple[str, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class HousePlan:
    """A kind of room: how many of them and how many beds in each, before scaling."""

    code: str
    name: str
    kind: str
    sex_rule: str
    age_rule: str
    rooms: int
    beds: int
    cots: int = 0


PLANS: dict[str, tuple[HousePlan, ...]] = {
    "bamako": (
        HousePlan("FA", "Dortoir femmes", "dortoir_f", "f", "adultes", 1, 4),
        HousePlan("FB", "Dortoir femmes et jeunes filles", "dortoir_f", "f", "tous", 1, 4),
        HousePlan("FM", "Dortoir filles", "dortoir_filles", "f", "mineurs", 1, 4),
        HousePlan("ME", "Chambre mère-enfant", "mere_enfant", "mixte_famille", "tous", 2, 2, 1),
        HousePlan("IN", "Chambre individuelle", "chambre_indiv", "indifferent", "tous", 2, 1),
    ),
    "gao": (
        HousePlan("HA", "Dortoir hommes", "dortoir_h", "m", "adultes", 2, 8),
        HousePlan("HB", "Dortoir hommes et jeunes", "dortoir_h", "m", "tous", 1, 8),
        HousePlan("GM", "Dortoir garçons", "dortoir_garcons", "m", "mineurs", 1, 6),
        HousePlan("FA", "Dortoir femmes", "dortoir_f", "f", "adultes", 1, 4),
        HousePlan("FM", "Dortoir filles", "dortoir_filles", "f", "mineurs", 1, 2),
        HousePlan("FF", "Chambre famille", "chambre_famille", "mixte_famille", "tous", 2, 2),
    ),
}
MIX: dict[str, dict[str, int]] = {
    "bamako": {
        "ML": 46,
        "GN": 12,
        "CI": 9,
        "NG": 11,
        "BF": 6,
        "SN": 4,
        "GM": 3,
        "TG": 3,
        "BJ": 2,
        "CM": 2,
        "SL": 1,
        "NE": 1,
    },
    "gao": {
        "GN": 33,
        "ML": 23,
        "SN": 10,
        "GM": 9,
        "CI": 11,
        "BF": 3,
        "NE": 3,
        "NG": 2,
        "CM": 2,
        "SL": 2,
        "BJ": 1,
        "LR": 1,
    },
}
REGIONS: dict[str, tuple[str, ...]] = {
    "bamako": (
        "ml_segou",
        "ml_segou",
        "ml_mopti",
        "ml_sikasso",
        "ml_san",
        "ml_koutiala",
        "ml_dioila",
        "ml_bandiagara",
        "ml_koulikoro",
        "ml_kayes",
        "ml_bamako",
        "ml_bougouni",
        "ml_kita",
        "ml_douentza",
        "ml_tombouctou",
    ),
    "gao": (
        "ml_gao",
        "ml_gao",
        "ml_kayes",
        "ml_kayes",
        "ml_sikasso",
        "ml_segou",
        "ml_koulikoro",
        "ml_bamako",
        "ml_mopti",
        "ml_menaka",
        "ml_kidal",
        "ml_tombouctou",
        "ml_nioro",
        "ml_kita",
        "ml_nara",
        "ml_taoudenit",
    ),
}
REFERRALS: dict[str, Choice] = {
    "bamako": (
        (
            "police",
            "justice",
            "action_sociale",
            "ong",
            "oim",
            "spontane",
            "sante",
            "ligne_verte",
            "famille",
            "gendarmerie",
        ),
        (20, 8, 18, 18, 12, 8, 4, 4, 4, 4),
    ),
    "gao": (
        (
            "oim",
            "spontane",
            "croix_rouge",
            "communaute_nationale",
            "police",
            "ong",
            "gendarmerie",
            "autorite_locale",
            "hcr",
        ),
        (30, 22, 12, 10, 8, 8, 4, 4, 2),
    ),
    "convoy": (("oim", "croix_rouge", "protection_civile"), (70, 20, 10)),
}
SITUATIONS: dict[tuple[str, str], Choice] = {
    ("bamako", "ML"): (
        ("mobilite_interne", "retour_force", "retour_volontaire", "pdi", "non_migrant", "retour_assiste"),
        (50, 8, 16, 12, 10, 4),
    ),
    ("bamako", ""): (
        ("bloque", "transit", "etranger_resident", "demandeur_asile", "refugie", "indetermine"),
        (55, 20, 14, 5, 3, 3),
    ),
    ("gao", "ML"): (
        ("retour_force", "retour_volontaire", "retour_assiste", "pdi", "mobilite_interne"),
        (45, 30, 10, 9, 6),
    ),
    ("gao", ""): (("transit", "bloque", "refoule_etranger", "demandeur_asile", "apatride"), (42, 28, 26, 3, 1)),
    ("convoy", "ML"): (("retour_force",), (1,)),
    ("convoy", ""): (("refoule_etranger",), (1,)),
}
_UNPLANNED = (
    "depart_volontaire",
    "fugue_disparition",
    "exclusion",
    "decision_justice",
    "asile",
    "hospitalisation_longue",
)
REASONS: dict[str, Choice] = {
    "minor": (
        (
            "reunification",
            "famille_accueil",
            "transfert",
            "formation_apprentissage",
            *_UNPLANNED[:2],
            "decision_justice",
        ),
        (62, 10, 10, 6, 5, 5, 2),
    ),
    "ML": (
        ("reunification", "retour_autonome", "autonomie", "formation_apprentissage", *_UNPLANNED),
        (44, 14, 16, 8, 8, 5, 2, 1, 0, 2),
    ),
    "": (
        ("avrr", "retour_autonome", "rapatriement_consulaire", "transfert", "autonomie", *_UNPLANNED),
        (48, 12, 10, 6, 5, 9, 4, 1, 1, 3, 1),
    ),
    "transit": (
        ("fin_sejour", "avrr", "retour_autonome", "transfert", "depart_volontaire", "fugue_disparition"),
        (34, 30, 20, 8, 6, 2),
    ),
}
DESTINATIONS = {
    "avrr": "pays_origine",
    "rapatriement_consulaire": "pays_origine",
    "transfert": "autre_centre",
    "asile": "mali_autre",
    "famille_accueil": "famille_accueil",
    "hospitalisation_longue": "hopital",
    "autonomie": "mali_autre",
    "formation_apprentissage": "mali_autre",
    "fugue_disparition": "inconnue",
    "exclusion": "inconnue",
    "decision_justice": "autre_centre",
    "non_admis": "mali_autre",
}
FORMS: dict[str, Choice] = {
    "f": (
        (
            "trav_domestique",
            "sex_prostitution",
            "trav_restauration",
            "trav_commerce",
            "mariage_force",
            "servitude_dettes",
            "mendicite_forcee",
        ),
        (36, 28, 10, 10, 8, 5, 3),
    ),
    "m": (
        (
            "trav_orpaillage",
            "mendicite_forcee",
            "trav_construction",
            "trav_agricole",
            "servitude_dettes",
            "esclavage_ascendance",
        ),
        (38, 20, 16, 12, 9, 5),
    ),
}
DECIDERS: Choice = (("ong_centre", "service_etat", "police_gendarmerie", "justice", "oim"), (34, 28, 18, 10, 10))
REPAIRS = {
    "maintenance": ("Sommier cassé, à souder", "Matelas à remplacer", "Moustiquaire déchirée et barreau tordu"),
    "hors_service": (
        "Fuite du toit au-dessus du lit",
        "Châssis fendu, lit à remplacer",
        "Coupure d’eau prolongée dans la chambre",
    ),
    "quarantaine": (
        "Désinfection après un cas de gale",
        "Isolement conseillé par le centre de santé",
        "Traitement contre les punaises",
    ),
}
R04_REASON = "Garçon isolé de moins de dix ans : il dort près d’une résidente volontaire, décision de la direction."
R06_REASON = "Aucun autre lit libre pour la nuit ; personne malade, la chambre reste éclairée et surveillée."


def pick(rng: Random, choice: Choice) -> str:
    """One of the words, by its weight."""
    return rng.choices(choice[0], choice[1])[0]


def build(profile: str, scale: float, since: datetime) -> list[InventedRoom]:
    """The rooms with their beds, all in service since then. scale multiplies the beds; small rooms come in numbers."""
    rooms = []
    for plan in PLANS[profile]:
        small = plan.kind in (*OWN_ROOMS, "chambre_indiv")
        for number in range(1, max(1, round(plan.rooms * scale) if small else plan.rooms) + 1):
            rooms.append(_room(plan, number, plan.beds if small else max(1, round(plan.beds * scale)), since))
    return rooms


def _room(plan: HousePlan, number: int, beds: int, since: datetime) -> InventedRoom:
    room = InventedRoom(f"{plan.code}{number}", f"{plan.name} {number}", plan.kind, plan.sex_rule, plan.age_rule)
    for n in range(1, beds + plan.cots + 1):
        bunk = "superpose_bas" if n % 2 else "superpose_haut"
        kind = "berceau" if n > beds else bunk if plan.kind == "dortoir_h" else "simple"
        room.beds.append(InventedBed(f"{room.code}-{n:02d}", room, kind, since))
    return room
