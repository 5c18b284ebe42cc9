"""Registers with a trap: what reads well and would be wrong."""

from datetime import date, datetime

from tests.own_workbooks.admissions import persons, short
from tests.own_workbooks.builder import Case, workbook

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
]
