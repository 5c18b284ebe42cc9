"""Requests for a place in the month: what a clerk counts with the list in hand; nothing of it for the public."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.ids import PlaceRequestId
from shelter_desk.domain.reports import Report, as_document, compute
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.tables.t02_place_requests import CONTROL, KEYS
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest
from tests.domain.reports.random_facts.random_requests import requests
from tests.domain.reports.shelters import NOVEMBER, golden
from tests.examples import examples

RANDOM = settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
GOLDEN = golden().facts()
_NAMES = {"admise": "admitted", "refusee": "refused", "abandonnee": "given_up"}


LISTS = st.lists(requests(), max_size=15)


def report_of(found: list[PlaceRequest] | None) -> Report:
    return compute(replace(GOLDEN, requests=None if found is None else tuple(found)))


def by_hand(found: list[PlaceRequest]) -> dict[Any, int]:
    """Line by line, with a finger on the list."""
    first, last = NOVEMBER.first, NOVEMBER.last
    count: Counter[Any] = Counter()
    for one in found:
        ended = one.decided_on or date.max
        if one.outcome == "saisie_erreur":
            continue
        flows = [
            ("waiting_start", one.asked_on < first <= ended),
            ("asked", first <= one.asked_on <= last),
            (_NAMES.get(one.outcome, ""), first <= ended <= last),
            ("waiting_end", one.asked_on <= last < ended),
        ]
        for flow in (name for name, happened in flows if happened):
            count[f"t2.requests_{flow}", ()] += 1
            for group in one.groups:
                count[f"t2.requested_{flow}", ()] += group.persons
                count[f"t2.requested_{flow}", (("sex", group.sex),)] += group.persons
                if flow == "asked":
                    cell = (("sex", group.sex), ("age_group", group.age_group))
                    count["t2.requested_by_profile", cell] += group.persons
            if flow == "refused":
                reason = (("request_reason", one.reason),)
                count["t2.requests_by_reason", reason] += 1
                count["t2.requested_by_reason", reason] += one.persons
    return dict(count)


@RANDOM
@given(LISTS)
def test_the_figures_are_what_a_clerk_counts_by_hand(found: list[PlaceRequest]) -> None:
    report = report_of(found)
    counted = {ref: one.value for ref, one in report.figures.items() if ref[0] in KEYS and one.value}
    assert counted == by_hand(found)


@RANDOM
@given(LISTS)
def test_waiting_asked_and_decided_balance_and_every_cut_adds_up(found: list[PlaceRequest]) -> None:
    controls = [one for one in report_of(found).identities if one.id == CONTROL]
    assert (len(controls), [one for one in controls if not one.holds]) == (7, [])


@RANDOM
@given(LISTS)
def test_no_figure_of_others_changes_with_the_requests(found: list[PlaceRequest]) -> None:
    before, after = report_of(None), report_of(found)
    assert {ref: one for ref, one in after.figures.items() if ref[0] not in KEYS} == dict(before.figures)


def test_a_shelter_that_never_noted_one_has_no_such_figures() -> None:
    report = report_of(None)
    assert [ref for ref in report.figures if ref[0] in KEYS] == []
    assert [one.name for one in tables(report) if one.name.startswith("t2_requests")] == []
    assert [one for one in report.identities if one.id == CONTROL] == []


def some(refused: int = 6) -> list[PlaceRequest]:
    """So many women refused for want of a place, and a family that waits."""
    day, woman = date(2026, 11, 3), (Group("f", "a18_59", 1),)
    waits = PlaceRequest(PlaceRequestId(99), "", day, "police", (*woman, Group("m", "a05_11", 2)), "immediat")
    closed = replace(waits, groups=woman, outcome="refusee", decided_on=day, reason="complet")
    return [waits, *(replace(closed, id=PlaceRequestId(n)) for n in range(refused))]


def test_the_public_is_told_nothing_of_requests() -> None:
    seen = shown(report_of(some()), "public")
    assert [one for one in as_document(seen)["figures"] if one["figure"] in KEYS] == []
    assert [one.name for one in tables(seen) if one.name.startswith("t2_requests")] == []
    assert [one for one in seen.identities if one.id == CONTROL] == []


def test_a_partner_sees_totals_and_only_cuts_without_a_small_cell() -> None:
    few, many = (shown(report_of(some(n)), "partenaire") for n in (2, 6))
    assert [one.value("t2.requested_refused") for one in (few, many)] == [HIDDEN, 6]
    assert [one.value("t2.requested_by_reason", ("request_reason", "complet")) for one in (few, many)] == [None, 6]
    assert {dims for key, dims in many.figures if key == "t2.requested_asked"} == {()}
    names = [one.name for one in tables(many) if one.name.startswith("t2_requests")]
    assert names == ["t2_requests", "t2_requests_reasons"]  # two boys are too few to be told by age


def test_the_house_reads_requests_and_persons_side_by_side() -> None:
    course, reasons, people = [one for one in tables(report_of(some())) if one.name.startswith("t2_requests")]
    assert [len(one.rows) for one in (course, reasons, people)] == [6, 2, 3]
    assert [column.label for column in course.columns] == [
        ("requests", "requests"),
        ("sex", "f"),
        ("sex", "m"),
        ("requests", "persons"),
    ]
