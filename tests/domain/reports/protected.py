"""What is known of the protection of residents in a shelter for tests: interviews, guardians, assessments, searches."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.casefile.minors import BestInterests, Guardian, Tracing
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.tables.t08_protection import ExitSheet, Protection, Sanitation, Sitting
from shelter_desk.domain.stays.exits import FollowUp
from shelter_desk.domain.stays.stays import Stay


@dataclass
class Protected:
    """The registers as they stand; `partners` is the directory, each structure with its type."""

    interviews: list[Interview] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    best_interests: list[BestInterests] = field(default_factory=list)
    tracings: list[Tracing] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    legal_steps: list[LegalStep] = field(default_factory=list)
    sheets: list[ExitSheet] = field(default_factory=list)
    partners: dict[str, str] = field(default_factory=dict)
    sanitation: Sanitation = field(default_factory=Sanitation)

    def within(self, period: Period, stays: Sequence[Stay], decided: set[StayId]) -> Protection:
        """What storage would read for that period. decided: the stays with a decision in it."""
        valid = {one.id for one in stays if not one.is_void}
        here = {one.id for one in stays if one.id in valid and _touches(one, period)}

        told = here | (decided & valid)

        def kept(facts: Sequence[Any], *days: str) -> list[Any]:
            return [one for one in facts if one.stay in here or (one.stay in valid and _dated(one, days, period))]

        return Protection(
            sittings=tuple(
                sitting(one)
                for one in self.interviews
                if one.was_held and (one.stay in told or (one.stay in valid and one.interview_at.date() in period))
            ),
            guardians=tuple(self.guardians),
            best_interests=tuple(kept(self.best_interests, "bid_requested_on")),
            tracings=tuple(kept(self.tracings, "requested_on", "located_on", "reunified_on")),
            follow_ups=tuple(kept(self.follow_ups, "due_on", "held_on")),
            legal_steps=tuple(kept(self.legal_steps, "done_on")),
            exits=tuple(one for one in self.sheets if one.stay in here),
            partner_types={" ".join(name.lower().split()): kind for name, kind in self.partners.items()},
            sanitation=self.sanitation,
        )

    def about(self, found: Protection) -> set[StayId]:
        """The stays that these facts are about."""
        every = (found.sittings, found.best_interests, found.tracings, found.follow_ups, found.legal_steps)
        return {one.stay for facts in every for one in facts}


def sitting(one: Interview) -> Sitting:
    """A session as figures speak of it."""
    return Sitting(
        one.stay,
        one.interview_at.date(),
        one.exploitation_countries,
        one.exploitation_regions,
        one.assimilated_practices,
    )


def _touches(stay: Stay, period: Period) -> bool:
    left = stay.exited_at
    return stay.admitted_at.date() <= period.last and (left is None or left.date() >= period.first)


def _dated(one: Any, days: Sequence[str], period: Period) -> bool:
    found = [getattr(one, name) for name in days]
    return any(day is not None and (day if type(day) is date else day.date()) in period for day in found)
