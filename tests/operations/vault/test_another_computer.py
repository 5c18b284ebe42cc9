"""The shelter on another computer: packed, opened there, and told as moved where it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import DriveGone, NotAllowed
from shelter_desk.domain.rights import Role
from shelter_desk.domain.shelter_copies import ShelterMoved
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.vault import another_computer, backups, restoring, unlocking
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import journal
from shelter_desk.system import folders
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import PASSWORD, admit, small_shelter


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A")
        yield opened


def opened(folder: Path, *, accept: bool = False) -> Desk:
    return unlocking.unlock(folder, "Agent A", PASSWORD, HowToOpen(accept_older=accept, ask=True))


def actions(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return [line.action for line in journal.lines(connection)]


def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another computer, which has seen nothing."""
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / "other computer" / name)


def test_everything_is_on_the_other_computer_and_this_one_says_that_it_moved(
    desk: Desk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = [one.person.code for one in residents.listed(desk, "here")]
    packed = another_computer.pack(desk, stick).path
    desk.close()
    with pytest.raises(ShelterMoved) as told:
        opened(desk.folder)
    assert sentence(told.value)
    elsewhere(monkeypatch, tmp_path)
    with restoring.bring_back(packed, tmp_path / "new", "Agent A", PASSWORD) as there:
        assert [one.person.code for one in residents.listed(there, "here")] == here
        assert "moved" in actions(there)
    with opened(tmp_path / "new") as there:
        assert there.moved == ""


def test_who_opens_it_here_all_the_same_is_asked_each_time(desk: Desk, stick: Path) -> None:
    another_computer.pack(desk, stick)
    desk.close()
    for _ in range(2):
        with pytest.raises(ShelterMoved):
            opened(desk.folder)
        with opened(desk.folder, accept=True) as again:
            admit(again, "1B" if again.moved and len(residents.listed(again, "here")) == 1 else "1C")
            assert again.moved


def test_it_may_stay_here_after_all(desk: Desk, stick: Path) -> None:
    another_computer.pack(desk, stick)
    another_computer.stay(desk)
    desk.close()
    with opened(desk.folder) as again:
        assert again.moved == ""
        assert actions(again)[-2:] == ["backed_up", "moved_back"]


def test_what_comes_back_from_the_other_computer_is_here_again(
    desk: Desk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = another_computer.pack(desk, stick).path
    desk.close()
    with monkeypatch.context() as there:
        elsewhere(there, tmp_path)
        with restoring.bring_back(packed, tmp_path / "new", "Agent A", PASSWORD) as moved:
            admit(moved, "1B")
            back = backups.back_up(moved, stick / "back.sauvegarde").path
    restoring.bring_back(back, desk.folder, "Agent A", PASSWORD).close()
    with opened(desk.folder) as again:
        assert (again.moved, len(residents.listed(again, "here"))) == ("", 2)


def test_a_stick_that_is_gone_moves_nothing(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise DriveGone("x")

    monkeypatch.setattr(backups, "back_up", gone)
    with pytest.raises(DriveGone):
        another_computer.pack(desk, stick)
    desk.close()
    opened(desk.folder).close()


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_only_who_backs_up_moves_the_house(desk: Desk, stick: Path, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        another_computer.pack(desk, stick)
