"""The shelter on another computer: packed here into one backup, opened there, and here told as moved from then on."""

from pathlib import Path

from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.vault import backups
from shelter_desk.operations.vault.backups import BackedUp
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.backups.backups import Progress


@needs(Permission.BACKUP)
def pack(desk: Desk, place: Path, progress: Progress | None = None) -> BackedUp:
    """Write a proven backup of the shelter into that folder; from the next opening on this computer says that it moved.

    The other computer opens the backup with the recovery key, or with a password where the files are bound to no
    computer. Raises as `backups.back_up`; nothing has moved then.
    """
    desk.tell("moved")
    made = backups.back_up(desk, stored_backups.file_for(place, desk.believed_now()), progress)
    _say(desk, desk.now().isoformat(timespec="minutes"))
    return made


@needs(Permission.BACKUP)
def stay(desk: Desk) -> None:
    """It stays here after all: what is packed is a backup as any other."""
    desk.tell("moved_back")
    _say(desk, "")


def _say(desk: Desk, moved: str) -> None:
    desk.moved = moved
    with desk.reading() as connection:
        desk.remember(connection)
