"""Values that imports left open: sealed, gone with an undo or an erasure, closed by whoever fills them in."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ChangedSince
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches, opened_files, registers
from shelter_desk.operations.today import import_gaps
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.retention import erasing
from tests import OLD_FILES
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import HEADINGS, MAN, book
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.operations.test_raw_folder import raw_file

ODD = (9, "SOW Ali", "M", 33, "Gondorien", "05/02/2026", "Va-et-vient", MAN[7])
KEPT = {("migration_situation", "Va-et-vient"), ("nationality", "Gondorien")}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN, ODD))
        registers.take_in(opened, registers.looked_at(opened, opened_files.read(path), incomplete=True))
        yield opened


def told(desk: Desk) -> set[tuple[str, str]]:
    return {(one.column, one.told) for one in import_gaps.completing(desk)}


def test_what_the_file_says_of_a_person_is_kept_sealed(desk: Desk) -> None:
    with desk.reading() as connection:
        rows = connection.execute(text("SELECT sealed_told FROM import_gaps")).all()
        assert connection.execute(text("SELECT count(*) FROM house_gaps")).scalar_one() == 0
    assert told(desk) == KEPT
    assert len(rows) == 2
    assert not any(b"Gondorien" in row.sealed_told or b"Va-et-vient" in row.sealed_told for row in rows)


def test_what_is_filled_in_is_open_no_more(desk: Desk) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(
            text("UPDATE situations SET migration_situation = 'transit' WHERE migration_situation = 'indetermine'")
        )
    assert told(desk) == {("nationality", "Gondorien")}


def test_what_nobody_will_know_is_settled_once(desk: Desk) -> None:
    one = next(one for one in import_gaps.completing(desk) if one.column == "migration_situation")
    import_gaps.settle(desk, one)
    assert told(desk) == {("nationality", "Gondorien")}
    with pytest.raises(ChangedSince):
        import_gaps.settle(desk, one)


def test_the_same_file_once_more_opens_nothing_again(desk: Desk, tmp_path: Path) -> None:
    again = registers.looked_at(desk, opened_files.read(tmp_path / "r.xlsx"), incomplete=True)
    counted = again.judgement.counts["personnes"]
    assert (counted.new, counted.changed, counted.same, counted.incomplete) == (0, 0, 2, 0)


def test_an_undo_takes_with_it_what_the_import_left_open(desk: Desk) -> None:
    (past,) = intake_batches.past(desk)
    intake_batches.undo(desk, past.batch.id, nobody)
    with desk.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM import_gaps")).scalar_one() == 0


def test_an_erasure_of_the_identity_takes_what_the_file_said(desk: Desk) -> None:
    person = next(one.person for one in import_gaps.completing(desk))
    assert person is not None
    with desk.database.transaction(EVERYTHING) as connection:
        erasing.identities(connection, [person], desk.now())
        assert connection.execute(text("SELECT count(*) FROM import_gaps")).scalar_one() == 0


def test_what_imports_of_before_left_open_of_persons_goes_behind_the_wall(tmp_path: Path) -> None:
    """What is open of the house stays in the open, with what the file said of it."""
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0038", folder)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        columns = "id, batch_id, owner, row_id, list_key, column_key, person_id, told, sealed_told, settled_at"
        [batch] = raw.execute("SELECT max(id) FROM import_batches").fetchone()
        raw.execute("DELETE FROM import_gaps")
        for row in (
            (5, batch, "sejours", 1, "sejours", "exit_reason", 1, "", bytes(60), None),
            (6, batch, "articles", 1, "articles", "unit", None, "Sachet", None, None),
        ):
            raw.execute(f"INSERT INTO import_gaps ({columns}) VALUES ({', '.join('?' * len(row))})", row)
        raw.commit()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        [person] = connection.execute(text("SELECT id, owner, row_id, person_id, sealed_told FROM import_gaps")).all()
        [thing] = connection.execute(text("SELECT id, owner, row_id, told FROM house_gaps")).all()
        here = connection.execute(text("SELECT 1 FROM main.sqlite_master WHERE name = 'import_gaps'")).first()
    assert (tuple(person), tuple(thing)) == ((5, "sejours", 1, 1, bytes(60)), (6, "articles", 1, "Sachet"))
    assert here is None


def test_what_is_open_in_the_store_is_completed_by_who_keeps_it_without_the_case_file(tmp_path: Path) -> None:
    folder, items = tmp_path / "shelter", ("item_code", "designation", "stock_category", "unit", "has_expiry")
    store, auditor = "Agent S", "Agent U"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, store, Role.STOREKEEPER, PASSWORD)
        user_accounts.add(desk, auditor, Role.AUDITOR, PASSWORD)
        path = book(
            tmp_path / "s.xlsx",
            Registre=(HEADINGS, ODD),
            articles=(items, ("KIT-9", "Natte", "hygiene", "Botte", "non")),
        )
        registers.take_in(desk, registers.looked_at(desk, opened_files.read(path), incomplete=True))
        assert told(desk) == {*KEPT, ("unit", "Botte")}
    for name, may in ((auditor, False), (store, True)):
        with unlocking.unlock(folder, name, PASSWORD) as desk:
            [one] = import_gaps.completing(desk)
            assert (one.code, one.told, import_gaps.may_settle(desk, one)) == ("KIT-9", "Botte", may)
    with unlocking.unlock(folder, store, PASSWORD) as desk:
        import_gaps.settle(desk, one)
        assert import_gaps.completing(desk) == []
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert told(desk) == KEPT
