"""The crash window: a bug stopped something; where its trace is, never what people typed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from shelter_desk import __version__, words
from shelter_desk.domain.errors import Trouble
from shelter_desk.system import log
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.ui.frame.frame import Frame


class CrashWindow(QDialog):
    """What happened, where the log is, the trace without any value, and a button that copies it."""

    def __init__(self, trace: str, log_file: Path | None) -> None:
        super().__init__()
        self.setWindowTitle(words.text("Something went wrong"))
        self.setMinimumWidth(tokens.wide(560))
        self._report = f"{__version__}\n{trace}"
        self.trace = QPlainTextEdit(self._report)
        self.trace.setReadOnly(True)
        self.trace.setTabChangesFocus(True)
        self.trace.setAccessibleName(words.text("Trace of the error"))
        self.copy_button = Button(words.text("Copy the trace"), icon="document", on_click=self.copy)
        self.close_button = Button(words.text("Close"), kind="primary", on_click=self.accept)
        head = in_row(
            IconLabel("octagon", "blocked", 24),
            (Label(words.text("The program met an error it did not expect."), bold=True, wrap=True), 1),
        )
        whole = in_column(
            head,
            Label(words.text("What was saved before is kept. What you were doing may not be."), wrap=True),
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_2),
        )
        if log_file is not None:
            place = words.text("The trace holds no name. It is also in {file}.").format(file=log_file)
            whole.addWidget(Label(place, size="small", ink="ink2", wrap=True))
        fill(whole, (self.trace, 1), in_row(self.copy_button, STRETCH, self.close_button))
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def copy(self) -> None:
        """Put the trace on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)


class Crashes(QObject):
    """Brings errors of any thread to the window's thread and shows one crash window at a time.

    explain: says in the window what it was, where that is known, and whether it did.
    """

    _met = Signal(object)  # BaseException

    def __init__(
        self,
        log_file: Path | None,
        parent: QObject | None = None,
        explain: Callable[[BaseException], bool] = lambda _: False,
    ) -> None:
        super().__init__(parent)
        self._log_file, self._explain = log_file, explain
        self.shown: CrashWindow | None = None
        self._met.connect(self._show)

    def meet(self, error: BaseException) -> None:
        """Show this error; may be called on any thread."""
        self._met.emit(error)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        if self.shown is not None or self._explain(error):
            return
        self.shown = CrashWindow(log.trace(error), self._log_file)
        self.shown.finished.connect(self._gone)
        self.shown.open()

    @Slot()
    def _gone(self) -> None:
        shown, self.shown = self.shown, None
        if shown is not None:
            shown.deleteLater()


def explained(error: BaseException, desk: "Desk | None", frame: "Frame | None") -> bool:
    """Say in the open shelter why nobody foresaw this error, and whether that is known: a disk that failed, a cell that
    somebody wrote past the program.
    """
    if desk is None or frame is None:
        return False
    from shelter_desk.ui.page import Told  # what a crash takes is not loaded before one
    from shelter_desk.words.refusals.errors import sentence

    found = error if isinstance(error, Trouble) else desk.explained(error)
    if found is None:
        return False
    frame.messages.tell(Told("blocked", sentence(found)))
    return True
