"""Who must not meet whom, in the record and on the board."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks
from shelter_desk.system import clock
from shelter_desk.ui.beds import moving
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.residents.acts.contact_form import ContactForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets.card import Alert
from tests.operations.shelter import admit
from tests.ui.assistance.assistance_scene import do_it, fill, tab_to
from tests.ui.beds.beds_scene import key
from tests.ui.residents.residents_scene import desk, page
from tests.ui.window.windows import focused, wait_for

__all__ = ["desk", "page"]


def form_of(page: ResidentsPage) -> ContactForm:
    page.record.open_form("contact")
    form = page.record.form
    assert isinstance(form, ContactForm)
    return form


def badges(page: ResidentsPage) -> set[str]:
    return {badge.text() for badge in page.record.head.alerts.badges}


def test_two_persons_are_kept_apart_by_keyboard_alone(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    one, other = admit(desk, "1A"), admit(desk, "4A")
    page.open_record(one.person)
    form = form_of(page)
    tab_to(qtbot, form.kind)
    qtbot.keyClicks(focused(), "Conflit")
    fill(qtbot, form.other.line, other.code)
    fill(qtbot, form.why.area, "Menaces")
    do_it(qtbot)
    (standing,) = contact_risks.of(desk, one.person)
    assert (standing.risk.kind, standing.other, contact_risks.note(desk, standing.risk.id)) == (
        "conflit",
        other.code,
        "Menaces",
    )


def test_the_alert_stands_on_the_head_of_both_records(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    one, other = admit(desk, "1A"), admit(desk, "4A")
    contact_risks.say(desk, one.person, "conflit", other.code)
    for mine, theirs in ((one, other), (other, one)):
        page.open_record(mine.person)
        told = f"Ne doit pas croiser {theirs.code}"
        wait_for(qtbot, lambda told=told: told in badges(page))  # type: ignore[misc]


def test_a_code_of_nobody_is_said_beside_it(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    form = form_of(page)
    form.kind.choose("conflit")
    fill(qtbot, form.other.line, "7K3-QMX-E")
    do_it(qtbot)
    assert form.other.state() == "blocked"


def test_a_risk_ends_with_its_button(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    one, other = admit(desk, "1A"), admit(desk, "4A")
    contact_risks.say(desk, one.person, "conflit", other.code)
    page.open_record(one.person)
    form = form_of(page)
    button = next(button for (act, _), button in form.buttons.items() if act == "end")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert contact_risks.alerts(desk, clock.today()) == {}


def test_the_panel_of_the_board_shows_the_alert_to_the_night_reception(desk: Desk, qtbot: QtBot) -> None:
    one, other = admit(desk, "1A"), admit(desk, "4A")
    contact_risks.say(desk, one.person, "conflit", other.code)
    desk.role = Role.RECEPTION
    page = BedsPage(desk)
    qtbot.addWidget(page)
    page.resize(1270, 696)
    with qtbot.waitExposed(page):
        page.show()
    page.open_panel(key(desk, "1A"))
    assert isinstance(page.panel.face, ResidentFace)
    told = {alert.sentence.text() for alert in page.panel.face.findChildren(Alert)}
    assert f"Ne doit pas croiser {other.code}" in told


def test_the_night_reception_does_not_say_who_must_not_meet(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A")
    desk.role = Role.RECEPTION
    page.open_record(someone.person)
    assert not page.record.head.acts["contact"].isVisible()


def test_a_swap_into_the_same_room_is_warned_of(desk: Desk) -> None:
    one, other, third = admit(desk, "1A"), admit(desk, "4A"), admit(desk, "1B")
    contact_risks.say(desk, one.person, "conflit", other.code)
    board = bed_board.board(desk, clock.today())
    present = {present.person.id: present for present in board.everyone}
    rooms = {code: next(look for look in board.rooms if look.room.code == code) for code in ("1", "4")}
    found = moving.against_swap(board, rooms["4"], present[other.person], rooms["1"], present[third.person])
    assert "R-28A" in {finding.rule for finding in found}
