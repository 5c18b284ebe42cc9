"""One line of a list shown beside it: facts, acts as buttons, and the step that is being done in their place."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.choice_field import take_typed_inside
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.page import Teller, Told
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import take_away
from shelter_desk.ui.widgets.layouts import STRETCH, bring_into_sight, in_column, in_row


class DetailStep(QWidget):
    """What an act asks for before it is done, and its two buttons. Escape leaves it, and asks where no draft is kept;
    Ctrl+Enter does it, Enter too unless words of several lines are asked for.
    """

    told = Signal(object)  # Told
    acted = Signal()
    closed = Signal()  # it is given up
    left = Signal()  # it is left; what was typed stays where a draft is kept of it

    enter_does_it = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.late_reason = LateReason(desk)
        self.first: Field | None = None
        self._begun: unsaved.AsBegun | None = None
        self.body = in_column(within=self, spacing=tokens.SPACE)
        self.close_button = Button(words.text("Close"), on_click=self.close_up)
        self.verb = Button(words.text("Record"), "primary", "check", on_click=self.go)

    def add_foot(self) -> None:
        """The buttons, below what was added so far."""
        self.body.addWidget(self.late_reason)
        self.body.addLayout(in_row(self.close_button, STRETCH, self.verb))
        self.setTabOrder(self.verb, self.close_button)

    def begin(self) -> None:
        """Put the focus where typing begins."""
        first = self.first or next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._begun = unsaved.AsBegun(self)

    def drafted(self) -> Mapping[str, QWidget]:
        """The editors that a draft keeps."""
        return self.fields

    def values(self) -> dict[str, Value]:
        """What a draft keeps."""
        return {key: drafting.said(field) for key, field in self.drafted().items()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again."""
        for key, field in self.drafted().items():
            if key in values:
                drafting.put(field, values[key])

    def act(self) -> tuple[str, Done]:
        """Do it: what is said of it, and what can be undone. Raises RuleBroken, said in the step."""
        raise NotImplementedError

    def sentence(self, error: errors.ShelterDeskError) -> str:
        """What is said of a refusal."""
        raise NotImplementedError

    @Slot()
    def go(self) -> None:
        """Do it, or say what is wrong."""
        for field in self.fields.values():
            field.clear()
        if not take_typed_inside(self):
            return
        told, acted = self.told, self.acted  # the step is gone once its list has looked again
        try:
            with self.late_reason.given():
                said, done = self.act()
        except NeedsLateReason as error:
            self.late_reason.ask(error)
        except errors.RuleBroken as error:
            self.refuse(error)
        except errors.ShelterDeskError as error:
            told.emit(Told("blocked", self.sentence(error)))
        else:
            told.emit(Told("ok", said, done))
            acted.emit()

    @Slot()
    def close_up(self) -> None:
        """Give it up, once the person lets go what was typed."""
        if self._begun is None or self._begun.may_close():
            self.closed.emit()

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about, else beside the first."""
        named = self.fields.get(error.field) if isinstance(error, errors.Missing | errors.NotInList) else None
        field = named or self.first or next(iter(self.fields.values()))
        field.set_error(self.sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            if self._begun is None or self._begun.may_go():
                self.left.emit()
        elif enter and (self.enter_does_it or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.go()
        else:
            super().keyPressEvent(event)


class DetailView(Teller):
    """Each view adds what it shows, `acts` where its buttons stand, and names in `aside` what makes room for a step."""

    acted = Signal()
    record_wanted = Signal(int)  # PersonId
    draft_found = Signal(object)  # Draft

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.buttons: dict[str, Button] = {}
        self.aside: list[QWidget] = []
        self.form: DetailStep | None = None  # the step that is being typed
        self.drafting: Drafting | None = None  # of the step
        self.acts = QWidget()
        self._row = Flow(tokens.SPACE, tokens.SPACE)
        self.acts.setLayout(self._row)
        self.body = in_column(within=self, spacing=tokens.SPACE_PANEL)

    def add(self, *widgets: QWidget) -> None:
        """These below each other; a badge as wide as its word."""
        for widget in widgets:
            if isinstance(widget, Badge):
                self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self.body.addWidget(widget)

    def do_at_once(self, act: Callable[[], Told]) -> None:
        """Do it, say so and look again, or say what was refused."""
        signals = self.told, self.acted  # this view is made anew by the commit
        told = self.attempt(act)
        if told is not None:
            signals[0].emit(told)
            signals[1].emit()

    # Acts -------------------------------------------------------------------------------------------------------------

    def button(self, act: str, text: str, icon: str | None = None, primary: bool = False, quiet: bool = False) -> None:
        """One more act."""
        made = Button(text, "primary" if primary else "quiet" if quiet else "plain", icon)
        made.setProperty("act", act)
        made.clicked.connect(self._clicked)
        self.buttons[act] = made
        self._row.add(made)

    def set_first(self) -> None:
        """Put the focus on the first act."""
        first = next(iter(self.buttons.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self, act: str) -> None:
        """Do what that button says."""
        raise NotImplementedError

    @Slot()
    def _clicked(self) -> None:
        self.do(str(self.sender().property("act")))

    # The step ---------------------------------------------------------------------------------------------------------

    def show_step(self, step: DetailStep, name: str = "") -> None:
        """The step in place of the buttons. name: what its draft is kept under, "" where none is kept."""
        self.close_step()
        self.form = step
        step.told.connect(self.told)
        step.acted.connect(self._step_acted)
        step.closed.connect(self.close_step)
        step.left.connect(self._leave_step)
        self.body.addWidget(step)
        for part in (self.acts, *self.aside):
            part.hide()
        step.show()  # now, so that it can have the focus
        step.begin()
        QTimer.singleShot(0, step, partial(bring_into_sight, step))  # Qt shows the field alone, without its label
        if name:
            self.drafting = Drafting(self._desk, step, name)
            self.drafting.found.connect(self.draft_found)
            self.drafting.begin()

    def forget_step(self) -> None:
        """The step is done; it goes with the view."""
        self.form = None

    def _forget_draft(self) -> None:
        kept, self.drafting = self.drafting, None
        if kept is not None:
            kept.forget()

    @Slot()
    def _step_acted(self) -> None:
        self._forget_draft()
        self.acted.emit()

    @Slot()
    def _leave_step(self) -> None:
        """What was typed is kept, and said to be."""
        drafting, self.drafting = self.drafting, None
        told = unsaved.kept(drafting)
        if told is not None:
            self.told.emit(told)
        self.close_step()

    @Slot()
    def close_step(self) -> None:
        """The buttons again; the draft goes with the step."""
        self._forget_draft()
        step, self.form = self.form, None
        for part in (self.acts, *self.aside):
            part.show()
        if step is not None:
            take_away(step)
            self.set_first()
