"""Cases without names leave by the window: who is in the file is said before, who decides, the password shown once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import recipients, sendings
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending.cases_export import CasesGate
from shelter_desk.ui.sending.gate import HERE
from shelter_desk.ui.sending.page import SendingsPage
from shelter_desk.ui.widgets import files
from tests.operations.referral_scene import agree_to
from tests.operations.shelter import PASSWORD, admit, small_shelter
from tests.ui.sending.gates import choose_recipient
from tests.ui.sending.test_registers_export import opened_with

OTHER = "quatre pirogues lentes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        recipients.keep_recipient(opened, recipients.usual("OIM Mali", "oim"))
        yield opened
        tasks.finish()


@pytest.fixture
def agreed(desk: Desk) -> None:
    for code in ("1A", "1B"):
        agree_to(desk, admit(desk, code, days=20).person, "stats_anonymes", 10)


def opened_page(qtbot: QtBot, desk: Desk) -> tuple[SendingsPage, list[Told]]:
    page = SendingsPage(desk)
    qtbot.addWidget(page)
    told: list[Told] = []
    page.told.connect(told.append)
    page.show()
    return page, told


def asked(qtbot: QtBot, page: SendingsPage) -> CasesGate:
    page.cases_button.click()
    qtbot.waitUntil(lambda: page.cases.gate is not None)
    gate = page.cases.gate
    assert gate is not None
    return gate


@pytest.mark.usefixtures("agreed")
def test_the_file_leaves_closed_once_it_was_decided(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    files.answer_with(out)
    page, told = opened_page(qtbot, desk)
    gate = asked(qtbot, page)
    assert gate.told.text().startswith("2 cas de personnes")
    assert "2 sont dits avec moins de détail" in gate.told.text()
    found = recipients.named(desk, "OIM Mali")
    assert found is not None
    choose_recipient(gate, str(found.id))
    gate.fields.purpose.choose("coordination")
    gate.go()
    assert (told, out.exists()) == ([], False)  # no password yet
    gate.deciding.password.set_text(PASSWORD)
    gate.go()
    qtbot.waitUntil(lambda: page.cases.password is not None)
    shown = page.cases.password
    assert shown is not None
    book = load_workbook(opened_with(out, shown.shown.text()))
    assert (book.sheetnames[0], book["Case Sheet"].max_row) == ("Case Sheet", 3)
    assert [one.sentence for one in told] == ["Les cas sont dans out.xlsx."]
    assert [one.sending.kind for one in sendings.sent_files(desk)] == ["cas_htcds"]
    shown.accept()


@pytest.mark.usefixtures("agreed")
def test_it_never_stays_here(qtbot: QtBot, desk: Desk) -> None:
    page, told = opened_page(qtbot, desk)
    gate = asked(qtbot, page)
    choose_recipient(gate, HERE)
    gate.deciding.password.set_text(PASSWORD)
    gate.go()
    assert (gate.fields.recipient.state(), told) == ("blocked", [])


def test_where_nobody_agreed_the_page_says_so(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=20)
    page, told = opened_page(qtbot, desk)
    page.cases_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert (told[0].state, page.cases.gate) == ("blocked", None)
    assert "Statistiques anonymes" in told[0].sentence


def test_who_may_not_export_sees_no_button(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    desk.close()
    with unlocking.unlock(tmp_path / "shelter", "Agent B", OTHER) as mine:
        page, _ = opened_page(qtbot, mine)
        assert not page.cases_button.isVisible()
        tasks.finish()
