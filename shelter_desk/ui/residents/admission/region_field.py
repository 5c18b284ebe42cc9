"""The region somebody comes from: one of Mali's, or free text for another country."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.residents import choices


class RegionField(QWidget):
    """The region, never the village."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._country = ""
        self.of_mali = ChoiceField(words.text("Region of origin"), choices.of("region_ml"))
        self.elsewhere = LineField(words.text("Region of origin"), placeholder=words.text("Region, not the village"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.of_mali)
        whole.addWidget(self.elsewhere)
        self.set_country("ML")

    def set_country(self, country: str) -> None:
        """Ask as fits that nationality."""
        self._country = country
        self.of_mali.setVisible(country in ("ML", ""))
        self.elsewhere.setVisible(country not in ("ML", ""))
        self.setFocusProxy(self.of_mali if country in ("ML", "") else self.elsewhere)

    def region(self) -> str:
        """The code or the text, "" where nothing is said."""
        return (self.of_mali.value() or "") if self._country in ("ML", "") else self.elsewhere.text()

    def draft_value(self) -> list[str]:
        """What a draft keeps of it."""
        return [self.of_mali.value() or "", self.elsewhere.line.text()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept; the form says the country."""
        of_mali, elsewhere = list(value)
        self.of_mali.choose(of_mali or None)
        self.elsewhere.set_text(elsewhere)

    def show_region(self, region: str) -> None:
        """Show what is stored."""
        self.of_mali.choose(region or None)
        self.elsewhere.set_text("" if self.of_mali.value() else region)
