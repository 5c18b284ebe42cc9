"""One period computed: each stay is read once, then counted by every table."""

from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import known_figures
from shelter_desk.domain.reports.identities.identities import identities
from shelter_desk.domain.reports.lines import lines
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.nights import slept
from shelter_desk.domain.reports.tables.t01_capacity import bed_nights, begins_before, capacity
from shelter_desk.domain.reports.tables.t01_lost_places import lost_places
from shelter_desk.domain.reports.tables.t01_zones import zones
from shelter_desk.domain.reports.tables.t02_movements import BY_PROFILE, movements, subtotals
from shelter_desk.domain.reports.tables.t02_place_requests import requested
from shelter_desk.domain.reports.tables.t02_typing import typed
from shelter_desk.domain.reports.tables.t03_profile import exits, profile
from shelter_desk.domain.reports.tables.t04_identification import BY_PROFILE as SCREENED
from shelter_desk.domain.reports.tables.t04_identification import identification, minors
from shelter_desk.domain.reports.tables.t05_children import children
from shelter_desk.domain.reports.tables.t06_services import helped, homes, per_night, served
from shelter_desk.domain.reports.tables.t07_legal_steps import proceeded
from shelter_desk.domain.reports.tables.t07_referrals import referred, referred_to
from shelter_desk.domain.reports.tables.t08_follow_ups import followed
from shelter_desk.domain.reports.tables.t09_activities import held, listed_sessions, sensitised, sessions
from shelter_desk.domain.reports.tables.t10_equipment import equipped, happened_to_assets, still_open
from shelter_desk.domain.reports.tables.t11_stock import stocked
from shelter_desk.domain.reports.tables.t12_incidents import happened, lessons


def compute(facts: ReportFacts) -> Report:
    """The report of the facts' period, nothing hidden.

    Raises KeyError where a stay's person is not among the facts.
    """
    all_lines = lines(facts)
    extra_beds = frozenset(bed.id for bed in facts.beds if bed.is_extra)
    nights = [slept(facts, line.stay, extra_beds) for line in all_lines]
    beds = bed_nights(facts)
    figures = capacity(facts, beds, nights, all_lines) | zones(facts, beds, nights)
    figures |= lost_places(facts, beds, nights, tuple(figures))
    figures |= movements(facts, all_lines, nights) | profile(all_lines) | typed(all_lines)
    figures |= identification(facts, all_lines) | minors(all_lines) | children(facts, all_lines, nights)
    known = homes(facts, all_lines)
    figures |= served(facts, nights, known) | helped(facts, all_lines, known) | referred(facts) | referred_to(facts)
    figures |= (
        per_night(figures)
        | proceeded(facts)
        | followed(facts)
        | exits(all_lines)
        | held(facts, known)
        | sensitised(facts, known)
        | sessions(facts, known)
        | happened(facts)
    )
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
        item_categories={one.code: one.category for one in facts.store.items},
        happened=happened_to_assets(facts),
        open_tickets=still_open(facts),
        sessions=listed_sessions(facts),
        lessons=lessons(facts.incidents, facts.period),
        counted=frozenset(known_figures()),
        capacity_from=begins_before(facts),
    )
