"""What suspends an erasure: a procedure, a complaint; each with its reason, lifted when it is over."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.retention.retention import Hold, HoldId
from shelter_desk.operations.residents import retention
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.settings.retention.retention_confirm import level
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import fill, in_row
from shelter_desk.words import formats
from shelter_desk.words import retention as retention_words
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class HoldsCard(Card):
    """One line per suspension, and the line that adds another."""

    told = Signal(object)  # Told
    done = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Suspended erasures"), "", parent=parent)
        self._desk = desk
        self.lines: dict[HoldId, HoldLine] = {}
        self.code = LineField(words.text("Code"), placeholder="7K3-QMX-E")
        self.reason = LineField(words.text("Reason, without a name"))
        watch(desk, self.reason)
        self.until = DayField(words.text("Until, if known"), desk.today(), kind="ahead")
        self.hold_button = Button(words.text("Suspend the erasure"), icon="bookmark", on_click=self.hold)
        for field in (self.code, self.reason, self.until):
            field.line.returnPressed.connect(self.hold)
        self.none = Label(words.text("No erasure is suspended."), ink="ink2", wrap=True)
        why = words.text("Where a procedure or a complaint still needs the file, every erasure about the person waits.")
        fill(self.body, Label(why, size="small", ink="ink2", wrap=True), self.none)
        self._list = QVBoxLayout()
        self._list.setSpacing(tokens.SPACE)
        self.body.addLayout(self._list)
        row = in_row((self.code, 1, Qt.AlignmentFlag.AlignTop), spacing=tokens.SPACE_2)
        row.addWidget(self.reason, 2, Qt.AlignmentFlag.AlignTop)
        self.until.setFixedWidth(tokens.wide(150))
        fill(row, (self.until, 0, Qt.AlignmentFlag.AlignTop), (level(self.hold_button), 0, Qt.AlignmentFlag.AlignTop))
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Ask what is suspended."""
        for line in self.lines.values():
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        found = retention.holds(self._desk)
        self.lines = {one.id: HoldLine(one) for one in found}
        for line in self.lines.values():
            line.lifted.connect(self.lift)
            self._list.addWidget(line)
        self.none.setVisible(not found)
        self.secondary.setText(words.count("{n} person", "{n} persons", len({one.person for one in found})))
        self.secondary.setVisible(bool(found))

    def is_editing(self) -> bool:
        """True while something typed is not done yet."""
        return bool(self.code.text() or self.reason.text() or self.until.line.text())

    @Slot()
    def hold(self) -> None:
        """Suspend the erasure of the person with that code, or say beside the field why not."""
        for field in (self.code, self.reason, self.until):
            field.clear()
        until = self.until.day()
        if self.until.is_wrong():
            told = words.text("This day does not exist: {typed}.")
            _refuse(self.until, told.format(typed=self.until.line.text().strip()))
            return
        try:
            case = retention.find(self._desk, self.code.text())
            done = retention.hold(self._desk, case.person, self.reason.text(), until)
        except RuleBroken as error:
            _refuse(self._beside(error), sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.code.set_text("")
            self.reason.set_text("")
            self.until.line.setText("")
            self.told.emit(Told("ok", words.text("The erasure of {code} is suspended.").format(code=case.code), done))
            self.done.emit()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _beside(self, error: RuleBroken) -> Field:
        if isinstance(error, errors.BadDates):
            return self.until
        return self.reason if isinstance(error, errors.Missing) else self.code

    @Slot(object)
    def lift(self, one: Hold) -> None:
        """End that suspension."""
        with refusals_told(self.told):
            done = retention.lift(self._desk, one.id)
            told = words.text("The erasure of {code} is no longer suspended.")
            self.told.emit(Told("ok", told.format(code=one.code), done))
            self.done.emit()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)


def _refuse(field: Field, told: str) -> None:
    field.set_error(told)
    field.setFocus(Qt.FocusReason.OtherFocusReason)


class HoldLine(QWidget):
    """Code, since when, why, and the button that ends it."""

    lifted = Signal(object)  # Hold

    def __init__(self, one: Hold, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hold = one
        self.button = Button(words.text("Lift"), icon="undo", on_click=self._lift)
        self.button.setAccessibleName(words.text("Lift the suspension of {code}").format(code=one.code))
        since = words.text("since {day}").format(day=formats.day(one.held_at.date()))
        told = retention_words.hold(one)
        in_row(
            IconLabel("bookmark", "held"),
            Label(one.code, bold=True),
            Label(since, size="small", ink="ink2"),
            (Label(told, wrap=True), 1),
            self.button,
            within=self,
            spacing=tokens.SPACE,
        )

    @Slot()
    def _lift(self) -> None:
        self.lifted.emit(self.hold)
