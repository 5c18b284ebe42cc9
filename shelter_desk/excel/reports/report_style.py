"""How the sheets of the report look.

Where each figure stands in the report's workbook.
"""

from typing import Any

from shelter_desk.domain.reports.figures import HIDDEN, Ref
from shelter_desk.excel.reading.book import letters
from shelter_desk.excel.style import DAY


class FigurePlaces:
    """Where figures stand in the workbook, so that formulas can refer to them."""

    def __init__(self) -> None:
        self._cells: dict[Ref, tuple[str, int, int]] = {}
        self.ranges: dict[str, str] = {}

    def keep(self, ref: Ref, sheet: str, row: int, column: int) -> None:
        """A figure stands here; of several places the first is kept."""
        self._cells.setdefault(ref, (sheet, row, column))

    def of(self, ref: Ref) -> str | None:
        """The cell of a figure, with its sheet."""
        if ref not in self._cells:
            return None
        sheet, row, column = self._cells[ref]
        return f"'{sheet}'!{address(row, column)}"


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def superscript(number: int) -> str:
    """The mark of a footnote."""
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


FONT = "Calibri"
INK, QUIET, LINE, HEADING, SHADE = "#1B1F2A", "#5D636F", "#BFBEB8", "#E6EBF8", "#F3F2EF"
GOOD, BAD, PLUM = "#1A6A42", "#A6261E", "#7A2A72"


class Looks:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._asked: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.title = self.of(bold=True, font_size=16)
        self.stamp = self.of(bold=True, font_color=PLUM, font_size=14)
        self.banner = self.of(bold=True, bg_color="#FBEFD8", font_color="#8A5100")
        self.block = self.of(bold=True, font_size=12)
        head = {"bold": True, "bg_color": HEADING, "text_wrap": True, "valign": "vcenter", "bottom": 1}
        self.heading = self.of(**head, align="center")
        self.heading_left = self.of(**head)
        self.heading_turned = self.of(**head, align="center", rotation=90)
        self.head_on = self.of(bold=True, bg_color=HEADING, valign="vcenter", bottom=1)
        self.on = self.of(bottom=1, valign="vcenter")
        self.quiet = self.of(font_color=QUIET)
        self.note = self.of(font_color=QUIET, text_wrap=True, valign="top")
        self.plain = self.of()
        self.text = self.of(text_wrap=True, bottom=1, valign="top")
        self.paragraph = self.of(text_wrap=True, valign="top", font_size=11)
        self.told = self.of(bottom=1, text_wrap=True, valign="vcenter")
        self.day = self.of(bottom=1, num_format=DAY, align="left", valign="vcenter")
        self.short_day = self.of(bottom=1, num_format="dd/mm", align="left", valign="vcenter")
        self.hours = self.of(bottom=1, num_format="0.##", align="right", valign="vcenter")
        self.letter = self.of(font_color=QUIET, bottom=1, valign="vcenter", text_wrap=True)
        self.cover_label = self.of(font_color=QUIET, bottom=1, font_size=11)
        self.cover_value = self.of(bold=True, bottom=1, font_size=11, align="left", text_wrap=True)
        self.good = self.of(bold=True, font_color=GOOD, bottom=1, align="center")
        self.bad = self.of(bold=True, font_color=BAD, bottom=1, align="center")

    def of(self, **properties: Any) -> Any:
        """The format with these properties."""
        asked = tuple(properties.items())
        if asked not in self._asked:
            # one format for the same properties in any order
            wanted = {"font_name": FONT, "font_size": 10, "font_color": INK, **properties}
            if "bottom" in wanted:
                wanted["bottom_color"] = LINE
            key = tuple(sorted(wanted.items()))
            if key not in self._made:
                self._made[key] = self._book.add_format(wanted)
            self._asked[asked] = self._made[key]
        return self._asked[asked]

    def number(self, key: str, value: object, *, strong: bool, shaded: bool = False, note: int = 0) -> Any:
        """The format of a figure: whole, with decimals, or a signed change; zeros and hidden ones are quiet.

        note: the number of its footnote, which hangs beside the number; the cell keeps its value.
        """
        pattern = "+0;−0;0" if key == "t2.changes" else "0.00" if key == "t1.mean_presence" else "#,##0"
        if isinstance(value, float) and key != "t1.mean_presence":
            pattern = "#,##0.0##" if key.startswith("t11.") else "#,##0.0"
        if note:
            pattern = ";".join(f'{one}"{superscript(note)}"' for one in pattern.split(";"))
        quiet = value in (0, None, HIDDEN)
        extra = {"bg_color": SHADE} if shaded else {}
        color = QUIET if quiet else INK
        return self.of(
            bottom=1, align="right", valign="vcenter", num_format=pattern, bold=strong, font_color=color, **extra
        )

    def cell(self, *, shaded: bool) -> Any:
        """The format of an empty cell of a table."""
        return self.of(bottom=1, bg_color=SHADE) if shaded else self.of(bottom=1)

    def label(self, *, strong: bool, indented: bool) -> Any:
        """The format of the words at the head of a row."""
        return self.of(bottom=1, bold=strong, indent=1 if indented else 0, text_wrap=True, valign="vcenter")
