"""The workbook of cases in the words of HTCDS: a sheet called as in that of IOM, and whom its words are from."""

import io
from collections.abc import Sequence
from typing import Any

from shelter_desk import words
from shelter_desk.domain.casefile.htcds_sheet import COLUMNS, ExchangedCase
from shelter_desk.excel.style import Formats, print_on_a4, safe, stamp

CASES, ABOUT = "Case Sheet", "About"
_WIDTHS = (15, 20, 16, 14, 22, 20, 22, 24, 20, 32, 17, 15)
_WIDE = 110


def content(cases: Sequence[ExchangedCase], recipient: str, k: int, *, training: bool) -> bytes:
    """The bytes, made in memory. k: how many persons are alike in what is told of gender, citizenship and age."""
    import xlsxwriter

    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        formats = Formats(book)
        book.set_properties({"author": "", "title": stamp(training=training)})
        _write_cases(book.add_worksheet(CASES), cases, formats, training=training)
        _write_about(book.add_worksheet(ABOUT), len(cases), recipient, k, formats, training=training)
    return kept.getvalue()


def _write_cases(sheet: Any, cases: Sequence[ExchangedCase], formats: Formats, *, training: bool) -> None:
    for place, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, formats.heading)
    for row, one in enumerate(cases, 1):
        for place, text in enumerate(one.cells()):
            if text:
                sheet.write_string(row, place, safe(text), formats.plain)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(cases), 1), len(COLUMNS) - 1)
    sheet.repeat_rows(0)
    print_on_a4(sheet, CASES, training=training, width=sum(_WIDTHS))


def _write_about(sheet: Any, cases: int, recipient: str, k: int, formats: Formats, *, training: bool) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _WIDE)
    lines = (
        stamp(training=training),
        words.count("{n} case, without names", "{n} cases, without names", cases),
        words.text("For {recipient} alone: not to be passed on.").format(recipient=recipient),
        words.text(
            "Only persons who agreed to anonymous statistics are in this file, each by a code of this recipient alone. "
            "Who takes the consent back is not in the next one."
        ),
        words.text(
            "Where fewer than {k} persons have the same gender, citizenship and age band, less of them is told: "
            "minor or adult, no citizenship, no age, no gender."
        ).format(k=k),
        words.text(
            "Columns and values are called as in HTCDS 2.0, IOM, CC BY 4.0 (github.com/UNMigration/HTCDS). "
            "IOM does not vouch for this file."
        ),
    )
    for row, line in enumerate(filter(None, lines)):
        sheet.write_string(row, 0, safe(line), formats.title if row == 0 and training else formats.plain)
    print_on_a4(sheet, ABOUT, training=training, width=_WIDE)
