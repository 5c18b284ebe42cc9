"""The window: the unlock screen or the first run, then the frame of the open shelter, or the neutral screen over it."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.system import preferences
from shelter_desk.ui import look
from shelter_desk.ui.unlock.page import UnlockPage

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.ui.frame.frame import Frame, PageEntry
    from shelter_desk.ui.frame.neutral import NeutralScreen
    from shelter_desk.ui.page import Page
    from shelter_desk.ui.unlock.first_run.page import FirstRun
    from shelter_desk.ui.unlock.first_run.step import Draft


# names only, so that nothing heavy is loaded before the first paint; opening looks properly
SIGNS_OF_A_SHELTER = ("keys.json", "shelter.db", "exercice.db")


def _beds(desk: "Desk") -> "Page":
    from shelter_desk.ui.beds.page import BedsPage

    return BedsPage(desk)


def _residents(desk: "Desk") -> "Page":
    from shelter_desk.ui.residents.page import ResidentsPage

    return ResidentsPage(desk)


def _reports(desk: "Desk") -> "Page":
    from shelter_desk.ui.reports.page import ReportsPage

    return ReportsPage(desk)


def _settings(desk: "Desk") -> "Page":
    from shelter_desk.ui.settings.page import SettingsPage

    return SettingsPage(desk)


def pages_for(desk: "Desk") -> "dict[str, PageEntry]":
    """The pages there are and that the role may open, in the order of the rail."""
    from shelter_desk.domain.rights import Permission
    from shelter_desk.ui.frame.frame import PageEntry
    from shelter_desk.ui.frame.rail import Entry

    every = (
        (Permission.SEE_BEDS, PageEntry(Entry("beds", words.text("Beds"), "bed", 2), _beds)),
        (Permission.SEE_BEDS, PageEntry(Entry("residents", words.text("Residents"), "residents", 3), _residents)),
        (Permission.REPORT_SEE, PageEntry(Entry("reports", words.text("Reports"), "report", 7), _reports)),
        (
            Permission.SETTINGS_EDIT,
            PageEntry(Entry("settings", words.text("Settings"), "settings", 9, at_foot=True), _settings),
        ),
    )
    return {page.entry.key: page for permission, page in every if desk.may(permission)}


class Window(QStackedWidget):
    """Shows one of: unlock, first run, frame, neutral screen. Locked means that `desk` is None and no page exists.

    Not a QMainWindow: it has no docks, and their animations start with the first picture.
    """

    unlocked = Signal()
    locked = Signal()

    def __init__(self, folder: Path, user: str = "") -> None:
        super().__init__()
        self._folder, self._user = folder, user
        self._title_before = ""
        self.desk: Desk | None = None
        self.frame: Frame | None = None
        self.neutral: NeutralScreen | None = None
        self.unlock: UnlockPage | None = None
        self.first_run: FirstRun | None = None
        self.setProperty("role", "page")
        self.resize(1366, 768)
        if any((folder / sign).exists() for sign in SIGNS_OF_A_SHELTER):
            self.show_unlock()
        else:
            self.show_first_run()

    def _show(self, widget: QWidget) -> None:
        self.addWidget(widget)
        self.setCurrentWidget(widget)

    def _drop(self, widget: QWidget | None) -> None:
        if widget is not None:
            widget.hide()
            self.removeWidget(widget)
            widget.deleteLater()

    @Slot()
    def show_unlock(self) -> None:
        """The unlock screen; its title says nothing of what this is."""
        self._drop(self.unlock)
        self._dress(training=False, signs=False)
        self.unlock = UnlockPage(self._folder, self._user)
        self.unlock.opened.connect(self.open)
        self.unlock.no_shelter.connect(self.show_first_run)
        self.unlock.language_wanted.connect(self._speak_on_unlock)
        self._show(self.unlock)
        self.unlock.sign_in.set_first()
        self.setWindowTitle(words.text("Open"))

    @Slot()
    def show_first_run(self, draft: "Draft | None" = None) -> None:
        """The first run, with what was typed already."""
        from shelter_desk.ui.unlock.first_run.page import FirstRun

        self._drop(self.unlock)
        self._drop(self.first_run)
        self.unlock = None
        self._dress(training=False)
        self.first_run = FirstRun(self._folder, draft)
        self.first_run.opened.connect(self._open_new)
        self.first_run.language_wanted.connect(self._speak_in_first_run)
        self._show(self.first_run)
        self.first_run.here().set_first()
        self.setWindowTitle(words.text("First start"))

    @Slot(str)
    def _speak_on_unlock(self, code: str) -> None:
        self._user = self.unlock.sign_in.name.text() if self.unlock is not None else self._user
        self._speak(code)
        self.show_unlock()

    @Slot(str, object)
    def _speak_in_first_run(self, code: str, draft: "Draft") -> None:
        self._speak(code)
        self.show_first_run(draft)

    def _speak(self, code: str) -> None:
        kept = preferences.read()
        language = "en" if code == "en" else "fr"
        words.use("en" if language == "en" else "fr")
        from shelter_desk.domain.errors import Trouble

        with suppress(Trouble):  # where it cannot be kept, it lasts until the window closes
            preferences.write(preferences.Preferences(language, kept.theme))

    @Slot(object, str)
    def _open_new(self, desk: "Desk", user: str) -> None:
        self._folder, self._user = desk.folder, user
        self.open(desk)

    @Slot(object)
    def open(self, desk: "Desk") -> None:
        """Show the frame of the open shelter."""
        self._drop(self.unlock)
        self._drop(self.first_run)
        self.unlock = self.first_run = None
        self.desk, self._user = desk, desk.user_name
        self._build_frame()
        self.unlocked.emit()

    def _build_frame(self, page: str | None = None) -> None:
        from shelter_desk.ui.frame.frame import Frame

        if self.desk is None:
            return
        self._drop_frame()
        self._dress(training=self.desk.is_training)
        self.frame = Frame(self.desk, pages_for(self.desk), self)
        self.frame.lock_wanted.connect(self.lock)
        self.frame.neutral_wanted.connect(self.show_neutral)
        self.frame.preferences_changed.connect(self._preferences_changed, QtCore.Qt.ConnectionType.QueuedConnection)
        self._show(self.frame)
        if page is not None:
            self.frame.open(page)

    def _drop_frame(self) -> None:
        frame, self.frame = self.frame, None
        if frame is not None:
            frame.leave()
            self._drop(frame)

    @Slot()
    def _preferences_changed(self) -> None:
        """Another language or theme: what is on screen is made anew."""
        kept = preferences.read()
        words.use("en" if kept.language == "en" else "fr")
        self._build_frame("settings")

    def _dress(self, training: bool, signs: bool = True) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.wear(app, _is_dark(app, preferences.read().theme), training, signs=signs)

    @Slot()
    def lock(self) -> None:
        """Delete the pages, close the desk, show the unlock screen."""
        desk, self.desk = self.desk, None
        self._drop_frame()
        self._drop(self.neutral)
        self.neutral = None
        if desk is not None:
            desk.close()
        self.show_unlock()
        self.locked.emit()

    @Slot()
    def show_neutral(self) -> None:
        """Cover everything."""
        from shelter_desk.ui.frame.neutral import NeutralScreen

        if self.frame is None or self.neutral is not None:
            return
        self.neutral = NeutralScreen()
        self.neutral.tried.connect(self._try_to_return)
        self._show(self.neutral)
        self.neutral.setFocus()
        self._title_before = self.windowTitle()
        self.setWindowTitle(self.neutral.title)

    @Slot(str)
    def _try_to_return(self, password: str) -> None:
        desk = self.desk

        def job() -> bool:
            from shelter_desk.operations import settings

            return desk is not None and settings.password_opens(desk, password)

        from shelter_desk.ui import tasks

        tasks.run(job, self._return, self._stay)

    def _return(self, is_right: bool) -> None:
        if self.neutral is None or self.frame is None:
            return
        if not is_right:
            self.neutral.refuse()
            return
        self._drop(self.neutral)
        self.neutral = None
        self.setCurrentWidget(self.frame)
        self.setWindowTitle(self._title_before)

    def _stay(self, _error: Exception) -> None:
        if self.neutral is not None:
            self.neutral.refuse()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing stays open."""
        from shelter_desk.ui import tasks

        tasks.finish()
        if self.first_run is not None:
            self.first_run.forget()
        self._drop_frame()
        if self.desk is not None:
            self.desk.close()
            self.desk = None
        super().closeEvent(event)


def _is_dark(app: QApplication, theme: str) -> bool:
    if theme != "system":
        return theme == "dark"
    if not app.styleSheet():  # still in the colours of the system; what names them, `Qt`, takes 12 ms to make
        colours = app.palette()
        return colours.window().color().lightness() < colours.windowText().color().lightness()
    return app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
