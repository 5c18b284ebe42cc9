"""One period computed: each stay is read once, then counted by every table."""

from shelter_desk.domain.reports.capacity import bed_nights, begins_before, capacity
from shelter_desk.domain.reports.children import children
from shelter_desk.domain.reports.equipped import equipped, happened_to_assets, still_open
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.happened import happened
from shelter_desk.domain.reports.held import held
from shelter_desk.domain.reports.helped import helped
from shelter_desk.domain.reports.identification import BY_PROFILE as SCREENED
from shelter_desk.domain.reports.identification import identification, minors
from shelter_desk.domain.reports.identities import identities
from shelter_desk.domain.reports.lessons import lessons
from shelter_desk.domain.reports.lines import lines
from shelter_desk.domain.reports.movements import BY_PROFILE, movements, subtotals
from shelter_desk.domain.reports.nights import slept
from shelter_desk.domain.reports.profile import exits, profile
from shelter_desk.domain.reports.referred import referred
from shelter_desk.domain.reports.referred_to import referred_to
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.requested import requested
from shelter_desk.domain.reports.served import homes, served
from shelter_desk.domain.reports.sessions import listed_sessions, sessions
from shelter_desk.domain.reports.stocked import stocked
from shelter_desk.domain.reports.zones import zones


def compute(facts: Facts) -> Report:
    """The report of the facts' period, nothing hidden.

    Raises KeyError where a stay's person is not among the facts.
    """
    all_lines = lines(facts)
    extra_beds = frozenset(bed.id for bed in facts.beds if bed.is_extra)
    nights = [slept(facts, line.stay, extra_beds) for line in all_lines]
    beds = bed_nights(facts)
    figures = capacity(facts, beds, nights, all_lines) | zones(facts, beds, nights)
    figures |= movements(facts, all_lines, nights) | profile(all_lines)
    figures |= identification(facts, all_lines) | minors(all_lines) | children(facts, all_lines, nights)
    known = homes(facts, all_lines)
    figures |= served(facts, nights, known) | helped(facts, all_lines, known) | referred(facts) | referred_to(facts)
    figures |= exits(all_lines) | held(facts, known) | sessions(facts, known) | happened(facts)
    figures |= equipped(facts) | requested(facts)
    figures |= stocked(facts, figures)
    return Report(
        period=facts.period,
        figures=figures,
        identities=identities(facts, figures),
        subtotals=subtotals(figures, (*BY_PROFILE, *SCREENED)),
        nights=tuple((one.stay.id, one.here) for one in nights),
        small_cell_k=facts.limits.small_cell_k,
        names=facts.names,
        happened=happened_to_assets(facts),
        open_tickets=still_open(facts),
        sessions=listed_sessions(facts),
        lessons=lessons(facts.incidents, facts.period),
        capacity_from=begins_before(facts),
    )
