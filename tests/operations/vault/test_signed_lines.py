"""Lines of the journal carry the signature of who wrote them; the check tells one put in past the program."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from shelter_desk import words
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, LinesForged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import (
    backups,
    integrity_check,
    key_change,
    line_rules,
    line_signing,
    opening,
    recovery_key,
    restoring,
    unlocking,
)
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_file, key_opening, signed_lines, slot_list
from shelter_desk.storage.keys.signed_lines import LinePen
from shelter_desk.storage.keys.slot_list import LineSigner
from shelter_desk.storage.tables import metadata
from shelter_desk.system import clock
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.vault.planted.scene import not_signed_yet
from tests.operations.vault.restoring_scene import go_back
from tests.role_table import WITHOUT_LINES

OTHER, NEW = "deux citrons jaunes", "quatre papayes vertes"
MANAGER = UserId(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Closed, with a manager, a case worker and a storekeeper who each wrote something."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        user_accounts.add(desk, "Agent B", Role.STOREKEEPER, OTHER)
        user_accounts.add(desk, "Agent C", Role.CASE_WORKER, OTHER)
        admit(desk, "1A")
    for name in ("Agent B", "Agent C"):
        with unlocking.unlock(tmp_path / "shelter", name, OTHER) as desk:
            desk.note("display_changed")
    return tmp_path / "shelter"


def by_hand(folder: Path, name: str = "Agent B", password: str = OTHER, *, signed: bool = False) -> Database:
    """The file, with the keys of the storekeeper and without the program. signed: with their own seed."""
    opened = key_opening.open_with_password(folder, name, password, None)
    database = Database.open(folder / opening.DATABASE, opened.keys.database)
    if signed:
        database.signing = LinePen(opened.seed).signing
    return database


def put_line(connection: Connection, user: UserId | None, action: str = "admit") -> int:
    return journal.add(connection, clock.now(), user, action, "7K3-QMX-E", {"rows": []})


def checked(folder: Path, name: str = "Agent A", password: str = PASSWORD) -> tuple[int, str] | None:
    """The line that the check tells, and whom it names."""
    with unlocking.unlock(folder, name, password) as desk:
        try:
            integrity_check.check(desk)
        except LinesForged as found:
            return found.line, found.name
    return None


@pytest.mark.parametrize("name", ["Agent A", "Agent B", "Agent C"])
def test_what_the_program_writes_is_right_for_every_role(folder: Path, name: str) -> None:
    assert checked(folder, name, PASSWORD if name == "Agent A" else OTHER) is None
    assert slot_list.signed_from(folder) > 0


@pytest.mark.parametrize("signed", [False, True])
def test_a_line_in_the_name_of_a_manager_is_told_to_everybody(folder: Path, signed: bool) -> None:
    database = by_hand(folder, signed=signed)
    with database.transaction(EVERYTHING) as connection:
        line = put_line(connection, MANAGER)
    database.close()
    for name, password in (("Agent A", PASSWORD), ("Agent B", OTHER)):
        assert checked(folder, name, password) == (line, "Agent A")


@pytest.mark.parametrize(("table", "is_told"), [("victim_statuses", True), ("stock_moves", False)])
def test_a_line_of_what_its_writer_does_not_write_is_told(folder: Path, table: str, is_told: bool) -> None:
    database = by_hand(folder, signed=True)
    with database.transaction(EVERYTHING) as connection:
        rows = {"rows": [{"table": table, "id": 1, "after": {}}]}
        now = clock.now()
        line = journal.add(connection, now, UserId(2), "decide_status", "7K3-QMX-E", rows)
    database.close()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        if not is_told:
            line_signing.check(desk, connection)
            return
        with pytest.raises(LinesForged) as found:
            line_signing.check(desk, connection)
    assert (found.value.line, found.value.name) == (line, "Agent B")


@pytest.mark.parametrize(
    ("action", "before"), [("settings", {"before": {"toilets": "4"}}), ("settings", {}), ("structural_factors", {})]
)
def test_a_setting_that_its_writer_does_not_set_is_told(folder: Path, action: str, before: dict[str, object]) -> None:
    database = by_hand(folder, signed=True)
    with database.transaction(EVERYTHING) as connection:
        told = {**before, "after": {"toilets": "40"}}
        line = journal.add(connection, clock.now(), UserId(2), action, "", told)
    database.close()
    assert checked(folder) == (line, "Agent B")


def test_of_each_table_it_is_known_who_writes_it() -> None:
    assert set(line_rules.WRITTEN_WITH) == set(metadata.tables) - WITHOUT_LINES


def test_what_the_manager_writes_after_it_does_not_sign_it(folder: Path) -> None:
    database = by_hand(folder)
    with database.transaction(EVERYTHING) as connection:
        line = put_line(connection, MANAGER)
    database.close()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        admit(desk, "1B")
    assert checked(folder) == (line, "Agent A")


def test_a_line_of_nobody_has_a_signature_too(folder: Path) -> None:
    database = by_hand(folder)
    with database.transaction(EVERYTHING) as connection:
        line = put_line(connection, None, "upgrade")
    database.close()
    assert checked(folder) == (line, "")


def test_signatures_that_were_taken_away_are_missed(folder: Path) -> None:
    database = by_hand(folder)
    with database.transaction(EVERYTHING) as connection:
        connection.execute(text("DELETE FROM journal_signatures"))
        connection.execute(text("DELETE FROM journal_signers"))
    database.close()
    assert checked(folder) is not None


def test_a_key_that_no_manager_signed_is_nobodys(folder: Path) -> None:
    seed = bytes(range(32))
    database = by_hand(folder)
    with database.transaction(EVERYTHING) as connection:
        signed_lines.vouch(connection, seed, [LineSigner(MANAGER, "director", LinePen(seed)._public)])
    database.signing = LinePen(seed).signing
    with database.transaction(EVERYTHING) as connection:
        line = put_line(connection, MANAGER)
    database.close()
    assert checked(folder) == (line, "Agent A")


def test_a_journal_made_anew_is_told(folder: Path) -> None:
    database = by_hand(folder)
    with database.transaction(EVERYTHING) as connection:
        kept = list(journal.lines(connection))
        triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _ in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("DELETE FROM journal"))
        for one in kept:
            moment = datetime.fromisoformat(one.at)
            journal.add(connection, moment, one.user, one.action, one.subject, {**one.known, "made": "anew"})
        for _, made in triggers:
            connection.execute(text(made))
    database.close()
    with (
        unlocking.unlock(folder, "Agent A", PASSWORD, HowToOpen(accept_older=True)) as desk,
        pytest.raises(LinesForged) as found,
    ):
        integrity_check.check(desk)
    assert found.value.line == slot_list.signed_from(folder)


def test_from_which_line_on_there_are_signatures_nobody_changes(folder: Path) -> None:
    file = key_file.read(folder)
    assert file.vouched is not None
    told = (folder / key_file.FILE).read_text().replace(f'"lines": {file.vouched.lines}', '"lines": 1000000')
    (folder / key_file.FILE).write_text(told)
    with pytest.raises(Damaged):
        unlocking.unlock(folder, "Agent A", PASSWORD)


def test_other_passwords_and_other_keys_leave_all_lines_right(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent C", OTHER) as desk:
        user_accounts.change_password(desk, OTHER, NEW)
        admit(desk, "1B")
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        user_accounts.change_password(desk, PASSWORD, NEW)
        admit(desk, "1C")
    with unlocking.unlock(folder, "Agent A", NEW) as desk:
        key_change.change_keys(desk, NEW)
    for name, password in (("Agent A", NEW), ("Agent B", OTHER), ("Agent C", NEW)):
        with unlocking.unlock(folder, name, password) as desk:
            desk.note("display_changed")
            integrity_check.check(desk)


def test_the_recovery_key_signs_too(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        printed = recovery_key.replace(desk, PASSWORD)
    with unlocking.unlock_with_recovery_key(folder, printed, "Agent D", NEW) as desk:
        admit(desk, "1B")
        integrity_check.check(desk)
    assert checked(folder, "Agent D", NEW) is None


def test_it_is_said_in_words() -> None:
    with words.speaking("fr"):
        assert sentence(LinesForged(16, "Agent A")).startswith("La ligne 16 du journal, au nom de Agent A, n’a pas été")
        assert sentence(LinesForged(16, "")).startswith("La ligne 16 du journal n’a pas été écrite avec le programme")


def test_in_an_older_file_the_first_manager_begins(folder: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        desk.database.signing = None
        not_signed_yet(desk)
        last = journal_of(desk)
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        desk.note("display_changed")
        integrity_check.check(desk)
    assert slot_list.signed_from(folder) == 0
    assert checked(folder) is None
    assert slot_list.signed_from(folder) > last


# Back to a backup -----------------------------------------------------------------------------------------------------


def _sound_for_everybody(folder: Path, manager: str = PASSWORD) -> None:
    for name, password in (("Agent A", manager), ("Agent B", OTHER), ("Agent A", manager)):
        with unlocking.unlock(folder, name, password) as desk:
            desk.note("display_changed")
            integrity_check.check(desk)
    assert slot_list.signed_from(folder) > 0


def test_back_to_a_backup_of_before_another_password_all_lines_are_right(folder: Path, tmp_path: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
        user_accounts.change_password(desk, PASSWORD, NEW)
    with unlocking.unlock(folder, "Agent A", NEW) as desk:
        go_back(desk, made, own=NEW)
        backups.leave(desk)
    _sound_for_everybody(folder)


def test_back_to_a_backup_of_before_other_keys_all_lines_are_right(folder: Path, tmp_path: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
        key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        go_back(desk, made, PASSWORD)
        backups.leave(desk)
    _sound_for_everybody(folder)


def test_back_to_a_backup_of_before_there_were_signatures_the_manager_begins_anew(folder: Path, tmp_path: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        not_signed_yet(desk)
        made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    begun = slot_list.signed_from(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        go_back(desk, made)
        backups.leave(desk)
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        desk.note("display_changed")
    _sound_for_everybody(folder)
    assert begun == 0


def test_a_damaged_shelter_brought_back_has_all_lines_right(folder: Path, tmp_path: Path) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    (folder / opening.DATABASE).write_bytes(b"damaged")
    with restoring.bring_back(made, folder, "Agent A", PASSWORD) as desk:
        integrity_check.check(desk)
    _sound_for_everybody(folder)


def journal_of(desk: Desk) -> int:
    with desk.reading() as connection:
        return journal.head(connection)[0]
