"""The donor's categories at the desk: typed line by line in the settings, seen on the page of reports."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import donor_categories
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui.reports.donor_services import DonorServices
from shelter_desk.ui.settings.services_section import DonorNamesCard, KindsCard
from shelter_desk.ui.widgets import files
from tests.operations.care_scene import service, today
from tests.operations.shelter import admit, small_shelter
from tests.ui.sending.gates import stays
from tests.ui.window.windows import settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        assistance.give(opened, [service(admit(opened, "1A").stay, "san_consult", 1, donor="oim", cost_xof=4000)])
        yield opened


@pytest.fixture
def card(desk: Desk, qtbot: QtBot) -> DonorNamesCard:
    made = DonorNamesCard(desk)
    qtbot.addWidget(made)
    made.refresh()
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


@pytest.fixture
def kinds_card(desk: Desk, qtbot: QtBot) -> KindsCard:
    made = KindsCard(desk)
    qtbot.addWidget(made)
    made.refresh()
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_service_is_added_under_a_group_and_given_no_more(kinds_card: KindsCard, desk: Desk, qtbot: QtBot) -> None:
    kinds_card.name.setFocus()
    qtbot.keyClicks(kinds_card.name.line, "Dentiste")
    kinds_card.parent_type.choose("san")
    kinds_card.unit.set_text("séance")
    kinds_card.add_button.click()
    assert (list(kinds_card.retire), kinds_card.is_editing()) == (["x_san_dentiste"], False)
    kinds_card.retire["x_san_dentiste"].click()
    assert (kinds_card.retire, service_catalogue.all_kinds(desk)["x_san_dentiste"].active) == ({}, False)


@pytest.mark.parametrize(
    ("name", "parent", "unit", "wrong"),
    [
        ("", "san", "séance", "name"),
        ("Dentiste", None, "séance", "service_type"),
        ("Dentiste", "san", "", "unit"),
        ("Vaccination", "san", "dose", "name"),
    ],
)
def test_what_is_missing_or_taken_is_said_beside_its_field(
    kinds_card: KindsCard, name: str, parent: str | None, unit: str, wrong: str
) -> None:
    kinds_card.name.set_text(name)
    kinds_card.parent_type.choose(parent)
    kinds_card.unit.set_text(unit)
    kinds_card.add_button.click()
    blocked = [key for key, field in kinds_card.fields.items() if field.state() == "blocked"]
    assert (blocked, kinds_card.retire) == ([wrong], {})


def test_the_month_is_shown_and_exported_by_categories(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    donor_categories.keep(desk, "oim", {"san": "Health"})
    dialog = DonorServices(desk, Period.month(today(1).year, today(1).month))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.found is not None)
    settle(qtbot)
    assert dialog.rows.cells(0)[0] == "Health"
    files.answer_with(tmp_path / "oim")
    dialog.export_button.click()
    stays(dialog.gate)
    assert openpyxl.load_workbook(tmp_path / "oim.xlsx").worksheets[0].max_column == 6
