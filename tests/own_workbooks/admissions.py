"""Admission registers, as they are laid out."""

from datetime import date, datetime
from typing import Any

from tests.own_workbooks.builder import Case, Sheet, workbook

HEADINGS = ("N°", "Nom et prénoms", "Sexe", "Âge", "Nationalité", "Date d'entrée", "Catégorie", "Date de sortie")
AWA = (1, "DIARRA Awa", "F", 25, "Malienne", "03/02/2025", "transit", None)
KOFI = (2, "MENSAH Kofi", "M", "31 ans", "Ghanéen", "05/02/2025", "bloque", "07/02/2025")
PERSONS = [
    {"last_name": "DIARRA", "first_name": "Awa", "sex": "f", "age_estimated": 25, "nationality": "ML"},
    {"last_name": "MENSAH", "first_name": "Kofi", "sex": "m", "age_estimated": 31, "nationality": "GH"},
]
STAYS = [
    {"admitted_at": datetime(2025, 2, 3), "migration_situation": "transit", "exited_at": None},
    {"admitted_at": datetime(2025, 2, 5), "migration_situation": "bloque", "exited_at": datetime(2025, 2, 7)},
]
TWO = {"personnes": (2, 0, 0, 0), "sejours": (2, 0, 0, 0)}
BOTH = {"personnes": PERSONS, "sejours": STAYS}
SHORT = ("Sexe", "Nationalité", "Date entrée", "Profil")


def short(*more: str) -> tuple[str, ...]:
    return (*SHORT, *more)


def line(*more: Any) -> tuple[Any, ...]:
    return ("F", "Mali", "03/02/2025", "transit", *more)


def persons(new: int, refused: int = 0) -> dict[str, tuple[int, int, int, int]]:
    return {"personnes": (new, 0, 0, refused), "sejours": (new, 0, 0, refused)}


CASES = [
    Case(
        "titres, logo, total et signatures",
        workbook(
            Registre=Sheet(
                (
                    (None, "ONG d'accueil et de réinsertion"),
                    (),
                    ("REGISTRE DES ENTRÉES – FÉVRIER 2025",),
                    ("Bamako, Mali", None, None, None, "Page", 1),
                    (),
                    HEADINGS,
                    AWA,
                    KOFI,
                    ("TOTAL", None, None, 2),
                    (),
                    ("Fait à Bamako, le 28/02/2025",),
                    ("Signature de la responsable", None, None, None, "Visa"),
                ),
                merged=("A3:H3", "B1:F1", "A11:D11"),
            )
        ),
        TWO,
        BOTH,
        unknown=("N°",),
        passed_over=3,
    ),
    Case(
        "en-têtes fusionnés sur deux lignes",
        workbook(
            Registre=Sheet(
                (
                    ("IDENTITÉ", None, None, None, "ENTRÉE", None, "SORTIE", None, "PROFIL"),
                    ("Nom", "Prénom", "Sexe", "Nationalité", "Date", "N° dossier", "Date", "Motif", None),
                    ("Diarra", "Awa", "F", "ML", "03/02/2025", "14/2025", "09/02/2025", "Réunification", "transit"),
                ),
                merged=("A1:D1", "E1:F1", "G1:H1", "I1:I2"),
            )
        ),
        persons(1),
        {
            "personnes": [{"last_name": "Diarra", "first_name": "Awa", "nationality": "ML"}],
            "sejours": [
                {
                    "stay_no": "14/2025",
                    "admitted_at": datetime(2025, 2, 3),
                    "exited_at": datetime(2025, 2, 9),
                    "exit_reason": "reunification",
                }
            ],
        },
    ),
    Case(
        "une feuille par mois, lignes reportées",
        workbook(
            Janvier_2025=(("JANVIER",), HEADINGS, (*AWA[:5], "03/01/2025", *AWA[6:]), ("Total", 1)),
            Fevrier_2025=(("FÉVRIER",), HEADINGS, (*AWA[:5], "03/01/2025", "transit", "20/02/2025"), KOFI),
            Mars_2025=(("MARS",), HEADINGS),
        ),
        {"personnes": (2, 0, 1, 0), "sejours": (2, 0, 1, 0)},
        {
            "personnes": PERSONS,
            "sejours": [
                {"admitted_at": datetime(2025, 1, 3), "exited_at": datetime(2025, 2, 20)},
                {"admitted_at": datetime(2025, 2, 5), "exited_at": datetime(2025, 2, 7)},
            ],
        },
        unknown=("N°",),
        passed_over=1,
    ),
    Case(
        "une ligne reportée qui dit autre chose",
        workbook(
            Janvier=(HEADINGS, AWA),
            Fevrier=(HEADINGS, (*AWA[:6], "bloque", None)),
        ),
        {"personnes": (1, 0, 0, 1), "sejours": (1, 0, 0, 1)},
        {"sejours": [{"migration_situation": "transit"}]},
        refused=[("Fevrier", 2, "migration_situation")],
        unknown=("N°",),
    ),
    Case(
        "sous-totaux et en-tête répété",
        workbook(Registre=(HEADINGS, AWA, ("Sous-total femmes", None, None, 1), HEADINGS, KOFI, ("TOTAL GÉNÉRAL", 2))),
        TWO,
        BOTH,
        unknown=("N°",),
        passed_over=3,
    ),
    Case(
        "lignes et colonnes masquées",
        workbook(Registre=Sheet((HEADINGS, AWA, KOFI), hidden_rows=(3,), hidden_columns=("E", "G"))),
        TWO,
        BOTH,
        unknown=("N°",),
        hidden=(("Registre", 1, 2),),
    ),
    Case(
        "in English",
        workbook(
            Register=(
                (
                    "File no.",
                    "Last name",
                    "First name",
                    "Gender",
                    "Age",
                    "Citizenship",
                    "Date of admission",
                    "Exit date",
                ),
                ("7", "Diarra", "Awa", "Female", "25 years", "Malian", "03/02/2025", "09/02/2025"),
                ("8", "Mensah", "Kofi", "Male", 31, "Ghana", "05/02/2025", None),
            )
        ),
        persons(2),
        {
            "personnes": [{"sex": "f", "age_estimated": 25, "nationality": "ML"}, {"sex": "m", "nationality": "GH"}],
            "sejours": [{"exited_at": datetime(2025, 2, 9)}, {"admitted_at": datetime(2025, 2, 5)}],
        },
        unknown=("File no.",),
        fixed={"migration_situation": "transit"},
    ),
    Case(
        "EN-TETES EN MAJUSCULES SANS ACCENTS",
        workbook(
            REGISTRE=(
                ("NOM ET PRENOMS", "SEXE", "AGE", "NATIONALITE", "DATE D'ENTREE", "CATEGORIE", "DATE DE SORTIE"),
                AWA[1:],
                KOFI[1:],
            )
        ),
        TWO,
        BOTH,
    ),
    Case(
        "fautes de frappe",
        workbook(
            Registre=(
                (
                    "Nom et prénons",
                    "Sexe",
                    "Age",
                    "Nationnalité",
                    "Date d'entrée",
                    "Catgorie",
                    "Date de sotie",
                    "Salle B",
                ),
                (*AWA[1:], None),
                (*KOFI[1:], "x"),
            )
        ),
        TWO,
        BOTH,
        unknown=("Salle B",),
    ),
    Case(
        "mots dans un autre ordre",
        workbook(
            Registre=(
                ("Entrée (date)", "Sexe", "Nationalité", "Référé à", "Profil"),
                ("03/02/2025", *line()[:2], "CSRéf", "transit"),
            )
        ),
        persons(1),
        {"sejours": [{"admitted_at": datetime(2025, 2, 3), "referral_source": None}]},
        unknown=("Référé à",),
    ),
    Case(
        "lignes en double",
        workbook(
            Registre=(
                short("N° dossier", "Nom", "Prénom", "Date de naissance"),
                line("1", "Diarra", "Awa", "12/05/1999"),
                line("1", "Diarra", "Awa", "12/05/1999"),
                ("F", "Mali", "03/06/2025", "transit", "2", "Diarra", "Awa", "12/05/1999"),
            )
        ),
        {"personnes": (1, 0, 0, 2), "sejours": (1, 0, 0, 2)},
        {"personnes": [{"last_name": "Diarra", "birth_date": date(1999, 5, 12)}]},
        refused=[("Registre", 3, "stay_no"), ("Registre", 4, "admitted_at")],
    ),
    Case(
        "lits et statuts de victime",
        workbook(
            Registre=(
                short("Lit", "Statut victime", "Date de sortie"),
                line("1A", "Victime présumée", "06/02/2025"),
                line("1B", "VDT", None),
                line("9Z", None, None),
            )
        ),
        {
            "personnes": (2, 0, 0, 1),
            "sejours": (2, 0, 0, 1),
            "couchages": (2, 0, 0, 1),
            "statuts_victime": (2, 0, 0, 0),
        },
        {
            "couchages": [{"bed_code": "1A", "to": datetime(2025, 2, 6)}, {"bed_code": "1B", "to": None}],
            "statuts_victime": [{"victim_status": "presumee"}, {"victim_status": "identifiee"}],
        },
        refused=[("Registre", 4, "bed_code")],
    ),
    Case(
        "famille aux cellules fusionnées",
        workbook(Registre=Sheet((SHORT, line(), ("M", None, None, None)), merged=("B2:B3", "C2:C3", "D2:D3"))),
        persons(1, 1),
        {"personnes": [{"sex": "f"}]},
        refused=[("Registre", 3, "admitted_at")],
    ),
]
