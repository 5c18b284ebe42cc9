"""Resident memory, in MiB, of a shelter that was unlocked and whose first page was painted; run in a fresh process."""

import sys
from pathlib import Path

from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.window import Window
from tests.benchmarks import shelter, window
from tests.benchmarks.resident import resident


def main(folder: Path) -> None:
    app = window.application()
    shown = Window(folder)
    window.paint(shown)
    desk = unlocking.unlock(folder, shelter.USER, shelter.PASSWORD)
    shown.open(desk)
    window.paint(shown)
    sys.stdout.write(f"{resident()}\n")
    desk.close()
    app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
