"""What a paper holds lies beside its row: exchanged, planted or taken away past the program, the check tells it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged, RowsAltered, SealsAltered
from shelter_desk.domain.residents.notes import PDF
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import documents
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.vault import integrity_check, unlocking
from tests.operations.case_scene import CONTENTS, paper_file
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import PASSWORD, admit, small_shelter
from tests.operations.test_raw_folder import raw_file


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def test_what_a_paper_holds_in_place_of_another_and_without_a_paper_is_told(desk: Desk, tmp_path: Path) -> None:
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    for title in ("Un", "Deux"):
        documents.take_in(desk, made.person, paper_file(tmp_path), NewDocument("passeport", title))
    integrity_check.check(desk)
    exchanged = "UPDATE document_contents SET content = (SELECT content FROM document_contents WHERE id = 2)"
    with desk.database.transaction(EVERYTHING) as connection:
        former = connection.execute(text("SELECT content FROM document_contents WHERE id = 1")).scalar_one()
        connection.execute(text(f"{exchanged} WHERE id = 1"))
    with pytest.raises(SealsAltered) as caught:
        integrity_check.check(desk)
    assert caught.value.codes == (made.code,)
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE document_contents SET content = :former WHERE id = 1"), {"former": former})
    integrity_check.check(desk)
    beside_the_triggers(desk, "INSERT INTO document_contents SELECT 9, content FROM document_contents LIMIT 1")
    with pytest.raises(Damaged) as alone:
        integrity_check.check(desk)
    assert alone.value.path == "document_contents.id.9"


def beside_the_triggers(desk: Desk, planted: str) -> None:
    """As whoever has the key of the file writes, without the program."""
    with closing(raw_file(desk.database.path, desk.keys.database)) as raw:
        raw.execute(planted)
        raw.commit()


def test_what_somebody_put_where_the_next_paper_lies_keeps_nobody_from_it(desk: Desk, tmp_path: Path) -> None:
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    beside_the_triggers(desk, "INSERT INTO document_contents VALUES (1, x'00')")
    documents.take_in(desk, made.person, paper_file(tmp_path), NewDocument("passeport", "Passeport"))
    (kept,) = documents.of(desk, made.person)
    assert (kept.document.id, documents.show(desk, kept.document.id)) == (2, CONTENTS[PDF])
    with pytest.raises(Damaged):
        integrity_check.check(desk)


@pytest.mark.parametrize("spoil", ["UPDATE case_rows SET sealed = zeroblob(300)", "DELETE FROM case_rows"])
def test_a_paper_whose_row_is_spoilt_keeps_nobody_from_the_next_and_loses_no_content(
    desk: Desk, tmp_path: Path, spoil: str
) -> None:
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    documents.take_in(desk, made.person, paper_file(tmp_path), NewDocument("passeport", "Passeport"))
    assert desk.database.case_key is not None
    place = desk.database.case_key.place("documents", 1).hex()
    folder = desk.folder
    beside_the_triggers(desk, f"{spoil} WHERE place = x'{place}'")
    desk.close()
    for file in folder.glob("shelter.case*"):
        file.unlink()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        with again.reading() as connection:
            content = connection.execute(text("SELECT content FROM document_contents WHERE id = 1")).scalar_one()
        documents.take_in(again, made.person, paper_file(tmp_path), NewDocument("passeport", "Passeport"))
        assert [one.document.id for one in documents.of(again, made.person)] == [2]
        with again.reading() as connection:
            kept = connection.execute(text("SELECT id, content FROM document_contents ORDER BY id")).all()
        assert ([row.id for row in kept], kept[0].content) == ([1, 2], content)
        with pytest.raises((Damaged, RowsAltered)):
            integrity_check.check(again)


def test_a_paper_whose_content_is_gone_is_told_as_damage_and_can_be_taken_out(desk: Desk, tmp_path: Path) -> None:
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    documents.take_in(desk, made.person, paper_file(tmp_path), NewDocument("passeport", "Passeport"))
    beside_the_triggers(desk, "DELETE FROM document_contents")
    (kept,) = documents.of(desk, made.person)
    with pytest.raises(Damaged):
        documents.show(desk, kept.document.id)
    documents.take_out(desk, kept.document.id, "Illisible")
    assert documents.of(desk, made.person) == ()
    integrity_check.check(desk)
