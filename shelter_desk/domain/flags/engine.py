"""Runs every rule over the facts of one moment."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from shelter_desk.domain.flags import assistance, identification, minors, stays
from shelter_desk.domain.flags import house as nights
from shelter_desk.domain.flags.facts import CaseFacts, Departure, HouseFacts
from shelter_desk.domain.flags.flag import Flag, rules
from shelter_desk.domain.moments import Period

OfCase = Callable[[CaseFacts, HouseFacts], Iterator[Flag]]
OfDeparture = Callable[[Departure, HouseFacts], Iterator[Flag]]
OfHouse = Callable[[HouseFacts], Iterator[Flag]]

OF_CASES: Mapping[str, OfCase] = MappingProxyType(
    {
        "R-01": stays.inconsistent_dates,
        "R-02": stays.known_already,
        "R-07": minors.turning_18,
        "R-08": minors.without_guardian,
        "R-09": minors.without_best_interests,
        "R-11": minors.service_not_told,
        "R-14": stays.too_long,
        "R-15": identification.recording,
        "R-16": identification.referred_without_consent,
        "R-17": identification.shared_after_withdrawal,
        "R-18": identification.indicators_without_decision,
        "R-19": identification.incomplete_decision,
        "R-20": identification.to_review,
        "R-21": assistance.danger_without_measure,
        "R-22": minors.child_mother,
        "R-23": assistance.self_harm,
        "R-24": assistance.overdue_steps,
        "R-25": assistance.no_contact,
        "R-26": identification.interview_conditions,
        "R-27": identification.repeated_story,
        "R-29": identification.asylum_and_consulate,
        "R-30": stays.long_absence,
    }
)
OF_DEPARTURES: Mapping[str, OfDeparture] = MappingProxyType(
    {"R-10": minors.left_without_decision, "R-33": stays.to_close}
)
# one function may say several rules: are read together, as the rules of rooms find them
OF_HOUSE: Mapping[str, OfHouse] = MappingProxyType(
    {
        "R-03": nights.beds,
        "R-04": nights.who_shares,
        "R-05": nights.who_shares,
        "R-06": nights.who_shares,
        "R-12": nights.overcapacity,
        "R-13": nights.below_standard,
        "R-28": assistance.contact_risk,
        "R-31": nights.roll_calls,
        "R-32": stays.left_behind,
    }
)


def flags(house: HouseFacts) -> list[Flag]:
    """Everything the rules say, the most urgent first."""
    found: list[Flag] = []
    for case in house.cases:
        for of_case in OF_CASES.values():
            found.extend(of_case(case, house))
    for of_house in dict.fromkeys(OF_HOUSE.values()):
        found.extend(of_house(house))
    for departure in house.departures:
        for of_departure in OF_DEPARTURES.values():
            found.extend(of_departure(departure, house))
    return in_order(found, house)


def of_month(house: HouseFacts, period: Period) -> list[Flag]:
    """What is to be settled before the month is closed: the rules that speak of it, about facts that are in it."""
    known = rules()
    chosen = [of_case for rule, of_case in OF_CASES.items() if known[rule].in_month]
    found = [flag for case in house.cases for of_case in chosen for flag in of_case(case, house)]
    found += [
        flag
        for departure in house.departures
        for rule, of_departure in OF_DEPARTURES.items()
        if known[rule].in_month
        for flag in of_departure(departure, house)
    ]
    found += [flag for rule, of_house in OF_HOUSE.items() if known[rule].in_month for flag in of_house(house)]
    # of the steps of a case only the screening is a figure of the report (T4)
    found = [flag for flag in found if flag.rule != "R-24" or flag.kind == "screening"]
    return in_order([flag for flag in found if _concerns(flag, period)], house)


def _concerns(flag: Flag, period: Period) -> bool:
    """A decision that still holds is in the figures of every month after it (T4)."""
    if flag.since is None:
        return False
    return flag.since <= period.last if flag.rule == "R-19" else flag.since in period


def in_order(found: Iterable[Flag], house: HouseFacts) -> list[Flag]:
    """By the rank of the rule, blocking ones before, then the longest overdue."""
    known = rules()
    return sorted(found, key=lambda one: (known[one.rule].rank, -one.overdue(house.today), one.code, one.kind))
