"""What donors ask for beside the tables: groups of exploitation, typing, follow-ups, children settled, awareness."""

from datetime import date, datetime

import pytest

from shelter_desk.domain.ids import FollowUpId
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.stays.exits import FollowUp
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import NOVEMBER, Shelter

DAY = date(2026, 11, 10)
GROWN, CHILD = date(1990, 5, 1), date(2012, 5, 1)


@pytest.mark.parametrize(
    ("came", "typed", "hours", "is_soon"),
    [
        (datetime(2026, 11, 10, 16, 35), datetime(2026, 11, 10, 16, 35), 0.0, True),
        (datetime(2026, 11, 10, 16, 35), datetime(2026, 11, 11, 16, 35), 24.0, True),
        (datetime(2026, 11, 10, 16, 35), datetime(2026, 11, 11, 16, 36), 25.0, False),
        (DAY, datetime(2026, 11, 11, 23, 59), 24.0, True),  # the hour is not known: from the end of the day
        (DAY, datetime(2026, 11, 12, 0, 1), 25.0, False),
        (datetime(2026, 11, 10, 16, 35), datetime(2026, 11, 10, 9, 0), 0.0, True),
    ],
)
def test_an_entry_is_typed_soon_within_24_hours(came: date, typed: datetime, hours: float, *, is_soon: bool) -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(), came, recorded_at=typed)
    report = compute(shelter.facts())
    assert report.value("t2.typing_delay") == hours
    assert (report.value("t2.typed_soon"), report.value("t2.typed_later")) == (is_soon, not is_soon)
    assert report.value("t2.typed_soon_rate") == (100.0 if is_soon else 0.0)


def test_nobody_knows_how_soon_what_has_no_day_of_typing() -> None:
    shelter = Shelter()
    shelter.stay(shelter.person(), DAY)
    report = compute(shelter.facts())
    assert (report.value("t2.typing_delay"), report.value("t2.typed_soon_rate"), report.failed) == (None, None, ())


@pytest.mark.parametrize(
    ("forms", "group"),
    [
        (("sex_prostitution",), "sexuelle"),
        (("trav_domestique", "mendicite_forcee"), "travail"),
        (("sex_prive", "servitude_dettes"), "les_deux"),
        (("sex_prive", "mariage_force"), "sexuelle"),
        (("mariage_force", "organes"), "autre"),
        ((), "autre"),
    ],
)
def test_a_victim_stands_in_one_group_of_exploitation(forms: tuple[str, ...], group: str) -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(birth=CHILD), DAY)
    shelter.status(stay, "identifiee", DAY, exploitation_forms=forms)
    report = compute(shelter.facts())
    found = {dims: one.value for (key, dims), one in report.figures.items() if key.startswith("t4.victims_by_group")}
    assert found == {
        (("exploitation_group", group),): 1,
        (("exploitation_group", group), ("rollup", "filles")): 1,
    }


def test_a_follow_up_is_due_on_its_planned_day_and_held_on_its_own() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), date(2026, 9, 1), date(2026, 10, 1))
    held = [(None, ""), (DAY, "va_bien"), (DAY, "difficultes"), (DAY, "danger"), (DAY, "injoignable")]
    for number, (day, outcome) in enumerate([*held, (date(2026, 12, 1), "va_bien")], 1):
        due = DAY if number != 2 else date(2026, 10, 20)
        shelter.protected.follow_ups.append(FollowUp(FollowUpId(number), stay.id, due, day, outcome=outcome))
    report = compute(shelter.facts())
    keys = ("due", "held", "reached", "safe", "needs")
    assert [report.value(f"t8.follow_ups_{key}") for key in keys] == [5, 4, 3, 2, 2]
    assert report.failed == ()


def test_children_left_for_their_family_or_a_placement_among_all_who_left() -> None:
    shelter = Shelter()
    for birth, reason in (
        *((CHILD, one) for one in ("reunification", "famille_accueil", "fugue_disparition")),
        (GROWN, "reunification"),
    ):
        shelter.stay(shelter.person(birth=birth), date(2026, 9, 1), DAY, exit_reason=reason)
    report = compute(shelter.facts())
    assert (report.value("t5.exits_settled"), report.value("t5.settled_rate")) == (2, 66.7)


def test_who_was_made_aware_are_residents_and_people_from_outside() -> None:
    shelter = Shelter()
    woman, boy = (shelter.stay(shelter.person(sex, birth), DAY) for sex, birth in (("f", GROWN), ("m", CHILD)))
    shelter.hold("inf_risques", DAY, [woman, boy], audience="mixte", outside=(3, 2, 1, 4))
    shelter.hold("psy_groupe", DAY, [woman])
    report = compute(shelter.facts())
    found = {dims[0][1]: one.value for (key, dims), one in report.figures.items() if key == "t9.sensitised" and dims}
    assert found == {"femmes": 4, "hommes": 2, "filles": 1, "garcons": 5}
    assert report.value("t9.sensitised") == 12


def test_only_recorded_costs_make_a_cost_a_night() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), NOVEMBER.first)
    assert compute(shelter.facts()).value("t6.cost_per_night") is None
    shelter.serve(stay, "san_consult", DAY, cost_xof=4501)
    assert compute(shelter.facts()).value("t6.cost_per_night") == 150.0


def test_what_is_for_the_holder_of_an_agreement_is_given_to_nobody_else() -> None:
    whole = rich_report()
    keys = {"t2.typing_delay", "t2.typed_soon", "t4.victims_by_group_profile", "t6.victims_events", "t6.victims_served"}

    def given(report: Report) -> set[str]:
        return {key for key, _ in report.figures} & keys

    assert [given(shown(whole, level)) for level in ("interne", "convention")] == [keys, keys]
    assert [given(shown(whole, level)) for level in ("partenaire", "public")] == [set(), set()]
    cells = [dims for key, dims in shown(whole, "partenaire").figures if key == "t9.sensitised"]
    assert cells == [()]
