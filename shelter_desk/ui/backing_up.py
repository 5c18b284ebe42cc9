"""What happens to an open shelter when somebody locks or closes: it is backed up and closed, out of sight."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from shelter_desk import words
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_row

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

_shown: "list[Saving]" = []


def before_leaving(desk: "Desk", *, closing: bool = False) -> None:
    """Take the desk over from the window: back up what was written, then close it; at most some 20 seconds.

    Nothing is asked and nothing can fail here: what went wrong is told at the next unlocking. What is asked of the one
    worker thread afterwards, such as unlocking again, waits for it. closing: a small window says "Saving…" and keeps
    the program alive until it is done.
    """

    def job() -> None:
        from shelter_desk.operations.vault import backups

        backups.leave(desk)

    if closing:
        _shown.append(Saving())
        _shown[-1].show()
    tasks.run(job, _done, _done)


def _done(_outcome: object) -> None:
    while _shown:
        _shown.pop().close()


class Saving(QWidget):
    """One word in a small window without a frame; it takes no keys and says nothing of what is saved."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
        self.setProperty("role", "page")
        self.setWindowTitle(words.text("Saving…"))
        app = QApplication.instance()
        if app is not None:  # when the session ends, nobody waits for a window
            app.aboutToQuit.connect(self._finish)
        in_row(
            IconLabel("save", "accent"),
            Label(words.text("Saving…")),
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_3, tokens.SPACE_2),
        )
        self.adjustSize()
        room = self.screen().availableGeometry()
        self.move(room.center() - self.rect().center())

    @Slot()
    def _finish(self) -> None:
        tasks.finish()
