"""Lists that leave something open, through the real window: asked once, taken in to be completed, one step back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations.today import import_gaps, today
from shelter_desk.system import preferences
from shelter_desk.ui import theme, tokens
from shelter_desk.ui.imports.missing_columns import UNKNOWN
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book
from tests.ui.window.cut import SCREEN, cut, too_large
from tests.ui.window.windows import focused, settle, type_in
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
    seen_in,
    shown,
    tab_to,
)

__all__ = ["enter", "folder"]
BARE = HEADINGS[:6]  # without the situation, and what follows
WHAT = 5  # the column of what there is to say
ODD = (9, "Ali SOW", "M", 33, "Gondorien", "05/02/2026", "Va-et-vient")
WRONG_SEX = (8, "Awa KEÏTA", "XX", 24, "Malienne", "05/02/2026", "En transit au Mali")


def test_no_step_is_cut_where_the_text_is_large(enter: Enter, qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    preferences.write(preferences.read()._replace(text=150))
    try:
        window = enter("Agent A")
        assert window.frame is not None
        page, found = page_of(window, qtbot), []
        bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(BARE, *[(at, *ODD[1:]) for at in range(1, 13)])))
        for _ in range(3):
            window.resize(*SCREEN)
            settle(qtbot)
            for _ in range(4):  # texts that wrap tell their height only once they have their width
                QApplication.processEvents()
            face = type(face_of(page)).__name__
            found += [f"{face}: {one}" for one in (*too_large(window.frame.stack), *cut(window.frame))]
            go_on(qtbot)
        assert (face_of(page), found) == (page.lines, [])
        table = page.lines.table
        said = table.columnViewportPosition(WHAT), table.columnWidth(WHAT)
        assert (sum(said) <= table.viewport().width(), said[1] >= tokens.wide(160)) == (True, True), said
    finally:
        theme.wear(qapp)


def test_a_column_that_a_list_lacks_is_asked_once(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    names = ("KOUYATÉ", "BAGAYOKO", "TOURÉ", "HAÏDARA", "DEMBÉLÉ", "SISSOKO", "MAÏGA", "GUINDO", "FOFANA", "CISSÉ")
    lines = [(at, f"{name} Ali", "M", 20 + 5 * at, "Malienne", "05/02/2026") for at, name in enumerate(names)]
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(BARE, *lines)))
    assert (face_of(page), list(page.columns.asked.boxes)) == (page.columns, ["migration_situation"])
    box = page.columns.asked.boxes["migration_situation"]
    assert focused() is box or box.isAncestorOf(focused())
    box.choose(UNKNOWN)
    box.chosen.emit(UNKNOWN)
    go_on(qtbot)
    assert (face_of(page), page.lines.take.isEnabled()) == (page.lines, True)
    assert "À compléter\u00a0: Situation migratoire" in seen_in(page)
    go_on(qtbot)
    assert face_of(page) is page.result
    waiting = import_gaps.completing(desk)
    assert [one.column for one in waiting] == ["migration_situation"] * 10
    (task,) = [one for one in today.to_do(desk) if one.matter == "to_complete"]
    assert (task.n, len(task.codes), task.page) == (10, 10, "intake/to_complete")


def test_lines_that_are_not_understood_come_in_where_somebody_says_so(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN, ODD, WRONG_SEX))
    bring(qtbot, page, path)
    go_on(qtbot)
    assert face_of(page) is page.values
    go_on(qtbot)
    assert shown(page) == [(3, "refused"), (4, "refused")]
    assert "Ali SOW" in seen_in(page)
    tab_to(qtbot, page.lines.incomplete)
    type_in(qtbot, Qt.Key.Key_Space)
    settle(qtbot)
    assert (page.lines.incomplete.isChecked(), shown(page)) == (True, [(4, "refused")])
    assert "Sexe" in seen_in(page)
    go_on(qtbot)
    assert face_of(page) is page.result
    told = {(one.column, one.told) for one in import_gaps.completing(desk)}
    assert told == {("migration_situation", "Va-et-vient"), ("nationality", "Gondorien")}
    tab_to(qtbot, page.result.other)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    tab_to(qtbot, page.file.gaps)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    cells = [" ".join(page.gaps.rows.cells(place)) for place in range(page.gaps.rows.rowCount())]
    assert (face_of(page), len(cells), sum("Va-et-vient" in one for one in cells)) == (page.gaps, 2, 1)
    tab_to(qtbot, page.gaps.settle)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert len(import_gaps.completing(desk)) == 1
    (left,) = import_gaps.completing(desk)
    tab_to(qtbot, page.gaps.open_button)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert window.frame is not None
    assert window.frame.page_key == "residents"
    card = window.frame.pages["residents"].record.gaps  # type: ignore[attr-defined]
    QApplication.processEvents()
    texts = " ".join(str(one.property("text") or "") for one in card.findChildren(QWidget))
    assert left.told in texts


def test_the_result_leads_to_what_is_to_complete_and_to_the_residents(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN, ODD)))
    go_on(qtbot)
    go_on(qtbot)
    tab_to(qtbot, page.lines.incomplete)
    type_in(qtbot, Qt.Key.Key_Space)
    settle(qtbot)
    go_on(qtbot)
    assert face_of(page) is page.result
    assert ("2 ajouts" in seen_in(page), "nouvelles" in seen_in(page)) == (True, False)
    assert (focused() is page.result.gaps, page.result.gaps.text()) == (True, "2 valeurs à compléter…")
    tab_to(qtbot, page.result.residents)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert window.frame is not None
    assert window.frame.page_key == "residents"
    window.frame.open("intake")
    page.result.gaps.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert (face_of(page), page.gaps.rows.rowCount()) == (page.gaps, 2)


def test_one_goes_back_a_step_and_loses_neither_file_nor_decisions(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN, WRONG)))
    go_on(qtbot)
    go_on(qtbot)
    assert shown(page) == [(2, "doubtful"), (4, "refused")]
    type_in(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space)  # into the doubt: another person
    go_on(qtbot)
    assert shown(page) == [(2, "decided"), (4, "refused")]
    for face in (page.values, page.columns, page.file):
        back = face_of(page).back  # type: ignore[attr-defined]
        tab_to(qtbot, back)
        type_in(qtbot, Qt.Key.Key_Return)
        assert face_of(page) is face
    assert (page.file.go_on.isVisible(), "r.xlsx" in page.file.go_on.text()) == (True, True)
    type_in(qtbot, Qt.Key.Key_Return)
    assert face_of(page) is page.columns
    go_on(qtbot)
    assert face_of(page) is page.values
    go_on(qtbot)
    assert shown(page) == [(2, "decided"), (4, "refused")]
