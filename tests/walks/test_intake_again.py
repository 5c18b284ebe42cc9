"""An import that a lock cut is gone on with; the order of days and the meaning of values are chosen on the page."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shelter_desk.operations import drafts
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.forms.drafting import IMPORT
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
    shown,
)

__all__ = ["enter", "folder"]


def choose(box: ChoiceBox, code: str) -> None:
    box.choose(code)
    box.chosen.emit(code)


def decided(enter: Enter, qtbot: QtBot, path: Path) -> None:
    """Somebody decides a doubt; then the window is locked."""
    window = enter("Agent A")
    page = page_of(window, qtbot)
    bring(qtbot, page, path)
    go_on(qtbot)
    page.lines.detail.decided.emit(("Registre", 2), "new")
    settle(qtbot)
    window.lock()
    settle(qtbot)


def test_an_import_is_gone_on_with_after_a_lock(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    path = book(tmp_path / "Registre de Bintou.xlsx", Registre=(HEADINGS, AWA, MAN))
    decided(enter, qtbot, path)
    window = enter("Agent A")
    assert window.frame is not None
    assert "Reprendre l’import" in window.frame.bar.sentence.text()
    offered = next(one for one in window.frame.bar.findChildren(QPushButton) if one.text() == "Continuer")
    offered.click()
    settle(qtbot)
    page = page_of(window, qtbot)
    assert (face_of(page), shown(page)) == (page.lines, [(2, "decided")])
    page.lines.take.click()
    settle(qtbot)
    assert (face_of(page), drafts.mine(desk_of(window))) == (page.result, [])


def test_a_file_that_changed_since_the_lock_is_not_gone_on_with(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN))
    decided(enter, qtbot, path)
    book(path, Registre=(HEADINGS, AWA))
    window = enter("Agent A")
    page = page_of(window, qtbot)
    draft = drafts.find(desk_of(window), IMPORT)
    assert draft is not None
    page.resume(draft)
    settle(qtbot)
    assert (face_of(page), drafts.find(desk_of(window), IMPORT)) == (page.file, None)


def test_an_import_given_up_is_not_offered_again(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN)))
    page.under_way.drafting.keep_now()
    assert drafts.mine(desk_of(window))
    page.columns.close_button.click()
    assert drafts.mine(desk_of(window)) == []


def test_the_order_of_days_is_chosen_at_the_columns(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    lines = [(*MAN[:5], day, *MAN[6:7], None) for day in ("01/25/2026", "02/03/2026")]
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, lines[0], (4, "KEITA Fanta", "F", *lines[1][3:]))))
    choose(page.columns.orders["admitted_at"], "mdy")
    go_on(qtbot)
    assert shown(page) == [(2, "new"), (3, "new")]


def test_what_a_value_means_is_forgotten_from_the_review(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, WRONG)))
    go_on(qtbot)
    key = ("registre", "nationality", "gondorien")
    choose(page.values.boxes[key], "GN")
    go_on(qtbot)
    assert (shown(page), page.lines.unknown.isVisible()) == ([(2, "new")], True)
    page.lines.unknown.click()
    assert page.values.boxes[key].value() == "GN"
    choose(page.values.boxes[key], "")
    go_on(qtbot)
    assert shown(page) == [(2, "refused")]
