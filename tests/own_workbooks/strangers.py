"""Workbooks of offices that never saw this program: the format beside a heading, other words for the same column."""

from datetime import date, datetime

from tests.own_workbooks.admissions import SHORT, line, persons
from tests.own_workbooks.builder import Case, workbook

CASES = [
    Case(
        "en-têtes avec leur format entre parenthèses",
        workbook(
            Registre=(
                (
                    "N°",
                    "Nom et prénoms du bénéficiaire",
                    "Sexe (F/M)",
                    "Âge (ans)",
                    "Nationalité*",
                    "Date d'entrée (JJ/MM/AAAA)",
                    "Profil migratoire",
                    "Date de départ (jj-mm-aaaa)",
                    "Motif du départ :",
                ),
                (1, "DIARRA Awa", "F", 25, "Malienne", "03/02/2025", "transit", "10/02/2025", "Autonomie"),
            )
        ),
        persons(1),
        {
            "personnes": [{"last_name": "DIARRA", "sex": "f", "age_estimated": 25}],
            "sejours": [
                {
                    "admitted_at": datetime(2025, 2, 3),
                    "exited_at": datetime(2025, 2, 10),
                    "exit_reason": "autonomie",
                    "migration_situation": "transit",
                }
            ],
        },
        unknown=("N°",),
    ),
    Case(
        "d’autres mots pour les mêmes colonnes",
        workbook(
            Registre=(
                (
                    "Bénéficiaires",
                    "SEXE F/M",
                    "Age à l'arrivée",
                    "Âge en mois",
                    "Pays de nationalité",
                    "Arrivé(e) le",
                    "Statut migratoire",
                    "Langues parlées",
                    "Structure de référencement",
                ),
                ("DIARRA Awa", "F", 25, None, "Mali", "03/02/2025", "transit", "Bambara", "OIM"),
            )
        ),
        persons(1),
        {
            "personnes": [{"last_name": "DIARRA", "age_estimated": 25, "languages": "bam"}],
            "sejours": [{"admitted_at": datetime(2025, 2, 3), "referral_source": "oim"}],
        },
        unknown=("Âge en mois",),
    ),
    Case(
        "une valeur en euros n’est pas une valeur en francs",
        workbook(
            Inventaire=(
                ("Nature du bien", "Nbre", "Etat actuel", "Date d'achat (JJ/MM/AAAA)", "Valeur (€)", "Prix (F CFA)"),
                ("Matelas", 1, "Bon", "12/03/2023", 40, "25 000"),
            )
        ),
        {"immobilisations": (1, 0, 0, 0)},
        {"immobilisations": [{"designation": "Matelas", "cost_xof": 25_000, "acquired_on": date(2023, 3, 12)}]},
        unknown=("Valeur (€)",),
    ),
    Case(
        "stock aux en-têtes d’un autre bureau",
        workbook(
            Stock=(
                ("Article", "Unité", "Stock actuel", "Stock min.", "Date d'expiration"),
                ("Lait", "boîte", 12, 5, "31/12/2027"),
            )
        ),
        {"articles": (1, 0, 0, 0), "mouvements": (1, 0, 0, 0)},
        {
            "articles": [{"designation": "Lait", "min_level": 5, "has_expiry": True}],
            "mouvements": [{"quantity": 12, "expiry_on": date(2027, 12, 31)}],
        },
    ),
    Case(
        "âge ou date de naissance dans une colonne",
        workbook(
            Registre=(
                (*SHORT, "Âge ou date de naissance"),
                *(line(one) for one in ("12/05/1999", 1999, "25 ans", 25, "8 mois", date(1999, 5, 12), "inconnu")),
                line(36000),
                line("05/1999"),
            )
        ),
        persons(7, 2),
        {
            "personnes": [
                {"birth_date": date(1999, 5, 12), "birth_date_precision": None, "age_estimated": None},
                {"birth_date": date(1999, 1, 1), "birth_date_precision": "year", "age_estimated": None},
                {"birth_date": None, "birth_date_precision": None, "age_estimated": 25},
                {"birth_date": None, "birth_date_precision": None, "age_estimated": 25},
                {"birth_date": date(2024, 6, 1), "birth_date_precision": "month", "age_estimated": None},
                {"birth_date": date(1999, 5, 12), "birth_date_precision": None, "age_estimated": None},
                {"birth_date": None, "birth_date_precision": None, "age_estimated": None},
            ]
        },
        refused=[("Registre", 9, "birth_or_age"), ("Registre", 10, "birth_or_age")],
    ),
]
