"""Presence night by night, one sheet for each month, with the register of the same house."""

from datetime import date, datetime
from typing import Any

from shelter_desk.excel.reading.recognise import Choice
from tests.own_workbooks.builder import Case, Sheet, workbook

REGISTER = (
    ("N° dossier", "Nom et prénoms", "Sexe", "Nationalité", "Date d'entrée", "Profil", "Date de sortie"),
    ("1/25", "DIARRA Awa", "F", "Mali", "20/01/2025", "transit", None),
    ("2/25", "MENSAH Kofi", "M", "Ghana", "05/02/2025", "bloque", "20/02/2025"),
)
TWO = {"personnes": (2, 0, 0, 0), "sejours": (2, 0, 0, 0)}
WEEK = "SDLMMJV"  # February 2025 begins on a Saturday


def marks(**nights: Any) -> list[Any]:
    """28 cells. nights: `n1_9="X"` marks the nights from 1 to 9, `n10` the night of the 10th."""
    cells: list[Any] = [None] * 28
    for name, mark in nights.items():
        first, _, last = name[1:].partition("_")
        for day in range(int(first), int(last or first) + 1):
            cells[day - 1] = mark
    return cells


DAYS = tuple(range(1, 29))
AWA = ("DIARRA Awa", *marks(n1_9="X", n10_12="A", n13_14="H", n15_28="X"))
KOFI = ("Mensah Kofi", *marks(n5_19="x"))

CASES = [
    Case(
        "présence d'un mois, jours de la semaine, totaux",
        workbook(
            Registre=REGISTER,
            Présence_février_2025=Sheet(
                (
                    ("FEUILLE DE PRÉSENCE",),
                    (),
                    ("N°", "Nom et prénoms", *DAYS, "Total"),
                    (None, None, *WEEK * 4, None),
                    (1, *AWA, 23),
                    (2, *KOFI, 15),
                    ("TOTAL", None, *[1] * 28, 38),
                    ("Signature de la responsable",),
                ),
                merged=("A1:H1",),
            ),
        ),
        {**TWO, "personnes": (2, 0, 2, 0), "absences": (2, 0, 0, 0)},
        {
            "absences": [
                {
                    "stay_no": "1/25",
                    "absence_type": "injustifiee",
                    "from": datetime(2025, 2, 10),
                    "to": datetime(2025, 2, 13),
                },
                {
                    "stay_no": "1/25",
                    "absence_type": "hopital",
                    "from": datetime(2025, 2, 13),
                    "to": datetime(2025, 2, 15),
                },
            ]
        },
        unknown=("N°", "Total"),
        passed_over=2,
    ),
    Case(
        "présence par n° de dossier, une feuille par mois",
        workbook(
            "présence 2025.xlsx",
            Registre=REGISTER,
            Janv=(("N° dossier", *(f"J{day}" for day in range(1, 32))), ("1/25", *[None] * 19, *["P"] * 11, "PE")),
            Févr=(("N° dossier", *DAYS), ("1/25", "PE", *["P"] * 27), ("2/25", *marks(n5_20="P"))),
        ),
        {**TWO, "personnes": (2, 0, 2, 1), "absences": (2, 0, 0, 1)},
        {
            "absences": [
                {"absence_type": "permission", "from": datetime(2025, 1, 31), "to": datetime(2025, 2, 1)},
                {"absence_type": "permission", "from": datetime(2025, 2, 1), "to": datetime(2025, 2, 2)},
            ]
        },
        refused=[("Févr", 3, "night_20")],
    ),
    Case(
        "présence, dates en tête, marque de la maison",
        workbook(
            Registre=REGISTER,
            Feuil2=(
                ("Code / Nom", *(date(2025, 2, day) for day in DAYS)),
                ("Awa Diarra", *marks(n1_2="X", n3="zz", n4_28="✓")),
                ("Kofi", *marks(n5_6="ok")),
            ),
        ),
        {**TWO, "personnes": (2, 0, 1, 1), "absences": (1, 0, 0, 1)},
        {"absences": [{"absence_type": "hopital", "from": datetime(2025, 2, 3), "to": datetime(2025, 2, 4)}]},
        refused=[("Feuil2", 3, "night_05"), ("Feuil2", 3, "night_06")],
        choice=Choice(headings={"code nom": "full_name"}, values={("presence", "night_mark"): {"zz": "hopital"}}),
    ),
    Case(
        "présence sans mois ni stays",
        workbook(
            Registre=REGISTER,
            Feuil2=(("Nom", *DAYS), ("Diarra Awa", *marks(n1_3="X")), ("Inconnue", *marks()), (None, *marks(n1="X"))),
        ),
        {**TWO, "personnes": (2, 0, 0, 1), "absences": (0, 0, 0, 1)},
        refused=[("Feuil2", 2, "month")],
        passed_over=1,
    ),
    Case(
        "présence pendant une absence, hors séjour, sans personne",
        workbook(
            sejours=(
                ("stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation", "exited_at"),
                ("1/25", "7K3-QMX-E", "2025-01-20", "premiere", "transit", None),
            ),
            personnes=(
                ("person_code", "last_name", "first_name", "sex", "nationality"),
                ("7K3-QMX-E", "Diarra", "Awa", "f", "ML"),
            ),
            absences=(("stay_no", "absence_type", "from", "to"), ("1/25", "hopital", "2025-02-03", "2025-02-05")),
            Février_2025=(
                ("Code", "Nom", *DAYS),
                ("7K3QMXE", None, *marks(n1_2="X", n3_4="H", n5_28="X")),
                ("7K3-QMX-E", None, *marks(n1_3="X")),
                (None, "Fanta Keita", *marks(n1="X")),
                ("222-222-2", None, *marks(n1="X")),
            ),
            Janvier_2025=(("Code", *range(1, 32)), ("7K3-QMX-E", *["X"] * 31)),
        ),
        {"personnes": (1, 0, 1, 4), "sejours": (1, 0, 0, 0), "absences": (1, 0, 1, 4)},
        {"absences": [{"from": datetime(2025, 2, 3), "to": datetime(2025, 2, 5)}]},
        refused=[
            ("Février 2025", 3, "night_03"),
            ("Février 2025", 4, "last_name"),
            ("Février 2025", 5, "person_code"),
            ("Janvier 2025", 2, "night_01"),
        ],
    ),
]
