"""Empty lists to fill in: headings, drop-downs, a page of help (field 9).

The mark of a template in a workbook that was made from one: which it is, and of which version.
"""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import BadCall
from shelter_desk.domain.register_columns import LISTS, ListColumn, title
from shelter_desk.domain.registers.refusals import TemplateNotKnown
from shelter_desk.domain.registers.templates import MODELS, Model
from shelter_desk.excel.reading.book import Workbook, WorkbookSheet, letters
from shelter_desk.excel.reading.headings import folded
from shelter_desk.excel.registers.registers import FIRST_DATA_ROW, columns_of, head
from shelter_desk.excel.saving import save
from shelter_desk.excel.style import Formats, print_on_a4, safe

DATA_SHEET = "donnees"
HELP = "mode emploi"
VERSIONS = frozenset({1, 2})  # those that are read: 1 had the same columns, no mark for programs and no example
_MARK = re.compile(r"([a-z_]+)/(\d+)")
_SAID = re.compile(r"(?:Template|Modèle) ([a-z_]+), version (\d+)")  # all that the first version has


def template_in(book: Workbook, path: str) -> Model | None:
    """The template that the workbook was made from, None for one of the registers or none.

    Raises TemplateNotKnown for a version that is not read.
    """
    for sheet in book.sheets:
        found = _mark(sheet) if folded(sheet.name) == HELP else None
        if found is not None:
            key, version = found
            if version not in VERSIONS:
                raise TemplateNotKnown(path, key, version)
            return MODELS.get(key)
    return None


def _mark(sheet: WorkbookSheet) -> tuple[str, int] | None:
    for row in reversed(sheet.rows):
        for cell in row.cells:
            found = (_MARK.fullmatch(cell) or _SAID.fullmatch(cell)) if isinstance(cell, str) else None
            if found:
                return found[1], int(found[2])
    return None


VERSION = 2  # see `template_marks`
LISTS_SHEET = "Listes"
HELP_SHEET = "Mode_emploi"
ROWS_READY = 2000
_LAST_DATA_ROW = FIRST_DATA_ROW + ROWS_READY - 1
_EXAMPLES: Mapping[str, str] = {
    "room_code": "F1",
    "bed_code": "F1-03",
    "person_code": "7K3-QMX-E",
    "stay_no": "2026-0014",
    "head_stay_no": "2026-0013",
    "last_name": "Diarra",
    "first_name": "Awa",
    "age_estimated": "17",
    "surface_m2": "21,5",
    "override_rule": "R-06",
    "service_no": "S-2026-00042",
    "quantity": "1",
    "cost_xof": "15000",
    "receipt_no": "0147",
    "referral_no": "R-2026-0007",
    "partner": "CSRéf",
    "tag_no": "LIT-0007",
    "designation": "Matelas mousse",
    "location_room": "F1",
    "serial_no": "SN-48210",
    "to_room": "F2",
    "pv_no": "PV-2026-03",
    "linked_bed": "F1-03",
}


def write_template(path: Path, list_key: str, language: words.Language) -> None:
    """The empty list `list_key` of the registers workbook, in that language.

    Raises BadCall where there is no such list; DiskFull, ReadOnly, FileMissing.
    """
    if list_key not in LISTS:
        raise BadCall("list", list_key)
    import xlsxwriter

    with words.speaking(language):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            formats = Formats(book)
            book.set_properties({"title": title(list_key, words.language())})
            data, guide, lists = (book.add_worksheet(name) for name in (list_key, HELP_SHEET, LISTS_SHEET))
            columns = columns_of(list_key)
            listed = tuple(one for one in LISTS[list_key] if not one.read_only)
            head(data, columns, formats)
            print_on_a4(data, title(list_key, words.language()), training=False, width=sum(c.width for c in columns))
            ranges = write_lists(lists, listed, formats)
            add_drop_downs(data, listed, ranges)
            write_guide(guide, list_key, title(list_key, words.language()), listed, formats)
        save(path, content.getvalue())


def _accepted(column: ListColumn) -> list[codes.Code]:
    """The codes that the column takes, in the order in which they are shown."""
    offered = codes.codes(column.code_list) if column.code_list else ()
    return [
        code
        for code in offered
        if code.active and (not column.only or code.code in column.only) and code.code not in column.never
    ]


def write_lists(sheet: Any, columns: Sequence[ListColumn], formats: Formats) -> dict[str, str]:
    """Codes and labels of each code column, side by side; the cells that hold the labels, by column key."""
    ranges = {}
    place = 0
    for column in (column for column in columns if column.code_list):
        accepted = _accepted(column)
        sheet.write_string(0, place, column.label(words.language()), formats.heading)
        sheet.write_string(0, place + 1, words.text("Code"), formats.heading)
        for row, code in enumerate(accepted, 1):
            sheet.write_string(row, place, words.label(code.list, code.code), formats.text)
            sheet.write_string(row, place + 1, code.code, formats.label)
        sheet.set_column(place, place, 34)
        sheet.set_column(place + 1, place + 1, 20)
        called = letters(place)
        ranges[column.key] = f"={LISTS_SHEET}!${called}$2:${called}${len(accepted) + 1}"
        place += 2
    sheet.freeze_panes(1, 0)
    print_on_a4(sheet, words.text("Accepted values"), training=False, width=54 * place // 2)
    return ranges


def add_drop_downs(sheet: Any, columns: Sequence[ListColumn], ranges: Mapping[str, str], first: int = 0) -> None:
    """Each column of codes offers its labels. first: the place of the first of them."""
    for place, column in enumerate(columns, first):
        source: str | list[str] | None = ranges.get(column.key)
        if column.kind == "yes_no":
            source = [words.text("Yes"), words.text("No")]
        if source:
            # codes are read as well as labels, and several in one cell: the drop-down offers, the import judges
            rule = {"validate": "list", "source": source, "show_error": False}
            sheet.data_validation(FIRST_DATA_ROW, place, _LAST_DATA_ROW, place, rule)


def write_guide(
    sheet: Any, key: str, name: str, columns: Sequence[ListColumn], formats: Formats, more: Sequence[str] = ()
) -> None:
    """How the list is filled in, column by column; its version, in words and as a program reads it.

    more: what is said in place of the first advice.
    """
    sheet.write_string(0, 0, words.text("How to fill in the list “{list}”").format(list=name), formats.title)
    sheet.set_row(0, 26)
    row = 2
    for sentence in (*more, *_advice()[1 if more else 0 :]):
        sheet.merge_range(row, 0, row, 5, sentence, formats.plain)
        row += 1
    row = _write_columns(sheet, row + 1, columns, formats)
    version = words.text("Template {list}, version {version}").format(list=key, version=VERSION)
    sheet.write_string(row + 1, 0, version, formats.key)
    sheet.write_string(row + 2, 0, f"{key}/{VERSION}", formats.key)
    for place, width in enumerate((28, 22, 12, 20, 46, 18)):
        sheet.set_column(place, place, width)
    print_on_a4(sheet, name, training=False)


def _advice() -> tuple[str, ...]:
    return (
        words.text("Fill in one line per entry, from row 3 on. Leave rows 1 and 2 as they are."),
        words.text("Columns marked with * are required. The others may stay empty."),
        words.text("An empty cell never erases what is already recorded."),
        words.text("Dates: 15/03/2026 or 2026-03-15. With the hour: 15/03/2026 14:30."),
        words.text("The column “To” is the day of leaving: its night is not counted."),
        words.text("Columns may be moved. Do not add totals or merged cells."),
    )


def _write_columns(sheet: Any, row: int, columns: Sequence[ListColumn], formats: Formats) -> int:
    """The table of columns; the row after it."""
    headings = (
        words.text("Column"),
        words.text("Machine key"),
        words.text("Required"),
        words.text("Kind"),
        words.text("Accepted values"),
        words.text("Example"),
    )
    kinds = {
        "text": words.text("text"),
        "day": words.text("date"),
        "moment": words.text("date, hour if known"),
        "whole": words.text("whole number"),
        "number": words.text("number"),
        "yes_no": words.text("yes or no"),
        "code": words.text("one value of the list"),
        "codes": words.text("values of the list, separated by ;"),
    }
    for place, heading in enumerate(headings):
        sheet.write_string(row, place, heading, formats.heading)
    for column in columns:
        row += 1
        cells = (
            column.label(words.language()),
            column.key,
            words.text("yes") if column.required else "",
            kinds[column.kind],
            _accepted_said(column),
            _example(column),
        )
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, safe(cell), formats.plain)
    return row + 1


def _accepted_said(column: ListColumn) -> str:
    if column.kind == "yes_no":
        return words.text("Yes, No, X")
    labels = [words.label(code.list, code.code) for code in _accepted(column)]
    if len(labels) > 8:
        return words.text("see the sheet Listes")
    return "\n".join(labels)


def _example(column: ListColumn) -> str:
    labels = [words.label(code.list, code.code) for code in _accepted(column)]
    by_kind = {
        "day": "15/03/2026",
        "moment": "15/03/2026 14:30",
        "yes_no": words.text("Yes"),
        "code": labels[0] if labels else "",
        "codes": "; ".join(labels[:2]),
    }
    return by_kind.get(column.kind) or _EXAMPLES.get(column.key, "")
