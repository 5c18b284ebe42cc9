"""Runs every rule over the facts of one moment."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
    return in_order(_said(house, rules()), house)


def _said(house: HouseFacts, chosen: Collection[str]) -> list[Flag]:
    found = [
        flag for case in house.cases for rule, say in OF_CASES.items() if rule in chosen for flag in say(case, house)
    ]
    for say_of_house in dict.fromkeys(say for rule, say in OF_HOUSE.items() if rule in chosen):
        found.extend(say_of_house(house))
    for departure in house.departures:
        for rule, say_of_departure in OF_DEPARTURES.items():
            if rule in chosen:
                found.extend(say_of_departure(departure, house))
    return found


def of_month(house: HouseFacts, period: Period) -> list[Flag]:
    """What is to be settled before the month is closed: the rules that speak of it, about facts that are in it."""
    found = _said(house, {rule.id for rule in rules().values() if rule.in_month})
    # of the steps of a case only the screening is a figure of the report (T4)
    figured = [flag for flag in found if flag.rule != "R-24" or flag.kind == "screening"]
    dated = [(flag, flag.since) for flag in figured if flag.since is not None]
    # a decision that still holds is in the figures of every month after it (T4)
    of_period = [flag for flag, since in dated if (since <= period.last if flag.rule == "R-19" else since in period)]
    return in_order(of_period, house)


def in_order(found: Iterable[Flag], house: HouseFacts) -> list[Flag]:
    """By the rank of the rule, blocking ones before, then the longest overdue."""
    known = rules()
    return sorted(found, key=lambda one: (known[one.rule].rank, -one.overdue(house.today), one.code, one.kind))
