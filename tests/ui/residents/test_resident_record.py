"""The record of a resident: the name on demand, the acts and their forms, the thread."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import placing, stays
from shelter_desk.storage.file import journal
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.residents.acts.correction_form import CorrectionForm
from shelter_desk.ui.residents.acts.presence_forms import AbsenceForm, MoveForm, ReturnForm
from shelter_desk.ui.residents.casefile.status_form import StatusForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.stays_tab import StaysTab
from shelter_desk.ui.residents.record.timeline import entries
from shelter_desk.ui.widgets.name_on_demand import NAME_SHOWN_MS
from shelter_desk.words import formats as format_words
from tests.operations.shelter import admit, bed
from tests.ui.residents.residents_scene import codes, desk, page, told_by

__all__ = ["desk", "page"]


def test_names_are_hidden_until_asked_for(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A", names=Names("Sidibé", "Nana"))
    page.open_record(someone.person)
    assert "Sidibé" not in page.record.head.name.name.text()


def test_a_name_shown_is_written_to_the_journal(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    someone = admit(desk, "1A", names=Names("Sidibé", "Nana"))
    page.open_record(someone.person)
    qtbot.mouseClick(page.record.head.name.button, Qt.MouseButton.LeftButton)
    assert page.record.head.name.name.text() == "Nana Sidibé"
    assert residents.record(desk, someone.person).thread[0].action == "name_read"


def test_a_name_hides_after_thirty_seconds(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A", names=Names("Sidibé", "Nana"))
    page.open_record(someone.person)
    page.record.head.name.show_name()
    timer = page.record.head.name.hide_timer
    assert (timer.isActive(), timer.interval()) == (True, NAME_SHOWN_MS)
    page.record.head.name.hide_timer.timeout.emit()
    assert "Sidibé" not in page.record.head.name.name.text()


def test_a_record_that_is_opened_is_in_the_journal_once_while_the_desk_is_open(page: ResidentsPage, desk: Desk) -> None:
    someone, other = admit(desk, "1A"), admit(desk, "1B")
    for person in (someone.person, other.person, someone.person):
        page.open_record(person)
    with desk.reading() as connection:
        opened = [line.subject for line in journal.lines(connection) if line.action == "record_opened"]
    assert opened == [residents.record(desk, person).person.code for person in (someone.person, other.person)]


def test_a_name_hides_when_another_record_is_opened(page: ResidentsPage, desk: Desk) -> None:
    someone, other = admit(desk, "1A", names=Names("Sidibé", "Nana")), admit(desk, "1B")
    page.open_record(someone.person)
    page.record.head.name.show_name()
    page.open_record(other.person)
    assert "Sidibé" not in page.record.head.name.name.text()


def test_the_facts_of_the_head_name_bed_and_room(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A", days=10)
    page.open_record(someone.person)
    assert "1A, Dortoir femmes" in page.record.head.facts.text()


def test_the_bed_button_asks_for_the_plan(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    someone = admit(desk, "1A")
    page.open_record(someone.person)
    with qtbot.waitSignal(page.bed_wanted) as wanted:
        qtbot.mouseClick(page.record.head.bed_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [bed(desk, "1A").id]


def test_without_a_bed_the_bed_button_opens_the_beds_that_fit(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    someone = admit(desk)
    page.open_record(someone.person)
    qtbot.mouseClick(page.record.head.bed_button, Qt.MouseButton.LeftButton)
    form = page.record.form
    assert isinstance(form, MoveForm)
    form.go()
    assert residents.listed(desk, "here")[0].bed_code == "1A"


def exit_form(page: ResidentsPage, qtbot: QtBot) -> ExitForm:
    qtbot.mouseClick(page.record.head.exit_button, Qt.MouseButton.LeftButton)
    form = page.record.form
    assert isinstance(form, ExitForm)
    return form


def test_an_exit_without_a_reason_is_refused_beside_the_field(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    form = exit_form(page, qtbot)
    qtbot.keyClick(form.day.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.reason.state() == "blocked"


def test_an_exit_is_recorded_and_undone(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    said = told_by(page)
    someone = admit(desk, "1A")
    page.open_record(someone.person)
    form = exit_form(page, qtbot)
    form.reason.choose("autonomie")
    form.go()
    gone = codes(page)
    assert said[-1].done is not None
    desks.undo(desk, said[-1].done)
    assert (gone, codes(page)) == ([], [someone.code])


def test_the_family_leaves_together_and_one_undo_brings_all_back(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    said = told_by(page)
    mother = admit(desk, "4A")
    admit(desk, "4A", age=1, head=mother.stay, shares=True)
    page.open_record(mother.person)
    form = exit_form(page, qtbot)
    form.reason.choose("autonomie")
    form.go()
    gone = codes(page)
    assert said[-1].done is not None
    desks.undo(desk, said[-1].done)
    assert (gone, len(codes(page))) == ([], 2)


def test_a_child_left_behind_is_warned_of(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    mother = admit(desk, "4A")
    admit(desk, "4B", age=6, head=mother.stay)
    page.open_record(mother.person)
    form = exit_form(page, qtbot)
    form.family[0][2].click()
    assert form.left_behind.isVisible()


def test_a_disappearance_asks_for_the_last_night_surely_slept(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    form = exit_form(page, qtbot)
    form.reason.choose("fugue_disparition")
    form.reason.chosen.emit("fugue_disparition")
    assert form.hint.isVisible()
    assert form.day.day() == desk.today() - timedelta(days=1)


def test_an_exit_still_to_come_is_refused_beside_its_day(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    form = exit_form(page, qtbot)
    form.reason.choose("autonomie")
    form.day.set_day(desk.today() + timedelta(days=2))
    form.go()
    assert form.day.state() == "blocked"


def test_escape_closes_a_form(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    form = exit_form(page, qtbot)
    qtbot.keyClick(form.day.line, Qt.Key.Key_Escape)
    assert page.record.form is None


def test_an_absence_and_a_return_are_recorded(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A")
    page.open_record(someone.person)
    page.record.open_form("absence")
    away = page.record.form
    assert isinstance(away, AbsenceForm)
    away.why.choose("permission")
    away.night.set_day(desk.today() - timedelta(days=2))
    away.go()
    page.record.open_form("return")
    back = page.record.form
    assert isinstance(back, ReturnForm)
    back.go()
    absence = residents.record(desk, someone.person).stays[0].absences[0]
    assert (absence.absence_type, absence.end is not None) == ("permission", True)


def test_an_identification_asks_who_decided(page: ResidentsPage, desk: Desk) -> None:
    page.open_record(admit(desk, "1A").person)
    page.record.open_form("status")
    form = page.record.form
    assert isinstance(form, StatusForm)
    form.status.choose("identifiee")
    form.go()
    assert form.by.state() == "blocked"
    form.by.choose("justice")
    form.go()
    assert form.decider.state() == "blocked"
    form.decider.set_text("Juge des enfants")
    form.go()
    assert form.reason.state() == "blocked"
    form.reason.set_text("Jugement.")
    form.go()
    assert page.record.head.status.isVisible()


def test_what_is_missing_opens_the_correction_at_its_field(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    assert page.record.gaps is not None
    qtbot.mouseClick(page.record.gaps.rows["referral_source"], Qt.MouseButton.LeftButton)
    form = page.record.form
    assert isinstance(form, CorrectionForm)
    assert focus_in(form.source)


def focus_in(widget: QWidget) -> bool:
    window = widget.window()
    focused = window.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def test_a_correction_keeps_what_was_not_touched(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A", names=Names("Sidibé", "Nana"))
    before = residents.record(desk, someone.person)
    page.open_record(someone.person)
    page.record.open_form("correct")
    form = page.record.form
    assert isinstance(form, CorrectionForm)
    form.alias.set_text("Nanaïssa")
    form.source.choose("police")
    form.go()
    after = residents.record(desk, someone.person)
    assert after.person == before.person
    assert after.stays[0].stay == replace(before.stays[0].stay, referral_source="police")
    assert residents.name(desk, someone.person) == Names("Sidibé", "Nana", "Nanaïssa")


def test_the_thread_marks_what_was_typed_later(desk: Desk) -> None:
    someone = admit(desk, "1A", days=10)
    admission = next(one for one in entries(residents.record(desk, someone.person)) if one.icon == "arrive")
    assert admission.recorded is not None
    assert admission.recorded.date() == desk.today()


def test_the_thread_says_by_whom_and_from_which_bed_to_which(desk: Desk) -> None:
    someone = admit(desk, "1A", days=10)
    spot = placing.Spot("lit", bed(desk, "1B").id)
    stays.move(desk, someone.stay, spot, desk.now())
    moved = next(one for one in entries(residents.record(desk, someone.person)) if one.icon == "move")
    assert ("1A" in moved.title, "1B" in moved.title, moved.by) == (True, True, "Agent A")


def test_all_stays_are_on_the_record(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A", days=30)
    stays.leave(desk, someone.stay, desk.now() - timedelta(days=20), "autonomie")
    again = stays.Admission(desk.now(), "premiere", "transit", person=someone.person)
    stays.admit(desk, again)
    page.open_record(someone.person)
    tab = page.record.findChild(StaysTab)
    assert tab is not None
    numbers = [one.stay.stay_no for one in residents.record(desk, someone.person).stays]
    shown = [card.accessibleName() for card in tab.findChildren(QWidget) if card.property("role") == "card"]
    assert [any(number in name for name in shown) for number in numbers] == [True, True]


def test_a_role_that_may_not_act_sees_no_act(page: ResidentsPage, desk: Desk) -> None:
    someone = admit(desk, "1A")
    desk.role = Role.RECEPTION
    page.open_record(someone.person)
    head = page.record.head
    assert [head.exit_button.isVisible(), head.bed_button.isVisible(), head.more_button.isVisible()] == [False] * 3


def test_a_page_does_not_look_again_under_an_open_form(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    form = exit_form(page, qtbot)
    admit(desk, "1B")
    assert (page.record.form is form, len(codes(page))) == (True, 1)


def test_days_are_written_as_in_the_country(page: ResidentsPage, desk: Desk) -> None:
    page.open_record(admit(desk, "1A", days=10).person)
    assert format_words.day(desk.today() - timedelta(days=10)) in page.record.head.facts.text()


def test_a_name_asked_for_twice_on_a_day_is_one_line_of_the_thread(desk: Desk) -> None:
    someone = admit(desk, "1A", names=Names("Sidibé", "Nana"))
    residents.name(desk, someone.person)
    residents.name(desk, someone.person)
    assert len([one for one in entries(residents.record(desk, someone.person)) if one.icon == "eye"]) == 1
