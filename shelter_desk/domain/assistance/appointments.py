"""Appointments of residents, and the steps that an admission asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from shelter_desk.domain import settings
from shelter_desk.domain.casefile.minors import stands_alone
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.codes import codes
from shelter_desk.domain.errors import InTheFuture, RuleBroken
from shelter_desk.domain.ids import AppointmentId, ServiceId, StayId, UserId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.residents import Birth

AppointmentState = Literal["prevu", "fait", "manque", "annule"]
STATES: tuple[AppointmentState, ...] = ("prevu", "fait", "manque", "annule")
PLANNED: AppointmentState = "prevu"
STEPS = "admission_step"  # the list whose rows say when each step is due, of whom, and which service it is
_OF_ALL = "tous"  # else of minors alone
# the settings that say when a step is due; of the others the list says it
_DUE_KEYS = {
    "depistage": "screening_due_days",
    "evaluation": "assessment_due_days",
    "plan": "plan_due_days",
    "signalement": "notify_service_days",
    "tutelle": "guardian_request_days",
    "eis": "bia_short_days",
}


class NotPlanned(RuleBroken):
    """The appointment was held, missed or cancelled already."""

    state: str


class AppointmentGone(RuleBroken):
    """The appointment is not in the file any more: what made it was taken back."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment, or one step that is due; its note is sealed and read apart.

    starts_at: a plain day where the hour is open. step: which step of the template of an admission it is.
    service: the line that it became once it was held.
    """

    id: AppointmentId
    stay: StayId
    starts_at: datetime
    state: AppointmentState = "prevu"
    service_type: str = ""
    partner: str = ""
    step: str = ""
    responsible: UserId | None = None
    service: ServiceId | None = None
    recorded_at: datetime | None = None

    @property
    def is_planned(self) -> bool:
        """Nothing became of it yet."""
        return self.state == PLANNED

    def is_late(self, today: date) -> bool:
        """Its day has passed, and nobody said what became of it."""
        return self.is_planned and self.starts_at.date() < today


def check(appointment: Appointment) -> None:
    """Raises Missing where nothing says what it is."""
    check_given("what", appointment.service_type or appointment.step)


def moved(appointment: Appointment, starts_at: datetime) -> Appointment:
    """The same on another day or hour. Raises NotPlanned."""
    _check_planned(appointment)
    return replace(appointment, starts_at=starts_at)


def ended(appointment: Appointment, state: AppointmentState, today: date) -> Appointment:
    """What became of it: `fait`, `manque`, `annule`.

    Raises NotPlanned, InTheFuture for what was held or missed before its day.
    """
    _check_planned(appointment)
    day = appointment.starts_at.date()
    if state == "manque" and day > today:
        raise InTheFuture(plain(day))
    return replace(appointment, state=state)


def _check_planned(appointment: Appointment) -> None:
    if not appointment.is_planned:
        raise NotPlanned(appointment.state)


def steps(
    birth: Birth,
    child_status: str,
    admitted_on: date,
    kept: Mapping[str, str] = settings.NOTHING_KEPT,
    with_family: bool = False,
) -> Iterator[tuple[str, date, str]]:
    """What an admission asks for: the step, the day on which it is due, its service, in order of days.

    A doubt means a minor, and one alone. kept: the settings. with_family: came with an adult who is hosted.
    """
    is_alone = stands_alone(birth, child_status, with_family, admitted_on)
    wanted = [one for one in codes(STEPS) if one.active and (one.extra["whom"] == _OF_ALL or is_alone)]
    due = {one.code: int(one.extra["due_days"]) for one in wanted}
    due |= {step: settings.whole(kept, key) for step, key in _DUE_KEYS.items() if step in due}
    for one in sorted(wanted, key=lambda step: due[step.code]):
        yield one.code, admitted_on + timedelta(days=due[one.code]), one.extra["service"]
