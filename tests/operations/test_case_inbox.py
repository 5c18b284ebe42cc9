"""What is written into the case file by who may not read it: in the box until who may opens the shelter."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, RowsAltered
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage.file import journal, sealed_boxes
from shelter_desk.storage.file.case import case_inbox, case_lines, case_statements
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.numbering import last_number
from shelter_desk.storage.tables import boxed_tables, services
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.test_raw_folder import raw_file

NIGHT, STORE = "Agent C", "Agent D"
SERVICE = {"service_on": "2026-03-09", "service_type": "hyg_kit", "quantity": 1.0, "provider_kind": "interne"}
BY_HAND = {**SERVICE, "stay_id": 1}


@dataclass(frozen=True)
class Scene:
    """A closed shelter with one resident, a night reception and a storekeeper."""

    folder: Path
    stay: StayId

    def open(self, name: str = "Agent A") -> Desk:
        return unlocking.unlock(self.folder, name, PASSWORD)

    def lying(self, asked: str) -> list[Any]:
        """What the key of the file alone reads."""
        opened = key_opening.open_with_password(self.folder, STORE, PASSWORD, None)
        with closing(raw_file(self.folder / "shelter.db", opened.keys.database)) as raw:
            return list(raw.execute(asked).fetchall())


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    with open_small_shelter(tmp_path / "shelter") as desk:
        user_accounts.add(desk, NIGHT, Role.RECEPTION, PASSWORD)
        user_accounts.add(desk, STORE, Role.STOREKEEPER, PASSWORD)
        stay = admit(desk, "1A", days=9).stay
        give(desk, stay)
    return Scene(tmp_path / "shelter", stay)


def give(desk: Desk, stay: StayId) -> tuple[str, Done]:
    """A service with the next number, as a slip of the store writes it."""
    with desk.writing("issue_stock", EVERYTHING) as writing:
        number = f"S-2026-{last_number(writing.connection, services.c.service_no, 'S-2026-') + 1:05}"
        writing.trail.add("services", {**SERVICE, "service_no": number, "stay_id": stay})
    return number, writing.done


def numbers(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return list(connection.execute(text("SELECT service_no FROM services ORDER BY id")).scalars())


def test_a_service_of_the_store_waits_sealed_and_is_there_for_who_may_read_it(scene: Scene) -> None:
    with scene.open(STORE) as desk:
        assert give(desk, scene.stay)[0] == "S-2026-00002"
        assert numbers(desk) == []
    ((table, sealed),) = scene.lying("SELECT table_name, sealed FROM case_inbox")
    (details,) = scene.lying("SELECT details FROM journal ORDER BY seq DESC LIMIT 1")[0]
    assert (table, b"hyg_kit" in sealed, "hyg_kit" in details) == ("services", False, False)
    with scene.open() as desk:
        assert numbers(desk) == ["S-2026-00001", "S-2026-00002"]
        assert integrity_check.check(desk).stays == 1
        assert give(desk, scene.stay)[0] == "S-2026-00003"
    assert scene.lying("SELECT * FROM case_inbox") == []


def test_its_line_of_the_journal_tells_who_may_read_it_what_was_written(scene: Scene) -> None:
    with scene.open(STORE) as desk:
        seq = give(desk, scene.stay)[1].seq
        with desk.reading() as connection:
            assert journal.of(connection, [seq])[0].rows == []
    with scene.open() as desk, desk.reading() as connection:
        (row,) = journal.of(connection, [seq])[0].rows
    assert (row["table"], row["after"]["service_type"]) == ("services", "hyg_kit")


def test_several_go_on_counting_and_come_in_with_the_ids_that_lines_say(scene: Scene) -> None:
    with scene.open(STORE) as desk:
        assert [give(desk, scene.stay)[0] for _ in range(3)] == [f"S-2026-0000{n}" for n in (2, 3, 4)]
    with scene.open(STORE) as desk:
        assert give(desk, scene.stay)[0] == "S-2026-00005"
    with scene.open() as desk:
        assert numbers(desk) == [f"S-2026-0000{n}" for n in range(1, 6)]
        assert integrity_check.check(desk).stays == 1


def test_who_wrote_it_takes_it_back(scene: Scene) -> None:
    with scene.open(STORE) as desk:
        undo(desk, give(desk, scene.stay)[1])
    assert scene.lying("SELECT * FROM case_inbox") == []
    with scene.open() as desk:
        assert numbers(desk) == ["S-2026-00001"]
        assert integrity_check.check(desk).stays == 1


def test_an_admission_at_night_is_whole_for_who_completes_it(scene: Scene) -> None:
    with scene.open(NIGHT) as desk:
        made = admit(desk, "1B")
    assert scene.lying("SELECT DISTINCT table_name FROM case_inbox") == [
            ("appointments",), ("profiles",), ("situations",),
        ]  # fmt: skip
    with scene.open() as desk, desk.reading() as connection:
        steps = text("SELECT count(*) FROM appointments WHERE stay_id = :stay")
        assert connection.execute(steps, {"stay": made.stay}).scalar_one() > 0
        assert case_inbox.waiting(connection) == 0
        assert integrity_check.check(desk).stays == 2


def _altered(sealed: bytes) -> bytes:
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


def test_what_opens_no_more_waits_on_and_keeps_nothing_else_out(scene: Scene) -> None:
    with scene.open(STORE) as desk:
        for _ in range(2):
            give(desk, scene.stay)
        with desk.database.transaction(EVERYTHING) as connection:
            first, sealed = connection.execute(text("SELECT row_id, sealed FROM case_inbox ORDER BY 1 LIMIT 1")).one()
            changed = text("UPDATE case_inbox SET sealed = :sealed WHERE row_id = :id")
            connection.execute(changed, {"sealed": _altered(sealed), "id": first})
    with scene.open() as desk:
        assert numbers(desk) == ["S-2026-00001", "S-2026-00003"]
        with pytest.raises(RowsAltered):
            integrity_check.check(desk)
    assert scene.lying("SELECT row_id FROM case_inbox") == [(first,)]


def test_a_row_in_another_box_is_not_taken_in(scene: Scene) -> None:
    """As somebody writes it past the program."""
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("INSERT INTO case_inbox VALUES ('victim_statuses', 1, x'00'), ('services', 9, x'00')"))
    with scene.open() as desk:
        assert numbers(desk) == ["S-2026-00001"]
    assert len(scene.lying("SELECT * FROM case_inbox")) == 2


def put(connection: Connection, table: str, said: dict[str, Any]) -> None:
    """As whoever holds the key of the file puts it into the box, which is open to everybody."""
    sealed = case_inbox.boxed(sealed_boxes.of(connection), table, said)
    values = {"table": table, "id": said["id"], "sealed": sealed}
    connection.execute(text("INSERT INTO case_inbox VALUES (:table, :id, :sealed)"), values)


@pytest.mark.parametrize(
    "said",
    [
        {"id": 9, "no_such_column": "x"},
        {"id": 9, "service_no": "S-2026-00009", **BY_HAND, "quantity": "many"},
        {"id": 9, "service_no": {"sealed": 7}, **BY_HAND},
        {"id": 9, "service_no": "S-2026-00009", **BY_HAND, "quantity": []},
    ],
)
def test_what_none_of_the_columns_holds_keeps_nobody_out(scene: Scene, said: dict[str, Any]) -> None:
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        put(connection, "services", said)
    with scene.open() as desk:
        assert numbers(desk) == ["S-2026-00001"]
        with pytest.raises(RowsAltered):
            integrity_check.check(desk)


def test_a_service_that_no_line_tells_of_is_found(scene: Scene) -> None:
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        put(connection, "services", {**BY_HAND, "id": 9, "service_no": "S-2026-00009"})
    with scene.open() as desk:
        assert numbers(desk) == ["S-2026-00001", "S-2026-00009"]
        with pytest.raises(RowsAltered):
            integrity_check.check(desk)


def test_the_box_does_not_tell_which_activities_there_are(scene: Scene) -> None:
    """Who gives a slip knows none, and would know by whether it went in."""
    with scene.open() as desk, desk.writing("plan", EVERYTHING) as writing:
        told = {"activity_no": "A-2026-00001", "service_type": "hyg_kit", "held_on": "2026-03-09", "audience": "tous"}
        known = writing.trail.add("activities", told)
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        for key, activity in ((8, known), (9, known + 1)):
            put(
                connection,
                "services",
                {**BY_HAND, "id": key, "service_no": f"S-2026-0000{key}", "activity_id": activity},
            )
    with scene.open() as desk:
        assert numbers(desk) == ["S-2026-00001"]
    assert [row[0] for row in scene.lying("SELECT row_id FROM case_inbox ORDER BY row_id")] == [8, 9]


@pytest.mark.parametrize("rows", [7, [7], [["x", {}]], [[0, {}, 1]], [[0, 7]], {"a": 1}])
def test_a_line_whose_box_holds_no_rows_is_read_all_the_same(scene: Scene, rows: object) -> None:
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        seq = journal.head(connection)[0] + 1
        said = case_inbox.line_text(sealed_boxes.of(connection), {"rows": rows, "new_rows": rows}, seq)
        journal.add(connection, desk.now(), desk.user, "issue_stock", "", {case_lines.BOXED: said})
    with scene.open() as desk, desk.reading() as connection:
        assert journal.of(connection, [seq])[0].rows == []


def test_nobody_tells_by_the_box_what_a_line_of_before_said(scene: Scene) -> None:
    """Its hash is of what it said before it was sealed: that counts with the key of the case file alone."""
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        line = journal.last(connection)
        said = {"rows": [[0, {"table": "services", "id": 1, "after": {}}]], "line": line.details}
        forged = {case_lines.BOXED: case_inbox.line_text(sealed_boxes.of(connection), said, line.seq)}
        connection.execute(text("DROP TRIGGER journal_keeps_update"))
        changed = {"seq": line.seq, "details": case_lines.as_text({**forged, case_lines.FORMER: True})}
        connection.execute(text("UPDATE journal SET details = :details WHERE seq = :seq"), changed)
    with scene.open() as desk, desk.reading() as connection, pytest.raises(Damaged) as found:
        journal.verify(connection)
    assert (found.value.part, found.value.path) == ("journal", str(line.seq))


@pytest.mark.parametrize("last", ["'many'", "9223372036854775807", "-3", "x'00'"])
def test_numbers_that_somebody_wrote_keep_nobody_from_going_on(scene: Scene, last: str) -> None:
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text(f"UPDATE case_numbers SET last = {last} WHERE name = 'S-2026-'"))
    with scene.open() as desk:
        assert give(desk, scene.stay)[0] == "S-2026-00002"


def test_a_second_version_that_somebody_wrote_keeps_nobody_from_writing(scene: Scene) -> None:
    with scene.open(STORE) as desk, desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("INSERT INTO case_version VALUES (x'00')"))
    with scene.open() as desk:
        give(desk, scene.stay)
    assert len(scene.lying("SELECT * FROM case_version")) == 1


def test_only_tables_that_roles_without_the_key_write_go_into_the_box() -> None:
    assert {one.name for one in boxed_tables()} == {"services", "appointments", "incidents", "profiles", "situations"}
    said = case_statements.refusing(has_box=True)
    assert said.count("INSERT INTO main.case_inbox") == len(boxed_tables())
