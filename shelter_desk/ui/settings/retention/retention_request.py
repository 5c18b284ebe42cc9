"""Somebody asks to be erased: found by the code, erased before it is due."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.retention.retention import Case, Kind
from shelter_desk.operations.residents import retention
from shelter_desk.operations.residents.retention import Erased, Second
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.settings.retention.retention_confirm import ErasureForm
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class RequestCard(Card):
    """A code, whose case it is, and the last question."""

    told = Signal(object)  # Told
    done = Signal()
    asked = Signal()  # the last question was opened

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Erasure on request"), parent=parent)
        self._desk = desk
        self.form: ErasureForm | None = None
        self.code = LineField(words.text("Code"), placeholder="7K3-QMX-E")
        self.code.setMaximumWidth(tokens.wide(220))
        self.ask_button = Button(words.text("Erase this person…"), kind="danger", icon="octagon")
        self.ask_button.clicked.connect(self.ask)
        self.code.line.returnPressed.connect(self.ask)
        self.found = Label(wrap=True)
        self.found.hide()
        within = words.text("Whoever asks is erased within 30 days, after the exit, unless it is suspended.")
        self.body.addWidget(Label(within, size="small", ink="ink2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self.code, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(level(self.ask_button), 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.found)

    def is_editing(self) -> bool:
        """True while something typed is not done yet."""
        return self.form is not None or bool(self.code.text())

    @Slot()
    def ask(self) -> None:
        """Find who has the code and open the last question, or say beside the field why not."""
        if self.form is not None:
            return
        self.code.clear()
        try:
            case = retention.asks(self._desk, self.code.text())
        except RuleBroken as error:
            self.code.set_error(sentence(error))
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._open(case)

    def _open(self, case: Case) -> None:
        closed = case.closed_on
        told = words.text("{code}: the case was closed on {day}.")
        none = words.text("{code}: no stay is kept.")
        self.found.setText(
            none.format(code=case.code) if closed is None else told.format(code=case.code, day=formats.day(closed))
        )
        self.found.show()

        def erase(reason: str, second: Second | None) -> Erased:
            return retention.erase_on_request(self._desk, case.person, reason, second)

        self.form = ErasureForm(self._desk, 1, [Kind.IDENTITY], erase, needs_reason=True)
        self.form.told.connect(self.told)
        self.form.closed.connect(self.close_form)
        self.form.done.connect(self._done)
        self.body.addWidget(self.form)
        self.code.setEnabled(False)
        self.ask_button.setEnabled(False)
        self.form.set_first()
        self.asked.emit()

    @Slot()
    def close_form(self) -> None:
        """The code alone."""
        form, self.form = self.form, None
        self.found.hide()
        self.code.setEnabled(True)
        self.ask_button.setEnabled(True)
        if form is not None:
            form.hide()
            form.deleteLater()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _done(self) -> None:
        self.code.set_text("")
        self.close_form()
        self.done.emit()


def level(button: Button) -> QWidget:
    """The button level with the editor of a field beside it, whatever the field says below."""
    beside = QWidget()
    row = QHBoxLayout(beside)
    row.setContentsMargins(0, tokens.metrics("small").height() + tokens.SPACE_HALF, 0, 0)
    row.addWidget(button)
    return beside
