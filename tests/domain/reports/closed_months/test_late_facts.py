"""Which months a change of a row concerns."""

from typing import Any

import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.late_facts import COUNTED, Row, concerned

OCTOBER, NOVEMBER = Period.month(2026, 10), Period.month(2026, 11)
BOTH = {OCTOBER, NOVEMBER}


def stay(admitted_at: str, exited_at: str | None = None, **more: Any) -> Row:
    return {"admitted_at": admitted_at, "exited_at": exited_at, "uncounted": "", **more}


def slept(start: str, end: str | None = None) -> Row:
    return {"stay_id": 1, "place": "lit", "bed_id": 3, "started_at": start, "ended_at": end}


def said(admitted_at: str, exited_at: str | None = None, **more: Any) -> Row:
    return {"stay_id": 1, "stay_admitted_at": admitted_at, "stay_exited_at": exited_at, **more}


VOID_STAY = said("2026-10-05", "2026-10-05", stay_uncounted="erreur_saisie")
CASES: list[tuple[str, Row | None, Row | None, set[Period]]] = [
    # an admission just after midnight is of the new month, one just before it is not
    ("stays", None, stay("2026-11-01T00:30"), {NOVEMBER}),
    ("stays", None, stay("2026-10-31T23:50"), BOTH),
    # who leaves later changes nothing of the months before
    ("stays", stay("2026-10-05"), stay("2026-10-05", "2026-11-01T00:20"), {NOVEMBER}),
    ("stays", stay("2026-10-05"), stay("2026-10-05", "2026-12-01"), set()),
    ("stays", stay("2026-10-05"), stay("2026-10-05", "2026-10-31T22:00"), BOTH),
    # why, where to: of the month of the exit; the situation of a child: of every month here
    ("situations", said("2026-10-05", "2026-11-03"), said("2026-10-05", "2026-11-03", exit_reason="x"), {NOVEMBER}),
    ("situations", said("2026-10-05"), said("2026-10-05", child_status="separe"), BOTH),
    ("situations", said("2026-10-05"), said("2026-10-05", referral_source="oim"), {OCTOBER}),
    ("situations", said("2026-10-05"), said("2026-10-05", expected_exit="2026-10-09"), set()),
    (
        "situations",
        said("2026-10-05", "2026-11-03"),
        said("2026-10-05", "2026-11-03", exit_destination="x"),
        {NOVEMBER},
    ),
    ("situations", VOID_STAY, {**VOID_STAY, "child_status": "separe"}, set()),
    ("stays", stay("2026-10-05"), stay("2026-10-05", uncounted="erreur_saisie", exited_at="2026-10-05"), BOTH),
    # a move in November, one dated back
    ("placements", slept("2026-10-05"), slept("2026-10-05", "2026-11-02"), {NOVEMBER}),
    ("placements", slept("2026-10-05"), slept("2026-10-05", "2026-12-02"), set()),
    ("placements", None, slept("2026-10-31"), BOTH),
    ("absences", None, {"stay_id": 1, "started_at": "2026-10-30", "ended_at": "2026-10-31"}, {OCTOBER}),
    # a decision is counted on its day, and tells the categories of as long as the person is here
    ("victim_statuses", None, {"decided_on": "2026-10-30", "stay_exited_at": None}, BOTH),
    ("victim_statuses", None, {"decided_on": "2026-10-30", "stay_exited_at": "2026-10-31"}, {OCTOBER}),
    ("services", None, {"service_on": "2026-10-31"}, {OCTOBER}),
    ("services", {"service_on": "2026-10-31"}, {"service_on": "2026-10-31", "note": b"x"}, set()),
    ("services", {"service_on": "2026-10-31"}, {"service_on": "2026-11-01"}, BOTH),
    # the answer to a referral is of its own day; one taken back was never one
    ("referrals", {"issued_on": "2026-10-05"}, {"issued_on": "2026-10-05", "accepted_on": "2026-11-02"}, {NOVEMBER}),
    (
        "referrals",
        {"issued_on": "2026-10-05", "referral_status": "service_recu", "served_on": "2026-10-09"},
        {
            "issued_on": "2026-10-05",
            "referral_status": "cloturee",
            "served_on": "2026-10-09",
            "closed_on": "2026-12-02",
        },
        set(),
    ),
    ("referrals", {"issued_on": "2026-10-05"}, {"issued_on": "2026-10-05", "referral_status": "annulee"}, BOTH),
    ("referrals", None, {"issued_on": "2026-10-05", "referral_status": "brouillon"}, set()),
    (
        "persons",
        {"sex": "f", "stay_admitted_at": "2026-11-02"},
        {"sex": "m", "stay_admitted_at": "2026-11-02"},
        {NOVEMBER},
    ),
    ("case_notes", None, {"noted_at": "2026-10-05"}, set()),
]


@pytest.mark.parametrize(("table", "before", "after", "expected"), CASES)
def test_a_change_concerns_the_months_in_which_something_of_it_is_counted(
    table: str, before: Row | None, after: Row | None, expected: set[Period]
) -> None:
    assert concerned(table, before, after, BOTH) == expected
    assert concerned(table, after, before, BOTH) == expected  # as it is taken back


@pytest.mark.parametrize("table", COUNTED)
def test_what_is_the_same_afterwards_concerns_no_month(table: str) -> None:
    row = {column: "2026-10-05" for part in COUNTED[table] for column in part.since}
    assert concerned(table, row, dict(row), BOTH) == set()
    assert OCTOBER in concerned(table, None, row, BOTH)
