"""What a shelter does not do is not offered; what was written of it stays, and the switch is undone as a setting is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shelter_desk.domain import settings as optional_modules
from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.casefile.minors import BestInterests
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.ids import BestInterestsId, IncidentId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.figures import TOTAL
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.protection_tables import minors
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.services import service_catalogue
from shelter_desk.system import clock
from tests.domain.reports.shelters import Shelter
from tests.operations.referral_scene import agree
from tests.operations.shelter import admit, month_when_over, small_shelter

AVRR = ("inf_avrr", "ret_avrr")
NOVEMBER = Period.month(2026, 11)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def offered(desk: Desk) -> set[str]:
    return {one.code for one in service_catalogue.kinds(desk)} & set(AVRR)


def asked(desk: Desk, person: object) -> set[str]:
    return {one.purpose for one in consents.of(desk, person).standings} & {"avrr"}  # type: ignore[arg-type]


def test_assisted_return_is_offered_unless_it_was_switched_off(desk: Desk) -> None:
    person = admit(desk, "1A").person
    before = (offered(desk), asked(desk, person), settings.left_out(desk, "exit_reason"))
    settings.keep(desk, {optional_modules.AVRR: "no"})
    assert before == (set(AVRR), {"avrr"}, ())
    assert (offered(desk), asked(desk, person), settings.left_out(desk, "exit_reason")) == (set(), set(), ("avrr",))


def test_a_consent_to_a_return_that_was_given_still_stands(desk: Desk) -> None:
    person = admit(desk, "1A").person
    agree(desk, person, "", "avrr")
    settings.keep(desk, {optional_modules.AVRR: "no"})
    assert asked(desk, person) == {"avrr"}


def test_a_service_that_is_not_offered_keeps_its_name(desk: Desk) -> None:
    settings.keep(desk, {optional_modules.AVRR: "no"})
    assert [service_catalogue.all_kinds(desk)[code].active for code in AVRR] == [False, False]


def test_a_switch_is_undone(desk: Desk) -> None:
    undo(desk, settings.keep(desk, {optional_modules.AVRR: "no", optional_modules.BID: "no"}))
    assert offered(desk) == set(AVRR)


def test_determinations_stand_in_the_report_only_where_they_are_asked_for(desk: Desk) -> None:
    def rows() -> tuple[bool, bool]:
        found = month_when_over(desk, NOVEMBER).report
        lines = [row.label[1] for table in minors(found) for row in table.rows]
        return ("t5.bid_requested", TOTAL) in found.figures, "t5.bid_requested" in lines

    before = rows()
    settings.keep(desk, {optional_modules.BID: "no"})
    assert (before, rows()) == ((True, True), (False, False))


def test_a_determination_that_was_asked_for_is_told_all_the_same() -> None:
    built = Shelter()
    girl = built.stay(built.person("f", date(2012, 1, 1)), date(2026, 10, 1), child_status="separe")
    day = date(2026, 11, 3)
    made = BestInterests(
        BestInterestsId(1),
        "EIS-1",
        girl.id,
        "admission",
        "complete",
        day,
        "faite",
        needs_bid=True,
        bid_requested_on=day,
    )
    built.protected.best_interests.append(made)
    off = replace(built.facts(NOVEMBER), modules_off=frozenset({optional_modules.BID}))
    assert compute(off).value("t5.bid_requested") == 1


# Violence -------------------------------------------------------------------------------------------------------------


def fight(kind: str = "violence_residents", gbv: str = "agression_physique") -> Incident:
    now = clock.now()
    return Incident(IncidentId(0), "", now, now, kind, "modere", gbv_type=gbv)


def test_the_type_of_violence_is_kept_and_counted_in_the_house_alone(desk: Desk) -> None:
    settings.keep(desk, {optional_modules.GBV: "yes"})
    incidents.report(desk, fight(), IncidentContent("Une dispute", "Séparés"))
    month = Period.month(clock.today().year, clock.today().month)
    whole = month_when_over(desk, month).report
    left = shown(whole, "partenaire").figures
    assert incidents.register(desk)[0].incident.gbv_type == "agression_physique"
    assert whole.value("t12.gbv", ("gbv_type", "agression_physique")) == 1
    assert {key for key, _ in left if key == "t12.gbv"} == set()


def test_no_line_of_violence_stands_in_the_report_of_a_shelter_that_is_not_trained(desk: Desk) -> None:
    month = Period.month(clock.today().year, clock.today().month)
    off = month_when_over(desk, month).report
    settings.keep(desk, {optional_modules.GBV: "yes"})
    on = month_when_over(desk, month).report
    assert (("t12.gbv", TOTAL) in off.figures, ("t12.gbv", TOTAL) in on.figures) == (False, True)


@pytest.mark.parametrize(("kind", "gbv"), [("vol", "psy"), ("violence_residents", "autre_chose")])
def test_a_type_of_violence_is_refused_where_there_was_none_or_it_is_not_known(desk: Desk, kind: str, gbv: str) -> None:
    with pytest.raises(NotInList):
        incidents.report(desk, fight(kind, gbv), IncidentContent("Des faits", "Des mesures"))
