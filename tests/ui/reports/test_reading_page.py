"""Reports for an auditor and a storekeeper: closed versions as a partner has them, the tables of the store to sign."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, closing, month_versions, reports
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui import page_registry, tasks
from shelter_desk.ui.reports.reading_page import ReadingPage
from shelter_desk.ui.widgets.buttons import Button
from tests.operations.reports.test_closing import OTHER, correct, last
from tests.operations.shelter import admit, open_small_shelter


@pytest.fixture
def shelter(tmp_path: Path) -> tuple[Path, Period]:
    """Last month of two women was closed, with a comment, and replaced; two more persons may sit there."""
    desk = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B"):
        admit(desk, code, days=100)
    for name, role in (("Agent C", Role.STOREKEEPER), ("Agent E", Role.AUDITOR)):
        user_accounts.add(desk, name, role, OTHER)
    period = last(desk)
    annotations.comment(desk, period, ("t2.present_end", ()), "Stable")
    closing.close(desk, period, lambda _: "sans_objet")
    correct(desk)
    closing.rectify(desk, period, "âge prouvé")
    desk.close()
    return tmp_path / "shelter", period


def opened(qtbot: QtBot, desk: Desk) -> ReadingPage:
    page = page_registry.pages_for(desk)["reports"].load(desk)(desk, None)
    assert isinstance(page, ReadingPage)
    qtbot.addWidget(page)
    page.resize(1270, 696)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: page.shown is not None)
    return page


def test_an_auditor_reads_every_version_as_a_partner_is_given_it(qtbot: QtBot, shelter: tuple[Path, Period]) -> None:
    folder, _ = shelter
    with unlocking.unlock(folder, "Agent E", OTHER) as desk:
        page = opened(qtbot, desk)
        lines = [page.rows.line(place) for place in range(page.rows.rowCount())]
        assert [(one.second.partition(",")[0], one.badge) for one in lines] == [
            ("rectificatif 1", ""),
            ("v1", "remplacée"),
        ]
        assert page.shown is not None
        assert page.shown.report.value("t3.persons", ("nationality", "GN")) is None  # of two persons nothing is cut
        assert "Clos, rectificatif 1" in page.about.text()
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: page.shown is not None and page.shown.report.version == 1)
        figures = page.sheet.tables()[0].figures
        assert figures.labels[figures.place_of(("t2.present_end", ())).row()] == "Présents à la fin"
        assert figures.words_beside(figures.place_of(("t2.present_end", ())).row()) == "Stable"
        page.tabs.choose("t2")
        assert page.sheet.tables()[0].figures.texts[0][-1] == "2"
        qtbot.waitUntil(
            lambda: "Stable" in [one.text() for one in page.comments.findChildren(QLabel) if one.isVisible()]
        )
        assert not page.visas.isVisible()
        assert [one.text() for one in page.findChildren(Button) if one.isVisible() and one.text()] == ["Envois"]
        page.sendings_button.click()
        assert page.sendings.shown is not None
        assert page.sendings.shown.isVisible()
        page.sendings.shown.back_wanted.emit()
        assert page.list.isVisible()
        tasks.finish()


def test_what_an_auditor_reads_is_what_was_kept_of_the_version(shelter: tuple[Path, Period]) -> None:
    """To the cell, sub-totals and hidden numbers too."""
    folder, period = shelter
    with unlocking.unlock(folder, "Agent A", "trois mangues mûres") as desk:
        ours = reports.shown(month_versions.month(desk, period, 1), "partenaire")
        theirs = month_versions.partner_report(desk, period, 1)
    assert ours.figures == theirs.figures
    assert ours.subtotals == theirs.subtotals
    assert (ours.sessions, ours.hidden, ours.comments) == (theirs.sessions, theirs.hidden, theirs.comments)


def test_a_storekeeper_reads_the_tables_of_the_store_and_signs_them(qtbot: QtBot, shelter: tuple[Path, Period]) -> None:
    folder, period = shelter
    with unlocking.unlock(folder, "Agent C", OTHER) as desk:
        page = opened(qtbot, desk)
        assert [page.tabs.tabData(place) for place in range(page.tabs.count())] == ["t10", "t11"]
        assert page.shown is not None
        assert page.shown.report.period == period
        assert not page.visas.sign.isVisible()  # it is closed, and nothing of the store moved since
        page.list.go_to(1)
        qtbot.waitUntil(lambda: page.shown is not None and page.shown.report.period == period.month_before)
        assert page.visas.sign.isVisible()
        page.visas.sign.setFocus()
        qtbot.keyClick(page.visas.sign, Qt.Key.Key_Space)
        former = page.shown
        page.refresh()
        qtbot.waitUntil(lambda: page.shown is not former)
        assert not page.visas.sign.isVisible()
        tasks.finish()
    with unlocking.unlock(folder, "Agent A", "trois mangues mûres") as desk:
        held = annotations.standing(desk, reports.monthly(desk, period.month_before).report)
    assert [(one.part, one.visa is not None) for one in held] == [("case", False), ("store", True)]
