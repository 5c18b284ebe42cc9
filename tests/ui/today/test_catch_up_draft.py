"""The lines of a cut that are typed and not kept yet survive a lock and the next cut, for whom they belong to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.today.catch_up.arrival_line import ArrivalLine
from shelter_desk.ui.today.catch_up.catch_up import FORM, CatchUp
from shelter_desk.ui.today.catch_up.fast_line import CatchUpLine
from shelter_desk.ui.today.catch_up.person_lines import AbsenceLine, ExitLine, MoveLine, ReturnLine
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, admit, bed, open_small_shelter
from tests.ui.locking.locking_scene import window
from tests.ui.today.today_scene import catching_up, desk, open_page
from tests.ui.window.windows import settle, unlock

__all__ = ["desk", "window"]
OTHER = "deux citrons jaunes"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small shelter, closed."""
    opened = open_small_shelter(tmp_path / "shelter")
    opened.close()
    return opened.folder


def catch_up_of(window: Window) -> CatchUp | None:
    assert window.frame is not None
    page = window.frame.pages["today"]
    assert isinstance(page, TodayPage)
    return page.catch_up


def type_an_arrival(catch_up: CatchUp) -> ArrivalLine:
    line = catch_up.add("arrival")
    assert isinstance(line, ArrivalLine)
    line.at.hour.line.setText("22:15")
    line.sex.segment("f").click()
    line.age.line.setText("22")
    line.country.choose("SN")
    line.situation.choose("transit")
    line.last.line.setText("Diawara")
    return line


def kept_of(desk: Desk) -> list[str]:
    return [one.form for one in drafts.mine(desk)]


def test_a_line_being_typed_comes_back_after_a_lock(qtbot: QtBot, window: Window, folder: Path) -> None:
    frame = window.frame
    assert frame is not None
    frame.open("today")
    page = frame.pages["today"]
    assert isinstance(page, TodayPage)
    type_an_arrival(catching_up(page))
    with qtbot.waitSignal(window.locked, timeout=20_000):
        window.lock()
    unlock(qtbot, window, folder)
    assert window.frame is not None
    offered = window.frame.bar.sentence.text()
    qtbot.mouseClick(window.frame.bar.verb, Qt.MouseButton.LeftButton)
    again = catch_up_of(window)
    assert again is not None
    (line,) = again.lines
    assert isinstance(line, ArrivalLine)
    assert offered.endswith("rattrapage après une coupure")
    assert (line.at.hour.line.text(), line.age.number(), line.last.text()) == ("22:15", 22, "Diawara")
    assert (line.country.value(), line.situation.value(), window.frame.bar.isHidden()) == ("SN", "transit", True)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TodayPage:
    return open_page(qtbot, desk)


def the_same_again(qtbot: QtBot, catch_up: CatchUp, desk: Desk) -> CatchUp:
    """What another window on the same file shows after this one went in a cut."""
    catch_up.drafting.timer.timeout.emit()
    again = CatchUp(desk)
    qtbot.addWidget(again)
    again.begin()
    return again


def an_exit(line: CatchUpLine, desk: Desk) -> None:
    assert isinstance(line, ExitLine)
    line.take(admit(desk, "1A", days=5).stay, desk.today())
    line.why.choose("fin_sejour")


def an_absence(line: CatchUpLine, desk: Desk) -> None:
    assert isinstance(line, AbsenceLine)
    line.why.choose("hopital")


def a_return(line: CatchUpLine, desk: Desk) -> None:
    assert isinstance(line, ReturnLine)
    line.back.line.setText("01/11/2026")


def a_move(line: CatchUpLine, desk: Desk) -> None:
    assert isinstance(line, MoveLine)
    line.person.choose(line.person.combo.itemData(0))
    line._propose()
    line.bed.choose(str(bed(desk, "1C").id))


KINDS: dict[str, Callable[[CatchUpLine, Desk], None]] = {
    "exit": an_exit,
    "absence": an_absence,
    "return": a_return,
    "move": a_move,
}


def texts_of(line: CatchUpLine) -> list[str]:
    from shelter_desk.ui.today.catch_up.catch_up import _typed

    return _typed(line)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_line_comes_back_as_it_was_typed(qtbot: QtBot, desk: Desk, page: TodayPage, kind: str) -> None:
    one = admit(desk, "1B", days=9)
    absences.be_away(desk, admit(desk, "1D", days=9).stay, "hopital", desk.today())
    catch_up = catching_up(page)
    line = catch_up.add(kind)
    KINDS[kind](line, desk)
    (again,) = the_same_again(qtbot, catch_up, desk).lines
    assert (again.kind, texts_of(again), one.code) == (kind, texts_of(line), one.code)


def test_the_period_typed_comes_back_with_the_lines(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    catch_up = catching_up(page)
    catch_up.head.from_hour.line.setText("03:20")
    type_an_arrival(catch_up)
    again = the_same_again(qtbot, catch_up, desk)
    assert (again.head.period()[0], again.head.from_hour.line.text()) == (catch_up.head.period()[0], "03:20")


def test_a_line_kept_leaves_the_draft_at_once_and_the_others_stay(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    catch_up = catching_up(page)
    first, second = type_an_arrival(catch_up), type_an_arrival(catch_up)
    second.age.line.setText("31")
    catch_up.drafting.timer.timeout.emit()
    first.go()
    (again,) = the_same_again(qtbot, catch_up, desk).lines
    assert isinstance(again, ArrivalLine)
    assert (first.done is not None, again.age.number()) == (True, 31)


def test_once_every_line_is_kept_or_taken_away_there_is_no_draft(desk: Desk, page: TodayPage) -> None:
    catch_up = catching_up(page)
    first, second = type_an_arrival(catch_up), type_an_arrival(catch_up)
    catch_up.drafting.timer.timeout.emit()
    before = kept_of(desk)
    first.go()
    second.drop_button.click()
    assert (before, kept_of(desk)) == ([FORM], [])


def test_a_line_into_which_nothing_was_typed_is_no_draft(desk: Desk, page: TodayPage) -> None:
    catch_up = catching_up(page)
    catch_up.add("arrival")
    catch_up.drafting.timer.timeout.emit()
    assert kept_of(desk) == []


def test_the_lines_of_one_person_are_not_shown_to_another(qtbot: QtBot, window: Window, folder: Path) -> None:
    frame = window.frame
    assert frame is not None
    assert window.desk is not None
    user_accounts.add(window.desk, "Agent B", Role.DIRECTOR, OTHER)
    frame.open("today")
    page = frame.pages["today"]
    assert isinstance(page, TodayPage)
    type_an_arrival(catching_up(page))
    with qtbot.waitSignal(window.locked, timeout=20_000):
        window.lock()
    settle(qtbot)  # it is backed up, then closed
    with_b = unlocking.unlock(folder, "Agent B", OTHER)
    of_b = kept_of(with_b)
    with_b.close()
    with_a = unlocking.unlock(folder, "Agent A", PASSWORD)
    of_a = kept_of(with_a)
    with_a.close()
    assert (of_b, of_a) == ([], [FORM])
