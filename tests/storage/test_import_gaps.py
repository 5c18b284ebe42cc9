"""Values that imports left open: sealed, gone with an undo or an erasure, closed by whoever fills them in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import ChangedSince
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches, opened_files, registers
from shelter_desk.operations.today import import_gaps
from shelter_desk.storage.retention import erasing
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import HEADINGS, MAN, book
from tests.operations.shelter import open_small_shelter

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
        rows = connection.execute(text("SELECT told, sealed_told FROM import_gaps")).all()
    assert told(desk) == KEPT
    assert [row.told for row in rows] == ["", ""]
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
