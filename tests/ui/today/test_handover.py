"""The handover on the page of today: written by itself, lines added, handed over, taken over by name, read back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.today import handovers
from shelter_desk.ui import tasks
from shelter_desk.ui.today.handover import sheet
from shelter_desk.ui.today.handover.handover_view import HandoverView
from shelter_desk.ui.today.page import TodayPage
from tests.operations.casefile.test_incidents import fight
from tests.operations.shelter import admit
from tests.operations.today.handover_scene import GUARD, OTHER, WORKER, at, given, sit_down, staffed, this_evening
from tests.ui.today.today_scene import open_page, told_by
from tests.ui.window.windows import settle


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    at(monkeypatch, this_evening())
    with staffed(tmp_path / "shelter") as opened:
        yield opened


def handover_of(page: TodayPage) -> HandoverView:
    page.overview.handover_button.click()
    assert page.handover is not None
    return page.handover


def taken(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tasks.is_busy(), timeout=20_000)
    settle(qtbot)


def test_the_shift_that_goes_on_tells_its_acts_and_takes_lines(desk: Desk, qtbot: QtBot) -> None:
    made = admit(desk, "1A", days=0)
    view = handover_of(open_page(qtbot, desk))
    assert [row.title.text() for row in view.events.rows] == [f"{made.code}\u00a0: arrivée, lit 1A"]
    view.line.line.setText("Douche de l’étage bouchée")
    QTest.keyClick(view.line.line, Qt.Key.Key_Return)
    assert ("Douche de l’étage bouchée", "") in [
        (row.point.text, view.line.text()) for row in view.points_card.rows if row.point.line is not None
    ]
    assert (view.verb.text(), view.take_over.isHidden()) == ("Remettre le service", True)


def test_an_act_opens_the_record_of_the_person(desk: Desk, qtbot: QtBot) -> None:
    made = admit(desk, "1A", days=0)
    page = open_page(qtbot, desk)
    view = handover_of(page)
    view.events.rows[0].button.setFocus()
    with qtbot.waitSignal(page.record_wanted) as said:
        QTest.keyClick(view.events.rows[0].button, Qt.Key.Key_Space)
    assert said.args == [made.person]


def test_handing_over_by_keys_waits_for_a_name_and_is_undone_from_the_message(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(qtbot, desk)
    said, view = told_by(page), handover_of(page)
    view.line.line.setText("Nuit calme")
    QTest.keyClick(view.line.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (view.verb.text(), view.badge.text(), view.waits) == ("Prendre la suite", "Pas encore reprise", True)
    assert [row.point.text for row in view.points_card.rows if row.point.line] == ["Nuit calme"]
    done = said[-1].done
    assert done is not None
    undo(desk, done)
    settle(qtbot)
    assert (view.is_open, view.verb.text(), view.badge.text()) == (True, "Remettre le service", "En cours")
    assert view.told_below.text().startswith("Aucune passation n’attend.")
    assert handovers.waiting(desk) is None


def test_somebody_else_takes_it_over_with_a_password_and_their_points_stay(desk: Desk, qtbot: QtBot) -> None:
    handovers.add_line(desk, "Rappeler l’hôpital")
    key = given(desk)
    page = open_page(qtbot, desk)
    view = handover_of(page)
    assert QApplication.focusWidget() is view.take_over.who.editor
    assert [name for _, name in sorted(view.take_over._names.items())] == [GUARD, WORKER]
    view.go()
    assert view.take_over.who.message()  # nobody is chosen yet
    view.take_over.who.choose(next(one for one, name in view.take_over._names.items() if name == WORKER))
    view.points_card.rows[0].box.setChecked(True)
    assert view.told_below.text().startswith("1 point pris")
    view.take_over.password.set_text("faux mot")
    view.go()
    taken(qtbot)
    assert view.take_over.password.message()
    view.take_over.wait.begin(0)
    view.verb.setEnabled(True)
    view.take_over.password.set_text(OTHER)
    QTest.keyClick(view.take_over.password.line, Qt.Key.Key_Return)
    taken(qtbot)
    assert handovers.earlier(desk)[0].taken_by == WORKER
    assert [(one.text, one.line.is_taken) for one in handovers.lines(desk, key)] == [("Rappeler l’hôpital", True)]
    assert view.is_open


def test_who_comes_to_their_own_desk_takes_over_without_a_password_and_reads_it_back(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(desk)
    at(monkeypatch, this_evening() + timedelta(minutes=10))
    guard = sit_down(desk, GUARD)
    page = open_page(qtbot, guard)
    view = HandoverView(guard)
    qtbot.addWidget(view)
    view.begin()
    assert view.take_over.password.isHidden()
    view.go()
    taken(qtbot)
    view.show_earlier()
    assert [row.button.text() for row in view.earlier.rows] == ["Lire"]
    view.earlier.rows[0].button.click()
    assert view.badge.text().startswith(f"Reprise par {GUARD}")
    assert (view.waits, view._foot.isHidden(), view.take_over.isHidden()) == (False, True, True)
    page.close()
    guard.close()


def test_what_the_role_does_not_read_is_counted(desk: Desk, qtbot: QtBot) -> None:
    incidents.report(desk, fight(), IncidentContent("Bagarre", "Séparés"))
    desk.role = Role.CASE_WORKER
    desk.user = type(desk.user)(3)
    view = HandoverView(desk)
    qtbot.addWidget(view)
    view.begin()
    assert (view.events.rows, view.hidden.isHidden()) == ([], False)
    assert view.hidden.sentence.text().startswith("1 ligne n’est pas montrée")


def test_ones_own_line_is_taken_out_by_its_button(desk: Desk, qtbot: QtBot) -> None:
    handovers.add_line(desk, "Erreur")
    view = handover_of(open_page(qtbot, desk))
    row = next(row for row in view.points_card.rows if row.point.line is not None)
    row.out.click()
    assert handovers.lines(desk) == []


def test_the_task_of_a_handover_that_waits_opens_it(desk: Desk, qtbot: QtBot) -> None:
    given(desk)
    page = open_page(qtbot, desk)
    row = next(row for row in page.overview.to_do.rows if row.task.matter == "handover_waiting")
    assert row.sentence.text().startswith("Passation de Agent A du")
    row.button.click()
    assert page.handover is not None
    assert page.handover.waits


def test_what_is_typed_survives_leaving_and_comes_back(desk: Desk, qtbot: QtBot) -> None:
    page = open_page(qtbot, desk)
    view = handover_of(page)
    view.line.line.setText("À moitié")
    QTest.keyClick(view.line.line, Qt.Key.Key_Escape)
    assert page._stack.currentWidget() is page.overview
    again = TodayPage(desk)
    qtbot.addWidget(again)
    again.open("handover")
    assert again.handover is not None
    assert again.handover.line.text() == "À moitié"


def test_the_sheet_says_what_the_page_says_with_room_to_sign(desk: Desk, qtbot: QtBot) -> None:
    made = admit(desk, "1A", days=0)
    handovers.add_line(desk, "Rappeler <l’hôpital>")
    view = handover_of(open_page(qtbot, desk))
    assert view.shift is not None
    html = sheet.handover_html(view.shift, view.points, True, "MdE")
    assert all(word in html for word in (made.code, "Rappeler &lt;l’hôpital&gt;", "EXERCICE", "MdE", "1 présent"))
    assert html.count("signature") == 2
