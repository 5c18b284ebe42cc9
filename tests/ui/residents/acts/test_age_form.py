"""An age assessed anew on the record: what is held before and after, what is refused, and its line in the thread."""

from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.ui.residents.acts.age_form import AgeForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.timeline import entries
from tests.operations.minor_scene import alone
from tests.operations.shelter import admit, born, days_ago
from tests.ui.residents.residents_scene import desk, page

__all__ = ["desk", "page"]


def opened(page: ResidentsPage, person: PersonId) -> AgeForm:
    page.open_record(person)
    page.record.open_form("age")
    form = page.record.form
    assert isinstance(form, AgeForm)
    return form


def test_an_assessment_is_written_and_told_in_the_thread(page: ResidentsPage, desk: Desk) -> None:
    form = opened(page, admit(desk, "3A", age=15, days=95).person)
    form.basis.choose("document")
    form.birth.show_birth(born(19))
    form._tell()
    assert form.changes.isHidden()
    form.go()
    record = residents.record(desk, form._person.id)
    told = {one.title: (one.detail, one.by) for one in entries(record)}
    assert told["Âge réévalué\u00a0: 19 ans, avant 15 ans"] == ("Document d’identité ou d’état civil", "Agent A")


def test_a_day_in_a_month_that_is_over_says_what_it_changes(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    form = opened(page, admit(desk, "3A", age=15, days=95).person)
    form.birth.show_birth(born(19))
    form.day.set_day(days_ago(40).date())
    lines = form.changes.sentence.text().splitlines()
    assert any(one.startswith("La présence d") and one.endswith(" de 12–17 ans à 18–59 ans.") for one in lines)


def test_what_is_missing_is_said_beside_it(page: ResidentsPage, desk: Desk) -> None:
    form = opened(page, admit(desk, "3A", age=15, days=95).person)
    form.go()
    assert form.basis.message()
    form.basis.choose("entretien")
    form.go()
    assert form.birth.editor().message()


def test_why_a_child_is_alone_no_more_is_asked_of_the_manager(page: ResidentsPage, desk: Desk) -> None:
    form = opened(page, alone(desk).person)
    form.basis.choose("document")
    form.birth.show_birth(born(19))
    form.go()
    assert form.reason.message()
    form.reason.set_text("acte de naissance")
    form.go()
    assert residents.record(desk, form._person.id).person.birth.age(desk.today()) == 19
