"""What stands in the cells of admission registers: dates, ages, sexes, countries, errors."""

from datetime import date, datetime

from tests.own_workbooks.admissions import AWA, HEADINGS, KOFI, PERSONS, SHORT, line, persons, short
from tests.own_workbooks.builder import Case, Sheet, workbook

CASES = [
    Case(
        "dates de 1904",
        workbook(mac=True, Registre=(HEADINGS, (*AWA[:5], datetime(2025, 2, 3), *AWA[6:]))),
        persons(1),
        {"sejours": [{"admitted_at": datetime(2025, 2, 3)}]},
        unknown=("N°",),
    ),
    Case(
        "dates en texte, en numéro, en date, impossibles",
        workbook(
            Registre=(
                short("Date de naissance"),
                ("F", "Mali", "03/02/2025", "transit", "12/05/1999"),
                ("F", "Mali", 45691, "transit", 1999),
                ("F", "Mali", date(2025, 2, 3), "transit", "2001"),
                ("F", "Mali", "2025-02-03", "transit", date(1999, 5, 12)),
                ("F", "Mali", "03/02/2025 14h30", "transit", "1999-05-12"),
                ("F", "Mali", "3-2-2025", "transit", "12.05.1999"),
                ("F", "Mali", "31/02/2025", "transit", None),
                ("F", "Mali", "03/02/25", "transit", "12-mai-99"),
                ("F", "Mali", "2025", "transit", None),
                ("F", "Mali", "03/02/2025", "transit", "mai 1999"),
            )
        ),
        persons(7, 3),
        {
            "personnes": [
                {"birth_date": date(1999, 5, 12), "birth_date_precision": None},
                {"birth_date": date(1999, 1, 1), "birth_date_precision": "year"},
                {"birth_date": date(2001, 1, 1), "birth_date_precision": "year"},
                *[{"birth_date": date(1999, 5, 12)}] * 4,
            ],
            "sejours": [
                *[{"admitted_at": datetime(2025, 2, 3)}] * 4,
                {"admitted_at": datetime(2025, 2, 3, 14, 30)},
                *[{"admitted_at": datetime(2025, 2, 3)}] * 2,
            ],
        },
        refused=[
            ("Registre", 8, "admitted_at"),
            ("Registre", 10, "admitted_at"),
            ("Registre", 11, "birth_date"),
        ],
    ),
    Case(
        "âges",
        workbook(
            Registre=(
                short("Âge"),
                *(line(age) for age in (25, "25 ans", "25ANS", "8 mois", "env. 30", "~40", "1 an", 0, "-3", "majeure")),
            )
        ),
        persons(8, 2),
        {
            "personnes": [
                *[{"age_estimated": 25, "age_estimated_on": date(2025, 2, 3)}] * 3,
                {"age_estimated": None, "birth_date": date(2024, 6, 1), "birth_date_precision": "month"},
                *[{"age_estimated": age} for age in (30, 40, 1, 0)],
            ]
        },
        refused=[("Registre", 10, "age"), ("Registre", 11, "age")],
    ),
    Case(
        "sexes",
        workbook(
            Registre=(
                SHORT,
                *(
                    (sex, *line()[1:])
                    for sex in (
                        "F",
                        "f",
                        "Femme",
                        "FILLE",
                        "féminin",
                        "M",
                        "H",
                        "homme",
                        "Garçon",
                        "Masculin",
                        "NR",
                        "Fém.",
                        "Fillette",
                        "Masc.",
                        "G",
                        "Z",
                    )
                ),
            )
        ),
        persons(15, 1),
        {"personnes": [{"sex": sex} for sex in "fffffmmmmmuffmm"]},
        refused=[("Registre", 17, "sex")],
    ),
    Case(
        "pays et gentilés",
        workbook(
            Registre=(
                SHORT,
                *(
                    ("F", country, *line()[2:])
                    for country in (
                        "Niger",
                        "Nigeria",
                        "Nigérien",
                        "Nigérienne",
                        "Nigérian",
                        "Nigériane",
                        "NIGÉRIA",
                        "Malienne",
                        "MALI",
                        "ML",
                        "Côte d'Ivoire",
                        "ivoirien",
                        "Guinée",
                        "Guinée Bissau",
                        "RDC",
                        "Burkinabè",
                        "Gondorien",
                        "Congolais",
                    )
                ),
            )
        ),
        persons(16, 2),
        {
            "personnes": [
                {"nationality": code}
                for code in (
                    "NE",
                    "NG",
                    "NE",
                    "NE",
                    "NG",
                    "NG",
                    "NG",
                    "ML",
                    "ML",
                    "ML",
                    "CI",
                    "CI",
                    "GN",
                    "GW",
                    "CD",
                    "BF",
                )
            ]
        },
        refused=[("Registre", 18, "nationality"), ("Registre", 19, "nationality")],
    ),
    Case(
        "zéros en tête",
        workbook(Registre=(short("N° dossier"), line("00012"), line("0013/25"), line(14))),
        persons(3),
        {"sejours": [{"stay_no": "00012"}, {"stay_no": "0013/25"}, {"stay_no": "14"}]},
    ),
    Case(
        "cellules en erreur",
        workbook(
            Registre=Sheet((HEADINGS, AWA, KOFI, AWA, KOFI), errors={"D2": "#REF!", "H3": "#N/A", "E4": "#VALUE!"})
        ),
        persons(1, 3),
        {"personnes": [PERSONS[1]]},
        refused=[("Registre", 2, "age"), ("Registre", 3, "exited_at"), ("Registre", 4, "nationality")],
        unknown=("N°",),
    ),
    Case(
        "formules sans résultat",
        workbook(Registre=(HEADINGS, (*AWA[:3], "=2025-2000", *AWA[4:]), KOFI)),
        persons(1, 1),
        {"personnes": [PERSONS[1]]},
        refused=[("Registre", 2, "age")],
        unknown=("N°",),
    ),
]
