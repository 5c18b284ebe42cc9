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
        ("2026-10", None),
        ("01.10.2026", None),
        ("10/2026", None),
        ("12 octobre 2026", None),
        ("08:30", None),
        ("0-4 ans", None),
        ("1.234,5", None),
        ("123456789012345", 123456789012345),
        ("1" * 16, None),
        ("9" * 29, None),
        (1e30, None),
        (float("inf"), None),
        (float("nan"), None),
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
    assert old_report.beside(0.563, 1, "stays") == 0.56


def test_a_small_rate_is_matched_with_the_part_of_one_too() -> None:
    assert old_report.beside(0.015, 1.6, "percent") == 1.5
    assert old_report.beside(0.004, 0.3, "percent") == 0.4
    assert old_report.beside(1.5, 1.6, "percent") == 1.5
    assert old_report.beside(1.2, 98.0, "percent") == 120.0
    assert old_report.beside(0.0, 1.6, "percent") == 0


def test_decimals_of_theirs_stay_beside_a_whole_number() -> None:
    assert old_report.beside(12.5, 12, "stays") == 12.5
    assert old_report.beside(-12.25, 12, "stays") == -12.25
    assert str(old_report.beside(12.000000000000002, 12, "stays")) == "12"  # as Excel adds


def test_the_words_of_a_cell_are_those_at_its_left_and_above_it_in_its_table() -> None:
    assert old_report.labels(CELLS, (4, 2)) == ("Admissions du mois", "Femmes")
    assert old_report.labels(CELLS, (4, 3)) == ("Admissions du mois", "Total")
    assert old_report.labels(CELLS, (5, 2)) == ("12 places", "Femmes")
    assert old_report.labels(CELLS, (7, 2)) == ("Taux d'occupation", "")  # another table, after an empty row


@pytest.mark.parametrize(
    ("label", "is_one"),
    [
        ("0-4 ans", True),
        ("5-11", True),
        ("18+", True),
        ("60 ans et plus", True),
        ("12", False),
        ("1 234,5", False),
        ("56,3 %", False),
        ("−3", False),
        ("2026-10", False),
        ("—", False),
    ],
)
def test_a_text_that_is_wholly_a_number_or_a_day_is_no_label(label: str, is_one: bool) -> None:
    cells = {(1, 1): label, (1, 2): 3}
    assert old_report.labels(cells, (1, 2))[0] == (label if is_one else "")


def test_an_age_class_is_proposed_by_its_words() -> None:
    ages = [(f"t1.present:age={one}", f"T1 Présents, {one} ans") for one in ("0-4", "5-11", "12-17")]
    cells = {(1, 1): "Présents", (1, 2): "0-4 ans", (1, 3): "5-11 ans", (2, 1): "Présents", (2, 2): 3, (2, 3): 4}
    said = [old_report.guess(*old_report.labels(cells, (2, column)), ages) for column in (2, 3)]
    assert said == ["t1.present:age=0-4", "t1.present:age=5-11"]


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


OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def test_a_sheet_that_is_called_by_its_month_is_looked_for_under_the_month_shown() -> None:
    year = ("Octobre", "Novembre", "Notes octobre", "Notes novembre")
    assert old_report.sheet_for("Octobre", year, NOVEMBER, MONTHS) == "Novembre"
    assert old_report.sheet_for("Notes octobre", year, NOVEMBER, MONTHS) == "Notes novembre"
    report = ("Rapport nov 2026", "Annexe")
    assert old_report.sheet_for("Rapport oct 2026", report, NOVEMBER, MONTHS) == "Rapport nov 2026"
    assert old_report.sheet_for("Octobre", year, OCTOBER, MONTHS) == "Octobre"


@pytest.mark.parametrize(
    ("kept", "sheets", "month", "found"),
    [
        ("Oct 2025", ("Oct 2025", "Oct 2026"), OCTOBER, "Oct 2026"),
        ("Oct 25", ("Oct 25", "Oct 26"), OCTOBER, "Oct 26"),
        ("Octobre", ("Septembre", "Octobre"), NOVEMBER, ""),
        ("Octobre 2026", ("Octobre 2025", "Notes"), OCTOBER, ""),
        ("Octobre 2025", ("Octobre 2025",), OCTOBER, ""),
        ("Octobre", ("Octobre", "Octobre 2026"), OCTOBER, "Octobre"),
        ("Octobre 2025", ("Octobre", "Octobre 2026"), OCTOBER, "Octobre 2026"),
        ("Octobre 2025", ("Octobre",), OCTOBER, "Octobre"),
        ("Octobre 1", ("Novembre 1", "Novembre 2"), NOVEMBER, "Novembre 1"),
        ("Octobre 1", ("Novembre 2",), NOVEMBER, ""),
        ("Octobre", ("Novembre", "Novembre (2)"), NOVEMBER, "Novembre"),
        ("10 Octobre", ("10 Octobre", "11 Novembre"), NOVEMBER, "11 Novembre"),
        ("Notes octobre", ("Notes octobre", "Novembre"), NOVEMBER, ""),
        ("10-2026", ("10-2026", "11-2026"), NOVEMBER, "11-2026"),
        ("2025-11", ("2025-11", "2026-11"), NOVEMBER, "2026-11"),
        ("10.2026", ("10.2026",), NOVEMBER, ""),
        ("Bilan", ("Octobre",), NOVEMBER, ""),
        ("Bilan", ("Novembre 2025",), NOVEMBER, ""),
        ("Bilan", ("Novembre 2026",), NOVEMBER, "Novembre 2026"),
    ],
)
def test_no_cell_is_read_in_a_sheet_of_another_month(
    kept: str, sheets: tuple[str, ...], month: date, found: str
) -> None:
    assert old_report.sheet_for(kept, sheets, month, MONTHS) == found


def test_a_sheet_without_a_month_is_the_one_of_its_name_or_the_only_one() -> None:
    assert old_report.sheet_for("Bilan", ("Notes", "Bilan"), NOVEMBER, MONTHS) == "Bilan"
    assert old_report.sheet_for("Bilan", ("Feuil1",), NOVEMBER, MONTHS) == "Feuil1"
    assert old_report.sheet_for("Bilan", ("Feuil1", "Feuil2"), NOVEMBER, MONTHS) == ""
    assert old_report.sheet_for("Octobre", ("Octobre", "Novembre"), None, MONTHS) == "Octobre"
