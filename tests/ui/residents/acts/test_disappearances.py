"""Back after a disappearance, on the record and at the admission."""

import pytest

from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.acts.presence_forms import ResumeForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.timeline import entries
from tests.operations.shelter import admit, days_ago
from tests.ui.residents.residents_scene import desk, page

__all__ = ["desk", "page"]


@pytest.fixture
def she(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=20)
    stays.leave(desk, made.stay, days_ago(4), "fugue_disparition", "inconnue")
    return made


def test_within_the_grace_time_the_record_offers_to_go_on_with_the_stay(page: ResidentsPage, she: Admitted) -> None:
    page.open_record(she.person)
    head = page.record.head
    assert (head.resume_button.isVisible(), head.readmit_button.isVisible()) == (True, False)
    assert head.acts["resume"].isVisible()


def test_after_it_a_readmission_and_the_return_typed_late_in_the_menu(
    page: ResidentsPage, desk: Desk, she: Admitted
) -> None:
    settings.keep(desk, {"disappearance_grace_days": "2"})
    page.open_record(she.person)
    head = page.record.head
    assert (head.resume_button.isVisible(), head.readmit_button.isVisible()) == (False, True)
    assert head.acts["resume"].isVisible()


def test_of_another_exit_nobody_comes_back_into_the_stay(page: ResidentsPage, desk: Desk) -> None:
    made = admit(desk, "1A", days=20)
    stays.leave(desk, made.stay, days_ago(4), "autonomie", "inconnue")
    page.open_record(made.person)
    head = page.record.head
    assert (head.resume_button.isVisible(), head.acts["resume"].isVisible()) == (False, False)


def test_what_the_return_makes_of_the_nights_is_said_before(page: ResidentsPage, desk: Desk, she: Admitted) -> None:
    page.open_record(she.person)
    page.record.head.resume_button.click()
    form = page.record.form
    assert isinstance(form, ResumeForm)
    form.day.set_day(days_ago(2).date())
    assert form.hour.clock() is None
    told = form.outcome.text().replace("\u00a0", " ").splitlines()
    assert told[1] == "2 nuits entre les deux sont une absence sans motif."
    assert any("1 sortie de moins" in one for one in told[2:])
    form.hour.line.setText("25:80")
    form.go()
    assert residents.record(desk, she.person).stays[0].stay.exited_at is not None
    form.hour.set_clock(None)
    form.go()
    record = residents.record(desk, she.person)
    assert record.stays[0].stay.exited_at is None
    told_of = {one.title: one.detail for one in entries(record)}
    assert told_of["Retour après disparition"] == told_of["Absence\u00a0: Absence sans motif"] == ""
    assert not any(one.startswith("Changement de lit") for one in told_of)


def test_a_day_after_the_grace_time_is_refused_with_what_to_do(page: ResidentsPage, desk: Desk, she: Admitted) -> None:
    settings.keep(desk, {"disappearance_grace_days": "1"})
    page.open_record(she.person)
    page.record.open_form("resume")
    form = page.record.form
    assert isinstance(form, ResumeForm)
    form.go()
    assert "réadmettez" in form.day.message() + form._refusal.sentence.text()
