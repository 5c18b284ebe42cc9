"""The first opening of a process finds worked out what it asks the file."""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.util import LRUCache

from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.stays import victim_statuses
from shelter_desk.operations.vault import first_opening, unlocking
from shelter_desk.storage.file import statement_cache
from tests.operations.shelter import PASSWORD, admit, open_small_shelter


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a new process."""
    monkeypatch.setattr(statement_cache, "PLAIN", (type(None), bool, int, enum.Enum))
    monkeypatch.setattr(statement_cache, "_of_all", LRUCache(statement_cache.OF_ALL))
    first_opening.prepare.cache_clear()
    yield
    first_opening.prepare.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_small_shelter(tmp_path / "shelter") as desk:
        admit(desk, "1A", days=3)
    statement_cache._of_all.clear()
    return tmp_path / "shelter"


@contextmanager
def worked_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The questions that are worked out meanwhile, but those in words of SQL, which cost little."""
    found: list[str] = []
    make = SQLCompiler.__init__

    def counted(self: SQLCompiler, dialect: Any, statement: Any, **how: Any) -> None:
        make(self, dialect, statement, **how)
        if isinstance(statement, Select):
            found.append(str(self))

    with monkeypatch.context() as patched:
        patched.setattr(SQLCompiler, "__init__", counted)
        yield found


def open_and_show_beds(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        board = bed_board.board(desk, desk.today())
        victim_statuses.of_stays(desk, [one.stay.id for one in board.everyone])


def test_opening_and_page_of_beds_are_worked_out_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unlocking.prepare_whole()
    with worked_out(monkeypatch) as found:
        open_and_show_beds(folder)
    assert found == []


def test_and_once_without_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with worked_out(monkeypatch) as found:
        open_and_show_beds(folder)
        n = len(found)
        open_and_show_beds(folder)
    assert n > 15
    assert len(found) == n
