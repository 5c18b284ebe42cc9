"""How our workbooks look: formats, print set-up, and texts made safe for a cell."""

import re
from typing import Any

from shelter_desk import words
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.excel.reading.cells import LONGEST_TEXT

DAY = "dd/mm/yyyy"
MOMENT = "dd/mm/yyyy hh:mm"
FONT = "Calibri"
INK = "#1F2A37"
HEADING = "#DCE6EF"
QUIET = "#6B7280"
LINE = "#B8C2CC"
A4 = 9
CHARACTERS_ON_A_PAGE = 165
_NOT_XML = re.compile("[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]")

Format = Any  # of xlsxwriter, which carries no types


class Formats:
    """The formats of one workbook, made once."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": FONT, "font_size": 10, "valign": "top", "font_color": INK}
        self.text: Format = book.add_format({**base, "num_format": "@", "text_wrap": True})
        self.label: Format = book.add_format({**base, "font_color": QUIET, "italic": True, "text_wrap": True})
        self.day: Format = book.add_format({**base, "num_format": DAY, "align": "left"})
        self.moment: Format = book.add_format({**base, "num_format": MOMENT, "align": "left"})
        self.whole: Format = book.add_format({**base, "num_format": "0"})
        self.number: Format = book.add_format({**base, "num_format": "General"})
        self.heading: Format = book.add_format(
            {**base, "bold": True, "bg_color": HEADING, "text_wrap": True, "bottom": 1, "bottom_color": LINE}
        )
        self.heading_quiet: Format = book.add_format(
            {**base, "bg_color": HEADING, "text_wrap": True, "bottom": 1, "bottom_color": LINE, "font_color": QUIET}
        )
        self.key: Format = book.add_format({"font_name": FONT, "font_size": 8, "font_color": QUIET, "num_format": "@"})
        self.title: Format = book.add_format({**base, "font_size": 16, "bold": True})
        self.plain: Format = book.add_format({**base, "text_wrap": True})
        self.amount: Format = book.add_format({**base, "num_format": "#,##0"})
        self.decimal: Format = book.add_format({**base, "num_format": "#,##0.0#"})
        ruled = {"bold": True, "bg_color": HEADING, "bottom": 1, "bottom_color": LINE}
        self.total: Format = book.add_format({**base, **ruled, "num_format": "#,##0"})
        self.total_decimal: Format = book.add_format({**base, **ruled, "num_format": "#,##0.0#"})
        self.to_sign: Format = book.add_format({**base, "bottom": 1, "bottom_color": LINE})
        self.heading_right: Format = book.add_format({**base, **ruled, "text_wrap": True, "align": "right"})

    def of(self, kind: str) -> Format:
        """The format of an empty cell of that kind."""
        kinds = {"day": self.day, "moment": self.day, "whole": self.whole, "number": self.number}
        return kinds.get(kind, self.text)


def safe(text: str) -> str:
    """The text as a cell can hold it: what XML cannot carry becomes `�`.

    Raises CellRefused (`too_long`) above 32,767 characters, as Excel counts them.
    """
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise CellRefused(text[:60] + "…", "too_long")
    if not text.isprintable() and _NOT_XML.search(text):  # the first is quick, and true of nearly every text
        text = _NOT_XML.sub("\ufffd", text)
    # XlsxWriter puts such a text into the sheet as XML; an invisible space in front keeps it a text
    return "\u200b" + text if text.startswith("<r>") and text.endswith("</r>") else text


_EXERCISE = ("EXERCISE", "EXERCICE")  # what the stamp begins with, in each language


def stamp(*, training: bool) -> str:
    """What stands on every page of a training shelter, else nothing."""
    return words.text("EXERCISE — fictitious data") if training else ""


def is_stamp(title: str) -> bool:
    """Whether a title is that stamp, in any language: the file comes from a training shelter."""
    return title.startswith(_EXERCISE)


def print_on_a4(sheet: Any, title: str, *, training: bool, width: int = 0, warning: str = "") -> None:
    """Landscape A4, title above, page numbers below; as wide as the page.

    width: of all columns, in characters; what could not be read on one page takes two, the first column on both.
    warning: in the middle below;
    chapter: before the number of the page.
    """
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    sheet.fit_to_pages(max(1, round(width / CHARACTERS_ON_A_PAGE)), 0)
    sheet.repeat_columns(0)
    above_and_below(sheet, title, training=training, size=12, warning=warning)


def above_and_below(
    sheet: Any, title: str, *, training: bool, size: int, options: Any = None, warning: str = "", chapter: str = ""
) -> None:
    """The title above each printed page, the stamp of a training shelter and the number of the page below.

    size: of the title in points; options: as XlsxWriter takes them for both; warning: in the middle below;
    chapter: before the number of the page.
    """
    mark = _escaped(stamp(training=training))
    sheet.set_header(f'&L&"{FONT},Bold"&{size}{_escaped(title)}&R&"{FONT},Bold"{mark}', options)
    between = f'&C&"{FONT},Bold"{_escaped(warning)}' if warning else ""
    before = f"{_escaped(chapter)} · " if chapter else ""
    sheet.set_footer(f'&L&"{FONT},Bold"{mark}{between}&R&"{FONT},Regular"{before}&P / &N', options)


def _escaped(text: str) -> str:
    """An ampersand begins a command in a page header; a digit right after the size of a font would belong to it."""
    return " " + text.replace("&", "&&") if text[:1].isdigit() else text.replace("&", "&&")
