"""How many families tonight: who comes together, and the answer below while it is typed."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.beds.packing import MOST_HOUSEHOLDS
from shelter_desk.domain.errors import Missing, RuleBroken, ShelterDeskError
from shelter_desk.operations.beds import families_tonight
from shelter_desk.operations.beds.families_tonight import AskedHousehold
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.forms.fields import NumberField
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.beds import families_tonight as told_of
from shelter_desk.words.refusals.errors import sentence

MOST = 20  # persons of one kind in a family


class FamiliesAnswer(QWidget):
    """Numbers by sex and age, how many such families, and what there is room for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._accessible = desk, False
        self.women = NumberField(words.text("Women"), 0, MOST, key="women")
        self.men = NumberField(words.text("Men"), 0, MOST, key="men")
        self.girls = NumberField(words.text("Girls"), 0, MOST, key="girls")
        self.boys = NumberField(words.text("Boys"), 0, MOST, key="boys")
        self.sharing = NumberField(words.text("Infants in a shared bed"), 0, MOST, key="sharing")
        self.households = NumberField(words.text("Number of families"), 1, MOST_HOUSEHOLDS, key="households")
        self.answer = Label(bold=True, wrap=True)
        self.details = Label(size="small", ink="ink2", wrap=True)
        self.women.set_number(1)
        self.households.set_number(1)
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE_PANEL)
        fields = (self.women, self.men, self.girls, self.boys, self.sharing, self.households)
        for place, field in enumerate(fields):
            field.line.setMinimumWidth(tokens.wide(60))
            field.setMinimumHeight(field.sizeHint().height())  # else the wrapped words below press them flat
            grid.addWidget(field, place // 2, place % 2)
            field.changed.connect(self.look)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        hint = words.text("For one family. Girls and boys are under 18, infants among them.")
        note = Label(hint, size="small", ink="ink2", wrap=True)
        in_column(grid, note, self.answer, self.details, within=self, spacing=tokens.SPACE_PANEL)

    def set_accessible(self, on: bool) -> None:
        """Whether only accessible rooms count."""
        self._accessible = on

    @Slot()
    def look(self) -> None:
        """Answer what is typed now."""
        if self.isHidden():
            return
        asked = AskedHousehold(
            self.women.number() or 0,
            self.men.number() or 0,
            self.girls.number() or 0,
            self.boys.number() or 0,
            self.sharing.number() or 0,
            self.households.number() or 1,
            self._accessible,
        )
        lines: list[str] = []
        try:
            found = families_tonight.how_many(self._desk, asked)
        except Missing:
            told = words.text("Type who comes together.")
        except (RuleBroken, ShelterDeskError) as error:
            told = sentence(error)
        else:
            told = told_of.answer(found.packed, asked.persons)
            moves = list(told_of.moves(found.packed, found.beds))
            lines = [told_of.in_all(found.packed)]
            lines += [words.text("To be moved first:"), *moves] if moves else []
            lines += told_of.places(found.packed, found.rooms, found.beds, phrases.rule_short)
        self.answer.setText(told)
        self.details.setText("\n".join(filter(None, lines)))
