"""The list of residents: who stands in it, what finds them, how keys move in it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, stays
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import admit, bed
from tests.ui.residents.residents_scene import codes, desk, page
from tests.ui.window.windows import take_turns, wait_for

__all__ = ["desk", "page"]


def test_an_empty_shelter_offers_to_admit(page: ResidentsPage, qtbot: QtBot) -> None:
    assert page.people.first.button is not None
    qtbot.mouseClick(page.people.first.button, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page.admission.isVisible)


def test_who_is_here_is_listed_in_order_of_beds(page: ResidentsPage, desk: Desk) -> None:
    second, first = admit(desk, "1B"), admit(desk, "1A")
    assert codes(page) == [first.code, second.code]


def test_ctrl_f_goes_to_the_search_box(page: ResidentsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.people.search.hasFocus()


def test_a_bed_typed_finds_who_sleeps_in_it(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A")
    sought = admit(desk, "2B", sex="m")
    qtbot.keyClicks(page.people.search, "2B")
    assert codes(page) == [sought.code]


def test_a_name_typed_with_a_mistake_finds_somebody_who_left(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    sought = admit(desk, "1A", names=Names("Dembélé", "Founè"))
    admit(desk, "1B", names=Names("Togola", "Mah"))
    stays.leave(desk, sought.stay, desk.now(), "autonomie")
    qtbot.keyClicks(page.people.search, "dembelle")
    assert codes(page) == [sought.code]


def test_a_role_that_may_not_read_names_finds_nobody_by_name(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A", names=Names("Dembélé", "Founè"))
    desk.role, desk.sealer = Role.RECEPTION, None
    qtbot.keyClicks(page.people.search, "dembele")
    assert codes(page) == []


def test_enter_in_the_search_box_opens_the_first_one_found(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    sought = admit(desk, "1A")
    admit(desk, "1B")
    qtbot.keyClicks(page.people.search, "1A")
    qtbot.keyClick(page.people.search, Qt.Key.Key_Return)
    take_turns()
    assert page.record.head.code.text() == sought.code


def test_arrows_move_and_enter_opens(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A")
    second = admit(desk, "1B")
    page.people.list.go_to(0)
    qtbot.keyClick(page.people.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.people.list, Qt.Key.Key_Return)
    take_turns()
    assert page.record.head.code.text() == second.code


def test_those_who_left_have_a_segment(page: ResidentsPage, desk: Desk) -> None:
    admit(desk, "1A")
    gone = admit(desk, "1B")
    stays.leave(desk, gone.stay, desk.now(), "autonomie")
    page.people.which.segment("left").click()
    assert codes(page) == [gone.code]


def test_among_all_those_here_are_shown_with_their_beds(page: ResidentsPage, desk: Desk) -> None:
    admit(desk, "1A", days=1)
    page.people.which.segment("all").click()
    assert ("1A" in page.people.rows.line(0).second, page.people.rows.line(0).badge) == (True, "")


def test_chips_keep_men_or_minors(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A")
    man, girl = admit(desk, "2A", sex="m"), admit(desk, "3A", age=15)
    page.people.men.click()
    men = codes(page)
    page.people.men.click()
    page.people.minors.click()
    assert (men, codes(page)) == ([man.code], [girl.code])


def test_a_room_kept_in_the_filter_is_removed_by_its_cross(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A")
    girl = admit(desk, "3A", age=15)
    page.people.keep_room(bed(desk, "3A").room, "3")
    kept = codes(page)
    qtbot.mouseClick(page.people.kept_room, Qt.MouseButton.LeftButton)
    assert (kept, len(codes(page))) == ([girl.code], 2)


def test_a_row_says_age_bed_and_nights(page: ResidentsPage, desk: Desk) -> None:
    admit(desk, "1A", age=27, days=10)
    line = page.people.rows.line(0)
    assert "27" in line.second
    assert "1A" in line.second
    assert "10" in line.second
    assert line.sex == "F"


def test_an_absence_shows_as_a_badge(page: ResidentsPage, desk: Desk) -> None:
    away = admit(desk, "1A")
    absences.be_away(desk, away.stay, "hopital", desk.today())
    assert page.people.rows.line(0).badge_icon == "absence"
