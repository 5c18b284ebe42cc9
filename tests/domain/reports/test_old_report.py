"""What a cell of an old report says, which figure its words mean, and in which sheet it stands next month."""

from datetime import date

import pytest

from shelter_desk.domain.reports import old_report

MONTHS = {"octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12}
OFFERED = [
    ("t2.present_start", "T2 Présents au début"),
    ("t2.entries", "T2 Entrées"),
    ("t2.exits", "T2 Sorties"),
    ("t2.entries:rollup=femmes", "T2 Entrées, Femmes"),
    ("t1.occupancy_rate", "T1 Taux d’occupation, %"),
    ("t4.new_identified", "T4 Nouvelles victimes identifiées"),
]
CELLS = {
    (1, 1): "Rapport mensuel",
    (3, 2): "Femmes",
    (3, 3): "Total",
    (4, 1): "Admissions du mois",
    (4, 2): 3,
    (4, 3): 8,
    (5, 1): "12 places",
    (5, 2): 4,
    (7, 1): "Taux d'occupation",
    (7, 2): 0.8,
}


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, 12),
        (0.5, 0.5),
        ("1 234", 1234),
        ("1\u202f234,5", 1234.5),
        ("56,3 %", 56.3),
        ("12 personnes", 12),
        ("−3", -3),
        ("néant", None),
        ("", None),
        (None, None),
        (True, None),
        (date(2026, 10, 1), None),
    ],
)
def test_a_number_is_read_as_shelters_write_it(cell: object, number: float | None) -> None:
    assert old_report.number_of(cell) == number


def test_their_number_is_shown_with_as_many_decimals_as_ours() -> None:
    assert old_report.beside(7.5667, 7.6, "persons") == 7.6
    assert old_report.beside(12.0, 11, "stays") == 12
    assert str(old_report.beside(12.0, 11, "stays")) == "12"


def test_a_part_of_one_is_a_rate_in_percent_where_ours_is_one() -> None:
    assert old_report.beside(0.563, 56.3, "percent") == 56.3
    assert old_report.beside(56.3, 57.2, "percent") == 56.3
    assert old_report.beside(0.563, 28.0, "percent") == 56.3
    assert old_report.beside(0.563, 1, "stays") == 1


def test_the_words_of_a_cell_are_those_at_its_left_and_above_it_in_its_table() -> None:
    assert old_report.labels(CELLS, (4, 2)) == ("Admissions du mois", "Femmes")
    assert old_report.labels(CELLS, (4, 3)) == ("Admissions du mois", "Total")
    assert old_report.labels(CELLS, (5, 2)) == ("", "Femmes")  # a number with words is no label
    assert old_report.labels(CELLS, (7, 2)) == ("Taux d'occupation", "")  # another table, after an empty row


@pytest.mark.parametrize(
    ("left", "above", "figure"),
    [
        ("Admissions du mois", "Total", "t2.entries"),
        ("ADMISSIONS", "Femmes", "t2.entries:rollup=femmes"),
        ("Départs", "Octobre", "t2.exits"),
        ("Départs", "Femmes", "t2.exits"),  # the head is left out where no figure has it
        ("Taux d'occupation (%)", "", "t1.occupancy_rate"),
        ("Victimes identifiées (nouvelles)", "", "t4.new_identified"),
        ("Sacs de riz", "", ""),
        ("", "", ""),
    ],
)
def test_the_figure_whose_words_are_nearest_is_proposed(left: str, above: str, figure: str) -> None:
    assert old_report.guess(left, above, OFFERED, frozenset(MONTHS)) == figure


def test_a_sheet_that_is_called_by_its_month_is_looked_for_under_the_month_shown() -> None:
    year = ("Octobre", "Novembre", "Notes octobre", "Notes novembre")
    assert old_report.sheet_for("Octobre", year, 11, MONTHS) == "Novembre"
    assert old_report.sheet_for("Notes octobre", year, 11, MONTHS) == "Notes novembre"
    assert old_report.sheet_for("Rapport oct 2026", ("Rapport nov 2026", "Annexe"), 11, MONTHS) == "Rapport nov 2026"
    assert old_report.sheet_for("Octobre", year, 10, MONTHS) == "Octobre"


def test_a_sheet_without_a_month_is_the_one_of_its_name_or_the_only_one() -> None:
    assert old_report.sheet_for("Bilan", ("Notes", "Bilan"), 11, MONTHS) == "Bilan"
    assert old_report.sheet_for("Bilan", ("Feuil1",), 11, MONTHS) == "Feuil1"
    assert old_report.sheet_for("Bilan", ("Feuil1", "Feuil2"), 11, MONTHS) == ""
    assert old_report.sheet_for("Octobre", ("Octobre", "Novembre"), None, MONTHS) == "Octobre"
