"""The columns of the registers workbook, list by list (interfaces.md section 2); `registers.rows` has their keys.

The columns of the directory of partners.
"""

from collections.abc import Mapping

from shelter_desk.domain.assistance.assistance import LODGING
from shelter_desk.domain.listing import Kind, ListColumn, headings

PARTNERS = (
    ListColumn("partner_name", "Nom de la structure", "Name of the provider", required=True, width=28),
    ListColumn(
        "partner_type",
        "Type de structure",
        "Type of provider",
        "code",
        True,
        also=("type de partenaire", "partner type"),
        width=18,
    ),
    ListColumn(
        "services_offered",
        "Services offerts",
        "Services offered",
        "codes",
        code_list="service_type",
        also=("services proposés",),
        width=28,
        never=(LODGING,),
    ),
    ListColumn("town", "Ville", "Town", width=16),
    ListColumn("phone", "Téléphone", "Phone", also=("tél", "numéro de téléphone", "telephone"), width=16),
    ListColumn("opening_hours", "Horaires", "Opening hours", width=20),
    ListColumn("conditions", "Conditions d’accès", "Conditions", width=28),
    ListColumn("contact", "Personne à contacter", "Contact", width=24),
    ListColumn("active", "Partenaire actuel", "Current partner", "yes_no", width=12),
)


__all__ = ["ASSETS", "ASSET_EVENTS", "LISTS", "TITLES", "Kind", "ListColumn", "title"]

_ROOM = ListColumn("room_code", "Code de la chambre", "Room code", required=True, also=("chambre", "room"))
_BED = ListColumn("bed_code", "Code du lit", "Bed code", required=True, also=("lit", "n° de lit", "bed"))
_PERSON = ListColumn(
    "person_code", "Code bénéficiaire", "Beneficiary code", required=True, also=("code", "code personne"), width=16
)
_STAY = ListColumn(
    "stay_no", "N° de séjour", "Stay no.", required=True, also=("n° dossier", "numéro de dossier", "n° d'ordre")
)
_FROM = ListColumn("from", "Du", "From", "moment", required=True, also=("de", "début", "start"), width=17)
_TO = ListColumn("to", "Au (exclu)", "To (excluded)", "moment", also=("au", "fin", "end", "to"), width=17)
_ITEM = ListColumn("item_code", "Code de l’article", "Item code", required=True, also=("article", "item"))

_TAGS = ("n° inventaire", "numéro d'inventaire", "étiquette", "tag")
_TAG = ListColumn("tag_no", "N° d’inventaire", "Tag no.", required=True, also=_TAGS)
ASSETS = (
    _TAG,
    ListColumn("designation", "Désignation", "Designation", required=True, also=("bien", "article"), width=28),
    ListColumn("asset_category", "Catégorie", "Category", "code", True, width=22),
    ListColumn("acquisition_mode", "Mode d’acquisition", "Acquisition mode", "code", True, also=("mode",), width=18),
    ListColumn("acquired_on", "Acquis le", "Acquired on", "day", True, also=("date acquisition", "date d'acquisition")),
    ListColumn("donor", "Bailleur", "Donor", "code", True, also=("financement", "source de financement")),
    ListColumn("owner", "Propriétaire", "Owner", "code", True, "asset_owner"),
    ListColumn("cost_xof", "Valeur (XOF)", "Value (XOF)", "whole", also=("valeur", "coût", "prix"), width=14),
    ListColumn("location_room", "Emplacement (chambre)", "Location (room)", also=("emplacement", "lieu", "local")),
    ListColumn("asset_status", "Statut", "Status", "code", True, width=16),
    ListColumn("asset_condition", "État", "Condition", "code", True, width=14),
    ListColumn("serial_no", "N° de série", "Serial no.", also=("n° série", "numéro de série"), width=18),
    ListColumn("quantity", "Quantité du lot", "Pieces in the batch", "whole", also=("quantité", "nombre"), width=10),
    ListColumn("brand_model", "Marque, modèle", "Brand, model", also=("marque", "modèle"), width=20),
    ListColumn("supplier", "Fournisseur", "Supplier", width=20),
    ListColumn("invoice_no", "N° de facture", "Invoice no.", also=("facture",)),
    ListColumn("handover_pv", "PV de remise", "Handover minutes"),
    ListColumn("warranty_until", "Garantie jusqu’au", "Warranty until", "day", also=("garantie",)),
    ListColumn("linked_bed", "Lit lié", "Linked bed"),
    ListColumn("award_share", "Part du projet (%)", "Share of the award (%)", "whole", width=12),
)
ASSET_EVENTS = (
    _TAG,
    ListColumn("asset_event", "Événement", "Event", "code", True, width=20),
    ListColumn("event_on", "Date de l’événement", "Event date", "day", True, also=("date", "le")),
    ListColumn("to_room", "Vers la chambre", "To room", also=("nouvel emplacement", "vers"), width=16),
    ListColumn("pv_no", "N° de PV", "Minutes no.", also=("pv", "n° pv")),
    ListColumn("reason", "Motif", "Reason", width=30),
    ListColumn("asset_condition", "État constaté", "Condition found", "code"),
    ListColumn("asset_status", "Statut qui en résulte", "Status it leaves", "code"),
    ListColumn("donor_approval", "Accord du bailleur", "Donor’s agreement", width=20),
    ListColumn("third_party", "Remis à (code, jamais un nom)", "Handed to (code, never a name)", also=("prêté à",)),
    ListColumn("price_xof", "Prix de cession (XOF)", "Price got (XOF)", "whole", also=("prix de vente",), width=14),
)

LISTS: Mapping[str, tuple[ListColumn, ...]] = {
    "chambres": (
        _ROOM,
        ListColumn("name", "Nom de la chambre", "Room name", required=True, also=("nom", "name"), width=24),
        ListColumn("room_type", "Type de chambre", "Room type", "code", True, width=18),
        ListColumn("sex_rule", "Réservée à (sexe)", "Reserved to (sex)", "code", True, width=16),
        ListColumn("age_rule", "Réservée à (âge)", "Reserved to (age)", "code", True),
        ListColumn("surface_m2", "Surface (m²)", "Area (m²)", "number", also=("surface", "area")),
        ListColumn("accessible", "Accessible (handicap)", "Accessible (disability)", "yes_no"),
    ),
    "lits": (
        _BED,
        _ROOM,
        ListColumn("bed_type", "Type de lit", "Bed type", "code", True),
        ListColumn(
            "in_service_from",
            "En service du",
            "In service from",
            "moment",
            True,
            also=("en service depuis", "en service le", "mise en service", "date de mise en service", "in use since"),
            width=17,
        ),
        ListColumn("in_service_to", "En service jusqu’au (exclu)", "In service to (excluded)", "moment", width=17),
    ),
    "etats_lits": (
        _BED,
        ListColumn(
            "bed_state",
            "État du lit",
            "Bed state",
            "code",
            True,
            only=("maintenance", "hors_service", "quarantaine"),
            also=("état",),
        ),
        _FROM,
        _TO,
        ListColumn("reason", "Motif", "Reason", width=30),
    ),
    "personnes": (
        _PERSON,
        ListColumn(
            "last_name", "Nom", "Last name", also=("nom de famille", "surname", "second name", "family name"), width=20
        ),
        ListColumn("first_name", "Prénom", "First name", also=("prénoms", "prénom(s)"), width=20),
        ListColumn("alias", "Surnom ou autre orthographe", "Alias", also=("surnom",), width=20),
        ListColumn("sex", "Sexe", "Sex", "code", True, also=("genre", "gender"), width=8),
        ListColumn(
            "birth_date",
            "Date de naissance",
            "Birth date",
            "day",
            also=("né(e) le", "né le", "née le", "naissance", "ddn", "date of birth", "dob", "année de naissance"),
            width=18,
        ),
        ListColumn("birth_date_precision", "Précision de la date de naissance", "Birth date precision", "code"),
        ListColumn("age_estimated", "Âge estimé", "Estimated age", "whole", also=("âge", "age")),
        ListColumn("age_estimated_on", "Âge estimé le", "Age estimated on", "day"),
        ListColumn(
            "nationality",
            "Nationalité",
            "Nationality",
            "code",
            True,
            also=("pays", "pays d'origine", "citizenship", "country of origin"),
        ),
        ListColumn(
            "other_nationalities", "Autres nationalités", "Other nationalities", "codes", code_list="nationality"
        ),
        ListColumn("region_origin", "Région d’origine", "Region of origin", "code", code_list="region_ml"),
        ListColumn("languages", "Langues", "Languages", "codes", code_list="language", also=("langue",), width=18),
        ListColumn(
            "mother_name", "Nom de la mère", "Mother’s name", also=("mère", "nom et prénom de la mère"), width=20
        ),
        ListColumn("father_name", "Nom du père", "Father’s name", also=("père", "nom et prénom du père"), width=20),
        ListColumn(
            "paper_no",
            "N° du registre papier",
            "Paper register no.",
            also=("n° registre papier", "n° au registre papier"),
            width=16,
        ),
        ListColumn(
            "iom_no",
            "N° de cas OIM",
            "IOM case no.",
            also=("n° OIM", "numéro OIM", "n° de dossier OIM", "IOM no.", "IOM number"),
            width=16,
        ),
        ListColumn(
            "partner_no",
            "N° chez une structure",
            "No. at a partner",
            also=("n° partenaire", "n° chez un partenaire"),
            width=16,
        ),
        ListColumn(
            "partner_no_of", "Structure de ce n°", "Partner of that no.", also=("partenaire de ce n°",), width=20
        ),
    ),
    "sejours": (
        _STAY,
        _PERSON,
        ListColumn(
            "admitted_at",
            "Entrée le",
            "Admitted on",
            "moment",
            True,
            also=headings(
                "date entrée; date d'entrée; date et heure d'entrée; date d'admission; admission; date d'arrivée; "
                "arrivée; arrival date; date of admission"
            ),
            width=17,
        ),
        ListColumn("entry_kind", "Type d’entrée", "Entry kind", "code", True),
        ListColumn(
            "exited_at",
            "Sortie le",
            "Exited on",
            "moment",
            also=("date sortie", "date de sortie", "date et heure de sortie", "sortie", "exit date"),
            width=17,
        ),
        ListColumn("exit_reason", "Motif de sortie", "Exit reason", "code", also=("motif sortie",), width=20),
        ListColumn(
            "exit_destination",
            "Destination",
            "Destination",
            "code",
            also=("destination de sortie", "exit destination"),
            width=16,
        ),
        ListColumn("migration_situation", "Situation migratoire", "Migration situation", "code", True, width=20),
        ListColumn("child_status", "Situation de l’enfant", "Child status", "code", width=16),
        ListColumn("is_dependant", "Accompagne un adulte", "Dependant of an adult", "yes_no"),
        ListColumn(
            "head_stay_no",
            "N° de séjour de l’adulte",
            "Stay no. of the adult",
            also=("accompagnant de", "dependant of"),
        ),
        ListColumn(
            "referral_source",
            "Qui a envoyé la personne",
            "Referred by",
            "code",
            also=("orienté(e) par", "orientée par", "référé par", "référé(e) par"),
            width=18,
        ),
        ListColumn(
            "family_link", "Lien avec l’adulte responsable", "Relation to the responsible adult", "code", width=18
        ),
        ListColumn("link_basis", "Ce lien est fondé sur", "How the relation is known", "code", width=14),
        ListColumn("family_since", "Dans cette famille depuis le", "In this family since", "day", width=14),
        ListColumn(
            "former_families",
            "Familles d’avant (séjour de l’adulte | du | au exclu | lien | fondé sur)",
            "Former families (stay of the adult | from | to excluded | relation | known by)",
            width=40,
            read_only=True,
        ),
    ),
    "familles_avant": (
        _STAY,
        ListColumn("head_stay_no", "Séjour de l’adulte d’avant", "Stay of the adult before", width=16),
        ListColumn("joined_on", "Dans cette famille du", "In that family from", "day"),
        ListColumn("left_on", "Dans cette famille au (exclu)", "In that family to (excluded)", "day", True),
        ListColumn("family_link", "Lien avec cet adulte", "Relation to that adult", "code", width=18),
        ListColumn("link_basis", "Lien fondé sur", "Relation known by", "code"),
        ListColumn("is_dependant", "Accompagnait cet adulte", "Was a dependant of that adult", "yes_no"),
    ),
    "couchages": (
        _STAY,
        ListColumn("place", "Lit ou natte", "Sleeping place", "code", True, also=("place", "couchage"), width=12),
        ListColumn("bed_code", "Code du lit", "Bed code", also=("lit", "n° de lit", "bed")),
        _FROM,
        _TO,
        ListColumn(
            "room_code", "Chambre (natte)", "Room (extra place)", also=("chambre", "room", "chambre (place d’appoint)")
        ),
        ListColumn("override_rule", "Règle écartée", "Rule set aside"),
        ListColumn("override_reason", "Motif de l’écart", "Reason for setting aside", width=30),
    ),
    "absences": (
        _STAY,
        ListColumn("absence_type", "Motif d’absence", "Absence reason", "code", True, width=16),
        ListColumn(
            "from", "Première nuit dehors", "First night away", "moment", True, also=("du", "from", "début"), width=17
        ),
        ListColumn(
            "to", "Première nuit de retour", "First night back", "moment", also=("au", "to", "fin", "retour"), width=17
        ),
    ),
    "statuts_victime": (
        _STAY,
        ListColumn("victim_status", "Statut décidé", "Status decided", "code", True, also=("statut victime",)),
        ListColumn("decided_on", "Décidé le", "Decided on", "day", True, also=("date de décision",)),
        ListColumn("status_decided_by", "Décidé par", "Decided by", "code", width=18),
        ListColumn(
            "exploitation_forms",
            "Formes d’exploitation",
            "Forms of exploitation",
            "codes",
            code_list="exploitation_form",
            width=22,
        ),
    ),
    "services": (
        ListColumn("service_no", "N° de service", "Service no.", required=True, also=("n° de prestation",)),
        ListColumn(
            "service_on", "Date du service", "Service date", "day", True, also=("date de la prestation", "date")
        ),
        _STAY,
        ListColumn(
            "service_type",
            "Service",
            "Service",
            "code",
            True,
            also=("type de service", "prestation"),
            width=20,
            never=(LODGING,),
        ),
        ListColumn("quantity", "Quantité", "Quantity", "number", True, also=("nombre",), width=10),
        ListColumn("provider_kind", "Fourni par", "Provided by", "code", True),
        ListColumn("partner", "Structure", "Partner", also=("partenaire",), width=24),
        ListColumn("donor", "Bailleur", "Donor", "code", also=("financement",)),
        ListColumn("cost_xof", "Coût (XOF)", "Cost (XOF)", "whole", also=("coût", "montant"), width=12),
        ListColumn("receipt_no", "N° de reçu", "Receipt no.", also=("reçu", "numéro de reçu", "n° du reçu"), width=16),
    ),
    "referencements": (
        ListColumn("referral_no", "N° de référencement", "Referral no.", required=True, also=("n° de référence",)),
        _STAY,
        ListColumn("direction", "Sens", "Direction", "code", True, "referral_direction", width=12),
        ListColumn("issued_on", "Envoyé le", "Issued on", "day", True, also=("émis le", "date d'émission")),
        ListColumn("partner", "Structure", "Provider", required=True, also=("partenaire", "partner"), width=24),
        ListColumn(
            "service_wanted",
            "Service demandé",
            "Service wanted",
            "codes",
            code_list="service_type",
            also=("services demandés",),
            width=24,
            never=(LODGING,),
        ),
        ListColumn("status", "État du référencement", "Referral status", "code", True, "referral_status", width=18),
        ListColumn("accepted_on", "Accepté le", "Accepted on", "day"),
        ListColumn("served_on", "Service reçu le", "Service received on", "day", also=("servi le",)),
        ListColumn("closed_on", "Clos le", "Closed on", "day", also=("clôturé le",)),
    ),
    "etapes_judiciaires": (
        ListColumn("legal_no", "N° de l’étape judiciaire", "Legal step no.", required=True, width=16),
        _STAY,
        ListColumn("legal_step", "Étape judiciaire", "Legal step", "code", True, width=20),
        ListColumn("done_on", "Date de l’étape", "Day of the step", "day", True),
        ListColumn("valid_until", "Valable jusqu’au", "Valid until", "day", width=16),
        ListColumn("partner", "Structure", "Provider", also=("tribunal", "court"), width=24),
        ListColumn("protection_measure", "Mesure de protection", "Protection measure", "code", width=20),
        ListColumn("verdict", "Décision de justice", "Court decision", "code", width=18),
        ListColumn("amount_xof", "Indemnisation (XOF)", "Compensation (XOF)", "whole", width=14),
    ),
    "immobilisations": ASSETS,
    "evenements_biens": ASSET_EVENTS,
    "articles": (
        _ITEM,
        ListColumn("designation", "Désignation", "Designation", required=True, also=("libellé",), width=28),
        ListColumn("stock_category", "Catégorie", "Category", "code", True, width=18),
        ListColumn("unit", "Unité", "Unit", "code", True, width=10),
        ListColumn("min_level", "Seuil d’alerte", "Alert level", "number", also=("seuil", "stock minimum")),
        ListColumn("has_expiry", "Se périme", "Perishable", "yes_no", True, also=("périssable", "péremption")),
        ListColumn("max_level", "Stock maximum", "Maximum level", "number", also=("maximum",)),
        ListColumn("lead_time_days", "Délai de livraison (jours)", "Lead time (days)", "whole", also=("délai",)),
        ListColumn("restricted", "Accès restreint", "Restricted", "yes_no"),
        ListColumn("lendable", "Prêté, à rendre", "Lent, to be given back", "yes_no"),
        ListColumn(
            "service_type",
            "Service compté quand l’article est remis",
            "Service counted when the item is given",
            "code",
            also=("service que vaut une remise", "service that an issue stands for"),
            width=20,
            never=(LODGING,),
        ),
    ),
    "mouvements": (
        ListColumn("move_no", "N° de mouvement", "Movement no.", required=True, also=("n° mouvement",)),
        _ITEM,
        ListColumn("moved_on", "Date du mouvement", "Movement date", "day", True, also=("date",)),
        ListColumn(
            "move_type", "Mouvement", "Movement", "code", True, "stock_move_type", also=("type de mouvement",), width=20
        ),
        ListColumn("quantity", "Quantité", "Quantity", "number", True, also=("nombre",), width=10),
        ListColumn("voucher_no", "N° de bon", "Voucher no.", also=("bon", "n° bon")),
        ListColumn("lot_no", "N° de lot", "Lot no.", also=("lot",)),
        ListColumn("expiry_on", "Péremption", "Expiry", "day", also=("date de péremption", "à consommer avant le")),
        ListColumn("donor", "Bailleur", "Donor", "code", also=("financement",)),
        ListColumn(
            "third_party",
            "Bénéficiaire, service ou fournisseur (code, jamais un nom)",
            "Resident, service or supplier (code, never a name)",
            also=("bénéficiaire", "fournisseur", "tiers"),
            width=22,
        ),
        ListColumn("reverses_move_no", "Mouvement annulé", "Movement taken back", also=("annule le mouvement",)),
        ListColumn("unit_cost_xof", "Prix unitaire (XOF)", "Unit cost (XOF)", "whole", also=("prix unitaire",)),
        ListColumn("pack", "Emballage", "Pack", "code", code_list="unit", also=("conditionnement",)),
        ListColumn(
            "pack_factor",
            "Contenu d’un emballage",
            "Content of a pack",
            "number",
            also=("contenu d’un conditionnement",),
        ),
        ListColumn("lent", "Prêté", "Lent", "yes_no", width=8),
        ListColumn("returns_move_no", "Prêt rendu", "Loan given back", width=14),
        ListColumn("service_no", "N° de service", "Service no.", width=16),
        ListColumn("grant", "Projet", "Grant", also=("subvention", "code projet"), width=16),
        ListColumn("actual_on", "Date réelle", "Real day", "day", also=("jour réel",)),
    ),
    "partenaires": PARTNERS,
    # headings of its own: who sleeps in which bed of which room from a day on is another list
    "lits_chambres": (
        _BED,
        ListColumn("room_code", "Chambre d’avant", "Former room", required=True, width=16),
        ListColumn("from", "Dans cette chambre du", "In this room from", "moment", required=True, width=17),
        ListColumn("to", "Dans cette chambre au (exclu)", "In this room to (excluded)", "moment", True, width=17),
    ),
    "inspections": (
        ListColumn("inspection_no", "N° d’inspection", "Inspection no.", required=True, width=16),
        _ROOM,
        ListColumn("inspected_on", "Inspectée le", "Inspected on", "day", True),
        ListColumn("inspected_by", "Inspectée par", "Inspected by", width=20),
        ListColumn("inspection_point", "Point inspecté", "Point inspected", "code", True, width=24),
        ListColumn("inspection_finding", "Constat de l’inspection", "Finding of the inspection", "code", True),
        ListColumn("problem", "Défaut trouvé", "Defect found", width=40),
    ),
}

TITLES: Mapping[str, tuple[str, str]] = {
    "chambres": ("Chambres", "Rooms"),
    "lits": ("Lits", "Beds"),
    "lits_chambres": ("Chambres d’avant des lits", "Former rooms of beds"),
    "inspections": ("Inspections des chambres", "Inspections of rooms"),
    "etats_lits": ("Lits hors service", "Beds out of use"),
    "personnes": ("Personnes", "Persons"),
    "sejours": ("Séjours", "Stays"),
    "familles_avant": ("Familles d’avant", "Former families"),
    "couchages": ("Lits occupés", "Placements"),
    "absences": ("Absences", "Absences"),
    "statuts_victime": ("Statuts de victime", "Victim statuses"),
    "services": ("Services rendus", "Services given"),
    "referencements": ("Référencements", "Referrals"),
    "etapes_judiciaires": ("Étapes judiciaires", "Legal steps"),
    "immobilisations": ("Équipement", "Equipment"),
    "evenements_biens": ("Événements des biens", "Asset events"),
    "articles": ("Articles", "Items"),
    "mouvements": ("Mouvements de stock", "Stock movements"),
    "partenaires": ("Partenaires", "Partners"),
}


def title(list_key: str, language: str) -> str:
    """What the list is called in that language."""
    french, english = TITLES[list_key]
    return english if language == "en" else french
