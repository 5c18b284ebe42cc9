"""Requests for a place that could not be met, or not yet: how many persons, of what sex and age, and why.

Nobody is named: a request holds figures and codes alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from shelter_desk.domain.checks import check_order, check_required_code
from shelter_desk.domain.errors import Missing, NotInList, RuleBroken
from shelter_desk.domain.ids import PlaceRequestId, StayId, UserId
from shelter_desk.domain.stays.stays import Stay

# `request_outcome`
WAITING, ADMITTED, REFUSED, GIVEN_UP, MISTAKE = "attente", "admise", "refusee", "abandonnee", "saisie_erreur"
UNMET = (REFUSED, GIVEN_UP)
OTHER, ELSEWHERE = "autre", "oriente"  # of `request_reason`: the one needs words, the other a partner
SEXES = ("f", "m")
MOST_PERSONS = 200
MOST_LETTERS = 80


class TooManyLetters(RuleBroken):
    """The reason in own words is a story: it has to be short."""

    most: int


class RequestDecided(RuleBroken):
    """The request does not wait any more."""

    request_no: str


class RequestGone(RuleBroken):
    """The request is not in the file any more: it was taken back."""


@dataclass(frozen=True, slots=True)
class Group:
    """So many persons of one sex and one age group."""

    sex: str
    age_group: str
    persons: int


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """One request for a place.

    source: a `referral_source`. asked: a `place_asked`. outcome: a `request_outcome`; of one that waits, `decided_on`
    and what follows it is empty. reason: a `request_reason` where it was refused or given up; said: a few words where
    that is `autre`; partner: to whom they were sent where it is `oriente`. stay: the one it led to.
    """

    id: PlaceRequestId
    request_no: str
    asked_on: date
    source: str
    groups: tuple[Group, ...]
    asked: str
    outcome: str = WAITING
    decided_on: date | None = None
    reason: str = ""
    said: str = ""
    partner: str = ""
    stay: StayId | None = None
    noted_by: UserId | None = None
    decided_by: UserId | None = None
    recorded_at: datetime | None = None

    @property
    def persons(self) -> int:
        """How many persons it is about."""
        return sum(one.persons for one in self.groups)

    @property
    def waits(self) -> bool:
        """True until it is decided."""
        return self.outcome == WAITING

    @property
    def counts(self) -> bool:
        """False where it was noted by mistake."""
        return self.outcome != MISTAKE

    def of_sex(self, sex: str) -> int:
        """How many of them are of that sex."""
        return sum(one.persons for one in self.groups if one.sex == sex)

    def days(self, today: date) -> int:
        """For how many days it has waited, or waited until it was decided."""
        return ((self.decided_on or today) - self.asked_on).days

    def waited_on(self, day: date) -> bool:
        """Whether it waited on the evening of that day."""
        return self.asked_on <= day and (self.decided_on is None or self.decided_on > day)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a request, as it is typed."""

    outcome: str
    on: date | None
    reason: str = ""
    said: str = ""
    partner: str = ""
    stay: StayId | None = None


def check(request: PlaceRequest) -> None:
    """Refuse what is not whole. Raises Missing, NotInList, BadDates, TooManyLetters."""
    check_required_code("referral_source", request.source)
    check_required_code("place_asked", request.asked)
    check_groups(request.groups)
    if not request.waits:
        _check_decision(request)


def check_groups(groups: Sequence[Group]) -> None:
    """Refuse nobody, a sex and an age that stand twice, codes of no list. Raises Missing, NotInList."""
    if not groups or any(not 0 < one.persons <= MOST_PERSONS for one in groups):
        raise Missing("persons")
    if len({(one.sex, one.age_group) for one in groups}) < len(groups):
        raise NotInList("persons", groups[-1].age_group)
    for one in groups:
        if one.sex not in SEXES:
            raise NotInList("sex", one.sex)
        check_required_code("age_group", one.age_group)


def _check_decision(request: PlaceRequest) -> None:
    check_required_code("request_outcome", request.outcome)
    if request.decided_on is None:
        raise Missing("decided_on")
    check_order(request.asked_on, request.decided_on)
    if request.outcome == ADMITTED and request.stay is None:
        raise Missing("stay_no")
    if request.outcome not in UNMET:
        return
    check_required_code("request_reason", request.reason)
    if request.reason == OTHER and not request.said:
        raise Missing("reason_said")
    if len(request.said) > MOST_LETTERS:
        raise TooManyLetters(MOST_LETTERS)
    if request.reason == ELSEWHERE and not request.partner:
        raise Missing("partner")


def decided(request: PlaceRequest, decision: Decision, by: UserId) -> PlaceRequest:
    """The request as it stands after that; waiting again where the decision says so.

    What only belongs to another outcome or reason is left out. Raises as `check`.
    """
    unmet = decision.outcome in UNMET
    if decision.outcome == WAITING:
        made = replace(
            request, outcome=WAITING, decided_on=None, reason="", said="", partner="", stay=None, decided_by=None
        )
    else:
        made = replace(
            request,
            outcome=decision.outcome,
            decided_on=decision.on,
            reason=decision.reason if unmet else "",
            said=decision.said.strip() if unmet and decision.reason == OTHER else "",
            partner=decision.partner if unmet and decision.reason == ELSEWHERE else "",
            stay=decision.stay if decision.outcome == ADMITTED else None,
            decided_by=by,
        )
    check(made)
    return made


def met(request: PlaceRequest, stay: Stay, by: UserId) -> PlaceRequest:
    """The request once this admission meets it. Raises RequestDecided, BadDates."""
    if not request.waits:
        raise RequestDecided(request.request_no)
    return decided(request, Decision(ADMITTED, stay.admitted_at.date(), stay=stay.id), by)


def in_order(requests: Iterable[PlaceRequest]) -> list[PlaceRequest]:
    """Those that wait first, the oldest at the top; then the others, the last decided at the top."""
    known = list(requests)
    waiting = sorted((one for one in known if one.waits), key=lambda one: (one.asked_on, one.id))
    others = [one for one in known if not one.waits]
    return waiting + sorted(others, key=lambda one: (one.decided_on or one.asked_on, one.id), reverse=True)
