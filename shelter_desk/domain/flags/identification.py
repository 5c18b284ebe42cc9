"""Rules of identification (R-18 to R-20, R-26, R-27): interviews, and decisions on the status."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from shelter_desk.domain.flags.days import due
from shelter_desk.domain.flags.facts import Case, House
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.identification import review_due, undecided_since

FINAL = frozenset({"identifiee", "non_victime"})
COMPANION, INTERPRETER = "accompagnant", "interprete"  # of the list `other_present`: who came along, who interprets


def indicators_without_decision(case: Case, house: House) -> Iterator[Flag]:
    """R-18: every part is there, and nothing was decided since or stands from before, within 7 days; as the tab of
    the screening tells it."""
    allowed = house.thresholds.status_decision_days
    kept = {"status_decision_days": str(allowed)}
    minor = case.person.birth.protected_as_minor(house.today)
    since = undecided_since(case.interviews, case.statuses, house.today, kept, minor)
    if since is not None:
        n = (house.today - since).days
        yield case.flag("R-18", since=since, due=due(since, allowed), n=n, limit=allowed)


def incomplete_decision(case: Case, _house: House) -> Iterator[Flag]:
    """R-19: identified, or not a victim, without the deciding body or the decider; the day is in every decision."""
    for one in case.statuses:
        if one.victim_status in FINAL and not (one.status_decided_by and one.status_decider.strip()):
            kind = "decider" if one.status_decided_by else "body"
            yield case.flag("R-19", kind, about=str(one.id), since=one.decided_on)


def to_review(case: Case, house: House) -> Iterator[Flag]:
    """R-20: presumed, and not looked at again within 30 days or by an earlier day that was written."""
    kept = {"presumed_review_days": str(house.thresholds.presumed_review_days)}
    until = review_due(case.statuses, house.today, kept)
    if until is not None:
        last = case.statuses[-1]
        n = (house.today - last.decided_on).days
        yield case.flag("R-20", about=str(last.id), since=last.decided_on, due=until, n=n)


def interview_conditions(case: Case, house: House) -> Iterator[Flag]:
    """R-26, of the interviews of the last 30 days: what is past stays in the file and can be mended no more."""
    for one in case.interviews:
        if house.now - one.interview_at > timedelta(days=30):
            continue
        said: dict[str, Any] = {"about": str(one.id), "since": one.interview_at.date()}
        if not one.interviewer_trained:
            yield case.flag("R-26", "untrained", **said)
        if (one.interpreter_name or INTERPRETER in one.others_present) and not one.interpreter_ok:
            yield case.flag("R-26", "interpreter", **said)
        if COMPANION in one.others_present:
            yield case.flag("R-26", "companion", **said)


def repeated_story(case: Case, house: House) -> Iterator[Flag]:
    """R-27: the same question on trafficking was put in three interviews, those of earlier stays among them."""
    if not case.interviews:
        return
    every = (*case.earlier_interviews, *case.interviews)
    asked = Counter(key for one in every for key, answer in one.indicators.items() if answer != "non_demande")
    most = max(asked.values(), default=0)
    if most >= house.thresholds.repeated_interviews:
        yield case.flag("R-27", since=case.interviews[-1].interview_at.date(), n=most)
