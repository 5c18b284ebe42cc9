"""What a cut leaves to be typed beside stays: meals and services, and the roll call that “still here” writes."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations import desk as desks
from shelter_desk.operations.assistance import activities, assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences, roll_call
from shelter_desk.storage.file import journal
from shelter_desk.ui.today.catch_up.service_lines import MealLine, ServedLine
from shelter_desk.ui.today.page import TodayPage
from tests.operations.shelter import admit
from tests.ui.today.today_scene import catching_up, desk, open_page, told_by
from tests.ui.window.windows import settle, type_in

__all__ = ["desk"]
ENTER = Qt.Key.Key_Return


def yesterday(desk: Desk) -> date:
    return desk.today() - timedelta(days=1)


def called(desk: Desk, night: date) -> dict[int, str] | None:
    before = roll_call.sheet(desk, night).before
    return None if before is None else {int(one.stay): one.absence_type for one in before.called}


def meal_line(page: TodayPage, meal: str = "dejeuner", without: str = "") -> MealLine:
    line = catching_up(page).add("meal")
    assert isinstance(line, MealLine)
    line.day.set_day(yesterday(page.desk))
    line.meal.choose(meal)
    line.without.set_text(without)
    return line


def served(desk: Desk, meal: str = "dejeuner") -> set[int] | None:
    found = next(one for one in activities.meals(desk, yesterday(desk)).meals if one.meal == meal)
    return None if found.served is None else {int(one) for one in found.served}


def test_a_meal_is_written_for_everybody_but_those_named_by_bed_or_code(qtbot: QtBot, desk: Desk) -> None:
    one, two, three = (admit(desk, code, days=9) for code in ("1A", "1B", "1C"))
    page = open_page(qtbot, desk)
    line = meal_line(page, without=f"1b; {three.code.lower()}")
    line.without.line.setFocus()
    type_in(qtbot, ENTER)
    assert (served(desk), line.badge.text()) == ({one.stay}, "Gardé")
    assert line.summary.endswith("1 repas")
    with desk.reading() as connection:
        last = journal.last(connection)
    assert (last.action, last.known["typed_afterwards"]) == ("serve_meals", True)
    assert line.done is not None
    desks.undo(desk, line.done)
    settle(qtbot)
    assert served(desk) is None
    assert (line.badge.text(), two.stay != one.stay) == ("Annulé", True)


def test_a_bed_that_nobody_had_is_refused_beside_its_field(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=9)
    line = meal_line(open_page(qtbot, desk), without="9Z")
    line.go()
    assert (line.without.state(), served(desk)) == ("blocked", None)


def test_a_meal_that_is_written_already_says_so(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=9)
    activities.serve_meals(desk, yesterday(desk), "dejeuner")
    line = meal_line(open_page(qtbot, desk))
    line.retyped()
    assert line.meal.message().startswith("Déjà enregistré")


def test_a_service_is_written_for_one_person_and_taken_back(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=9)
    page = open_page(qtbot, desk)
    line = catching_up(page).add("service")
    assert isinstance(line, ServedLine)
    line.take(one.stay, yesterday(desk))
    line.go()
    assert (line.badge.text(), line.service.state()) == ("Refusé", "blocked")
    line.service.choose("san_consult")
    line.quantity.set_number(2)
    line.go()
    (given,) = assistance.of_stays(desk, [one.stay])[one.stay]
    assert (given.service_type, given.service_on, given.quantity) == ("san_consult", yesterday(desk), 2.0)
    assert line.done is not None
    desks.undo(desk, line.done)
    settle(qtbot)
    assert assistance.of_stays(desk, [one.stay]).get(one.stay, ()) == ()
    assert line.badge.text() == "Annulé"


def test_who_is_said_to_be_still_here_is_the_roll_call_of_that_night(qtbot: QtBot, desk: Desk) -> None:
    here, away = admit(desk, "1A", days=9), admit(desk, "1B", days=9)
    absences.be_away(desk, away.stay, "hopital", yesterday(desk))
    page = open_page(qtbot, desk)
    said, catch_up = told_by(page), catching_up(page)
    assert called(desk, yesterday(desk)) is None  # nothing is written before somebody says so
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_P)
    assert called(desk, yesterday(desk)) == {here.stay: "", away.stay: "hopital"}
    assert said[-1].sentence.startswith("Appel de la nuit du")
    done = said[-1].done
    assert done is not None
    desks.undo(desk, done)
    settle(qtbot)
    assert called(desk, yesterday(desk)) is None


def test_a_night_of_which_somebody_is_still_to_check_has_no_roll_call(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=9)
    admit(desk, "1B", days=9)
    catch_up = catching_up(open_page(qtbot, desk))
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_P)
    assert called(desk, yesterday(desk)) is None
    type_in(qtbot, Qt.Key.Key_P)
    assert len(called(desk, yesterday(desk)) or {}) == 2


def test_what_an_evening_called_stands_on_the_list_and_is_not_called_again(qtbot: QtBot, desk: Desk) -> None:
    one, two = admit(desk, "1A", days=9), admit(desk, "1B", days=9)
    roll_call.call(desk, yesterday(desk), [RollCallDone(one.stay, ""), RollCallDone(two.stay, "injustifiee")], 1, "Vu")
    page = open_page(qtbot, desk)
    said, catch_up = told_by(page), catching_up(page)
    assert catch_up.presence.counted.text() == "1 sur 2"
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_Down)
    type_in(qtbot, Qt.Key.Key_P)
    before = roll_call.sheet(desk, yesterday(desk)).before
    assert before is not None
    assert ([one.absence_type for one in before.called], before.unregistered, before.note) == (["", ""], 1, "Vu")
    assert len(said) == 1


def test_the_night_to_come_is_called_in_the_evening_and_not_here(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=9)
    catch_up = catching_up(open_page(qtbot, desk))
    catch_up.head.from_day.set_day(desk.today())
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_P)
    assert called(desk, desk.today()) is None
