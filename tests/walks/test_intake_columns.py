"""Columns and values of an import, corrected in the real window."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations import intake
from shelter_desk.ui.intake.page import IntakePage
from shelter_desk.ui.window import Window
from tests.operations.test_own_registers import AWA, HEADINGS, MAN, book
from tests.walks.intake_scene import Enter, bring, enter, face_of, folder, go_on, page_of, search, seen_in

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
    search(qtbot, page.columns._boxes[intake.fold_heading("Passeport")], "nationalite")
    go_on(qtbot)
    assert (face_of(page), "OWUSU" in spoken(page)) == (page.values, False)
    mask(window, False)
    assert "OWUSU" in spoken(page)
