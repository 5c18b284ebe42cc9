"""Beside a slip: each thing that would go out, a kit opened, from which lot, and what is left of it then."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.stock.outgoing import Outgoing
from shelter_desk.ui import tokens
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label, RuleLine, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class SlipContent(Card):
    """Item and lot, how much is given, how much is left; below them the services that are counted for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("What goes out"), parent=parent)
        self.lines: tuple[Outgoing, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setVerticalSpacing(tokens.SPACE_HALF)
        self._grid.setColumnStretch(0, 1)
        self.nothing = Label(words.text("Nothing yet: choose an item or a kit, and how much."), ink="ink2", wrap=True)
        self.counted = Label(bold=True)
        self.service = Alert("", "info", parent=self)
        self.service.hide()
        fill(self.body, self.nothing, self._grid, self.counted, self.service, STRETCH)

    def show_lines(self, lines: Sequence[Outgoing], services: Sequence[str]) -> None:
        """These lines from now on. services: what is counted for them, in words."""
        told = words.text("Counted as a service: {services}.").format(services=", ".join(services))
        self.service.sentence.setText(told)
        self.service.setVisible(bool(services) and bool(lines))
        if tuple(lines) == self.lines:
            return
        self.lines = tuple(lines)
        empty(self._grid)
        self.nothing.setVisible(not lines)
        self.counted.setText(words.count("{n} item", "{n} items", len({one.item.id for one in lines})))
        self.counted.setVisible(bool(lines))
        if lines:
            self._head()
        for at, one in enumerate(lines):
            self._add(2 * at + 2, one)

    def _head(self) -> None:
        named = words.text("Item, lot"), words.text("Given"), words.text("Rest")
        for column, text in enumerate(named):
            head = Label(text, size="small", bold=True, ink="ink2")
            self._grid.addWidget(head, 0, column, _RIGHT if column else Qt.AlignmentFlag.AlignTop)

    def _add(self, row: int, one: Outgoing) -> None:
        named = QWidget()
        lots = Label(" + ".join(amounts.lot(lot) for lot in one.lots), size="small", ink="ink2", wrap=True)
        if not one.lots:
            lots.hide()
        in_column(Label(one.item.designation, wrap=True), lots, within=named, spacing=0)
        left = Label(amounts.bare(one.rest), ink="ink2")
        if one.rest < 0:
            left = Label(words.text("lacks {n}").format(n=amounts.bare(-one.rest)), bold=True, ink="blocked")
        self._grid.addWidget(RuleLine(), row - 1, 0, 1, 3)
        self._grid.addWidget(named, row, 0)
        self._grid.addWidget(Label(amounts.said(one.amount, one.item), bold=True), row, 1, _RIGHT)
        self._grid.addWidget(left, row, 2, _RIGHT)
