"""What the journal says of backups: each that was made, and each that failed, then or at the next opening.

The line of one that was made keeps its fingerprint, and so does the line of a return for those that were known before
it: a file that somebody put among the backups, or altered there, is none that the journal knows.
"""

from dataclasses import dataclass

from shelter_desk.operations.desk import Desk
from shelter_desk.storage.backups import failed_backups
from shelter_desk.storage.backups.backups import Manifest
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.database import Connection

MADE, FAILED, RESTORED = "backed_up", "backup_failed", "restored"
LATEST = 60  # lines that are looked at for the last backup: as many days, or more


@dataclass(frozen=True, slots=True)
class Known:
    """The fingerprints in the journal; empty in one of an older program, which knows every backup."""

    fingerprints: frozenset[str]

    def holds(self, manifest: Manifest) -> bool:
        """Whether that backup is as this program made it."""
        return not self.fingerprints or manifest.fingerprint in self.fingerprints


def known(connection: Connection, most: int = journal.ALL) -> Known:
    """The backups that the last lines tell of; most: LATEST where only the last backup is asked for."""
    found: set[str] = set()
    for line in journal.last_lines_of(connection, (MADE, RESTORED), most):
        several = line.known.get("fingerprints")
        told = [line.known.get("fingerprint"), *(several if isinstance(several, list) else ())]
        found.update(one for one in told if isinstance(one, str))
    return Known(frozenset(found))


def made(desk: Desk, manifest: Manifest) -> None:
    """A backup is there. Raises what a disk and a clock refuse."""
    desk.note(MADE, lines=manifest.head, fingerprint=manifest.fingerprint)
    failed_backups.forget(desk.folder, "here")


def was_made(desk: Desk, where: str, manifest: Manifest) -> None:
    """The same of one that nobody asked for: nobody waits because it cannot be written."""
    failed_backups.forget(desk.folder, where)
    desk.tell("backed_up", where=where, lines=manifest.head, fingerprint=manifest.fingerprint)


def failed(desk: Desk, where: str, why: str) -> None:
    """One failed that nobody asked for. Where the journal cannot say so, whoever opens next is told."""
    failed_backups.keep(desk.folder, where, why)
    tell(desk)


def tell(desk: Desk) -> None:
    """Write down what is kept of a backup that failed; it stays kept while it cannot be written."""
    for where, why in failed_backups.read(desk.folder).items():
        if desk.tell("backup_failed", where=where, why=why):
            failed_backups.forget(desk.folder, where)
