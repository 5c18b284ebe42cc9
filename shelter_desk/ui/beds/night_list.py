"""The list of the night on paper: room, bed, code, a box to tick and blank lines; never a name."""

from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.beds.beds import Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.widgets.marks import MINOR
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats

BLANK_LINES = 4
_BOX = "☐"


def html(board: Board, training: bool, sigle: str) -> str:
    """The sheet as a document. sigle: at its head where the shelter has one."""
    title = words.text("List of the night of {day}").format(day=formats.weekday_day(board.night))
    heads = (
        words.text("Room"),
        words.text("Bed"),
        words.text("Code"),
        words.text("Sex"),
        words.text("Present"),
        words.text("Notes"),
    )
    rows = [cells for look in board.rooms for cells in _room(look, board)]
    rows += [_row("", "—", one, board) for one in board.unplaced]
    rows += [("", "", "", "", _BOX, "")] * BLANK_LINES
    counts = words.text("{present} present, {free} beds free of {usable} usable.")
    told = counts.format(present=board.present, free=board.free, usable=board.usable)
    if board.over:
        told = f"{told} {words.count('{n} person too many.', '{n} persons too many.', board.over)}"
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    table = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows)
    head = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    return (
        f"{mark}{printing.signed(sigle)}<h2>{escape(title)}</h2><p>{escape(told)}</p>"
        f"<table width='100%' border='1' cellspacing='0' cellpadding='2' style='border-collapse:collapse'>"
        f"<thead><tr>{head}</tr></thead>{table}</table>"
    )


def _room(look: RoomLook, board: Board) -> list[tuple[str, ...]]:
    title, rows = phrases.room_title(look.room), []
    for one in look.beds:
        people = [who for who in (one.sleeper, *one.sharing) if who]
        if people:
            rows += [_row(title, one.bed.code, who, board) for who in people]
        else:
            state = words.label("bed_state", one.state.state) if one.state else words.text("Free")
            rows.append((title, one.bed.code, state, "", "", one.state.reason if one.state else ""))
    rows += [_row(title, words.text("Mat"), who, board) for who in look.extra]
    return rows


def _row(room: str, bed: str, who: Present, board: Board) -> tuple[str, ...]:
    minor = f" {MINOR}" if who.person.birth.protected_as_minor(board.night) else ""
    away = phrases.absence_short(who.absence.absence_type) if who.absence else ""
    return (room, bed, who.person.code, phrases.letter(who.person.sex) + minor, "" if who.absence else _BOX, away)


def print_list(parent: QWidget, board: Board, training: bool, sigle: str) -> str:
    """Print it, or write a PDF where there is no printer; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    title = words.text("Print the list of the night")
    done = words.text("The list of the night is printed."), words.text("The list of the night is saved.")
    return printing.send(parent, printing.sheets(html(board, training, sigle)), title, *done)
