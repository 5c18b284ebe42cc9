"""Settings of field 10: kept in one act with the former value, taken back as any other, read where they matter."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.casefile.identification import MayNotDecide
from shelter_desk.domain.errors import ChangedSince, NotAllowed, NotInList
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.settings import SETTINGS
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations import settings
from shelter_desk.operations.beds import beds
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import duplicates
from shelter_desk.operations.stays import roll_call, victim_statuses
from shelter_desk.operations.today import today
from shelter_desk.system import clock
from tests.operations.retention_scene import last_line
from tests.operations.shelter import admit, born, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as made:
        yield made


def last(desk: Desk) -> dict[str, object]:
    return dict(json.loads(json.dumps(last_line(desk).known)))


def test_a_change_is_told_with_old_and_new_and_is_taken_back_with_both(desk: Desk) -> None:
    done = settings.keep(desk, {"guardian_days": "20", "toilets": "3"})
    told = last(desk)
    assert (told["before"], told["after"]) == (
        {"guardian_days": "15", "toilets": ""},
        {"guardian_days": "20", "toilets": "3"},
    )
    undo(desk, done)
    told = last(desk)
    assert (told["before"], told["after"]) == (
        {"guardian_days": "20", "toilets": "3"},
        {"guardian_days": "15", "toilets": ""},
    )
    assert settings.kept(desk) == {}


def test_a_former_value_comes_back(desk: Desk) -> None:
    settings.keep(desk, {"guardian_days": "20"})
    done = settings.keep(desk, {"guardian_days": "25"})
    undo(desk, done)
    assert settings.thresholds(desk).guardian_days == 20


def test_a_setting_changed_again_since_is_not_taken_back(desk: Desk) -> None:
    done = settings.keep(desk, {"guardian_days": "20"})
    settings.keep(desk, {"guardian_days": "25"})
    with pytest.raises(ChangedSince):
        undo(desk, done)
    assert settings.thresholds(desk).guardian_days == 25


def test_one_that_cannot_be_keeps_all_from_being_kept(desk: Desk) -> None:
    with pytest.raises(NotInList):
        settings.keep(desk, {"guardian_days": "20", "small_cell_k": "12"})
    assert settings.kept(desk) == {}


def test_what_is_usual_is_not_written_as_long_as_nothing_else_was(desk: Desk) -> None:
    settings.keep(desk, {"guardian_days": "15"})
    before = settings.kept(desk)
    settings.keep(desk, {"guardian_days": "20"})
    settings.keep(desk, {"guardian_days": "15"})
    assert (before, settings.kept(desk)) == ({}, {"guardian_days": "15"})


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_only_a_manager_sets_them(desk: Desk, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        settings.keep(desk, {"guardian_days": "20"})


def test_keys_of_the_vault_are_not_among_what_is_read(desk: Desk) -> None:
    assert set(settings.kept(desk)) <= set(SETTINGS)


# Read where they matter -----------------------------------------------------------------------------------------------


def decision(desk: Desk, one: object, code: str, body: str) -> None:
    status = VictimStatus(
        VictimStatusId(0),
        one.stay,  # type: ignore[attr-defined]
        code,
        desk.today(),
        body,
        status_decider="Agent B",
        review_on=desk.today() + timedelta(days=9),
    )
    victim_statuses.decide(desk, status, "dit par la personne")


def test_a_body_that_may_not_decide_here_is_refused_and_the_others_are_not(desk: Desk) -> None:
    one = admit(desk, "1A")
    settings.keep(desk, {"allowed_status_deciders": "justice;service_etat"})
    with pytest.raises(MayNotDecide):
        decision(desk, one, "identifiee", "ong_centre")
    decision(desk, one, "identifiee", "justice")
    assert [s.status_decided_by for s in victim_statuses.of_stays(desk, [one.stay])[one.stay]] == ["justice"]


def test_a_presumption_may_come_from_anybody(desk: Desk) -> None:
    one = admit(desk, "1A")
    settings.keep(desk, {"allowed_status_deciders": "justice"})
    decision(desk, one, "presumee", "ong_centre")
    assert victim_statuses.of_stays(desk, [one.stay])[one.stay][0].victim_status == "presumee"


def test_toilets_are_compared_with_the_persons_once_their_number_is_known(desk: Desk) -> None:
    for code in ("1A", "1B"):
        admit(desk, code)
    settings.keep(desk, {"norm_toilet": "1"})
    unknown = [one.kind for one in flags.of_house(desk) if one.rule == "R-13"]
    settings.keep(desk, {"toilets": "1", "showers": "2"})
    assert (unknown, [one.kind for one in flags.of_house(desk) if one.rule == "R-13"]) == ([], ["toilets"])


def test_the_room_a_person_needs_is_asked_where_beds_are_proposed(desk: Desk) -> None:
    def told() -> set[str]:
        found = beds.beds_for(desk, "f", born(27), desk.today())
        return {finding.rule for one in found if one.bed.code == "1A" for finding in one.against}

    before = told()
    settings.keep(desk, {"norm_m2": "20"})
    admit(desk, "1B")
    admit(desk, "1C")
    assert ("R-13" in before, "R-13" in told()) == (False, True)


def test_so_many_nights_may_still_be_called(desk: Desk) -> None:
    settings.keep(desk, {"roll_call_nights": "3"})
    assert len(roll_call.nights_to_call(desk)) == 4


def test_a_duplicate_is_looked_for_within_the_years_that_are_set(desk: Desk) -> None:
    admit(desk, "1A", age=30, names=Names("Traoré", "Awa"))
    wanted = (Names("Traoré", "Awa"), "f", born(25), "GN")
    few = duplicates.alike(desk, *wanted)
    settings.keep(desk, {"alike_age_years": "6"})
    assert (few, len(duplicates.alike(desk, *wanted))) == ([], 1)


def test_the_report_reminds_from_its_day_and_is_late_after_the_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(desk, "1A", days=45)
    day = clock.today()
    settings.keep(desk, {"report_remind_day": str(min(28, day.day)), "report_late_day": str(min(28, day.day))})
    on_the_day = today.month_open(desk)
    assert on_the_day is not None
    assert on_the_day.late == max(0, day.day - 28)
    tomorrow = min(28, day.day) + 1
    if tomorrow <= 28:
        settings.keep(desk, {"report_remind_day": str(tomorrow)})
        assert today.month_open(desk) is None
    settings.keep(desk, {"report_remind_day": "1", "report_late_day": "1"})
    late = today.month_open(desk)
    assert late is not None
    assert late.late == day.day - 1


def test_the_longest_stays_and_the_smallest_cell_reach_the_report(desk: Desk) -> None:
    settings.keep(desk, {"small_cell_k": "7"})
    assert reports.monthly(desk, Period(desk.today(), desk.today()).month_before).report.small_cell_k == 7
