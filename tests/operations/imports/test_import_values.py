"""What values were said to mean: by list and column, to be changed or forgotten, never kept in clear."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches
from shelter_desk.operations.imports.intake import LayoutAnswers, fold_value
from shelter_desk.operations.imports.intake_layouts import SheetAnswer, remember
from tests.operations.imports.stored_words import in_clear
from tests.operations.imports.test_intake import WRONG, again, nobody, opened, states
from tests.operations.imports.test_own_registers import HEADINGS, MAN, book
from tests.operations.shelter import open_small_shelter

GUINEA = {("registre", "nationality"): {"gondorien": "GN"}}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened_desk:
        yield opened_desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN, WRONG))


def said(desk: Desk, path: Path) -> None:
    review = again(desk, opened(desk, path), LayoutAnswers(values=GUINEA))
    remember(desk, review.marks, review.answers)


def test_what_a_value_was_said_to_mean_is_shown_where_the_file_says_it(desk: Desk, path: Path) -> None:
    said(desk, path)
    review = opened(desk, path)
    assert [(one.of, one.column, one.value, one.code) for one in review.meant] == [
        ("registre", "nationality", "Gondorien", "GN")
    ]


def test_a_choice_is_changed(desk: Desk, path: Path) -> None:
    said(desk, path)
    review = again(desk, opened(desk, path), LayoutAnswers(values={("registre", "nationality"): {"gondorien": "SN"}}))
    remember(desk, review.marks, review.answers)
    assert [one.code for one in opened(desk, path).meant] == ["SN"]


def test_a_choice_is_forgotten_and_those_of_other_files_stay(desk: Desk, path: Path, tmp_path: Path) -> None:
    said(desk, path)
    other = book(tmp_path / "o.xlsx", Registre=(HEADINGS, (*WRONG[:4], "Rohirrim", *WRONG[5:])))
    meant = {("registre", "nationality"): {"rohirrim": "BF"}}
    review = again(desk, opened(desk, other), LayoutAnswers(values=meant))
    remember(desk, review.marks, review.answers)
    review = again(desk, opened(desk, path), LayoutAnswers(values={("registre", "nationality"): {"gondorien": ""}}))
    remember(desk, review.marks, review.answers)
    assert states(opened(desk, path)) == [(2, "new"), (3, "refused")]
    assert states(opened(desk, other)) == [(2, "new")]


def test_a_name_under_a_wrong_column_is_kept_nowhere_in_clear(desk: Desk, tmp_path: Path) -> None:
    headings = ("N°", "Zébulon", "Sexe", "Âge", "Nom et prénom(s)", "Date d'entrée", "Catégorie", "Date de sortie")
    path = book(tmp_path / "r.xlsx", Registre=(headings, (1, "Mali", "F", 25, "DIARRA Awa", *MAN[5:])))
    wrong = SheetAnswer("registre", {"nom et prenom s": "nationality", "zebulon": ""})
    review = again(desk, opened(desk, path), LayoutAnswers({"Registre": wrong}))
    (unknown,) = review.unknown
    assert unknown.value == "DIARRA Awa"
    meant = {("registre", "nationality"): {fold_value("DIARRA Awa"): "ML"}}
    review = again(desk, review, LayoutAnswers({"Registre": wrong}, meant))
    assert states(review) == [(2, "new")]
    intake_batches.take_in(desk, review, nobody)
    with desk.reading() as connection:
        names = [row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        assert in_clear(connection, names, ("diarra", "awa", "zebulon")) == []
    assert states(opened(desk, path)) == [(2, "same")]
