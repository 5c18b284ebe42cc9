"""The page of imports in the real window, as somebody at the keys uses it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.imports.page import IntakePage
from shelter_desk.ui.widgets import files
from shelter_desk.ui.window import Window
from tests.operations.imports.test_own_registers import MAN
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show, take_turns, type_in, wait_for

OTHER = "deux citrons jaunes"
CTRL = Qt.KeyboardModifier.ControlModifier
WRONG = (4, "Salif KONÉ", "M", 40, "Gondorien", "05/02/2026", *MAN[6:])
BAD_DAY = (5, "Ali SOW", "M", 33, "Malienne", "32/13/2026", *MAN[6:])
Enter = Callable[[str], Window]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shelter that somebody called Awa Diara left long ago; a case worker."""
    made = tmp_path / "shelter"
    with open_small_shelter(made) as desk:
        user_accounts.add(desk, "Agent K", Role.CASE_WORKER, OTHER)
        known = admit(desk, "1A", age=25, days=400, names=Names("Diara", "Awa"))
        stays.leave(desk, known.stay, days_ago(390), "autonomie")
    return made


@pytest.fixture
def enter(qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Opens the real window for somebody by name."""
    keep_preferences_in(monkeypatch, tmp_path)
    kept = []  # a window that nobody holds goes

    def let_in(name: str) -> Window:
        window = show(qtbot, tmp_path / "elsewhere")
        kept.append(window)
        window.open(unlocking.unlock(folder, name, PASSWORD if name == "Agent A" else OTHER))
        if window.undertaking is not None:
            window.undertaking.accept_button.click()
        settle(qtbot)
        return window

    yield let_in
    files.ask_again()
    settle(qtbot)


def page_of(window: Window, qtbot: QtBot) -> IntakePage:
    """The page, opened by its key."""
    qtbot.keyClick(window, Qt.Key.Key_8, CTRL)
    frame = window.frame
    assert frame is not None
    wait_for(qtbot, lambda: "intake" in frame.pages)
    page = frame.pages["intake"]
    assert isinstance(page, IntakePage)
    wait_for(qtbot, page.isVisible)
    take_turns()  # keys of a test go past the window, which would have it look first
    return page


def face_of(page: IntakePage) -> QWidget:
    """What is shown under the head."""
    return page.face


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def bring(qtbot: QtBot, page: IntakePage, path: Path) -> None:
    """Choose a file with Enter on the button that has the focus."""
    files.answer_with(path)
    assert focused() is page.file.choose
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)


def go_on(qtbot: QtBot) -> None:
    around = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one.isVisible())
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    settle(qtbot)
    wake(qtbot, around)


def wake(qtbot: QtBot, window: QWidget) -> None:
    """Without a screen, a list that closes leaves no window active."""
    window.activateWindow()
    wait_for(qtbot, window.isActiveWindow)


def tab_to(qtbot: QtBot, wanted: QWidget) -> None:
    """Tab until that has the keys."""
    for _ in range(80):
        at = QApplication.focusWidget()
        if at is wanted or (at is not None and wanted.isAncestorOf(at)):
            return
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {type(wanted).__name__}")


def search(qtbot: QtBot, box: ChoiceBox, typed: str) -> None:
    """Type a part of a label, without accents, into a searched list that has the keys."""
    tab_to(qtbot, box)
    line = box.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, typed)
    completer = box.completer()
    popup = completer.popup() if completer is not None else None
    if popup is not None:
        popup.hide()
    wake(qtbot, box.window())


def shown(page: IntakePage) -> list[tuple[int, str]]:
    rows = page.lines.rows
    return [(line.number, rows.seen(line).state) for line in rows.rows()]


def persons(desk: Desk) -> set[str]:
    return {residents.name(desk, line.person.id).first_name for line in residents.listed(desk, "all")}


def seen_in(page: IntakePage) -> str:
    """Every text that is seen on the page."""
    QApplication.processEvents()
    texts = [str(one.property("text") or "") for one in page.findChildren(QWidget) if one.isVisible()]
    rows = page.lines.rows
    cells = [" ".join(rows.cells(place)) for place in range(rows.rowCount())]
    return " ".join([*texts, *cells])


def undo_it(qtbot: QtBot, page: IntakePage) -> None:
    """Take the import back whose result is shown."""
    for verb in (page.result.undo, page.undoing.verb):
        verb.setFocus()
        type_in(qtbot, Qt.Key.Key_Return)
        settle(qtbot)
