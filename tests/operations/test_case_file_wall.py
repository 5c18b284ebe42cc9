"""Two shelters that differ in what the case file says are the same to whoever holds the key of the file alone."""

import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, Table, select, text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.ids import PersonId, UserId
from shelter_desk.domain.residents.notes import PDF
from shelter_desk.domain.rights import KEYS_HELD, KeyName, Role
from shelter_desk.operations.imports import intake as register_intake
from shelter_desk.operations.imports import intake_batches
from shelter_desk.operations.residents import documents, residents
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, line_signing, unlocking, upgrading
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import cells
from shelter_desk.storage.file import journal as lines
from shelter_desk.storage.file.case import case_file
from shelter_desk.storage.file.case.case_rows import NONCE
from shelter_desk.storage.file.column_values import sealed_text
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.imports import import_lines, intake
from shelter_desk.storage.imports.intake import Batch
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.rekeying import key_change
from shelter_desk.storage.residents import notes
from shelter_desk.storage.tables import case_tables, metadata
from shelter_desk.system import clock
from tests import OLD_FILES
from tests.operations.case_scene import CONTENTS, paper_file
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import book
from tests.operations.referral_scene import agree_to_recording
from tests.operations.residents.test_erasure import pages
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.test_raw_folder import raw_file

WITHOUT = [role for role in Role if KeyName.PROTECTION not in KEYS_HELD[role]]
WORDS = {"a": "oui", "b": "non_evalue"}  # of other lengths
DAY = "2026-03-09"
TAG = 16  # bytes that a seal is longer than what it seals, beside its nonce


def is_day(column: Column[Any]) -> bool:
    return "GLOB" in cells.strange_if(column)


TOLD = [one for one in case_tables() if one.name != "case_drafts"]  # which no line tells
FACTS = [
    one
    for table in TOLD
    for one in table.columns
    if not (one.foreign_keys or one.primary_key or isinstance(one.type, LargeBinary | Boolean)) and not is_day(one)
]


def value(column: Column[Any], said: str) -> Any:
    if isinstance(column.type, Boolean):
        return said == WORDS["a"]
    if isinstance(column.type, Integer | Float):
        return len(said)
    if isinstance(column.type, LargeBinary):
        return bytes(60)  # sealed once more; its length is that of words
    return DAY if is_day(column) else said


def row(table: Table, said: str) -> Mapping[str, Any]:
    """Something in each column; whatever it names is the first of its table."""
    return {
        one.name: 1 if one.foreign_keys else value(one, said)
        for one in table.columns
        if one.name != "id" and not (one.foreign_keys and one.nullable)
    }


def filled(folder: Path) -> None:
    """A shelter with a row in each table of the case file, closed."""
    with open_small_shelter(folder) as desk:
        for role in WITHOUT:
            user_accounts.add(desk, f"Agent {role.value}", role, PASSWORD)
        admit(desk, "1A")
        taken = Batch(0, "", desk.now(), desk.user, {}, 1)
        with desk.database.transaction(EVERYTHING) as connection:
            intake.add(connection, taken, [], import_lines.new_digests())
        for table in TOLD:
            if table.name in ("profiles", "situations"):  # of who was admitted
                continue
            with desk.writing("plan", EVERYTHING) as writing:
                if table.name == "sent_sheets":
                    writing.trail.add("sendings", row(metadata.tables["sendings"], "inconnu"))
                writing.trail.add(table.name, row(table, "inconnu"))
                if table.name == "documents":
                    writing.trail.add("document_contents", {"id": 1, "content": bytes(60)})


def changed(folder: Path, said: str) -> None:
    """Each column of each of these rows, one at a time, and back, but for the first of each table; by other acts, on
    other codes.
    """
    stay = {one.table: one for one in reversed(FACTS)}
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        for one in FACTS:
            for told in (said,) if one is stay[one.table] else (said, "inconnu"):
                with desk.writing(told, EVERYTHING, told) as writing:
                    writing.trail.change(one.table.name, 1, {one.name: value(one, told)})


def seen(folder: Path, role: Role) -> dict[str, list[tuple[Any, ...]]]:
    """All that the key of the file opens; of bytes, and of what a line seals, how many they are."""
    opened = key_opening.open_with_password(folder, f"Agent {role.value}", PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        names = [one[0] for one in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        found = {
            name: sorted(map(_shape, raw.execute(f'SELECT * FROM "{name}"').fetchall()), key=repr) for name in names
        }
        found["pages"] = [tuple(raw.execute(f"PRAGMA {one}").fetchone()) for one in ("page_count", "freelist_count")]
    found["files"] = sorted((one.name, one.stat().st_size) for one in folder.iterdir() if one.is_file())
    return found


def _shape(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    if cells[0] == "present_stays":  # sealed as text
        return cells[0], len(cells[1])
    return tuple(
        len(one) if isinstance(one, bytes) else re.sub(r'(?<="case":")[^"]+', lambda told: str(len(told[0])), str(one))
        for one in cells
    )


@pytest.fixture(scope="module")
def shelters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    folder = Path(tmp_path_factory.mktemp("wall"))
    filled(folder / "first")
    with pytest.MonkeyPatch.context() as patch:
        later = clock.now()
        patch.setattr(clock, "now", lambda: datetime(later.year, later.month, later.day, 23, 59))
        for name, said in WORDS.items():
            shutil.copytree(folder / "first", folder / name)
            changed(folder / name, said)
        yield {name: folder / name for name in WORDS}


@pytest.mark.parametrize("role", WITHOUT)
def test_what_the_case_file_says_changes_nothing_for_a_role_without_its_key(
    shelters: dict[str, Path], role: Role
) -> None:
    one, other = (seen(folder, role) for folder in shelters.values())
    assert {name: some for name, some in one.items() if some != other[name]} == {}
    assert len(one["case_rows"]) >= len(case_tables())


def test_what_it_says_is_other_for_who_holds_the_key(shelters: dict[str, Path]) -> None:
    found = []
    for folder in shelters.values():
        with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
            found.append({one.name: connection.execute(one.select()).all() for one in case_tables()})
    told = {one.table.name for one in FACTS}
    assert {name for name, rows in found[0].items() if rows != found[1][name]} == told
    assert len(told) > len(case_tables()) - 3


@pytest.mark.parametrize("role", WITHOUT)
def test_a_role_without_the_key_checks_the_file_and_finds_nothing_in_its_tables(
    shelters: dict[str, Path], role: Role
) -> None:
    with unlocking.unlock(shelters["a"], f"Agent {role.value}", PASSWORD) as desk:
        assert integrity_check.check(desk).stays == 1
        with desk.reading() as connection:
            found = {one.name for one in case_tables() if connection.execute(one.select()).first()}
    assert found == ({"diets"} if role is Role.RECEPTION else set())  # of somebody who is here tonight


def test_no_table_of_the_case_file_lies_in_the_file_of_the_shelter(shelters: dict[str, Path]) -> None:
    known = seen(shelters["a"], WITHOUT[0])
    assert {one.name for one in case_tables()} & set(known) == set()
    assert set(metadata.tables) - {one.name for one in case_tables()} <= set(known)


def with_paper(folder: Path, at: int, paper: NewDocument) -> None:
    """The shelter with one paper more, of the first or the second resident; of the second a longer one."""
    scan = paper_file(folder.parent, CONTENTS[PDF] + bytes(3000 * (at - 1)))
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        documents.take_in(desk, PersonId(at), scan, paper)


@pytest.fixture(scope="module")
def with_papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """One shelter, with a birth certificate of one resident, and with a paper of the UNHCR of another."""
    folder = Path(tmp_path_factory.mktemp("papers"))
    with open_small_shelter(folder / "none") as desk:
        for role in WITHOUT:
            user_accounts.add(desk, f"Agent {role.value}", role, PASSWORD)
        for code in ("1A", "1B"):
            made = admit(desk, code)
            agree_to_recording(desk, made.person)
    papers = {"a": NewDocument("acte_naissance", "Acte"), "b": NewDocument("attestation_hcr", "Plainte", clock.today())}
    with pytest.MonkeyPatch.context() as patch:
        later = clock.now()
        patch.setattr(clock, "now", lambda: datetime(later.year, later.month, later.day, 23, 59))
        for at, (name, paper) in enumerate(papers.items(), 1):
            shutil.copytree(folder / "none", folder / name)
            with_paper(folder / name, at, paper)
        yield {name: folder / name for name in ("none", *papers)}


@pytest.mark.parametrize("role", WITHOUT)
def test_of_a_paper_a_role_without_the_key_sees_a_step_of_its_size_and_neither_whose_nor_what_it_is(
    with_papers: dict[str, Path], role: Role
) -> None:
    none, one, other = (seen(folder, role) for folder in with_papers.values())
    assert {name: some for name, some in one.items() if some != other[name]} == {}
    assert (none["document_contents"], one["document_contents"]) == ([], [("1", notes.SMALLEST + NONCE + TAG)])


def test_of_which_kind_a_paper_is_and_whose_is_other_for_who_holds_the_key(with_papers: dict[str, Path]) -> None:
    found = []
    for folder in with_papers.values():
        with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
            found.append([len(documents.of(desk, PersonId(at))) for at in (1, 2)])
            integrity_check.check(desk)
    assert found == [[0, 0], [1, 0], [0, 1]]


def test_after_a_cut_between_the_two_files_nothing_is_lost(tmp_path: Path) -> None:
    """As where the computer stopped after the first was on the disk."""
    folder = tmp_path / "shelter"
    filled(folder)
    beside = (folder / "shelter.case").read_bytes()
    changed(folder, WORDS["b"])
    (folder / "shelter.case").write_bytes(beside)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        assert desk.database.case_key is not None
        assert case_file.altered(connection, desk.database.case_key) == (set(), 0)
        assert connection.execute(metadata.tables["victim_statuses"].select()).one().victim_status == WORDS["b"]


def test_a_list_changes_a_stay_of_which_there_is_a_case_file(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "shelter") as desk:
        she = admit(desk, "1A", days=20)
        need = {"stay_id": she.stay, "specific_need": "enceinte", "found_on": DAY}
        with desk.writing("plan", EVERYTHING) as writing:
            writing.trail.add("specific_needs", need)
        stay = residents.record(desk, she.person).stays[0].stay
        keys = "stay_no", "person_code", "admitted_at", "entry_kind", "migration_situation"
        told = stay.stay_no, she.code, f"{stay.admitted_at:%d/%m/%Y %H:%M}", "premiere", "retour_force"
        path = book(tmp_path / "sejours.xlsx", sejours=(keys, told))
        intake_batches.take_in(desk, register_intake.open_file(desk, path, nobody), nobody)
        changed = residents.record(desk, she.person).stays[0].stay
        with desk.reading() as connection:
            assert connection.execute(metadata.tables["specific_needs"].select()).one().specific_need == "enceinte"
    assert (stay.migration_situation, changed.migration_situation) == ("transit", "retour_force")


def test_what_an_import_changed_of_such_a_row_is_sealed_and_comes_back(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "shelter") as desk:
        admit(desk, "1A")
        statuses = metadata.tables["victim_statuses"]
        with desk.writing("plan", EVERYTHING) as writing:
            key = writing.trail.add("victim_statuses", row(statuses, "presumee"))
        with desk.writing("take_in", EVERYTHING) as writing:
            writing.trail.change("victim_statuses", key, {"victim_status": "identifiee"})
            batch = Batch(0, "d", clock.now(), desk.user, {}, 1)
            made = intake.add(writing.connection, batch, writing.trail.written, import_lines.new_digests())
        with desk.reading() as connection:
            (kept,) = connection.execute(select(metadata.tables["import_rows"].c.former)).scalars()
            (told,) = intake.rows(connection, made)
    assert (told.former, "presumee" in kept) == ({"victim_status": "presumee"}, False)


def test_an_old_file_tells_nothing_of_the_case_file_any_more(tmp_path: Path) -> None:
    """It has an interview, an assessment, a plan and a status that were typed with the version before."""
    shutil.copytree(OLD_FILES / "0038", tmp_path / "old")
    with unlocking.unlock(tmp_path / "old", "Agent A", PASSWORD) as desk, desk.reading() as connection:
        rows = {one.name: len(connection.execute(one.select()).all()) for one in case_tables()}
        told = {line.action: line.tables for line in lines.lines(connection)}
        opened = connection.execute(text("SELECT details FROM journal")).scalars().all()
        acts = set(connection.execute(text("SELECT action FROM journal")).scalars())
        found = (integrity_check._altered_rows(desk, connection), lines.verify(connection))
        desk.clock_accepted = True  # nobody wrote into it for long
        user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
    assert {name for name, many in rows.items() if many} >= {"interviews", "indicator_answers", "assessments", "plans"}
    assert "interviews" in told["interview_finish"]
    assert found[0] is None
    names = [f'"table":"{one.name}"' for one in case_tables()]
    assert [one for one in opened if any(name in one for name in names)] == []
    assert acts & {"interview_begin", "interview_finish", "assess", "make_plan", "decide"} == set()
    with unlocking.unlock(tmp_path / "old", "Agent E", PASSWORD) as desk, desk.reading() as connection:
        assert lines.verify(connection) > found[1]
        assert integrity_check._altered_rows(desk, connection) is None


def test_a_paper_of_an_old_file_is_opened_and_what_it_is_stands_nowhere_any_more(tmp_path: Path) -> None:
    folder, content = tmp_path / "old", CONTENTS[PDF] + secrets.token_bytes(9000)
    shutil.copytree(OLD_FILES / "0038", folder)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    assert opened.keys.protection is not None
    database = Database.open(folder / "shelter.db", opened.keys.database)
    line_signing.hand_over_pen(database, opened)
    with database.transaction(EVERYTHING) as connection:
        seal = connection.execute(text("SELECT protection_seal FROM persons WHERE id = 1")).scalar_one()
        own = Sealer(opened.keys.protection).of_row("persons", 1, seal)
        title = own.seal("documents", "title", 7, "Plainte de Ségou")
        paper = {
            "id": 7, "person_id": 1, "document_kind": "genre_de_papier", "media_type": PDF, "size": len(content),
            "added_at": "2026-03-09T10:00", "title": title,
        }  # fmt: skip
        names = ", ".join(paper)
        connection.execute(
            text(f"INSERT INTO documents ({names}, content) VALUES (:{names.replace(', ', ', :')}, :content)"),
            {**paper, "content": own.seal_bytes("documents", "content", 7, content)},
        )
        told = {one: sealed_text(value) if isinstance(value, bytes) else value for one, value in paper.items()}
        line = {"table": "documents", "id": 7, "after": {one: value for one, value in told.items() if one != "id"}}
        lines.add(connection, clock.now(), UserId(1), "take_in_document", "7K3-QMX-E", {"rows": [line]})
    database.close()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        (kept,) = documents.of(desk, PersonId(1))
        assert (kept.document.kind, kept.title) == ("genre_de_papier", "Plainte de Ségou")
        assert documents.show(desk, kept.document.id) == content
        with desk.reading() as connection:
            assert integrity_check._altered_rows(desk, connection) is None
            assert key_change.unreadable(connection, desk.keys) == ()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        lying = pages(desk)
    assert [one for one in (b"genre_de_papier", b"take_in_document", title) if one in lying] == []


def test_how_far_it_is_brought_over_is_told(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES / "0038", tmp_path / "old")
    told = list[tuple[str, int, int]]()
    with (
        unlocking.unlock(
            tmp_path / "old", "Agent A", PASSWORD, HowToOpen(progress=lambda *one: told.append(one))
        ) as desk,
        desk.reading() as connection,
    ):
        rows = connection.execute(text("SELECT count(*) FROM case_rows")).scalar_one()
    assert tuple(dict.fromkeys(step for step, *_ in told)) == upgrading.STEPS
    counted = {step: total for step, _, total in told}
    assert (counted["rows"], counted["case_file"], counted["journal"] > 10) == (rows, rows, True)


def test_a_case_file_and_its_version_put_back_together_are_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    filled(folder)
    beside = (folder / "shelter.case").read_bytes()
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        (version,) = raw.execute("SELECT version FROM case_version").fetchone()
    changed(folder, WORDS["b"])
    (folder / "shelter.case").write_bytes(beside)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        raw.execute("UPDATE case_version SET version = ?", (version,))
        raw.commit()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        assert connection.execute(metadata.tables["victim_statuses"].select()).one().victim_status == WORDS["b"]


def test_a_row_that_opens_no_more_keeps_those_that_name_it_from_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    filled(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert desk.database.case_key is not None
        place = desk.database.case_key.place("interviews", 1)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        raw.execute("UPDATE case_rows SET sealed = x'00' WHERE place = ?", (place,))
        raw.commit()
    (folder / "shelter.case").unlink()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        assert connection.execute(metadata.tables["indicator_answers"].select()).one().interview_id == 1
