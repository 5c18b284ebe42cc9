"""What the figures of a period are computed from, read in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shelter_desk.domain import settings
from shelter_desk.domain.assistance.assistance import Activity, Service
from shelter_desk.domain.assistance.referrals import Referral
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.equipment.history import History
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.tables.t08_protection import NOTHING, Protection
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Absence, Placement, Stay, VictimStatus
from shelter_desk.domain.stock.store import Store


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings that figures depend on (field 10). Days, and the smallest count that is printed."""

    transit_days: int = 15
    vulnerable_days: int = 90
    vot_days: int = 180
    small_cell_k: int = 5
    expiry_warn_days: int = 60


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything behind a report.

    stays: those that touch the period (admitted on or before its last day, not left before its first day), void ones
        left out, redirected ones kept; placements, absences, statuses and needs: all those of these stays, in order of
        time.
    beds and states: all those that touch the period. persons: those of the stays.
    aside: stays that do not touch the period, with a service, a referral, a decision or a fact of `protection` in it;
        void ones left out. Their persons and statuses are here too.
    services, activities: those dated in the period, also what was not held; referrals: those of the period or still
        open at its first day. None of void stays. incidents: those of before the period too.
    requests: those for a place of the period or still waiting at its first day; None where none was ever noted.
    assets: all there are, with every event, of after the period too; tickets: those reported before its end.
    decided_before: who had which status decided before the period, over all counted stays of each person.
    known_before: persons of the period's entries who have a counted stay admitted before the period.
    names: what the shelter calls the sub-types of services that it added, by code, and its items, by `item:` and code.
    modules_off: what the shelter does not do (field 10): its lines stand only where something was written all the same.
    capacity_from: from which day on capacity is meant; None where the days of the beds tell it.
    present_before: head count at the end of the period before, read from its stays by a query of its own (I-02).
    """

    period: Period
    rooms: Mapping[int, Room] = field(default_factory=dict)
    beds: tuple[Bed, ...] = ()
    bed_states: tuple[BedState, ...] = ()
    persons: Mapping[PersonId, Person] = field(default_factory=dict)
    stays: tuple[Stay, ...] = ()
    placements: Mapping[StayId, tuple[Placement, ...]] = field(default_factory=dict)
    absences: Mapping[StayId, tuple[Absence, ...]] = field(default_factory=dict)
    statuses: Mapping[StayId, tuple[VictimStatus, ...]] = field(default_factory=dict)
    needs: Mapping[StayId, tuple[Need, ...]] = field(default_factory=dict)
    known_before: frozenset[PersonId] = frozenset()
    present_before: int = 0
    aside: tuple[Stay, ...] = ()
    services: tuple[Service, ...] = ()
    activities: tuple[Activity, ...] = ()
    referrals: tuple[Referral, ...] = ()
    incidents: tuple[Incident, ...] = ()
    requests: tuple[PlaceRequest, ...] | None = None
    assets: tuple[History, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    decided_before: frozenset[tuple[PersonId, str]] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    store: Store = field(default=Store())
    limits: Limits = field(default=Limits())
    protection: Protection = NOTHING
    modules_off: frozenset[str] = frozenset({settings.GBV})
    shelter: str = ""
    town: str = ""
    is_training: bool = False
    capacity_from: date | None = None
