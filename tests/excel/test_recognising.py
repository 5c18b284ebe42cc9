"""Which list a sheet is, and which of its columns is which."""

from collections.abc import Sequence

import pytest

from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.refusals import NothingRecognised
from shelter_desk.domain.registers.rows import ORDER, ROW_KEYS
from shelter_desk.excel.reading.book import Cell, ErrorCell, Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.excel.reading.recognise import Recognised, recognise


def book(name: str, *rows: Sequence[Cell], first: int = 1) -> Workbook:
    return Workbook(
        (
            WorkbookSheet(
                name, [WorkbookRow(number, list(cells)) for number, cells in enumerate(rows, first) if any(cells)]
            ),
        )
    )


def found(name: str, *rows: Sequence[Cell], first: int = 1) -> Recognised:
    return recognise(book(name, *rows, first=first))


LITS_KEYS = ("bed_code", "room_code", "bed_type", "in_service_from")
LITS_LABELS = ("Code du lit *", "Code de la chambre *", "Type de lit *", "En service du *")
LITS_ROW = ("F1-03", "F1", "simple", "01/01/2026")


def test_a_sheet_called_like_a_list_is_read_by_its_keys() -> None:
    one = found("lits", LITS_LABELS, LITS_KEYS, LITS_ROW).lists["lits"]

    assert [(row.number, row.values) for row in one.rows] == [(3, dict(zip(LITS_KEYS, LITS_ROW, strict=True)))]


def test_columns_may_stand_in_any_order() -> None:
    one = found("lits", LITS_KEYS[::-1], LITS_ROW[::-1]).lists["lits"]

    assert one.rows[0].values == dict(zip(LITS_KEYS, LITS_ROW, strict=True))


@pytest.mark.parametrize("name", ["Feuil1", "Nos lits", "LITS"])
def test_a_sheet_of_another_name_is_known_by_its_headings(name: str) -> None:
    assert list(found(name, LITS_LABELS, LITS_ROW).lists) == ["lits"]


@pytest.mark.parametrize(
    "labels",
    [
        ("CODE DU LIT", "code de la chambre", "Type de lit*", "En  service du"),
        ("Bed code", "Room code", "Bed type", "In service from"),
        ("lit", "Chambre", "type de lit", "EN SERVICE DU *"),
    ],
)
def test_headings_are_known_in_both_languages_and_any_writing(labels: tuple[str, ...]) -> None:
    assert found("lits", labels, LITS_ROW).lists["lits"].missing_columns == ()


def test_a_title_above_the_headings_is_passed_over() -> None:
    one = found("lits", ("Registre des lits",), (), LITS_LABELS, LITS_ROW).lists["lits"]

    assert [row.number for row in one.rows] == [4]


def test_blank_rows_are_skipped_and_rows_keep_the_number_seen_in_excel() -> None:
    one = found("lits", LITS_LABELS, LITS_ROW, (None, "  "), LITS_ROW, first=6).lists["lits"]

    assert [row.number for row in one.rows if row.values.get("bed_code")] == [7, 9]


def test_an_empty_cell_is_left_out() -> None:
    one = found("lits", LITS_KEYS, ("F1-03", None, "simple")).lists["lits"]

    assert set(one.rows[0].values) == {"bed_code", "bed_type"}


def test_an_error_cell_is_kept_to_be_refused() -> None:
    one = found("lits", LITS_KEYS, ("F1-03", ErrorCell("#REF!"))).lists["lits"]

    assert one.rows[0].values["room_code"] == ErrorCell("#REF!")


def test_an_unknown_column_is_reported() -> None:
    one = found("lits", (*LITS_KEYS, "couleur"), (*LITS_ROW, "bleu")).lists["lits"]

    assert one.unknown_columns == ("couleur",)


def test_label_columns_are_passed_over_in_silence() -> None:
    one = found("lits", (*LITS_KEYS, "bed_type_label"), (*LITS_ROW, "Lit simple")).lists["lits"]

    assert (one.unknown_columns, "bed_type_label" in one.columns) == ((), False)


def test_a_label_column_without_its_key_is_passed_over_as_well() -> None:
    one = found("lits", (*LITS_LABELS, "Type de lit (libellé)"), (*LITS_ROW, "Lit simple")).lists["lits"]

    assert one.unknown_columns == ()


def test_a_required_column_that_is_not_there_is_reported() -> None:
    assert found("lits", LITS_KEYS[:3], LITS_ROW).lists["lits"].missing_columns == ("in_service_from",)


def test_a_column_that_stands_twice_is_read_once_and_reported() -> None:
    one = found("lits", (*LITS_KEYS, "bed_code"), (*LITS_ROW, "F1-04")).lists["lits"]

    assert (one.rows[0].values["bed_code"], one.unknown_columns) == ("F1-03", ("bed_code",))


def test_an_admission_register_is_one_list_of_persons_and_stays() -> None:
    headings = ("N° dossier", "Nom", "Prénom", "Sexe", "Nationalité", "Date entrée", "Date sortie", "Motif sortie")
    lists = found("Registre 2025", headings, ("12", "Diarra", "Awa", "F", "Mali", "01/03/2025")).lists

    assert (list(lists), lists["registre"].unknown_columns, len(lists["registre"].columns)) == (["registre"], (), 8)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Total", 12),
        ("Sous-total mars", 12),
        ("TOTAL GÉNÉRAL", 12),
        ("Signature du responsable", None),
        ("Visa", None),
        ("Cachet de l’établissement", None),
    ],
)
def test_totals_and_signatures_of_a_register_are_passed_over(text: str, number: int | None) -> None:
    one = found("Feuil1", LITS_LABELS, LITS_ROW, (text, None, None, None, number)).lists["lits"]

    assert ([row.number for row in one.rows], one.passed_over) == ([2], (3,))


def test_a_room_called_total_is_not_a_total() -> None:
    one = found("Feuil1", LITS_LABELS, ("Total-01", "F1", "simple", "01/01/2026")).lists["lits"]

    assert one.passed_over == ()


def test_sheets_that_are_no_list_are_named() -> None:
    both = Workbook(
        (*book("lits", LITS_KEYS, LITS_ROW).sheets, WorkbookSheet("Budget", [WorkbookRow(1, ["Ligne", "Montant"])]))
    )

    assert recognise(both).unused_sheets == ("Budget",)


def test_a_workbook_without_any_list_is_said_with_its_sheets() -> None:
    with pytest.raises(NothingRecognised) as refused:
        recognise(book("Budget", ("Ligne", "Montant"), ("Riz", 12)), "budget.xlsx")

    assert refused.value.sheets == ("Budget",)


@pytest.mark.parametrize("list_key", list(LISTS))
def test_each_list_is_known_by_its_french_headings_alone(list_key: str) -> None:
    labels = [column.label_fr for column in LISTS[list_key]]

    one = found("Feuil1", labels, ["x"] * len(labels)).lists[list_key]

    assert one.columns == {column.key: place for place, column in enumerate(LISTS[list_key])}


@pytest.mark.parametrize("list_key", list(LISTS))
def test_each_list_is_known_by_its_english_headings_alone(list_key: str) -> None:
    labels = [column.label_en for column in LISTS[list_key]]

    one = found("Sheet1", labels, ["x"] * len(labels)).lists[list_key]

    assert one.columns == {column.key: place for place, column in enumerate(LISTS[list_key])}


def test_the_lists_are_those_that_are_judged() -> None:
    assert set(LISTS) == set(ORDER)


@pytest.mark.parametrize("list_key", list(LISTS))
def test_the_row_keys_are_columns(list_key: str) -> None:
    assert set(ROW_KEYS[list_key]) <= {column.key for column in LISTS[list_key]}


REGISTER = ("Sexe", "Nationalité", "Date entrée")


def columns(*more: str) -> dict[str, int]:
    return found("Feuil1", (*REGISTER, *more), ["x"] * (3 + len(more))).lists["registre"].columns


def test_referred_to_is_not_referred_by() -> None:
    assert "referral_source" not in columns("Référé à")


def test_the_very_name_of_a_column_goes_before_the_same_words_in_another_order() -> None:
    assert columns("Sortie (date)", "Date de sortie")["exited_at"] == 4


@pytest.mark.parametrize("heading", ["#", "du", "…", "de la"])
def test_a_heading_without_words_means_nothing(heading: str) -> None:
    one = found("Feuil1", (*REGISTER, heading), ["x"] * 4).lists["registre"]

    assert (len(one.columns), one.unknown_columns) == (3, (heading,))


@pytest.mark.parametrize("heading", ["Salle B", "Référé à", "Lit 2"])
def test_a_word_more_is_no_slip_of_the_pen(heading: str) -> None:
    headings = ("Chambre", "Type de chambre", "N° de lit", heading)

    assert found("Plan", headings, ["x"] * 4).lists["chambres_lits"].unknown_columns == (heading,)


def test_the_name_of_a_column_elsewhere_is_no_slip_of_the_pen() -> None:
    headings = ("N° d’inventaire", "Catégorie", "Acquis le", "Bailleur", "Destination")

    assert found("immobilisations", headings, ["x"] * 5).lists["immobilisations"].unknown_columns == ("Destination",)


def test_slips_of_the_pen_make_no_list_where_another_is_named() -> None:
    rows = (("Salle B", "Destinaton", "Du", "Au"), ("Code du lit", "Chambre", "Type de lit", "En service du"))

    assert list(found("Feuil1", *rows, LITS_ROW).lists) == ["lits"]


def test_a_needed_column_with_a_slip_of_the_pen_is_found_where_no_list_is_sure() -> None:
    headings = ("Nom", "Sexe", "Nationalité", "Date d'entréee", "Profil")

    assert found("Feuil1", headings, ["x"] * 5).lists["registre"].columns["admitted_at"] == 3


def test_a_list_of_names_without_nights_is_no_grid_of_presence() -> None:
    headings = ("N° dossier", "Nom et prénoms", "Âge", "Nationalité", "Date d'entrée")

    assert list(found("Feuil1", headings, ["1", "Diarra Awa", 25, "Mali", "03/02/2025"]).lists) == ["registre"]
