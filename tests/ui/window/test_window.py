"""The window: pages, keys, messages, search, lock and neutral screen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import get_ident

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups
from shelter_desk.system import clock, preferences
from shelter_desk.ui import page_registry, theme, tokens
from shelter_desk.ui import window as window_module
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.settings.own_sections import DisplaySection
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.ui.window.windows import (
    StandIn,
    focused,
    keep_preferences_in,
    pretend_pages,
    settle,
    show,
    take_turns,
    unlock,
    wait_for,
)

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """Open on the small shelter, its pages stand-ins."""
    pretend_pages(monkeypatch)
    keep_preferences_in(monkeypatch, tmp_path)
    desk = open_small_shelter(tmp_path / "shelter")
    made = show(qtbot, tmp_path / "elsewhere")
    made._open_new(desk, "Agent A")
    made._folder = desk.folder
    yield made
    made.close()


def frame_of(window: Window) -> Frame:
    assert window.frame is not None
    return window.frame


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def page(window: Window, key: str) -> StandIn:
    found = frame_of(window).pages[key]
    assert isinstance(found, StandIn)
    return found


def test_the_first_page_is_the_beds(window: Window) -> None:
    assert frame_of(window).stack.currentWidget() is page(window, "beds")


@pytest.mark.parametrize(
    ("key", "name"),
    [(Qt.Key.Key_2, "beds"), (Qt.Key.Key_3, "residents"), (Qt.Key.Key_7, "reports"), (Qt.Key.Key_9, "settings")],
)
def test_pages_have_fixed_keys(qtbot: QtBot, window: Window, key: Qt.Key, name: str) -> None:
    frame_of(window).open("reports" if name == "beds" else "beds")
    qtbot.keyClick(window, key, CONTROL)
    wait_for(qtbot, lambda: frame_of(window).stack.currentWidget() is frame_of(window).pages.get(name))


def test_a_page_is_made_when_it_is_first_opened(window: Window) -> None:
    assert set(frame_of(window).pages) == {"beds"}


def test_what_other_pages_are_made_of_is_loaded_once_the_first_one_is_there(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[int] = []
    pretend_pages(monkeypatch)
    monkeypatch.setattr(page_registry, "_stock", lambda _desk: loaded.append(get_ident()))
    monkeypatch.setattr(window_module, "LOADS_AHEAD_MS", 50)
    keep_preferences_in(monkeypatch, tmp_path)
    made = show(qtbot, tmp_path / "elsewhere")
    made._open_new(open_small_shelter(tmp_path / "shelter"), "Agent A")
    assert loaded == []
    qtbot.waitUntil(lambda: bool(loaded))
    assert (len(loaded), get_ident() in loaded, set(frame_of(made).pages)) == (1, False, {"beds"})
    made.close()


def test_a_role_sees_only_its_pages(window: Window) -> None:
    desk = desk_of(window)
    assert list(pages_for(replace(desk, role=Role.RECEPTION))) == [
        "today",
        "beds",
        "residents",
        "assistance",
        "settings",
    ]
    storekeeper = replace(desk, role=Role.STOREKEEPER)
    assert list(pages_for(storekeeper)) == ["today", "assistance", "equipment", "stock", "reports", "settings"]


def test_the_rail_is_walked_by_arrows_and_enter(qtbot: QtBot, window: Window) -> None:
    rail = frame_of(window).rail
    rail.entries["beds"].setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    wait_for(qtbot, lambda: frame_of(window).stack.currentWidget() is frame_of(window).pages.get("residents"))


def test_the_shelter_is_named_in_the_top_bar(window: Window) -> None:
    assert frame_of(window).top_bar.shelter.text() == "Maison des Essais"


def test_another_name_of_the_shelter_shows_at_once(window: Window) -> None:
    kept = settings.read(desk_of(window))
    settings.write(desk_of(window), replace(kept, shelter_name="Maison du Fleuve"))
    assert frame_of(window).top_bar.shelter.text() == "Maison du Fleuve"


def test_another_size_of_the_text_is_worn_at_once_and_after_the_lock(
    qtbot: QtBot, window: Window, qapp: QApplication
) -> None:
    frame = frame_of(window)
    frame.open_part("settings/display")
    section = frame.findChild(DisplaySection)
    assert section is not None
    try:
        section.text_size.segment("150").click()
        wait_for(qtbot, lambda: window.frame is not frame)
        worn, kept = tokens.pixels("text"), preferences.read().text
        window.lock()
        wait_for(qtbot, lambda: window.unlock is not None)
        assert (worn, kept, tokens.pixels("text")) == (21, 150, 21)
    finally:
        theme.wear(qapp)


def test_a_button_switched_off_by_its_own_work_leaves_the_focus_in_its_page(qtbot: QtBot, window: Window) -> None:
    shown = page(window, "beds")
    line, save = QLineEdit(shown), QPushButton("Enregistrer", shown)
    for place, one in enumerate((line, save)):
        one.move(20, 60 * place + 20)
        one.show()
    save.clicked.connect(lambda: save.setEnabled(False))
    save.setFocus()
    qtbot.keyClick(save, Qt.Key.Key_Space)
    assert focused() is line


def test_who_unlocks_after_somebody_else_does_not_land_on_their_last_page(qtbot: QtBot, window: Window) -> None:
    user_accounts.add(desk_of(window), "Magasinier", Role.STOREKEEPER, PASSWORD)
    frame_of(window).open("settings")
    window.lock()
    unlock(qtbot, window, window._folder, "Magasinier")
    if window.undertaking is not None:
        window._enter()
    assert frame_of(window).page_key != "settings"
    window.lock()
    unlock(qtbot, window, window._folder)
    assert frame_of(window).page_key != "settings"


def test_who_unlocks_again_is_back_on_their_page(qtbot: QtBot, window: Window) -> None:
    frame_of(window).open("settings")
    window.lock()
    unlock(qtbot, window, window._folder)
    assert frame_of(window).page_key == "settings"


def test_pages_hear_what_a_commit_changed(window: Window) -> None:
    bed = beds.rooms(desk_of(window))[0][1][0]
    beds.change_bed(desk_of(window), replace(bed, code="1Z"))
    assert [changes.rooms for changes in page(window, "beds").heard] == [True]


def test_what_was_done_is_undone_by_its_key(qtbot: QtBot, window: Window) -> None:
    bed = beds.rooms(desk_of(window))[0][1][0]
    done = beds.change_bed(desk_of(window), replace(bed, code="1Z"))
    page(window, "beds").told.emit(Told("ok", "Lit 1Z enregistré.", done))
    qtbot.keyClick(page(window, "beds"), Qt.Key.Key_Z, CONTROL)
    assert beds.rooms(desk_of(window))[0][1][0].code == "1A"


def test_an_undo_that_comes_too_late_is_said(window: Window) -> None:
    bed = beds.rooms(desk_of(window))[0][1][0]
    done = beds.change_bed(desk_of(window), replace(bed, code="1Z"))
    beds.change_bed(desk_of(window), replace(bed, code="1Y"))
    page(window, "beds").told.emit(Told("ok", "Lit 1Z enregistré.", done))
    frame_of(window).bar.verb.click()
    assert frame_of(window).bar.state == "blocked"


def test_a_page_leads_to_a_record(window: Window) -> None:
    page(window, "beds").record_wanted.emit(7)
    assert page(window, "residents").records == [7]


def test_a_page_leads_to_an_admission(window: Window) -> None:
    page(window, "beds").admission_wanted.emit(None)
    assert page(window, "residents").spots == [None]


def test_a_page_leads_to_a_bed(window: Window) -> None:
    frame_of(window).open("residents")
    page(window, "residents").bed_wanted.emit(3)
    assert (page(window, "beds").shown_beds, page(window, "beds").isVisible()) == ([3], True)


def test_locking_forgets_the_desk_and_the_pages(qtbot: QtBot, window: Window) -> None:
    beds_page = page(window, "beds")
    with qtbot.waitSignal(beds_page.destroyed):
        qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert (window.desk, window.frame, window.unlock is not None) == (None, None, True)


def test_the_title_of_the_locked_window_says_nothing(qtbot: QtBot, window: Window) -> None:
    window.lock()
    assert window.windowTitle() == words.text("Open")


def test_the_neutral_screen_covers_all_and_ignores_typing(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.neutral is not None
    qtbot.keyClicks(window.neutral, "bonjour")
    assert (window.neutral.isVisible(), page(window, "beds").isVisible(), window.neutral.ask.isVisible()) == (
        True,
        False,
        False,
    )


def test_the_neutral_screen_has_a_title_of_its_own(window: Window) -> None:
    window.show_neutral()
    assert window.windowTitle() == words.text("Office supplies")


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_Return])
def test_the_password_brings_the_page_back(qtbot: QtBot, window: Window, key: Qt.Key) -> None:
    window.show_neutral()
    assert window.neutral is not None
    qtbot.keyClick(window.neutral, key)
    window.neutral.field.setText(PASSWORD)
    qtbot.keyClick(window.neutral.field, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: window.neutral is None)
    assert page(window, "beds").isVisible()


def test_a_wrong_password_leaves_the_neutral_screen(qtbot: QtBot, window: Window) -> None:
    window.show_neutral()
    assert window.neutral is not None
    window.neutral.open_field()
    window.neutral.field.setText("faux mot")
    qtbot.keyClick(window.neutral.field, Qt.Key.Key_Return)
    settle(qtbot)
    assert window.neutral.isVisible()
    assert not window.neutral.ask.isVisible()


def test_a_search_without_result_says_so(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(focused(), "zzzz")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    box = frame_of(window).top_bar.search
    assert box is not None
    assert box.results._none.isVisible()


def test_the_next_zone_is_reached_by_its_key(qtbot: QtBot, window: Window) -> None:
    page(window, "beds").setFocus()
    visited = []
    for _ in range(3):
        qtbot.keyClick(focused(), Qt.Key.Key_F6)
        visited.append(focused())
    frame = frame_of(window)
    assert visited == [frame.rail.entries["beds"], frame.top_bar.search, page(window, "beds")]


def test_without_a_keyring_the_status_line_says_so(window: Window) -> None:
    told = words.text("A copied folder is protected by the password alone.")
    assert frame_of(window).status.state.text() == told


def test_the_status_line_tells_the_age_of_the_last_proven_backup(window: Window) -> None:
    status, desk = frame_of(window).status, desk_of(window)
    status.refresh()
    before = status._backup.words.text()
    backups.keep(desk, backups.place_of(desk))
    status.refresh()
    assert before == "Aucune sauvegarde"
    assert status._backup.words.text().startswith("Dernière sauvegarde vérifiée\u00a0: aujourd’hui")


def test_a_surprising_clock_is_asked_about(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(days=900)
    monkeypatch.setattr(clock, "now", lambda: later)
    window._build_frame()
    frame_of(window).bar.verb.click()
    assert desk_of(window).clock_accepted


def test_another_language_makes_the_frame_anew(qtbot: QtBot, window: Window) -> None:
    frame_of(window).open("settings")
    settings_page = frame_of(window).pages["settings"]
    settings_page.display.language.segment("en").click()  # type: ignore[attr-defined]
    wait_for(qtbot, lambda: words.language() == "en")
    assert frame_of(window).rail.entries["beds"].text() == "Beds"


def test_the_dark_theme_is_worn_at_once(qtbot: QtBot, window: Window) -> None:
    frame_of(window).open("settings")
    settings_page = frame_of(window).pages["settings"]
    settings_page.display.theme.segment("dark").click()  # type: ignore[attr-defined]
    wait_for(qtbot, lambda: tokens.current().dark)
    assert tokens.current() is tokens.DARK


def test_the_training_shelter_wears_its_own_colours(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_pages(monkeypatch)
    keep_preferences_in(monkeypatch, tmp_path)
    desk = open_small_shelter(tmp_path / "shelter")
    desk.is_training = True
    made = show(qtbot, tmp_path / "elsewhere")
    made.open(desk)
    assert tokens.current().training
    assert frame_of(made).overlay.isVisible()
    made.close()


def test_a_frame_whose_first_page_breaks_looks_at_nothing_afterwards(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_desk: Desk, _parent: QWidget) -> Page:
        raise ZeroDivisionError

    pretend_pages(monkeypatch)
    monkeypatch.setattr(page_registry, "_beds", lambda _desk: broken)
    parent = QWidget()
    qtbot.addWidget(parent)
    with open_small_shelter(tmp_path / "shelter") as desk, pytest.raises(ZeroDivisionError):
        Frame(desk, pages_for(desk), parent)
    assert [timer for timer in parent.findChildren(QTimer) if timer.isActive()] == []


def test_a_page_that_is_asked_for_while_it_is_made_is_made_once(window: Window) -> None:
    frame = frame_of(window)
    frame._choose("stock")
    assert "stock" not in frame.pages  # made a step a turn
    frame.open("stock")
    made = frame.pages["stock"]
    take_turns()
    assert frame.pages["stock"] is made
    assert frame.stack.currentWidget() is made
    assert frame.stack.count() == len(frame.pages) == 2
