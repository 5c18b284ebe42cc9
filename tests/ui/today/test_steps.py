"""First steps and the first day on the page of today: ticks, ways, putting away, praise, keys."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.assistance import MEAL
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.today import first_steps
from shelter_desk.operations.training import practice
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, unlocking
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.steps import first_steps_card, practice_card
from shelter_desk.ui.today.steps.practice_card import PracticeCard
from tests.operations.care_scene import service
from tests.operations.shelter import PASSWORD, QUICK, admit, open_small_shelter
from tests.operations.store_scene import blanket, came, went
from tests.ui.today.today_scene import desk, open_page, told_by
from tests.ui.window.windows import focused, settle, show_active

__all__ = ["desk"]
OTHER = "deux citrons jaunes"


def ticks(page: TodayPage) -> dict[str, bool]:
    return {row.step.key: row.step.is_done for row in page.overview.first_steps.rows}


def practice_of(page: TodayPage) -> PracticeCard:
    assert page.overview.practice is not None
    return page.overview.practice


def test_steps_tick_themselves_and_the_card_goes_with_the_last(
    qtbot: QtBot, desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = open_page(qtbot, desk)
    card = page.overview.first_steps
    assert (card.isVisible(), card.badge.text()) == (True, "1 sur 5")
    admit(desk, "1A", days=2)
    assert ticks(page) == {"accounts": False, "rooms": True, "people": True, "stock": False, "backup": False}
    user_accounts.add(desk, "Agent K", Role.CASE_WORKER, OTHER)
    came(desk, blanket(desk), 1000)
    stick = tmp_path_factory.mktemp("stick")
    backups.choose_second_place(desk, stick)
    backups.keep(desk, backups.place_of(desk))
    page.refresh()
    settle(qtbot)
    assert not card.isVisible()


@pytest.mark.parametrize("key", ["accounts", "people", "stock", "backup"])
def test_each_line_leads_to_where_it_is_done(qtbot: QtBot, desk: Desk, key: str) -> None:
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.first_steps.rows if row.step.key == key)
    row.button.setFocus()
    with qtbot.waitSignal(page.page_wanted) as asked:
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert asked.args == [first_steps_card.PLACES[key]]


def test_arrows_go_from_step_to_step(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    rows = {row.step.key: row for row in page.overview.first_steps.rows}
    rows["accounts"].button.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    assert focused() is rows["people"].button  # the rooms are there already
    qtbot.keyClick(focused(), Qt.Key.Key_Up)
    assert focused() is rows["accounts"].button


def test_a_step_is_put_away_and_comes_back_with_the_message(qtbot: QtBot, desk: Desk) -> None:
    page = open_page(qtbot, desk)
    said = told_by(page)
    row = next(row for row in page.overview.first_steps.rows if row.step.key == "stock")
    row.away.click()
    assert "stock" not in ticks(page)
    assert said[-1].done is not None
    settle(qtbot)


def test_a_house_without_beds_shows_the_steps_over_its_first_one(qtbot: QtBot, tmp_path: Path) -> None:
    with unlocking.create(tmp_path / "new", "Maison", "Bamako", "Agent A", PASSWORD, cost=QUICK).desk as empty:
        page = TodayPage(empty)
        qtbot.addWidget(page)
        page.resize(1270, 696)
        show_active(qtbot, page)
        assert page.empty_steps.isVisible()
        assert [row.step.is_done for row in page.empty_steps.rows] == [False] * 5
        assert page.empty.button is not None
        assert page.empty.button.isVisible()
        settle(qtbot)


def test_a_real_shelter_has_no_first_day(qtbot: QtBot, desk: Desk) -> None:
    assert open_page(qtbot, desk).overview.practice is None


def test_the_first_day_from_its_beginning_to_the_praise_and_anew(qtbot: QtBot, desk: Desk) -> None:
    item = blanket(desk)
    came(desk, item, 10_000)
    known = admit(desk, "1A", days=5)
    other = admit(desk, "1C", days=5)
    desk.is_training = True
    page = open_page(qtbot, desk)
    card = practice_of(page)
    assert (page.overview.first_steps.isVisible(), card.isVisible(), card.rows) == (False, True, [])
    card.begin_button.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert card.rows[0].sentence.text().endswith("le lit 1B\N{NO-BREAK SPACE}: cliquez ce lit sur le plan.")
    assert focused() is card.rows[0].button
    with qtbot.waitSignal(page.page_wanted) as asked:
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert asked.args == [practice_card.PLACES["admit"]]
    new = admit(desk, "1B")
    assert [row.step.key for row in card.rows if row.step.is_done] == ["admit"]
    assistance.give(desk, [service(known.stay, MEAL)])
    went(desk, item, 1000)
    stays.leave(desk, new.stay, desk.now(), "autonomie")
    with desk.reading() as connection:
        found = [stored_residents.person(connection, one.person) for one in (known, other)]
    sought = next(one.bed for one in practice.tasks(desk) if one.key == "find")
    residents.note_opened(desk, found[sought == "1C"])
    page.hide()
    page.show()
    assert (card.badge.text(), card.praise.isVisible()) == ("5 sur 5", True)
    card.again.click()
    assert (card.badge.text(), card.praise.isVisible()) == ("0 sur 5", False)
    card.close_button.click()
    assert (card.rows, card.begin_button.isVisible(), practice.tasks(desk)) == ([], True, ())
    settle(qtbot)


def test_who_practises_the_store_has_one_task(qtbot: QtBot, tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "other") as director:
        user_accounts.add(director, "Agent D", Role.STOREKEEPER, OTHER)
    with unlocking.unlock(tmp_path / "other", "Agent D", OTHER) as keeper:
        keeper.is_training = True
        page = open_page(qtbot, keeper)
        practice_of(page).begin_button.click()
        assert [row.step.key for row in practice_of(page).rows] == ["issue"]
        settle(qtbot)


def test_the_steps_and_the_tasks_are_asked_for_once_at_each_look(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counting(of: Any, name: str) -> None:
        former = getattr(of, name)

        def ask(desk: Desk) -> Any:
            asked.append(name)
            return former(desk)

        monkeypatch.setattr(of, name, ask)

    monkeypatch.setattr(desk, "is_training", True)
    page = open_page(qtbot, desk)
    counting(first_steps, "first_steps")
    page.refresh()
    assert asked == ["first_steps"]
    card = practice_of(page)
    counting(practice, "tasks")
    card.hide()
    card.look_again()
    assert (card.isVisible(), asked) == (True, ["first_steps", "tasks"])
