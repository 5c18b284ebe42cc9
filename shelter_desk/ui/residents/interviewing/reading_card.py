"""What the answers show: act, means, purpose, and what that suggests."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.identification import PARTS, Part, Reading
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import interviews as in_words


class ReadingCard(Card):
    """Three marks and a sentence. It says of itself that it never decides."""

    def __init__(self, reading: Reading, in_a_row: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Reading"), parent=parent)
        self.explain("acte_moyen_but")
        self.marks = {part: Badge("") for part in PARTS}
        self.advice = Label(wrap=True)
        self.practices = Label(size="small", ink="ink2", wrap=True)
        marks = QHBoxLayout() if in_a_row else QVBoxLayout()
        marks.setSpacing(tokens.SPACE_2 if in_a_row else tokens.SPACE_HALF)
        for part, mark in self.marks.items():
            row = QHBoxLayout()
            row.setSpacing(tokens.SPACE)
            name = Label(in_words.part(part), bold=True)
            if not in_a_row:
                name.setMinimumWidth(tokens.wide(52))
            row.addWidget(name)
            row.addWidget(mark)
            row.addStretch(0 if in_a_row else 1)
            marks.addLayout(row)
        if in_a_row:
            marks.addStretch(1)
        self.body.addLayout(marks)
        self.body.addWidget(self.advice)
        self.body.addWidget(self.practices)
        never = words.text("It helps, it never decides: a trained person decides, with a reason.")
        self.body.addWidget(Label(never, size="small", ink="ink2", wrap=True))
        self.show_reading(reading)

    def show_reading(self, reading: Reading) -> None:
        """Show that reading from now on."""
        for part, mark in self.marks.items():
            mark.say(*_mark(part, reading))
        self.advice.setText(in_words.advice(reading))
        practices = ", ".join(words.label("assimilated_practice", code) for code in reading.practices)
        self.practices.setText(words.text("Told apart from trafficking: {practices}.").format(practices=practices))
        self.practices.setVisible(bool(practices))


def _mark(part: Part, reading: Reading) -> tuple[str, State, str | None]:
    there = {"act": reading.act, "means": reading.means, "purpose": reading.purpose}[part]
    if there:
        return words.text("there"), "accent", "check"
    if part == "means" and not reading.means_needed:
        return words.text("not needed"), "neutral", ""
    return words.text("not seen"), "neutral", ""
