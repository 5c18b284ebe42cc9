"""What somebody agrees to at the admission, and what is known beyond the minimum (R-15, field 3.1)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shelter_desk.domain.consent.consents import EXPLAINED, NOT_ASKED, RECORDING, SHELTERING, Asked, NoConsent
from shelter_desk.domain.errors import Missing, NotAllowed, NotInList
from shelter_desk.domain.residents.residents import NO_NAMES, Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import documents, residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.system import clock
from tests.operations.case_scene import wording
from tests.operations.referral_scene import agree_to_recording, become, desk, resident
from tests.operations.shelter import born, days_ago

__all__ = ["desk", "resident"]

GIVEN = Asked("donne", "donne", "bam")


def arrival(asked: Asked = NOT_ASKED, age: int = 27, **more: Any) -> Admission:
    return Admission(days_ago(0, 0), "premiere", "transit", "f", born(age), "GN", asked=asked, **more)


def decided(desk: Desk, made: Admitted) -> dict[str, str]:
    return {one.purpose: one.status for one in consents.of(desk, made.person).all}


def test_both_consents_are_written_with_the_admission(desk: Desk) -> None:
    made = stays.admit(desk, arrival(GIVEN))
    assert decided(desk, made) == {SHELTERING: "donne", RECORDING: "donne"}


def test_a_consent_at_the_door_is_whole_and_certified_by_whoever_admits(desk: Desk) -> None:
    made = stays.admit(desk, arrival(GIVEN))
    kept = consents.of(desk, made.person).all[0]
    assert (kept.mode, kept.explained, kept.language, kept.witness) == ("oral_certifie", EXPLAINED, "bam", "Agent A")


def test_what_was_not_asked_leaves_no_decision(desk: Desk) -> None:
    assert decided(desk, stays.admit(desk, arrival())) == {}


def test_one_undo_takes_stay_and_consents_back(desk: Desk) -> None:
    made = stays.admit(desk, arrival(GIVEN))
    undo(desk, made.done)
    assert residents.listed(desk, "all") == []


def test_the_language_of_the_person_is_the_one_it_was_explained_in(desk: Desk) -> None:
    made = stays.admit(desk, arrival(replace(GIVEN, language=""), languages=("snk", "fra")))
    assert consents.of(desk, made.person).all[0].language == "snk"


def test_without_a_language_nothing_is_written(desk: Desk) -> None:
    with pytest.raises(Missing) as refused:
        stays.admit(desk, arrival(replace(GIVEN, language="")))
    assert (refused.value.field, residents.listed(desk, "all")) == ("language", [])


def test_for_a_child_it_is_said_why_no_guardian_is_asked(desk: Desk) -> None:
    with pytest.raises(Missing):
        stays.admit(desk, arrival(GIVEN, age=12, child_status="non_accompagne"))
    made = stays.admit(desk, arrival(replace(GIVEN, reason="Sans tuteur"), age=12, child_status="non_accompagne"))
    standing = next(one for one in consents.of(desk, made.person).standings if one.purpose == RECORDING)
    assert (standing.reason, standing.consent and standing.consent.child_assent) == ("Sans tuteur", "oui")


def test_a_refusal_of_the_recording_makes_a_minimal_file(desk: Desk) -> None:
    made = stays.admit(desk, arrival(Asked("donne", "refuse", "bam")))
    assert consents.of(desk, made.person).is_minimal


@pytest.mark.parametrize(
    "more",
    [
        {"names": Names("Sacko", "Awa")},
        {"languages": ("bam",)},
        {"region_origin": "ml_mopti"},
        {"urgent_needs": ("soins",)},
        {"interpreter_needed": True},
    ],
)
def test_somebody_who_refuses_is_admitted_with_the_minimum_alone(desk: Desk, more: dict[str, Any]) -> None:
    with pytest.raises(NoConsent):
        stays.admit(desk, arrival(Asked("donne", "refuse", "bam"), **more))
    assert residents.listed(desk, "all") == []


def test_the_night_reception_asks_for_no_consent(desk: Desk) -> None:
    become(desk, Role.RECEPTION)
    with pytest.raises(NotAllowed):
        stays.admit(desk, arrival(GIVEN))


def test_what_was_said_at_the_door_stands_in_the_stay(desk: Desk) -> None:
    more: dict[str, Any] = {"urgent_needs": ("soins", "repos"), "interpreter_needed": True}
    made = stays.admit(desk, arrival(house_rules_explained=False, **more))
    stay = residents.record(desk, made.person).stays[0].stay
    assert (stay.urgent_needs, stay.interpreter_needed, stay.house_rules_explained) == (("soins", "repos"), True, False)


def test_an_unknown_need_is_refused(desk: Desk) -> None:
    with pytest.raises(NotInList):
        stays.admit(desk, arrival(urgent_needs=("argent",)))


# What is asked later -------------------------------------------------------------------------------------------------


def test_what_is_known_of_a_person_comes_back(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    record = residents.record(desk, resident.person)
    person = replace(record.person, marital_status="veuf", education_level="coranique")
    stay = replace(
        record.stays[0].stay,
        expected_exit=date(2027, 1, 31),
        country_last="NE",
        house_rules_explained=True,
    )
    residents.correct(desk, person, None, stay)
    again = residents.record(desk, resident.person)
    assert (again.person, again.stays[0].stay) == (person, stay)


def test_the_list_of_residents_tells_the_same(desk: Desk, resident: Admitted) -> None:
    agree_to_recording(desk, resident.person)
    person = residents.record(desk, resident.person).person
    residents.correct(desk, replace(person, marital_status="marie"))
    assert residents.listed(desk, "here")[0].person.marital_status == "marie"


@pytest.mark.parametrize("said", [{"marital_status": "veuf"}, {"education_level": "aucun"}])
def test_what_is_asked_later_needs_the_consent_to_the_recording(
    desk: Desk, resident: Admitted, said: dict[str, Any]
) -> None:
    person = residents.record(desk, resident.person).person
    with pytest.raises(NoConsent):
        residents.correct(desk, replace(person, **said))


def test_a_mistake_is_mended_without_any_consent(desk: Desk, resident: Admitted) -> None:
    person = residents.record(desk, resident.person).person
    residents.correct(desk, replace(person, nationality="ML"), Names("Sacko", "Awa"))
    assert residents.record(desk, resident.person).has_name


def refuse(desk: Desk, whom: Admitted) -> None:
    agree_to_recording(desk, whom.person)
    consents.withdraw(desk, consents.of(desk, whom.person).all[0].id, clock.today())


def test_no_name_is_written_of_somebody_who_took_the_consent_back(desk: Desk, resident: Admitted) -> None:
    refuse(desk, resident)
    with pytest.raises(NoConsent):
        residents.correct(desk, residents.record(desk, resident.person).person, Names("Sacko", "Awa"))


def test_a_name_is_taken_away_of_somebody_who_took_the_consent_back(desk: Desk, resident: Admitted) -> None:
    residents.correct(desk, residents.record(desk, resident.person).person, Names("Sacko", "Awa"))
    refuse(desk, resident)
    residents.correct(desk, residents.record(desk, resident.person).person, NO_NAMES)
    assert residents.name(desk, resident.person) == NO_NAMES


def test_care_goes_on_for_somebody_who_took_the_consent_back(desk: Desk, resident: Admitted) -> None:
    refuse(desk, resident)
    stays.leave(desk, resident.stay, days_ago(0, 0), "retour_autonome", "pays_origine")
    assert residents.listed(desk, "here") == []


def test_neither_note_nor_paper_of_somebody_who_took_the_consent_back(desk: Desk, resident: Admitted) -> None:
    refuse(desk, resident)
    with pytest.raises(NoConsent):
        notes.write(desk, resident.person, wording())
    assert (notes.of(desk, resident.person), documents.of(desk, resident.person)) == ((), ())
