"""What is put on paper: one margin, no word broken, the places to sign on one sheet."""

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPagedPaintDevice, QPageSize, QPdfWriter, QTextDocument, QTextTable

from shelter_desk.ui.equipment import paper
from shelter_desk.ui.stock import printing
from shelter_desk.ui.widgets.print import printing as printing_view

pytestmark = pytest.mark.usefixtures("qapp")


def a4() -> QPagedPaintDevice:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QPdfWriter(buffer)
    buffer.setParent(made)
    made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    made.setPageMargins(*printing_view._around(printing_view.MARGIN))
    return made


def lines_of(document: QTextDocument) -> list[str]:
    """What stands in each line of each block, cells included."""
    found, block = [], document.begin()
    while block.isValid():
        layout = block.layout()
        for at in range(layout.lineCount()):
            line = layout.lineAt(at)
            found.append(block.text()[line.textStart() : line.textStart() + line.textLength()].strip())
        block = block.next()
    return found


def test_the_text_begins_at_the_margin_of_the_sheet_and_not_two_centimetres_further() -> None:
    device = a4()
    made = printing_view.laid("<p>Bonjour</p>", device)
    first = made.documentLayout().blockBoundingRect(made.begin())
    assert (first.left(), made.pageSize().width()) == (0, device.width())


def test_no_word_is_broken_in_a_narrow_column() -> None:
    told = (("Article", 60, "Riz"), ("Lot", 30, "lot 2606-08"), ("Quantité", 5, "150"), ("Unité", 5, "Kilogramme"))
    columns = [printing.PaperColumn(heading, width, lambda _row, text=text: text) for heading, width, text in told]  # type: ignore[misc]
    html = printing._table([None], *columns)
    assert "Kilogramme" in lines_of(printing_view.laid(html, a4(), printing.POINTS))


@pytest.mark.parametrize("rows", range(20, 60))
def test_the_places_to_sign_stay_on_one_sheet(rows: int) -> None:
    columns = [("Étiquette", lambda n: f"LIT-{n:04}"), ("Désignation", lambda _n: "Lit métallique")]
    table = paper.table(range(rows), columns)
    made = printing_view.laid(table + paper.signatures(), a4(), paper.POINTS)
    signed = [one for one in made.rootFrame().childFrames() if isinstance(one, QTextTable)][-1]
    room, high = made.documentLayout().frameBoundingRect(signed), made.pageSize().height()
    assert int(room.top() // high) == int((room.bottom() - 1) // high)


def test_a_paper_that_may_lie_about_bears_the_short_name_alone() -> None:
    assert "C7" in printing_view.signed("C7")
    assert printing_view.signed("") == ""
