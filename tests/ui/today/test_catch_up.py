"""Catching up after a cut, by keyboard: lines kept, refused, taken back; who slept here each night."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.vouchers import AskedLine
from shelter_desk.operations import desk as desks
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import place_requests, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stock import stock
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.today.catch_up.arrival_line import ArrivalLine
from shelter_desk.ui.today.catch_up.catch_up import CatchUp
from shelter_desk.ui.today.catch_up.fast_line import CatchUpLine
from shelter_desk.ui.today.catch_up.person_lines import AbsenceLine, ExitLine, MoveLine, ReturnLine
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.words import formats
from tests.operations import store_scene as scene
from tests.operations.beds import held_scene
from tests.operations.shelter import admit, bed, days_ago, month_when_over
from tests.operations.stock_desk import given
from tests.ui.today.today_scene import catching_up, desk, open_page, told_by
from tests.ui.window.windows import focused, settle, type_in, wait_for

__all__ = ["desk"]
TAB, ENTER, ALT = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TodayPage:
    return open_page(qtbot, desk)


def yesterday(desk: Desk) -> date:
    return desk.today() - timedelta(days=1)


def choose(qtbot: QtBot, field: ChoiceField, typed: str) -> None:
    """Type a part of a label, without accents, and leave the field."""
    field.setFocus()
    line = field.combo.lineEdit()
    qtbot.keyClicks(line or field.combo, typed)
    found = field.combo.completer()
    popup = found.popup() if found is not None else None
    if popup is not None:
        popup.hide()
    qtbot.keyClick(line or field.combo, TAB)


def add(qtbot: QtBot, catch_up: CatchUp, key: Qt.Key) -> CatchUpLine:
    """One more line, by its key; Qt presses the button for a moment first."""
    before = len(catch_up.lines)
    qtbot.keyClick(focused(), key, ALT)
    wait_for(qtbot, lambda: len(catch_up.lines) > before)
    return catch_up.lines[-1]


def type_an_arrival(qtbot: QtBot, catch_up: CatchUp) -> ArrivalLine:
    """Woman, 22, of Senegal, in transit, at 22:15, by keyboard alone; not kept yet."""
    line = add(qtbot, catch_up, Qt.Key.Key_A)
    assert isinstance(line, ArrivalLine)
    type_in(qtbot, formats.day(yesterday(line.desk)), TAB, TAB)
    line.at.hour.setFocus()
    type_in(qtbot, "22h15", TAB, TAB)
    line.sex.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    line.age.setFocus()
    type_in(qtbot, "22")
    choose(qtbot, line.country, "senegal")
    choose(qtbot, line.situation, "transit")
    return line


def late_entries(desk: Desk) -> object:
    day = yesterday(desk)
    return month_when_over(desk, Period.month(day.year, day.month)).report.value("t2.late_entries")


def test_the_question_names_the_period(page: TodayPage) -> None:
    question = catching_up(page).head.question.text()
    assert question.startswith("Que s’est-il passé entre ")
    assert question.endswith(" hier et maintenant\u00a0?")


def test_an_arrival_typed_by_keyboard_is_kept_and_late(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    said = told_by(page)
    line = type_an_arrival(qtbot, catching_up(page))
    type_in(qtbot, ENTER)
    here = residents.listed(desk, "here")
    assert [formats.moment(one.stay.admitted_at) for one in here if one.stay] == [
        f"{formats.day(yesterday(desk))} 22:15"
    ]
    assert (line.badge.text(), line.late.isVisible(), len(said), late_entries(desk)) == ("Gardé", True, 1, 1)


def test_an_arrival_that_was_expected_takes_what_was_held_and_meets_its_request(
    qtbot: QtBot, desk: Desk, page: TodayPage
) -> None:
    request = held_scene.asked(desk)
    held_scene.hold(desk, "1C", request=request)
    line = add(qtbot, catching_up(page), Qt.Key.Key_A)
    assert isinstance(line, ArrivalLine)
    assert line.expected.isVisible()
    choose(qtbot, line.expected, "l")
    assert (line.sex.value(), line.bed.code()) == ("f", str(bed(desk, "1C").id))
    line.age.set_number(22)
    line.country.choose("SN")
    line.situation.choose("transit")
    line.go()
    (here,) = residents.listed(desk, "here")
    held = held_scene.only(desk)
    assert (held.held.state(desk.today()), held.came) == ("arrived", ((here.person.code, here.person.id),))
    assert (here.bed_code, here.stay and here.stay.referral_source) == ("1C", "police")
    assert place_requests.waiting(desk).persons == 0


def test_what_lapsed_since_was_held_for_who_came_before_and_nobody_else_is_asked(
    qtbot: QtBot, desk: Desk, page: TodayPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_scene.hold(desk, "1C", nights=1)
    held_scene.go_to(monkeypatch, desk.today() + timedelta(days=1))
    line = add(qtbot, catching_up(page), Qt.Key.Key_A)
    assert isinstance(line, ArrivalLine)
    line.at.day.set_day(yesterday(desk))
    offered = line.expected.isVisible()
    line.at.day.set_day(desk.today())
    assert (offered, line.expected.isVisible()) == (True, False)
    line.at.day.set_day(yesterday(desk))
    choose(qtbot, line.expected, "l")
    line.age.set_number(22)
    line.country.choose("SN")
    line.situation.choose("transit")
    line.go()
    assert held_scene.only(desk).held.state(desk.today()) == "arrived"


def test_the_bed_proposed_for_an_arrival_is_one_without_anything_against_it(
    qtbot: QtBot, desk: Desk, page: TodayPage
) -> None:
    type_an_arrival(qtbot, catching_up(page))
    type_in(qtbot, ENTER)
    assert [one.bed_code for one in residents.listed(desk, "here")] == ["1A"]


def test_a_kept_line_leads_back_to_its_button(qtbot: QtBot, page: TodayPage) -> None:
    catch_up = catching_up(page)
    type_an_arrival(qtbot, catch_up)
    type_in(qtbot, ENTER)
    assert focused() is catch_up.buttons["arrival"]


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_B, Qt.Key.Key_R, Qt.Key.Key_D])
def test_tab_goes_through_a_line_to_the_button_that_keeps_it(qtbot: QtBot, page: TodayPage, key: Qt.Key) -> None:
    line = add(qtbot, catching_up(page), key)
    begun = focused() in line.first().findChildren(QWidget)
    visited = [focused()]
    while focused() is not line.keep_button and len(visited) < 30:
        type_in(qtbot, TAB)
        visited.append(focused())
    assert (begun, [one for one in visited if not line.isAncestorOf(one)], visited[-1]) == (True, [], line.keep_button)


def test_what_was_typed_stays_when_the_line_is_refused(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    line = type_an_arrival(qtbot, catching_up(page))
    tomorrow = desk.today() + timedelta(days=1)
    line.at.day.set_day(tomorrow)
    type_in(qtbot, ENTER)
    assert (line.badge.text(), line.at.day.state(), line.age.number(), line.done) == ("Refusé", "blocked", 22, None)
    assert line.at.day.day() == tomorrow


def test_a_refused_line_can_be_mended_and_kept(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    line = type_an_arrival(qtbot, catching_up(page))
    line.at.day.set_day(desk.today() + timedelta(days=1))
    type_in(qtbot, ENTER)
    line.at.day.setFocus()
    line.at.day.line.selectAll()
    type_in(qtbot, formats.day(yesterday(desk)), ENTER)
    assert line.badge.text() == "Gardé"


def test_a_line_with_nothing_typed_says_what_is_missing(qtbot: QtBot, page: TodayPage) -> None:
    catch_up = catching_up(page)
    line = add(qtbot, catch_up, Qt.Key.Key_A)
    type_in(qtbot, ENTER)
    assert isinstance(line, ArrivalLine)
    assert (line.badge.text(), focused() is line.sex.focusWidget() or line.sex_field.state() == "blocked") == (
        "Refusé",
        True,
    )


def test_an_undone_line_is_open_again_with_what_was_typed(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    said = told_by(page)
    line = type_an_arrival(qtbot, catching_up(page))
    type_in(qtbot, ENTER)
    assert said[0].done is not None
    desks.undo(desk, said[0].done)
    assert (line.done, line.keep_button.isVisible(), line.age.number()) == (None, True, 22)
    assert residents.listed(desk, "here") == []


def test_somebody_known_is_admitted_by_code_alone(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1B", days=30)
    stays.leave(desk, one.stay, days_ago(20), "fin_sejour", "inconnue")
    catch_up = catching_up(page)
    line = add(qtbot, catch_up, Qt.Key.Key_A)
    assert isinstance(line, ArrivalLine)
    line.code.setFocus()
    type_in(qtbot, one.code, TAB)
    choose(qtbot, line.situation, "transit")
    type_in(qtbot, ENTER)
    record = residents.record(desk, one.person)
    assert [stay.stay.entry_kind for stay in record.stays] == ["readmission", "premiere"]


def test_a_child_that_arrived_in_the_night_is_kept_with_its_situation(
    qtbot: QtBot, desk: Desk, page: TodayPage
) -> None:
    line = type_an_arrival(qtbot, catching_up(page))
    line.age.set_number(16)
    offered = [line.child.combo.itemData(row) for row in range(line.child.combo.count())]
    line.child.combo.activated.emit(offered.index("non_accompagne"))
    type_in(qtbot, ENTER)
    (one,) = residents.listed(desk, "here")
    assert (one.stay and one.stay.child_status, "sans_objet" in offered) == ("non_accompagne", False)


def test_a_code_that_nobody_has_is_refused_beside_it(qtbot: QtBot, page: TodayPage) -> None:
    catch_up = catching_up(page)
    line = add(qtbot, catch_up, Qt.Key.Key_A)
    assert isinstance(line, ArrivalLine)
    line.code.setFocus()
    type_in(qtbot, "7K3-QMX-E", ENTER)
    assert (line.code.state(), line.code.text()) == ("blocked", "7K3-QMX-E")


def test_an_exit_typed_by_keyboard_ends_the_stay_and_is_late(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1A", days=0 + 40)
    before = late_entries(desk)
    catch_up = catching_up(page)
    line = add(qtbot, catch_up, Qt.Key.Key_S)
    assert isinstance(line, ExitLine)
    choose(qtbot, line.person, one.code)
    line.at.hour.setFocus()
    type_in(qtbot, "18:30", TAB)
    choose(qtbot, line.why, "fin de s")
    type_in(qtbot, ENTER)
    gone = residents.record(desk, one.person).stays[0].stay
    assert gone.exited_at is not None
    assert (formats.moment(gone.exited_at), gone.exit_reason) == (f"{formats.day(yesterday(desk))} 18:30", "fin_sejour")
    assert (before, late_entries(desk), line.badge.text()) == (0, 1, "Gardé")


def test_an_exit_asks_by_keyboard_what_becomes_of_what_is_lent(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one, blanket = admit(desk, "1A", days=9), scene.blanket(desk)
    scene.came(desk, blanket, 4_000, scene.ago(9))
    given(desk, one.stay, AskedLine(blanket, 1_000, lent=True))
    line = add(qtbot, catching_up(page), Qt.Key.Key_S)
    assert isinstance(line, ExitLine)
    choose(qtbot, line.person, one.code)
    line.at.day.set_day(desk.today())  # a loan comes back on a day after it was lent
    choose(qtbot, line.why, "fin de s")
    type_in(qtbot, ENTER)
    (row,) = line.back.lent.rows
    refused = (line.badge.text(), row.end.state(), len(residents.listed(desk, "here")))
    type_in(qtbot, Qt.Key.Key_Down, ENTER)
    assert (refused, line.badge.text()) == (("Refusé", "blocked", 1), "Gardé")
    assert (residents.listed(desk, "here"), stock.loans(desk)) == ([], ())


def test_a_family_leaves_together(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    mother = admit(desk, "4A", days=5)
    child = admit(desk, "4B", age=6, head=mother.stay, days=5)
    catch_up = catching_up(page)
    line = catch_up.add("exit")
    assert isinstance(line, ExitLine)
    line.take(mother.stay, yesterday(desk))
    line.why.choose("fin_sejour")
    ticked = line.together.text()
    line.go()
    assert (ticked, residents.listed(desk, "here")) == (child.code, [])


def test_a_move_typed_by_keyboard_takes_the_bed(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1A", days=5)
    catch_up = catching_up(page)
    line = add(qtbot, catch_up, Qt.Key.Key_D)
    assert isinstance(line, MoveLine)
    choose(qtbot, line.person, one.code)
    choose(qtbot, line.bed, "1C")
    type_in(qtbot, ENTER)
    nights = [bed_board.board(desk, day) for day in (yesterday(desk) - timedelta(days=1), yesterday(desk))]
    found = [look.bed.code for board in nights for room in board.rooms for look in room.beds if look.sleeper]
    assert found == ["1A", "1C"]


def test_a_rule_set_aside_asks_for_a_reason_and_keeps_it(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1A", days=5)
    line = catching_up(page).add("move")
    assert isinstance(line, MoveLine)
    line.person.choose(str(one.stay))
    line._propose()
    line.bed.choose(str(bed(desk, "2A").id))
    line.go()
    asked = line.reason.isVisible()
    type_in(qtbot, "une nuit seulement", ENTER)
    assert (asked, line.badge.text()) == (True, "Gardé")


def test_who_may_not_set_a_rule_aside_is_told_so(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=5)
    desk.role = Role.CASE_WORKER
    line = catching_up(open_page(qtbot, desk)).add("move")
    assert isinstance(line, MoveLine)
    line.person.choose(str(one.stay))
    line._propose()
    line.bed.choose(str(bed(desk, "2A").id))
    line.go()
    assert (line.reason.isVisible(), line.refusal.isVisible(), line.done) == (False, True, None)


def test_a_moment_outside_the_period_is_pointed_out_and_not_refused(desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1A", days=9)
    line = catching_up(page).add("exit")
    assert isinstance(line, ExitLine)
    line.take(one.stay, desk.today() - timedelta(days=3))
    pointed_out = line.at.day.state()
    line.why.choose("fin_sejour")
    line.go()
    assert (pointed_out, line.badge.text()) == ("attention", "Gardé")


def test_lines_stay_when_the_page_is_left_and_opened_again(qtbot: QtBot, page: TodayPage) -> None:
    catch_up = catching_up(page)
    line = type_an_arrival(qtbot, catch_up)
    type_in(qtbot, Qt.Key.Key_Escape)
    shown_after = page.overview.isVisible()
    page.overview.catch_up_button.click()
    assert (shown_after, catch_up.lines, line.age.number()) == (True, [line], 22)
    settle(qtbot)


# Who slept here ------------------------------------------------------------------------------------------------------


def marks(catch_up: CatchUp) -> dict[str, str]:
    rows = catch_up.presence.rows
    return {rows.line(place).code: rows.line(place).badge for place in range(rows.rowCount())}


def test_a_mat_is_told_apart_from_no_place(desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1A", days=5)
    stays.move(desk, one.stay, Spot("appoint", room=bed(desk, "1A").room), days_ago(3))
    nowhere = admit(desk, days=5)
    rows = catching_up(page).presence.rows
    told = {rows.line(place).code: rows.line(place).second for place in range(rows.rowCount())}
    assert told == {one.code: "Natte · F · 27 ans", nowhere.code: "Pas encore de lit · F · 27 ans"}


def test_one_key_a_line_says_who_is_still_here(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one, other = admit(desk, "1A", days=5), admit(desk, "1B", days=5)
    catch_up = catching_up(page)
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_P)
    assert marks(catch_up) == {one.code: "encore là", other.code: "à voir"}
    assert catch_up.presence.counted.text() == "1 sur 2"


def test_a_mark_is_taken_back_by_backspace(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1A", days=5)
    catch_up = catching_up(page)
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_P, Qt.Key.Key_Backspace)
    assert marks(catch_up) == {one.code: "à voir"}


def test_somebody_gone_needs_only_the_reason(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one, other = admit(desk, "1A", days=5), admit(desk, "1B", days=5)
    catch_up = catching_up(page)
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_S)
    line = catch_up.lines[-1]
    assert isinstance(line, ExitLine)
    begun = focused()
    choose(qtbot, line.why, "fin de s")
    type_in(qtbot, ENTER)
    assert marks(catch_up) == {one.code: "sortie", other.code: "à voir"}
    assert [begun, focused()] == [line.why.combo, catch_up.presence.list]
    assert catch_up.presence.list.current().one.person.code == other.code


def test_somebody_away_that_night_is_noted_and_comes_back_by_one_key(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    one = admit(desk, "1A", days=5)
    catch_up = catching_up(page)
    catch_up.head.from_day.set_day(desk.today() - timedelta(days=2))
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_A)
    line = catch_up.lines[-1]
    assert isinstance(line, AbsenceLine)
    line.why.choose("hopital")
    line.go()
    catch_up.presence.list.setFocus()
    catch_up.presence.turn(1)
    second_night = marks(catch_up)
    type_in(qtbot, Qt.Key.Key_P)
    absence = residents.record(desk, one.person).stays[0].absences[0]
    assert (second_night, isinstance(catch_up.lines[-1], ReturnLine)) == ({one.code: "absence"}, True)
    assert absence.end is not None
    assert (absence.start.date(), absence.end.date()) == (desk.today() - timedelta(days=2), yesterday(desk))


def test_the_nights_are_turned_by_arrows(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    admit(desk, "1A", days=5)
    catch_up = catching_up(page)
    catch_up.head.from_day.set_day(desk.today() - timedelta(days=3))
    catch_up.presence.list.setFocus()
    nights = [catch_up.presence.night]
    type_in(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    nights.append(catch_up.presence.night)
    assert nights == [desk.today() - timedelta(days=3), yesterday(desk)]


def test_once_all_are_seen_the_next_night_is_shown(qtbot: QtBot, desk: Desk, page: TodayPage) -> None:
    admit(desk, "1A", days=5)
    catch_up = catching_up(page)
    catch_up.head.from_day.set_day(desk.today() - timedelta(days=2))
    catch_up.presence.list.setFocus()
    type_in(qtbot, Qt.Key.Key_P)
    assert catch_up.presence.night == yesterday(desk)
