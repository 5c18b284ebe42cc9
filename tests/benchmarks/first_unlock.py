"""Milliseconds from the password to the page of beds in a process that has opened nothing yet, as after each lock.

With `argon2` those of the Argon2id call alone, in such a process. Nothing of what makes the invented shelter is loaded
here, since it would be at hand for the program.
"""

import sys
from pathlib import Path
from time import perf_counter

from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import key_file
from shelter_desk.storage.file.passwords import REAL_COST, stretch
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.locking import renewal
from shelter_desk.ui.window import Window
from tests.benchmarks import window


def main(what: str, folder: Path, user: str, password: str) -> None:
    app = window.application()
    shown = Window(folder)
    renewal.prepare()
    window.paint(shown)
    begun = perf_counter()
    if what == "argon2":
        stretch(user, password, key_file.read(folder).kdf.salt, REAL_COST)
    else:
        desk = unlocking.unlock(folder, user, password)
        window.paint(BedsPage(desk))
        desk.close()
    sys.stdout.write(f"{(perf_counter() - begun) * 1000}\n")
    app.quit()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
