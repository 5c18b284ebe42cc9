"""The family on the record: who goes along, with whom the others stay, who joins again, and what a relation asks."""

from shelter_desk.domain.stays.families import FamilyChange
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import families, stays
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.residents.acts.family_form import FamilyForm
from shelter_desk.ui.residents.acts.presence_forms import AbsenceForm, ReturnForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record import family_days
from shelter_desk.ui.residents.record.timeline import entries
from tests.operations.shelter import admit, days_ago
from tests.ui.residents.residents_scene import desk, page

__all__ = ["desk", "page"]


def opened(page: ResidentsPage, one: Admitted) -> FamilyForm:
    page.open_record(one.person)
    page.record.open_form("family")
    form = page.record.form
    assert isinstance(form, FamilyForm)
    return form


def stay(desk: Desk, one: Admitted) -> Stay:
    return residents.record(desk, one.person).stays[0].stay


def choose_head(form: FamilyForm, one: Admitted) -> None:
    form.head.choose(str(one.stay))
    form.head.chosen.emit(str(one.stay))


def test_those_left_behind_go_on_with_a_carer(page: ResidentsPage, desk: Desk) -> None:
    mother, aunt = admit(desk, "4A", days=20), admit(desk, "1A", days=20)
    boy = admit(desk, "4B", age=7, days=20, head=mother.stay)
    girl = admit(desk, "3A", age=14, days=20, head=mother.stay)
    form = opened(page, mother)
    assert {one.person.code: one.box.isChecked() for one in form.others} == {boy.code: True, girl.code: True}
    choose_head(form, aunt)
    assert not form.carer.isVisibleTo(form)
    next(one for one in form.others if one.person.code == girl.code).box.setChecked(False)
    assert form.carer.isVisibleTo(form)
    form.carer.choose(str(girl.stay))
    form.relation.link.choose("frere_soeur")
    form.day.set_day(days_ago(3).date())
    form.go()
    assert [stay(desk, one).head for one in (mother, boy, girl)] == [aunt.stay, aunt.stay, None]
    assert stay(desk, mother).family_link == "frere_soeur"
    told = {one.title: one.detail for one in entries(residents.record(desk, mother.person))}
    assert told[f"À la charge de {aunt.code}"] == "Frère ou sœur"
    assert f"{girl.code} n’est plus à sa charge" in told


def test_who_comes_back_is_joined_again(page: ResidentsPage, desk: Desk) -> None:
    mother, aunt = admit(desk, "4A", days=20), admit(desk, "1A", days=20)
    boy = admit(desk, "4B", age=7, days=20, head=mother.stay)
    stays.leave_together(desk, [mother.stay], days_ago(9), "retour_autonome", "pays_origine", {}, aunt.stay)
    back = stays.admit(desk, Admission(days_ago(3), "premiere", "transit", person=mother.person))
    form = opened(page, back)
    assert [(one.person.code, one.box.isChecked()) for one in form.others] == [(boy.code, False)]
    form.others[0].box.setChecked(True)
    form.others[0].relation.link.choose("enfant")
    form.go()
    assert (stay(desk, boy).head, stay(desk, boy).family_link) == (back.stay, "enfant")


def test_a_relation_says_what_it_asks_for(page: ResidentsPage, desk: Desk) -> None:
    aunt = admit(desk, "1A", days=20)
    form = opened(page, admit(desk, "3A", age=7, days=20))
    choose_head(form, aunt)
    assert form.hint.isHidden()
    form.relation.link.choose("neveu_niece")
    form._tell()
    assert "séparé" in form.hint.sentence.text()
    form.relation.link.choose("enfant")
    form.relation.basis.choose("doute")
    form._tell()
    assert "seul" in form.hint.sentence.text()


def test_a_day_before_the_last_change_is_refused_beside_it(page: ResidentsPage, desk: Desk) -> None:
    mother, aunt = admit(desk, "4A", days=20), admit(desk, "1A", days=20)
    girl = admit(desk, "3A", age=14, days=20, head=mother.stay)
    families.regroup(desk, days_ago(3).date(), [FamilyChange(girl.stay)])
    form = opened(page, girl)
    form.day.set_day(days_ago(5).date())
    form._look()
    choose_head(form, aunt)
    form.go()
    assert (bool(form.day.message()), stay(desk, girl).head) == (True, None)


def test_a_draft_keeps_who_goes_along_and_the_carer(page: ResidentsPage, desk: Desk) -> None:
    mother, aunt = admit(desk, "4A", days=20), admit(desk, "1A", days=5)
    admit(desk, "3A", age=14, days=20, head=mother.stay)
    form = opened(page, mother)
    form.others[0].box.setChecked(False)
    form.carer.choose(str(aunt.stay))
    values = form.values()
    again = opened(page, mother)
    again.fill(values)
    assert (again.carer.value(), again.others[0].box.isChecked()) == (str(aunt.stay), False)


def test_the_stay_lists_the_families_with_their_days(page: ResidentsPage, desk: Desk) -> None:
    mother, aunt = admit(desk, "4A", days=20), admit(desk, "1A", days=20)
    boy = admit(desk, "4B", age=7, days=20, head=mother.stay)
    assert family_days.lines(residents.record(desk, boy.person).stays[0]) == []
    families.regroup(desk, days_ago(3).date(), [FamilyChange(boy.stay, aunt.stay, "neveu_niece", "dit")])
    (first, _, until), (second, link, since) = family_days.lines(residents.record(desk, boy.person).stays[0])
    assert (mother.code in first, aunt.code in second, link) == (True, True, "Neveu ou nièce (Dit)")
    assert (until[:8], since[:6]) == ("jusqu’au", "depuis")


def test_an_exit_offers_a_carer_for_those_who_stay(page: ResidentsPage, desk: Desk) -> None:
    mother, aunt = admit(desk, "4A", days=20), admit(desk, "1A", days=20)
    boy = admit(desk, "4B", age=7, days=20, head=mother.stay)
    page.open_record(mother.person)
    page.record.open_form("exit")
    form = page.record.form
    assert isinstance(form, ExitForm)
    assert not form.carer.isVisibleTo(form)
    form.family[0][2].setChecked(False)
    assert form.carer.isVisibleTo(form)
    form.carer.choose(str(aunt.stay))
    form.reason.choose("retour_autonome")
    form.go()
    assert (stay(desk, mother).exited_at is not None, stay(desk, boy).head) == (True, aunt.stay)


def test_absence_and_return_are_written_for_the_family(page: ResidentsPage, desk: Desk) -> None:
    mother = admit(desk, "4A", days=20)
    boy = admit(desk, "4B", age=7, days=20, head=mother.stay)
    page.open_record(mother.person)
    page.record.open_form("absence")
    form = page.record.form
    assert isinstance(form, AbsenceForm)
    form.why.choose("permission")
    form.night.set_day(days_ago(3).date())
    form.together.boxes[boy.stay].setChecked(True)
    form.go()
    away = residents.record(desk, boy.person).stays[0].absences
    assert [one.end for one in away] == [None]
    page.open_record(mother.person)
    page.record.open_form("return")
    back = page.record.form
    assert isinstance(back, ReturnForm)
    assert back.together.stays() == [boy.stay]
    back.go()
    assert all(one.end for one in residents.record(desk, boy.person).stays[0].absences)
