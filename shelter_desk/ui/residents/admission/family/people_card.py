"""Second card of a family's admission: where it comes from, the same for everybody, and each person of it."""

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.several_field import SeveralField
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.admission.family.member_row import MemberRow
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row

MOST = 12  # persons of one family


class PeopleCard(Card, FieldGroup):
    """The head is the first row and stays; others are added and taken out."""

    changed = Signal()
    named = Signal(object)  # MemberRow whose duplicates may be looked for
    added = Signal(object)  # MemberRow

    def __init__(self, desk: Desk) -> None:
        self.count = Badge("", "accent")
        super().__init__(words.text("2. Persons"), words.text("origin and language: the same for all"), self.count)
        self._desk = desk
        self.rows: list[MemberRow] = []
        self.country = ChoiceField(words.text("Nationality"), choices.countries("f"), required=True, key="nationality")
        self.languages = SeveralField(words.text("Languages"), code_lists.of("language"), "language")
        self.situation = CodeField(words.text("Migration situation"), "migration_situation", required=True)
        self.add_button = Button(words.text("Add a person"), icon="plus", on_click=self.add_person)
        self.add_button.setToolTip(words.text("Ctrl++"))
        self._around = QWidget()
        self._laid = in_column(within=self._around, spacing=tokens.SPACE)
        origin = row_of((self.country, 220), (self.languages, 200), (self.situation, 260))
        fill(self.body, origin, self._around, in_row(self.add_button, STRETCH))
        self.begin()

    def begin(self) -> None:
        """A head and one more, of whom nothing is known."""
        for field in (self.country, self.situation):
            field.choose(None)
        self.languages.choose(())
        self.be_many(0)
        self.be_many(2)

    def be_many(self, n: int) -> None:
        """As many rows as that, from the last one on."""
        while len(self.rows) > n:
            self._drop(self.rows[-1])
        while len(self.rows) < n:
            self._append()
        self._call()

    @Slot()
    def add_person(self) -> None:
        """One more, whose name is typed next."""
        if len(self.rows) < MOST:
            self.be_many(len(self.rows) + 1)
            self.added.emit(self.rows[-1])
            self.changed.emit()
            first = self.rows[-1]
            QTimer.singleShot(0, first, partial(_focus, first))

    def _append(self) -> None:
        row = MemberRow(self._desk, is_head=not self.rows)
        row.changed.connect(self.changed)
        row.named.connect(partial(self.named.emit, row))
        row.gone.connect(partial(self._take_out, row))
        fill(self._laid, row.line, row)
        self.rows.append(row)

    def _drop(self, row: MemberRow) -> None:
        self.rows.remove(row)
        for widget in (row.line, row):
            self._laid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _take_out(self, row: MemberRow) -> None:
        self._drop(row)
        self._call()
        self.changed.emit()

    def _call(self) -> None:
        for place, row in enumerate(self.rows):
            row.call(place + 1)
        self.count.say(str(len(self.rows)), "accent")

    @property
    def drafted(self) -> dict[str, QWidget]:
        found = super().drafted
        for place, row in enumerate(self.rows):
            found |= {f"{place}/{key}": editor for key, editor in row.drafted.items()}
        return found


def _focus(row: MemberRow) -> None:
    (row.last if row.last.isVisibleTo(row) else row.sex_field).setFocus()
