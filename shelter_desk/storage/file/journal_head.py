"""The head of the journal kept outside the database, so that a shorter or older database is noticed.

SQLCipher cannot see a lost `-wal` or an old copy put back (both pass its checks). Two records of fixed size lie in
sectors of their own and are written in turn, so that a cut while writing one leaves the other.
"""

import errno
import hmac
import logging
import os
import stat
import struct
import threading
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import files

FILE = "shelter.head"
PLACES = (0, 4096)
LARGEST = 2 * PLACES[1]  # bytes
_RECORD = struct.Struct(">QQ32s")  # turn, number of the journal line, its hash
_MAC = 32
_to_disk: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)
_WRITTEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_log = logging.getLogger(__name__)


class JournalHead:
    """Number and hash of the last journal line that was committed, under a key derived from that of the database."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._path = folder / FILE
        self._key = HKDF(SHA256(), 32, salt=None, info=b"shelter-desk journal head").derive(key)
        self._lock = threading.Lock()
        self._written = 0
        self._last: tuple[int, int] | None = None  # where this object wrote, and at which turn

    def write(self, seq: int, line_hash: bytes) -> bool:
        """Keep the head, on the disk when it returns. False where the disk refused.

        A refusal is not raised: the change itself is committed by now, and an older head only notices less. A line
        before one this object has written is passed over, since another thread was faster.
        """
        with self._lock:
            if seq < self._written:
                return True
            try:
                self._put(seq, line_hash)
            except OSError as error:
                _log.warning("the head of the journal was not kept: %s", errno.errorcode.get(error.errno or 0, "?"))
                return False
            self._written = seq
            return True

    def read(self) -> tuple[int, bytes] | None:
        """The last head that is whole; None where there is none."""
        newest = self._newest()
        return None if newest is None else newest[2:]

    def _put(self, seq: int, line_hash: bytes) -> None:
        if self._last is None and (newest := self._newest()) is not None:
            self._last = newest[:2]
        place, turn = (PLACES[0], 1) if self._last is None else (_other(self._last[0]), self._last[1] + 1)
        record = _RECORD.pack(turn, seq, line_hash)
        if not self._is_own():
            self._take_away()
        handle = held_files.patiently(lambda: os.open(self._path, _WRITTEN, 0o600))
        try:
            os.lseek(handle, place, os.SEEK_SET)
            os.write(handle, record + self._mac(record))
            _to_disk(handle)
        finally:
            os.close(handle)
        self._last = place, turn

    def _is_own(self) -> bool:
        """False for a link, which leads to any file of the account, and for whatever else is not this small file."""
        try:
            told = self._path.lstat()
        except FileNotFoundError:
            return True
        return stat.S_ISREG(told.st_mode) and told.st_nlink <= 1 and told.st_size <= LARGEST

    def _take_away(self) -> None:
        if self._path.is_dir() and not self._path.is_symlink():
            held_files.patiently(self._path.rmdir)
        else:
            held_files.remove(self._path)

    def _newest(self) -> tuple[int, int, int, bytes] | None:
        """Place, turn, number and hash of the last whole record."""
        try:
            content = files.small(self._path, LARGEST)
        except OSError:
            return None
        whole = [found for place in PLACES if (found := self._whole(content, place)) is not None]
        return max(whole, key=lambda found: found[1], default=None)

    def _whole(self, content: bytes, place: int) -> tuple[int, int, int, bytes] | None:
        record = content[place : place + _RECORD.size]
        mac = content[place + _RECORD.size : place + _RECORD.size + _MAC]
        if len(record) < _RECORD.size or not hmac.compare_digest(mac, self._mac(record)):
            return None
        turn, seq, line_hash = _RECORD.unpack(record)
        return place, turn, seq, line_hash

    def _mac(self, record: bytes) -> bytes:
        return hmac.digest(self._key, record, "sha256")


def _other(place: int) -> int:
    return PLACES[1] if place == PLACES[0] else PLACES[0]


def check(head: tuple[int, bytes] | None, lookup: Callable[[int], bytes | None]) -> None:
    """Compare what was kept outside with the journal. lookup: the hash of a line, None where there is no such line.

    Raises Damaged("older") when the database is shorter or another than the one last written. Without a head nothing
    can be said: the caller decides (a shelter with a journal and no head was tampered with, or comes from a backup).
    """
    if head is None or head[0] == 0:
        return
    if lookup(head[0]) != head[1]:
        raise Damaged("older", FILE)
