"""A donor's own workbook filled: chosen, its cells reviewed and pointed to, a copy written, its cells listed.

The cells of a donor's workbook as they are reviewed, and as they stand after.

What filling a donor's workbook does beside the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.references import References
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import donor_workbooks
from shelter_desk.operations.reports.donor_workbooks import Book, Filled, Pointed, Target
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending import gate
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.window_place import widen
from shelter_desk.words.assistance import how_found, over_hidden, why_not_written
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words


@dataclass(frozen=True, slots=True)
class Looked:
    """A workbook that was read, and the cells pointed to in one of its shape."""

    book: Book
    pointed: tuple[Pointed, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The figures as one reader sees them, every cell meant for one, and the formulas that count a hidden one as 0."""

    known: References
    targets: tuple[Target, ...]
    over_hidden: tuple[tuple[str, str], ...]


def looked(desk: Desk, path: Path) -> Looked:
    """Read the workbook."""
    return Looked(*donor_workbooks.look(desk, path))


def planned(month: Month, profile: Profile, book: Book, pointed: Sequence[Pointed]) -> Planned:
    """What would be written for that reader."""
    known = donor_workbooks.references(month, profile)
    targets = donor_workbooks.plan(known, book, pointed)
    return Planned(known, targets, donor_workbooks.over_hidden(book, targets))


def columns(month: Month) -> list[TableColumn[Target]]:
    """Where, what was there, what will be written, or why nothing will."""

    def figure(one: Target) -> str:
        return donor_workbooks.figure_said(one, month)

    return [
        TableColumn(words.text("Sheet"), lambda one: one.sheet, lambda one: one.sheet),
        TableColumn(words.text("Cell"), lambda one: one.cell, bold=True),
        TableColumn(words.text("There now"), lambda one: one.before, tooltip=lambda one: one.before),
        TableColumn(words.text("Value"), _written, tooltip=_written),
        TableColumn(words.text("Figure"), figure, figure, tooltip=figure),
        TableColumn(words.text("Found by, or why not"), _why, _why, ink=_ink, tooltip=_why),
    ]


def _written(one: Target) -> str:
    """What the cell will say; the mark of a hidden number, and the dash of a rate without one, are empty cells."""
    if not one.is_written:
        return ""
    return one.told if isinstance(one.told, str) else report_words.value(one.told)


def _why(one: Target) -> str:
    if one.is_hidden:
        return words.text("hidden: the cell stays empty")
    return why_not_written(one.why_not) or how_found(one.how, one.asked)


def _ink(one: Target) -> str | None:
    return "ink2" if one.is_written else "attention"


def counted(targets: tuple[Target, ...]) -> str:
    """How many cells will be written, and how many cannot."""
    written = sum(one.is_written for one in targets)
    will = words.count("{n} cell will be written.", "{n} cells will be written.", written)
    if written == len(targets):
        return will
    cannot = words.count("{n} cell stays as it is.", "{n} cells stay as they are.", len(targets) - written)
    return words.text("{first} {second}").format(first=will, second=cannot)


KINDS = "Excel (*.xlsx *.xlsm)"
READERS: dict[str, Profile] = {"partenaire": "partenaire", "public": "public", "interne": "interne"}


class FillDialog(GuidedDialog):
    """Nothing is written before the verb, and never into the workbook of the donor itself."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._month = desk, month
        self.looked: Looked | None = None
        self.planned: Planned | None = None
        self.gate: GateDialog | None = None
        self.pointed: list[Pointed] = []
        title = words.text("Fill a donor’s workbook: {month}").format(month=report_words.period(month.report.period))
        self.setWindowTitle(title)
        self.setProperty("role", "question")
        widen(self, tokens.wide(1060), tokens.high(620))
        self.choose_button = Button(
            words.text("Choose the donor’s workbook…"), "primary", "import", on_click=self.choose
        )
        self.file_label = Label(words.text("No workbook chosen yet."), ink="ink2")
        self.reader = ChoiceField(words.text("For whom"), _readers(), "partenaire")
        self.reader.setFixedWidth(tokens.wide(260))
        self.reader.explain("classeur_bailleur")
        self.rows: TableRows[Target] = TableRows(columns(month), self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Cells of the workbook"))
        self.counted = Label("", bold=True, wrap=True)
        self.problem = Label("", ink="blocked", wrap=True)
        self.problem.hide()
        self.hidden = Label("", size="small", ink="ink2", wrap=True)
        self.hidden.hide()
        self.too_small = Label("", ink="attention", wrap=True)
        self.too_small.hide()
        self.sheet = ChoiceField(words.text("Sheet"))
        self.sheet.setFixedWidth(tokens.wide(190))
        self.cell = LineField(words.text("Cell"), placeholder="B4")
        self.cell.setFixedWidth(tokens.wide(80))
        self.figure = ChoiceField(words.text("Figure"))
        self.add_button = Button(words.text("Point to this cell"), "plain", "plus", on_click=self.point)
        self.forget_button = Button(words.text("Forget this cell"), "quiet", "close", on_click=self.forget)
        self.forget_button.setEnabled(False)
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        self.write_button = Button(words.text("Write a filled copy…"), "primary", "document", on_click=self.write)
        self.write_button.setEnabled(False)
        self.reader.chosen.connect(self._reader_chosen)
        self.table.selected.connect(self._selected)
        self.cell.line.returnPressed.connect(self.figure.setFocus)
        self._lay_out(title)

    def _lay_out(self, title: str) -> None:
        hint = words.text(
            "Shelter Desk looks for cells with a marker such as {marker}, for names such as {name}, and takes the "
            "cells that you point to below. The donor’s file stays as it is: a copy is written."
        )
        hint = hint.format(marker="{{t2.entries}}", name="t2_entries")
        head = in_row(
            (self.choose_button, 0, Qt.AlignmentFlag.AlignBottom),
            (self.file_label, 1, Qt.AlignmentFlag.AlignBottom),
            self.reader,
            spacing=tokens.SPACE_2,
        )
        self.pointing = QWidget()
        in_row(
            (self.sheet, 0, Qt.AlignmentFlag.AlignTop),
            (self.cell, 0, Qt.AlignmentFlag.AlignTop),
            (self.figure, 1, Qt.AlignmentFlag.AlignTop),
            (self.add_button, 0, Qt.AlignmentFlag.AlignBottom),
            (self.forget_button, 0, Qt.AlignmentFlag.AlignBottom),
            within=self.pointing,
            spacing=tokens.SPACE,
        )
        self.pointing.setEnabled(False)
        in_column(
            Label(title, bold=True, wrap=True),
            Label(hint, size="small", ink="ink2", wrap=True),
            head,
            self.problem,
            (self.table, 1),
            self.hidden,
            self.too_small,
            self.pointing,
            in_row((self.counted, 1), self.close_button, self.write_button),
            within=self,
            spacing=tokens.SPACE,
            margins=tokens.SPACE_2,
        )

    # The workbook -----------------------------------------------------------------------------------------------------

    @Slot()
    def choose(self) -> None:
        """Ask for the file of the donor."""
        path = files.choose_to_open(self, words.text("The donor’s workbook"), KINDS)
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Read it beside the window."""
        self.choose_button.setEnabled(False)
        self._say("")
        tasks.run(partial(looked, self._desk, path), self._show_looked, self._fail)

    def _show_looked(self, found: Looked) -> None:
        self.choose_button.setEnabled(True)
        self.looked, self.pointed = found, list(found.pointed)
        self.file_label.setText(found.book.path.name)
        self.sheet.set_choices([(name, name) for name in found.book.sheets])
        self.sheet.choose(next(iter(found.book.sheets), None))
        self.pointing.setEnabled(True)
        self.review()

    def review(self) -> None:
        """Say again what would be written."""
        if self.looked is None:
            return
        reader = READERS[self.reader.value() or "partenaire"]
        job = partial(planned, self._month, reader, self.looked.book, list(self.pointed))
        tasks.run(job, self._show_planned, self._fail)

    def _show_planned(self, found: Planned) -> None:
        is_first = self.planned is None or self.planned.known.profile != found.known.profile
        self.planned = found
        if is_first:
            self.figure.set_choices(donor_workbooks.choices(found.known))
        self.rows.show(found.targets)
        none = words.text("No marker and no name was found: point to the cells below, once for this workbook.")
        self.counted.setText(counted(found.targets) if found.targets else none)
        self.write_button.setEnabled(any(one.is_written for one in found.targets))
        for label, told in (
            (self.hidden, report_words.hidden() if any(one.is_hidden for one in found.targets) else ""),
            (self.too_small, over_hidden(found.over_hidden)),
        ):
            label.setText(told)
            label.setVisible(bool(told))

    @Slot(str)
    def _reader_chosen(self, _reader: str) -> None:
        self.review()

    # Pointing ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _selected(self, one: Target | None) -> None:
        """The cell of the line chosen is the one to point to next, or to forget."""
        self.forget_button.setEnabled(one is not None and one.how == "pointed")
        if one is not None and self.looked is not None and one.sheet in self.looked.book.sheets:
            self.sheet.choose(one.sheet)
            self.cell.set_text(one.cell)

    @Slot()
    def point(self) -> None:
        """This cell takes this figure, also the next time."""
        sheet, cell, figure = self.sheet.value(), self.cell.text().upper().replace("$", ""), self.figure.value()
        self.cell.clear()
        if not donor_workbooks.is_cell(cell):
            self.cell.set_error(words.text("Write a cell such as B4."))
            self.cell.setFocus()
        elif sheet is None or not self.figure.take_typed() or figure is None:
            self.figure.setFocus()
        else:
            kept = [one for one in self.pointed if one[:2] != (sheet, cell)]
            self._keep([*kept, (sheet, cell, figure)])
            self.cell.set_text("")
            self.figure.choose(None)
            self.cell.setFocus()

    @Slot()
    def forget(self) -> None:
        """The cell chosen takes no figure any more."""
        one = self.table.current()
        if isinstance(one, Target):
            self._keep([kept for kept in self.pointed if kept[:2] != (one.sheet, one.cell)])

    def _keep(self, pointed: list[Pointed]) -> None:
        self.pointed = pointed
        if self.looked is None:
            return
        try:
            donor_workbooks.remember(self._desk, self.looked.book, pointed)
        except ShelterDeskError as error:
            self._fail(error)
        self.review()

    # What leaves ------------------------------------------------------------------------------------------------------

    @Slot()
    def write(self) -> None:
        """Write the copy where the person says."""
        if self.planned is None:
            return
        title = words.text("To whom does the filled workbook go?")
        level = self.planned.known.profile
        self.gate = gate.ask(self, self._desk, title, self._write, level=level, purpose="bailleur")

    def _write(self, answers: GateAnswers) -> None:
        if self.looked is None or self.planned is None:
            return
        original = self.looked.book.path
        kind = report_words.provisional_file(self._month.report.period) + original.suffix
        suggested = words.text("{file}-filled{kind}").format(file=original.stem, kind=kind)
        path = files.choose_to_save(
            self, words.text("Where to write the copy"), suggested, f"Excel (*{original.suffix})"
        )
        if path is None:
            return
        self.write_button.setEnabled(False)
        reader = self.planned.known.profile
        job = partial(
            donor_workbooks.fill, self._desk, self._month, reader, self.looked.book, self.pointed, path, answers
        )
        tasks.run(job, self._show_filled, self._fail)

    def _show_filled(self, done: Filled) -> None:
        """The cells written stay in the list, so that they can be checked against the copy."""
        self.rows.show(done.targets)
        for widget in (self.pointing, self.write_button, self.choose_button, self.reader):
            widget.hide()
        cells = words.count("{n} cell written", "{n} cells written", len(done.targets))
        written = words.text("{cells} in {file}.").format(cells=cells, file=done.path.name)
        self.file_label.setText(written)
        self.counted.setText(words.text("The list of the cells written is in {file}.").format(file=done.listed.name))
        self.told.emit(Told("ok", written))
        self.close_button.setFocus()

    def _fail(self, error: ShelterDeskError) -> None:
        self.choose_button.setEnabled(True)
        self.write_button.setEnabled(self.planned is not None and any(one.is_written for one in self.planned.targets))
        self._say(sentence(error))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


def _readers() -> list[tuple[str, str]]:
    return [
        ("partenaire", words.text("Partner: IOM, donor")),
        ("public", words.text("Public: small numbers hidden everywhere")),
        ("interne", words.text("Internal: nothing is hidden")),
    ]
