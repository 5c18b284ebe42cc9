"""The table of settings: what is usual, what can be kept, and that each threshold moves the rule that reads it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from shelter_desk.domain import settings
from shelter_desk.domain.assistance import appointments
from shelter_desk.domain.beds import room_rules
from shelter_desk.domain.casefile import assessments, identification, minors
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.flags import engine
from shelter_desk.domain.flags.facts import NAMES, of_settings
from shelter_desk.domain.flags.flag import rules as listed
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays import exits
from shelter_desk.domain.stays.stays import Stay
from tests.domain.flags import flag_scenes
from tests.domain.flags.flag_scenes import case, day, house, interview, placed, scenes, status

SCENES = {(scene.rule, scene.kind): scene for scene in scenes()}
DAY = date(2026, 11, 2)
STAY = Stay(StayId(1), "S1", PersonId(1), datetime(2026, 11, 2, 9), "premiere", "transit", child_status="separe")
# what makes the scene of a rule silent, though it speaks where the setting is as usual
MOVED = [
    ("alike_age_years", "2", "R-02", ""),
    ("unrelated_hours", "720", "R-05", "late"),
    ("majority_days", "29", "R-07", "soon"),
    ("guardian_request_days", "3", "R-08", "request"),
    ("guardian_days", "16", "R-08", "guardian"),
    ("bia_short_days", "4", "R-09", "short"),
    ("bia_full_days", "15", "R-09", "full"),
    ("notify_service_days", "3", "R-11", ""),
    ("overcapacity_red_pct", "300", "R-12", "red"),
    ("norm_m2", "3.4", "R-13", "space"),
    ("norm_toilet", "21", "R-13", "toilets"),
    ("norm_shower", "21", "R-13", "showers"),
    ("transit_days", "16", "R-14", ""),
    ("minor_review_days", "31", "R-14", "minor"),
    ("status_decision_days", "8", "R-18", ""),
    ("presumed_review_days", "31", "R-20", ""),
    ("safety_measure_hours", "25", "R-21", ""),
    ("screening_due_days", "6", "R-24", "screening"),
    ("assessment_due_days", "8", "R-24", "assessment"),
    ("plan_due_days", "11", "R-24", "plan"),
    ("followup_days_medium", "8", "R-25", ""),
    ("repeated_interviews", "4", "R-27", ""),
    ("absence_max_days", "4", "R-30", ""),
    ("case_closure_days", "31", "R-33", "case"),
]


@pytest.mark.parametrize("key", list(settings.SETTINGS))
def test_what_is_usual_can_be_kept_and_is_read_as_itself(key: str) -> None:
    setting = settings.SETTINGS[key]
    usual = settings.usual(setting)
    assert setting.may_be_empty or (settings.is_right(setting, usual) and settings.of({key: usual}, key) is not None)
    assert settings.of({}, key) == settings.of({key: usual}, key)


@pytest.mark.parametrize("key", [key for key, one in settings.SETTINGS.items() if one.kind in ("whole", "decimal")])
def test_a_number_is_kept_within_its_bounds_and_not_beyond(key: str) -> None:
    one = settings.SETTINGS[key]
    inside = [settings.is_right(one, f"{n:.15g}") for n in (one.least, one.most)]
    outside = [settings.is_right(one, f"{n:.15g}") for n in (one.least - 1, one.most + 1)]
    assert (inside, outside) == ([True, True], [False, False])


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("guardian_days", "?"),
        ("guardian_days", ""),
        ("norm_m2", "3,5"),
        ("night_check_time", "25:00"),
        ("bid_module", "oui"),
        ("allowed_status_deciders", ""),
        ("allowed_status_deciders", "oim;voisin"),
        ("no_such_key", "1"),
    ],
)
def test_what_cannot_be_is_refused(key: str, typed: str) -> None:
    with pytest.raises(NotInList):
        settings.check(key, typed)


def test_what_cannot_be_and_was_kept_is_read_as_usual() -> None:
    kept = {"guardian_days": "?", "night_check_time": "?", "toilets": "?", "small_cell_k": "2"}
    assert settings.whole(kept, "guardian_days") == 15
    assert settings.hour(kept, "night_check_time") == time(21)
    assert (settings.whole_or_none(kept, "toilets"), settings.whole(kept, "small_cell_k")) == (None, 5)


def test_an_unknown_number_may_be_kept_as_unknown() -> None:
    settings.check("toilets", "")
    assert (settings.whole_or_none({"toilets": "0"}, "toilets"), settings.whole_or_none({}, "toilets")) == (0, None)


def test_codes_are_read_in_the_order_of_their_list_and_are_all_of_it_usually() -> None:
    kept = {"allowed_status_deciders": "oim;justice"}
    assert settings.chosen(kept, "allowed_status_deciders") == ("justice", "oim")
    assert len(settings.chosen({}, "allowed_status_deciders")) == 6


def test_a_reader_that_expects_something_else_is_told() -> None:
    with pytest.raises(TypeError):
        settings.whole({}, "night_check_time")


def test_a_threshold_names_the_rule_that_reads_it() -> None:
    named = {name: one.id for one in listed().values() for name in one.thresholds}
    assert {name: settings.SETTINGS[name].read_by for name in NAMES} == named


# Each threshold moves its rule ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "value", "rule", "kind"), MOVED, ids=[one[0] for one in MOVED])
def test_a_threshold_that_is_changed_moves_the_edge_of_its_rule(key: str, value: str, rule: str, kind: str) -> None:
    scene = SCENES[rule, kind]
    moved = replace(scene.speaks, thresholds=of_settings({key: value}))
    assert (rule, kind) in told(scene.speaks)
    assert (rule, kind) not in told(moved)


def told(of: object) -> set[tuple[str, str]]:
    return {(one.rule, one.kind) for one in engine.flags(of)}  # type: ignore[arg-type]


HIGH: dict[str, Any] = {"interviews": (interview(days=1, immediate_danger=True),)}
OTHERS = [
    ("vulnerable_days", 90, house(case(since=95, stay_migration_situation="interne")), "R-14", ""),
    ("vot_days", 180, house(case(since=185, statuses=(status("identifiee"),))), "R-14", ""),
    ("screening_due_days_high", 1, None, "R-24", "screening"),
    ("assessment_due_days_high", 2, house(case(since=3, given=(), **HIGH)), "R-24", "assessment"),
    ("plan_due_days_high", 5, house(case(since=6, given=(), **HIGH)), "R-24", "plan"),
]


@pytest.mark.parametrize(
    ("key", "_usual", "of", "rule", "kind"), OTHERS[:2] + OTHERS[3:], ids=lambda one: str(one)[:24]
)
def test_the_others_move_theirs(key: str, _usual: int, of: object, rule: str, kind: str) -> None:
    moved = replace(of, thresholds=of_settings({key: "300"}))  # type: ignore[type-var]
    assert ((rule, kind) in told(of), (rule, kind) in told(moved)) == (True, False)


def test_a_high_risk_has_a_screening_day_of_its_own() -> None:
    assessed = flag_scenes.assessment(days=3, risk_level="eleve")
    of = house(case(since=3, given=(), assessments=(assessed,)))
    moved = replace(of, thresholds=of_settings({"screening_due_days_high": "4"}))
    assert (("R-24", "screening") in told(of), ("R-24", "screening") in told(moved)) == (True, False)


@pytest.mark.parametrize(
    ("level", "key", "days"), [("eleve", "followup_days_high", 3), ("faible", "followup_days_low", 15)]
)
def test_the_follow_up_of_a_level_has_days_of_its_own(level: str, key: str, days: int) -> None:
    assessed = flag_scenes.assessment(days=days, risk_level=level)
    of = house(case(since=days, given=(), assessments=(assessed,)))
    moved = replace(of, thresholds=of_settings({key: "20"}))
    assert (("R-25", "") in told(of), ("R-25", "") in told(moved)) == (True, False)
    assert assessments.review_days({key: "20"})[level] == 20


def test_more_nights_over_the_beds_may_be_borne() -> None:
    many = tuple(case(n, since=9, **placed(n, n, days=9)) for n in range(1, 22))
    of = house(*many, **flag_scenes.rooms(beds=20), nights_from=day(9))
    moved = replace(of, thresholds=of_settings({"overcapacity_nights": "20"}))
    assert (("R-12", "red") in told(of), ("R-12", "red") in told(moved), ("R-12", "") in told(moved)) == (
        True,
        False,
        True,
    )


# Those that are read elsewhere ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("need", "key"),
    [
        ("service", "notify_service_days"),
        ("guardian_asked", "guardian_request_days"),
        ("guardian", "guardian_days"),
        ("bia_short", "bia_short_days"),
        ("bia_full", "bia_full_days"),
    ],
)
def test_what_is_due_for_a_child_alone_follows_the_settings(need: str, key: str) -> None:
    due = next(one.by for one in minors.dues(STAY, [], [], [], {key: "40"}) if one.need == need)
    assert due == DAY + timedelta(days=40)


@pytest.mark.parametrize(
    ("step", "key"),
    [
        ("depistage", "screening_due_days"),
        ("evaluation", "assessment_due_days"),
        ("plan", "plan_due_days"),
        ("signalement", "notify_service_days"),
        ("tutelle", "guardian_request_days"),
        ("eis", "bia_short_days"),
    ],
)
def test_the_steps_of_an_admission_fall_due_by_the_settings(step: str, key: str) -> None:
    child = Birth(date(2012, 1, 1))
    due = {code: on for code, on, _ in appointments.steps(child, "separe", DAY, {key: "40"})}
    usual = {code: on for code, on, _ in appointments.steps(child, "separe", DAY)}
    assert due[step] == DAY + timedelta(days=40)
    assert usual[step] == DAY + timedelta(days=settings.whole({}, key))


def test_a_presumption_is_looked_at_again_by_the_setting() -> None:
    kept = {"presumed_review_days": "45"}
    assert identification.proposed_review(DAY, kept) == DAY + timedelta(days=45)
    presumed = status("presumee", 40)
    assert identification.review_due([presumed], flag_scenes.TODAY) is not None
    assert identification.review_due([presumed], flag_scenes.TODAY, kept) is None


def test_a_decision_is_waited_for_by_the_setting() -> None:
    told_all = {"i01_tiers_organise": "oui", "i07_papiers": "oui", "i14_non_paye": "oui"}
    asked = interview(days=8, indicators=told_all)
    waits = [
        identification.undecided_since([asked], [], flag_scenes.TODAY, kept)
        for kept in ({}, {"status_decision_days": "8"})
    ]
    assert waits == [day(8), None]


def test_a_case_stays_open_after_an_exit_by_the_setting() -> None:
    gone = replace(STAY, exited_at=datetime(2026, 11, 5, 9), exit_reason="transfert")
    days = [exits.days_open(gone, None, date(2026, 12, 10), kept) for kept in ({}, {"case_closure_days": "60"})]
    assert days == [35, 0]


def test_the_room_a_person_needs_is_the_setting() -> None:
    room = flag_scenes.rooms(surface=3.4)["rooms"][1]
    sleeper = room_rules.Sleeper("f", Birth(date(1999, 1, 1)))
    found = [{one.rule for one in room_rules.findings(sleeper, room, [], DAY, norm)} for norm in (3.5, 3.0)]
    assert ["R-13" in one for one in found] == [True, False]
