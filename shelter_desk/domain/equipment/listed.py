"""Lines of a report about single assets: what happened in the period, what is being mended on its last day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the period as it is listed."""

    tag_no: str
    designation: str
    kind: str
    on: date
    pv_no: str


@dataclass(frozen=True, slots=True)
class Open:
    """A maintenance ticket that is open on the last day."""

    ticket_no: str
    tag_no: str
    designation: str
    kind: str
    reported_on: date
    urgency: str
