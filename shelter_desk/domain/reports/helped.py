"""T6, who pays, and who was helped without being hosted (field 4.3)."""

from collections.abc import Iterable, Iterator

from shelter_desk.domain.assistance import Service
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally
from shelter_desk.domain.reports.lines import Line
from shelter_desk.domain.reports.served import Home

NOT_HOSTED, BY_DONOR, COST = "t6.not_hosted", "t6.cost_by_donor", "t6.cost"


def helped(facts: Facts, all_lines: list[Line], known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """The cost of services by donor, and the persons served in the period who were not hosted in it."""
    tally = Tally(NOT_HOSTED)
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    hosted, served = {line.person.id for line in all_lines}, dict[PersonId, None]()
    for one in facts.services:
        if one.counts:
            served[persons[one.stay]] = None
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


def _donor(one: Service) -> Dims:
    return (("donor", one.donor or NOT_RECORDED),)
