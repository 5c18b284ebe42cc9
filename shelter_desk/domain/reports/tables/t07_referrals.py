"""T7: referrals to other structures, and those received from them apart (field 4.3; interfaces.md section 4).

T7 by kind of structure, by service wanted, by sex and age group (field 4.3).
"""

from collections.abc import Iterator

from shelter_desk.domain.assistance.referrals import SERVED, Referral
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally, half_up
from shelter_desk.domain.reports.lines import cell_of, reference_date
from shelter_desk.domain.reports.tables.t08_protection import folded

WHAT = ("issued", "served")
BY_PARTNER = tuple(f"t7.{what}_by_partner_type" for what in WHAT)
BY_SERVICE = tuple(f"t7.{what}_by_service" for what in WHAT)
BY_PROFILE = tuple(f"t7.{what}_by_profile" for what in WHAT)


def referred_to(facts: ReportFacts) -> dict[Ref, Figure]:
    """Of the referrals to others: those issued, and those that led to a service, in the period."""
    tally = Tally()
    stays = {stay.id: stay for stay in (*facts.stays, *facts.aside)}
    for referral in facts.referrals:
        if not referral.counts or referral.direction != "sortante":
            continue
        stay = stays[referral.stay]
        partner = facts.protection.partner_types.get(folded(referral.partner), NOT_RECORDED)
        profile = cell_of(facts.persons[stay.person], reference_date(stay, facts.period))
        wanted = dict.fromkeys(referral.service_wanted) or (NOT_RECORDED,)
        services: list[Dims] = [(("service_type", one),) for one in wanted]
        for place in _happened(facts, referral):
            tally.add(BY_PARTNER[place], stay.id, 1, (("partner_type", partner),))
            tally.add(BY_PROFILE[place], stay.id, 1, profile)
            tally.add(BY_SERVICE[place], stay.id, 1, *services)
    return tally.figures()


def _happened(facts: ReportFacts, referral: Referral) -> Iterator[int]:
    """The places in `WHAT` of what happened in the period."""
    if referral.issued_on in facts.period:
        yield 0
    if referral.state in SERVED and referral.ended_on is not None and referral.ended_on in facts.period:
        yield 1


_ENDS = {"refusee_structure": "refused_provider", "refusee_personne": "refused_person", "sans_suite": "no_response"}
ENDED = ("served", *_ENDS.values())
# open at the start + issued − served − refused − without answer = open at the end (I-13)
BALANCE = ("open_start", "issued", *ENDED, "open_end")
NAMES = (
    "open_start",
    "issued",
    "accepted",
    *ENDED,
    "open_end",
    "late",
    "completed",
    "completion_rate",
    "mean_days_to_service",
)
OUTGOING, INCOMING = "t7.", "t7.incoming_"
PREFIXES = {"sortante": OUTGOING, "entrante": INCOMING}


def referred(facts: ReportFacts) -> dict[Ref, Figure]:
    """The figures of T7."""
    counts = [prefix + name for prefix in PREFIXES.values() for name in NAMES if name != "completion_rate"]
    tally = Tally(*counts)
    for referral in facts.referrals:
        if not referral.counts:
            continue
        prefix = PREFIXES[referral.direction]
        for name, amount in _counts(facts, referral):
            tally.add(prefix + name, referral.stay, amount, TOTAL)
    figures = tally.figures()
    for prefix in PREFIXES.values():
        ref: Ref = (f"{prefix}completion_rate", TOTAL)
        issued, completed = (len(figures[prefix + name, TOTAL].rows) for name in ("issued", "completed"))
        figures[ref] = Figure(*ref, half_up(completed * 100, issued))
    return figures


def _counts(facts: ReportFacts, referral: Referral) -> Iterator[tuple[str, int]]:
    """What a referral counts for. Days for the mean, 1 elsewhere."""
    period, issued, ended = facts.period, referral.issued_on, referral.ended_on
    if issued < period.first and (ended is None or ended >= period.first):
        yield "open_start", 1
    if issued in period:
        yield "issued", 1
        if referral.state in SERVED:
            yield "completed", 1
    if referral.accepted_on is not None and referral.accepted_on in period:
        yield "accepted", 1
    if ended is not None and ended in period:
        yield _ENDS.get(referral.state, "served"), 1
        if referral.state in SERVED:
            yield "mean_days_to_service", (ended - issued).days
    if issued <= period.last and (ended is None or ended > period.last):
        yield "open_end", 1
        if referral.follow_up_on is not None and referral.follow_up_on < period.last:
            yield "late", 1
