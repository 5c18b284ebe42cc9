"""T6: what was given to whom, by sub-type and type of service; nights are services too (field 4.3).

T6, who pays, and who was helped without being hosted (field 4.3).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shelter_desk.domain.assistance.assistance import LODGING, Service, type_of
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.reports.categories import category
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Amount, Dims, Figure, Ref, Row, Tally, half_up
from shelter_desk.domain.reports.lines import StayLine, cell_of, in_order, last_of_each_person, reference_date
from shelter_desk.domain.reports.tables.nights import NightsSlept
from shelter_desk.domain.reports.tables.t04_identified import VICTIM_CATEGORIES

COUNTS = ("t6.quantity", "t6.events")
SERVED = (*COUNTS, "t6.beneficiaries")
# who was served: by sex and age group, and by category; of types, and of their sub-types apart, which are finer
PROFILE, CATEGORY = "t6.beneficiaries_profile", "t6.beneficiaries_category"
SUB_PROFILE, SUB_CATEGORY = "t6.beneficiaries_sub_profile", "t6.beneficiaries_sub_category"
OF_VICTIMS = ("t6.victims_events", "t6.victims_served")  # of presumed and identified victims alone
_HERE = "centre"


@dataclass(slots=True)
class Sums:
    """What a sub-type, a type or everything brought, by stay; events also by who provided them. Decimals stay exact."""

    quantity: dict[StayId, int | Decimal] = field(default_factory=dict)
    events: dict[StayId, int] = field(default_factory=dict)
    cost: dict[StayId, int] = field(default_factory=dict)
    provided: dict[str, dict[StayId, int]] = field(default_factory=dict)

    def add(self, stay: StayId, quantity: int | Decimal, events: int, provider_kind: str, cost: int = 0) -> None:
        """Count what was done for a stay."""
        self.quantity[stay] = self.quantity.get(stay, 0) + quantity
        self.events[stay] = self.events.get(stay, 0) + events
        provided = self.provided.setdefault(provider_kind, {})
        provided[stay] = provided.get(stay, 0) + events
        if cost:
            self.cost[stay] = self.cost.get(stay, 0) + cost

    def join(self, part: "Sums") -> None:
        """Count what a part of this brought."""
        _join(self.quantity, part.quantity)
        _join(self.events, part.events)
        _join(self.cost, part.cost)
        for kind, events in part.provided.items():
            _join(self.provided.setdefault(kind, {}), events)


def _join(whole: dict[StayId, Any], part: Mapping[StayId, Any]) -> None:
    for stay, amount in part.items():
        whole[stay] = whole.get(stay, 0) + amount


@dataclass(frozen=True, slots=True)
class Home:
    """The stay under which a person is counted once: of the last stay here, else of the last one that was served.

    row: that stay, once, as it stands behind a figure.
    """

    stay: StayId
    cell: Dims
    category: str
    row: Row


def homes(facts: ReportFacts, all_lines: list[StayLine]) -> dict[PersonId, Home]:
    """Where each person of the facts is counted."""
    hosted = last_of_each_person(all_lines)
    found = {line.person.id: _home(line.stay.id, line.cell, line.category) for line in hosted}
    served_on = {service.stay for service in facts.services if service.counts}
    others = in_order(stay for stay in (*facts.stays, *facts.aside) if stay.person not in found)
    for stay in sorted(others, key=lambda stay: stay.id in served_on):
        person, day = facts.persons[stay.person], reference_date(stay, facts.period)
        group = category(stay, person, facts.statuses.get(stay.id, ()), day)
        found[stay.person] = _home(stay.id, cell_of(person, day), group)
    return found


def _home(stay: StayId, cell: Dims, group: str) -> Home:
    return Home(stay, cell, group, (stay, 1))


def served(facts: ReportFacts, nights: Iterable[NightsSlept], known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """The figures of T6."""
    by_name = {"": Sums()}  # everything, which is there where nothing was given too, then types and sub-types
    for name, part in by_sub_type(facts, nights).items():
        for level in levels(name):
            by_name.setdefault(level, Sums()).join(part)
    figures: dict[Ref, Figure] = {}
    for name, sums in by_name.items():
        figures |= _amounts(named(name), sums)
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    figures |= _victims(by_name, persons, known)
    for name, sums in by_name.items():
        whom = [known[person] for person in dict.fromkeys(persons[stay] for stay in sums.events)]
        figures |= _beneficiaries(named(name), whom, is_type=not name or type_of(name) == name)
    return figures


def _victims(
    by_name: Mapping[str, Sums], persons: Mapping[StayId, PersonId], known: Mapping[PersonId, Home]
) -> dict[Ref, Figure]:
    """What presumed and identified victims alone were given: events, and the victims, each once."""
    tally = Tally(*OF_VICTIMS)
    for name, sums in by_name.items():
        whom: dict[PersonId, None] = {}
        for stay, events in sums.events.items():
            if known[persons[stay]].category in VICTIM_CATEGORIES:
                tally.add(OF_VICTIMS[0], stay, events, named(name))
                whom[persons[stay]] = None
        for person in whom:
            tally.add(OF_VICTIMS[1], known[person].stay, 1, named(name))
    return tally.figures()


def by_sub_type(facts: ReportFacts, nights: Iterable[NightsSlept]) -> dict[str, Sums]:
    """The nights slept here, then the services of the period that were held."""
    found: dict[str, Sums] = defaultdict(Sums)
    for one in nights:
        slept = one.here.bit_count()
        if slept:
            found[LODGING].add(one.stay.id, slept, slept, _HERE)
    for service in facts.services:
        if service.counts:
            quantity = int(service.quantity) if float(service.quantity).is_integer() else Decimal(str(service.quantity))
            found[service.service_type].add(service.stay, quantity, 1, service.provider_kind, service.cost_xof or 0)
    return found


def whole(amount: int | Decimal) -> Amount:
    """A sum as it is printed: whole where it is whole."""
    if isinstance(amount, int):
        return amount
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def levels(service_type: str) -> tuple[str, ...]:
    """Everything, the type, and the sub-type where it is one."""
    kind = type_of(service_type)
    return ("", kind) if kind == service_type else ("", kind, service_type)


def named(service_type: str) -> Dims:
    """The dims of a service; of everything where it is empty."""
    return (("service_type", service_type),) if service_type else TOTAL


def _amounts(dims: Dims, sums: Sums) -> dict[Ref, Figure]:
    figures = [_sum("t6.quantity", dims, sums.quantity), _sum("t6.events", dims, sums.events)]
    for kind, events in sums.provided.items():
        figures.append(_sum("t6.provided", (*dims, ("provider_kind", kind)), events))
    if sums.cost:
        figures.append(_sum("t6.cost", dims, sums.cost))
    return {one.ref: one for one in figures}


def _sum(key: str, dims: Dims, amounts: Mapping[StayId, Any]) -> Figure:
    total = sum(amounts.values())
    rows = amounts.items() if isinstance(total, int) else ((stay, whole(amount)) for stay, amount in amounts.items())
    return Figure(key, dims, whole(total), tuple(rows))


def _beneficiaries(dims: Dims, whom: list[Home], *, is_type: bool) -> dict[Ref, Figure]:
    """Distinct persons of a sub-type or type, by sex and age group and by category too."""
    rows: dict[Ref, list[Row]] = {("t6.beneficiaries", dims): [home.row for home in whom]}
    cells, categories = defaultdict[Dims, list[Row]](list), defaultdict[str, list[Row]](list)
    for home in whom:
        cells[home.cell].append(home.row)
        categories[home.category].append(home.row)
    profile, category_ = (PROFILE, CATEGORY) if is_type else (SUB_PROFILE, SUB_CATEGORY)
    rows |= {(profile, (*dims, *cell)): found for cell, found in cells.items()}
    rows |= {(category_, (*dims, ("category", one))): found for one, found in categories.items()}
    return {ref: Figure(*ref, len(found), tuple(found)) for ref, found in rows.items()}


PER_NIGHT = "t6.cost_per_night"
NOT_HOSTED, BY_DONOR, COST = "t6.not_hosted", "t6.cost_by_donor", "t6.cost"


def helped(facts: ReportFacts, all_lines: list[StayLine], known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """The cost of services by donor, and the persons served in the period who were not hosted in it."""
    tally = Tally(NOT_HOSTED)
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    hosted = {line.person.id for line in all_lines}
    served = dict.fromkeys(persons[one.stay] for one in facts.services if one.counts)
    for one in paid(facts.services):
        tally.add(BY_DONOR, one.stay, one.cost_xof or 0, _donor(one))
    for person in served:
        if person not in hosted:
            tally.add(NOT_HOSTED, known[person].stay, 1, TOTAL)
    return tally.figures()


def paid(services: Iterable[Service]) -> Iterator[Service]:
    """The lines whose cost counts: what was held, and cost something."""
    return (one for one in services if one.counts and one.cost_xof)


def costs(services: Iterable[Service]) -> dict[Ref, Figure]:
    """The cost of these lines in all and by donor, as T6 has it."""
    tally = Tally(COST)
    for one in paid(services):
        tally.add(COST, one.stay, one.cost_xof or 0, TOTAL)
        tally.add(BY_DONOR, one.stay, one.cost_xof or 0, _donor(one))
    return tally.figures()


def per_night(figures: Mapping[Ref, Figure]) -> dict[Ref, Figure]:
    """The cost of services over the nights slept here, empty where nobody wrote a cost."""
    ref: Ref = (PER_NIGHT, TOTAL)
    cost, nights = (figures.get((key, TOTAL)) for key in (COST, "t1.person_nights"))
    if cost is None or nights is None or not isinstance(cost.value, int) or not isinstance(nights.value, int):
        return {ref: Figure(*ref, None)}
    return {ref: Figure(*ref, half_up(cost.value, nights.value), cost.rows)}


def _donor(one: Service) -> Dims:
    return (("donor", one.donor or NOT_RECORDED),)
