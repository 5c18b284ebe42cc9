"""What a cell that a person filled in can mean."""

from datetime import date, datetime, time

import pytest

from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.shapes_stays import Age
from shelter_desk.excel.reading import ages_and_years, cells
from shelter_desk.excel.reading.book import Cell, ErrorCell


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (None, None),
        ("  \u00a0 ", None),
        (" Awa\u00a0Diarra\u202f", "Awa Diarra"),
        ("\ufeffF1\u200b", "F1"),
        ("0012", "0012"),
        (12, "12"),
        (12.0, "12"),
        (12.5, "12.5"),
        ("=1+1", "=1+1"),
        ("une\r\ndeux", "une\ndeux"),
        (date(2026, 3, 1), "2026-03-01"),
    ],
)
def test_a_text_is_read_without_what_is_not_seen(cell: Cell, found: str | None) -> None:
    assert cells.as_text(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (date(2026, 3, 1), datetime(2026, 3, 1)),
        (datetime(2026, 3, 1, 14, 30, 59), datetime(2026, 3, 1, 14, 30)),
        (datetime(2026, 3, 1, 14, 29, 59, 999_999), datetime(2026, 3, 1, 14, 30)),
        ("2026-03-01", datetime(2026, 3, 1)),
        ("01/03/2026", datetime(2026, 3, 1)),
        ("1/3/2026", datetime(2026, 3, 1)),
        ("01/03/2026 14:30", datetime(2026, 3, 1, 14, 30)),
        ("01/03/2026 14h30", datetime(2026, 3, 1, 14, 30)),
        ("01/03/2026 à 14 h 30", datetime(2026, 3, 1, 14, 30)),
        ("2026-03-01T14:30:45", datetime(2026, 3, 1, 14, 30)),
        ("2026-03-01 00:00:00", datetime(2026, 3, 1)),
        ("2026/03/01", datetime(2026, 3, 1)),
        ("2026-03-01T14:30:00.000Z", datetime(2026, 3, 1, 14, 30)),
        ("2026-03-01T14:30:00.000+00:00", datetime(2026, 3, 1, 14, 30)),
        ("1er mars 2026", datetime(2026, 3, 1)),
        ("dimanche 1 MARS 2026", datetime(2026, 3, 1)),
        ("12 févr. 2026", datetime(2026, 2, 12)),
        ("12-août-2026", datetime(2026, 8, 12)),
        ("Feb 12, 2026", datetime(2026, 2, 12)),
        (46000, datetime(2025, 12, 9)),
        (46000.5, datetime(2025, 12, 9, 12, 0)),
        ("29/02/2024", datetime(2024, 2, 29)),
        (None, None),
        (" ", None),
    ],
)
def test_a_moment_is_read_in_every_usual_writing(cell: Cell, found: datetime | None) -> None:
    assert cells.as_moment(cell) == found


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("32/13/2026", "date"),
        ("29/02/2026", "date"),
        ("2026", "day"),
        (2026, "date"),
        (12, "date"),
        ("01/03/26", "day"),
        ("hier", "day"),
        ("30 février 2026", "date"),
        ("12 frimaire 2026", "day"),
        ("12-févr-26", "day"),
        ("2026-03-01T14:30:00+05:00", "day"),
        ("46000", "day"),
        ("01/03/0026", "date"),
        (True, "day"),
        (time(8, 0), "day"),
        ("01/03/2026 25:00", "moment"),
        (ErrorCell("#REF!"), "error_cell"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(cell: Cell, reason: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_moment(cell)

    assert refused.value.why == reason


def test_a_refusal_shows_the_cell_as_it_is_seen() -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_day("32/13/2026")

    assert refused.value.value == "32/13/2026"


def test_a_day_leaves_the_hour_out() -> None:
    assert cells.as_day(datetime(2026, 3, 1, 14, 30)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cell", "found"),
    [("1 250", 1250), ("1\u202f250\u00a0000", 1_250_000), ("12,5", 12.5), ("12.5", 12.5), ("2 500 FCFA", 2500), (7, 7)],
)
def test_a_number_is_read_with_comma_and_spaces(cell: Cell, found: float) -> None:
    assert cells.as_number(cell) == found


@pytest.mark.parametrize("cell", ["douze", "1.234,5", "1 2,3 4", "12 50", True, date(2026, 3, 1), "٣"])
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_number(cell)

    assert refused.value.why == "number"


def test_a_whole_number_with_a_part_is_refused() -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_whole("12,5")

    assert refused.value.why == "whole"


@pytest.mark.parametrize(
    ("cell", "found"), [(None, None), (" ", None), (0, 0), ("0", 0), (1, 1), ("12,0", 12), (500, 500)]
)
def test_a_line_may_stand_for_none_up_to_500_pieces(cell: Cell, found: int | None) -> None:
    assert cells.as_pieces(cell) == found


@pytest.mark.parametrize(("cell", "least"), [(-1, 0), (501, 0), (0, 1), ("0", 1)])
def test_fewer_and_more_pieces_than_a_line_can_stand_for_are_refused(cell: Cell, least: int) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_pieces(cell, least)

    assert refused.value.why == "pieces"


def test_a_whole_number_may_be_written_with_a_comma() -> None:
    assert cells.as_whole("12,0") == 12


@pytest.mark.parametrize("cell", ["Oui", "O", "x", "X", "Vrai", "Yes", "1", 1, 1.0, True])
def test_yes_is_read_in_every_usual_writing(cell: Cell) -> None:
    assert cells.as_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["Non", "n", "Faux", "No", "0", 0, False])
def test_no_is_read_in_every_usual_writing(cell: Cell) -> None:
    assert cells.as_yes_no(cell) is False


@pytest.mark.parametrize(
    ("cell", "years", "months"),
    [
        (25, 25, 0),
        (25.0, 25, 0),
        ("25", 25, 0),
        (" 25 ans ", 25, 0),
        ("25ans", 25, 0),
        ("25 ANS", 25, 0),
        ("1 an", 1, 0),
        ("8 mois", 0, 8),
        ("18 mois", 1, 6),
        ("8 MOIS", 0, 8),
        ("env. 30", 30, 0),
        ("env 30 ans", 30, 0),
        ("environ 30 ans", 30, 0),
        ("30 ans environ", 30, 0),
        ("~30", 30, 0),
        ("± 30 ans", 30, 0),
        ("25 years old", 25, 0),
        ("about 8 months", 0, 8),
        ("0", 0, 0),
        ("2 ans et 3 mois", 2, 3),
        ("1 an et demi", 1, 6),
        ("3 semaines", 0, 0),
        ("45 jours", 0, 1),
        ("nouveau-né(e)", 0, 0),
    ],
)
def test_an_age_is_read_in_every_usual_writing(cell: Cell, years: int, months: int) -> None:
    assert (ages_and_years.as_exact_age(cell), ages_and_years.as_age(cell)) == (Age(years, months), years)


@pytest.mark.parametrize("cell", ["+30", ">18", "25-30", "25,5", "2 ans 14 mois", "90 semaines", "mineure"])
def test_an_age_that_is_more_or_between_is_refused(cell: Cell) -> None:
    with pytest.raises(CellRefused) as refused:
        ages_and_years.as_exact_age(cell)

    assert refused.value.why == "age"


def test_an_empty_cell_says_neither_yes_nor_no() -> None:
    assert cells.as_yes_no(None) is None


def test_another_word_is_neither_yes_nor_no() -> None:
    with pytest.raises(CellRefused):
        cells.as_yes_no("peut-être")


def test_several_codes_stand_in_one_cell() -> None:
    assert cells.as_list(" bam; fra ,bam;\nses ") == ("bam", "fra", "ses")


def test_an_empty_cell_holds_no_codes() -> None:
    assert cells.as_list(None) == ()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("a" * 32_768, "too_long"),
        ("a\u0007b", "control"),
        ("a\ud800", "control"),
        (ErrorCell("#N/A"), "error_cell"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused(cell: Cell, reason: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_text(cell)

    assert refused.value.why == reason


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("150.000 FCFA", 150_000),
        ("25.000", 25_000),
        ("150,000", 150_000),
        ("-1.250.000 F", -1_250_000),
        (25.0, 25),
        ("12,0", 12),
    ],
)
def test_groups_of_three_are_thousands_in_a_whole_number(cell: Cell, found: int) -> None:
    assert cells.as_whole(cell) == found


@pytest.mark.parametrize("cell", ["25.000", "150,000 FCFA", "-1,500"])
def test_groups_of_three_may_be_either_in_a_number_with_a_part(cell: Cell) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_number(cell)
    assert refused.value.why == "ambiguous"


@pytest.mark.parametrize(("cell", "found"), [("0,500", 0.5), ("25,5", 25.5), ("1500,000", 1500.0), (1.125, 1.125)])
def test_what_can_be_no_thousand_is_a_part(cell: Cell, found: float) -> None:
    assert cells.as_number(cell) == found


def test_signs_that_cannot_be_read_are_never_shown_as_they_are() -> None:
    assert cells.shown("Aw\x00a\x1b[2J") == "Aw\ufffda\ufffd[2J"


@pytest.mark.parametrize("cell", [1985, "1985", "né vers 1985", "NÉE EN 1985", "vers 1985", "env. 1985"])
def test_a_year_of_birth_is_read_as_papers_say_it(cell: Cell) -> None:
    assert cells.as_birth(cell) == 1985


NONE = ["-", "//", ".", "*", "néant", "Néant", "RAS", "n/a", "NA", "S.O.", "sans objet", "non applicable"]
NONE += ["non concerné", "Non concernée", "rien", "vide", "en cours", "encore présent", "Encore présente"]
NOT_KNOWN = ["?", "inconnu", "Inconnue", "inconnus", "non connu", "non connue", "NSP", "ne sait pas", "NR", "N/R"]
NOT_KNOWN += ["non renseigné", "Non renseignée", "ND", "non précisé", "non précisée", "non déterminé", "unknown"]
NO_NAME = ["SN", "sn", "S/N", "S.N.", "sans nom", "sans prénom", "nr", "NR.", "nd", "N/D"]


@pytest.mark.parametrize("word", NONE)
def test_a_word_for_none_says_nothing_in_every_column(word: str) -> None:
    assert [cells.says_nothing(word, may_be_unknown=known) for known in (False, True)] == [True, True]


@pytest.mark.parametrize("word", NOT_KNOWN)
def test_a_word_for_what_nobody_knows_says_nothing_where_that_may_be(word: str) -> None:
    assert [cells.says_nothing(word, may_be_unknown=known) for known in (False, True)] == [False, True]


@pytest.mark.parametrize("cell", [None, 0, False, "Awa", "non", "0", "nantie"])
def test_every_other_cell_says_something_or_is_empty(cell: Cell) -> None:
    assert [cells.says_nothing(cell, may_be_unknown=known) for known in (False, True)] == [False, False]


@pytest.mark.parametrize(
    "cell",
    [
        None,
        " ",
        "-",
        "//",
        "néant",
        "N/A",
        "n/a",
        "sans objet",
        "non applicable",
        "Non concernée",
        *NO_NAME,
        *NOT_KNOWN,
    ],
)
def test_a_name_that_nobody_has_or_knows_is_none(cell: Cell) -> None:
    assert cells.as_name(cell) is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("Awa", "Awa"),
        ("Awa  Diarra", "Awa Diarra"),
        ("Na", "Na"),
        ("So", "So"),
        ("Sn", "Sn"),
        ("Nr", "Nr"),
        ("Nd", "Nd"),
        ("N.R.", "N.R."),
        ("N.D.", "N.D."),
        ("N.D. Fatou", "N.D. Fatou"),
        ("Ras", "Ras"),
        ("Rien", "Rien"),
        ("Non", "Non"),
        ("Nsia", "Nsia"),
        ("Incarnation", "Incarnation"),
        ("N’Ko", "N’Ko"),
        ("Néa Inconnue", "Néa Inconnue"),
        ("? Awa", "? Awa"),
        (12, "12"),
    ],
)
def test_a_name_that_begins_like_a_word_for_none_stays_a_name(cell: Cell, found: str) -> None:
    assert cells.as_name(cell) == found


@pytest.mark.parametrize("cell", ["SOW Aminata + 2 enfants", "Awa et son bébé", "Awa avec ses filles"])
def test_a_name_of_several_persons_is_refused(cell: str) -> None:
    with pytest.raises(CellRefused) as refused:
        cells.as_name(cell)

    assert refused.value.why == "several_persons"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (None, None),
        ("-", None),
        ("–", None),
        ("//", None),
        ("- néant -", None),
        ("?", "?"),
        ("- matelas", "- matelas"),
        ("néant", "néant"),
        ("inconnu", "inconnu"),
        ("Couverture", "Couverture"),
    ],
)
def test_a_text_that_is_a_dash_or_a_stroke_alone_is_none(cell: Cell, found: str | None) -> None:
    assert cells.as_said(cell) == found


@pytest.mark.parametrize("cell", [None, "-", "sn", "SN", "S/N", "s.n.", "sans numéro", "Sans N°", "non attribué"])
def test_a_number_that_a_line_does_not_have_is_none(cell: Cell) -> None:
    assert cells.as_number_of(cell) is None


@pytest.mark.parametrize(("cell", "found"), [("SN-12", "SN-12"), ("Sn", "Sn"), (12, "12"), ("néant", "néant")])
def test_a_number_that_begins_like_none_stays_one(cell: Cell, found: str) -> None:
    assert cells.as_number_of(cell) == found
