"""Labels with bars, the sheet of a room to sign, the minutes of a count: to the printer, or as a PDF."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.operations.equipment.equipment import AssetLine
from shelter_desk.ui.widgets.print import bar_labels, printing
from shelter_desk.ui.widgets.print.bar_labels import BarLabel
from shelter_desk.words import formats

POINTS, MARGIN = 9.5, 15.0
SHORT = 3  # columns; a longer table ends with a wide one to write into
PaperColumn = tuple[str, Callable[[Any], str]]  # what stands in its head, and how a line is read


def labels(parent: QWidget, assets: Sequence[Asset], training: bool) -> str:
    """One label an asset; what was done in a sentence, "" when closed."""
    return bar_labels.print_labels(parent, [label(one, training) for one in assets])


def label(one: Asset, training: bool) -> BarLabel:
    """Its tag, what it is, whose it is."""
    donor = words.text("TRAINING") if training else words.label("donor", one.donor)
    return BarLabel(one.tag_no, one.tag_no, one.designation, donor)


def rooms(parent: QWidget, lines: Sequence[AssetLine], day: date, training: bool, shelter: str) -> str:
    """A sheet for each place with what should stand there, to tick and sign."""
    by_room: dict[str, list[AssetLine]] = {}
    for one in sorted(lines, key=lambda line: (line.room, line.asset.tag_no)):
        by_room.setdefault(one.room or words.text("Place not said"), []).append(one)
    if not by_room:
        return ""
    pages = [_room(name, found, day, training, shelter) for name, found in by_room.items()]
    broken = "<div style='page-break-before:always'></div>".join(pages)
    return text(parent, words.text("Sheet of a room"), words.text("room-sheet.pdf"), broken)


def _room(name: str, lines: Sequence[AssetLine], day: date, training: bool, shelter: str) -> str:
    columns: list[PaperColumn] = [
        (words.text("Tag"), lambda one: one.asset.tag_no),
        (words.text("Designation"), lambda one: one.asset.designation),
        (words.text("Pieces"), lambda one: str(one.asset.quantity)),
        (words.text("Condition"), lambda one: words.label("asset_condition", one.asset.condition)),
        (words.text("Seen"), lambda _one: "☐"),
        (words.text("Remark"), lambda _one: ""),
    ]
    title = words.text("Equipment of the room: {room}").format(room=name)
    return f"{head(title, day, training, shelter)}{table(lines, columns)}{signatures()}"


def head(title: str, day: date, training: bool, shelter: str) -> str:
    """Whose paper it is, its title and its day."""
    stamp = f"<p><b>{escape(words.text('EXERCISE — fictitious data'))}</b></p>" if training else ""
    state = words.text("State on {day}").format(day=formats.day(day))
    return f"<p>{escape(shelter)}</p><h2>{escape(title)}</h2>{stamp}<p>{escape(state)}</p>"


def table(lines: Iterable[Any], columns: Sequence[PaperColumn]) -> str:
    """A table with lines, its heads repeated on every page."""
    heads = [heading for heading, _ in columns]
    head_cell = "<th align='left' bgcolor='#e6ebf8'{more}>{text}</th>"
    top = "".join(
        head_cell.format(text=escape(one), more=" width='25%'" if one == heads[-1] and len(heads) > SHORT else "")
        for one in heads
    )
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell(one))}</td>' for _, cell in columns)}</tr>" for one in lines)
    style = "border-collapse:collapse"
    start = f"<table width='100%' border='1' cellspacing='0' cellpadding='3' style='{style}'>"
    return f"{start}<thead><tr>{top}</tr></thead>{body}</table>"


def signatures(names: Sequence[str] = ("", "")) -> str:
    """Two places to sign, and one of the direction."""
    signed = [*names, words.text("The direction")]
    cells = "".join(f"<td width='33%'>{escape(one)}<br/><br/><br/><br/></td>" for one in signed)
    label = words.text("Names and signatures")
    start = "<table width='100%' border='1' cellspacing='0' cellpadding='4'>"
    return f"<p><br/>{escape(label)}</p>{start}<tr>{cells}</tr></table>"


def text(parent: QWidget, title: str, file: str, html: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    sent = words.text("{what}: sent to the printer.").format(what=title)
    saved = words.text("{what}: saved as {file}.").format(what=title, file="{file}")
    return printing.send(parent, printing.sheets(html, POINTS), title, sent, saved, file=file, margin=MARGIN)
