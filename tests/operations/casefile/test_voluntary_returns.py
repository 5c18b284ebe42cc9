"""The file of a return: opened, written step by step, sealed, taken back, gone with the identity."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from shelter_desk.domain.casefile.voluntary_returns import AsylumSought, ReturnFile, ReturnOpen, ReturnWords, StepSaid
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import InTheFuture, NotAllowed
from shelter_desk.domain.ids import PersonId, ReturnFileId, StayId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance, referrals
from shelter_desk.operations.casefile import voluntary_returns
from shelter_desk.operations.casefile.voluntary_returns import ReturnFileLine
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import person_acts, residents, timeline
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.retention import erasing
from shelter_desk.system import clock
from tests.operations.minor_scene import alone, validated
from tests.operations.referral_scene import UNHCR, agree, become, desk, given, resident, wish

__all__ = ["desk", "resident"]

TOLD = ReturnWords(town="Tambacounda", wish="veut revoir sa mère")


def file(stay: StayId, days: int = 5) -> ReturnFile:
    return ReturnFile(ReturnFileId(0), "", stay, clock.today() - timedelta(days=days), "SN")


def opened(desk: Desk, whom: Admitted) -> ReturnFileId:
    agree(desk, whom.person, "", "avrr")
    return voluntary_returns.open_file(desk, file(whom.stay), TOLD).id


def only(desk: Desk, person: PersonId) -> ReturnFileLine:
    (line,) = voluntary_returns.of(desk, person)
    return line


def test_a_file_is_numbered_sealed_and_read_on_demand(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    with desk.reading() as connection:
        row = connection.execute(text("SELECT return_no, dest_town, wish, document_no FROM return_files")).one()
    assert (b"Tamba" in row.dest_town, b"veut" in row.wish, row.document_no) == (False, False, None)
    assert row.return_no == f"RET-{clock.today().year}-0001"
    assert voluntary_returns.said(desk, key) == TOLD
    assert residents.record(desk, resident.person).thread[0].action == "return_read"


def test_a_second_file_waits_until_the_first_is_closed(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    with pytest.raises(ReturnOpen):
        voluntary_returns.open_file(desk, file(resident.stay), TOLD)
    voluntary_returns.close(desk, key, clock.today(), "renonce")
    voluntary_returns.open_file(desk, file(resident.stay, 0), TOLD)
    assert [line.file.closed_on is None for line in voluntary_returns.of(desk, resident.person)] == [True, False]
    with pytest.raises(ReturnOpen):
        voluntary_returns.reopen(desk, key)


def test_the_consent_is_read_from_the_consents(desk: Desk, resident: Admitted) -> None:
    voluntary_returns.open_file(desk, file(resident.stay), TOLD)
    before = next(one for one in only(desk, resident.person).steps if one.name == "consent")
    agree(desk, resident.person, "", "avrr")
    after = next(one for one in only(desk, resident.person).steps if one.name == "consent")
    assert (before.done_on, after.done_on) == (None, clock.today())


def test_a_consent_that_was_refused_stops_the_file(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    consents.record(desk, replace(given(resident.person, "", "avrr"), status="refuse"))
    for write in (
        lambda: voluntary_returns.write_step(desk, key, StepSaid("kit", clock.today())),
        lambda: voluntary_returns.open_file(desk, file(resident.stay), TOLD),
    ):
        with pytest.raises((NoConsent, ReturnOpen)):
            write()
    assert only(desk, resident.person).file.kit_on is None


def test_a_step_writes_its_service_and_seals_its_words(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    today = clock.today()
    done = voluntary_returns.write_step(
        desk, key, StepSaid("document", today, "laissez_passer"), ReturnWords(document_no="LP 4471"), with_service=True
    )
    services = [one.service_type for one in assistance.of_stays(desk, [resident.stay])[resident.stay]]
    assert (services, voluntary_returns.said(desk, key)) == (["jur_voyage"], replace(TOLD, document_no="LP 4471"))
    undo(desk, done)
    assert (only(desk, resident.person).file.document, voluntary_returns.said(desk, key)) == ("", TOLD)


def test_a_step_of_tomorrow_is_refused_unless_it_is_the_travel(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    later = clock.today() + timedelta(days=20)
    with pytest.raises(InTheFuture):
        voluntary_returns.write_step(desk, key, StepSaid("left", later))
    voluntary_returns.write_step(desk, key, StepSaid("travel", partner="OIM", planned=later))
    assert only(desk, resident.person).file.travel_on == later


def test_a_near_step_stands_among_the_tasks_until_it_is_done(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    (due,) = voluntary_returns.due(desk)
    voluntary_returns.write_step(desk, key, StepSaid("informed", clock.today()))
    assert (due.code, due.step.name, voluntary_returns.due(desk)) == (resident.code, "informed", ())


def test_no_paper_is_asked_of_a_consulate_for_somebody_who_seeks_asylum(desk: Desk, resident: Admitted) -> None:
    record = residents.record(desk, resident.person)
    seeks = replace(record.stays[0].stay, migration_situation="demandeur_asile")
    residents.correct(desk, record.person, stay=seeks)
    key = opened(desk, resident)
    asked = StepSaid("document", None, "laissez_passer", planned=clock.today())
    with pytest.raises(AsylumSought):
        voluntary_returns.write_step(desk, key, asked)
    agree(desk, resident.person, UNHCR)
    agree(desk, resident.person, UNHCR, "partage_oim")
    referrals.issue(desk, referrals.draft(desk, wish(resident, UNHCR)).id, clock.today())
    voluntary_returns.write_step(desk, key, asked)
    assert only(desk, resident.person).file.document_asked_on == clock.today()


def test_of_a_child_alone_the_best_interests_are_a_step(desk: Desk) -> None:
    girl = alone(desk)
    voluntary_returns.open_file(desk, file(girl.stay), TOLD)
    before = next(one for one in only(desk, girl.person).steps if one.name == "child")
    validated(desk, girl.stay, ("avrr",))
    after = next(one for one in only(desk, girl.person).steps if one.name == "child")
    assert (before.done_on, after.done_on) == (None, clock.today())


def test_the_thread_tells_the_steps_without_a_sealed_word(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    voluntary_returns.write_step(desk, key, StepSaid("fit", clock.today(), "apte"))
    found = [one.event for one in timeline.of(desk, resident.person) if one.event.topic == "return"]
    assert {one.what for one in found} == {"return_wish", "return_fit"}
    become(desk, Role.RECEPTION)
    assert [one for one in timeline.of(desk, resident.person) if one.event.topic == "return"] == []


ASKS: tuple[Callable[[Desk, PersonId], object], ...] = (
    voluntary_returns.of,
    lambda desk, _person: voluntary_returns.due(desk),
    lambda desk, _person: voluntary_returns.said(desk, ReturnFileId(1)),
)


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.STOREKEEPER, Role.AUDITOR])
def test_other_roles_learn_nothing_of_returns(desk: Desk, resident: Admitted, role: Role) -> None:
    opened(desk, resident)
    become(desk, role)
    for ask in ASKS:
        with pytest.raises(NotAllowed):
            ask(desk, resident.person)


def test_the_sealed_words_go_with_the_narratives(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    with desk.writing("erase", person_acts.CASES) as writing:
        erasing.narratives(writing.connection, [resident.person])
    with desk.reading() as connection:
        row = connection.execute(text("SELECT dest_town, wish, dest_country FROM return_files")).one()
    assert tuple(row) == (None, None, "SN")
    assert voluntary_returns.said(desk, key) == ReturnWords()


def test_the_reduction_leaves_months_alone(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    voluntary_returns.write_step(desk, key, StepSaid("fit", clock.today(), "apte"))
    with desk.writing("erase", person_acts.CASES) as writing:
        erasing.reduce(writing.connection, [resident.person], clock.now())
    found = only(desk, resident.person).file
    assert (found.wish_on.day, found.fit_on, found.fitness) == (1, clock.today().replace(day=1), "")


def test_a_file_is_entrusted_and_closed(desk: Desk, resident: Admitted) -> None:
    key = opened(desk, resident)
    voluntary_returns.write_step(desk, key, StepSaid("kit", clock.today()), responsible=desk.user)
    done = voluntary_returns.close(desk, key, clock.today(), "impossible")
    closed = only(desk, resident.person)
    undo(desk, done)
    assert (closed.responsible, closed.file.closure, only(desk, resident.person).file.closed_on) == (
        "Agent A",
        "impossible",
        None,
    )
    assert voluntary_returns.due(desk) != ()
