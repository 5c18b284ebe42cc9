"""The return of a person in the record: opened, written step by step, read on demand, closed; said at the exit."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.casefile.voluntary_returns import ReturnFile, ReturnWords, StepSaid
from shelter_desk.domain.ids import PersonId, ReturnFileId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.settings import AVRR
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import voluntary_returns
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.exits import exit_more
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.residents.casefile import return_tab
from shelter_desk.ui.residents.casefile.return_forms import ReturnCloseForm, ReturnFileForm, ReturnStepForm
from shelter_desk.ui.residents.casefile.return_tab import ReturnTab
from shelter_desk.ui.residents.record import record_tabs
from tests.operations.referral_scene import agree, become, desk, resident
from tests.ui.window.windows import show_active

__all__ = ["desk", "resident"]


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, resident: Admitted) -> ReturnTab:
    return shown(qtbot, desk, resident)


def shown(qtbot: QtBot, desk: Desk, whom: Admitted) -> ReturnTab:
    made = ReturnTab(desk, residents.record(desk, whom.person))
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


def opened(desk: Desk, whom: Admitted, days: int = 5) -> ReturnFileId:
    wish = desk.today() - timedelta(days=days)
    file = ReturnFile(ReturnFileId(0), "", whom.stay, wish, "SN", responsible=desk.user)
    return voluntary_returns.open_file(desk, file, ReturnWords("Thiès", "veut rentrer")).id


def form(qtbot: QtBot, desk: Desk, whom: Admitted, name: str, at: str = "") -> object:
    record = residents.record(desk, whom.person)
    made = record_tabs.form(desk, record, record.stays[0], name, at)
    assert made is not None
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


def file_of(desk: Desk, person: PersonId) -> ReturnFile:
    return voluntary_returns.of(desk, person)[0].file


def test_a_record_without_a_return_says_what_the_tab_is_for(qtbot: QtBot, tab: ReturnTab) -> None:
    assert tab.empty is not None
    assert tab.empty.button is not None
    with qtbot.waitSignal(tab.asked) as asked:
        tab.empty.button.click()
    assert asked.args == ["return_file", ""]


def test_the_form_opens_a_file_for_the_country_of_the_person(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    made = form(qtbot, desk, resident, "return_file")
    assert isinstance(made, ReturnFileForm)
    made.wish.area.setPlainText("veut revoir ses enfants")
    made.informed.set_day(desk.today())
    made.go()
    file = file_of(desk, resident.person)
    assert (file.dest_country, file.informed_on, file.responsible) == ("GN", desk.today(), desk.user)
    given = assistance.of_stays(desk, [resident.stay])[resident.stay]
    assert [one.service_type for one in given] == ["inf_avrr"]


def test_the_card_says_what_comes_next_until_when_and_who(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    made = shown(qtbot, desk, resident)
    said = made.following[key].sentence.text()
    assert "expliquer le retour" in said
    assert "Agent A" in said
    assert (key, "informed") in made.buttons
    assert (key, "follow_up") not in made.buttons  # nobody left yet


@pytest.mark.parametrize(
    ("act", "place"),
    [("document", "return_step"), ("consent", "consent"), ("close", "return_close")],
)
def test_a_button_opens_the_form_where_its_step_is_written(
    qtbot: QtBot, desk: Desk, resident: Admitted, act: str, place: str
) -> None:
    key = opened(desk, resident)
    made = shown(qtbot, desk, resident)
    with qtbot.waitSignal(made.asked) as asked:
        made.buttons[key, act].click()
    assert asked.args is not None
    assert asked.args[0] == place


def test_a_step_asks_for_what_belongs_to_it_alone(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    made = form(qtbot, desk, resident, "return_step", f"{key}/document")
    assert isinstance(made, ReturnStepForm)
    paper = [one.isVisible() for one in (made.paper, made.asked_on, made.number, made.travel, made.agreed)]
    made.step.choose("travel")
    made._chosen()
    travel = [one.isVisible() for one in (made.paper, made.day, made.travel, made.partner)]
    assert (paper, travel) == ([True, True, True, False, False], [False, False, True, True])


def test_a_step_is_written_with_its_service(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    made = form(qtbot, desk, resident, "return_step", f"{key}/kit")
    assert isinstance(made, ReturnStepForm)
    made.go()
    given = assistance.of_stays(desk, [resident.stay])[resident.stay]
    assert (file_of(desk, resident.person).kit_on, [one.service_type for one in given]) == (
        desk.today(),
        ["nfi_depart"],
    )


def test_what_a_step_lacks_is_said_beside_its_field(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    made = form(qtbot, desk, resident, "return_step", f"{key}/travel")
    assert isinstance(made, ReturnStepForm)
    made.go()
    assert "Voyage prévu le" in made.travel.message()


def test_a_draft_of_a_step_brings_its_step_back(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    typed = form(qtbot, desk, resident, "return_step", f"{key}/fit")
    assert isinstance(typed, ReturnStepForm)
    typed.fitness.choose("accompagne")
    again = form(qtbot, desk, resident, "return_step")
    assert isinstance(again, ReturnStepForm)
    again.fill(typed.values())
    assert (again.step.value(), again.fitness.value(), again.fitness.isVisible()) == ("fit", "accompagne", True)


def test_sealed_words_are_read_on_demand(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    made = shown(qtbot, desk, resident)
    assert [value for _, value in made._read(key)] == ["Thiès", "veut rentrer"]
    assert not made.sealed[key].facts.isVisible()


def test_a_file_is_closed_and_goes_on_again(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    closing = form(qtbot, desk, resident, "return_close", str(key))
    assert isinstance(closing, ReturnCloseForm)
    closing.closure.choose("renonce")
    closing.go()
    made = shown(qtbot, desk, resident)
    assert (made.new_button.isVisible(), (key, "document") in made.buttons) == (True, False)
    made.do(key, "reopen")
    assert file_of(desk, resident.person).closed_on is None


def test_a_consent_taken_back_is_said_to_stop_the_return(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    consent = agree(desk, resident.person, "", "avrr")
    key = opened(desk, resident)
    consents.withdraw(desk, consent, desk.today())
    made = shown(qtbot, desk, resident)
    assert "Consentement au retour" in made.following[key].sentence.text()


def test_the_exit_by_a_return_says_what_its_file_still_lacks(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    made = form(qtbot, desk, resident, "exit")
    assert isinstance(made, ExitForm)
    made.reason.choose("avrr")
    made._tell()
    without = made.hint.sentence.text()
    key = opened(desk, resident)
    voluntary_returns.write_step(desk, key, StepSaid("kit", desk.today()))
    made._tell()
    lacks = made.hint.sentence.text()
    assert "onglet Retour" in without
    assert "obtenir le document de voyage" in lacks
    assert "remettre le kit" not in lacks


def test_a_shelter_without_returns_shows_the_tab_only_where_one_was_prepared(desk: Desk, resident: Admitted) -> None:
    record = residents.record(desk, resident.person)
    on = return_tab.offered(desk, record)
    settings.keep(desk, {AVRR: "no"})
    off = return_tab.offered(desk, record)
    opened(desk, resident)
    assert (on, off, return_tab.offered(desk, record)) == (True, False, True)


def test_the_night_guard_is_told_nothing_at_the_exit(desk: Desk, resident: Admitted) -> None:
    opened(desk, resident)
    become(desk, Role.RECEPTION)
    assert exit_more.before_exit(desk, resident.person) == ""
