"""The costs of a month at the desk: lines with their receipts, found by typing; by donor; exported as displayed."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import recipients, unread_passwords
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui.assistance.costs_part import DONORS, LINES, CostsPart
from shelter_desk.ui.assistance.sheet_table import SheetRows
from shelter_desk.ui.widgets import files
from tests.operations.care_scene import service, today
from tests.operations.shelter import admit, small_shelter
from tests.ui.sending.gates import choose_recipient, stays
from tests.ui.window.windows import settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        woman, man = admit(opened, "1A"), admit(opened, "2A", sex="m")
        lines = [
            service(woman.stay, "san_consult", 1, donor="oim", cost_xof=4000, receipt_no="0147"),
            service(man.stay, "san_medic", 1, donor="ue", cost_xof=6500, receipt_no="0152"),
            service(man.stay, "san_soins", 1, cost_xof=500),
        ]
        assistance.give(opened, lines)
        yield opened


@pytest.fixture
def part(qtbot: QtBot, desk: Desk) -> CostsPart:
    made = CostsPart(desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.period = Period.month(today(1).year, today(1).month)
    made.refresh()
    made.show()
    settle(qtbot)
    return made


def shown(part: CostsPart) -> list[tuple[str, ...]]:
    return [part.table.rows.cells(place) for place in range(part.table.rows.rowCount())]


def test_every_cost_of_the_month_is_a_line_and_the_total_is_said(part: CostsPart) -> None:
    assert [line[5] for line in shown(part)] == ["0147", "0152", ""]
    assert "11,000" in part.told_total.text() or "11\u202f000" in part.told_total.text()


@pytest.mark.parametrize(("typed", "found"), [("0152", ["0152"]), ("oim", ["0147"]), ("nulle part", [])])
def test_a_line_is_found_by_its_receipt_or_its_donor(part: CostsPart, typed: str, found: list[str]) -> None:
    part.search.line.setText(typed)
    assert [line[5] for line in shown(part)] == found


def test_by_donor_the_last_row_is_the_cost_in_all(part: CostsPart) -> None:
    part.which.choose(DONORS)
    part.which.chosen.emit(DONORS)
    assert [line[1].replace("\u202f", ",") for line in shown(part)] == ["4,000", "6,500", "500", "11,000"]


def test_typing_brings_the_lines_back(part: CostsPart) -> None:
    part.which.choose(DONORS)
    part.which.chosen.emit(DONORS)
    part.search.line.setText("0147")
    assert (part.which.value(), len(shown(part))) == (LINES, 1)


def test_the_list_goes_out_as_it_is_displayed(part: CostsPart, tmp_path: Path) -> None:
    part.search.line.setText("0152")
    files.answer_with(tmp_path / "couts")
    part.export_button.click()
    stays(part.gate)
    rows = list(openpyxl.load_workbook(tmp_path / "couts.xlsx").active.iter_rows(values_only=True))
    assert [row[5] for row in rows if isinstance(row[7], int)] == ["0152", None]
    assert [row[7] for row in rows if isinstance(row[7], int)] == [6500, 6500]


@pytest.mark.usefixtures("qtbot")
def test_the_day_sheet_says_what_a_cell_cost_and_its_receipt(desk: Desk) -> None:
    rows = SheetRows()
    rows.show(today(1), assistance.sheet(desk, today(1)), [service_catalogue.all_kinds(desk)["san_consult"]])
    told = [rows.sentence(row, 0) for row in range(rows.rowCount())]
    assert ["0147" in one and "XOF" in one for one in told] == [True, False]


def test_a_list_that_leaves_is_closed_and_its_password_shown_once(part: CostsPart, desk: Desk, tmp_path: Path) -> None:
    one = recipients.usual("OIM", "oim")
    recipients.keep_recipient(desk, replace(one, levels=(*one.levels, NOMINAL)))
    known = recipients.named(desk, "OIM")
    assert known is not None
    files.answer_with(tmp_path / "couts.xlsx")
    part.export_button.click()
    assert part.gate is not None
    choose_recipient(part.gate, str(known.id))
    part.gate.go()
    assert (tmp_path / "couts.xlsx").read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    assert part.password is not None
    password = part.password.shown.text()
    plain = io.BytesIO()
    with (tmp_path / "couts.xlsx").open("rb") as file:
        closed = msoffcrypto.OfficeFile(file)
        closed.load_key(password=password)
        closed.decrypt(plain)
    told = {str(cell.value) for row in openpyxl.load_workbook(plain).active.iter_rows() for cell in row}
    assert part.costs is not None
    codes = {one.person_code for one in part.costs.lines}
    assert codes
    assert codes & told == set()
    assert [one for one in told if one.startswith("OIM-")]
    part.password.reject()  # as a lock does
    assert [one.password for one in unread_passwords.mine(desk)] == [password]
