"""The agenda in the real window, by keyboard."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.ids import AppointmentId
from shelter_desk.operations import drafts
from shelter_desk.operations.assistance import appointments, assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.assistance.agenda_part import AgendaPart
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit
from tests.ui.assistance.assistance_scene import Enter, do_it, enter, fill, folder, part_of, press, tab_to
from tests.ui.window.windows import focused, wait_for

__all__ = ["enter", "folder"]


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def agenda_of(window: Window) -> AgendaPart:
    face = part_of(window, "agenda").face
    assert isinstance(face, AgendaPart)
    return face


def made(desk: Desk, days: int = 0, service: str = "san_consult") -> Admitted:
    """A resident with one appointment."""
    someone = admit(desk, "1A", days=20)
    at = datetime.combine(clock.today() + timedelta(days=days), time(9, 30))
    appointments.make(desk, Appointment(AppointmentId(0), someone.stay, at, service_type=service))
    return someone


def test_a_new_appointment_is_written_by_keyboard_alone(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    someone = admit(desk, "1A", days=20)
    face = agenda_of(window)
    press(qtbot, face.empty.button or face.new_button)
    form = face.form
    assert form is not None
    fill(qtbot, form.resident.line, "1a")
    fill(qtbot, form.what, "consultation medicale")
    fill(qtbot, form.clock.line, "14h30")
    fill(qtbot, form.partner.line, "CSRef commune IV")
    tab_to(qtbot, form.responsible)
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    fill(qtbot, form.note.area, "Carnet de vaccination")
    do_it(qtbot)
    (line,) = appointments.on(desk, clock.today())
    one = line.appointment
    assert (line.person.code, one.starts_at.time(), one.service_type, one.partner, line.responsible) == (
        someone.code,
        time(14, 30),
        "san_consult",
        "CSRef commune IV",
        "Agent A",
    )
    assert appointments.note(desk, one.id) == "Carnet de vaccination"
    assert face.form is None


def test_nobody_named_is_said_beside_the_field(enter: Enter, qtbot: QtBot) -> None:
    face = agenda_of(enter("Agent A"))
    press(qtbot, face.empty.button or face.new_button)
    do_it(qtbot)
    assert face.form is not None
    assert face.form.resident.message() == "«\u00a0Résident\u00a0» est vide. Remplissez ce champ."


def test_an_appointment_is_held_with_its_service_by_keyboard_alone(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    someone = made(desk)
    face = agenda_of(window)
    tab_to(qtbot, face.table)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert face.view is not None
    press(qtbot, face.view.buttons["held"])
    assert face.view.form is not None
    tab_to(qtbot, face.view.form.day.line)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    (service,) = assistance.of_stays(desk, [someone.stay])[someone.stay]
    assert service.service_type == "san_consult"
    wait_for(qtbot, lambda: face.view is not None and face.view.line.appointment.state == "fait")
    assert set(face.view.buttons) == {"record"}


def test_an_appointment_moves_to_another_day_by_keyboard_alone(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    made(desk)
    face = agenda_of(window)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert face.view is not None
    press(qtbot, face.view.buttons["move"])
    assert face.view.form is not None
    tomorrow = clock.today() + timedelta(days=1)
    fill(qtbot, face.view.form.day.line, f"{tomorrow:%d/%m/%Y}")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert [line.appointment.starts_at.time() for line in appointments.on(desk, tomorrow)] == [time(9, 30)]


def test_what_is_late_stands_in_a_list_of_its_own(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    made(desk_of(window), days=-3)
    face = agenda_of(window)
    assert face.rows.rowCount() == 0
    face.which.segment("late").click()
    assert (face.rows.rowCount(), face.counted.text()) == (1, "1 rendez-vous, 1 en retard en tout")
    qtbot.keyClick(face.table, Qt.Key.Key_Down)
    assert face.rows.cells(0)[-1] == "en retard"


def test_a_missed_appointment_leaves_the_late_ones_and_the_panel(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    made(desk_of(window), days=-3)
    face = agenda_of(window)
    face.which.segment("late").click()
    face.set_first()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert face.view is not None
    press(qtbot, face.view.buttons["missed"])
    wait_for(qtbot, lambda: face.view is None)
    assert (face.rows.rowCount(), face.panel.isHidden()) == (0, True)


def test_a_week_shows_all_its_days(enter: Enter) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    someone = made(desk)
    monday = clock.today() - timedelta(days=clock.today().weekday())
    for day in (monday, monday + timedelta(days=6)):
        at = datetime.combine(day, time(8))
        appointments.make(desk, Appointment(AppointmentId(0), someone.stay, at, service_type="psy_ecoute"))
    face = agenda_of(window)
    face.which.segment("week").click()
    assert face.rows.rowCount() == 3


def test_a_draft_of_an_appointment_comes_back(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    face = agenda_of(window)
    face.begin()
    assert face.form is not None
    assert face.drafting is not None
    qtbot.keyClicks(face.form.partner.line, "CSRef commune IV")
    face.drafting.keep_now()
    again = AgendaPart(desk)
    again.asked_as = face.asked_as
    qtbot.addWidget(again)
    (draft,) = drafts.mine(desk)
    again.resume(draft)
    assert again.form is not None
    assert again.form.partner.text() == "CSRef commune IV"


def test_the_agenda_is_not_offered_to_a_storekeeper(enter: Enter) -> None:
    window = enter("Agent M")
    page = part_of(window, "agenda")
    assert set(page.faces) == {"incidents"}
