"""The calendar of the beds on paper."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from shelter_desk.domain.beds.calendar import BedLine
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import journal
from shelter_desk.ui.beds.calendar import looks, paper
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.widgets.print import printing
from tests.operations import shelter
from tests.ui.beds.calendar_scene import (
    desk,
    grid_of,
    opened,
)

__all__ = ["desk", "opened"]

Open = Callable[[], BedsPage]


def test_the_nights_shown_are_printed_and_the_journal_says_which(
    qtbot: QtBot, desk: Desk, opened: Open, tmp_path: Path
) -> None:
    one = shelter.admit(desk, "1A", days=6, names=Names("Kassogué", "Awa"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "calendar.pdf"))
    page = opened()
    printing.answer_with(lambda _: printer)
    try:
        with qtbot.waitSignal(page.told):
            page.head.print_button.click()
    finally:
        printing.answer_with(None)
    told = "\n".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "calendar.pdf").pages)
    nights = grid_of(page).look.nights
    assert (one.code in told, "Kassogu" in told) == (True, False)
    with desk.reading() as connection:
        *_, last = journal.lines(connection)
    assert (last.action, last.subject) == ("bed_calendar_printed", f"{nights.first}/{nights.last}")


def test_sheets_of_a_training_shelter_say_so(desk: Desk, opened: Open) -> None:
    look = grid_of(opened()).look
    told = [
        PdfReader(BytesIO(printing.pdf(paper.sheets(look, training=training, sigle="C7")))).pages[0].extract_text()
        for training in (True, False)
    ]
    assert ["EXERCICE" in text for text in told] == [True, False]
    assert all("C7" in text for text in told)


def test_a_room_that_goes_on_has_its_name_on_the_next_sheet() -> None:
    row = [looks.RowLook(f"bed:{n}", f"B{n}", line=BedLine(())) for n in range(5)]
    rows = [looks.RowLook("a", "A"), *row[:3], looks.RowLook("b", "B"), *row[3:]]
    found = [[one.title for one in sheet] for sheet in paper.pages(rows, 4)]
    assert found == [["A", "B0", "B1", "B2"], ["B", "B3", "B4"]]
    assert [[one.title for one in sheet] for sheet in paper.pages(rows, 3)][1] == ["A", "B2"]
