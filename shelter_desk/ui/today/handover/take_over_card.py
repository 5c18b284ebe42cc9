"""Who has read the handover and goes on: the name, and the password where another person is at the desk."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.today.handovers import AnotherTakesOver
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.approval_fields import not_theirs
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.password_field import PasswordField, PasswordWait
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.words.refusals.errors import sentence


class TakeOverCard(Card):
    """To be filled in before the button of the page is pressed. button: off while nobody may try a password."""

    entered = Signal()

    def __init__(self, desk: Desk, button: QAbstractButton, parent: QWidget | None = None) -> None:
        self.given = Label("", size="small", ink="ink2")
        super().__init__(words.text("I have read it and go on"), badge=self.given, parent=parent)
        self._desk = desk
        self._names: dict[str, str] = {}
        self.who = ChoiceField(words.text("Who takes over"), required=True)
        self.password = PasswordField(words.text("Their password"), required=True)
        self.password.line.returnPressed.connect(self.entered)
        self.wait = PasswordWait(self.password, button, not_theirs, unlocking.to_wait(desk.folder))
        told = Label(words.text("Name and hour are kept. Nothing is erased."), size="small", ink="ink2", wrap=True)
        self.body.addLayout(in_row((self.who, 1), (self.password, 1), spacing=tokens.SPACE_2))
        self.body.addWidget(told)
        self.who.chosen.connect(self._chosen)
        self.set_chosen(True)

    def show_takers(self, names: Mapping[str, str], given: str) -> None:
        """Offer these by their numbers; who was chosen stays. given: who handed over, and when."""
        self.given.setText(given)
        if names == self._names:
            return
        self._names = dict(names)
        held = self.who.value()
        self.who.set_choices(list(names.items()))
        mine = str(self._desk.user)
        self.who.choose(held if held in names else mine if mine in names else None)
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        self.who.clear()
        self.password.setVisible(self.who.value() != str(self._desk.user))

    def name(self) -> str:
        """Who takes over, "" for nobody chosen yet."""
        return self._names.get(self.who.value() or "", "")

    def taken_password(self) -> str:
        """What was typed; the field is emptied."""
        typed = "" if self.password.isHidden() else self.password.text()
        self.password.set_text("")
        return typed

    def is_whole(self) -> bool:
        """Whether nothing is missing; what is missing is said beside its field."""
        if not self.name():
            refuse(self.who, words.text("Choose who takes over."))
        elif not self.password.isHidden() and not self.password.text():
            refuse(self.password, words.text("The person who takes over types the password here."))
        else:
            return True
        return False

    def refuse(self, error: ShelterDeskError) -> bool:
        """Say beside its field what was wrong; False for an error of something else."""
        if isinstance(error, errors.WrongPassword):
            self.wait.refuse(error)
        elif isinstance(error, AnotherTakesOver):
            refuse(self.who, sentence(error))
        elif isinstance(error, errors.DeviceSecretMissing | errors.Missing):
            refuse(self.password, sentence(error))
        else:
            return False
        return True
