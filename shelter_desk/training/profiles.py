"""The two invented shelters: their rooms, who comes, why they leave (field 8.2, 8.3).

What one donor of the invented shelters calls the services; what it does not name stays not classified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from shelter_desk.training.chances import Choice, weighted
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
# of each year, by indicator, for a house of twenty beds
TARGETS: Mapping[str, int] = MappingProxyType(
    {"t2.distinct_persons": 150, "t4.new_identified": 40, "t7.issued": 90, "t9.sensitised": 60}
)
AGREEMENT = "Convention C-EX-01 (fictive)"


Profile = Literal["bamako", "gao"]
SHELTERS: dict[str, tuple[str, str]] = {"bamako": ("Centre A", "Bamako"), "gao": ("Centre B", "Gao")}


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
MIX: dict[str, Choice] = {
    "bamako": weighted("ML 46, GN 12, CI 9, NG 11, BF 6, SN 4, GM 3, TG 3, BJ 2, CM 2, SL 1, NE 1"),
    "gao": weighted("GN 33, ML 23, SN 10, GM 9, CI 11, BF 3, NE 3, NG 2, CM 2, SL 2, BJ 1, LR 1"),
}
# a region that is said twice comes more often
REGIONS = {
    "bamako": "ml_segou ml_segou ml_mopti ml_sikasso ml_san ml_koutiala ml_dioila ml_bandiagara ml_koulikoro ml_kayes "
    "ml_bamako ml_bougouni ml_kita ml_douentza ml_tombouctou",
    "gao": "ml_gao ml_gao ml_kayes ml_kayes ml_sikasso ml_segou ml_koulikoro ml_bamako ml_mopti ml_menaka ml_kidal "
    "ml_tombouctou ml_nioro ml_kita ml_nara ml_taoudenit",
}
REFERRALS: dict[str, Choice] = {
    "bamako": weighted(
        "police 20, justice 8, action_sociale 18, ong 18, oim 12, spontane 8, sante 4, ligne_verte 4, famille 4, "
        "gendarmerie 4"
    ),
    "gao": weighted(
        "oim 30, spontane 22, croix_rouge 12, communaute_nationale 10, police 8, ong 8, gendarmerie 4, "
        "autorite_locale 4, hcr 2"
    ),
    "convoy": weighted("oim 70, croix_rouge 20, protection_civile 10"),
}
SITUATIONS: dict[tuple[str, str], Choice] = {
    ("bamako", "ML"): weighted(
        "mobilite_interne 50, retour_force 8, retour_volontaire 16, pdi 12, non_migrant 10, retour_assiste 4"
    ),
    ("bamako", ""): weighted(
        "bloque 55, transit 20, etranger_resident 14, demandeur_asile 5, refugie 3, indetermine 3"
    ),
    ("gao", "ML"): weighted("retour_force 45, retour_volontaire 30, retour_assiste 10, pdi 9, mobilite_interne 6"),
    ("gao", ""): weighted("transit 42, bloque 28, refoule_etranger 26, demandeur_asile 3, apatride 1"),
    ("convoy", "ML"): weighted("retour_force 1"),
    ("convoy", ""): weighted("refoule_etranger 1"),
}
REASONS: dict[str, Choice] = {
    "minor": weighted(
        "reunification 62, famille_accueil 10, transfert 10, formation_apprentissage 6, depart_volontaire 5, "
        "fugue_disparition 5, decision_justice 2"
    ),
    "ML": weighted(
        "reunification 44, retour_autonome 14, autonomie 16, formation_apprentissage 8, depart_volontaire 8, "
        "fugue_disparition 5, exclusion 2, decision_justice 1, asile 0, hospitalisation_longue 2"
    ),
    "": weighted(
        "avrr 48, retour_autonome 12, rapatriement_consulaire 10, transfert 6, autonomie 5, depart_volontaire 9, "
        "fugue_disparition 4, exclusion 1, decision_justice 1, asile 3, hospitalisation_longue 1"
    ),
    "transit": weighted(
        "fin_sejour 34, avrr 30, retour_autonome 20, transfert 8, depart_volontaire 6, fugue_disparition 2"
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
    "f": weighted(
        "trav_domestique 36, sex_prostitution 28, trav_restauration 10, trav_commerce 10, mariage_force 8, "
        "servitude_dettes 5, mendicite_forcee 3"
    ),
    "m": weighted(
        "trav_orpaillage 38, mendicite_forcee 20, trav_construction 16, trav_agricole 12, servitude_dettes 9, "
        "esclavage_ascendance 5"
    ),
}
DECIDERS: Choice = weighted("ong_centre 34, service_etat 28, police_gendarmerie 18, justice 10, oim 10")
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
