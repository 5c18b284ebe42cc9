"""Rows that others refer to: taken out or undone without a crash; numbers after 9999; notes whose key is gone."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.errors import ChangedSince
from shelter_desk.domain.ids import AppointmentId, ServiceId
from shelter_desk.domain.moments import plain
from shelter_desk.operations.assistance import appointments, assistance
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import undo
from shelter_desk.operations.residents import timeline
from shelter_desk.operations.services.service_log import SERVICES
from shelter_desk.operations.stays import exits, stays
from shelter_desk.storage import tables
from shelter_desk.storage.assistance import appointments as stored_appointments
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.assistance import referrals
from shelter_desk.storage.casefile import assessments, incidents, interviews, minors, plans
from shelter_desk.storage.stays import exits as stored_leaving
from shelter_desk.storage.stays import stays as stored_stays
from tests.operations.care_scene import Scene, give, scene, service, today, written
from tests.operations.referral_scene import agree_to, given
from tests.operations.shelter import days_ago

__all__ = ["scene"]


def held(scene: Scene) -> tuple[AppointmentId, ServiceId]:
    """An appointment that was held and wrote its service."""
    made = Appointment(AppointmentId(0), scene.woman.stay, plain(today()), service_type="san_consult")
    appointments.make(scene.desk, made)
    key = AppointmentId(1)
    appointments.held(scene.desk, key, today())
    return key, written(scene.desk)[-1].id


def test_a_service_that_an_appointment_was_is_taken_out_and_the_appointment_stays_held(scene: Scene) -> None:
    key, line = held(scene)
    done = assistance.take_out(scene.desk, [line])
    with scene.desk.reading() as connection:
        left = stored_appointments.APPOINTMENTS.one_or_none(connection, key)
    assert left is not None
    assert (left.state, left.service, written(scene.desk)) == ("fait", None, [])
    undo(scene.desk, done)
    with scene.desk.reading() as connection:
        back = stored_appointments.APPOINTMENTS.one_or_none(connection, key)
    assert back is not None
    assert (back.service, [one.id for one in written(scene.desk)]) == (line, [line])


def test_a_service_that_a_follow_up_was_is_taken_out_and_the_follow_up_stays_held(scene: Scene) -> None:
    desk = scene.desk
    stays.leave(desk, scene.woman.stay, days_ago(3), "autonomie", "mali_autre")
    agree_to(desk, scene.woman.person, "suivi_apres_sortie")
    exits.plan_follow_up(desk, scene.woman.stay, today(1), "visite")
    follow_up = exits.of(desk, scene.woman.person).follow_ups[scene.woman.stay][0]
    exits.hold_follow_up(desk, follow_up.id, today(), "va_bien")
    assistance.take_out(desk, [written(desk)[-1].id])
    (left,) = exits.of(desk, scene.woman.person).follow_ups[scene.woman.stay]
    assert (left.held_on, written(desk)) == (today(), [])


def test_an_act_that_something_written_since_refers_to_is_not_taken_back(scene: Scene) -> None:
    desk = scene.desk
    recorded = consents.record(desk, given(scene.woman.person, "", "stats_anonymes"))
    with desk.writing("prepare_referral", SERVICES) as writing:
        writing.trail.add(
            "referrals",
            {
                "referral_no": "R-2026-0001",
                "stay_id": scene.woman.stay,
                "direction": "sortante",
                "issued_on": today().isoformat(),
                "partner": "Centre de santé Baobab",
                "referral_status": "emise",
                "consent_id": recorded.consent,
            },
        )
    with pytest.raises(ChangedSince):
        undo(desk, recorded.done)
    assert len(consents.of(desk, scene.woman.person).all) == 1


def test_an_admission_is_not_taken_back_once_something_was_written_of_it(scene: Scene) -> None:
    give(scene.desk, service(scene.woman.stay))
    with pytest.raises(ChangedSince):
        undo(scene.desk, scene.woman.done)


# Numbers --------------------------------------------------------------------------------------------------------------

NUMBERS: list[tuple[str, str, str, Callable[[Connection, int], str]]] = [
    ("referrals", "referral_no", "R-2026-", referrals.NUMBERS.next),
    ("interviews", "interview_no", "E-2026-", interviews.NUMBERS.next),
    ("assessments", "assessment_no", "V-2026-", assessments.NUMBERS.next),
    ("plans", "plan_no", "P-2026-", plans.NUMBERS.next),
    ("activities", "activity_no", "A-2026-", stored_assistance.ACTIVITY_NUMBERS.next),
    ("incidents", "incident_no", "I-2026-", incidents.NUMBERS.next),
    ("belongings", "receipt_no", "D-2026-", stored_leaving.RECEIPT_NUMBERS.next),
    ("best_interests", "bia_no", "EIS-2026-", minors.BIA_NUMBERS.next),
    ("tracings", "tracing_no", "RRF-2026-", minors.TRACING_NUMBERS.next),
    ("stays", "stay_no", "2026-", stored_stays.next_stay_no),
]


@pytest.mark.parametrize(("table", "column", "prefix", "following"), NUMBERS, ids=[one[0] for one in NUMBERS])
def test_numbers_go_on_after_9999(
    scene: Scene, table: str, column: str, prefix: str, following: Callable[[Connection, int], str]
) -> None:
    told = []
    for last in (9998, 9999, 10000, 10001):
        with scene.desk.database.transaction(SERVICES) as connection:
            put(connection, table, column, f"{prefix}{last:04}", scene)
            told.append(following(connection, 2026))
    assert told == [f"{prefix}{n}" for n in (9999, 10000, 10001, 10002)]


def put(connection: Connection, table: str, column: str, number: str, scene: Scene) -> None:
    """A row with that number; whatever else has to be there is of any kind."""
    of = tables.metadata.tables[table]
    values: dict[str, object] = {}
    for one in of.columns:
        if one.nullable or one.server_default is not None or one.primary_key:
            continue
        values[one.name] = {"stay_id": scene.woman.stay, "person_id": scene.woman.person}.get(one.name, _any(one.type))
    connection.execute(of.insert().values(**{**values, column: number, **_own(table)}))


def _own(table: str) -> dict[str, object]:
    """What triggers look at: a stay of other years."""
    return (
        {"admitted_at": "2001-01-01", "exited_at": "2001-01-01", "uncounted": "non_admis"} if table == "stays" else {}
    )


def _any(kind: object) -> object:
    return 1 if "INT" in str(kind) or "BOOL" in str(kind) else "2026-01-02"


def test_services_go_on_after_99999(scene: Scene) -> None:
    year = today().year
    (line,) = give(scene.desk, service(scene.woman.stay))
    told = []
    for last in (99999, 100000):
        with scene.desk.writing("test", SERVICES) as writing:
            writing.trail.change("services", line.id, {"service_no": f"S-{year}-{last}"})
            told += [
                one.service_no for one in stored_assistance.numbered(writing.connection, [service(scene.woman.stay)])
            ]
    assert told == [f"S-{year}-100000", f"S-{year}-100001"]


# What the vault leaves ------------------------------------------------------------------------------------------------


def test_a_note_whose_key_is_gone_is_empty_and_no_key_is_made(scene: Scene) -> None:
    (line,) = give(scene.desk, service(scene.woman.stay), note="Dit avoir peur.")
    assert assistance.note(scene.desk, line.id) == "Dit avoir peur."
    with scene.desk.writing("erase", SERVICES) as writing:
        writing.trail.change("profiles", scene.woman.person, {"protection_seal": None})
    assert assistance.note(scene.desk, line.id) == ""
    with scene.desk.reading() as connection:
        row = connection.execute(tables.profiles.select().where(tables.profiles.c.id == scene.woman.person)).one()
    assert row.protection_seal is None


def test_a_service_given_to_several_shows_its_author_in_the_thread_of_each(scene: Scene) -> None:
    desk = scene.desk
    assistance.give(desk, [service(one.stay) for one in (scene.woman, scene.man, scene.girl)])
    told = [
        one.by
        for person in (scene.woman, scene.man, scene.girl)
        for one in timeline.of(desk, person.person)
        if one.event.table == "services"
    ]
    assert told == [desk.user_name] * 3
