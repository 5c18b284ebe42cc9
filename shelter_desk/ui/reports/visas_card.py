"""Who signed which tables of a month that is to be closed, and the button of who answers for some of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.visas import VisaStanding, part_of
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import cover as cover_words
from shelter_desk.words.reports import reports as report_words


class VisasCard(Card):
    """A line a part of the tables; signed with one key, in one's own session."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("Visas"))
        self._desk, self._part = desk, part_of(desk.role)
        self._period: Period | None = None
        self.lines = QVBoxLayout()
        self.lines.setSpacing(tokens.SPACE)
        self.sign = Button(words.text("Sign"), icon="check", on_click=self._sign)
        fill(self.body, self.lines, in_row(STRETCH, self.sign))
        self.hide()

    def show_visas(self, period: Period, found: Sequence[VisaStanding]) -> None:
        """Those of that month; nothing where there are none to be given."""
        self._period = period
        empty(self.lines)
        for one in found:
            line = QWidget()
            in_row((Label(cover_words.visa_of(one.part), wrap=True), 1), visa_badge(one), within=line)
            fill(self.lines, line)
        own = next((one for one in found if one.part == self._part), None)
        self.sign.setVisible(own is not None and own.visa is None)
        if self._part is not None:
            self.sign.setAccessibleName(words.text("Sign: {tables}").format(tables=cover_words.visa_of(self._part)))
        self.setVisible(bool(found))

    @Slot()
    def _sign(self) -> None:
        if self._period is None:
            return
        try:
            done = annotations.sign(self._desk, self._period)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        told = words.text("{month}: your tables are signed.").format(month=report_words.period(self._period))
        self.told.emit(Told("ok", told, done=done))


def visa_badge(found: VisaStanding) -> Badge:
    """The visa that holds, that there is none, or that a figure moved since."""
    if found.visa is not None:
        return Badge(cover_words.visa(found.visa), "ok")
    if found.is_withdrawn:
        return Badge(words.text("withdrawn: a figure moved"), "attention")
    return Badge(words.text("without a visa"))
