"""What the side panel can show, and what its forms have in common."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.act_form import beside
from shelter_desk.ui.forms.choice_field import take_typed_inside
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.words.refusals.errors import sentence


class Face(QWidget):
    """One thing the panel shows. `asked` names an act of the page."""

    asked = Signal(str)
    told = Signal(object)  # Told

    is_form = False

    def __init__(self, title: str, secondary: str = "") -> None:
        super().__init__()
        self.title, self.secondary = title, secondary
        self.body = in_column(within=self, spacing=tokens.SPACE_PANEL)
        self.foot: QWidget | None = None
        self.buttons: dict[str, Button] = {}

    def set_first(self) -> None:
        """Put the focus where work begins: on the first act."""
        focus(next(iter(self.buttons.values()), None))

    def add_act(self, act: str, text: str, icon: str, key: str | None = None) -> Button:
        """One more act below what is there: a full-width row that asks for it, its key at right."""
        button = Button(text, "action", icon, key)
        button.setProperty("act", act)
        button.setProperty("tall", "footer")
        button.clicked.connect(self._ask)
        self.buttons[act] = button
        self.body.addWidget(button)
        return button

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(str(self.sender().property("act")))


class ActFace(Face):
    """A form: fields, what is refused, the verb below. Ctrl+Enter does it.

    `fields` names those added with a machine key: a refusal that names it is said beside them; `when` is the key of
    refusals about dates.
    """

    is_form = True
    when = ""

    def __init__(self, desk: Desk, title: str, secondary: str, verb: str, icon: str | None = None) -> None:
        super().__init__(title, secondary)
        self.desk = desk
        self.fields: dict[str, Field] = {}
        self.refusal = Alert("", "blocked")
        self.refusal.hide()
        self.verb = Button(verb, "primary", icon, tall="footer")
        self.verb.setToolTip(words.text("Ctrl+Enter"))
        self.verb.clicked.connect(self.go)
        self.close_button = Button(words.text("Close"), tall="footer")
        self.close_button.setProperty("act", "close")
        self.close_button.clicked.connect(self._ask)
        self.foot = QWidget()
        self.late_reason = LateReason(desk)
        buttons = in_row(self.close_button, STRETCH, self.verb)
        in_column(self.late_reason, buttons, within=self.foot, spacing=tokens.SPACE)

    def set_first(self) -> None:
        """Put the focus on the first field."""
        focus(next(iter(self.fields.values()), None))

    def add(self, *widgets: QWidget) -> None:
        """These below each other, the refusal above them all."""
        if self.body.count() == 0:
            self.body.addWidget(self.refusal)
        fill(self.body, *widgets)
        self.fields |= {one.key: one for one in widgets if isinstance(one, Field) and one.key}

    def bind_keys(self, around: QWidget) -> None:
        """Ctrl+Enter anywhere in the panel."""
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), around, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.go)
            self.destroyed.connect(shortcut.deleteLater)

    def act(self) -> Told:
        """Do it and say so. Raises RuleBroken, shown in the form."""
        raise NotImplementedError

    @Slot()
    def go(self) -> None:
        """Do it, or say what is wrong; a day or an hour that does not exist is said beside it."""
        self.refusal.hide()
        for field in self.fields.values():
            field.clear()
        for field in self.fields.values():
            if isinstance(field, DayField | ClockField) and field.is_wrong():
                day = words.text("This day does not exist: {typed}.")
                hour = words.text("This hour does not exist: {typed}.")
                told = day if isinstance(field, DayField) else hour
                refuse(field, told.format(typed=field.line.text().strip()))
                return
        if not take_typed_inside(self):
            return
        try:
            with self.late_reason.given():
                done = self.act()
        except NeedsLateReason as error:
            self.late_reason.ask(error)
        except errors.NeedsReason as error:
            self.ask_reason(error)
        except errors.RuleBroken as error:
            self.refuse(error)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.told.emit(done)
            self.asked.emit("done")

    def ask_reason(self, error: errors.NeedsReason) -> None:
        """A rule asks for a reason; forms that can take one have their own way."""
        self.refuse(error)

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about, else above the fields."""
        field = beside(error, self.fields, self.when)
        if field is not None:
            refuse(field, sentence(error))
            return
        self.refusal.sentence.setText(sentence(error))
        self.refusal.show()


class BedPanel(SidePanel):
    """The side panel: one face at a time. Escape is said, the page decides what it closes."""

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.face: Face | None = None
        self._room = self.width()
        self.hide()

    def set_room(self, width: int) -> None:
        """As wide as the page has room for."""
        self._room = width
        self.setFixedWidth(width)

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.setFixedWidth(self._room)

    def show_face(self, face: Face) -> None:
        """Take that one instead; the page makes room, then shows the panel."""
        self.drop_face()
        self.face = face
        self.name_it(face.title, face.secondary)
        self.body.addWidget(face)
        self.body.addStretch(1)
        if face.foot is not None:
            self.foot.addWidget(face.foot)
        if isinstance(face, ActFace):
            face.bind_keys(self)
            self._begun = unsaved.AsBegun(face)

    def may_go(self) -> bool:
        """Whether nothing is typed into the form shown, or the person lets it go."""
        return not isinstance(self.face, ActFace) or self._begun.may_go()

    def drop_face(self) -> None:
        """Show nothing; what is typed into a form that keeps it is kept, and said to be."""
        face, self.face = self.face, None
        if face is not None and (told := unsaved.kept(face.findChild(Drafting))) is not None:
            face.told.emit(told)
        while (item := self.body.takeAt(0)) is not None:
            del item
        for gone in (face, face.foot if face else None):
            if gone is not None:
                self.foot.removeWidget(gone)
                take_away(gone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
