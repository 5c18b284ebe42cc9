"""Incidents and complaints: everybody reports, few read, and nobody reads what concerns them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.casefile.incidents import (
    AgainstSelf,
    BoxMissing,
    Incident,
    IncidentContent,
    IncidentOver,
    SealedMatter,
)
from shelter_desk.domain.errors import BadCode, Missing, NoSuch, NotAllowed, NotInList
from shelter_desk.domain.ids import IncidentId, UserId
from shelter_desk.domain.rights import KEYS_HELD, KeyName, Role
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import key_change, unlocking
from shelter_desk.storage.file import journal as stored_journal
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.settings import add_user
from shelter_desk.system import clock
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter, small_shelter

OTHER = "quatre greniers ronds"
FACTS = "Dispute pour un téléphone au réfectoire"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        with opened.database.transaction(incidents.CASES) as connection:
            add_user(connection, UserId(2), "Agent B", Role.CASE_WORKER)
        yield opened


def fight(severity: str = "mineur") -> Incident:
    told = ("direction",) if severity in ("grave", "critique") else ()
    return Incident(IncidentId(0), "", days_ago(1), days_ago(1), "violence_residents", severity, notified=told)


def complaint() -> Incident:
    return replace(fight(), incident_type="plainte", channel="boite")


CONTENT = IncidentContent(FACTS, "Séparés, calmés")


def become(desk: Desk, role: Role, user: int = 2) -> None:
    """Another person of that role at the same desk, with the keys of the role alone."""
    desk.role, desk.user = role, UserId(user)
    if KeyName.PROTECTION not in KEYS_HELD[role]:
        desk.protection = None


def opened_again(desk: Desk) -> IncidentContent:
    return incidents.read(desk, incidents.register(desk)[0].incident.id)


def test_what_is_told_of_an_incident_comes_back(desk: Desk) -> None:
    person = admit(desk, "1A").code
    told = IncidentContent(FACTS, "Séparés", ((person, "temoin"),), True, (UserId(7),))
    incidents.report(desk, fight(), told)
    assert opened_again(desk) == told


def test_numbers_follow_each_other(desk: Desk) -> None:
    year = days_ago(1).year
    numbers = [incidents.report(desk, fight(), CONTENT).number for _ in range(2)]
    assert numbers == [f"I-{year}-0001", f"I-{year}-0002"]


def test_a_report_is_undone(desk: Desk) -> None:
    undo(desk, incidents.report(desk, fight(), CONTENT).done)
    assert incidents.register(desk) == []


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.RECEPTION])
def test_who_cannot_read_may_still_report(desk: Desk, role: Role) -> None:
    manager, key = desk.user, desk.protection
    become(desk, role)
    incidents.report(desk, fight(), CONTENT)
    desk.role, desk.user, desk.protection = Role.DIRECTOR, manager, key
    assert opened_again(desk).facts == FACTS


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.RECEPTION, Role.AUDITOR])
def test_the_register_is_closed_to_who_may_not_read_it(desk: Desk, role: Role) -> None:
    become(desk, role)
    with pytest.raises(NotAllowed):
        incidents.register(desk)


def test_nothing_told_lies_open_in_the_file(desk: Desk) -> None:
    incidents.report(desk, fight(), CONTENT)
    with desk.reading() as connection:
        row = connection.execute(text("SELECT * FROM incidents")).one()
        details = connection.execute(text("SELECT group_concat(details) FROM journal")).scalar_one()
    assert FACTS.encode() not in b"".join(bytes(str(cell), "utf-8") for cell in row)
    assert FACTS not in details


def test_reading_is_written_to_the_journal(desk: Desk) -> None:
    number = incidents.report(desk, fight(), CONTENT).number
    opened_again(desk)
    with desk.reading() as connection:
        assert [line.action for line in stored_journal.lines(connection, number)][-1] == "incident_read"


def test_a_manager_does_not_read_what_involves_them(desk: Desk) -> None:
    key = incidents.report(desk, fight(), replace(CONTENT, is_staff_involved=True, staff=(desk.user,))).id
    with pytest.raises(AgainstSelf):
        incidents.read(desk, key)
    with pytest.raises(AgainstSelf):
        incidents.close(desk, key, clock.today(), "Classé")


def test_another_manager_reads_what_involves_the_first(desk: Desk) -> None:
    key = incidents.report(desk, fight(), replace(CONTENT, is_staff_involved=True, staff=(desk.user,))).id
    become(desk, Role.DIRECTOR, 9)
    assert incidents.read(desk, key).facts == FACTS


def test_a_case_worker_sees_what_they_reported_and_nothing_else(desk: Desk) -> None:
    theirs = incidents.report(desk, fight(), CONTENT).id
    become(desk, Role.CASE_WORKER)
    own = incidents.report(desk, fight(), CONTENT).id
    assert [line.incident.id for line in incidents.register(desk)] == [own]
    with pytest.raises(NotAllowed):
        incidents.read(desk, theirs)


def test_a_complaint_may_have_no_author(desk: Desk) -> None:
    incidents.report(desk, complaint(), CONTENT, is_anonymous=True)
    assert incidents.register(desk)[0].incident.reported_by is None


def test_an_incident_always_has_its_author(desk: Desk) -> None:
    incidents.report(desk, fight(), CONTENT, is_anonymous=True)
    assert incidents.register(desk)[0].incident.reported_by == desk.user


def test_a_sealed_matter_keeps_its_number_day_and_channel_alone(desk: Desk) -> None:
    sealed = replace(fight(), incident_type="eas", severity="", channel="ligne_eas")
    number = incidents.report(desk, sealed, IncidentContent()).number
    with desk.reading() as connection:
        row = connection.execute(text("SELECT * FROM incidents")).mappings().one()
    kept = {key: value for key, value in row.items() if value not in (None, "")}
    day = days_ago(1).date().isoformat()
    reported = kept.pop("reported_at")
    assert reported[:10] == clock.today().isoformat()
    assert kept == {"id": 1, "incident_no": number, "occurred_at": day, "incident_type": "eas", "channel": "ligne_eas"}


def test_no_story_goes_with_a_sealed_matter(desk: Desk) -> None:
    sealed = replace(fight(), incident_type="eas", severity="", channel="ligne_eas")
    with pytest.raises(SealedMatter):
        incidents.report(desk, sealed, CONTENT)
    assert incidents.register(desk) == []


def test_a_person_is_written_by_code_whatever_its_spelling(desk: Desk) -> None:
    code = admit(desk, "1A").code
    incidents.report(desk, fight(), replace(CONTENT, persons=((code.lower().replace("-", " "), "concerne"),)))
    assert opened_again(desk).persons == ((code, "concerne"),)


@pytest.mark.parametrize(("code", "error"), [("Awa", BadCode), ("7K3-QMX-E", NoSuch)])
def test_a_name_or_a_code_of_nobody_is_refused(desk: Desk, code: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        incidents.report(desk, fight(), replace(CONTENT, persons=((code, "concerne"),)))


@pytest.mark.parametrize("broken", [{"incident_type": "bagarre"}, {"severity": "grosse"}, {"channel": "pigeon"}])
def test_codes_of_an_incident_are_those_of_the_lists(desk: Desk, broken: dict[str, str]) -> None:
    with pytest.raises(NotInList):
        incidents.report(desk, replace(fight(), **broken), CONTENT)  # type: ignore[arg-type]


def test_a_serious_incident_keeps_who_was_told_and_when(desk: Desk) -> None:
    incidents.report(desk, fight("grave"), CONTENT)
    found = incidents.register(desk)[0].incident
    assert (found.notified, found.notified_at is not None) == (("direction",), True)


def test_an_incident_is_followed_then_closed_with_its_lesson(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    incidents.follow(desk, key, "Médiation prévue", ("oim",))
    incidents.close(desk, key, clock.today(), "Réconciliés", "Casier pour les téléphones")
    found = incidents.register(desk)[0].incident
    assert (found.closed_on, found.closed_by, found.lesson, found.notified) == (
        clock.today(),
        desk.user,
        "Casier pour les téléphones",
        ("oim",),
    )
    assert (opened_again(desk).follow_up, opened_again(desk).facts) == ("Médiation prévue\nRéconciliés", FACTS)


def test_a_closed_incident_is_followed_no_more(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    incidents.close(desk, key, clock.today(), "Réconciliés")
    with pytest.raises(IncidentOver):
        incidents.follow(desk, key, "Encore")


def test_following_without_a_word_is_refused(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    with pytest.raises(Missing):
        incidents.follow(desk, key, " ")


def test_a_close_is_undone(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    undo(desk, incidents.close(desk, key, clock.today(), "Réconciliés"))
    assert incidents.register(desk)[0].incident.closed_on is None


def test_a_complaint_is_answered(desk: Desk) -> None:
    key = incidents.report(desk, complaint(), CONTENT).id
    incidents.answer(desk, key, clock.today())
    assert incidents.register(desk)[0].incident.answered_on == clock.today()


def test_what_is_no_complaint_is_not_answered(desk: Desk) -> None:
    key = incidents.report(desk, fight(), CONTENT).id
    with pytest.raises(NoSuch):
        incidents.answer(desk, key, clock.today())


def test_the_channel_of_the_shelter_is_shown_to_who_reports(desk: Desk) -> None:
    incidents.keep_eas_channel(desk, "Ligne verte de l’OIM")
    become(desk, Role.RECEPTION)
    assert incidents.eas_channel(desk) == "Ligne verte de l’OIM"


def test_the_channel_of_the_shelter_is_undone(desk: Desk) -> None:
    incidents.keep_eas_channel(desk, "Ligne verte")
    undo(desk, incidents.keep_eas_channel(desk, "Ligne rouge"))
    assert incidents.eas_channel(desk) == "Ligne verte"


def test_a_data_breach_keeps_its_kind_and_the_classes_of_data(desk: Desk) -> None:
    told = replace(CONTENT, breach_kind="perte", data_classes=("codes", "identite"))
    breach = replace(fight("grave"), incident_type="donnees", notified=("direction", "apdp"))
    incidents.report(desk, breach, told)
    assert opened_again(desk) == told


def test_what_is_in_the_box_outlives_a_change_of_all_keys(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    desk = open_small_shelter(folder)
    user_accounts.add(desk, "Agent M", Role.STOREKEEPER, OTHER)
    incidents.report(desk, fight(), CONTENT)
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(folder, "Agent M", OTHER) as storekeeper:
        incidents.report(storekeeper, fight(), replace(CONTENT, facts="Après le changement"))
    with unlocking.unlock(folder, "Agent A", PASSWORD) as manager:
        found = {incidents.read(manager, line.incident.id).facts for line in incidents.register(manager)}
    assert found == {FACTS, "Après le changement"}


def test_without_a_box_nothing_is_written_until_somebody_with_the_key_has_come(tmp_path: Path) -> None:
    folder = tmp_path / "shelter"
    with open_small_shelter(folder) as desk:
        user_accounts.add(desk, "Agent M", Role.STOREKEEPER, OTHER)
        with desk.database.transaction(incidents.CASES) as connection:
            connection.execute(text("DELETE FROM settings WHERE key LIKE 'box_%'"))
    with unlocking.unlock(folder, "Agent M", OTHER) as storekeeper, pytest.raises(BoxMissing):
        incidents.report(storekeeper, fight(), CONTENT)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as manager, manager.reading() as connection:
        assert sealed_boxes.is_made(connection)
