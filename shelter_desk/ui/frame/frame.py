"""The frame of an open shelter: rail, top bar, the page, and the line that bears state and messages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ClockWrong
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import collector
from shelter_desk.ui.forms import reading_order
from shelter_desk.ui.frame.checks import CheckOutcome, Checks
from shelter_desk.ui.frame.draft_offer import DraftOffer
from shelter_desk.ui.frame.excel_edits import ExcelEdits
from shelter_desk.ui.frame.found_lines import GUIDE
from shelter_desk.ui.frame.pages_stack import PagesStack, ScrolledPages
from shelter_desk.ui.frame.rail import Entry, Rail
from shelter_desk.ui.frame.status_line import StatusLine
from shelter_desk.ui.frame.top_bar import TopBar
from shelter_desk.ui.next_turn import NextTurn, over_turns
from shelter_desk.ui.page import Messages, Page, Told
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.message_bar import MessageBar
from shelter_desk.ui.widgets.overlay import TrainingOverlay
from shelter_desk.words.refusals.errors import sentence

# what the keys 1 to 9 of a French keyboard give without Maj
UNSHIFTED = "&É\"'(-È_Ç"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the rail and what loads it; it is made when it is first opened.

    parts: what it is divided into for who is at the desk, how each is asked for and what it is called.
    """

    entry: Entry
    load: "Callable[[Desk], Callable[[Desk, QWidget | None], Page]]"
    parts: "Callable[[Desk], Sequence[tuple[str, str]]]" = lambda _desk: ()


class Frame(QWidget):
    """Pages are made when first opened, told what each commit changed, and gone with the frame."""

    lock_wanted = Signal()
    neutral_wanted = Signal()
    preferences_changed = Signal()
    settings_changed = Signal()
    keys_change_wanted = Signal()
    _committed = Signal(object)  # Changes, from whichever thread committed

    def __init__(
        self,
        desk: "Desk",
        pages: Mapping[str, PageEntry],
        parent: QWidget | None = None,
        first: str = "beds",
        edits: ExcelEdits | None = None,
    ) -> None:
        """first: the page shown, where the role has it; else the first of the rail. edits: of the frame before."""
        super().__init__(parent)
        self.setProperty("role", "page")
        self._desk, self._offered = desk, dict(pages)
        self.pages: dict[str, Page] = {}
        self.rail = Rail([page.entry for page in pages.values()])
        self.rail.chosen.connect(self._choose)
        self.top_bar = TopBar(desk, self.places)
        self.top_bar.lock_wanted.connect(self.lock_wanted)
        self.top_bar.neutral_wanted.connect(self.neutral_wanted)
        self.top_bar.guide_wanted.connect(self.open_guide)
        self.top_bar.person_chosen.connect(self.open_record)
        self.top_bar.place_chosen.connect(self.open_part)
        self.top_bar.names_masked.connect(self._mask_names)
        self.bar = MessageBar()
        self.messages = Messages(desk, self.bar)
        self.drafts = DraftOffer(desk, self.bar, self._resume)
        self.page_key = ""  # of the page shown
        self._is_left = False
        self.status = StatusLine(desk)
        self.checks = Checks(desk, self)
        self.checks.told.connect(self._tell_checked)
        self.checks.uncertain.connect(self._ask_what_left)
        self.checks.checked.connect(self._show_checked)
        self.checks.broken.connect(self.status.show_broken)
        self.stack = PagesStack()
        self.edits = ExcelEdits(desk) if edits is None else edits
        self._has_edits = True
        self.edits.setParent(self)
        self.edits.told.connect(self._tell)
        self.edits.changed.connect(self._offer_differences)
        self._lay_out()
        self._bind_keys()
        self._committed.connect(self._look_again)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_focus)
        self._stop_listening = desk.database.listen(self._committed.emit)
        try:
            self._begin(first)
        except BaseException:  # nothing of a frame that could not be made looks at the desk, which may close
            self.leave()
            raise

    def _begin(self, first: str) -> None:
        self._show_shelter()
        if self._is_clock_right():
            self._offer()
        if self._offered:
            self.open(first if first in self._offered else next(iter(self._offered)))

    def _offer(self) -> None:
        """What waits for the person at the desk: a draft, else the recovery key that nobody typed back."""
        from shelter_desk.operations.vault import recovery_sheet

        self.drafts.refresh()
        if self.bar.isHidden() and recovery_sheet.is_owed(self._desk):
            told = words.text(
                "The recovery key was never typed back. Without a sheet that is right, nothing opens later."
            )
            again = partial(self.open_part, "settings/security")
            self.messages.offer(Told("attention", told), words.text("Make another one…"), again)

    def _lay_out(self) -> None:
        right = in_column(
            self.top_bar, (ScrolledPages(self.stack), 1), in_row(self.status, (self.bar, 1), spacing=0), spacing=0
        )
        in_row(self.rail, (right, 1), within=self, spacing=0)
        self.bar.installEventFilter(self)
        if self._desk.is_training:
            self.overlay = TrainingOverlay(self.stack)

    def eventFilter(self, watched: object, event: Any) -> bool:
        """A message stands in the room of the status line. While a frame is taken down it has no bar any more."""
        if watched is getattr(self, "bar", None) and event.type() in (event.Type.ShowToParent, event.Type.HideToParent):
            self.status.make_room(not self.bar.isHidden())
        return False

    def _bind_keys(self) -> None:
        for key, page in self._offered.items():
            shortcut = QShortcut(self)
            number = page.entry.number
            shortcut.setKeys([QKeySequence(f"Ctrl+{number}"), QKeySequence(f"Ctrl+{UNSHIFTED[number - 1]}")])
            shortcut.setObjectName(key)
            shortcut.activated.connect(self._open_by_key)
        for keys, slot in (
            ("Ctrl+K", self.go_to_search),
            ("Ctrl+L", self.lock_wanted),
            ("F9", self.neutral_wanted),
            ("F6", self.go_to_next_zone),
            ("Ctrl+Shift+Z", self.messages.show_acts),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    @Slot()
    def _open_by_key(self) -> None:
        self._choose(self.sender().objectName())

    @Slot(str)
    def _choose(self, key: str) -> None:
        """Show that page, and its first view where it is the one shown."""
        if key == self.page_key:
            self.pages[key].go_home()
        if key in self.pages:
            self._show(key)
        elif key in self._offered:
            kind = self._offered[key].load(self._desk)
            over_turns(self, partial(self._show_made, key), kind, self._desk, self.stack)

    def _show_made(self, key: str, page: Page) -> None:
        if key in self.pages:  # asked for otherwise meanwhile
            page.deleteLater()
        else:
            self._take_in(key, page)
        NextTurn(self, partial(self._show, key))

    def _show(self, key: str) -> None:
        """Let that page look, then show it: each takes long."""
        self.pages[key].look()
        NextTurn(self, partial(self.open, key))

    @Slot(str)
    def open(self, key: str) -> None:
        """Show that page; nothing happens where the role has none of that name."""
        if key not in self._offered:
            return
        if key not in self.pages:
            self._take_in(key, self._offered[key].load(self._desk)(self._desk, self.stack))
        page = self.pages[key]
        self.page_key = key
        self.stack.setCurrentWidget(page)
        self.rail.show_chosen(key)
        self.window().setWindowTitle(self._offered[key].entry.word)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_in(self, key: str, page: Page) -> None:
        self.pages[key] = page
        offered = self._offered[key]
        page.setAccessibleName(offered.entry.word)
        page.told.connect(self._tell)
        page.record_wanted.connect(self.open_record)
        page.admission_wanted.connect(self.open_admission)
        page.bed_wanted.connect(self.open_bed)
        page.page_wanted.connect(self.open_part)
        page.import_wanted.connect(self.bring)
        page.excel_wanted.connect(self.edits.open)
        taken_in = getattr(page, "taken_in", None)
        if taken_in is not None:
            taken_in.connect(self.edits.taken_in)
        page.rooms_wanted.connect(self.open_rooms)
        page.keys_change_wanted.connect(self.keys_change_wanted)
        page.draft_found.connect(self.drafts.offer)
        preferences_changed = getattr(page, "preferences_changed", None)
        if preferences_changed is not None:
            preferences_changed.connect(self.preferences_changed)
        lock_wanted = getattr(page, "lock_wanted", None)
        if lock_wanted is not None:
            lock_wanted.connect(self.lock_wanted)
        if self.top_bar.masks_names():
            page.mask_names(True)
        self.stack.addWidget(page)
        collector.keep()

    def _ask(self, key: str, name: str, argument: object) -> None:
        page = self.pages.get(key)
        if page is not None and page.isHidden() and argument in page.chosen_hidden:
            getattr(page, name)(argument)
            self.open(key)
            return
        self.open(key)
        call = getattr(self.pages.get(key), name, None)
        if call is not None:
            call(argument)

    @Slot(int)
    def open_record(self, person: int) -> None:
        """Show the record of that person."""
        self._ask("residents", "show_record", person)

    @Slot(object)
    def open_admission(self, spot: object) -> None:
        """Open the admission page, with the place already chosen if there is one."""
        self._ask("residents", "admit", spot)

    @Slot(int)
    def open_bed(self, bed: int) -> None:
        """Show that bed on the plan."""
        self._ask("beds", "show_bed", bed)

    @Slot(str)
    def open_part(self, where: str) -> None:
        """Show a page, or one part of it: `reports`, `settings/backups`."""
        if where.startswith(GUIDE):
            self._open_guide_at(where.removeprefix(GUIDE))
            return
        key, _, part = where.partition("/")
        if part:
            self._ask(key, "open", part)
        else:
            self.open(key)

    @Slot(object, object)
    def _offer_differences(self, told: Told, rows: object) -> None:
        """What was saved in Excel, to be looked at."""
        self.messages.offer(told, words.text("Look at the changes"), partial(self.bring, rows))

    @Slot(object)
    def bring(self, rows: object) -> None:
        """Look at rows on the page of imports."""
        self._ask("intake", "bring", rows)

    def places(self) -> list[tuple[str, str]]:
        """Every page and part of a page that the role may open: how it is asked for, and what it is called."""
        found = []
        for key, page in self._offered.items():
            found.append((key, page.entry.word))
            for part, name in page.parts(self._desk):
                text = words.text("{page}, {part}")
                found.append((f"{key}/{part}", text.format(page=page.entry.word, part=name)))
        return found

    @Slot()
    def open_rooms(self) -> None:
        """Show where rooms and beds are made."""
        self._ask("settings", "open", "rooms")

    def _resume(self, draft: "Draft") -> None:
        self._ask(draft.form.partition("/")[0], "resume", draft)

    @Slot(bool)
    def _mask_names(self, on: bool) -> None:
        for page in self.pages.values():
            page.mask_names(on)

    @Slot(object)
    def _tell(self, told: Told) -> None:
        self.messages.tell(told)
        self.status.refresh()

    @Slot(object)
    def _tell_checked(self, told: Told) -> None:
        """What can wait does not push aside what is asked: the status line and the settings say it too."""
        if told.state == "blocked" and "settings/backups" in (where for where, _ in self.places()):
            self.messages.offer(told, words.text("See the backups"), partial(self.open_part, "settings/backups"))
        elif told.state == "blocked" or self.bar.isHidden():
            self._tell(told)

    @Slot(object)
    def _ask_what_left(self, told: Told) -> None:
        """Asked again at each opening until somebody says it; a password that nobody read is shown before."""
        if self.bar.isHidden():
            self.messages.offer(told, words.text("See the sendings"), partial(self.open_part, "reports/sendings"))

    @Slot(object)
    def _show_checked(self, found: CheckOutcome) -> None:
        self.status.show_sound()
        self.status.show_second(found.backups)

    @Slot(object)
    def _look_again(self, changes: Changes) -> None:
        if changes.settings:
            self._show_shelter()
            self.settings_changed.emit()
        for page in self.pages.values():
            page.changed(changes)

    def _show_shelter(self) -> None:
        from shelter_desk.operations import settings

        kept = settings.read(self._desk)
        self.top_bar.name_it(kept.shelter_name, kept.town)

    def _is_clock_right(self) -> bool:
        """False while it is asked."""
        from shelter_desk.operations.vault import clock_check

        try:
            clock_check.check(self._desk)
        except ClockWrong as error:
            told = Told("attention", sentence(error))
            self.messages.offer(told, words.text("The hour is right"), self._accept_clock)
            return False
        return True

    def _accept_clock(self) -> None:
        from shelter_desk.operations.vault import clock_check

        clock_check.accept(self._desk)
        self._offer()

    @Slot(QWidget, QWidget)
    def _keep_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """A button that is switched off once it has done its work leaves the keys in its page, not on the rail."""
        stack = getattr(self, "stack", None)  # none while the frame is being taken down
        page = None if stack is None else stack.currentWidget()
        if page is None or self._is_left or before is None or now is None or not page.isAncestorOf(before):
            return
        if (before.isEnabled() and before.isVisible()) or page.isAncestorOf(now) or not self.isAncestorOf(now):
            return
        near = reading_order.before(page, before) or page
        near.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the window as it is read, whatever was made first or is shown since."""
        return reading_order.go_round(self, forward) or super().focusNextPrevChild(forward)

    @Slot()
    def open_guide(self) -> None:
        """The contents of the guide, at the page shown."""
        from shelter_desk.ui.guide.here import open_guide

        open_guide(self, role=self._desk.role)

    def _open_guide_at(self, where: str) -> None:
        from shelter_desk.ui.guide.here import open_guide

        path, _, heading = where.partition("#")
        open_guide(self, path, self._desk.role, heading)

    @Slot()
    def go_to_search(self) -> None:
        """Put the focus into the search box."""
        if self.top_bar.search is not None:
            self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.top_bar.search.selectAll()

    @Slot()
    def go_to_next_zone(self) -> None:
        """Rail, top bar, page, the message while there is one, and round again."""
        inside = self.focusWidget()
        zones: list[QWidget] = [self.rail, self.top_bar, self.stack, self.bar]
        at = next((place for place, zone in enumerate(zones) if inside and zone.isAncestorOf(inside)), 2)
        first: list[QWidget | None] = [
            next((entry for entry in self.rail.entries.values() if entry.isChecked()), None),
            self.top_bar.search or self.top_bar.lock_button,
            self.stack.currentWidget(),
            self.bar.first(),
        ]
        wanted = first[(at + 1) % len(zones)] or first[0]
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hand_over_edits(self) -> ExcelEdits:
        """The lists that are open in Excel, for the frame that comes in place of this one."""
        self.edits.told.disconnect(self._tell)
        self.edits.changed.disconnect(self._offer_differences)
        self.edits.setParent(None)
        self._has_edits = False
        return self.edits

    def leave(self) -> None:
        """Stop listening and waiting; the pages and what they know go with this widget."""
        self.checks.stop()
        if self._has_edits:
            self.edits.leave()
        self._stop_listening()
        self._is_left = True
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self._keep_focus)
        for timer in self.findChildren(QTimer):
            timer.stop()
