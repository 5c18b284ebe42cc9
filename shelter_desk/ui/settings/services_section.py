"""The services as donors name them."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shelter_desk.ui.settings.donor_names_card import DonorNamesCard
from shelter_desk.ui.settings.section import Section

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class ServicesSection(Section):
    """One card that keeps itself."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.names = DonorNamesCard(desk)
        self.names.told.connect(self.told)
        self.column.addWidget(self.names)
        self.column.addStretch(1)

    def look(self) -> None:
        self.names.look()

    def is_editing(self) -> bool:
        return self.names.is_editing()
