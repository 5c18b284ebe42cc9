"""Who is here, typed into the grid of the real window by keys alone: as in Excel, kept, looked through, taken back."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from shelter_desk.operations import drafts
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.imports import typed_lines
from shelter_desk.ui.imports.page import IntakePage
from shelter_desk.ui.imports.typing.grid_face import GridFace
from shelter_desk.ui.imports.typing.grid_rows import SAID
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.ui.window.windows import focused, settle, type_in, wait_for
from tests.walks.intake_scene import CTRL, Enter, desk_of, enter, face_of, folder, go_on, page_of, tab_to

__all__ = ["enter", "folder"]

TAB, RETURN = Qt.Key.Key_Tab, Qt.Key.Key_Return
BED, DAY = typed_lines.KEYS.index("bed_code"), typed_lines.KEYS.index("admitted_at")


def grid_of(page: IntakePage, qtbot: QtBot) -> GridFace:
    """The grid, opened with Enter on its button."""
    tab_to(qtbot, page.file.grid)
    type_in(qtbot, RETURN)
    assert page.grid is not None
    return page.grid


def day(window: Window, ago: int = 3) -> str:
    return formats.day(desk_of(window).today() - timedelta(days=ago))


def type_line(qtbot: QtBot, *cells: str) -> None:
    """Texts with Tab between them, Enter at the end."""
    for at, text in enumerate(cells):
        type_in(qtbot, text, TAB if at < len(cells) - 1 else RETURN)


def judged(qtbot: QtBot, grid: GridFace) -> list[str]:
    """What the lines are said to be, once nothing is asked any more."""
    lines = len(grid.rows.typed_lines())
    wait_for(qtbot, lambda: not grid._timer.isActive() and grid._task is None and bool(grid.rows.level(lines - 1)))
    return [grid.rows.level(at) for at in range(lines)]


def beds_taken(window: Window) -> set[str]:
    board = bed_board.board(desk_of(window), desk_of(window).today())
    return {look.bed.code for room in board.rooms for look in room.beds if look.sleeper}


def test_two_persons_are_typed_looked_through_taken_in_and_taken_back(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    grid = grid_of(page, qtbot)
    type_line(qtbot, "KEITA", "Oumou", "f", "31", "mali", "trans", "1A", day(window), "prem")
    type_line(qtbot, "SOW", "Ali", "m", "1990", "cote", "trans", "2A", day(window))
    assert grid.rows.typed_lines()[1][2:5] == ["Masculin", "1990", "Côte d’Ivoire"]
    assert judged(qtbot, grid) == ["ok", "ok"]
    go_on(qtbot)
    assert (face_of(page), page.lines.copy.isVisible()) == (page.lines, False)
    go_on(qtbot)
    assert (face_of(page), beds_taken(window)) == (page.result, {"1A", "2A"})
    assert drafts.find(desk_of(window), "intake/grid") is None
    tab_to(qtbot, page.result.undo)
    type_in(qtbot, RETURN)
    settle(qtbot)
    tab_to(qtbot, page.undoing.verb)
    type_in(qtbot, RETURN)
    settle(qtbot)
    assert (beds_taken(window), len(grid.rows.typed_lines())) == (set(), 2)  # to be corrected, if that was why


def test_enter_after_tab_goes_below_where_tab_began_and_arrows_end_what_is_typed(enter: Enter, qtbot: QtBot) -> None:
    grid = grid_of(page_of(enter("Agent A"), qtbot), qtbot)
    type_in(qtbot, Qt.Key.Key_Right, "Awa", TAB, "f", TAB, "25", RETURN)
    index = grid.table.currentIndex()
    assert (index.row(), index.column()) == (1, 1)
    type_in(qtbot, "Oumou", Qt.Key.Key_Down)
    assert (grid.rows.lines[1][1], grid.table.currentIndex().row()) == ("Oumou", 2)
    type_in(qtbot, "Fan", Qt.Key.Key_Escape)
    assert grid.rows.lines[2][1] == ""
    type_in(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert grid.rows.lines[1][1] == ""
    qtbot.keyClick(focused(), Qt.Key.Key_Z, CTRL)
    assert grid.rows.lines[1][1] == "Oumou"
    type_in(qtbot, Qt.Key.Key_Escape)
    assert focused() is grid.go


def test_a_table_copied_from_excel_fills_the_grid_where_its_headings_say(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    grid = grid_of(page_of(window, qtbot), qtbot)
    head = "Sexe\tNom\tPrénom\tÂge\tLit\tDate d'entrée\tNationalité\tSituation\tTéléphone"
    rows = [f"F\tKEITA\tOumou{n}\t{20 + n}\t\t{day(window, n)}\tMalienne\tTransit\t00" for n in range(20)]
    QGuiApplication.clipboard().setText("\r\n".join([head, *rows]) + "\r\n")
    qtbot.keyClick(focused(), Qt.Key.Key_V, CTRL)
    lines = grid.rows.typed_lines()
    assert (len(lines), lines[3][:5], lines[3][DAY]) == (
        20,
        ["KEITA", "Oumou3", "Féminin", "23", "Mali"],
        day(window, 3),
    )
    assert set(judged(qtbot, grid)) <= {"ok", "attention"}


def test_a_bed_that_the_line_above_has_is_refused_while_one_types(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    grid = grid_of(page_of(window, qtbot), qtbot)
    type_line(qtbot, "KEITA", "Oumou", "f", "31", "mali", "trans", "1A", day(window))
    type_line(qtbot, "DIALLO", "Fanta", "f", "40", "gui", "trans", "1A", day(window))
    assert judged(qtbot, grid) == ["ok", "blocked"]
    assert grid.rows.said(1) == "Le lit 1A est pris par la ligne 1. Choisissez un autre lit."
    assert (grid.rows.ground(1, BED), grid.rows.ground(1, 0)) == ("blocked_soft", "")
    assert "1A" not in grid.table.beds
    go_on(qtbot)
    page = window.frame.pages["intake"] if window.frame is not None else None
    assert isinstance(page, IntakePage)
    go_on(qtbot)
    assert (beds_taken(window), [line[0] for line in grid.rows.typed_lines()]) == ({"1A"}, ["DIALLO"])
    tab_to(qtbot, page.result.grid)
    type_in(qtbot, RETURN)
    assert face_of(page) is grid


def test_names_are_masked_while_somebody_looks_on_and_leave_no_trace_of_copying(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    assert window.frame is not None
    grid = grid_of(page_of(window, qtbot), qtbot)
    type_line(qtbot, "KEITA", "Oumou", "f", "31")
    index = grid.rows.index(0, 0)
    window.frame._mask_names(True)
    assert [grid.rows.index(0, column).data() for column in range(3)] == ["masqué", "masqué", "Féminin"]
    grid.table.go_to(0, 0)
    type_in(qtbot, Qt.Key.Key_F2)
    editor = grid.table._editor()
    assert editor is not None
    assert (editor.text(), editor.echoMode()) == ("KEITA", QLineEdit.EchoMode.Password)
    window.frame._mask_names(False)
    assert index.data() == "KEITA"
    type_in(qtbot, Qt.Key.Key_F2)
    editor = grid.table._editor()
    assert editor is not None
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "KEITA"
    assert clipboard.mimeData().formats() != ["text/plain"], "kept out of the history of the clipboard"


def test_the_grid_is_found_again_after_a_lock(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    grid = grid_of(page_of(window, qtbot), qtbot)
    type_line(qtbot, "KEITA", "Oumou", "f", "31")
    grid.drafting.keep_now()
    qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    settle(qtbot)
    again = enter("Agent A")
    other = grid_of(page_of(again, qtbot), qtbot)
    assert other is not grid
    assert other.rows.typed_lines()[0][:4] == ["KEITA", "Oumou", "Féminin", "31"]


def test_an_emptied_grid_comes_back(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    grid = grid_of(page_of(window, qtbot), qtbot)
    type_line(qtbot, "KEITA", "Oumou")
    grid.empty_button.click()
    assert grid.rows.typed_lines() == []
    qtbot.keyClick(focused(), Qt.Key.Key_Z, CTRL)
    assert grid.rows.typed_lines()[0][:2] == ["KEITA", "Oumou"]


def test_every_column_says_what_is_typed_there(enter: Enter, qtbot: QtBot) -> None:
    grid = grid_of(page_of(enter("Agent A"), qtbot), qtbot)
    told = []
    for column in range(SAID + 1):
        grid.table.go_to(0, column)
        told.append(grid.hint.text())
    assert all(told[:SAID])
    assert told[SAID] == ""
