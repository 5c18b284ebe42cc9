"""People and rights: who may open the shelter, in which role; the manager adds, changes, suspends and brings back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.accounts.account_card import AccountCard
from shelter_desk.ui.settings.accounts.account_forms import AddForm
from shelter_desk.ui.settings.section import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class PeopleSection(Section):
    """One card per account, active ones first, and the card of the keys of the file."""

    keys_change_wanted = Signal()
    lock_wanted = Signal()  # the person at the desk took their own rights away

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.cards: dict[UserId, AccountCard] = {}
        self.form: AddForm | None = None
        self.add_button = Button(words.text("Add a person…"), icon="plus")
        self.add_button.clicked.connect(self.add)
        self._intro = Card(words.text("Accounts"))
        self.keys = KeysCard()
        self.keys.button.clicked.connect(self.keys_change_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        told = words.text("Each person has an account of their own, with the keys of their role and no others.")
        row.addWidget(Label(told, ink="ink2", wrap=True), 1)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self._intro.body.addLayout(row)
        self.column.addWidget(self._intro)
        self.column.addWidget(self.keys)
        self.column.addStretch(1)

    def look(self) -> None:
        """Ask who there is and show it again."""
        try:
            found, known = user_accounts.people(self.desk), user_accounts.known_here(self.desk)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        for card in self.cards.values():
            self.column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = {}
        above = self.keys if self.keys.is_offered else self._intro
        first = self.column.indexOf(above) + 1
        for place, user in enumerate(sorted(found, key=lambda one: not one.is_active)):
            card = AccountCard(self.desk, user, user.id in known)
            card.told.connect(self.told)
            card.changed.connect(self._changed)
            card.suspended.connect(self._suspended)
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
            form.hide()
            form.deleteLater()
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _added(self) -> None:
        self.close_form()
        self.look()

    @Slot(object)
    def _changed(self, former: user_accounts.User) -> None:
        if former.id == self.desk.user:
            self.lock_wanted.emit()
            return
        self._look_at(former.id)

    @Slot(object)
    def _suspended(self, former: user_accounts.User) -> None:
        if former.id == self.desk.user:
            self.lock_wanted.emit()
            return
        self.keys.offer(former.name)
        self.column.removeWidget(self.keys)
        self.column.insertWidget(1, self.keys)
        self.look()
        self.verticalScrollBar().setValue(0)
        self.keys.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_at(self, user: UserId) -> None:
        if not self.is_editing():
            self.look()
        card = self.cards.get(user)
        if card is not None:
            card.change_button.setFocus(Qt.FocusReason.OtherFocusReason)


class KeysCard(Card):
    """Why the keys of the whole file may be changed, and the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Keys of the file"), parent=parent)
        self.is_offered = False
        self.why = Label(wrap=True)
        self.button = Button(words.text("Change the keys of the file…"), icon="key")
        self.why.setText(words.text("After somebody has left: copies kept from before open nothing newer then."))
        row = QHBoxLayout()
        row.addWidget(self.why, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def offer(self, name: str) -> None:
        """Say it of somebody who was just suspended."""
        told = words.text("{name} may have kept a copy: with other keys, that copy opens nothing newer than today.")
        self.is_offered = True
        self.why.setText(told.format(name=name))
        self.set_state("attention")
