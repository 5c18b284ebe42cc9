"""Names that were opened beside are kept where they are still those of the file, and by a desk that is open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import opening_names, tasks
from tests.operations.shelter import admit, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", names=Names("Traoré", "Awa"))
        opened.index = None
        yield opened


Asked = list[tuple[Callable[[], Any], Callable[[Any], None]]]  # jobs, each with who is told its outcome


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What was to be done beside."""
    found: Asked = []
    monkeypatch.setattr(tasks, "run", lambda job, done, _failed: found.append((job, done)))
    return found


def test_they_are_kept_with_a_line_of_the_journal_between(desk: Desk, asked: Asked) -> None:
    opening_names.begin(desk)
    job, done = asked[0]
    made = job()
    desk.note("name_read", "AAA-AAA-A")
    done(made)
    assert desk.index is made


def test_whoever_is_admitted_meanwhile_is_not_missing_from_them(desk: Desk, asked: Asked) -> None:
    opening_names.begin(desk)
    job, done = asked[0]
    made = job()
    admit(desk, "1B", names=Names("Keita", "Fanta"))
    done(made)
    assert desk.index is None


def test_a_desk_that_was_closed_gets_no_names_back(desk: Desk, asked: Asked) -> None:
    opening_names.begin(desk)
    job, done = asked[0]
    made = job()
    desk.close()
    done(made)
    assert desk.index is None
