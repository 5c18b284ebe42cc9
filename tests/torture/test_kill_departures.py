"""Killed while a file leaves: none lies there without its row, and what is not sure is asked once, and said."""

import shutil
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.sending import sendings, uncertain, unread_passwords
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.system import last_seen
from tests.examples import LONG
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.torture import departing_worker
from tests.torture.departing_worker import WAYS
from tests.torture.key_proof import Told

STRIDE = 1 if LONG else 4  # from one cut point to the next that is visited


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelter with a closed month of which nothing left."""
    folder = tmp_path_factory.mktemp("closed") / "shelter"
    last_seen._path().unlink(missing_ok=True)  # what a test before saw of another copy of this shelter
    with open_small_shelter(folder) as desk:
        admit(desk, "1A", days=100)
        closing.close(desk, departing_worker.last(desk), lambda _: "sans_objet")
    return folder


def proven(desk: Desk, out: Path) -> int:
    """How many files lie there or may: each has its row and its line, and somebody is asked where it is not sure."""
    rows = [one.sending for one in sendings.sent_files(desk)]
    lies = sorted(one for one in out.rglob("*") if one.is_file() and not one.name.endswith("-metadata.json"))
    known = {one.sha256 for one in rows}
    assert {sha256(one.read_bytes()).hexdigest() for one in lies} <= known, "a file without a row"
    with desk.reading() as connection:
        lines = [one.subject for one in journal.lines(connection) if one.action == "sending_uncertain"]
    assert [one.number for one in uncertain.waiting(desk)] == lines, "asked once each"
    assert {one.departure for one in rows} <= {"", "uncertain"}
    waiting = {one.sending for one in unread_passwords.mine(desk)}
    assert all(one.id in waiting for one in rows if one.kind == "registres"), "a closed file whose password is lost"
    assert integrity_check.check(desk).stays == 1
    return len(rows)


@pytest.mark.parametrize("way", list(WAYS))
def test_no_file_lies_there_without_its_row_at_any_cut_point(
    closed: Path, tmp_path: Path, record_property: Told, way: str
) -> None:
    kills = sure = unsure = 0
    for cut in count(1, STRIDE):
        folder, out = Path(shutil.copytree(closed, tmp_path / f"{cut}")), tmp_path / f"out-{cut}"
        out.mkdir()
        was_killed = departing_worker.killed(folder, out, way, cut)
        again = was_killed and departing_worker.killed(folder, out, "", cut % 6 + 1)
        with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
            rows = proven(desk, out)
            unsure += len(uncertain.waiting(desk))
            sure += rows - len(uncertain.waiting(desk))
        if not was_killed:
            break
        kills += 1 + again
    assert (sure > 0, unsure > 0) == (True, True)
    record_property("kills", kills)
    record_property("files that may have left", unsure)
