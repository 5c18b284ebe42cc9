"""Lines of services taken out for a reason, and brought back from what the journal keeps."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ChangedSince, Missing, NoSuch
from shelter_desk.domain.ids import AppointmentId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.assistance import appointments, assistance, services_taken_out
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import closing, month_versions
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.vault import integrity_check
from shelter_desk.storage.assistance import appointments as stored_appointments
from shelter_desk.storage.retention import erasing
from tests.operations.care_scene import Scene, give, scene, service, today, written
from tests.operations.shelter import admit

__all__ = ["scene"]


def typed_before(desk: Desk, days: int = 3) -> None:
    """All lines as if they had been typed some days ago."""
    with desk.database.transaction(Changes()) as connection:
        at = f"{desk.now() - timedelta(days=days):%Y-%m-%dT%H:%M}"
        connection.exec_driver_sql("UPDATE services SET recorded_at = ?", (at,))


def test_what_was_typed_on_another_day_is_taken_out_for_a_reason(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay))
    typed_before(scene.desk)
    with pytest.raises(Missing):
        assistance.take_out(scene.desk, [line.id], " ")
    assistance.take_out(scene.desk, [line.id], "une autre personne")
    (told,) = services_taken_out.of_person(scene.desk, scene.woman.person)
    assert (told.service.service_no, told.by, told.reason) == (line.service_no, "Agent A", "une autre personne")
    assert json.loads(residents.record(scene.desk, scene.woman.person).thread[0].details)["reason"] == told.reason


def test_a_line_comes_back_as_it_was_with_its_note(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay), note="À jeun")
    assistance.take_out(scene.desk, [line.id])
    services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)
    assert written(scene.desk) == [line]
    assert assistance.note(scene.desk, line.id) == "À jeun"
    assert services_taken_out.of_person(scene.desk, scene.woman.person) == ()


def test_it_comes_back_beside_a_line_that_was_written_under_its_id_since(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay))
    assistance.take_out(scene.desk, [line.id])
    (other,) = give(scene.desk, service(scene.woman.stay, "psy_groupe"))
    assert other.id == line.id
    services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)
    assert sorted(one.service_no for one in written(scene.desk)) == sorted([line.service_no, other.service_no])


def test_beside_such_a_line_it_keeps_its_note_and_the_other_has_none(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay), note="À jeun")
    assistance.take_out(scene.desk, [line.id])
    (other,) = give(scene.desk, service(scene.woman.stay, "psy_groupe"))
    services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)
    (back,) = [one for one in written(scene.desk) if one.service_no == line.service_no]
    assert [assistance.note(scene.desk, key) for key in (back.id, other.id)] == ["À jeun", ""]
    assert integrity_check.check(scene.desk).stays


@pytest.mark.parametrize("is_taken", [False, True], ids=["its own id", "another id"])
def test_a_note_that_nobody_can_open_any_more_does_not_come_back(scene: Scene, is_taken: bool) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay), note="À jeun")
    assistance.take_out(scene.desk, [line.id])
    if is_taken:
        give(scene.desk, service(scene.man.stay))
    with scene.desk.database.transaction(Changes()) as connection:
        erasing.narratives(connection, [scene.woman.person])
    services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)
    assert assistance.noted(scene.desk, [scene.woman.stay]) == frozenset()


def test_what_was_taken_out_of_two_persons_at_once_is_out_of_both(scene: Scene) -> None:
    lines = give(scene.desk, service(scene.woman.stay), service(scene.man.stay))
    assistance.take_out(scene.desk, [one.id for one in lines])
    for one, line in zip((scene.woman, scene.man), lines, strict=True):
        (told,) = services_taken_out.of_person(scene.desk, one.person)
        assert told.service.service_no == line.service_no
        services_taken_out.bring_back(scene.desk, one.person, line.service_no)
    assert written(scene.desk) == lines


def test_the_appointment_that_it_was_is_that_again(scene: Scene) -> None:
    desk, key = scene.desk, AppointmentId(1)
    appointments.make(desk, Appointment(AppointmentId(0), scene.woman.stay, plain(today()), service_type="san_consult"))
    appointments.held(desk, key, today())
    line = written(desk)[-1]
    assistance.take_out(desk, [line.id])
    services_taken_out.bring_back(desk, scene.woman.person, line.service_no)
    with desk.reading() as connection:
        back = stored_appointments.APPOINTMENTS.one_or_none(connection, key)
    assert back is not None
    assert back.service == line.id


def test_neither_twice_nor_what_was_never_there_nor_of_another_person(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay))
    assistance.take_out(scene.desk, [line.id])
    with pytest.raises(NoSuch):
        services_taken_out.bring_back(scene.desk, scene.man.person, line.service_no)
    with pytest.raises(NoSuch):
        services_taken_out.bring_back(scene.desk, scene.woman.person, "S-2026-9999")
    services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)
    with pytest.raises(ChangedSince):
        services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)


def test_nor_into_a_stay_that_was_cancelled(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay))
    assistance.take_out(scene.desk, [line.id])
    stays.void(scene.desk, scene.woman.stay, "doublon")
    with pytest.raises(NoSuch):
        services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)


def test_what_was_undone_is_not_out(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay))
    undo(scene.desk, assistance.take_out(scene.desk, [line.id]))
    assert services_taken_out.of_person(scene.desk, scene.woman.person) == ()


def test_taken_out_again_it_is_told_with_the_last_reason(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay))
    assistance.take_out(scene.desk, [line.id], "une fois")
    undo(scene.desk, services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no))
    services_taken_out.bring_back(scene.desk, scene.woman.person, line.service_no)
    assistance.take_out(scene.desk, [line.id], "encore")
    (told,) = services_taken_out.of_person(scene.desk, scene.woman.person)
    assert told.reason == "encore"


def test_a_line_of_a_closed_month_comes_back_for_a_reason(scene: Scene) -> None:
    desk, month = scene.desk, Period(scene.desk.today(), scene.desk.today()).month_before
    someone = admit(desk, days=70)
    (line,) = give(desk, service(someone.stay, days_before=(desk.today() - month.first).days))
    assistance.take_out(desk, [line.id])
    closing.close(desk, month, lambda _: "sans_objet")
    with pytest.raises(NeedsLateReason):
        services_taken_out.bring_back(desk, someone.person, line.service_no)
    with desk.because_late("erreur"):
        services_taken_out.bring_back(desk, someone.person, line.service_no)
    assert month_versions.pending(desk, month)


@pytest.mark.parametrize("digits", ["99999", "12345678", "20260115001", "9" * 18, "9" * 30])
@pytest.mark.parametrize("is_left", [True, False])
def test_beside_a_number_of_any_length_no_number_is_given_twice(scene: Scene, digits: str, is_left: bool) -> None:
    given: list[str] = []
    for number in ("", f"S-{today().year}-{digits}", "", ""):
        line = max(give(scene.desk, replace(service(scene.woman.stay), service_no=number)), key=lambda one: one.id)
        given.append(line.service_no)
        if not is_left:
            assistance.take_out(scene.desk, [line.id])
    assert len(set(given)) == len(given)
