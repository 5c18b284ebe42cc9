"""Assessments as they are kept: in versions, sealed where they tell, undone, late, with the factors of the country."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import BadDates, InTheFuture, NoSuch, NotAllowed, NotInList
from shelter_desk.domain.ids import PartnerId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance, partners, referrals
from shelter_desk.operations.casefile import assessments, flags
from shelter_desk.operations.casefile.assessments import AssessmentLine, Words
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage import tables
from shelter_desk.storage.file import settings
from shelter_desk.system import clock
from tests.operations.assessment_scene import desk, resident, some
from tests.operations.referral_scene import CLINIC, KINDS, agree, wish
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]
SECRET = "Menacée au marché"


def last(desk: Desk, resident: Admitted) -> AssessmentLine:
    return assessments.of(desk, resident.person)[0]


def actions(desk: Desk, resident: Admitted) -> list[str]:
    return [line.action for line in residents.record(desk, resident.person).thread]


def test_an_assessment_is_kept_as_it_was_written(desk: Desk, resident: Admitted) -> None:
    wanted = some(resident)
    made = assessments.assess(desk, wanted)
    kept = last(desk, resident).assessment
    assert kept == replace(
        wanted,
        threat_sources=None,  # opened one at a time
        id=made.assessment,
        assessment_no=f"V-{wanted.assessed_on.year}-0001",
        version=1,
        assessor=desk.user,
        measured_at=kept.measured_at,
        recorded_at=kept.recorded_at,
        next_review=wanted.assessed_on + timedelta(days=2),
    )


def test_a_new_version_leaves_the_former_as_it_was(desk: Desk, resident: Admitted) -> None:
    assessments.assess(desk, some(resident, 3))
    before = last(desk, resident).assessment
    assessments.assess(desk, replace(some(resident), risk_level="faible"))
    found = [one.assessment for one in assessments.of(desk, resident.person)]
    assert ([one.version for one in found], found[1]) == ([2, 1], before)


def test_a_version_is_taken_back_with_its_answers(desk: Desk, resident: Admitted) -> None:
    made = assessments.assess(desk, some(resident), Words(SECRET, {"ind_age": SECRET}))
    undo(desk, made.done)
    with desk.reading() as connection:
        left = connection.execute(tables.factor_answers.select()).all()
    assert (assessments.of(desk, resident.person), left) == ((), [])


def test_the_shelter_sets_after_how_many_days_a_risk_is_looked_at_again(desk: Desk, resident: Admitted) -> None:
    with desk.database.transaction(Changes()) as connection:
        settings.write(connection, {"followup_days_high": "1"})
    assessments.assess(desk, some(resident))
    assert last(desk, resident).assessment.next_review == clock.today() + timedelta(days=1)


def test_a_review_is_late_on_the_last_version_alone(desk: Desk, resident: Admitted) -> None:
    assessments.assess(desk, some(resident, 9))
    late = last(desk, resident).days_late
    assessments.assess(desk, some(resident))
    assert (late, [one.days_late for one in assessments.of(desk, resident.person)]) == (7, [None, None])


def test_words_are_read_apart_and_the_journal_tells_so(desk: Desk, resident: Admitted) -> None:
    made = assessments.assess(desk, some(resident), Words(SECRET, {"ind_age": "Seize ans peut-être"}))
    assert "assessment_read" not in actions(desk, resident)
    sealed_access.say(desk, resident.code, "suivi")
    opened, said = assessments.opened(desk, made.assessment)
    assert (said, opened.threat_sources) == (Words(SECRET, {"ind_age": "Seize ans peut-être"}), ("famille", "passeur"))
    assert actions(desk, resident)[0] == "assessment_read"


def test_a_list_tells_that_there_are_words_without_a_line_in_the_journal(desk: Desk, resident: Admitted) -> None:
    assessments.assess(desk, some(resident), Words(SECRET))
    assert last(desk, resident).has_words
    assert actions(desk, resident)[0] == "assess"


def test_without_the_protection_key_nothing_sealed_is_read(desk: Desk, resident: Admitted) -> None:
    made = assessments.assess(desk, some(resident), Words(SECRET))
    desk.protection = None
    kept = last(desk, resident).assessment
    assert (kept.threat_sources, kept.self_harm_concern, kept.risk_level) == (None, None, "eleve")
    with pytest.raises(NotAllowed):
        assessments.opened(desk, made.assessment)


def test_without_the_protection_key_nothing_is_written(desk: Desk, resident: Admitted) -> None:
    desk.protection = None
    with pytest.raises(NotAllowed):
        assessments.assess(desk, some(resident))
    assert assessments.of(desk, resident.person) == ()


def test_what_is_sealed_lies_nowhere_in_clear(desk: Desk, resident: Admitted) -> None:
    assessments.assess(desk, replace(some(resident), self_harm_concern=True), Words(SECRET, {"ind_age": SECRET}))
    with desk.reading() as connection:
        rows = [
            *connection.execute(tables.assessments.select()).all(),
            *connection.execute(tables.factor_answers.select()).all(),
            *connection.execute(tables.journal.select()).all(),
        ]
    assert not [row for row in rows for value in row if SECRET in str(value) or "passeur" in str(value)]


def test_an_answer_of_a_life_in_danger_does_not_show_by_its_length(desk: Desk, resident: Admitted) -> None:
    for concern in (True, False):
        assessments.assess(desk, replace(some(resident), self_harm_concern=concern))
    with desk.reading() as connection:
        sealed = connection.execute(tables.assessments.select()).all()
    assert len({len(row.self_harm_concern) for row in sealed}) == 1


def test_once_the_key_of_a_person_is_gone_the_codes_are_left(desk: Desk, resident: Admitted) -> None:
    made = assessments.assess(desk, some(resident), Words(SECRET))
    with desk.database.transaction(Changes()) as connection:
        connection.execute(tables.profiles.update().values(protection_seal=None))
    sealed_access.say(desk, resident.code, "suivi")
    opened, said = assessments.opened(desk, made.assessment)
    assert (said, opened.threat_sources, opened.risk_level) == (Words(), None, "eleve")


def test_nothing_is_written_of_somebody_who_did_not_agree_to_the_recording(desk: Desk) -> None:
    someone = admit(desk, "1B", days=5)
    with pytest.raises(NoConsent):
        assessments.assess(desk, some(someone))


def test_a_life_in_danger_is_written_without_consent_and_the_journal_says_why(desk: Desk) -> None:
    someone = admit(desk, "1B", days=5)
    assessments.assess(desk, some(someone), vital="Menace de mort ce matin")
    line = residents.record(desk, someone.person).thread[0]
    assert (line.action, "Menace de mort ce matin" in line.details) == ("assess", True)


def test_whether_the_recording_is_agreed_is_told_before(desk: Desk, resident: Admitted) -> None:
    someone = admit(desk, "1B", days=5)
    found = [assessments.recording_refused(desk, one.person) for one in (resident, someone)]
    assert found == [None, "absent"]


def test_an_assessment_counts_as_a_service_in_the_same_act(desk: Desk, resident: Admitted) -> None:
    made = assessments.assess(desk, some(resident), as_service=True)
    given = [one.service_type for one in assistance.of_stays(desk, [resident.stay])[resident.stay]]
    undo(desk, made.done)
    assert (given, assistance.of_stays(desk, [resident.stay])) == (["pro_evaluation"], {})


def test_a_day_to_come_or_before_the_admission_is_refused(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(InTheFuture):
        assessments.assess(desk, some(resident, -1))
    with pytest.raises(BadDates):
        assessments.assess(desk, some(resident, 61))


def test_a_stay_typed_by_mistake_is_not_assessed(desk: Desk, resident: Admitted) -> None:
    stays.void(desk, resident.stay, "doublon")
    with pytest.raises(NoSuch):
        assessments.assess(desk, some(resident))


def test_a_concern_for_a_life_stays_open_until_a_specialised_referral(desk: Desk, resident: Admitted) -> None:
    partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, KINDS[CLINIC], "Bamako"))
    agree(desk, resident.person)
    assessments.assess(desk, replace(some(resident), self_harm_concern=True))
    before = last(desk, resident)
    referrals.issue(desk, referrals.draft(desk, wish(resident)).id, clock.today())
    assert ("self_harm" in before.warnings, before.referred_on) == (True, None)
    assert last(desk, resident).referred_on == clock.today()


def test_a_referral_that_was_declined_leaves_a_concern_for_a_life_open(desk: Desk, resident: Admitted) -> None:
    partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, KINDS[CLINIC], "Bamako"))
    agree(desk, resident.person)
    assessments.assess(desk, replace(some(resident), self_harm_concern=True))
    made = referrals.draft(desk, wish(resident)).id
    referrals.issue(desk, made, clock.today())
    referrals.advance(desk, made, "refusee_structure", clock.today())
    assert last(desk, resident).referred_on is None


def test_a_later_version_that_asks_nothing_of_a_life_leaves_the_alert(desk: Desk, resident: Admitted) -> None:
    assessments.assess(desk, replace(some(resident, 2), self_harm_concern=True))
    assessments.assess(desk, replace(some(resident), self_harm_concern=None))
    assert "R-23" in {one.rule for one in flags.of_person(desk, resident.person)}
    assessments.assess(desk, replace(some(resident), self_harm_concern=False))
    assert "R-23" not in {one.rule for one in flags.of_person(desk, resident.person)}


def test_those_at_high_risk_come_first(desk: Desk, resident: Admitted) -> None:
    other = admit(desk, "1B", days=9)
    assessments.assess(desk, replace(some(other, 8), risk_level="faible"), vital="Essai")
    assessments.assess(desk, some(resident))
    found = [(one.person.id, one.line.assessment.risk_level) for one in assessments.current(desk)]
    assert found == [(resident.person, "eleve"), (other.person, "faible")]


def test_who_left_is_not_followed_up_any_more(desk: Desk, resident: Admitted) -> None:
    assessments.assess(desk, some(resident))
    stays.leave(desk, resident.stay, clock.now(), "autonomie")
    assert assessments.current(desk) == ()


def test_the_factors_of_the_country_are_answered_once_a_year(desk: Desk) -> None:
    year = clock.today().year
    assessments.keep_structural(desk, year, {"str_conflit": "risque"})
    assert assessments.structural(desk, year) == {"str_conflit": "risque"}
    assert assessments.structural(desk, year - 1) == {}


def test_a_factor_of_a_person_is_none_of_the_country(desk: Desk) -> None:
    with pytest.raises(NotInList):
        assessments.keep_structural(desk, 2026, {"ind_age": "risque"})


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.RECEPTION, Role.AUDITOR])
def test_other_roles_read_no_assessment(desk: Desk, resident: Admitted, role: Role) -> None:
    desk.role = role
    with pytest.raises(NotAllowed):
        assessments.of(desk, resident.person)
