"""Lines that somebody wrote with their own pen past the program, so that the check believes what they altered."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import LinesForged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.operations.vault.line_rules import WRITER
from shelter_desk.storage.file import journal, trail
from tests.operations.casefile.test_incidents import CONTENT, fight
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter

NIGHT, STORE = UserId(3), UserId(4)
Details = Mapping[str, Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Closed. The first who was admitted left, by a line that counts its rows as a large import does; another one is
    here; a case worker, the night reception and a storekeeper have passwords.
    """
    with open_small_shelter(tmp_path / "shelter") as desk:
        for name, role in (("B", Role.CASE_WORKER), ("C", Role.RECEPTION), ("D", Role.STOREKEEPER)):
            user_accounts.add(desk, f"Agent {name}", role, PASSWORD)
        with monkeypatch.context() as small:
            small.setattr(trail, "MOST_TOLD", 0)
            gone = admit(desk, "1A", days=9)
        stays.leave(desk, gone.stay, days_ago(1), "reunification", "mali_autre")
        admit(desk, "1B", days=3)
    return tmp_path / "shelter"


def put(folder: Path, who: str, *lines: tuple[UserId | None, str, str, Details], sql: str = "") -> int:
    """These lines, signed by whoever has that password, after what was altered; the number of the first."""
    with unlocking.unlock(folder, who, PASSWORD) as desk, desk.database.transaction(EVERYTHING) as connection:
        if sql:
            assert connection.execute(text(sql)).rowcount == 1
        return min([journal.add(connection, desk.now(), *one) for one in lines])


def found(folder: Path) -> tuple[int, str]:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, pytest.raises(LinesForged) as told:
        integrity_check.check(desk)
    return told.value.line, told.value.name


def test_rows_that_a_large_act_brought_are_nobodys_to_tell_as_new(folder: Path) -> None:
    again = {"rows": [{"table": "persons", "id": 1, "after": {"sex": "f"}}]}
    line = put(folder, "Agent C", (NIGHT, "admit", "", again))
    assert found(folder) == (line, "Agent C")


def test_what_one_made_and_took_back_one_makes_again(folder: Path) -> None:
    new: Details = {"rows": [{"table": "persons", "id": 9, "after": {"sex": "f"}}]}
    gone: Details = {"rows": [{"table": "persons", "id": 9, "before": {"sex": "f"}}]}
    put(folder, "Agent C", (NIGHT, "admit", "", new), (NIGHT, "undo", "", gone))
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        integrity_check.check(desk)


@pytest.mark.parametrize(
    ("user", "action", "subject", "details"),
    [
        (None, "take_in", "", {"new_rows": {"persons": 1}}),
        (STORE, "take_in", "", {"new_rows": {"services": 1}}),  # counted without sums, as the first versions did
        (None, "upgrade", "0039", {"from": "0038"}),  # this file was never another one
        (None, "upgrade", "0040", {"from": "0039"}),  # nor is it that one
        (STORE, "upgrade", "0040", {"from": "0039"}),
        (None, "foreign_removed", "", {"tries": 1, "after": {"toilets": "40"}}),
        (None, "report_incident", "", {"rows": [{"table": "incidents", "id": 1, "after": {}}]}),
        (None, "import_secret", "", {"secret": "import_secret", "sum": "0" * 64}),
        (STORE, "import_secret", "", {"secret": "import_secret", "sum": "0" * 64}),
        (None, "display_changed", "", {}),
        (STORE, "erase", "", {"codes_by_kind": {"identity": ["7K3-QMX-E"]}}),
        (STORE, "change_keys", "", {}),
    ],
)
def test_what_the_check_believes_of_a_line_only_its_writers_tell(
    folder: Path, user: UserId | None, action: str, subject: str, details: Details
) -> None:
    line = put(folder, "Agent D", (user, action, subject, details))
    assert found(folder) == (line, "" if user is None else "Agent D")


def test_two_lines_of_nobody_make_no_altered_row_sound(folder: Path) -> None:
    line = put(
        folder,
        "Agent C",
        (None, "take_in", "", {"new_rows": {"persons": 1}}),
        (None, "upgrade", "0039", {"from": "0038"}),
        sql="UPDATE persons SET sex = 'm' WHERE id = 2",
    )
    assert found(folder) == (line, "")


def test_nobody_reports_an_incident_in_the_name_of_somebody_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = journal.add
    with unlocking.unlock(folder, "Agent D", PASSWORD) as desk, monkeypatch.context() as own:
        own.setattr(journal, "add", lambda connection, at, _user, *told: written(connection, at, STORE, *told))
        desk.user = UserId(2)
        line = incidents.report(desk, fight(), CONTENT).done.seq
    assert found(folder) == (line, "Agent D")


@pytest.mark.parametrize(
    ("action", "table", "is_sound"),
    [
        ("take_over", "handover_lines", True),
        ("hand_over", "handover_lines", False),
        ("take_over", "incidents", False),
    ],
)
def test_a_second_is_believed_of_the_tasks_of_a_handover_alone(
    folder: Path, action: str, table: str, is_sound: bool
) -> None:
    row = {WRITER[table]: 1}
    told: Details = {
        "second": 1,
        "rows": [{"table": table, "id": 9, "after": row}, {"table": table, "id": 9, "before": row}],
    }
    line = put(folder, "Agent C", (NIGHT, action, "", told))
    if not is_sound:
        assert found(folder) == (line, "Agent C")
        return
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        integrity_check.check(desk)
