"""Long work: what is being done, how far, and a way to stop it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.layouts import in_column, in_row


class Progress(QWidget):
    """What is being done, n of m, a bar of 8 pixels and "Stop"."""

    stopped = Signal()  # asked once; the work ends when it can

    def __init__(self, title: str, stoppable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, bold=True)
        self.count = Label(ink="ink2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.step = ElidedLabel(size="small", ink="ink2")
        self.stop = Button(words.text("Stop"), on_click=self._stop)
        if not stoppable:
            self.stop.hide()
        in_column(
            in_row((self.title, 1), self.count),
            self.bar,
            in_row((self.step, 1), self.stop),
            within=self,
            spacing=tokens.SPACE,
        )

    @Slot(str, int, int)
    def refresh(self, step: str, done: int, total: int) -> None:
        """What is being done now and how far; total 0 while it is not known."""
        self.step.setText(step)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        shown = words.text("{done} of {total}").format(done=_grouped(done), total=_grouped(total)) if total else ""
        self.count.setText(shown)

    @Slot()
    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stopped.emit()


def _grouped(n: int) -> str:
    return f"{n:,}".replace(",", "\u202f")
