"""T6, who pays, and who was helped without being hosted (domain 4.3)."""

from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally
from shelter_desk.domain.reports.lines import Line
from shelter_desk.domain.reports.served import Home

NOT_HOSTED, BY_DONOR = "t6.not_hosted", "t6.cost_by_donor"


def helped(facts: Facts, all_lines: list[Line], known: dict[PersonId, Home]) -> dict[Ref, Figure]:
    """The cost of services by donor, and the persons served in the period who were not hosted in it."""
    tally = Tally(NOT_HOSTED)
    persons = {stay.id: stay.person for stay in (*facts.stays, *facts.aside)}
    hosted, served = {line.person.id for line in all_lines}, dict[PersonId, None]()
    for one in facts.services:
        if not one.counts:
            continue
        served[persons[one.stay]] = None
        if one.cost_xof:
            dims: Dims = (("donor", one.donor or NOT_RECORDED),)
            tally.add(BY_DONOR, one.stay, one.cost_xof, dims)
    for person in served:
        if person not in hosted:
            tally.add(NOT_HOSTED, known[person].stay, 1, TOTAL)
    return tally.figures()
