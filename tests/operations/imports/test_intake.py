"""A workbook reviewed before it is taken in: lines, doubts, unknown values, corrections that are remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import DiskFull
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.imports.intake import ASIDE, NEW, LayoutAnswers, Review
from shelter_desk.operations.imports.intake_layouts import SheetAnswer, remember
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.storage.file import journal
from shelter_desk.storage.residents import residents as stored_residents
from tests.operations.full_disk import full_at
from tests.operations.imports.test_own_registers import AWA, BABY, HEADINGS, MAN, book
from tests.operations.shelter import admit, days_ago, open_small_shelter

BANNER = ("ONG Les Amis", "Centre d’accueil")
WRONG = (4, "Salif KONÉ", "M", 40, "Gondorien", "05/02/2026", *MAN[6:])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN, WRONG), Budget=(("Poste", "Montant"),))


def nobody(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def opened(desk: Desk, path: Path) -> Review:
    return intake.open_file(desk, path, nobody)


def again(desk: Desk, before: Review, answers: LayoutAnswers) -> Review:
    return intake.review(desk, before.opened, answers, nobody)


def states(review: Review) -> list[tuple[int, str]]:
    return [(line.number, line.state) for line in review.lines]


def test_sheets_and_headings_are_told(desk: Desk, path: Path) -> None:
    register, budget = opened(desk, path).sheets
    keys = {one.text: one.key for one in register.headings}
    assert (register.list_key, register.rows, budget.list_key) == ("registre", 4, "")
    assert (keys["Sexe"], keys["N°"], keys["Âge"]) == ("sex", "", "age")
    assert next(one.examples for one in register.headings if one.text == "Âge") == ("25 ans", "8 mois", "31")


def test_each_line_is_in_one_state(desk: Desk, path: Path) -> None:
    review = opened(desk, path)
    assert states(review) == [(2, "new"), (3, "new"), (4, "new"), (5, "refused")]
    intake_batches.take_in(desk, review, nobody)
    assert states(opened(desk, path))[:3] == [(2, "same"), (3, "same"), (4, "same")]


def test_what_changes_is_told_cell_by_cell(desk: Desk, tmp_path: Path) -> None:
    first = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))
    intake_batches.take_in(desk, opened(desk, first), nobody)
    with desk.reading() as connection:
        stay_no = connection.exec_driver_sql("SELECT stay_no FROM stays").scalar()
    later = book(tmp_path / "s.xlsx", sejours=(("stay_no", "referral_source"), (stay_no, "police")))
    (line,) = opened(desk, later).lines
    assert (line.state, line.parts[0].changes) == ("changed", (("referral_source", None, "police"),))


def test_an_empty_cell_and_a_missing_column_erase_nothing(desk: Desk, tmp_path: Path) -> None:
    intake_batches.take_in(desk, opened(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))), nobody)
    (line,) = residents.listed(desk, "all")
    headings = ("person_code", "last_name", "region_origin")
    later = book(tmp_path / "p.xlsx", personnes=(headings, (line.person.code, None, "Kayes")))
    intake_batches.take_in(desk, opened(desk, later), nobody)
    assert residents.name(desk, line.person.id) == Names("DIARRA", "Awa")


def test_an_unknown_value_is_mapped_once_for_all_lines(desk: Desk, tmp_path: Path) -> None:
    names = ("Bah SOW", "Issa KEITA", "Jean DUPONT")
    others = [(6, name, "M", 20, "gondorien", *MAN[5:]) for name in names]
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, WRONG, *others))
    review = opened(desk, path)
    (unknown,) = review.unknown
    assert (unknown.column, unknown.value, unknown.lines) == ("nationality", "Gondorien", 4)
    meant = {("registre", "nationality"): {intake.fold_value("Gondorien"): "GN"}}
    review = again(desk, review, LayoutAnswers(values=meant))
    assert (review.unknown, len(review.of("new")), review.to_write) == ((), 4, 4)


def test_a_value_of_one_column_in_two_lists_is_asked_about_in_each(desk: Desk, tmp_path: Path) -> None:
    assets = (("asset_no", "designation", "donor"), ("E-1", "Table", "P1"), ("E-2", "Lampe", "p1"))
    moves = (("move_no", "item_code", "donor"), ("M-1", "SAVON", "P1"))
    review = opened(desk, book(tmp_path / "r.xlsx", immobilisations=assets, mouvements=moves))
    assert [(one.of, one.value, one.lines) for one in review.unknown if one.column == "donor"] == [
        ("immobilisations", "P1", 2),
        ("mouvements", "P1", 1),
    ]
    meant = again(desk, review, LayoutAnswers(values={("mouvements", "donor"): {"p1": "oim"}}))
    assert [one.of for one in meant.unknown if one.column == "donor"] == ["immobilisations"]


def test_the_meaning_of_a_value_is_remembered_for_these_headings(desk: Desk, path: Path, tmp_path: Path) -> None:
    meant = {("registre", "nationality"): {intake.fold_value("Gondorien"): "GN"}}
    review = again(desk, opened(desk, path), LayoutAnswers(values=meant))
    intake_batches.take_in(desk, review, nobody)
    next_month = book(tmp_path / "n.xlsx", Mars=(HEADINGS, (9, "Bah SOW", "M", 22, "GONDORIEN", *WRONG[5:])))
    assert states(opened(desk, next_month)) == [(2, "new")]


def test_a_corrected_column_is_remembered_for_these_headings(desk: Desk, tmp_path: Path) -> None:
    headings = ("Zèbre", *HEADINGS[1:5], "Arrivage", *HEADINGS[6:])
    review = opened(desk, book(tmp_path / "r.xlsx", Registre=(headings, MAN)))
    assert [one.list_key for one in review.sheets] != ["registre"]
    said = SheetAnswer("registre", {intake.fold_heading("Arrivage"): "admitted_at"})
    review = again(desk, review, LayoutAnswers({"Registre": said}))
    assert states(review) == [(2, "new")]
    remember(desk, review.marks, review.answers)
    other = opened(desk, book(tmp_path / "s.xlsx", Feuil1=(("REGISTRE 2027",), headings, MAN)))
    assert (states(other), other.sheets[0].is_remembered) == ([(3, "new")], True)
    unlike = opened(desk, book(tmp_path / "t.xlsx", Feuil1=((*headings, "Autre"), MAN)))
    assert unlike.sheets[0].is_remembered is False


def test_of_two_headings_that_are_called_the_same_each_is_told_by_itself(desk: Desk, tmp_path: Path) -> None:
    headings = (*HEADINGS[:5], "Date", HEADINGS[6], "Date")
    review = opened(desk, book(tmp_path / "r.xlsx", Registre=(headings, MAN)))
    review = again(desk, review, LayoutAnswers({"Registre": SheetAnswer("registre")}))
    first, second = (one.name for one in review.sheets[0].headings if one.text == "Date")
    said = SheetAnswer("registre", {first: "admitted_at", second: "exited_at"})
    review = again(desk, review, LayoutAnswers({"Registre": said}))
    keys = [one.key for one in review.sheets[0].headings if one.text == "Date"]
    assert (keys, states(review)) == (["admitted_at", "exited_at"], [(2, "new")])
    remember(desk, review.marks, review.answers)
    other = opened(desk, book(tmp_path / "s.xlsx", Mars=(headings, AWA)))
    assert [one.key for one in other.sheets[0].headings if one.text == "Date"] == keys


def test_a_sheet_whose_headings_mean_nothing_is_told_column_by_column(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Feuil1=(("Alpha", "Beta", "Gamma"), ("9", "Neuf", "transit")))
    review = opened(desk, path)
    review = again(desk, review, LayoutAnswers({"Feuil1": SheetAnswer("chambres")}))
    (sheet,) = review.sheets
    assert [(one.text, one.key) for one in sheet.headings] == [("Alpha", ""), ("Beta", ""), ("Gamma", "")]
    columns = {"alpha": "room_code", "beta": "name", "gamma": "room_type"}
    review = again(desk, review, LayoutAnswers({"Feuil1": SheetAnswer("chambres", columns)}))
    assert [one.key for one in review.sheets[0].headings] == list(columns.values())


def test_a_sheet_that_is_left_out_stays_left_out(desk: Desk, path: Path) -> None:
    review = again(desk, opened(desk, path), LayoutAnswers({"Registre": SheetAnswer("")}))
    assert (review.lines, review.look) == ((), None)
    remember(desk, review.marks, review.answers)
    assert [one.list_key for one in opened(desk, path).sheets] == ["", ""]


def leave_out(desk: Desk, path: Path, sheet: str) -> None:
    review = again(desk, opened(desk, path), LayoutAnswers({sheet: SheetAnswer("")}))
    remember(desk, review.marks, review.answers)


def lists(review: Review) -> dict[str, str]:
    return {one.name: one.list_key for one in review.sheets}


def test_a_sheet_left_out_takes_none_with_the_same_headings_with_it(desk: Desk, tmp_path: Path) -> None:
    leave_out(desk, book(tmp_path / "a.xlsx", Jan=(HEADINGS, AWA), Modele=(HEADINGS, MAN)), "Modele")
    later = opened(desk, book(tmp_path / "b.xlsx", Jan=(HEADINGS, BABY), Modele=(HEADINGS,)))
    assert (lists(later)["Jan"], states(later)) == ("registre", [(2, "new")])


def test_a_sheet_left_out_takes_none_of_another_name_with_it(desk: Desk, tmp_path: Path) -> None:
    leave_out(desk, book(tmp_path / "a.xlsx", Essai=(HEADINGS, AWA), Budget=(("Poste", "Montant"),)), "Essai")
    later = opened(desk, book(tmp_path / "b.xlsx", Essai=(HEADINGS, AWA), Jan=(HEADINGS, MAN)))
    assert lists(later) == {"Essai": "", "Jan": "registre"}


def test_a_banner_above_the_headings_leaves_no_other_sheet_out(desk: Desk, tmp_path: Path) -> None:
    leave_out(
        desk, book(tmp_path / "a.xlsx", Notes=(BANNER, ("Poste", "Montant")), Jan=(BANNER, HEADINGS, MAN)), "Notes"
    )
    later = opened(desk, book(tmp_path / "b.xlsx", Notes=(BANNER, HEADINGS, AWA), Fev=(BANNER, HEADINGS, MAN)))
    assert lists(later) == {"Notes": "registre", "Fev": "registre"}


def test_a_sheet_left_out_once_and_a_list_later_is_a_list_from_then_on(desk: Desk, path: Path) -> None:
    leave_out(desk, path, "Registre")
    review = again(desk, opened(desk, path), LayoutAnswers({"Registre": SheetAnswer("registre")}))
    remember(desk, review.marks, review.answers)
    assert lists(opened(desk, path)) == {"Registre": "registre", "Budget": ""}


def test_nothing_is_remembered_where_nothing_was_said(desk: Desk, path: Path) -> None:
    review = opened(desk, path)
    with desk.reading() as connection:
        before = journal.head(connection)
    remember(desk, review.marks, review.answers)
    with desk.reading() as connection:
        assert journal.head(connection) == before


def doubtful(desk: Desk, tmp_path: Path) -> tuple[str, Review]:
    """Somebody who left a year ago, and a line that may be her; the code of the one, the review."""
    known = admit(desk, "1A", age=25, days=400, names=Names("Diara", "Awa"))
    stays.leave(desk, known.stay, days_ago(390), "autonomie")
    code = residents.record(desk, known.person).person.code
    return code, opened(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))


def test_a_doubt_says_who_and_when_they_were_here(desk: Desk, tmp_path: Path) -> None:
    code, review = doubtful(desk, tmp_path)
    (line,) = review.of("doubtful")
    (alike,) = line.alike
    assert (line.number, alike.code, len(alike.stays)) == (2, code, 1)
    assert states(review)[1] == (3, "new")


def test_the_same_person_gets_the_stay_and_keeps_the_name(desk: Desk, tmp_path: Path) -> None:
    code, review = doubtful(desk, tmp_path)
    review = again(desk, review, LayoutAnswers(persons={("Registre", 2): code}))
    assert states(review) == [(2, "decided"), (3, "new")]
    intake_batches.take_in(desk, review, nobody)
    listed = {line.person.code: line.person.id for line in residents.listed(desk, "all")}
    record = residents.record(desk, listed[code])
    assert (len(listed), residents.name(desk, listed[code]).last_name) == (2, "Diara")
    assert record.stays[0].stay.entry_kind == "readmission"


def test_another_person_is_taken_in_as_new(desk: Desk, tmp_path: Path) -> None:
    _, review = doubtful(desk, tmp_path)
    review = again(desk, review, LayoutAnswers(persons={("Registre", 2): NEW}))
    intake_batches.take_in(desk, review, nobody)
    assert (states(review), len(residents.listed(desk, "all"))) == ([(2, "decided"), (3, "new")], 3)


def test_another_person_is_not_asked_about_again(desk: Desk, tmp_path: Path) -> None:
    _, review = doubtful(desk, tmp_path)
    review = again(desk, review, LayoutAnswers(persons={("Registre", 2): NEW}))
    intake_batches.take_in(desk, review, nobody)
    with desk.reading() as connection:
        assert len(stored_residents.are_not_same(connection)) == 1


def test_a_disk_that_is_full_before_who_it_is_not_is_kept_takes_no_line_in(desk: Desk, tmp_path: Path) -> None:
    _, review = doubtful(desk, tmp_path)
    review = again(desk, review, LayoutAnswers(persons={("Registre", 2): NEW}))
    full_at(desk, "INSERT ON not_same")
    with pytest.raises(DiskFull):
        intake_batches.take_in(desk, review, nobody)
    assert len(residents.listed(desk, "all")) == 1


def test_of_two_lines_that_are_alike_the_later_one_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    later = (9, *AWA[1:5], "04/05/2026", AWA[6], "07/05/2026")
    first = (*AWA[:7], "07/02/2026")
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, first, later))
    review = opened(desk, path)
    assert states(review) == [(2, "new"), (3, "doubtful")]
    review = again(desk, review, LayoutAnswers(persons={("Registre", 3): review.lines[1].alike[0].code}))
    assert states(review) == [(2, "new"), (3, "decided")]
    intake_batches.take_in(desk, review, nobody)
    (line,) = residents.listed(desk, "all")
    kinds = [one.stay.entry_kind for one in residents.record(desk, line.person.id).stays]
    assert kinds == ["readmission", "premiere"]


def test_a_line_left_aside_is_refused_whole(desk: Desk, tmp_path: Path) -> None:
    _, review = doubtful(desk, tmp_path)
    review = again(desk, review, LayoutAnswers(persons={("Registre", 2): ASIDE}))
    intake_batches.take_in(desk, review, nobody)
    assert (states(review), len(residents.listed(desk, "all"))) == ([(2, "refused"), (3, "new")], 2)
