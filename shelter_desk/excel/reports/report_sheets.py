"""Writes one sheet of the report after the other, and remembers where each figure went."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from xlsxwriter.worksheet import Worksheet

from shelter_desk import words
from shelter_desk.domain.reports.figures import HIDDEN, RATIOS, Ref, Shown, added, kind_of
from shelter_desk.domain.reports.layout.stay_tables import FigureColumn, FigureRow, ReportTable
from shelter_desk.domain.reports.report import Report, shape_of
from shelter_desk.excel.reports import charts
from shelter_desk.excel.reports.report_style import FigurePlaces, Looks, address, superscript
from shelter_desk.excel.style import print_on_a4, safe, stamp
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports import synthesis as synthesis_words

LABEL_WIDTH, LETTER_WIDTH = 38, 4
_NEVER_WRITTEN = 99  # a column beyond every table
_A_LINE = 95  # letters of a paragraph of the cover


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a sheet is set up. columns: of figures, at most; width: of each, in characters.

    is_one_table: a long one, whose heads stand on top of each printed page.
    """

    columns: int
    width: int = 13
    upright: bool = False
    is_one_table: bool = False


_SHEETS = {
    "00_Synthese": _Sheet(4, width=13, upright=True),
    "01_Garde": _Sheet(0, upright=True),
    "Rectificatif": _Sheet(3, width=12, upright=True),
    "Corrections": _Sheet(3, width=12, upright=True),
    "02_Capacite": _Sheet(7, width=10, upright=True),
    "03_Mouvements": _Sheet(15, width=9),
    "04_Profil": _Sheet(4, upright=True),
    "05_Identification": _Sheet(15, width=8),
    "06_Mineurs": _Sheet(4, upright=True),
    "07_Services": _Sheet(11, width=11),
    "08_References": _Sheet(14, width=9),
    "09_Sorties": _Sheet(11, width=9),
    "10_Activites": _Sheet(14, width=11),
    "11_Equipements": _Sheet(17, width=11),
    "12_Stock": _Sheet(24, width=9, is_one_table=True),
    "12_Stock_bailleurs": _Sheet(4, upright=True, is_one_table=True),
    "13_Incidents": _Sheet(5, upright=True),
    "14_Points": _Sheet(2, upright=True),
    "Definitions": _Sheet(0, upright=True),
    "15_Controles": _Sheet(7, upright=True),
    "16_Lignes": _Sheet(7),
}
_MOST_LINES = 7
_ON_A_NEW_PAGE = frozenset(
    {"t2_categories", "t3.ages.age_at_admission"}
)  # else their heads may stand alone below the table before


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
        self.sheet, self.name, self.set_up = sheet, name, _SHEETS[name]
        self.row = 0
        self._has_hidden = self._has_left_out = False
        self._comments = {one.ref: one.text for one in self.report.told}
        self._notes: dict[Ref, int] = {}
        looks = self.looks
        sheet.hide_gridlines(2)
        print_on_a4(sheet, sheets.heading, training=sheets.training)
        sheet.repeat_columns(0, 1)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        if self.set_up.upright:
            sheet.set_portrait()
        sheet.set_column(0, 0, LETTER_WIDTH)
        sheet.set_column(1, 1, LABEL_WIDTH)
        sheet.set_column(2, 2 + self.set_up.columns, self.set_up.width)
        self.text(_title(self.name, sheets), looks.title)
        if sheets.training:
            self.text(stamp(training=True), looks.stamp)
        if self.report.profile == "partenaire":
            self.text(words.text("Partner: counts of persons that are small are hidden"), looks.banner)
        elif self.report.profile == "public":
            self.text(words.text("Public: headlines alone, small ones hidden"), looks.banner)
        elif self.report.profile == "convention":
            told = words.text("Agreement: exact numbers, for the holder of the agreement alone")
            self.text(told, looks.banner)
        self.row += 1

    def text(self, text: str, look: Any, column: int = 0) -> None:
        """One line of text, never live."""
        self.sheet.write_string(self.row, column, safe(text), look)
        self.row += 1

    def lines(self, lines: Iterable[tuple[str, Any]]) -> None:
        """The cover: what, and its value."""
        self.sheet.set_column(0, 0, 26)
        self.sheet.set_column(1, 1, 62)
        for label, value in lines:
            self.sheet.set_row(self.row, 22)
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

    def table(self, table: ReportTable, places: FigurePlaces) -> None:
        """A block: its heading, its columns, its rows."""
        if table.name in _ON_A_NEW_PAGE:
            self.sheet.set_h_pagebreaks([self.row])
        self.text(report_words.table(table.name), self.looks.block)
        self._headings(table)
        if self.set_up.is_one_table:
            self.sheet.repeat_rows(0, self.row - 1)
        first = self.row
        self._notes = self._noted(table)
        for row in table.rows:
            self._row(table, row, first, places)
        # the row of a total stands though there is nothing to add up
        if all(row.label == ("total", "") for row in table.rows):
            key, _, name = table.name.rpartition(".")
            is_left_out = (key, (name,)) in self.report.left_out
            told = report_words.left_out() if is_left_out else words.text("Nothing in this period.")
            self.text(told, self.looks.quiet)
        for ref, number in self._notes.items():
            said = closing_words.commented(ref, self._comments[ref])
            self._over(f"{superscript(number)} {said}", len(table.columns), self.looks.note, 13.5)
        self.legend()
        self.row += 1

    def _noted(self, table: ReportTable) -> dict[Ref, int]:
        """The figures of a table of which something is said, numbered from left to right and down."""
        here = dict.fromkeys(
            ref for row in table.rows for ref in row.cells if ref is not None and ref in self._comments
        )
        return {ref: number for number, ref in enumerate(here, 1)}

    def legend(self) -> None:
        """What the mark of a hidden number means, if one was written since the last legend."""
        if self._has_hidden:
            self.text(report_words.hidden(), self.looks.quiet)
        if self._has_left_out:
            self.text(report_words.left_out(), self.looks.quiet)
        self._has_hidden = self._has_left_out = False

    def _headings(self, table: ReportTable) -> None:
        looks = self.looks
        if any(column.group for column in table.columns):
            self.sheet.merge_range(self.row, 0, self.row, 1, "", looks.heading)
            self._groups(table.columns)
            self.row += 1
        self.sheet.merge_range(self.row, 0, self.row, 1, "", looks.heading)
        lines = 1
        for place, column in enumerate(table.columns, 2):
            label = _short(column)
            lines = max(lines, len(textwrap.wrap(label, self.set_up.width)))
            self.sheet.write_string(self.row, place, safe(label), looks.heading)
        self.sheet.set_row(self.row, 15 * min(lines, _MOST_LINES))
        self.row += 1

    def _groups(self, columns: Sequence[FigureColumn]) -> None:
        start = 2
        for group, under in groupby(columns, lambda column: column.group):
            label, width = report_words.group(group), len(list(under))
            if width > 1:
                self.sheet.merge_range(self.row, start, self.row, start + width - 1, label, self.looks.heading)
            else:
                self.sheet.write_string(self.row, start, label, self.looks.heading)
            start += width

    def _row(self, table: ReportTable, row: FigureRow, first: int, places: FigurePlaces) -> None:
        looks, last = self.looks, row is table.rows[-1]
        strong = row.strong
        self._head(table, row)
        for place, (column, ref) in enumerate(zip(table.columns, row.cells, strict=True)):
            key, dims = ref or ("", ())
            self._has_left_out |= ref is not None and shape_of(ref) in self.report.left_out
            value = self.report.value(key, *dims) if ref else self.report.sum(one.cells[place] for one in table.rows)
            shaded, note = column.label[0] in ("rollup", "total"), self._notes.get((key, dims), 0)
            look = looks.number(key, value, strong=strong, shaded=shaded, note=note)
            told = row.words_at(place)
            if told is not None:
                self.sheet.write_string(self.row, place + 2, safe(report_words.label(told)), looks.told)
                continue
            formula = self._formula(table, row, place, first, is_last=last)
            self.figure(self.row, place + 2, value, look, formula)
            if ref is not None:
                places.keep(ref, self.name, self.row, place + 2)
        self.row += 1

    def _head(self, table: ReportTable, row: FigureRow) -> None:
        """The words at the head of a row; its letter before them where the rows have letters."""
        look = self.looks.label(strong=row.strong, indented=row.indented)
        label = safe(report_words.label(row.label, self.report.names))
        lines = 1 + (len(label) > LABEL_WIDTH + 4)
        for told in row.said:
            if told is not None:
                lines = max(lines, len(textwrap.wrap(report_words.label(told), self.set_up.width)))
        if lines > 1:
            self.sheet.set_row(self.row, 13.5 * lines)
        if any(one.letter for one in table.rows):
            self.sheet.write_string(self.row, 0, row.letter, self.looks.letter)
            self.sheet.write_string(self.row, 1, label, look)
        else:
            self.sheet.merge_range(self.row, 0, self.row, 1, "", look)
            self.sheet.write_string(self.row, 0, label, look)

    def figure(self, row: int, column: int, value: Shown, look: Any, formula: str = "") -> None:
        """A figure: a value, a formula with its value, a hidden number, or a dash without a denominator."""
        if value is None or value is HIDDEN:
            self._has_hidden = self._has_hidden or value is HIDDEN
            self.sheet.write_string(row, column, report_words.value(value), look)
        elif formula:
            self.sheet.write_formula(row, column, formula, look, value)
        else:
            self.sheet.write_number(row, column, value, look)

    def _formula(self, table: ReportTable, row: FigureRow, place: int, first: int, *, is_last: bool) -> str:
        """The sum over the columns or the rows that make this cell; none where a number of them is hidden."""
        keys = {ref[0] for ref in row.cells if ref is not None}
        if row.adds:
            return self._sum_of_rows(table, row, place, first)
        if table.sums and is_last:
            above = [one.cells[place] for one in table.rows[:-1]]
            ref = row.cells[place]
            if not above or (ref is not None and kind_of(ref[0]) in RATIOS) or not self._all_numbers(above):
                return ""
            return f"=SUM({address(first, place + 2)}:{address(self.row - 1, place + 2)})"
        kind, code = table.columns[place].label
        name = code if kind == "rollup" else "total" if kind in ("total", "figure") else ""
        parts = [n for n, column in enumerate(table.columns) if column.part_of == name] if name else []
        here = row.cells[place]
        if not parts or RATIOS.intersection(map(kind_of, keys)) or not self._all_numbers([row.cells[n] for n in parts]):
            return ""
        if here is not None and not self._adds_up([row.cells[n] for n in parts], here):
            return ""
        return f"=SUM({address(self.row, parts[0] + 2)}:{address(self.row, parts[-1] + 2)})"

    def _sum_of_rows(self, table: ReportTable, row: FigureRow, place: int, first: int) -> str:
        """The sum of the rows that this one adds up, where it is that: not of persons, who count once."""
        ref, parts = row.cells[place], [table.rows[at].cells[place] for at in row.adds]
        if ref is None or kind_of(ref[0]) == "distinct" or not self._all_numbers([ref, *parts]):
            return ""
        if not row.adds or not self._adds_up(parts, ref):
            return ""
        cells = [address(first + at, place + 2) for at in row.adds]
        is_run = row.adds[-1] - row.adds[0] == len(row.adds) - 1
        return f"=SUM({cells[0]}:{cells[-1]})" if is_run else "=" + "+".join(cells)

    def _adds_up(self, parts: Sequence[Ref | None], whole: Ref) -> bool:
        """Whether the figure is the sum of these; the busiest night of a house is not that of its zones added up."""
        brought = [self.report.value(part[0], *part[1]) for part in parts if part is not None]
        figure = self.report.value(whole[0], *whole[1])
        return added(one for one in brought if isinstance(one, (int, float))) == figure

    def _all_numbers(self, refs: Sequence[Ref | None]) -> bool:
        return all(ref is None or isinstance(self.report.value(ref[0], *ref[1]), (int, float)) for ref in refs)

    def nights(self, places: FigurePlaces) -> None:
        """Persons and beds of each night, and their chart; nothing before the first night of the period."""
        if not self.report.period.nights:
            return
        looks, chart_at = self.looks, self.row
        self.row += 18
        self.sheet.set_h_pagebreaks([chart_at])
        self.text(report_words.table("t1.by_night"), looks.block)
        keys = ("t1.presence", "t1.operational_by_night", "t1.installed_by_night")
        self.sheet.merge_range(self.row, 0, self.row, 1, words.text("Night"), looks.heading)
        for place, key in enumerate(keys, 2):
            self.sheet.write_string(self.row, place, report_words.figure(key), looks.heading)
        self.sheet.set_row(self.row, 30)
        self.row += 1
        first = self.row
        for day in self.report.period:
            dated = looks.of(border=1, num_format="dd/mm/yyyy", align="left")
            self.sheet.set_row(self.row, 12.5)
            self.sheet.merge_range(self.row, 0, self.row, 1, "", dated)
            self.sheet.write_datetime(self.row, 0, day, dated)
            for place, key in enumerate(keys, 2):
                ref: Ref = (key, (("night", day.isoformat()),))
                value = self.report.value(ref[0], *ref[1])
                self.figure(self.row, place, value, looks.number(key, value, strong=False))
                places.keep(ref, self.name, self.row, place)
            self.row += 1
        for place, key in enumerate(keys, 2):
            places.ranges[key] = f"'{self.name}'!{address(first, place)}:{address(self.row - 1, place)}"
        self._chart(chart_at, first, self.row - 1)
        self.legend()
        self.row += 1

    def merged(self, spans: Iterable[tuple[int, int]], cells: Sequence[str], look: Any) -> None:
        """A row of texts, each over several columns."""
        for (first, last), cell in zip(spans, cells, strict=True):
            self.sheet.merge_range(self.row, first, self.row, last, "", look)
            self.sheet.write_string(self.row, first, safe(cell), look)
        self.row += 1

    def _chart(self, top: int, first: int, last: int) -> None:
        days, present, beds = ([self.name, first, column, last, column] for column in (0, 2, 3))
        chart = charts.presence(self.book, present, beds, days)
        chart.set_size({"width": 590, "height": 340})
        self.sheet.insert_chart(top, 0, chart)

    def keep_from_print(self) -> None:
        """It stays in the file to be read and counted with: what is printed of it is one empty cell."""
        self.sheet.print_area(0, _NEVER_WRITTEN, 0, _NEVER_WRITTEN)

    def _over(self, text: str, columns: int, look: Any, high: float) -> None:
        """A text below a table, over its rows' heads and so many of its columns, as high as it takes.

        high: of a line, in points.
        """
        room = LETTER_WIDTH + LABEL_WIDTH + columns * self.set_up.width
        self.sheet.merge_range(self.row, 0, self.row, 1 + columns, "", look)
        self.sheet.write_string(self.row, 0, safe(text), look)
        self.sheet.set_row(self.row, high * (1 + int(len(text) / room)))
        self.row += 1


def _title(name: str, sheets: Sheets) -> str:
    """At the head of a sheet; the first ones say what the workbook is."""
    if name == "01_Garde":
        return words.text("Activity report")
    if name == "00_Synthese":
        return synthesis_words.title(sheets.report)
    return sheets.title


def _short(column: FigureColumn) -> str:
    """An age group without its unit, so that ten of them stand side by side."""
    label = report_words.label(column.label)
    if column.label[0] != "age_group":
        return label
    return {"a60p": "60+", "unk": "?"}.get(column.label[1], label.split(" ")[0].split("\u00a0")[0])


def profile(report: Report) -> str:
    """Whom the report is for."""
    return report_words.level(report.profile)
