"""The services of a period by the names that a donor has for them; its totals are those of T6."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from shelter_desk.domain.assistance.assistance import type_of
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import Amount
from shelter_desk.domain.reports.lines import lines
from shelter_desk.domain.reports.report import have_one_unit
from shelter_desk.domain.reports.tables.nights import slept
from shelter_desk.domain.reports.tables.t06_services import Sums, by_sub_type, paid, whole

Categories = Mapping[str, str]  # of one donor, by sub-type or type
NONE = ""  # what has no category


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """What a category brought. lines: events, as T6 counts them; quantity: None in different units; persons: counted
    once; cost: whoever paid, in XOF.

    paid: of the cost, what this donor paid. services: the sub-types that stand in it.
    """

    category: str
    lines: int
    quantity: Amount | None
    persons: int
    cost: int
    paid: int
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByCategory:
    """A period in the words of a donor: categories in their order, what has none last, and everything."""

    donor: str
    period: Period
    found: tuple[CategoryLine, ...]
    total: CategoryLine
    names: Mapping[str, str]


def category_of(categories: Categories, service_type: str) -> str:
    """That of the sub-type, else that of its type, else `NONE`."""
    return categories.get(service_type) or categories.get(type_of(service_type), NONE)


def by_category(facts: ReportFacts, donor: str, categories: Categories, order: Iterable[str]) -> ByCategory:
    """Every service that T6 counts, nights among them. order: all service types, as their list has them."""
    extra_beds = frozenset(bed.id for bed in facts.beds if bed.is_extra)
    nights = [slept(facts, line.stay, extra_beds) for line in lines(facts)]
    sub_types = by_sub_type(facts, nights)
    paid_by_donor: dict[str, int] = {}
    for one in paid(facts.services):
        if one.donor == donor:
            paid_by_donor[one.service_type] = paid_by_donor.get(one.service_type, 0) + (one.cost_xof or 0)
    persons_of = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    place = {code: at for at, code in enumerate(order)}
    known = sorted(sub_types, key=lambda code: (place.get(code, len(place)), code))
    grouped: dict[str, list[str]] = {}
    for code in known:
        grouped.setdefault(category_of(categories, code), []).append(code)
    without = grouped.pop(NONE, [])
    groups = [*grouped.items(), *([(NONE, without)] if without else [])]

    def line(category: str, codes: list[str]) -> CategoryLine:
        sums = Sums()
        for code in codes:
            sums.join(sub_types[code])
        persons = len({persons_of[stay] for stay in sums.events})
        quantity = whole(sum(sums.quantity.values(), Decimal(0))) if have_one_unit(codes) else None
        cost, of_donor = sum(sums.cost.values()), sum(paid_by_donor.get(code, 0) for code in codes)
        return CategoryLine(category, sum(sums.events.values()), quantity, persons, cost, of_donor, tuple(codes))

    found = tuple(line(category, codes) for category, codes in groups)
    return ByCategory(donor, facts.period, found, line(NONE, known), facts.names)
