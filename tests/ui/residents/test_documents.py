"""Papers in the record, by keyboard alone through the real window."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.notes import PDF, PNG
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import documents, residents
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.acts.note_form import DocumentForm, TakeOutForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.documents_tab import DocumentsTab
from shelter_desk.ui.widgets import files
from shelter_desk.ui.window import Window
from tests.operations.case_scene import CONTENTS, paper_file
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import admit
from tests.ui.residents.record_walk import desk_of, do_it, form_of, open_tab, page_of, press, tab_to, window
from tests.ui.residents.residents_scene import desk, page
from tests.ui.window.windows import focused

__all__ = ["desk", "page", "window"]


def agreed(desk: Desk) -> Admitted:
    made = admit(desk, "1A")
    agree_to_recording(desk, made.person)
    return made


def tab_of(window: Window) -> DocumentsTab:
    found = page_of(window).record.findChild(DocumentsTab)
    assert isinstance(found, DocumentsTab)
    return found


def test_a_paper_is_kept_by_keyboard(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    whom = agreed(desk_of(window))
    files.answer_with(paper_file(tmp_path))
    open_tab(qtbot, window, whom.code, "documents")
    press(qtbot, tab_of(window).add_button)
    form = form_of(window)
    assert isinstance(form, DocumentForm)
    press(qtbot, form.file)
    tab_to(qtbot, form.kind)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    chosen = form.kind.value()
    tab_to(qtbot, form.name)
    qtbot.keyClicks(focused(), "Passeport de 2024")
    tab_to(qtbot, form.until)
    qtbot.keyClicks(focused(), "31/12/2030")
    do_it(qtbot)
    (line,) = documents.of(desk_of(window), whom.person)
    assert (line.document.kind, line.title, f"{line.document.expires_on}") == (
        chosen,
        "Passeport de 2024",
        "2030-12-31",
    )


def test_a_copy_is_written_by_keyboard_where_it_was_chosen(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    whom = agreed(desk_of(window))
    documents.take_in(desk_of(window), whom.person, paper_file(tmp_path), NewDocument("acte_naissance", "Acte"))
    open_tab(qtbot, window, whom.code, "documents")
    (line,) = tab_of(window).lines.values()
    files.answer_with(tmp_path / "copie.pdf")
    press(qtbot, line.copy_button)
    assert (tmp_path / "copie.pdf").read_bytes() == CONTENTS[PDF]


def test_a_paper_is_taken_out_by_keyboard_with_a_reason(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    whom = agreed(desk_of(window))
    documents.take_in(desk_of(window), whom.person, paper_file(tmp_path), NewDocument("acte_naissance", "Acte"))
    open_tab(qtbot, window, whom.code, "documents")
    (line,) = tab_of(window).lines.values()
    press(qtbot, line.out_button)
    assert isinstance(form_of(window), TakeOutForm)
    qtbot.keyClicks(focused(), "Rendu")
    do_it(qtbot)
    assert documents.of(desk_of(window), whom.person) == ()


def test_a_file_that_cannot_be_kept_is_refused_at_once_beside_its_field(
    page: ResidentsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page.open_record(agreed(desk).person)
    page.record.open_form("document")
    form = page.record.form
    assert isinstance(form, DocumentForm)
    files.answer_with(paper_file(tmp_path, b"MZ\x90\x00"))
    qtbot.mouseClick(form.file.button, Qt.MouseButton.LeftButton)
    assert form.file.state() == "blocked"


def test_the_form_tells_kind_and_size_of_the_file(
    page: ResidentsPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page.open_record(agreed(desk).person)
    page.record.open_form("document")
    form = page.record.form
    assert isinstance(form, DocumentForm)
    files.answer_with(paper_file(tmp_path, CONTENTS[PDF] + bytes(200 * 1024), "scan.pdf"))
    qtbot.mouseClick(form.file.button, Qt.MouseButton.LeftButton)
    assert form.file.name.text() == "scan.pdf, PDF, 200\N{NO-BREAK SPACE}Ko"


@pytest.mark.parametrize(("key", "field"), [("document_file", "file"), ("document_kind", "kind")])
def test_what_is_missing_is_said_beside_its_field(
    page: ResidentsPage, desk: Desk, tmp_path: Path, key: str, field: str
) -> None:
    page.open_record(agreed(desk).person)
    page.record.open_form("document")
    form = page.record.form
    assert isinstance(form, DocumentForm)
    form.file.path = paper_file(tmp_path) if field == "kind" else None
    form.go()
    assert [name for name, one in form.fields.items() if one.state() == "blocked"] == [key]


def test_a_paper_about_to_run_out_is_said(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    whom, last = agreed(desk), desk.today() + timedelta(days=9)
    documents.take_in(desk, whom.person, paper_file(tmp_path), NewDocument("passeport", "Passeport", last))
    tab = DocumentsTab(desk, residents.record(desk, whom.person))
    qtbot.addWidget(tab)
    (line,) = tab.lines.values()
    assert line.badge.text() == f"Valable jusqu’au {last:%d/%m/%Y}"


def test_the_head_of_the_record_says_that_a_paper_runs_out(page: ResidentsPage, desk: Desk, tmp_path: Path) -> None:
    whom, last = agreed(desk), desk.today() + timedelta(days=9)
    documents.take_in(desk, whom.person, paper_file(tmp_path), NewDocument("passeport", "Passeport", last))
    page.open_record(whom.person)
    told = [badge.text() for badge in page.record.head.alerts.badges]
    assert f"Passeport\u00a0: valable jusqu’au {last:%d/%m/%Y}" in told


def test_the_night_reception_is_offered_no_papers(window: Window) -> None:
    desk = desk_of(window)
    desk.role = Role.RECEPTION
    page = ResidentsPage(desk)
    titles = {page.record.head.tabs.tabData(place) for place in range(page.record.head.tabs.count())}
    page.deleteLater()
    assert titles == {"stay", "thread"}


def scan(folder: Path) -> Path:
    """A picture as a scanner makes it."""
    made = QImage(600, 800, QImage.Format.Format_RGB32)
    made.fill(0xFFCC00)
    made.save(str(folder / "scan.png"))
    return folder / "scan.png"


def test_a_scan_is_shown_in_the_window_by_keyboard_and_closed_again(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    whom = agreed(desk_of(window))
    documents.take_in(desk_of(window), whom.person, scan(tmp_path), NewDocument("passeport", "Passeport"))
    open_tab(qtbot, window, whom.code, "documents")
    (line,) = tab_of(window).lines.values()
    assert line.picture is not None
    press(qtbot, line.picture.button)
    shown = line.picture.picture.pixmap()
    assert (line.picture.picture.isVisible(), shown.toImage().pixelColor(5, 5).name()) == (True, "#ffcc00")
    assert shown.width() <= line.width()
    press(qtbot, line.picture.button)
    assert (line.picture.picture.isVisible(), line.picture.picture.pixmap().isNull()) == (False, True)


def test_a_scan_goes_when_names_are_masked_and_none_opens(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    whom = agreed(desk_of(window))
    documents.take_in(desk_of(window), whom.person, scan(tmp_path), NewDocument("passeport", "Passeport"))
    open_tab(qtbot, window, whom.code, "documents")
    (line,) = tab_of(window).lines.values()
    assert line.picture is not None
    line.picture.turn()
    assert window.frame is not None
    assert window.frame.top_bar.mask_switch is not None
    window.frame.top_bar.mask_switch.setChecked(True)
    closed = line.picture.picture.isHidden()
    line.picture.turn()
    assert (closed, line.picture.picture.isHidden(), line.picture.button.isEnabled()) == (True, True, False)


def test_what_is_no_picture_is_not_offered_to_be_shown_and_a_broken_one_is_said(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    whom = agreed(desk_of(window))
    for content in (CONTENTS[PDF], CONTENTS[PNG]):
        path = paper_file(tmp_path, content)
        documents.take_in(desk_of(window), whom.person, path, NewDocument("acte_naissance", "Acte"))
    open_tab(qtbot, window, whom.code, "documents")
    pictures = [line.picture for line in tab_of(window).lines.values()]
    (broken,) = [one for one in pictures if one is not None]
    broken.turn()
    assert broken.picture.text().startswith("Cette image ne peut pas s’afficher")
