"""Aujourd’hui for the guard of the night: large buttons by digits, who is here, somebody away and back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.codes import codes
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.roll_call import RollCallDone, night_in_progress
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import contact_risks
from shelter_desk.operations.stays import absences, roll_call
from shelter_desk.operations.today import handovers
from shelter_desk.ui import tokens
from shelter_desk.ui.today.night.night_board import person_tile
from shelter_desk.ui.today.night.night_view import NightView
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.bed_tile import tile_size
from shelter_desk.words import formats
from tests.operations.beds.held_scene import arriving, hold
from tests.operations.referral_scene import become
from tests.operations.shelter import admit, bed, small_shelter
from tests.operations.today.handover_scene import at, given, this_evening
from tests.ui.today.today_scene import told_by
from tests.ui.window.windows import settle, show_active, wait_for, worker_held


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    at(monkeypatch, this_evening())
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def open_night(qtbot: QtBot, desk: Desk) -> tuple[TodayPage, NightView]:
    become(desk, Role.RECEPTION)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1270, 696)
    desk.database.listen(page.changed)
    show_active(qtbot, page)
    settle(qtbot)
    assert page.night is not None
    page.setFocus()
    settle(qtbot)
    return page, page.night


def press(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_the_guard_has_the_night_and_who_opens_files_the_overview(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A", days=3)
    assert TodayPage(desk).night is None
    page, night = open_night(qtbot, desk)
    assert page._stack.currentWidget() is night
    assert QApplication.focusWidget() is night.roll_call_button


def test_the_button_says_whether_the_roll_was_called(desk: Desk, qtbot: QtBot) -> None:
    one = admit(desk, "1A", days=3)
    page, night = open_night(qtbot, desk)
    before = night.roll_call_button.detail
    roll_call.call(desk, night_in_progress(desk.now()), [RollCallDone(one.stay)])
    settle(qtbot)
    said = formats.clock(desk.now())
    assert (before, night.roll_call_button.detail) == (
        "1 personne à appeler",
        f"fait à {said}, on peut le corriger ici",
    )
    assert page.isVisible()


def test_each_digit_does_what_its_button_says(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A", days=3)
    page, night = open_night(qtbot, desk)
    with qtbot.waitSignal(page.admission_wanted):
        press(Qt.Key.Key_2)
    with qtbot.waitSignal(page.page_wanted) as said:
        press(Qt.Key.Key_4)
    assert said.args == ["assistance/incidents/new"]
    with qtbot.waitSignal(page.page_wanted) as said:
        press(Qt.Key.Key_5)
    assert said.args == ["beds/print"]
    press(Qt.Key.Key_6)
    assert page.handover is not None
    assert page._stack.currentWidget() is page.handover
    press(Qt.Key.Key_Escape)
    assert (page._stack.currentWidget() is night, night.handover_button.hasFocus()) == (True, True)
    press(Qt.Key.Key_1)
    assert page.roll_call is not None
    assert page._stack.currentWidget() is page.roll_call


def test_tiles_say_who_is_here_and_what_matters_and_nobody_s_name(desk: Desk, qtbot: QtBot) -> None:
    one, two = admit(desk, "1A", days=3), admit(desk, "1B", days=3, age=14)
    contact_risks.say(desk, one.person, "conflit", two.code)
    away = admit(desk, "1C", days=3)
    absences.be_away(desk, away.stay, "hopital", desk.today())
    hold(desk, "1D")
    _, night = open_night(qtbot, desk)
    looks = {tile.look.bed: tile.look for tile in night.board.tiles}
    told = {
        code: (look.line2, look.state, look.icon) for code, look in looks.items() if code in ("1A", "1C", "1D", "2A")
    }
    assert told == {
        "1A": (one.code, "occupied", "triangle"),
        "1C": (away.code, "absence", "absence"),
        "1D": ("Réservé", "held", None),
        "2A": ("Libre", "free", None),
    }
    assert two.code in looks["1A"].tooltip
    assert looks["1B"].minor


@pytest.mark.parametrize("language", ["fr", "en"])
def test_why_somebody_is_away_is_whole_on_their_tile(desk: Desk, qtbot: QtBot, language: words.Language) -> None:
    one, icon = admit(desk, "1A", days=9), 20
    for why in (kind.code for kind in codes("absence_type")):
        done = absences.be_away(desk, one.stay, why, desk.today())
        (seen,) = bed_board.board(desk, desk.today()).everyone
        undo(desk, done)
        with words.speaking(language):
            look = person_tile(seen, "1A", desk.today(), {})
            room = tile_size().width() - 2 * tokens.SPACE - icon
            assert tokens.metrics("small").horizontalAdvance(look.line3) <= room, look.line3
            assert look.tooltip == words.label("absence_type", why)


def test_arrows_go_from_bed_to_bed_and_enter_opens_it_on_the_plan(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A", days=3)
    page, night = open_night(qtbot, desk)
    tiles = {tile.look.bed: tile for tile in night.board.tiles}
    tiles["1A"].setFocus()
    press(Qt.Key.Key_Right)
    assert tiles["1B"].hasFocus()
    press(Qt.Key.Key_Down)
    below = QApplication.focusWidget()
    assert below in tiles.values()
    assert below not in (tiles["1A"], tiles["1B"])
    press(Qt.Key.Key_Up)
    with qtbot.waitSignal(page.page_wanted) as said:
        press(Qt.Key.Key_Return)
    assert said.args[0].startswith("beds/")
    tiles["1A"].click()
    assert bed(desk, "1A").id > 0


def test_somebody_is_away_and_back_by_keys_and_it_is_taken_back(desk: Desk, qtbot: QtBot) -> None:
    one = admit(desk, "1A", days=3)
    page, night = open_night(qtbot, desk)
    said = told_by(page)
    press(Qt.Key.Key_3)
    assert QApplication.focusWidget() is night.absence.who.editor
    night.absence.who.choose(str(one.stay))
    night.absence._chosen()
    night.absence.go()
    assert night.absence.why.message()  # no reason yet
    night.absence.why.choose("hopital")
    QTest.keyClick(night.absence.why.editor, Qt.Key.Key_Return)
    night.absence.go() if night._below.currentWidget() is night.absence else None
    (away,) = bed_board.board(desk, desk.today()).everyone
    assert away.absence is not None
    assert said[-1].sentence == f"Absence de {one.code} enregistrée."
    done = said[-1].done
    assert done is not None
    settle(qtbot)
    press(Qt.Key.Key_3)
    night.absence.who.choose(str(one.stay))
    night.absence._chosen()
    assert (night.absence.verb.text(), night.absence.why.isHidden()) == ("Enregistrer le retour", True)
    night.absence.go()
    (back,) = bed_board.board(desk, desk.today()).everyone
    assert back.absence is None
    again = said[-1].done
    assert again is not None
    undo(desk, again)
    (away,) = bed_board.board(desk, desk.today()).everyone
    assert away.absence is not None


def test_escape_gives_the_question_up_and_the_digits_work_again(desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A", days=3)
    page, night = open_night(qtbot, desk)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_2)
    assert night._below.currentWidget() is night.absence  # a digit typed into the field is no key of the page
    press(Qt.Key.Key_Escape)
    assert night._below.currentWidget() is night.know
    with qtbot.waitSignal(page.admission_wanted):
        press(Qt.Key.Key_2)


def test_the_handover_that_waits_and_what_to_know_are_said(desk: Desk, qtbot: QtBot) -> None:
    here = admit(desk, "1A", days=3)
    absences.be_away(desk, here.stay, "hopital", desk.today() - timedelta(days=1), desk.today())
    given(desk)
    _, night = open_night(qtbot, desk)
    assert night.handover_button.detail == "de Agent A, à reprendre"
    sentences = [row.sentence.text() for row in night.know.rows]
    assert any(here.code in one for one in sentences)
    assert not any("Passation" in one for one in sentences)
    assert handovers.waiting(desk) is not None


def test_after_midnight_it_is_still_the_night_in_progress(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = admit(desk, "1A", days=3)
    evening = this_evening()
    at(monkeypatch, evening + timedelta(hours=6))
    _, night = open_night(qtbot, desk)
    assert night.board_shown is not None
    assert night.board_shown.night == evening.date()
    press(Qt.Key.Key_3)
    night.absence.who.choose(str(one.stay))
    night.absence._chosen()
    night.absence.why.choose("hopital")
    night.absence.go()
    (away,) = bed_board.board(desk, evening.date()).everyone
    assert away.absence is not None


def test_the_night_is_explained_by_f1_from_its_buttons(desk: Desk, qtbot: QtBot) -> None:
    _, night = open_night(qtbot, desk)
    press(Qt.Key.Key_F1)
    assert night.mark.card is not None
    assert (night.mark.topic, night.mark.card.isVisible()) == ("accueil_de_nuit", True)


def test_who_comes_after_midnight_is_seen_though_the_night_counts_others(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = admit(desk, "1A", days=3)
    _, night = open_night(qtbot, desk)
    at(monkeypatch, (this_evening() + timedelta(days=1)).replace(hour=0, minute=30))
    become(desk, Role.DIRECTOR)
    newer = arriving(desk, "1B")
    become(desk, Role.RECEPTION)
    night.look_again()
    assert (before.code in seen_on(night), newer.code in seen_on(night)) == (True, True)
    (tile,) = (one for one in night.board.tiles if newer.code in one.accessibleName())
    assert tile.key == f"bed:{bed(desk, '1B').id}"
    assert "Libre" not in tile.accessibleName()
    assert "1 personne arrivée après minuit" in night_numbers(night)
    assert "1 présent" in night_numbers(night)


def seen_on(night: NightView) -> str:
    return " ".join(tile.accessibleName() for tile in night.board.tiles)


def night_numbers(night: NightView) -> str:
    return " ".join(one.text() for one in night.findChildren(Badge)).replace("\u00a0", " ")


def test_nothing_is_said_to_be_special_before_it_is_known(qtbot: QtBot, desk: Desk) -> None:
    become(desk, Role.RECEPTION)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    with worker_held():
        show_active(qtbot, page)
        qtbot.wait(1)
        assert page.night is not None
        know = page.night.know
        assert (know.nothing.isVisible(), know.badge.isVisible()) == (False, False)
    wait_for(qtbot, know.badge.isVisible)
    settle(qtbot)
