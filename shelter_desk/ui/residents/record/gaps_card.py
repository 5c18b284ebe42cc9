"""The card of what is missing in a record."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui.residents.record.missing import Gap
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label


class GapsCard(Card):
    """How many answers are missing, each a row that opens the form that asks for it."""

    wanted = Signal(object)  # Gap

    def __init__(self, gaps: Sequence[Gap], may: bool, parent: QWidget | None = None) -> None:
        badge = Badge(str(len(gaps)), "attention" if gaps else "ok")
        super().__init__(words.text("To complete"), badge=badge, parent=parent)
        self.rows: dict[str, Button] = {}
        if not gaps:
            self.body.addWidget(Label(words.text("Nothing is missing."), size="small", ink="ink2"))
        for gap in gaps:
            row = Button(gap.title, "action", "pencil")
            row.setProperty("gap", gap)
            row.setEnabled(may)
            row.clicked.connect(self._clicked)
            self.body.addWidget(row)
            self.rows[gap.field] = row
            if gap.why:
                self.body.addWidget(Label(gap.why, size="small", ink="ink2", wrap=True))

    @Slot()
    def _clicked(self) -> None:
        self.wanted.emit(self.sender().property("gap"))
