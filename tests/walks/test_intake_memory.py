"""What imports remember, in the real window by keyboard: looked at, changed, forgotten."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.imports import intake_layouts, intake_memory
from shelter_desk.operations.imports.intake import LayoutAnswers
from tests.operations.imports.test_intake import again, opened
from tests.operations.imports.test_intake_memory import GONDOR
from tests.operations.imports.test_own_registers import HEADINGS, book
from tests.ui.window.windows import focused, settle, type_in
from tests.walks.intake_scene import Enter, desk_of, enter, face_of, folder, page_of, tab_to

__all__ = ["enter", "folder"]


def test_a_meaning_is_changed_and_forgotten_by_keyboard(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, GONDOR))
    review = again(desk, opened(desk, path), LayoutAnswers(values={("registre", "nationality"): {"gondorien": "TG"}}))
    intake_layouts.remember(desk, review.marks, review.answers)
    page = page_of(window, qtbot)
    tab_to(qtbot, page.file.memory)
    type_in(qtbot, Qt.Key.Key_Return)
    memory = page.memory
    assert face_of(page) is memory
    assert memory.isAncestorOf(focused())
    assert [one.kind for one in memory.rows.rows()] == ["layout", "value"]
    assert not memory.box.isVisible()
    type_in(qtbot, Qt.Key.Key_Down)
    memory.box.choose("GN")
    tab_to(qtbot, memory.change)
    type_in(qtbot, Qt.Key.Key_Return)
    assert [one.code for one in intake_memory.remembered(desk)] == ["", "GN"]
    for _ in range(2):
        tab_to(qtbot, memory.forget)
        type_in(qtbot, Qt.Key.Key_Return)
    assert (intake_memory.remembered(desk), focused()) == ([], memory.close_button)
    type_in(qtbot, Qt.Key.Key_Escape)
    settle(qtbot)
    assert face_of(page) is page.file
    assert not page.file.memory.isVisible()
