"""The window: the unlock screen or the first run, then the frame of the open shelter, or the neutral screen over it."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.system import preferences
from shelter_desk.ui import collector, window_place
from shelter_desk.ui import theme as theme_view
from shelter_desk.ui.unlock.page import UnlockPage

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.ui.frame.frame import Frame
    from shelter_desk.ui.frame.neutral import NeutralScreen
    from shelter_desk.ui.locking.guard import Guard
    from shelter_desk.ui.locking.leaving import LockSequence
    from shelter_desk.ui.unlock.first_run.page import FirstRun
    from shelter_desk.ui.unlock.first_run.step import FirstRunDraft
    from shelter_desk.ui.unlock.key_change_page import KeyChangePage
    from shelter_desk.ui.unlock.undertaking import UndertakingPage


# names only, so that nothing heavy is loaded before the first paint; opening looks properly
SIGNS_OF_A_SHELTER = ("keys.json", "shelter.db", "exercice.db", "shelter.db-wal", "shelter.head", "sauvegardes")
LOADS_AHEAD_MS = 500  # from the frame on: its first page is shown by then


class Window(QStackedWidget):
    """Shows one of: unlock, first run, frame, neutral screen. Locked means that `desk` is None and no page exists.

    Not a QMainWindow: it has no docks, and their animations start with the first picture.
    """

    unlocked = Signal()
    locked = Signal()
    forgotten = Signal()  # some time after `locked`: the desk is closed, the pages are deleted

    def __init__(self, folder: Path, user: str = "", left: str = "") -> None:
        """left: who was at the desk before, and on which page, as `asked_again` says it."""
        super().__init__()
        self._folder, self._user = folder, user
        self._title_before = ""
        self.desk: Desk | None = None
        self.frame: Frame | None = None
        self.neutral: NeutralScreen | None = None
        self.unlock: UnlockPage | None = None
        self.first_run: FirstRun | None = None
        self.undertaking: UndertakingPage | None = None
        self.key_change: KeyChangePage | None = None
        self.guard: Guard | None = None
        self._leaving: LockSequence | None = None
        self._begins_today = False
        # who was at the desk when it was locked, and on which page
        self._page: tuple[int, str] | None = (int(left.partition(":")[0]), left.partition(":")[2]) if left else None
        self._has_place = False
        self.setProperty("role", "page")
        self.resize(window_place.WIDE, window_place.HIGH)
        if any((folder / sign).exists() for sign in SIGNS_OF_A_SHELTER):
            self.show_unlock()
        else:
            self.show_first_run()

    def appear(self, *, minimised: bool = False, behind: bool = False) -> None:
        """Show it where it stood when it was closed; where it stands when it is closed is kept.

        behind: another program has the focus, and keeps it.
        """
        self._has_place = True
        if behind:
            self.setAttribute(QtCore.Qt.WidgetAttribute.WA_ShowWithoutActivating)
        window_place.appear(self, minimised=minimised)

    def open_backup(self, path: Path) -> None:
        """Ask for what opens this backup in place of what is there, as where it is chosen by hand."""
        door = self.unlock or self.first_run
        if door is not None:
            door.show_restoring()
            if door.restoring is not None:
                door.restoring.refresh(path)

    def asked_again(self) -> list[str]:
        """What another process is called with to go on at the unlock screen of this one."""
        left = "" if self._page is None else f"{self._page[0]}:{self._page[1]}"
        asked = ["--data-dir", str(self._folder), "--language", words.language(), f"--after-lock={left}"]
        return asked if self.unlock is None else [*asked, f"--user={self.unlock.sign_in.name.text()}"]

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
    def show_first_run(self, draft: "FirstRunDraft | None" = None) -> None:
        """The first run, with what was typed already."""
        from shelter_desk.ui.unlock.first_run.page import FirstRun

        self._drop(self.unlock)
        self._drop(self.first_run)
        self.unlock = None
        self._dress(training=False)
        self.first_run = FirstRun(self._folder, draft)
        self.first_run.opened.connect(self._open_first)
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
    def _speak_in_first_run(self, code: str, draft: "FirstRunDraft") -> None:
        self._speak(code)
        self.show_first_run(draft)

    def _speak(self, code: str) -> None:
        kept = preferences.read()
        language = "en" if code == "en" else "fr"
        words.use("en" if language == "en" else "fr")
        from shelter_desk.domain.errors import Trouble

        with suppress(Trouble):  # where it cannot be kept, it lasts until the window closes
            preferences.write(kept._replace(language=language))

    @Slot(object, str)
    def _open_first(self, desk: "Desk", user: str) -> None:
        """A new house begins where its first steps are, and so does who came to practise."""
        from shelter_desk.operations.today import first_steps

        self._begins_today = desk.is_training or bool(first_steps.first_steps(desk))
        self._open_new(desk, user)

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
        self._watch_over(desk)
        from shelter_desk.operations.users import user_accounts

        if user_accounts.must_undertake(desk):
            from shelter_desk.ui.unlock.undertaking import UndertakingPage

            self.undertaking = UndertakingPage(desk)
            self.undertaking.accepted.connect(self._enter)
            self.undertaking.refused.connect(self.lock)
            self._show(self.undertaking)
            self.undertaking.set_first()
            self.setWindowTitle(words.text("Undertaking of confidentiality"))
        else:
            self._enter()

    def _watch_over(self, desk: "Desk") -> None:
        from shelter_desk.ui.locking.guard import Guard

        if self.guard is None:
            self.guard = Guard(self)
            self.guard.lock_wanted.connect(self.lock)
            self.guard.neutral_wanted.connect(self.show_neutral)
        self.guard.begin(desk)

    @Slot()
    def _obey(self) -> None:
        if self.guard is not None and self.desk is not None:
            self.guard.obey(self.desk)

    @Slot()
    def _enter(self) -> None:
        """The frame, once nothing is asked of the person any more."""
        self._drop(self.undertaking)
        self.undertaking = None
        mine = self.desk is not None and self._page is not None and self._page[0] == self.desk.user
        self._build_frame(self._page[1] if mine and self._page is not None else None)
        self.unlocked.emit()

    def _build_frame(self, page: str | None = None) -> None:
        from shelter_desk.operations.beds import night_reception
        from shelter_desk.ui.frame.frame import Frame
        from shelter_desk.ui.page_registry import load_ahead, pages_for

        if self.desk is None:
            return
        masked = self.frame is not None and self.frame.top_bar.masks_names()
        edits = None if self.frame is None else self.frame.hand_over_edits()
        self._drop_frame()
        self._dress(training=self.desk.is_training)
        first = "beds" if night_reception.opens_files(self.desk) else "today"  # the night has its acts there
        first, self._begins_today = "today" if self._begins_today else first, False
        pages = pages_for(self.desk)
        self.frame = Frame(self.desk, pages, self, page or first, edits)
        self.frame.top_bar.mask_names(masked)
        self.frame.lock_wanted.connect(self.lock)
        self.frame.neutral_wanted.connect(self.show_neutral)
        self.frame.settings_changed.connect(self._obey)
        self.frame.keys_change_wanted.connect(self.change_keys)
        self.frame.preferences_changed.connect(self._preferences_changed, QtCore.Qt.ConnectionType.QueuedConnection)
        self._show(self.frame)
        QtCore.QTimer.singleShot(LOADS_AHEAD_MS, self.frame, partial(load_ahead, self.desk, tuple(pages.values())))

    def _drop_frame(self) -> None:
        frame, self.frame = self.frame, None
        if frame is not None:
            frame.leave()
            self._drop(frame)
            QtCore.QTimer.singleShot(0, collector.search_all)  # once it is deleted: nothing made in its place goes

    @Slot()
    def _preferences_changed(self) -> None:
        """Another language, theme or size of text: what is on screen is made anew."""
        from shelter_desk.ui.locking.leaving import close_all_but

        kept = preferences.read()
        words.use("en" if kept.language == "en" else "fr")
        self._keep_typed()
        close_all_but(self)  # the guide beside it is in the former language
        self._build_frame("settings")

    def _keep_typed(self) -> None:
        if self.frame is not None and self.desk is not None:
            from shelter_desk.ui.forms import drafting

            drafting.keep_all(self.desk, self.frame)

    @Slot()
    def change_keys(self) -> None:
        """Ask for the password and change all keys of the file; it is locked afterwards."""
        from shelter_desk.ui.unlock.key_change_page import KeyChangePage

        if self.desk is None or self.key_change is not None:
            return
        self._keep_typed()
        self.key_change = KeyChangePage(self.desk)
        self.key_change.begun.connect(self._make_way)
        self.key_change.given_up.connect(self._back_to_settings)
        self.key_change.left.connect(self.lock)
        self._show(self.key_change)
        self.key_change.set_first()

    @Slot()
    def _make_way(self) -> None:
        """No page may touch the desk, and nothing may lock it, until the keys are changed."""
        if self.guard is not None:
            self.guard.rest()
        self._drop_frame()

    @Slot()
    def _back_to_settings(self) -> None:
        self._drop(self.key_change)
        self.key_change = None
        if self.desk is not None:
            self._watch_over(self.desk)
        self._build_frame("settings")

    def _dress(self, training: bool, signs: bool = True) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            kept = preferences.read()
            theme_view.wear(app, _is_dark(app, kept.theme), training, kept.text / 100, signs)

    @Slot()
    def lock(self) -> None:
        """Cover at once, asking nothing; then close what is open, keep what is typed, delete the pages, close the desk.

        All of it is done when this returns, unless a job or a dialog must end first: `locked` is said once it is.
        """
        from shelter_desk.ui.locking.leaving import LockSequence

        desk, self.desk = self.desk, None
        if desk is None:
            return
        if self.frame is not None:
            self._page = (desk.user, self.frame.page_key)
        self._leaving = LockSequence(desk, self.frame, self._drop_pages, self)
        self._leaving.over.connect(self._locked)
        self._leaving.begin()

    def _drop_pages(self) -> None:
        self._drop_frame()
        self._drop(self.neutral)
        self._drop(self.undertaking)
        self._drop(self.key_change)
        self.neutral = self.undertaking = self.key_change = None

    @Slot()
    def _locked(self) -> None:
        left, self._leaving = self._leaving, None
        self.show_unlock()
        if left is not None:
            self._drop(left.cover)
            left.swept.connect(self.forgotten)
            QtCore.QTimer.singleShot(0, left, left.sweep)
        self.locked.emit()

    @Slot()
    def show_neutral(self) -> None:
        """Cover everything."""
        from shelter_desk.ui.frame.neutral import NeutralScreen
        from shelter_desk.ui.locking.leaving import close_all_but

        if self.frame is None or self.desk is None or self.neutral is not None:
            return
        self.neutral = NeutralScreen()
        self.neutral.tried.connect(self._try_to_return)
        self._show(self.neutral)
        self.neutral.setFocus()
        self._title_before = self.windowTitle()
        self.setWindowTitle(self.neutral.title)
        self.repaint()
        close_all_but(self)

    @Slot(str)
    def _try_to_return(self, password: str) -> None:
        from shelter_desk.ui.frame import neutral

        if self.desk is not None:
            neutral.check(self.desk, password, self._return)

    def _return(self, wait: float | None) -> None:
        if self.neutral is None or self.frame is None:
            return
        if wait is not None:
            self.neutral.refuse(wait)
            return
        self._drop(self.neutral)
        self.neutral = None
        self.setCurrentWidget(self.frame)
        self.setWindowTitle(self._title_before)
        self.frame.drafts.offer_password()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 where no card took it: the guide. A locked window tells how to open, and nothing of what this is."""
        tells = self.first_run is not None or (self.frame is not None and self.currentWidget() is self.frame)
        if tells and event.key() == QtCore.Qt.Key.Key_F1:
            from shelter_desk.ui.guide.here import open_guide

            open_guide(self, role=None if self.desk is None else self.desk.role)
            return
        if event.key() == QtCore.Qt.Key.Key_F1 and self.unlock is not None and self.currentWidget() is self.unlock:
            from shelter_desk.ui.guide.here import open_at_the_door

            open_at_the_door(self.unlock)
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing stays open; what is backed up meanwhile is out of sight."""
        from shelter_desk.ui import tasks

        if self._has_place:
            window_place.remember(self)
        self.hide()
        tasks.finish()
        if self.first_run is not None:
            self.first_run.forget()
        if self.guard is not None:
            self.guard.rest()
        if self._leaving is not None:
            self._leaving.blockSignals(True)
            self._leaving.end(closing=True)
        self._keep_typed()
        self._drop_frame()
        if self.desk is not None:
            from shelter_desk.ui.backing_up import before_leaving

            desk, self.desk = self.desk, None
            before_leaving(desk, closing=True)
        super().closeEvent(event)


def _is_dark(app: QApplication, theme: str) -> bool:
    if theme != "system":
        return theme == "dark"
    if not app.styleSheet():  # still in the colours of the system; what names them, `Qt`, takes 12 ms to make
        colours = app.palette()
        return colours.window().color().lightness() < colours.windowText().color().lightness()
    return app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
