"""One period computed: each stay is read once, then counted by every table."""

from shelter_desk.domain.reports.capacity import bed_nights, capacity
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import Report
from shelter_desk.domain.reports.identities import identities
from shelter_desk.domain.reports.lines import lines
from shelter_desk.domain.reports.movements import movements, subtotals
from shelter_desk.domain.reports.nights import slept
from shelter_desk.domain.reports.profile import exits, profile


def compute(facts: Facts) -> Report:
    """The report of the facts' period, nothing hidden.

    Raises KeyError where a stay's person is not among the facts.
    """
    all_lines = lines(facts)
    extra_beds = frozenset(bed.id for bed in facts.beds if bed.is_extra)
    nights = [slept(facts, line.stay, extra_beds) for line in all_lines]
    figures = capacity(facts, bed_nights(facts), nights, all_lines)
    figures |= movements(facts, all_lines, nights) | profile(all_lines) | exits(all_lines)
    return Report(
        period=facts.period,
        figures=figures,
        identities=identities(facts, figures),
        subtotals=subtotals(figures),
        nights=tuple((one.stay.id, one.here) for one in nights),
        small_cell_k=facts.limits.small_cell_k,
    )
