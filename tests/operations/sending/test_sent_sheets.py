"""To whom a referral sheet left, and under which number: read by who reads the case file, and by nobody else."""

import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.reports.sendings import LEAVING, UNCERTAIN
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import referral_sheets, referrals
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, line_signing, unlocking
from shelter_desk.storage.file import journal as lines
from shelter_desk.storage.file import told_rows
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_opening
from shelter_desk.storage.reports import versions
from shelter_desk.system import clock
from shelter_desk.words import sending as sending_words
from tests import OLD_FILES
from tests.operations.assistance.test_referral_sheets import PAPER
from tests.operations.referral_scene import CLINIC, desk, issued, resident
from tests.operations.shelter import PASSWORD
from tests.operations.test_raw_folder import raw_file

__all__ = ["desk", "resident"]


def left(desk: Desk, resident: Admitted) -> str:
    """The number of a referral whose sheet left."""
    key = issued(desk, resident)
    with referral_sheets.recorded(desk, referral_sheets.sheet(desk, key), PAPER):
        pass
    return next(one.referral.referral_no for one in referrals.of(desk, resident.person) if one.referral.id == key)


def in_the_open(folder: Path, password_of: str) -> tuple[str, str]:
    """What that password opens of the sendings, and of the journal."""
    opened = key_opening.open_with_password(folder, password_of, PASSWORD, None)
    with closing(raw_file(folder / "shelter.db", opened.keys.database)) as raw:
        sent, told = (str(raw.execute(f"SELECT * FROM {name}").fetchall()) for name in ("sendings", "journal"))
    return sent, told


def test_no_other_password_opens_to_whom_it_left(desk: Desk, resident: Admitted) -> None:
    user_accounts.add(desk, "Agent D", Role.STOREKEEPER, PASSWORD)
    number = left(desk, resident)
    (one,) = sendings.sent_files(desk)
    assert (one.sending.recipient, one.sending.title, one.sending.file_name) == (CLINIC, number, number)
    sent, told = in_the_open(desk.folder, "Agent D")
    assert ("'fiche'" in sent, CLINIC in sent, number in sent + told) == (True, False, False)


def test_the_auditor_is_told_that_a_sheet_left(desk: Desk, resident: Admitted) -> None:
    user_accounts.add(desk, "Agent E", Role.AUDITOR, PASSWORD)
    left(desk, resident)
    folder = desk.folder
    desk.close()
    with unlocking.unlock(folder, "Agent E", PASSWORD) as other:
        (one,) = sendings.sent_files(other)
        assert (one.sending.kind, one.sending.recipient, one.sending.title) == ("fiche", "", "")
        assert sending_words.what(one.sending) == "Referral sheet"
        assert integrity_check.check(other).stays == 1


def test_the_check_tells_one_that_somebody_took_out(desk: Desk, resident: Admitted) -> None:
    left(desk, resident)
    with desk.reading() as connection:
        before = integrity_check._altered_rows(desk, connection)
    with desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("DELETE FROM sent_sheets"))
    with desk.reading() as connection:
        after = integrity_check._altered_rows(desk, connection)
    assert (before, after is None) == (None, False)


def test_after_a_cut_it_is_told_by_who_reads_the_case_file(
    desk: Desk, resident: Admitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_accounts.add(desk, "Agent D", Role.STOREKEEPER, PASSWORD)
    key = issued(desk, resident)
    with monkeypatch.context() as cut:
        cut.setattr(versions, "tell_leaving", interrupted)
        cut.setattr(versions, "take_back_leaving", interrupted)
        leaving = referral_sheets.recorded(desk, referral_sheets.sheet(desk, key), PAPER)
        leaving.__enter__()
        with pytest.raises(KeyboardInterrupt):
            leaving.__exit__(None, None, None)
    folder = desk.folder
    desk.close()
    with unlocking.unlock(folder, "Agent D", PASSWORD) as other, other.reading() as connection:
        assert [one.departure for one in versions.written(connection)] == [LEAVING]
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        (one,) = versions.written(connection)
        assert (one.departure, one.recipient) == (UNCERTAIN, CLINIC)
        assert integrity_check._altered_rows(again, connection) is None


def interrupted(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


SENT: Mapping[str, Any] = {
    "first_day": "2026-03-09", "last_day": "2026-03-09", "level": "nominatif", "recipient": "Clinique du Fleuve",
    "purpose": "suivi", "file_name": "R-2026-00007", "sha256": "", "size": 0, "sent_at": "2026-03-09T10:00:00",
    "user_id": 1, "kind": "fiche", "title": "R-2026-00007",
}  # fmt: skip


def test_of_an_old_file_it_is_sealed_in_the_row_and_in_the_line(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0038", folder)
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    database = Database.open(folder / "shelter.db", opened.keys.database)
    line_signing.hand_over_pen(database, opened)
    with database.transaction(EVERYTHING) as connection:
        names = ", ".join(SENT)
        connection.execute(text(f"INSERT INTO sendings (id, {names}) VALUES (99, :{names.replace(', ', ', :')})"), SENT)
        told = {"rows": [{"table": "sendings", "id": 99, "after": dict(SENT)}]}
        lines.add(connection, clock.now(), UserId(1), "referral_sheet", "7K3-QMX-E", told)
    database.close()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        one = next(one for one in versions.written(connection) if one.id == 99)
        assert (one.recipient, one.title) == ("Clinique du Fleuve", "R-2026-00007")
        assert integrity_check._altered_rows(desk, connection) is None
        rows = {name: told_rows.told_rows(connection, name).rows[99] or {} for name in ("sendings", "sent_sheets")}
        assert [one["recipient"] for one in rows.values()] == ["", "Clinique du Fleuve"]
    found = "".join(in_the_open(folder, "Agent A"))
    assert ("Clinique du Fleuve" in found, "R-2026-00007" in found) == (False, False)
