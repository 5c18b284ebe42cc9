"""The steps with a field or two: language, start, shelter, account, done.

The step of the recovery sheet: one goes on only when all of it was typed back.
"""

from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QRadioButton, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.key_groups import GROUPS
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.unlock.first_run.step import FirstRunDraft, FirstRunStep
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.ui.widgets.print.recovery_sheet import RecoverySheet
from shelter_desk.words.refusals.errors import sentence


class RecoveryStep(FirstRunStep):
    """Shows the sheet once the shelter was made."""

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Recovery sheet")
        self.title = words.text("Keep the recovery sheet")
        self.lead = words.text("When the password is lost, only this key opens the shelter again.")
        self.sheet: RecoverySheet | None = None

    def give(self, recovery_key: str) -> None:
        """The key to show."""
        self.sheet = RecoverySheet(recovery_key)
        self.sheet.proven.connect(self._proven)
        fill(self.body, self.sheet, STRETCH)

    def set_first(self) -> None:
        if self.sheet is not None:
            self.sheet.print_button.setFocus()

    def is_ready(self) -> bool:
        return self.sheet is not None and self.sheet.is_proven()

    def why_not(self) -> str:
        missing = GROUPS - (self.sheet.typed.right() if self.sheet is not None else 0)
        return words.count("{n} more group to type", "{n} more groups to type", missing) if missing else ""

    @Slot(int)
    def _proven(self, _right: int) -> None:
        self.changed.emit()


SHORTEST = 10


class LanguageStep(FirstRunStep):
    """French or English."""

    language_wanted = Signal(str)

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Language")
        self.title = words.text("Choose the language")
        self.lead = words.text("It can be changed later in the settings.")
        card = Card()
        self.choices = {"fr": QRadioButton(_OWN["fr"]), "en": QRadioButton(_OWN["en"])}
        for code, button in self.choices.items():
            button.setChecked(words.language() == code)
            button.clicked.connect(self._clicked)
            card.body.addWidget(button)
        fill(self.body, card, STRETCH)

    def set_first(self) -> None:
        self.choices[words.language()].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        chosen = next(code for code, button in self.choices.items() if button.isChecked())
        if chosen != words.language():
            self.language_wanted.emit(chosen)

    def summary(self) -> str:
        return _OWN[words.language()]


_OWN = {"fr": "Français", "en": "English"}  # each language in itself


class StartStep(FirstRunStep):
    """A shelter of one's own, one from a backup, or the training shelter."""

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Start")
        self.title = words.text("How do you want to start?")
        self.lead = words.text("The training shelter is invented; you can create your own afterwards.")
        self.own = QRadioButton(words.text("Create a shelter"))
        self.backup = QRadioButton(words.text("Open a backup"))
        self.training = QRadioButton(words.text("Try the training shelter"))
        self._buttons = {"create": self.own, "backup": self.backup, "training": self.training}
        told_of = (
            words.text("Name, rooms and beds, your account, recovery sheet: five minutes."),
            words.text("The shelter of another computer, or of this one before it failed."),
            words.text("A full house with twelve months of invented persons, to learn safely."),
        )
        for (choice, button), told in zip(self._buttons.items(), told_of, strict=True):
            button.setChecked(draft.choice == choice)
            card, note = Card(), Label(told, ink="ink2", wrap=True)
            note.setContentsMargins(24, 0, 0, 0)
            fill(card.body, button, note)
            button.setAutoExclusive(False)
            button.clicked.connect(self._clicked)
            self.body.addWidget(card)
        self.body.addStretch(1)

    def set_first(self) -> None:
        self._buttons[self.draft.choice].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        choices: tuple[Literal["create", "backup", "training"], ...] = ("create", "backup", "training")
        self.draft.choice = next(choice for choice in choices if self._buttons[choice] is self.sender())
        for choice, button in self._buttons.items():
            button.setChecked(choice == self.draft.choice)
        self.changed.emit()

    def summary(self) -> str:
        return self._buttons[self.draft.choice].text()


class ShelterStep(FirstRunStep):
    """The name of the shelter and its town."""

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Shelter")
        self.title = words.text("What is your shelter called?")
        self.lead = words.text("The name stands on reports. It is encrypted with everything else.")
        self.shelter = LineField(words.text("Name of the shelter"), required=True)
        self.shelter.set_text(draft.shelter)
        self.town = LineField(words.text("Town"), required=True)
        self.town.set_text(draft.town)
        self.shelter.line.returnPressed.connect(self._next)
        self.town.line.returnPressed.connect(self.go_on_wanted)
        card = Card()
        for field in (self.shelter, self.town):
            field.setMaximumWidth(tokens.wide(480))
            card.body.addWidget(field)
        fill(self.body, card, STRETCH)

    def set_first(self) -> None:
        self.shelter.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _next(self) -> None:
        self.town.line.setFocus(Qt.FocusReason.TabFocusReason)

    def take(self) -> bool:
        self.draft.shelter, self.draft.town = self.shelter.text(), self.town.text()
        return _filled(self.shelter, self.town)

    def summary(self) -> str:
        return ", ".join(part for part in (self.draft.shelter, self.draft.town) if part)


class AccountStep(FirstRunStep):
    """The account of the manager."""

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Manager’s account")
        self.title = words.text("Your account")
        self.lead = words.text("You are the manager: you may do everything, other accounts come later.")
        self.user = LineField(words.text("Your name"), required=True)
        self.user.set_text(draft.user)
        self.password = PasswordField(words.text("Password"), required=True)
        self.again = PasswordField(words.text("Password again"), required=True)
        for field in (self.password, self.again):
            field.set_text(draft.password)
        self.user.line.returnPressed.connect(self._to_password)
        self.password.line.returnPressed.connect(self._to_again)
        self.again.line.returnPressed.connect(self.go_on_wanted)
        self.password.line.textChanged.connect(self._typed)
        self._long = IconLabel("info", "accent", 16)
        self._rule = Label(size="small", ink="ink2", wrap=True)
        card = Card()
        rule = in_row((self._long, 0, Qt.AlignmentFlag.AlignTop), (self._rule, 1))
        for each in (self.user, self.password, self.again):
            each.setMaximumWidth(tokens.wide(480))
        told = words.text("Three or four words nobody would guess are easy to keep: “rivière mangue vélo lundi”.")
        hint = Label(told, size="small", ink="ink2", wrap=True)
        fill(card.body, self.user, self.password, rule, self.again, hint)
        fill(self.body, card, STRETCH)
        self._typed()

    def set_first(self) -> None:
        self.user.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_password(self) -> None:
        self.password.line.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _to_again(self) -> None:
        self.again.line.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _typed(self) -> None:
        missing = SHORTEST - len(self.password.text())
        self._long.show_icon("info" if missing > 0 else "circle-check", "accent" if missing > 0 else "ok")
        told = words.count(
            "At least 10 characters, {n} more. Length counts, signs do not.",
            "At least 10 characters, {n} more. Length counts, signs do not.",
            missing,
        )
        self._rule.setText(told if missing > 0 else words.text("Long enough."))

    def take(self) -> bool:
        self.draft.user, self.draft.password = self.user.text(), self.password.text()
        if not _filled(self.user, self.password):
            return False
        self.again.clear()
        if self.again.text() != self.password.text():
            self.again.refuse(words.text("The two passwords differ."))
            return False
        return True

    def refuse(self, error: ShelterDeskError) -> bool:
        if isinstance(error, errors.WeakPassword):
            self.password.refuse(sentence(error))
            return True
        return False

    def summary(self) -> str:
        return self.draft.user


class DoneStep(FirstRunStep):
    """What was made, and the door."""

    def __init__(self, draft: FirstRunDraft, parent: QWidget | None = None) -> None:
        super().__init__(draft, parent)
        self.name = words.text("Done")
        self.title = words.text("Everything is ready")
        self.lead = words.text("Keep your name and your password in mind: they open the shelter.")
        card, self._facts = Card(), FactList()
        card.body.addWidget(self._facts)
        fill(self.body, card, STRETCH)

    def ask_undertaking(self) -> None:
        """The manager of a real shelter accepts here what everybody else accepts at the first entry."""
        from shelter_desk.ui.unlock.undertaking import Promises

        card = Card(words.text("Undertaking of confidentiality"), words.text("By opening Shelter Desk you accept it."))
        card.body.addWidget(Promises())
        self.body.insertWidget(1, card)

    def tell(self, facts: list[tuple[str, str]]) -> None:
        """Show these as label and value."""
        self._facts.clear()
        for label, value in facts:
            self._facts.add(label, value)


def _filled(*fields: Field) -> bool:
    """Say which required fields are empty and go to the first."""
    empty = []
    for field in fields:
        field.clear()
        if isinstance(field, LineField | PasswordField) and not field.text().strip():
            field.set_error(words.text("This is empty."))
            empty.append(field)
    if empty:
        empty[0].setFocus(Qt.FocusReason.OtherFocusReason)
    return not empty
