"""T6: what was given to whom, by sub-type and type of service; nights are services too (domain 4.3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shelter_desk.domain.assistance import LODGING, type_of
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.reports.categories import category
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import TOTAL, Amount, Dims, Figure, Ref, Row, added, figure_of
from shelter_desk.domain.reports.lines import Line, cell_of, in_order, last_of_each_person, reference_date
from shelter_desk.domain.reports.nights import Slept

COUNTS = ("t6.quantity", "t6.events")
SERVED = (*COUNTS, "t6.beneficiaries")
_HERE = "centre"


@dataclass(frozen=True, slots=True)
class Given:
    """Something done for a stay: how much of it, and in how many events."""

    stay: StayId
    service_type: str
    quantity: Amount
    events: int
    provider_kind: str
    cost_xof: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """The stay under which a person is counted once: of the last stay here, else of the last one that was served."""

    stay: StayId
    cell: Dims
    category: str


def given(facts: Facts, nights: Iterable[Slept]) -> Iterator[Given]:
    """The nights slept here, then the services of the period that were held."""
    for one in nights:
        slept = one.here.bit_count()
        if slept:
            yield Given(one.stay.id, LODGING, slept, slept, _HERE)
    for service in facts.services:
        if service.counts:
            quantity = int(service.quantity) if float(service.quantity).is_integer() else service.quantity
            cost = service.cost_xof or 0
            yield Given(service.stay, service.service_type, quantity, 1, service.provider_kind, cost)


def homes(facts: Facts, all_lines: list[Line]) -> dict[PersonId, Home]:
    """Where each person of the facts is counted."""
    found: dict[PersonId, Home] = {}
    served_on = {service.stay for service in facts.services if service.counts}
    every = in_order([*facts.stays, *facts.aside])
    for stay in sorted(every, key=lambda stay: stay.id in served_on):
        person, day = facts.persons[stay.person], reference_date(stay, facts.period)
        group = category(stay, person, facts.statuses.get(stay.id, ()), day)
        found[stay.person] = Home(stay.id, cell_of(person, day), group)
    for line in last_of_each_person(all_lines):
        found[line.person.id] = Home(line.stay.id, line.cell, line.category)
    return found


def served(facts: Facts, nights: Iterable[Slept], known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """The figures of T6."""
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    amounts: dict[Ref, dict[StayId, list[Amount]]] = {(key, TOTAL): {} for key in COUNTS}
    whom: dict[str, dict[PersonId, None]] = defaultdict(dict)
    for one in given(facts, nights):
        for key, dims, amount in _brings(one):
            amounts.setdefault((key, dims), {}).setdefault(one.stay, []).append(amount)
        for name in levels(one.service_type):
            whom[name][persons[one.stay]] = None
    figures = {
        ref: figure_of(ref, [(stay, added(brought)) for stay, brought in rows.items()]) for ref, rows in amounts.items()
    }
    return figures | _beneficiaries(whom, known)


def levels(service_type: str) -> tuple[str, ...]:
    """Everything, the type, and the sub-type where it is one."""
    kind = type_of(service_type)
    return ("", kind) if kind == service_type else ("", kind, service_type)


def named(service_type: str) -> Dims:
    """The dims of a service; of everything where it is empty."""
    return (("service_type", service_type),) if service_type else TOTAL


def _brings(one: Given) -> Iterator[tuple[str, Dims, Amount]]:
    for name in levels(one.service_type):
        dims, by = named(name), (("provider_kind", one.provider_kind),)
        yield "t6.quantity", dims, one.quantity
        yield "t6.events", dims, one.events
        yield "t6.provided", (*dims, *by), one.events
        if one.cost_xof:
            yield "t6.cost", dims, one.cost_xof


def _beneficiaries(whom: dict[str, dict[PersonId, None]], known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """Distinct persons of each sub-type and type; of types also by sex and age group and by category."""
    rows: dict[Ref, list[Row]] = {("t6.beneficiaries", TOTAL): []}
    for name, persons in whom.items():
        dims, is_type = named(name), not name or type_of(name) == name
        for person in persons:
            home = known[person]
            row: Row = (home.stay, 1)
            rows.setdefault(("t6.beneficiaries", dims), []).append(row)
            if is_type:
                rows.setdefault(("t6.beneficiaries_profile", (*dims, *home.cell)), []).append(row)
                by_category = (*dims, ("category", home.category))
                rows.setdefault(("t6.beneficiaries_category", by_category), []).append(row)
    return {ref: figure_of(ref, found) for ref, found in rows.items()}
