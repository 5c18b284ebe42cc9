"""Red flags in the window: set aside and brought back by keyboard, where they lead, badges, words being typed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.referrals import Consent, Partner
from shelter_desk.domain.consent.consents import EXPLAINED
from shelter_desk.domain.ids import ConsentId, PartnerId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.system import clock
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page_registry import pages_for
from shelter_desk.ui.reports.points_card import PointsCard
from shelter_desk.ui.residents.acts.service_form import ServiceForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.widgets import ask
from shelter_desk.words.reports.points import sentence
from tests.operations.referral_scene import CLINIC, KINDS, issued
from tests.operations.shelter import admit, small_shelter
from tests.ui.residents.residents_scene import shown_residents
from tests.ui.today.today_scene import every_row, open_page, told_by
from tests.ui.window.windows import focused, settle, show_active, type_in, wait_for


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def frame(qtbot: QtBot, desk: Desk) -> Iterator[Frame]:
    """The frame of the window with its real pages, left as the window leaves it."""
    made = Frame(desk, pages_for(desk))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    show_active(qtbot, made)
    settle(qtbot)
    yield made
    made.leave()
    made.hide()
    settle(qtbot)


def today_of(qtbot: QtBot, frame: Frame) -> TodayPage:
    qtbot.keyClick(frame, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot)
    page = frame.stack.currentWidget()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: len(page.overview.year.months) == 12, timeout=20_000)
    settle(qtbot)
    show_active(qtbot, frame)
    return page


def control_enter(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def rules_shown(page: TodayPage) -> list[str]:
    return [row.task.flags[0].rule for row in every_row(page) if row.task.flags]


def open_aside(qtbot: QtBot, page: TodayPage, rule: str) -> None:
    """From the button of the task to its field for the reason, by keys."""
    row = next(row for row in every_row(page) if row.task.flags and row.task.flags[0].rule == rule)
    page.overview.to_do.unfold(row.task.code)
    row.button.setFocus()
    type_in(qtbot, Qt.Key.Key_Tab)
    assert focused() is row.aside
    type_in(qtbot, Qt.Key.Key_Return)


# Setting aside -------------------------------------------------------------------------------------------------------


def test_a_task_is_set_aside_by_keys_alone_in_the_window(qtbot: QtBot, desk: Desk, frame: Frame) -> None:
    one = admit(desk, "1A", days=16)
    page = today_of(qtbot, frame)
    open_aside(qtbot, page, "R-14")
    type_in(qtbot, "depart vendredi", Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Space)
    control_enter(qtbot)
    kept = flags.settled(desk)
    told = [(line.rule, line.code, line.reason, line.until) for line in kept]
    assert told == [("R-14", one.code, "depart vendredi", desk.today() + timedelta(days=3))]
    assert "R-14" not in rules_shown(page)


def test_a_task_is_accepted_for_good_by_keys_alone(qtbot: QtBot, desk: Desk, frame: Frame) -> None:
    admit(desk, "1A", days=16)
    page = today_of(qtbot, frame)
    open_aside(qtbot, page, "R-14")
    type_in(
        qtbot,
        "prolonge",
        Qt.Key.Key_Tab,
        *[Qt.Key.Key_Right] * 4,
        Qt.Key.Key_Space,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Return,
    )
    assert [(line.rule, line.until) for line in flags.settled(desk)] == [("R-14", None)]


def test_a_day_is_typed_until_which_it_is_hidden(qtbot: QtBot, desk: Desk, frame: Frame) -> None:
    admit(desk, "1A", days=16)
    page = today_of(qtbot, frame)
    open_aside(qtbot, page, "R-14")
    day = desk.today() + timedelta(days=20)
    type_in(
        qtbot, "motif", Qt.Key.Key_Tab, *[Qt.Key.Key_Right] * 3, Qt.Key.Key_Space, Qt.Key.Key_Tab, f"{day:%d/%m/%Y}"
    )
    control_enter(qtbot)
    assert [line.until for line in flags.settled(desk)] == [day]


def test_without_a_reason_the_field_says_so(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=16)
    page = open_page(qtbot, desk)
    open_aside(qtbot, page, "R-14")
    control_enter(qtbot)
    aside = page.overview.to_do.aside
    assert aside is not None
    assert (aside.reason.state(), flags.settled(desk)) == ("blocked", [])


def test_a_day_that_is_past_is_refused_beside_it(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=16)
    page = open_page(qtbot, desk)
    open_aside(qtbot, page, "R-14")
    aside = page.overview.to_do.aside
    assert aside is not None
    aside.until.choose("day")
    aside.day.set_day(desk.today())
    type_in(qtbot, "motif")
    control_enter(qtbot)
    assert (aside.day.state(), flags.settled(desk)) == ("blocked", [])


def test_escape_closes_and_gives_the_focus_back_to_the_row(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=16)
    page = open_page(qtbot, desk)
    open_aside(qtbot, page, "R-14")
    ask.answer_with(lambda _question: "")
    type_in(qtbot, "motif", Qt.Key.Key_Escape)
    row = next(row for row in every_row(page) if row.task.flags[0].rule == "R-14")
    assert (page.overview.to_do.aside, focused() is row.button) == (None, True)


def test_what_is_being_typed_outlives_a_change_of_the_list(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=16)
    page = open_page(qtbot, desk)
    open_aside(qtbot, page, "R-14")
    type_in(qtbot, "motif")
    admit(desk, days=1)
    aside = page.overview.to_do.aside
    assert aside is not None
    assert (aside.reason.text(), aside.isVisible()) == ("motif", True)
    settle(qtbot)


def test_setting_aside_is_told_with_the_way_back(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=16)
    page = open_page(qtbot, desk)
    said = told_by(page)
    open_aside(qtbot, page, "R-14")
    type_in(qtbot, "motif")
    control_enter(qtbot)
    assert [(one.state, one.done is not None) for one in said] == [("ok", True)]


def test_what_was_set_aside_is_listed_and_brought_back_by_keys(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=16)
    flag = next(flag for flag in flags.of_house(desk) if flag.rule == "R-14")
    flags.settle(desk, [flag], "départ vendredi", desk.today() + timedelta(days=2))
    page = open_page(qtbot, desk)
    to_do = page.overview.to_do
    to_do.settled.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    row = to_do.settled_rows[0]
    assert one.code in row.sentence.text()
    assert "départ vendredi" in row.reason.text()
    row.button.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    assert flags.settled(desk) == []
    to_do.every.click()
    wait_for(qtbot, lambda: "R-14" in rules_shown(page))


def test_what_blocks_is_accepted_for_good_by_a_manager_alone(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=2, names=Names("Zampaligré", "Rasmata"))
    desk.role = Role.CASE_WORKER
    page = open_page(qtbot, desk)
    open_aside(qtbot, page, "R-15")
    aside = page.overview.to_do.aside
    assert aside is not None
    with pytest.raises(KeyError):
        aside.until.segment("good")


def test_the_night_reception_can_set_nothing_aside(qtbot: QtBot, desk: Desk) -> None:
    admit(desk, "1A", days=2)
    admit(desk, "1B", age=15, days=2)
    desk.role = Role.RECEPTION
    page = open_page(qtbot, desk)
    rows = [row for row in every_row(page) if row.task.flags]
    assert rows
    assert [row for row in rows if row.aside.isVisible()] == []
    assert not page.overview.to_do.settled.isVisible()


# Where they lead -----------------------------------------------------------------------------------------------------


def test_a_task_leads_to_the_tab_where_it_is_settled(qtbot: QtBot, desk: Desk, frame: Frame) -> None:
    one = admit(desk, "1A", days=2, names=Names("Zampaligré", "Rasmata"))
    page = today_of(qtbot, frame)
    row = next(row for row in every_row(page) if row.task.flags and row.task.flags[0].rule == "R-15")
    row.button.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    residents = frame.stack.currentWidget()
    assert isinstance(residents, ResidentsPage)
    assert residents.record.record is not None
    tabs = residents.record.head.tabs
    assert (residents.record.record.person.code, tabs.tabData(tabs.currentIndex())) == (one.code, "consents")


def test_many_of_a_kind_lead_to_the_list_of_those_residents(qtbot: QtBot, desk: Desk, frame: Frame) -> None:
    late = {admit(desk, bed, days=6).code for bed in ("1A", "1B", "1C", "1D")}
    admit(desk, "2A", sex="m", days=1)
    page = today_of(qtbot, frame)
    row = next(row for row in every_row(page) if len(row.task.flags) > 1)
    row.button.click()
    residents = frame.stack.currentWidget()
    assert isinstance(residents, ResidentsPage)
    rows = residents.people.rows
    assert {rows.row(place).person.code for place in range(rows.rowCount())} == late
    residents.people.kept_alert.click()
    assert rows.rowCount() == len(late) + 1


def test_a_missing_roll_call_leads_to_its_night(qtbot: QtBot, desk: Desk, frame: Frame) -> None:
    admit(desk, "1A", days=9)
    night = desk.today() - timedelta(days=3)
    frame.open_part(f"today/roll_call/{night}")
    page = frame.stack.currentWidget()
    assert isinstance(page, TodayPage)
    assert page.roll_call is not None
    assert page.roll_call.night == night


def test_points_of_a_month_lead_to_the_night_and_to_the_tab(qtbot: QtBot, desk: Desk) -> None:
    month = Period(desk.today(), desk.today()).month_before
    one = admit(desk, "1A", days=70)
    roll_call.call(desk, month.first, [RollCallDone(one.stay)])
    from shelter_desk.operations.reports import reports

    card = PointsCard()
    qtbot.addWidget(card)
    points = tuple(point for point in reports.points(desk, reports.read(desk, month)) if point.flag is not None)
    card.show_points(points)
    with qtbot.waitSignal(card.page_wanted) as asked:
        card.list.clicked.emit(card.rows.index(0, 0))
    night = month.first + timedelta(days=1)
    assert asked.args == [f"today/roll_call/{night}"]
    assert sentence(points[0]) == f"Appel non fait, nuit du {night:%d/%m/%Y}."


# Badges --------------------------------------------------------------------------------------------------------------


def badges(page: ResidentsPage) -> list[str]:
    return [badge.text() for badge in page.record.head.alerts.badges if badge.isVisible()]


def test_the_head_of_the_record_shows_the_flags_of_the_person(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A", days=8)
    other = admit(desk, "1B", days=2)
    page = shown_residents(qtbot, desk)
    page.open_record(one.person)
    settle(qtbot)
    of_one = badges(page)
    page.open_record(other.person)
    settle(qtbot)
    assert (of_one, badges(page)) == (["Dépistage en retard", "Évaluation en retard", "Suivi en retard"], [])


# Words being typed (R-34) --------------------------------------------------------------------------------------------


def note_of(qtbot: QtBot, desk: Desk) -> TextField:
    """The note of the form that gives a service, over a record in its page."""
    one = admit(desk, "1A", days=2, names=Names("Zampaligré", "Rasmata"))
    given = Consent(
        ConsentId(0),
        one.person,
        "enregistrement_donnees",
        "donne",
        "signature",
        "personne",
        clock.today(),
        explained=EXPLAINED,
        language="bam",
    )
    consents.record(desk, given)
    page = shown_residents(qtbot, desk)
    page.open_record(one.person)
    page.record.open_form("service")
    form = page.record.form
    assert isinstance(form, ServiceForm)
    form.note.setFocus()
    return form.note


def test_a_name_is_pointed_out_beneath_while_it_is_typed_and_never_refused(qtbot: QtBot, desk: Desk) -> None:
    note = note_of(qtbot, desk)
    type_in(qtbot, "Vue avec Rasmata")
    wait_for(qtbot, lambda: note.state() == "attention")
    assert note.message() == "«\u00a0Rasmata\u00a0» est le nom d’une personne du fichier. Écrivez le code."
    assert note.text() == "Vue avec Rasmata"


def test_the_warning_goes_once_the_word_is_gone(qtbot: QtBot, desk: Desk) -> None:
    note = note_of(qtbot, desk)
    type_in(qtbot, "VIH")
    wait_for(qtbot, lambda: note.state() == "attention")
    type_in(qtbot, *[Qt.Key.Key_Backspace] * 3, "soins")
    wait_for(qtbot, lambda: note.state() == "normal")
    assert note.message() == ""


def test_leaving_the_field_judges_at_once(qtbot: QtBot, desk: Desk) -> None:
    note = note_of(qtbot, desk)
    type_in(qtbot, "76 12 34 56", Qt.Key.Key_Tab)
    assert note.state() == "attention"


def test_a_refusal_is_not_painted_over_and_a_hint_comes_back(qtbot: QtBot, desk: Desk) -> None:
    field = LineField("Motif")
    qtbot.addWidget(field)
    field.set_warning("Gardé avec le lit.")
    watch(desk, field)
    show_active(qtbot, field)
    field.setFocus()
    type_in(qtbot, "VIH")
    wait_for(qtbot, lambda: "VIH" in field.message())
    type_in(qtbot, *[Qt.Key.Key_Backspace] * 3)
    wait_for(qtbot, lambda: field.message() == "Gardé avec le lit.")
    type_in(qtbot, "SIDA")
    field.set_error("Refusé.")
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.message() == "Refusé."


# What the case files ask for -----------------------------------------------------------------------------------------


def test_a_referral_without_an_answer_leads_to_the_tab_where_it_is_settled(
    qtbot: QtBot, desk: Desk, frame: Frame
) -> None:
    partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, KINDS[CLINIC], "Bamako"))
    one = admit(desk, "1A", days=60)
    issued(desk, one, days=10)
    page = today_of(qtbot, frame)
    row = next(row for row in every_row(page) if row.task.matter == "referral_late")
    assert row.sentence.text().startswith(f"{one.code}\u00a0: pas de réponse de {CLINIC}.")
    row.button.setFocus()
    type_in(qtbot, Qt.Key.Key_Return)
    residents = frame.stack.currentWidget()
    assert isinstance(residents, ResidentsPage)
    tabs = residents.record.head.tabs
    assert tabs.tabData(tabs.currentIndex()) == "referrals"
