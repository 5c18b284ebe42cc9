"""A shelter with a backup to go back to, and a power cut at the so-manyth thing that is done to the disk."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.vault import approvals, backups, restoring, unlocking
from shelter_desk.storage.file import files, journal
from shelter_desk.system import folders
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

ANOTHER = "quatre pirogues lentes"
TENIN = Names("Coulibaly", "Tenin", "Ma")


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B", "1C"):
        admit(opened, code, names=TENIN)
    yield opened
    opened.close()


@pytest.fixture
def backup(desk: Desk, tmp_path: Path) -> Path:
    """Three residents are in it, a fourth came after."""
    made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    admit(desk, "1D")
    return made


def go_back(desk: Desk, path: Path, password: str = "", own: str = PASSWORD) -> restoring.GoneBack:
    """Alone, with one's own password again."""
    return restoring.go_back(desk, path, approvals.alone(desk, GraveAct.RETURN, own), password)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".db-shm", ".lock")
    }


def here(folder: Path, password: str = PASSWORD) -> tuple[int, list[str]]:
    """How many are here, and what the journal did last."""
    with unlocking.unlock(folder, "Agent A", password) as desk:
        with desk.reading() as connection:
            journal.verify(connection)
            actions = [line.action for line in journal.lines(connection)]
        return len(residents.listed(desk, "here")), actions[-1:]


class Cut(BaseException):
    """The power went."""


def cut_at(monkeypatch: pytest.MonkeyPatch, number: int) -> Callable[[], int]:
    """The power goes at the so-manyth thing that is done to the disk while the promise is kept."""
    done = 0

    def counted(name: str, owner: object) -> None:
        real = getattr(owner, name)

        def call(*given: object, **named: object) -> object:
            nonlocal done
            done += 1
            if done == number:
                raise Cut
            return real(*given, **named)

        monkeypatch.setattr(owner, name, call)

    counted("replace", Path)
    counted("unlink", Path)
    counted("rmtree", shutil)
    counted("keep_entry", files)
    return lambda: done
