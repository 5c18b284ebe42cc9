"""The year that a list is kept to: a chip that takes it away, else one that offers the years there are."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.chips import Chip
from shelter_desk.ui.widgets.layouts import in_row


class YearFilter(QWidget):
    """The newest year there is until somebody chooses another one, or none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.year: int | None = None  # the one kept, None for every year
        self._years: list[int] = []
        self._is_chosen = False
        self.choose_button = Chip(words.text("Year"))
        self.choose_button.setCheckable(False)
        self.kept = Chip("", kept=True)
        in_row(self.choose_button, self.kept, within=self)
        self.choose_button.clicked.connect(self._offer)
        self.kept.clicked.connect(self._drop)

    def offer(self, years: Iterable[int]) -> None:
        """The years there are. Nothing is said of a change: the list is shown afterwards."""
        self._years = sorted(set(years), reverse=True)
        if not self._is_chosen:
            self.year = next(iter(self._years), None)
        self._show()

    def keep(self, year: int | None, _on: bool = False) -> None:
        """That year alone, None for all of them."""
        at = self.focusWidget()
        self.year, self._is_chosen = year, True
        self._show()
        if at is not None:
            (self.choose_button if year is None else self.kept).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def holds(self, year: int) -> bool:
        """Whether what is of that year is listed."""
        return self.year in (None, year)

    def _show(self) -> None:
        self.kept.setText("" if self.year is None else str(self.year))
        self.kept.setAccessibleName(words.text("Remove the filter {what}").format(what=self.year))
        self.kept.updateGeometry()
        self.kept.setVisible(self.year is not None)
        self.choose_button.setVisible(self.year is None and bool(self._years))

    @Slot()
    def _drop(self) -> None:
        self.keep(None)

    @Slot()
    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for year in self._years:
            menu.addAction(str(year)).triggered.connect(partial(self.keep, year))
        menu.popup(self.choose_button.mapToGlobal(QPoint(0, self.choose_button.height() + tokens.SPACE_HALF)))
