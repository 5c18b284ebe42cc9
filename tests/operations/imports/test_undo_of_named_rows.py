"""An undo leaves nothing that names a row which is gone, also where no key of the file says so (families of before)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.errors import ChangedSince
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.stays.families import FamilyChange
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import maintenance
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import families
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file import named_rows
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.imports import intake, intake_undo
from shelter_desk.storage.stays import stays as stored_stays
from shelter_desk.storage.tables import metadata
from tests.operations.beds.held_scene import arriving
from tests.operations.equipment.test_defects import defect, mended, state, thing
from tests.operations.imports.test_former_families import told
from tests.operations.imports.test_intake_batches import BEDS, ROOM, person_id, taken, undone
from tests.operations.imports.test_own_registers import AWA, BABY, HEADINGS, MAN, book
from tests.operations.shelter import admit, bed, days_ago, open_small_shelter

WITH_FAMILIES = ("stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation", "former_families")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def stay_of(desk: Desk, first_name: str) -> StayId:
    return residents.record(desk, person_id(desk, first_name)).stays[0].stay.id


def number(desk: Desk, stay: StayId) -> str:
    with desk.reading() as connection:
        return stored_stays.stay(connection, stay).stay_no


def was_with(desk: Desk, head: StayId) -> Admitted:
    """A child who joined the family of that stay and left it again."""
    child = admit(desk, "4B", age=7, days=20)
    families.regroup(desk, days_ago(10).date(), [FamilyChange(child.stay, head, "neveu_niece", "dit")])
    families.regroup(desk, days_ago(4).date(), [FamilyChange(child.stay)])
    return child


def test_a_stay_that_a_family_of_before_names_stays_with_its_person(desk: Desk, tmp_path: Path) -> None:
    batch = taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN)))
    awa = stay_of(desk, "Awa")
    child, before = was_with(desk, awa), told(desk)
    result = undone(desk, batch)
    assert {(one.list, one.why, one.by_code) for one in result.left} == {
        ("sejours", "referred", number(desk, child.stay)),
        ("personnes", "needed", number(desk, awa)),
    }
    assert [one for one in told(desk) if one[1]] == [one for one in before if one[1]]


def test_families_of_before_within_one_file_go_back_together(desk: Desk, tmp_path: Path) -> None:
    codes = [admit(desk, sex=sex, days=5).code for sex in "fm"]
    before = told(desk)
    child = ("F-2", codes[1], "03/02/2025", "premiere", "transit", "F-1 |  | 2025-02-05")
    head = ("F-1", codes[0], "03/02/2025", "premiere", "transit", None)
    for line in residents.listed(desk, "all"):
        assert line.person.code in codes
    ended = ("exited_at", "exit_reason")
    rows = [(*one, "01/03/2025", "autonomie") for one in (child, head)]
    batch = taken(desk, book(tmp_path / "f.xlsx", sejours=((*WITH_FAMILIES, *ended), *rows)))
    assert len(told(desk)) > len(before)
    assert undone(desk, batch).left == ()
    assert told(desk) == before


def test_a_bed_that_a_roll_call_names_stays(desk: Desk, tmp_path: Path) -> None:
    batch = taken(desk, book(tmp_path / "h.xlsx", chambres=ROOM, lits=BEDS))
    made = admit(desk, "1A")
    with desk.writing("test", Changes()) as writing:
        told = {"night_of": desk.today().isoformat(), "checked_at": to_text(desk.now()), "checked_by": desk.user}
        call = writing.trail.add("roll_calls", told)
        line = {"roll_call_id": call, "stay_id": made.stay, "presence": "present", "bed_id": bed(desk, "9A").id}
        writing.trail.add("roll_call_lines", line)
    left = {(one.list, one.why, one.by_list) for one in undone(desk, batch).left}
    assert left == {("lits", "referred", "roll_call_lines"), ("chambres", "needed", "lits")}


def test_an_admission_is_not_undone_once_a_family_of_before_names_it(desk: Desk) -> None:
    mother = arriving(desk, "1A", at=days_ago(15))
    child = was_with(desk, mother.stay)
    before = told(desk)
    with pytest.raises(ChangedSince):
        undo(desk, mother.done)
    assert told(desk) == before
    assert residents.record(desk, child.person).stays[0].stay.former_families


def test_a_ticket_is_not_undone_once_a_bed_waits_for_it(desk: Desk) -> None:
    """By the repair of another ticket, which the bed waited for before."""
    mattress = thing(desk)
    first = defect(desk, mattress, ago=2)
    made = Ticket(maintenance.NEW, "", thing(desk, "Matelas"), desk.today(), "corrective", "Housse", "normale")
    second = maintenance.report_fault(desk, made, out_of_use=True)
    mended(desk, first)
    waits = state(desk)
    assert waits is not None
    assert waits.ticket != first.id
    with pytest.raises(ChangedSince):
        undo(desk, second)
    assert state(desk) == waits


def set_aside(desk: Desk, subject: str, table: str = "settled_flags") -> None:
    at = to_text(desk.now())
    told = {"rule": "R-14", "settled_at": at}
    if table == "postponed_tasks":
        told = {"matter": "stock_low", "postponed_at": at, "until": at}
    with desk.writing("test", Changes()) as writing:
        writing.trail.add(table, {"subject": subject, "reason": "", **told})


def test_a_stay_whose_alert_was_set_aside_stays_and_no_other_gets_its_number(desk: Desk, tmp_path: Path) -> None:
    batch = taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN)))
    awa = stay_of(desk, "Awa")
    set_aside(desk, f"stay/{awa}/transit")
    result = undone(desk, batch)
    assert ("sejours", "referred", "settled_flags") in {(one.list, one.why, one.by_list) for one in result.left}
    assert number(desk, awa)
    assert stay_of(desk, "Awa") == awa


@pytest.mark.parametrize("subject", ["stay/{stay}", "stay/{stay}/transit/2026"])
def test_an_admission_is_not_undone_once_its_alert_was_set_aside(desk: Desk, subject: str) -> None:
    made = arriving(desk, "1A", at=days_ago(2))
    set_aside(desk, f"stay/{made.stay}0")  # of another one whose number begins alike
    set_aside(desk, subject.format(stay=made.stay))
    with pytest.raises(ChangedSince):
        undo(desk, made.done)


@pytest.mark.parametrize(
    ("subject", "named"),
    [
        ("item/7", {("stock_items", 7)}),
        ("asset/7", {("assets", 7)}),
        ("stay/7/referral/8", {("stays", 7), ("referrals", 8)}),
        ("stay/7/action/8/x", {("stays", 7), ("plan_actions", 8)}),
        ("stay/7/exit/2026-11-01", {("stays", 7)}),
        ("night/2026-11-01", set()),
        ("house", set()),
        ("stay/x", set()),
        ("stay/" + "9" * 20, set()),
        ("stay/" + "9" * 5000, set()),
        ("stay/0", set()),
        ("night/2026-11-01/referral/8", {("referrals", 8)}),
    ],
)
def test_what_a_settled_flag_names_is_read_from_its_subject(
    desk: Desk, subject: str, named: set[tuple[str, int]]
) -> None:
    table = "postponed_tasks" if subject.startswith(("item", "asset")) else "settled_flags"
    assert set(named_rows.named_by(table, {"subject": subject})) == named
    set_aside(desk, subject, table)
    parents = {parent for one in named_rows.NAMINGS if one.table == table for parent in one.parents}
    with desk.reading() as connection:
        found = list(named_rows.naming(connection, {(parent, key) for parent in parents for key in (7, 8)}))
    assert {key for _, _, key in found} == named


def test_a_column_is_read_once_however_many_rows_of_however_many_tables_are_gone(desk: Desk) -> None:
    asked: list[str] = []
    tables = {parent for one in named_rows.NAMINGS for parent in one.parents}
    with desk.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        named_rows.check_not_named(connection, [(table, key) for table in tables for key in range(1000, 3000)])
    assert 0 < len(asked) <= len({(one.table, one.column) for one in named_rows.NAMINGS})


def test_what_names_an_import_is_looked_for_without_joining_each_flag_with_each_row(desk: Desk, tmp_path: Path) -> None:
    batch = taken(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN)))
    awa, asked = stay_of(desk, "Awa"), list[str]()
    set_aside(desk, f"stay/{awa}/referral/9")
    with desk.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        intake_undo.staying(connection, batch.id, intake.rows(connection, batch.id), None)
    assert len([one for one in asked if "settled_flags" in one]) == 1


def test_what_is_not_looked_for_is_kept_by_a_trigger(desk: Desk) -> None:
    every = "SELECT tbl_name, sql, type FROM sqlite_master UNION SELECT tbl_name, sql, type FROM sqlite_temp_master"
    with desk.database.transaction(EVERYTHING) as connection:
        triggers = connection.execute(text(f"SELECT * FROM ({every}) WHERE type = 'trigger'")).all()
    for one in named_rows.NAMINGS:
        says = f"FROM {one.table} WHERE {one.column} = OLD.id"
        kept = any(row.tbl_name in one.parents and "BEFORE DELETE" in row.sql and says in row.sql for row in triggers)
        assert kept == one.is_kept


def test_every_column_that_names_a_row_without_a_key_is_known() -> None:
    of_the_program = {("journal", "user_id"), ("import_gaps", "row_id"), ("import_gaps", "person_id")}
    of_the_program |= {
        ("import_rows", "row_id"),
        ("house_gaps", "row_id"),
        ("services", "staff_id"),
        ("case_inbox", "row_id"),
    }
    of_the_program |= {("journal_signers", "user_id"), ("tonight_names", "person_id")}  # the act itself follows
    known = {(one.table, one.column) for one in named_rows.NAMINGS} | of_the_program
    for table in metadata.sorted_tables:
        keyed = {key.parent.name for key in table.foreign_keys}
        free = {one.name for one in table.c if one.name.endswith("_id") and one.name not in keyed}
        assert {(table.name, one) for one in free} <= known
