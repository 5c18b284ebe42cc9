"""The handover on paper: what stands on the page, with room to sign."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.today.shift_events import GROUPS, ShiftEvent
from shelter_desk.operations.today.shifts import ShiftAsRead
from shelter_desk.operations.today.today import Tonight
from shelter_desk.ui.today.handover.earlier_list import state
from shelter_desk.ui.today.handover.points_card import LeftPoint
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats
from shelter_desk.words import handovers as handover_words

_BOX, _TICKED = "☐", "☑"


def numbers(night: Tonight) -> list[str]:
    """Who is here and which beds there are, as far as there is any."""
    told = (
        (night.present, words.count("{n} present", "{n} present", night.present)),
        (night.away, words.count("{n} person away", "{n} persons away", night.away)),
        (night.free, words.count("{n} free bed", "{n} free beds", night.free)),
        (night.expected, words.count("{n} arrival expected", "{n} arrivals expected", night.expected)),
        (night.extra, words.count("{n} on a mat", "{n} on mats", night.extra)),
        (night.unplaced, words.count("{n} without a place", "{n} without a place", night.unplaced)),
    )
    return [one for n, one in told if n or one is told[0][1]]


def hidden(n: int) -> str:
    """That others read more."""
    return words.count(
        "{n} line is not shown to your role; who may read it sees it in this handover.",
        "{n} lines are not shown to your role; who may read them sees them in this handover.",
        n,
    )


def handover_html(shift: ShiftAsRead, points: Sequence[LeftPoint], training: bool, sigle: str) -> str:
    """The sheet as a document."""
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    title = f"{words.text('Handover')}, {handover_words.span(shift.began_at, shift.ended_at)}"
    parts = [mark, printing.signed(sigle), f"<h2>{escape(title)}</h2>"]
    if shift.handed is not None:
        by = words.text("Handed over by {who}").format(who=shift.handed.by)
        parts.append(f"<p>{escape(by)} · {escape(state(shift.handed))}</p>")
    parts.append(f"<p><b>{escape(' · '.join(numbers(shift.night)))}</b></p>")
    for group in GROUPS:
        acts = [(formats.clock(one.at), _act(one), one.by) for one in shift.events if one.group == group]
        if acts:
            parts += [f"<h3>{escape(handover_words.group(group))}</h3>", _table(acts, (8, 72, 20))]
    parts.append(f"<h3>{escape(words.text('To be gone on with'))}</h3>")
    rows = [(_tick(one), one.text, "" if one.line is None else one.line.by) for one in points]
    parts.append(_table(rows or [("", words.text("Nothing is left."), "")], (8, 72, 20)))
    parts += [f"<p>{escape(hidden(shift.hidden))}</p>"] if shift.hidden else []
    if shift.handed is None or shift.handed.handover.waits:
        heads = (words.text("Handed over by, signature"), words.text("Taken over by, signature"))
        cells = "".join(f"<td width='50%'>{escape(one)}<br><br><br></td>" for one in heads)
        parts.append(f"<p></p><table width='100%' border='1' cellspacing='0' cellpadding='4'><tr>{cells}</tr></table>")
    return "".join(parts)


def _act(one: ShiftEvent) -> str:
    return " · ".join(part for part in (handover_words.title(one), handover_words.detail(one)) if part)


def _tick(one: LeftPoint) -> str:
    return _TICKED if one.line is not None and one.line.line.is_taken else _BOX


def _table(rows: Sequence[tuple[str, ...]], widths: Sequence[int]) -> str:
    told = "".join(
        "<tr>"
        + "".join(f"<td width='{wide}%'>{escape(cell)}</td>" for cell, wide in zip(cells, widths, strict=True))
        + "</tr>"
        for cells in rows
    )
    return (
        "<table width='100%' border='1' cellspacing='0' cellpadding='2' style='border-collapse:collapse'>"
        f"{told}</table>"
    )


def print_handover(parent: QWidget, html: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    done = words.text("The handover is printed."), words.text("The handover is saved.")
    return printing.send(parent, printing.sheets(html), words.text("Print the handover"), *done)
