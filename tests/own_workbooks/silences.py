"""Workbooks of which something would be taken in, or lost, without a word."""

from datetime import date
from pathlib import Path

import openpyxl

from tests.own_workbooks.admissions import AWA, BOTH, HEADINGS, KOFI, TWO, line, persons, short
from tests.own_workbooks.builder import Case, Make, workbook


def with_hidden_sheet(make: Make, name: str, state: str) -> Make:
    """The same workbook with that sheet hidden as Excel hides them."""

    def hide(folder: Path) -> Path:
        path = make(folder)
        book = openpyxl.load_workbook(path)
        book[name].sheet_state = state
        book.save(path)
        return path

    return hide


CASES = [
    Case(
        "une feuille masquée est lue et dite",
        with_hidden_sheet(workbook(Registre=(HEADINGS, AWA), Suite=(HEADINGS, KOFI)), "Suite", "hidden"),
        TWO,
        BOTH,
        unknown=("N°",),
        hidden=(("Suite", 2, 0),),
    ),
    Case(
        "une feuille très masquée aussi",
        with_hidden_sheet(workbook(Registre=(HEADINGS, AWA), Suite=(HEADINGS, KOFI)), "Suite", "veryHidden"),
        TWO,
        BOTH,
        unknown=("N°",),
        hidden=(("Suite", 2, 0),),
    ),
    Case(
        "un tableau de statistiques n’est pas une liste de personnes",
        workbook(
            Registre=(HEADINGS, AWA, KOFI),
            Statistiques=(("Sexe", "Nationalité", "Nombre"), ("F", "Malienne", 1), ("M", "Ghanéenne", 1)),
        ),
        TWO,
        BOTH,
        unknown=("N°",),
        unused=("Statistiques",),
    ),
    Case(
        "le total daté d’une fiche de stock n’est pas un mouvement",
        workbook(
            Riz=(
                ("FICHE DE STOCK",),
                ("Article : Riz", None, "Unité : kg"),
                ("Date", "Libellé", "Entrée", "Sortie", "Stock"),
                ("01/01/2025", "Stock initial", None, None, 100),
                ("05/01/2025", "Achat", 50, None, 150),
                (date(2025, 1, 7), "Cuisine", None, "15,5", "134,5"),
                ("31/01/2025", "Total", 50, "15,5", None),
                (date(2025, 2, 28), "TOTAL DU MOIS", 0, 0, "134,5"),
            )
        ),
        {"articles": (1, 0, 2, 0), "mouvements": (3, 0, 0, 0)},
        {"mouvements": [{"quantity": 100}, {"quantity": 50}, {"quantity": 15.5}]},
        unknown=("Libellé",),
        passed_over=2,
    ),
    Case(
        "effectif du mois, cumul, les signatures de chacun",
        workbook(
            Registre=(
                HEADINGS,
                AWA,
                ("Effectif du mois", None, None, 1),
                KOFI,
                ("Cumul", None, None, 2),
                (),
                ("La directrice", None, None, None, "Le comptable"),
                ("Mme la responsable du centre", None, None, "Vu et approuvé"),
                ("Légende",),
            )
        ),
        TWO,
        BOTH,
        unknown=("N°",),
        passed_over=5,
    ),
    Case(
        "« - », « néant », « inconnu » : rien, ou personne ne le sait",
        workbook(
            Registre=(
                short("Nom et prénoms", "Âge", "Date de sortie", "Motif de sortie", "Région d'origine"),
                line("DIARRA Awa", "inconnu", "-", "néant", "-"),
                line("Inconnue", 20, "//", "N/A", "Kayes"),
                line("SO Na", "?", "en cours", "RAS", "?"),
                line("KEITA Fanta", 30, "inconnue", None, None),
                line("KEITA Fanta", 30, "?", None, None),
                ("?", *line("KEITA Fanta", 30, None, None, None)[1:]),
                ("F", "Mali", "-", "transit", "KEITA Fanta", 30, None, None, None),
            )
        ),
        persons(3, 4),
        {
            "personnes": [
                {"last_name": "DIARRA", "first_name": "Awa", "age_estimated": None, "region_origin": None},
                {"last_name": None, "age_estimated": 20, "region_origin": "ml_kayes"},
                {"last_name": "SO", "first_name": "Na", "age_estimated": None, "region_origin": None},
            ],
            "sejours": [{"exited_at": None, "exit_reason": None}] * 3,
        },
        refused=[
            ("Registre", 5, "exited_at"),
            ("Registre", 6, "exited_at"),
            ("Registre", 7, "sex"),
            ("Registre", 8, "admitted_at"),
        ],
    ),
    Case(
        "une réadmission au nom autrement écrit",
        workbook(
            Registre=(
                short("Nom et prénoms", "Date de naissance", "Date de sortie"),
                line("DIARRA  Awa", "12/05/1999", "05/02/2025"),
                ("F", "Mali", "03/06/2025", "transit", "Diarra awa", "12/05/1999", None),
            )
        ),
        {"personnes": (1, 0, 1, 0), "sejours": (2, 0, 0, 0)},
        {
            "personnes": [{"last_name": "DIARRA", "first_name": "Awa"}],
            "sejours": [{"entry_kind": "premiere"}, {"entry_kind": "readmission"}],
        },
    ),
    Case(
        "plusieurs personnes dans une case",
        workbook(
            Registre=(
                short("Nom et prénoms"),
                line("SOW Aminata + 2 enfants"),
                line("BAH Mariam et son bébé"),
                line("Bébé BAH"),
                line("SOW Enfanta"),
            )
        ),
        persons(2, 2),
        {"personnes": [{"last_name": "BAH"}, {"last_name": "SOW"}]},
        refused=[("Registre", 2, "full_name"), ("Registre", 3, "full_name")],
    ),
    Case(
        "le stock compté deux mois de suite n’est pas deux fois là",
        workbook(
            Janvier=(
                ("STOCK AU 31/01/2025",),
                ("Article", "Unité", "Quantité", "Lot"),
                ("Riz", "kg", 100, "A"),
                ("Riz", "kg", 20, "B"),
            ),
            Février=(
                ("STOCK AU 28/02/2025",),
                ("Article", "Unité", "Quantité", "Lot"),
                ("Riz", "kg", 70, "A"),
                ("Huile", "litre", 5, None),
            ),
        ),
        {"articles": (2, 0, 1, 1), "mouvements": (3, 0, 0, 1)},
        {
            "mouvements": [
                {"quantity": 100, "moved_on": date(2025, 1, 31)},
                {"quantity": 20, "moved_on": date(2025, 1, 31)},
                {"quantity": 5, "moved_on": date(2025, 2, 28)},
            ]
        },
        refused=[("Février", 3, "quantity")],
    ),
    Case(
        "un report de fiche en fiche n’est compté qu’une fois",
        workbook(
            Stock=(("STOCK AU 31/01/2025",), ("Article", "Unité", "Quantité"), ("Sel", "kg", 30)),
            Riz_janvier=(
                ("Article : Riz", "Unité : kg"),
                ("Date", "Entrée", "Sortie", "Solde"),
                ("01/01/2025", None, None, 100),
                ("05/01/2025", None, 20, 80),
            ),
            Riz_février=(
                ("Article : Riz", "Unité : kg"),
                ("Date", "Entrée", "Sortie", "Solde"),
                ("01/02/2025", None, None, 80),
                ("05/02/2025", None, 10, 70),
            ),
            Sel=(
                ("Article : Sel", "Unité : kg"),
                ("Date", "Entrée", "Sortie", "Solde"),
                ("31/01/2025", None, None, 30),
                ("05/02/2025", None, 5, 25),
            ),
            Sel_mars=(
                ("Article : Sel", "Unité : kg"),
                ("Date", "Mouvement", "Entrée", "Sortie", "Solde"),
                ("01/03/2025", "Stock initial", 25, None, 25),
            ),
        ),
        {"articles": (2, 0, 5, 1), "mouvements": (5, 0, 0, 1)},
        {
            "mouvements": [
                {"item_code": "SEL", "quantity": 30, "move_type": "stock_initial"},
                {"item_code": "RIZ", "quantity": 100, "move_type": "stock_initial"},
                {"quantity": 20, "move_type": "conso_interne"},
                {"quantity": 10, "move_type": "conso_interne"},
                {"item_code": "SEL", "quantity": 5},
            ]
        },
        refused=[("Sel mars", 3, "quantity")],
    ),
]
