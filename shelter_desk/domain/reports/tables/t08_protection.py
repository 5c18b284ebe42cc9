"""What the figures of protection are computed from, beside the stays and the services (field 3.2, 3.7, 3.17)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.casefile.minors import BestInterests, Guardian, Tracing
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.settings import NOTHING_KEPT, whole
from shelter_desk.domain.stays.exits import FollowUp


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of an identification interview, as far as figures speak of it."""

    stay: StayId
    day: date
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExitSheet:
    """What the exit form of a stay says that figures speak of. decided: it names the decision for the child."""

    stay: StayId
    decided: bool = False
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class Sanitation:
    """Toilets and showers of the house, None while nobody wrote how many, and the standard of field 10.

    resident_staff: who of the staff lives in the house and uses them too.
    """

    toilets: int | None = None
    showers: int | None = None
    resident_staff: int = 0
    norm_toilet: int = 20
    norm_shower: int = 20


@dataclass(frozen=True, slots=True)
class Protection:
    """Facts read for T1 row 16, T4, T5, T7 and T8. Of stays that are not void.

    sittings, best_interests, tracings: of the stays of the period, with those dated in it of any other stay; sittings
        also of stays with a decision in it.
    guardians: of the persons of the stays. exits: sheets of the stays that ended. follow_ups, legal_steps: as tracings
        are.
    partner_types: the `partner_type` of a structure by its name, folded as `folded` does.
    """

    sittings: tuple[Sitting, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    best_interests: tuple[BestInterests, ...] = ()
    tracings: tuple[Tracing, ...] = ()
    exits: tuple[ExitSheet, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    legal_steps: tuple[LegalStep, ...] = ()
    partner_types: Mapping[str, str] = field(default_factory=dict)
    sanitation: Sanitation = field(default=Sanitation())
    bia_short_days: int = whole(NOTHING_KEPT, "bia_short_days")
    bia_full_days: int = whole(NOTHING_KEPT, "bia_full_days")


NOTHING = Protection()


def folded(name: str) -> str:
    """A structure's name, capitals and spaces aside."""
    return " ".join(name.casefold().split())
