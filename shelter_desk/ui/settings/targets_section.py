"""Targets of a year: beside each indicator what is wanted of it, and the agreement or plan that says so."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStringListModel, Qt, Slot
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import BadNumber, Missing
from shelter_desk.domain.reports.compared import YearTarget
from shelter_desk.domain.reports.synthesis import INDICATORS
from shelter_desk.domain.reports.year_targets import HIGHEST, LONGEST
from shelter_desk.operations.reports import year_targets
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told, refuse
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

_NUMBER = 110


class TargetLine(QObject):
    """The two fields of one indicator; empty, there is no target."""

    def __init__(self, desk: "Desk", figure: str, used: QStringListModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.figure, self.name = figure, report_words.headline(figure)
        told = words.text("{figure}: agreement or plan").format(figure=self.name)
        self.number = NumberField(self.name, 1, HIGHEST)
        self.number.setFixedWidth(tokens.wide(_NUMBER))
        self.source = LineField(told, open_words=True)
        self.source.line.setMaxLength(LONGEST)
        completer = QCompleter(used, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.source.line.setCompleter(completer)
        for field in (self.number, self.source):
            field.label.hide()
        watch(desk, self.source)

    def show_kept(self, kept: YearTarget | None) -> None:
        """Show what is kept of it, nothing where there is no target."""
        self.number.set_number(None if kept is None else kept.value)
        self.source.set_text("" if kept is None else kept.source)

    def typed(self) -> YearTarget | None:
        """What is typed, 0 for a number that is none; None where nothing is."""
        source = self.source.text()
        if not source and not self.number.line.text().strip():
            return None
        return YearTarget(self.figure, self.number.number() or 0, source)


class TargetsSection(Section):
    """A year, then a line for each indicator that is counted over a year; one button keeps them all."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        card = Card(words.text("Targets of the year"))
        self._kept: tuple[YearTarget, ...] = ()
        self._of = desk.today().year  # whose targets stand in the lines
        self._used = QStringListModel(self)
        self.year = ChoiceField(words.text("Year"), value=None)
        self.year.setFixedWidth(tokens.wide(160))
        self.lines = {key: TargetLine(desk, key, self._used, card) for key in INDICATORS}
        self.keep_button = Button(words.text("Save the targets"), "primary", "save", on_click=self.keep)
        hint = words.text(
            "The first page of the workbook and the report sent to other programs show each target beside what was "
            "reached since January, each person once. A closed month keeps the targets that it was closed with. "
            "Where a number is empty there is no target; a year has at most ten."
        )
        fill(
            card.body,
            Label(hint, size="small", ink="ink2", wrap=True),
            in_row(self.year, STRETCH, (self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)),
            self._grid(),
        )
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.year.chosen.connect(self._turn)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        grid.setColumnStretch(2, 1)
        heads = words.text("Indicator"), words.text("Target"), words.text("Agreement or plan")
        for column, head in enumerate(heads):
            grid.addWidget(Label(head, size="small", bold=True, ink="ink2"), 0, column)
        for row, line in enumerate(self.lines.values(), 1):
            name = Label(line.name, wrap=True)
            name.setMinimumWidth(tokens.wide(260))
            grid.addWidget(name, row, 0)
            grid.addWidget(line.number, row, 1)
            grid.addWidget(line.source, row, 2)
        return grid

    def refresh(self) -> None:
        years = [(str(year), str(year)) for year in year_targets.years(self.desk)]
        self.year.set_choices(years)
        self.year.choose(str(self._of))
        self._kept = year_targets.targets(self.desk, self._of)
        kept = {one.figure: one for one in self._kept}
        for key, line in self.lines.items():
            line.show_kept(kept.get(key))
        self._used.setStringList(list(dict.fromkeys(one.source for one in self._kept)))

    def typed(self) -> list[YearTarget]:
        """What stands in the lines, empty ones left out."""
        return [one for one in (line.typed() for line in self.lines.values()) if one is not None]

    def is_editing(self) -> bool:
        return set(self.typed()) != set(self._kept)

    @Slot(str)
    def _turn(self, year: str) -> None:
        """Another year; what was typed for the one before is kept first, and where that is refused it stays."""
        if self.is_editing():
            self.keep()
        if self.is_editing():
            self.year.choose(str(self._of))
            return
        self._of = int(year)
        self.refresh()

    @Slot()
    def keep(self) -> None:
        """These targets for this year from now on, or what is wrong beside its field."""
        typed = self.typed()
        with refusals_told(self.told):
            try:
                done = year_targets.keep(self.desk, self._of, typed)
            except BadNumber as error:
                told = words.text("A number from {least} to {most}.")
                refuse(self.lines[error.field].number, told.format(least=1, most=formats.number(HIGHEST)))
                return
            except Missing as error:
                refuse(self.lines[error.field].source, sentence(Missing("source")))
                return
            self.told.emit(Told("ok", words.text("Targets of {year} saved.").format(year=self._of), done))
        self.refresh()
