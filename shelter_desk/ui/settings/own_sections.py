"""The sections that everybody has: my account, language, theme and size of text, the help cards."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import ShelterDeskError, WeakPassword, WrongPassword
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import preferences
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.password_field import PasswordField, PasswordWait, not_yours
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.settings.account_forms import NewPassword
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card, HelpCard
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.help_mark import topic_card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.ui.widgets.tips import plain
from shelter_desk.words import formats, roles
from shelter_desk.words.help import explanation, topics
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class AccountSection(Section):
    """For every role; nothing of it needs a permission."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._undertaken = Label(size="small", ink="ink2", wrap=True)
        self.facts = FactList(roles.sees(desk.role))
        self.old = PasswordField(words.text("Your password now"), required=True)
        self.new = NewPassword(words.text("New password"))
        self.new.set_owner(desk.user_name)
        self.again = PasswordField(words.text("New password again"), required=True)
        self.keep_button = Button(words.text("Change my password"), kind="primary", icon="key", on_click=self.keep)
        self.old.line.returnPressed.connect(self._to_new)
        self.new.entered.connect(self._to_again)
        self.again.line.returnPressed.connect(self.keep)
        self.wait = PasswordWait(self.old, self.keep_button, not_yours, unlocking.to_wait(desk.folder))
        mine = Card(desk.user_name, words.label("role", desk.role.value))
        fill(mine.body, Label(roles.may(desk.role), wrap=True), self.facts, self._undertaken)
        password = Card(words.text("My password"), words.text("Mine alone: I lend it to nobody."))
        told = words.text("Three or four words nobody would guess are easy to keep: “rivière mangue vélo lundi”.")
        fill(
            password.body,
            row_of((self.old, 264), (self.new, 264), (self.again, 264)),
            Label(told, size="small", ink="ink2", wrap=True),
            in_row(STRETCH, self.keep_button),
        )
        fill(self.column, mine, password, STRETCH)

    def refresh(self) -> None:
        """Say when the undertaking was accepted."""
        at = user_accounts.me(self.desk).undertaken_at
        self._undertaken.setVisible(at is not None)
        if at is not None:
            told = words.text("Undertaking of confidentiality accepted on {day}.")
            self._undertaken.setText(told.format(day=formats.day(at.date())))

    def is_editing(self) -> bool:
        return bool(self.old.text() or self.new.text() or self.again.text())

    @Slot()
    def _to_new(self) -> None:
        self.new.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _to_again(self) -> None:
        self.again.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def keep(self) -> None:
        """Change it, or say beside its field what is wrong."""
        if not self.keep_button.isEnabled():
            return
        for field in (self.old, self.again):
            field.clear()
        if not self.old.text():
            self.old.refuse(words.text("This is empty."))
        elif self.new.is_good():
            if self.again.text() != self.new.text():
                self.again.refuse(words.text("The two passwords differ."))
            else:
                job = partial(user_accounts.change_password, self.desk, self.old.text(), self.new.text())
                self.keep_button.setEnabled(False)
                tasks.run(job, self._kept, self._failed)

    def _kept(self, _nothing: object) -> None:
        self.keep_button.setEnabled(True)
        self.old.line.clear()
        self.new.begin()
        self.again.line.clear()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.told.emit(Told("ok", words.text("Your new password is in force.")))

    def _failed(self, error: ShelterDeskError) -> None:
        self.keep_button.setEnabled(True)
        if isinstance(error, WrongPassword):
            self.wait.refuse(error)
        elif isinstance(error, WeakPassword):
            self.new.refuse(sentence(error))
        else:
            self.told.emit(Told("blocked", sentence(error)))


class DisplaySection(Section):
    """Kept on this computer, outside the shelter; nothing of it says whose it is."""

    preferences_changed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        language, theme = words.text("Language"), words.text("Theme")
        self.language = Segments((("fr", "Français"), ("en", "English")), words.language(), language)
        themes = (
            ("system", words.text("As the computer")),
            ("light", words.text("Light")),
            ("dark", words.text("Dark")),
        )
        self.theme = Segments(themes, preferences.read().theme, theme)
        size = words.text("Size of the text")
        percent = [(str(one), words.text("{n} %").format(n=one)) for one in preferences.TEXT_SIZES]
        self.text_size = Segments(percent, str(preferences.read().text), size)
        for name, choice, told in (
            (language, self.language, words.text("Screens, papers and reports are in this language.")),
            (theme, self.theme, words.text("The dark theme is easier on the eyes at night.")),
            (size, self.text_size, words.text("On top of what the computer asks for; at 200 % the pages scroll.")),
        ):
            choice.chosen.connect(self._chosen)
            card = Card(name)
            fill(card.body, choice, Label(told, size="small", ink="ink2", wrap=True))
            self.column.addWidget(card)
        self.column.addStretch(1)

    @Slot()
    def _chosen(self) -> None:
        wanted = preferences.read()._replace(
            language=self.language.value() or "fr",
            theme=self.theme.value() or "system",
            text=int(self.text_size.value() or 100),
        )
        with refusals_told(self.told):
            preferences.write(wanted)
            self.preferences_changed.emit()


_LIST = 330


class HelpSection(Section):
    """A list of terms; the arrows go through it, the card stands beside."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        told = words.text("The same cards open where a question is asked: click the “?” beside it, or press F1.")
        self.guide_button = Button(words.text("Open the guide…"), icon="help", on_click=self.open_guide)
        self.column.addLayout(
            in_row((Label(told, ink="ink2", wrap=True), 1), self.guide_button, spacing=tokens.SPACE_2)
        )
        self.list = QListWidget()
        self.list.setAccessibleName(words.text("Terms"))
        self.list.setProperty("role", "popup")
        self.list.setFixedWidth(tokens.wide(_LIST))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in sorted((explanation(topic) for topic in topics()), key=lambda told: codes.folded(told.title)):
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.topic)
            item.setToolTip(plain(one.title))
            item.setSizeHint(QSize(0, tokens.high(30)))
            self.list.addItem(item)
        self.list.currentItemChanged.connect(self._show)
        self.card: HelpCard | None = None
        self._beside = in_column(STRETCH)
        row = in_row(self.list, (self._beside, 1), spacing=tokens.SPACE_2)
        self.column.addLayout(row, 1)
        self.setFocusProxy(self.list)
        self.list.setCurrentRow(0)

    @Slot()
    def open_guide(self) -> None:
        """The guide: what these terms are used for."""
        from shelter_desk.ui.guide.here import open_guide

        open_guide(self, role=self.desk.role)

    @Slot(QListWidgetItem)
    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        if self.card is not None:
            self._beside.removeWidget(self.card)
            self.card.deleteLater()
        self.card = topic_card(str(item.data(Qt.ItemDataRole.UserRole)))
        self._beside.insertWidget(0, self.card)
