"""The first steps of a house tick themselves from what it holds, and go."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.today import first_steps
from shelter_desk.operations.today.first_steps import NEEDED
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, unlocking
from tests.operations.shelter import admit, open_small_shelter
from tests.operations.store_scene import blanket, came

OTHER = "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def done(desk: Desk) -> dict[str, bool]:
    return {one.key: one.is_done for one in first_steps.first_steps(desk)}


def test_a_house_with_its_beds_alone_has_four_steps_to_go(desk: Desk) -> None:
    assert done(desk) == {"accounts": False, "rooms": True, "people": False, "stock": False, "backup": False}


def test_each_step_is_done_by_what_the_house_holds_and_all_of_them_go(desk: Desk, tmp_path: Path) -> None:
    user_accounts.add(desk, "Agent K", Role.CASE_WORKER, OTHER)
    assert done(desk)["accounts"]
    admit(desk, "1A")
    assert done(desk)["people"]
    came(desk, blanket(desk), 1000)
    assert done(desk)["stock"]
    (tmp_path / "stick").mkdir()
    backups.choose_second_place(desk, tmp_path / "stick")
    assert not done(desk)["backup"]
    backups.keep(desk, backups.place_of(desk))
    assert done(desk) == {}


def test_an_account_that_is_suspended_counts_no_more(desk: Desk) -> None:
    added = user_accounts.add(desk, "Agent K", Role.CASE_WORKER, OTHER)
    user_accounts.suspend(desk, added)
    assert not done(desk)["accounts"]


def test_a_step_that_is_not_needed_is_put_away_and_comes_back(desk: Desk) -> None:
    put = first_steps.put_away(desk, "stock")
    assert "stock" not in done(desk)
    desks.undo(desk, put)
    assert "stock" in done(desk)


def test_the_storekeeper_sees_the_stock_and_others_nothing(desk: Desk, tmp_path: Path) -> None:
    for role in (Role.STOREKEEPER, Role.CASE_WORKER):
        user_accounts.add(desk, role.value, role, OTHER)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", Role.STOREKEEPER.value, OTHER) as other:
        assert done(other) == {"stock": False}
        with pytest.raises(NotAllowed):
            first_steps.put_away(other, "stock")
    with unlocking.unlock(tmp_path / "shelter", Role.CASE_WORKER.value, OTHER) as other:
        assert done(other) == {}


def test_a_training_shelter_has_none(desk: Desk) -> None:
    assert set(done(desk)) == set(NEEDED)
    assert done(replace(desk, is_training=True)) == {}
