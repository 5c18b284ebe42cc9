"""What the manager does with an account, in the page: add, change, bring back, suspend.

A new password: the field, and the rule said while it is typed.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.rights import Role
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms import unsaved
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import IconLabel, Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import roles
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class NewPassword(QWidget):
    """Length counts, signs do not; common ones and the name itself are refused while they are typed."""

    entered = Signal()  # Enter

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = PasswordField(label, required=True)
        self.field.line.textChanged.connect(self._look)
        self.field.line.returnPressed.connect(self.entered)
        self._owner = ""
        self._icon = IconLabel("info", "accent", 16)
        self.rule = Label(size="small", ink="ink2", wrap=True)
        row = in_row((self._icon, 0, Qt.AlignmentFlag.AlignTop), (self.rule, 1), spacing=tokens.SPACE_HALF)
        in_column(self.field, row, within=self, spacing=tokens.SPACE_HALF)
        self.setFocusProxy(self.field)
        self._look()

    def text(self) -> str:
        """What was typed."""
        return self.field.text()

    def begin(self) -> None:
        """Empty it."""
        self.field.line.clear()
        self.field.clear()

    @Slot(str)
    def set_owner(self, name: str) -> None:
        """Whose password it is: their name makes it easy to guess."""
        self._owner = name
        self._look()

    def refuse(self, told: str) -> None:
        """Say why it is refused, selected to be typed over."""
        self.field.refuse(told)

    def is_good(self) -> bool:
        """True for one that does; else it says why not."""
        self.field.clear()
        if not self.text():
            self.refuse(words.text("This is empty."))
            return False
        weak = user_accounts.weakness(self.text(), self._owner)
        if weak:
            self.refuse(_refusal(weak))
        return not weak

    @Slot()
    def _look(self) -> None:
        missing = user_accounts.SHORTEST - len(self.text())
        icon, color, told = "circle-check", "ok", words.text("Long enough.")
        if missing > 0:
            icon, color = "info", "accent"
            told = words.count(
                "At least 10 characters, {n} more. Length counts, signs do not.",
                "At least 10 characters, {n} more. Length counts, signs do not.",
                missing,
            )
        elif user_accounts.weakness(self.text(), self._owner) == "common":
            icon, color, told = "triangle", "attention", _refusal("common")
        self._icon.show_icon(icon, color)
        if self.rule.isVisible():  # it grows no shorter: the button below would move away from who presses it
            self.rule.setMinimumHeight(max(self.rule.minimumHeight(), self.rule.height()))
        self.rule.setText(told)


def _refusal(weak: str) -> str:
    if weak == "common":
        return words.text("This password is too easy to guess. Choose several words.")
    return words.text("This password is too short. Choose several words.")


class AccountForm(QWidget):
    """Fields, what is refused, the verb and "Close"; Escape closes."""

    told = Signal(object)  # Told
    done = Signal()
    closed = Signal()

    def __init__(self, desk: "Desk", verb: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.verb = desk, verb
        self._begun: unsaved.AsBegun | None = None
        self.body = in_column(spacing=tokens.SPACE_PANEL)
        self.refusal = Alert("", "blocked")
        self.refusal.hide()
        self.close_button = Button(words.text("Close"), on_click=self.close_up)
        self.verb.clicked.connect(self.go)
        in_column(
            RuleLine(),
            self.body,
            self.refusal,
            in_row(self.close_button, STRETCH, self.verb, spacing=tokens.SPACE),
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(0, tokens.SPACE_HALF, 0, 0),
        )
        self.setTabOrder(self.verb, self.close_button)

    def set_first(self) -> None:
        """Put the focus where it begins."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begun = self._begun or unsaved.AsBegun(self)

    @Slot()
    def go(self) -> None:
        """Do it; each form has its own."""
        raise NotImplementedError

    def _run(self, job: Callable[[], object], done: Callable[[object], None]) -> None:
        """Making a slot is slow on purpose: it leaves the window's thread."""
        self.refusal.hide()
        self.verb.setEnabled(False)
        tasks.run(job, done, self._failed)

    def _finish(self, told: str) -> None:
        self.verb.setEnabled(True)
        self.told.emit(Told("ok", told))
        self.done.emit()

    def _failed(self, error: ShelterDeskError) -> None:
        self.verb.setEnabled(True)
        if isinstance(error, RuleBroken):
            self.refuse(error)
        else:
            self.told.emit(Told("blocked", sentence(error)))

    def refuse(self, error: RuleBroken) -> None:
        """Say beside the action what rule stands against it."""
        self.refusal.sentence.setText(sentence(error))
        self.refusal.show()

    @Slot()
    def close_up(self) -> None:
        """Give it up, once the person lets go what was typed."""
        if self._begun is None or self._begun.may_close():
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return
        super().keyPressEvent(event)


class RoleField(QWidget):
    """The five roles; below, what the chosen one may do."""

    def __init__(self, role: Role | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        choices = [(one.value, words.label("role", one.value)) for one in Role]
        self.field = ChoiceField(words.text("Role"), choices, role.value if role else None, required=True)
        self.field.chosen.connect(self._look)
        self.told = Label(size="small", ink="ink2", wrap=True)
        in_column(self.field, self.told, within=self, spacing=tokens.SPACE_HALF)
        self.setFocusProxy(self.field)
        self._look()

    def role(self) -> Role | None:
        """The chosen one; says beside the field when there is none."""
        self.field.clear()
        value = self.field.value()
        if value is None:
            refuse(self.field, words.text("Choose a role."))
        return None if value is None else Role(value)

    @Slot()
    def _look(self) -> None:
        value = self.field.value()
        none = words.text("What the person may do is said here.")
        self.told.setText(none if value is None else roles.may(Role(value)))


class AddForm(AccountForm):
    """Another person: name, role, a first password to be told in person."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, Button(words.text("Add the person"), "primary", "plus"), parent)
        self.name = LineField(words.text("Account name"), required=True)
        self.role = RoleField()
        self.password = NewPassword(words.text("First password"))
        self.name.changed.connect(self.password.set_owner)
        self.name.line.returnPressed.connect(self._to_role)
        self.password.entered.connect(self.go)
        how = words.text("Say the password in person; “My account” lets its owner change it.")
        row = row_of((self.name, 264), (self.role, 264), (self.password, 264))
        fill(self.body, row, Label(how, size="small", ink="ink2", wrap=True))

    def set_first(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_role(self) -> None:
        self.role.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def go(self) -> None:
        """Make the account, once every field makes sense."""
        self.name.clear()
        if not self.name.text():
            refuse(self.name, words.text("This is empty."))
            return
        role = self.role.role()
        if not self.verb.isEnabled() or role is None or not self.password.is_good():
            return
        self._run(partial(user_accounts.add, self._desk, self.name.text(), role, self.password.text()), self._added)

    def _added(self, _user: object) -> None:
        self._finish(words.text("{name} can open the shelter now.").format(name=self.name.text()))

    def refuse(self, error: RuleBroken) -> None:
        """A name that is taken is said beside it."""
        if isinstance(error, errors.CodeTaken):
            refuse(self.name, sentence(error))
        else:
            super().refuse(error)


class ChangeForm(AccountForm):
    """Role and a new password; for somebody suspended, the way back."""

    def __init__(self, desk: "Desk", user: user_accounts.User, parent: QWidget | None = None) -> None:
        keep, bring_back = words.text("Save"), words.text("Bring back")
        verb = Button(keep, "primary", "save") if user.is_active else Button(bring_back, "primary", "undo")
        super().__init__(desk, verb, parent)
        self._user = user
        self.role = RoleField(user.role if user.is_active else None)  # nobody signed that of who has no slot
        self.password = NewPassword(words.text("New password"))
        self.password.set_owner(user.name)
        self.password.entered.connect(self.go)
        why = words.text("The keys of a role are locked with a password: another role asks for another password.")
        row = row_of((self.role, 264), (self.password, 264))
        fill(self.body, row, Label(why, size="small", ink="ink2", wrap=True))

    def set_first(self) -> None:
        self.role.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Change the account, once every field makes sense."""
        role = self.role.role()
        if not self.verb.isEnabled() or role is None or not self.password.is_good():
            return
        self._run(partial(user_accounts.reset, self._desk, self._user.id, self.password.text(), role), self._changed)

    def _changed(self, _nothing: object) -> None:
        told = words.text("The account of {name} is changed. The former password opens only backups of before.")
        if not self._user.is_active:
            told = words.text("{name} can open the shelter again.")
        self._finish(told.format(name=self._user.name))


class SuspendForm(AccountForm):
    """The question before suspending, with what it does and what it cannot do."""

    def __init__(self, desk: "Desk", user: user_accounts.User, parent: QWidget | None = None) -> None:
        super().__init__(desk, Button(words.text("Suspend"), "danger", "lock"), parent)
        self._user = user
        question = words.text("Suspend {name}?").format(name=user.name)
        effect = words.text("The account opens nothing from now on. What it wrote stays under its name.")
        limit = words.text("Somebody who kept a copy of the folder and the password can still open that copy.")
        fill(self.body, Label(question, bold=True, wrap=True), Label(effect, wrap=True), Alert(limit, "attention"))

    @Slot()
    def go(self) -> None:
        """Take the slot away."""
        self.refusal.hide()
        try:
            user_accounts.suspend(self._desk, self._user.id)
        except ShelterDeskError as error:
            self._failed(error)
        else:
            self._finish(words.text("{name} is suspended.").format(name=self._user.name))
