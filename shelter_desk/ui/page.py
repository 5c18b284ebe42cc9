"""What every page of the window has in common: it asks operations, shows rows, and looks again when concerned.

What pages tell: one sentence in the message bar, and taking back what was just done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations import desk as desks
from shelter_desk.operations import session_acts
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui.widgets.message_bar import MessageBar
from shelter_desk.words import session_acts as act_words
from shelter_desk.words.refusals.errors import sentence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence for the message bar.

    done: offers to take back what was just done; undo: what was not stored; contrary: writes what takes it back, where
    nothing is ever taken out. other: a second verb, and what it does over the window; what was done is returned.
    """

    state: Literal["ok", "attention", "blocked", "held"]
    sentence: str
    done: Done | None = None
    undo: Callable[[], None] | None = None
    contrary: Callable[[], object] | None = None
    other: tuple[str, Callable[[QWidget], str]] | None = None


class Teller(QWidget):
    """A widget that says what was done, or what was refused."""

    told = Signal(object)  # Told, for the message bar

    def sentence(self, error: ShelterDeskError) -> str:
        """What is said of a refusal; a widget may have names of its own for its fields."""
        return sentence(error)

    def attempt(self, act: Callable[[], T]) -> T | None:
        """What that returns, None where it was refused, which is said."""
        told = self.told  # the commit may make another widget in place of this one
        try:
            return act()
        except ShelterDeskError as error:
            told.emit(Told("blocked", self.sentence(error)))
            return None

    def tell(self, told: str | None) -> None:
        """Say what was done, where there is something to say."""
        if told:
            self.told.emit(Told("ok", told))


@runtime_checkable
class MasksNames(Protocol):
    """A part of a page that can show a name."""

    def mask_names(self, on: bool) -> None:
        """Hide what is shown at once and show none while on."""


class Page(QWidget):
    """A page: hidden, it remembers that it is stale; visible, it looks at once; never under an open editor."""

    told = Signal(object)  # Told, for the message bar
    record_wanted = Signal(int)  # PersonId whose record should be opened
    # operations.stays.Spot already chosen, FoundBed, the PlaceRequest that it meets, the HeldBed that it takes, or None
    admission_wanted = Signal(object)
    bed_wanted = Signal(int)  # BedId to show on the plan
    draft_found = Signal(object)  # Draft kept before a lock or a cut, of the form just opened
    page_wanted = Signal(str)  # key of a page, or `page/part of it`
    import_wanted = Signal(object)  # BroughtRows, to be looked at on the page of imports
    excel_wanted = Signal(str)  # which list is to be changed in Excel
    keys_change_wanted = Signal()  # all keys of the file, in place of the pages
    rooms_wanted = Signal()  # the first step of a house without beds

    concerns: Changes = EVERYTHING
    # parts that can be chosen before the page is shown, so that it asks once
    chosen_hidden: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._is_stale = True
        self.names_masked = False
        self.setProperty("ring", "none")  # a page that has the focus as a whole shows no ring around itself

    def mask_names(self, on: bool) -> None:
        """Let every part that can show a name hide it while on; parts made later ask `names_masked_around`."""
        self.names_masked = on
        for part in self.findChildren(QWidget):
            if isinstance(part, MasksNames):
                part.mask_names(on)

    def refresh(self) -> None:
        """Ask again and show; each page has its own."""
        raise NotImplementedError

    def resume(self, draft: Draft) -> None:
        """Open the form that this draft fills."""

    def go_home(self) -> None:
        """Back to the first view of the page, where what is typed in the others stays."""

    def is_editing(self) -> bool:
        """True while something typed would be lost by looking again."""
        return False

    def changed(self, changes: Changes) -> None:
        """Called after each commit with what it changed."""
        if not self.concerns.concern(changes):
            return
        if self.isVisible() and not self.is_editing():
            self._look_again()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Look if something changed while the page was hidden."""
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Look where something changed since the last time."""
        if self._is_stale and not self.is_editing():
            self._look_again()

    def _look_again(self) -> None:
        """What cannot be read is said; the page stays as it was, and looks again when it is opened next."""
        self._is_stale = False
        try:
            self.refresh()
        except ShelterDeskError as error:
            self._is_stale = True
            self.told.emit(Told("blocked", sentence(error)))


def names_masked_around(part: QWidget) -> bool:
    """Whether the page this part stands in masks names."""
    around: QWidget | None = part
    while around is not None and not isinstance(around, Page):
        around = around.parentWidget()
    return around is not None and around.names_masked


class Messages(QObject):
    """Shows what was told; what can be undone is undone once, with the verb or Ctrl+Z."""

    def __init__(self, desk: Desk, bar: MessageBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar

    def tell(self, told: Told) -> None:
        """Show a sentence; with `done`, offer to take it back."""
        undo, done, contrary = told.undo, told.done, told.contrary
        if done is not None:
            session_acts.offer(self._desk, done)
            undo = self._undoing(lambda: desks.undo(self._desk, done), told.sentence)
        elif contrary is not None:
            undo = self._undoing(contrary, told.sentence)
        if undo is None:
            self._bar.say(told.state, told.sentence)
            return
        before = done is not None and len(self._desk.acts) > 1
        other = (words.text("All my acts…"), self.show_acts) if before else None
        if told.other is not None:
            other = told.other[0], partial(self._do_other, told.other[1])
        self._bar.say(told.state, told.sentence, words.text("Undo"), undo, QKeySequence("Ctrl+Z"), other=other)

    def show_acts(self) -> None:
        """The acts since the opening, to take some of them back; where there is none, it is said."""
        if not self._desk.acts:
            self.tell(Told("held", words.text("Nothing to undo: you wrote nothing since you opened.")))
            return
        from shelter_desk.ui.frame.acts_dialog import ActsDialog

        ActsDialog(self._desk, self._take_back_to, self._bar.window()).open()

    def _take_back_to(self, seq: int) -> None:
        from shelter_desk.ui.forms.late_reason import asking_late

        before = session_acts.listed(self._desk)
        at, why = None, ""
        try:
            found = asking_late(self._bar, self._desk, lambda: session_acts.take_back_to(self._desk, seq))
        except ShelterDeskError as error:
            at, why = next(iter(session_acts.listed(self._desk)), None), sentence(error)
        else:
            at, why = found.stopped_at, "" if found.why is None else sentence(found.why)
        gone = len(before) - len(self._desk.acts)
        if at is None:
            self.tell(Told("ok", act_words.gone(gone)))
        else:
            self.tell(Told("attention", act_words.stopped(gone, at.action, at.subject, why)))

    def offer(self, told: Told, verb: str, action: Callable[[], None]) -> None:
        """Show a sentence with one thing to do about it."""
        self._bar.say(told.state, told.sentence, verb, action)

    def _do_other(self, act: Callable[[QWidget], str]) -> None:
        try:
            said = act(self._bar.window())
        except ShelterDeskError as error:
            self.tell(Told("blocked", sentence(error)))
        else:
            if said:
                self.tell(Told("ok", said))

    def _undoing(self, act: Callable[[], object], what: str) -> Callable[[], None]:
        def undo() -> None:
            from shelter_desk.ui.forms.late_reason import asking_late  # forms are not loaded before one is opened

            try:
                asking_late(self._bar, self._desk, act)
            except ShelterDeskError as error:
                self.tell(Told("blocked", sentence(error)))
            else:
                self.tell(Told("ok", words.text("Undone: {what}").format(what=what)))

        return undo
