"""Rows of the case file are sealed again as the desk is left: what two copies of the folder tell of it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.storage.file.case import case_file, case_rows
from shelter_desk.storage.file.case.case_rows import CaseKey
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.trail import Trail
from tests.storage.test_case_file import PROTECTION, STATUS, again, database, decide, statuses

__all__ = ["database"]


def lying(folder: Path) -> dict[bytes, bytes]:
    opened = again(folder)
    with opened.reading() as connection:
        found = {row.place: row.sealed for row in connection.execute(text("SELECT * FROM case_rows"))}
    opened.close()
    return found


def left_again(folder: Path, key: int) -> tuple[dict[bytes, bytes], dict[bytes, bytes]]:
    """The rows as they lie before and after somebody was at the desk who changed the one of that number."""
    before = lying(folder)
    opened = again(folder)
    with opened.transaction(EVERYTHING) as connection:
        Trail(connection).change("victim_statuses", key, {"victim_status": "non_victime"})
    opened.close()
    return before, lying(folder)


def test_two_copies_of_the_folder_do_not_tell_which_row_somebody_changed(database: Database, tmp_path: Path) -> None:
    keys = [decide(database) for _ in range(40)]
    database.close()
    before, after = left_again(tmp_path, keys[7])
    assert before.keys() == after.keys()
    assert [place for place, sealed in before.items() if after[place] == sealed] == []
    opened = again(tmp_path)
    assert statuses(opened) == ["presumee" if key != keys[7] else "non_victime" for key in keys]
    with opened.reading() as connection:
        assert case_file.altered(connection, CaseKey(PROTECTION)) == (set(), 0)
    opened.close()


def test_in_a_large_shelter_it_is_one_of_many_beside_it_and_elsewhere(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_rows, "AGAIN", 200)
    with database.transaction(EVERYTHING) as connection:
        keys = [Trail(connection).add("victim_statuses", STATUS) for _ in range(4000)]
    database.close()
    before, after = left_again(tmp_path, keys[7])
    other = {place for place, sealed in before.items() if after[place] != sealed}
    assert CaseKey(PROTECTION).place("victim_statuses", keys[7]) in other
    assert 100 < len(other) < 400


def test_a_row_that_opens_no_more_stays_as_it_lies(database: Database, tmp_path: Path) -> None:
    key, place = decide(database), CaseKey(PROTECTION).place("victim_statuses", 1)
    assert key == 1
    with database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE case_rows SET sealed = zeroblob(300) WHERE place = :place"), {"place": place})
    decide(database)
    database.close()
    assert lying(tmp_path)[place] == bytes(300)
