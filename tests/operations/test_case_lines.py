"""What the journal tells of the case file, and to whom: rows, words, acts and the codes that they were done on."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import names, residents, retention
from shelter_desk.operations.stays import stays
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import journal, unlocking
from shelter_desk.storage.file import journal as lines
from shelter_desk.storage.file.case import case_lines, case_rows
from shelter_desk.storage.file.case.case_file import CaseFile
from shelter_desk.storage.file.journal_search import Wanted
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.tables import metadata
from tests import OLD_FILES
from tests.operations.casefile.test_incidents import CONTENT, fight
from tests.operations.retention_scene import alone, gone
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.test_case_file_wall import row
from tests.operations.test_raw_folder import raw_file


def test_the_journal_tells_the_rows_in_their_order_to_who_holds_the_key(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "shelter") as desk:
        made = admit(desk, "1A")
        with desk.writing("plan", EVERYTHING, made.code) as writing:
            for name in ("victim_statuses", "partners", "plans"):
                writing.trail.add(name, row(metadata.tables[name], "oui"))
        (seq,) = journal.numbers(desk, Wanted(actions=("plan",)))
        assert _tables(desk, seq) == ["victim_statuses", "partners", "plans"]
        user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
    with unlocking.unlock(tmp_path / "shelter", "Agent E", PASSWORD) as desk:
        assert _tables(desk, seq) == ["partners"]


def _tables(desk: Desk, seq: int) -> list[str]:
    with desk.reading() as connection:
        (line,) = lines.of(connection, [seq])
    return [told["table"] for told in line.rows]


def test_words_typed_for_such_an_act_are_sealed_with_its_rows(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "shelter") as desk:
        admit(desk, "1A")
        with desk.writing("assess", EVERYTHING) as writing:
            writing.details["reason"] = "Son patron la cherche"
            writing.trail.add("victim_statuses", row(metadata.tables["victim_statuses"], "oui"))
        with desk.reading() as connection:
            (line,) = lines.of(connection, [writing.done.seq])
    assert (line.known["reason"], "patron" in line.details) == ("Son patron la cherche", False)


def test_words_about_a_person_are_sealed_where_no_row_of_the_case_file_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        stays.void(desk, admit(desk, "1A").stay, "Son patron la cherche")
        retention.erase_on_request(desk, gone(desk, "1B").person, "Son oncle la menace", alone(desk))
        with desk.reading() as connection:
            told = {line.action: line.known.get("reason") for line in lines.lines(connection)}
    assert (told["void"], told["erase"]) == ("Son patron la cherche", "Son oncle la menace")
    with raw_lines(folder) as lying:
        assert {"void", "erase"} <= {one[0] for one in lying}
        assert [one for one in lying if "patron" in one[2] or "oncle" in one[2]] == []


@pytest.mark.parametrize(("many", "steps"), [((1, 3), 1), ((6, 12), 1), ((1, 50), 3)])
def test_how_many_rows_a_line_tells_shows_only_roughly(many: tuple[int, int], steps: int) -> None:
    answer = {
        "table": "indicator_answers",
        "id": 100,
        "after": {"interview_id": 3, "indicator": "i01_tiers_x"},
    }
    found = {len(case_rows.padded({"rows": [[at, answer] for at in range(n)]})) for n in range(many[0], many[1] + 1)}
    assert len(found) == steps


def test_a_line_of_before_that_was_altered_since_is_found_by_who_holds_the_key(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES / "0038", tmp_path / "old")
    with unlocking.unlock(tmp_path / "old", "Agent A", PASSWORD) as desk:
        with desk.database.transaction(EVERYTHING) as connection:
            seq = next(line.seq for line in lines.lines(connection) if case_lines.FORMER in line.known)
            connection.execute(text("DROP TRIGGER journal_keeps_update"))
            forged = text("UPDATE journal SET details = :details WHERE seq = :seq")
            connection.execute(forged, {"seq": seq, "details": '{"case":"AAAA","former":true}'})
        with desk.reading() as connection, pytest.raises(Damaged) as found:
            lines.verify(connection)
    assert (found.value.part, found.value.path) == ("journal", str(seq))


def test_what_was_done_on_which_code_is_sealed_where_it_speaks_of_the_case_file_alone(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        made = admit(desk, "1A")
        user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
        with desk.writing("decide", EVERYTHING, made.code) as writing:
            writing.trail.add("victim_statuses", row(metadata.tables["victim_statuses"], "oui"))
        desk.note("reason_read", made.code, read_why="Son patron la cherche")
        undo(desk, writing.done)
        assert _acts(desk, made.code) == ["undo", "reason_read", "decide", "admit"]
    with raw_lines(folder) as lying:
        assert [one[:2] for one in lying[-3:]] == [("case", "")] * 3
        assert not any("patron" in one[2] or "victim" in one[2] for one in lying)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert _acts(desk, made.code) == ["undo", "reason_read", "decide", "admit"]
        assert journal.verify(desk).lines > 3
        assert "decide" in journal.filters(desk).actions
    (folder / "shelter.case").unlink()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:  # made anew
        assert _acts(desk, made.code) == ["undo", "reason_read", "decide", "admit"]
    with unlocking.unlock(folder, "Agent E", PASSWORD) as desk:
        assert _acts(desk, "")[-1:] == ["create"]
        assert {"decide", "reason_read"} & set(journal.filters(desk).actions) == set()


def _acts(desk: Desk, code: str) -> list[str]:
    return [line.action for line in journal.lines(desk, journal.numbers(desk, Wanted(code=code)))]


@contextmanager
def raw_lines(folder: Path) -> Iterator[list[tuple[str, str, str]]]:
    """Action, code and details of each line as they lie in the file."""
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        yield raw.execute("SELECT action, subject, details FROM journal ORDER BY seq").fetchall()


def test_the_act_of_who_does_not_hold_the_key_is_told_to_who_does(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, "Agent M", Role.STOREKEEPER, PASSWORD)
    with unlocking.unlock(folder, "Agent M", PASSWORD) as desk:
        number = incidents.report(desk, fight(), CONTENT).number
        assert [line.action for line in own_lines(desk)] == ["case"]
    with raw_lines(folder) as lying:
        assert "report_incident" not in {one[0] for one in lying}
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert _acts(desk, number) == ["report_incident"]


def own_lines(desk: Desk) -> list[lines.JournalLine]:
    return journal.lines(desk, journal.own_numbers(desk, Wanted()))


def test_whose_record_and_name_were_looked_at_is_sealed_as_what_was_done_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        made = admit(desk, "1A", names=Names("Coulibaly", "Tenin"))
        user_accounts.add(desk, "Agent R", Role.RECEPTION, PASSWORD)
        residents.name(desk, made.person)
        residents.note_opened(desk, residents.record(desk, made.person).person)
        assert _acts(desk, made.code) == ["record_opened", "name_read", "admit"]
    with raw_lines(folder) as lying:
        assert [one[:2] for one in lying[-2:]] == [("name_read", ""), ("record_opened", "")]
    with unlocking.unlock(folder, "Agent R", PASSWORD) as desk:  # what the next guard is to see
        assert names.read(desk, made.person).first_name == "Tenin"
    with raw_lines(folder) as lying:
        assert lying[-1][:2] == ("name_read", made.code)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert _acts(desk, made.code) == ["name_read", "record_opened", "name_read", "admit"]


def test_a_line_that_opens_no_more_makes_the_case_file_anew_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has the key of the file can write one."""
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
    with unlocking.unlock(folder, "Agent E", PASSWORD) as desk, desk.database.transaction(EVERYTHING) as connection:
        lines.add(connection, desk.now(), desk.user, "case", "", {"case": "AAAA"})
    made, make = list[CaseFile](), CaseFile.make

    def counted(self: CaseFile, *told: Any) -> None:
        made.append(self)
        make(self, *told)

    monkeypatch.setattr(CaseFile, "make", counted)
    for _ in range(2):
        with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
            assert _acts(desk, "")[0] == "case"
    assert len(made) == 1
