"""What the journal says of backups: each that was made, and each that failed, then or at the next opening."""

from contextlib import suppress
from typing import Any

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Trouble
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import failed_backups, journal

MADE, FAILED = "backed_up", "backup_failed"


def made(desk: Desk, **details: Any) -> None:
    """A backup is there. Raises what a disk and a clock refuse."""
    desk.note(MADE, **details)
    failed_backups.forget(desk.folder, "here")


def was_made(desk: Desk, where: str, lines: int) -> None:
    """The same of one that nobody asked for: nobody waits because it cannot be written."""
    failed_backups.forget(desk.folder, where)
    with suppress(Trouble):
        _write(desk, "backed_up", where=where, lines=lines)


def failed(desk: Desk, where: str, why: str) -> None:
    """One failed that nobody asked for. Where the journal cannot say so, whoever opens next is told."""
    failed_backups.keep(desk.folder, where, why)
    tell(desk)


def tell(desk: Desk) -> None:
    """Write down what is kept of a backup that failed; nobody is kept out because it cannot be written."""
    with suppress(Trouble):
        for where, why in failed_backups.read(desk.folder).items():
            _write(desk, "backup_failed", where=where, why=why)
            failed_backups.forget(desk.folder, where)


def _write(desk: Desk, action: str, **details: Any) -> None:
    """Of the minute of the last entry while nobody said that a surprising clock is right."""
    at = desk.believed_now()
    with desk.database.transaction(Changes()) as connection:
        journal.add(connection, at, desk.user, action, details=details)
