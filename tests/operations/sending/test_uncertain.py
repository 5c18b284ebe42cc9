"""What may have left when the program was cut is said, counts as sent, and is asked until somebody says it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import DiskFull, NoSuch, NotAllowed
from shelter_desk.domain.reports.refusals import AlreadySent
from shelter_desk.domain.reports.sendings import LIST, NOT_LEFT, UNCERTAIN
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, sent_before
from shelter_desk.operations.sending import departures, sendings, uncertain
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.vault import integrity_check, unlocking
from shelter_desk.storage.file import journal
from tests.operations.sending.cut_scene import TO, last, may_have_left
from tests.operations.shelter import PASSWORD


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = may_have_left(tmp_path)
    yield opened
    opened.close()


def told(desk: Desk) -> list[tuple[str, str]]:
    with desk.reading() as connection:
        every = [(one.action, one.subject) for one in journal.lines(connection)]
    return [one for one in every if one[0].startswith("sending_")]


def test_the_next_opening_says_it_once_and_it_counts_as_sent(desk: Desk) -> None:
    (one,) = uncertain.waiting(desk)
    assert (one.departure, one.recipient, one.file_name) == (UNCERTAIN, TO.recipient, "out.xlsx")
    desk.close()
    again = unlocking.unlock(desk.folder, "Agent A", PASSWORD)
    try:
        assert told(again) == [("sending_uncertain", one.number)]
        assert len(sent_before.sent_to(again, "partenaire", TO.recipient)) == 1
        with pytest.raises(AlreadySent):
            closing.reopen(again, last(again), "une erreur")
        assert integrity_check.check(again).stays == 1
    finally:
        again.close()


def test_what_did_not_leave_stays_listed_and_counts_no_more(desk: Desk) -> None:
    (one,) = uncertain.waiting(desk)
    done = uncertain.settle(desk, one.id, left=False)
    (row,) = sendings.sent_files(desk)
    assert (row.sending.departure, row.sending.left, uncertain.waiting(desk)) == (NOT_LEFT, False, [])
    assert sent_before.sent_to(desk, "partenaire", TO.recipient) == []
    desks.undo(desk, done)
    assert [one.departure for one in uncertain.waiting(desk)] == [UNCERTAIN]
    uncertain.settle(desk, one.id, left=False)
    closing.reopen(desk, last(desk), "une erreur")
    assert integrity_check.check(desk).stays == 1


def test_what_left_is_a_sending_like_the_others(desk: Desk) -> None:
    (one,) = uncertain.waiting(desk)
    uncertain.settle(desk, uncertain.numbered(desk, one.number.lower()), left=True)
    (row,) = sendings.sent_files(desk)
    assert (row.sending.departure, row.sending.left, told(desk)[-1]) == ("", True, ("sending_left", one.number))
    with pytest.raises(NoSuch):
        uncertain.settle(desk, one.id, left=False)


def test_an_acknowledgement_says_that_it_left(desk: Desk) -> None:
    (one,) = uncertain.waiting(desk)
    sendings.acknowledge(desk, one.id, desk.today())
    assert uncertain.waiting(desk) == []


def test_an_auditor_reads_it_and_does_not_say_it(desk: Desk) -> None:
    (one,) = uncertain.waiting(desk)
    desk.close()
    with unlocking.unlock(desk.folder, "Agent C", PASSWORD) as auditor:
        assert [one.departure for one in uncertain.waiting(auditor)] == [UNCERTAIN]
        with pytest.raises(NotAllowed):
            uncertain.settle(auditor, one.id, left=True)


def test_what_is_given_up_or_fails_leaves_no_row_and_no_new_file(desk: Desk, tmp_path: Path) -> None:
    file = LeavingFile(LIST, "partenaire", "liste.xlsx", b"new", last(desk), "Liste")
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    old.write_bytes(b"old")
    with departures.recorded(desk, "costs_exported", file, TO) as departure:
        departure.is_given_up = True
    full = departures.recorded(desk, "costs_exported", file, TO, old, new)
    full.__enter__()
    new.write_bytes(b"new")
    assert not full.__exit__(DiskFull, DiskFull("out"), None)
    assert (old.read_bytes(), new.exists(), len(sendings.sent_files(desk))) == (b"old", False, 1)
