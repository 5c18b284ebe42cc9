"""The cells compared: what each is called, their number, ours, the difference; and what the rows of one explain."""

from collections.abc import Sequence
from dataclasses import replace

from shelter_desk import words
from shelter_desk.operations.reports.old_report import ComparedCell
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.lists.table_rows import TableColumn
from shelter_desk.ui.reports import drilldown, naming
from shelter_desk.ui.reports.drilldown import OpenedFigure
from shelter_desk.words.reports import old_report as old_words
from shelter_desk.words.reports import reports as report_words


def columns(month: Month) -> list[TableColumn[ComparedCell]]:
    """Where, what it is called there and here, both numbers, and what lies between."""

    def figure(one: ComparedCell) -> str:
        return naming.title(one.ref, month.report.names) if one.ref is not None else one.pointed[2]

    return [
        TableColumn(words.text("Cell"), lambda one: one.pointed[1], bold=True, is_whole=True),
        TableColumn(words.text("In the old report"), _label, tooltip=_where, gives_way=1),
        TableColumn(words.text("Our figure"), figure, tooltip=figure),
        TableColumn(words.text("Old number"), _theirs, alignment="right", tooltip=_theirs, ink=_their_ink),
        TableColumn(words.text("Number here"), lambda one: report_words.value(one.ours), alignment="right"),
        TableColumn(words.text("Difference"), _difference, alignment="right", bold=True, ink=_ink),
    ]


def _label(one: ComparedCell) -> str:
    return old_words.label(one.left, one.above)


def _where(one: ComparedCell) -> str:
    return words.text("{sheet}, {cell}").format(sheet=one.sheet or one.pointed[0], cell=one.pointed[1])


def _theirs(one: ComparedCell) -> str:
    return old_words.why_not(one.why_not) if one.theirs is None else report_words.value(one.theirs)


def _their_ink(one: ComparedCell) -> str | None:
    return "attention" if one.theirs is None else None


def _difference(one: ComparedCell) -> str:
    if one.difference is None:
        return report_words.value(None)
    return old_words.signed(one.difference) if one.difference else words.text("same")


def _ink(one: ComparedCell) -> str | None:
    if one.difference is None:
        return "ink2"
    return "blocked" if one.difference else "ok"


def counted(found: Sequence[ComparedCell]) -> str:
    """How many say the same, how many do not, and how many cannot be compared."""
    same = sum(one.difference == 0 for one in found)
    other = sum(bool(one.difference) for one in found)
    told = [
        words.count("{n} cell the same", "{n} cells the same", same),
        words.count("{n} difference", "{n} differences", other),
    ]
    if len(found) > same + other:
        unread = len(found) - same - other
        told.append(words.count("{n} cell without a number", "{n} cells without a number", unread))
    return ", ".join(told)


def explained(month: Month, one: ComparedCell) -> OpenedFigure | None:
    """Our figure with its rows, those that would explain the difference first; None for a cell without a figure."""
    if one.ref is None or one.ours is None:
        return None
    opened = drilldown.opened(month, one.ref)
    said = [old_words.difference(one.difference)] if one.difference else []
    said += [old_words.hint(hint, month.report.names) for hint in one.hints]
    if not opened.lines and opened.note:
        said.append(opened.note)
    rows = [row for row, _ in month.report.rows(opened.ref[0], *opened.ref[1])]
    first = next((hint.rows for hint in one.hints if hint.rows), frozenset())
    lines = opened.lines
    if first and len(rows) == len(lines):
        ordered = sorted(zip(rows, lines, strict=True), key=lambda pair: pair[0] not in first)
        lines = tuple(line for _, line in ordered)
    return replace(opened, lines=lines, note=" ".join(said))
