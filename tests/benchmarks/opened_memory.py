"""Resident memory, in MiB, of a shelter that was unlocked and whose first page was painted; run in a fresh process.

Nothing of what makes the invented shelter is loaded here, since it would be measured with the program.
"""

import sys
from pathlib import Path

from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.window import Window
from tests.benchmarks import window
from tests.benchmarks.resident import resident


def main(folder: Path, user: str, password: str) -> None:
    app = window.application()
    shown = Window(folder)
    window.paint(shown)
    desk = unlocking.unlock(folder, user, password)
    shown.open(desk)
    window.paint(shown)
    sys.stdout.write(f"{resident()}\n")
    desk.close()
    app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
