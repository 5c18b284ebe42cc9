"""Every help card in one list, with the norms and the texts that the work rests on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.ui import tokens
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.card import HelpCard
from shelter_desk.ui.widgets.help_mark import topic_card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words.help import explanation, topics

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

_LIST = 330


class HelpSection(Section):
    """A list of terms; the arrows go through it, the card stands beside."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        told = words.text("The same cards open where a question is asked: click the “?” beside it, or press F1.")
        self.column.addWidget(Label(told, ink="ink2", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(words.text("Terms"))
        self.list.setProperty("role", "popup")
        self.list.setFixedWidth(tokens.wide(_LIST))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in sorted((explanation(topic) for topic in topics()), key=lambda told: codes.folded(told.title)):
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.topic)
            item.setToolTip(one.title)
            item.setSizeHint(QSize(0, tokens.high(30)))
            self.list.addItem(item)
        self.list.currentItemChanged.connect(self._show)
        self.card: HelpCard | None = None
        self._beside = in_column(STRETCH)
        row = in_row(self.list, (self._beside, 1), spacing=tokens.SPACE_2)
        self.column.addLayout(row, 1)
        self.setFocusProxy(self.list)
        self.list.setCurrentRow(0)

    @Slot(QListWidgetItem)
    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        if self.card is not None:
            self._beside.removeWidget(self.card)
            self.card.deleteLater()
        self.card = topic_card(str(item.data(Qt.ItemDataRole.UserRole)))
        self._beside.insertWidget(0, self.card)
