"""Registers with a trap: what reads well and would be wrong."""

from datetime import date, datetime

from shelter_desk.excel.reading.recognise import Choice
from tests.own_workbooks.admissions import SHORT, persons, short
from tests.own_workbooks.builder import Case, text, workbook

CASES = [
    Case(
        "dates de 1904 en simple numéro",
        workbook(
            mac=True,
            Registre=(
                short("Date de naissance"),
                ("F", "Mali", 45691 - 1462, "transit", 1999),
                ("M", "Mali", 45692 - 1462, "transit", 38000 - 1462),
            ),
        ),
        persons(2),
        {
            "personnes": [{"birth_date": date(1999, 1, 1)}, {"birth_date": date(2004, 1, 14)}],
            "sejours": [{"admitted_at": datetime(2025, 2, 3)}, {"admitted_at": datetime(2025, 2, 4)}],
        },
    ),
    Case(
        "cachets, totaux et signatures d’un stock",
        workbook(
            Stock=(
                ("Désignation", "Unité", "Quantité", "Stock minimum"),
                ("Cachets de paracétamol", "boîte", 12, 5),
                ("Cachet", "boîte", 4, 2),
                ("Nota bene", "boîte", None, None),
                ("TOTAL", None, 16, 7),
                ("Savon", "pièce", 30, 10),
                ("Total du rayon", None, 30, 10),
                ("Total énergie, huile", "litre", 3, 1),
                ("Visa", None, None, None),
                ("Cachet", None, None, "Signature"),
            ),
        ),
        {"articles": (4, 0, 0, 1), "mouvements": (4, 0, 0, 1)},
        {
            "articles": [
                {"designation": one} for one in ("Cachets de paracétamol", "Cachet", "Savon", "Total énergie, huile")
            ]
        },
        refused=[("Stock", 4, "quantity")],
        passed_over=4,
    ),
    Case(
        "jours et mois inversés dans deux colonnes d’un .csv",
        text(
            "registre.csv",
            (
                (*SHORT, "Date sortie", "Motif sortie"),
                ("F", "Mali", "01/25/2025", "transit", "02/03/2025", "autonomie"),
                ("M", "Ghana", "2025-02-05", "transit", "02/25/2025", "autonomie"),
                ("M", "Ghana", "2025-02-06", "transit", "05/05/2025", "autonomie"),
                ("F", "Mali", 45691, "transit", None, None),
            ),
        ),
        persons(1, 3),
        {"sejours": [{"admitted_at": datetime(2025, 2, 6), "exited_at": datetime(2025, 5, 5)}]},
        refused=[
            ("registre", 2, "admitted_at"),
            ("registre", 2, "exited_at"),
            ("registre", 3, "exited_at"),
            ("registre", 5, "admitted_at"),
        ],
    ),
    Case(
        "jours et mois, l’ordre dit",
        workbook(
            Registre=(
                SHORT,
                ("F", "Mali", "01/25/2025", "transit"),
                ("M", "Ghana", "02/03/2025 14h30", "transit"),
                ("M", "Ghana", "25/02/2025", "transit"),
            )
        ),
        persons(2, 1),
        {"sejours": [{"admitted_at": datetime(2025, 1, 25)}, {"admitted_at": datetime(2025, 2, 3, 14, 30)}]},
        refused=[("Registre", 4, "admitted_at")],
        choice=Choice(sheets={"Registre": Choice("registre", orders={"admitted_at": "mdy"})}),
    ),
    Case(
        "chambres et lits, une ligne refusée et une qui se contredit",
        workbook(
            Plan=(
                (
                    "Chambre",
                    "Type de chambre",
                    "Réservée à (sexe)",
                    "N° de lit",
                    "En service du",
                    "En service jusqu’au (exclu)",
                ),
                ("9", "Dortoir femmes", None, "9A", "01/01/2025", "01/01/2024"),
                ("9", "Dortoir femmes", "Femmes", "9B", "01/01/2025", None),
                ("9", "Dortoir hommes", "Hommes", "9C", "01/01/2025", None),
                ("10", "Dortoir hommes", "Hommes", "10A", "01/01/2025", "01/01/2024"),
            )
        ),
        {"chambres": (1, 0, 0, 1), "lits": (1, 0, 0, 3)},
        {"chambres": [{"room_code": "9", "sex_rule": "f"}], "lits": [{"bed_code": "9B"}]},
        refused=[("Plan", 2, "in_service_to"), ("Plan", 4, "sex_rule"), ("Plan", 5, "in_service_to")],
    ),
    Case(
        "plusieurs lits dans une case, sans date, une ligne qui se contredit",
        workbook(
            Plan=(
                ("Chambre", "Réservée à (sexe)", "N° de lit"),
                ("Dortoir femmes", None, "F1, F2"),
                ("Dortoir femmes", "Femmes", "F3"),
                ("Dortoir femmes", "Hommes", "F4 et F5"),
                ("TOTAL", None, 5),
            )
        ),
        {"chambres": (1, 0, 0, 0), "lits": (3, 0, 0, 2)},
        {
            "chambres": [{"room_code": "Dortoir femmes", "room_type": "dortoir_f", "sex_rule": "f"}],
            "lits": [{"bed_code": one} for one in ("F1", "F2", "F3")],
        },
        refused=[("Plan", 4, "sex_rule")],
        passed_over=1,
    ),
]
