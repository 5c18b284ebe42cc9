"""Admits somebody, goes back to the backup of before, and again, until it is killed; it starts with a closed shelter.

Called with the data folder and what to do: `back` from an open shelter, or `rescue` from a damaged one.
"""

import sys
from pathlib import Path

from shelter_desk.operations.vault import backups, restoring, unlocking
from tests.operations.shelter import PASSWORD, admit
from tests.operations.vault.restoring_scene import go_back


def back(folder: Path) -> None:
    """One round: four are in the backup, a fifth comes, the backup is gone back to."""
    desk = unlocking.unlock(folder, "Agent A", PASSWORD)
    backup = backups.held(desk)[-1].path
    admit(desk, "1D")
    say("admitted")
    go_back(desk, backup)
    say("promised")
    backups.leave(desk)
    say("back")


def rescue(folder: Path) -> None:
    """One round: the file is gone, and is brought back."""
    (folder / "shelter.db").unlink(missing_ok=True)
    backup = backups.found(folder)[-1].path
    restoring.bring_back(backup, folder, "Agent A", PASSWORD).close()
    say("back")


def say(told: str) -> None:
    """Acknowledge."""
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    say("ready")
    while True:
        {"back": back, "rescue": rescue}[sys.argv[2]](Path(sys.argv[1]))
