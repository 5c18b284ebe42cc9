"""What the panel shows of held beds: one with its acts, giving it up, and the list of all of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.beds.held_beds import MOST_LETTERS, HeldState
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.beds.panel_views import ActFace, Face
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.beds import held_beds as held_words

STATES: dict[HeldState, State] = {
    "held": "held",
    "late": "attention",
    "arrived": "ok",
    "cancelled": "neutral",
    "lapsed": "neutral",
}
MOST = 40  # that are over, before somebody asks for the rest


class HeldFace(Face):
    """One held bed: who is expected, until when, what became of it; admitted, changed, given up from here."""

    def __init__(self, desk: Desk, line: HeldLine, acts: bool) -> None:
        one, today = line.held, desk.today()
        super().__init__(held_words.place(line.place, one), line.room)
        self.line = line
        card = Card()
        head = in_row(Badge(held_words.state(one, today), STATES[one.state(today)], "bookmark"), STRETCH)
        self.mark = HelpMark("lit_reserve", card.body, 1)
        head.addWidget(self.mark)
        card.body.addLayout(head)
        card.body.addWidget(FactList(_facts(line)))
        self.body.addWidget(card)
        if not one.holds(today):
            self.body.addWidget(Label(held_words.told(one, today), ink="ink2", wrap=True))
        if line.is_blocked:
            told = words.text("The bed is not free: {by}. Hold another one, or give it up.")
            if line.short is not None:
                told = words.text("The room has too few beds tonight: {by}. Hold fewer places or another room.")
            by = held_words.blocked_by(line.blocked_by, line.short)
            self.body.addWidget(Alert(told.format(by=by), "attention"))
        if acts:
            self._add_acts(desk)
        self.add_act("all_held", words.text("Everything that is held"), "list", "L").set_kind("quiet")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)

    def _add_acts(self, desk: Desk) -> None:
        one, may = self.line.held, desk.may(Permission.ADMIT)
        if one.holds(desk.today()):
            if desk.may(Permission.ADMIT_PROVISIONAL):
                self.add_act("take_held", words.text("Admit who is expected…"), "arrive")
            if may:
                self.add_act("change_held", words.text("Prolong or change…"), "clock")
                self.add_act("cancel_held", words.text("Give up what is held…"), "close")
        elif may and one.state(desk.today()) == "lapsed":
            self.add_act("change_held", words.text("Hold again…"), "clock")


def _facts(line: HeldLine) -> list[tuple[str, str]]:
    one = line.held
    came = ", ".join(code for code, _ in line.came)
    found = [
        (words.text("Expected (who)"), held_words.who(one.groups)),
        (words.text("Arrival expected on"), formats.day(one.expected_on)),
        (words.text("Held from the night of"), formats.day(one.first)),
        (words.text("Held until the night of"), formats.day(one.last)),
        (words.text("Request"), line.request_no),
        (words.text("Who announces it"), words.label("referral_source", one.source) if one.source else ""),
        (words.text("Who came"), came),
        (words.text("No."), one.held_no),
        (words.text("Held by"), line.held_by),
        (words.text("Given up by"), line.ended_by),
    ]
    return [(name, value) for name, value in found if value]


class CancelForm(ActFace):
    """Give up what is held, with the reason."""

    def __init__(self, desk: Desk, line: HeldLine) -> None:
        title = words.text("Give up {number}").format(number=line.held.held_no)
        super().__init__(
            desk, title, held_words.place(line.place, line.held), words.text("Give up what is held"), "close"
        )
        self._line = line
        self.reason = LineField(
            words.text("Why it is given up"),
            required=True,
            placeholder=words.text("no name, no story"),
            open_words=True,
            key="end_reason",
        )
        self.reason.line.setMaxLength(MOST_LETTERS)
        watch(desk, self.reason)
        self.add(self.reason)

    def act(self) -> Told:
        done = held_beds.cancel(self.desk, self._line.held.id, self.reason.text())
        told = words.text("{place} is not held any more ({number}).")
        place = held_words.place(self._line.place, self._line.held)
        return Told("ok", told.format(place=place, number=self._line.held.held_no), done)


class HeldRow(Card):
    """One line of the list: place and who, below what became of it, and the button that opens it."""

    def __init__(self, line: HeldLine, desk: Desk) -> None:
        super().__init__()
        one, today = line.held, desk.today()
        self.line = line
        place, who = held_words.place(line.place, one), held_words.who(one.groups)
        told = held_words.told(one, today)
        badge = Badge(held_words.state(one, today), STATES[one.state(today)])
        self.button = Button(words.text("See"), "quiet")
        self.button.setAccessibleName(words.text("See: {what}").format(what=f"{place}, {who}, {told}"))
        if (inside := self.layout()) is not None:
            inside.setContentsMargins(tokens.SPACE_PANEL, tokens.SPACE, tokens.SPACE, tokens.SPACE)
        self.body.setSpacing(0)
        note = (Label(told, size="small", ink="ink2", wrap=True), 1)
        fill(
            self.body,
            in_row((Label(place, bold=True, wrap=True), 1), badge),
            Label(who, wrap=True),
            in_row(note, self.button),
        )


class HeldListFace(Face):
    """Everything that is held, then what is over: nothing of it is lost."""

    opened = Signal(int)  # HeldBedId

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("Held beds"), words.text("for somebody who is expected"))
        self._desk = desk
        self.rows: list[HeldRow] = []
        self._lines = held_beds.register(desk)
        self.more = Button("", "quiet", "down", on_click=self._show_rest)
        holds = [one for one in self._lines if one.held.holds(desk.today())]
        over = self._lines[len(holds) :]
        if not holds:
            self.body.addWidget(Label(words.text("No bed is held now."), ink="ink2", wrap=True))
        self._add(holds)
        if desk.may(Permission.ADMIT_PROVISIONAL):
            self.add_act("hold_new", words.text("Hold a bed…"), "bookmark")
        self._rest = QWidget()
        self._over = in_column(within=self._rest, spacing=tokens.SPACE_HALF)
        if over:
            self.body.addWidget(Label(words.text("Over"), bold=True, ink="ink2"))
        self.body.addWidget(self._rest)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._left = list(over)
        self._show_rest()

    def _add(self, lines: Sequence[HeldLine], over: bool = False) -> None:
        for line in lines:
            row = HeldRow(line, self._desk)
            row.button.clicked.connect(self._clicked)
            self.rows.append(row)
            (self._over if over else self.body).addWidget(row)

    @Slot()
    def _show_rest(self) -> None:
        shown, self._left = self._left[:MOST], self._left[MOST:]
        self._add(shown, over=True)
        self.more.setText(words.count("{n} more", "{n} more", len(self._left)))
        self.more.setVisible(bool(self._left))

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.opened.emit(int(row.line.held.id))

    def set_first(self) -> None:
        if self.rows:
            self.rows[0].button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().set_first()
