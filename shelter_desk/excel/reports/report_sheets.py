"""The sheets of a report: each with its title, its banner and its page; texts and figures of one sheet."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from shelter_desk import words
from shelter_desk.domain.reports.figures import HIDDEN, Shown
from shelter_desk.domain.reports.report import Report
from shelter_desk.excel.reports import page_layout
from shelter_desk.excel.reports.page_rows import ABOVE, BELOW, EDGE, SIDES
from shelter_desk.excel.reports.report_style import Looks
from shelter_desk.excel.style import A4, above_and_below, print_on_a4, safe, stamp
from shelter_desk.words.reports import report_names
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports import synthesis as synthesis_words

_NEVER_WRITTEN = 99  # a column beyond every table
_A_LINE = 95  # letters of a paragraph of the cover
_COVER_VALUE = 62  # the width of what is said there


class PlainSheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter looks in each formula for sixty functions that Excel 2007 did not know; ours have none of them.

    Saves a tenth of a report's time. Where the library calls this differently one day, it only looks again.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 the library's
        return formula.removeprefix("=")


class Sheets:
    """Adds the sheets of one report, each with its title, its banner and its page set-up."""

    def __init__(self, book: Any, looks: Looks, report: Report, training: bool, title: str) -> None:
        self.book, self.looks, self.report, self.training, self.title = book, looks, report, training, title

    def add(self, name: str) -> "Writer":
        """A sheet of that name."""
        return Writer(self, self.book.add_worksheet(name, PlainSheet), name)

    def of_rows(self, name: str) -> Any:
        """A sheet for other programs: nothing above its rows, and nothing of it is printed."""
        sheet = self.book.add_worksheet(name, PlainSheet)
        print_on_a4(sheet, self.heading, training=self.training)
        sheet.print_area(0, _NEVER_WRITTEN, 0, _NEVER_WRITTEN)
        return sheet

    @property
    def heading(self) -> str:
        """What stands above each printed page: whose report, of when, for whom."""
        # the title of a period that runs leaves no room for more beside the stamp of a training shelter
        between = "\n" if self.report.period.is_running else " · "
        return f"{self.title}{between}{profile(self.report)}"


class Writer:
    """Writes down one sheet, block under block."""

    def __init__(self, sheets: Sheets, sheet: Any, name: str) -> None:
        self.looks, self.report, self.book = sheets.looks, sheets.report, sheets.book
        self.sheet, self.name = sheet, name
        self.row = self.column = 0
        self.has_left_out = self._has_hidden = False
        looks = self.looks
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.set_margins(SIDES, SIDES, ABOVE, BELOW)
        options = {"margin": EDGE, "scale_with_doc": False}
        warning = words.text("DO NOT PASS ON") if sheets.report.profile == "interne" else ""
        above_and_below(
            sheet,
            sheets.heading,
            training=sheets.training,
            size=10,
            options=options,
            warning=warning,
            chapter=_chapter(name),
        )
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_portrait()
        if sheets.training:
            self.text(f"{stamp(training=True)} · {_title(self.name, sheets)}", looks.stamp)
        else:
            self.text(_title(self.name, sheets), looks.title)
        if self.report.profile == "partenaire":
            self.text(words.text("Partner: counts of persons that are small are hidden"), looks.banner)
        elif self.report.profile == "public":
            self.text(words.text("Public: headlines alone, small ones hidden"), looks.banner)
        elif self.report.profile == "convention":
            told = words.text("Agreement: exact numbers, for the holder of the agreement alone")
            self.text(told, looks.banner)
        self.row += 1

    def text(self, text: str, look: Any) -> None:
        """One line of text, never live."""
        self.sheet.write_string(self.row, self.column, safe(text), look)
        self.row += 1

    def lines(self, lines: Iterable[tuple[str, Any]]) -> None:
        """The cover: what, and its value."""
        self.sheet.set_column(0, 0, 26)
        self.sheet.set_column(1, 1, _COVER_VALUE)
        for label, value in lines:
            long = page_layout.wrapped(str(value), _COVER_VALUE, bold=True)
            self.sheet.set_row(self.row, 22 if long == 1 else 8 + 14 * long)
            self.sheet.write_string(self.row, 0, label, self.looks.cover_label)
            if isinstance(value, int):
                self.sheet.write_number(self.row, 1, value, self.looks.cover_value)
            else:
                self.sheet.write_string(self.row, 1, safe(value), self.looks.cover_value)
            self.row += 1
        self.row += 1

    def main_figures(self, sentences: Sequence[str]) -> None:
        """The report in a few sentences."""
        for sentence in sentences:
            self.sheet.set_row(self.row, 20)
            self.text(sentence, self.looks.of(font_size=11))

    def paragraphs(self, text: str) -> None:
        """What the house says of the month, as it was typed."""
        self.row += bool(text)
        for one in filter(None, map(str.strip, text.splitlines())):
            self.sheet.set_row(self.row, 15 * len(textwrap.wrap(one, _A_LINE)))
            self.sheet.merge_range(self.row, 0, self.row, 1, "", self.looks.paragraph)
            self.sheet.write_string(self.row, 0, safe(one), self.looks.paragraph)
            self.row += 1

    def legend(self) -> None:
        """What the mark of a hidden number means, if one was written since the last legend."""
        if self._has_hidden:
            self.text(report_words.hidden(), self.looks.quiet)
        if self.has_left_out:
            self.text(report_words.left_out(), self.looks.quiet)
        self._has_hidden = self.has_left_out = False

    def figure(self, row: int, column: int, value: Shown, look: Any, formula: str = "") -> None:
        """A figure: a value, a formula with its value, a hidden number, or a dash without a denominator."""
        if value is None or value is HIDDEN:
            self._has_hidden = self._has_hidden or value is HIDDEN
            self.sheet.write_string(row, column, report_words.value(value), look)
        elif formula:
            self.sheet.write_formula(row, column, formula, look, value)
        else:
            self.sheet.write_number(row, column, value, look)

    def keep_from_print(self) -> None:
        """It stays in the file to be read and counted with: what is printed of it is one empty cell."""
        self.sheet.print_area(0, _NEVER_WRITTEN, 0, _NEVER_WRITTEN)


def _title(name: str, sheets: Sheets) -> str:
    """At the head of a sheet; the first ones say what the workbook is."""
    if name == "01_Garde":
        return words.text("Activity report")
    if name == "00_Synthese":
        return synthesis_words.title(sheets.report)
    return " · ".join(filter(None, (_chapter(name), sheets.title)))


def _chapter(name: str) -> str:
    """The table that a sheet holds, by the number before its name: one less, for the cover is the first."""
    number = int(name[:2]) - 1 if name[:2].isdigit() else 0
    return report_names.chapters(words.language()).get(f"t{number}", "")


def profile(report: Report) -> str:
    """Whom the report is for."""
    return report_words.level(report.profile)
