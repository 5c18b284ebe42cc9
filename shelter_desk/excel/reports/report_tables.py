"""Writes the tables of a sheet under and beside each other, and remembers where each figure went."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from shelter_desk import words
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.layout.stay_tables import FigureColumn, FigureRow, Label, ReportTable
from shelter_desk.domain.reports.report import shape_of
from shelter_desk.excel.reading.book import letters
from shelter_desk.excel.reports import page_layout, page_rows, table_formulas
from shelter_desk.excel.reports.page_layout import Lane, SheetLayout
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.reports.report_style import FigurePlaces, superscript
from shelter_desk.excel.style import safe
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import reports as report_words

_SURE = 0.85  # of the columns below which a long text is taken to stand
_TURNED, _ENDS = 5.9, 8.0  # points of a digit of a head that is turned, and what is left free of it
_HEADS = 130.0  # points that heads take at most, where a table is longer than a page


@dataclass(frozen=True, slots=True)
class _Placed:
    """A table in its lane.

    spans: the columns of the sheet that each of its columns takes, first and last; numbers stand in the last. heads:
    rows of its head. rows: in which row of the sheet each of its own stands.
    """

    table: ReportTable
    lane: Lane
    spans: tuple[tuple[int, int], ...]
    heads: int
    rows: tuple[int, ...] = ()


class TableSheet:
    """The tables of one sheet, and how high its rows are."""

    def __init__(self, writer: Writer, layout: SheetLayout, places: FigurePlaces) -> None:
        self.writer, self.layout, self.places = writer, layout, places
        self.sheet, self.looks, self.report = writer.sheet, writer.looks, writer.report
        self.rows, self.grid = page_rows.PageRows(), list(layout.grid)
        self.repeated = 1  # rows on top of each page
        self._comments = {one.ref: one.text for one in self.report.told}
        self._top = writer.row
        self._ends = [self._top] * len(layout.lanes)
        self._heads_beside = 0
        for row in range(self._top - 1):
            self.rows.has(row, page_rows.TITLE if row == 0 else page_rows.high(1))
        self.rows.leaves(self._top - 1)

    @property
    def end(self) -> int:
        """The row below everything."""
        return max(self._ends)

    def add(self, tables: Sequence[ReportTable]) -> None:
        """The tables in their order; the heads of one that is alone stand on top of each page."""
        order = self.layout.order
        for table in sorted(tables, key=lambda one: order.index(one.name) if one.name in order else len(order)):
            self._add(table, alone=len(tables) == 1)

    def below(self) -> None:
        """What follows stands below everything."""
        self.writer.row, self.writer.column = self.end, 0

    def written(self, row: int) -> None:
        """What was written by others ends above this row."""
        self._ends = [row] * len(self._ends)

    def lines_at(self, column: int, text: str) -> int:
        """On how many lines a text stands in a column."""
        return page_layout.wrapped(text, self.grid[column])

    def heading(self, title: str, beside: str) -> None:
        """A line of two heads, over all columns."""
        row, last = self.writer.row, len(self.grid) - 1
        self._head(row, row, (0, 0), title, self.looks.heading_left)
        self._head(row, row, (1, last), beside, self.looks.heading_left)
        self.rows.has_lines(row, max(2, self.lines_at(0, title)))
        self.writer.row += 1

    def finish(self) -> None:
        """Set the page: one where all rows stand on it, else as few as there are, each table on one of them."""
        sheet, upright = self.sheet, self.layout.upright
        if not upright:
            sheet.set_landscape()
        for place, width in enumerate(self.grid):
            sheet.set_column(place, place, width)
        for row, height in enumerate(self.rows.heights(upright=upright)):
            sheet.set_row(row, height)
        sheet.print_area(0, 0, self.rows.last, len(self.grid) - 1)
        sheet.repeat_rows(0, self.repeated - 1)
        if self.rows.turned:
            # XlsxWriter takes one area alone; each is printed on pages of its own
            sheet.print_area_range = ",".join(f"'{self.writer.name}'!{one}" for one in self._areas())
        if self.rows.is_one_page(upright=upright) and not self.rows.turned:
            sheet.fit_to_pages(1, 1)
        else:
            sheet.set_print_scale(int(page_layout.LEAST_SCALE * 100))
            sheet.set_h_pagebreaks(self.rows.breaks(upright=upright, repeated=self.repeated, titles=self._top))
        label = self.layout.lanes[0].label
        is_alone = len(self.layout.lanes) == 1 and label is not None
        sheet.freeze_panes(max(self._top, self.repeated), label + 1 if is_alone and label is not None else 0)

    def _areas(self) -> Iterator[str]:
        """What is printed: the first tables, then those that are turned, further down and to the right."""
        (column,) = (one.label for one in self.layout.lanes if one.turned and one.label is not None)
        last, end = letters(len(self.grid) - 1), self.rows.turned
        yield f"$A$1:${letters(column - 1)}${end}"
        yield f"${letters(column)}${end + 1}:${last}${self.rows.last + 1}"

    def _add(self, table: ReportTable, *, alone: bool) -> None:
        at = self.layout.lane_of.get(table.name, 0)
        lane = self.layout.lanes[at]
        is_below = table.name in self.layout.below
        if lane.turned:
            self.written(self.end)
            self.rows.turn(self.end)
        first = self.end if is_below else self._ends[at]
        if not lane.whole:
            table = replace(
                table,
                columns=table.columns[:-1],
                rows=tuple(replace(one, cells=one.cells[:-1]) for one in table.rows),
            )
        placed = self._place(table, lane, at_top=first == self._top)
        self.writer.row, self.writer.column = first, lane.first if lane.label is None else lane.label
        if lane.label is not None:
            self._heads_beside = placed.heads
        self._write(placed, alone=alone)
        self.rows.leaves(self.writer.row)
        self._ends[at] = self.writer.row + 1
        if is_below:
            self.written(self.end)

    def _write(self, placed: _Placed, *, alone: bool) -> None:
        table, writer = placed.table, self.writer
        top, notes = writer.row, self._noted(table)
        self._heads(placed)
        if alone:
            self.repeated = writer.row
        lines = self._lines(placed)
        placed = replace(placed, rows=tuple(self._rows_of(placed, lines, alone=alone)))
        for place, row in enumerate(placed.rows):
            if row > writer.row:  # a table longer than a page begins the next one with its heads
                self.rows.keep_together(top, writer.row - 1)
                top = writer.row
                self._heads(placed)
            self._row(placed, place, notes)
            self.rows.has_lines(row, lines[place])
            writer.row += 1
        self._below(placed, notes)
        if not alone:
            self.rows.keep_together(top, writer.row - 1)

    def _place(self, table: ReportTable, lane: Lane, *, at_top: bool) -> _Placed:
        columns = table.columns
        numbers = [self._need(table, place) for place in range(len(columns))]
        heads = [page_layout.longest_word(_short(one), bold=True) for one in columns]
        ages = next((place for place, one in enumerate(columns) if one.label[0] == "age_group"), len(columns))
        skipped = max(0, self.layout.ages_at - lane.first - ages) if ages < len(columns) else 0
        end, found = lane.last + 1, None
        while found is None:  # where a lane has not room enough the next columns are taken, or new ones
            while len(self.grid) < end:
                self.grid.append(page_layout.for_digits(max(numbers, default=0)))
            grid = self.grid[lane.first : end]
            found = page_layout.spans(numbers, heads, grid[:ages] + grid[ages + skipped :])
            end += 1
        spans = [tuple(lane.first + at + (skipped if at >= ages else 0) for at in span) for span in found]
        heads_of = 1 + (any(one.group for one in columns) or lane.above)
        if at_top:
            heads_of = max(heads_of, self.layout.heads)
        if lane.label is None:
            heads_of = self._heads_beside
        return _Placed(table, lane, tuple((first, last) for first, last in spans), heads_of)

    def _need(self, table: ReportTable, place: int) -> float:
        """The digits of the longest word or number of a column."""
        found = [1.0]
        for row in table.rows:
            told, ref = row.words_at(place), row.cells[place]
            if told is not None:
                found.append(page_layout.longest_word(report_words.label(told)))
                continue
            value = (
                self.report.value(ref[0], *ref[1]) if ref else self.report.sum(one.cells[place] for one in table.rows)
            )
            found.append(page_layout.wide(report_words.value(value), bold=row.strong))
        return max(found)

    def _lines(self, placed: _Placed) -> list[int]:
        """How many lines each row takes."""
        found, label = [], placed.lane.label
        for row in placed.table.rows:
            lines = 1
            if label is not None and row.label[0] != "day":
                width = self.grid[label] - row.indented
                lines = page_layout.wrapped(self._said(row.label), width, bold=row.strong)
            if self.layout.letters and label is not None:
                lines = max(lines, page_layout.wrapped(row.letter, self.grid[label - 1], bold=True))
            for (first, _), told in zip(placed.spans, row.said, strict=False):
                if told is not None:
                    lines = max(lines, page_layout.wrapped(report_words.label(told), self.grid[first]))
            found.append(lines)
        return found

    def _rows_of(self, placed: _Placed, lines: Sequence[int], *, alone: bool) -> list[int]:
        """The row of each row; where a table is longer than a page there is room for its heads between them."""
        space, row = page_rows.room(upright=self.layout.upright) - _HEADS, self.writer.row
        if alone or sum(page_rows.high(one) if one > 1 else page_rows.LEAST for one in lines) <= space:
            return list(range(row, row + len(lines)))
        heights = [page_rows.high(one) if one > 1 else page_rows.DENSE for one in lines]
        found, used = [], 0.0
        for height in heights:
            if used + height > space:
                row, used = row + placed.heads, 0.0
            found.append(row)
            row, used = row + 1, used + height
        return found

    def _heads(self, placed: _Placed) -> None:
        """The title at the head of the rows, and that of each column; groups above."""
        looks, top, last = self.looks, self.writer.row, self.writer.row + placed.heads - 1
        lane, columns = placed.lane, placed.table.columns
        title, height = self._title(placed.table.name), 1.0
        under = top
        if lane.above:
            self._head(top, top, (lane.first if lane.label is None else lane.label, placed.spans[-1][1]), title)
            under, title = top + 1, words.text("Night")
        if lane.label is not None:
            left = lane.label - self.layout.letters
            self._head(under, last, (left, lane.label), title, looks.heading_left)
            lines = page_layout.wrapped(title, self.grid[lane.label], bold=True)
            height = page_rows.high(lines)
        at, needed = 0, [(under, height)]
        for group, found in groupby(columns, lambda one: one.group):
            under_it = list(found)
            spans = placed.spans[at : at + len(under_it)]
            if group:
                self._head(under, under, (spans[0][0], spans[-1][1]), report_words.group(group))
            first_row = under + bool(group)
            for column, span in zip(under_it, spans, strict=True):
                needed.append((first_row, self._column_head(first_row, last, span, column)))
            at += len(under_it)
        self._fill_heads(placed, top, last)
        self._heads_high(top, last, needed)
        self.writer.row = last + 1

    def _title(self, name: str) -> str:
        """What a table is called; of several runs of one table the first alone has its title."""
        table, run = re.fullmatch(r"(.*?)(?:\.(\d))?", name).groups()  # type: ignore[union-attr]
        return "" if int(run or 0) else report_words.table(table)

    def _fill_heads(self, placed: _Placed, top: int, last: int) -> None:
        """The empty cells between the heads of columns that do not follow each other."""
        lane = placed.lane
        covered = {one for first, end in placed.spans for one in range(first, end + 1)}
        begins = lane.first if lane.label is None else lane.label + 1
        for empty in (one for one in range(begins, placed.spans[-1][1]) if one not in covered):
            for row in range(top, last + 1):
                self.sheet.write_blank(row, empty, None, self.looks.heading)

    def _heads_high(self, top: int, last: int, needed: Sequence[tuple[int, float]]) -> None:
        """Make the last row of heads as high as they need. needed: from which row on, how many points."""
        for row in range(top, last):
            self.rows.has(row, page_rows.high(1))
        missing = [points - sum(map(self.rows.at_least, range(first, last))) for first, points in needed]
        self.rows.has(last, max(page_rows.high(1), *missing))

    def _head(self, top: int, last: int, span: tuple[int, int], text: str, look: object = None) -> None:
        look = look or self.looks.heading
        if top == last and span[0] == span[1]:
            self.sheet.write_string(top, span[0], safe(text), look)
        else:
            self.sheet.merge_range(top, span[0], last, span[1], safe(text), look)

    def _column_head(self, top: int, last: int, span: tuple[int, int], column: FigureColumn) -> float:
        """The head of a column, turned where a word of it does not fit; the height in points that it asks for."""
        text, width = _short(column), page_layout.across(self.grid, *span)
        if page_layout.longest_word(text, bold=True) <= page_layout.holds(width):
            self._head(top, last, span, text)
            return page_rows.high(page_layout.wrapped(text, width, bold=True))
        self._head(top, last, span, text, self.looks.heading_turned)
        lines = max(1, int(page_layout.points(width) / page_rows.LINE))
        return page_layout.least_space(text, lines, bold=True) * _TURNED + _ENDS

    def _row(self, placed: _Placed, place: int, notes: dict[Ref, int]) -> None:
        table, writer, looks = placed.table, self.writer, self.looks
        row = table.rows[place]
        if placed.lane.label is not None:
            self._row_head(row, placed.lane.label)
        reached = placed.lane.first if placed.lane.label is None else placed.lane.label + 1
        for at, (column, ref, span) in enumerate(zip(table.columns, row.cells, placed.spans, strict=True)):
            shaded = column.label[0] in ("rollup", "total")
            for blank in range(reached, span[1]):
                self.sheet.write_blank(writer.row, blank, None, looks.cell(shaded=shaded and blank >= span[0]))
            reached = span[1] + 1
            told = row.words_at(at)
            if told is not None:
                self._words(writer.row, span, told)
                continue
            key, dims = ref or ("", ())
            value = self.report.value(key, *dims) if ref else self.report.sum(one.cells[at] for one in table.rows)
            look = looks.number(key, value, strong=row.strong, shaded=shaded, note=notes.get((key, dims), 0))
            formula = table_formulas.of(self.report, table, place, at, placed.rows, [end for _, end in placed.spans])
            if ref is not None and shape_of(ref) in self.report.left_out:
                writer.has_left_out = True
                self.sheet.write_string(writer.row, span[1], report_words.left_out_mark(), look)
            else:
                writer.figure(writer.row, span[1], value, look, formula)
            if ref is not None:
                self.places.keep(ref, writer.name, writer.row, span[1])

    def _words(self, row: int, span: tuple[int, int], told: Label) -> None:
        """Words in the place of a figure: a day and hours as what they are."""
        kind, code = told
        if kind == "day" and code:
            self.sheet.write_datetime(row, span[0], date.fromisoformat(code), self.looks.day)
        elif kind == "hours" and code:
            self.sheet.write_number(row, span[1], float(code), self.looks.hours)
        else:
            self.sheet.write_string(row, span[0], safe(report_words.label(told)), self.looks.told)

    def _row_head(self, row: FigureRow, column: int) -> None:
        """The words at the head of a row; its letter before them where the rows have letters."""
        look = self.looks.label(strong=row.strong, indented=row.indented)
        kind, code = row.label
        if self.layout.letters:
            self.sheet.write_string(self.writer.row, column - 1, row.letter, self.looks.letter)
        if kind == "day":
            is_narrow = self.grid[column] < page_layout.DATE
            self.sheet.write_datetime(
                self.writer.row, column, date.fromisoformat(code), self.looks.short_day if is_narrow else self.looks.day
            )
        else:
            self.sheet.write_string(self.writer.row, column, self._said(row.label), look)

    def _said(self, label: Label) -> str:
        return safe(report_words.label(label, self.report.names))

    def _below(self, placed: _Placed, notes: dict[Ref, int]) -> None:
        """That nothing happened, what is said of its figures, and what the marks in them mean."""
        table, writer = placed.table, self.writer
        # the row of a total stands though there is nothing to add up
        if all(row.label == ("total", "") for row in table.rows):
            key, _, name = table.name.rpartition(".")
            is_left_out = (key, (name,)) in self.report.left_out
            writer.text(
                report_words.left_out() if is_left_out else words.text("Nothing in this period."), self.looks.quiet
            )
        for ref, number in notes.items():
            said = closing_words.commented(ref, self._comments[ref])
            self.paragraph(f"{superscript(number)} {said}", placed.spans[-1][1])
        writer.legend()
        for row in range(placed.rows[-1] + 1 if placed.rows else writer.row, writer.row):
            self.rows.has_lines(row, 1)

    def paragraph(self, text: str, last: int) -> None:
        """A text over the columns from that of the writer to this one, as high as it takes."""
        writer = self.writer
        lines = page_layout.wrapped(text, _SURE * page_layout.across(self.grid, writer.column, last))
        self.sheet.merge_range(writer.row, writer.column, writer.row, last, "", self.looks.note)
        self.sheet.write_string(writer.row, writer.column, safe(text), self.looks.note)
        self.rows.has(writer.row, page_rows.high(lines))
        writer.row += 1

    def _noted(self, table: ReportTable) -> dict[Ref, int]:
        """The figures of a table of which something is said, numbered from left to right and down."""
        here = dict.fromkeys(
            ref for row in table.rows for ref in row.cells if ref is not None and ref in self._comments
        )
        return {ref: number for number, ref in enumerate(here, 1)}


def _short(column: FigureColumn) -> str:
    """An age group without its unit, so that ten of them stand side by side."""
    label = report_words.label(column.label)
    if column.label[0] != "age_group":
        return label
    return {"a60p": "60+", "unk": "?"}.get(column.label[1], label.split(" ")[0].split("\u00a0")[0])
