"""People and rights: who may open the shelter, in which role; the manager adds, changes, suspends and brings back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui import tokens
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.settings.account_forms import AccountForm, AddForm, ChangeForm, SuspendForm
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
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
    asked = Signal(object)  # the form that was opened

    def __init__(
        self, desk: "Desk", user: user_accounts.User, is_known_here: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(user.name, words.label("role", user.role.value), parent=parent)
        self._desk, self.user = desk, user
        self.form: AccountForm | None = None
        self.state = _state(user, is_known_here, is_training=desk.is_training)
        if user.id == desk.user:
            self.head.addWidget(Badge(words.text("You"), "accent"))
        self.head.addWidget(self.state)
        self.change_button = Button(words.text("Role or password…"), icon="pencil", on_click=self._change)
        self.suspend_button = Button(words.text("Suspend…"), icon="lock", on_click=self._suspend)
        if not user.is_active:
            self.change_button.setText(words.text("Bring back…"))
            self.change_button.set_icon("undo")
            self.suspend_button.hide()
        self.change_button.setAccessibleDescription(user.name)
        self.suspend_button.setAccessibleDescription(user.name)
        told = _undertaken(user, is_training=desk.is_training)
        if user.is_active and not is_known_here:
            told = words.text("This computer was reinstalled since: give another password here.")
        why = Label(told, size="small", ink="ink2", wrap=True)
        row = in_row((why, 1), self.change_button, self.suspend_button, spacing=tokens.SPACE)
        fill(self.body, Label(roles.may(user.role), wrap=True), row)

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
        self.asked.emit(form)

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
            take_away(form)


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


class PeopleSection(Section):
    """One card per account, active ones first, and the card of the keys of the file."""

    keys_change_wanted = Signal()
    lock_wanted = Signal()  # the person at the desk took their own rights away

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.cards: dict[UserId, AccountCard] = {}
        self.form: AddForm | None = None
        self.add_button = Button(words.text("Add a person…"), icon="plus", on_click=self.add)
        self._intro = Card(words.text("Accounts"))
        self.keys = KeysCard()
        self.keys.button.clicked.connect(self.keys_change_wanted)
        told = words.text("Each person has an account of their own; the role says what the program lets them do.")
        row = in_row((Label(told, ink="ink2", wrap=True), 1), (self.add_button, 0, Qt.AlignmentFlag.AlignTop))
        self._intro.body.addLayout(row)
        fill(self.column, self._intro, self.keys, STRETCH)

    def refresh(self) -> None:
        """Ask who there is and show it again."""
        with refusals_told(self.told):
            found, known = user_accounts.people(self.desk), user_accounts.known_here(self.desk)
            for card in self.cards.values():
                self.column.removeWidget(card)
                take_away(card)
            self.cards = {}
            above = self.keys if self.keys.is_offered else self._intro
            first = self.column.indexOf(above) + 1
            for place, user in enumerate(sorted(found, key=lambda one: not one.is_active)):
                card = AccountCard(self.desk, user, user.id in known)
                card.told.connect(self.told)
                card.changed.connect(self._changed)
                card.suspended.connect(self._suspended)
                card.asked.connect(self.bring)
                self.cards[user.id] = card
                self.column.insertWidget(first + place, card)

    def is_editing(self) -> bool:
        return self.form is not None or any(card.form is not None for card in self.cards.values())

    @Slot()
    def add(self) -> None:
        """Open the form of another person."""
        if self.form is None:
            self.form = AddForm(self.desk)
            self.form.told.connect(self.told)
            self.form.closed.connect(self.close_form)
            self.form.done.connect(self._added)
            self._intro.body.addWidget(self.form)
            self.form.show()  # now, so that it can have the focus
        self.form.set_first()  # first: a button that is switched off gives the focus to the next one, however far down
        self.add_button.setEnabled(False)
        self.bring(self.form)

    @Slot()
    def close_form(self) -> None:
        """The list alone."""
        form, self.form = self.form, None
        self.add_button.setEnabled(True)
        if form is not None:
            take_away(form)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _added(self) -> None:
        self.close_form()
        self.refresh()

    @Slot(object)
    def _changed(self, former: user_accounts.User) -> None:
        if former.id == self.desk.user:
            self.lock_wanted.emit()
            return
        if not self.is_editing():
            self.refresh()
        if former.id in self.cards:
            self.cards[former.id].change_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _suspended(self, former: user_accounts.User) -> None:
        if former.id == self.desk.user:
            self.lock_wanted.emit()
            return
        self.keys.offer(former.name)
        self.column.removeWidget(self.keys)
        self.column.insertWidget(1, self.keys)
        self.refresh()
        self.verticalScrollBar().setValue(0)
        self.keys.button.setFocus(Qt.FocusReason.OtherFocusReason)


class KeysCard(Card):
    """Why the keys of the whole file may be changed, and the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Keys of the file"), parent=parent)
        self.is_offered = False
        told = words.text("After somebody has left: copies kept from before open nothing newer then.")
        self.why = Label(told, wrap=True)
        self.button = Button(words.text("Change the keys of the file…"), icon="key")
        self.body.addLayout(in_row((self.why, 1), (self.button, 0, Qt.AlignmentFlag.AlignTop)))

    def offer(self, name: str) -> None:
        """Say it of somebody who was just suspended."""
        told = words.text("{name} may have kept a copy: with other keys, that copy opens nothing newer than today.")
        self.is_offered = True
        self.why.setText(told.format(name=name))
        self.set_state("attention")
