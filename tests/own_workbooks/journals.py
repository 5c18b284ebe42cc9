"""Journals of the store, and rooms whose beds stand in one cell."""

from datetime import date, datetime

from tests.own_workbooks.builder import Case, workbook
from tests.own_workbooks.presence import REGISTER, TWO

JOURNAL = ("Date", "Article", "Unité", "Entrées", "Sorties", "Stock", "Bénéficiaire", "N° bon", "Bailleur")

CASES = [
    Case(
        "journal du magasin, entrées et sorties",
        workbook(
            Registre=REGISTER,
            Magasin=(
                ("JOURNAL DU MAGASIN 2025",),
                JOURNAL,
                ("01/02/2025", "Riz", "kg", 50, None, 50, None, "BE-1", "OIM"),
                ("03/02/2025", "riz", None, None, "5,5", 44.5, "Cuisine", "BS-1", None),
                ("06/02/2025", "Savon", None, 20, None, 20, None, None, None),
                ("07/02/2025", "Savon", None, None, 2, 18, "Kofi Mensah", "BS-2", None),
                ("08/02/2025", "Savon", None, None, 90, None, None, "BS-3", None),
                ("08/02/2025", "Savon", None, None, None, 18, None, None, None),
                ("TOTAL", None, None, 70, 97.5),
            ),
        ),
        {**TWO, "articles": (2, 0, 2, 2), "mouvements": (4, 0, 0, 2)},
        {
            "articles": [
                {"item_code": "RIZ", "designation": "Riz", "unit": "kg"},
                {"item_code": "SAVON", "unit": "piece"},
            ],
            "mouvements": [
                {"item_code": "RIZ", "move_type": "don", "quantity": 50, "voucher_no": "BE-1", "donor": "oim"},
                {"item_code": "RIZ", "move_type": "conso_interne", "quantity": 5.5, "third_party": None},
                {"item_code": "SAVON", "move_type": "achat", "moved_on": date(2025, 2, 6)},
                {"item_code": "SAVON", "move_type": "dist_individuelle", "quantity": 2, "voucher_no": "BS-2"},
            ],
        },
        refused=[("Magasin", 7, "left"), ("Magasin", 8, "entered")],
        passed_over=1,
    ),
    Case(
        "fiches de stock, une feuille par article",
        workbook(
            Riz=(
                ("FICHE DE STOCK",),
                ("Unité : kg", None, "Seuil : 20"),
                ("Date", "Libellé", "Entrée", "Sortie", "Solde"),
                ("01/02/2025", "Report", None, None, 40),
                ("02/02/2025", "Marché", 10, None, 50),
                ("03/02/2025", "Cuisine", None, 7, 43),
                ("Total", None, 10, 7, None),
            ),
            Feuil2=(
                ("Article :", "Huile de table"),
                ("Date", "Entrées", "Sorties", "Reste"),
                ("02/02/2025", 12, None, 12),
                ("05/02/2025", None, None, 12),
            ),
            Feuil3=(("Date", "Entrées", "Sorties"), ("02/02/2025", 12, None)),
            Suivi=(("Date", "Entrées", "Sorties", "Solde"), ("02/02/2025", 50000, None, 50000)),
            Caisse=(("Date", "Désignation", "Entrées", "Sorties"), ("02/02/2025", "Riz", None, 25000)),
            Menu=(("RECETTES ET DÉPENSES",), ("Date", "Article", "Entrées", "Sorties"), ("02/02/2025", "Riz", 1, 2)),
        ),
        {"articles": (2, 0, 2, 1), "mouvements": (4, 0, 0, 1)},
        {
            "articles": [{"item_code": "RIZ", "unit": "kg"}, {"designation": "Huile de table", "unit": "piece"}],
            "mouvements": [
                {"item_code": "RIZ", "move_type": "stock_initial", "quantity": 40, "moved_on": date(2025, 2, 1)},
                {"item_code": "RIZ", "move_type": "achat", "quantity": 10},
                {"item_code": "RIZ", "move_type": "conso_interne", "quantity": 7},
                {"item_code": "HUILE-DE-TABLE", "move_type": "achat", "quantity": 12},
            ],
        },
        refused=[("Feuil2", 4, "entered")],
        unknown=("Libellé",),
        unused=("Feuil3", "Suivi", "Caisse", "Menu"),
        passed_over=1,
    ),
    Case(
        "mouvements avec leur nature en mots",
        workbook(
            Stock=(
                ("Date", "Désignation", "Unité", "Mouvement", "Quantité"),
                ("01/02/2025", "Huile", "Litre", "Stock initial", 30),
                ("02/02/2025", "Huile", "Litre", "Sortie", 4),
                ("03/02/2025", "Huile", "Litre", "Casse ou avarie", 1),
                ("04/02/2025", "Huile", "Litre", "Emprunt", 1),
            )
        ),
        {"articles": (1, 0, 2, 1), "mouvements": (3, 0, 0, 1)},
        {
            "mouvements": [
                {"move_type": "stock_initial", "quantity": 30},
                {"move_type": "conso_interne", "quantity": 4},
                {"move_type": "casse_avarie", "quantity": 1},
            ]
        },
        refused=[("Stock", 5, "move_type")],
    ),
    Case(
        "chambres et lits nommés dans une cellule",
        workbook(
            Plan=(
                ("Chambre", "Lits", "Occupants"),
                ("Dortoir hommes 2", "H1, H2 ; H3", "Hommes"),
                ("Petite salle", "P1 et P2", None),
                ("Grenier", 1, "?"),
            )
        ),
        {"chambres": (2, 0, 0, 1), "lits": (5, 0, 0, 1)},
        {
            "chambres": [
                {"name": "Dortoir hommes 2", "room_type": "dortoir_h", "sex_rule": "m"},
                {"name": "Petite salle", "room_type": "autre", "sex_rule": "indifferent"},
            ],
            "lits": [
                {"bed_code": "H1", "in_service_from": datetime(2025, 1, 1)},
                *[{"bed_code": code} for code in ("H2", "H3", "P1", "P2")],
            ],
        },
        refused=[("Plan", 4, "sex_rule")],
    ),
]
