"""T5: what was done for the minors hosted, and how they left (field 3.17, 4.3).

Reunited is one definition for T5 and for the exits by that reason, each child once a stay: the day on which a search
ends so, or the exit of a minor by the reason `reunification`, whichever is first.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from shelter_desk.domain import settings
from shelter_desk.domain.assistance.assistance import type_of
from shelter_desk.domain.casefile.minors import ALONE, APPOINTED, BestInterests, Guardian, guardian_on
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally, half_up
from shelter_desk.domain.reports.identity_sides import FigureReader, totals
from shelter_desk.domain.reports.lines import StayLine, last_of_each_person
from shelter_desk.domain.reports.report import Identity, Terms
from shelter_desk.domain.reports.tables.nights import NightsSlept, mask, stood
from shelter_desk.domain.residents.residents import majority
from shelter_desk.domain.stays.stays import Stay

REUNITED, REASON, CONTROL = "t5.tracing_reunified", "reunification", "C-13"
BY_EXIT: Ref = ("t5.exits", (("exit_reason", REASON),))


def reunited(facts: ReportFacts) -> Iterator[StayId]:
    """The stays whose child was reunited in the period."""
    searched = _searched(facts)
    for stay in (*facts.stays, *facts.aside):
        days = [day for day in (searched.get(stay.id), _left(facts, stay)) if day is not None]
        if days and min(days) in facts.period:
            yield stay.id


def _searched(facts: ReportFacts) -> dict[StayId, date]:
    """The first day on which a search of that stay ended with the family."""
    found: dict[StayId, date] = {}
    for one in facts.protection.tracings:
        if one.reunified_on is not None:
            found[one.stay] = min(one.reunified_on, found.get(one.stay, one.reunified_on))
    return found


def _left(facts: ReportFacts, stay: Stay) -> date | None:
    """The day of an exit by that reason of somebody who was a minor then."""
    if stay.exit_reason != REASON or stay.exited_at is None:
        return None
    day = stay.exited_at.date()
    return day if facts.persons[stay.person].birth.is_minor(day) else None


def reunited_control(facts: ReportFacts, read: FigureReader) -> Identity:
    """C-13: the exits of minors by that reason, with children whom a search alone reunited in the period, without those
    whom a search had reunited before it."""
    alone, before, searched = 0, 0, _searched(facts)
    for stay in (*facts.stays, *facts.aside):
        found, left = searched.get(stay.id), _left(facts, stay)
        leaves = left is not None and left in facts.period
        alone += found is not None and found in facts.period and not leaves and (left is None or left > found)
        before += leaves and found is not None and found < facts.period.first
    right = read(*BY_EXIT) + alone - before
    return read.equal(CONTROL, TOTAL, totals(REUNITED), right, [(REUNITED, TOTAL), BY_EXIT])


def settled_control(read: FigureReader) -> Identity:
    """C-15: children who left for their family or alternative care are the exits of minors by these two reasons."""
    lines: list[Ref] = [(EXITS[0], (("exit_reason", reason),)) for reason in TO_FAMILIES]
    return read.equal("C-15", TOTAL, totals(SETTLED), Terms(tuple(lines)), [(SETTLED, TOTAL), *lines])


ALL, ALONE_KEY = "t5.minors", "t5.alone"
# each child alone stands in one line of each
BIA = ("t5.bia_done", "t5.bia_overdue", "t5.bia_pending")
BIA_FULL = ("t5.bia_full_done", "t5.bia_full_overdue", "t5.bia_full_pending")
ON_TIME = ("t5.bia_on_time", "t5.bia_full_on_time")
HOSTED = (
    ALL,
    ALONE_KEY,
    "t5.with_guardian",
    BIA[0],
    ON_TIME[0],
    *BIA[1:],
    BIA_FULL[0],
    ON_TIME[1],
    *BIA_FULL[1:],
    "t5.in_school",
    "t5.beside_adults",
)
STEPS = ("t5.bid_requested", "t5.tracing_opened", "t5.tracing_located", REUNITED)
EXITS = ("t5.exits", "t5.exits_alone", "t5.exits_decided", "t5.exits_handed_over")
SETTLED, SETTLED_RATE = "t5.exits_settled", "t5.settled_rate"
TO_FAMILIES = (REASON, "famille_accueil")  # exits to the own family, or into alternative care
KEYS = (*HOSTED, *STEPS, *EXITS, SETTLED)
_SCHOOL = frozenset({"edu", "fop"})
_NO_SCHOOL = frozenset({"fop_kit", "fop_suivi_post"})


def children(facts: ReportFacts, all_lines: list[StayLine], nights: list[NightsSlept]) -> dict[Ref, Figure]:
    """The figures of T5 but for the minors themselves."""
    tally = Tally(*(key for key in KEYS if key != ALL))
    hosted = [one for one in last_of_each_person(all_lines) if one.person.birth.is_minor(one.read_on)]
    guarded: dict[PersonId, list[Guardian]] = defaultdict(list)
    for one in facts.protection.guardians:
        guarded[one.person].append(one)
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    # who was given schooling or training in the period
    schooled = {
        persons[one.stay]
        for one in facts.services
        if one.counts and type_of(one.service_type) in _SCHOOL and one.service_type not in _NO_SCHOOL
    }
    for line in hosted:
        if line.stay.child_status in ALONE:
            for key in (ALONE_KEY, *_assessed(facts, line)):
                tally.add(key, line.stay.id, 1, TOTAL)
        # the last state that holds on that day is one with a guardian
        last = guardian_on(guarded.get(line.person.id, []), line.read_on)
        if last is not None and last.status in APPOINTED and (last.ended_on is None or last.ended_on > line.read_on):
            tally.add("t5.with_guardian", line.stay.id, 1, TOTAL)
        if line.person.id in schooled:
            tally.add("t5.in_school", line.stay.id, 1, TOTAL)
    beside = _beside_adults(facts, all_lines, nights)
    for line in hosted:
        if line.person.id in beside:
            tally.add("t5.beside_adults", line.stay.id, 1, TOTAL)
    _steps(tally, facts)
    _exits(tally, facts, all_lines)
    figures = tally.figures()
    left, settled = (len(figures[key, TOTAL].rows) for key in (EXITS[0], SETTLED))
    figures[SETTLED_RATE, TOTAL] = Figure(SETTLED_RATE, TOTAL, half_up(settled * 100, left))
    # nothing is said of determinations where the shelter asks for none and none was asked for
    ref: Ref = (STEPS[0], TOTAL)
    if settings.BID in facts.modules_off and not figures[ref].value:
        return {one: figure for one, figure in figures.items() if one != ref}
    return figures


def _assessed(facts: ReportFacts, line: StayLine) -> Iterator[str]:
    """How the short and the whole assessment stand, counted from the admission (R-09)."""
    known = [one for one in facts.protection.best_interests if one.stay == line.stay.id and one.is_done]
    whole = [one for one in known if one.form == "complete"]
    limits = (facts.protection.bia_short_days, facts.protection.bia_full_days)
    for keys, on_time, done, days in zip((BIA, BIA_FULL), ON_TIME, (known, whole), limits, strict=True):
        by = line.stay.admitted_at.date() + timedelta(days=days)
        yield from _state(keys, on_time, done, by, line.read_on)


def _state(keys: tuple[str, ...], on_time: str, known: list[BestInterests], by: date, day: date) -> Iterator[str]:
    done, overdue, pending = keys
    first = min((one.assessed_on for one in known if one.assessed_on <= day), default=None)
    if first is None:
        yield overdue if day > by else pending
        return
    yield done
    if first <= by:
        yield on_time


def _beside_adults(facts: ReportFacts, all_lines: list[StayLine], nights: list[NightsSlept]) -> set[PersonId]:
    """Minors who slept on some night in the room of somebody who was an adult that night and is not of their family."""
    rooms: dict[int, list[tuple[StayLine, int]]] = defaultdict(list)
    of_bed = stood(facts)
    for line, slept in zip(all_lines, nights, strict=True):
        for placement in facts.placements.get(line.stay.id, ()):
            taken = slept.here & mask(facts.period, placement.start, placement.end)
            known = ((placement.room, taken),) if placement.bed is None else of_bed.get(placement.bed, ())
            for room, nights_there in known:
                if room is not None and taken & nights_there:
                    rooms[int(room)].append((line, taken & nights_there))
    found: set[PersonId] = set()
    for sleepers in rooms.values():
        grown = [(line, taken & _grown_nights(line, facts.period)) for line, taken in sleepers]
        adults = [(line, taken) for line, taken in grown if taken]
        for line, taken in sleepers:
            is_minor = line.person.birth.is_minor(line.read_on)
            if is_minor and any(
                taken & theirs & ~_as_one_family(line.stay, other.stay, facts.period) for other, theirs in adults
            ):
                found.add(line.person.id)
    return found


def _as_one_family(one: Stay, other: Stay, period: Period) -> int:
    """The nights on which both stays were of one family."""
    if not one.has_changed_family and not other.has_changed_family:
        return mask(period, plain(period.first), None) if one.family == other.family else 0
    together = (night for night in period if one.family_on(night) == other.family_on(night))
    return sum(1 << (night - period.first).days for night in together)


def _grown_nights(line: StayLine, period: Period) -> int:
    """The nights from the 18th birthday on; of an age that is not known none."""
    day = majority(line.person.birth.held_on(line.read_on))
    return 0 if day is None else mask(period, plain(day), None)


def _steps(tally: Tally, facts: ReportFacts) -> None:
    """What was asked for and found in the period, by the day it happened."""
    known = {stay.id for stay in (*facts.stays, *facts.aside)}
    for bia in facts.protection.best_interests:
        if bia.stay in known and bia.bid_requested_on is not None and bia.bid_requested_on in facts.period:
            tally.add("t5.bid_requested", bia.stay, 1, TOTAL)
    for tracing in facts.protection.tracings:
        for key, day in zip(STEPS[1:3], (tracing.requested_on, tracing.located_on), strict=True):
            if tracing.stay in known and day is not None and day in facts.period:
                tally.add(key, tracing.stay, 1, TOTAL)
    for stay in reunited(facts):
        tally.add(REUNITED, stay, 1, TOTAL)


def _exits(tally: Tally, facts: ReportFacts, all_lines: list[StayLine]) -> None:
    """Exits of minors by reason; of those of children alone the decision and the receiving adult (R-10)."""
    sheets = {one.stay: one for one in facts.protection.exits}
    for line in all_lines:
        if not line.exits or not line.person.birth.is_minor(line.read_on):
            continue
        reason: Dims = (("exit_reason", line.stay.exit_reason or NOT_RECORDED),)
        alone, sheet = line.stay.child_status in ALONE, sheets.get(line.stay.id)
        decided = alone and sheet is not None and sheet.decided
        handed = alone and sheet is not None and sheet.handed_over
        for key, counts in zip(EXITS, (True, alone, decided, handed), strict=True):
            if counts:
                tally.add(key, line.stay.id, 1, TOTAL, reason)
        if line.stay.exit_reason in TO_FAMILIES:
            tally.add(SETTLED, line.stay.id, 1, TOTAL)
