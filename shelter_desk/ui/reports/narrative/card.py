"""Beside the figures of a month: how far its text is, and the way to it."""

from PySide6.QtCore import Signal

from shelter_desk import words
from shelter_desk.operations.reports.narratives import NarrativeTerms
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row


class NarrativeCard(Card):
    """One line: what is said, what waits to be renewed. may_write: who writes it, and not who reads it alone."""

    wanted = Signal()

    def __init__(self, *, may_write: bool) -> None:
        self.open = Button("", kind="quiet", icon="pencil")
        super().__init__(words.text("Text of the month"), badge=self.open)
        self.open.clicked.connect(self.wanted)
        self._may_write = may_write
        self.badge = Badge("", "neutral")
        fill(self.body, in_row(self.badge, STRETCH))
        self.hide()

    def show_narrative(self, found: NarrativeTerms | None) -> None:
        """Of a calendar month; nothing of other periods."""
        self.setVisible(found is not None)
        if found is None:
            return
        can_be_written = self._may_write and not found.report.version
        self.open.setText(words.text("Write the text…") if can_be_written else words.text("Read…"))
        self.open.set_icon("pencil" if can_be_written else "document")
        if found.moved:
            told = words.count("{n} to renew: figures have changed", "{n} to renew: figures have changed", found.moved)
            self.badge.say(told, "attention")
        elif found.said:
            self.badge.say(words.count("{n} sentence", "{n} sentences", found.said), "ok")
        else:
            self.badge.say(words.text("nothing written"), "neutral")
