"""The annex of a closed month: the points that were accepted, by code for the house, elsewhere as counts."""

from collections import Counter
from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.reports.closing import AcceptedPoint
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.style import safe
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import points as point_words

SHEET = "14_Points"


def write(writer: Writer, accepted: Sequence[AcceptedPoint]) -> None:
    """Kind, code and reason of each; for others than the house how many of each kind, without a word of a reason."""
    looks, sheet = writer.looks, writer.sheet
    is_ours = writer.report.profile == "interne"
    writer.text(words.text("Points accepted at the closing"), looks.block)
    heads = [words.text("Kind"), words.text("Code"), words.text("Reason")]
    for column, width in enumerate((48, 18, 52)):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads if is_ours else (heads[0], words.text("Points"))):
        sheet.write_string(writer.row, column, head, looks.heading_left)
    writer.row += 1
    for kind, code, reason in sorted(map(_told, accepted)) if is_ours else ():
        for column, text in enumerate((kind, code, reason)):
            sheet.write_string(writer.row, column, safe(text), looks.text)
        writer.row += 1
    for kind, n in () if is_ours else sorted(Counter(kind for kind, _, _ in map(_told, accepted)).items()):
        sheet.write_string(writer.row, 0, kind, looks.text)
        sheet.write_number(writer.row, 1, n, looks.number("", n, strong=False))
        writer.row += 1


def _told(one: AcceptedPoint) -> tuple[str, str, str]:
    matter, code, flagged = one.about
    return point_words.kind(matter, flagged), code, closing_words.accept_reason(one.reason)
