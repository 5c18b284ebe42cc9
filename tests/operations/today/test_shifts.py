"""What a handover tells of a shift by itself, to each role, on a real encrypted file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.domain.rights import Permission, Role
from shelter_desk.domain.stays.roll_call import RollCallDone
from shelter_desk.operations.beds import beds
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays import absences, roll_call, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.operations.today import shifts
from shelter_desk.operations.today.task_kinds import Task
from shelter_desk.system import clock
from shelter_desk.words import handovers as handover_words
from tests.operations.beds.held_scene import hold
from tests.operations.casefile.test_incidents import fight
from tests.operations.shelter import admit, bed, born, small_shelter
from tests.operations.stock_desk import statements
from tests.operations.store_scene import soap
from tests.operations.today.handover_scene import at, given, this_evening


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    evening = this_evening()
    at(monkeypatch, evening - timedelta(days=2))
    with small_shelter(tmp_path / "shelter") as opened:
        given(opened)
        at(monkeypatch, evening)
        yield opened


def told(desk: Desk) -> list[tuple[str, str]]:
    return [(handover_words.title(one), handover_words.detail(one)) for one in shifts.shift(desk).events]


def provisional(desk: Desk, code: str) -> Admitted:
    spot = Spot("lit", bed(desk, code).id)
    return stays.admit(desk, Admission(clock.now(), "premiere", "transit", "f", born(22), "NE", spot=spot))


def test_arrivals_moves_exits_absences_and_the_roll_call_are_told_in_their_order(desk: Desk) -> None:
    here, gone = admit(desk, "1A", days=3), admit(desk, "1B", days=3)
    stays.move(desk, here.stay, Spot("lit", bed(desk, "1C").id), clock.now())
    stays.leave(desk, gone.stay, clock.now(), "autonomie", "mali_autre")
    away = admit(desk, "1D", days=2)
    absences.be_away(desk, away.stay, "hopital", desk.today())
    called = [RollCallDone(here.stay, ""), RollCallDone(away.stay, "hopital")]
    roll_call.call(desk, desk.today(), called)
    assert told(desk) == [
        (f"{here.code}: arrival, bed 1A", "Dortoir femmes"),
        (f"{gone.code}: arrival, bed 1B", "Dortoir femmes"),
        (f"{here.code}: change of bed, bed 1C", "Dortoir femmes"),
        (f"{gone.code}: exit", "Independent living / job"),
        (f"{away.code}: arrival, bed 1D", "Dortoir femmes"),
        (f"{away.code}: absence", "Hospital"),
        ("Roll call done: 1 present, 1 absent", f"Night of {desk.today():%d/%m}"),
    ]


def test_of_a_call_that_was_corrected_the_last_one_is_told(desk: Desk) -> None:
    one, other = admit(desk, "1A", days=3), admit(desk, "1B", days=3)
    for seen in ("", "hopital"):
        roll_call.call(desk, desk.today(), [RollCallDone(one.stay), RollCallDone(other.stay, seen)])
    assert [title for title, _ in told(desk) if "Roll call" in title] == ["Roll call done: 1 present, 1 absent"]


def test_the_number_of_questions_does_not_grow_with_what_was_done(desk: Desk) -> None:
    def asked() -> int:
        with statements() as found:
            shifts.shift(desk)
        return len(found)

    some = admit(desk, "1A", days=3)
    absences.be_away(desk, some.stay, "hopital", desk.today())
    hold(desk, "1B")
    roll_call.call(desk, desk.today(), [RollCallDone(some.stay, "hopital")])
    few = asked()
    for code, sex in (("1C", "f"), ("1D", "f"), ("2A", "m"), ("2B", "m")):
        more = admit(desk, code, sex=sex, days=3)
        absences.be_away(desk, more.stay, "hopital", desk.today())
    hold(desk, "4A")
    hold(desk, "4B")
    assert (asked(), len(shifts.shift(desk).events)) == (few, 14)


def test_what_was_taken_back_is_not_told(desk: Desk) -> None:
    made = admit(desk, "1A", days=3)
    done = absences.be_away(desk, made.stay, "hopital", desk.today())
    undo(desk, done)
    assert [one.action for one in shifts.shift(desk).events] == ["admit"]


def test_beds_out_of_use_and_held_ones_are_told_with_what_is_expected(desk: Desk) -> None:
    beds.block(desk, bed(desk, "2A").id, "hors_service", clock.now(), None, "Pied cassé")
    hold(desk, "1A", days=1)
    hold(desk, room="4", places=2, days=1)
    day = desk.today() + timedelta(days=1)
    assert told(desk) == [
        ("Bed 2A: out of use", "Dortoir hommes · Out of service"),
        ("Bed 1A: held for an arrival", f"Dortoir femmes · Arrival expected on {day:%d/%m}"),
        ("Famille: held for an arrival", f"Arrival expected on {day:%d/%m}"),
    ]


def test_the_guard_is_told_of_who_is_here_and_the_rest_is_counted(desk: Desk) -> None:
    here, gone = admit(desk, "1A", days=3), admit(desk, "1B", days=3)
    stays.leave(desk, gone.stay, clock.now(), "autonomie", "mali_autre")
    incidents.report(desk, fight(), IncidentContent("Bagarre", "Séparés"))
    desk.role = Role.RECEPTION
    shift = shifts.shift(desk)
    assert [(one.action, one.codes) for one in shift.events] == [("admit", (here.code,))]
    assert shift.hidden == 3  # the other admission, the exit, the incident


def test_a_provisional_admission_of_the_guard_is_to_be_confirmed(desk: Desk) -> None:
    desk.role = Role.RECEPTION
    made = provisional(desk, "1A")
    assert told(desk) == [(f"{made.code}: arrival, bed 1A", "Provisional admission, to be confirmed · Dortoir femmes")]


def test_an_incident_is_told_to_who_reads_it_and_a_sealed_matter_to_nobody(desk: Desk) -> None:
    incidents.report(desk, fight("grave"), IncidentContent("Bagarre", "Séparés"))
    sealed = replace(fight(), incident_type="eas", severity="", channel="ligne_eas")
    incidents.report(desk, sealed, IncidentContent())
    complaint = replace(fight(), incident_type="plainte", channel="boite")
    incidents.report(desk, complaint, IncidentContent("Repas froid"), is_anonymous=True)
    seen = {}
    for role, user in ((Role.DIRECTOR, 1), (Role.CASE_WORKER, 1), (Role.CASE_WORKER, 2), (Role.RECEPTION, 2)):
        desk.role, desk.user = role, type(desk.user)(user)
        shift = shifts.shift(desk)
        seen[role, user] = [(one.kind, one.by) for one in shift.events], shift.hidden
    fought, cold = ("violence_residents", "Agent A"), ("plainte", "")
    assert seen == {
        (Role.DIRECTOR, 1): ([fought, cold], 0),
        (Role.CASE_WORKER, 1): ([fought], 1),
        (Role.CASE_WORKER, 2): ([], 2),
        (Role.RECEPTION, 2): ([], 2),
    }


def test_the_numbers_are_those_of_the_night_of_the_shift(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    admit(desk, "1A", days=3)
    evening = this_evening()
    at(monkeypatch, evening + timedelta(hours=10))
    night = shifts.shift(desk).night
    assert (night.night, night.present) == (evening.date(), 1)


def test_what_is_left_is_told_by_the_rights_of_the_reader(desk: Desk) -> None:
    soap(desk)
    found = shifts.points(desk)
    assert "stock_low" in [one.matter for one in found]
    assert not {"no_backup", "handover_waiting"} & {one.matter for one in found}
    desk.role = Role.RECEPTION
    assert "stock_low" not in [one.matter for one in shifts.points(desk)]


def test_the_night_takes_over_every_point_that_it_is_shown(desk: Desk) -> None:
    admit(desk, "1A", days=3)
    admit(desk, "1B", age=15, days=3)
    assert Permission.CASE_SEE in {shifts.read_with(one) for one in shifts.points(desk)}
    desk.role = Role.RECEPTION
    found = shifts.points(desk)
    assert "R-05" in {flag.rule for one in found for flag in one.flags}
    assert {shifts.read_with(one) for one in found} == {Permission.SEE_BEDS}


def test_a_task_is_read_again_with_what_it_was_read_with() -> None:
    matters = ("back_today", "high_risk", "stock_low", "flag")
    assert [shifts.read_with(Task(one)) for one in matters] == [  # type: ignore[arg-type]
        Permission.SEE_BEDS,
        Permission.CASE_SEE,
        Permission.STOCK_SEE,
        Permission.CASE_SEE,
    ]
