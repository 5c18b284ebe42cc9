"""The pages that show referrals and consents, shown and active over a small shelter with a directory."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import ReferralId
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.referral_scene import desk, given, resident, wish

__all__ = ["assistance", "desk", "resident", "residents_page"]


def _shown(page: Page, desk: Desk, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1270, 696)
    desk.database.listen(page.changed)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


@pytest.fixture
def assistance(desk: Desk, qtbot: QtBot) -> AssistancePage:
    made = AssistancePage(desk)
    _shown(made, desk, qtbot)
    return made


@pytest.fixture
def residents_page(desk: Desk, qtbot: QtBot) -> ResidentsPage:
    made = ResidentsPage(desk)
    _shown(made, desk, qtbot)
    return made


def told_by(page: Page) -> list[Told]:
    said: list[Told] = []
    page.told.connect(said.append)
    return said


def issued(desk: Desk, resident: Admitted, days: int = 0) -> ReferralId:
    """A referral that was sent that many days ago, with its consent of that day."""
    day = clock.today() - timedelta(days=days)
    consents.record(desk, given(resident.person, on=day))
    key = referrals.draft(desk, wish(resident)).id
    referrals.issue(desk, key, day)
    return key


def state(desk: Desk, key: ReferralId) -> str:
    found = referrals.line(desk, key)
    return "" if found is None else found.referral.state


def show_tab(page: ResidentsPage, key: str) -> None:
    """That tab of the record shown."""
    tabs = page.record.head.tabs
    tabs.setCurrentIndex(next(place for place in range(tabs.count()) if tabs.tabData(place) == key))


def choose(qtbot: QtBot, field: ChoiceField, typed: str) -> None:
    """Type a part of a label, without accents, and leave the field."""
    field.setFocus()
    line = field.combo.lineEdit()
    qtbot.keyClicks(line or field.combo, typed)
    found = field.combo.completer()
    popup = found.popup() if found is not None else None
    if popup is not None:
        popup.hide()
    qtbot.keyClick(line or field.combo, Qt.Key.Key_Tab)
