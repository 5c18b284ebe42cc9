"""Wrong passwords typed while the shelter is open are counted, slow the next try and stand in the journal."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.errors import WrongPassword
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import approvals, key_change, password_tries, recovery_key, unlocking
from shelter_desk.storage.file import failed_logins, journal
from tests.operations.shelter import PASSWORD, open_small_shelter

OTHER, WRONG = "deux citrons jaunes", "trois mangues vertes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        user_accounts.add(opened, "Agent B", Role.DIRECTOR, OTHER)
        yield opened


ASKED: dict[str, Callable[[Desk], object]] = {
    "the neutral screen": lambda desk: password_tries.own(desk, WRONG),
    "another password": lambda desk: user_accounts.change_password(desk, WRONG, OTHER),
    "another recovery key": lambda desk: recovery_key.replace(desk, WRONG),
    "other keys": lambda desk: key_change.change_keys(desk, WRONG),
    "the second person of an erasure": lambda desk: approvals.by_two(desk, GraveAct.ERASURE, "Agent B", WRONG),
}


def told(desk: Desk) -> list[int]:
    with desk.reading() as connection:
        return [line.known["tries"] for line in journal.lines(connection) if line.action == "passwords_refused"]


@pytest.mark.parametrize("where", ASKED)
def test_a_wrong_password_is_counted_wherever_it_is_asked(desk: Desk, where: str) -> None:
    waits = []
    for _ in range(4):
        with pytest.raises(WrongPassword) as refused:
            ASKED[where](desk)
        waits.append(refused.value.wait)
    assert (waits, failed_logins.read(desk.folder)) == ([0.0, 0.0, 2.0, 4.0], 4)


def test_the_next_right_password_tells_the_journal_how_many_were_wrong(desk: Desk) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            password_tries.own(desk, WRONG)
    password_tries.own(desk, PASSWORD)
    password_tries.own(desk, PASSWORD)
    assert (told(desk), failed_logins.read(desk.folder)) == ([3], 0)


def test_a_right_password_at_once_writes_nothing(desk: Desk) -> None:
    password_tries.own(desk, PASSWORD)
    assert told(desk) == []


def test_wrong_ones_typed_while_open_slow_the_next_opening(desk: Desk) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword):
            password_tries.own(desk, WRONG)
    desk.close()
    with pytest.raises(WrongPassword) as refused:
        unlocking.unlock(desk.folder, "Agent A", WRONG)
    assert refused.value.wait == 4.0
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert told(again) == [4]
