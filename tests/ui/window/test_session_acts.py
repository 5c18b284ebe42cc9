"""The acts of a session, taken back down to one of them, by keys through the real window."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.vault import journal
from shelter_desk.operations.vault.journal import Wanted
from shelter_desk.ui.frame.acts_dialog import ActsDialog
from shelter_desk.ui.page import Told
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit, bed
from tests.ui.assistance.assistance_scene import Enter, enter, folder, frame_of
from tests.ui.window.windows import focused, settle, show_active, type_in, unlock, wait_for

__all__ = ["enter", "folder"]
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
DOWN, ENTER, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def window(enter: Enter) -> Window:
    return enter("Agent A")


@pytest.fixture
def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def rename(window: Window, code: str, to: str) -> Done:
    """A bed gets another code, and the page says it."""
    assert window.desk is not None
    done = beds.change_bed(window.desk, replace(bed(window.desk, code), code=to))
    said(window, f"Lit {to} enregistré.", done)
    return done


def said(window: Window, sentence: str, done: Done | None = None) -> None:
    """What a page says of an act."""
    frame = frame_of(window)
    frame.pages[frame.page_key].told.emit(Told("ok", sentence, done))


def codes(desk: Desk) -> set[str]:
    return {one.code for _, several in beds.rooms(desk) for one in several}


def opened(qtbot: QtBot, window: Window) -> ActsDialog:
    """The list, by its key."""
    qtbot.keyClick(window, Qt.Key.Key_Z, BOTH)
    return waited_for(qtbot)


def waited_for(qtbot: QtBot) -> ActsDialog:
    """The list, once it has the keys."""
    wait_for(qtbot, lambda: isinstance(QApplication.activeModalWidget(), ActsDialog))
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, ActsDialog)
    wait_for(qtbot, lambda: focused() is shown.list)
    return shown


def lines(shown: ActsDialog) -> list[str]:
    return [shown.rows.line(place).code for place in range(shown.rows.rowCount())]


def bar(window: Window) -> str:
    return frame_of(window).bar.accessibleName().replace("\N{NO-BREAK SPACE}", " ")


def undone(desk: Desk) -> int:
    return len(journal.own_numbers(desk, Wanted(actions=("undo",))))


def test_the_acts_stand_newest_first_with_hour_and_code(qtbot: QtBot, window: Window, desk: Desk) -> None:
    admitted = admit(desk, "1B", days=1)
    said(window, "Admise.", admitted.done)
    rename(window, "1A", "1Y")
    shown = opened(qtbot, window)
    assert lines(shown) == ["Lit modifié, 1Y", f"Personne admise, {admitted.code}"]
    assert shown.rows.line(0).second == desk.acts[-1].at.strftime("%H:%M")


def test_going_back_to_one_takes_all_above_it_each_with_its_line(qtbot: QtBot, window: Window, desk: Desk) -> None:
    for code, to in (("1A", "1X"), ("1X", "1Y"), ("1Y", "1Z")):
        rename(window, code, to)
    shown = opened(qtbot, window)
    assert shown.verb.text() == "Annuler cet acte"
    type_in(qtbot, DOWN)
    assert shown.verb.text() == "Annuler jusqu’ici (2 actes)"
    type_in(qtbot, ENTER)
    assert "1X" in codes(desk)
    assert undone(desk) == 2
    assert bar(window) == "2 actes annulés."
    assert [one.subject for one in desk.acts] == ["1X"]


def test_the_message_leads_to_the_list_beside_undo(qtbot: QtBot, window: Window, desk: Desk) -> None:
    rename(window, "1A", "1X")
    assert frame_of(window).bar.other_verb.isHidden()
    rename(window, "1B", "1Y")
    other = frame_of(window).bar.other_verb
    assert other.text() == "Tous mes actes…"
    other.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    waited_for(qtbot)
    type_in(qtbot, DOWN, ENTER)
    assert {"1A", "1B"} <= codes(desk)


def test_what_is_undone_by_its_key_leaves_the_list(qtbot: QtBot, window: Window, desk: Desk) -> None:
    rename(window, "1A", "1X")
    rename(window, "1B", "1Y")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lines(opened(qtbot, window)) == ["Lit modifié, 1X"]
    type_in(qtbot, ESCAPE)


def test_an_act_that_stays_is_faint_says_why_and_ends_the_way(qtbot: QtBot, window: Window, desk: Desk) -> None:
    rename(window, "1A", "1X")
    with desk.writing("month_closed", stays.STAYS) as writing:
        writing.trail.set("town", "Kati")
    rename(window, "1B", "1Y")
    shown = opened(qtbot, window)
    assert [shown.rows.line(place).faint for place in range(3)] == [False, True, True]
    assert "Un mois clos se rouvre dans Rapports." in shown.rows.line(1).second
    type_in(qtbot, DOWN, DOWN)
    assert not shown.verb.isEnabled()
    assert shown.note.text().startswith("Un acte plus récent ne peut pas être annulé")
    type_in(qtbot, ENTER)
    assert "1Y" in codes(desk)
    type_in(qtbot, Qt.Key.Key_Up, Qt.Key.Key_Up, ENTER)
    assert {"1X", "1B"} <= codes(desk)


def test_it_stops_at_the_first_that_was_changed_since(qtbot: QtBot, window: Window, desk: Desk) -> None:
    rename(window, "1A", "1X")
    rename(window, "1B", "1Y")
    with desk.database.transaction(stays.STAYS) as connection:  # by another hand
        connection.exec_driver_sql("UPDATE beds SET bed_code = '1W' WHERE bed_code = '1X'")
    rename(window, "2A", "2X")
    opened(qtbot, window)
    type_in(qtbot, DOWN, DOWN, ENTER)
    assert {"1W", "1B", "2A"} <= codes(desk)
    assert bar(window).startswith("2 actes annulés. Arrêt à « Lit modifié, 1X » : ")
    assert bar(window).endswith("Corrigez à la main.")
    assert undone(desk) == 2


def test_an_empty_list_is_said(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, BOTH)
    assert bar(window) == "Rien à annuler : vous n’avez rien enregistré depuis l’ouverture."


def test_after_a_lock_nothing_is_left(qtbot: QtBot, window: Window, desk: Desk, folder: Path) -> None:
    rename(window, "1A", "1X")
    opened(qtbot, window)
    window.lock()
    settle(qtbot)
    wait_for(qtbot, lambda: not desk.acts)
    unlock(qtbot, window, folder)
    show_active(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Z, BOTH)
    assert bar(window).startswith("Rien à annuler")


def test_a_return_and_an_absence_go_together(qtbot: QtBot, window: Window, desk: Desk) -> None:
    stay = admit(desk, "1B").stay
    today = desk.today()
    said(window, "Absente.", absences.be_away(desk, stay, "visite_famille", today - timedelta(days=2)))
    said(window, "Revenue.", absences.come_back(desk, stay, today))
    opened(qtbot, window)
    type_in(qtbot, DOWN, ENTER)
    assert absences.away_tonight(desk, [stay]) == set()
    assert bar(window) == "2 actes annulés."
