"""The agenda on a real file: made, moved, held with its service, missed, cancelled; the steps of an admission."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.assistance.appointments import Appointment, AppointmentGone, NotPlanned
from shelter_desk.domain.errors import ChangedSince, InTheFuture, LodgingDerived, NoSuch, NotAllowed, NotInList
from shelter_desk.domain.ids import AppointmentId, UserId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import appointments, assistance
from shelter_desk.operations.assistance.appointments import AppointmentLine
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.storage import tables
from shelter_desk.storage.assistance.appointments import APPOINTMENTS
from shelter_desk.system import clock
from tests.operations.shelter import admit, born, days_ago, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def resident(desk: Desk) -> Admitted:
    """Somebody whose admission wrote no step."""
    settings.keep_admission_steps(desk, False)
    return admit(desk, "1A", days=20)


def at(hour: int, days: int = 0) -> datetime:
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, 30))


def visit(who: Admitted, starts_at: datetime | None = None) -> Appointment:
    return Appointment(
        AppointmentId(0), who.stay, starts_at or at(9), service_type="san_consult", partner="Centre de santé"
    )


def only(desk: Desk, day: date | None = None) -> AppointmentLine:
    (line,) = appointments.on(desk, day or clock.today())
    return line


def test_an_appointment_stands_in_the_agenda_of_its_day(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, replace(visit(resident), responsible=UserId(1)))
    line = only(desk)
    assert (line.person.code, line.appointment.starts_at, line.responsible) == (resident.code, at(9), "Agent A")


def test_what_has_no_hour_comes_first_then_hour_by_hour(desk: Desk, resident: Admitted) -> None:
    for moment in (at(11), at(8), plain(clock.today())):
        appointments.make(desk, visit(resident, moment))
    found = [line.appointment.starts_at for line in appointments.on(desk, clock.today())]
    assert found == [plain(clock.today()), at(8), at(11)]


def test_a_week_begins_on_monday_and_has_seven_days(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident))
    week = appointments.week(desk, clock.today())
    assert ([day.day.weekday() for day in week], sum(len(day.lines) for day in week)) == (list(range(7)), 1)


def test_an_appointment_moves_to_another_day(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident))
    appointments.move(desk, only(desk).appointment.id, at(15, days=3))
    assert only(desk, clock.today() + timedelta(days=3)).appointment.starts_at == at(15, days=3)


def test_what_was_held_becomes_a_service_in_the_same_act(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident))
    done = appointments.held(desk, only(desk).appointment.id, clock.today())
    (service,) = assistance.of_stays(desk, [resident.stay])[resident.stay]
    assert (service.service_type, service.partner, service.provider_kind, service.status) == (
        "san_consult",
        "Centre de santé",
        "partenaire",
        "fait",
    )
    assert only(desk).appointment.service == service.id
    undo(desk, done)
    assert (only(desk).appointment.state, assistance.of_stays(desk, [resident.stay])) == ("prevu", {})


def test_what_was_held_may_be_written_without_a_service(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident))
    appointments.held(desk, only(desk).appointment.id, clock.today(), with_service=False)
    assert (only(desk).appointment.state, assistance.of_stays(desk, [resident.stay])) == ("fait", {})


def test_a_step_without_a_service_is_held_all_the_same(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, replace(visit(resident), service_type="", step="signalement"))
    appointments.held(desk, only(desk).appointment.id, clock.today())
    assert only(desk).appointment.state == "fait"


def test_nothing_is_held_tomorrow(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident))
    with pytest.raises(InTheFuture):
        appointments.held(desk, only(desk).appointment.id, clock.today() + timedelta(days=1))


def test_a_missed_appointment_waits_no_longer(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident, at(9, days=-2)))
    before = [line.appointment.id for line in appointments.overdue(desk)]
    appointments.missed(desk, before[0])
    assert (len(before), appointments.overdue(desk)) == (1, ())


def test_a_cancelled_appointment_stays_on_record(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident))
    appointments.cancel(desk, only(desk).appointment.id)
    assert only(desk).appointment.state == "annule"
    with pytest.raises(NotPlanned):
        appointments.move(desk, only(desk).appointment.id, at(10))


def test_nothing_is_late_of_somebody_who_left(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident, at(9, days=-2)))
    stays.leave(desk, resident.stay, days_ago(1), "autonomie")
    assert appointments.overdue(desk) == ()


def test_a_note_is_sealed_and_read_with_a_line_in_the_journal(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident), "Prendre le carnet")
    with desk.reading() as connection:
        assert "carnet" not in str(connection.execute(text("SELECT * FROM appointments")).all())
    assert (only(desk).has_note, appointments.note(desk, only(desk).appointment.id)) == (True, "Prendre le carnet")
    assert residents.record(desk, resident.person).thread[0].action == "note_read"


@pytest.mark.parametrize(("kind", "error"), [("heb_nuitee", LodgingDerived), ("san_magie", NotInList)])
def test_only_services_of_the_list_are_planned(
    desk: Desk, resident: Admitted, kind: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        appointments.make(desk, replace(visit(resident), service_type=kind))


def test_a_stay_typed_by_mistake_has_no_appointment(desk: Desk, resident: Admitted) -> None:
    appointments.make(desk, visit(resident))
    stays.void(desk, resident.stay, "doublon")
    assert appointments.on(desk, clock.today()) == ()
    with pytest.raises(NoSuch):
        appointments.make(desk, visit(resident))


def test_an_appointment_taken_back_is_not_moved(desk: Desk, resident: Admitted) -> None:
    done = appointments.make(desk, visit(resident))
    key = only(desk).appointment.id
    undo(desk, done)
    with pytest.raises(AppointmentGone):
        appointments.move(desk, key, at(10))


def of_stay(desk: Desk, who: Admitted) -> list[Appointment]:
    of = tables.appointments.c
    with desk.reading() as connection:
        return APPOINTMENTS.where(connection, of.stay_id == who.stay, order=(of.starts_at, of.id))


def planned(desk: Desk, who: Admitted) -> dict[str, int]:
    came = residents.record(desk, who.person).stays[0].stay.admitted_at.date()
    return {one.step: (one.starts_at.date() - came).days for one in of_stay(desk, who)}


def test_an_admission_writes_its_steps(desk: Desk) -> None:
    found = planned(desk, admit(desk, "1A", days=1))
    assert found == {"bilan_sante": 1, "seance_accueil": 2, "depistage": 5, "evaluation": 7, "plan": 10}


def test_the_admission_of_a_minor_alone_writes_three_more(desk: Desk) -> None:
    alone = stays.admit(
        desk,
        Admission(days_ago(1), "premiere", "transit", "f", born(14), "GN", child_status="non_accompagne"),
    )
    assert planned(desk, alone).keys() >= {"signalement", "tutelle", "eis"}


def test_undoing_an_admission_takes_its_steps_along(desk: Desk) -> None:
    undo(desk, admit(desk, "1A", days=1).done)
    with desk.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM appointments")).scalar() == 0


def test_an_admission_of_which_a_step_was_done_is_not_undone(desk: Desk) -> None:
    made = admit(desk, "1A", days=5)
    appointments.held(desk, of_stay(desk, made)[0].id, clock.today())
    with pytest.raises(ChangedSince):
        undo(desk, made.done)


def test_steps_can_be_switched_off(desk: Desk) -> None:
    assert settings.admission_steps(desk)
    settings.keep_admission_steps(desk, False)
    assert (settings.admission_steps(desk), planned(desk, admit(desk, "1A"))) == (False, {})


def test_switching_the_steps_off_is_undone(desk: Desk) -> None:
    done = settings.keep_admission_steps(desk, False)
    undo(desk, done)
    assert (settings.admission_steps(desk), len(planned(desk, admit(desk, "1A")))) == (True, 5)


def test_the_night_reception_writes_the_steps_with_its_admission(desk: Desk) -> None:
    desk.role = Role.RECEPTION
    made = admit(desk, "1A", days=1)
    desk.role = Role.DIRECTOR
    assert len(planned(desk, made)) == 5


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_the_agenda_is_for_those_who_assist(desk: Desk, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        appointments.on(desk, clock.today())
