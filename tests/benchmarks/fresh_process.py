"""What a fresh process measures of the program, printed as a number: `python -m tests.benchmarks.fresh_process WHAT …`.

`memory`: MiB resident with the shelter unlocked and its first page painted. `unlock`: milliseconds from the password to
the page of beds in a process that has opened nothing yet, made ready as after each lock; `argon2` those of the password
alone there. Nothing of what makes the invented shelter is loaded here: it would be measured with the program.
"""

import sys
from pathlib import Path
from time import perf_counter

from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.window import Window
from tests.benchmarks import window
from tests.benchmarks.resident import resident


def memory(folder: Path, user: str, password: str) -> float:
    shown = Window(folder)
    window.paint(shown)
    desk = unlocking.unlock(folder, user, password)
    shown.open(desk)
    window.paint(shown)
    found = resident()
    desk.close()
    return found


def unlock(folder: Path, user: str, password: str) -> float:
    from shelter_desk.ui.beds.page import BedsPage

    _made_ready(folder)
    begun = perf_counter()
    desk = unlocking.unlock(folder, user, password)
    window.appear(BedsPage(desk))
    took = perf_counter() - begun
    desk.close()
    return took * 1000


def argon2(folder: Path, user: str, password: str) -> float:
    from shelter_desk.storage.keys import key_file
    from shelter_desk.storage.keys.passwords import REAL_COST, stretch

    _made_ready(folder)
    begun = perf_counter()
    stretch(user, password, key_file.read(folder).kdf.salt, REAL_COST)
    return (perf_counter() - begun) * 1000


def _made_ready(folder: Path) -> None:
    from shelter_desk.ui.locking import renewal

    shown = Window(folder)
    renewal.prepare()
    window.paint(shown)


if __name__ == "__main__":
    app = window.application()
    sys.stdout.write(f"{globals()[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])}\n")
    app.quit()
