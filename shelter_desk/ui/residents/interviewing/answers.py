"""Answers to indicators, one line each by one key or a click; what they show: act, means, purpose."""

from collections.abc import Mapping, Sequence
from typing import get_args

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.identification import PARTS, Part, Reading
from shelter_desk.domain.casefile.interviews import Answer
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.casefile import interviews as interview_words


class ReadingCard(Card):
    """Three marks and a sentence. It says of itself that it never decides."""

    def __init__(self, reading: Reading, in_a_row: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Reading"), parent=parent)
        self.explain("acte_moyen_but")
        self.marks = {part: Badge("") for part in PARTS}
        self.advice = Label(wrap=True)
        self.practices = Label(size="small", ink="ink2", wrap=True)
        marks: QBoxLayout = Flow(tokens.SPACE_2, tokens.SPACE_HALF) if in_a_row else QVBoxLayout()
        marks.setSpacing(tokens.SPACE_HALF)
        for part, mark in self.marks.items():
            name = Label(interview_words.part(part), bold=True)
            row = in_row(name, mark, spacing=tokens.SPACE)
            if not in_a_row:
                name.setMinimumWidth(tokens.wide(52))
                row.addStretch(1)
            marks.addLayout(row)
        never = words.text("It helps, it never decides: a trained person decides, with a reason.")
        told = Label(never, size="small", ink="ink2", wrap=True)
        fill(self.body, marks, self.advice, self.practices, told)
        self.show_reading(reading)

    def show_reading(self, reading: Reading) -> None:
        """Show that reading from now on."""
        for part, mark in self.marks.items():
            mark.say(*_mark(part, reading))
        self.advice.setText(interview_words.advice(reading))
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


NOT_ASKED: Answer = "non_demande"
# the letters of the French answers, whatever language is spoken, so that a hand keeps its habit
KEYS: Mapping[Qt.Key, Answer] = {
    Qt.Key.Key_O: "oui",
    Qt.Key.Key_N: "non",
    Qt.Key.Key_S: "ne_sait_pas",
    Qt.Key.Key_R: "refus",
    Qt.Key.Key_D: "non_demande",
}


class AnswerLines(QWidget):
    """Questions one below the other, "not asked" at first; a key answers and goes to the next."""

    changed = Signal()
    left = Signal()  # the last question was answered by a key
    reached = Signal(QWidget)  # the line that has the focus now

    def __init__(self, indicators: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = {code: AnswerLine(code) for code in indicators}
        in_column(*self.lines.values(), within=self, spacing=tokens.SPACE)
        for line in self.lines.values():
            line.answered.connect(self.changed)
            line.passed.connect(self._passed)
        self.setFocusProxy(next(iter(self.lines.values())))

    def values(self) -> dict[str, Answer]:
        """The answers to what was asked."""
        said = {code: line.value() for code, line in self.lines.items()}
        return {code: answer for code, answer in said.items() if answer != NOT_ASKED}

    def choose(self, values: Mapping[str, Answer]) -> None:
        """Show these answers, "not asked" for the rest."""
        for code, line in self.lines.items():
            line.segments.choose(values.get(code, NOT_ASKED))

    def draft_value(self) -> list[str]:
        """What a draft keeps of it."""
        return [f"{code}={answer}" for code, answer in self.values().items()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        told = dict(one.split("=", 1) for one in value if "=" in one)
        answers = {answer: answer for answer in get_args(Answer)}
        self.choose({code: answers[answer] for code, answer in told.items() if answer in answers})

    @Slot(str)
    def _passed(self, code: str) -> None:
        order = list(self.lines)
        place = order.index(code) + 1
        if place == len(order):
            self.left.emit()
            return
        following = self.lines[order[place]]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        self.reached.emit(following)


class AnswerLine(QWidget):
    """One indicator with its five answers."""

    answered = Signal()
    passed = Signal(str)  # the indicator, answered by a key

    def __init__(self, indicator: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.indicator = indicator
        question = words.label("tip_indicator", indicator)
        options = [(answer, short(answer)) for answer in KEYS.values()]
        self.segments = Segments(options, NOT_ASKED, question)
        for answer in KEYS.values():
            told = words.text("{question}: {answer}").format(question=question, answer=words.label("answer5", answer))
            self.segments.segment(answer).setAccessibleName(told)
        self.segments.chosen.connect(self.answered)
        self.setFocusProxy(self.segments)
        in_column(Label(question, wrap=True), self.segments, within=self, spacing=tokens.SPACE_HALF)

    def value(self) -> Answer:
        """The answer shown."""
        chosen = self.segments.value()
        return next((answer for answer in KEYS.values() if answer == chosen), NOT_ASKED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.NoModifier
        if answer is None or not plain:
            super().keyPressEvent(event)
            return
        self.segments.choose(answer)
        self.answered.emit()
        self.passed.emit(self.indicator)


def short(answer: Answer) -> str:
    """An answer as its button says it."""
    return {
        "oui": words.text("Yes"),
        "non": words.text("No"),
        "ne_sait_pas": words.text("Does not know"),
        "refus": words.text("Declines"),
        "non_demande": words.text("Not asked"),
    }[answer]


def hint() -> str:
    """Which key gives which answer."""
    return words.text("One key answers: o yes, n no, s does not know, r declines, d not asked.")
