"""Opens a shelter in the window, shows a name, and locks, as somebody at the desk would; then goes on as the program.

Called with the data folder and `renewed` or `stays`; says on stderr each step, and what the memory must not hold then.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication

from shelter_desk import words
from shelter_desk.operations.residents import residents
from shelter_desk.ui.locking.renewal import READY, Renewal
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD

LAST, FIRST = "Tiekoroba", "Worokiatou"


def say(told: str) -> None:
    os.write(2, f"{told}\n".encode())


class Typing(Renewal):
    """Somebody begins to type while the new process is made ready."""

    @Slot(bytes)
    def _hear(self, line: bytes) -> None:
        if line == READY and self._window.unlock is not None:
            self._window.unlock.sign_in.password.line.insert("a")
            say("typed")
        super()._hear(line)


def main(folder: Path, what: str) -> None:
    app = QApplication([])
    words.use("fr")
    window = Window(folder, "Agent A")
    window.appear()
    if what != "stays":
        (Typing if what == "typing" else Renewal)(window)

    def lock() -> None:
        desk = window.desk
        assert desk is not None
        person = residents.listed(desk, "here")[0].person
        assert residents.name(desk, person.id).last_name == LAST
        say(f"secret {person.code}")
        say(f"secret {person.code.replace('-', '')}")
        say(f"key {desk.keys.database.hex()}")
        say("open")
        sys.stdin.readline()
        window.forgotten.connect(lambda: say("forgotten"))
        window.lock()

    def unlock() -> None:
        assert window.unlock is not None
        window.unlocked.connect(lambda: QTimer.singleShot(300, lock))
        window.unlock.sign_in.password.set_text(PASSWORD)
        window.unlock.sign_in.open()

    QTimer.singleShot(300, unlock)
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
