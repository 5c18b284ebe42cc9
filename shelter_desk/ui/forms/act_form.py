"""What every form over a page has in common: fields, what is refused, a verb at right, Close at left."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.plausible_dates import TooLongAgo
from shelter_desk.domain.reports.refusals import NeedsLateReason, StockOfClosedMonth
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting, reading_order, unsaved
from shelter_desk.ui.forms.choice_field import take_typed_inside
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.forms.watched_text import watch_inside
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling
from shelter_desk.words.refusals.errors import sentence


class ActForm(QWidget, FieldGroup):
    """One act. Ctrl+Enter does it, Escape leaves it and keeps the draft, or asks where none is kept. Close gives it up,
    and asks where something was typed.
    Tab goes from top to bottom through the fields, then to the verb, then to Close.

    `body` is the layout to fill. A field made as an attribute is drafted, and a refusal that names its key is said
    beside it.
    `is_alone`: nothing of other residents is shown beside it, since the person sits before the screen.
    `moves_stock`: its act is a movement of the stock, which is offered to be dated today where its month is closed.
    """

    told = Signal(object)  # Told: it was done, or trouble
    acted = Signal()
    closed = Signal()  # it is given up, what was typed is forgotten
    left = Signal()  # it is left, what was typed is kept
    asked = Signal(str, str)  # another form of the record by its name, and what it opens at
    touched = Signal()  # something was typed into an editor made later than the form: its draft is to be kept

    is_alone = False
    moves_stock = False

    def __init__(self, desk: Desk, title: str, verb: str, icon: str | None = None, danger: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.first: QWidget | None = None
        self._begun: unsaved.AsBegun | None = None
        self.title = Label(title, size="title", bold=True, wrap=True)
        self.body = QVBoxLayout()
        self.verb = Button(verb, "danger" if danger else "primary", icon, words.text("Ctrl+Enter"), tall="footer")
        self.close_button = Button(words.text("Close"), tall="footer", on_click=self.close_up)
        self.verb.clicked.connect(self.go)
        self._refusal = Alert("", "blocked")
        self._refusal.hide()
        self.late_reason = LateReason(desk)
        self.late_reason.offers = self.moves_stock
        self.late_reason.agreed.connect(self.go)
        self._frame()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go)

    def _frame(self) -> None:
        card = Card()
        self.body.setSpacing(tokens.SPACE_PANEL)
        fill(card.body, self.title, self._refusal, self.body, self.late_reason)
        inner = QWidget()
        in_column(card, STRETCH, within=inner, margins=(tokens.SPACE_3, tokens.SPACE_2))
        self._stand(inner)

    def _stand(self, inner: QWidget) -> None:
        """What is scrolled, and below it the buttons."""
        foot = QFrame()
        foot.setProperty("role", "footer")
        in_row(self.close_button, STRETCH, self.verb, within=foot, margins=(tokens.SPACE_3, tokens.SPACE))
        in_column((scrolling(inner, only_down=True), 1), foot, within=self, spacing=0)

    @property
    def when(self) -> str:
        """The key of the field beside which refusals about dates are said: the first day, unless a form has another."""
        return next((key for key, field in self.fields.items() if isinstance(field, DayField)), "")

    def row(self, *fields: tuple[QWidget, int]) -> None:
        """These fields side by side, each with its width at 100 %, 0 for its own."""
        self.body.addLayout(row_of(*fields))

    def add(self, *widgets: QWidget) -> None:
        """These one below the other."""
        for widget in widgets:
            self.body.addWidget(widget)

    def section(self, title: str) -> None:
        """A heading above the fields that follow."""
        self.body.addWidget(Label(title, bold=True))

    def explain(self, text: str) -> None:
        """A sentence in the second ink."""
        self.body.addWidget(Label(text, size="small", ink="ink2", wrap=True))

    def begin(self) -> None:
        """Put the focus where typing begins."""
        first = self.first or next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        reading_order.chain(self, self.last_stops())
        self._begun = unsaved.AsBegun(self)

    @Slot()
    def watch_words(self) -> None:
        """Watch the fields of open words (R-34), those that were added since as well."""
        watch_inside(self.desk, self)

    def last_stops(self) -> Sequence[QWidget]:
        """What Tab reaches after the fields, in this order."""
        return self.verb, self.close_button

    def focusNextPrevChild(self, forward: bool) -> bool:
        return reading_order.move(self, self.last_stops(), forward) or super().focusNextPrevChild(forward)

    def values(self) -> dict[str, Value]:
        """What a draft keeps."""
        return {key: drafting.said(editor) for key, editor in self.drafted.items()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again."""
        for key, editor in self.drafted.items():
            if key in values:
                drafting.put(editor, values[key])
        self.refresh()

    def refresh(self) -> None:
        """Show what hangs on the editors; each form has its own."""

    def act(self) -> Told:
        """Do it and say so; each form has its own. Raises RuleBroken, shown in the form."""
        raise NotImplementedError

    @Slot()
    def go(self) -> None:
        """Do it, or say what is wrong."""
        self._refusal.hide()
        for field in self.fields.values():
            field.clear()
        if not take_typed_inside(self):
            return
        self._withdraw_offer()
        try:
            with self.late_reason.given():
                told = self.act()
        except NeedsLateReason as error:
            self.late_reason.ask(error)
        except errors.RuleBroken as error:
            self.refuse(error)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", self.sentence(error)))
        else:
            self.told.emit(told)
            self.acted.emit()

    def _withdraw_offer(self) -> None:
        """Where the day is another one than that for which a movement of the stock was offered to be dated today."""
        when, offered = self.fields.get(self.when), self.late_reason.moved_on
        if offered is not None and isinstance(when, DayField) and when.day() != offered:
            self.late_reason.forget()

    @Slot()
    def close_up(self) -> None:
        """Give it up, once the person lets go what was typed."""
        if self._begun is None or self._begun.may_close():
            self.closed.emit()

    def sentence(self, error: errors.ShelterDeskError) -> str:
        """What is said of a refusal; a form may have names of its own for its fields."""
        return sentence(error)

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about, above the fields where that one is not shown."""
        field = self.field_of(error)
        if field is None or not field.isVisibleTo(self):
            self._refusal.sentence.setText(self.sentence(error))
            self._refusal.show()
            return
        field.set_error(self.sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """The field a refusal is about, None where it is about none of them."""
        return beside(error, self.fields, self.when)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.watch_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            if self._begun is None or self._begun.may_go():
                self.left.emit()
            return
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # out of an open list
            self.go()
            return
        super().keyPressEvent(event)


def beside(error: errors.RuleBroken, fields: Mapping[str, Field], when: str) -> Field | None:
    """The field a refusal is about, None where it is about none of them."""
    if isinstance(error, errors.Missing | errors.NotInList | errors.BadNumber):
        return fields.get(error.field)
    dated = (
        errors.BadDates,
        errors.InTheFuture,
        TooLongAgo,
        errors.AlreadyHere,
        errors.OutsideStay,
        errors.AbsentTwice,
        StockOfClosedMonth,
    )
    if isinstance(error, dated):
        return fields.get(when)
    if isinstance(error, errors.NoNightAllowed):
        return fields.get("exit_reason")
    bed = (errors.BedTaken, errors.BedNotUsable, errors.NotAParent)
    return fields.get("bed_code") if isinstance(error, bed) else None
