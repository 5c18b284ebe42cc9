"""The journal's head, kept outside the database."""

import errno
import os
from pathlib import Path

import pytest

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import journal_head as heads
from shelter_desk.storage.file.journal_head import FILE, JournalHead

KEY = bytes(range(32))


def hash_of(seq: int) -> bytes:
    return bytes([seq]) * 32


def written(folder: Path, last: int) -> bytes:
    folder.mkdir(exist_ok=True)
    head = JournalHead(folder, KEY)
    for seq in range(1, last + 1):
        head.write(seq, hash_of(seq))
    return (folder / FILE).read_bytes()


def test_the_last_head_comes_back(tmp_path: Path) -> None:
    written(tmp_path, 5)
    assert JournalHead(tmp_path, KEY).read() == (5, hash_of(5))


def test_numbers_of_one_parity_do_not_overwrite_the_only_record(tmp_path: Path) -> None:
    head = JournalHead(tmp_path, KEY)
    for seq in (2, 4, 6):
        head.write(seq, hash_of(seq))
    content = bytearray((tmp_path / FILE).read_bytes())
    newest = 0  # the third write is back in the first place
    content[newest : newest + 20] = bytes(20)
    (tmp_path / FILE).write_bytes(content)
    assert JournalHead(tmp_path, KEY).read() == (4, hash_of(4))


@pytest.mark.parametrize("put_back", [2, 0])
def test_an_older_file_put_back_meanwhile_is_gone_with_the_next_line(tmp_path: Path, put_back: int) -> None:
    former = written(tmp_path / "former", put_back) if put_back else b""
    head = JournalHead(tmp_path, KEY)
    for seq in range(1, 6):
        head.write(seq, hash_of(seq))
    (tmp_path / FILE).write_bytes(former)
    head.write(6, hash_of(6))
    assert JournalHead(tmp_path, KEY).read() == (6, hash_of(6))


def test_a_missing_file_reads_as_none(tmp_path: Path) -> None:
    assert JournalHead(tmp_path, KEY).read() is None


def test_a_file_under_another_key_reads_as_none(tmp_path: Path) -> None:
    written(tmp_path, 3)
    assert JournalHead(tmp_path, bytes(32)).read() is None


def test_a_cut_at_any_byte_of_a_write_leaves_the_old_or_the_new_head(tmp_path: Path) -> None:
    before, after = written(tmp_path, 4), written(tmp_path, 5)
    changed = [place for place in range(len(after)) if before[place : place + 1] != after[place : place + 1]]
    seen = set()
    for cut in range(min(changed), max(changed) + 2):
        (tmp_path / FILE).write_bytes(after[:cut] + before[cut:])
        seen.add(JournalHead(tmp_path, KEY).read())
    assert seen == {(4, hash_of(4)), (5, hash_of(5))}


def test_a_file_cut_at_any_byte_of_its_records_never_reads_wrong(tmp_path: Path) -> None:
    content = written(tmp_path, 5)
    seen = set()
    for length in [*range(100), *range(4090, len(content) + 1)]:
        (tmp_path / FILE).write_bytes(content[:length])
        seen.add(JournalHead(tmp_path, KEY).read())
    assert seen == {None, (5, hash_of(5))}


def test_an_older_number_can_be_written_by_a_new_opening(tmp_path: Path) -> None:
    written(tmp_path, 9)
    JournalHead(tmp_path, KEY).write(4, hash_of(4))
    assert JournalHead(tmp_path, KEY).read() == (4, hash_of(4))


def test_a_slower_thread_does_not_put_an_older_line_back(tmp_path: Path) -> None:
    head = JournalHead(tmp_path, KEY)
    head.write(6, hash_of(6))
    head.write(5, hash_of(5))
    assert head.read() == (6, hash_of(6))


def test_a_disk_that_refuses_is_said_and_not_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    assert JournalHead(tmp_path, KEY).write(1, hash_of(1)) is False


def test_a_journal_that_went_on_is_in_order(tmp_path: Path) -> None:
    assert heads.check((3, hash_of(3)), {n: hash_of(n) for n in range(1, 6)}.get) is None  # type: ignore[func-returns-value]


@pytest.mark.parametrize("journal", [{1: hash_of(1), 2: hash_of(2)}, {3: hash_of(9)}, {}])
def test_a_shorter_or_another_journal_is_noticed(journal: dict[int, bytes]) -> None:
    with pytest.raises(Damaged) as caught:
        heads.check((3, hash_of(3)), journal.get)
    assert caught.value.part == "older"
