"""The kind of file is chosen at the gate: the workbook, or the file for the national system."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.sendings import DHIS2, REPORT
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, dhis2, month_versions
from shelter_desk.operations.sending import sendings
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.reports.export_dialog import ExportDialog
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.sending.gate import HERE
from shelter_desk.ui.widgets import files
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.reports.test_reports import opened_page
from tests.ui.sending.gates import choose_recipient, to_somebody


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_small_shelter(tmp_path / "shelter")
    admit(made, "1A", days=100)
    yield made
    tasks.finish()
    made.close()


def last(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ReportsPage:
    return opened_page(qtbot, desk, last(desk))


def asked(page: ReportsPage) -> ExportDialog:
    page.exporting.ask()
    assert page.exporting.dialog is not None
    return page.exporting.dialog


def test_the_file_for_dhis2_is_written_and_kept_and_both_files_are_named(
    qtbot: QtBot, page: ReportsPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[tuple[str, str]] = []
    out = tmp_path / "chosen"

    def choose(_parent: object, _title: str, name: str, kinds: str) -> str:
        proposed.append((name, kinds))
        return str(out)

    monkeypatch.setitem(files._choosers, "save", choose)
    told: list[Told] = []
    page.exporting.told.connect(told.append)
    dialog = asked(page)
    assert dialog.kind() == REPORT
    dialog.file_kind.choose(DHIS2)
    to_somebody(dialog, "Ministère")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(told))
    month = f"{last(desk).first:%Y-%m}"
    assert proposed == [(f"rapport_{month}_partenaire_dhis2.json", "DHIS2 (*.json)")]
    written = json.loads((tmp_path / "chosen.json").read_text(encoding="utf-8"))
    assert written["period"] == month.replace("-", "")
    assert [one.state for one in told] == ["ok"]
    assert "chosen-metadata.json" in told[0].sentence
    assert [(one.sending.kind, one.sending.recipient) for one in sendings.sent_files(desk)] == [("dhis2", "Ministère")]


def test_what_stays_here_is_a_workbook(page: ReportsPage) -> None:
    dialog = asked(page)
    dialog.file_kind.choose(DHIS2)
    choose_recipient(dialog, HERE)
    dialog.cards["interne"].setChecked(True)
    assert (dialog.kind(), dialog.file_kind.segment(DHIS2).isEnabled()) == (REPORT, False)


def test_days_that_dhis2_does_not_know_are_not_offered(qtbot: QtBot, desk: Desk) -> None:
    month = month_versions.month(desk, Period(last(desk).first, last(desk).first))
    made = ExportDialog(desk, "Exporter ?", 5, month)
    qtbot.addWidget(made)
    made.show()
    assert (made.file_kind.isVisible(), made.kind()) == (False, REPORT)


def test_who_got_it_is_owed_what_replaces_it_as_the_same_kind(
    qtbot: QtBot, page: ReportsPage, desk: Desk, tmp_path: Path
) -> None:
    closing.close(desk, last(desk), lambda _: "sans_objet")
    month = month_versions.month(desk, last(desk))
    dhis2.export(desk, month, "partenaire", tmp_path / "a.json", GateAnswers("Ministère", "tutelle"))
    page.exporting.send_again(sendings.sent_files(desk)[0].sending)
    qtbot.waitUntil(lambda: page.exporting.dialog is not None)
    assert page.exporting.dialog is not None
    assert page.exporting.dialog.kind() == DHIS2
