"""What must hold of an incident before it is written and before it is closed; who is kept apart from whom."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.casefile.incidents import (
    AgainstSelf,
    ContactRisk,
    Incident,
    IncidentContent,
    IncidentOver,
    SealedMatter,
    check,
    check_close,
    check_not_self,
    kept_apart,
)
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing
from shelter_desk.domain.ids import ContactRiskId, IncidentId, PersonId, UserId

NOW = datetime(2026, 11, 25, 10)
THEN = NOW - timedelta(days=2)
FIGHT = Incident(IncidentId(1), "I-2026-0001", THEN, THEN, "violence_residents", "mineur")
TOLD = IncidentContent("Dispute au réfectoire", "Séparés")


def missing(incident: Incident, content: IncidentContent = TOLD) -> str:
    with pytest.raises(Missing) as found:
        check(incident, content, NOW)
    return str(found.value.field)


def test_a_whole_incident_may_be_written() -> None:
    check(FIGHT, TOLD, NOW)


def test_an_incident_is_not_still_to_come() -> None:
    with pytest.raises(InTheFuture):
        check(replace(FIGHT, occurred_at=NOW + timedelta(hours=1)), TOLD, NOW)


@pytest.mark.parametrize("severity", ["grave", "critique"])
def test_a_serious_incident_asks_who_was_told(severity: str) -> None:
    assert missing(replace(FIGHT, severity=severity)) == "notified"


def test_a_serious_incident_of_which_somebody_was_told_may_be_written() -> None:
    check(replace(FIGHT, severity="critique", notified=("direction",)), TOLD, NOW)


def test_an_incident_says_what_happened_and_what_was_done() -> None:
    assert [missing(FIGHT, IncidentContent()), missing(FIGHT, IncidentContent("Dispute"))] == [
        "facts",
        "immediate_action",
    ]


def test_a_complaint_says_how_it_came() -> None:
    assert missing(replace(FIGHT, incident_type="plainte"), IncidentContent("Repas froid")) == "channel"


def test_a_complaint_needs_no_measure_at_once() -> None:
    check(replace(FIGHT, incident_type="plainte", channel="boite"), IncidentContent("Repas froid"), NOW)


def test_a_data_breach_says_of_which_kind() -> None:
    assert missing(replace(FIGHT, incident_type="donnees")) == "breach_kind"


@pytest.mark.parametrize("kind", ["eas", "protection_enfant"])
def test_a_sealed_matter_is_its_day_and_channel(kind: str) -> None:
    check(Incident(IncidentId(0), "", THEN, THEN, kind, "", channel="ligne_eas"), IncidentContent(), NOW)


@pytest.mark.parametrize(
    ("more", "content"),
    [
        ({}, IncidentContent("Un récit")),
        ({"severity": "grave"}, IncidentContent()),
        ({"notified": ("police",)}, IncidentContent()),
    ],
)
def test_nothing_more_is_told_of_a_sealed_matter(more: dict[str, object], content: IncidentContent) -> None:
    sealed = Incident(IncidentId(0), "", THEN, THEN, "eas", "", channel="ligne_eas")
    with pytest.raises(SealedMatter):
        check(replace(sealed, **more), content, NOW)  # type: ignore[arg-type]


def test_a_sealed_matter_says_its_channel() -> None:
    assert missing(Incident(IncidentId(0), "", THEN, THEN, "eas", ""), IncidentContent()) == "channel"


def test_an_incident_is_closed_with_what_came_of_it() -> None:
    with pytest.raises(Missing):
        check_close(FIGHT, TOLD, "", NOW.date(), NOW.date())
    check_close(FIGHT, replace(TOLD, follow_up="Médiation"), "", NOW.date(), NOW.date())


def test_an_incident_is_not_closed_before_it_happened() -> None:
    with pytest.raises(BadDates):
        check_close(FIGHT, replace(TOLD, follow_up="Médiation"), "", date(2026, 11, 1), NOW.date())


def test_an_incident_is_closed_once() -> None:
    with pytest.raises(IncidentOver):
        check_close(replace(FIGHT, closed_on=NOW.date()), replace(TOLD, follow_up="x"), "", NOW.date(), NOW.date())


def test_a_sealed_matter_is_closed_without_a_word() -> None:
    sealed = Incident(IncidentId(1), "I-2026-0001", THEN, THEN, "eas", "", channel="ligne_eas")
    check_close(sealed, IncidentContent(), "", NOW.date(), NOW.date())
    with pytest.raises(SealedMatter):
        check_close(sealed, IncidentContent(), "Leçon", NOW.date(), NOW.date())


def test_somebody_of_the_staff_who_is_involved_does_not_read_it() -> None:
    content = replace(TOLD, is_staff_involved=True, staff=(UserId(2),))
    check_not_self(FIGHT, content, UserId(1))
    with pytest.raises(AgainstSelf):
        check_not_self(FIGHT, content, UserId(2))


AWA, BINTOU, CISSE = PersonId(1), PersonId(2), PersonId(3)
BETWEEN = ContactRisk(ContactRiskId(1), AWA, "conflit", date(2026, 11, 1), BINTOU)
RECRUITER = ContactRisk(ContactRiskId(2), CISSE, "recruteur", date(2026, 11, 1))


def test_two_persons_named_are_kept_apart_either_way_round() -> None:
    assert kept_apart(AWA, False, [BETWEEN], [(BINTOU, False), (CISSE, False)]) == {BINTOU}
    assert kept_apart(BINTOU, False, [BETWEEN], [(AWA, False), (CISSE, False)]) == {AWA}


def test_a_possible_perpetrator_is_kept_from_victims_alone_either_way_round() -> None:
    assert kept_apart(CISSE, False, [RECRUITER], [(AWA, True), (BINTOU, False)]) == {AWA}
    assert kept_apart(AWA, True, [RECRUITER], [(CISSE, False)]) == {CISSE}
    assert kept_apart(BINTOU, False, [RECRUITER], [(CISSE, False)]) == frozenset()


def test_a_risk_holds_from_its_day_until_the_eve_of_its_end() -> None:
    ended = replace(BETWEEN, ended_on=date(2026, 11, 5))
    assert [ended.holds(date(2026, 10, 31)), ended.holds(date(2026, 11, 4)), ended.holds(date(2026, 11, 5))] == [
        False,
        True,
        False,
    ]


PERSONS = st.integers(1, 5).map(PersonId)
RISKS = st.lists(
    st.builds(
        ContactRisk, st.just(ContactRiskId(0)), PERSONS, st.just("conflit"), st.just(NOW.date()), st.none() | PERSONS
    )
)


@given(RISKS, st.dictionaries(PERSONS, st.booleans(), min_size=2))
def test_keeping_apart_is_mutual_and_nobody_is_kept_from_themselves(
    risks: list[ContactRisk], house: dict[PersonId, bool]
) -> None:
    apart = {one: kept_apart(one, victim, risks, house.items()) for one, victim in house.items()}
    assert all(one in apart[other] for one in house for other in apart[one])
    assert all(one not in apart[one] for one in house)
