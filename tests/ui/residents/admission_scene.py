"""The page of residents with the admission open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ResidentsPage:
    """The page shown, the admission not yet open."""
    made = ResidentsPage(desk)
    qtbot.addWidget(made)
    made.resize(1270, 696)
    desk.database.listen(made.changed)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def face(page: ResidentsPage) -> AdmissionFace:
    """The admission open."""
    page.admit(None)
    return page.admission


def woman(face: AdmissionFace, qtbot: QtBot, age: int = 27) -> None:
    """Type a woman, or a girl, by keys and clicks."""
    face.person.sex.segment("f").click()
    face.person.birth.how.segment("estimated").click()
    qtbot.keyClicks(face.person.birth.age.line, str(age))
    face.person.country.choose("GN")
    face.person.situation.choose("transit")


def here(desk: Desk) -> list[ListedResident]:
    return residents.listed(desk, "here")
