"""Rows of the clipboard on their way into a list: what they are taken for, and that a draft keeps them."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk import words
from shelter_desk.excel.reading import pasted
from shelter_desk.excel.reading.book import ErrorCell, WorkbookSheet
from shelter_desk.excel.reading.reading import read
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import (
    import_rejects,
    intake,
    intake_batches,
    intake_drafts,
    intake_layouts,
    pasting,
)
from shelter_desk.operations.imports.intake import Review
from shelter_desk.operations.imports.intake_layouts import SheetAnswer
from shelter_desk.operations.imports.pasting import PastedRows
from shelter_desk.operations.stock import stock
from shelter_desk.words.refusals.errors import sentence
from tests.operations.imports.test_intake import nobody
from tests.operations.shelter import small_shelter

STORE = ("stock_initial", "articles")
SHOWN = (("Article", "designation"), ("Utilisable", "quantity"), ("En rayon", ""), ("Unité", "unit"))


def headed(text: str, lists: tuple[str, ...] = STORE, shown: tuple[tuple[str, str], ...] = SHOWN) -> tuple[object, str]:
    """The headings that the rows get, and the list that they are taken for, "" where the headings tell it."""
    sheet, answer = pasting.understood(WorkbookSheet("Collé", pasted.rows(text)), PastedRows(text, lists, shown))
    return sheet.rows[0].cells, "" if answer is None else answer.list_key


def reviewed(desk: Desk, text: str, lists: tuple[str, ...] = STORE) -> Review:
    return pasting.review(desk, PastedRows(text, lists, SHOWN if lists == STORE else ()), nobody)


def test_a_cell_in_marks_may_hold_lines_and_tabs_and_another_one_is_what_it_says() -> None:
    rows = pasted.rows('a\t"b ""c"" d\r\nx\ty"\t3\r\n\r\n"Grand" sac\t#REF!\t \r\n')
    assert [tuple(row) for row in rows] == [
        (1, ["a", 'b "c" d\r\nx\ty', "3"]),
        (3, ['"Grand" sac', ErrorCell("#REF!"), None]),
    ]


def test_headings_are_understood_as_those_of_a_file() -> None:
    assert headed("Article\tQuantité\tUnité\nSavon\t12\tpièce") == (["Article", "Quantité", "Unité"], "")


def test_headings_that_the_list_shows_are_understood_too() -> None:
    text = "Article\tUtilisable\tUnité\nSavon\t12\tpièce"
    assert headed(text) == (["Article", "Utilisable", "Unité"], "stock_initial")


def test_rows_without_headings_have_those_of_the_list_in_its_order() -> None:
    text = "Savon\t12\t12\tpièce\nRiz\t5\t5\tkg"
    assert headed(text) == (["Désignation", "Quantité", "En rayon", "Unité"], "stock_initial")


def test_more_cells_than_the_list_shows_are_called_by_letters() -> None:
    cells, list_key = headed("\t".join("abcdefgh"))
    assert (list_key, cells) == ("stock_initial", [f"Colonne {one}" for one in "ABCDEFGH"])


def test_a_word_that_is_a_heading_elsewhere_makes_no_heading_of_a_line() -> None:
    sheet, _ = pasting.understood(
        WorkbookSheet("Collé", pasted.rows("F1\tDortoir\t10\nF2\tDortoir\t4")), PastedRows("", ("chambres_lits",))
    )
    assert (len(sheet.rows), sheet.is_headed) == (3, True)


def test_rows_of_another_list_are_told_for_what_they_are() -> None:
    assert headed("Désignation\tUnité\tQuantité\nSavon\tpièce\t4", ("annuaire",), ()) == (
        ["Désignation", "Unité", "Quantité"],
        "",
    )


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    with words.speaking("fr"):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def test_what_was_said_of_letters_in_one_list_is_not_said_of_another(desk: Desk) -> None:
    text, rooms = "Z9\tSalle du fond\t3", ("chambres_lits",)
    first = reviewed(desk, text, rooms)
    said = SheetAnswer("chambres_lits", {"colonne a": "room_code", "colonne b": "name", "colonne c": "beds"})
    answers = replace(first.answers, sheets={pasting.name(): said})
    intake_layouts.remember(desk, intake.review(desk, first.opened, answers, nobody).marks, answers)
    again, other = reviewed(desk, text, rooms), reviewed(desk, text, ("annuaire",))
    assert [one.key for one in again.sheets[0].headings] == ["room_code", "name", "beds"]
    assert (again.sheets[0].is_remembered, other.sheets[0].is_remembered) == (True, False)
    assert (other.sheets[0].list_key, [one.key for one in other.sheets[0].headings]) == ("annuaire", ["", "", ""])


TEXT = "Article\tQuantité\tUnité\tCatégorie\nSavon\t12\tpièce\tHygiène\nRiz\tbeaucoup\tkg\tAliments\n"


def test_nothing_is_written_before_it_is_taken_in_and_an_undo_takes_it_out(desk: Desk) -> None:
    found = reviewed(desk, TEXT)
    assert [line.state for line in found.lines] == ["new", "refused"]
    assert not stock.standing(desk)
    taken = intake_batches.take_in(desk, found, nobody)
    assert [one.item.designation for one in stock.standing(desk)] == ["Savon"]
    assert taken.batch is not None
    intake_batches.undo(desk, taken.batch.id, nobody)
    assert not stock.standing(desk)


def test_a_draft_keeps_the_rows_that_no_file_holds(desk: Desk) -> None:
    found = reviewed(desk, "Savon\t12\t\tpièce")
    kept = json.loads(json.dumps(intake_drafts.packed(found.opened, found.answers)))
    again = intake_drafts.resume(desk, kept, nobody)
    assert again.opened.book == found.opened.book
    assert [(line.number, line.state) for line in again.lines] == [(line.number, line.state) for line in found.lines]


def test_refused_rows_are_given_back_in_a_workbook(desk: Desk, tmp_path: Path) -> None:
    looked = reviewed(desk, TEXT).look
    assert looked is not None
    reasons = {at: sentence(one.error) for at, one in enumerate(looked.judgement.refusals)}
    target = tmp_path / "retour.xlsx"
    target.touch()  # what stands there is asked for by name, and is no rows of ours
    made = import_rejects.write(looked, target, reasons)
    rows = read(made.path).sheets[0].rows
    assert (made.kind, rows[2].cells[:2]) == ("values", ["Riz", "beaucoup"])
    assert rows[2].cells[4]


def test_what_was_pasted_stands_in_no_log_and_tells_nothing_by_its_digest(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "Fatoumata Coulibaly"
    with caplog.at_level(logging.DEBUG):
        rows = PastedRows(f"Nom\tSexe\n{secret}\tF\n", ("registre",))
        first = pasting.review(desk, rows, nobody)
        second = pasting.review(desk, rows, nobody)
    assert secret not in caplog.text + repr(rows) + repr(first.opened)
    assert first.opened.digest != second.opened.digest
