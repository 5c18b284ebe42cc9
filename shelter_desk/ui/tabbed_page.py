"""A page in parts under one row of segments, and what its parts have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.next_turn import in_steps
from shelter_desk.ui.page import Page, Teller, Told
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments

_TOUCHED = ("touched", "changed", "turned")  # signals of editors that are made later, or paint themselves


def focus(widget: QWidget | None) -> None:
    """Give the keys to that widget."""
    if widget is not None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


class PartFace(Teller):
    """One part of the page, made when it is first shown."""

    record_wanted = Signal(int)  # PersonId
    admission_wanted = Signal(object)  # what `Page.admission_wanted` takes
    draft_found = Signal(object)  # Draft
    page_wanted = Signal(str)  # what `Page.page_wanted` takes
    import_wanted = Signal(object)  # BroughtRows
    excel_wanted = Signal(str)  # which list is to be changed in Excel
    asked_as = ""  # what its drafts are kept under: `stock/items`

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def refresh(self) -> None:
        """Ask again and show; each part has its own."""
        raise NotImplementedError

    def is_editing(self) -> bool:
        """True while something typed would be lost by looking again."""
        return False

    def set_first(self) -> None:
        """Put the focus where work begins."""

    def open_at(self, at: str) -> None:
        """Show one thing of the part, by what its part of a place calls it: an id, or a filter."""

    def fail(self, error: ShelterDeskError) -> None:
        """Say what was refused."""
        self.told.emit(Told("blocked", self.sentence(error)))

    @Slot()
    def look_again(self) -> bool:
        """Look, or say what was refused; whether it could."""
        try:
            self.refresh()
        except ShelterDeskError as error:
            self.fail(error)
            return False
        return True


class FormFace(PartFace):
    """The one host of forms: what is listed, one thing of it by itself in its place, and a form over either.

    listed: what stands there while nothing is open. A form has the signals `told`, `acted`, `closed` and `left`,
    `begin`, and the editors of its draft in `drafted`.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form: QWidget | None = None
        self.drafting: Drafting | None = None
        self.listed = QWidget()
        self._under = self.listed  # what a form leads back to
        self._faces = QStackedWidget()
        self._faces.addWidget(self.listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    def is_editing(self) -> bool:
        return self.form is not None

    def set_first(self) -> None:
        """The form that is open, else where work begins in what is shown."""
        form: Any = self.form
        if form is not None:
            form.begin()
        else:
            self.set_first_listed()

    def set_first_listed(self) -> None:
        """Put the focus where work begins while no form is open."""

    def lay_over(self, shown: QWidget) -> None:
        """One thing in place of the list, or of another."""
        self.take_off()
        self._under = shown
        self._faces.addWidget(shown)
        self._faces.setCurrentWidget(shown)

    def take_off(self) -> None:
        """The list again."""
        shown, self._under = self._under, self.listed
        self._faces.setCurrentWidget(self.listed)
        if shown is not self.listed:
            self._faces.removeWidget(shown)
            shown.hide()
            shown.deleteLater()

    def open_form(self, form: QWidget, name: str) -> None:
        """Lay a form over what is shown; closed or done, that looks again.

        name: what its draft is kept under, `slip/12`; `reopen` makes the form of that name again.
        """
        if self.form is not None:
            return
        self.form = form
        made: Any = form
        made.told.connect(self.told)
        made.acted.connect(self.close_form)
        made.closed.connect(self.close_form)
        made.left.connect(self.leave_form)
        self._faces.addWidget(form)
        self._faces.setCurrentWidget(form)
        self.drafting = self._keep_draft(made, f"{self.asked_as}/{name}")
        made.begin()
        self.drafting.begin()

    def _keep_draft(self, form: Any, name: str) -> Drafting:
        """Keeps what is typed into that form, also into editors that say themselves that they changed."""
        made = Drafting(self.desk, form, name)
        made.found.connect(self.draft_found)
        editors = [one for one in form.drafted.values() if isinstance(one, drafting.Drafted)]
        for one in (form, *editors):
            for signal in _TOUCHED:
                if hasattr(one, signal):
                    getattr(one, signal).connect(made.touch)
        return made

    def reopen(self, kind: str, at: str) -> None:
        """Open the form of that name again; each part that has forms knows its own."""

    def resume(self, draft: Draft) -> None:
        """Open the form that this draft fills, and fill it; a form that is open for something else stays."""
        if self.form is None:
            kind, _, at = draft.form.removeprefix(f"{self.asked_as}/").partition("/")
            self.reopen(kind, at)
        if self.drafting is not None and self.drafting.name == draft.form:
            self.drafting.resume(draft)

    @Slot()
    def leave_form(self) -> None:
        """Back to what is under it; what was typed is kept, and said to be."""
        drafting, self.drafting = self.drafting, None
        told = unsaved.kept(drafting)
        self.close_form()
        if told is not None:
            self.told.emit(told)

    @Slot()
    def close_form(self) -> None:
        """Back to what is under it, looked at again; the draft goes with the form."""
        form, self.form = self.form, None
        kept, self.drafting = self.drafting, None
        if kept is not None:
            kept.forget()
        if form is None:
            return
        self._faces.setCurrentWidget(self._under)
        self._faces.removeWidget(form)
        form.deleteLater()
        self.look_again()
        self.set_first()


@dataclass(frozen=True, slots=True)
class Part:
    """One segment and what it shows. key: also the name by which another page asks for it.

    permission: who sees it, None for everybody who may open the page. drafts: what its drafts are kept under, where
    that is not the key.
    """

    key: str
    label: str
    icon: str
    permission: Permission | None = None
    drafts: str = ""


class PartsPage(Page):
    """One part at a time; a part hidden while something changed looks again when it is shown."""

    key = ""  # of the page, as the rail calls it

    def __init__(self, desk: Desk, title: str, parts: Sequence[Part], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._offered = {part.key: part for part in parts if part.permission is None or desk.may(part.permission)}
        self.faces: dict[str, PartFace] = {}
        self._fresh: set[str] = set()
        self.title = Label(title, size="title", bold=True)
        # icon and word; the word alone from 120 % on, where the icons would make the window wider than the screen
        options = [
            (part.key, part.label, part.icon) if not tokens.is_large() else (part.key, part.label)
            for part in self._offered.values()
        ]
        self.segments = Segments(options, accessible_name=words.text("Part of the page"))
        self.segments.chosen.connect(self.open)
        self._stack = QStackedWidget()
        head = QFrame()
        head.setProperty("role", "bar")
        row = Flow(tokens.SPACE_3, tokens.SPACE_HALF, middle=True)
        row.add(self.title, self.segments)
        around = QVBoxLayout(head)
        around.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        around.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._stack, 1)
        in_steps(self, self._begin())

    def _begin(self) -> Iterator[None]:
        first = next(iter(self._offered))
        yield
        face = self.face_of(first)
        yield
        self._take_in(first, face)
        self.open(first)

    def face_of(self, key: str) -> PartFace:
        """That part, loaded when it is first shown; each page has its own."""
        raise NotImplementedError

    @property
    def face(self) -> PartFace:
        """The part shown."""
        return self.faces[str(self.segments.value())]

    @Slot(str)
    def open(self, key: str) -> None:
        """Show that part, by its segment or for another page; `items/12` shows one thing of it."""
        key, _, at = key.partition("/")
        if key not in self._offered:
            return
        if key not in self.faces:
            self._take_in(key, self.face_of(key))
        had_keys = self._has_keys()
        if self.segments.value() != key:
            self.segments.choose(key)
        self._stack.setCurrentWidget(self.faces[key])
        if self.isVisible():
            self._look_at(key)
        if had_keys:
            self.faces[key].set_first()
        if at and not self.faces[key].is_editing():
            self.faces[key].open_at(at)

    def _take_in(self, key: str, face: PartFace) -> None:
        face.told.connect(self.told)
        face.record_wanted.connect(self.record_wanted)
        face.admission_wanted.connect(self.admission_wanted)
        face.page_wanted.connect(self.page_wanted)
        face.import_wanted.connect(self.import_wanted)
        face.excel_wanted.connect(self.excel_wanted)
        face.draft_found.connect(self.draft_found)
        face.asked_as = f"{self.key}/{self._offered[key].drafts or key}"
        self._stack.addWidget(face)
        self.faces[key] = face

    def _has_keys(self) -> bool:
        """Whether the keys go to the part shown, or to the page as a whole; not while somebody walks the segments."""
        at = QApplication.focusWidget()
        return at is not None and (at is self or self._stack.isAncestorOf(at))

    def refresh(self) -> None:
        self._fresh.clear()
        self._look_at(str(self.segments.value()))

    def _look_at(self, key: str) -> None:
        face = self.faces[key]
        if key not in self._fresh and not face.is_editing() and face.look_again():
            self._fresh.add(key)

    def is_editing(self) -> bool:
        return self.face.is_editing()

    def resume(self, draft: Draft) -> None:
        """Open the part and the form that this draft fills."""
        kept = draft.form.split("/")[1]
        part = next((one.key for one in self._offered.values() if one.drafts == kept), kept)
        self.open(part)
        face = self.faces.get(part)
        if isinstance(face, FormFace):
            face.resume(draft)

    def changed(self, changes: Changes) -> None:
        """A part that is edited, or hidden, looks again later."""
        if self.concerns.concern(changes):
            self._fresh.clear()
        super().changed(changes)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page has nothing to type into itself: it hands the focus on."""
        super().focusInEvent(event)
        self.face.set_first()
