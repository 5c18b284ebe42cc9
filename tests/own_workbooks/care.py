"""Services and partners, as shelters write them down."""

from datetime import date

from tests.own_workbooks.builder import Case, Sheet, text, workbook
from tests.own_workbooks.presence import REGISTER, TWO

DIRECTORY = ("Structure", "Type", "Services offerts", "Ville", "Téléphone", "Horaires", "Conditions", "Point focal")

CASES = [
    Case(
        "journal des services, une ligne par personne",
        workbook(
            Registre=REGISTER,
            Assistance=Sheet(
                (
                    ("ASSISTANCE – FÉVRIER 2025",),
                    ("Date", "Bénéficiaire", "Service rendu", "Nombre", "Structure", "Coût"),
                    ("04/02/2025", "Awa Diarra", "Consultation médicale", None, "CSRéf", "5 000 FCFA"),
                    ("06/02/2025", "MENSAH Kofi", "Vétements / chaussure", 2, None, None),
                    ("06/02/2025", "Mensah", "Repas", 3, None, None),
                    ("07/02/2025", "DIARRA Awa", "Coiffure", 1, None, None),
                    ("07/02/2025", "Fanta Keita", "Repas", 1, None, None),
                    ("Total", None, None, 7, None, "5 000 FCFA"),
                ),
                merged=("A1:F1",),
            ),
        ),
        {**TWO, "services": (2, 0, 0, 3)},
        {
            "services": [
                {
                    "stay_no": "1/25",
                    "service_on": date(2025, 2, 4),
                    "service_type": "san_consult",
                    "quantity": 1,
                    "provider_kind": "partenaire",
                    "partner": "CSRéf",
                    "cost_xof": 5000,
                },
                {"stay_no": "2/25", "service_type": "nfi_vetements", "quantity": 2, "provider_kind": "centre"},
            ]
        },
        refused=[("Assistance", 5, "full_name"), ("Assistance", 6, "service_type"), ("Assistance", 7, "full_name")],
        passed_over=1,
    ),
    Case(
        "services en colonnes, une feuille par jour",
        workbook(
            Registre=REGISTER,
            Lundi_3_février_2025=(
                ("N°", "Nom et prénoms", "Repas servi", "Kit d'hygiène", "Vacination", "Coiffure", "Observations"),
                (1, "Diarra Awa", 3, "X", None, None, "RAS"),
                (2, "Keita Fanta", 1, None, None, None, None),
                ("Total", None, 4, 1),
            ),
            Mardi_11=(
                ("Fiche du 11/02/2025",),
                ("N° dossier", "Repas servi", "Kit d'hygiène", "Vacination"),
                ("1/25", 2, None, "oui"),
                ("2/25", 3, "non", "x"),
            ),
        ),
        {**TWO, "services": (6, 0, 0, 1)},
        {
            "services": [
                {"stay_no": "1/25", "service_on": date(2025, 2, 3), "service_type": "ali_repas", "quantity": 3},
                {"stay_no": "1/25", "service_type": "nfi_hygiene", "quantity": 1},
                {"stay_no": "1/25", "service_on": date(2025, 2, 11), "service_type": "ali_repas", "quantity": 2},
                {"stay_no": "1/25", "service_type": "san_vaccin", "quantity": 1},
                {"stay_no": "2/25", "service_type": "ali_repas", "quantity": 3},
                {"stay_no": "2/25", "service_type": "san_vaccin", "quantity": 1},
            ]
        },
        refused=[("Lundi 3 février 2025", 3, "full_name")],
        unknown=("N°", "Coiffure", "Observations"),
        passed_over=1,
    ),
    Case(
        "services en colonnes, une feuille par mois avec la date",
        workbook(
            Registre=REGISTER,
            Février=(
                ("Date", "Dossier", "Repas servi", "Massage", "Kit bébé"),
                ("03/02/2025", "1/25", 1, None),
                ("08/02/2025", "2/25", None, "x", None),
                ("demain", "2/25", 1, None),
            ),
        ),
        {**TWO, "services": (1, 0, 0, 2)},
        {"services": [{"stay_no": "1/25", "service_on": date(2025, 2, 3), "service_type": "ali_repas"}]},
        refused=[("Février", 3, "service_type"), ("Février", 4, "service_on")],
    ),
    Case(
        "suivi Kobo, services à choix multiples",
        workbook(
            Registre=REGISTER,
            export=(
                (
                    "start",
                    "suivi/date_du_service",
                    "suivi/n_dossier",
                    "suivi/services",
                    "suivi/services/ali_repas",
                    "suivi/services/san_consult",
                    "suivi/services/nfi_hygiene",
                    "_uuid",
                    "_index",
                ),
                ("2025-02-03T10:00", "2025-02-03", "1/25", "ali_repas nfi_hygiene", 1, 0, 1, "a", 1),
                ("2025-02-06T10:00", "2025-02-06", "2/25", "san_consult", "0", "1", "0", "b", 2),
            ),
        ),
        {**TWO, "services": (3, 0, 0, 0)},
        {
            "services": [
                {"stay_no": "1/25", "service_on": date(2025, 2, 3), "service_type": "ali_repas", "quantity": 1},
                {"stay_no": "1/25", "service_type": "nfi_hygiene"},
                {"stay_no": "2/25", "service_on": date(2025, 2, 6), "service_type": "san_consult"},
            ]
        },
        unknown=("start", "suivi/services", "_uuid", "_index"),
    ),
    Case(
        "suivi Kobo, plusieurs services dans une cellule",
        workbook(
            Registre=REGISTER,
            export=(
                ("suivi/date", "suivi/n_dossier", "suivi/service"),
                ("2025-02-03", "1/25", "ali_repas nfi_hygiene"),
                ("2025-02-04", "1/25", "Repas; Consultation"),
            ),
        ),
        {**TWO, "services": (4, 0, 0, 0)},
        {"services": [{"service_type": code} for code in ("ali_repas", "nfi_hygiene", "ali_repas", "san_consult")]},
    ),
    Case(
        "annuaire des partenaires",
        workbook(
            Annuaire=Sheet(
                (
                    ("RÉPERTOIRE DES PARTENAIRES",),
                    DIRECTORY,
                    (
                        "CSRéf",
                        "Santé",
                        "Vaccination; Consultation",
                        "Mopti",
                        "20 42 00 00",
                        "8h-16h",
                        "Gratuit",
                        "Accueil",
                    ),
                    ("CSREF", None, None, "Gao", "00223 21 82 00 00", None, None, None),
                    ("csréf ", None, None, None, None, "24h/24", None, None),
                    ("Commissariat du 3e", None, None, "Bamako", None, None, None, None),
                    ("Maison des arts", None, None, "Bamako", None, None, None, None),
                    ("Clinique", "Santé", "Coiffure", "Gao", None, None, None, None),
                ),
                merged=("A1:H1",),
            )
        ),
        {"partenaires": (4, 0, 0, 2)},
        {
            "partenaires": [
                {
                    "partner_name": "CSRéf",
                    "partner_type": "sante",
                    "services_offered": "san_vaccin;san_consult",
                    "town": "Mopti",
                    "phone": "20 42 00 00",
                    "opening_hours": "8h-16h",
                    "conditions": "Gratuit",
                    "contact": "Accueil",
                },
                {"partner_name": "CSREF (Gao)", "partner_type": "sante", "phone": "00223 21 82 00 00"},
                {"partner_name": "Commissariat du 3e", "partner_type": "police"},
                {"partner_name": "Maison des arts", "partner_type": "autre"},
            ]
        },
        refused=[("Annuaire", 5, "partner_name"), ("Annuaire", 8, "services_offered")],
    ),
    Case(
        "partenaires en .csv, clés de la feuille",
        text(
            "partenaires.csv",
            (
                ("Nom de la structure", "Type de structure", "Ville", "Téléphone"),
                ("Tribunal", "Justice", "Kayes", "21 52 00 00"),
                ("Sans type", None, "Kayes", None),
            ),
        ),
        {"partenaires": (1, 0, 0, 1)},
        {"partenaires": [{"partner_name": "Tribunal", "partner_type": "justice", "phone": "21 52 00 00"}]},
        refused=[("partenaires", 3, "partner_type")],
    ),
]
