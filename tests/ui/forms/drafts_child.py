"""Types into the real window until what is typed is kept, says so, and waits to be killed.

Called with the data folder.
"""

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shelter_desk import words
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui import theme
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD


def say() -> None:
    """What was typed is on the disk now."""
    sys.stdout.write("kept\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    """Ends only when it is killed."""
    app = QApplication([])
    words.use("fr")
    theme.wear(app)
    window = Window(folder / "nothing")
    window.show()
    window.open(unlocking.unlock(folder, "Agent A", PASSWORD))
    assert window.frame is not None
    window.frame.open_admission(None)
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    form = page.admission
    form.drafting.kept.connect(say)
    QTest.keyClicks(form.person.last.line, "Diawara")
    form.person.sex.segment("f").click()
    QTest.keyClicks(form.person.given.line, "Sira")
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
