"""The admission of who is expected: what is held for them is taken by them, and by nobody who comes meanwhile."""

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.beds.held_scene import WOMAN, asked, desk, hold, only
from tests.operations.shelter import bed
from tests.ui.residents.admission_scene import woman
from tests.ui.residents.residents_scene import page

__all__ = ["desk", "page"]


def spot(desk: Desk, code: str) -> Spot:
    return Spot("lit", bed(desk, code).id)


def expect(page: ResidentsPage, desk: Desk, **said: object) -> None:
    """Somebody is expected in bed 1A by a request, and the admission for them is opened."""
    hold(desk, "1A", request=asked(desk), **said)
    page.admit(only(desk).held)


def test_who_comes_meanwhile_takes_nothing_of_who_is_expected(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    expect(page, desk)
    page.admission.leave()
    page.admit(None)
    form = page.admission
    assert (form.arrival.held, form.arrival.request, form.is_editing(), form.person.sex_code()) == (
        None,
        None,
        False,
        "",
    )
    woman(form, qtbot)
    form.go()
    assert only(desk).held.holds(desk.today())


def test_what_was_typed_of_who_is_expected_is_kept_with_what_is_held(
    page: ResidentsPage, desk: Desk, qtbot: QtBot
) -> None:
    expect(page, desk)
    woman(page.admission, qtbot)
    page.admission.leave()
    page.admit(None)
    form = page.admission
    assert form.arrival.held is not None
    assert (form.arrival.source.value(), form.person.country.value()) == ("police", "GN")
    form.go()
    assert only(desk).held.state(desk.today()) == "arrived"


@pytest.mark.parametrize(("code", "held"), [("1A", "arrived"), ("1B", "held")])
def test_a_bed_chosen_on_the_plan_takes_what_is_held_where_it_is_that_bed(
    page: ResidentsPage, desk: Desk, qtbot: QtBot, code: str, held: str
) -> None:
    expect(page, desk)
    woman(page.admission, qtbot)
    page.admit(spot(desk, code))
    form = page.admission
    assert (form.choice.spot(), form.person.country.value()) == (spot(desk, code), "GN")
    assert form.arrival.source.value() == ("police" if held == "arrived" else None)
    form.go()
    assert only(desk).held.state(desk.today()) == held


def test_a_bed_of_the_room_takes_a_place_of_it(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    expect(page, desk, room="1", places=2)
    woman(page.admission, qtbot)
    page.admit(spot(desk, "1C"))
    page.admission.go()
    assert only(desk).held.left == 1


def test_what_is_not_held_any_more_is_not_taken_by_the_draft(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    expect(page, desk, groups=WOMAN)
    woman(page.admission, qtbot)
    held_beds.cancel(desk, only(desk).held.id, "Erreur")
    page.admit(None)
    assert (page.admission.arrival.held, page.admission.arrival.request is not None) == (None, True)
