"""Red flags over a real encrypted file: what is read, who sees it, settling and bringing back, months, words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import ChangedSince, Missing, NotAllowed, NotInList
from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations import desk as desks
from shelter_desk.operations import settings
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import roll_call, stays
from shelter_desk.operations.today import today
from shelter_desk.storage.file import journal
from shelter_desk.storage.residents import residents as stored_residents
from tests.operations.flag_rows import interviewed, put
from tests.operations.shelter import admit, days_ago, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def told(desk: Desk, person: PersonId | None = None) -> set[tuple[str, str]]:
    found = flags.of_house(desk) if person is None else flags.of_person(desk, person)
    return {(one.rule, one.kind) for one in found}


def only(desk: Desk, rule: str) -> Flag:
    return next(one for one in flags.of_house(desk) if one.rule == rule)


# Every table is read -------------------------------------------------------------------------------------------------


def test_interviews_and_their_answers_are_read(desk: Desk) -> None:
    one = admit(desk, "1A", days=12)
    key = interviewed(desk, one, 8, immediate_danger=True)
    for indicator in ("i01_tiers_organise", "i07_papiers", "i14_non_paye"):
        put(desk, "indicator_answers", interview_id=key, indicator=indicator, answer="oui")
    assert {("R-18", ""), ("R-21", ""), ("R-15", "")} <= told(desk, one.person)
    assert ("R-24", "screening") not in told(desk, one.person)


def test_a_child_alone_is_read_with_guardian_assessment_and_notice(desk: Desk) -> None:
    one = admit(desk, "3A", age=15, days=20)
    with desk.writing("take_in", flags.TOPICS) as writing:
        writing.trail.change("situations", one.stay, {"child_status": "non_accompagne"})
    assert {("R-08", "guardian"), ("R-09", "full"), ("R-11", "")} <= told(desk, one.person)
    day = days_ago(1).date().isoformat()
    put(desk, "guardians", person_id=one.person, guardian_status="designe")
    put(desk, "notifications", stay_id=one.stay, notified_on=day, service="justice")
    whole = {"bia_no": "B1", "bia_trigger": "admission", "form": "complete", "bia_status": "faite"}
    put(desk, "best_interests", stay_id=one.stay, assessed_on=day, **whole)
    assert {rule for rule, _ in told(desk, one.person)} & {"R-08", "R-09", "R-11"} == set()


def test_assessment_plan_and_notes_of_contact_are_read(desk: Desk) -> None:
    one = admit(desk, "1A", days=12)
    day = days_ago(9).date().isoformat()
    put(desk, "assessments", assessment_no="A1", stay_id=one.stay, version=1, assessed_on=day, risk_level="moyen")
    put(desk, "plans", plan_no="P1", stay_id=one.stay, made_on=day)
    assert ("R-25", "") in told(desk, one.person)
    at = days_ago(2).strftime("%Y-%m-%dT%H:%M")
    put(desk, "case_notes", person_id=one.person, note_kind="suivi", noted_at=at, written_at=at, is_contact=True)
    assert {kind for rule, kind in told(desk, one.person) if rule in ("R-24", "R-25")} == {"screening"}


def test_exits_and_follow_ups_are_read(desk: Desk) -> None:
    one = admit(desk, "1A", days=60)
    stays.leave(desk, one.stay, days_ago(40), "depart_volontaire", "inconnue")
    assert ("R-33", "case") in told(desk, one.person)
    day = days_ago(1).date().isoformat()
    key = put(desk, "exits", stay_id=one.stay, case_closed_on=day, follow_up_on=day)
    assert told(desk, one.person) == {("R-33", "follow_up")}
    put(desk, "follow_ups", stay_id=one.stay, due_on=day, held_on=day)
    assert told(desk, one.person) == set()
    assert key > 0


@pytest.mark.parametrize("days", [89, 91, 400])
def test_an_open_case_is_asked_about_however_long_ago_the_exit_was(desk: Desk, days: int) -> None:
    one = admit(desk, "1A", days=days + 9)
    stays.leave(desk, one.stay, days_ago(days), "depart_volontaire", "inconnue")
    assert told(desk, one.person) == {("R-33", "case")}
    key = put(desk, "exits", stay_id=one.stay, case_closed_on=days_ago(1).date().isoformat())
    assert (told(desk, one.person), key > 0) == (set(), True)


def test_a_follow_up_that_was_not_held_is_asked_about_after_a_year(desk: Desk) -> None:
    one = admit(desk, "1A", days=500)
    stays.leave(desk, one.stay, days_ago(450), "depart_volontaire", "inconnue")
    put(desk, "exits", stay_id=one.stay, case_closed_on=days_ago(400).date().isoformat())
    put(desk, "follow_ups", stay_id=one.stay, due_on=days_ago(380).date().isoformat())
    assert told(desk, one.person) == {("R-33", "follow_up")}


def test_nothing_is_asked_of_a_case_whose_names_are_erased(desk: Desk) -> None:
    one = admit(desk, "1A", days=500)
    stays.leave(desk, one.stay, days_ago(450), "depart_volontaire", "inconnue")
    with desk.writing("erase", flags.TOPICS) as writing:
        writing.trail.change("persons", one.person, {"erased_at": days_ago(1).isoformat()})
    assert told(desk, one.person) == set()


def test_a_mother_who_left_without_her_child_is_read(desk: Desk) -> None:
    mother = admit(desk, "4A", days=9)
    child = admit(desk, "4B", age=2, head=mother.stay, days=9)
    with desk.writing("take_in", flags.TOPICS) as writing:
        writing.trail.change("placements", 1, {"ended_at": days_ago(1).strftime("%Y-%m-%dT%H:%M")})
        writing.trail.change("stays", mother.stay, {"exited_at": days_ago(1).strftime("%Y-%m-%dT%H:%M")})
    assert ("R-32", "stayed") in told(desk, child.person)


def test_contact_risks_are_read(desk: Desk) -> None:
    one, other = admit(desk, "1A", days=2), admit(desk, "1B", days=2)
    day = desk.today().isoformat()
    put(desk, "contact_risks", person_id=other.person, other_id=one.person, risk_kind="conflit", noted_on=day)
    assert only(desk, "R-28").others == (other.code,)


def test_a_self_harm_concern_is_opened_only_with_the_key(desk: Desk) -> None:
    one = admit(desk, "1A", days=2)
    day = desk.today().isoformat()
    key = put(desk, "assessments", assessment_no="A1", stay_id=one.stay, version=1, assessed_on=day)
    with desk.writing("take_in", flags.TOPICS) as writing:
        assert desk.protection is not None
        own = stored_residents.protection_of(writing.connection, desk.protection, one.person)
        sealed = own.seal("assessments", "self_harm_concern", key, "oui")
        writing.trail.change("assessments", key, {"self_harm_concern": sealed})
    assert ("R-23", "") in told(desk)
    desk.protection = None
    assert ("R-23", "") not in told(desk)


def test_names_that_sound_the_same_are_asked_about_once_the_search_has_opened_them(desk: Desk) -> None:
    admit(desk, "1A", days=90, names=Names("Traoré-Essai", "Aminata"))
    two = admit(desk, "1B", days=1, names=Names("Traore Essai", "Aminata"))
    assert ("R-02", "") not in told(desk, two.person)
    residents.names_index(desk)
    assert ("R-02", "") in told(desk, two.person)


# Who sees what -------------------------------------------------------------------------------------------------------


def test_the_night_reception_sees_rooms_and_nights_and_nothing_of_a_case(desk: Desk) -> None:
    admit(desk, "1A", days=20)
    admit(desk, "1B", age=15, days=3)
    assert {"R-14", "R-24", "R-05"} <= {one.rule for one in flags.of_house(desk)}
    desk.role = Role.RECEPTION
    seen = {one.rule for one in flags.of_house(desk)}
    assert "R-05" in seen
    assert {rules()[rule].seen_by for rule in seen} <= {"see_beds", "call_roll"}


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_who_only_counts_sees_none(desk: Desk, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        flags.of_house(desk)


# Settling ------------------------------------------------------------------------------------------------------------


def test_a_flag_that_was_set_aside_comes_back_on_its_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    one = admit(desk, "1A", days=20)
    flags.settle(desk, [only(desk, "R-14")], "départ vendredi", desk.today() + timedelta(days=2))
    hidden = told(desk, one.person)
    later = desk.now() + timedelta(days=2)
    monkeypatch.setattr("shelter_desk.system.clock.now", lambda: later)
    monkeypatch.setattr("shelter_desk.system.clock.today", later.date)
    assert ("R-14", "") not in hidden
    assert ("R-14", "") in told(desk, one.person)


def test_a_flag_accepted_for_good_stays_away_and_others_of_the_person_do_not(desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    before = told(desk, one.person)
    flags.settle(desk, [only(desk, "R-14")], "prolongé par la direction")
    assert before - told(desk, one.person) == {("R-14", "")}


def test_settling_is_one_act_that_can_be_undone_and_is_in_the_journal(desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    done = flags.settle(
        desk, [only(desk, "R-14"), only(desk, "R-24")], "vu avec elle", desk.today() + timedelta(days=1)
    )
    with desk.reading() as connection:
        assert [line.action for line in journal.lines(connection, one.code)][-1] == "settle_flag"
    hidden = told(desk, one.person)
    desks.undo(desk, done)
    assert not hidden & {("R-14", ""), ("R-24", "screening")}
    assert {("R-14", ""), ("R-24", "screening")} <= told(desk, one.person)


def test_a_reason_is_asked_for(desk: Desk) -> None:
    admit(desk, "1A", days=20)
    with pytest.raises(Missing):
        flags.settle(desk, [only(desk, "R-14")], "  ")


@pytest.mark.parametrize("days", [0, -1, flags.LONGEST_SNOOZE + 1])
def test_a_flag_is_hidden_until_a_day_that_comes_and_is_not_too_far(desk: Desk, days: int) -> None:
    admit(desk, "1A", days=20)
    with pytest.raises(NotInList):
        flags.settle(desk, [only(desk, "R-14")], "motif", desk.today() + timedelta(days=days))


def test_what_blocks_is_accepted_for_good_by_a_manager_alone(desk: Desk) -> None:
    admit(desk, "1A", days=2, names=Names("Essai", "Une"))
    blocking = only(desk, "R-15")
    desk.role = Role.CASE_WORKER
    with pytest.raises(NotAllowed):
        flags.settle(desk, [blocking], "motif")
    flags.settle(desk, [blocking], "à demander demain", desk.today() + timedelta(days=1))
    assert "R-15" not in {one.rule for one in flags.of_house(desk)}


def test_settled_flags_are_listed_with_who_why_and_until_when(desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    until = desk.today() + timedelta(days=3)
    flags.settle(desk, [only(desk, "R-14")], "départ vendredi", until)
    kept = flags.settled(desk)[0]
    assert (kept.rule, kept.code, kept.person, kept.reason, kept.by, kept.until) == (
        "R-14",
        one.code,
        one.person,
        "départ vendredi",
        "Agent A",
        until,
    )
    assert kept.flag is not None


def test_a_settled_flag_whose_facts_changed_is_listed_without_its_sentence(desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    flags.settle(desk, [only(desk, "R-14")], "départ ce soir")
    stays.leave(desk, one.stay, desk.now(), "fin_sejour", "inconnue")
    assert [(kept.flag, kept.code) for kept in flags.settled(desk)] == [(None, one.code)]


def test_a_settled_flag_is_brought_back_once(desk: Desk) -> None:
    one = admit(desk, "1A", days=20)
    flags.settle(desk, [only(desk, "R-14")], "motif")
    kept = flags.settled(desk)[0]
    flags.bring_back(desk, kept.id)
    assert ("R-14", "") in told(desk, one.person)
    with pytest.raises(ChangedSince):
        flags.bring_back(desk, kept.id)


def test_a_flag_about_the_house_is_settled_as_well(desk: Desk) -> None:
    for n in range(13):
        admit(desk, days=1) if n else admit(desk, "1A", days=1)
    over = only(desk, "R-12")
    flags.settle(desk, [over], "nattes prêtées", desk.today() + timedelta(days=1))
    assert [(kept.rule, kept.code) for kept in flags.settled(desk)] == [("R-12", "")]


# The list of today, the month, the settings --------------------------------------------------------------------------


def test_many_of_a_kind_share_one_line(desk: Desk) -> None:
    for bed in ("1A", "1B", "1C", "1D"):
        admit(desk, bed, days=6)
    shared = [task for task in today.to_do(desk) if len(task.flags) > 1]
    assert [(task.n, task.page) for task in shared] == [(4, "residents/alerts/R-24/screening")]


def test_a_task_that_was_set_aside_leaves_the_list(desk: Desk) -> None:
    admit(desk, "1A", days=6)
    task = next(task for task in today.to_do(desk) if task.flags)
    flags.settle(desk, task.flags, "rendez-vous jeudi", desk.today() + timedelta(days=2))
    assert [one for one in today.to_do(desk) if one.flags] == []


def test_nights_without_a_roll_call_stand_among_the_points_of_their_month(desk: Desk) -> None:
    month = Period(desk.today(), desk.today()).month_before.month_before  # whose last night is over in any hour
    one = admit(desk, "1A", days=100)
    roll_call.call(desk, month.first, [RollCallDone(one.stay)])
    nights = {
        point.flag.night for point in reports.points(desk, reports.read(desk, month)) if point.flag and point.flag.night
    }
    assert nights == set(month) - {month.first}


def test_planned_services_and_those_after_the_exit_stand_among_the_points(desk: Desk) -> None:
    month = Period(desk.today(), desk.today()).month_before
    one = admit(desk, "1A", days=70)
    stays.leave(desk, one.stay, days_ago(65), "depart_volontaire", "inconnue")
    for number, state in (("S1", "prevu"), ("S2", "fait")):
        day = month.first.isoformat()
        row = {"service_no": number, "service_on": day, "stay_id": one.stay, "service_type": "san_soins"}
        put(desk, "services", **row, quantity=1.0, provider_kind="centre", service_status=state)
    matters = {point.matter for point in reports.points(desk, reports.read(desk, month))}
    assert {"planned_past", "after_exit"} <= matters


def test_a_point_that_was_settled_leaves_the_month(desk: Desk) -> None:
    month = Period(desk.today(), desk.today()).month_before
    one = admit(desk, "1A", days=70)
    roll_call.call(desk, month.first, [RollCallDone(one.stay)])
    missing = flags.of_month(desk, month)
    flags.settle(desk, [flag for flag in missing if flag.night], "registre papier perdu")
    assert [flag for flag in flags.of_month(desk, month) if flag.night] == []


def test_a_threshold_is_a_setting_with_the_former_one_in_the_journal(desk: Desk) -> None:
    admit(desk, "1A", days=4)
    settings.keep(desk, {"screening_due_days": "3"})
    assert ("R-24", "screening") in told(desk)
    assert settings.thresholds(desk).screening_due_days == 3
    with pytest.raises(NotInList):
        settings.keep(desk, {"no_such_setting": "3"})


# Words ---------------------------------------------------------------------------------------------------------------


def test_a_name_in_the_file_is_pointed_out_beside_open_words(desk: Desk) -> None:
    admit(desk, "1A", names=Names("Zampaligré", "Rasmata"))
    assert [(one.kind, one.word) for one in flags.beside(desk, "Vu avec Rasmata ce matin")] == [("name", "Rasmata")]


def test_a_role_that_reads_no_names_is_told_of_none(desk: Desk) -> None:
    admit(desk, "1A", names=Names("Zampaligré", "Rasmata"))
    other = replace(desk, role=Role.STOREKEEPER, sealer=None, index=None)
    assert [one.kind for one in flags.beside(other, "Rasmata, 76 12 34 56")] == ["phone"]
