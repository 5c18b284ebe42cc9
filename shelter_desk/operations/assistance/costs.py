"""What services of a month cost, line by line with its receipt, and by donor as T6 has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.listing import ListedTable
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t06_services import costs, paid
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.sending import lists
from shelter_desk.operations.sending.sendings import NOTHING_SAID
from shelter_desk.operations.services import service_catalogue
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays


@dataclass(frozen=True, slots=True)
class CostLine:
    """A service that cost something. person_code: in its printed form, no name."""

    service: Service
    person_code: str


@dataclass(frozen=True, slots=True)
class Costs:
    """The lines of a period in order of time, and their figures: `t6.cost` and `t6.cost_by_donor`."""

    lines: tuple[CostLine, ...]
    report: Report


@needs(Permission.ASSIST_SEE)
def month(desk: Desk, period: Period) -> Costs:
    """Every line that T6 counts the cost of; those of void stays are left out. Raises PeriodNotBegun."""
    period = period.over_by(desk.today())
    with desk.reading() as connection:
        found = list(paid(stored_assistance.within(connection, period)))
        of = {key: stays.stay(connection, key) for key in {one.stay for one in found}}
        known = residents.persons(connection, {stay.person for stay in of.values()})
        names = service_catalogue.names(connection)
    kept = [one for one in found if not of[one.stay].is_void]
    lines = tuple(CostLine(one, known[of[one.stay].person].code) for one in kept)
    return Costs(lines, Report(period, costs(kept), names=names))


@needs(Permission.REPORT_EXPORT)
def export(
    desk: Desk, period: Period, listed: Sequence[ListedTable], path: Path, gate: GateAnswers = NOTHING_SAID
) -> str:
    """Write the list as it is displayed, as `lists.write` does. Raises what that raises."""
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return lists.write(desk, "costs_exported", listed, path, gate, period, **days)
