"""Names are erased from the settings by keyboard: the list of the month, a request, what is suspended, the clock."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import NO_NAMES
from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.retention.retention_section import RetentionSection
from tests.operations.casefile.test_incidents import CONTENT, fight
from tests.operations.retention_scene import AWA, OTHER, gone, last_line, opened
from tests.operations.shelter import PASSWORD, admit, days_ago
from tests.ui.window.windows import focused, keep_preferences_in, settle, show_active, type_in, wait_for

TAB, SPACE, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return
DOWN, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Escape


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    keep_preferences_in(monkeypatch, tmp_path)
    yield from opened(tmp_path)


@pytest.fixture
def three(desk: Desk) -> list[Admitted]:
    """Three persons who are due, the longest first."""
    return [gone(desk, bed, days=days) for bed, days in (("1A", 60), ("1B", 50), ("1C", 40))]


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, three: list[Admitted]) -> Iterator[RetentionSection]:
    yield from shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> Iterator[RetentionSection]:
    made = RetentionSection(desk)
    made.resize(1040, 640)
    qtbot.addWidget(made)
    made.refresh()
    show_active(qtbot, made)
    settle(qtbot)
    yield made
    settle(qtbot)


@pytest.fixture
def told(section: RetentionSection) -> list[Told]:
    heard: list[Told] = []
    section.told.connect(heard.append)
    return heard


def has_names(desk: Desk, those: list[Admitted]) -> list[bool]:
    return [residents.record(desk, one.person).has_name for one in those]


def is_whole(widget: QWidget) -> bool:
    """Whether all of it is in sight."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def choose(qtbot: QtBot, section: RetentionSection, places: list[int]) -> None:
    """Check these rows by keyboard and open the last question."""
    assert section.due.rows.rowCount() > max(places), section.due.reading.text()
    section.due.table.setFocus()
    section.due.table.go_to(0)
    for place in range(max(places) + 1):
        if place in places:
            type_in(qtbot, SPACE)
        type_in(qtbot, DOWN)
    assert len(section.due.rows.checked()) == len(places), focused()
    section.due.erase_button.setFocus()
    type_in(qtbot, ENTER)
    settle(qtbot)


# The list of the month ------------------------------------------------------------------------------------------------


def test_nothing_due_is_said(qtbot: QtBot, desk: Desk) -> None:
    gone(desk, "1A", days=3)
    for section in shown(qtbot, desk):
        assert (section.due.table.isVisible(), section.due.erase_button.isVisible()) == (False, False)


def test_who_is_due_is_listed_by_code_and_nobody_is_checked_beforehand(
    section: RetentionSection, three: list[Admitted]
) -> None:
    assert [one.code for one in section.due.rows.rows()] == [one.code for one in three]
    assert (section.due.rows.checked(), section.due.erase_button.isEnabled()) == ([], False)


def test_no_name_is_shown_or_read(section: RetentionSection, desk: Desk, three: list[Admitted]) -> None:
    cells = [cell for place in range(3) for cell in section.due.rows.cells(place)]
    assert not [cell for cell in cells if "Sacko" in cell or "Awa" in cell]
    lines = residents.record(desk, three[0].person).thread
    assert "name_read" not in [line.action for line in lines]


def test_one_person_alone_erases_by_keyboard_with_number_and_reason(
    qtbot: QtBot, section: RetentionSection, told: list[Told], desk: Desk, three: list[Admitted]
) -> None:
    choose(qtbot, section, [0, 2])
    type_in(qtbot, "2", TAB, "Terme atteint", TAB, PASSWORD, ENTER)
    settle(qtbot)
    assert has_names(desk, three) == [False, True, False]
    assert (told[-1].state, told[-1].done) == ("ok", None)
    assert told[-1].sentence.startswith("2 lignes effacées.")
    assert [one.code for one in section.due.rows.rows()] == [three[1].code]


def test_another_number_than_that_of_the_chosen_erases_nobody(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    choose(qtbot, section, [0, 2])
    type_in(qtbot, "3", TAB, "Terme atteint", ENTER)
    settle(qtbot)
    form = section.due.form
    assert form is not None
    assert (form.number.state(), has_names(desk, three)) == ("blocked", [True] * 3)
    assert focused() is form.number.line


def test_alone_without_a_reason_nobody_is_erased(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    choose(qtbot, section, [0])
    type_in(qtbot, "1", ENTER)
    settle(qtbot)
    form = section.due.form
    assert form is not None
    assert (form.reason.state(), has_names(desk, three)) == ("blocked", [True] * 3)


def test_the_question_says_what_goes_what_stays_and_is_left_by_escape(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    choose(qtbot, section, [1])
    assert section.is_editing()
    type_in(qtbot, ESCAPE)
    assert (section.due.form, section.is_editing()) == (None, False)
    assert focused() is section.due.erase_button
    assert has_names(desk, three) == [True] * 3


def test_the_list_cannot_be_changed_under_the_question(qtbot: QtBot, section: RetentionSection) -> None:
    choose(qtbot, section, [1])
    assert not section.due.table.isEnabled()
    assert not section.due.all.isEnabled()
    type_in(qtbot, ESCAPE)
    assert section.due.table.isEnabled()


def test_check_all_leaves_out_who_is_suspended(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    retention.hold(desk, three[1].person, "Plainte en cours")
    section.refresh()
    settle(qtbot)
    qtbot.mouseClick(section.due.all, Qt.MouseButton.LeftButton, pos=section.due.all.rect().center() / 4)
    checked = {one.code for one in section.due.rows.checked()}
    assert checked == {three[0].code, three[2].code}
    assert section.due.all.checkState() is Qt.CheckState.Checked
    assert section.due.rows.cells(1)[-1] == "Plainte en cours (jusqu’à sa levée)"


def test_a_click_on_the_box_checks_and_one_elsewhere_does_not(qtbot: QtBot, section: RetentionSection) -> None:
    table = section.due.table
    for column in (0, 2):
        place = table.visualRect(section.due.rows.index(column, column)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [section.due.rows.is_checked(one) for one in section.due.rows.rows()] == [True, False, False]


def test_several_chosen_rows_are_checked_at_once_and_emptied_again(qtbot: QtBot, section: RetentionSection) -> None:
    section.due.table.setFocus()
    section.due.table.selectAll()
    type_in(qtbot, SPACE)
    all_of_them = len(section.due.rows.checked())
    type_in(qtbot, SPACE)
    assert (all_of_them, section.due.rows.checked()) == (3, [])


def test_a_screen_reader_is_told_whether_a_box_is_checked(qtbot: QtBot, section: RetentionSection) -> None:
    rows, first = section.due.rows, section.due.rows.index(0, 0)
    before = rows.data(first, Qt.ItemDataRole.AccessibleTextRole)
    rows.check([rows.row(0)], True)
    assert (before, rows.data(first, Qt.ItemDataRole.AccessibleTextRole)) == ("non coché", "coché")


def test_each_line_says_what_goes_and_why_now(section: RetentionSection) -> None:
    assert section.due.rows.cells(0)[2] == "Noms et récits"
    assert section.due.rows.cells(0)[4] == "à clore\u00a0: 1 mois après la sortie"


def test_an_incident_stands_in_the_same_list_and_goes_with_the_same_question(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    settings.keep_clocks(desk, {RetentionKind.INCIDENT: 1})
    key = incidents.report(desk, replace(fight(), occurred_at=days_ago(90)), CONTENT).id
    incidents.close(desk, key, days_ago(80).date(), "Parlé avec les deux")
    section.refresh()
    settle(qtbot)
    assert next(one.item.kind for one in section.due.rows.rows()) is RetentionKind.INCIDENT
    choose(qtbot, section, [0, 1])
    type_in(qtbot, "2", TAB, "Terme atteint", TAB, PASSWORD, ENTER)
    settle(qtbot)
    assert (incidents.read(desk, key).facts, has_names(desk, three)) == ("", [False, True, True])


# Two persons ----------------------------------------------------------------------------------------------------------


def test_the_second_person_types_the_password_and_no_reason_is_needed(
    qtbot: QtBot, section: RetentionSection, told: list[Told], desk: Desk, three: list[Admitted]
) -> None:
    second = user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    choose(qtbot, section, [0])
    type_in(qtbot, "1", TAB, TAB, TAB, OTHER, ENTER)
    settle(qtbot)
    assert (told[-1].state, has_names(desk, three)) == ("ok", [False, True, True])
    assert (last_line(desk).user, last_line(desk).known["second"]) == (desk.user, second)


def test_among_several_the_second_person_is_chosen_by_keyboard(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    third = user_accounts.add(desk, "Agent C", Role.DIRECTOR, "quatre papayes vertes")
    user_accounts.add(desk, "Agent D", Role.CASE_WORKER, "cinq goyaves roses")
    choose(qtbot, section, [0])
    form = section.due.form
    assert form is not None
    assert [one.name for one in form.approval.others] == ["Agent B", "Agent C"]
    type_in(qtbot, "1", TAB, TAB, TAB, "quatre papayes vertes", ENTER)
    settle(qtbot)
    assert (form.approval.second.state(), focused()) == ("blocked", form.approval.second.combo)
    type_in(qtbot, DOWN, DOWN, TAB, ENTER)
    settle(qtbot)
    assert (last_line(desk).known["second"], has_names(desk, three)) == (third, [False, True, True])


@pytest.mark.parametrize("two", [True, False])
def test_a_wrong_password_is_said_beside_it_and_forgotten(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted], two: bool
) -> None:
    if two:
        user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    choose(qtbot, section, [0])
    type_in(qtbot, "1", TAB, "Terme atteint", TAB, *([TAB] if two else []), "deux citrons verts", ENTER)
    settle(qtbot)
    form = section.due.form
    assert form is not None
    password = form.approval.password
    assert (password.state(), password.text(), has_names(desk, three)) == ("blocked", "", [True] * 3)
    assert (password.message().startswith("Ce n’est pas votre"), desk.approvals) == (not two, [])


def test_without_the_password_nobody_is_erased(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    choose(qtbot, section, [0])
    type_in(qtbot, "1", TAB, "Terme atteint", ENTER)
    settle(qtbot)
    form = section.due.form
    assert form is not None
    assert (form.approval.password.state(), has_names(desk, three)) == ("blocked", [True] * 3)
    assert focused() is form.approval.password.line


def test_a_second_person_is_asked_for_only_where_there_is_one(qtbot: QtBot, section: RetentionSection) -> None:
    choose(qtbot, section, [0])
    form = section.due.form
    assert form is not None
    shown_fields = (form.approval.second.isVisible(), form.approval.password.isVisible())
    assert (shown_fields, form.needs_reason) == ((False, True), True)


# On request -----------------------------------------------------------------------------------------------------------


def test_somebody_who_asks_is_erased_by_code(
    qtbot: QtBot, section: RetentionSection, told: list[Told], desk: Desk
) -> None:
    made = gone(desk, "1D", days=2)
    section.request.code.setFocus()
    type_in(qtbot, made.code.lower(), ENTER)
    settle(qtbot)
    type_in(qtbot, "1", TAB, "Demande du 12 novembre", TAB, PASSWORD, ENTER)
    settle(qtbot)
    assert (told[-1].state, has_names(desk, [made])) == ("ok", [False])
    assert (section.request.form, section.request.code.text()) == (None, "")


@pytest.mark.parametrize("who", ["here", "nobody", "nameless", "held"])
def test_why_somebody_cannot_be_erased_is_said_beside_the_code(
    qtbot: QtBot, section: RetentionSection, desk: Desk, who: str
) -> None:
    code = "7K3-QMX-E"
    if who == "here":
        code = admit(desk, "1D", names=AWA).code
    elif who != "nobody":
        made = gone(desk, "1D", names=NO_NAMES if who == "nameless" else AWA)
        code = made.code
        if who == "held":
            retention.hold(desk, made.person, "Plainte en cours")
    section.request.code.setFocus()
    type_in(qtbot, code, ENTER)
    assert (section.request.code.state(), section.request.form) == ("blocked", None)


def test_a_request_without_a_reason_is_refused(qtbot: QtBot, section: RetentionSection, three: list[Admitted]) -> None:
    section.request.code.setFocus()
    type_in(qtbot, three[0].code, ENTER)
    settle(qtbot)
    type_in(qtbot, "1", ENTER)
    form = section.request.form
    assert form is not None
    assert form.reason.state() == "blocked"


def test_the_whole_question_is_scrolled_into_sight(qtbot: QtBot, desk: Desk) -> None:
    for days in range(240, 30, -25):
        gone(desk, "1A", days=days)
    for section in shown(qtbot, desk):
        choose(qtbot, section, [0])
        form = section.due.form
        assert form is not None
        last, first = form.close_button, form.number
        wait_for(qtbot, partial(is_whole, last))
        assert (is_whole(first), focused() is first.line) == (True, True)


# Suspensions ----------------------------------------------------------------------------------------------------------


def test_an_erasure_is_suspended_with_a_reason_and_the_act_can_be_undone(
    qtbot: QtBot, section: RetentionSection, told: list[Told], desk: Desk, three: list[Admitted]
) -> None:
    section.holds.code.setFocus()
    type_in(qtbot, three[0].code, TAB, "Plainte en cours", ENTER)
    settle(qtbot)
    assert [(one.code, one.reason) for one in retention.holds(desk)] == [(three[0].code, "Plainte en cours")]
    assert (section.due.rows.row(0).is_held, len(section.holds.lines)) == (True, 1)
    assert told[-1].done is not None
    undo(desk, told[-1].done)
    assert retention.holds(desk) == ()


def test_a_suspension_may_have_its_last_day(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    section.holds.code.setFocus()
    last = desk.today() + timedelta(days=90)
    type_in(qtbot, three[0].code, TAB, "Plainte en cours", TAB, f"{last:%d/%m/%Y}", ENTER)
    settle(qtbot)
    assert [one.until for one in retention.holds(desk)] == [last]
    assert section.due.rows.cells(0)[-1] == f"Plainte en cours (jusqu’au {last:%d/%m/%Y})"


@pytest.mark.parametrize("typed", ["31/02/2027", "01/01/2020"])
def test_a_last_day_that_does_not_exist_or_is_past_is_refused(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted], typed: str
) -> None:
    section.holds.code.setFocus()
    type_in(qtbot, three[0].code, TAB, "Plainte en cours", TAB, typed, ENTER)
    assert (section.holds.until.state(), retention.holds(desk)) == ("blocked", ())


@pytest.mark.parametrize(("code", "reason"), [("7K3-QMX-E", "Plainte"), ("ABC", "Plainte"), (None, "")])
def test_what_is_wrong_with_a_suspension_is_said_beside_its_field(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted], code: str | None, reason: str
) -> None:
    section.holds.code.setFocus()
    type_in(qtbot, code or three[0].code, TAB, *([reason] if reason else []), ENTER)
    states = (section.holds.code.state(), section.holds.reason.state())
    assert states == (("blocked", "normal") if code else ("normal", "blocked"))
    assert retention.holds(desk) == ()


def test_a_suspension_is_lifted_by_its_button(
    qtbot: QtBot, section: RetentionSection, told: list[Told], desk: Desk, three: list[Admitted]
) -> None:
    retention.hold(desk, three[0].person, "Plainte en cours")
    section.refresh()
    settle(qtbot)
    (line,) = section.holds.lines.values()
    line.button.setFocus()
    type_in(qtbot, ENTER)
    assert (retention.holds(desk), section.holds.lines, told[-1].state) == ((), {}, "ok")
    assert three[0].code in line.button.accessibleName()
