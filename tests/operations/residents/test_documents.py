"""Papers inside the encrypted file: they come back byte for byte, and nothing of them lies anywhere else."""

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from shelter_desk.domain.approvals import GraveAct
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import FileMissing, Missing, NoSuch, NotAllowed, WouldOverwrite
from shelter_desk.domain.ids import DocumentId
from shelter_desk.domain.residents.notes import MOST_BYTES, PDF, PNG, NotAPaper
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import documents, retention
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import approvals, backups, integrity_check, key_change, restoring, unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.residents.notes import SMALLEST, stored_length
from shelter_desk.system import clock
from tests.operations.case_scene import CONTENTS, paper_file, stored_words
from tests.operations.referral_scene import agree_to_recording, become, desk, resident
from tests.operations.retention_scene import alone, last_line
from tests.operations.shelter import PASSWORD

__all__ = ["desk", "resident"]

ACT = NewDocument("acte_naissance", "Acte de Ségou")


@pytest.fixture
def whom(desk: Desk, resident: Admitted) -> Admitted:
    """Somebody who agreed to the recording."""
    agree_to_recording(desk, resident.person)
    return resident


def kept(desk: Desk, whom: Admitted) -> DocumentId:
    return documents.of(desk, whom.person)[0].document.id


def test_a_paper_comes_back_byte_for_byte(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    content = CONTENTS[PDF] + secrets.token_bytes(3000)
    documents.take_in(desk, whom.person, paper_file(tmp_path, content), ACT)
    documents.save(desk, kept(desk, whom), tmp_path / "rendu.pdf")
    assert (tmp_path / "rendu.pdf").read_bytes() == content


def test_the_largest_paper_comes_back(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    content = b"%PDF-" + secrets.token_bytes(MOST_BYTES - 5)
    documents.take_in(desk, whom.person, paper_file(tmp_path, content), ACT)
    documents.save(desk, kept(desk, whom), tmp_path / "rendu.pdf")
    assert (tmp_path / "rendu.pdf").read_bytes() == content


def test_what_is_kept_of_a_paper(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path, CONTENTS[PNG], "scan.pdf"), ACT, whom.stay)
    line = documents.of(desk, whom.person)[0]
    assert (line.title, line.by, line.ends) == ("Acte de Ségou", "Agent A", "")
    assert (line.document.media_type, line.document.size, line.document.stay) == (PNG, len(CONTENTS[PNG]), whom.stay)


def test_papers_lie_in_few_lengths_and_no_step_is_more_than_a_quarter_longer() -> None:
    steps = {size: stored_length(size) for size in (*range(1, 40_000, 7), MOST_BYTES - 1, MOST_BYTES)}
    assert [size for size, lying in steps.items() if lying < size or lying > max(SMALLEST, size * 5 / 4)] == []
    assert sorted({*steps.values()})[:6] == [8192, 10_240, 12_288, 14_336, 16_384, 20_480]


def test_nothing_of_a_paper_lies_in_clear_in_the_rows_or_the_journal(
    desk: Desk, whom: Admitted, tmp_path: Path
) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path, CONTENTS[PDF] + b"Bamako-Coura" * 9), ACT)
    stored = stored_words(desk)
    assert ("Bamako-Coura" in stored, "Acte de" in stored) == (False, False)


def test_the_journal_does_not_hold_the_content_even_sealed(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path, CONTENTS[PDF] + secrets.token_bytes(50_000)), ACT)
    documents.take_out(desk, kept(desk, whom), "Rendu à la personne")
    assert len(last_line(desk).details) < 2000


def test_taking_a_paper_out_to_a_file_is_written_to_the_journal(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    documents.save(desk, kept(desk, whom), tmp_path / "rendu.pdf")
    assert (last_line(desk).action, last_line(desk).subject) == ("document_read", whom.code)


def test_a_paper_is_never_written_over_the_shelter(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    with pytest.raises(WouldOverwrite):
        documents.save(desk, kept(desk, whom), desk.folder / "shelter.db")


def test_no_paper_is_written_anywhere_by_itself(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    path = paper_file(tmp_path)
    before = set(tmp_path.rglob("*"))
    documents.take_in(desk, whom.person, path, ACT)
    assert set(tmp_path.rglob("*")) - before == set()


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"%PDF-" + bytes(MOST_BYTES)])
def test_other_files_are_refused_and_nothing_is_kept(
    desk: Desk, whom: Admitted, tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(NotAPaper):
        documents.take_in(desk, whom.person, paper_file(tmp_path, content), ACT)
    assert documents.of(desk, whom.person) == ()


def test_a_file_that_is_not_there_is_said(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        documents.take_in(desk, whom.person, tmp_path / "nulle_part.pdf", ACT)


def test_no_paper_of_somebody_who_did_not_agree_to_the_recording(
    desk: Desk, resident: Admitted, tmp_path: Path
) -> None:
    with pytest.raises(NoConsent):
        documents.take_in(desk, resident.person, paper_file(tmp_path), ACT)


def test_a_paper_is_taken_out_with_a_reason(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    documents.take_out(desk, kept(desk, whom), "Rendu à la personne")
    assert documents.of(desk, whom.person) == ()
    assert last_line(desk).known["reason"] == "Rendu à la personne"


def test_a_paper_is_not_taken_out_without_a_reason(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    with pytest.raises(Missing):
        documents.take_out(desk, kept(desk, whom), " ")


def test_undo_brings_a_paper_back_whole(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    undo(desk, documents.take_out(desk, kept(desk, whom), "Par erreur"))
    documents.save(desk, kept(desk, whom), tmp_path / "rendu.pdf")
    assert (tmp_path / "rendu.pdf").read_bytes() == CONTENTS[PDF]


def contents(desk: Desk) -> list[bytes | None]:
    """What papers hold, as it lies there."""
    with desk.reading() as connection:
        return list(connection.execute(select(tables.document_contents.c.content)).scalars())


def test_what_a_paper_holds_goes_with_it_and_with_the_undo(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    undo(desk, documents.take_in(desk, whom.person, paper_file(tmp_path), ACT))
    assert contents(desk) == []
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    assert len(contents(desk)) == 1
    documents.take_out(desk, kept(desk, whom), "Rendu à la personne")
    assert contents(desk) == []


def test_an_erasure_empties_what_a_paper_holds(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    stays.leave(desk, whom.stay, clock.now(), "retour_autonome", "pays_origine")
    retention.erase_on_request(desk, whom.person, "demande", alone(desk))
    assert contents(desk) == [None]
    integrity_check.check(desk)


def test_a_paper_is_in_a_backup_and_opens_after_a_change_of_all_keys(
    desk: Desk, whom: Admitted, tmp_path: Path
) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    made = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    documents.take_out(desk, kept(desk, whom), "Par erreur")
    restoring.go_back(desk, made, approvals.alone(desk, GraveAct.RETURN, PASSWORD))
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert documents.show(again, kept(again, whom)) == CONTENTS[PDF]
        key_change.change_keys(again, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert documents.show(again, kept(again, whom)) == CONTENTS[PDF]
        assert documents.of(again, whom.person)[0].title == "Acte de Ségou"
        integrity_check.check(again)


def test_papers_that_run_out_are_listed_the_first_first(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    path = paper_file(tmp_path)
    for days in (40, 20, -2):
        paper = NewDocument("passeport", "Passeport", clock.today() + timedelta(days))
        documents.take_in(desk, whom.person, path, paper)
    assert [(one.code, one.ends) for one in documents.ending(desk)] == [(whom.code, "over"), (whom.code, "soon")]


def test_an_erased_identity_takes_the_papers_along(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    with desk.writing("test", documents.TOPICS) as writing:
        writing.trail.change("profiles", whom.person, {"protection_seal": None})
    with pytest.raises(NoSuch):
        documents.save(desk, kept(desk, whom), tmp_path / "rendu.pdf")
    assert documents.of(desk, whom.person)[0].title == ""


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_other_roles_see_no_paper(desk: Desk, whom: Admitted, role: Role) -> None:
    become(desk, role)
    with pytest.raises(NotAllowed):
        documents.of(desk, whom.person)


def test_a_paper_is_shown_without_a_file_and_the_journal_says_so(desk: Desk, whom: Admitted, tmp_path: Path) -> None:
    content = CONTENTS[PNG] + secrets.token_bytes(300)
    documents.take_in(desk, whom.person, paper_file(tmp_path, content), ACT)
    before = {path: path.stat().st_size for path in tmp_path.rglob("*") if path.suffix not in (".db-wal", ".db-shm")}
    assert documents.show(desk, kept(desk, whom)) == content
    assert (last_line(desk).action, last_line(desk).subject) == ("document_shown", whom.code)
    assert {path for path in tmp_path.rglob("*") if path.suffix not in (".db-wal", ".db-shm")} == set(before)


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_a_paper_is_shown_to_nobody_who_may_not_read_the_file(
    desk: Desk, whom: Admitted, tmp_path: Path, role: Role
) -> None:
    documents.take_in(desk, whom.person, paper_file(tmp_path), ACT)
    paper = kept(desk, whom)
    become(desk, role)
    with pytest.raises(NotAllowed):
        documents.show(desk, paper)
