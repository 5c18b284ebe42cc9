"""What was given to a resident, on the record: a line is held, taken out, its note read."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import ServiceId
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.services_tab import ServicesTab
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.label import Label
from tests.ui.assistance.referrals_scene import desk, resident, residents_page, show_tab, told_by
from tests.ui.window.windows import take_turns, type_in

__all__ = ["desk", "resident", "residents_page"]


@pytest.fixture
def planned(desk: Desk, resident: Admitted) -> ServiceId:
    """A consultation planned for today, with a note."""
    assistance.plan(desk, [Service(ServiceId(0), "", clock.today(), resident.stay, "san_consult")], "À jeun")
    (made,) = given(desk, resident)
    return made.id


def given(desk: Desk, someone: Admitted) -> list[Service]:
    return [one for ones in assistance.of_stays(desk, [someone.stay]).values() for one in ones]


def services_tab(page: ResidentsPage, someone: Admitted) -> ServicesTab:
    page.open_record(someone.person)
    show_tab(page, "services")
    take_turns()
    (found,) = page.findChildren(ServicesTab)
    return found


@pytest.mark.parametrize(
    ("act", "status", "sentence"),
    [
        ("hold", "fait", "Consultation médicale\u00a0: donné."),
        ("not_held", "non_tenu", "Consultation médicale\u00a0: n’a pas eu lieu."),
        ("refused", "refuse", "Consultation médicale\u00a0: refusé par la personne."),
    ],
)
def test_what_became_of_a_planned_service_is_said_by_key_and_told(
    residents_page: ResidentsPage,
    desk: Desk,
    resident: Admitted,
    planned: ServiceId,
    qtbot: QtBot,
    act: str,
    status: str,
    sentence: str,
) -> None:
    said = told_by(residents_page)
    services_tab(residents_page, resident).lines[planned][act].setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    assert [one.status for one in given(desk, resident)] == [status]
    assert [(one.state, one.sentence) for one in said] == [("ok", sentence)]


def test_a_line_typed_by_mistake_is_taken_out(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, planned: ServiceId, qtbot: QtBot
) -> None:
    said = told_by(residents_page)
    services_tab(residents_page, resident).lines[planned]["take_out"].setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    assert (given(desk, resident), said[-1].done is not None) == ([], True)


def test_a_note_is_shown_on_demand_and_its_reading_written(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, planned: ServiceId, qtbot: QtBot
) -> None:
    tab = services_tab(residents_page, resident)
    before = tab.notes[planned].text()
    tab.lines[planned]["note"].setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    with desk.reading() as connection:
        *_, last = journal.lines(connection)
    assert (before, tab.notes[planned].text(), last.action) == ("", "À jeun", "note_read")


def test_a_line_typed_before_is_taken_out_for_a_reason_and_brought_back(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, planned: ServiceId, qtbot: QtBot
) -> None:
    with desk.database.transaction(Changes()) as connection:
        connection.exec_driver_sql("UPDATE services SET recorded_at = '2026-01-01T10:00'")
    asked: list[str] = []

    def answer(question: ask.Question) -> str | None:
        asked.append(question.windowTitle())
        return "une autre personne" if len(asked) > 1 else None

    ask.answer_with(answer)
    try:
        for _ in range(2):
            services_tab(residents_page, resident).lines[planned]["take_out"].setFocus()
            type_in(qtbot, Qt.Key.Key_Space)
    finally:
        ask.answer_with(None)
    tab = services_tab(residents_page, resident)
    assert (len(asked), given(desk, resident)) == (2, [])
    told = [one.text().replace("\u00a0", " ") for one in tab.findChildren(Label)]
    assert any(one.endswith("par Agent A : une autre personne") for one in told)
    (button,) = tab.back.values()
    button.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    assert [one.id for one in given(desk, resident)] == [planned]
