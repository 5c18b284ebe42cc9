"""Rules of minors (R-07 to R-11, R-22); a doubt about the age counts as minor (field 2.1)."""

from collections.abc import Iterator

from shelter_desk.domain.flags.facts import CaseFacts, Departure, HouseFacts
from shelter_desk.domain.flags.flag import Flag, is_late
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
    if is_late(case.since, house.thresholds.guardian_days, house.today):
        yield from case.late("R-08", case.since, house.thresholds.guardian_days, house.today, "guardian")
    elif not any(one.requested_on or one.status not in NOT_YET_ASKED for one in case.guardians):
        yield from case.late("R-08", case.since, house.thresholds.guardian_request_days, house.today, "request")


def without_best_interests(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-09: no assessment of best interests after 3 days, no full one after 14."""
    if not case.is_alone(house.today):
        return
    done = {one.form for one in case.best_interests if one.is_done}
    if "complete" not in done and is_late(case.since, house.thresholds.bia_full_days, house.today):
        yield from case.late("R-09", case.since, house.thresholds.bia_full_days, house.today, "full")
    elif not done:
        yield from case.late("R-09", case.since, house.thresholds.bia_short_days, house.today, "short")


def left_without_decision(departure: Departure, _house: HouseFacts) -> Iterator[Flag]:
    """R-10: such an exit of a child alone without a reference of the decision, or without an identified adult."""
    if departure.child_alone and departure.reason in WITHOUT_DECISION:
        if not departure.decision:
            yield departure.flag("R-10", "decision", since=departure.left_on)
        elif not departure.received:
            yield departure.flag("R-10", "adult", since=departure.left_on)


def service_not_told(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-11: neither social services nor the judge told within 2 days."""
    if case.is_alone(house.today) and not case.notified:
        yield from case.late("R-11", case.since, house.thresholds.notify_service_days, house.today)


def child_mother(case: CaseFacts, house: HouseFacts) -> Iterator[Flag]:
    """R-22: a minor who is or was married, is pregnant, or came with a child of her own."""
    if not case.person.birth.protected_as_minor(house.today):
        return
    if case.marital_status not in UNMARRIED:
        yield case.flag("R-22", "married", since=case.since)
    if EXPECTING in case.specific_needs:
        yield case.flag("R-22", "pregnant", since=case.since)
    # young enough to be the child, rather than a brother or sister, of a minor: carried still
    hers = (one for one in house.cases if one.stay.head == case.stay.id and one.stay.id != case.stay.id)
    if any(one.is_carried(house.today) for one in hers):
        yield case.flag("R-22", "mother", since=case.since)
