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
from shelter_desk.domain.ids import StayId, UserId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage.file import journal, settings, trail
from shelter_desk.storage.file.case.case_lines import Act
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.residents import tonight_names
from shelter_desk.storage.stays import present_stays
from shelter_desk.system import clock
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, admit, born, days_ago, open_small_shelter
from tests.operations.test_raw_folder import raw_file
from tests.operations.vault.planted.scene import not_signed_yet

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


@pytest.mark.parametrize("user", [1, None])
@pytest.mark.parametrize("is_signed", [False, True])
@pytest.mark.parametrize("is_forgotten", [False, True])
def test_nor_a_line_that_whoever_it_names_did_not_sign(
    folder: Path, user: int | None, is_signed: bool, is_forgotten: bool
) -> None:
    """Until it is gone the night is given no name at all: as well could an exit have been written over."""
    reopened = {"id": 1, "before": {"exited_at": "2026-11-01T10:00", "person_id": 1}, "after": {"person_id": 1}}
    with enter(folder, NIGHT) as desk:
        desk.database.signing = desk.database.signing if is_signed else None
        with desk.database.transaction(EVERYTHING) as connection:
            connection.exec_driver_sql(REOPENED)
            by = None if user is None else UserId(user)
            journal.add(connection, desk.now(), by, "undo", "", {"rows": [{"table": "stays", **reopened}]})
    if is_forgotten:
        past_the_program(folder, FORGOTTEN)
    enter(folder).close()
    assert told_to_the_night(folder) == (["Awa"] if is_signed and user is None else [])


UNKEPT = [f"DROP TRIGGER {name}" for name in ("journal_keeps_update", "journal_keeps_delete")]
OVER = """UPDATE journal SET details = '{{"rows":[]}}' WHERE seq = {}"""


@pytest.mark.parametrize("over", [OVER, "DELETE FROM journal WHERE seq = {}"])
@pytest.mark.parametrize("is_forgotten", [False, True])
def test_nor_does_what_was_kept_before_with_the_line_of_an_exit_written_over(
    folder: Path, over: str, is_forgotten: bool
) -> None:
    """As a backup of that day has it."""
    with enter(folder) as desk, desk.reading() as connection:
        former = settings.read(connection)["present_stays"]
    with enter(folder) as desk:
        left = stays.leave(desk, StayId(2), clock.now(), "autonomie", "inconnue").seq
        desk.note("display_changed")
        desk.note("display_changed")
    kept = FORGOTTEN if is_forgotten else f"UPDATE settings SET value = '{former}' WHERE key = 'present_stays'"
    past_the_program(folder, REOPENED, *UNKEPT, over.format(left), kept)
    enter(folder).close()
    assert told_to_the_night(folder) == []


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_nor_an_honest_line_of_whom_a_large_import_brought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_forgotten: bool
) -> None:
    """No line tells them row by row, so that their rows can be told as new ones."""
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, NIGHT, Role.RECEPTION, PASSWORD)
        with monkeypatch.context() as small:
            small.setattr(trail, "MOST_TOLD", 0)
            left = admit(desk, "1A", names=GONE, days=60)
        stays.leave(desk, left.stay, days_ago(30), "autonomie", "inconnue")
        admit(desk, "1B", names=HERE, days=5)
    new = [{"table": "persons", "id": 1, "after": {}}, {"table": "stays", "id": 1, "after": {"person_id": 1}}]
    with enter(folder, NIGHT) as desk, desk.database.transaction(EVERYTHING) as connection:
        connection.exec_driver_sql(REOPENED)
        journal.add(connection, desk.now(), desk.user, "admit", "", {"rows": new})
    if is_forgotten:
        past_the_program(folder, FORGOTTEN)
    enter(folder).close()
    assert told_to_the_night(folder) == ["Awa"]


@pytest.mark.parametrize("is_forgotten", [False, True])
@pytest.mark.parametrize("again", ["without a line", "as taken out"])
def test_nor_one_of_whom_the_night_itself_brought_and_the_day_saw_leave(
    folder: Path, is_forgotten: bool, again: str
) -> None:
    """Told as new once more, in a line of one's own."""
    with enter(folder, NIGHT) as desk:
        arrives(desk)
    with enter(folder) as desk:
        stays.leave(desk, StayId(3), clock.now(), "autonomie", "inconnue")
    new = [{"table": "persons", "id": 3, "after": {}}, {"table": "stays", "id": 3, "after": {"person_id": 3}}]
    gone = [{"table": "persons", "id": 3, "before": {}}] if again == "as taken out" else []
    with enter(folder, NIGHT) as desk, desk.database.transaction(EVERYTHING) as connection:
        connection.exec_driver_sql(REOPENED)
        if gone:
            journal.add(connection, desk.now(), desk.user, "undo", "", {"rows": gone})
        journal.add(connection, desk.now(), desk.user, "admit", "", {"rows": new})
    if is_forgotten:
        past_the_program(folder, FORGOTTEN)
    enter(folder).close()
    assert told_to_the_night(folder) == ["Awa"]


@pytest.mark.parametrize("is_hashed", [False, True])
@pytest.mark.parametrize("is_forgotten", [False, True])
def test_nor_does_an_early_line_written_over(folder: Path, is_forgotten: bool, is_hashed: bool) -> None:
    """Of before there were signatures. Hashed anew, it is the first one that is signed that follows no more."""
    with enter(folder) as desk:
        not_signed_yet(desk)
        early = stays.leave(desk, StayId(2), clock.now(), "autonomie", "inconnue").seq
    enter(folder).close()  # begins to sign
    with enter(folder) as desk, desk.reading() as connection:
        desk.note("display_changed")
        assert desk.signatures.first == early + 1
        before, left = journal.of(connection, [early - 1, early])
    told = Act(left.action, "", '{"rows":[]}')
    hashed = journal._hash(before.hash, early, left.at, left.user, told)
    hash_over = f", hash = x'{hashed.hex()}'" if is_hashed else ""
    over = f"UPDATE journal SET subject = '', details = '{told.details}'{hash_over} WHERE seq = {early}"
    kept = FORGOTTEN if is_forgotten else "UPDATE settings SET value = 'ab' WHERE key = 'present_stays'"
    past_the_program(folder, REOPENED, *UNKEPT, over, kept)
    enter(folder).close()
    assert told_to_the_night(folder) == []


def test_nor_one_that_was_told_of_a_number_before_somebody_had_it(folder: Path) -> None:
    """Who comes next has it; what was told of them before is not true of them."""
    with enter(folder, NIGHT) as desk, desk.database.transaction(EVERYTHING) as connection:
        claimed = [{"table": "persons", "id": 3, "after": {}}, {"table": "stays", "id": 9, "after": {"person_id": 3}}]
        journal.add(connection, desk.now(), desk.user, "admit", "", {"rows": claimed})
    with enter(folder) as desk:
        made = admit(desk, "1C", days=2, names=Names("Keita", "Nana"))
        stays.leave(desk, made.stay, days_ago(1), "autonomie", "inconnue")
    assert made.person == 3
    copied = COPIED.replace("(stay_no", "(id, stay_no").replace("SELECT", "SELECT 9,").replace("9999", "9998")
    past_the_program(folder, copied.replace("exited_at IS NOT NULL", "person_id = 3"))
    enter(folder).close()
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


def arrives(desk: Desk) -> Done:
    names = Names("K", "Nana")
    return stays.admit(desk, stays.Admission(clock.now(), "premiere", "transit", "f", born(27), "GN", names=names)).done


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


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_a_number_that_somebody_wrote_of_is_not_lost_for_who_comes(folder: Path, is_forgotten: bool) -> None:
    """Neither of the next one, nor of everybody after it."""
    for key in (3, journal.TOO_LARGE - 1):
        claimed = {"rows": [{"table": "persons", "id": key, "after": {}}]}
        with enter(folder, NIGHT) as desk, desk.database.transaction(EVERYTHING) as connection:
            journal.add(connection, desk.now(), desk.user, "admit", "", claimed)
    with enter(folder, NIGHT) as desk:
        arrives(desk)
    if is_forgotten:
        past_the_program(folder, FORGOTTEN, "DELETE FROM tonight_names")
    enter(folder).close()
    assert told_to_the_night(folder) == ["Awa", "Nana"]


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_whom_the_night_takes_back_and_admits_again_is_here(folder: Path, is_forgotten: bool) -> None:
    with enter(folder, NIGHT) as desk:
        undo(desk, arrives(desk))
        arrives(desk)
    if is_forgotten:
        past_the_program(folder, FORGOTTEN, "DELETE FROM tonight_names")
    enter(folder).close()
    assert told_to_the_night(folder) == ["Awa", "Nana"]


def test_lines_that_were_sealed_since_are_believed(tmp_path: Path) -> None:
    """Of a file of before 0039: their hashes are of what they told then."""
    folder = shutil.copytree(OLD_FILES / "0038", tmp_path / "shelter")
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.database.transaction(EVERYTHING) as connection:
        assert desk.sealer is not None
        kept, _ = present_stays.read(connection, desk.sealer, desk.today(), desk.signatures)
        connection.exec_driver_sql(FORGOTTEN)
        asked, _ = present_stays.read(connection, desk.sealer, desk.today(), desk.signatures)
    assert (asked.persons, asked.forged, bool(kept.persons)) == (kept.persons, 0, True)


def test_other_keys_leave_what_is_kept(folder: Path) -> None:
    new = Sealer(bytes(range(32)))
    with enter(folder) as desk, desk.database.transaction(EVERYTHING) as connection:
        assert desk.sealer is not None
        before, _ = present_stays.read(connection, desk.sealer, desk.today(), desk.signatures)
        present_stays.change_key(connection, desk.sealer, new)
        assert present_stays.read(connection, new, desk.today(), desk.signatures) == (before, False)
        assert present_stays.read(connection, desk.sealer, desk.today(), desk.signatures)[1]


def test_what_a_large_import_told_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nobody comes or goes since."""
    with enter(folder) as desk, desk.writing("take_in", EVERYTHING) as writing:
        writing.details["columns"] = ["x" * 60_000]
    enter(folder).close()
    read = journal.chained_after
    asked: list[int] = []

    def noted(connection: Connection, seq: int) -> Iterator[tuple[JournalLine, bool]]:
        asked.append(seq)
        return read(connection, seq)

    monkeypatch.setattr(journal, "chained_after", noted)
    with enter(folder) as desk, desk.reading() as connection:
        assert asked == [journal.head(connection)[0]]


def test_whom_a_large_import_brought_stays_with_the_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line tells their stays, so that what was kept with the import itself must say them."""
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, NIGHT, Role.RECEPTION, PASSWORD)
        with monkeypatch.context() as small:
            small.setattr(trail, "MOST_TOLD", 0)
            admit(desk, "1A", names=GONE, days=5)
        admit(desk, "1B", names=HERE, days=5)
    enter(folder).close()
    assert told_to_the_night(folder) == ["Tenin", "Awa"]
