"""Entry and exit put right on a record, a stay cancelled and brought back: what is said before, and what is refused."""

from datetime import datetime, time

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.operations import desk as desks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.ui.residents.acts.stay_correction_form import CancelStayForm, StayCorrectionForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.timeline import entries
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.words import formats
from tests.operations.beds.held_scene import hold
from tests.operations.shelter import admit, days_ago
from tests.ui.residents.residents_scene import codes, desk, page, told_by

__all__ = ["desk", "page"]


@pytest.fixture
def gone(desk: Desk) -> Admitted:
    """A woman who was here from 20 to 10 days ago."""
    made = admit(desk, "1A", days=20)
    stays.leave(desk, made.stay, days_ago(10), "autonomie", "mali_autre")
    return made


def opened(page: ResidentsPage, of: Admitted, at: str = "") -> StayCorrectionForm:
    page.open_record(of.person)
    page.record.open_form("stay_days", at)
    form = page.record.form
    assert isinstance(form, StayCorrectionForm)
    return form


def said(form: StayCorrectionForm) -> list[str]:
    if form.changes.isHidden():
        return []
    return form.changes.sentence.text().replace("\u00a0", " ").splitlines()


def test_nothing_is_said_of_days_that_stay_and_nothing_is_written(page: ResidentsPage, gone: Admitted) -> None:
    form = opened(page, gone)
    before, told = said(form), told_by(page)
    form.go()
    assert (before, [one.done for one in told]) == ([], [None])


def test_what_an_earlier_entry_changes_is_said_before_it_is_saved(page: ResidentsPage, gone: Admitted) -> None:
    form = opened(page, gone)
    day = days_ago(12).date()
    form.day.set_day(day)
    place = f"Lit 1A, Dortoir femmes : du {formats.moment(days_ago(12))} au {formats.moment(days_ago(10))}"
    assert said(form)[0] == "En enregistrant, cela change aussi :"
    assert any(one.startswith(place) for one in said(form))
    assert any("8 nuitées de moins" in one for one in said(form)) or day.month != days_ago(20).month
    form.go()
    one = residents.record(form.desk, gone.person).stays[0]
    assert (one.stay.admitted_at, one.placements[0].start) == (days_ago(12), days_ago(12))


def test_an_exit_of_the_wrong_person_is_taken_away(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    form = opened(page, gone)
    form.still.choose("here")
    form.still.chosen.emit("here")
    assert not form.left_day.isVisible()
    form.go()
    assert (residents.record(desk, gone.person).stays[0].stay.exited_at, codes(page)) == (None, [gone.code])


def test_a_bed_that_is_not_free_is_said_and_may_be_left_out(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    other = admit(desk, "1A", days=8)
    form = opened(page, gone)
    assert not form.without.isVisible()
    form.left_day.set_day(days_ago(5).date())
    assert form.without.isVisible()
    form.go()
    assert other.code in form._refusal.sentence.text()
    form.without.box.setChecked(True)
    form.go()
    one = residents.record(desk, gone.person).stays[0]
    assert (one.stay.exited_at, one.placements[0].end) == (days_ago(5), days_ago(8))


def test_a_bed_that_is_held_is_said_and_may_be_left_out(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    hold(desk, "1A")
    form = opened(page, gone)
    form.still.choose("here")
    form.still.chosen.emit("here")
    assert any(one.startswith("Le lit 1A est réservé jusqu’au") for one in said(form))
    form.go()
    assert "LR-" in form._refusal.sentence.text()
    form.without.box.setChecked(True)
    assert not any("réservé" in one for one in said(form))
    assert not form._refusal.isVisible()
    form.go()
    one = residents.record(desk, gone.person).stays[0]
    assert (one.stay.exited_at, one.placements[0].end) == (None, plain(desk.today()))


def test_a_first_entry_that_becomes_a_readmission_is_said(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    stays.admit(desk, Admission(days_ago(5), "transfert", "transit", person=gone.person))
    form = opened(page, gone)
    assert said(form) == []
    form = opened(page, gone, str(residents.record(desk, gone.person).stays[0].stay.id))
    form.kind.choose("premiere")
    form.kind.chosen.emit("premiere")
    number = residents.record(desk, gone.person).stays[0].stay.stay_no
    assert said(form)[-1] == f"Devient une réadmission : séjour {number}."


def test_an_hour_that_does_not_exist_is_said_beside_it(page: ResidentsPage, gone: Admitted) -> None:
    form = opened(page, gone)
    for field in (form.hour, form.left_hour):
        field.line.setText("25:80")
        form.go()
        assert "25:80" in field.message()
        field.set_clock(time(12))


def test_who_is_still_here_has_no_exit_to_correct(page: ResidentsPage, desk: Desk) -> None:
    form = opened(page, admit(desk, "1A", days=5))
    assert not form.still.isVisible()
    form.hour.set_clock(None)
    form.go()
    stay = residents.record(desk, form._record.person.id).stays[0].stay
    assert (stay.admitted_at, stay.exited_at) == (datetime.combine(days_ago(5), time.min), None)


def test_each_stay_is_put_right_by_itself(page: ResidentsPage, desk: Desk, gone: Admitted, qtbot: QtBot) -> None:
    again = stays.admit(desk, Admission(days_ago(5), "premiere", "transit", person=gone.person))
    last = opened(page, gone)
    assert last._stay.id == again.stay
    first = opened(page, gone, str(gone.stay))
    assert first._stay.id == gone.stay
    kept = first.values()
    other = opened(page, gone)
    other.fill(kept | {"day": "01/01/2026"})
    assert other.day.day() == days_ago(5).date()


def test_a_closed_month_asks_why(page: ResidentsPage, desk: Desk) -> None:
    month = Period(desk.today(), desk.today()).month_before
    ago = (desk.today() - month.last).days + 4
    made = admit(desk, "1A", days=ago)
    closing.close(desk, month, lambda _: "sans_objet")
    form = opened(page, made)
    form.day.set_day(days_ago(ago + 1).date())
    assert any("(mois clos) : 1 nuitée de plus" in one for one in said(form))
    form.go()
    assert form.late_reason.isVisible()
    assert form.late_reason.reason is not None
    form.late_reason.reason.choose("erreur")
    form.go()
    assert residents.record(desk, made.person).stays[0].stay.admitted_at == days_ago(ago + 1)


def test_a_stay_is_cancelled_for_a_reason_and_brought_back(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    page.open_record(gone.person)
    page.record.open_form("void")
    form = page.record.form
    assert isinstance(form, CancelStayForm)
    form.go()
    assert form.reason.message()
    form.reason.set_text("doublon")
    form.go()
    record = residents.record(desk, gone.person)
    assert record.stays[0].stay.is_void
    assert any(one.detail.endswith("Motif\u00a0: doublon") for one in entries(record))
    names = [one.accessibleName() for one in page.record.findChildren(Button)]
    assert f"Rétablir le séjour {record.stays[0].stay.stay_no}" in names
    back = opened(page, gone)
    assert said(back)[0] == "En le rétablissant, cela change aussi :"
    back.go()
    again = residents.record(desk, gone.person)
    assert (again.stays[0].stay.exit_reason, again.stays[0].stay.exited_at) == ("autonomie", days_ago(10))
    assert any(one.title == "Séjour rétabli" for one in entries(again))


def test_a_cancelled_stay_is_not_cancelled_again(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    stays.void(desk, gone.stay, "doublon")
    page.open_record(gone.person)
    page.record.open_form("void", str(gone.stay))
    assert page.record.form is None


def test_what_was_put_right_is_taken_back_by_the_message(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    form = opened(page, gone)
    told = told_by(page)
    form.left_day.set_day(days_ago(12).date())
    form.go()
    assert told[-1].done is not None
    desks.undo(desk, told[-1].done)
    assert residents.record(desk, gone.person).stays[0].stay.exited_at == days_ago(10)


def test_the_card_of_a_stay_opens_its_own_form(page: ResidentsPage, desk: Desk, gone: Admitted) -> None:
    page.open_record(gone.person)
    number = residents.record(desk, gone.person).stays[0].stay.stay_no
    buttons = {one.accessibleName(): one for one in page.record.findChildren(Button)}
    buttons[f"Corriger l’entrée et la sortie du séjour {number}"].click()
    assert isinstance(page.record.form, StayCorrectionForm)
    assert page.record.form._stay.id == StayId(gone.stay)
