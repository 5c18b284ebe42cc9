"""One account: who, in which role, in which state, and what can be done with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui import tokens
from shelter_desk.ui.settings.accounts.account_forms import AccountForm, ChangeForm, SuspendForm
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats, roles

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class AccountCard(Card):
    """Facts and two buttons; a form opens below them, one at a time.

    is_known_here: False when the computer was reinstalled and the password opens nothing on it any more.
    """

    told = Signal(object)  # Told
    changed = Signal(object)  # User as it was before
    suspended = Signal(object)  # User as it was before

    def __init__(
        self, desk: "Desk", user: user_accounts.User, is_known_here: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(user.name, words.label("role", user.role.value), parent=parent)
        self._desk, self.user, self._is_known_here = desk, user, is_known_here
        self.form: AccountForm | None = None
        self.state = _state(user, is_known_here, is_training=desk.is_training)
        if user.id == desk.user:
            self.head.addWidget(Badge(words.text("You"), "accent"))
        self.head.addWidget(self.state)
        self.change_button = Button(words.text("Role or password…"), icon="pencil")
        self.change_button.clicked.connect(self._change)
        self.suspend_button = Button(words.text("Suspend…"), icon="lock")
        self.suspend_button.clicked.connect(self._suspend)
        if not user.is_active:
            self.change_button.setText(words.text("Bring back…"))
            self.change_button.set_icon("undo")
            self.suspend_button.hide()
        self.change_button.setAccessibleDescription(user.name)
        self.suspend_button.setAccessibleDescription(user.name)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(Label(roles.may(self.user.role), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        told = _undertaken(self.user, is_training=self._desk.is_training)
        if self.user.is_active and not self._is_known_here:
            told = words.text("This computer was reinstalled since: give another password here.")
        row.addWidget(Label(told, size="small", ink="ink2", wrap=True), 1)
        row.addWidget(self.change_button)
        row.addWidget(self.suspend_button)
        self.body.addLayout(row)

    @Slot()
    def _change(self) -> None:
        self._open(ChangeForm(self._desk, self.user), self.change_button)

    @Slot()
    def _suspend(self) -> None:
        self._open(SuspendForm(self._desk, self.user), self.suspend_button)

    def _open(self, form: AccountForm, asked_by: Button) -> None:
        self.close_form()
        self.form = form
        form.setProperty("asked_by", asked_by)
        form.told.connect(self.told)
        form.closed.connect(self._closed)
        form.done.connect(self._done)
        self.set_chosen(True)
        self.body.addWidget(form)
        form.show()  # now, so that it can have the focus
        form.set_first()

    @Slot()
    def _closed(self) -> None:
        button = self.form.property("asked_by") if self.form is not None else None
        self.close_form()
        if isinstance(button, Button):
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _done(self) -> None:
        is_suspended = isinstance(self.form, SuspendForm)
        self.close_form()
        (self.suspended if is_suspended else self.changed).emit(self.user)

    def close_form(self) -> None:
        """The facts alone."""
        form, self.form = self.form, None
        self.set_chosen(False)
        if form is not None:
            form.hide()
            form.deleteLater()


def _state(user: user_accounts.User, is_known_here: bool, is_training: bool) -> Badge:
    if not user.is_active:
        return Badge(words.text("Suspended"), "held", "lock")
    if not is_known_here:
        return Badge(words.text("Password to be given anew"), "attention")
    if user.undertaken_at is None and not is_training:
        return Badge(words.text("Not opened yet"), "attention", "clock")
    return Badge(words.text("Active"), "ok")


def _undertaken(user: user_accounts.User, is_training: bool) -> str:
    if user.undertaken_at is not None:
        return words.text("Undertaking accepted on {day}").format(day=formats.day(user.undertaken_at.date()))
    if is_training:
        return words.text("Training: no undertaking is asked for.")
    return words.text("The undertaking is asked for at the first entry.")
