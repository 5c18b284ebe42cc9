"""What is done for residents: services, and activities held for many (field 2.13, 3.5, 3.15)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

from shelter_desk.domain.ids import ActivityId, PlanActionId, ReferralId, ServiceId, StayId, UserId

ServiceStatus = Literal["prevu", "fait", "non_tenu", "refuse"]
DONE: ServiceStatus = "fait"
LODGING = "heb_nuitee"  # derived from the nights, never typed
MEAL = "ali_repas"  # an activity of this type is a sheet of meals, its title the code of the meal


@dataclass(frozen=True, slots=True)
class Service:
    """One line of the service log: one event for one resident.

    service_on: also before the admission or after the exit. service_type: a sub-type, or one that the shelter added.
    quantity: in the unit of the sub-type. cost_xof: None where it is not known;
    receipt_no: of the paper that proves it. staff: who of the house gave it or saw to it, None where nobody said;
    plan_action: what of the individual plan it is given for. Only what is done counts.
    """

    id: ServiceId
    service_no: str
    service_on: date
    stay: StayId
    service_type: str
    quantity: float = 1.0
    provider_kind: str = "centre"
    partner: str = ""
    donor: str = ""
    cost_xof: int | None = None
    status: ServiceStatus = DONE
    activity: ActivityId | None = None
    referral: ReferralId | None = None
    recorded_at: datetime | None = None
    receipt_no: str = ""
    staff: UserId | None = None
    plan_action: PlanActionId | None = None

    @property
    def counts(self) -> bool:
        """True once it was held."""
        return self.status == DONE


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody of the staff at a training; residents at an activity have a `Service` each. Scores: 0 to 100."""

    staff_name: str
    staff_function: str = ""
    sex: str = ""
    pre_score: int | None = None
    post_score: int | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """A group activity or a training, with its attendance.

    hours: its length. outside: people from outside, counted only, as women, men, girls, boys.
    """

    id: ActivityId
    activity_no: str
    service_type: str
    held_on: date
    audience: str
    theme: str = ""
    title: str = ""
    hours: float | None = None
    place: str = ""
    facilitators: str = ""
    partner: str = ""
    donor: str = ""
    status: ServiceStatus = DONE
    outside: tuple[int, int, int, int] = (0, 0, 0, 0)
    observations: str = ""
    staff: tuple[Attendance, ...] = ()
    residents: tuple[StayId, ...] = ()

    @property
    def counts(self) -> bool:
        """True once it was held."""
        return self.status == DONE


@cache
def type_of(service_type: str) -> str:
    """The first level of a sub-type: `san` of `san_consult`, and of `x_san_dentiste` that a shelter added."""
    return service_type.removeprefix("x_").partition("_")[0]
