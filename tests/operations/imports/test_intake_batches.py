"""Imports as batches: the same file twice, a stop before the end, an undo that leaves what was touched since."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ChangedSince, NotAllowed
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches, registers
from shelter_desk.operations.imports.intake import Review
from shelter_desk.operations.imports.intake_batches import Batch, Undoing
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import journal as journals
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import journal
from shelter_desk.storage.imports import import_lines
from shelter_desk.storage.imports import intake as stored_intake
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.retention import erasing
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import AWA, BABY, HEADINGS, MAN, book
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter

OTHER = "deux citrons jaunes"
ROOM = (("room_code", "name", "room_type", "sex_rule", "age_rule"), ("9", "Neuf", "transit", "f", "tous"))
BEDS = (("bed_code", "room_code", "bed_type", "in_service_from"), ("9A", "9", "simple", "01/01/2025"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN))


def opened(desk: Desk, path: Path) -> Review:
    return intake.open_file(desk, path, nobody)


def taken(desk: Desk, path: Path) -> Batch:
    batch = intake_batches.take_in(desk, opened(desk, path), nobody).batch
    assert batch is not None
    return batch


def undone(desk: Desk, batch: Batch) -> Undoing:
    return intake_batches.undo(desk, batch.id, nobody)


def persons(desk: Desk) -> set[str]:
    return {residents.name(desk, line.person.id).first_name for line in residents.listed(desk, "all")}


def person_id(desk: Desk, first_name: str) -> PersonId:
    listed = residents.listed(desk, "all")
    return next(one.person.id for one in listed if residents.name(desk, one.person.id).first_name == first_name)


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the registers."""
    tables = ("rooms", "beds", "persons", "stays", "placements", "victim_statuses", "services")
    with desk.reading() as connection:
        return {one: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {one}")] for one in tables}


def test_a_file_is_a_batch_with_its_counts(desk: Desk, path: Path) -> None:
    batch = taken(desk, path)
    (past,) = intake_batches.past(desk)
    assert (past.batch, past.by, past.undone_by) == (batch, "Agent A", "")
    assert (batch.lists, batch.rows) == ({"personnes": (3, 0), "sejours": (3, 0)}, 6)
    line = next(iter(journals.lines(desk, [batch.seq])))
    assert line.action == "take_in"


def test_the_same_file_twice_is_said_and_adds_nothing(desk: Desk, path: Path) -> None:
    batch, before = taken(desk, path), everything(desk)
    again = opened(desk, path)
    assert again.taken == batch
    assert intake_batches.take_in(desk, again, nobody).batch is None
    assert (everything(desk), len(intake_batches.past(desk))) == (before, 1)


def test_a_stop_before_the_end_changes_nothing(desk: Desk, path: Path) -> None:
    review, before = opened(desk, path), everything(desk)

    def stop(step: str, _done: int, _total: int) -> None:
        if step == "sejours":
            raise ChangedSince("stopped")

    with pytest.raises(ChangedSince):
        intake_batches.take_in(desk, review, stop)
    assert (everything(desk), intake_batches.past(desk)) == (before, [])


def test_progress_counts_the_rows(desk: Desk, path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    intake_batches.take_in(desk, opened(desk, path), lambda *one: told.append(one))
    assert told[0] == ("personnes", 0, 6)


def test_an_undo_brings_back_what_was_there(desk: Desk, path: Path) -> None:
    admit(desk, "1A", names=Names("Koné", "Sali"))
    before = everything(desk)
    batch = taken(desk, path)
    foreseen = intake_batches.undoing(desk, batch.id)
    result = undone(desk, batch)
    assert (everything(desk), foreseen.left, result.left) == (before, (), ())
    assert (foreseen.rows, result.removed) == (6, {"personnes": 3, "sejours": 3})
    assert persons(desk) == {"Sali"}


@pytest.mark.parametrize("names", [Names("Koné", "Sali"), Names()])
def test_an_undo_gives_back_what_was_changed(desk: Desk, tmp_path: Path, names: Names) -> None:
    code = admit(desk, "1A", names=names).code
    before = everything(desk)
    headings = ("person_code", "last_name", "region_origin")
    batch = taken(desk, book(tmp_path / "p.xlsx", personnes=(headings, (code, "Konaté", "Kayes"))))
    assert undone(desk, batch).restored == {"personnes": 1}
    assert everything(desk) == before
    assert residents.name(desk, residents.listed(desk, "all")[0].person.id) == names


def test_a_change_of_keys_since_leaves_nothing_of_an_import_behind(desk: Desk, path: Path) -> None:
    batch = taken(desk, path)
    assert desk.sealer is not None
    with desk.database.transaction(Changes()) as connection:
        stored_residents.change_seals(connection, desk.sealer, desk.sealer)
    assert undone(desk, batch).left == ()
    assert persons(desk) == set()


def test_what_is_kept_of_a_changed_row_holds_no_key(desk: Desk) -> None:
    person = admit(desk, "1A", names=Names("Koné", "Sali")).person
    with desk.writing("test", Changes()) as writing:
        writing.trail.change("persons", person, {"seal": bytes(60), "languages": "fr"})
        made = stored_intake.Batch(0, "", desk.now(), desk.user, {}, 0)
        stored_intake.add(writing.connection, made, writing.trail.written, import_lines.new_digests())
        (former,) = writing.connection.exec_driver_sql("SELECT former FROM import_rows").scalars()
    assert set(json.loads(former)) == {"languages"}


def test_an_undo_holds_after_the_program_was_closed(tmp_path: Path, path: Path) -> None:
    with open_small_shelter(tmp_path / "other") as desk:
        before, batch = everything(desk), taken(desk, path)
    with unlocking.unlock(tmp_path / "other", "Agent A", PASSWORD) as desk:
        undone(desk, batch)
        assert everything(desk) == before
        (past,) = intake_batches.past(desk)
        assert past.undone_by == "Agent A"


def test_an_import_is_undone_once(desk: Desk, path: Path) -> None:
    batch = taken(desk, path)
    undone(desk, batch)
    with pytest.raises(ChangedSince):
        undone(desk, batch)
    with pytest.raises(ChangedSince):
        intake_batches.undoing(desk, batch.id)


def test_a_file_that_was_undone_can_be_taken_in_again(desk: Desk, path: Path) -> None:
    undone(desk, taken(desk, path))
    assert opened(desk, path).taken is None
    taken(desk, path)
    assert persons(desk) == {"Awa", "Moussa", "Kofi"}


def test_a_person_touched_since_stays_with_the_stay_and_who_did_it_is_told(desk: Desk, path: Path) -> None:
    batch = taken(desk, path)
    person = person_id(desk, "Kofi")
    record = residents.record(desk, person)
    residents.correct(desk, record.person, names=Names("Mensah", "Kofi"))
    result = undone(desk, batch)
    assert persons(desk) == {"Kofi"}
    told = {(one.list, one.code): (one.why, one.action, one.who) for one in result.left}
    assert told == {
        ("personnes", record.person.code): ("changed", "correct", "Agent A"),
        ("sejours", record.stays[0].stay.stay_no): ("belongs", "correct", "Agent A"),
    }


def test_what_something_written_since_needs_stays(desk: Desk, tmp_path: Path) -> None:
    batch = taken(desk, book(tmp_path / "h.xlsx", chambres=ROOM, lits=BEDS))
    admit(desk, "9A")
    result = undone(desk, batch)
    assert {(one.list, one.why, one.by_list) for one in result.left} == {
        ("lits", "referred", "couchages"),
        ("chambres", "needed", "lits"),
    }
    assert any(room.code == "9" for room, _ in beds.rooms(desk))


def test_a_stay_that_ended_since_stays_with_its_person(desk: Desk, path: Path) -> None:
    batch = taken(desk, path)
    stay = residents.record(desk, person_id(desk, "Awa")).stays[0].stay
    stays.leave(desk, stay.id, days_ago(1), "autonomie")
    result = undone(desk, batch)
    assert persons(desk) == {"Awa"}
    assert {(one.list, one.why) for one in result.left} == {("sejours", "changed"), ("personnes", "needed")}


def test_an_undo_is_one_line_of_the_journal_and_names_what_it_undid(desk: Desk, path: Path) -> None:
    batch = taken(desk, path)
    undone(desk, batch)
    with desk.reading() as connection:
        line = journal.last_of(connection, ["undo_import"])
    assert line is not None
    assert (line.known["of"], line.known["left"]) == (batch.seq, 0)


def test_an_undo_that_is_stopped_undoes_nothing(desk: Desk, path: Path) -> None:
    batch, before = taken(desk, path), everything(desk)

    def stop(_step: str, _done: int, _total: int) -> None:
        raise ChangedSince("stopped")

    with pytest.raises(ChangedSince):
        intake_batches.undo(desk, batch.id, stop)
    assert (everything(desk), intake_batches.undoing(desk, batch.id).rows) == (before, 6)


def test_movements_of_the_stock_go_back_unless_others_came_after(desk: Desk, tmp_path: Path) -> None:
    items = (
        ("item_code", "designation", "stock_category", "unit", "has_expiry"),
        ("RIZ", "Riz", "aliments_secs", "kg", "non"),
    )
    head = ("move_no", "item_code", "moved_on", "move_type", "quantity", "donor")
    came = ("E-1", "RIZ", "01/11/2026", "achat", 20, "oim")
    path = book(tmp_path / "s.xlsx", articles=items, mouvements=(head, came))
    batch = taken(desk, path)
    later = taken(desk, book(tmp_path / "t.xlsx", mouvements=(head, ("E-2", "RIZ", "02/11/2026", "achat", 5, "oim"))))
    assert {(one.list, one.why) for one in intake_batches.undoing(desk, batch.id).left} >= {
        ("mouvements", "referred"),
        ("articles", "referred"),
    }
    undone(desk, later)
    assert undone(desk, batch).left == ()


def test_a_family_goes_back_whatever_line_its_head_stands_on(desk: Desk, tmp_path: Path) -> None:
    codes = [residents.record(desk, admit(desk, sex=sex, days=900).person).person.code for sex in "fm"]
    for line in residents.listed(desk, "all"):
        stays.leave(desk, residents.record(desk, line.person.id).stays[0].stay.id, days_ago(890), "autonomie")
    before = everything(desk)
    headings = (
        "stay_no",
        "person_code",
        "admitted_at",
        "entry_kind",
        "migration_situation",
        "is_dependant",
        "head_stay_no",
    )
    child = ("F-2", codes[1], "03/02/2026", "readmission", "transit", "oui", "F-1")
    head = ("F-1", codes[0], "03/02/2026", "readmission", "transit", None, None)
    batch = taken(desk, book(tmp_path / "f.xlsx", sejours=(headings, child, head)))
    assert undone(desk, batch).left == ()
    assert everything(desk) == before


def test_what_cannot_come_back_since_its_place_was_taken_stays(desk: Desk, tmp_path: Path) -> None:
    person = admit(desk, "1A", days=20).person
    stay_no = residents.record(desk, person).stays[0].stay.stay_no
    with desk.reading() as connection:
        since = str(connection.exec_driver_sql("SELECT started_at FROM placements").scalar())
    headings = ("stay_no", "place", "bed_code", "from", "to")
    left = (stay_no, "lit", "1A", since.replace("T", " "), days_ago(5).strftime("%Y-%m-%d %H:%M"))
    batch = taken(desk, book(tmp_path / "c.xlsx", couchages=(headings, left)))
    admit(desk, "1A", days=2)
    assert [(one.list, one.code, one.why) for one in undone(desk, batch).left] == [("couchages", stay_no, "refused")]
    assert desk.database.problems() == ()


def test_imports_and_undos_in_any_order_leave_a_whole_file(desk: Desk, tmp_path: Path) -> None:
    rooms = taken(desk, book(tmp_path / "h.xlsx", chambres=ROOM, lits=BEDS))
    people_ = taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN)))
    with desk.reading() as connection:
        stay = connection.exec_driver_sql("SELECT stay_no FROM stays ORDER BY id").scalar()
    placed = (("stay_no", "place", "bed_code", "from"), (stay, "lit", "9A", "03/02/2026"))
    nights = taken(desk, book(tmp_path / "n.xlsx", couchages=placed))
    assert {one.list for one in undone(desk, rooms).left} == {"chambres", "lits"}
    left = {(one.list, one.why) for one in undone(desk, people_).left}
    assert left == {("sejours", "referred"), ("personnes", "needed")}
    assert undone(desk, nights).left == ()
    assert (desk.database.problems(), len(residents.listed(desk, "all"))) == ((), 1)


def test_the_command_line_stores_a_batch_as_well(desk: Desk, path: Path) -> None:
    registers.take_in(desk, registers.look(desk, path))
    (past,) = intake_batches.past(desk)
    assert past.batch.rows == 6


def test_another_role_may_neither_look_nor_take_in_nor_undo(tmp_path: Path, path: Path) -> None:
    with open_small_shelter(tmp_path / "other") as desk:
        user_accounts.add(desk, "Agent K", Role.CASE_WORKER, OTHER)
        batch = taken(desk, path)
    with unlocking.unlock(tmp_path / "other", "Agent K", OTHER) as desk:
        for refused in (
            lambda: opened(desk, path),
            lambda: intake_batches.past(desk),
            lambda: intake_batches.undoing(desk, batch.id),
            lambda: undone(desk, batch),
        ):
            with pytest.raises(NotAllowed):
                refused()


def test_what_an_import_changed_of_somebody_erased_is_kept_nowhere(desk: Desk, tmp_path: Path) -> None:
    person = admit(desk, "1A", names=Names("Koné", "Sali")).person
    code = residents.record(desk, person).person.code
    headings = ("person_code", "region_origin")
    batch = taken(desk, book(tmp_path / "p.xlsx", personnes=(headings, (code, "Kayes"))))
    with desk.writing("erase", Changes()) as writing:
        erasing.identities(writing.connection, [person], desk.now())
        former = set(writing.connection.exec_driver_sql("SELECT former FROM import_rows").scalars())
    assert former == {""}
    assert [one.why for one in undone(desk, batch).left] == ["changed"]
