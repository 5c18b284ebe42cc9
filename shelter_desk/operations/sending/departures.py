"""What leaves the house is on the disk before anybody can take it: a cut leaves no file without its row.

A row with all that is kept of the file, then the file, then the line of the journal. Where the second or the third
fails the file goes, and the row with it; where a cut comes in between, the next opening says so.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from shelter_desk.domain import held_files
from shelter_desk.domain.casefile.incidents import BoxMissing
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Trouble
from shelter_desk.domain.ids import SendingId, VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import OF_PERSONS, Sending
from shelter_desk.domain.sending.gate import GateAnswers, kept_since
from shelter_desk.domain.sending.recipients import INTERNAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import unread_passwords
from shelter_desk.operations.sending.unread_passwords import UnreadPassword
from shelter_desk.operations.vault import clock_check
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Box
from shelter_desk.storage.reports import versions

TOPICS = Changes(reports=True)


@dataclass(frozen=True, slots=True)
class LeavingFile:
    """A file or a paper that is made and not written yet. kind: of `sending_kind`; title: what it is, of one that is of
    no period.

    content: figures and cells in which a change is looked for, None where there are persons in it. version: of a
    closed month. written: None for a paper, of which no sum is kept: one over few words would give a name back.
    """

    kind: str
    level: str
    file_name: str
    written: bytes | None
    period: Period
    title: str = ""
    version: VersionId | None = None
    content: Any = None


@dataclass(slots=True)
class DepartingFile:
    """One under way. is_given_up: set by who was not given what it takes to print."""

    sending: Sending
    is_given_up: bool = False


@contextmanager
def recorded(
    desk: Desk,
    action: str,
    file: LeavingFile,
    gate: GateAnswers,
    *places: Path,
    subject: str = "",
    password: str = "",
    details: Mapping[str, Any] | None = None,
) -> Iterator[DepartingFile]:
    """Around what writes these files, or prints: kept with its sum, a copy where no persons are in it, a journal line.

    Copies of more than ten years ago go. password: of a closed file, which waits sealed until it was read. details:
    what the journal says besides. Raises what the block does, and ClockWrong, DiskFull, ReadOnly.
    """
    clock_check.check(desk)  # nothing leaves that the journal could not tell
    before = {place: _state(place) for place in places}
    departure = DepartingFile(_begun(desk, file, gate, password))
    try:
        yield departure
        if departure.is_given_up:
            _taken_back(desk, departure.sending.id)
            return
        with desk.writing(action, TOPICS, subject) as writing:
            versions.tell_leaving(writing.trail, departure.sending)
            versions.drop_copies(writing.connection, kept_since(desk.today()))
            writing.details |= details or {}
    except BaseException:
        for place, was in before.items():
            if _state(place) != was:
                held_files.remove(place, missing_ok=True)
        with suppress(Trouble):  # where it stays, the next opening asks whether anything left
            _taken_back(desk, departure.sending.id)
        raise


def write(
    desk: Desk,
    action: str,
    file: LeavingFile,
    gate: GateAnswers,
    path: Path,
    *,
    beside: Mapping[Path, bytes] | None = None,
    subject: str = "",
    password: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write the bytes of that file, whole or not at all, as `recorded`. beside: files that go with it.

    Raises DiskFull, ReadOnly, FileMissing, ClockWrong.
    """
    from shelter_desk.excel import saving

    every = {**(beside or {}), path: file.written or b""}
    with recorded(desk, action, file, gate, *every, subject=subject, password=password, details=details):
        for place, content in every.items():
            saving.save(place, content)


def _begun(desk: Desk, file: LeavingFile, gate: GateAnswers, password: str) -> Sending:
    """The row, on the disk when this returns."""
    sending = Sending(
        SendingId(0),
        file.period.first.isoformat(),
        file.period.last.isoformat(),
        file.version,
        file.level,
        gate.recipient,
        gate.words_said,
        _kept_name(file),
        "" if file.written is None else sha256(file.written).hexdigest(),
        len(file.written or b""),
        desk.now(),
        desk.user,
        None,
        file.kind,
        file.title,
        gate.purpose_code,
        gate.channel,
        gate.carried_by.strip(),
        gate.agreement,
        None if gate.due is None else gate.due.isoformat(),
    )
    copy = None if file.kind in OF_PERSONS or file.level == INTERNAL else file.written
    with desk.database.transaction(Changes()) as connection:
        box = None if copy is None else _box(desk, connection)
        kept = versions.add_leaving(connection, sending, file.content, desk.protection, copy, box)
        if password:
            unread_passwords.keep(desk, connection, UnreadPassword(kept.id, file.file_name, password))
    return kept


def _kept_name(file: LeavingFile) -> str:
    """What a list of persons is called may name one of them, and every role reads it: it is kept by its kind."""
    of_persons = file.kind in OF_PERSONS and file.written is not None
    return file.kind + Path(file.file_name).suffix if of_persons else file.file_name


def _taken_back(desk: Desk, sending: SendingId) -> None:
    with desk.database.transaction(Changes()) as connection:
        versions.take_back_leaving(connection, sending)
        unread_passwords.forget(desk, connection, sending)


def _state(place: Path) -> tuple[int, int] | None:
    """What changes when another file takes its place."""
    with suppress(OSError):
        found = place.stat()
        return found.st_ino, found.st_mtime_ns
    return None


def _box(desk: Desk, connection: Connection) -> Box | None:
    """What everybody who sends puts the copy into; None until somebody who holds the key of the case files made it."""
    with suppress(BoxMissing):
        return sealed_boxes.of(connection, desk.box)
    return None
