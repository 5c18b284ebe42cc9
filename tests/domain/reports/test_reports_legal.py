"""T7, the way to justice: complaints and other steps by their own day, referrals to justice where they stood before."""

from datetime import date

import pytest

from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.ids import LegalStepId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.late_facts import concerned
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.stays.stays import VOID, Stay
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import NOVEMBER, Shelter

CAME, DAY = date(2026, 9, 1), date(2026, 11, 10)


def step(shelter: Shelter, stay: Stay, day: date | None, kind: str = "plainte") -> None:
    found = shelter.protected.legal_steps
    found.append(LegalStep(LegalStepId(len(found) + 1), f"JUR-{len(found)}", stay.id, kind, day))


@pytest.mark.parametrize(
    ("day", "counted"),
    [(NOVEMBER.first, 1), (NOVEMBER.last, 1), (date(2026, 10, 31), 0), (date(2026, 12, 1), 0), (None, 0)],
)
def test_a_complaint_counts_on_its_own_day_also_of_somebody_who_left(day: date | None, counted: int) -> None:
    shelter = Shelter()
    step(shelter, shelter.stay(shelter.person(birth=date(2010, 1, 1)), CAME, date(2026, 9, 20)), day)
    report = compute(shelter.facts())
    of_girl = report.value("t7.complaints", ("sex", "f"), ("age_group", "a12_17"))
    assert (report.value("t7.complaints"), of_girl or 0) == (counted, counted)
    assert report.failed == ()


def test_other_steps_stand_by_kind_and_a_stay_typed_by_mistake_counts_nowhere() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), CAME)
    for kind in ("plainte", "audience", "audience", "verdict", "refus_plainte"):
        step(shelter, stay, DAY, kind)
    step(shelter, shelter.stay(shelter.person(), CAME, DAY, exit_reason=VOID), DAY)
    report = compute(shelter.facts())
    found = {dims[0][1]: one.value for (key, dims), one in report.figures.items() if key == "t7.legal_steps"}
    assert (report.value("t7.complaints"), found) == (1, {"audience": 2, "verdict": 1, "refus_plainte": 1})


def test_a_referral_to_justice_is_one_of_the_kind_of_its_structure_and_no_complaint() -> None:
    shelter = Shelter()
    shelter.protected.partners = {"Parquet": "justice"}
    stay = shelter.stay(shelter.person(), CAME)
    shelter.refer(stay, DAY, partner="Parquet")
    report = compute(shelter.facts())
    assert report.value("t7.issued_by_partner_type", ("partner_type", "justice")) == 1
    assert (report.value("t7.issued"), report.value("t7.complaints")) == (1, 0)


def test_complaints_stand_in_the_table_of_every_month_and_by_sex_and_age_where_there_are_any() -> None:
    shelter = Shelter()
    stay = shelter.stay(shelter.person(), CAME)
    shelter.refer(stay, DAY)
    found = []
    for filed in (False, True):
        if filed:
            step(shelter, stay, DAY)
        of = {one.name: [row.label for row in one.rows] for one in tables(compute(shelter.facts()))}
        found.append((of["t7.legal_steps"], ("figure", "t7.complaints") in of["t7.issued_by_profile"]))
    assert found == [([("figure", "t7.complaints")], False), ([("figure", "t7.complaints")], True)]


def test_a_partner_is_given_no_small_number_of_them_and_the_public_none() -> None:
    whole = rich_report()
    partner, public = (shown(whole, level) for level in ("partenaire", "public"))
    keys = ("t7.complaints", "t7.legal_steps")
    given = {ref: one.value for ref, one in partner.figures.items() if ref[0] in keys}
    assert whole.value("t7.complaints") == given["t7.complaints", ()]
    assert not any(isinstance(one, int) and 0 < one < 5 for one in given.values())
    assert [ref for ref in public.figures if ref[0] in keys] == []


def test_what_a_step_moves_of_a_closed_month_is_its_day_and_its_kind() -> None:
    months = (Period.month(2026, 10), NOVEMBER)
    row = {"stay_id": 1, "legal_step": "plainte", "done_on": "2026-11-10", "partner": "", "amount_xof": None}
    assert concerned("legal_steps", None, row, months) == {NOVEMBER}
    assert concerned("legal_steps", row, {**row, "done_on": "2026-10-30"}, months) == set(months)
    assert concerned("legal_steps", row, {**row, "legal_step": "avocat"}, months) == {NOVEMBER}
    assert concerned("legal_steps", row, {**row, "partner": "Parquet", "amount_xof": 5}, months) == set()
