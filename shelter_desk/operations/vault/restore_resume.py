"""A promised shelter is put in place before anything else opens the folder."""

from pathlib import Path

from shelter_desk.storage.file import restore_resume as stored_restore_resume
from shelter_desk.system.only_one import OnlyOne


def finish(folder: Path) -> None:
    """Put in place what was promised before a cut; nothing happens where nothing was.

    Raises InUse, DiskFull, ReadOnly.
    """
    if stored_restore_resume.is_promised(folder):
        with OnlyOne(folder):
            stored_restore_resume.finish(folder)
