"""Questions before what has an effect on others: the effect in one sentence, the verb on the button."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, ScrollArea, in_column, in_row

Watching: TypeAlias = Callable[[LineField], None]
_WIDE = 480  # pixels of a question, where the text is not enlarged


class Question(GuidedDialog):
    """A question as title, its effect, a text if one is asked for, "Close" at left of the verb.

    watching: is given the field of that text where any words may be typed, so that they are watched.
    Nothing dangerous is the default: then the focus is on "Close" and Enter closes.
    """

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        effect: str,
        verb: str,
        danger: bool = False,
        field_label: str | None = None,
        required: bool = False,
        icon: str | None = None,
        watching: Watching | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setModal(True)
        self.setProperty("role", "question")
        self.setMinimumWidth(tokens.wide(_WIDE))
        self._required = required
        self.verb = Button(verb, kind="danger" if danger else "primary", icon=icon, on_click=self.accept)
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        self.field: QLineEdit | None = None
        told = QuestionText(question, effect)
        whole = in_column((told, 1), within=self, spacing=tokens.SPACE, margins=tokens.SPACE_2)
        if field_label is not None:
            self._ask_for(field_label, whole, watching)
        whole.addLayout(in_row(STRETCH, self.close_button, self.verb, margins=(0, tokens.SPACE_PANEL, 0, 0)))
        first = self.close_button if danger else self.verb
        first.setDefault(True)
        (self.field or first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for(self, label: str, whole: QVBoxLayout, watching: Watching | None) -> None:
        optional = "" if self._required else words.text("optional")
        asked = LineField(label, self._required, optional, open_words=watching is not None)
        self.field = asked.line
        self.field.textChanged.connect(self._typed)
        whole.addWidget(asked)
        if watching is not None:
            watching(asked)
        self._typed(self.field.text())

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.verb.setEnabled(bool(text.strip()) or not self._required)

    def answer(self) -> str:
        """What was typed, "" when nothing was asked for or typed."""
        return self.field.text().strip() if self.field is not None else ""


class QuestionText(ScrollArea):
    """The question and its effect, as high as they are; they scroll where the screen is lower."""

    def __init__(self, question: str, effect: str) -> None:
        super().__init__()
        inner = self._inner = QWidget()
        inner.setProperty("role", "scrolled")
        told = Label(question, bold=True, wrap=True), Label(effect, ink="ink2", wrap=True)
        in_column(*told, STRETCH, within=inner, spacing=tokens.SPACE)
        self.setAccessibleName(f"{question} {effect}")  # Tab stops here: what is long is scrolled by keys
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    def sizeHint(self) -> QSize:
        wide = tokens.wide(_WIDE) - 2 * tokens.SPACE_2
        return QSize(wide, self._inner.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), tokens.high(240)))


def _show(question: Question) -> str | None:
    return question.answer() if question.exec() == QDialog.DialogCode.Accepted else None


_answer: list[Callable[[Question], str | None]] = [_show]


def answer_with(answering: Callable[[Question], str | None] | None) -> None:
    """Tests: answer every question from now on with this; None shows them again."""
    _answer[0] = answering or _show


def ask(
    parent: QWidget | None,
    question: str,
    effect: str,
    verb: str,
    danger: bool = False,
    field_label: str | None = None,
    required: bool = False,
    icon: str | None = None,
    watching: Watching | None = None,
) -> str | None:
    """Ask before doing; None when closed, else the text typed ("" when no field was asked for).

    required: the verb stays off until something is typed in the field. For open words: `ask_words`.
    """
    asked = Question(parent, question, effect, verb, danger, field_label, required, icon, watching)
    try:
        with asking():
            return _answer[0](asked)
    finally:
        asked.deleteLater()
