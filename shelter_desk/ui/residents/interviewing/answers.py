"""Answers to indicators: one line each, answered by one key or a click."""

from collections.abc import Mapping, Sequence
from typing import get_args

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.interviews import Answer
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments

NOT_ASKED: Answer = "non_demande"
# the letters of the French answers, whatever language is spoken, so that a hand keeps its habit
KEYS: Mapping[Qt.Key, Answer] = {
    Qt.Key.Key_O: "oui",
    Qt.Key.Key_N: "non",
    Qt.Key.Key_S: "ne_sait_pas",
    Qt.Key.Key_R: "refus",
    Qt.Key.Key_D: "non_demande",
}


class Answers(QWidget):
    """Questions one below the other, "not asked" at first; a key answers and goes to the next."""

    changed = Signal()
    left = Signal()  # the last question was answered by a key
    reached = Signal(QWidget)  # the line that has the focus now

    def __init__(self, indicators: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = {code: AnswerLine(code) for code in indicators}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE)
        for line in self.lines.values():
            line.answered.connect(self.changed)
            line.passed.connect(self._passed)
            whole.addWidget(line)
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
        self.segments.chosen.connect(self._chosen)
        self.setFocusProxy(self.segments)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_HALF)
        whole.addWidget(Label(question, wrap=True))
        whole.addWidget(self.segments)

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

    @Slot(str)
    def _chosen(self, _answer: str) -> None:
        self.answered.emit()


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
