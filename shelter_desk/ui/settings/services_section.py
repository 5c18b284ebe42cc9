"""The services that the shelter added, and all of them as donors name them."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shelter_desk.ui.settings.donor_names_card import DonorNamesCard
from shelter_desk.ui.settings.kinds_card import KindsCard
from shelter_desk.ui.settings.section import Section

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class ServicesSection(Section):
    """Two cards that keep themselves."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.kinds, self.names = KindsCard(desk), DonorNamesCard(desk)
        for card in (self.kinds, self.names):
            card.told.connect(self.told)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def look(self) -> None:
        self.kinds.look()
        self.names.look()

    def is_editing(self) -> bool:
        return self.kinds.is_editing() or self.names.is_editing()
