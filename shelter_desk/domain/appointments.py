"""Appointments of residents, and the steps that an admission asks for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shelter_desk.domain.ids import AppointmentId, ServiceId, StayId, UserId

AppointmentState = Literal["prevu", "fait", "manque", "annule"]


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
