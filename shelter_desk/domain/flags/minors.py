"""Rules of minors (R-07 to R-11, R-22); a doubt about the age counts as minor (field 2.1)."""

from collections.abc import Iterator
from datetime import date

from shelter_desk.domain.flags.facts import CaseFacts, Departure, HouseFacts
from shelter_desk.domain.flags.flag import Flag, due, is_late
from shelter_desk.domain.residents.residents import majority

WITHOUT_DECISION = frozenset({"avrr", "reunification", "famille_accueil", "rapatriement_consulaire"})
APPOINTED = frozenset({"provisoire", "designe", "non_requis"})
NOT_YET_ASKED = frozenset({"", "a_designer"})
UNMARRIED = frozenset({"", "celibataire", "non_precise"})
EXPECTING = "enceinte"


def turning_18(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-07: turns 18 within 30 days, or turned 18, however long ago, and is still written as a child."""
    day = majority(case.person.birth)
    if day is None:
        return
    n = (day - house.today).days
    if 0 < n <= house.thresholds.majority_days:
        yield case.flag("R-07", "soon", since=day, n=n)
    elif n <= 0 and case.stay.child_status not in ("", "sans_objet"):
        yield case.flag("R-07", "turned", since=day, due=day, n=-n)


def without_guardian(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-08: no guardian asked for after 2 days, none appointed after 15."""
    if not case.is_alone(house.today):
        return
    statuses = {one.status for one in case.guardians if one.ended_on is None or one.ended_on > house.today}
    if statuses & APPOINTED:
        return
    allowed = house.thresholds.guardian_days
    n = (house.today - case.since).days
    if is_late(case.since, allowed, house.today):
        yield case.flag("R-08", "guardian", since=case.since, due=due(case.since, allowed), n=n, limit=allowed)
        return
    asked = any(one.requested_on or one.status not in NOT_YET_ASKED for one in case.guardians)
    allowed = house.thresholds.guardian_request_days
    if not asked and is_late(case.since, allowed, house.today):
        yield case.flag("R-08", "request", since=case.since, due=due(case.since, allowed), n=n, limit=allowed)


def without_best_interests(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-09: no assessment of best interests after 3 days, no full one after 14."""
    if not case.is_alone(house.today):
        return
    done = {one.form for one in case.best_interests if one.is_done}
    n = (house.today - case.since).days
    for kind, forms, allowed in (
        ("full", {"complete"}, house.thresholds.bia_full_days),
        ("short", {"courte", "complete"}, house.thresholds.bia_short_days),
    ):
        if not done & forms and is_late(case.since, allowed, house.today):
            yield case.flag("R-09", kind, since=case.since, due=due(case.since, allowed), n=n, limit=allowed)
            return


def left_without_decision(departure: Departure, _house: HouseFacts) -> Iterator[Flag]:
    """R-10: such an exit of a child alone without a reference of the decision, or without an identified adult."""
    if departure.child_alone and departure.reason in WITHOUT_DECISION:
        if not departure.decision:
            yield departure.flag("R-10", "decision", since=departure.left_on)
        elif not departure.received:
            yield departure.flag("R-10", "adult", since=departure.left_on)


def service_not_told(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-11: neither social services nor the judge told within 2 days."""
    allowed = house.thresholds.notify_service_days
    if case.is_alone(house.today) and not case.notified and is_late(case.since, allowed, house.today):
        n = (house.today - case.since).days
        yield case.flag("R-11", since=case.since, due=due(case.since, allowed), n=n, limit=allowed)


def child_mother(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-22: a minor who is or was married, is pregnant, or came with a child of her own."""
    if not case.person.birth.protected_as_minor(house.today):
        return
    if case.marital_status not in UNMARRIED:
        yield case.flag("R-22", "married", since=case.since)
    if EXPECTING in case.specific_needs:
        yield case.flag("R-22", "pregnant", since=case.since)
    if any(other.stay.head == case.stay.id and _is_younger(other, case, house.today) for other in house.cases):
        yield case.flag("R-22", "mother", since=case.since)


def _is_younger(other: CaseFacts, case: CaseFacts, today: date) -> bool:
    """Young enough to be the child, rather than a brother or sister, of a minor: carried still."""
    return other.is_carried(today) and other.stay.id != case.stay.id
