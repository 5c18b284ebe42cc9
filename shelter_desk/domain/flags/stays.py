"""Rules of stays: dates, known twice, too long, away, left behind, closure (R-01, R-02, R-14, R-30, R-32, R-33)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from shelter_desk.domain.flags.facts import CaseFacts, Departure, HouseFacts
from shelter_desk.domain.flags.flag import Flag, due, is_late
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import before, overlap
from shelter_desk.domain.reports.categories import limit_passed, nights
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.roll_call import NO_REASON


def inconsistent_dates(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-01: exit before entry, entry in the future, two stays of one person over the same instants."""
    stay = case.stay
    if stay.exited_at is not None and before(stay.exited_at, stay.admitted_at):
        yield case.flag("R-01", "upside_down", since=stay.exited_at.date())
    if before(house.now, stay.admitted_at):
        yield case.flag("R-01", "future", since=case.since)
    for other in case.other_stays:
        if overlap(stay.admitted_at, stay.exited_at, other.admitted_at, other.exited_at):
            yield case.flag("R-01", "overlap", about=str(other.id), since=case.since, others=(other.stay_no,))


def known_already(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-02: somebody of the same sex with a name that sounds the same, ages at most 3 years apart or not known."""
    near = [one for one in case.alike if one.sex == case.person.sex and _may_be(case.person, one, house)]
    if near:
        about = "-".join(str(one.id) for one in near)
        codes = tuple(one.code for one in near)
        yield case.flag("R-02", about=about, since=case.since, n=len(near), others=codes)


def _may_be(one: Person, other: Person, house: HouseFacts) -> bool:
    mine, theirs = one.birth.age(house.today), other.birth.age(house.today)
    near = mine is None or theirs is None or abs(mine - theirs) <= house.thresholds.alike_age_years
    return near and (min(one.id, other.id), max(one.id, other.id)) not in house.not_same


def too_long(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-14: a stay over the longest of its category; minors have none, and are looked at again every 30 days.

    Who may be a minor is looked at again as well, though the figures count a longest stay. Of a small child, a look at
    what becomes of the adult counts.
    """
    limit = limit_passed(case.stay, case.person, case.statuses, house.today, house.thresholds.limits)
    n = nights(case.stay, house.today)
    if limit is not None:
        yield case.flag("R-14", since=case.since, due=due(case.since, limit), n=n, limit=limit)
    elif case.person.birth.protected_as_minor(house.today):
        last = max(_looked_at(one) for one in house.files_of(case))
        every = house.thresholds.minor_review_days
        yield from case.late("R-14", last, every, house.today, "minor", about=last.isoformat())


def _looked_at(case: CaseFacts) -> date:
    """When what becomes of a minor was looked at last."""
    days = [case.since, *case.plans, *(one.assessed_on for one in case.assessments)]
    days += [one.assessed_on for one in case.best_interests]
    given = case.last_given("pro_eis", "pro_evaluation", "pro_plan")
    return max([*days, *([given] if given else [])])


def long_absence(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-30: an absence without a reason that has lasted more than 3 days."""
    allowed = house.thresholds.absence_max_days
    for away in case.absences:
        is_open = away.end is None or away.end.date() > house.today
        if away.absence_type == NO_REASON and is_open:
            yield from case.late("R-30", away.start.date(), allowed, house.today, about=str(away.id))


def left_behind(house: HouseFacts) -> Iterator[Flag]:
    """R-32: who came with somebody is still here after that person left, or a child left alone."""
    here = {case.stay.id: case for case in house.cases if case.stay.exited_at is None}
    came_with = defaultdict[StayId, list[CaseFacts]](list)
    for case in here.values():
        if case.stay.head is not None and case.stay.is_dependant:
            came_with[case.stay.head].append(case)
    for departure in house.departures:
        for case in came_with.get(departure.stay, ()):
            yield case.flag("R-32", "stayed", since=departure.left_on, others=(departure.code,))
        head = None if departure.head is None else here.get(departure.head)
        if head is not None and departure.is_minor:
            yield departure.flag("R-32", "left", since=departure.left_on, others=(head.person.code,))


def to_close(departure: Departure, house: HouseFacts) -> Iterator[Flag]:
    """R-33: the case is open more than 30 days after the exit, or a follow-up after it is overdue."""
    allowed = house.thresholds.case_closure_days
    is_open = departure.closed_on is None and not departure.came_back
    if is_open and is_late(departure.left_on, allowed, house.today):
        n = (house.today - departure.left_on).days
        yield departure.flag("R-33", "case", since=departure.left_on, due=due(departure.left_on, allowed), n=n)
    until = departure.follow_up_on
    if until is not None and until < house.today:
        n = (house.today - until).days
        yield departure.flag("R-33", "follow_up", about=until.isoformat(), since=until, due=until, n=n)
