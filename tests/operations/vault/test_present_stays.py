"""The night is given the names of those whose stays go on as acts told it, whatever somebody wrote into the table."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import LinesForged
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.residents import tonight_names
from shelter_desk.storage.stays import present_stays
from shelter_desk.system import clock
from tests.operations.shelter import PASSWORD, admit, born, days_ago, open_small_shelter
from tests.operations.test_raw_folder import raw_file

GONE, HERE, NIGHT = Names("Coulibaly", "Tenin"), Names("Sacko", "Awa"), "Agent R"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody left, somebody is here."""
    folder = Path(tmp_path_factory.mktemp("present")) / "shelter"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, NIGHT, Role.RECEPTION, PASSWORD)
        left = admit(desk, "1A", names=GONE, days=60)
        stays.leave(desk, left.stay, days_ago(30), "autonomie", "inconnue")
        admit(desk, "1B", names=HERE, days=5)
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "shelter"))


def past_the_program(folder: Path, *statements: str) -> None:
    """With the key of the database, which every role holds."""
    opened = key_opening.open_with_password(folder, NIGHT, PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        for one in statements:
            raw.execute(one)
        raw.commit()


def enter(folder: Path, name: str = "Agent A") -> Desk:
    return unlocking.unlock(folder, name, PASSWORD)


def told_to_the_night(folder: Path) -> list[str]:
    """First names that its key opens."""
    opened = key_opening.open_with_password(folder, NIGHT, PASSWORD, None)
    assert opened.keys.night is not None
    night = Sealer(opened.keys.night)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        rows = raw.execute("SELECT person_id, names FROM tonight_names ORDER BY person_id").fetchall()
    return [tonight_names._opened(night, key, sealed).first_name for key, sealed in rows]


REOPENED = "UPDATE stays SET exited_at = NULL"
ANOTHER = "UPDATE stays SET person_id = (SELECT min(id) FROM persons) WHERE exited_at IS NULL"
FORGOTTEN = "DELETE FROM settings WHERE key = 'present_stays'"
COPIED = (
    "INSERT INTO stays (stay_no, person_id, admitted_at, entry_kind, uncounted, is_dependant) "
    "SELECT '2026-9999', person_id, exited_at, entry_kind, '', 0 FROM stays WHERE exited_at IS NOT NULL"
)
PAST = {
    "a stay was opened again": [REOPENED],
    "a stay was given to who left": [ANOTHER],
    "a stay was put in": [COPIED],
    "what was kept was taken away": [FORGOTTEN, REOPENED],
    "what was kept was altered": ["UPDATE settings SET value = 'ab' WHERE key = 'present_stays'", REOPENED],
}


@pytest.mark.parametrize("past", PAST)
def test_what_was_written_past_the_program_brings_no_name_to_the_night(folder: Path, past: str) -> None:
    past_the_program(folder, *PAST[past])
    enter(folder).close()
    assert "Tenin" not in told_to_the_night(folder)


def test_nor_does_an_act_of_somebody_who_is_at_the_desk(folder: Path) -> None:
    with enter(folder) as desk:
        past_the_program(folder, REOPENED)
        admit(desk, "1C", names=Names("Keita", "Nana"))
    assert told_to_the_night(folder) == ["Awa", "Nana"]


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_nor_a_line_of_who_reads_no_case_file(folder: Path, is_forgotten: bool) -> None:
    """In one's own name, as an own program could write it."""
    with enter(folder, NIGHT) as desk, desk.writing("absence", EVERYTHING) as writing:
        writing.trail.change("stays", 1, {"exited_at": None})
    if is_forgotten:
        past_the_program(folder, FORGOTTEN)
    with enter(folder) as desk, pytest.raises(LinesForged):
        integrity_check.check(desk)
    assert told_to_the_night(folder) == ["Awa"]


STRANGE = {
    "of a row that no line made": {"id": 77, "before": {"is_dependant": False}, "after": {"is_dependant": True}},
    "of nobody": {"id": 78, "after": {"stay_no": "2026-9998"}},
    "of no person": {"id": 78, "after": {"person_id": [1], "exited_at": None}},
    "of a strange day": {"id": 2, "before": {"exited_at": 3}, "after": {"exited_at": None}},
}


@pytest.mark.parametrize("strange", STRANGE)
@pytest.mark.parametrize("writer", ["Agent A", NIGHT])
@pytest.mark.parametrize("is_forgotten", [False, True])
def test_a_strange_line_keeps_nobody_out(folder: Path, strange: str, writer: str, is_forgotten: bool) -> None:
    """Whoever has the key of the file can write a line."""
    with enter(folder, writer) as desk, desk.database.transaction(EVERYTHING) as connection:
        journal.add(connection, desk.now(), desk.user, "admit", "", {"rows": [{"table": "stays", **STRANGE[strange]}]})
    if is_forgotten:
        past_the_program(folder, FORGOTTEN)
    enter(folder).close()
    assert told_to_the_night(folder) == ["Awa"]


def arrives(desk: Desk) -> None:
    stays.admit(
        desk, stays.Admission(clock.now(), "premiere", "transit", "f", born(27), "GN", names=Names("K", "Nana"))
    )


def leaves(desk: Desk) -> None:
    stays.leave(desk, StayId(2), clock.now(), "autonomie", "inconnue")


def comes_back(desk: Desk) -> None:
    done = stays.leave(desk, StayId(2), clock.now(), "autonomie", "inconnue")
    undo(desk, done)


def is_of_another_file(desk: Desk) -> None:
    """As two files that become one."""
    with desk.writing("merge_persons", EVERYTHING) as writing:
        writing.trail.change("stays", 2, {"person_id": 1})


ACTS: dict[str, tuple[Callable[[Desk], Any], str, list[str]]] = {
    "admitted by day": (arrives, "Agent A", ["Awa", "Nana"]),
    "admitted at night": (arrives, NIGHT, ["Awa", "Nana"]),
    "left": (leaves, "Agent A", []),
    "exit taken back": (comes_back, "Agent A", ["Awa"]),
    "two files became one": (is_of_another_file, "Agent A", ["Tenin"]),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("is_forgotten", [False, True])
def test_acts_are_followed_and_told_by_the_journal_where_nothing_is_kept(
    folder: Path, act: str, is_forgotten: bool
) -> None:
    do, who, here = ACTS[act]
    with enter(folder, who) as desk:
        do(desk)
    if is_forgotten:
        past_the_program(folder, FORGOTTEN, "DELETE FROM tonight_names")
    for _ in range(2):
        enter(folder).close()
        assert told_to_the_night(folder) == here


def test_other_keys_leave_what_is_kept(folder: Path) -> None:
    new = Sealer(bytes(range(32)))
    with enter(folder) as desk, desk.database.transaction(EVERYTHING) as connection:
        assert desk.sealer is not None
        before, _ = present_stays.read(connection, desk.sealer, desk.today())
        present_stays.change_key(connection, desk.sealer, new)
        assert present_stays.read(connection, new, desk.today()) == (before, False)
        assert present_stays.read(connection, desk.sealer, desk.today())[1]


def test_what_a_large_import_told_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nobody comes or goes since."""
    with enter(folder) as desk, desk.writing("take_in", EVERYTHING) as writing:
        writing.details["columns"] = ["x" * 60_000]
    enter(folder).close()
    read = journal.lines_after
    asked: list[int] = []

    def noted(connection: Connection, seq: int) -> Iterator[JournalLine]:
        asked.append(seq)
        return read(connection, seq)

    monkeypatch.setattr(journal, "lines_after", noted)
    with enter(folder) as desk, desk.reading() as connection:
        assert asked == [journal.head(connection)[0]]
