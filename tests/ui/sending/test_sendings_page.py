"""What left, in the window: the list, one sending beside it, a file that is dropped."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import LIST
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.operations.reports import closing, month_versions, pending, reports
from shelter_desk.operations.sending import departures, sendings
from shelter_desk.operations.sending.departures import LeavingFile
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import clock_check, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending.page import SendingsPage
from shelter_desk.ui.sending.sending_view import SendingView
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words.reports import closing as closing_words
from tests.operations.shelter import PASSWORD, admit, small_shelter
from tests.ui.reports.test_reports import opened_page

OTHER = "quatre pirogues lentes"
TO = GateAnswers("Cluster Protection", "coordination", channel="courriel", carried_by="Agent B")


@cache
def sent() -> Path:
    """October as it was closed and sent, then sent again corrected; a draft that stayed here."""
    folder = Path(tempfile.mkdtemp(prefix="shelter-desk-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with small_shelter(folder / "shelter") as made:
        admit(made, "1A", days=100)
        month = last(made)
        closing.close(made, month, lambda _: "sans_objet")
        for name in ("v1.xlsx", "r1.xlsx"):
            reports.export(made, month_versions.month(made, month), "partenaire", folder / name, TO)
            if name == "v1.xlsx":
                with made.because_late("saisie_tardive"):
                    admit(made, "1B", days=90)
                closing.rectify(made, month, "une entrée oubliée")
        register_export.export(made, folder / "codes.xlsx")
    return folder


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The desk of a copy of it, with its files beside it."""
    shutil.copytree(sent(), tmp_path, dirs_exist_ok=True)
    made = unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD)
    yield made
    tasks.finish()
    made.close()


def actions(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return [line.action for line in journal.lines(connection)]


def last(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def opened(qtbot: QtBot, desk: Desk) -> SendingsPage:
    page = SendingsPage(desk)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SendingsPage:
    return opened(qtbot, desk)


def shown(page: SendingsPage) -> list[tuple[str, ...]]:
    return [page.part.rows.cells(place) for place in range(page.part.rows.rowCount())]


def view(page: SendingsPage) -> SendingView:
    found = page.part.view
    assert found is not None
    return found


def drop(qtbot: QtBot, page: SendingsPage, path: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, carried, buttons, keys)
    page.part.proof_card.hide()
    page.part.dropEvent(event)
    qtbot.waitUntil(lambda: not page.part.proof_card.isHidden(), timeout=10_000)


def test_what_left_is_listed_the_last_first_and_what_was_replaced_stays(page: SendingsPage) -> None:
    assert [(row[2], row[4], row[7]) for row in shown(page)] == [
        ("rectificatif 1", "Cluster Protection", "En vigueur"),
        ("v1", "Cluster Protection", "Remplacé"),
    ]
    page.part.switch("here")
    assert [row[7] for row in shown(page)] == ["Resté ici"]


def send_another_list(desk: Desk, at: datetime, monkeypatch: pytest.MonkeyPatch, due: date | None = None) -> None:
    """One more sending, of that moment."""
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: at)
        clock_check.accept(desk)
        leaving = LeavingFile(LIST, "partenaire", "liste.xlsx", b"liste", last(desk), "Liste")
        departures.write(desk, "costs_exported", leaving, replace(TO, due=due), desk.folder / "liste.xlsx")


def test_the_newest_year_is_listed_until_another_one_or_none_is_chosen(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_year = datetime(desk.today().year + 1, 3, 1, 9)
    send_another_list(desk, next_year, monkeypatch)
    page = opened(qtbot, desk)
    years, chips = page.part.years, page.part.chips
    assert ([row[1] for row in shown(page)], years.kept.text()) == (["Liste"], str(next_year.year))
    assert chips.chip("all").count() == 1
    assert page.part.counted.text() == "3 envois · 1 affiché"
    years.kept.setFocus()
    qtbot.keyClick(years.kept, Qt.Key.Key_Space)
    assert (len(shown(page)), chips.chip("all").count(), years.kept.isVisible()) == (3, 3, False)
    qtbot.keyClick(years.choose_button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == [str(next_year.year), str(next_year.year - 1)]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert [row[7] for row in shown(page)] == ["En vigueur", "Remplacé"]
    page.part.refresh()
    assert len(shown(page)) == 2


def test_the_foot_counts_what_waits_for_an_acknowledgement_and_what_is_late(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, desk)
    assert (page.part.counted.text(), page.part.late.isVisible()) == ("2 envois", False)
    for days in (-1, 0, 7):
        send_another_list(desk, desk.now(), monkeypatch, desk.today() + timedelta(days))
    page.refresh()
    assert page.part.counted.text() == "5 envois · 3 attendent leur accusé"
    assert page.part.late.text() == "1 en retard"
    page.part.switch("here")
    assert page.part.counted.text() == "5 envois · 3 attendent leur accusé"


def test_a_file_is_proven_before_anything_was_sent(qtbot: QtBot, tmp_path: Path) -> None:
    with small_shelter(tmp_path / "new") as desk:
        page = opened(qtbot, desk)
        page.activateWindow()
        page.set_first()
        part = page.part
        assert (part.empty.isVisible(), part.foot.isVisible(), part.drop_card.choose.isVisible()) == (True, False, True)
        qtbot.waitUntil(part.drop_card.choose.hasFocus)
        files.answer_with(other_workbook(tmp_path))
        qtbot.keyClick(part.drop_card.choose, Qt.Key.Key_Space)
        qtbot.waitUntil(part.proof_card.isVisible, timeout=10_000)
        assert part.proof_card.verdict.text() == "Inconnu"
        tasks.finish()


def test_a_proven_file_leads_to_its_sending_in_whatever_year(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_another_list(desk, datetime(desk.today().year + 1, 3, 1, 9), monkeypatch)
    page = opened(qtbot, desk)
    drop(qtbot, page, tmp_path / "v1.xlsx")
    page.part.proof_card.show_button.click()
    assert (view(page).line.sending.file_name, page.part.years.year) == ("v1.xlsx", desk.today().year)


def test_a_sending_says_by_what_it_was_replaced(page: SendingsPage) -> None:
    page.part.enter(page.part.rows.row(1))
    assert page.part.panel.secondary.text().startswith("E-")
    assert set(view(page).buttons) == {
        "differences",
        "copy",
        "receipt",
        "acknowledge",
    }  # who got it has the rectified one
    page.part.enter(page.part.rows.row(0))
    assert view(page).line.replacing is None


def test_what_its_recipient_read_and_has_changed_since_is_listed_from_the_file_they_send_back(
    qtbot: QtBot, page: SendingsPage, desk: Desk, tmp_path: Path
) -> None:
    drop(qtbot, page, tmp_path / "v1.xlsx")
    page.part.proof_card.differences_button.click()
    first = view(page)
    moved = pending.since(desk, first.line.sending)
    assert moved
    qtbot.waitUntil(lambda: any("ont changé depuis" in one.text() for one in first.findChildren(QLabel)))
    told = [one.text() for one in first.findChildren(QLabel)]
    assert f"{len(moved)} chiffres ont changé depuis" in told
    assert {closing_words.correction(one) for one in moved} <= set(told)
    assert not first.buttons["differences"].isEnabled()
    drop(qtbot, page, tmp_path / "r1.xlsx")
    assert page.part.proof_card.differences_button.isHidden()


def test_the_receipt_is_no_wider_than_its_panel(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    long = tmp_path / "rapport_MMB_2026-10_rectificatif-1_partenaire.xlsx"
    reports.export(desk, month_versions.month(desk, last(desk)), "partenaire", long, TO)
    page = opened(qtbot, desk)
    page.part.enter(page.part.rows.row(0))
    QCoreApplication.sendPostedEvents()
    area = page.part.panel.findChildren(QScrollArea)[0]
    assert view(page).minimumSizeHint().width() <= area.viewport().width()
    assert "rapport_" in " ".join(one.text() for one in view(page).findChildren(QLabel))


def test_who_has_only_what_was_replaced_is_sent_what_replaces_it(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    first = month_versions.month(desk, last(desk), 1)
    reports.export(desk, first, "partenaire", tmp_path / "other.xlsx", replace(TO, recipient="Autre lectrice"))
    page = opened_page(qtbot, desk, last(desk))
    page.sendings.show()
    part = page.sendings.shown
    assert part is not None
    part.part.enter(part.part.rows.row(0))
    view(part).buttons["again"].click()
    qtbot.waitUntil(lambda: page.exporting.dialog is not None)
    dialog = page.exporting.dialog
    assert dialog is not None
    assert (dialog.fields.answers().recipient, dialog.level) == ("Autre lectrice", "partenaire")
    files.answer_with(tmp_path / "r1-other.xlsx")
    dialog.go()
    qtbot.waitUntil(lambda: len(sendings.sent_files(desk)) == 5, timeout=20_000)
    newest = sendings.sent_files(desk)[0]
    assert (newest.sending.recipient, newest.rectified, newest.replacing) == ("Autre lectrice", 1, None)
    part.refresh()
    part.part.enter(part.part.rows.row(1))
    assert "again" not in view(part).buttons


def test_the_acknowledgement_is_noted_by_keyboard(qtbot: QtBot, page: SendingsPage, desk: Desk) -> None:
    page.part.enter(page.part.rows.row(0))
    qtbot.keyClick(view(page).buttons["acknowledge"], Qt.Key.Key_Space)
    step = view(page).form
    assert step is not None
    qtbot.keyClick(step.fields["acknowledged_on"], Qt.Key.Key_Return)
    assert sendings.sent_files(desk)[1].sending.acknowledged_on == desk.today().isoformat()
    qtbot.waitUntil(lambda: bool(shown(page)[0][6]))


def test_the_copy_is_opened_again(page: SendingsPage, tmp_path: Path) -> None:
    page.part.enter(page.part.rows.row(1))
    files.answer_with(tmp_path / "again.xlsx")
    view(page).do("copy")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "v1.xlsx").read_bytes()


def test_the_receipt_and_the_list_are_printed(page: SendingsPage, tmp_path: Path) -> None:
    def printer(_: object) -> QPrinter:
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "out.pdf"))
        return made

    told: list[Told] = []
    page.told.connect(told.append)
    page.part.enter(page.part.rows.row(0))
    printing.answer_with(printer)
    view(page).do("receipt")
    page.part.print_list()
    printing.answer_with(None)
    assert [one.state for one in told] == ["ok", "ok"]
    assert (tmp_path / "out.pdf").stat().st_size > 1000
    assert actions(page.desk)[-2:] == ["receipt_printed", "sendings_list_printed"]


def test_what_was_given_up_is_not_said_to_be_printed(page: SendingsPage) -> None:
    files.answer_with(None)
    before = actions(page.desk)
    page.part.print_list()
    assert actions(page.desk) == before


def test_a_dropped_file_is_intact_replaced_changed_or_unknown(qtbot: QtBot, page: SendingsPage, tmp_path: Path) -> None:
    card = page.part.proof_card
    drop(qtbot, page, tmp_path / "r1.xlsx")
    assert card.verdict.text() == "Intact"
    assert "Cluster Protection" in card.lines.text()
    drop(qtbot, page, tmp_path / "v1.xlsx")
    assert "rectificatif 1" in card.verdict.text()
    drop(qtbot, page, tmp_path / "codes.xlsx")
    card.show_button.click()
    drop(qtbot, page, other_workbook(tmp_path))
    assert card.verdict.text() == "Inconnu"
    assert card.show_button.isHidden()


def other_workbook(folder: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.create_sheet("feuille")["A1"] = "rien"
    book.save(folder / "other.xlsx")
    return folder / "other.xlsx"


def test_the_auditor_reads_and_changes_nothing(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    user_accounts.add(desk, "Agent C", Role.AUDITOR, OTHER)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent C", OTHER) as auditor:
        page = opened(qtbot, auditor)
        assert len(shown(page)) == 2
        page.part.enter(page.part.rows.row(0))
        assert set(view(page).buttons) == {"receipt"}
        tasks.finish()


def test_the_page_of_reports_leads_there_and_back(qtbot: QtBot, desk: Desk) -> None:
    reports_page = opened_page(qtbot, desk, last(desk))
    reports_page.head.sendings.click()
    inner = reports_page.sendings.shown
    assert inner is not None
    assert inner.isVisible()
    qtbot.keyClick(inner, Qt.Key.Key_Escape)
    assert not inner.isVisible()
