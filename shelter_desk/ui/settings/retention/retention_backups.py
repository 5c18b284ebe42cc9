"""Which backups still hold data that were erased since, and until when."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.residents import retention
from shelter_desk.operations.residents.retention import Holding, StillHolding
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.lists.table import Column, Rows, Table
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

MOST_ROWS = 6


class HoldingCard(Card):
    """Asked on the worker, since a stick may be slow, whenever it is shown."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Backups that still hold erased data"), "", parent=parent)
        self._desk = desk
        self.state = Label(ink="ink2", wrap=True)
        self.rows: Rows[Holding] = Rows(
            [
                Column(words.text("Backup of"), lambda one: formats.moment(one.made_at), bold=True),
                Column(words.text("Where"), _where),
                Column(words.text("Erased since"), lambda one: formats.number(one.identities), alignment="right"),
                Column(
                    words.text("Kept until"), lambda one: formats.NONE if one.until is None else formats.day(one.until)
                ),
            ]
        )
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Backups that still hold erased data"))
        self.elsewhere, self.away = Alert("", "attention"), Alert("", "attention")
        later = words.text("Reckoned with a backup every day; with fewer, these stay longer.")
        again = words.text("Whoever brings one of these back has the data again: erase them once more then.")
        self.notes = [Label(told, size="small", ink="ink2", wrap=True) for told in (later, again)]
        for widget in (self.state, self.table, *self.notes, self.elsewhere, self.away):
            self.body.addWidget(widget)
        self._show(StillHolding())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Ask, when somebody sees it."""
        desk = self._desk
        if self.isVisible():
            tasks.run(lambda: retention.backups_still_holding(desk), self._show, self._failed)

    def _show(self, found: StillHolding) -> None:
        self.rows.show(found.known)
        self.table.fit()
        self.table.setFixedHeight(tokens.high(32) * (min(MOST_ROWS, len(found.known)) + 1) + 4)
        for widget in (self.table, *self.notes):
            widget.setVisible(bool(found.known))
        self.state.setText(words.text("None that is known."))
        self.state.setVisible(not (found.known or found.elsewhere))
        self.elsewhere.setVisible(bool(found.elsewhere))
        if found.elsewhere:
            n, day = len(found.elsewhere), formats.day(found.elsewhere[-1].date())
            made = words.count("{n} backup made by hand", "{n} backups made by hand", n)
            told = words.text("Not here: {backups}, the last one on {day}. Look on the sticks.")
            self.elsewhere.sentence.setText(told.format(backups=made, day=day))
        self.away.sentence.setText(words.text("The second place is not there: its copies are not counted."))
        self.away.setVisible(found.is_second_away)

    def _failed(self, error: ShelterDeskError) -> None:
        self.state.setText(sentence(error))
        self.state.show()


def _where(one: Holding) -> str:
    if one.where == ("second",):
        return words.text("second place")
    return words.text("this computer") if one.where == ("here",) else words.text("this computer and second place")
