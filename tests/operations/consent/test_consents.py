"""Consents as they are kept: whole, per purpose and recipient, taken back with those who have to be told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain import codes
from shelter_desk.domain.assistance.referrals import Consent, NotNext
from shelter_desk.domain.consent.consents import RECORDING, NoConsent
from shelter_desk.domain.errors import InTheFuture, Missing, NoSuch, NotAllowed, NotInList
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.consent import consents
from shelter_desk.operations.consent.consents import ConsentStanding
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from tests.operations.referral_scene import (
    CLINIC,
    agree,
    agree_to_recording,
    become,
    desk,
    given,
    resident,
    wish,
)
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]


def standing(desk: Desk, resident: Admitted, purpose: str = "partage_structure") -> ConsentStanding:
    return next(one for one in consents.of(desk, resident.person).standings if one.purpose == purpose)


def test_every_purpose_stands_there_before_anything_was_asked(desk: Desk, resident: Admitted) -> None:
    found = consents.of(desk, resident.person).standings
    purposes = [one.code for one in codes.codes("consent_purpose")]
    assert ({one.why_not for one in found}, [one.purpose for one in found]) == ({"absent"}, purposes)


def test_a_consent_is_kept_as_it_was_given(desk: Desk, resident: Admitted) -> None:
    wanted = replace(given(resident.person), paper_ref="REG-12", interpreter="oui")
    key = consents.record(desk, wanted).consent
    kept = consents.of(desk, resident.person).all[0]
    assert replace(kept, recorded_at=None) == replace(wanted, id=key)


def test_sharing_stands_once_for_each_recipient(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person, "Bureau des réfugiés")
    agree(desk, resident.person)
    found = [one.recipient for one in consents.of(desk, resident.person).standings if one.recipient]
    assert found == ["Bureau des réfugiés", CLINIC]


def test_the_recipient_is_written_as_the_directory_names_it(desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person, CLINIC.upper())
    assert standing(desk, resident).recipient == CLINIC


def test_a_recipient_that_is_not_in_the_directory_is_refused(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NoSuch):
        agree(desk, resident.person, "Inconnue")


def test_what_is_not_shared_has_no_recipient(desk: Desk, resident: Admitted) -> None:
    consents.record(desk, replace(given(resident.person), purpose="stats_anonymes"))
    assert consents.of(desk, resident.person).all[0].recipient == ""


def test_an_incomplete_consent_is_not_kept(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(Missing):
        consents.record(desk, replace(given(resident.person), explained=("but",)))
    assert consents.of(desk, resident.person).all == ()


def test_a_consent_is_not_dated_tomorrow(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(InTheFuture):
        consents.record(desk, given(resident.person, on=clock.today() + timedelta(days=1)))


@pytest.mark.parametrize(
    "broken", [{"purpose": "marketing"}, {"mode": "mail"}, {"given_by": "voisin"}, {"status": "retire"}]
)
def test_codes_are_those_of_the_lists(desk: Desk, resident: Admitted, broken: dict[str, str]) -> None:
    values = {"purpose": "stats_anonymes", **broken}
    with pytest.raises(NotInList):
        consents.record(desk, replace(given(resident.person), **values))  # type: ignore[arg-type]


def test_a_child_needs_the_guardian_or_a_reason(desk: Desk) -> None:
    child = admit(desk, "3A", age=14)
    with pytest.raises(Missing):
        consents.record(desk, replace(given(child.person), child_assent="oui"))


def test_the_reason_why_no_guardian_was_asked_stays_beside_the_decision(desk: Desk) -> None:
    child = admit(desk, "3A", age=14)
    consents.record(desk, replace(given(child.person), child_assent="oui"), "Le tuteur est mis en cause")
    assert standing(desk, child).reason == "Le tuteur est mis en cause"


def test_a_reason_that_was_undone_does_not_come_back(desk: Desk) -> None:
    child = admit(desk, "3A", age=14)
    alone = replace(given(child.person), child_assent="oui")
    undo(desk, consents.record(desk, alone, "Le tuteur est mis en cause").done)
    consents.record(desk, replace(alone, given_by="tuteur"))
    assert standing(desk, child).reason == ""


def test_somebody_of_unknown_age_is_asked_like_a_child(desk: Desk) -> None:
    someone = admit(desk, "3A", age=17)
    person = residents.record(desk, someone.person).person
    residents.correct(desk, replace(person, birth=UNKNOWN_BIRTH))
    with pytest.raises(Missing) as missing:
        consents.record(desk, given(someone.person))
    assert missing.value.field == "child_assent"


def test_a_refused_recording_makes_the_file_minimal(desk: Desk, resident: Admitted) -> None:
    refused = consents.record(desk, replace(given(resident.person, "", RECORDING), status="refuse"))
    assert (refused.is_minimal, consents.of(desk, resident.person).is_minimal) == (True, True)


def test_a_file_nobody_asked_about_is_not_called_minimal(desk: Desk, resident: Admitted) -> None:
    assert not consents.of(desk, resident.person).is_minimal


def test_a_refusal_takes_no_bed_away(desk: Desk, resident: Admitted) -> None:
    consents.record(desk, replace(given(resident.person, "", "hebergement"), status="refuse"))
    assert residents.listed(desk, "here")[0].bed_code == "1A"


def test_more_than_the_minimum_needs_the_consent_to_it(desk: Desk, resident: Admitted) -> None:
    with desk.reading() as connection, pytest.raises(NoConsent):
        consents.check_recording(connection, resident.person, clock.today())


def test_more_than_the_minimum_is_written_with_the_consent_to_it(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    with desk.reading() as connection:
        consents.check_recording(connection, resident.person, clock.today())
    assert standing(desk, resident, RECORDING).why_not is None


def test_a_consent_taken_back_allows_nothing_from_today_on(desk: Desk, resident: Admitted) -> None:
    consents.withdraw(desk, agree(desk, resident.person), clock.today())
    assert standing(desk, resident).why_not == "retire"


def test_taking_back_names_who_got_the_data(desk: Desk, resident: Admitted) -> None:
    key = agree(desk, resident.person)
    referrals.issue(desk, referrals.draft(desk, wish(resident)).id, clock.today())
    assert consents.withdraw(desk, key, clock.today()).to_tell == (CLINIC,)


def test_taking_back_names_nobody_where_nothing_was_sent(desk: Desk, resident: Admitted) -> None:
    assert consents.withdraw(desk, agree(desk, resident.person), clock.today()).to_tell == ()


def test_recipients_stay_to_be_told_until_it_is_written(desk: Desk, resident: Admitted) -> None:
    key = agree(desk, resident.person)
    referrals.issue(desk, referrals.draft(desk, wish(resident)).id, clock.today())
    consents.withdraw(desk, key, clock.today())
    waiting = standing(desk, resident).to_tell
    consents.told_recipients(desk, key, "Appel à la structure")
    assert (waiting, standing(desk, resident).to_tell) == ((CLINIC,), ())


def test_a_refusal_cannot_be_taken_back(desk: Desk, resident: Admitted) -> None:
    refused = consents.record(desk, replace(given(resident.person), status="refuse")).consent
    with pytest.raises(NotNext):
        consents.withdraw(desk, refused, clock.today())


def test_a_withdrawal_is_undone(desk: Desk, resident: Admitted) -> None:
    undo(desk, consents.withdraw(desk, agree(desk, resident.person), clock.today()).done)
    assert standing(desk, resident).why_not is None


def test_what_was_done_stands_in_the_thread_of_the_person(desk: Desk, resident: Admitted) -> None:
    consents.withdraw(desk, agree(desk, resident.person), clock.today())
    actions = [line.action for line in residents.record(desk, resident.person).thread]
    assert actions[:2] == ["withdraw_consent", "consent"]


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR, Role.RECEPTION])
def test_a_consent_is_shown_to_those_who_assist_alone(desk: Desk, resident: Admitted, role: Role) -> None:
    become(desk, role)
    with pytest.raises(NotAllowed):
        consents.of(desk, resident.person)


def test_a_case_worker_records_a_consent(desk: Desk, resident: Admitted) -> None:
    become(desk, Role.CASE_WORKER)
    made: Consent = given(resident.person)
    assert consents.record(desk, made).consent > 0
