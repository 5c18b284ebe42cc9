"""I-12 to I-16, I-21 and I-22, which prove screenings, minors, services and referrals (field 4.4); C-16, C-17.

I-20 compares articles given with what left the stock: it comes with the stock.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from shelter_desk.domain.assistance.assistance import LODGING, MEAL, type_of
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Amount, Dims, Ref, added
from shelter_desk.domain.reports.identity_sides import FigureReader, balance, hosted_stays, totals
from shelter_desk.domain.reports.report import Identity, Terms
from shelter_desk.domain.reports.tables.t02_movements import ROLLUPS, rollup, rollup_dims
from shelter_desk.domain.reports.tables.t04_identification import SCREENINGS
from shelter_desk.domain.reports.tables.t04_identified import PROFILE, VICTIM_CATEGORIES, VICTIMS, VICTIMS_BY_GROUP
from shelter_desk.domain.reports.tables.t06_services import CATEGORY, OF_VICTIMS, named
from shelter_desk.domain.reports.tables.t07_referrals import BALANCE, OUTGOING, PREFIXES
from shelter_desk.domain.reports.tables.t09_activities import AWARENESS, SENSITISED
from shelter_desk.domain.stays.stays import Stay

Persons = dict[str, set[PersonId]]
MEALS_A_DAY = 3


def identities_of_care(facts: ReportFacts, read: FigureReader) -> tuple[Identity, ...]:
    """Each with a side that is counted another way than its figures."""
    whom = _whom(facts)
    nights, lodging = totals("t1.person_nights"), Terms((("t6.quantity", named(LODGING)),))
    # the situation that was not recorded is a line of its own (interfaces.md section 4)
    situations = read.where("t5.minors", lambda dims: dims[0][0] == "child_status")
    return (
        # what became of each, against the status of those present on the last day
        read.equal("I-12", TOTAL, *balance(SCREENINGS, TOTAL), [(SCREENINGS[-1], TOTAL)]),
        *_referrals(read),
        *_types(read, whom),
        _anybody(read, facts, whom),
        read.equal("I-16", TOTAL, lodging, nights, lodging.plus + nights.plus),
        _meals(facts),
        read.equal("I-22", TOTAL, read("t5.minors"), Terms(tuple(situations)), [("t5.minors", TOTAL)]),
        *_groups(read),
        *_victims(read),
        *_sensitised(read),
    )


def _referrals(read: FigureReader) -> Iterator[Identity]:
    """I-13, for those issued and for those received: what happened, against what is open on the last day."""
    for direction, prefix in PREFIXES.items():
        keys = [prefix + name for name in BALANCE]
        dims: Dims = TOTAL if prefix == OUTGOING else (("referral_direction", direction),)
        yield read.equal("I-13", dims, *balance(keys, TOTAL), [(keys[-1], TOTAL)])


def _whom(facts: ReportFacts) -> Persons:
    """Who was given what, from the services and from the dates of the stays; "" for anything."""
    found: Persons = defaultdict(set)
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    for service in facts.services:
        if service.counts:
            for name in ("", type_of(service.service_type), service.service_type):
                found[name].add(persons[service.stay])
    for stay in facts.stays:
        if stay.counts and _nights_here(facts, stay) > 0:
            for name in ("", type_of(LODGING), LODGING):
                found[name].add(stay.person)
    return found


def _nights_here(facts: ReportFacts, stay: Stay) -> int:
    """Nights covered by the stay without those away, from the dates alone."""
    period, left = facts.period, stay.exited_at
    nights = period.nights_of(stay.admitted_at, left)
    for absence in facts.absences.get(stay.id, ()):
        ends = [end for end in (absence.end, left) if end is not None]
        nights -= period.nights_of(max(absence.start, stay.admitted_at), min(ends, default=None))
    return nights


def _types(read: FigureReader, whom: Persons) -> Iterator[Identity]:
    """I-14: persons of a type, counted again and brought within the bounds that its sub-types set."""
    for kind in sorted({type_of(name) for name in whom if name}):
        ref: Ref = ("t6.beneficiaries", named(kind))
        below = [name for name in whom if name != kind and type_of(name) == kind]
        parts = [read("t6.beneficiaries", named(name)) for name in below]
        whole = len(whom[kind])
        # nobody was given the type itself, and no sub-type of it
        is_cut = whom[kind] == set().union(*(whom[name] for name in below))
        bounded = min(max(whole, *parts), sum(parts)) if parts and is_cut else whole
        yield read.equal("I-14", named(kind), read(*ref), bounded, [ref])


def _anybody(read: FigureReader, facts: ReportFacts, whom: Persons) -> Identity:
    """I-15: persons hosted, without those who were given nothing, with those who were served and not hosted."""
    hosted = {stay.person for stay in hosted_stays(facts)}
    anybody = whom.get("", set())
    right = read("t2.distinct_persons") - len(hosted - anybody) + len(anybody - hosted)
    uses: list[Ref] = [("t6.beneficiaries", TOTAL), ("t2.distinct_persons", TOTAL)]
    return read.equal("I-15", TOTAL, read("t6.beneficiaries"), right, uses)


def _meals(facts: ReportFacts) -> Identity:
    """I-21, on the day with most meals beyond three for each person here; it warns. Staff does not eat here.

    Whoever comes, leaves, goes away or comes back on a day may eat on it.
    """
    given: dict[date, list[Amount]] = defaultdict(list)
    for service in facts.services:
        if service.counts and service.service_type == MEAL:
            given[service.service_on].append(service.quantity)
    served = {day: added(amounts) for day, amounts in given.items()}
    most = {day: MEALS_A_DAY * sum(_may_eat(facts, stay, day) for stay in facts.stays) for day in served}
    if not served:
        return Identity("I-21", TOTAL, 0, 0, holds=True, only_warns=True)
    worst = max(sorted(served), key=lambda day: served[day] - most[day])
    uses: tuple[Ref, ...] = (("t6.quantity", named(MEAL)), ("t1.presence", (("night", worst.isoformat()),)))
    is_within = served[worst] <= most[worst]
    return Identity("I-21", (("day", worst.isoformat()),), served[worst], most[worst], is_within, uses, True)


def _may_eat(facts: ReportFacts, stay: Stay, day: date) -> bool:
    left = stay.exited_at
    if not stay.counts or stay.admitted_at.date() > day or (left is not None and left.date() < day):
        return False
    away = facts.absences.get(stay.id, ())
    return not any(one.start.date() < day and (one.end is None or day < one.end.date()) for one in away)


def _groups(read: FigureReader) -> Iterator[Identity]:
    """C-11: girls, boys, women and men among the victims are those of the groups of exploitation added up."""
    for name in ROLLUPS:
        hosted = read.where(VICTIMS, lambda dims, name=name: rollup(dims) == name)  # type: ignore[misc]
        cells = read.where(VICTIMS_BY_GROUP + PROFILE, lambda dims, name=name: dims[1][1] == name)  # type: ignore[misc]
        sides = Terms(tuple(hosted)), Terms(tuple(cells))
        yield read.equal("C-11", rollup_dims(name), *sides, [*hosted, *cells])


def _victims(read: FigureReader) -> Iterator[Identity]:
    """C-16: events of victims = their types added up; the victims of everything and of each type = both categories."""
    events, persons = OF_VICTIMS
    tops = read.where(events, lambda dims: type_of(dims[0][1]) == dims[0][1])
    yield read.equal("C-16", (("figure", events),), totals(events), Terms(tuple(tops)), [(events, TOTAL), *tops])
    for dims in (TOTAL, *(dims for _, dims in tops)):
        cells: list[Ref] = [(CATEGORY, (*dims, ("category", one))) for one in VICTIM_CATEGORIES]
        left = Terms(((persons, dims),))
        yield read.equal("C-16", (("figure", persons), *dims), left, Terms(tuple(cells)), [(persons, dims), *cells])


def _sensitised(read: FigureReader) -> Iterator[Identity]:
    """C-17: persons made aware = residents + people from outside = girls, boys, women and men added up."""
    at: Dims = named(AWARENESS)
    sides: tuple[list[Ref], ...] = (
        [("t9.participations", at), ("t9.outside", at)],
        read.where(SENSITISED, lambda dims: dims[0][0] == "rollup"),
    )
    for by, refs in zip(("place", "rollup"), sides, strict=True):
        uses = [(SENSITISED, TOTAL), *refs]
        yield read.equal("C-17", (("by", by),), totals(SENSITISED), Terms(tuple(refs)), uses)
