"""The list of the night on paper: room, bed, code, a box to tick and blank lines; never a name."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.disk import named
from shelter_desk.operations.beds import Board, RoomLook
from shelter_desk.operations.placing import Present
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.marks import MINOR
from shelter_desk.words import shown

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

BLANK_LINES = 4
POINTS = 9.0
_FILE = "document.pdf"
_BOX = "☐"


def html(board: Board, training: bool) -> str:
    """The sheet as a document."""
    title = words.text("List of the night of {day}").format(day=shown.weekday_day(board.night))
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
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    table = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows)
    head = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    return (
        f"{mark}<h2>{escape(title)}</h2><p>{escape(told)}</p>"
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


def document(board: Board, training: bool) -> QTextDocument:
    """The sheet, ready to be printed."""
    made = QTextDocument()
    face = tokens.font("small")
    face.setPointSizeF(POINTS)
    made.setDefaultFont(face)
    made.setHtml(html(board, training))
    return made


def _choose_printer(parent: QWidget) -> "QPrinter | None":
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    with asking():
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


_ask_printer: list[Callable[[QWidget], "QPrinter | None"]] = [_choose_printer]


def answer_with(printer: "Callable[[QWidget], QPrinter | None] | None") -> None:
    """Tests: print with this instead of asking; None asks again."""
    _ask_printer[0] = printer or _choose_printer


def _has_printer() -> bool:
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def print_list(parent: QWidget, board: Board, training: bool) -> str:
    """Print through the system's dialogue, or write a PDF where there is no printer; what was done, "" when closed.

    Raises DiskFull, ReadOnly.
    """
    sheet = document(board, training)
    if _ask_printer[0] is _choose_printer and not _has_printer():
        return _save(parent, sheet)
    printer = _ask_printer[0](parent)
    if printer is None:
        return ""
    sheet.print_(printer)
    return words.text("The list of the night is printed.")


def _save(parent: QWidget, sheet: QTextDocument) -> str:
    path = files.choose_to_save(parent, words.text("Print the list of the night"), _FILE, "PDF (*.pdf)")
    if path is None:
        return ""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(12, 12, 12, 12), QPageLayout.Unit.Millimeter)
    sheet.print_(writer)
    try:
        path.write_bytes(bytes(buffer.data().data()))
    except OSError as error:
        raise named(error, str(path)) from error
    return words.text("The list of the night is saved.")
