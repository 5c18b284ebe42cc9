"""The donor's categories at the desk: typed line by line in the settings, seen on the page of reports."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.operations import assistance, donor_categories
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.reports.donor_services import DonorServices
from shelter_desk.ui.settings.donor_names_card import DonorNamesCard
from shelter_desk.ui.widgets import files
from tests.operations.care_scene import service, today
from tests.operations.shelter import admit, small_shelter
from tests.ui.windows import settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        assistance.give(opened, [service(admit(opened, "1A").stay, "san_consult", donor="oim", cost_xof=4000)])
        yield opened


@pytest.fixture
def card(desk: Desk, qtbot: QtBot) -> DonorNamesCard:
    made = DonorNamesCard(desk)
    qtbot.addWidget(made)
    made.look()
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_names_are_typed_line_by_line_and_kept_together(card: DonorNamesCard, desk: Desk, qtbot: QtBot) -> None:
    first = card.lines["san"]
    first.setFocus()
    qtbot.keyClicks(first, "Health")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert card.lines["san_bilan"].hasFocus()
    assert (card.is_editing(), card.lines["san_bilan"].placeholderText()) == (True, "Health")
    card.keep_button.click()
    assert (card.is_editing(), donor_categories.categories(desk, "oim")) == (False, {"san": "Health"})


def test_another_donor_keeps_what_was_typed_for_the_one_before(card: DonorNamesCard, desk: Desk) -> None:
    card.lines["jur"].setText("Legal aid")
    card.donor.choose("ue")
    card.donor.chosen.emit("ue")
    assert donor_categories.categories(desk, "oim") == {"jur": "Legal aid"}
    assert card.lines["jur"].text() == ""


def test_the_month_is_shown_and_exported_by_categories(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    donor_categories.keep(desk, "oim", {"san": "Health"})
    dialog = DonorServices(desk, Period.month(today().year, today().month))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    settle(qtbot)
    assert dialog.rows.cells(0)[0] == "Health"
    files.answer_with(tmp_path / "oim")
    dialog.export_button.click()
    files.ask_again()
    assert openpyxl.load_workbook(tmp_path / "oim.xlsx").worksheets[0].max_column == 6
