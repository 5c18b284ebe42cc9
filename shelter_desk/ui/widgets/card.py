"""Cards: a group of things under one name, what explains a term, and sentences with the icon of their kind."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import IconLabel, Ink, Label, repolish
from shelter_desk.ui.widgets.layouts import Item, in_column, in_row

if TYPE_CHECKING:
    from shelter_desk.ui.widgets.help_mark import HelpMark


class HelpCard(QFrame):
    """Explains a term where the question is asked. formatted: the explanation is Markdown."""

    def __init__(self, title: str, explanation: str, formatted: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "help")
        self.setAccessibleName(title)
        self.text = Label(explanation, ink="ink2", wrap=True)
        if formatted:
            self.text.setTextFormat(QtCore.Qt.TextFormat.MarkdownText)
        head = in_row(IconLabel("help", "accent"), (Label(title, bold=True, wrap=True), 1), spacing=tokens.SPACE)
        in_column(head, self.text, within=self, margins=(tokens.SPACE_2, tokens.SPACE_PANEL))


def fact(icon: str, color: Ink, told: str) -> QHBoxLayout:
    """One sentence, with the icon of its kind."""
    return in_row(
        (IconLabel(icon, color), 0, QtCore.Qt.AlignmentFlag.AlignTop), (Label(told, wrap=True), 1), spacing=tokens.SPACE
    )


class Card(QFrame):
    """A white box with a head (name, second text, badge at right) and a body.

    `body` is the layout to fill; `head` takes more widgets at its right end. folds: below its name where there
    is no room.
    """

    def __init__(
        self,
        title: str = "",
        secondary: str | None = None,
        badge: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        folds: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.title = Label(title, bold=True)
        self.secondary = Label(secondary or "", size="small", ink="ink2")
        self.head = QHBoxLayout()
        if folds:
            from shelter_desk.ui.widgets.flow import Flow  # no card of the start folds

            self.head = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        self.head.setSpacing(tokens.SPACE)
        self.head.addWidget(self.title)
        self.head.addWidget(self.secondary, 1)
        if folds:
            if not secondary:
                self.secondary.hide()  # never shown by hand: it would flash as a window of its own
            self.head.addStretch()
        if badge is not None:
            self.head.addWidget(badge)
        self.body = in_column(spacing=tokens.SPACE)
        self.mark: HelpMark | None = None  # made with its first topic, since no card of the start has one
        around = tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_2
        shown = (self.head,) if title or secondary or badge is not None else ()
        self._whole = in_column(*shown, (self.body, 1), within=self, spacing=tokens.SPACE, margins=around)

    def set_state(self, state: str | None) -> None:
        """Edge in the colour of a state (`ok`, `attention`, `blocked`, `held`), None for the plain edge."""
        self.setProperty("state", state)
        repolish(self)

    def explain(self, topic: str) -> None:
        """Put a "?" into the head that opens the card of this topic above the body; F1 does the same."""
        from shelter_desk.ui.widgets.help_mark import HelpMark

        self.mark = HelpMark(topic, self._whole, 1)
        self.head.insertWidget(1, self.mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == QtCore.Qt.Key.Key_F1 and self.mark is not None:
            from shelter_desk.ui.widgets.help_mark import explains

            if explains(event, self.mark):
                return
        super().keyPressEvent(event)

    def reach_edges(self) -> None:
        """Let the body go as far as the edges, the head keeps its margins: for a list with rows of its own."""
        self.head.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        self._whole.setContentsMargins(1, tokens.SPACE_PANEL, 1, tokens.SPACE_HALF)

    def set_chosen(self, chosen: bool) -> None:
        """The two-pixel edge of what is selected."""
        self.setProperty("chosen", chosen)
        repolish(self)


def table_frame(*items: Item) -> QFrame:
    """A table and what stands below it, in the frame of a card."""
    card = QFrame()
    card.setProperty("role", "card")
    in_column(*items, within=card, spacing=0, margins=(1, tokens.SPACE_HALF))
    return card


def framed(*items: Item, above: int = 0) -> QWidget:
    """The same away from the edges of the page. above: pixels over the frame, where no head stands there."""
    around = QWidget()
    margins = tokens.SPACE_2, above, tokens.SPACE_2, tokens.SPACE_PANEL
    in_column((table_frame(*items), 1), within=around, margins=margins)
    return around


class Alert(QFrame):
    """One alert in a box of its state's colour: icon and sentence."""

    def __init__(
        self, sentence: str, state: str = "attention", small: bool = True, parent: QWidget | None = None
    ) -> None:
        from shelter_desk.ui.widgets.badge import ICONS

        super().__init__(parent)
        self.setProperty("role", "alert")
        self.setProperty("state", state)
        shape = next((name for key, name in ICONS.items() if key == state and name), "info")
        self.sentence = Label(sentence, size="small" if small else "text", wrap=True)
        in_row(
            IconLabel(shape, state if state != "info" else "accent", 20),
            (self.sentence, 1),
            within=self,
            spacing=tokens.SPACE,
            margins=(10, tokens.SPACE),
        )
