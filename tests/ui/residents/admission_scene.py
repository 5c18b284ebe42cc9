"""The page of residents with the admission open."""

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.page import ResidentsPage
from tests.ui.residents.residents_scene import desk, page

__all__ = ["desk", "page"]


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
