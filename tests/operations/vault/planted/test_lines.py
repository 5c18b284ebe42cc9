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


PERSON: Details = {"sex": "f"}


def row(table: str = "persons", key: int = 9, **sides: Details) -> Details:
    return {"rows": [{"table": table, "id": key, **sides}]}


def test_what_one_made_and_took_back_one_makes_again(folder: Path) -> None:
    for _ in range(2):
        made = put(folder, "Agent C", (NIGHT, "admit", "", row(after=PERSON)))
        put(folder, "Agent C", (NIGHT, "undo", "", {"of": made, **row(before=PERSON)}))
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        integrity_check.check(desk)


@pytest.mark.parametrize(
    "undone",
    [
        row(before={"sex": "m"}),  # something else than was made
        row(key=2, before=PERSON),  # another row
        row(table="stays", before=PERSON),
        {"rows": [*row(before=PERSON)["rows"], *row(key=2, before=PERSON)["rows"]]},  # and one more
        {},  # nothing at all
        {**row(before=PERSON), "before": {"toilets": "4"}},  # and a setting
        {**row(before=PERSON), "new_rows": {"services": 1}},
        {**row(before=PERSON), "gone_rows": {"services": 1}, "gone_ids": {"services": [[1, 1]]}},
    ],
)
def test_what_is_taken_back_is_what_was_done_and_nothing_else(folder: Path, undone: Details) -> None:
    made = put(folder, "Agent C", (NIGHT, "admit", "", row(after=PERSON)))
    line = put(folder, "Agent C", (NIGHT, "undo", "", {"of": made, **undone}))
    assert found(folder) == (line, "Agent C")


def test_nothing_is_taken_back_twice(folder: Path) -> None:
    made = put(folder, "Agent C", (NIGHT, "admit", "", row(after=PERSON)))
    back: Details = {"of": made, **row(before=PERSON)}
    put(folder, "Agent C", (NIGHT, "undo", "", back))
    line = put(folder, "Agent C", (NIGHT, "undo", "", back))
    assert found(folder) == (line, "Agent C")


@pytest.mark.parametrize("of", [None, "1", 10**9, -1])
def test_what_is_taken_back_says_of_which_line(folder: Path, of: Any) -> None:
    put(folder, "Agent C", (NIGHT, "admit", "", row(after=PERSON)))
    line = put(folder, "Agent C", (NIGHT, "undo", "", {"of": of, **row(before=PERSON)}))
    assert found(folder) == (line, "Agent C")


def test_an_act_of_somebody_else_is_not_ones_own_to_take_back(folder: Path) -> None:
    table = "handover_lines"
    made = put(folder, "Agent A", (UserId(1), "add_handover_line", "", row(table, after={"written_by": 1})))
    line = put(folder, "Agent C", (NIGHT, "undo", "", {"of": made, **row(table, before={"written_by": 1})}))
    assert found(folder) == (line, "Agent C")


def test_what_somebody_else_wrote_last_is_not_ones_own_to_change(folder: Path) -> None:
    put(folder, "Agent C", (NIGHT, "admit", "", row(after=PERSON)))
    put(folder, "Agent A", (UserId(1), "correct_person", "", row(before=PERSON, after={"sex": "m"})))
    line = put(folder, "Agent C", (NIGHT, "correct_person", "", row(before={"sex": "m"}, after=PERSON)))
    assert found(folder) == (line, "Agent C")


def test_no_row_is_changed_into_one_of_somebody_else(folder: Path) -> None:
    put(folder, "Agent C", (NIGHT, "add_handover_line", "", row("handover_lines", after={"written_by": NIGHT})))
    told = row("handover_lines", before={"written_by": NIGHT}, after={"written_by": 1})
    line = put(folder, "Agent C", (NIGHT, "take_over", "", told))
    assert found(folder) == (line, "Agent C")


def test_what_somebody_else_told_the_next_shift_is_taken_out_by_a_manager_alone(folder: Path) -> None:
    made = row("handover_lines", after={"written_by": 1})
    gone = row("handover_lines", before={"written_by": 1})
    put(folder, "Agent A", (UserId(1), "add_handover_line", "", made))
    put(folder, "Agent A", (UserId(1), "take_out_handover_line", "", gone))
    put(folder, "Agent A", (UserId(1), "add_handover_line", "", made))
    line = put(folder, "Agent C", (NIGHT, "take_out_handover_line", "", gone))
    assert found(folder) == (line, "Agent C")


def test_a_turn_of_the_list_is_told_by_a_manager_alone(folder: Path) -> None:
    line = put(folder, "Agent D", (STORE, "display_changed", "", {"list": 1}))
    assert found(folder) == (line, "Agent D")


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
    ("action", "table"), [("take_over", "handover_lines"), ("hand_over", "handover_lines"), ("take_over", "incidents")]
)
def test_a_second_is_believed_of_no_row(folder: Path, action: str, table: str) -> None:
    line = put(folder, "Agent C", (NIGHT, action, "", {"second": 1, **row(table, after={WRITER[table]: 1})}))
    assert found(folder) == (line, "Agent C")
