"""Registers as shelters keep them themselves: taken in without retyping, and the same file twice adds nothing."""

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.errors import FileMissing, LookedBefore
from shelter_desk.domain.registers.refusals import SaidOtherwise
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.residents import residents
from tests.operations.shelter import open_small_shelter

Rows = Sequence[Sequence[Any]]
HEADINGS = ("N°", "Nom et prénom(s)", "Sexe", "Âge", "Nationalité", "Date d'entrée", "Catégorie", "Date de sortie")
AWA = (1, "DIARRA Awa", "F", "25 ans", "Malienne", "03/02/2026", "Malienne de retour (volontaire)", None)
BABY = (2, "DIARRA Moussa", "Garçon", "8 mois", "Mali", "03/02/2026", "retour_volontaire", None)
MAN = (3, "Kofi MENSAH", "M", 31, "Ghanéen", datetime(2026, 2, 5), "En transit au Mali", "07/02/2026")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def book(path: Path, **sheets: Rows) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def counts(look: registers.Look) -> dict[str, tuple[int, int, int, int]]:
    return {name: (c.new, c.changed, c.same, c.refused) for name, c in look.judgement.counts.items()}


def test_a_register_without_our_codes_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    titles = (("ONG – Centre d'accueil",), ("REGISTRE DES ENTRÉES 2026",), ())
    below = (("TOTAL", None, 3), ("Fait à Bamako, le 28/02/2026",))
    path = book(tmp_path / "r.xlsx", Registre=(*titles, HEADINGS, AWA, BABY, MAN, *below))
    look = registers.look(desk, path)
    registers.take_in(desk, look)
    assert (counts(look), look.passed_over) == ({"personnes": (3, 0, 0, 0), "sejours": (3, 0, 0, 0)}, 2)
    assert len(residents.search(desk, "diara awa")) == 1


def test_an_age_in_months_gives_the_month_of_birth(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, BABY))
    (kept,) = registers.look(desk, path).judgement.standing["personnes"].values()
    assert (kept.values["birth_date"], kept.values["birth_date_precision"]) == (date(2025, 6, 1), "month")


def test_an_age_in_years_is_an_estimate_of_the_day_of_entry(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))
    (kept,) = registers.look(desk, path).judgement.standing["personnes"].values()
    assert (kept.values["age_estimated"], kept.values["age_estimated_on"]) == (25, date(2026, 2, 3))


def test_the_same_register_twice_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN))
    registers.take_in(desk, registers.look(desk, path))
    assert counts(registers.look(desk, path)) == {"personnes": (0, 0, 3, 0), "sejours": (0, 0, 3, 0)}


def test_two_lines_that_say_the_same_are_two_persons(desk: Desk, tmp_path: Path) -> None:
    line = (1, None, "M", 25, "Mali", "03/02/2026", "transit", None)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, line, line))
    registers.take_in(desk, registers.look(desk, path))
    assert counts(registers.look(desk, path))["personnes"] == (0, 0, 2, 0)


def test_one_sheet_for_each_month_is_one_list(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Janvier_2026=(("JANVIER",), HEADINGS, AWA), Fevrier_2026=(HEADINGS, MAN))
    assert counts(registers.look(desk, path))["sejours"] == (2, 0, 0, 0)


def test_headings_on_two_rows_are_read_together(desk: Desk, tmp_path: Path) -> None:
    above = ("Identité", None, None, None, "Entrée", None, "Sortie", None, "Profil")
    below = ("Nom", "Prénom", "Sexe", "Nationalité", "Date", "N° dossier", "Date", "Motif", None)
    line = ("Diarra", "Awa", "F", "ML", "03/02/2026", "14/2026", "09/02/2026", "Réunification familiale", "transit")
    (kept,) = (
        registers.look(desk, book(tmp_path / "r.xlsx", Registre=(above, below, line)))
        .judgement.standing["sejours"]
        .values()
    )
    said = (kept.values["stay_no"], kept.values["exited_at"], kept.values["exit_reason"])
    assert said == ("14/2026", datetime(2026, 2, 9), "reunification")


def test_headings_in_another_order_of_words_or_with_a_slip_are_known(desk: Desk, tmp_path: Path) -> None:
    headings = ("Sexe", "Nationnalité", "Entrée (date)", "Situation migratoire", "Date sotie")
    line = ("F", "Mali", "03/02/2026", "transit", "09/02/2026")
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(headings, line)))
    (kept,) = look.judgement.standing["sejours"].values()
    assert (look.unknown_columns, kept.values["exited_at"]) == ((), datetime(2026, 2, 9))


def test_headings_of_a_survey_are_known_by_their_last_part(desk: Desk, tmp_path: Path) -> None:
    headings = ("start", "identite/sexe", "identite/nationalite", "sejour/date_entree", "sejour/situation_migratoire")
    line = ("2026-02-03T10:00:00", "F", "Mali", "2026-02-03", "transit")
    look = registers.look(desk, book(tmp_path / "r.xlsx", export=(headings, line)))
    assert (counts(look)["sejours"], [column for _, column in look.unknown_columns]) == ((1, 0, 0, 0), ["start"])


def test_a_heading_said_again_in_the_middle_is_passed_over(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, HEADINGS, MAN)))
    assert (counts(look)["sejours"], look.passed_over) == ((2, 0, 0, 0), 1)


def test_who_has_the_same_names_and_day_of_birth_came_back(desk: Desk, tmp_path: Path) -> None:
    headings = ("Nom", "Prénom", "Sexe", "Date de naissance", "Nationalité", "Date entrée", "Date sortie", "Profil")
    who = ("Diarra", "Awa", "F", "12/05/1999", "Mali")
    first, second = (*who, "03/01/2026", "09/01/2026", "transit"), (*who, "03/02/2026", None, "transit")
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(headings, first, second)))
    kinds = [kept.values["entry_kind"] for kept in look.judgement.standing["sejours"].values()]
    assert (counts(look)["personnes"][0], kinds) == (1, ["premiere", "readmission"])


def test_what_no_column_says_may_be_said_for_all_rows(desk: Desk, tmp_path: Path) -> None:
    headings, line = HEADINGS[:6], AWA[:6]
    path = book(tmp_path / "r.xlsx", Registre=(headings, line))
    refused = registers.look(desk, path)
    fixed = registers.look(desk, path, fixed={"migration_situation": "transit"})
    assert (counts(refused)["sejours"], counts(fixed)["sejours"]) == ((0, 0, 0, 1), (1, 0, 0, 0))


def test_a_line_with_a_wrong_cell_is_refused_whole(desk: Desk, tmp_path: Path) -> None:
    wrong = (*MAN[:4], "Gondorien", *MAN[5:])
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, wrong)))
    said = [(one.list, one.row, one.column, one.value) for one in look.judgement.refusals]
    assert said == [("personnes", 3, "nationality", "Gondorien")]
    assert counts(look) == {"personnes": (1, 0, 0, 1), "sejours": (1, 0, 0, 1)}


def test_the_bed_and_the_status_of_a_line_make_a_night_and_a_decision(desk: Desk, tmp_path: Path) -> None:
    headings, line = (*HEADINGS, "Lit", "Statut victime"), (*AWA, "1A", "Victime présumée")
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(headings, line)))
    (status,) = look.judgement.standing["statuts_victime"].values()
    assert (counts(look)["couchages"], status.values["decided_on"]) == ((1, 0, 0, 0), date(2026, 2, 3))


def test_rooms_with_their_number_of_beds_make_beds(desk: Desk, tmp_path: Path) -> None:
    headings = ("Chambre", "Type de chambre", "Capacité", "En service du")
    lines = (("Dortoir A", "Dortoir femmes", 3, "01/01/2026"), ("Dortoir B", "dortoir_h", 2, "01/01/2026"))
    look = registers.look(desk, book(tmp_path / "r.xlsx", Plan=(headings, *lines)))
    beds = [kept.values["bed_code"] for kept in look.judgement.standing["lits"].values() if kept.is_new]
    assert (counts(look)["chambres"], beds[:3]) == ((2, 0, 0, 0), ["Dortoir A-01", "Dortoir A-02", "Dortoir A-03"])


def test_a_list_of_rooms_without_their_rules_leaves_those_of_rooms_that_stand(desk: Desk, tmp_path: Path) -> None:
    headings = ("Code de la chambre", "Type de chambre", "N° de lit", "En service du")
    lines = (("1", "Dortoir femmes", "1A", "01/01/2025"), ("9", "Dortoir femmes", "9A", "01/01/2026"))
    look = registers.look(desk, book(tmp_path / "r.xlsx", Plan=(headings, *lines)))
    rules = {
        kept.values["room_code"]: (kept.values["name"], kept.values["sex_rule"], kept.values["age_rule"])
        for kept in look.judgement.standing["chambres"].values()
    }
    assert (rules["1"], rules["9"]) == (("Dortoir femmes", "f", "adultes"), ("9", "indifferent", "tous"))
    assert counts(look) == {"chambres": (1, 0, 1, 0), "lits": (1, 0, 1, 0)}


def test_a_refused_stay_refuses_the_person_it_would_have_made(desk: Desk, tmp_path: Path) -> None:
    headings = (*HEADINGS, "Lit", "Statut victime")
    wrong = (*MAN[:7], "01/02/2026", "2A", "Victime présumée")
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(headings, AWA, wrong)))
    refused = [(one.list, one.row, one.column) for one in look.judgement.refusals]
    assert (refused, counts(look)["personnes"]) == ([("sejours", 3, "exited_at")], (1, 0, 0, 1))
    assert [counts(look)[name] for name in ("couchages", "statuts_victime")] == [(0, 0, 0, 1)] * 2


def test_a_line_refused_at_first_and_corrected_makes_one_person(desk: Desk, tmp_path: Path) -> None:
    wrong = (*MAN[:7], "01/02/2026")
    registers.take_in(desk, registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, wrong))))
    corrected = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))
    assert counts(corrected) == {"personnes": (1, 0, 1, 0), "sejours": (1, 0, 1, 0)}
    assert len(corrected.judgement.standing["personnes"]) == 2


def test_a_person_with_another_stay_is_kept_when_one_is_refused(desk: Desk, tmp_path: Path) -> None:
    headings = ("Nom", "Prénom", "Sexe", "Date de naissance", "Nationalité", "Date entrée", "Date sortie", "Profil")
    who = ("Diarra", "Awa", "F", "12/05/1999", "Mali")
    lines = ((*who, "09/01/2026", "03/01/2026", "transit"), (*who, "03/02/2026", None, "transit"))
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(headings, *lines)))
    assert (counts(look)["personnes"][0], counts(look)["sejours"]) == (1, (1, 0, 0, 1))


def months(path: Path, *second: Any) -> Path:
    """A register that carries a line without a number over to the next month."""
    line = (1, None, "M", 25, "Mali", "03/01/2026", "transit", None)
    return book(path, Janvier=(HEADINGS, line), Fevrier=(HEADINGS, (*line[: 8 - len(second)], *second)))


def test_a_line_carried_over_to_the_next_month_is_the_same_stay(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, months(tmp_path / "r.xlsx", None))
    assert counts(look) == {"personnes": (1, 0, 1, 0), "sejours": (1, 0, 1, 0)}


def test_the_later_line_completes_the_earlier_with_the_day_of_exit(desk: Desk, tmp_path: Path) -> None:
    path = months(tmp_path / "r.xlsx", "09/02/2026")
    look = registers.look(desk, path)
    (kept,) = look.judgement.standing["sejours"].values()
    registers.take_in(desk, look)
    assert (kept.values["exited_at"], look.judgement.refusals) == (datetime(2026, 2, 9), [])
    assert counts(registers.look(desk, path))["sejours"] == (0, 0, 2, 0)


def test_a_later_line_that_says_otherwise_is_refused_with_the_place_of_the_first(desk: Desk, tmp_path: Path) -> None:
    (refusal,) = registers.look(desk, months(tmp_path / "r.xlsx", "bloque", None)).judgement.refusals
    assert (refusal.sheet, refusal.column) == ("Fevrier", "migration_situation")
    assert isinstance(refusal.error, SaidOtherwise)
    assert (refusal.error.sheet, refusal.error.row) == ("Janvier", 2)


def test_an_exit_before_the_entry_on_a_later_line_is_refused_there(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, months(tmp_path / "r.xlsx", "01/01/2026"))
    assert [(one.sheet, one.column) for one in look.judgement.refusals] == [("Fevrier", "exited_at")]
    assert counts(look)["sejours"] == (1, 0, 0, 1)


def test_a_second_stay_says_another_age_and_a_region_that_the_first_left_out(desk: Desk, tmp_path: Path) -> None:
    headings = (
        "Code bénéficiaire",
        "Sexe",
        "Âge",
        "Nationalité",
        "Région d’origine",
        "Date entrée",
        "Date sortie",
        "Profil",
    )
    first = ("7K3-QMX-E", "F", 25, "Mali", None, "09/01/2026", "12/01/2026", "transit")
    second = ("7K3-QMX-E", "F", 26, "Mali", "Gao", "03/02/2026", None, "transit")
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(headings, first, second)))
    (person,) = look.judgement.standing["personnes"].values()
    assert (look.judgement.refusals, person.values["age_estimated"], counts(look)["sejours"]) == ([], 25, (2, 0, 0, 0))


@pytest.mark.parametrize("typed", [501, 300_000_000, -3, "1e9"])
def test_a_room_has_500_beds_at_most(desk: Desk, tmp_path: Path, typed: Any) -> None:
    headings = ("Chambre", "Type de chambre", "Nombre de lits", "En service du")
    lines = (("Dortoir A", "Dortoir femmes", typed, "01/01/2026"), ("Dortoir B", "dortoir_h", 500, "01/01/2026"))
    look = registers.look(desk, book(tmp_path / "r.xlsx", Plan=(headings, *lines)))
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(2, "beds")]
    assert counts(look)["lits"] == (500, 0, 0, 1)


def test_two_files_looked_at_before_the_first_is_taken_in_get_numbers_that_stay(desk: Desk, tmp_path: Path) -> None:
    paths = [
        book(tmp_path / f"{number}.xlsx", Registre=(HEADINGS, line)) for number, line in enumerate((AWA, BABY, MAN))
    ]
    first, *overtaken = [registers.look(desk, path) for path in paths]
    registers.take_in(desk, first)
    for look, path in zip(overtaken, paths[1:], strict=True):
        with pytest.raises(LookedBefore):
            registers.take_in(desk, look)
        registers.take_in(desk, registers.look(desk, path))
    assert [counts(registers.look(desk, path))["sejours"] for path in paths] == [(0, 0, 1, 0)] * 3


def test_the_first_salt_is_kept(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "1.xlsx", Registre=(HEADINGS, BABY))
    registers.take_in(desk, registers.look(desk, path))
    desk.register_salt = ""
    registers.take_in(desk, registers.look(desk, book(tmp_path / "2.xlsx", Registre=(HEADINGS, AWA))))
    assert counts(registers.look(desk, path))["sejours"] == (0, 0, 1, 0)


@pytest.mark.parametrize("typed", [-3, "-3 ans", 1e300, "2000 mois", "majeure", 25.5])
def test_an_age_that_is_none_is_said_once(desk: Desk, tmp_path: Path, typed: Any) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, (*MAN[:3], typed, *MAN[4:])))
    look = registers.look(desk, path)
    (refusal,) = look.judgement.refusals
    assert (refusal.row, refusal.column, getattr(refusal.error, "why", "")) == (3, "age", "age")
    assert counts(look) == {"personnes": (1, 0, 0, 1), "sejours": (1, 0, 0, 1)}


def test_what_was_assumed_is_told_with_how_many_lines(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN)))
    assert {(column, why): count for column, why, count in look.assumed} == {
        ("full_name", "name_in_capitals"): 3,
        ("age", "age_at_entry"): 3,
        ("stay_no", "own_number"): 3,
        ("entry_kind", "premiere"): 3,
    }


def test_a_carried_over_line_with_a_code_is_no_readmission(desk: Desk, tmp_path: Path) -> None:
    headings = ("Code bénéficiaire", "N° dossier", "Sexe", "Nationalité", "Date entrée", "Date sortie", "Profil")
    line = ("7K3-QMX-E", "14", "F", "Mali", "09/01/2026")
    first, second = (*line, None, "transit"), (*line, "03/02/2026", "transit")
    look = registers.look(desk, book(tmp_path / "r.xlsx", Janvier=(headings, first), Fevrier=(headings, second)))
    assert (look.judgement.refusals, counts(look)["sejours"]) == ([], (1, 0, 1, 0))


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (("identite/langues", "identite/langues/bam", "identite/langues/fra"), ("bam fra", 1, 1)),
        (("identite/langues/Bambara", "identite/langues/Français", "identite/langues/Peul"), (1, "1", 0)),
        (("Langues",), ("Bambara, français",)),
    ],
)
def test_answers_of_a_survey_with_several_choices_are_read(
    desk: Desk, tmp_path: Path, headings: tuple[str, ...], cells: tuple[Any, ...]
) -> None:
    all_headings = ("Sexe", "Nationalité", "Date entrée", "Profil", *headings)
    path = book(tmp_path / "r.xlsx", export=(all_headings, ("F", "Mali", "03/02/2026", "transit", *cells)))
    look = registers.look(desk, path)
    (kept,) = look.judgement.standing["personnes"].values()
    assert (look.judgement.refusals, look.unknown_columns, kept.values["languages"]) == ([], (), "bam;fra")


def test_the_last_stay_is_changed_where_another_is_added_beside_it(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, registers.look(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))))
    left = (*AWA[:7], "09/02/2026")
    path = book(tmp_path / "s.xlsx", Registre=(HEADINGS, left, MAN))
    registers.take_in(desk, registers.look(desk, path))
    assert counts(registers.look(desk, path))["sejours"] == (0, 0, 2, 0)


def test_an_age_that_the_date_of_birth_contradicts_is_told(desk: Desk, tmp_path: Path) -> None:
    rows = [(*HEADINGS, "Date de naissance"), (*AWA, "12/05/2000"), (*MAN, "12/05/1970")]
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=rows))
    assert ("age", "birth_before_age", 1) in look.assumed


def test_a_name_that_is_not_parted_later_does_not_double_the_first_name(desk: Desk, tmp_path: Path) -> None:
    headings = (*HEADINGS, "Date de naissance")
    registers.take_in(
        desk, registers.look(desk, book(tmp_path / "a.xlsx", R=[headings, (*AWA[:7], "10/02/2026", "12/05/2000")]))
    )
    again = (9, "diarra awa", *AWA[2:5], "03/06/2026", *AWA[6:], "12/05/2000")
    look = registers.look(desk, book(tmp_path / "b.xlsx", R=[headings, again]))
    (kept,) = (one for one in look.judgement.standing["personnes"].values() if one.incoming)
    assert (kept.values["last_name"], kept.values["first_name"]) == ("DIARRA", "Awa")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_file_that_never_ends_is_not_waited_for(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "registre.csv")
    with pytest.raises(FileMissing):
        registers.look(desk, tmp_path / "registre.csv")
