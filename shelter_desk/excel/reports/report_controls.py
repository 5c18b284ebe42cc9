"""The sheet of controls: each identity as live formulas over the other sheets."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shelter_desk import words
from shelter_desk.domain.reports.figures import HIDDEN, TOTAL, Ref, Shown
from shelter_desk.domain.reports.report import Identity, Report
from shelter_desk.domain.reports.tables.t02_movements import AGES, ROLLUPS, SEXES, rollup, rollup_dims
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.reports.report_style import FigurePlaces
from shelter_desk.excel.style import safe
from shelter_desk.words.reports import reports as report_words

Formulas = tuple[str, str]
NO_FORMULA: Formulas = ("", "")
LONGEST_FORMULA = 8000  # characters; Excel refuses a file with one of more than 8,192


def controls(writer: Writer, places: FigurePlaces) -> None:
    """Both sides of every identity, their difference, OK or KO."""
    heads = (
        words.text("Control"),
        words.text("What must be equal"),
        words.text("Cell"),
        words.text("Before the sign ="),
        words.text("After the sign ="),
        words.text("Difference"),
        words.text("Result"),
    )
    looks, sheet = writer.looks, writer.sheet
    sheet.set_column(0, 0, 9)
    sheet.set_column(1, 1, 48)
    sheet.set_column(2, 2, 30)
    sheet.set_column(3, 6, 9)
    for place, head in enumerate(heads):
        sheet.write_string(writer.row, place, head, looks.heading if place > 2 else looks.heading_left)
    sheet.repeat_rows(writer.row)
    writer.row += 1
    links = _Links(writer.report, places)
    for identity in writer.report.identities:
        _control(writer, identity, links.of(identity))
        writer.row += 1
    writer.legend()


def _control(writer: Writer, identity: Identity, formulas: Formulas) -> None:
    looks, sheet, row = writer.looks, writer.sheet, writer.row
    sheet.write_string(row, 0, identity.id, looks.text)
    sheet.write_string(row, 1, report_words.identity(identity.id), looks.text)
    sheet.write_string(row, 2, safe(report_words.cell(identity.dims, writer.report.names)), looks.text)
    for column, value, formula in ((3, identity.left, formulas[0]), (4, identity.right, formulas[1])):
        writer.figure(row, column, value, looks.number("", value, strong=False), formula)
    look = looks.good if identity.passes else looks.bad
    failed = words.text("to look at") if identity.only_warns else "KO"
    result = "OK" if identity.holds else failed
    if identity.left is HIDDEN or identity.right is HIDDEN:
        writer.figure(row, 5, HIDDEN, looks.number("", HIDDEN, strong=False))
        sheet.write_string(row, 6, result, look)
        return
    excel_row = row + 1
    difference = (identity.left or 0) - (identity.right or 0)
    number = looks.number("", difference, strong=False)
    if identity.holds or difference:
        writer.figure(row, 5, difference, number, f"=D{excel_row}-E{excel_row}")
        sign = "<=" if identity.only_warns else "="
        sheet.write_formula(row, 6, f'=IF(D{excel_row}{sign}E{excel_row},"OK","{failed}")', look, result)
    else:  # a mean that is not its quotient: both sides are equal, and yet it fails
        writer.figure(row, 5, difference, number)
        sheet.write_string(row, 6, result, look)


@dataclass(frozen=True)
class _Links:
    """Says an identity again in cells of the other sheets."""

    report: Report
    places: FigurePlaces

    def of(self, identity: Identity) -> Formulas:
        """Formulas for the left and the right side; none for a side without cells, or over hidden numbers.

        Where a side is more than its figures, or they have no cells of their own, it is said otherwise.
        """
        if not identity.holds or identity.left is HIDDEN:
            return NO_FORMULA
        left, right = (self._sum(side.plus, side.minus) for side in identity.terms)
        by = identity.dims[0][1] if identity.dims else ""
        special: dict[tuple[str, str], Callable[[], Formulas]] = {
            ("I-04", "night"): lambda: (left, self._range("t1.presence")),
            ("I-04", "cell"): lambda: (left, self._cells("t2.person_nights")),
            ("I-06", by): lambda: (left, self._range("t1.installed_by_night")),
            ("I-07", ""): lambda: self._persons(identity),
            ("I-08", "sex"): lambda: (self._shown_rollups("t2.distinct_persons"), ""),
            ("I-08", "age_group"): lambda: (self._cells("t2.distinct_persons"), ""),
            # the right side stays a value: the total of the row is itself the sum of its subtotals
            ("I-09", by): lambda: (self._shown_rollups(by), ""),
        }
        said_otherwise = special.get((identity.id, by))
        return said_otherwise() if said_otherwise is not None else (left, right)

    def _sum(self, added: Iterable[Ref], taken: Sequence[Ref] = (), constant: int = 0) -> str:
        """The cells added up; empty where one of them has no cell or is hidden."""
        plus, minus = list(added), list(taken)
        cells = [self.places.of(ref) for ref in (*plus, *minus)]
        if not cells or not all(cells) or any(self._value(ref) in (HIDDEN, None) for ref in (*plus, *minus)):
            return ""
        found = [str(cell) for cell in cells]
        text = "=" + "+".join(found[: len(plus)]) + "".join(f"-{cell}" for cell in found[len(plus) :])
        if len(text) > LONGEST_FORMULA:
            return ""
        return f"{text}-{constant}" if constant else text

    def _value(self, ref: Ref) -> Shown:
        return self.report.value(ref[0], *ref[1])

    def _range(self, key: str) -> str:
        nights = [ref for ref in self.report.figures if ref[0] == key and [name for name, _ in ref[1]] == ["night"]]
        if not nights or any(self._value(ref) is HIDDEN for ref in nights):
            return ""
        return f"=SUM({self.places.ranges[key]})"

    def _cells(self, key: str) -> str:
        """Every cell of sex and age group of a row, and what was not recorded."""
        cells: list[Ref] = [
            (key, (("sex", sex), ("age_group", age)))
            for sex in SEXES
            for age in AGES
            if rollup((("sex", sex), ("age_group", age))) != "nr"
        ]
        unknown: Ref = (key, rollup_dims("nr"))
        return self._sum([*cells, unknown] if self.places.of(unknown) else cells)

    def _persons(self, identity: Identity) -> Formulas:
        start, entries = self._value(("t2.present_start", TOTAL)), self._value(("t2.entries", TOTAL))
        if not (isinstance(start, int) and isinstance(entries, int) and isinstance(identity.right, int)):
            return NO_FORMULA
        parts = [("t2.present_start", TOTAL), ("t2.entries", TOTAL)]
        right = self._sum(parts, constant=start + entries - identity.right)
        return self._sum([("t2.distinct_persons", TOTAL)]), right

    def _shown_rollups(self, key: str) -> str:
        refs: list[Ref] = [(key, rollup_dims(name)) for name in ROLLUPS]
        return self._sum(ref for ref in refs if self.places.of(ref))
