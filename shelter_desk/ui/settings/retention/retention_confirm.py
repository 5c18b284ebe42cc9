"""The last question before data go: what goes, what stays, how many, why, and who decides with whom.

Somebody asks to be erased: found by the code, erased before it is due.
"""

from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.operations.residents import retention
from shelter_desk.operations.residents.retention import Erased
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.approval_fields import ApprovalFields
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import IconLabel, Label, RuleLine, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words import retention as retention_words
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


MOST = 99_999
Act = Callable[[str, Approval], Erased]


class ErasureForm(QWidget):
    """Shown inside the page; Escape closes it. act: erases with this reason and this approval."""

    told = Signal(object)  # Told
    done = Signal()
    closed = Signal()

    def __init__(
        self,
        desk: "Desk",
        lines: int,
        kinds: Collection[RetentionKind],
        act: Act,
        needs_reason: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._chosen, self._act = desk, lines, act
        self._kinds = [one for one in RetentionKind if one in kinds]
        verb = words.count("Erase {n} line for good", "Erase {n} lines for good", lines)
        self.verb = Button(verb, kind="danger", icon="octagon", on_click=self.go)
        self.approval = ApprovalFields(desk, GraveAct.ERASURE, self.verb)
        self.needs_reason = needs_reason or not self.approval.others
        self.number = NumberField(words.text("How many lines"), 0, MOST, required=True)
        self.reason = LineField(words.text("Reason, without a name"), required=self.needs_reason)
        watch(desk, self.reason)
        self.close_button = Button(words.text("Close"), on_click=self.closed)
        self.backups = Label(words.text("Looking for backups that hold these data…"), ink="ink2", wrap=True)
        self._lay_out()
        for line in (self.number.line, self.reason.line):
            line.returnPressed.connect(self.go)
        self.approval.entered.connect(self.go)
        tasks.run(lambda: retention.backups_kept_until(desk), self._say_backups, self._failed)

    def _lay_out(self) -> None:
        whole = in_column(
            RuleLine(),
            Alert(words.text("An erasure cannot be taken back, by anybody."), "blocked", small=False),
            *(_fact("minus", "blocked", Label(told, wrap=True)) for told in map(retention_words.gone, self._kinds)),
            *(_fact("check", "ok", Label(told, wrap=True)) for told in retention_words.stays(self._kinds)),
            _fact("save", "ink2", self.backups),
            in_row((self.number, 1), (self.reason, 3), spacing=tokens.SPACE_2),
            self.approval,
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(0, tokens.SPACE_HALF, 0, 0),
        )
        whole.addLayout(in_row(self.close_button, STRETCH, self.verb, spacing=tokens.SPACE))
        self.setTabOrder(self.verb, self.close_button)

    def set_first(self) -> None:
        """Put the focus where it begins."""
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_backups(self, until: date | None) -> None:
        if until is None:
            self.backups.setText(words.text("No backup holds these data."))
            return
        told = words.text("Backups from before still hold these data, until {day} at least.")
        self.backups.setText(told.format(day=formats.day(until)))

    @Slot()
    def go(self) -> None:
        """Erase once everything asked for is there, or say beside the first field what is not."""
        if not self.verb.isEnabled():
            return
        for field in (self.number, self.reason):
            field.clear()
        wrong = self._wrong()
        if wrong is not None:
            refuse(*wrong)
            return
        self._set_busy(True)  # an erasure that is under way cannot be closed away
        tasks.run(partial(_approved, self._act, self.reason.text(), self.approval.taken()), self._erased, self._failed)

    def _wrong(self) -> tuple[Field, str] | None:
        if self.number.number() != self._chosen:
            return self.number, words.text("This is not the number of lines chosen. Count them again.")
        if self.needs_reason and not self.reason.text():
            return self.reason, sentence(errors.Missing("reason"))
        return self.approval.wrong()

    def _erased(self, erased: Erased) -> None:
        told = words.count(
            "{n} line erased. Code, dates and figures stay.",
            "{n} lines erased. Codes, dates and figures stay.",
            erased.count,
        )
        said = "{told}"
        if erased.former_seals:
            said = words.text("{told} Older journal lines still hold some: change the keys of the file.")
        elif not erased.is_settled:
            said = words.text("{told} The last traces in the file go at the next lock.")
        is_over = erased.is_settled and not erased.former_seals
        self.told.emit(Told("ok" if is_over else "attention", said.format(told=told)))
        self.done.emit()

    def _set_busy(self, busy: bool) -> None:
        self.verb.setDisabled(busy)
        self.close_button.setDisabled(busy)

    def _failed(self, error: ShelterDeskError) -> None:
        self._set_busy(False)
        if self.approval.refuse(error):
            return
        if isinstance(error, errors.Missing) and error.field == "reason":
            refuse(self.reason, sentence(error))
        else:
            self.told.emit(Told("blocked", sentence(error)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.verb.isEnabled():
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _approved(act: Act, reason: str, approval: Callable[[], Approval]) -> Erased:
    return act(reason, approval())


def _fact(icon: str, ink: str, label: Label) -> QHBoxLayout:
    return in_row((IconLabel(icon, ink), 0, Qt.AlignmentFlag.AlignTop), (label, 1), spacing=tokens.SPACE)


class ErasingCard(Card):
    """A card that opens the last question below what it is about, and waits for its answer."""

    told = Signal(object)  # Told
    done = Signal()
    asked = Signal()  # the last question was opened

    def __init__(self, desk: "Desk", title: str, secondary: str | None, parent: QWidget | None) -> None:
        super().__init__(title, secondary, parent=parent)
        self._desk = desk
        self.form: ErasureForm | None = None
        self.first: QWidget = self  # what has the focus once the question is closed

    def _lock(self, on: bool) -> None:
        """Leave what is asked about as it is while on."""
        raise NotImplementedError

    def _ask(self, lines: int, kinds: Collection[RetentionKind], act: Act, needs_reason: bool = False) -> None:
        self.form = ErasureForm(self._desk, lines, kinds, act, needs_reason)
        self.form.told.connect(self.told)
        self.form.closed.connect(self.close_form)
        self.form.done.connect(self._done)
        self.body.addWidget(self.form)
        self._lock(True)
        self.form.set_first()
        self.asked.emit()

    @Slot()
    def close_form(self) -> None:
        """Without the question."""
        form, self.form = self.form, None
        self._lock(False)
        if form is not None:
            take_away(form)
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _done(self) -> None:
        self.close_form()
        self.done.emit()


class RequestCard(ErasingCard):
    """A code, whose case it is, and the last question."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Erasure on request"), None, parent)
        self.first = self.code = LineField(words.text("Code"), placeholder="7K3-QMX-E")
        self.code.setMaximumWidth(tokens.wide(220))
        self.ask_button = Button(words.text("Erase this person…"), kind="danger", icon="octagon", on_click=self.ask)
        self.code.line.returnPressed.connect(self.ask)
        self.found = Label(wrap=True)
        self.found.hide()
        within = words.text("Whoever asks is erased within 30 days, after the exit, unless it is suspended.")
        row = in_row(
            (self.code, 1, Qt.AlignmentFlag.AlignTop),
            (level(self.ask_button), 0, Qt.AlignmentFlag.AlignTop),
            STRETCH,
            spacing=tokens.SPACE_2,
        )
        fill(self.body, Label(within, size="small", ink="ink2", wrap=True), row, self.found)

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
            refuse(self.code, sentence(error))
            return
        told = words.text("{code}: no stay is kept.").format(code=case.code)
        if case.closed_on is not None:
            closed = words.text("{code}: the case was closed on {day}.")
            told = closed.format(code=case.code, day=formats.day(case.closed_on))
        self.found.setText(told)

        def erase(reason: str, approval: Approval) -> Erased:
            return retention.erase_on_request(self._desk, case.person, reason, approval)

        self._ask(1, [RetentionKind.IDENTITY], erase, needs_reason=True)

    def _lock(self, on: bool) -> None:
        self.found.setVisible(on)
        self.code.setEnabled(not on)
        self.ask_button.setEnabled(not on)

    @Slot()
    def _done(self) -> None:
        self.code.set_text("")
        super()._done()


def level(button: Button) -> QWidget:
    """The button level with the editor of a field beside it, whatever the field says below."""
    beside = QWidget()
    in_row(button, within=beside, margins=(0, tokens.metrics("small").height() + tokens.SPACE_HALF, 0, 0))
    return beside
