"""T4, screenings and decisions on status, and T5, the minors (field 4.3; readings in interfaces.md section 4)."""

from collections.abc import Iterator

from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.reports.categories import status_on
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally
from shelter_desk.domain.reports.lines import StayLine, cell_of, in_order, last_of_each_person, reference_date
from shelter_desk.domain.reports.tables.t04_identified import (
    ASSIMILATED,
    INTERVIEWS,
    VICTIM_KEYS,
    assimilated,
    identified,
    sittings,
    victims,
)
from shelter_desk.domain.stays.stays import Stay, VictimStatus

OPEN = frozenset({"depistage_en_cours", "presumee"})
_DECIDED = frozenset({"identifiee", "non_victime"})
FIRSTS = {"presumee": "t4.new_presumed", "identifiee": "t4.new_identified", "non_victime": "t4.not_victim"}
# pending at the start + opened − decided − left undecided − corrected = pending at the end (I-12)
SCREENINGS = ("t4.pending_start", "t4.opened", "t4.decided", "t4.left_undecided", "t4.corrected", "t4.pending_end")
BY_PROFILE = (*SCREENINGS, *FIRSTS.values(), INTERVIEWS, ASSIMILATED, *VICTIM_KEYS)


def identification(facts: ReportFacts, all_lines: list[StayLine]) -> dict[Ref, Figure]:
    """The figures of T4."""
    tally = Tally(*BY_PROFILE)
    for line in all_lines:
        for key in _course(facts, line):
            tally.add(key, line.stay.id, 1, TOTAL, line.cell)
        if line.at_end and status_on(facts.statuses.get(line.stay.id, ()), facts.period.last) in OPEN:
            tally.add("t4.pending_end", line.stay.id, 1, TOTAL, line.cell)
    for stay, status in first_decisions(facts):
        cell = cell_of(facts.persons[stay.person], reference_date(stay, facts.period))
        tally.add(FIRSTS[status.victim_status], stay.id, 1, TOTAL, cell)
        if status.victim_status == "identifiee":
            identified(tally, facts, stay, status, cell)
    sittings(tally, facts)
    assimilated(tally, facts, all_lines)
    victims(tally, facts, all_lines)
    return tally.figures()


def _course(facts: ReportFacts, line: StayLine) -> Iterator[str]:
    """What becomes of the screening of a stay within the period, in order of time."""
    known = facts.statuses.get(line.stay.id, ())
    since = facts.period.first if line.at_start else line.stay.admitted_at.date()
    is_open = status_on(known, since - ONE_DAY) in OPEN
    if is_open:
        yield "t4.pending_start" if line.at_start else "t4.opened"
    for status in sorted(known, key=lambda one: one.decided_on):
        if not since <= status.decided_on <= line.read_on:
            continue
        if is_open and status.victim_status not in OPEN:
            yield "t4.decided" if status.victim_status in _DECIDED else "t4.corrected"
        elif not is_open and status.victim_status in OPEN:
            yield "t4.opened"
        is_open = status.victim_status in OPEN
    if is_open and line.exits:
        yield "t4.left_undecided"


def first_decisions(facts: ReportFacts) -> Iterator[tuple[Stay, VictimStatus]]:
    """The first decision of each kind that a person ever had, where it falls in the period."""
    seen = set(facts.decided_before)
    dated = [
        (status.decided_on, place, stay, status)
        for place, stay in enumerate(in_order([*facts.stays, *facts.aside]))
        if stay.counts
        for status in facts.statuses.get(stay.id, ())
        if status.decided_on in facts.period and status.victim_status in FIRSTS
    ]
    for _, _, stay, status in sorted(dated, key=lambda one: one[:2]):
        if (stay.person, status.victim_status) not in seen:
            seen.add((stay.person, status.victim_status))
            yield stay, status


def minors(all_lines: list[StayLine]) -> dict[Ref, Figure]:
    """The figures of T5: persons under 18 at their reference date, by their situation."""
    tally = Tally("t5.minors")
    for line in last_of_each_person(all_lines):
        if line.person.birth.is_minor(line.read_on):
            situation: Dims = (("child_status", line.stay.child_status or NOT_RECORDED),)
            tally.add("t5.minors", line.stay.id, 1, TOTAL, situation)
            tally.add("t5.minors_profile", line.stay.id, 1, (*situation, *line.cell))
    return tally.figures()
