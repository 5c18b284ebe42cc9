"""The rooms of the assistance fit an office screen, also where the text is half as large again."""

from dataclasses import replace
from datetime import datetime, time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.ids import AppointmentId, IncidentId, PlaceRequestId
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services import service_log
from shelter_desk.operations.stays import place_requests
from shelter_desk.system import clock
from shelter_desk.ui import theme, tokens
from shelter_desk.ui.assistance.attendance import AttendanceRows
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.lists.list_page import ListRoom
from tests.operations.referral_scene import desk
from tests.operations.shelter import admit, days_ago

__all__ = ["desk"]
SCREEN, RAIL = 1366, 96
PARTS = ("sheet", "activities", "meals", "agenda", "referrals", "partners", "costs", "incidents", "places")


@pytest.fixture
def lines(desk: Desk) -> None:
    """One line in the agenda and one in the register."""
    someone = admit(desk, "1A", days=20)
    at = datetime.combine(clock.today(), time(9))
    appointments.make(desk, Appointment(AppointmentId(0), someone.stay, at, service_type="san_consult"))
    told = Incident(IncidentId(0), "", days_ago(1), days_ago(1), "vol", "mineur")
    incidents.report(desk, told, IncidentContent("Un sac de riz manque", "Porte close"))
    groups = (Group("f", "a18_59", 1), Group("m", "a00_04", 2))
    asked = PlaceRequest(PlaceRequestId(0), "", clock.today(), "action_sociale", groups, "immediat")
    place_requests.note(desk, asked)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("part", PARTS)
def test_a_room_fits_the_screen(
    qtbot: QtBot, qapp: QApplication, desk: Desk, lines: None, scale: float, part: str
) -> None:
    theme.wear(qapp, scale=scale)
    try:
        page = AssistancePage(desk)
        qtbot.addWidget(page)
        page.show()
        page.open(part)
        if isinstance(page.face, ListRoom) and page.face.opens_beside and page.face.rows.rowCount():
            page.face.open_line(page.face.rows.row(0))
        needed = page.minimumSizeHint().width()
    finally:
        theme.wear(qapp)
    assert needed <= SCREEN - RAIL * scale


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_longest_code_of_a_bed_has_its_room_before_the_code_of_the_person(
    qapp: QApplication, desk: Desk, lines: None, scale: float
) -> None:
    theme.wear(qapp, scale=scale)
    with desk.reading() as connection:
        short = service_log.lines_on(connection, clock.today())[0]
    rows = AttendanceRows()
    rows.show(clock.today(), [short, replace(short, bed_code="DORTOIR-12")], set())
    assert rows.place_width() >= tokens.metrics("small", True).horizontalAdvance("DORTOIR-12")
    rows.show(clock.today(), [short], set())
    assert rows.place_width() == tokens.metrics("small", True).horizontalAdvance("1A")
    theme.wear(qapp)
