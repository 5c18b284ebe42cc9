"""The sheet of the house that tells how many rows stand behind each figure, where it stands, and that both agree."""

from collections.abc import Mapping

from shelter_desk import words
from shelter_desk.domain.reports.figures import Figure, RowsKind
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.reports.report_style import FigurePlaces
from shelter_desk.excel.style import safe
from shelter_desk.words.reports import reports as report_words

SHEET = "16_Lignes"


def write(writer: Writer, places: FigurePlaces) -> None:
    """A line a figure, in the order of the tables.

    Rows are counted once each. A figure that stands in no cell of its own, as those of `17_Chiffres` alone, has neither
    place nor test; a rate, which is made of other figures, no rows.
    """
    looks, sheet, report, named = writer.looks, writer.sheet, writer.report, kinds()
    heads = (
        words.text("Figure"),
        words.text("Cell"),
        words.text("Value"),
        words.text("Rows"),
        words.text("Of"),
        words.text("Stands in"),
        words.text("Result"),
    )
    for column, width in enumerate((44, 34, 9, 8, 16, 22, 9)):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads):
        sheet.write_string(writer.row, column, head, looks.heading_left)
    sheet.repeat_rows(writer.row)
    writer.row += 1
    for figure in report.figures.values():
        row, value = writer.row, figure.value
        rows = rows_of(figure, len(report.rows(figure.key, *figure.dims)))
        sheet.write_string(row, 0, report_words.figure(figure.key), looks.text)
        sheet.write_string(row, 1, safe(report_words.cell(figure.dims, report.names)), looks.text)
        writer.figure(row, 2, value, looks.number(figure.key, value, strong=False))
        if rows:
            sheet.write_number(row, 3, rows, looks.number("", rows, strong=False))
            sheet.write_string(row, 4, named[figure.rows_kind], looks.text)
        place = places.of(figure.ref)
        if place is not None and isinstance(value, int | float):
            sheet.write_string(row, 5, place.replace("'", "").replace("$", ""), looks.text)
            sheet.write_formula(row, 6, f'=IF(C{row + 1}={place},"OK","KO")', looks.good, "OK")
        writer.row += 1


def rows_of(figure: Figure, told: int) -> int:
    """How many different rows it has. told: those that the report tells of one that keeps none itself."""
    return len({row for row, _ in figure.rows}) if figure.rows else told


def kinds() -> Mapping[RowsKind, str]:
    """What rows are of."""
    return {
        "stay": words.text("stays"),
        "bed": words.text("beds"),
        "activity": words.text("activities"),
        "incident": words.text("incidents"),
        "asset": words.text("assets"),
        "move": words.text("movements"),
        "request": words.text("requests"),
    }
