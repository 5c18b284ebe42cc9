"""Language, theme and size of text of this computer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Trouble
from shelter_desk.system import preferences
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class DisplaySection(Section):
    """Kept on this computer, outside the shelter; nothing of it says whose it is."""

    preferences_changed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        language, theme = words.text("Language"), words.text("Theme")
        self.language = Segments((("fr", "Français"), ("en", "English")), words.language(), language)
        self.theme = Segments(
            (
                ("system", words.text("As the computer")),
                ("light", words.text("Light")),
                ("dark", words.text("Dark")),
            ),
            preferences.read().theme,
            theme,
        )
        size = words.text("Size of the text")
        percent = [(str(one), words.text("{n} %").format(n=one)) for one in preferences.TEXT_SIZES]
        self.text_size = Segments(percent, str(preferences.read().text), size)
        self.text_size.chosen.connect(self._chosen)
        self.language.chosen.connect(self._chosen)
        self.theme.chosen.connect(self._chosen)
        for name, choice, told in (
            (language, self.language, words.text("Screens, papers and reports are in this language.")),
            (theme, self.theme, words.text("The dark theme is easier on the eyes at night.")),
            (size, self.text_size, words.text("On top of what the computer asks for; at 200 % the pages scroll.")),
        ):
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
        try:
            preferences.write(wanted)
        except Trouble as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.preferences_changed.emit()
