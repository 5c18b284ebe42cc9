"""What stands around an admission, of one person or of a family: head, two columns, draft, verb and refusals."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from shiboken6 import isValid

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.act_form import beside
from shelter_desk.ui.forms.choice_field import take_typed_inside
from shelter_desk.ui.forms.drafting import Drafting, FieldGroup
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.next_turn import later
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.admission.kinds import KindSwitch
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling, stand_beside
from shelter_desk.words.casefile.notes import sentence

SIDE_BY_SIDE_FROM = 1000


class AdmissionFrame(QWidget, FieldGroup):
    """What is typed stays, in the file too, until it is admitted or cleared. Ctrl+Enter admits.

    A form makes its cards, then takes the steps of `stand_around` them and calls `keep_drafts`.
    """

    told = Signal(object)  # Told
    admitted = Signal(int)  # PersonId
    closed = Signal()
    draft_found = Signal(object)  # Draft kept before a lock or a cut

    side = 446  # pixels of the right column, at 100 %

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._typed = False
        self._columns: QBoxLayout | None = None  # until it is made whole
        self.refusal = Alert("", "blocked")
        self.refusal.hide()
        self.draft = Badge(words.text("Draft kept"))

    def stand_around(
        self,
        head: tuple[str, Badge | None, KindSwitch],
        columns: tuple[Sequence[QWidget], Sequence[QWidget]],
        foot: tuple[str, Label],
    ) -> Iterator[None]:
        """The steps of laying out the page, of which none takes long.

        head: its title, what marks it, the other kinds; foot: what is said beside the verb.
        """
        self.late_reason = LateReason(self.desk)
        back, key = words.text("Back to the list"), words.text("Ctrl+Enter")
        self.back_button = IconButton("previous", back, shortcut_text=words.text("Esc"), on_click=self.leave)
        self.clear_button = Button(words.text("Empty the form"), tall="footer", on_click=self.empty)
        self.close_button = Button(words.text("Close, keep the draft"), tall="footer", on_click=self.leave)
        self.admit_button = Button(words.text("Admit"), "primary", "check", key, "footer", on_click=self.go)
        title, mark, kinds = head
        above = in_row(
            *(self.back_button, Label(title, size="title", bold=True), *(() if mark is None else (mark,))),
            *(self.draft, STRETCH, kinds),
            spacing=tokens.SPACE_2,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, 0),
        )
        cards, beside_them = columns
        inner, below = QWidget(), QFrame()
        below.setProperty("role", "footer")
        icon, said = foot
        buttons = (self.clear_button, self.close_button, self.admit_button)
        edges = (tokens.SPACE_2, tokens.SPACE_PANEL)
        in_row(IconLabel(icon, "ink2"), (said, 1), *buttons, within=below, spacing=tokens.SPACE, margins=edges)
        self._area = scrolling(inner, only_down=True)
        in_column(above, (self._area, 1), below, within=self, spacing=0)
        yield
        around = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        around.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_PANEL)
        around.setSpacing(tokens.SPACE_2)
        left = in_column(spacing=tokens.SPACE)
        around.addLayout(left, 1)
        for card in (self.refusal, *cards, self.late_reason):
            left.addWidget(card)
            yield
        left.addStretch(1)
        self._side = QWidget(inner)
        in_column(*beside_them, STRETCH, within=self._side, spacing=tokens.SPACE_PANEL)
        around.addWidget(self._side)
        self._columns = around
        self.on_keys("Ctrl+Return", self.go)
        self.on_keys("Ctrl+Enter", self.go)

    def keep_drafts(self, name: str) -> None:
        """Keep what is typed under that name, once every card is there."""
        self.drafting = Drafting(self.desk, self, name)
        self.drafting.found.connect(self.draft_found)

    def on_keys(self, keys: str, act: Callable[[], None]) -> None:
        """Do that on these keys, wherever on the page they are typed."""
        shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # What a form has of its own --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Forget what was typed."""
        raise NotImplementedError

    def values(self) -> dict[str, Value]:
        """What a draft keeps."""
        return {key: drafting.said(editor) for key, editor in self.drafted.items()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show what was kept."""
        raise NotImplementedError

    def admit(self) -> tuple[Told, PersonId]:
        """Admit by `drafting.saved_by`; what is said of it, and whose file opens. Raises as that."""
        raise NotImplementedError

    def is_complete(self) -> bool:
        """Whether nothing is missing that the form itself says beside a field."""
        return True

    # Draft -----------------------------------------------------------------------------------------------------------

    @Slot()
    def empty(self) -> None:
        """Forget what was typed, unless that is undone."""
        show = self.again()
        self.give_up()

        def undo() -> None:
            show()
            self.drafting.touch()

        self.told.emit(Told("held", words.text("The form is empty."), undo=undo))

    def again(self) -> Callable[[], None]:
        """What shows again what is typed now."""
        typed = self.values()
        return lambda: self.fill(typed)

    @Slot()
    def leave(self) -> None:
        """Back to the list; what was typed is kept, and said to be."""
        told = unsaved.kept(self.drafting)
        self.closed.emit()
        if told is not None:
            self.told.emit(told)

    @Slot()
    def give_up(self) -> None:
        """Forget what was typed, and its draft; the next one begins at the top."""
        self.begin()
        self._area.verticalScrollBar().setValue(0)
        self.drafting.forget()

    def is_editing(self) -> bool:
        """Whether something was typed that is not admitted yet."""
        return self._typed

    # Admitting -------------------------------------------------------------------------------------------------------

    def clear_errors(self) -> None:
        """Take what was refused away."""
        self.refusal.hide()

    @Slot()
    def go(self) -> None:
        """Admit, or say what is wrong beside the field."""
        self.clear_errors()
        if not take_typed_inside(self) or not self.is_complete():
            return
        try:
            with self.late_reason.given():
                told, person = self.admit()
        except errors.ShelterDeskError as error:
            if isValid(self) and not isinstance(error, tasks.Stopped):
                self._say_refused(error)
            return
        if not isValid(self):  # it was locked meanwhile
            return
        self.told.emit(told)
        self.admitted.emit(person)
        later(self, self.give_up)  # once what follows is painted

    def _say_refused(self, error: errors.ShelterDeskError) -> None:
        if isinstance(error, NeedsLateReason):
            self.late_reason.ask(error)
        elif isinstance(error, errors.RuleBroken):
            self.refuse(error)
        else:
            self.told.emit(Told("blocked", sentence(error)))

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside its field, else above the cards."""
        field = self.field_of(error)
        if field is not None:
            field.set_error(sentence(error))
            field.setFocus()
            return
        self.refusal.sentence.setText(sentence(error))
        self.refusal.show()

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """Beside which field it is said."""
        found = beside(error, self.fields, "admitted_at")
        return found if found is not None and found.isVisibleTo(self) else None

    # Window ----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns is not None:
            beside_it = self.width() >= tokens.wide(SIDE_BY_SIDE_FROM)
            stand_beside(self._columns, self._side, beside_it, tokens.wide(self.side))
