"""Rooms, equipment, what is in store, services, and several of them in one file."""

from datetime import date, datetime

from tests.own_workbooks.admissions import AWA, HEADINGS, KOFI, PERSONS, persons
from tests.own_workbooks.builder import Case, Sheet, text, workbook

ASSETS = ("N°", "Désignation", "Quantité", "État", "Bailleur", "Emplacement")
STOCK = ("Article", "Unité", "Quantité", "Lot", "Péremption", "Bailleur")
SERVICES = ("N° de service", "Date", "N° de séjour", "Type de service", "Quantité", "Fourni par", "Coût")

CASES = [
    Case(
        "chambres et nombre de lits",
        workbook(
            Plan=(
                ("PLAN DE LA MAISON",),
                ("Chambre", "Type de chambre", "Capacité", "Accessible (handicap)", "Surface", "En service du"),
                ("Dortoir A", "Dortoir femmes", "3 lits", "Oui", "21,5 m²", "01/01/2025"),
                ("Dortoir B", "dortoir_h", "2", "X", 18, "01/01/2025"),
                ("Dortoir C", "dortoir_h", 1, "N", "1 250,5", "01/01/2025"),
                ("Dortoir D", "dortoir_h", 300000000, None, None, "01/01/2025"),
                ("Dortoir E", "dortoir_h", 1, "peut-être", None, "01/01/2025"),
                ("TOTAL", None, 6),
            )
        ),
        {"chambres": (3, 0, 0, 2), "lits": (6, 0, 0, 2)},
        {
            "chambres": [
                {"room_code": "Dortoir A", "room_type": "dortoir_f", "accessible": True, "surface_m2": 21.5},
                {"room_code": "Dortoir B", "room_type": "dortoir_h", "accessible": True, "surface_m2": 18},
                {"room_code": "Dortoir C", "accessible": False, "surface_m2": 1250.5},
            ],
            "lits": [
                {"bed_code": code, "bed_type": "simple"}
                for code in (
                    "Dortoir A-01",
                    "Dortoir A-02",
                    "Dortoir A-03",
                    "Dortoir B-01",
                    "Dortoir B-02",
                    "Dortoir C-01",
                )
            ],
        },
        refused=[("Plan", 6, "beds"), ("Plan", 7, "accessible")],
        passed_over=1,
    ),
    Case(
        "un lit par ligne",
        workbook(
            Lits=(
                ("N° de chambre", "Type de chambre", "N° de lit", "Type de lit", "En service du"),
                ("F9", "Dortoir femmes", "F9-01", "Lit simple", "01/01/2025"),
                ("F9", "Dortoir femmes", "F9-02", None, "01/01/2025"),
            )
        ),
        {"chambres": (1, 0, 0, 0), "lits": (2, 0, 0, 0)},
        {"lits": [{"bed_code": "F9-01", "room_code": "F9"}, {"bed_code": "F9-02", "bed_type": "simple"}]},
    ),
    Case(
        "matériel compté, une étiquette par pièce",
        workbook(
            Inventaire=Sheet(
                (
                    ("INVENTAIRE DU MATÉRIEL AU 31/12/2024",),
                    ASSETS,
                    (1, "Lits superposés", 3, "Bon", "OIM", "Dortoir femmes"),
                    (2, "Groupe électrogène", 1, "Hors d'usage", "Union européenne", "1"),
                    (3, "Chaises", 0, "Bon", None, None),
                    (4, "Tables", 2, "Cassé", None, None),
                    (5, "Frigo", 1, "Moyen", None, "Magasin"),
                    (6, "Tables", 2, "bon état", "Fonds propres", None),
                    ("Total", None, 8),
                ),
                merged=("A1:F1",),
            )
        ),
        {"immobilisations": (6, 0, 0, 3)},
        {
            "immobilisations": [
                *[
                    {
                        "designation": "Lits superposés",
                        "asset_condition": "bon",
                        "donor": "oim",
                        "location_room": "1",
                        "acquired_on": date(2024, 12, 31),
                    }
                ]
                * 3,
                {"asset_condition": "hors_usage", "asset_status": "hors_service", "donor": "ue"},
                *[{"designation": "Tables", "asset_category": "mobilier", "donor": "fonds_propres"}] * 2,
            ]
        },
        refused=[
            ("Inventaire", 5, "quantity"),
            ("Inventaire", 6, "asset_condition"),
            ("Inventaire", 7, "location_room"),
        ],
        unknown=("N°",),
        passed_over=1,
    ),
    Case(
        "matériel étiqueté, valeurs en FCFA, année seule",
        workbook(
            Biens=(
                ("N° inventaire", "Désignation", "Catégorie", "État", "Date d'acquisition", "Valeur", "N° série"),
                ("00042", "Réfrigérateur", "Cuisine", "Bon", 2023, "450 000 FCFA", "SN-1"),
                ("00043", "Ordinateur", "Informatique et bureau", "Neuf", "05/01/2025", "325000", "0007"),
                ("00044", "Onduleur", "Énergie", "Neuf", "05/01/2025", "12,5", "0008"),
                ("00045", "Ordinateur", "Informatique et bureau", "Neuf", "05/01/2025", None, "0007"),
            )
        ),
        {"immobilisations": (2, 0, 0, 2)},
        {
            "immobilisations": [
                {"tag_no": "00042", "acquired_on": date(2023, 1, 1), "cost_xof": 450_000, "asset_category": "cuisine"},
                {"tag_no": "00043", "acquired_on": date(2025, 1, 5), "cost_xof": 325_000, "serial_no": "0007"},
            ]
        },
        refused=[("Biens", 4, "cost_xof"), ("Biens", 5, "serial_no")],
    ),
    Case(
        "stock de départ",
        workbook(
            Stock=(
                ("STOCK AU 31/12/2024",),
                STOCK,
                ("Riz 25 kg", "Sac", 40, None, None, "OIM"),
                ("Lait en poudre", "Boîte", "1 200", "L-7", "31/12/2027", "UNICEF"),
                ("LAIT EN POUDRE", "boite", "12,5", None, "30/06/2028", "UNICEF"),
                ("Huile", "Litre", "beaucoup", None, None, None),
                ("Savon", "Tonneau", 3, None, None, None),
                ("Sucre", "kg", 0, None, None, None),
                ("Total", None, 1252),
            )
        ),
        {"articles": (3, 0, 1, 2), "mouvements": (3, 0, 0, 2)},
        {
            "articles": [
                {"item_code": "RIZ-25-KG", "unit": "sac", "has_expiry": False, "stock_category": "autre"},
                {"item_code": "LAIT-EN-POUDRE", "unit": "boite", "has_expiry": True},
                {"item_code": "SUCRE", "unit": "kg"},
            ],
            "mouvements": [
                {"item_code": "RIZ-25-KG", "quantity": 40, "moved_on": date(2024, 12, 31), "donor": "oim"},
                {"item_code": "LAIT-EN-POUDRE", "quantity": 1200, "lot_no": "L-7", "expiry_on": date(2027, 12, 31)},
                {"quantity": 12.5, "lot_no": "P-2028-06-30", "expiry_on": date(2028, 6, 30)},
            ],
        },
        refused=[("Stock", 6, "quantity"), ("Stock", 7, "unit")],
        passed_over=1,
    ),
    Case(
        "stock de départ en .csv cp1252",
        text("stock.csv", (STOCK, ("Thé vert", "Paquet", "30", None, "01/05/2027", "Don privé")), encoding="cp1252"),
        {"articles": (1, 0, 0, 0), "mouvements": (1, 0, 0, 0)},
        {
            "articles": [{"item_code": "THE-VERT", "designation": "Thé vert", "unit": "paquet"}],
            "mouvements": [{"quantity": 30, "donor": "don_prive", "expiry_on": date(2027, 5, 1)}],
        },
    ),
    Case(
        "journal des services avec son registre",
        workbook(
            Registre=(
                ("N° de séjour", "Sexe", "Nationalité", "Date entrée", "Profil"),
                ("2025-0001", "F", "Mali", "03/02/2025", "transit"),
            ),
            services=(
                SERVICES,
                ("S-1", "04/02/2025", "2025-0001", "Repas servi", "1", "Le centre", "12 500 FCFA"),
                ("S-2", "04/02/2025", "2025-0099", "Repas servi", "1", "Le centre", None),
                ("S-3", "04/02/2025", "2025-0001", "soin inconnu", "1", "Le centre", None),
            ),
        ),
        {**persons(1), "services": (1, 0, 0, 2)},
        {"services": [{"service_no": "S-1", "stay_no": "2025-0001", "quantity": 1, "cost_xof": 12_500}]},
        refused=[("services", 3, "stay_no"), ("services", 4, "service_type")],
    ),
    Case(
        "tout dans un classeur",
        workbook(
            Accueil=(("Classeur de la maison",), ("Mise à jour", "03/03/2025")),
            Registre=(HEADINGS, AWA, KOFI),
            Matériel=(ASSETS, (1, "Armoire", 1, "Bon", None, None)),
            Magasin=(STOCK, ("Riz", "kg", 50, None, None, None)),
            Budget=(("Ligne", "Montant"), ("Loyer", 250_000)),
        ),
        {
            **persons(2),
            "immobilisations": (1, 0, 0, 0),
            "articles": (1, 0, 0, 0),
            "mouvements": (1, 0, 0, 0),
        },
        {
            "personnes": PERSONS,
            "sejours": [{"admitted_at": datetime(2025, 2, 3)}, {"admitted_at": datetime(2025, 2, 5)}],
            "immobilisations": [{"designation": "Armoire", "asset_condition": "bon", "donor": "inconnu"}],
            "mouvements": [{"item_code": "RIZ", "quantity": 50}],
        },
        unknown=("N°", "N°"),
        unused=("Accueil", "Budget"),
    ),
]
