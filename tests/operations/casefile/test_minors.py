"""Acts for minors: written in one transaction, sealed, validated by a second person, opened with a journal line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.casefile.minors import Notification, Relative, TracingStopped
from shelter_desk.domain.consent.consents import EXPLAINED, NoConsent
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotAllowed, NotInList, SecondPersonNeeded
from shelter_desk.domain.ids import ConsentId, NotificationId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import best_interests, minors, tracing
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import person_acts, residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage import tables
from shelter_desk.system import clock
from tests.operations.minor_scene import SAID, alone, colleague, desk, girl, named, sit_down, wanted, whole_assessment
from tests.operations.referral_scene import agree_to
from tests.operations.shelter import admit

__all__ = ["desk", "girl"]
AUNT = Relative("Fanta K.", "oncle_tante", "Kayes", "70 00 00 00")


def actions(desk: Desk, girl: Admitted) -> list[str]:
    return [line.action for line in residents.record(desk, girl.person).thread]


def given_services(desk: Desk, girl: Admitted) -> list[str]:
    return [one.service_type for one in assistance.of_stays(desk, [girl.stay]).get(girl.stay, ())]


def stored_bytes(desk: Desk, table: str) -> bytes:
    with desk.reading() as connection:
        rows = connection.execute(tables.metadata.tables[table].select()).all()
    return b"|".join(value for row in rows for value in row if isinstance(value, bytes))


# What is due ---------------------------------------------------------------------------------------------------------


def test_a_girl_alone_has_everything_due_and_overdue_after_ten_days(desk: Desk, girl: Admitted) -> None:
    overdue = [one.need for one in minors.of(desk, girl.person).dues if one.is_overdue(desk.today())]
    assert overdue == ["service", "guardian_asked", "bia_short"]


def test_an_accompanied_child_has_nothing_due(desk: Desk) -> None:
    mother = admit(desk, "4A")
    child = admit(desk, "4B", age=6, head=mother.stay)
    found = minors.of(desk, child.person)
    assert (found.is_alone, found.dues) == (False, ())


def test_a_minor_mother_is_told(desk: Desk) -> None:
    mother = alone(desk, "4A", age=16)
    admit(desk, "4A", age=1, head=mother.stay, shares=True)
    assert minors.of(desk, mother.person).heads_a_family


def test_a_service_told_in_time_settles_its_line(desk: Desk, girl: Admitted) -> None:
    day = clock.today() - timedelta(9)
    minors.notify(desk, Notification(NotificationId(0), girl.stay, day, "service_social", "N° 4"))
    found = minors.of(desk, girl.person)
    assert next(one.done_on for one in found.dues if one.need == "service") == day
    assert found.notifications[0].reference == "N° 4"


def test_nobody_is_told_before_the_admission_or_tomorrow(desk: Desk, girl: Admitted) -> None:
    told = Notification(NotificationId(0), girl.stay, clock.today() + timedelta(1), "justice")
    with pytest.raises(InTheFuture):
        minors.notify(desk, told)
    with pytest.raises(BadDates):
        minors.notify(desk, replace(told, notified_on=clock.today() - timedelta(20)))


def test_the_birthday_watch_names_room_and_missing_papers(desk: Desk) -> None:
    made = alone(desk)
    with desk.writing("correct", person_acts.CASES) as writing:
        born = clock.today().replace(day=1) + timedelta(40)
        writing.trail.change("persons", made.person, {"birth_date": born.replace(year=born.year - 18).isoformat()})
    (found,) = minors.birthdays(desk)
    assert (found.code, found.room, found.papers_missing) == (made.code, "3", ("birth", "identity"))


# Guardian ------------------------------------------------------------------------------------------------------------


def test_a_new_state_of_the_guardianship_is_a_new_row(desk: Desk, girl: Admitted) -> None:
    asked = replace(named(girl.person), status="demande_faite", started_on=None)
    minors.keep_guardian(desk, asked)
    minors.keep_guardian(desk, named(girl.person), "Awa D.", "76 00 00 00")
    assert [one.status for one in minors.of(desk, girl.person).guardians] == ["designe", "demande_faite"]


def test_the_name_of_a_guardian_is_sealed_and_its_reading_written(desk: Desk, girl: Admitted) -> None:
    minors.keep_guardian(desk, named(girl.person), "Awa D.", "76 00 00 00")
    key = minors.of(desk, girl.person).guardians[0].id
    assert minors.guardian_named(desk, key) == ("Awa D.", "76 00 00 00")
    assert b"Awa D." not in stored_bytes(desk, "guardians")
    assert actions(desk, girl)[0] == "guardian_read"


def test_a_guardian_in_force_has_a_name_and_a_day(desk: Desk, girl: Admitted) -> None:
    with pytest.raises(Missing) as refused:
        minors.keep_guardian(desk, named(girl.person))
    assert refused.value.field == "guardian_name"
    with pytest.raises(Missing):
        minors.keep_guardian(desk, replace(named(girl.person), started_on=None), "Awa D.")


def test_an_unknown_state_is_refused(desk: Desk, girl: Admitted) -> None:
    with pytest.raises(NotInList):
        minors.keep_guardian(desk, replace(named(girl.person), status="peut_etre"), "Awa D.")


def test_the_service_of_a_guardianship_is_written_and_undone_in_the_same_act(desk: Desk, girl: Admitted) -> None:
    done = minors.keep_guardian(desk, named(girl.person), "Awa D.", service_of=girl.stay)
    before = given_services(desk, girl)
    undo(desk, done)
    assert (before, given_services(desk, girl), minors.of(desk, girl.person).guardians) == (["pro_tutelle"], [], ())


# Best interests ------------------------------------------------------------------------------------------------------


def test_an_assessment_is_kept_sealed_with_its_options(desk: Desk, girl: Admitted) -> None:
    made = best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    assert best_interests.assessment_words(desk, made.id) == SAID
    assert "mère".encode() not in stored_bytes(desk, "best_interests")
    assert actions(desk, girl)[0] == "bia_read"


def test_an_assessment_has_its_number_its_assessor_and_its_service(desk: Desk, girl: Admitted) -> None:
    made = best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    kept = minors.of(desk, girl.person).assessments[0]
    assert (made.number, kept.assessor, kept.status) == (f"EIS-{clock.today().year}-0001", desk.user, "faite")
    assert given_services(desk, girl) == ["pro_eis"]


def test_an_assessment_may_be_written_without_a_service(desk: Desk, girl: Admitted) -> None:
    best_interests.assess(desk, whole_assessment(girl.stay), SAID, with_service=False)
    assert given_services(desk, girl) == []


def test_nobody_validates_by_writing(desk: Desk, girl: Admitted) -> None:
    forged = replace(whole_assessment(girl.stay), validated_by=desk.user, validated_on=clock.today())
    best_interests.assess(desk, forged, SAID)
    assert minors.of(desk, girl.person).assessments[0].validated_by is None


def test_a_case_worker_writes_and_does_not_validate(desk: Desk, girl: Admitted) -> None:
    director, worker = desk.user, colleague(desk)
    sit_down(desk, worker, Role.CASE_WORKER)
    made = best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    with pytest.raises(NotAllowed):
        best_interests.validate(desk, made.id)
    sit_down(desk, director, Role.DIRECTOR)
    best_interests.validate(desk, made.id)
    assert minors.of(desk, girl.person).assessments[0].validated_by == director


def test_the_only_director_validates_her_own_with_a_reason_that_the_journal_keeps(desk: Desk, girl: Admitted) -> None:
    made = best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    with pytest.raises(Missing):
        best_interests.validate(desk, made.id)
    best_interests.validate(desk, made.id, "seule directrice")
    assert "seule directrice" in residents.record(desk, girl.person).thread[0].details


def test_a_director_never_validates_her_own_where_there_is_another(desk: Desk, girl: Admitted) -> None:
    colleague(desk, Role.DIRECTOR, "Agente C")
    made = best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    with pytest.raises(SecondPersonNeeded):
        best_interests.validate(desk, made.id, "personne n’a le temps")


def test_a_formal_determination_closes_the_request_for_it(desk: Desk, girl: Admitted) -> None:
    made = best_interests.assess(desk, replace(whole_assessment(girl.stay), needs_bid=True), SAID)
    before = minors.of(desk, girl.person).assessments[0].status
    best_interests.keep_determination(desk, made.id, clock.today(), "DIS 3/2026")
    kept = minors.of(desk, girl.person).assessments[0]
    assert (before, kept.status, kept.bid_ref) == ("dis_demandee", "dis_rendue", "DIS 3/2026")


# Tracing -------------------------------------------------------------------------------------------------------------


def test_relatives_and_steps_are_sealed_and_their_reading_written(desk: Desk, girl: Admitted) -> None:
    agree_to(desk, girl.person, "contact_famille", child=True)
    made = tracing.trace(desk, wanted(girl.stay), [AUNT])
    tracing.step(desk, made.id, clock.today(), "appel à la tante", "famille_localisee")
    relatives, steps = tracing.tracing_words(desk, made.id)
    assert (relatives, [one.text for one in steps]) == ((AUNT,), ["appel à la tante"])
    assert b"Fanta" not in stored_bytes(desk, "tracings") + stored_bytes(desk, "tracing_steps")
    assert actions(desk, girl)[0] == "tracing_read"


def test_a_step_moves_the_search_on(desk: Desk, girl: Admitted) -> None:
    agree_to(desk, girl.person, "contact_famille", child=True)
    made = tracing.trace(desk, wanted(girl.stay))
    tracing.step(desk, made.id, clock.today(), "trouvée", "famille_localisee", with_service=True)
    kept = minors.of(desk, girl.person).tracings[0]
    assert (kept.status, kept.located_on) == ("famille_localisee", clock.today())
    assert given_services(desk, girl) == ["pro_rrf", "pro_rrf"]


def test_a_child_who_does_not_want_it_is_not_searched_for(desk: Desk, girl: Admitted) -> None:
    made = tracing.trace(desk, wanted(girl.stay, yes=False), [AUNT])
    with pytest.raises(TracingStopped):
        tracing.step(desk, made.id, clock.today(), "appel")
    kept = minors.of(desk, girl.person).tracings[0]
    assert (kept.status, tracing.tracing_words(desk, made.id)[0]) == ("refus_enfant", ())


def test_a_child_who_changes_her_mind_stops_the_search(desk: Desk, girl: Admitted) -> None:
    agree_to(desk, girl.person, "contact_famille", child=True)
    made = tracing.trace(desk, wanted(girl.stay))
    tracing.step(desk, made.id, clock.today(), "ne veut plus", "refus_enfant")
    with pytest.raises(TracingStopped):
        tracing.step(desk, made.id, clock.today(), "appel")


def test_a_contact_with_the_family_that_was_refused_stops_the_search(desk: Desk, girl: Admitted) -> None:
    refusal = Consent(
        ConsentId(0), girl.person, "contact_famille", "refuse", "", "", clock.today(), explained=EXPLAINED
    )
    consents.record(desk, refusal)
    with pytest.raises(NoConsent):
        tracing.trace(desk, wanted(girl.stay))


def test_a_contact_that_nobody_asked_about_is_asked_first(desk: Desk, girl: Admitted) -> None:
    with pytest.raises(NoConsent):
        tracing.trace(desk, wanted(girl.stay))
    assert (minors.of(desk, girl.person).contact, minors.of(desk, girl.person).tracings) == ("absent", ())


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_who_keeps_stores_books_or_the_night_sees_nothing_of_a_minor(desk: Desk, girl: Admitted, role: Role) -> None:
    minors.keep_guardian(desk, named(girl.person), "Awa D.")
    key = minors.of(desk, girl.person).guardians[0].id
    desk.role = role
    with pytest.raises(NotAllowed):
        minors.of(desk, girl.person)
    with pytest.raises(NotAllowed):
        minors.guardian_named(desk, key)
