"""A file that came back, chosen or dropped: whether it left the shelter, and as it left."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.sendings import REPORT, Proven
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import proving
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import closing as closing_words


def is_good(found: Proven) -> bool:
    """Whether it is as it left, and holds still."""
    return found.is_intact and found.replaced_by is None


def _proven(desk: Desk, path: Path) -> tuple[Path, Proven]:
    return path, proving.verify(desk, path)


class FileProof(QObject):
    """Says what is known of a file."""

    found = Signal(object, object)  # Path, Proven
    refused = Signal(object)  # Told

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    @Slot()
    def choose(self) -> None:
        """Ask which file."""
        path = files.choose_to_open(self._page, words.text("The file to verify"), "Excel (*.xlsx)")
        if path is not None:
            self.verify(path)

    def verify(self, path: Path) -> None:
        """Compare it with everything that left."""
        tasks.run(partial(_proven, self._desk, path), self._say, self._fail)

    def _say(self, proven: tuple[Path, Proven]) -> None:
        self.found.emit(*proven)

    def _fail(self, error: ShelterDeskError) -> None:
        self.refused.emit(Told("blocked", sentence(error)))


def told_of(found: Proven) -> Told:
    """What is known of a file in one sentence."""
    return Told("ok" if is_good(found) else "attention", " ".join(closing_words.proven(found)))


def dropped(what: QMimeData) -> Path | None:
    """The one workbook that is dropped, None for anything else."""
    paths = [Path(url.toLocalFile()) for url in what.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() == ".xlsx" else None


class DropCard(Card):
    """Where a file is dropped, or chosen."""

    def __init__(self) -> None:
        super().__init__(words.text("Drop a file here"))
        self.setProperty("role", "card")
        told = words.text("Did it leave from here, is it as it left? Nothing is taken in, nothing is sent.")
        self.choose = Button(words.text("Choose a file…"))
        fill(self.body, Label(told, size="small", ink="ink2", wrap=True), in_row(self.choose, STRETCH), STRETCH)


class ProofCard(Card):
    """The verdict: a title with its state, then what is known, what changed since, and the sending itself."""

    sending_wanted = Signal(int)  # SendingId
    differences_wanted = Signal(int)  # SendingId

    def __init__(self, *, sees_figures: bool) -> None:
        super().__init__()
        self._sending, self._sees_figures = 0, sees_figures
        self.icon = IconLabel("circle-check", "ok")
        self.verdict = Label(bold=True, wrap=True)
        self.lines = Label(ink="ink2", wrap=True)
        self.file = Label(size="small", ink="ink2")
        self.show_button = Button(words.text("Show the sending"), on_click=self._show)
        self.differences_button = Button(words.text("See the differences"), on_click=self._show_differences)
        self.close_button = IconButton("close", words.text("Close"), bare=True, on_click=self.hide)
        fill(
            self.body,
            in_row((self.file, 1), self.close_button),
            in_row(self.icon, (self.verdict, 1), spacing=tokens.SPACE),
            self.lines,
            in_row(self.differences_button, self.show_button, STRETCH, spacing=tokens.SPACE),
            STRETCH,
        )
        self.hide()

    def show_proof(self, path: Path, found: Proven) -> None:
        """Say what is known of that file."""
        state = "ok" if is_good(found) else "attention" if found.sent is not None else "blocked"
        self.set_state(state)
        self.icon.show_icon({"ok": "circle-check", "attention": "triangle", "blocked": "octagon"}[state], state)
        verdict, lines = closing_words.verdict(found)
        self.file.setText(path.name)
        self.verdict.setText(verdict)
        self.lines.setText("\n".join(lines))
        self.lines.setVisible(bool(lines))
        self._sending = 0 if found.sent is None else found.sent.sending.id
        self.show_button.setVisible(bool(self._sending))
        is_report = found.sent is not None and found.sent.sending.kind == REPORT
        self.differences_button.setVisible(is_report and found.replaced_by is not None and self._sees_figures)
        self.show()

    @Slot()
    def _show(self) -> None:
        self.sending_wanted.emit(self._sending)

    @Slot()
    def _show_differences(self) -> None:
        self.differences_wanted.emit(self._sending)
