"""T7 by kind of structure, by service wanted, by sex and age group (field 4.3)."""

from collections.abc import Iterator

from shelter_desk.domain.referrals import SERVED, Referral
from shelter_desk.domain.reports.facts import Facts
from shelter_desk.domain.reports.figures import NOT_RECORDED, Dims, Figure, Ref, Tally
from shelter_desk.domain.reports.lines import cell_of, reference_date
from shelter_desk.domain.reports.protection import folded

WHAT = ("issued", "served")
BY_PARTNER = tuple(f"t7.{what}_by_partner_type" for what in WHAT)
BY_SERVICE = tuple(f"t7.{what}_by_service" for what in WHAT)
BY_PROFILE = tuple(f"t7.{what}_by_profile" for what in WHAT)


def referred_to(facts: Facts) -> dict[Ref, Figure]:
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


def _happened(facts: Facts, referral: Referral) -> Iterator[int]:
    """The places in `WHAT` of what happened in the period."""
    if referral.issued_on in facts.period:
        yield 0
    if referral.state in SERVED and referral.ended_on is not None and referral.ended_on in facts.period:
        yield 1
