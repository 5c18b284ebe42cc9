"""The night reception knows who is here tonight and in which bed, and reads nothing of the file (field 6.4)."""

import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import PERMISSIONS, Role
from shelter_desk.domain.stays.place_requests import ADMITTED, Decision
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import list_templates
from shelter_desk.operations.residents import contact_risks, diets, names, residents, retention, timeline
from shelter_desk.operations.stays import absences, place_requests, roll_call, stays, victim_statuses
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.system import clock
from tests.operations.minor_scene import alone
from tests.operations.shelter import admit, bed, born, days_ago, small_shelter
from tests.operations.stays.test_place_requests import asked
from tests.operations.test_rights import GUARDED


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    """A girl alone, a presumed victim, with the facts of a migration; the night reception comes to the desk."""
    made = alone(desk)
    known = residents.record(desk, made.person)
    told = replace(known.stays[0].stay, referral_source="police")
    residents.correct(desk, replace(known.person, region_origin="ml_kayes"), Names("Sidibé", "Nana"), stay=told)
    presumed = VictimStatus(
        VictimStatusId(0), made.stay, "presumee", days_ago(1).date(), review_on=days_ago(-29).date()
    )
    victim_statuses.decide(desk, presumed)
    return made


@pytest.fixture
def gone(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=9, names=Names("Keita", "Awa"))
    stays.leave(desk, made.stay, days_ago(1), "depart_volontaire", "inconnue")
    return made


def test_nobody_who_was_here_before_is_admitted_by_number_at_night(desk: Desk, girl: Admitted, gone: Admitted) -> None:
    """Whoever was admitted would be here, and their name could be read."""
    desk.role = Role.RECEPTION
    new = Admission(clock.now(), "premiere", "transit", "f", born(27), "GN", spot=Spot("lit", bed(desk, "1B").id))
    for more in ({"person": gone.person}, {"not_the_same": (gone.person,)}, {"rejoining": (girl.stay,)}):
        with pytest.raises(NotAllowed):
            stays.admit(desk, replace(new, **more))
    with pytest.raises(NotAllowed):
        names.read(desk, gone.person)
    assert stays.admit(desk, new).is_provisional


def test_the_record_at_night_says_name_and_bed_and_nothing_of_the_file(desk: Desk, girl: Admitted) -> None:
    desk.role = Role.RECEPTION
    found = residents.record(desk, girl.person)
    (one,) = found.stays
    bed = found.beds[one.placements[0].bed] if one.placements[0].bed else None
    told = (one.stay.migration_situation, one.stay.child_status, one.stay.referral_source)
    assert (told, one.statuses, found.person.region_origin) == (("", "", ""), (), "")
    assert (bed.code if bed else "", found.has_name) == ("3A", True)


def test_no_line_of_the_thread_at_night_says_what_was_decided_or_corrected(desk: Desk, girl: Admitted) -> None:
    desk.role = Role.RECEPTION
    lines = residents.record(desk, girl.person).thread
    every = " ".join(line.action + line.details for line in lines)
    assert {line.action for line in lines} == {"admit"}
    assert not any(word in every for word in ("presumee", "transit", "non_accompagne", "police", "birth_date"))


def test_decisions_on_the_status_are_read_with_the_file_alone(desk: Desk, girl: Admitted) -> None:
    whole = victim_statuses.of_stays(desk, [girl.stay])
    desk.role = Role.RECEPTION
    with pytest.raises(NotAllowed):
        victim_statuses.of_stays(desk, [girl.stay])
    assert [one.victim_status for one in whole[girl.stay]] == ["presumee"]


def test_the_night_reception_finds_and_opens_nobody_who_left(desk: Desk, girl: Admitted, gone: Admitted) -> None:
    desk.role = Role.RECEPTION
    found = [residents.search(desk, typed) for typed in (gone.code, girl.code, "3A")]
    listed = {which: [one.person.id for one in residents.listed(desk, which)] for which in get_args(residents.Which)}
    with pytest.raises(NotAllowed):
        residents.record(desk, gone.person)
    assert (found, listed) == (
        [[], [girl.person], [girl.person]],
        {"here": [girl.person], "left": [], "all": [girl.person]},
    )
    assert residents.lines_of(desk, [gone.person]) == []
    assert [residents.is_in_file(desk, one.person) for one in (girl, gone)] == [True, False]


# what takes a person, a stay or a night and may be called at the door: each was judged, here or in tests of its own
ASKED_OF_SOMEBODY = {
    "absences.away_tonight",  # of tonight alone
    "absences.be_away",
    "absences.come_back",
    "beds.beds_for",
    "bed_board.board",
    "contact_risks.alerts",
    "diets.of",
    "flags.of_person",
    "flags.said_last",
    "held_beds.current",
    "held_beds.awaited_on",
    "names.read",
    "postponed_tasks.set_aside",  # until a day; it is refused
    "residents.is_in_file",
    "residents.lines_of",
    "residents.record",
    "retention.standing",
    "roll_call.call",
    "roll_call.called_at",
    "roll_call.differences",
    "roll_call.sheet",
    "timeline.of",
}


def test_whatever_the_night_reception_may_ask_of_somebody_has_been_judged() -> None:
    held = {called: one for called, one in GUARDED.items() if one.permission in PERMISSIONS[Role.RECEPTION]}
    assert {called for called, one in held.items() if _asks_of_somebody(one)} == ASKED_OF_SOMEBODY


def _asks_of_somebody(operation: Any) -> bool:
    called = inspect.unwrap(operation)
    hints = get_type_hints(called)
    return any(
        word in str(hints[name]) for name in hints if name != "return" for word in ("PersonId", "StayId", "date")
    )


def test_the_thread_at_night_says_no_fact_and_nothing_of_who_left(desk: Desk, girl: Admitted, gone: Admitted) -> None:
    desk.role = Role.RECEPTION
    assert timeline.of(desk, girl.person) == ()
    with pytest.raises(NotAllowed):
        timeline.of(desk, gone.person)


def test_the_night_reception_does_not_learn_why_a_name_is_kept(desk: Desk, girl: Admitted, gone: Admitted) -> None:
    retention.hold(desk, gone.person, "enquete")
    retention.hold(desk, girl.person, "enquete")
    desk.role = Role.RECEPTION
    assert retention.standing(desk, girl.person) == retention.RetentionStanding(None, ())
    with pytest.raises(NotAllowed):
        retention.standing(desk, gone.person)


def test_diets_and_alerts_at_night_are_of_those_here(desk: Desk, girl: Admitted, gone: Admitted) -> None:
    for one in (girl, gone):
        diets.keep(desk, one.stay, ["allergie_lait"])
    here = admit(desk, "4A")
    contact_risks.say(desk, girl.person, "conflit", gone.code)
    contact_risks.say(desk, girl.person, "conflit", here.code)
    desk.role = Role.RECEPTION
    assert diets.of(desk, [girl.stay, gone.stay]) == {girl.stay: ("allergie_lait",)}
    told = {key: one.codes for key, one in contact_risks.alerts(desk, clock.today()).items()}
    assert told == {girl.person: (here.code,), here.person: (girl.code,)}


def test_the_plan_and_the_sheet_at_night_hold_nothing_of_the_file(desk: Desk, girl: Admitted) -> None:
    desk.role = Role.RECEPTION
    tonight = clock.today()
    seen = [*bed_board.board(desk, tonight).everyone, *(line.one for line in roll_call.sheet(desk, tonight).lines)]
    assert {one.person.code for one in seen} == {girl.code}
    for one in seen:
        told = (one.stay.migration_situation, one.stay.child_status, one.stay.referral_source)
        assert (told, one.person.region_origin) == (("", "", ""), "")


def test_at_night_an_absence_of_tonight_is_noted_and_taken_back_and_no_other(
    desk: Desk, girl: Admitted, gone: Admitted, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime.combine(clock.today(), time(23, 59))
    monkeypatch.setattr(clock, "now", lambda: evening)
    tonight = evening.date()
    desk.role = Role.RECEPTION
    for stay, night in ((girl.stay, tonight - timedelta(days=1)), (girl.stay, tonight + timedelta(days=1))):
        with pytest.raises(NotAllowed):
            absences.be_away(desk, stay, "hopital", night)
    with pytest.raises(NotAllowed):
        absences.be_away(desk, gone.stay, "hopital", tonight)
    absences.be_away(desk, girl.stay, "hopital", tonight)
    (away,) = bed_board.board(desk, tonight).everyone
    assert away.absence is not None
    with pytest.raises(NotAllowed):
        absences.come_back(desk, girl.stay, tonight + timedelta(days=1))
    absences.come_back(desk, girl.stay, tonight)
    (back,) = bed_board.board(desk, tonight).everyone
    assert back.absence is None


def test_what_the_roll_call_leaves_to_settle_holds_nothing_of_the_file(desk: Desk, girl: Admitted) -> None:
    night = clock.today()
    absent = RollCallDone(girl.stay, "injustifiee")
    roll_call.call(desk, night, [absent])
    desk.role = Role.RECEPTION
    (one,) = roll_call.differences(desk, night)
    assert one.stay is not None
    assert one.person is not None
    assert (one.stay.child_status, one.stay.migration_situation, one.person.region_origin) == ("", "", "")


def test_the_night_reception_sees_no_night_before_those_whose_roll_is_called(desk: Desk, girl: Admitted) -> None:
    first = roll_call.nights_to_call(desk)[0]
    before, birth = first - timedelta(days=1), residents.record(desk, girl.person).person.birth
    asking = (
        lambda night: bed_board.board(desk, night),
        lambda night: beds.beds_for(desk, "f", birth, night),
        lambda night: roll_call.sheet(desk, night),
        lambda night: roll_call.called_at(desk, night),
        lambda night: roll_call.differences(desk, night),
        lambda night: contact_risks.alerts(desk, night),
        lambda night: roll_call.call(desk, night, [RollCallDone(girl.stay)]),
    )
    for ask in asking:
        ask(before)
    desk.role = Role.RECEPTION
    for ask in asking:
        ask(first)
        with pytest.raises(NotAllowed):
            ask(before)


def test_who_slept_here_in_a_month_is_listed_for_whoever_opens_files(desk: Desk, gone: Admitted) -> None:
    desk.role = Role.RECEPTION
    with pytest.raises(NotAllowed):
        list_templates.presence_of(desk, clock.today())


def test_a_request_does_not_say_at_night_whom_it_led_to_once_they_left(
    desk: Desk, girl: Admitted, gone: Admitted
) -> None:
    for one in (girl, gone):
        day = clock.today() - timedelta(days=9)
        key = place_requests.note(desk, replace(asked(), asked_on=day)).id
        place_requests.decide(desk, key, Decision(ADMITTED, clock.today(), stay=one.stay))
    desk.role = Role.RECEPTION
    told = [(one.code, one.person) for one in place_requests.register(desk)]
    assert sorted(told, key=str) == sorted([("", None), (girl.code, girl.person)], key=str)


def test_no_alert_at_night_speaks_of_somebody_who_left(desk: Desk) -> None:
    mother = admit(desk, "1A")
    child = admit(desk, "1A", age=2, head=mother.stay, shares=True)
    with desk.writing("test", stays.STAYS) as writing:  # a minor who left without the mother
        left = {"exited_at": days_ago(1).isoformat(timespec="minutes")}
        writing.trail.change("stays", child.stay, left)
    assert {flag.rule for flag in flags.of_person(desk, child.person)} >= {"R-32"}
    desk.role = Role.RECEPTION
    assert flags.of_person(desk, child.person) == []
    assert child.person not in {flag.person for flag in flags.of_house(desk)}
