"""Every page and section under the keys that a role really holds, in a house of some months."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk import words
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.operations.residents import residents
from shelter_desk.operations.training import training
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import QUICK
from tests.ui.window.test_roles import PAGES
from tests.ui.window.windows import settle, show_active

PASSWORD = "deux citrons jaunes"
ROLES = [role for role in Role if role is not Role.DIRECTOR]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed, with an account of each role."""
    place = Path(tmp_path_factory.mktemp("roles"))
    with words.speaking("fr"), training.make(place, "bamako", 3, 1, cost=QUICK).desk as desk:
        for role in ROLES:
            user_accounts.add(desk, role.value, role, PASSWORD)
    return place


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_under_the_keys_of_the_role(qtbot: QtBot, folder: Path, role: Role) -> None:
    """What fails in a slot fails the test."""
    with unlocking.unlock(folder, role.value, PASSWORD) as desk:
        frame = Frame(desk, pages_for(desk))
        frame.resize(1366, 728)
        show_active(qtbot, frame)
        try:
            places = [where for where, _ in frame.places()]
            for where in places:
                frame.open_part(where)
                settle(qtbot)
            if desk.may(Permission.ADMIT_PROVISIONAL):
                frame.open_admission(None)
                settle(qtbot)
            page = frame.pages.get("residents")
            if isinstance(page, ResidentsPage):
                page.open_record(residents.listed(desk, "here")[0].person.id)
                settle(qtbot)
        finally:
            frame.leave()
            delete(frame)
    assert {where.partition("/")[0] for where in places} == set(PAGES[role])
