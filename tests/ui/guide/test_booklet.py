"""The booklets: no longer than promised, whole, with their pictures, printed from the window or by the command line."""

import re
import unicodedata
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPdfWriter, QTextFrameFormat
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.app import main
from shelter_desk.domain.rights import Role
from shelter_desk.ui.guide import booklet
from shelter_desk.ui.guide.guide_window import GuideWindow
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import guide

MILLIMETRES = QPageLayout.Unit.Millimeter
MOST = {Role.DIRECTOR: 15, Role.CASE_WORKER: 12, Role.STOREKEEPER: 4, Role.RECEPTION: 2}
CASES = [(role, language) for role in booklet.READERS for language in ("fr", "en")]


def told(pdf: pypdf.PdfReader) -> str:
    return plainly(" ".join(page.extract_text() for page in pdf.pages))


def plainly(text: str) -> str:
    """Without the letters that a font writes as one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize(("role", "language"), CASES)
def test_no_booklet_is_longer_than_promised(qtbot: QtBot, tmp_path: Path, role: Role, language: str) -> None:
    with words.speaking("en" if language == "en" else "fr"):
        booklet.save(role, tmp_path / "guide.pdf")
        titles = [one.title for one in guide.booklet(role)]
    made = pypdf.PdfReader(tmp_path / "guide.pdf")
    assert 1 < len(made.pages) <= MOST[role]
    text = told(made)
    assert [one for one in titles if plainly(one) not in text] == []
    assert made.metadata is not None
    assert not made.metadata.author


def test_every_picture_of_a_booklet_is_on_paper_and_once() -> None:
    with words.speaking("fr"):
        text = booklet.html(Role.DIRECTOR)
    chapters = " ".join(one.text for one in guide.booklet(Role.DIRECTOR))
    named = set(re.findall(r"pictures/(\w+)\.png", chapters))
    assert len(named) > 15
    assert {name: text.count(f"/{name}.png") for name in named} == dict.fromkeys(named, 1)
    assert "<a " not in text


@pytest.mark.parametrize(("role", "language"), CASES)
def test_each_picture_stands_at_the_edge_and_none_over_the_text(
    qtbot: QtBot, tmp_path: Path, role: Role, language: str
) -> None:
    sheet = QPdfWriter(str(tmp_path / "guide.pdf"))
    sheet.setPageMargins(QMarginsF(booklet.MARGIN, booklet.MARGIN, booklet.MARGIN, booklet.MARGIN), MILLIMETRES)
    with words.speaking("en" if language == "en" else "fr"):
        made = printing.laid(booklet.html(role), sheet, booklet.LARGER.get(role, (booklet.POINTS, 0))[0])
    frames = made.rootFrame().childFrames()
    beside = [one for one in frames if one.frameFormat().position() == QTextFrameFormat.Position.FloatRight]
    rights = [round(made.documentLayout().frameBoundingRect(one).right()) for one in beside]
    assert len(set(rights)) == 1


def test_no_heading_is_the_last_of_a_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    with words.speaking("fr"):
        booklet.save(Role.DIRECTOR, tmp_path / "guide.pdf")
        headings = {part.heading for one in guide.booklet(Role.DIRECTOR) for part in one.sections() if part.heading}
        headings |= {one.title for one in guide.booklet(Role.DIRECTOR)}
    wanted = {plainly(one) for one in headings}
    for page in pypdf.PdfReader(tmp_path / "guide.pdf").pages[:-1]:
        lines = [plainly(line) for line in page.extract_text().splitlines() if line.strip()]
        text = [line for line in lines if "/" not in line or len(line) > 6]  # not the number of the sheet
        assert text[-1] not in wanted


def test_the_command_line_writes_it(qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "guide.pdf"
    assert main(["guide", "--role", "guard", "--out", str(out), "--language", "fr"]) == 0
    assert capsys.readouterr().out == f"Le livret est enregistré dans {out}.\n"
    assert "L’accueil de nuit" in told(pypdf.PdfReader(out))
    assert main(["guide", "--role", "guard", "--out", str(tmp_path / "no" / "guide.pdf")]) != 0
    assert main(["guide", "--role", "cook", "--out", str(out)]) != 0


def test_the_window_writes_it_where_there_is_no_printer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "choose_to_save", lambda *_: tmp_path / "livret.pdf")
    window = GuideWindow(Role.STOREKEEPER)
    qtbot.addWidget(window)
    window.go_to("stock.md")
    window.print_booklet(Role.STOREKEEPER)
    assert window.said.text() == "Le livret est enregistré dans livret.pdf."
    assert "Ce qui entre" in told(pypdf.PdfReader(tmp_path / "livret.pdf"))
