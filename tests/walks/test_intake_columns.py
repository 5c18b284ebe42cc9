"""Columns and values of an import, corrected in the real window."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations.imports import intake
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.imports.page import IntakePage
from shelter_desk.ui.window import Window
from tests.operations.full_disk import full_at
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book
from tests.ui.window.windows import settle
from tests.walks.intake_scene import (
    WRONG,
    Enter,
    bring,
    desk_of,
    enter,
    face_of,
    folder,
    go_on,
    page_of,
    persons,
    search,
    seen_in,
)

__all__ = ["enter", "folder"]

PASSPORT = (*HEADINGS[:4], "Passeport", *HEADINGS[5:])


def mask(window: Window, on: bool) -> None:
    assert window.frame is not None
    window.frame.top_bar.names_masked.emit(on)


def spoken(page: IntakePage) -> str:
    """Every text that is seen or read aloud."""
    aloud = [one.accessibleName() for one in page.findChildren(QWidget) if one.isVisible()]
    return " ".join([seen_in(page), *aloud])


def test_names_masked_before_a_file_is_opened_are_in_no_example(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    mask(window, True)
    headings = (*HEADINGS[:7], "Surnom du village")
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(headings, AWA, (*MAN[:7], "Le Grand Kofi"))))
    assert not {"Awa", "DIARRA", "Kofi"} & set(spoken(page).replace(",", " ").split())
    mask(window, False)
    assert {"Awa", "Grand"} <= set(spoken(page).replace(",", " ").split())


def test_masked_names_are_in_no_value_of_a_column_that_a_person_told(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    mask(window, True)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(PASSPORT, (*MAN[:4], "Ama OWUSU", *MAN[5:]))))
    search(qtbot, page.columns.boxes[intake.fold_heading("Passeport")], "nationalite")
    go_on(qtbot)
    assert (face_of(page), "OWUSU" in spoken(page)) == (page.values, False)
    mask(window, False)
    assert "OWUSU" in spoken(page)


def pick(box: ChoiceBox, key: str) -> None:
    """Choose it as somebody with the mouse."""
    box.choose(key)
    box.chosen.emit(key)


def test_a_column_choice_taken_back_is_not_applied(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(PASSPORT, MAN)))
    box = page.columns.boxes[intake.fold_heading("Passeport")]
    pick(box, "nationality")
    pick(box, "")
    go_on(qtbot)
    assert page.review is not None
    assert page.review.answers.sheets == {}


def test_a_column_choice_is_still_shown_after_a_look_at_another_sheet(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Jan=(PASSPORT, MAN), Fev=(HEADINGS, AWA)))
    pick(page.columns.boxes[intake.fold_heading("Passeport")], "nationality")
    for place in (1, 0):
        page.columns.sheets.go_to(place)
        page.columns._show(page.columns.sheet())
    boxes = page.columns.boxes
    assert boxes[intake.fold_heading("Passeport")].value() == "nationality"
    pick(boxes[intake.fold_heading("N°")], "age")
    columns = page.columns._said["Jan"].columns
    assert columns == {"passeport": "nationality", "n": "age", "age": ""}


def test_what_a_value_of_a_file_given_up_was_said_to_mean_is_not_proposed(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, WRONG)))
    go_on(qtbot)
    pick(page.values.boxes["registre", "nationality", "gondorien"], "GN")
    page.values.close_button.click()
    bring(qtbot, page, book(tmp_path / "s.xlsx", Mars=(HEADINGS, WRONG)))
    go_on(qtbot)
    assert not page.values.boxes["registre", "nationality", "gondorien"].value()


def test_the_second_of_two_headings_called_the_same_has_a_box_that_counts(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(enter("Agent A"), qtbot)
    headings = (*HEADINGS[:5], "Date", HEADINGS[6], "Date")
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(headings, MAN)))
    pick(page.columns.list, "registre")
    settle(qtbot)
    first, second = [box for key, box in page.columns.boxes.items() if key.startswith("date")]
    pick(first, "admitted_at")
    pick(second, "exited_at")
    go_on(qtbot)
    assert page.review is not None
    keys = [one.key for one in page.review.sheets[0].headings if one.text == "Date"]
    assert keys == ["admitted_at", "exited_at"]


def test_a_disk_that_is_full_when_the_answers_are_kept_leaves_no_line_written(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN)))
    go_on(qtbot)
    full_at(desk_of(window), "INSERT ON import_lines")
    go_on(qtbot)
    assert window.frame is not None
    assert (page.batch, "Kofi" in persons(desk_of(window))) == (None, False)
    assert "Le disque est plein : rien n’est enregistré." in window.frame.bar.sentence.text()
