"""The thread: facts of every topic by their days and codes, each role what it may see, nothing sealed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary

from shelter_desk import words
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.residents.timeline import TOPICS, Event
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.casefile import notes
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import documents, residents, timeline
from shelter_desk.operations.residents.documents import NewDocument
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.residents.timeline import SOURCES, _statement
from shelter_desk.words import timeline as timeline_words
from tests.operations.case_scene import paper_file, wording
from tests.operations.referral_scene import agree, agree_to_recording, become, desk, resident, wish
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]


@pytest.fixture(autouse=True)
def without_steps(desk: Desk) -> None:
    """Admissions write no steps that would stand among the facts."""
    settings.keep_admission_steps(desk, False)


DAY = "2026-11-03"
Rows = list[tuple[str, Mapping[str, Any]]]


def rows_of(stay: int, person: int) -> Rows:
    """One row of each table that other topics write, with every day they can have."""
    return [*_of_stay(stay), *_of_person(person), *_of_parts(stay)]


def _on(*columns: str) -> Mapping[str, str]:
    """These columns, all of one day."""
    return {f"{column}_on": DAY for column in columns}


def _of_stay(stay: int) -> Rows:
    interview = {"interview_no": "E-1", "session_no": 1, "interview_at": f"{DAY}T09:30", "interviewer_id": 1}
    weighed = {"assessment_no": "V-1", "version": 1, "risk_level": "eleve"}
    interests = {"bia_no": "I-1", "bia_trigger": "retour", "form": "courte", "bia_status": "faite"}
    rows: Rows = [
        ("follow_ups", _on("due", "held")),
        ("belongings", {"receipt_no": "B-1", **_on("deposited", "returned")}),
        ("exits", _on("case_closed")),
        ("interviews", {"interview_state": "termine", **interview}),
        ("assessments", {**weighed, **_on("assessed")}),
        ("specific_needs", {"specific_need": "regime", **_on("found", "ended")}),
        ("plans", {"plan_no": "P-1", **_on("made", "agreed", "closed")}),
        ("appointments", {"starts_at": f"{DAY}T10:00", "appointment_state": "prevu"}),
        ("best_interests", {**interests, **_on("assessed", "validated", "bid_requested", "bid_decided")}),
        ("tracings", {"tracing_no": "F-1", "tracing_status": "en_cours", **_on(*_TRACED)}),
        ("notifications", {"service": "service_social", **_on("notified")}),
    ]
    return [(table, {"stay_id": stay, **values}) for table, values in rows]


_TRACED = ("requested", "located", "verified", "reunified")


def _of_person(person: int) -> Rows:
    why = {"consent_purpose": "contact_famille", "exception_code": "interet_vital"}
    rows: Rows = [
        ("guardians", {"guardian_status": "designe", **_on("requested", "started", "ended")}),
        ("contacts", {"contact_wish": "oui", "safe_to_contact": "oui", **_on("noted", "ended")}),
        ("contact_risks", {"risk_kind": "conflit", **_on("noted", "ended")}),
        ("consent_exceptions", {**why, **_on("done")}),
    ]
    return [(table, {"person_id": person, **values}) for table, values in rows]


def _of_parts(stay: int) -> Rows:
    return [
        ("plan_actions", {"plan_id": 1, "domain": "san", "action_status": "fait", **_on("due", "done")}),
        ("tracing_steps", {"tracing_id": 1, **_on("done")}),
        ("return_files", _return(stay)),
        ("legal_steps", {"stay_id": stay, "legal_no": "JUR-1", "legal_step": "plainte", **_on("done")}),
        ("services", _service(stay)),
        ("referrals", _referral(stay)),
        ("incidents", _incident("vol", "INC-1")),
    ]


def _return(stay: int) -> Mapping[str, Any]:
    steps = ("wish", "informed", "document_obtained", "fit", "reintegration", "kit", "left", "arrived", "closed")
    return {"stay_id": stay, "return_no": "RET-1", "dest_country": "SN", **{f"{one}_on": DAY for one in steps}}


def _service(stay: int) -> Mapping[str, Any]:
    told = {"service_no": "S-1", "service_on": DAY, "stay_id": stay, "service_type": "nfi_hygiene"}
    return {**told, "quantity": 1.0, "provider_kind": "centre"}


def _referral(stay: int) -> Mapping[str, Any]:
    days = dict.fromkeys(("issued_on", "accepted_on", "served_on", "closed_on"), DAY)
    told = {"referral_no": "R-9", "stay_id": stay, "direction": "sortante", "partner": "Centre de santé"}
    return {**told, **days, "referral_status": "cloturee"}


def _incident(kind: str, number: str) -> Mapping[str, Any]:
    told = {"incident_no": number, "occurred_at": DAY, "reported_at": DAY, "incident_type": kind}
    return {**told, "severity": "faible", "referral_id": 1}


def write(desk: Desk, rows: Rows) -> None:
    with desk.writing("test", EVERYTHING) as writing:
        for table, row in rows:
            writing.trail.add(table, row)


@pytest.fixture
def whole(desk: Desk, resident: Admitted, tmp_path: Path) -> Admitted:
    """Somebody whose file holds one fact of each kind."""
    agree_to_recording(desk, resident.person)
    consent = agree(desk, resident.person)
    write(desk, rows_of(resident.stay, resident.person))
    notes.write(desk, resident.person, wording(), resident.stay)
    documents.take_in(desk, resident.person, paper_file(tmp_path), NewDocument("passeport", "Passeport"))
    with desk.writing("test", EVERYTHING) as writing:
        writing.trail.change("consents", consent, {"consent_status": "retire", "withdrawn_on": DAY})
    return resident


def events(desk: Desk, whom: Admitted) -> list[Event]:
    return [one.event for one in timeline.of(desk, whom.person)]


def test_no_sealed_column_is_read() -> None:
    read = [(source.table.c[name]) for source in SOURCES for name in (source.at, *source.columns)]
    assert [column.name for column in read if isinstance(column.type, LargeBinary)] == []


def test_every_fact_of_every_topic_is_told(desk: Desk, whole: Admitted) -> None:
    assert {one.what for one in events(desk, whole)} == {source.what for source in SOURCES}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fact_has_a_sentence(desk: Desk, whole: Admitted, language: words.Language) -> None:
    with words.speaking(language):
        told = [timeline_words.describe(one, "Kit") for one in events(desk, whole)]
    assert [said for said in told if not said[0] or "{" in "".join(said)] == []


def test_a_sentence_is_french_in_french(desk: Desk, whole: Admitted) -> None:
    def titles(language: words.Language) -> list[str]:
        with words.speaking(language):
            return [timeline_words.describe(one, "Kit")[0] for one in events(desk, whole)]

    same = {one for one, other in zip(titles("fr"), titles("en"), strict=True) if one == other}
    assert same == {"Kit", "Incident INC-1"}


def test_an_interview_keeps_its_hour_and_who_held_it(desk: Desk, whole: Admitted) -> None:
    found = next(one for one in timeline.of(desk, whole.person) if one.event.what == "interview")
    assert (found.event.at.hour, found.by) == (9, "Agent A")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CASE_WORKER, Role.RECEPTION])
def test_a_role_is_told_the_topics_it_may_see_and_no_other(desk: Desk, whole: Admitted, role: Role) -> None:
    become(desk, role)
    seen = {one.topic for one in events(desk, whole)}
    opens_files = role is not Role.RECEPTION  # the door is told no fact
    assert seen == {source.topic for source in SOURCES if opens_files and desk.may(TOPICS[source.topic])}


def test_a_sealed_matter_is_not_told(desk: Desk, whole: Admitted) -> None:
    write(desk, [("incidents", _incident("eas", "INC-2")), ("incidents", _incident("protection_enfant", "INC-3"))])
    assert {one.told["incident_no"] for one in events(desk, whole) if one.what == "incident"} == {"INC-1"}


def test_a_draft_of_a_referral_is_not_told(desk: Desk, resident: Admitted) -> None:
    referrals.draft(desk, wish(resident))
    assert events(desk, resident) == []


def test_the_facts_of_others_are_not_mixed_in(desk: Desk, whole: Admitted) -> None:
    assert events(desk, admit(desk, "1B")) == []


def test_reading_the_thread_opens_nothing(desk: Desk, whole: Admitted) -> None:
    before = len(residents.record(desk, whole.person).thread)
    timeline.of(desk, whole.person)
    assert len(residents.record(desk, whole.person).thread) == before


def test_its_statements_are_put_together_before_somebody_asks(desk: Desk, whole: Admitted) -> None:
    asked: list[str] = []
    _statement.cache_clear()
    timeline.prepare(desk)
    put_together = _statement.cache_info().misses
    asked += [one.event.what for one in timeline.of(desk, whole.person)]
    assert asked
    assert _statement.cache_info().misses == put_together == len(SOURCES)
